"""What can go wrong behind the keeper's door; each message is one line for the keeper.

Knows no more than the words.
"""


class FetchError(Exception):
    """A page could not be fetched; the message says why."""


class PlacingError(Exception):
    """A file could not be put into the corpus folder, or taken out; the message says why."""


class JobRunningError(Exception):
    """One job at a time: another is under way."""


class TooManyAttemptsError(Exception):
    """Too many wrong tokens; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"too many attempts: try again in {wait} s")
        self.wait = wait
