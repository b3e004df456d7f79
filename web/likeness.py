"""How much two questions ask the same, by the words they share.

Knows words and how rare each is among the questions at hand. Knows nothing of articles or pages.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence


def rarity(questions: Sequence[str]) -> Mapping[str, float]:
    """Weigh a word by how few questions have it: inverse document frequency."""
    found = Counter(word for question in questions for word in _words(question))
    return {word: math.log(1 + len(questions) / times) for word, times in found.items()}


def likeness(one: str, other: str, weights: Mapping[str, float]) -> float:
    """Weighted Jaccard similarity of two questions' words, 0 to 1; `weights` knows them all."""
    shared, all_words = _words(one) & _words(other), _words(one) | _words(other)
    whole = math.fsum(weights[word] for word in all_words)
    return math.fsum(weights[word] for word in shared) / whole if whole else 1.0


def _words(question: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", question.casefold()))
