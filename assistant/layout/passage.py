"""What is said together: a sentence, a list under its lead-in, rows of a table.

Knows documents and their spans. Knows nothing of questions or scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.layout.structure import ListRun, find_lead, spans_of
from ingest.document import Document, Span

MAX_CHARS = 700
"""Passages stop being added past this many characters: a reader on a phone reads one screen."""

SpanKey = tuple[str, int, int]
"""A document's id, and a span's start and end: what identifies a span in a corpus."""


class Shape(StrEnum):
    """How a passage is laid out."""

    PROSE = "prose"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Passage:
    """Spans of one document that are said together, in the document's order.

    For a list with a `lead`, the sentence that leads into it, the first span is the whole list: what
    the lead's footnote shows. `outline` says that the items are the first sentences of the parts of
    a section, which are named by their headings. `score` is that of the best span. For a table,
    `columns` are the ones to say, by index; empty for all. `compared` says that the spans are set
    side by side because the question asks which is most or least. `direct` says that the best span
    itself, without what stands above it, has most of what is asked about.
    """

    shape: Shape
    document: Document
    spans: tuple[Span, ...]
    score: float
    lead: Span | None = None
    columns: tuple[int, ...] = ()
    compared: bool = False
    outline: bool = False
    direct: bool = True

    def key(self, span: Span) -> SpanKey:
        """Return what identifies one of the passage's spans."""
        return (self.document.id, span.start, span.end)

    @property
    def told(self) -> tuple[Span, ...]:
        """The spans whose words are said, without the whole list that a lead points to."""
        return self.spans[1:] if self.lead else self.spans

    @property
    def text(self) -> str:
        """The passage's words, for measuring its length."""
        return " ".join(self.document.text[span.start : span.end] for span in self.told)


def list_passage(document: Document, run: ListRun, score: float) -> Passage:
    """Tell a list under its lead-in; of one too long to read, only the outermost items."""
    lead = find_lead(document, run.lead)
    spans = spans_of(document, run.blocks)
    if count_chars(document, run.blocks) > MAX_CHARS and len(run.items) < len(run.blocks):
        spans = spans_of(document, run.items)
    if lead is None:
        return Passage(Shape.LIST, document, spans, score)
    whole = Span(lead.start, spans[-1].end, lead.block)
    return Passage(Shape.LIST, document, (whole, *spans), score, lead=lead)


def outline_passage(
    document: Document, parts: Sequence[int], score: float, lead: Span | None = None
) -> Passage:
    """Tell a section by the first sentence of each of its parts, under what leads into them."""
    spans = tuple(spans_of(document, [part])[0] for part in parts)
    whole = () if lead is None else (Span(lead.start, spans[-1].end, lead.block),)
    return Passage(Shape.LIST, document, (*whole, *spans), score, lead=lead, outline=True)


def count_chars(document: Document, blocks: Sequence[int]) -> int:
    """Count the characters of some blocks."""
    return sum(document.blocks[index].end - document.blocks[index].start for index in blocks)


def block_text(document: Document, index: int) -> str:
    """Return the words of a block."""
    block = document.blocks[index]
    return document.text[block.start : block.end]
