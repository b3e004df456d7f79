"""A limit that a question sets, and the figures that keep to it."""

import pytest

from assistant.asking.question import asked_units, parse_question
from assistant.asking.thresholds import take_threshold
from assistant.composing.passages import PassageChooser
from assistant.english.figures import Unit, find_figures
from assistant.ranking.evidence import Evidence
from ingest.document import Document
from tests.reading_desk import evidence_of, from_markdown, matcher_for

BOATS = from_markdown("""# Boats

| Boat | Price | Length |
| --- | --- | --- |
| Skiff | £300 | 3 m |
| Punt | £900 | 7 m |
| Yawl | £2,500 | 9 m |

What the crews get:

- Cook: £90 a day
- Mate: £120 a day
- Pilot: £200 a day
""")


@pytest.mark.parametrize(
    ("question", "left", "under"),
    [
        ("Which boats cost over £400?", "Which boats cost?", False),
        ("what lodges are cheaper than €40 a night", "what lodges are a night", True),
        ("Which clubs are growing by more than 5%?", "Which clubs are growing by?", False),
        ("Which walks take less than 2 hours?", "Which walks take?", True),
        ("Which trams are faster than 20 minutes?", "Which trams are?", True),
        ("Which posts pay over 40,000?", "Which posts pay?", False),
    ],
)
def test_a_limit_is_taken_out_of_its_question(question: str, left: str, under: bool) -> None:
    plain, threshold = take_threshold(question)
    assert plain == left
    assert threshold is not None
    assert threshold.under is under


@pytest.mark.parametrize(
    "question",
    [
        "What do people over 60 pay?",
        "Which discounts do children under 5 years get?",
        "Is the hut cheaper than £20?",
        "Which is cheaper than a punt?",
        "Which boat is over the bar?",
    ],
)
def test_what_sets_no_limit_stays_whole(question: str) -> None:
    assert take_threshold(question) == (question, None)


@pytest.mark.parametrize(
    ("question", "figures", "admitted"),
    [
        ("Which cost over £400?", "£300 to £500", True),
        ("Which cost over £400?", "£400", False),
        ("Which cost over £400?", "$500", False),
        ("Which cost under £400?", "3 hours", False),
        ("Which pay over 400?", "£500", True),
        ("Which pay over 400?", "500 days", False),
    ],
)
def test_a_range_keeps_to_a_limit_by_one_end_and_kinds_are_not_mixed(
    question: str, figures: str, admitted: bool
) -> None:
    _, threshold = take_threshold(question)
    assert threshold is not None
    assert threshold.admits(find_figures(figures)) is admitted


def test_a_limit_names_nothing_and_asks_for_its_kind_of_figure() -> None:
    question = parse_question("Which boats cost less than £400?")
    assert question.names == ()
    assert asked_units(question) == (Unit.MONEY,)


def heard(document: Document, *beginnings: str) -> list[Evidence]:
    return evidence_of(document, dict.fromkeys(beginnings, 0.9), unit=1.0)


@pytest.mark.parametrize(
    ("question", "found", "said"),
    [
        ("Which boats have a price under £1,000?", "Punt", ["Skiff", "Punt"]),
        ("Which boats have a price above £400?", "Punt", ["Punt", "Yawl"]),
        ("Who in the crews gets over £100?", "Mate", ["Mate", "Pilot"]),
        ("Who in the crews gets less than £100?", "Cook", ["Cook"]),
    ],
)
def test_rows_and_items_that_keep_to_the_limit_are_said(
    question: str, found: str, said: list[str]
) -> None:
    parsed = parse_question(question)
    chooser = PassageChooser(parsed, matcher_for(parsed), heard(BOATS, found))
    [passage] = chooser.choose(0.5)
    text = passage.document.text
    assert [text[span.start : span.end].split()[0].strip(":") for span in passage.spans] == said
