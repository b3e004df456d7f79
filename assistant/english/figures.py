"""Figures in text: amounts of money, percentages, years, durations and counts, as values.

Knows how figures are written. Knows nothing of questions or answers; comparison of rows and the
checking of sentences both rest on it.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from ingest.patterns import compile_late


class Unit(StrEnum):
    """What a figure counts."""

    MONEY = "money"
    PERCENT = "percent"
    DURATION = "duration"
    YEAR = "year"
    CLOCK = "clock"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stands in a text: `text[start:end]`, its value, and what it counts.

    `value` is in `currency` units for money, in days for a duration, in hours since midnight for a
    time of day, else the plain number. `raw` is the number as normalised text, without separators
    and units.
    """

    value: float
    unit: Unit
    start: int
    end: int
    raw: str
    currency: str = ""


NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip

_DAYS = {
    "minute": 1 / 1440, "min": 1 / 1440, "hour": 1 / 24, "hr": 1 / 24, "day": 1.0, "week": 7.0,
    "month": 30.4, "year": 365.25, "yr": 365.25, "decade": 3652.5,
}  # fmt: skip

CURRENCY_WORDS = {
    "dollar": "$", "dollars": "$", "usd": "$", "us$": "$", "euro": "€", "euros": "€", "eur": "€",
    "pound": "£", "pounds": "£", "gbp": "£", "rupee": "₹", "rupees": "₹", "inr": "₹",
}  # fmt: skip
"""Names and codes of currencies that are held to be the same as a symbol, in lower case."""

_SYMBOLS = "$£€₹¥₩₽₺₪฿₫₴₦"
_NAMED = {
    "dollars": "$", "euros": "€", "pounds": "£", "rupees": "₹", "yen": "¥", "cents": "¢", "pence": "p",
}  # fmt: skip
"""Names of currencies; their small coins are set beside no sums of the large ones."""

CURRENCY_CODES = (
    "USD|EUR|GBP|INR|JPY|CNY|CAD|AUD|NZD|SGD|HKD|CHF|SEK|NOK|DKK|PLN|BRL|MXN|ZAR|KRW|AED"
)
_CODE_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "JPY": "¥"}
"""The currencies most traded: a code beside a number is no other abbreviation."""

_NUMBER = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:\s?(?:k|K|m|M|bn|million|billion|thousand|lakh|crore)\b)?"
_SCALES = {
    "k": 1e3, "thousand": 1e3, "lakh": 1e5, "m": 1e6, "million": 1e6, "crore": 1e7, "bn": 1e9,
    "billion": 1e9,
}  # fmt: skip
_FIGURE = compile_late(
    rf"(?P<code>\b(?:(?:{CURRENCY_CODES})\s?|[A-Z]{{1,3}}(?=[{_SYMBOLS}])))?(?P<symbol>[{_SYMBOLS}]\s?)?"
    rf"(?P<number>(?<![\w.])(?:{_NUMBER}))(?P<scale>{_SCALE})"
    r"(?P<after>\s?%|\s?percent\b|\s?per\s?cent\b|\s?[" + _SYMBOLS + r"]"
    rf"|[\s-](?:{'|'.join(_NAMED)})\b|\s?(?:{CURRENCY_CODES})\b)?"
)
_WORD_NUMBER = compile_late(
    r"\b(" + "|".join(NUMBER_WORDS) + r")\b(?=[\s-]+\w|[,.;:)]|$)", re.IGNORECASE
)
_PERCENT_AFTER = compile_late(r"[\s-]+per\s?cent\b", re.IGNORECASE)
_DURATION_AFTER = compile_late(
    r"\s*(?:\+|plus\b)?\s*(?:[-–—]\s*\d+(?:\.\d+)?\s*(?:\+)?|to\s+\d+(?:\.\d+)?|or\s+\d+)?[\s-]*"
    r"(?:more\s+)?(minute|min|hour|hr|day|week|month|year|yr|decade)s?\b",
    re.IGNORECASE,
)


_CLOCK = compile_late(
    r"(?<![\w.:])(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?|\s?o['’]clock\b|(?<=:\d\d)(?![\w:]))",
    re.IGNORECASE,
)
_TIMED = compile_late(
    r"(?<![\w.:])(?P<whole>\d{1,3}):(?P<rest>[0-5]\d)\s?(?P<unit>min|minute|hr|hour)s?\b",
    re.IGNORECASE,
)
"""A length of time with its sixtieths, and no time of day: "6:15 min/km"."""

_DASH = compile_late(r"\+?\s?[-–—]\s?")
_JOINS = compile_late(r"\+?\s*(?:[-–—]|to|or)\s*")
_BETWEEN = compile_late(r"\b(?:between|from)\s*$", re.IGNORECASE)
_SCALED = compile_late(
    r"(\d[\d,.]*)\s?(k|m|bn|million|billion|thousand|lakh|crore)\b", re.IGNORECASE
)


@lru_cache(maxsize=16_384)
def find_figures(text: str) -> tuple[Figure, ...]:
    """Find the figures of a text, in order.

    Both ends of a range have the unit and the scale of the end that states them. Remembered, because
    the same passages are looked at for question after question.
    """
    timed = [_read_timed(match) for match in _TIMED.finditer(text)]
    taken = {figure.start for figure in timed}
    clocks = [_read_clock(match) for match in _CLOCK.finditer(text) if match.start() not in taken]
    within = {at for one in (*timed, *clocks) for at in range(one.start, one.end)}
    found: list[Figure | None] = [*timed, *clocks]
    found += [
        _read_figure(text, match)
        for match in _FIGURE.finditer(text)
        if match.start("number") not in within
    ]
    found += [_read_word(text, match) for match in _WORD_NUMBER.finditer(text)]
    figures = sorted((figure for figure in found if figure), key=lambda figure: figure.start)
    for at in range(len(figures) - 1, 0, -1):
        figures[at - 1 : at + 1] = _share_units(text, figures[at - 1], figures[at])
    return tuple(figures)


