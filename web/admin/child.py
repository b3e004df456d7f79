"""Runs what takes a while in a process of its own, which takes its memory along when it ends.

Knows processes and what goes back and forth: progress, a result, or one line on what went wrong.
Knows nothing of what is run. The child is a fresh interpreter, for this once.
"""

import importlib
import logging
import traceback
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection, Pipe
from typing import Any, TypeVar

from index.types import Progress
from ingest.interpreter import end_interpreter, start_interpreter
from web.admin.errors import ChildError, read_line

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
            process = start_interpreter(serve, theirs)
        try:
            name = (work.__module__, work.__qualname__)
            ours.send((name, arguments, options, progress is not None))
            result: T = _follow(ours, progress)
        except (EOFError, OSError):
            raise ChildError("its process was ended; is there enough memory?") from None
        finally:
            end_interpreter(process)
    return result


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


# ---- in the child


def serve(connection: Connection) -> None:
    """Do the one thing that is asked for on a connection: the child's whole life."""
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
