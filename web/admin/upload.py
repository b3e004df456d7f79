"""Files into the corpus folder and out of it.

Knows names that do no harm, the check of a file's content, and writing whole or not at all. Knows
nothing of requests or of the index.
"""

import os
import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest.corpus import MAX_BYTES, find_files
from ingest.formats import SUFFIXES, asks_to_be_left_out, detect_format, read_document
from ingest.isolation import ReaderProcess
from ingest.reading import IngestError
from web.admin.errors import PlacingError

MAX_NAME = 120
"""Bytes of a name without its ending: file systems take 255, and a path goes into citations."""
_SPECIAL = re.compile(r'[<>:"|?*\x00-\x1f]+')
_ENDING_OF = {"html": ".html", "pdf": ".pdf", "docx": ".docx"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A file that is in the folder now; `left_out` where it asks not to be read."""

    source: str
    replaced: bool
    left_out: bool


def clean_name(raw: str) -> str:
    """Make a file name without folders, hidden files or characters that turn or break a line.

    Raises `PlacingError` where nothing is left.
    """
    name = unicodedata.normalize("NFC", raw.replace("\\", "/").rpartition("/")[2])
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    name = " ".join(_SPECIAL.sub("-", name).split()).strip(". ").lstrip("~$. ")
    stem, dot, ending = name.rpartition(".")
    has_ending = dot and stem and len(ending) <= 10
    name = f"{_cut(stem)}.{ending}" if has_ending else _cut(name)
    if not name.strip("-. "):
        raise PlacingError("its name has no letter or digit: rename it")
    return name


def _cut(text: str) -> str:
    return text.encode()[:MAX_NAME].decode(errors="ignore").rstrip(". ")


class Placing:
    """Puts files into one folder, checking each by reading it, in a process apart."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus
        self._reader = ReaderProcess(read_document)

    @classmethod
    @contextmanager
    def into(cls, corpus: Path) -> "Iterator[Placing]":
        """Open for several files; the process that reads them ends with it."""
        placing = cls(corpus)
        with placing._reader:
            yield placing

    def place(self, raw_name: str, data: bytes, *, replace: bool) -> Placed:
        """Check a file and put it into the folder.

        Raises `PlacingError` where it can't be read as an article, or is there already and is not
        to be replaced.
        """
        if len(data) > MAX_BYTES:
            raise PlacingError(f"larger than {MAX_BYTES >> 20} MB")
        try:
            name = _name_by_content(clean_name(raw_name), data)
            left_out = asks_to_be_left_out(data)
            if not left_out:
                self._reader.run(data, name)
        except IngestError as error:
            raise PlacingError(error.reason) from None
        replaced = write_whole(self._corpus / name, data, replace=replace)
        return Placed(name, replaced, left_out)


def _name_by_content(name: str, data: bytes) -> str:
    """Give a name without a known ending the one its content asks for; raises `IngestError`."""
    if not data.strip():
        raise IngestError(name, "empty")
    ending = PurePosixPath(name).suffix.lower()
    try:
        kind = detect_format(data, name)
    except IngestError as error:
        if ending and ending not in SUFFIXES and error.reason.startswith("no ending"):
            raise IngestError(name, f"not a format it reads: {ending}") from None
        raise
    return name if ending in SUFFIXES else name + _ENDING_OF[kind]


def write_whole(path: Path, data: bytes, *, replace: bool) -> bool:
    """Write a file whole or not at all; returns whether another was there.

    Raises `PlacingError` where one is there and is not to be replaced.
    """
    # Hidden, so that a build that runs meanwhile passes it over.
    draft = path.parent / f".{secrets.token_hex(8)}.part"
    try:
        draft.write_bytes(data)
        is_new = _claim(path)
        if not is_new and not (replace and path.is_file()):
            raise PlacingError("a file of this name is there already")
        draft.replace(path)
    except OSError as error:
        raise PlacingError(f"can't be written: {error.strerror or type(error).__name__}") from None
    finally:
        draft.unlink(missing_ok=True)
    return not is_new


def _claim(path: Path) -> bool:
    """Take a name that is free, so that of two uploads at once one is told that it isn't."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
    except FileExistsError:
        return False
    return True


def list_sources(corpus: Path) -> dict[str, Path]:
    """Name every file of the folder that a build reads or says that it skips."""
    try:
        found, skipped = find_files(corpus)
    except IngestError:
        return {}
    files = {one.source: corpus / one.source for one in skipped}
    return files | {one.source: one.path for one in found}


def remove_file(corpus: Path, source: str) -> None:
    """Delete a file of the folder; raises `PlacingError` where it is none."""
    path = list_sources(corpus).get(source)
    if path is None or not (path.is_symlink() or path.is_file()):
        raise PlacingError("there is no such file in the folder")
    try:
        path.unlink()
    except OSError as error:
        raise PlacingError(f"can't be deleted: {error.strerror}") from None
