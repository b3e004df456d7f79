"""How the passages of an answer go together: no repeats, as much as is read, in an order that reads.

Knows passages and the room there is for them. Knows nothing of questions, nor of why a passage is
said.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.composing.tables import read_table
from assistant.layout.company import find_company
from assistant.layout.passage import MAX_CHARS, Passage, Shape
from assistant.ranking.evidence import Evidence
from ingest.document import Span

MAX_PASSAGES = 5


class ChosenPassages:
    """The passages chosen so far, as they came; `documents` are those that are quoted."""

    def __init__(self) -> None:
        self.documents: set[str] = set()
        self.passages: list[Passage] = []
        self._said: set[tuple[str, int]] = set()
        self._length = 0

    def put_in_order(self) -> tuple[Passage, ...]:
        """Return the passages article by article, the sentences of a paragraph in its order."""
        return _join_paragraphs(_put_together(self.passages))

    def says(self, item: Evidence) -> bool:
        """Say whether a span is among what has been chosen."""
        return item.key[:2] in self._said

    def has_room(self, passages: Sequence[Passage], item: Evidence, spare: int = 0) -> bool:
        """Say whether there is room up to the passage with a span: those before it are for its sake.

        That is with some characters to spare.
        """
        with_it = (at for at, passage in enumerate(passages, 1) if item.span in passage.spans)
        needed = passages[: next(with_it, 1)]
        return self._length + sum(len(passage.text) for passage in needed) <= MAX_CHARS + spare

    def add(self, passages: Sequence[Passage], *, always: bool = False, spare: int = 0) -> None:
        """Add passages that repeat nothing, as long as there is room, with some characters to spare.

        What the lead-in of a list points back to is said before the list, and not without it.
        """
        for passage in passages:
            before = _tell_before(passage)
            length = sum(len(one.text) for one in (*before, passage))
            too_long = self._length + length > MAX_CHARS + spare and self.passages
            if not too_long and self._join(passage):
                continue
            if (too_long or len(self.passages) >= MAX_PASSAGES) and not always:
                continue
            if any(_repeats(passage, other) for other in self.passages):
                continue
            if passage.shape is Shape.LIST and any(
                (passage.document.id, span.start) in self._said for span in passage.told
            ):
                continue  # an item that was picked out of its list is not said again with the rest
            for one in (*before, passage):
                self._put(one)

    def _put(self, passage: Passage) -> None:
        if any(_repeats(passage, other) for other in self.passages):
            return
        self.passages.append(passage)
        self.documents.add(passage.document.id)
        self._said.update((passage.document.id, span.start) for span in passage.spans)
        self._length += len(passage.text)

    def _join(self, passage: Passage) -> bool:
        """Put rows of one table, or items under one lead-in, together and in their order."""
        for at, other in enumerate(self.passages):
            if passage.document.id != other.document.id or not _go_together(passage, other):
                continue
            spans = tuple(sorted({*other.told, *passage.told}, key=lambda span: span.start))
            if other.lead is not None:
                spans = (Span(other.lead.start, spans[-1].end, other.lead.block), *spans)
            self.passages[at] = replace(other, spans=spans)
            self._length += len(passage.text)
            self._said.update((passage.document.id, span.start) for span in passage.told)
            return True
        return False


def _go_together(passage: Passage, other: Passage) -> bool:
    """Say whether two passages of a document are parts of one table or of one list."""
    if passage.shape is not other.shape or passage.shape is Shape.PROSE:
        return False
    if passage.shape is Shape.LIST:
        return passage.lead is not None and passage.lead == other.lead
    return passage.columns == other.columns and _table_of(passage) == _table_of(other)


def _table_of(passage: Passage) -> int:
    """Return the first row of a passage's table."""
    return read_table(passage.document, passage.spans[0].block).rows[0].block


def _repeats(passage: Passage, other: Passage) -> bool:
    """Say whether a passage adds little to another: most words and all figures are there already."""
    mine = set(passage.text.lower().split())
    theirs = set(other.text.lower().split())
    figures = {word for word in mine if any(sign.isdigit() for sign in word)}
    return figures <= theirs and len(mine & theirs) >= 0.8 * len(mine)


def _tell_before(passage: Passage) -> tuple[Passage, ...]:
    """Return what the lead-in of a list points back to: "However, it requires:" says of what."""
    if passage.lead is None:
        return ()
    together = find_company(passage.document, passage.lead)
    before = together[: together.index(passage.lead)]
    return (replace(passage, shape=Shape.PROSE, spans=before, lead=None),) if before else ()


def _put_together(passages: Sequence[Passage]) -> list[Passage]:
    """Put the passages of an article together, the articles in the order of their best ones."""
    order: dict[str, list[Passage]] = {}
    for passage in passages:
        order.setdefault(passage.document.id, []).append(passage)
    return [passage for together in order.values() for passage in together]


def _join_paragraphs(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Put the sentences of one paragraph together and in its order: "also" comes second."""
    order: dict[tuple[str, int, int], list[Passage]] = {}
    for at, passage in enumerate(passages):
        alone = passage.shape is not Shape.PROSE  # a list or table is no part of a paragraph
        key = (passage.document.id, passage.spans[0].block, at if alone else -1)
        order.setdefault(key, []).append(passage)
    return tuple(
        passage
        for together in order.values()
        for passage in sorted(together, key=lambda one: one.spans[0].start)
    )
