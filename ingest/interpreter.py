"""Starts a fresh interpreter for one function, and sees to it that none outlives its parent.

Knows processes, groups and pipes. Knows nothing of what runs there or of what is said to it.

Never a fork: a parent with threads can't be forked safely. The child heads a process group, so that
whatever it started ends with it.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path


def start_interpreter(
    life: Callable[[Connection], None], theirs: Connection
) -> subprocess.Popen[bytes]:
    """Start a process that calls the module-level function `life` on its end of a pipe."""
    boot = (
        "import sys; from ingest.interpreter import live;"
        f"from {life.__module__} import {life.__qualname__} as life; live(life, int(sys.argv[1]))"
    )
    return subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-W", "ignore", "-c", boot, str(theirs.fileno())],
        stdin=subprocess.PIPE,  # never written to: its end tells the child of our end
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(theirs.fileno(),),
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(e or str(Path.cwd()) for e in sys.path)},
    )


def end_interpreter(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started, and wait for it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    if process.stdin is not None:
        process.stdin.close()
    process.wait()


def live(life: Callable[[Connection], None], descriptor: int) -> None:
    """Be the child: run its function, and end when the parent does, however that went."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    life(Connection(descriptor))


def _end_with_parent() -> None:
    os.read(0, 1)  # returns when the parent is gone
    os.killpg(0, signal.SIGKILL)
