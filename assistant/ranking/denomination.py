"""The year and the currency that a question asks its figure in, held against those that are told.

Knows figures, and English words for currencies. Knows nothing of scores or of what becomes of an
answer that has others.
"""

import re
from typing import NamedTuple

from assistant.english.figures import CURRENCY_CODES, CURRENCY_WORDS, Unit, find_figures
from ingest.patterns import compile_late

_IN_CURRENCY = compile_late(
    rf"\bin (?:[^\W\d_]+ )?({'|'.join(map(re.escape, CURRENCY_WORDS))}|{CURRENCY_CODES})(?!\w)",
    re.IGNORECASE,
)


class Currency(NamedTuple):
    """A currency that a question wants sums in: as it is named there, and its symbol or code."""

    name: str
    symbol: str


def find_other_year(question: str, said: str) -> str:
    """Return the year that a question asks about, where only years apart from it are told; else "".

    The rent of 2021 is not told by that of 2022; a year between two that are told may be meant.
    """
    asked = [figure for figure in find_figures(question) if figure.unit is Unit.YEAR]
    told = [figure.value for figure in find_figures(said) if figure.unit is Unit.YEAR]
    if not asked or not told:
        return ""
    apart = [figure for figure in asked if not min(told) <= figure.value <= max(told)]
    return apart[0].raw if len(apart) == len(asked) else ""


def find_currency(question: str) -> Currency | None:
    """Return the currency that a question wants sums in, if it names one: "in rupees"."""
    asked = _IN_CURRENCY.search(question)
    if asked is None:
        return None
    return Currency(asked[1], CURRENCY_WORDS.get(asked[1].lower(), asked[1].upper()))


def tells_in(currency: Currency, text: str) -> bool:
    """Say whether a text tells of money in a currency; a dollar is any country's."""
    return any(
        told.endswith(currency.symbol) or told.startswith(currency.symbol) for told in _list(text)
    )


def tells_in_others(currency: Currency, text: str) -> bool:
    """Say whether a text tells of money, and of none in a currency."""
    return bool(_list(text)) and not tells_in(currency, text)


def _list(text: str) -> list[str]:
    return [figure.currency for figure in find_figures(text) if figure.unit is Unit.MONEY]
