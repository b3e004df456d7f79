"""How much a word tells by itself: little if it is everyday, all if it is rare.

Knows ranks of words by how common they are. Knows nothing of where ranks come from.
"""

import math
from collections.abc import Callable

EVERYDAY = 2_000
SPECIFIC = 12_000
"""Ranks in the encoder's vocabulary: up to the first a word is everyday ("make", "home"), from the
second on, or without a rank, it is specific ("pension", "deadline")."""

Rank = Callable[[str], int | None]
"""How common a lower-case word is in its language, from 0; None if it is rare."""


def measure_rarity(word: str, rank: Rank) -> float:
    """Return how much a lower-case word tells, 0.1 to 1.

    It grows with the logarithm of the rank, as inverse document frequency does (Sparck Jones 1972),
    and is that of the rarest part of a compound.
    """
    parts = [part for part in word.replace("'", "-").split("-") if len(part) > 1] or [word]
    return max(_measure_part(part, rank) for part in parts)


def _measure_part(word: str, rank: Rank) -> float:
    found = rank(word)
    if found is None or not word.isalpha():
        return 1.0
    share = math.log(max(found, 1) / EVERYDAY) / math.log(SPECIFIC / EVERYDAY)
    return min(1.0, max(0.1, share))
