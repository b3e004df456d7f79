"""The types every part shares: a frozen document, its blocks, chunks and spans.

Knows what a document is once it has been read. Knows nothing of file formats (readers), of how
chunks are cut (chunking) or of what is done with them afterwards (index, assistant).

Every offset is a character offset into `Document.text`, the canonical plain text that is frozen at
ingest: `document.text[start:end]` is the passage, always and exactly.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

CELL_SEPARATOR = " | "
"""Between the cells of a table row in the canonical text."""


class Kind(StrEnum):
    """What a block is to its author."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item, table row or FAQ question of a document.

    `heading_path` holds the headings (and FAQ questions) above the block, outermost first, without
    the block itself and without the document's title. `level` is 1 to 6 for a heading or question
    and the nesting depth, from 0, for an item. `parent` is the index of the block that introduces
    this one: an item's lead-in paragraph or the item it is nested under, a row's caption. `header`
    names a row's columns, one for each of `cells(document, block)`; it is empty on the header row
    itself. `marker` is an item's bullet or number as written ("•", "1.").
    """

    kind: Kind
    start: int
    end: int
    heading_path: tuple[str, ...] = ()
    level: int = 0
    parent: int | None = None
    header: tuple[str, ...] = ()
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """An article as it was read: canonical text, its blocks in order, and where it came from.

    `source` is the file's path inside the corpus, with forward slashes. `sha256` is the digest of
    the file's bytes. `pages` holds the offset at which each page of a PDF starts, and is empty
    otherwise. `metadata` is what the file says of itself (author, date, url, ...).
    """

    id: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    source: str
    sha256: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[int, ...] = ()

    def __hash__(self) -> int:
        """Hash what tells documents apart, so that what is worked out of one may be kept by it."""
        return hash((self.id, self.sha256))


@dataclass(frozen=True, slots=True)
class Span:
    """The unit of evidence and of citation: a sentence, a list item or a table row.

    `block` is the index of the block that holds it.
    """

    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit that is embedded and retrieved: a section, or a part of one cut at block borders.

    Chunks tile their document: every block is in exactly one. `context` is what a reader would need
    from just above the cut: the lead-in of a list, the header row of a table; empty at a section's
    start. Title, heading path and context are embedded and indexed with the text.
    """

    id: str
    document_id: str
    title: str
    heading_path: tuple[str, ...]
    start: int
    end: int
    text: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class FaqPair:
    """A question that a document itself asks, and where it answers it.

    `question` is the question's text, `question_start` its offset; `start` and `end` bound the
    answer. `explicit` is false where the question is only a section heading.
    """

    question: str
    question_start: int
    start: int
    end: int
    explicit: bool


def add_path(title: str, source: str) -> str:
    """Put a file's path behind a title that others have too."""
    return f"{title} ({source})"


def strip_path(title: str, source: str) -> str:
    """Take the path off a title again, for where it stands beside it or the others are gone."""
    return title.removesuffix(add_path("", source))


def make_document_id(source: str) -> str:
    """Make a readable id from a path inside the corpus, the same on every machine.

    A slug of the path, then six hex digits of its SHA-256, so that `a.md` and `A md` differ.
    """
    path = unicodedata.normalize("NFC", source)
    ascii_path = unicodedata.normalize("NFKD", path).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_path.lower()).strip("-")[:60].strip("-")
    digest = hashlib.sha256(path.encode()).hexdigest()[:6]
    return f"{slug}-{digest}" if slug else digest


def make_chunk_id(
    document_id: str,
    title: str,
    heading_path: tuple[str, ...],
    context: str,
    text: str,
    occurrence: int = 0,
) -> str:
    """Hash what is embedded of a chunk, so that an unchanged chunk keeps its id and its vector.

    `occurrence` counts from 0 the chunks of one document that are alike in everything else.
    """
    parts = "\x1f".join((document_id, title, *heading_path, "", context, text, str(occurrence)))
    return hashlib.sha256(parts.encode()).hexdigest()[:20]


def cells(document: Document, block: Block) -> tuple[str, ...]:
    """Split a table row into its cells, one for each name in `block.header`."""
    return tuple(cell.strip() for cell in document.text[block.start : block.end].split("|"))
