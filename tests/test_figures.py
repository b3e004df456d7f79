"""Figures as people write them, read as values that can be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.english.figures import Figure, Unit, find_figures

YEAR, MONTH, WEEK, HOUR = 365.25, 30.4, 7.0, 1 / 24


def read(text: str) -> list[tuple[Unit, float]]:
    return [(figure.unit, round(figure.value, 6)) for figure in find_figures(text)]


def only(text: str) -> Figure:
    [figure] = find_figures(text)
    return figure


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("It costs $24 a year.", 24, "$"),
        ("The ticket is €1,150.", 1150, "€"),
        ("The ticket is 1,150 €.", 1150, "€"),
        ("a fine of £0.30", 0.30, "£"),
        ("about ₹12,00,000 a year", 1_200_000, "₹"),
        ("about ₹6 lakh a year", 600_000, "₹"),
        ("₹2.5 crore", 25_000_000, "₹"),
        ("a budget of $1.2 million", 1_200_000, "$"),
        ("$95k", 95_000, "$"),
        ("US$40", 40, "US$"),
        ("it was 300 dollars", 300, "$"),
        ("EUR 12 a ticket", 12, "€"),
        ("a ticket is 12 CHF", 12, "CHF"),
        ("A $40 fee", 40, "$"),
        ("See FAQ 12: it is USD 40", 40, "$"),
    ],
)
def test_money_is_read_with_its_currency(text: str, value: float, currency: str) -> None:
    [figure] = [found for found in find_figures(text) if found.unit is Unit.MONEY]
    assert (figure.unit, figure.currency) == (Unit.MONEY, currency)
    assert figure.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("open 10 am to 6 pm", [10, 18]),
        ("8–10 pm", [20, 22]),
        ("11-1 pm", [11, 13]),
        ("8:30-18:00", [8.5, 18]),
        ("at 6.30 a.m.", [6.5]),
        ("12 am", [0]),
        ("12 pm", [12]),
        ("7 o’clock", [7]),
    ],
)
def test_a_time_of_day_is_read_in_hours_since_midnight(text: str, hours: list[float]) -> None:
    assert read(text) == [(Unit.CLOCK, hour) for hour in hours]


@pytest.mark.parametrize(
    ("text", "minutes"), [("6:15 min/km", 6.25), ("a run of 1:30 hours", 90.0), ("12:00 min", 12.0)]
)
def test_a_length_of_time_with_its_sixtieths_is_no_time_of_day(text: str, minutes: float) -> None:
    [figure] = find_figures(text)
    assert figure.unit is Unit.DURATION
    assert figure.value * 1440 == pytest.approx(minutes)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("four weeks", [4 * WEEK]),
        ("after 18 months", [18 * MONTH]),
        ("a 3-year guarantee", [3 * YEAR]),
        ("5+ years", [5 * YEAR]),
        ("12 to 18 months", [12 * MONTH, 18 * MONTH]),
        ("12-18 months", [12 * MONTH, 18 * MONTH]),
        ("12–18 months", [12 * MONTH, 18 * MONTH]),
        ("thirty minutes", [30 / 1440]),
        ("1.5 hours", [1.5 * HOUR]),
        ("one day", [1.0]),
    ],
)
def test_a_duration_is_in_days_and_so_are_both_ends_of_a_range(
    text: str, days: list[float]
) -> None:
    figures = find_figures(text)
    assert [figure.unit for figure in figures] == [Unit.DURATION] * len(days)
    assert [figure.value for figure in figures] == pytest.approx(days)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("About 40% of frames", [(Unit.PERCENT, 40)]),
        ("up by 3.5 percent", [(Unit.PERCENT, 3.5)]),
        ("twenty per cent of members", [(Unit.PERCENT, 20)]),
        ("since 2011", [(Unit.YEAR, 2011)]),
        ("2,011 members", [(Unit.COUNT, 2011)]),
        ("nine guitars", [(Unit.COUNT, 9)]),
        ("this one is new", []),
        ("no figure at all", []),
        ("", []),
    ],
)
def test_shares_years_counts_and_nothing_are_told_apart(
    text: str, expected: list[tuple[Unit, float]]
) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between €60 and €110", 60, 110),
        ("€60–110", 60, 110),
        ("60 to 110 euros", 60, 110),
        ("between 60 and 110 EUR", 60, 110),
        ("€60-110k", 60_000, 110_000),
        ("60k-110k €", 60_000, 110_000),
        ("€900 to €1.2 million", 900, 1_200_000),
    ],
)
def test_a_range_of_money_has_two_ends_in_one_currency(text: str, low: float, high: float) -> None:
    figures = find_figures(text)
    assert [figure.currency for figure in figures] == ["€", "€"]
    assert [figure.value for figure in figures] == pytest.approx([low, high])


@pytest.mark.parametrize("text", ["10-15%", "10 to 15 percent", "between 10 and 15%"])
def test_both_ends_of_a_share_are_shares(text: str) -> None:
    assert read(text) == [(Unit.PERCENT, 10), (Unit.PERCENT, 15)]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("$60 and 3 members", [Unit.MONEY, Unit.COUNT]),
        ("$60 to 3 members", [Unit.MONEY, Unit.COUNT]),
        ("3 members and 40%", [Unit.COUNT, Unit.PERCENT]),
        ("2010-2015", [Unit.YEAR, Unit.YEAR]),
    ],
)
def test_numbers_that_only_stand_together_are_no_range(text: str, units: list[Unit]) -> None:
    assert [figure.unit for figure in find_figures(text)] == units


@given(st.integers(1, 10**9), st.sampled_from("$£€₹"))
def test_grouping_by_thousands_changes_no_amount(value: int, symbol: str) -> None:
    plain, grouped = only(f"{symbol}{value}"), only(f"{symbol}{value:,}")
    assert (plain.value, plain.unit) == (grouped.value, grouped.unit) == (value, Unit.MONEY)


@given(st.text(alphabet="0123456789.,$€%-–+ kKmyear toslakh\n", max_size=60) | st.text(max_size=60))
def test_any_text_is_read_and_every_figure_lies_in_it(text: str) -> None:
    figures = find_figures(text)
    assert list(figures) == sorted(figures, key=lambda figure: figure.start)
    for figure in figures:
        assert 0 <= figure.start < figure.end <= len(text)
        assert any(letter.isalnum() for letter in text[figure.start : figure.end])
        assert figure.value >= 0


def test_small_coins_are_money_of_their_own() -> None:
    [coins] = find_figures("A hot drink costs 80 cents.")
    [notes] = find_figures("A meal costs 8 euros.")
    assert coins.unit is notes.unit is Unit.MONEY
    assert coins.currency != notes.currency
