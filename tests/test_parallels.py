"""Sections laid out alike, and whose line is whose where only the heading tells."""

import pytest

from assistant.english.figures import Unit
from assistant.layout.comparison import find_contenders
from assistant.layout.parallels import find_label, find_parallels, name_whose
from assistant.ranking.kin import Kin
from tests.reading_desk import block_of, from_markdown, matcher_for

BATHS = from_markdown("""# The baths

Three of them.

## Elm Road

- Price: four euros
- Sauna: two rooms
- Rules:
  - Bring a lock

## Oak Lane (once the Lido)

- Price: five euros
- Rules:
  - Glass is welcome on the lawn
  - As at Elm Road, no dogs

## Mill Pond

- Price: nothing
- Rules:
  - Shoes may stay on
""")


def test_sections_with_the_same_labels_are_parallel() -> None:
    names = ("Elm Road", "Oak Lane (once the Lido)", "Mill Pond")
    assert find_parallels(BATHS) == {
        (name,): tuple(other for other in names if other != name) for name in names
    }


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\n## Elm\n\n- Price: 1\n- Rules: none\n\n## Oak\n\n- Price: 2\n- Rules: two\n",
        "# A\n\n## Price\n\n- Elm: 1\n\n## Hours\n\n- Elm: 9 to 5\n\n## Rules\n\n- Elm: none\n",
        "# A\n\n## Elm\n\nIt is old.\n\n## Oak\n\nIt is new.\n\n## Mill\n\nIt is far.\n",
    ],
)
def test_two_sections_or_little_in_common_are_no_parallels(text: str) -> None:
    assert find_parallels(from_markdown(text)) == {}


def test_aspects_that_share_labels_among_many_others_are_no_parallels() -> None:
    alike = "".join(
        f"## {name}\n\n- Adults: a\n- Children: b\n\n" for name in ("Cost", "Hours", "Age")
    )
    others = "".join(f"## {name}\n\nText.\n\n" for name in ("History", "Staff", "Food", "Way"))
    assert find_parallels(from_markdown(f"# A\n\n{alike}{others}")) == {}


@pytest.mark.parametrize(
    ("question", "beginning", "others"),
    [
        ("Is glass welcome at Mill Pond?", "Glass", True),
        ("Is glass welcome at Oak Lane?", "Glass", False),
        ("Is glass welcome at the Lido?", "Glass", False),
        ("Are dogs allowed at Elm Road?", "As at Elm", False),
        ("Is glass welcome?", "Glass", False),
        ("Is Mill Pond near Oak Lane?", "Glass", False),
        ("Is there a sauna at Mill Pond?", "Sauna", True),
        ("Three baths at Mill Pond?", "Three", False),
    ],
)
def test_a_line_is_of_the_section_it_stands_in(question: str, beginning: str, others: bool) -> None:
    matcher = matcher_for(question)
    index = block_of(BATHS, beginning)
    block = BATHS.blocks[index]
    said = matcher.stems(BATHS.text[block.start : block.end])
    assert (Kin(matcher).measure(BATHS, index, said) > 0) is others


LANES = from_markdown("""# Three walks

## Ridge

Windy.

**Length:** 14 km

**Climb:** 620 m

## Gorge

**Length:** 6 km

**Climb:** 110 m

## Lake

**Length:** 21 km

**Climb:** none
""")


def test_a_labelled_line_is_a_label_and_a_sentence_is_none() -> None:
    assert find_label(LANES, block_of(LANES, "Length: 6")) == "length"
    assert find_label(LANES, block_of(LANES, "Windy")) == ""


def test_a_labelled_line_is_of_the_section_it_stands_in() -> None:
    assert name_whose(LANES, block_of(LANES, "Length: 21")) == "Lake"
    assert name_whose(LANES, block_of(LANES, "Windy")) == ""


def test_lines_of_sections_laid_out_alike_are_compared_by_what_these_are_called() -> None:
    found = find_contenders(LANES, block_of(LANES, "Length: 6"), (Unit.COUNT,))
    assert [contender.name for contender in found] == ["Ridge", "Gorge", "Lake"]
    assert [
        c.name for c in find_contenders(LANES, block_of(LANES, "Climb: 110"), (Unit.COUNT,))
    ] == [
        "Ridge",
        "Gorge",
    ]
