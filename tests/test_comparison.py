"""Figures set side by side: which is most, which is least, and when that cannot be said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.english.figures import Unit, find_figures
from assistant.layout.comparison import Figures, find_contenders, pick_extreme, wants_least
from tests.reading_desk import block_of, from_markdown

SHOP = from_markdown("""# Lessons

- Violin
  - Price: $40 to $60 an hour
  - Length: two years
- Guitar
  - Price: $30 an hour
  - Length: six months
- Flute
  - Price: ask the teacher

The halls:

- North hall: 40 seats
- South hall: 120 seats
- Yard: open to all
""")


def made(text: str) -> Figures:
    return find_figures(text)


def test_an_item_is_compared_with_those_of_the_same_label_elsewhere() -> None:
    found = find_contenders(SHOP, block_of(SHOP, "Price: $30"), (Unit.MONEY,))
    assert [contender.name for contender in found] == ["Violin", "Guitar"]
    assert [c.figures[0].value for c in found] == [40, 30]


def test_only_figures_of_the_kind_asked_for_are_compared() -> None:
    found = find_contenders(SHOP, block_of(SHOP, "Length: two"), (Unit.DURATION,))
    assert [contender.name for contender in found] == ["Violin", "Guitar"]
    assert find_contenders(SHOP, block_of(SHOP, "Length: two"), (Unit.MONEY,)) == ()


def test_items_without_cousins_are_compared_with_their_siblings() -> None:
    found = find_contenders(SHOP, block_of(SHOP, "South"), (Unit.COUNT,))
    assert [contender.name for contender in found] == ["North hall", "South hall"]


def test_what_is_no_item_is_compared_with_nothing() -> None:
    assert find_contenders(SHOP, block_of(SHOP, "The halls"), tuple(Unit)) == ()


def test_of_a_range_the_low_end_is_its_least_and_the_high_end_its_most() -> None:
    wide, narrow = made("$20 to $90"), made("$30 to $40")
    assert pick_extreme([narrow, wide], least=True) == 1
    assert pick_extreme([narrow, wide], least=False) == 1


@pytest.mark.parametrize(
    "texts", [("$40", "€30"), ("$40", "£30", "$20"), ("$40",), (), ("₹12,00,000", "$40,000")]
)
def test_amounts_in_different_currencies_and_lone_ones_are_not_compared(
    texts: tuple[str, ...],
) -> None:
    contenders = [made(text) for text in texts]
    assert pick_extreme(contenders, least=True) is None
    assert pick_extreme(contenders, least=False) is None


def test_figures_of_different_kinds_are_not_compared() -> None:
    assert pick_extreme([made("two years"), made("40%")], least=False) is None


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=8))
def test_the_extremes_are_those_of_the_values_and_ties_go_to_the_first(values: list[int]) -> None:
    contenders = [made(f"${value:,}") for value in values]
    assert pick_extreme(contenders, least=True) == values.index(min(values))
    assert pick_extreme(contenders, least=False) == values.index(max(values))


@pytest.mark.parametrize(
    ("question", "figure", "least"),
    [("Which is the cheapest?", "$4", True), ("Which costs the least?", "$4", True),
     ("Which is shorter?", "4 weeks", True), ("Which has the fewest seats?", "4 seats", True),
     ("Which costs most?", "$4", False), ("Which is the longest?", "4 weeks", False),
     ("Which is dearer?", "$4", False), ("Which is the fastest course?", "4 weeks", True),
     ("Which is the slowest course?", "4 weeks", False), ("Which is growing fastest?", "4%", False),
     ("Which is growing slowest?", "4%", True)],
)  # fmt: skip
def test_whether_the_least_is_wanted(question: str, figure: str, least: bool) -> None:
    assert wants_least(question, [made(figure)]) is least
