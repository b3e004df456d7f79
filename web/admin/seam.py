"""What the keeper's pages need of the rest of the project: a folder, an index, and two long tasks.

Knows method names and the types they return. Knows no implementation: the corpus report is made
above `web`, so whoever puts the program together hands it in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.types import BuildSummary, Progress
from ingest.corpus import Repaired, Skipped
from ingest.document import Chunk
from web.seam import ReadableIndex


class KeptIndex(ReadableIndex, Protocol):
    """What the keeper is shown of an index, beyond what a reader is."""

    @property
    def skipped(self) -> Sequence[Skipped]:
        """Return the files that were left out."""

    @property
    def repaired(self) -> Sequence[Repaired]:
        """Return what was mended to read the files."""

    def chunks(self, document_id: str) -> Sequence[Chunk]:
        """Return a document's chunks in text order."""


class Place(Protocol):
    """A passage of an article."""

    @property
    def source(self) -> str:
        """Return the file's path inside the corpus."""

    @property
    def heading_path(self) -> tuple[str, ...]:
        """Return the headings above it."""

    @property
    def start(self) -> int:
        """Return where it begins in the document."""

    @property
    def end(self) -> int:
        """Return where it ends."""

    @property
    def text(self) -> str:
        """Return its text."""


class Pair(Protocol):
    """Two passages that belong together, and in what they differ, if in anything."""

    @property
    def one(self) -> Place:
        """Return the first."""

    @property
    def other(self) -> Place:
        """Return the second."""

    @property
    def why(self) -> str:
        """Return in what they differ."""


class Stale(Protocol):
    """An old year in an article's text, or in a field of what the file says of itself."""

    @property
    def source(self) -> str:
        """Return the file's path inside the corpus."""

    @property
    def year(self) -> int:
        """Return the year."""

    @property
    def place(self) -> Place | None:
        """Return where in the text it stands, if there."""

    @property
    def field(self) -> str:
        """Return the field it stands in, if in one."""


class Report(Protocol):
    """What the keeper of a corpus should look at."""

    @property
    def documents(self) -> int:
        """Count the articles."""

    @property
    def questions(self) -> int:
        """Count the questions that were asked of them."""

    @property
    def doubles(self) -> Sequence[Pair]:
        """Return passages that say the same."""

    @property
    def stale(self) -> Sequence[Stale]:
        """Return old years."""

    @property
    def unreached(self) -> Sequence[Place]:
        """Return the sections that no question finds."""

    @property
    def clashes(self) -> Sequence[Pair]:
        """Return passages that seem to contradict each other."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """The corpus folder, its index, how it is built, and how the report on it is made."""

    corpus: Path
    index: Callable[[], KeptIndex]
    build: Callable[[Progress], BuildSummary]
    report: Callable[[], Report]
