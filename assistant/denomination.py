"""The year and the currency that a question asks its figure in, held against those that are told.

Knows figures, and English words for currencies. Knows nothing of scores or of what becomes of an
answer that has others.
"""

import re

from assistant.figures import CURRENCY_WORDS, Unit, find_figures

_IN_CURRENCY = re.compile(
    rf"\bin (?:us |american |british )?({'|'.join(map(re.escape, CURRENCY_WORDS))})(?!\w)",
    re.IGNORECASE,
)


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


def find_other_currency(question: str, said: str) -> str:
    """Return the currency that a question wants sums in, where they are told in others; else ""."""
    asked = _IN_CURRENCY.search(question)
    told = {figure.currency for figure in find_figures(said) if figure.unit is Unit.MONEY}
    if asked is None or not told:
        return ""
    symbol = CURRENCY_WORDS[asked[1].lower()]
    return "" if any(symbol in currency for currency in told) else asked[1]
