"""Documents to chunks, the units that are embedded and retrieved.

Knows blocks and spans, and how much text a chunk should hold. Knows nothing of encoders, indexes or
questions. Chunks tile their document: together they hold all of its blocks, each once, in order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Block, Chunk, Document, Kind, Span, make_chunk_id
from ingest.spans import introducers, item_label, lead_in, split_block

MAX_CHARS = 700
"""Characters of a chunk's text before its section is cut. About 150 word pieces, so that title,
headings and context fit with it into the 256 that the encoder reads."""

_TITLES = (Kind.HEADING, Kind.QUESTION)


@dataclass(frozen=True, slots=True)
class _Part:
    """Text that stays together: a block, headings with the first of their body, a few sentences.

    `first` and `last` are the blocks it begins and ends in; `body` is the first that is no heading.
    """

    start: int
    end: int
    first: int
    last: int
    body: int


def chunk_document(document: Document, max_chars: int = MAX_CHARS) -> tuple[Chunk, ...]:
    """Cut a document into chunks of at most `max_chars`, save where one span alone is longer.

    A section that fits is one chunk, and so is a question with its answer; a longer one is cut
    between blocks, rather before a list or table than inside it, and an over-long paragraph between
    sentences. Raises ValueError if `max_chars` is not positive.
    """
    if max_chars < 1:
        raise ValueError(f"max_chars must be positive, not {max_chars}")
    sentences = _sentences_of_long_blocks(document, max_chars)
    parts = [
        part
        for section in _sections(document, max_chars)
        for part in _cut_section(document, section, sentences, max_chars)
    ]
    return _number(document, parts)


def embed_text(chunk: Chunk) -> str:
    """Write a chunk as it is embedded: title, headings not in its text, context, text."""
    lines = set(chunk.text.split("\n\n", len(chunk.heading_path) + 1))
    above = [chunk.title, *chunk.heading_path]
    named = [name for name in dict.fromkeys(above) if name and name not in lines]
    return "\n".join([*named, *([chunk.context] if chunk.context else []), chunk.text])


def _sections(document: Document, max_chars: int) -> Iterator[range]:
    """Yield ranges of blocks: headings and their body, or a whole question that fits."""
    blocks = document.blocks
    start = 0
    while start < len(blocks):
        end = _body_end(blocks, start)
        answer = _answer_end(blocks, start, end)
        if answer > end and blocks[answer - 1].end - blocks[start].start <= max_chars:
            end = answer
        yield range(start, end)
        start = end


def _body_end(blocks: Sequence[Block], start: int) -> int:
    """Headings in a row belong to the first body below them."""
    end = start
    while end < len(blocks) and blocks[end].kind in _TITLES:
        end += 1
    while end < len(blocks) and blocks[end].kind not in _TITLES:
        end += 1
    return end


def _answer_end(blocks: Sequence[Block], start: int, end: int) -> int:
    """Return where the answer ends, sub-headings included, if the section is a question's."""
    questions = [at for at in range(start, end) if blocks[at].kind is Kind.QUESTION]
    if not questions:
        return end
    level = blocks[questions[-1]].level
    while end < len(blocks) and not (
        blocks[end].kind is Kind.QUESTION
        or (blocks[end].kind is Kind.HEADING and blocks[end].level <= level)
    ):
        end += 1
    return end


def _sentences_of_long_blocks(document: Document, max_chars: int) -> dict[int, list[Span]]:
    """Return the spans of the blocks that no chunk can hold whole with the headings above them."""
    long: dict[int, list[Span]] = {}
    start = 0
    for index, block in enumerate(document.blocks):
        if index == 0 or document.blocks[index - 1].kind not in _TITLES:
            start = block.start
        if block.kind not in _TITLES and block.end - start > max_chars:
            long[index] = list(split_block(document, index))
    return long


def _cut_section(
    document: Document, section: range, sentences: dict[int, list[Span]], max_chars: int
) -> Iterator[_Part]:
    """Pack a section's groups (paragraph; list or table with what leads in) into chunks."""
    current: _Part | None = None
    for group in _groups(document, section, sentences, max_chars):
        whole = _join(group)
        if current is not None and whole.end - current.start <= max_chars:
            current = _join([current, whole])
            continue
        if whole.end - whole.start <= max_chars:
            if current is not None:
                yield current
            current = whole
            continue
        if current is not None and current.end - current.start > max_chars // 2:
            yield current  # nearly full: the list or table begins a chunk of its own
            current = None
        *done, current = _pack(group, current, max_chars)
        yield from done
    if current is not None:
        yield current


