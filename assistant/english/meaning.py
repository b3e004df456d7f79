"""How near words are in meaning, one word at a time.

Knows vectors of single words. Knows nothing of questions or passages. Where stems differ ("pay",
"salary") it tells how far one word stands for another.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from index.types import Vectors

UNRELATED = 0.45
SAME = 0.75
"""Cosines of single words: at and below the first nothing is shared, from the second on all.

With all-MiniLM-L6-v2 pairs such as wage and salary, laptop and computer, diploma and degree lie
between .67 and .75, random pairs of content words below .45 ninety-nine times in a hundred.
"""


class WordKnowledge(Protocol):
    """What is known of single words: their vectors, and how common they are."""

    def word_vectors(self, words: Sequence[str], /) -> Vectors:
        """Return one unit vector a lower-case word."""
        ...

    def word_rank(self, word: str, /) -> int | None:
        """Return how common a lower-case word is, from 0; None if it is rare."""
        ...


def find_nearness(asked: Sequence[str], said: Sequence[str], vectors: WordKnowledge) -> Vectors:
    """Return how near each asked word is to each said one, 0 to 1: shape (asked, said)."""
    if not asked or not said:
        return np.zeros((len(asked), len(said)), dtype=np.float32)
    cosines = vectors.word_vectors(asked) @ vectors.word_vectors(said).T
    nearness: Vectors = np.clip((cosines - UNRELATED) / (SAME - UNRELATED), 0.0, 1.0)
    return nearness
