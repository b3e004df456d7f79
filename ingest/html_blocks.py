"""Turns an element of a web page into pieces: headings, paragraphs, lists, tables, questions.

Knows what HTML elements mean. Knows nothing of which part of a page is worth reading (html_content)
or of a page's head (html).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from ingest.document import CELL_SEPARATOR, Kind
from ingest.emphasis import head_bold_lines
from ingest.reading import Piece
from ingest.table_header import names_columns

_BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "button",
            "center",
            "dd",
            "details",
            "dialog",
        ),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2"),
        *("h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "li", "main", "menu", "nav"),
        *("ol", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot"),
        *("th", "thead", "tr", "ul"),
    }
)
_UNSEEN = frozenset(
    {
        *("applet", "audio", "canvas", "datalist", "embed", "head", "iframe", "input", "link"),
        *("map", "math", "meta", "noscript", "object", "progress", "script", "select", "style"),
        *("svg", "template", "textarea", "title", "video"),
    }
)
_LISTS = frozenset({"ul", "ol", "menu"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MAX_DEPTH = 100
"""Deeper elements are read as plain text: no page is nested so, and the walk is recursive."""
_MAX_MARKS = 5
"""Marks inside one another that are looked through for bold."""
_MAX_SPAN = 60
"""No table has more columns; a page that claims a colspan of a billion gets these."""
_MAX_CELLS = 200_000
_HEAVY = re.compile(r"font-weight:\s*(?:bold|[6-9]00)")
_BULLET = re.compile(r"^([•‣▪●○◦·–—*-])\s+(?=\S)")


def read_blocks(element: HtmlElement) -> list[Piece]:
    """Read all blocks inside an element, in reading order."""
    return list(head_bold_lines(list(_blocks(element, 0))))


def visible_text(element: HtmlElement) -> str:
    """Give the text inside an element on one line, blocks set apart by spaces."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: HtmlElement) -> Iterator[str]:
    """Yield the text nodes below an element; iterative, so that no depth is too deep."""
    stack: list[HtmlElement | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
            continue
        inside: list[HtmlElement | str] = []
        if _tag(node) not in _UNSEEN and not _is_footnote_mark(node):
            edge = " " if _tag(node) in _BLOCKS or _tag(node) == "br" else ""
            inside += [edge, node.text or ""]
            for child in node:
                inside += [child, child.tail or ""]
            inside.append(edge)
        stack += reversed(inside)


def _tag(element: HtmlElement) -> str:
    """Give the tag's name, empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else "script"


def _blocks(element: HtmlElement, depth: int) -> Iterator[Piece]:
    """Yield the blocks inside a container; text between them becomes paragraphs."""
    loose = [element.text or ""]
    for child in element:
        tag = _tag(child)
        if tag == "br":
            loose.append("\n")
        elif tag in _UNSEEN:
            pass
        elif tag in _BLOCKS or _holds_blocks(child):
            yield from _paragraphs("".join(loose))
            loose = []
            yield from _block(child, tag, depth + 1)
        else:
            loose += _inline(child)
        loose.append(child.tail or "")
    yield from _paragraphs("".join(loose))


def _inline(element: HtmlElement) -> Iterator[str]:
    for part in element.iter():
        if part is not element and _tag(part) == "br":
            part.text = "\n"
    return _texts(element)


def _is_footnote_mark(element: HtmlElement) -> bool:
    """Tell the mark of a note of the article's own, which would be read as part of a figure."""
    tag = _tag(element)
    if (element.get("role") or "").lower() == "doc-noteref":
        return True
    if tag == "sup":
        return any((link.get("href") or "").startswith("#") for link in element.iter("a"))
    raised = tag == "a" and not (element.text or "").strip() and len(element) == 1
    return raised and _tag(element[0]) == "sup" and (element.get("href") or "").startswith("#")


def _is_bold(element: HtmlElement, depth: int = 0) -> bool:
    """Say whether all text of an element is in bold; marks hardly ever nest, so few levels do."""
    if _tag(element) in ("b", "strong") or _HEAVY.search(element.get("style") or ""):
        return True
    around = [element.text, *(child.tail for child in element)]
    if depth > _MAX_MARKS or any((text or "").strip() for text in around):
        return False
    filled = [child for child in element if visible_text(child)]
    return bool(filled) and all(
        _tag(child) not in _BLOCKS and _is_bold(child, depth + 1) for child in filled
    )


def _holds_blocks(element: HtmlElement) -> bool:
    return any(_tag(inner) in _BLOCKS for inner in element.iter())


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
    elif tag in _HEADINGS:
        yield from _heading(element, _HEADINGS[tag])
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
    elif tag == "p" and _is_bold(element):
        yield from (replace(piece, bold=True) for piece in _blocks(element, depth))
    else:
        yield from _blocks(element, depth)


def _heading(element: HtmlElement, level: int) -> Iterator[Piece]:
    text = visible_text(element)
    if text:
        yield Piece(Kind.HEADING, text, level=level)


def _preformatted(element: HtmlElement) -> Iterator[Piece]:
    lines = ("".join(_texts(element))).strip("\n").splitlines()
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
    number = _number(element.get("start"), 1)
    step = -1 if element.get("reversed") is not None else 1
    for child in element:
        tag = _tag(child)
        if tag in _LISTS:  # a list right inside a list: what browsers show as nested
            yield from _list(child, level + 1, depth + 1) if depth < _MAX_DEPTH else ()
        elif tag == "li":
            number = _number(child.get("value"), number)
            marker = f"{number}." if _tag(element) == "ol" else "•"
            yield from _item(child, marker, level, depth + 1)
            number += step
        elif tag not in _UNSEEN:
            yield from _block(child, tag, depth + 1)
        yield from _paragraphs(child.tail or "")


def _number(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"\s*-?\d{1,9}\s*", value) else default


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
        if _tag(child) in _LISTS:
            yield from _list(child, level + 1 if text else level, depth + 1)
        else:
            yield from _block(child, _tag(child), depth + 1)


def _is_section(element: HtmlElement) -> bool:
    """Tell an item that is a section of its own: a heading, and text below it."""
    heading = _find_leading_heading(element)
    return heading is not None and visible_text(heading) != visible_text(element)


def _find_leading_heading(element: HtmlElement) -> HtmlElement | None:
    first = next((child for child in element if isinstance(child.tag, str)), None)
    if first is None or (element.text or "").strip():
        return None
    if _tag(first) in ("div", "section", "article", "header"):
        return _find_leading_heading(first)
    return first if _tag(first) in _HEADINGS else None


def _own_text(element: HtmlElement) -> tuple[str, list[HtmlElement]]:
    """Part an item's text from the lists, tables and headings inside it, however wrapped."""
    texts = [element.text or ""]
    nested: list[HtmlElement] = []
    for child in element:
        tag = _tag(child)
        if tag in (*_LISTS, "dl", "table", "details", "pre") or tag in _HEADINGS:
            nested.append(child)
        elif tag in ("div", "p", "section", "span", "article") and _holds_structure(child):
            inner, more = _own_text(child)
            texts.append(f" {inner} ")
            nested += more
        else:
            texts += _texts(child)
        texts.append(child.tail or "")
    text = " ".join("".join(texts).split())
    if not text and nested and _tag(nested[0]) in _HEADINGS:
        return visible_text(nested[0]), nested[1:]
    return text, nested


def _holds_structure(element: HtmlElement) -> bool:
    return (
        next(element.iter(*_LISTS, "dl", "table", "details", "pre", *_HEADINGS), None) is not None
    )


def _definitions(element: HtmlElement, depth: int) -> Iterator[Piece]:
    """Yield a term with its definition as one item; a term that asks is a question."""
    parts = [part for part in element.iter("dt", "dd") if _closest_list(part) is element]
    yield from _stray(element, ("dt", "dd"))
    term = ""
    for part in parts:
        if _tag(part) == "dt":
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
    if any(_tag(part) == "dt" and visible_text(part).endswith("?") for part in parts):
        yield Piece(Kind.QUESTION, "")


def _closest_list(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("dl", "table", *_LISTS), None)


def _nested(piece: Piece) -> Piece:
    return replace(piece, level=piece.level + 1) if piece.kind is Kind.ITEM else piece


def _stray(element: HtmlElement, parts: tuple[str, ...]) -> Iterator[Piece]:
    """Yield text in a table or list that is in none of its parts, captions among it."""
    texts = [element.text or ""]
    for child in element:
        if _tag(child) in ("tr", "tbody", "thead", "tfoot", "div", "form", "colgroup"):
            yield from _stray(child, parts)
        elif _tag(child) not in parts and _tag(child) not in _UNSEEN:
            texts.append(f" {visible_text(child)} ")
        texts.append(child.tail or "")
    yield from _paragraphs(" ".join("".join(texts).split()))


# ---- tables


def _table(element: HtmlElement, depth: int) -> Iterator[Piece]:
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table"), None) is element]
    yield from _stray(element, ("td", "th") if rows else ())  # cells in no row are text
    if _is_layout(element, rows):
        for row in rows:
            for cell in row.iterchildren("td", "th"):
                yield from _blocks(cell, depth + 1)
        return
    grid = _grid(rows)
    if not grid:
        return
    heads = _header_rows(rows, grid)
    header = tuple(_column_name(column) for column in zip(*grid[:heads], strict=True))
    if heads:
        yield Piece(Kind.ROW, CELL_SEPARATOR.join(header))
    for row in grid[heads:]:
        if any(row):
            yield Piece(Kind.ROW, CELL_SEPARATOR.join(row), header=header)


def _is_layout(element: HtmlElement, rows: list[HtmlElement]) -> bool:
    """Tell a table that only arranges a page from one that holds data."""
    if (element.get("role") or "").lower() in ("presentation", "none"):
        return True
    widest = max((len(list(row.iterchildren("td", "th"))) for row in rows), default=0)
    if widest < 2:
        return True
    named = next(element.iter("th"), None) is not None
    return not named and (len(rows) == 1 or next(element.iter(*_HEADINGS), None) is not None)


def _grid(rows: list[HtmlElement]) -> list[list[str]]:
    """Lay cells out on a rectangle, those that span several repeated in each."""
    grid: list[list[str]] = []
    hanging: dict[int, tuple[str, int]] = {}  # column -> text and how many more rows it spans
    cells = 0
    for row in rows:
        line: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _hang(line, hanging)
            text = visible_text(cell).replace("|", "/")
            width = min(max(_number(cell.get("colspan"), 1), 1), _MAX_SPAN)
            height = min(max(_number(cell.get("rowspan"), 1), 1), len(rows))
            for _ in range(width):
                if height > 1:
                    hanging[len(line)] = (text, height - 1)
                line.append(text)
        _hang(line, hanging)
        cells += len(line)
        if cells > _MAX_CELLS:
            break
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    if width * len(grid) > _MAX_CELLS:
        return grid and [line[:_MAX_SPAN] + [""] * (_MAX_SPAN - len(line)) for line in grid]
    return [line + [""] * (width - len(line)) for line in grid if line]


def _hang(line: list[str], hanging: dict[int, tuple[str, int]]) -> None:
    """Fill the next places of a row with cells that hang down into it."""
    while len(line) in hanging:
        column = len(line)
        text, left = hanging.pop(column)
        if left > 1:
            hanging[column] = (text, left - 1)
        line.append(text)


def _header_rows(rows: list[HtmlElement], grid: list[list[str]]) -> int:
    """Count the rows on top that name the columns."""
    filled = [row for row in rows if next(row.iterchildren("td", "th"), None) is not None]
    heads = 0
    for row in filled:
        in_head = next(row.iterancestors("thead"), None) is not None
        if not in_head and next(row.iterchildren("td"), None) is not None:
            break
        heads += 1
    if heads == 0 and names_columns(grid):
        return 1
    return min(heads, len(grid) - 1) if len(grid) > 1 else 0


def _column_name(cells: tuple[str, ...]) -> str:
    """Join a column's names from several header rows, each said once."""
    return " ".join(dict.fromkeys(cell for cell in cells if cell))
