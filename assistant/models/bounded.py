"""A writer kept to limits: of time, of length, and one second try where a server was busy.

Knows clocks and threads. Knows nothing of servers: any writer is read in a thread of its own, so
that one that says nothing can be left, whatever it is waiting for.
"""

import time
from collections.abc import Generator, Iterable, Iterator
from queue import Empty, SimpleQueue
from threading import Event, Thread

from assistant.composing.prompts import FollowUp, Prompt
from assistant.models import Model, ModelError
from assistant.models.options import Limits

RETRY_WAIT = 0.5
"""Seconds before the second try where the server named no time."""

BEAT = 0.5
"""Seconds of silence after which an empty piece is given, so that whoever has stopped waiting for
the next one can leave."""


class Bounded:
    """Lets a writer write, within limits; `ModelError` says which one was reached.

    Some of its pieces are empty: nothing has been said for a while.
    """

    def __init__(self, model: Model, limits: Limits) -> None:
        self._model = model
        self._limits = limits

    @property
    def name(self) -> str:
        """The writer's own name."""
        return self._model.name

    def stream(self, prompt: Prompt | FollowUp, /) -> Iterator[str]:
        """Yield the writer's pieces; closing this ends the writer's own stream."""
        deadline = time.monotonic() + self._limits.total
        try:
            yield from self._read(prompt, deadline)
        except _NothingYet as failure:
            wait = failure.error.retry_after
            wait = RETRY_WAIT if wait is None else wait
            if wait > min(self._limits.patience, deadline - time.monotonic()):
                raise failure.error from None
            time.sleep(wait)
        else:
            return
        try:
            yield from self._read(prompt, deadline)
        except _NothingYet as failure:
            raise failure.error from None

    def _read(self, prompt: Prompt | FollowUp, deadline: float) -> Iterator[str]:
        """Yield one try's pieces; a retryable error before the first is `_NothingYet`."""
        reading = _Reading(self._model.stream(prompt))
        said = 0
        heard = False
        given = time.monotonic()
        try:
            while True:
                pause = self._limits.pause if heard else self._limits.first
                item = yield from self._wait(reading, min(time.monotonic() + pause, deadline))
                if item is None:
                    return
                if isinstance(item, ModelError):
                    raise _NothingYet(item) if item.retryable and not said else item
                said += len(item)
                heard = True
                if item or time.monotonic() - given >= BEAT:
                    yield item
                    given = time.monotonic()
                if said > self._limits.characters:
                    raise ModelError(f"{self.name}: the answer ran on and was cut off")
        finally:
            reading.leave()

    def _wait(
        self, reading: "_Reading", until: float
    ) -> Generator[str, None, str | ModelError | None]:
        """Return the next item, with empty pieces while it is waited for."""
        while True:
            left = until - time.monotonic()
            if left <= 0:  # a model that never ends is always a piece ahead
                raise ModelError(f"{self.name}: no word from the model in time", retryable=True)
            item = reading.take(min(BEAT, left))
            if not isinstance(item, _Late):
                return item
            yield ""


class _NothingYet(Exception):  # noqa: N818  (named for what is the matter)
    """A try failed before it said anything, and another may not."""

    def __init__(self, error: ModelError) -> None:
        super().__init__(error.message)
        self.error = error


class _Late:
    """Nothing came in time."""


class _Reading:
    """A stream that is being read in a thread, until it ends or is left."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._queue: SimpleQueue[str | ModelError | None] = SimpleQueue()
        self._left = Event()
        Thread(target=self._run, daemon=True, name="footnote-writer").start()

    def take(self, seconds: float) -> str | ModelError | _Late | None:
        """Return the next piece, what went wrong, or None at the end."""
        try:
            return self._queue.get(timeout=max(seconds, 0.0))
        except Empty:
            return _Late()

    def leave(self) -> None:
        """Stop reading: a stream that can be cancelled ends now, another one at its next piece."""
        self._left.set()
        cancel = getattr(self._pieces, "cancel", None)
        if cancel is not None:
            cancel()

    def _run(self) -> None:
        try:
            for piece in skip_thinking(self._pieces):
                if self._left.is_set():
                    return
                self._queue.put(piece)
            self._queue.put(None)
        except ModelError as error:
            self._queue.put(error)
        except Exception as error:  # noqa: BLE001  # a plug-in's error, told like any other
            self._queue.put(ModelError(f"the model failed: {type(error).__name__}"))
        finally:
            close = getattr(self._pieces, "close", None)
            if close is not None:
                close()


_OPEN, _CLOSE = "<think>", "</think>"


def skip_thinking(pieces: Iterable[str]) -> Iterator[str]:
    """Pass over what a model thinks aloud before it answers, where its server leaves that in.

    The passed-over pieces come out empty: whoever waits still sees that something is being written.
    """
    held = ""
    thinking = False
    answering = False
    for piece in pieces:
        if answering:
            yield piece
            continue
        held += piece
        start = held.lstrip()
        if not thinking and not start.startswith(_OPEN):
            if _OPEN.startswith(start):
                continue  # it may yet become the mark
            answering = True
            yield held
            continue
        thinking = True
        before, close, after = held.partition(_CLOSE)
        if close:
            answering = True
            yield after
        else:
            held = before[:_KEPT] + before[_KEPT:][-len(_CLOSE) :]
            yield ""
    if not answering and not thinking:
        yield held


_KEPT = 64
"""Characters kept of the beginning, with the mark, while the rest of the thinking is let go."""
