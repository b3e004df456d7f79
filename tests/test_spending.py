"""Which way money goes."""

import pytest

from assistant.english.spending import Way, find_asked_way, find_way, name_way


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


@pytest.mark.parametrize(
    ("asked", "way"),
    [
        ("What do potters make in Oslo?", Way.IN),
        ("How much does a potter make?", Way.IN),
        ("What does it cost to make a pot?", Way.OUT),
        ("How much clay makes a pot?", None),
        ("What do potters pay?", None),
    ],
)
def test_what_somebody_makes_is_earned(asked: str, way: Way | None) -> None:
    assert find_asked_way(asked) is way


@pytest.mark.parametrize("way", Way)
def test_the_words_for_a_way_say_so(way: Way) -> None:
    assert {find_way(name) for name in name_way(way)} <= {way, None}
