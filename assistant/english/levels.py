"""Words and numbers that name a column without being in its name: beginner, 4 years.

Knows scales of levels and ranges of numbers. Knows nothing of tables or of questions as wholes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.english.figures import NUMBER_WORDS, find_figures
from ingest.patterns import compile_late
from ingest.words import stem

_LEVELS = (
    """entry junior beginner novice newcomer newbie rookie graduate starter starting basic first new
    fresh fresher beginning""",
    "mid middle intermediate medium",
    "senior seniors advanced expert experienced veteran top highest",
)
LEVELS = tuple(frozenset(stem(word) for word in level.split()) for level in _LEVELS)
"""Stems of words for the low, the middle and the high place on any scale of levels, in English.

The average is no place on a scale: it is taken over all of them.

Nearness in meaning cannot tell them apart: with all-MiniLM-L6-v2 "junior" is nearer to "senior"
(.63) than to "entry-level" (.36).
"""


def is_level(word: str) -> bool:
    """Say whether a word names a place on a scale of levels."""
    return any(stem(word) in level for level in LEVELS)


def find_on_level(named: Iterable[str], asked: Sequence[str]) -> frozenset[str]:
    """Return the asked stems for the same place on a scale of levels as any of the named ones."""
    held = frozenset(named)
    same = frozenset[str]().union(*(level for level in LEVELS if level & held))
    return same & frozenset(asked)


def put_in_names(text: str, names: Sequence[str]) -> str:
    """Put a text's words for levels into those that names have for the same: junior, as "Entry-Level".

    A level that some name has in the text's own word stays. A number of something becomes the range
    that a name has for it: "4 years", as "3-5 years", or the level beyond it: "10 years", as "senior".
    """
    called = {level: _call(level, names) for level in LEVELS}
    named = {stem(part) for name in names for part in re.findall(r"\w+", name)}

    def put(found: re.Match[str]) -> str:
        key = stem(found.group())
        level = next((one for one in LEVELS if key in one), None)
        return found.group() if level is None or key in named else called[level] or found.group()

    return re.sub(r"(?<![\w-])\w+(?![\w-])", put, _put_ranges(text, names))


MOST_COUNTED = 99
"""A number above this is no count of years at work: 2024 is a year."""

_RANGE = compile_late(r"\b(\d+)\s?(?:[-–]|to)\s?(\d+)\s+([^\W\d_]+)")
_NUMBER = compile_late(
    rf"(?<![\w.,–-])(\d+|{'|'.join(NUMBER_WORDS)})(?:\+|\s+plus|\s+or\s+more)?\s+([^\W\d_]+)(?![\w-])",
    re.IGNORECASE,
)


def _put_ranges(text: str, names: Sequence[str]) -> str:
    ranges = [found for name in names for found in _RANGE.finditer(name)]

    def put(number: re.Match[str]) -> str:
        alike = [found for found in ranges if stem(found[3]) == stem(number[2])]
        count = _read_number(number[1])
        for found in alike:
            if int(found[1]) <= count <= int(found[2]):
                return found.group()
        beyond = [one for one in names if not _RANGE.search(one)] if alike else []
        if any(count < int(found[1]) for found in alike):
            return _call(LEVELS[0], beyond) or number.group()
        return (count <= MOST_COUNTED and _call(LEVELS[-1], beyond)) or number.group()

    return _NUMBER.sub(put, text)


def _call(level: frozenset[str], names: Sequence[str]) -> str:
    """Return the word of some names, lower-case and with its hyphens, that is for a level."""
    said = (word for name in names for word in re.findall(r"[\w-]+", name))
    return next((w.lower() for w in said if level & {stem(part) for part in w.split("-")}), "")


def find_in_ranges(names: Sequence[str], asked: Sequence[str]) -> list[frozenset[str]]:
    """Return for each of some names the asked numbers that lie in its range: 4, in "(3-5 years)".

    `asked` are stems in the order of the question. A number of years below a range, or above it,
    lies in the low or the high level beside it, if that has no range of its own. So does one
    written as a word in the range itself; "the four of us" do not.
    """
    ranges = [_find_range(name) for name in names]
    found = [frozenset(_find_digits(limits, asked)) for limits in ranges]
    low, _, high = LEVELS
    for at, limits in enumerate(ranges):
        if limits is None:
            continue
        counts = _find_counts(limits.unit, asked)
        found[at] |= {word for word, n in counts if limits.low <= n <= limits.high}
        if at and ranges[at - 1] is None and _is_on(low, names[at - 1]):
            found[at - 1] |= {word for word, n in counts if n < limits.low}
        if at + 1 < len(names) and ranges[at + 1] is None and _is_on(high, names[at + 1]):
            found[at + 1] |= {word for word, n in counts if limits.high < n <= MOST_COUNTED}
    return found


class _Range(NamedTuple):
    """The two numbers of a name, and the stem of what they are of; "" where that is not said."""

    low: float
    high: float
    unit: str


def _find_range(name: str) -> _Range | None:
    limits = [float(raw) for raw in re.findall(r"\d+(?:\.\d+)?", name)]
    if len(limits) != 2 or not find_figures(name):
        return None
    counted = _RANGE.search(name)
    return _Range(limits[0], limits[1], stem(counted[3]) if counted else "")


def _find_digits(limits: _Range | None, asked: Sequence[str]) -> Iterator[str]:
    if limits is not None:
        numbers = (word for word in asked if re.fullmatch(r"\d+(?:\.\d+)?", word))
        yield from (word for word in numbers if limits.low <= float(word) <= limits.high)


def _find_counts(unit: str, asked: Sequence[str]) -> list[tuple[str, float]]:
    """Return the asked numbers, as written and as values, that the stem of a unit follows."""
    counted = (word for word, following in pairwise(asked) if following == unit)
    return [
        (word, _read_number(word))
        for word in counted
        if word in NUMBER_WORDS or re.fullmatch(r"\d+(?:\.\d+)?", word)
    ]


def _is_on(level: frozenset[str], name: str) -> bool:
    return any(stem(part) in level for part in re.findall(r"\w+", name))


def _read_number(written: str) -> float:
    return float(NUMBER_WORDS.get(written.lower()) or written)


_SENIORITY = tuple(
    compile_late(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in (
        r"entry[- ]level|juniors?|beginners?|novices?|newcomers?|newbies?|freshers?",
        r"mid[- ](?:level|career)|intermediate",
        r"seniors?|senior[- ]level",
    )
)
"""Words that are said of a level alone: what is new, or comes first, may be of any."""


def names_one_level(question: str) -> bool:
    """Say whether a question asks about one level, so that what is told of another is no answer."""
    return len(_find_seniority(question)) == 1


def names_other_level(question: str, said: str) -> bool:
    """Say whether a text tells of other levels than the one that a question asks about."""
    asked = _find_seniority(question)
    if len(asked) != 1:
        return False
    told = _find_seniority(said)
    return bool(told) and asked.isdisjoint(told)


def _find_seniority(text: str) -> set[int]:
    return {at for at, level in enumerate(_SENIORITY) if level.search(text)}
