"""The section that a question points to."""

import pytest

from assistant.asking.question import parse_question
from assistant.asking.sections import find_depth, split_section
from assistant.composing.passages import PassageChooser
from tests.reading_desk import block_of, evidence_of, from_markdown, matcher_for

TOWN = from_markdown("""# The town

## Bridges and ferries

1. Stone bridge
   - Built: 1890
2. Iron bridge
   - Built: 1920

## Parks

### North park

It has a pond.

### South park

It has a hill.
""")


@pytest.mark.parametrize(
    ("question", "rest", "name"),
    [
        ("Which crossings does the bridges section name?", "Which crossings?", "bridges"),
        ("In the section on parks, where is a pond?", "Where is a pond?", "parks"),
        ("What does the part about parks say of ponds?", "What say of ponds?", "parks"),
        ("What is the best part of the town?", "What is the best part of the town?", ""),
        ("What does the section say?", "What does the section say?", ""),
    ],
)
def test_the_section_is_taken_from_the_question(question: str, rest: str, name: str) -> None:
    assert split_section(question) == (rest, name)


@pytest.mark.parametrize(("name", "depth"), [("park", 1), ("north park", 2), ("ferries", 0)])
def test_a_heading_is_found_by_the_words_of_its_name(name: str, depth: int) -> None:
    assert find_depth(TOWN.blocks[block_of(TOWN, "It has a pond")], name) == depth


@pytest.mark.parametrize(
    ("question", "seen", "told"),
    [
        ("Which crossings does the bridges section name?", "Built: 1920",
         ["Stone bridge", "Iron bridge"]),
        ("Which places does the parks section name?", "It has a hill",
         ["It has a pond.", "It has a hill."]),
    ],
)  # fmt: skip
def test_a_section_is_told_by_what_it_is_made_of(question: str, seen: str, told: list[str]) -> None:
    parsed = parse_question(question)
    evidence = evidence_of(TOWN, {seen: 0.9}, learned=0.9)
    [passage] = PassageChooser(parsed, matcher_for(parsed), evidence).choose(0.5)
    assert [TOWN.text[span.start : span.end] for span in passage.told] == told
