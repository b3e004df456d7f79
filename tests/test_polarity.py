"""Yes, no or it depends, read from how a sentence is put."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.polarity import Polarity, drop_lead, judge_polarity

YES, NO, DEPENDS = Polarity.YES, Polarity.NO, Polarity.DEPENDS
NEED = "Do I need a permit to camp here?"
MAY = "Can I camp here?"
WITHOUT = "Can I camp here without a permit?"


@pytest.mark.parametrize(
    ("question", "passage", "said"),
    [
        (NEED, "A permit is required.", YES),
        (NEED, "You must have a permit.", YES),
        (NEED, "A permit is not required.", NO),
        (NEED, "A permit isn't strictly necessary.", NO),
        (NEED, "You don't need a permit.", NO),
        (NEED, "You don’t really need a permit.", NO),
        (NEED, "A permit is optional.", NO),
        (NEED, "You can camp without a permit.", NO),
        (NEED, "It depends on the season.", DEPENDS),
        (NEED, "Permits are green.", None),
        (NEED, "No, permits were abolished.", NO),
        (NEED, "Yes. Ask at the gate.", YES),
        (NEED, "No permit office is open on Sundays.", None),
        (MAY, "You can camp by the lake.", YES),
        (MAY, "You cannot camp here.", NO),
        (MAY, "Camping is not possible in winter.", NO),
        (MAY, "The lake is deep.", None),
        (WITHOUT, "You can camp without a permit.", YES),
        (WITHOUT, "A permit is not required.", YES),
        (WITHOUT, "It is impossible to camp without a permit.", NO),
        (WITHOUT, "The lake is deep.", None),
        (NEED, "Nobody may camp without a permit.", YES),
        (WITHOUT, "Nobody may camp without a permit.", NO),
        (NEED, "You cannot camp without a permit.", YES),
        (NEED, "Camping is allowed only with a permit.", YES),
        (WITHOUT, "Camping is allowed only with a permit.", NO),
        ("Is a permit optional?", "A permit is required.", NO),
        ("Is a permit optional?", "You don't need a permit.", YES),
        ("Is a permit optional?", "Permits are green.", None),
        ("Is the lake deep?", "The lake is not deep.", None),
        (NEED, "A licence is essential, while a permit is an added advantage.", NO),
        (NEED, "A permit is essential, but a licence is optional.", YES),
        ("Do I have to know C++?", "Python is required, whereas C++ is a plus.", NO),
        (NEED, "A permit is helpful but not essential.", NO),
        (NEED, "A permit is useful but is not always a requirement.", DEPENDS),
        (NEED, "Some huts require a permit.", DEPENDS),
        (NEED, "A permit is required by most huts.", DEPENDS),
        (NEED, "A permit is usually required.", DEPENDS),
        (NEED, "A permit is not usually required.", NO),
        (NEED, "Large groups may require a permit or a guide.", DEPENDS),
        (NEED, "A permit or a guide is required.", None),
        ("Do I need a permit for tents?", "A permit is required for tents or caravans.", YES),
        ("Is a permit optional?", "A permit is sometimes required.", DEPENDS),
        ("Is a map optional?", "A map is critical.", NO),
        ("Are fires allowed?", "Fires are not allowed in the hut.", NO),
        ("Are dogs allowed?", "Dogs are allowed on all paths.", YES),
    ],
)
def test_what_a_passage_says_to_a_question(
    question: str, passage: str, said: Polarity | None
) -> None:
    assert judge_polarity(question, passage) is said


@pytest.mark.parametrize(
    ("question", "posed", "passage", "said"),
    [
        (NEED, WITHOUT, "Yes, you can camp without a permit.", NO),
        (NEED, "Is a permit required?", "Yes, ask at the gate.", YES),
        (WITHOUT, NEED, "No, a permit is not required.", YES),
        (WITHOUT, "Is it possible without a permit?", "Yes, on Sundays.", YES),
        (NEED, WITHOUT, "Yes, on Sundays.", None),
    ],
)
def test_a_yes_is_one_to_the_question_that_the_article_poses(
    question: str, posed: str, passage: str, said: Polarity | None
) -> None:
    assert judge_polarity(question, passage, posed) is said


@pytest.mark.parametrize(
    ("passage", "rest"),
    [
        ("Yes, you can.", "You can."),
        ("No – never at night.", "Never at night."),
        ("Yes.", ""),
        ("Nobody knows.", "Nobody knows."),
    ],
)
def test_what_is_said_after_a_yes_or_no_stands_alone(passage: str, rest: str) -> None:
    assert drop_lead(passage) == rest


@given(st.sampled_from([NEED, MAY, WITHOUT]), st.sampled_from(["Yes", "No"]), st.text(max_size=40))
def test_a_passage_that_begins_with_yes_or_no_is_taken_at_its_word(
    question: str, word: str, rest: str
) -> None:
    said = judge_polarity(question, f"{word}, {rest}")
    assert said is (YES if word == "Yes" else NO)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_pair_is_judged_or_left(question: str, passage: str) -> None:
    assert judge_polarity(question, passage) in (YES, NO, DEPENDS, None)
