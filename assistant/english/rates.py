"""How often something is done, as times a year: "once a day", "every two weeks", "monthly".

Knows how English says it and asks for it. Knows nothing else of questions.
"""

import re

from assistant.english.figures import NUMBER_WORDS
from ingest.patterns import compile_late

_YEAR = 365.25
_DAYS = {
    "day": 1.0,
    "night": 1.0,
    "week": 7.0,
    "fortnight": 14.0,
    "month": _YEAR / 12,
    "year": _YEAR,
}
_EVERY = {"daily": 1.0, "weekly": 7.0, "fortnightly": 14.0, "monthly": _YEAR / 12, "yearly": _YEAR,
          "annually": _YEAR}  # fmt: skip
_COUNT = rf"\d+|{'|'.join(NUMBER_WORDS)}"
_RATE = compile_late(
    rf"\b(?:(?P<times>once|twice|thrice|(?:{_COUNT})\s+times)\s+(?:an?|per|each|every|in)\s+"
    r"|(?:every|each|once in|at intervals of(?: (?:about|at most|(?:no|not) (?:more|less|longer) than))?)\s+)"
    rf"(?:(?P<other>other|second|couple of)\s+|(?P<periods>{_COUNT})(?:\s*(?:to|or|[-–—])\s*(?:{_COUNT}))?\s+)?"
    rf"(?P<unit>{'|'.join(_DAYS)})s?\b|\b(?P<adverb>{'|'.join(_EVERY)})\b",
    re.IGNORECASE,
)

_TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}


_ASKED = compile_late(r"\bhow (?:often|frequently|many times)\b", re.IGNORECASE)


def asks_rate(question: str) -> bool:
    """Say whether a question asks how often something is done."""
    return bool(_ASKED.search(question))


def find_rates(text: str) -> list[float]:
    """Return how many times a year a text says that something is done, each time it says so.

    Of "every six to eight weeks" it is the oftener.
    """
    return [_read(found) for found in _RATE.finditer(text)]


def _read(found: re.Match[str]) -> float:
    if found["adverb"]:
        return _YEAR / _EVERY[found["adverb"].lower()]
    said = (found["times"] or "once").lower()
    times = _TIMES.get(said) or _count(said.split()[0])
    periods = 2.0 if found["other"] else _count(found["periods"] or "1")
    return times * _YEAR / (periods * _DAYS[found["unit"].lower()])


def _count(written: str) -> float:
    return float(NUMBER_WORDS.get(written.lower()) or written)
