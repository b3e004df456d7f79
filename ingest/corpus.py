"""Reads a folder of articles: which files, in which order, what to do with those that can't be read.

Knows folders, files and the whole of a corpus. Knows nothing of a format's inside (formats and
readers), of chunks or of an index.
"""

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from ingest.document import Document, add_path, strip_path
from ingest.formats import SUFFIXES, asks_to_be_left_out, read_document
from ingest.isolation import Limits, ReaderProcess
from ingest.reading import IngestError

__all__ = [
    "CorpusReading",
    "Found",
    "Repaired",
    "Skipped",
    "find_files",
    "read_corpus",
]

MAX_BYTES = 50 << 20
"""A larger file is no article: War and Peace is 3 MB of text, a scanned book of it 30 MB."""

# fmt: off
_DOCUMENTS_WE_CANNOT_READ = frozenset({
    ".doc", ".dot", ".docm", ".odt", ".ott", ".rtf", ".epub", ".mobi", ".azw3", ".pages", ".wpd",
    ".tex", ".rst", ".adoc", ".org", ".textile", ".ppt", ".pptx", ".odp", ".key", ".xls", ".xlsx",
    ".ods", ".numbers", ".csv", ".tsv", ".json", ".jsonl", ".xml", ".mht", ".mhtml", ".eml",
    ".msg", ".djvu", ".ps", ".xps", ".zip", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif",
    ".tiff", ".bmp", ".heic", ".svg",
})
# fmt: on
"""Files that someone may have put there to be read, so that silence about them would mislead."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read: its path inside the corpus with forward slashes, and where it is."""

    source: str
    path: Path


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was left out, and one line on why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A file that was read, and one line on what had to be mended."""

    source: str
    note: str


@dataclass(frozen=True, slots=True)
class CorpusReading:
    """All of a folder, sorted by source; `unchanged` documents were taken over unread."""

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...]
    repaired: tuple[Repaired, ...]
    unchanged: int


def read_corpus(
    folder: Path,
    known: Mapping[str, Document] | None = None,
    progress: Callable[[int, int], None] | None = None,
    *,
    limits: Limits | None = None,
) -> CorpusReading:
    """Read every article in a folder; a file that can't be read is skipped with its reason.

    `known` holds the documents of the last reading by source: where a file's bytes are the same,
    its document is taken over (pass none if the readers have changed). `progress` is called
    with the number of files done and of all. Raises `IngestError` if the folder isn't one or holds
    no article at all; if it holds some but none could be read, `documents` is empty and `skipped`
    says why.
    """
    before = known or {}
    found, skipped = find_files(folder)
    documents: list[Document] = []
    repaired: list[Repaired] = []
    taken_over: set[str] = set()
    with ReaderProcess(read_document, limits) as reader:
        for done, file in enumerate(found):
            _tell(progress, done, len(found))
            try:
                document, notes, is_known = _read(file, before, reader)
            except _LeftOut:
                continue
            except IngestError as error:
                skipped.append(Skipped(file.source, error.reason))
                continue
            documents.append(document)
            repaired += [Repaired(file.source, note) for note in notes]
            taken_over |= {file.source} if is_known else set()
    _tell(progress, len(found), len(found))
    documents, copies = _without_copies(documents)
    left_out = {copy.source for copy in copies}
    mended = [note for note in repaired if note.source not in left_out]
    documents, renamed = _with_distinct_titles(documents)
    return CorpusReading(
        documents=tuple(documents),
        skipped=tuple(sorted([*skipped, *copies], key=lambda one: one.source)),
        repaired=tuple(sorted([*mended, *renamed], key=lambda one: one.source)),
        unchanged=len(taken_over - left_out),
    )


def _tell(progress: Callable[[int, int], None] | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)


class _LeftOut(Exception):  # noqa: N818 - what the file's author asked for is no error
    """The file asks not to be read."""


def _read(
    file: Found,
    known: Mapping[str, Document],
    reader: ReaderProcess[tuple[Document, tuple[str, ...]]],
) -> tuple[Document, tuple[str, ...], bool]:
    data = _bytes_of(file)
    if asks_to_be_left_out(data):
        raise _LeftOut
    before = known.get(file.source)
    if before is not None and before.sha256 == hashlib.sha256(data).hexdigest():
        # What its title had to be told apart from may be gone.
        return replace(before, title=strip_path(before.title, before.source)), (), True
    return *reader.run(data, file.source), False


def _bytes_of(file: Found) -> bytes:
    try:
        size = file.path.stat().st_size
        if size > MAX_BYTES:
            limit = MAX_BYTES >> 20
            reason = f"too large: {size / 2**20:.0f} MB, the limit is {limit} MB; split it"
            raise IngestError(file.source, reason)
        return file.path.read_bytes()
    except OSError as error:
        reason = f"can't be opened: {error.strerror or type(error).__name__}"
        raise IngestError(file.source, reason) from None


# ---- one article, one document, one title


def _without_copies(documents: list[Document]) -> tuple[list[Document], list[Skipped]]:
    """Keep the first of documents with the same text: a copy would be cited as a second voice."""
    kept: list[Document] = []
    copies: list[Skipped] = []
    sources: dict[str, str] = {}
    for document in documents:
        clash = sources.get(document.text) or sources.get(f"\0{document.id}")
        if clash is not None:
            copies.append(Skipped(document.source, f"a copy: the same text as {clash}"))
            continue
        sources[document.text] = sources[f"\0{document.id}"] = document.source
        kept.append(document)
    return kept, copies


def _with_distinct_titles(documents: list[Document]) -> tuple[list[Document], list[Repaired]]:
    """Put the file's path behind a title that several have, so that citations can be told apart."""
    counts = Counter(document.title.casefold() for document in documents)
    titled: list[Document] = []
    notes: list[Repaired] = []
    for document in documents:
        others = counts[document.title.casefold()] - 1
        if not others:
            titled.append(document)
            continue
        titled.append(replace(document, title=add_path(document.title, document.source)))
        note = f"{others} other{'s' * (others > 1)} with the title “{document.title}”: path added"
        notes.append(Repaired(document.source, note))
    return titled, notes


