"""Words and numbers that name a column without being in its name: beginner, 4 years.

Knows scales of levels and ranges of numbers. Knows nothing of tables or of questions as wholes.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.figures import find_figures
from ingest.words import stem

_LEVELS = (
    "entry junior beginner beginners novice newcomer starter starting basic first new",
    "mid middle intermediate medium average",
    "senior seniors advanced expert experienced veteran top highest",
)
LEVELS = tuple(frozenset(stem(word) for word in level.split()) for level in _LEVELS)
"""Stems of words for the low, the middle and the high place on any scale of levels, in English.

Nearness in meaning cannot tell them apart: with all-MiniLM-L6-v2 "junior" is nearer to "senior"
(.63) than to "entry-level" (.36).
"""


def find_on_level(named: Iterable[str], asked: Sequence[str]) -> frozenset[str]:
    """Return the asked stems for the same place on a scale of levels as any of the named ones."""
    held = frozenset(named)
    same = frozenset[str]().union(*(level for level in LEVELS if level & held))
    return same & frozenset(asked)


def find_in_range(name: str, asked: Sequence[str]) -> frozenset[str]:
    """Return the asked numbers that lie in the range that a name gives: 4, in "(3-5 years)"."""
    if not find_figures(name):
        return frozenset()
    limits = [float(raw) for raw in re.findall(r"\d+(?:\.\d+)?", name)]
    numbers = [word for word in asked if re.fullmatch(r"\d+(?:\.\d+)?", word)]
    if len(limits) != 2:
        return frozenset()
    return frozenset(word for word in numbers if limits[0] <= float(word) <= limits[1])
