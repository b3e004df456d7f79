"""What can go wrong behind the keeper's door; each message is one line for the keeper.

Knows no more than the words.
"""

_OURS = frozenset({"ingest", "index", "assistant", "web", "eval", "footnote"})


class FetchError(Exception):
    """A page could not be fetched; the message says why."""


class PlacingError(Exception):
    """A file could not be put into the corpus folder, or taken out; the message says why."""


class JobRunningError(Exception):
    """One job at a time: another is under way."""


class ChildError(Exception):
    """What ran in a process of its own failed; the message says why."""


class TooManyAttemptsError(Exception):
    """Too many wrong tokens; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"too many attempts: try again in {wait} s")
        self.wait = wait


def read_line(error: Exception) -> str | None:
    """Return an error's own line where it was written for people, as all of our own types are."""
    is_ours = type(error).__module__.partition(".")[0] in _OURS
    return " ".join(str(error).split()) if is_ours else None
