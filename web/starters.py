"""Questions to begin with, taken from what the articles themselves ask.

Knows FAQ pairs and how to choose fairly among articles. Knows nothing of pages.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from ingest.document import Document, FaqPair
from ingest.faq import faq_pairs
from web.likeness import likeness, rarity
from web.seam import ReadableIndex

_NUMBER = re.compile(r"^(?:\d{1,2}[.)]|\(\d{1,2}\))\s+")
"""What counts the headings of an article through is no part of a question."""
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
    weights = rarity(left)
    chosen: list[str] = []
    while left and len(chosen) < count:
        alike = [max((likeness(q, c, weights) for c in chosen), default=0.0) for q in left]
        chosen.append(left.pop(alike.index(min(alike))))
    return tuple(chosen)


def _questions(document: Document) -> list[str]:
    return [pair.question for pair in inviting_pairs(document)[:_MOST]]


def inviting_pairs(document: Document) -> list[FaqPair]:
    """Keep what reads as a question and is short, without its number; "Salary" is no question."""
    pairs = [
        (pair, _NUMBER.sub("", pair.question.strip(), count=1)) for pair in faq_pairs(document)
    ]
    return [
        replace(pair, question=text)
        for pair, text in pairs
        if text.endswith("?") and len(text) <= _LONGEST
    ]
