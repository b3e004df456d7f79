"""Reads a web page as a browser or a site's export saved it. Fetches nothing.

Knows a page's head: encoding, title, author, date, address, questions in schema.org data. What of
the body is the article is known to html_content, and what its elements mean to html_blocks.
"""

import codecs
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura.metadata import extract_metadata

from ingest.document import Kind
from ingest.html_blocks import read_blocks
from ingest.html_content import main_content
from ingest.html_elements import visible_text
from ingest.reading import IngestError, Piece, Reading, keep_web_address

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-zA-Z0-9_:.-]+)""")
_SEPARATOR = re.compile(r"\s+[|–—·»•:-]{1,2}\s+")
_WHOLE_PAGE = re.compile(r"\A\s*<\?xml[^>]*\?>")
_FIXED_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
"""The date a page states, not a guess from its text, and nothing that depends on today."""

Faq = tuple[str, str]
"""A question and its answer, as HTML."""


def read_html(data: bytes, source: str) -> Reading:
    """Read a page's article; raises `IngestError` if there is no text in it."""
    text, repairs = _decode(data)
    page = _parse(text, source)
    head_title, metadata = _title(page), _metadata(page)
    faq = [*_faq_in_json(page), *_faq_in_microdata(page)]
    pieces = read_blocks(main_content(page))
    if not pieces and not faq:
        raise IngestError(source, "no text in it (a page that a script fills? save it as shown)")
    pieces = _with_faq(pieces, faq)
    return Reading(head_title, tuple(pieces), metadata, tuple(repairs))


# ---- bytes to a tree


def _decode(data: bytes) -> tuple[str, list[str]]:
    """Decode by byte order mark, then what the page declares, then UTF-8, then windows-1252."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), []
    declared = _CHARSET.search(data[:4096])
    names = ["utf-8", _known_encoding(declared[1].decode())] if declared else ["utf-8"]
    for name in names:  # bytes that are valid UTF-8 are hardly ever anything else
        try:
            return data.decode(name), []
        except UnicodeDecodeError:
            continue
    return data.decode("windows-1252", "replace"), ["decoded as windows-1252"]


def _known_encoding(name: str) -> str:
    try:
        found = codecs.lookup(name)
    except LookupError:
        return "utf-8"
    # Browsers read Latin-1 as its superset, and writers mean that.
    is_text = getattr(found, "_is_text_encoding", True)
    return "windows-1252" if found.name == "iso8859-1" else found.name if is_text else "utf-8"


def _parse(text: str, source: str) -> HtmlElement:
    # Without huge_tree the parser silently drops all that follows an element nested 256 deep.
    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    clean = _WHOLE_PAGE.sub("", text.replace("\x00", ""))
    try:
        page = document_fromstring(clean, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise IngestError(source, "no text in it") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise IngestError(source, "damaged: its elements are nested over 2000 deep")
    for element in page.iter():  # XHTML with a prefix
        if isinstance(element.tag, str) and ":" in element.tag:
            element.tag = element.tag.rpartition(":")[2] or "div"
    return page


# ---- what the page says of itself


def _title(page: HtmlElement) -> str:
    headings = [visible_text(heading) for heading in page.iter("h1")]
    offered = [_meta(page, "og:title"), *(_head_titles(page))]
    names = [name for name in offered if name]
    heading = next((text for text in headings if text), "")
    for name in names:
        if len(headings) == 1 and heading and heading.casefold() in name.casefold():
            return heading
    if names:
        return _without_site(names[0], _meta(page, "og:site_name"), heading)
    return heading


def _head_titles(page: HtmlElement) -> Iterator[str]:
    """Yield what the page's title elements say (an SVG's have no place here)."""
    for title in page.iter("title"):
        if title.getparent() is not None and title.getparent().tag in ("head", "html"):
            yield " ".join((title.text or "").split())


def _without_site(title: str, site: str, heading: str) -> str:
    """Drop the site's name from the end: what it calls itself, or a short last part."""
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    last = list(_SEPARATOR.finditer(title))[-1]
    front, end = title[: last.start()], title[last.end() :]
    # "Pros - Cons" is a title; with a bar, hardly anything but a site's name follows.
    least = 3 if last[0].strip() in ("-", "–", "—", ":") else 1
    is_short = len(end.split()) <= 3 and len(front.split()) > least
    if end.casefold() == site.casefold() or front == heading or is_short:
        return front
    return title


