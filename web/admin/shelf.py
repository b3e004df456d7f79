"""The articles as the index has them, held against the files as they lie in the folder.

Knows which files wait for the next build, and what each article holds. Knows nothing of pages.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.types import DocumentSummary
from ingest.corpus import Repaired, Skipped
from ingest.document import Chunk, FaqPair
from ingest.faq import faq_pairs
from ingest.formats import asks_to_be_left_out
from web.admin.seam import KeptIndex
from web.admin.upload import list_sources

PER_PAGE = 100
"""Articles on a page: each is read to count its questions."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """An article of the index; `state` is "same", "changed" or "gone", after its file."""

    id: str
    title: str
    source: str
    passages: int
    questions: int
    state: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of the articles, and what the next build would change.

    `waiting` are files that no build has seen. `longest` is the most passages of any article.
    """

    version: str
    articles: tuple[Shelved, ...]
    documents: int
    passages: int
    longest: int
    waiting: tuple[str, ...]
    gone: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    repaired: tuple[Repaired, ...]
    page: int
    pages: int

    @property
    def changed(self) -> tuple[str, ...]:
        """The articles of this page whose file is another by now."""
        return tuple(one.source for one in self.articles if one.state == "changed")

    @property
    def is_current(self) -> bool:
        """Whether a build would, as far as this page knows, change nothing."""
        return not (self.waiting or self.gone or self.changed)


@dataclass(frozen=True, slots=True)
class Held:
    """What one article holds: its passages and the questions that it asks and answers."""

    id: str
    title: str
    source: str
    chunks: tuple[Chunk, ...]
    pairs: tuple[FaqPair, ...]


class ShelfReader:
    """Reads the shelf, remembering what files and articles held while they stay the same."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus
        self._digests: dict[Path, tuple[tuple[int, int], str]] = {}
        self._held: dict[tuple[str, str], tuple[int, str]] = {}
        self._placed: dict[str, str] = {}

    def remember(self, source: str, version: str) -> None:
        """Remember a file that was placed when the index had this version.

        An index knows no digest of what it skipped, and so can't tell that it is another file now.
        """
        self._placed[source] = version

    def read(self, index: KeptIndex, page: int = 1) -> Shelf:
        """Read one page, from 1, of the articles by title."""
        summaries = sorted(index.documents(), key=lambda one: (one.title.casefold(), one.id))
        files = list_sources(self._corpus)
        pages = max(1, -(-len(summaries) // PER_PAGE))
        page = min(max(page, 1), pages)
        shown = summaries[(page - 1) * PER_PAGE : page * PER_PAGE]
        again = {s for s, version in self._placed.items() if version == index.version}
        known = {one.source for one in summaries}
        known |= {one.source for one in index.skipped} - again
        return Shelf(
            version=index.version,
            articles=tuple(self._look(index, one, files) for one in shown),
            documents=len(summaries),
            passages=sum(one.chunks for one in summaries),
            longest=max((one.chunks for one in summaries), default=0),
            waiting=tuple(s for s in sorted(files) if s not in known and _is_read(files[s])),
            gone=tuple(one.source for one in summaries if one.source not in files),
            skipped=tuple(one for one in index.skipped if one.source in files),
            repaired=tuple(index.repaired),
            page=page,
            pages=pages,
        )

    def _look(self, index: KeptIndex, summary: DocumentSummary, files: dict[str, Path]) -> Shelved:
        key = (index.version, summary.id)
        if key not in self._held:
            document = index.read(summary.id)
            self._held = {k: v for k, v in self._held.items() if k[0] == index.version}
            self._held[key] = (len(faq_pairs(document)), document.sha256)
        questions, digest = self._held[key]
        path = files.get(summary.source)
        state = "gone" if path is None else "same" if self._digest(path) == digest else "changed"
        return Shelved(summary.id, summary.title, summary.source, summary.chunks, questions, state)

    def _digest(self, path: Path) -> str:
        """Hash a file, again only if its size or time is another."""
        try:
            found = path.stat()
            stamp = (found.st_size, found.st_mtime_ns)
            remembered = self._digests.get(path)
            if remembered is None or remembered[0] != stamp:
                with path.open("rb") as file:
                    remembered = (stamp, hashlib.file_digest(file, "sha256").hexdigest())
                self._digests[path] = remembered
        except OSError:
            return ""
        return remembered[1]


def read_held(index: KeptIndex, document_id: str) -> Held:
    """Read what an article holds; raises `DocumentMissing`."""
    document = index.read(document_id)
    return Held(
        document.id,
        document.title,
        document.source,
        tuple(index.chunks(document_id)),
        faq_pairs(document),
    )


def _is_read(path: Path) -> bool:
    """A file that asks to be left out waits for nothing."""
    try:
        with path.open("rb") as file:
            return not asks_to_be_left_out(file.read(65_536))
    except OSError:
        return True


def list_names(sources: Sequence[str], most: int = 5) -> str:
    """Name a few files, and count the rest."""
    more = f" … (+{len(sources) - most})" if len(sources) > most else ""
    return ", ".join(sources[:most]) + more
