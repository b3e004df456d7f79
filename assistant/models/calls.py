"""A call of a model's server that can be hung up on, by whoever no longer waits for its answer.

Knows the connections under the HTTP client that the providers' packages share: by the events that it
tells of a request, and by the socket of a connection. Knows nothing of what is said.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any


class Line:
    """The connection of one call; hanging up ends it, even while another thread waits on it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stream: Any = None
        self._left = False

    def note(self, event: str, told: dict[str, Any]) -> None:
        """Take an event of a request: a connection made, or made secure, is where its socket is."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            with self._lock:
                self._stream = told["return_value"]
                if self._left:
                    self._shut()

    def hang_up(self) -> None:
        """End the call, now or as soon as it is put through."""
        with self._lock:
            self._left = True
            self._shut()

    def _shut(self) -> None:
        connected = None if self._stream is None else self._stream.get_extra_info("socket")
        if connected is not None:
            with suppress(OSError):  # closed by the other side, or by the client itself
                connected.shutdown(socket.SHUT_RDWR)


class Lines:
    """The calls of one client, each made in a thread of its own."""

    def __init__(self) -> None:
        self._current = threading.local()

    def watch(self, request: Any) -> None:  # noqa: ANN401  # the shared client's own type
        """Let a request tell the line of its thread what becomes of it; a hook of the client."""
        line = getattr(self._current, "line", None)
        if line is not None:
            # A kept connection would not be told of; answers are too far apart to keep one.
            request.headers["connection"] = "close"
            request.extensions["trace"] = line.note

    def call(self, ask: Callable[[], Iterator[str]]) -> "Call":
        """Make a call of what asks the server; it is put through with the first piece."""
        line = Line()

        def answer() -> Iterator[str]:
            self._current.line = line
            yield from ask()

        return Call(answer(), line)


class Call:
    """The pieces of an answer; `close` where nobody waits for the next one, else `cancel`."""

    def __init__(self, pieces: Iterator[str], line: Line) -> None:
        self._pieces = pieces
        self._line = line

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return next(self._pieces)

    def cancel(self) -> None:
        """End the call from another thread, whatever the server is doing."""
        self._line.hang_up()

    def close(self) -> None:
        """End the call from the thread that takes its pieces."""
        self._pieces.close()  # type: ignore[attr-defined]  # a generator
