"""Questions to begin with, taken from what the articles themselves ask.

Knows FAQ pairs and how to choose fairly among articles. Knows nothing of pages.
"""

from collections.abc import Sequence
from itertools import zip_longest

from ingest.document import Document
from ingest.faq import faq_pairs
from web.seam import ReadableIndex

_LONGEST = 110
"""Characters: a longer question is no invitation."""


class Starters:
    """Remembers the questions for one generation of the index: choosing means reading all of it."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._chosen: tuple[str, tuple[str, ...]] | None = None

    def of(self, index: ReadableIndex) -> tuple[str, ...]:
        """Return the questions for an index."""
        chosen = self._chosen
        if chosen is None or chosen[0] != index.version:
            documents = [index.read(summary.id) for summary in index.documents()]
            chosen = (index.version, choose_starters(documents, self._count))
            self._chosen = chosen
        return chosen[1]


def choose_starters(documents: Sequence[Document], count: int) -> tuple[str, ...]:
    """Choose questions that an article asks and answers, one article after the other in turn."""
    chosen: dict[str, str] = {}
    for column in zip_longest(*map(_questions, documents)):
        for question in column:
            if question is not None:
                chosen.setdefault(question.casefold(), question)
    return tuple(chosen.values())[:count]


def _questions(document: Document) -> list[str]:
    """Only what reads as a question, and is short enough: a heading such as "Salary" is neither."""
    questions = (pair.question.strip() for pair in faq_pairs(document))
    return [text for text in questions if text.endswith("?") and len(text) <= _LONGEST]
