"""Which end a share is of."""

import pytest

from assistant.english.ends import find_ends


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("What do the lowest 10% of bakers earn?", {"low"}),
        ("The top 10 percent of bakers earn $90,000.", {"high"}),
        ("Lowest 10 % | $31,200", {"low"}),
        ("the best-paid quarter and the bottom quarter", {"high", "low"}),
        ("The best 3 loaves cost 10% more.", set()),
        ("The top of the oven is 10% hotter.", set()),
        ("About 10% of bakers leave.", set()),
    ],
)
def test_a_share_is_of_one_end_or_of_none(text: str, ends: set[str]) -> None:
    assert find_ends(text) == ends
