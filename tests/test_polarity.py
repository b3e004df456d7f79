"""Yes, no or it depends, read from how a sentence is put."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ranking.clauses import Polarity
from assistant.ranking.polarity import asks_alike, drop_lead, judge_polarity

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
        (NEED, "A permit has four pages, and a plus is that it folds.", None),
        (NEED, "A permit names the required boots.", None),
        (NEED, "A permit is an added advantage.", NO),
        (NEED, "No, permits were abolished.", NO),
        (NEED, "Yes. Ask at the gate.", YES),
        (NEED, "No permit office is open on Sundays.", None),
        (NEED, "I never had a permit, so it is possible without.", NO),
        (NEED, "A permit is dear, and nobody may camp without.", YES),
        ("Will a permit be asked of me?", "A permit is required.", YES),
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
        ("Does a permit matter?", "Some huts require a permit.", YES),
        (NEED, "A permit is required by most huts.", DEPENDS),
        (NEED, "A permit is usually required.", DEPENDS),
        (NEED, "A permit is not usually required.", NO),
        (NEED, "Large groups may require a permit or a guide.", DEPENDS),
        (NEED, "A permit or a guide is required.", None),
        ("Do I need a permit for tents?", "A permit is required for tents or caravans.", YES),
        ("Is a permit optional?", "A permit is sometimes required.", DEPENDS),
        (NEED, "You need not have a permit.", NO),
        (NEED, "You needn’t carry a permit.", NO),
        (NEED, "A permit is required by no park in the north.", NO),
        (NEED, "Nobody has to have a permit.", NO),
        (NEED, "You are not obliged to have a permit.", NO),
        (NEED, "A permit is superfluous.", NO),
        (NEED, "Since June you no longer need a permit.", NO),
        (NEED, "A permit is a must, as rangers check.", YES),
        # another of the kind is not what is asked about
        ("Do I need a fishing licence?", "A diving licence is optional.", None),
        ("Do I need a fishing licence?", "A fishing licence is optional.", NO),
        ("Do I need a fishing licence?", "A licence is optional.", NO),
        ("Do I need a doctor's note?", "A parent’s note is often required.", None),
        ("Is canoe experience necessary?", "Experience with rafts is not necessary.", None),
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
        (MAY, "May I camp here?", "Of course, by the lake.", YES),
        (MAY, "May I camp here?", "Certainly not: it is a nature reserve.", NO),
        ("Is camping here banned?", "Can I camp here?", "No, never.", YES),
        (MAY, "Is it a problem to camp here?", "Not at all: bring a tent.", None),
    ],
)
def test_a_yes_is_one_to_the_question_that_the_article_poses(
    question: str, posed: str, passage: str, said: Polarity | None
) -> None:
    assert judge_polarity(question, passage, posed) is said


@pytest.mark.parametrize(
    ("question", "passage", "said"),
    [
        # what one does without has to be what is asked about
        ("Can I swim here without a cap?", "You can swim without a ticket by wearing a cap.", None),
        ("Can I swim here without a cap?", "You can swim here without a cap.", YES),
        ("Can I swim here without a cap?", "A cap is essential.", NO),
        ("Can I swim here without a cap?", "You need a cap; without one you cannot swim.", NO),
        ("Can I swim without a lifeguard?", "Sensors allow pumps to run without a lifeguard.", None),
        ("Do I need a cap?", "You can swim without a ticket by wearing a cap.", None),
        ("Do I need flour?", "Beginners with little to no flour can bake oatcakes.", None),
        # all that is asked about has to be allowed, and nothing taken out
        ("Can I borrow maps?", "You can borrow novels.", None),
        ("Is borrowing maps fine?", "Borrowing maps is all right.", YES),
        ("Is borrowing maps forbidden?", "Borrowing maps is not allowed.", YES),
        ("Are maps banned?", "Maps are welcome.", NO),
        ("Are maps banned?", "Maps aren’t forbidden.", NO),
        ("May I use maps?", "Maps aren’t allowed.", NO),
        ("May I use maps?", "Maps are not forbidden.", YES),
        ("Can I borrow just maps?", "You can borrow maps.", None),
        ("Are maps allowed?", "Maps containing secrets are forbidden.", None),
        ("Can I borrow maps for a year?", "You can borrow maps.", None),
        ("Can I borrow maps?", "Only members may borrow maps.", None),
        ("Can I bring a phone?", "You may bring any device except a phone.", None),
        ("Can I bring a phone?", "Do not bring a phone.", NO),
        ("Can I bring a phone?", "Visitors must not bring a phone.", NO),
        ("Are phones allowed?", "No phones allowed.", NO),
        ("Can I bring a phone?", "You may not bring a phone.", None),
        ("Can I bring a phone?", "You cannot bring a phone without a pouch.", None),
        # who needs it, and what for
        ("Does a porter need a badge?", "A porter needs no badge; a guard must wear one.", NO),
        ("Does a guard need a badge?", "A porter needs no badge.", None),
        ("Do I need a badge?", "A porter needs no badge.", None),
        ("Do porters have to register?", "A registered guard must: lift no bag for porters", None),
        ("Do I need a badge to park?", "A badge is required to enter the vault.", None),
        ("Do I need a badge to park?", "A badge is required.", YES),
        ("Do I have to pay for parking?", "You must pay a deposit.", None),
        ("Does a porter have to register?", "A porter needs no registration.", NO),
        ("Is a gilt badge needed?", "A badge is required.", None),
        ("Is a gilt badge needed?", "A badge is not required.", NO),
        # what is needed, not what needs it
        ("Do I need a cellar?", "Cheese for a cellar needs rind.", None),
        ("Do I need a cellar?", "A cellar helps with what the dairy needs.", None),
        ("Do I need a cellar?", "Those who own a cellar do not need a fridge.", None),
        ("Am I required to sign?", "You are required to sign.", YES),
        # what is said to be so, and not only thought, asked or supposed
        ("Do I need a cap?", "It is a myth that you need a cap.", None),
        ("Do I need a cap?", "You might think you need a cap.", None),
        ("Do I need a cap?", "If you need a cap, ask at the desk.", None),
        ("Do I need a cap?", "If you swim, you need a cap.", YES),
        ("Do I need a cap?", "Do you need a cap?", None),
        ("Is a cap required?", "A cap was required until 2019.", None),
        ("Is a cap required?", "A cap is no longer required.", NO),
        ("Can I renew a loan?", "Can I renew a loan? Ask the desk.", None),
        # one clause that allows the one and forbids the other
        ("Can I pay by card?", "You can pay by cash, not by card.", None),
        ("Are dogs allowed?", "Dogs are allowed, cats are not allowed.", None),
        ("Do you need a visa for Peru?", "You need a visa in Chile.", None),
        # two sentences, of which one is about the thing
        ("Is a net compulsory?", "A rod is compulsory. A net is advised but is no condition.", NO),
        ("Is a rod compulsory?", "A rod is compulsory on boats. A net is not.", YES),
        ("Is a net necessary?", "A net is useful. You don't need one in spring.", NO),
        ("Is a net a must?", "A net is handy for pike, but it is not a condition.", NO),
        # what stands before the subject is not what is needed
        ("Is a licence needed?", "Whichever licence you hold, a rod is essential.", None),
        # what is asked of every case
        ("Is a rod always required?", "A rod is not always required.", NO),
        ("Do all boats need a licence?", "Some boats need a licence.", NO),
        ("Is a rod needed at all?", "Some boats need a rod.", DEPENDS),
        # what is needed here is not only needed here
        ("Is a lamp only needed on lakes?", "A lamp is needed on lakes and on rivers.", None),
        ("Is a lamp only needed at night?", "A lamp is only needed at night.", YES),
        # whose skill or knowledge it is
        ("Is sailing experience needed?", "Experience with horses is essential.", None),
        ("Do I need a knowledge of knots?", "A knowledge of Latin is not required.", None),
        ("Do I need to be able to swim?", "Swimming is a real requirement here.", YES),
        ("Must I be good at maths?", "Maths is not needed on a boat.", NO),
        ("Is it forbidden to fish?", "Fishing is prohibited for guests who have no card.", None),
        ("Is a rod superfluous?", "A rod is essential.", NO),
        ("Are nets unnecessary?", "You don't need a net.", YES),
        ("May I fish with a cold?", "With hay fever but without a cold you may fish.", None),
        ("May I sell my catch?", "Selling the catch is unlawful.", NO),
    ],
)  # fmt: skip
def test_a_yes_or_no_is_one_about_what_is_asked(
    question: str, passage: str, said: Polarity | None
) -> None:
    assert judge_polarity(question, passage) is said


def test_what_stands_above_a_passage_says_what_it_is_about() -> None:
    question, passage = "Does the Elm bakery require aprons?", "Aprons are not required."
    assert judge_polarity(question, passage) is None
    assert judge_polarity(question, passage, about="The Elm bakery") is NO
    one = "Bakers must wear one."
    assert judge_polarity("Do bakers need an apron?", one) is None
    assert judge_polarity("Do bakers need an apron?", one, about="Is an apron needed?") is YES


@pytest.mark.parametrize(
    ("question", "posed", "alike"),
    [
        ("Can I swim without a cap?", "Can I swim without a ticket?", False),
        ("Can I swim without a ticket?", "Is it possible without a ticket?", True),
        ("Do I need a cap?", "Do I need a towel?", False),
        ("Can I bring a dog to the pool?", "Are dogs welcome at the pool?", True),
        ("Can guards clean a pool?", "Can guards close a pool?", False),
        ("Can I bring a dog?", "Is there a café?", False),
    ],
)
def test_a_yes_to_one_thing_is_none_to_another(question: str, posed: str, alike: bool) -> None:
    assert asks_alike(question, posed) is alike


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
