"""Has a page that was fetched say where it is from, in the place where its reader looks for that.

Knows a web page's head, a text's front matter and the properties of a PDF and a Word document. Knows
nothing of how a page is fetched or kept.
"""

import io
import re
from collections.abc import Mapping
from html import escape

from ingest.formats import SUFFIXES
from ingest.frontmatter import split_front_matter
from ingest.isolation import ReaderProcess
from ingest.reading import IngestError, keep_web_address
from web.admin.fetch import FetchedPage

_BYTE_BY_BYTE = "latin-1"
"""Has a character for every byte: all that is not touched comes out as it went in."""
_ENCODINGS = ((b"\xff\xfe\0\0", ""), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MARK = "(?:\ufeff|\u00ef\u00bb\u00bf)?"  # of byte order, also where UTF-8 is read byte by byte
_HEADS = (
    re.compile(r"<head(?:\s[^>]*)?>", re.IGNORECASE),
    re.compile(r"<html(?:\s[^>]*)?>", re.IGNORECASE),
    re.compile(r"<!doctype[^>]*>", re.IGNORECASE),
    re.compile(rf"\A{_MARK}\s*(?:<\?xml[^>]*\?>)?"),
)
_LOOKED_AT = 65_536
"""Characters in which a page's head is looked for."""
_OPENING = re.compile(rf"\A{_MARK}\s*---[ \t]*\r?\n")
_START = re.compile(rf"\A{_MARK}")


def mark_origin(page: FetchedPage) -> bytes:
    """Return a page's bytes with its address in them: as a link in the head, or as front matter.

    A PDF or a Word document has it among its properties. Of these and of texts, one that names an
    address of its own keeps it. What can't be changed stays as it came.
    """
    kind = SUFFIXES[page.suffix]
    if kind in _WRITERS:
        return _mark_properties(page, kind)
    encoding = next(
        (name for mark, name in _ENCODINGS if page.data.startswith(mark)), _BYTE_BY_BYTE
    )
    if kind not in ("html", "markdown", "text") or not encoding:
        return page.data
    try:
        text = page.data.decode(encoding)
    except UnicodeDecodeError:
        return page.data
    marked = _mark_head(text, page.url) if kind == "html" else _mark_front(text, page.url)
    return marked.encode(encoding)


def _mark_properties(page: FetchedPage, kind: str) -> bytes:
    """Write a file anew in a process apart: its makers may have meant harm."""
    with ReaderProcess(_WRITERS[kind]) as process:
        try:
            return process.run(page.data, page.url)
        except IngestError:
            return page.data  # damaged, or encrypted: whether it can be read is asked later


def write_pdf_address(data: bytes, url: str) -> bytes:
    """Add an address to a PDF's properties, behind all that is there."""
    from pypdf import PdfWriter  # noqa: PLC0415  # used in a process apart

    from ingest.pdf import ADDRESS_KEY  # noqa: PLC0415

    pdf = PdfWriter(io.BytesIO(data), incremental=True)
    known: Mapping[str, object] = pdf.metadata or {}
    if keep_web_address(str(known.get(ADDRESS_KEY) or "")):
        return data
    pdf.add_metadata({ADDRESS_KEY: url})
    written = io.BytesIO()
    pdf.write(written)
    return written.getvalue()


def write_docx_address(data: bytes, url: str) -> bytes:
    """Make an address a Word document's identifier."""
    import docx  # noqa: PLC0415  # used in a process apart

    document = docx.Document(io.BytesIO(data))
    if keep_web_address(document.core_properties.identifier):
        return data
    document.core_properties.identifier = url
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


_WRITERS = {"pdf": write_pdf_address, "docx": write_docx_address}


def _mark_head(text: str, url: str) -> str:
    """Put it before any other of its kind: of several, the first one counts."""
    place = next(found.end() for head in _HEADS if (found := head.search(text, 0, _LOOKED_AT)))
    return f'{text[:place]}<link rel="canonical" href="{escape(url)}">{text[place:]}'


def _mark_front(text: str, url: str) -> str:
    line = f'url: "{url}"\n'
    lines = text.replace("\r\n", "\n")
    front = split_front_matter(lines)
    if front.body == lines:
        place = _START.match(text)
        line = f"---\n{line}---\n"
    else:
        place = _OPENING.match(text)
    if place is None or "url" in front.metadata:
        return text
    return text[: place.end()] + line + text[place.end() :]
