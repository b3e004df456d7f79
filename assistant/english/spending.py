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


def find_way(text: str) -> Way | None:
    """Return the one way that a text says money goes, none where it says neither or both."""
    said = [way for way, pattern in _WORDS.items() if pattern.search(text)]
    return said[0] if len(said) == 1 else None
