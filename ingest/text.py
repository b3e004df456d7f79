"""Plain text to a reading: headings, lists, tables and questions that no markup shows.

Knows how people lay out text by hand. Knows nothing of offsets, heading levels or boilerplate.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.decoding import decode
from ingest.document import Kind
from ingest.frontmatter import split_front_matter
from ingest.labelled import list_labelled
from ingest.lines import Line, LineBlock, read_lines
from ingest.markdown import looks_like_markdown, parse_markdown
from ingest.phrases import MAX_QUESTION, ends_as_question, is_asked, is_reply
from ingest.reading import IngestError, Piece, Reading
from ingest.sentences import split_sentences

MAX_HEADING = 100
"""Characters, and below it words: a longer line without a full stop is a sentence that lacks it."""

MAX_HEADING_WORDS = 14

MAX_CHAIN = 3
"""Headings in a row without a body (title, section, question): more are a list without bullets."""

_TERMINAL = (".", "!", ":", ";", ",", "…", "。", "！", "：", "»", "›")
_NUMBER = re.compile(r"\(?\d{1,3}[.)]")
_BYLINE = re.compile(
    r"(?:(?:written |posted |reviewed |edited )?by\s+\S+|author\s*:|(?:last )?updated\b|published\b"
    r"|\d{1,3}[ -]min(?:ute)?s?\b.{0,12}$|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$|\d{4}-\d{2}-\d{2}"
    r"|(?:\d{1,2}\.? )?[^\W\d_]{3,9}\.? (?:\d{1,2}(?:st|nd|rd|th)?,? )?\d{4}$)",
    re.IGNORECASE,
)
_TALKING = re.compile(r"(?:so|but|and|or|now|well|oh|ok|okay)\b", re.IGNORECASE)


def read_text(data: bytes, source: str) -> Reading:
    """Read a text file: Markdown where it is that, else structure inferred from its lines.

    Raises IngestError for an empty or a binary file.
    """
    text, repairs = decode(data, source)
    front = split_front_matter(text)
    body = front.body
    parse = parse_markdown if looks_like_markdown(body) else parse_text
    pieces = parse(body)
    if not pieces:
        raise IngestError(source, "the file has no text besides its front matter; nothing to read")
    title = front.metadata.get("title", "")
    return Reading(title, pieces, front.metadata, (*repairs, *front.repairs))


def parse_text(text: str) -> tuple[Piece, ...]:
    """Turn unmarked text into pieces; the first line, where it stands as one, is a heading."""
    blocks = list_labelled(read_lines(text))
    headings = _headings(blocks)
    marked = [(block, at in headings) for at, block in enumerate(blocks)]
    pieces: list[Piece] = []
    for listed, group in groupby(marked, key=_is_listed):
        if listed:
            pieces.extend(_items([block for block, _ in group]))
        else:
            pieces.extend(_piece(block, heading=heading) for block, heading in group)
    return tuple(pieces)


def _is_listed(marked: tuple[LineBlock, bool]) -> bool:
    block, heading = marked
    return block.shape is Line.ITEM and not heading


def _items(run: Sequence[LineBlock]) -> Iterator[Piece]:
    """Nest the items of a list by their indentation."""
    open_indents: list[int] = []
    for block in run:
        while open_indents and open_indents[-1] >= block.indent:
            open_indents.pop()
        level = len(open_indents)
        open_indents.append(block.indent)
        yield Piece(Kind.ITEM, block.text, level, block.marker)


def _piece(block: LineBlock, *, heading: bool) -> Piece:
    if block.shape is Line.ROW:
        return Piece(Kind.ROW, block.text, header=block.columns)
    if heading:
        return Piece(Kind.HEADING, _heading_text(block), block.underline)
    return Piece(Kind.PARAGRAPH, block.text)


def _heading_text(block: LineBlock) -> str:
    return f"{block.marker} {block.text}" if block.marker else block.text


def _headings(blocks: Sequence[LineBlock]) -> frozenset[int]:
    """Find the lines that head what follows them, from the end so that a chain has its body."""
    found: set[int] = set()
    chain = 0
    for at in range(len(blocks) - 2, -1, -1):
        block, after = blocks[at], blocks[at + 1]
        if block.underline:
            found.add(at)
            chain = 1
        elif _may_head(block, after, first=at == 0) and (
            chain < MAX_CHAIN if at + 1 in found else _is_body(block, after)
        ):
            chain = chain + 1 if at + 1 in found else 1
            found.add(at)
    return frozenset(found)


def _may_head(block: LineBlock, after: LineBlock, *, first: bool) -> bool:
    if block.lines > 1 or block.shape is Line.ROW:
        return False
    if block.shape is Line.ITEM:
        return _is_numbered_heading(block, after)
    return _reads_as_heading(block.text) and (first or not _BYLINE.match(block.text))


def _is_numbered_heading(block: LineBlock, after: LineBlock) -> bool:
    """A numbered line at the margin that heads text, or a list that is not set below it."""
    if block.indent or not _NUMBER.fullmatch(block.marker) or not _reads_as_heading(block.text):
        return False
    if after.shape is Line.ITEM:
        numbered = bool(_NUMBER.fullmatch(after.marker)) and after.indent <= block.indent
        beside = after.indent == block.indent
        return not numbered and (beside or (after.gap and bool(after.marker)))
    return after.indent == 0


def _reads_as_heading(text: str) -> bool:
    """Say whether a line is short, begins like a title, and does not end like a sentence."""
    if text.endswith(_TERMINAL) or is_reply(text) or is_asked(text):
        return False
    if text[:1].islower() or not any(letter.isalpha() for letter in text):
        return False
    if ends_as_question(text):
        short = len(text) <= MAX_QUESTION and not _TALKING.match(text)
    else:
        short = len(text) <= MAX_HEADING and len(text.split()) <= MAX_HEADING_WORDS
    return short and len(split_sentences(text)) == 1


def _is_body(heading: LineBlock, after: LineBlock) -> bool:
    """Say whether what follows is body: a list, a table, an FAQ, or a sentence."""
    if after.shape is not Line.TEXT or is_asked(after.text) or is_reply(after.text):
        return True
    finished = after.text.endswith(_TERMINAL) or after.lines > 1
    return finished or len(after.text) > max(MAX_HEADING, len(heading.text))
