"""What a reader hands over, and the seam between file formats and documents.

A reader knows one file format and turns bytes into `Piece`s in reading order. It knows nothing of
offsets, ids, heading paths or chunks: `assembly.assemble` makes a `Document` of its pieces.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from ingest.document import Kind


class IngestError(Exception):
    """A file could not be read; `reason` is one line that says why and what to do."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Piece:
    """One block as a reader saw it, before it has a place in a document.

    `text` is plain text without markup or bullet; a row's cells are joined by `CELL_SEPARATOR`, and
    no cell holds a "|". `level` is 1 to 6 for a heading or question (0 for unknown: the
    assembly infers it), and the nesting depth, from 0, for an item. `header` names the columns of a
    data row; a header row is a row without one. `page` counts from 1. `bold` says that all of a
    paragraph is in bold, until its reader has seen whether that makes it a heading.

    A line break inside a paragraph or item is kept (a line of code, a verse); a reader joins lines
    that were only wrapped. A question without text ends the answer before it (`</details>`).
    """

    kind: Kind
    text: str
    level: int = 0
    marker: str = ""
    header: tuple[str, ...] = ()
    page: int | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as a reader understood it.

    `title` is empty where the file names none. `repairs` are one-line notes on what had to be
    mended to read it ("decoded as windows-1252").
    """

    title: str
    pieces: tuple[Piece, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()


def keep_web_address(found: str | None) -> str:
    """Return what a file gives as its own address if it is one of the web, else nothing."""
    try:
        parts = urlsplit(found or "")
    except ValueError:
        return ""
    return found or "" if parts.scheme in ("http", "https") and parts.netloc else ""


class Reader(Protocol):
    """Turns the bytes of one file format into a reading; raises `IngestError`."""

    def __call__(self, data: bytes, source: str) -> Reading: ...
