"""The year and the currency that a figure is asked in."""

import pytest

from assistant.ranking.denomination import find_currency, find_other_year, tells_in_others


@pytest.mark.parametrize(
    ("question", "said", "year"),
    [
        ("rent of the hall in 2021", "Hall rent, 2022: £960; 2023: £1,020", "2021"),
        ("rent of the hall in 2023", "Hall rent, 2022: £960; 2023: £1,020", ""),
        ("How many bakers in 2030?", "Their number grows from 2023 to 2033 by 4%.", ""),
        ("How many bakers in 2019?", "In 2023 there were 40 bakers.", "2019"),
        ("How many bakers in 2019?", "There are 40 bakers.", ""),
        ("How many bakers in 2019 and 2023?", "In 2023 there were 40 bakers.", ""),
        ("How many bakers are there?", "In 2023 there were 40 bakers.", ""),
    ],
)
def test_a_year_is_told_by_no_other(question: str, said: str, year: str) -> None:
    assert find_other_year(question, said) == year


@pytest.mark.parametrize(
    ("question", "said", "others"),
    [
        ("What does a hut cost in dollars?", "A hut costs £12.", True),
        ("What does a hut cost in US dollars?", "A hut costs 12 euros.", True),
        ("What does a hut cost in pounds?", "A hut costs £12 or €15.", False),
        ("What does a hut cost in dollars?", "A hut costs CAD $12.", False),
        ("What does a hut cost in Canadian dollars?", "A hut costs CAD $12.", False),
        ("What does a hut cost in euros?", "A hut costs €12.", False),
        ("What does a hut cost in rupees?", "A hut costs ₹900.", False),
        ("What does a hut cost in dollars?", "A hut costs nothing.", False),
    ],
)
def test_sums_in_one_currency_tell_none_in_another(question: str, said: str, others: bool) -> None:
    currency = find_currency(question)
    assert currency is not None
    assert tells_in_others(currency, said) is others


def test_no_currency_is_asked_for_where_none_is_named() -> None:
    assert find_currency("What does a hut cost in Oslo?") is None
