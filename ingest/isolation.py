"""Runs a function in a child process that may hang, crash or eat memory without harm to its parent.

Knows processes, time and memory limits. Knows nothing of documents or formats: the function is
handed in, and what it returns goes back to the caller.

The child is a fresh interpreter, started when first needed and kept between calls. It dies with its
parent, and by its own alarm if the parent could not end it.
"""

import contextlib
import importlib
import pickle
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from ingest.interpreter import end_interpreter, start_interpreter
from ingest.reading import IngestError

_ALARM_GRACE = 5
"""Seconds after the limit at which a child ends itself: its parent was killed or is stuck."""

_START_SECONDS = 60
"""A fresh interpreter is up in 0.1 s; a machine may be very busy."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: wall-clock seconds, and bytes of memory on top of an idle child's."""

    seconds: float = 30.0
    memory: int = 2 << 30


class ReaderProcess(Generic[T]):
    """One long-lived child that calls `work(data, source)` on request, within limits.

    `work` is a module-level function (it travels by name). Use as a context manager.
    """

    def __init__(self, work: Callable[[bytes, str], T], limits: Limits | None = None) -> None:
        self._work = work
        self._limits = limits or Limits()
        self._child: _Child[T] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            self._child.kill()
            self._child = None

    def run(self, data: bytes, source: str) -> T:
        """Call the function on one file.

        Raises `IngestError` where it raised one, failed otherwise, or went over a limit.
        """
        while True:
            fresh = self._child is None
            child = self._child = self._child or _Child(self._work, self._limits)
            try:
                return child.call(data, source, self._limits)
            except _ChildLost as lost:
                self.close()
                # A child that has read other files may be short of memory because of them: what a
                # file costs must not depend on the files before it.
                if fresh or lost.final:
                    raise IngestError(source, lost.reason) from None
            except BaseException as error:
                if not isinstance(error, IngestError):
                    self.close()  # an answer may still be on its way: never take it for the next
                raise


class _ChildLost(Exception):  # noqa: N818 - an event, not a fault of the caller
    """The child is of no more use; `final` where a fresh one would fare no better."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.final = final


class _Child(Generic[T]):
    """A running child process and the two connections to it."""

    def __init__(self, work: Callable[[bytes, str], T], limits: Limits) -> None:
        ours, theirs = Pipe()
        with theirs:
            self._process = start_interpreter(serve, theirs)
        self._connection = ours
        with contextlib.suppress(EOFError, OSError):  # if it failed to start, the call says so
            ours.send((work.__module__, work.__qualname__, limits.seconds, limits.memory))
            if ours.poll(_START_SECONDS):
                ours.recv_bytes()  # up: from here on, time counts for the file

    def call(self, data: bytes, source: str, limits: Limits) -> T:
        try:
            self._connection.send_bytes(source.encode())
            self._connection.send_bytes(data)
            if not self._connection.poll(limits.seconds):
                seconds = f"{limits.seconds:g}"
                raise _ChildLost(f"given up on after {seconds} s of reading", final=True)
            outcome, value = pickle.loads(self._connection.recv_bytes())  # noqa: S301 - our own child
        except (EOFError, OSError):
            raise _ChildLost("damaged: reading it crashed the reader") from None
        if outcome == "memory":
            raise _ChildLost(f"given up on: reading it takes over {_in_words(limits.memory)}")
        if outcome == "failed":
            raise IngestError(source, value)
        result: T = value
        return result

    def kill(self) -> None:
        self._connection.close()
        end_interpreter(self._process)


def _in_words(size: int) -> str:
    return f"{size / 2**30:.3g} GB of memory" if size >= 2**30 else f"{size >> 20} MB of memory"


def serve(connection: Connection) -> None:
    """Answer requests on a connection until it ends: the child's whole life."""
    module, name, seconds, memory = connection.recv()
    work: Callable[[bytes, str], object] = getattr(importlib.import_module(module), name)
    _limit_memory(memory)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    connection.send_bytes(b"ready")
    with contextlib.suppress(EOFError, OSError):
        while True:
            source = connection.recv_bytes().decode()
            data = connection.recv_bytes()
            # The default action ends the process even inside a library that never returns.
            signal.setitimer(signal.ITIMER_REAL, seconds + _ALARM_GRACE)
            reply = _reply(work, data, source)
            signal.setitimer(signal.ITIMER_REAL, 0)
            connection.send_bytes(reply)


def _reply(work: Callable[[bytes, str], object], data: bytes, source: str) -> bytes:
    """Call the function; whatever happens, one answer that can be pickled."""
    outcome: tuple[str, object]
    try:
        return pickle.dumps(("read", work(data, source)))
    except IngestError as error:
        outcome = ("failed", error.reason)
    except MemoryError:
        outcome = ("memory", None)
    except RecursionError:
        outcome = ("failed", "nested too deeply to be read")
    except ImportError as error:
        wanted = f"reading it needs {error.name}: install the extra footnote[ingest]"
        outcome = ("failed", wanted)
    except Exception as error:  # noqa: BLE001 - parsing libraries raise anything on hostile input
        outcome = ("failed", f"damaged, or of a kind not understood ({_one_line(error)})")
    return pickle.dumps(outcome)


def _one_line(error: Exception) -> str:
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words[:100]}" if words else type(error).__name__


def _limit_memory(memory: int) -> None:
    """Cap the address space at what is in use now plus `memory`, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on every system

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ImportError, OSError, ValueError):
        return  # the time limit still holds
