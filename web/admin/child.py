"""Runs what takes a while in a process of its own, which takes its memory along when it ends.

Knows processes and what goes back and forth: progress, a result, or one line on what went wrong.
Knows nothing of what is run. The child is a fresh interpreter (never a fork of a server with
threads); it ends with its parent, however that ends, and takes whatever it started with it.
"""

import contextlib
import importlib
import logging
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any, TypeVar

from index.types import Progress
from web.admin.errors import ChildError, read_line

_BOOT = "import sys; from web.admin.child import serve; serve(int(sys.argv[1]))"
_log = logging.getLogger("footnote.web")

T = TypeVar("T")


def run_in_child(
    work: Callable[..., T],
    *arguments: object,
    progress: Progress | None = None,
    **options: object,
) -> T:
    """Call a module-level function in a child process and return what it returns.

    With `progress`, the function is given one of its own, whose reports come here. Raises
    `ChildError` where it failed, with its line if the error was written for people, or was ended.
    """
    ours, theirs = Pipe()
    with ours:
        with theirs:
            process = _start(theirs)
        try:
            name = (work.__module__, work.__qualname__)
            ours.send((name, arguments, options, progress is not None))
            result: T = _follow(ours, progress)
        except (EOFError, OSError):
            raise ChildError("its process was ended; is there enough memory?") from None
        finally:
            _end(process)
    return result


def _start(theirs: Connection) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-W", "ignore", "-c", _BOOT, str(theirs.fileno())],
        stdin=subprocess.PIPE,  # never written to: its end tells the child of our end
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(theirs.fileno(),),
        start_new_session=True,  # a group of its own, which ends whole
        env=os.environ | {"PYTHONPATH": os.pathsep.join(e or str(Path.cwd()) for e in sys.path)},
    )


def _follow(connection: Connection, progress: Progress | None) -> Any:  # noqa: ANN401  # what the work returns
    while True:
        kind, value = connection.recv()
        if kind == "done":
            return value
        if kind == "refused":
            raise ChildError(value)
        if kind == "broken":
            _log.error("a job failed in its process\n%s", value)
            raise ChildError("something went wrong; it has been logged")
        if progress is not None:
            progress(*value)


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    if process.stdin is not None:
        process.stdin.close()
    process.wait()


# ---- in the child


def serve(descriptor: int) -> None:
    """Do the one thing that is asked for on a connection: the child's whole life."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    connection = Connection(descriptor)
    (module, name), arguments, options, reports = connection.recv()
    if reports:
        options["progress"] = lambda *state: connection.send(("progress", state))
    connection.send(_call(module, name, arguments, options))


def _call(
    module: str, name: str, arguments: tuple[object, ...], options: Mapping[str, object]
) -> tuple[str, object]:
    try:
        work: Callable[..., object] = getattr(importlib.import_module(module), name)
        return "done", work(*arguments, **options)
    except Exception as error:  # noqa: BLE001 - told to the parent, whatever it is
        line = read_line(error)
        return ("broken", traceback.format_exc()) if line is None else ("refused", line)


def _end_with_parent() -> None:
    os.read(0, 1)  # returns when the parent is gone, however it went
    os.killpg(0, signal.SIGKILL)
