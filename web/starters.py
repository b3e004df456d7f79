"""Questions to begin with, taken from what the articles themselves ask.

Knows FAQ pairs and how to choose fairly among articles. Knows nothing of pages.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, zip_longest

from ingest.document import Document
from ingest.faq import faq_pairs
from web.seam import ReadableIndex

_LONGEST = 110
"""Characters: a longer question is no invitation."""
_MOST = 10
"""Questions taken from one article."""
_ARTICLES = 50
"""Articles looked into: the first page must not wait for thousands to be read."""


class Starters:
    """Remembers the questions for one generation of the index: choosing means reading all of it."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._chosen: tuple[str, tuple[str, ...]] | None = None

    def of(self, index: ReadableIndex) -> tuple[str, ...]:
        """Return the questions for an index."""
        chosen = self._chosen
        if chosen is None or chosen[0] != index.version:
            documents = [index.read(summary.id) for summary in index.documents()[:_ARTICLES]]
            chosen = (index.version, choose_starters(documents, self._count))
            self._chosen = chosen
        return chosen[1]


def choose_starters(documents: Sequence[Document], count: int) -> tuple[str, ...]:
    """Choose questions that an article asks and answers, each unlike those chosen before it.

    Articles on one subject ask much the same: the next is always the one that shares least with
    any chosen, by words weighted with their rarity; the articles take turns where that is equal.
    """
    in_turn = chain.from_iterable(zip_longest(*map(_questions, documents)))
    left = list({question.casefold(): question for question in in_turn if question}.values())
    weights = _rarity(left)
    chosen: list[str] = []
    while left and len(chosen) < count:
        likeness = [max((_likeness(q, c, weights) for c in chosen), default=0.0) for q in left]
        chosen.append(left.pop(likeness.index(min(likeness))))
    return tuple(chosen)


def _questions(document: Document) -> list[str]:
    """Only what reads as a question, and is short enough: a heading such as "Salary" is neither."""
    questions = (pair.question.strip() for pair in faq_pairs(document))
    return [text for text in questions if text.endswith("?") and len(text) <= _LONGEST][:_MOST]


def _words(question: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", question.casefold()))


def _rarity(questions: Sequence[str]) -> Mapping[str, float]:
    """Weigh a word by how few questions have it: inverse document frequency."""
    found = Counter(word for question in questions for word in _words(question))
    return {word: math.log(1 + len(questions) / times) for word, times in found.items()}


def _likeness(one: str, other: str, weights: Mapping[str, float]) -> float:
    """Weighted Jaccard similarity of two questions' words, 0 to 1."""
    shared, all_words = _words(one) & _words(other), _words(one) | _words(other)
    whole = math.fsum(weights[word] for word in all_words)
    return math.fsum(weights[word] for word in shared) / whole if whole else 1.0
