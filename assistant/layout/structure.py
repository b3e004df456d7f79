"""Lists and sections of a document as wholes: which blocks belong together.

Knows a document's blocks. Knows nothing of questions, scores or wording.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Block, Document, Kind, Span, cells
from ingest.patterns import compile_late
from ingest.phrases import ends_as_question, is_question, is_question_heading
from ingest.spans import item_label, split_block
from ingest.words import stem, stems


@dataclass(frozen=True, slots=True)
class ListRun:
    """A list: what leads into it, its items at one level, and all blocks under them, in order."""

    lead: int | None
    items: tuple[int, ...]
    blocks: tuple[int, ...]


def find_list(document: Document, index: int) -> ListRun:
    """Return the list of an item: its siblings under one parent, with what is nested in them."""
    blocks = document.blocks
    parent, level = blocks[index].parent, blocks[index].level

    def belongs(place: int) -> bool:
        inside = 0 <= place < len(blocks) and blocks[place].kind is Kind.ITEM
        return inside and blocks[place].level >= level

    first = last = index
    while belongs(first - 1):
        first -= 1
    while belongs(last + 1):
        last += 1
    members = tuple(range(first, last + 1))
    items = tuple(i for i in members if blocks[i].level == level and blocks[i].parent == parent)
    return ListRun(parent, items, members)


def find_introduced_list(document: Document, span: Span) -> ListRun | None:
    """Return the list that a sentence leads into, if it ends the paragraph that introduces one."""
    after = span.block + 1
    if span.end != document.blocks[span.block].end or after >= len(document.blocks):
        return None
    following = document.blocks[after]
    introduced = following.kind is Kind.ITEM and following.parent == span.block
    return find_list(document, after) if introduced else None


def find_question_above(document: Document, index: int) -> str:
    """Return the question that the section of a block answers; empty where its heading poses none."""
    heading = "".join(document.blocks[index].heading_path[-1:])
    return heading if is_question_heading(heading) else ""


def has_items_under(document: Document, index: int) -> bool:
    """Say whether an item only names what is nested under it."""
    following = index + 1
    return (
        document.blocks[index].kind is Kind.ITEM
        and following < len(document.blocks)
        and document.blocks[following].parent == index
    )


def find_own_name(document: Document, index: int) -> str:
    """Return the name that tells a row or a nested item from its like; "" for any other block.

    A row is told by its first cell, a nested item by the item it is under.
    """
    block = document.blocks[index]
    if block.kind is Kind.ROW and block.header:
        return cells(document, block)[0]
    return (
        item_label(document, document.blocks[block.parent or 0])
        if _is_nested(document, block)
        else ""
    )


def find_kin(document: Document, index: int) -> tuple[str, ...]:
    """Return the names of a block's kind: its table's rows, or the item it is under with its siblings.

    None for any other block.
    """
    blocks = document.blocks
    block = blocks[index]
    if block.kind is Kind.ROW and block.header:
        like = (one for one in blocks if one.kind is Kind.ROW and one.header == block.header)
        return tuple(cells(document, row)[0] for row in like)
    if not _is_nested(document, block):
        return ()
    siblings = find_list(document, block.parent or 0).items
    return tuple(item_label(document, blocks[sibling]) for sibling in siblings)


def _is_nested(document: Document, block: Block) -> bool:
    under_item = block.parent is not None and document.blocks[block.parent].kind is Kind.ITEM
    return block.kind is Kind.ITEM and under_item


def heads_columns(document: Document, index: int) -> bool:
    """Say whether a row names the columns of rows below it; a table may have no such row."""
    blocks = document.blocks
    below = index
    while below < len(blocks) and blocks[below].kind is Kind.ROW and not blocks[below].header:
        below += 1
    return index < below < len(blocks) and blocks[below].kind is Kind.ROW


_LABEL = compile_late(r"[^\W\d_][^\W\d_]*(?: [^\W\d_A-Z]+){0,2}:?")
_POINTER = compile_late(
    r"(?:read|learn|find out|discover|see) more (?:about|on|at|in)\b|(?:see|read) also\b",
    re.IGNORECASE,
)


def is_label(document: Document, index: int) -> bool:
    """Say whether a paragraph only names the one below it: "Example", "Expert tip".

    What stands first in a section may be what its heading asks for ("Price": "Free of charge").
    """
    blocks = document.blocks
    if not 0 < index < len(blocks) - 1:
        return False
    above, block, below = blocks[index - 1 : index + 2]
    inside = above.heading_path == block.heading_path == below.heading_path
    named = block.kind is Kind.PARAGRAPH and below.kind is Kind.PARAGRAPH and inside
    heads = above.kind in (Kind.HEADING, Kind.QUESTION)
    text = document.text[block.start : block.end]
    return named and not heads and bool(_LABEL.fullmatch(text))


def is_pointer(document: Document, index: int) -> bool:
    """Say whether a paragraph is one sentence that only points elsewhere: "Read more about ..."."""
    block = document.blocks[index]
    pointing = block.kind is Kind.PARAGRAPH and _POINTER.match(document.text, block.start)
    return bool(pointing) and len(split_block(document, index)) == 1


_TEXT = r"(?:article|guide|page|introduction|overview|leaflet|booklet|handbook|tutorial|blog(?:\s+post)?)"
"""No post, section or issue: "in this post you'd earn more" is said of work."""

_ANNOUNCES = compile_late(
    rf"^\W*(?:(?:in|on|throughout)\s+this\s+(?:[\w-]+\s+){{0,2}}?{_TEXT}\b"
    rf"|this\s+(?:[\w-]+\s+){{0,2}}?{_TEXT}\s+(?:will|\w+s)\b"
    r"|(?:read|keep) (?:on|reading)\b|discover (?:how|what|why|which|the (?:steps?|ways?|secrets?|best))\b"
    r"|let['’]s (?:now |first )?(?:(?:have|take) a (?:closer |quick )?look|look|dive|explore|discuss|get started)\b"
    r").*[.!]\W*$"
    r"|\byou(?:['’]re| are|['’]ve come| have come) (?:in|to) (?:just |exactly )?the right (?:place|page)\b",
    re.IGNORECASE | re.DOTALL,
)
_TEXT_NAMED = compile_late(rf"\b{_TEXT}s?\b", re.IGNORECASE)


def announces(text: str) -> bool:
    """Say whether a sentence only announces what its own text tells: "This guide sets out ..."."""
    return bool(_ANNOUNCES.search(text))


def names_text(question: str) -> bool:
    """Say whether a question is about the texts themselves: "who is this guide for?"."""
    return bool(_TEXT_NAMED.search(question))


def name_block(document: Document, index: int) -> str:
    """Return what names a row or an item, with the item it is under; "" for any other block."""
    block = document.blocks[index]
    if block.kind is Kind.ROW:
        return cells(document, block)[0]
    if block.kind is not Kind.ITEM:
        return ""
    return f"{find_own_name(document, index)} {item_label(document, block)}".strip()


def find_lead(document: Document, block: int | None) -> Span | None:
    """Return the sentence or item that leads into a list, if it has one."""
    if block is None or document.blocks[block].kind in (Kind.HEADING, Kind.QUESTION):
        return None
    spans = split_block(document, block)
    return spans[-1] if spans else None


_TURNING = compile_late(
    r"\b(?:no|not|never|none|nor|neither|nothing|nobody|cannot|without|except|unless|avoid)\b|n['’]t\b"
    r"|\b(?:must|shall|should|may|can|could|might|will|would|(?:need|needs|have|has|ought) to|if"
    r"|when|be|needs?|requires?|required|necessary|essential|mandatory|optional)\W*$",
    re.IGNORECASE,
)


def turns_items(document: Document, lead: Span) -> bool:
    """Say whether a lead-in decides what its items mean: "Do not:", "must:", "refused if:".

    "swim" under "Guests must not:" says the contrary of what it says alone.
    """
    text = document.text[lead.start : lead.end].strip()
    return text.endswith(":") and bool(_TURNING.search(text))


def spans_of(document: Document, blocks: Sequence[int]) -> tuple[Span, ...]:
    """Return the spans of some blocks, in the order of the blocks."""
    return tuple(span for block in blocks for span in split_block(document, block))


def find_body(document: Document, path: tuple[str, ...]) -> tuple[int, ...]:
    """Return the paragraphs and items that stand directly in a section."""
    return tuple(
        index
        for index, block in enumerate(document.blocks)
        if block.heading_path == path and block.kind in (Kind.PARAGRAPH, Kind.ITEM)
    )


def find_parts(document: Document, path: tuple[str, ...]) -> tuple[int, ...]:
    """Return the first block of each part of a section; none if it has not two parts at least.

    A question with an answer of its own that stands above other questions is one of an FAQ like
    them, and they are no parts of it.
    """
    firsts = _find_firsts(document, path)
    if not path or len(firsts) < 2:
        return ()
    asked = sum(ends_as_question(part[-1]) for part in firsts)
    answered = is_question(path[-1]) and bool(find_body(document, path))
    return () if answered and 2 * asked > len(firsts) else tuple(firsts.values())


def find_counted_parts(document: Document, path: tuple[str, ...]) -> tuple[int, ...]:
    """Return the first block of each part of what is named by their number: "Ten rules of ...".

    The name is a section's, or the document's title where the path is empty.
    """
    counted = _COUNTED.match(path[-1] if path else document.title)
    firsts = _find_firsts(document, path)
    if counted is None:
        return ()
    count = counted.group(1).lower()
    number = int(count) if count.isdigit() else _NUMBERS.index(count) + 2
    return tuple(firsts.values()) if len(firsts) == number else ()


def find_introduced_parts(document: Document, span: Span) -> tuple[int, ...]:
    """Return the first block of each part of a section that a sentence leads into, if it does."""
    block = document.blocks[span.block]
    after = span.block + 1
    if span.end != block.end or after >= len(document.blocks):
        return ()
    following = document.blocks[after]
    deeper = following.kind is Kind.HEADING and following.heading_path == block.heading_path
    if not deeper or not _LEADING.search(document.text[span.start : span.end]):
        return ()
    return find_parts(document, block.heading_path)


_POINTS_TO_LIST = compile_late(
    r"\b(?:these|those)\s+(?:[\w-]+\s+)??(?P<kind>[^\W\d_]{3,}(?<!s)s)\b", re.IGNORECASE
)
"""What points back to things told one by one: "By following these tips, you'll ..."."""


def find_lead_back(document: Document, span: Span) -> Span | None:
    """Return the sentence that leads into the list or parts that a sentence points back to.

    That is the nearest one after it in its paragraph or before it, around it or beside it, that names
    the same things.
    """
    pointing = _POINTS_TO_LIST.search(document.text[span.start : span.end])
    if pointing is None:
        return None
    kind = stem(pointing["kind"])
    path = document.blocks[span.block].heading_path
    for index in range(span.block, -1, -1):
        block = document.blocks[index]
        if block.heading_path != path[: len(block.heading_path)]:
            continue
        lead = find_lead(document, index) if block.kind is Kind.PARAGRAPH else None
        if lead is None or kind not in stems(document.text[lead.start : lead.end]):
            continue
        if find_introduced_list(document, lead) or find_introduced_parts(document, lead):
            return lead
    return None


_NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
).split()
_COUNTED = compile_late(
    rf"(?:(?:the|top|our|my|best)\s+)*(\d{{1,2}}|{'|'.join(_NUMBERS)})\s+[^\W\d]", re.IGNORECASE
)
_LEADING = compile_late(
    r":\s*$|^(?:here (?:are|is)|here['’]s|below (?:are|is)|these are)\b|\bthe following\b"
    r"|\b(?:advice|guidelines|hints|ideas|options|parts|points|reasons|rules|sections|steps|suggestions|tips|ways)\s+below\b",
    re.IGNORECASE,
)


def _find_firsts(document: Document, path: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    """Return the first block that says something of each section just below one."""
    firsts: dict[tuple[str, ...], int] = {}
    for index, block in enumerate(document.blocks):
        deeper = len(block.heading_path) > len(path) and block.heading_path[: len(path)] == path
        if deeper and block.kind in (Kind.PARAGRAPH, Kind.ITEM):
            firsts.setdefault(block.heading_path[: len(path) + 1], index)
    return firsts
