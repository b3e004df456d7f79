"""What the site needs of an assistant and of an index: the seam to the rest of the project.

Knows method names and the domain types they take and return. Knows no implementation.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Protocol

from assistant.answer import Answer, Event, Turn
from index.errors import DocumentMissing
from index.types import DocumentSummary, Hit
from ingest.document import Document


class Recipe(Protocol):
    """What an index was made of."""

    @property
    def corpus_digest(self) -> str:
        """Name the corpus by its content."""


class Manifest(Protocol):
    """What an index says of itself."""

    @property
    def recipe(self) -> Recipe:
        """Return what it was made of."""


class ReadableIndex(Protocol):
    """What the pages and the API need of an index."""

    @property
    def manifest(self) -> Manifest:
        """Return what the index says of itself."""

    @property
    def version(self) -> str:
        """Name the generation by its content."""

    def search(self, query: str, k: int) -> list[Hit]:
        """Return the best `k` chunks, best first."""

    def read(self, document_id: str) -> Document:
        """Return a document; raises `DocumentMissing`."""

    def documents(self) -> Sequence[DocumentSummary]:
        """Return every document."""


class Answerer(Protocol):
    """What the site needs of an assistant.

    `index` is the generation in force now: take it once for each request.
    """

    @property
    def index(self) -> ReadableIndex:
        """Return the generation in force; raises `IndexUnavailable`."""

    def search(self, query: str, k: int) -> list[Hit]:
        """Return the best `k` passages for a query, best first."""

    def stream(
        self, question: str, history: Sequence[Turn] = (), model: str | None = None
    ) -> Iterator[Event]:
        """Answer, event by event, ending with `Done`; raises `ModelError`."""

    def answer(
        self, question: str, history: Sequence[Turn] = (), model: str | None = None
    ) -> Answer:
        """Answer whole."""


def read_present(index: ReadableIndex, ids: Iterable[str]) -> list[Document]:
    """Read documents, leaving out those that have gone since they were cited."""
    found = []
    for document_id in ids:
        with suppress(DocumentMissing):
            found.append(index.read(document_id))
    return found
