"""Which way money goes: what a thing costs is no answer to what somebody earns, nor the reverse.

Knows English words for spending and for earning. "Pay" is neither: one pays rent and is paid a wage.
Knows nothing of how much.
"""

import re
from enum import StrEnum

from ingest.patterns import compile_late


class Way(StrEnum):
    """Where money goes, seen from the one who is told of it."""

    OUT = "out"
    IN = "in"


_WORDS = {
    Way.OUT: compile_late(
        r"\b(?:costs?|costing|prices?|priced|fees?|tuition|charges?|expens\w+|sets? (?:me|you|us|one|people) back|spend"
        r"|spent|rent|buy|afford)\b",
        re.IGNORECASE,
    ),
    Way.IN: compile_late(
        r"\b(?:earn(?:s|ed|ing|ings)?|salar(?:y|ies)|wages?|incomes?|take home|get paid)\b",
        re.IGNORECASE,
    ),
}


_MAKES = compile_late(
    r"\b(?:makes?|gets?|clears?)\b(?=\W*$|\s+(?:in|as|at|after|with|per|on|when|if|starting|working|out of|an?\s+(?:year|month"
    r"|week|day|hour))\b)",
    re.IGNORECASE,
)
"""Earning in a word that means so in a question for an amount: "what do bakers make in Oslo?"."""

_NAMES = {
    Way.OUT: "cost costs price prices fee fees charge charges",
    Way.IN: "salary salaries wage wages pay earn earns earnings income paid",
}


def find_way(text: str) -> Way | None:
    """Return the one way that a text says money goes, none where it says neither or both."""
    said = [way for way, pattern in _WORDS.items() if pattern.search(text)]
    return said[0] if len(said) == 1 else None


def find_asked_way(text: str) -> Way | None:
    """Return the one way that money goes of which a question asks how much it is."""
    said = any(pattern.search(text) for pattern in _WORDS.values())
    return Way.IN if not said and _MAKES.search(text) else find_way(text)


def name_way(way: Way) -> tuple[str, ...]:
    """Return the words for money that goes a way, which mean the same in a question for an amount."""
    return tuple(_NAMES[way].split())
