"""Reads a PDF file: opens it, takes each page's text, and asks the layout what it is.

Knows passwords, damage, pages and the file's own title. Knows nothing of places on a page.
"""

import io
import logging
import re
from collections.abc import Mapping

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from ingest.pdf_fonts import Fonts
from ingest.pdf_layout import largest_text, lay_out
from ingest.pdf_text import PageText, read_page
from ingest.reading import IngestError, Reading, keep_web_address

ADDRESS_KEY = "/URL"
"""Where among a file's own properties its address on the web stands: the standard names no place, and
leaves it open to programs to have more of them."""

_PROGRAM_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint) - .*|untitled.*|\(?(?:anonymous|unspecified)\)?|title"
    r"|document\s*\d*|.*\.(?:docx?|odt|rtf|indd|qxd|tex|dvi|pdf|pptx?|pages|html?|cdr|eps|fm))$",
    re.IGNORECASE,
)


def read_pdf(data: bytes, source: str) -> Reading:
    """Read a PDF's text; raises `IngestError` if it is locked, has none, or can't be mended."""
    notes = _Notes()
    log = logging.getLogger("pypdf")
    log.addHandler(notes)
    try:
        reader = _open(data, source)
        was_mended = notes.any
        pages, broken = _pages(reader, source)
        metadata = _metadata(reader)
    finally:
        log.removeHandler(notes)
    pieces = lay_out(pages)
    if not pieces:
        pictures = "no text in it (scanned images?): recognise the text first (OCR)"
        raise IngestError(source, pictures)
    title = metadata.pop("title", "")
    if not _is_sane(title):
        title = largest_text(pages)
    repairs = ["damaged: its table of contents was rebuilt"] if was_mended else []
    if broken:
        repairs.append(f"damaged: page {', '.join(map(str, broken))} could not be read")
    return Reading(title, tuple(pieces), metadata, tuple(repairs))


class _Notes(logging.Handler):
    """Listens whether the file had to be mended to be opened."""

    any = False

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage().lower()
        self.any = self.any or "xref" in text or "eof" in text or "startxref" in text


def _open(data: bytes, source: str) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError as error:
        raise IngestError(source, f"encrypted in a way that needs more: {error}") from None
    except NotImplementedError:
        raise IngestError(source, "encrypted in a way that can't be read") from None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise IngestError(source, f"damaged: not a readable PDF ({_line(error)})") from None
    if locked:
        raise IngestError(source, "password-protected: save a copy of it without the password")
    return reader


def _pages(reader: PdfReader, source: str) -> tuple[list[PageText], list[int]]:
    """Read every page; one that is broken costs its own text only."""
    fonts = Fonts()
    pages: list[PageText] = []
    broken: list[int] = []
    try:
        count = len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise IngestError(source, f"damaged: its pages can't be found ({_line(error)})") from None
    for number in range(count):
        try:
            pages.append(read_page(reader.pages[number], fonts))
        except (MemoryError, RecursionError):
            raise
        except Exception:  # noqa: BLE001 - whatever is wrong with one page, there are others
            broken.append(number + 1)
            pages.append(PageText((), (), 0.0, 0.0))
    if broken and len(broken) == count:
        raise IngestError(source, "damaged: none of its pages can be read")
    return pages, broken


def _metadata(reader: PdfReader) -> dict[str, str]:
    try:
        info = reader.metadata
        if info is None:
            return {}
        date = str(info.get("/CreationDate") or "")
        found = re.match(r"D:(\d{4})(\d{2})(\d{2})", date)
        values: Mapping[str, object] = {
            "title": info.title,
            "author": info.author,
            "date": "-".join(found.groups()) if found else "",
            "url": keep_web_address(str(info.get(ADDRESS_KEY) or "")),
        }
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    plain = {key: " ".join(str(value or "").split()) for key, value in values.items()}
    return {
        key: value for key, value in plain.items() if value and value.strip("()") != "anonymous"
    }


def _is_sane(title: str) -> bool:
    """Tell a title from what programs put in its place."""
    letters = sum(char.isalpha() for char in title)
    return letters >= 3 and len(title) <= 300 and not _PROGRAM_TITLE.match(title)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__
