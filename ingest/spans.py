"""Documents to spans, the units of evidence and of citation.

Knows blocks and sentences. Knows nothing of chunks, questions or scores.
"""

import re
from collections.abc import Sequence

from ingest.document import Block, Document, Kind, Span, cells
from ingest.orders import heads_orders, may_speak_to_machines, speak_to_readers
from ingest.patterns import compile_late
from ingest.sentences import split_sentences

MAX_ITEM = 400
"""Characters: a list item up to this long is quoted whole, a longer one by its sentences."""

MAX_LABEL = 80
"""Characters of a parent item that name it; more would drown the item that it introduces."""

HEADINGS_SHOWN = 2
"""Innermost headings that describe a span: the section, and what the section is part of."""

MAX_ANTECEDENT = 160
"""Characters shown of a sentence that is referred to: its subject, mostly, and what is said of it."""

_REFERS_BACK = compile_late(
    r"(?:(?:and|but|or|nor|so|yet|also|however|then|still),?\s+)?"
    r"(?:it|its|they|their|this|these|those|that|such|he|she|his|her|both)\b",
    re.IGNORECASE,
)
_LABEL = compile_late(r"(.{2,80}?)\s*(?::\s|\s[–—]\s)")


def split_spans(document: Document) -> tuple[Span, ...]:
    """Split every block but headings and questions: sentences, items and rows, in text order.

    What speaks to a machine is no span: it is evidence for nothing, and nothing of it is quoted.
    """
    return tuple(
        span for index in range(len(document.blocks)) for span in split_block(document, index)
    )


def split_block(document: Document, index: int) -> tuple[Span, ...]:
    """Split one block; a heading or question has no spans, nor what speaks to a machine."""
    block = document.blocks[index]
    if block.kind in (Kind.HEADING, Kind.QUESTION) or heads_orders(block.heading_path):
        return ()
    text = document.text[block.start : block.end]
    short_item = block.kind is Kind.ITEM and len(text) <= MAX_ITEM
    whole = block.kind is Kind.ROW or short_item
    places = [(0, len(text))] if whole else split_sentences(text)
    if may_speak_to_machines(text):
        kept = speak_to_readers([text[start:end] for start, end in places])
        places = [place for place, keep in zip(places, kept, strict=True) if keep]
    return tuple(Span(block.start + start, block.start + end, index) for start, end in places)


def describe_span(document: Document, span: Span) -> str:
    """Write a span with what its reader would have seen above it: the text to embed and score.

    The last headings, the sentence that it refers back to, the sentence or the items that lead in,
    then the span; a row names its row and its columns.
    """
    block = document.blocks[span.block]
    headings = block.heading_path[-HEADINGS_SHOWN:] or ((document.title,) if document.title else ())
    parts = [*_introductions(document, span.block), span_text(document, span)]
    return join_description(headings, " ".join(parts), _find_antecedent(document, span))


def join_description(headings: Sequence[str], body: str, antecedent: str = "") -> str:
    """Write what stands above a span before it: headings, the sentence it refers to, then itself."""
    if len(antecedent) > MAX_ANTECEDENT:
        antecedent = antecedent[: antecedent.rfind(" ", 1, MAX_ANTECEDENT)] + " …"
    above = " > ".join(one.rstrip(" :") for one in (*headings, antecedent) if one)
    return f"{above}: {body}" if above else body


def refers_back(text: str) -> bool:
    """Say whether a sentence begins with a word that stands for something said before it."""
    return bool(_REFERS_BACK.match(text))


def lead_in(document: Document, block_index: int) -> Span | None:
    """Return what introduces a block: its paragraph's last sentence, or the item it is under."""
    parent = document.blocks[block_index].parent
    if parent is None:
        return None
    block = document.blocks[parent]
    if block.kind in (Kind.HEADING, Kind.QUESTION):
        return Span(block.start, block.end, parent)
    spans = split_block(document, parent)
    if not spans:
        return None
    return spans[0] if block.kind in (Kind.ITEM, Kind.ROW) else spans[-1]


def introducers(document: Document, block_index: int) -> tuple[int, ...]:
    """Return the blocks that introduce a block, outermost first: lead-in, item, sub-item."""
    chain: list[int] = []
    parent = document.blocks[block_index].parent
    while parent is not None and parent not in chain:
        chain.append(parent)
        parent = document.blocks[parent].parent
    return tuple(reversed(chain))


def item_label(document: Document, block: Block) -> str:
    """Return what an item calls itself: the words before its colon or dash, or its beginning."""
    text = " ".join(document.text[block.start : block.end].split())
    if len(text) <= MAX_LABEL:
        return text
    label = _LABEL.match(text)
    if label:
        return label.group(1)
    cut = text.rfind(" ", 0, MAX_LABEL)
    return text[: cut if cut > 0 else MAX_LABEL] + "…"


def row_text(document: Document, block: Block) -> str:
    """Write a row as its name, then each cell with its column's name."""
    return write_row(block.header, cells(document, block))


def write_row(header: Sequence[str], row: Sequence[str]) -> str:
    """Write the cells of a row as its name, then each other cell with its column's name."""
    if not header or not row:
        return ", ".join(cell for cell in row if cell)
    name = name_row(header, row)
    named = "; ".join(
        f"{column}: {cell}" if column else cell
        for column, cell in zip(header[1:], row[1:], strict=False)
        if cell
    )
    return ", ".join(filter(None, (name, named)))


def name_row(header: Sequence[str], row: Sequence[str]) -> str:
    """Name a row by its first cell; a bare number needs its column's name: "Grade 3"."""
    name = row[0] if row else ""
    bare = bool(name) and not any(sign.isalpha() for sign in name)
    return f"{header[0]} {name}" if bare and header and header[0] else name


def _find_antecedent(document: Document, span: Span) -> str:
    """Return the sentence before one that refers back, "" for others; none from another section."""
    block = document.blocks[span.block]
    if block.kind is Kind.ROW or not refers_back(document.text[span.start : span.end]):
        return ""
    inside = [one for one in split_block(document, span.block) if one.end <= span.start]
    before = inside[-1:] or (
        _find_sentence_above(document, span.block) if block.kind is Kind.PARAGRAPH else []
    )
    return " ".join(document.text[one.start : one.end] for one in before)


def _find_sentence_above(document: Document, index: int) -> list[Span]:
    """Return the last sentence of the nearest paragraph above a block, in its own section."""
    for above in range(index - 1, -1, -1):
        block = document.blocks[above]
        if block.kind in (Kind.HEADING, Kind.QUESTION):
            return []
        if block.kind is Kind.PARAGRAPH:
            return list(split_block(document, above)[-1:])
    return []


def _introductions(document: Document, index: int) -> list[str]:
    texts = []
    for introducer in introducers(document, index):
        block = document.blocks[introducer]
        if block.kind is Kind.QUESTION:
            continue  # it is in the heading path already
        if block.kind is Kind.ITEM:
            texts.append(item_label(document, block).rstrip(" :") + ":")
        else:
            spans = split_block(document, introducer)
            texts.extend(document.text[span.start : span.end] for span in spans[-1:])
    return texts


def span_text(document: Document, span: Span) -> str:
    """Return a span's own text; a row's with the names of its columns."""
    block = document.blocks[span.block]
    if block.kind is Kind.ROW:
        return row_text(document, block)
    return document.text[span.start : span.end]
