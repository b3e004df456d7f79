"""What the site is made of: the assistant it asks, and its settings.

Knows the seam to the assistant and the index, and hands both to a request. Knows nothing of routes,
templates or JSON.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol, cast

from fastapi import Depends, Request

from assistant.answer import Answer, Event, Turn
from assistant.models import UnknownModel
from index.types import DocumentSummary, Hit
from ingest.document import Document
from web.settings import Settings


class ReadableIndex(Protocol):
    """What the pages and the API need of an index."""

    @property
    def version(self) -> str: ...

    def search(self, query: str, k: int) -> list[Hit]: ...

    def read(self, document_id: str) -> Document: ...

    def documents(self) -> Sequence[DocumentSummary]: ...


class Answerer(Protocol):
    """What the site needs of an assistant.

    `index` is the generation in force now: take it once for each request.
    """

    @property
    def index(self) -> ReadableIndex: ...

    def stream(
        self, question: str, history: Sequence[Turn] = (), model: str | None = None
    ) -> Iterator[Event]: ...

    def answer(
        self, question: str, history: Sequence[Turn] = (), model: str | None = None
    ) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Site:
    """One running site."""

    assistant: Answerer
    settings: Settings

    def check_model(self, name: str | None) -> None:
        """Raise `UnknownModel` unless a request may ask for this writer."""
        if name is not None and name not in self.settings.models:
            raise UnknownModel(name, self.settings.models)


def get_site(request: Request) -> Site:
    """Return the site that a request came to."""
    return cast("Site", request.app.state.site)


InSite = Annotated[Site, Depends(get_site)]
"""The parameter by which a route asks for the site."""
