"""Words and numbers that name a column without being in its name: beginner, 4 years.

Knows scales of levels and ranges of numbers. Knows nothing of tables or of questions as wholes.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.figures import NUMBER_WORDS, find_figures
from ingest.words import stem

_LEVELS = (
    "entry junior beginner beginners novice newcomer newbie rookie graduate starter starting basic "
    "first new fresh fresher",
    "mid middle intermediate medium",
    "senior seniors advanced expert experienced veteran top highest",
)
LEVELS = tuple(frozenset(stem(word) for word in level.split()) for level in _LEVELS)
"""Stems of words for the low, the middle and the high place on any scale of levels, in English.

The average is no place on a scale: it is taken over all of them.

Nearness in meaning cannot tell them apart: with all-MiniLM-L6-v2 "junior" is nearer to "senior"
(.63) than to "entry-level" (.36).
"""


def find_on_level(named: Iterable[str], asked: Sequence[str]) -> frozenset[str]:
    """Return the asked stems for the same place on a scale of levels as any of the named ones."""
    held = frozenset(named)
    same = frozenset[str]().union(*(level for level in LEVELS if level & held))
    return same & frozenset(asked)


def put_in_names(text: str, names: Sequence[str]) -> str:
    """Put a text's words for levels into those that names have for the same: junior, as "Entry-Level".

    A level that some name has in the text's own word stays. A number of something becomes the range
    that a name has for it: "4 years", as "3-5 years".
    """
    called = {level: _call(level, names) for level in LEVELS}
    named = {stem(part) for name in names for part in re.findall(r"\w+", name)}

    def put(found: re.Match[str]) -> str:
        key = stem(found.group())
        level = next((one for one in LEVELS if key in one), None)
        return found.group() if level is None or key in named else called[level] or found.group()

    return re.sub(r"(?<![\w-])\w+(?![\w-])", put, _put_ranges(text, names))


_RANGE = re.compile(r"\b(\d+)\s?(?:[-–]|to)\s?(\d+)\s+([^\W\d_]+)")
_NUMBER = re.compile(
    rf"(?<![\w.,–-])(\d+|{'|'.join(NUMBER_WORDS)})\s+([^\W\d_]+)(?![\w-])", re.IGNORECASE
)


def _put_ranges(text: str, names: Sequence[str]) -> str:
    ranges = [found for name in names for found in _RANGE.finditer(name)]

    def put(number: re.Match[str]) -> str:
        for found in ranges:
            low, high, unit = found.groups()
            within = int(low) <= _read_number(number[1]) <= int(high)
            if within and stem(unit) == stem(number[2]):
                return found.group()
        return number.group()

    return _NUMBER.sub(put, text)


def _call(level: frozenset[str], names: Sequence[str]) -> str:
    """Return the word of some names, lower-case and with its hyphens, that is for a level."""
    said = (word for name in names for word in re.findall(r"[\w-]+", name))
    return next((w.lower() for w in said if level & {stem(part) for part in w.split("-")}), "")


def find_in_range(name: str, asked: Sequence[str]) -> frozenset[str]:
    """Return the asked numbers that lie in the range that a name gives: 4, in "(3-5 years)".

    One written as a word does where what the range is of is asked for too: "the four of us" do not.
    """
    if not find_figures(name):
        return frozenset()
    limits = [float(raw) for raw in re.findall(r"\d+(?:\.\d+)?", name)]
    if len(limits) != 2:
        return frozenset()
    counted = any(stem(found[3]) in asked for found in _RANGE.finditer(name))
    numbers = [
        word
        for word in asked
        if re.fullmatch(r"\d+(?:\.\d+)?", word) or (counted and word in NUMBER_WORDS)
    ]
    return frozenset(word for word in numbers if limits[0] <= _read_number(word) <= limits[1])


def _read_number(written: str) -> float:
    return float(NUMBER_WORDS.get(written.lower()) or written)
