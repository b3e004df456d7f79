"""What can be the matter with an index; each message is one line that says what to do.

Knows no more than the words.
"""

REBUILD = "run `footnote ingest` to build it anew"


class IndexUnavailable(Exception):  # noqa: N818  (all are named for what is the matter)
    """An index cannot be used as it is."""


class IndexMissing(IndexUnavailable):
    """There is no index in the folder."""

    def __init__(self, folder: object) -> None:
        super().__init__(f"{folder}: no index here; run `footnote ingest` to build one")


class IndexMismatch(IndexUnavailable):
    """The index was made for something else than what would read it."""

    def __init__(self, field: str, expected: object, found: object) -> None:
        super().__init__(f"the index has {field} {found}, {expected} is needed; {REBUILD}")
        self.field = field
        self.expected = expected
        self.found = found


class IndexDamaged(IndexUnavailable):
    """A part of the index is missing or cannot be read."""

    def __init__(self, folder: object, reason: object) -> None:
        super().__init__(f"{folder}: the index is damaged ({reason}); {REBUILD}")


class IndexBusy(IndexUnavailable):
    """Another build writes to the folder."""

    def __init__(self, folder: object) -> None:
        super().__init__(f"{folder}: another build is writing here; try again when it is done")


class DocumentMissing(KeyError):  # noqa: N818
    """The index holds no document of this id."""

    def __init__(self, document_id: str) -> None:
        super().__init__(document_id)
        self.document_id = document_id

    def __str__(self) -> str:
        return f"no document {self.document_id!r} in the index"
