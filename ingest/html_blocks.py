"""Turns an element of a web page into pieces: headings, paragraphs, lists, tables, questions.

Knows what HTML elements mean. Knows nothing of which part of a page is worth reading (html_content)
or of a page's head (html).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from ingest.document import Kind
from ingest.emphasis import head_bold_lines
from ingest.html_elements import (
    BLOCKS,
    HEADINGS,
    UNSEEN,
    iterate_texts,
    read_number,
    read_tag,
    visible_text,
)
from ingest.html_tables import find_rows, is_layout, read_rows
from ingest.phrases import ends_as_question
from ingest.reading import Piece

_LISTS = frozenset({"ul", "ol", "menu"})
_MAX_DEPTH = 100
"""Deeper elements are read as plain text: no page is nested so, and the walk is recursive."""
_MAX_MARKS = 5
"""Marks inside one another that are looked through for bold."""
_HEAVY = re.compile(r"font-weight:\s*(?:bold|[6-9]00)")
_BULLET = re.compile(r"^([•‣▪●○◦·–—*-])\s+(?=\S)")


def read_blocks(element: HtmlElement) -> list[Piece]:
    """Read all blocks inside an element, in reading order."""
    return list(head_bold_lines(list(_blocks(element, 0))))


def _blocks(element: HtmlElement, depth: int) -> Iterator[Piece]:
    """Yield the blocks inside a container; text between them becomes paragraphs."""
    loose = [element.text or ""]
    for child in element:
        tag = read_tag(child)
        if tag == "br":
            loose.append("\n")
        elif tag in UNSEEN:
            pass
        elif tag in BLOCKS or _holds_blocks(child):
            yield from _paragraphs("".join(loose))
            loose = []
            yield from _block(child, tag, depth + 1)
        else:
            loose += _inline(child)
        loose.append(child.tail or "")
    yield from _paragraphs("".join(loose))


def _inline(element: HtmlElement) -> Iterator[str]:
    for part in element.iter():
        if part is not element and read_tag(part) == "br":
            part.text = "\n"
    return iterate_texts(element)


def _is_bold(element: HtmlElement, depth: int = 0) -> bool:
    """Say whether all text of an element is in bold; marks hardly ever nest, so few levels do."""
    if read_tag(element) in ("b", "strong") or _HEAVY.search(element.get("style") or ""):
        return True
    around = [element.text, *(child.tail for child in element)]
    if depth > _MAX_MARKS or any((text or "").strip() for text in around):
        return False
    filled = [child for child in element if visible_text(child)]
    return bool(filled) and all(
        read_tag(child) not in BLOCKS and _is_bold(child, depth + 1) for child in filled
    )


def _holds_blocks(element: HtmlElement) -> bool:
    return any(read_tag(inner) in BLOCKS for inner in element.iter())


def _paragraphs(text: str) -> Iterator[Piece]:
    """Split loose text at empty lines (two line breaks); lines with bullets are items."""
    marked = re.sub(r"[^\S\n]+", " ", text)
    for paragraph in re.split(r"\n\s*\n", marked):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        bullets = [_BULLET.match(line) for line in lines]
        if len(lines) > 1 and sum(map(bool, bullets)) > 1:
            for line, bullet in zip(lines, bullets, strict=True):
                if bullet:
                    yield Piece(Kind.ITEM, line[bullet.end() :], marker=bullet[1])
                else:
                    yield Piece(Kind.PARAGRAPH, line)
        elif lines:
            yield Piece(Kind.PARAGRAPH, " ".join(lines))


def _block(element: HtmlElement, tag: str, depth: int) -> Iterator[Piece]:
    if depth > _MAX_DEPTH:
        yield from _paragraphs(visible_text(element))
    elif tag in HEADINGS:
        yield from _heading(element, HEADINGS[tag])
    elif tag in _LISTS:
        yield from _list(element, 0, depth)
    elif tag == "dl":
        yield from _definitions(element, depth)
    elif tag == "details":
        yield from _details(element, depth)
    elif tag == "table":
        yield from _table(element, depth)
    elif tag == "button":
        yield from _disclosure(element)
    elif tag == "pre":
        yield from _preformatted(element)
    elif tag == "p":
        yield from _paragraph(element, depth)
    else:
        yield from _blocks(element, depth)


def _paragraph(element: HtmlElement, depth: int) -> Iterator[Piece]:
    """Read a paragraph; a question in bold that it begins with stands above the rest."""
    bold = _is_bold(element)
    if not bold and _opens_with_bold_question(element):
        yield Piece(Kind.PARAGRAPH, visible_text(element[0]), bold=True)
        element[0].clear(keep_tail=True)
    yield from (replace(piece, bold=bold) for piece in _blocks(element, depth))


def _opens_with_bold_question(paragraph: HtmlElement) -> bool:
    """Say whether a paragraph begins with a question in bold and goes on to answer it."""
    if (paragraph.text or "").strip() or not len(paragraph) or not _is_bold(paragraph[0]):
        return False
    asked, whole = visible_text(paragraph[0]), visible_text(paragraph)
    goes_on = len(whole) > len(asked) and not any(map(_holds_blocks, paragraph))
    return goes_on and ends_as_question(asked)


def _heading(element: HtmlElement, level: int) -> Iterator[Piece]:
    text = visible_text(element)
    if text:
        yield Piece(Kind.HEADING, text, level=level)


def _preformatted(element: HtmlElement) -> Iterator[Piece]:
    lines = ("".join(iterate_texts(element))).strip("\n").splitlines()
    text = "\n".join(line.rstrip() for line in lines if line.strip())
    if text:
        yield Piece(Kind.PARAGRAPH, text)


def _disclosure(button: HtmlElement) -> Iterator[Piece]:
    """Read the words of a button that unfolds the text behind it."""
    text = visible_text(button)
    if text:
        yield Piece(Kind.QUESTION if text.endswith("?") else Kind.PARAGRAPH, text)


def _details(element: HtmlElement, depth: int) -> Iterator[Piece]:
    summary = element.find("summary")
    question = "" if summary is None else visible_text(summary)
    if question:
        yield Piece(Kind.QUESTION, question)
    for part in element:
        if part is summary:
            part.clear(keep_tail=True)
    yield from _blocks(element, depth)
    if question:
        yield Piece(Kind.QUESTION, "")  # what follows is no part of the answer


# ---- lists


def _list(element: HtmlElement, level: int, depth: int) -> Iterator[Piece]:
    yield from _paragraphs(element.text or "")
    number = read_number(element.get("start"), 1)
    step = -1 if element.get("reversed") is not None else 1
    for child in element:
        tag = read_tag(child)
        if tag in _LISTS:  # a list right inside a list: what browsers show as nested
            yield from _list(child, level + 1, depth + 1) if depth < _MAX_DEPTH else ()
        elif tag == "li":
            number = read_number(child.get("value"), number)
            marker = f"{number}." if read_tag(element) == "ol" else "•"
            yield from _item(child, marker, level, depth + 1)
            number += step
        elif tag not in UNSEEN:
            yield from _block(child, tag, depth + 1)
        yield from _paragraphs(child.tail or "")


def _item(element: HtmlElement, marker: str, level: int, depth: int) -> Iterator[Piece]:
    """Yield a list item: its own text in one piece, then what is nested in it."""
    if depth > _MAX_DEPTH:
        yield Piece(Kind.ITEM, visible_text(element), level=level, marker=marker)
        return
    if _is_section(element):
        yield from _blocks(element, depth)
        return
    text, nested = _own_text(element)
    if text:
        yield Piece(Kind.ITEM, text, level=level, marker=marker)
    for child in nested:
        if read_tag(child) in _LISTS:
            yield from _list(child, level + 1 if text else level, depth + 1)
        else:
            yield from _block(child, read_tag(child), depth + 1)


def _is_section(element: HtmlElement) -> bool:
    """Tell an item that is a section of its own: a heading, and text below it."""
    heading = _find_leading_heading(element)
    return heading is not None and visible_text(heading) != visible_text(element)


def _find_leading_heading(element: HtmlElement) -> HtmlElement | None:
    first = next((child for child in element if isinstance(child.tag, str)), None)
    if first is None or (element.text or "").strip():
        return None
    if read_tag(first) in ("div", "section", "article", "header"):
        return _find_leading_heading(first)
    return first if read_tag(first) in HEADINGS else None


def _own_text(element: HtmlElement) -> tuple[str, list[HtmlElement]]:
    """Part an item's text from the lists, tables and headings inside it, however wrapped."""
    texts = [element.text or ""]
    nested: list[HtmlElement] = []
    for child in element:
        tag = read_tag(child)
        if tag in (*_LISTS, "dl", "table", "details", "pre") or tag in HEADINGS:
            nested.append(child)
        elif tag in ("div", "p", "section", "span", "article") and _holds_structure(child):
            inner, more = _own_text(child)
            texts.append(f" {inner} ")
            nested += more
        else:
            texts += iterate_texts(child)
        texts.append(child.tail or "")
    text = " ".join("".join(texts).split())
    if not text and nested and read_tag(nested[0]) in HEADINGS:
        return visible_text(nested[0]), nested[1:]
    return text, nested


