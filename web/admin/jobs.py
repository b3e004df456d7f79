"""What takes a while, done in the background: one job at a time, with its progress.

Knows threads and progress. Knows nothing of what a job does or of how its progress is shown.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from index.types import Progress
from web.admin.errors import JobRunningError, read_line

_log = logging.getLogger("footnote.web")


@dataclass(frozen=True, slots=True)
class JobState:
    """How far a job is; `result` is what it came to, `fault` one line on why it didn't."""

    number: int
    kind: str
    stage: str = ""
    done: int = 0
    total: int = 0
    finished: bool = False
    result: object = None
    fault: str = ""


class Jobs:
    """Runs one job at a time, each in a thread that ends with the program; shared by threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: JobState | None = None
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> JobState | None:
        """The state of the job under way, or of the last one."""
        return self._state

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        state = self._state
        return state is not None and not state.finished

    def start(self, kind: str, work: Callable[[Progress], object]) -> None:
        """Begin a job; raises `JobRunningError`."""
        with self._lock:
            if self.busy:
                raise JobRunningError
            number = self._state.number + 1 if self._state else 1
            self._state = JobState(number, kind)
            self._thread = threading.Thread(
                target=self._run, args=(self._state, work), name=kind, daemon=True
            )
        self._thread.start()

    def wait(self) -> None:
        """Wait until no job is under way."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, begun: JobState, work: Callable[[Progress], object]) -> None:
        number, kind = begun.number, begun.kind

        def report(stage: str, done: int, total: int) -> None:
            self._state = JobState(number, kind, stage, done, total)

        try:
            result = work(report)
        except Exception as error:  # noqa: BLE001  # said to the keeper, and logged where unforeseen
            self._state = JobState(number, kind, finished=True, fault=_explain(error))
        else:
            self._state = JobState(number, kind, finished=True, result=result)


def _explain(error: Exception) -> str:
    line = read_line(error)
    if line is None:
        _log.error("a job failed", exc_info=error)
    return line or "something went wrong; it has been logged"