# ---- which files


def find_files(folder: Path) -> tuple[list[Found], list[Skipped]]:
    """List the files to read, and those that look like documents but can't be, by source.

    Looks into subfolders. Hidden files and folders are passed over, and the `*_files` folder that a
    browser saves beside a page; so are symbolic links to what is in the folder anyway. Links out of
    the folder are skipped. Raises `IngestError` if there is no such folder or no article in it.
    """
    if not folder.exists():
        raise IngestError(str(folder), "no such folder: make it and put articles in it")
    if not folder.is_dir():
        raise IngestError(str(folder), "not a folder: name the folder that holds the articles")
    root = folder.resolve()
    try:
        found, skipped = _sort_out(root, list(_walk(root, root)))
    except OSError as error:
        raise IngestError(str(folder), f"can't be opened: {error.strerror}") from None
    if not found and not skipped:
        formats = ", ".join(sorted(SUFFIXES))
        raise IngestError(str(folder), f"no articles in it: put files there ({formats})")
    return found, skipped


def _walk(root: Path, folder: Path) -> Iterator[Path]:
    """Yield everything that isn't hidden; links are yielded, not followed."""
    entries = sorted(folder.iterdir())
    names = {entry.name for entry in entries}
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_symlink() or not entry.is_dir():
            yield entry
        elif not _belongs_to_saved_page(entry.name, names):
            try:
                yield from _walk(root, entry)
            except PermissionError:
                yield entry


def _belongs_to_saved_page(name: str, names: set[str]) -> bool:
    page = name.removesuffix("_files")
    return page != name and (f"{page}.html" in names or f"{page}.htm" in names)


def _sort_out(root: Path, entries: list[Path]) -> tuple[list[Found], list[Skipped]]:
    found: list[Found] = []
    skipped: list[Skipped] = []
    plain = [entry for entry in entries if not entry.is_symlink()]
    linked, refused = _follow_links(root, entries, {entry.resolve() for entry in plain})
    skipped += refused
    for entry in [*plain, *linked]:
        source = _source(root, entry)
        reason = _reason_to_skip(entry, source)
        if reason is None:
            found.append(Found(source, entry))
        elif reason:
            skipped.append(Skipped(_printable(source), reason))
    return sorted(found, key=lambda one: one.source), sorted(skipped, key=lambda one: one.source)


def _follow_links(
    root: Path, entries: list[Path], seen: set[Path]
) -> tuple[list[Path], list[Skipped]]:
    """Resolve links to files and folders of the corpus that are not reached without them."""
    followed: list[Path] = []
    refused: list[Skipped] = []
    queue = [entry for entry in entries if entry.is_symlink()]
    folders: set[Path] = set()
    while queue:
        link = queue.pop(0)
        source = _printable(_source(root, link))
        try:
            target = link.resolve(strict=True)
        except (OSError, RuntimeError):
            refused.append(Skipped(source, "a broken link"))
            continue
        if not target.is_relative_to(root):
            refused.append(Skipped(source, "a link out of the folder: put a copy there instead"))
        elif target.is_dir() and target not in folders and not link.is_relative_to(target):
            folders.add(target)
            inside = list(_walk(root, link))
            queue += [entry for entry in inside if entry.is_symlink()]
            fresh = [entry for entry in inside if not entry.is_symlink()]
            followed += [entry for entry in fresh if _is_new(entry.resolve(), seen)]
        elif not target.is_dir() and _is_new(target, seen):
            followed.append(link)
    return followed, refused


def _is_new(target: Path, seen: set[Path]) -> bool:
    is_new = target not in seen
    seen.add(target)
    return is_new


def _source(root: Path, entry: Path) -> str:
    return PurePosixPath(entry.relative_to(root)).as_posix()


def _reason_to_skip(entry: Path, source: str) -> str | None:
    """Say why a file isn't read: None if it is, an empty reason if nobody would expect it."""
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        return f"can't be opened: {error.strerror}"
    if stat.S_ISDIR(mode):
        return "a folder that can't be opened: Permission denied"
    suffix = entry.suffix.lower()
    if suffix and suffix not in SUFFIXES:
        return f"not a format it reads: {suffix}" if suffix in _DOCUMENTS_WE_CANNOT_READ else ""
    if not stat.S_ISREG(mode):
        return "not a file but a device, pipe or socket"
    if _printable(source) != source:
        return "its name has characters that can't be shown: rename it"
    return None


def _printable(source: str) -> str:
    """Spell out what would break a line or an encoding."""
    raw = os.fsencode(source).decode(errors="backslashreplace")
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in raw)