def _holds_structure(element: HtmlElement) -> bool:
    return next(element.iter(*_LISTS, "dl", "table", "details", "pre", *HEADINGS), None) is not None


def _definitions(element: HtmlElement, depth: int) -> Iterator[Piece]:
    """Yield a term with its definition as one item; a term that asks is a question."""
    parts = [part for part in element.iter("dt", "dd") if _closest_list(part) is element]
    yield from _stray(element, ("dt", "dd"))
    term = ""
    for part in parts:
        if read_tag(part) == "dt":
            if term:
                yield Piece(Kind.ITEM, term)
            term = visible_text(part)
            if term.endswith("?"):
                yield Piece(Kind.QUESTION, term)
                term = ""
        elif term:
            first, *rest = list(_blocks(part, depth + 1)) or [Piece(Kind.PARAGRAPH, "")]
            joint = " " if term.endswith((":", ".")) else ": "
            if first.kind is Kind.PARAGRAPH:
                yield Piece(Kind.ITEM, f"{term}{joint}{first.text}".strip(": "))
            else:
                yield from (Piece(Kind.ITEM, term), _nested(first))
            yield from map(_nested, rest)
            term = ""
        else:
            yield from _blocks(part, depth + 1)
    if term:
        yield Piece(Kind.ITEM, term)
    if any(read_tag(part) == "dt" and visible_text(part).endswith("?") for part in parts):
        yield Piece(Kind.QUESTION, "")


def _closest_list(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("dl", "table", *_LISTS), None)


def _nested(piece: Piece) -> Piece:
    return replace(piece, level=piece.level + 1) if piece.kind is Kind.ITEM else piece


def _stray(element: HtmlElement, parts: tuple[str, ...]) -> Iterator[Piece]:
    """Yield text in a table or list that is in none of its parts, captions among it."""
    texts = [element.text or ""]
    for child in element:
        if read_tag(child) in ("tr", "tbody", "thead", "tfoot", "div", "form", "colgroup"):
            yield from _stray(child, parts)
        elif read_tag(child) not in parts and read_tag(child) not in UNSEEN:
            texts.append(f" {visible_text(child)} ")
        texts.append(child.tail or "")
    yield from _paragraphs(" ".join("".join(texts).split()))


def _table(element: HtmlElement, depth: int) -> Iterator[Piece]:
    rows = find_rows(element)
    yield from _stray(element, ("td", "th") if rows else ())  # cells in no row are text
    if not is_layout(element, rows):
        yield from read_rows(rows)
        return
    for row in rows:
        for cell in row.iterchildren("td", "th"):
            yield from _blocks(cell, depth + 1)