def _share_units(text: str, low: Figure, high: Figure) -> tuple[Figure, Figure]:
    """Give a plain number the unit of the figure it makes a range with, as in "10 to 15%".

    Past a unit only a dash goes on with it: "$60-110", but not "$60 to 3 people".
    """
    between = text[low.end : high.start]
    joined = _JOINS.fullmatch(between) or (
        between.strip() == "and" and _BETWEEN.search(text[: low.start])
    )
    said = {Unit.MONEY, Unit.PERCENT}
    if low.unit is Unit.COUNT and high.unit is Unit.CLOCK and joined and low.value <= high.value:
        low = replace(low, unit=high.unit, value=_same_half(low.value, high.value))
    elif low.unit is Unit.COUNT and high.unit in said and joined:
        low = replace(low, unit=high.unit, currency=high.currency)
    elif high.unit is Unit.COUNT and low.unit is Unit.MONEY and _DASH.fullmatch(between):
        high = replace(high, unit=low.unit, currency=low.currency)
    if joined and low.unit is high.unit is Unit.MONEY:
        low = _share_scale(text, low, high)
    return low, high


def _read_clock(match: re.Match[str]) -> Figure:
    """Read a time of day: noon is 12 pm, midnight 12 am or 24:00."""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "").lower()
    hours = hour % 12 + 12 * (half == "p") if half else hour
    raw = _plain(hour + minute / 100)
    return Figure(hours + minute / 60, Unit.CLOCK, *match.span(), raw)


def _read_timed(match: re.Match[str]) -> Figure:
    whole, rest = int(match["whole"]), int(match["rest"])
    value = (whole + rest / 60) * _DAYS[match["unit"].lower()]
    return Figure(value, Unit.DURATION, *match.span(), _plain(whole + rest / 100))


def _same_half(low: float, high: float) -> float:
    """Return the hour that "8" is in "8-10 pm": of the same half of the day, if it comes before."""
    later = low % 12 + 12
    return later if high >= 12 and later <= high else low


def _share_scale(text: str, low: Figure, high: Figure) -> Figure:
    """Scale the low end of "60-110k", which leaves its scale to the high end."""
    scaled = _SCALED.search(text, high.start, high.end)
    if not scaled or _SCALED.search(text, low.start, low.end):
        return low
    if low.value >= float(scaled[1].replace(",", "").rstrip(".")):
        return low
    value = low.value * _SCALES[scaled[2].lower()]
    return replace(low, value=value, raw=_plain(value))


def _read_figure(text: str, match: re.Match[str]) -> Figure | None:
    number = match["number"].replace(",", "")
    value = float(number)
    scale = (match["scale"] or "").strip().lower()
    value *= _SCALES.get(scale, 1)
    after = (match["after"] or "").strip()
    symbol = (match["symbol"] or "").strip()
    start = match.start("symbol") if symbol else match.start("number")
    end = match.end()
    code = (match["code"] or "").strip()
    start = match.start("code") if code and not symbol else start
    currency = _read_currency(code, symbol, after)
    if currency:
        return Figure(value, Unit.MONEY, start, end, _plain(value), currency)
    if after.startswith(("%", "per")):
        return Figure(value, Unit.PERCENT, start, end, _plain(value))
    duration = _DURATION_AFTER.match(text, match.end("number"))
    if duration and not scale:
        days = _DAYS[duration[1].lower()]
        return Figure(value * days, Unit.DURATION, start, match.end("number"), _plain(value))
    if re.fullmatch(r"(?:1[89]|20)\d\d", match["number"]) and not scale:
        return Figure(value, Unit.YEAR, start, match.end("number"), _plain(value))
    return Figure(value, Unit.COUNT, start, end, _plain(value))


def _read_currency(code: str, symbol: str, after: str) -> str:
    """Return the currency beside a number, by its symbol if it has one; empty if there is none."""
    if symbol:
        return f"{code}{symbol}" if code not in _CODE_SYMBOLS else symbol
    if re.fullmatch(CURRENCY_CODES, code):
        return _CODE_SYMBOLS.get(code, code)
    named = after.lstrip("- ")
    if named and named in _SYMBOLS:
        return named
    if re.fullmatch(CURRENCY_CODES, named):
        return _CODE_SYMBOLS.get(named, named)
    return _NAMED.get(named, "")


def _read_word(text: str, match: re.Match[str]) -> Figure | None:
    """Read a number in words; "one" counts only before a unit, for else it is a pronoun."""
    value = float(NUMBER_WORDS[match[1].lower()])
    start, end = match.span()
    duration = _DURATION_AFTER.match(text, end)
    if duration:
        days = _DAYS[duration[1].lower()]
        return Figure(value * days, Unit.DURATION, start, end, _plain(value))
    if _PERCENT_AFTER.match(text, end):
        return Figure(value, Unit.PERCENT, start, end, _plain(value))
    return Figure(value, Unit.COUNT, start, end, _plain(value)) if value > 1 else None


def _plain(value: float) -> str:
    return f"{value:.10g}"
