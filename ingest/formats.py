"""Knows which reader a file belongs to: by its content first, then by its name.

Knows nothing of how a format is read (the readers) or of folders (corpus).
"""

import hashlib
import re
from pathlib import PurePosixPath

from ingest.decoding import find_unmarked_utf16
from ingest.document import Document
from ingest.reading import IngestError, Reader, Reading

SUFFIXES = {
    ".md": "markdown",
    ".mdx": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}
"""The file names that are read, and the format each promises."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_UTF_16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*(?:<!doctype\s+html\b|<html\b)",
    re.IGNORECASE | re.DOTALL,
)
_FRONT_MATTER = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n((?:.*\n)*?)---[ \t]*(?:\r?\n|\Z)")
_IGNORE = re.compile(rb"^footnote[ \t]*:[ \t]*[\"']?ignore\b", re.MULTILINE)


def read_document(data: bytes, source: str) -> tuple[Document, tuple[str, ...]]:
    """Read a file of any known format into a document and the notes on what was mended.

    Raises `IngestError` where there is nothing to read in it.
    """
    from ingest.assembly import assemble

    reading = read_bytes(data, source)
    document = assemble(reading, source, hashlib.sha256(data).hexdigest())
    if not document.blocks:
        raise IngestError(source, "no text in it")
    return document, reading.repairs


def read_bytes(data: bytes, source: str) -> Reading:
    """Read a file with the reader of its format; raises `IngestError`."""
    if not data.strip():
        raise IngestError(source, "empty")
    return _reader(detect_format(data, source))(data, source)


def detect_format(data: bytes, source: str) -> str:
    """Name the format of a file, one of the values of `SUFFIXES`.

    Raises `IngestError` with what the file is instead, where its content says so.
    """
    head = data[:4096]
    named = SUFFIXES.get(PurePosixPath(source).suffix.lower())
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zip_format(data, source)
    if head.startswith(_OLE):
        raise IngestError(source, _ole_reason(data))
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise IngestError(source, f"not a format it reads: {what}")
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        raise IngestError(source, "not a format it reads: an image")
    if named in ("pdf", "docx"):
        raise IngestError(source, f"damaged: not a {named.upper()} file inside")
    if _HTML.match(head):
        return "html"
    return _text_format(data, source, named)


def _text_format(data: bytes, source: str, named: str | None) -> str:
    marked = data.startswith(_UTF_16_OR_32)
    if b"\x00" in data[:65536] and not marked and not find_unmarked_utf16(data):
        raise IngestError(source, "binary, no text in it")
    if named is None:
        raise IngestError(source, "no ending to its name: call it .txt or .md to have it read")
    return named


def _zip_format(data: bytes, source: str) -> str:
    # The directory at the end of the archive lists its files; Word's text is always this one.
    if b"word/document" in data or source.lower().endswith(".docx"):
        return "docx"
    if b"application/epub+zip" in data[:200]:
        raise IngestError(source, "not a format it reads: EPUB")
    if b"opendocument" in data[:200]:
        raise IngestError(source, "not a format it reads: OpenDocument; save it as .docx or .pdf")
    raise IngestError(source, "not a format it reads: a compressed archive")


def _ole_reason(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "password-protected: save a copy of it without the password"
    return "not a format it reads: an old Office file; save it as .docx or .pdf"


def asks_to_be_left_out(data: bytes) -> bool:
    """Tell whether a file's front matter has `footnote: ignore`."""
    front = _FRONT_MATTER.match(data[:65536])
    return front is not None and _IGNORE.search(front.group(1)) is not None


def _reader(name: str) -> Reader:
    """Import one reader: each brings a library that the others can do without."""
    # ruff: noqa: PLC0415
    match name:
        case "markdown":
            from ingest.markdown import read_markdown

            return read_markdown
        case "html":
            from ingest.html import read_html

            return read_html
        case "pdf":
            from ingest.pdf import read_pdf

            return read_pdf
        case "docx":
            from ingest.docx import read_docx

            return read_docx
        case _:
            from ingest.text import read_text

            return read_text