def _pack(group: Sequence[_Part], current: _Part | None, max_chars: int) -> list[_Part]:
    """Fill chunks part by part, for a group that no chunk can hold whole."""
    packed = [] if current is None else [current]
    for part in group:
        if packed and part.end - packed[-1].start <= max_chars:
            packed[-1] = _join([packed[-1], part])
        else:
            packed.append(part)
    return packed


def _groups(
    document: Document, section: range, sentences: dict[int, list[Span]], max_chars: int
) -> Iterator[list[_Part]]:
    """Yield the parts of a section, those of one list or table together with their lead-in."""
    group: list[_Part] = []
    for part in _glue(document, _block_parts(document, section, sentences), max_chars):
        if group and not _goes_on(document, group[-1], part):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _goes_on(document: Document, left: _Part, right: _Part) -> bool:
    if left.last == right.first:
        return True
    block, before = document.blocks[right.first], document.blocks[left.last]
    return block.kind in (Kind.ITEM, Kind.ROW) and (
        block.kind is before.kind or block.parent == left.last
    )


def _block_parts(
    document: Document, section: range, sentences: dict[int, list[Span]]
) -> Iterator[_Part]:
    for index in section:
        block = document.blocks[index]
        spans = sentences.get(index, [])
        starts = [block.start, *(span.start for span in spans[1:])]
        ends = [*(span.end for span in spans[:-1]), block.end]
        for start, end in zip(starts, ends, strict=True):
            yield _Part(start, end, index, index, index)


def _glue(document: Document, parts: Iterator[_Part], max_chars: int) -> Iterator[_Part]:
    """Join what belongs together.

    Headings and the first of their body always; where they fit, a lead-in and its first item, an
    item and its first sub-item, a header and its first row.
    """
    held: _Part | None = None
    for part in parts:
        if held is not None and _inseparable(document, held, part, max_chars):
            body = part.body if document.blocks[held.last].kind in _TITLES else held.body
            held = _Part(held.start, part.end, held.first, part.last, body)
            continue
        if held is not None:
            yield held
        held = part
    if held is not None:
        yield held


def _inseparable(document: Document, left: _Part, right: _Part, max_chars: int) -> bool:
    above, below = document.blocks[left.last], document.blocks[right.first]
    if above.kind in _TITLES and below.kind not in _TITLES:
        return True
    if left.last == right.first or right.end - left.start > max_chars:
        return False
    if above.kind in _TITLES:
        return True
    heads_table = above.kind is Kind.ROW and not above.header and bool(below.header)
    return heads_table or below.parent == left.last


def _join(parts: Sequence[_Part]) -> _Part:
    first, last = parts[0], parts[-1]
    return _Part(first.start, last.end, first.first, last.last, first.body)


def _number(document: Document, parts: Sequence[_Part]) -> tuple[Chunk, ...]:
    seen: dict[tuple[tuple[str, ...], str, str], int] = {}
    chunks = []
    for part in parts:
        text = document.text[part.start : part.end]
        path = _heading_path(document, part)
        context = _context(document, part)
        occurrence = seen.get((path, context, text), 0)
        seen[path, context, text] = occurrence + 1
        identity = make_chunk_id(document.id, document.title, path, context, text, occurrence)
        chunks.append(
            Chunk(identity, document.id, document.title, path, part.start, part.end, text, context)
        )
    return tuple(chunks)


def _heading_path(document: Document, part: _Part) -> tuple[str, ...]:
    """The path of the first body block, so that a section's own heading is in it."""
    block = document.blocks[part.body]
    if block.kind not in _TITLES:
        return block.heading_path
    return (*block.heading_path, document.text[block.start : block.end])


def _context(document: Document, part: _Part) -> str:
    """Say what the cut took away: the lead-in, the items above, the header row."""
    block = document.blocks[part.first]
    if block.kind is Kind.ROW and block.header:
        return _row_context(document, part.first)
    if block.kind is not Kind.ITEM:
        return ""
    lines = []
    for index in introducers(document, part.first):
        introducer = document.blocks[index]
        if introducer.kind is Kind.ITEM:
            lines.append(item_label(document, introducer))
        else:
            lines.append(_lead_in_text(document, index))
    return "\n".join(line for line in lines if line)


def _row_context(document: Document, index: int) -> str:
    header = document.blocks[index].header
    caption = lead_in(document, index)
    lines = [document.text[caption.start : caption.end]] if caption else []
    return "\n".join([*lines, " | ".join(header)])


def _lead_in_text(document: Document, index: int) -> str:
    """The last sentence of a lead-in paragraph; a question is in the heading path already."""
    block = document.blocks[index]
    if block.kind is Kind.QUESTION:
        return ""
    spans = split_block(document, index)
    return document.text[spans[-1].start : spans[-1].end] if spans else ""