def _meta(page: HtmlElement, name: str) -> str:
    for meta in page.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() == name:
            return " ".join((meta.get("content") or "").split())
    return ""


def _metadata(page: HtmlElement) -> Mapping[str, str]:
    try:
        found = extract_metadata(page, date_config=dict(_FIXED_DATES), extensive=False)
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError):
        return {}  # of no consequence for the text
    values = {
        "author": found.author or _meta(page, "author"),
        "date": found.date,
        "url": keep_web_address(found.url),
        "description": found.description,
    }
    return {key: " ".join(value.split()) for key, value in values.items() if value}


# ---- questions in schema.org data


def _with_faq(pieces: list[Piece], faq: list[Faq]) -> list[Piece]:
    """Mark the questions that are on the page; add those that are not, and answers that it hides."""
    known = {_key(question): answer for question, answer in faq}
    marked = [_as_question(piece, known) for piece in pieces]
    there = " ".join(_key(piece.text) for piece in pieces)
    for question, answer in dict(faq).items():
        told = read_blocks(_fragment(answer))
        if not told or all(_key(piece.text) in there for piece in told):
            continue
        asked = [at for at, piece in enumerate(marked) if _key(piece.text) == _key(question)]
        if not asked:
            marked += [Piece(Kind.QUESTION, question, level=2), *told]
        elif _is_unanswered(marked, asked[0]):
            marked[asked[0] + 1 : asked[0] + 1] = told
    return marked


def _is_unanswered(pieces: Sequence[Piece], at: int) -> bool:
    """Say whether nothing is told between a question and the next one."""
    below = pieces[at + 1].kind if at + 1 < len(pieces) else Kind.HEADING
    return below in (Kind.QUESTION, Kind.HEADING)


def _as_question(piece: Piece, known: Mapping[str, str]) -> Piece:
    if piece.kind in (Kind.HEADING, Kind.PARAGRAPH) and _key(piece.text) in known:
        level = piece.level if piece.kind is Kind.HEADING else 0
        return replace(piece, kind=Kind.QUESTION, level=level)
    return piece


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _fragment(answer: str) -> HtmlElement:
    return document_fromstring(f"<div>{answer}</div>", parser=HTMLParser(remove_comments=True))


def _faq_in_json(page: HtmlElement) -> Iterator[Faq]:
    for script in page.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        try:
            yield from _questions_of(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            continue


def _questions_of(data: object) -> Iterator[Faq]:
    """Find every Question with an accepted answer, wherever in the data it is."""
    waiting = [data]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting = [*node, *waiting]
        elif isinstance(node, dict):
            question, answer = node.get("name"), node.get("acceptedAnswer")
            told = answer[0] if isinstance(answer, list) and answer else answer
            text = told.get("text") if isinstance(told, dict) else None
            if node.get("@type") == "Question" and isinstance(question, str) and text:
                yield _plain(question), str(text)
            waiting = [*(v for v in node.values() if isinstance(v, dict | list)), *waiting]


def _plain(text: str) -> str:
    return visible_text(_fragment(text)) if "<" in text or "&" in text else " ".join(text.split())


def _faq_in_microdata(page: HtmlElement) -> Iterator[Faq]:
    for element in page.iter():
        if not (element.get("itemtype") or "").rstrip("/").endswith("schema.org/Question"):
            continue
        names = (part for part in element.iter() if part.get("itemprop") == "name")
        texts = (part for part in element.iter() if part.get("itemprop") == "text")
        name, text = next(names, None), next(texts, None)
        if name is not None and text is not None:
            question = name.get("content") or visible_text(name)
            yield question, text.get("content") or visible_text(text)
