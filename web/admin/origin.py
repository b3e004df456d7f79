"""Has a page that was fetched say where it is from, in the place where its reader looks for that.

Knows a web page's head and a text's front matter. Knows nothing of how a page is fetched or kept.
"""

import re
from html import escape

from ingest.formats import SUFFIXES
from ingest.frontmatter import split_front_matter
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

    A text that names an address of its own keeps it. Other types have no room for one.
    """
    kind = SUFFIXES[page.suffix]
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
