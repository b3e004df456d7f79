"""An assistant that takes on only so many answers at once.

Knows how many. Knows nothing of how an answer comes about or of who asks.

Every answer holds a thread of the server's until it is whole, and one from a hosted model that hangs
may take minutes: without a bound these would leave none for pages, articles and the health check.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import BoundedSemaphore

from assistant.answer import Answer, Event, Turn
from index.types import Hit
from web.seam import Answerer, ReadableIndex

MAX_ANSWERS = 32
"""The server's pool has 40 threads: eight stay free for all that is no answer."""


class BusyError(Exception):
    """More answers are being written than the server takes on."""


class Limited:
    """Passes on what it is asked; implements `Answerer`. More answers than `most` raise `BusyError`."""

    def __init__(self, assistant: Answerer, most: int = MAX_ANSWERS) -> None:
        self._assistant = assistant
        self._places = BoundedSemaphore(most)

    @property
    def index(self) -> ReadableIndex:
        """Return the generation in force; raises `IndexUnavailable`."""
        return self._assistant.index

    def search(self, query: str, k: int) -> list[Hit]:
        """Return the best `k` passages for a query, best first: a matter of milliseconds."""
        return self._assistant.search(query, k)

    def stream(
        self, question: str, history: Sequence[Turn] = (), model: str | None = None
    ) -> Iterator[Event]:
        """Answer, event by event; the place is taken at the first and given back after the last."""
        with self._place():
            yield from self._assistant.stream(question, history, model)

    def answer(
        self, question: str, history: Sequence[Turn] = (), model: str | None = None
    ) -> Answer:
        """Answer whole."""
        with self._place():
            return self._assistant.answer(question, history, model)

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise BusyError
        try:
            yield
        finally:
            self._places.release()
