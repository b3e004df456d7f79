"""However people ask what two things have between them, it is one question."""

import pytest

from assistant.asking.contrasts import put_contrast_plainly
from assistant.asking.question import parse_question


@pytest.mark.parametrize(
    "asked",
    [
        "What sets a punt apart from a gig?",
        "How is a punt unlike a gig?",
        "How is a punt different from a gig?",
        "How is a punt not the same thing as a gig?",
        "How are a punt and a gig not the same?",
        "How does a punt differ from a gig?",
        "What does a punt do that a gig doesn't?",
        "Compare a punt with a gig",
        "contrast a punt and a gig",
    ],
)
def test_what_tells_two_things_apart_is_their_difference(asked: str) -> None:
    assert put_contrast_plainly(asked) == "What is the difference between a punt and a gig?"


@pytest.mark.parametrize(
    ("asked", "sides"),
    [
        ("How does the fare compare between Oslo and Bonn?", ("Oslo", "Bonn")),
        ("What's the gap between nurses' pay and bakers'?", ("nurses", "bakers")),
        ("punt v gig", ("punt", "gig")),
        ("What is the price gap between punts and gigs?", ("punts", "gigs")),
        ("punts as opposed to gigs", ("punts", "gigs")),
        ("How does the fare in Oslo compare with that in Bonn?", ("Oslo", "Bonn")),
        ("Compare the length of punts and of gigs", ("punts", "gigs")),
        ("How do punts and gigs compare?", ("punts", "gigs")),
        ("How do punts stack up against gigs?", ("punts", "gigs")),
        ("What is the difference in fare between Oslo and Bonn?", ("Oslo", "Bonn")),
    ],
)
def test_two_things_are_set_side_by_side(asked: str, sides: tuple[str, str]) -> None:
    found = parse_question(asked).sides
    assert [side.rstrip("'").split()[0].rstrip("'") for side in found] == [*sides]


@pytest.mark.parametrize(
    "asked",
    [
        "Can I use oil instead of wax?",
        "What sets the price?",
        "How does it compare with that?",
    ],
)
def test_another_question_stays_as_it_is(asked: str) -> None:
    assert put_contrast_plainly(asked) == asked
