"""Which way money goes."""

import pytest

from assistant.english.spending import Way, find_way


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("What does a kiln cost?", Way.OUT),
        ("What would a kiln set me back?", Way.OUT),
        ("How much is the course fee?", Way.OUT),
        ("What do potters earn?", Way.IN),
        ("Median Annual Wage: $40,000", Way.IN),
        ("What do I pay?", None),
        ("Does the salary cover the cost of a kiln?", None),
        ("How long does it take?", None),
    ],
)
def test_money_goes_one_way_where_only_that_is_said(text: str, way: Way | None) -> None:
    assert find_way(text) is way
