"""Answers being written, apart from the connections that read them.

A run writes its events into memory in a thread of its own; a reader who lost the connection reads
on from where it broke. Knows frames and threads. Knows nothing of how an answer comes about or is drawn.
"""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import suppress

from pydantic import BaseModel

from assistant.answer import Event
from web.asking import Kept
from web.limited import MAX_ANSWERS, BusyError
from web.problems import describe
from web.schemas import AnswerOut, SentenceOut
from web.sse import name_event, write_frame
from web.store.conversations import make_key
from web.texts import DEFAULT_LANGUAGE, put_line

MAX_RUNS = 64
"""Runs remembered, each a few tens of kB: the oldest finished ones make room."""
_QUIET = 15.0
"""Seconds without an event after which a line is sent, so that no proxy takes the stream for dead."""


class BegunOut(BaseModel):
    """A run has begun, under the name by which it can be read on."""

    run: str


class KeptOut(BaseModel):
    """The answer is whole; `conversation` is null where it could not be kept."""

    conversation: str | None
    number: int | None
    answer: AnswerOut


class Run:
    """The answer to a question being written; `kept` is there once it is whole.

    What the program says of it itself is sent in the reader's language, and kept as it is.
    """

    def __init__(
        self, question: str, events: Iterator[Event | Kept], language: str = DEFAULT_LANGUAGE
    ) -> None:
        self._language = language
        self.key = make_key()
        self.question = question
        self.kept: Kept | None = None
        self.finished = False
        self._events = events
        self._stopped = False
        self._frames: list[bytes] = []
        self._lock = threading.Lock()
        self._waiting: list[Callable[[], object]] = []

    def start(self) -> None:
        """Begin to write, in a thread that ends with the program."""
        self._add("begin", BegunOut(run=self.key))
        threading.Thread(target=self._write, name="answer", daemon=True).start()

    def stop(self) -> None:
        """Leave off at the next step; what has been written stays readable."""
        self._stopped = True

    async def read(self, after: int = 0) -> AsyncGenerator[bytes]:
        """Yield the frames past number `after`, those to come included, until the run has ended."""
        loop, news = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            loop.call_soon_threadsafe(news.set)

        with self._lock:
            self._waiting.append(wake)
        try:
            while True:
                news.clear()
                finished = self.finished  # looked at first: no frame comes after it is set
                for frame in self._frames[after:]:
                    after += 1
                    yield frame
                if finished:
                    return
                try:
                    await asyncio.wait_for(news.wait(), _QUIET)
                except TimeoutError:
                    yield b": writing\n\n"
        finally:
            with self._lock:
                self._waiting.remove(wake)

    def _write(self) -> None:
        try:
            for event in self._events:
                self._take(event)
                if self._stopped:
                    break
        except Exception as error:  # noqa: BLE001  # described, and logged where unforeseen
            problem = describe(error)
            detail = put_line(problem.detail, self._language)
            self._add("error", problem.model_copy(update={"detail": detail}))
        finally:
            close = getattr(self._events, "close", None)
            if close is not None:
                close()
            self.finished = True
            self._wake()

    def _take(self, event: Event | Kept) -> None:
        if not isinstance(event, Kept):
            name, data = name_event(event)
            if isinstance(data, SentenceOut):
                reason = put_line(data.reason, self._language)
                data = data.model_copy(update={"reason": reason})
            self._add(name, data)
            return
        self.kept = event
        number = event.exchange.number if event.exchange else None
        answer = AnswerOut.of(event.answer)
        notes = [put_line(note, self._language) for note in answer.notes]
        answer = answer.model_copy(update={"notes": notes})
        self._add("done", KeptOut(conversation=event.conversation, number=number, answer=answer))

    def _add(self, name: str, data: BaseModel) -> None:
        self._frames.append(write_frame(name, data, len(self._frames) + 1))
        self._wake()

    def _wake(self) -> None:
        with self._lock:
            for wake in self._waiting:
                with suppress(RuntimeError):  # that reader's server has shut down
                    wake()


class Runs:
    """The runs of a site, the latest of them; shared by threads."""

    def __init__(self) -> None:
        self._runs: dict[str, Run] = {}
        self._lock = threading.Lock()

    def start(
        self, question: str, events: Iterator[Event | Kept], language: str = DEFAULT_LANGUAGE
    ) -> Run:
        """Begin a run for a reader of a language; raises `BusyError`."""
        run = Run(question, events, language)
        with self._lock:
            if sum(not other.finished for other in self._runs.values()) >= MAX_ANSWERS:
                raise BusyError
            finished = [key for key, other in self._runs.items() if other.finished]
            for key in finished[: max(0, len(self._runs) + 1 - MAX_RUNS)]:
                del self._runs[key]
            self._runs[run.key] = run
        run.start()
        return run

    def find(self, key: str) -> Run | None:
        """Return a run by its name, if it is remembered still."""
        return self._runs.get(key)
