"""How often something is done, as times a year."""

import pytest

from assistant.english.rates import asks_rate, find_rates


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("Feed them twice a day.", [730.5]),
        ("Every other week we meet, and once a year we dance.", [26.09, 1.0]),
        ("Come every six to eight weeks.", [8.7]),
        ("Every 4-6 weeks", [13.04]),
        ("Every couple of months it is oiled.", [6.0]),
        ("Wash it monthly.", [12.0]),
        ("Every room has two weeks of dust.", []),
    ],
)
def test_a_text_says_how_often(text: str, rates: list[float]) -> None:
    assert [round(rate, 2) for rate in find_rates(text)] == rates


@pytest.mark.parametrize(
    ("question", "asks"),
    [("How often is it oiled?", True), ("how many times a year", True), ("How long?", False)],
)
def test_a_question_may_ask_how_often(question: str, asks: bool) -> None:
    assert asks_rate(question) is asks
