"""An article as a page shows it: headings, nested lists and tables, with passages marked.

Knows blocks and spans, and how they nest. Pure: knows nothing of HTML, requests or the index.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import ClassVar

from ingest.document import Block, Document, Kind, cells, strip_path

_MAX_DEPTH = 8
"""Lists nested deeper are drawn at this depth: a hostile file must not exhaust the stack."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text and the passages it belongs to, by their place in the request.

    `anchor` is true on one run of the page: where the first passage asked for begins.
    """

    text: str
    passages: tuple[int, ...] = ()
    anchor: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading or FAQ question; `level` is 2 to 6 and never skips one on the way down."""

    kind: ClassVar[str] = "heading"
    runs: Runs
    level: int
    anchor: str
    question: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    kind: ClassVar[str] = "paragraph"
    runs: Runs


@dataclass(frozen=True, slots=True)
class Item:
    """A list item with the lists nested under it; `value` is its number in an ordered list."""

    runs: Runs
    value: int | None
    lists: tuple["ItemList", ...] = ()


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of items, all numbered or all bulleted."""

    kind: ClassVar[str] = "list"
    items: tuple[Item, ...]
    ordered: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: the runs of each cell."""

    cells: tuple[Runs, ...]
    passages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `head` is None where no row names the columns."""

    kind: ClassVar[str] = "table"
    head: Row | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PageMark:
    """A page of a PDF starts here."""

    kind: ClassVar[str] = "page"
    number: int


Node = Heading | Paragraph | ItemList | Table | PageMark
Passage = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Article:
    """An article ready to be drawn."""

    title: str
    nodes: tuple[Node, ...]


def draw_article(document: Document, passages: Sequence[Passage] = ()) -> Article:
    """Arrange a document's blocks and mark the passages that lie within its text."""
    marker = _Marker(document, passages)
    blocks = _without_title(document, marker)
    return Article(document.title, tuple(_draw(document, blocks, marker)))


class _Marker:
    """Cuts blocks into marked and unmarked runs, and anchors where the first passage begins."""

    def __init__(self, document: Document, passages: Sequence[Passage]) -> None:
        self.document = document
        self.passages = [
            (index, start, end)
            for index, (start, end) in enumerate(passages)
            if 0 <= start < end <= len(document.text)
        ]
        self.first = min((index for index, _, _ in self.passages), default=None)
        self.anchored = False

    def touching(self, start: int, end: int) -> tuple[int, ...]:
        """Return the passages that share a character with this stretch."""
        return tuple(i for i, low, high in self.passages if low < end and start < high)

    def runs(self, start: int, end: int) -> Runs:
        """Cut a stretch of the text wherever a passage begins or ends."""
        edges = {edge for _, low, high in self.passages for edge in (low, high)}
        cuts = [start, *sorted(edge for edge in edges if start < edge < end), end]
        return tuple(
            self._mark(self.document.text[low:high], self.touching(low, high))
            for low, high in pairwise(cuts)
            if low < high
        )

    def row(self, block: Block) -> Row:
        """Mark a row whole where a passage touches it: a cell alone does not say what it means."""
        passages = self.touching(block.start, block.end)
        texts = cells(self.document, block)
        return Row(tuple((self._mark(text, passages),) for text in texts), passages)

    def _mark(self, text: str, passages: tuple[int, ...]) -> Run:
        anchor = not self.anchored and self.first in passages
        self.anchored = self.anchored or anchor
        return Run(text, passages, anchor)


def _without_title(document: Document, marker: _Marker) -> list[Block]:
    """Leave out a first heading that only repeats the title, unless it is to be marked."""
    blocks = list(document.blocks)
    if blocks and blocks[0].kind is Kind.HEADING:
        if marker.touching(blocks[0].start, blocks[0].end):
            return blocks
        first = document.text[blocks[0].start : blocks[0].end]
        if (
            first.strip().casefold()
            == strip_path(document.title, document.source).strip().casefold()
        ):
            return blocks[1:]
    return blocks


def _draw(document: Document, blocks: Sequence[Block], marker: _Marker) -> Iterator[Node]:
    levels = _Levels()
    page = 1
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        run = list(group)
        now = _page_at(document, run[0].start)
        if now > page:
            page = now
            yield PageMark(page)
        if kind is Kind.ITEM:
            yield from _draw_lists([_enter(block, marker) for block in run])
        elif kind is Kind.ROW:
            yield from _draw_tables(document, run, marker)
        else:
            for block in run:
                yield _draw_line(block, marker, levels)


def _page_at(document: Document, offset: int) -> int:
    return sum(1 for start in document.pages if start <= offset) or 1


def _draw_line(block: Block, marker: _Marker, levels: "_Levels") -> Node:
    runs = marker.runs(block.start, block.end)
    if block.kind is Kind.PARAGRAPH:
        return Paragraph(runs)
    level = levels.place(block.level)
    return Heading(runs, level, f"at-{block.start}", question=block.kind is Kind.QUESTION)


class _Levels:
    """Places headings under the page's own title, so that none skips a level on the way down."""

    def __init__(self) -> None:
        self.open: list[int] = []

    def place(self, level: int) -> int:
        while self.open and self.open[-1] >= level:
            self.open.pop()
        self.open.append(level)
        return min(1 + len(self.open), 6)


@dataclass(frozen=True, slots=True)
class _Entry:
    depth: int
    ordered: bool
    value: int | None
    runs: Runs


def _enter(block: Block, marker: _Marker) -> _Entry:
    number = re.fullmatch(r"\(?(\d{1,9})[.)]?", block.marker.strip())
    value = int(number[1]) if number else None
    runs = marker.runs(block.start, block.end)
    return _Entry(min(block.level, _MAX_DEPTH), value is not None, value, runs)


def _draw_lists(entries: Sequence[_Entry]) -> tuple[ItemList, ...]:
    """Nest items under the nearest one above that is less deep."""
    families: list[list[_Entry]] = []
    for entry in entries:
        if families and entry.depth > families[0][0].depth:
            families[-1].append(entry)
        else:
            families.append([entry])
    items = [
        (first.ordered, Item(first.runs, first.value, _draw_lists(rest)))
        for first, *rest in families
    ]
    return tuple(
        ItemList(tuple(item for _, item in group), ordered)
        for ordered, group in groupby(items, key=lambda pair: pair[0])
    )


def _draw_tables(document: Document, rows: Sequence[Block], marker: _Marker) -> Iterator[Table]:
    """Part rows into tables: a row whose cells the next row names as its columns is a head."""
    head: Row | None = None
    body: list[Row] = []
    for block, following in zip(rows, [*rows[1:], None], strict=True):
        is_head = (
            not block.header
            and following is not None
            and following.header != ()
            and following.header == cells(document, block)
        )
        if is_head and (head or body):
            yield Table(head, tuple(body))
            head, body = None, []
        row = marker.row(block)
        if is_head:
            head = row
        else:
            body.append(row)
    yield Table(head, tuple(body))
