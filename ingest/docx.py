"""Reads a Word document (.docx): headings by style, lists by numbering, tables, properties.

Knows the WordprocessingML that python-docx opens. Knows nothing of other formats; footnotes,
headers and footers, comments and deleted text are no part of what it reads.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from ingest.document import CELL_SEPARATOR, Kind
from ingest.emphasis import head_bold_lines
from ingest.reading import IngestError, Piece, Reading, keep_web_address
from ingest.table_header import names_columns

_MAX_UNPACKED = 500 << 20
"""Bytes: 50 MB of zip can unpack to 50 GB; the largest real document has a tenth of this."""
_MAX_PART = 200 << 20
"""Bytes of the largest single part: a text of 30 million words."""
_MAX_NESTING = 20
"""Tables within tables: deeper ones are read as plain text."""
_MAX_SPAN = 60
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LEAF_TEXT: dict[str, str | None] = {
    qn("w:t"): None,
    qn("w:tab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
}
_LEAF_TEXT |= {qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): ""}
_WRAPPERS = frozenset(qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "smartTag"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset(
    {
        *(qn(f"w:{name}") for name in ("del", "moveFrom", "instrText", "footnoteReference")),
        *(qn(f"w:{name}") for name in ("endnoteReference", "commentReference", "rPr", "pPr")),
        _FALLBACK,
    }
)

_TYPED_BULLET = re.compile(r"([•◦▪▫‣●○■–-])\s+(?=\S)")
"""A bullet that the author typed instead of making a list, as exports of other programs do too."""


def read_docx(data: bytes, source: str) -> Reading:
    """Read a Word document; raises `IngestError` if it is damaged, a bomb, or has no text."""
    _check_size(data, source)
    try:
        document = docx.Document(io.BytesIO(data))
        styles = _Styles(document)
        pieces = head_bold_lines(list(_blocks(document.element.body, styles, 0)))
    except etree.XMLSyntaxError as error:
        raise IngestError(source, f"damaged: {' '.join(str(error).split())[:80]}") from None
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        AttributeError,
    ) as error:
        reason = " ".join(str(error).split())[:80]
        raise IngestError(source, f"damaged: not a readable Word document ({reason})") from None
    if not pieces:
        raise IngestError(source, "no text in it")
    title, metadata = _properties(document)
    return Reading(styles.title or title, pieces, metadata)


def _check_size(data: bytes, source: str) -> None:
    """Refuse an archive that would unpack to more than any document is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise IngestError(source, f"damaged: {' '.join(str(error).split())[:80]}") from None
    if any(part.flag_bits & 1 for part in parts):
        raise IngestError(source, "password-protected: save a copy of it without the password")
    sizes = [part.file_size for part in parts]
    if sum(sizes) > _MAX_UNPACKED or max(sizes, default=0) > _MAX_PART or len(sizes) > 20_000:
        raise IngestError(source, "too large: its archive unpacks to more than a document holds")


class _Styles:
    """What the document's styles and numbering say about a paragraph."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401 - python-docx has no types
        self.title = ""
        self._styles = {style.style_id: style for style in document.styles}
        self._formats = _number_formats(document)
        self._counts: dict[str, dict[int, int]] = {}

    def name_of(self, paragraph: Any) -> str:  # noqa: ANN401
        """Name a paragraph's style, or the built-in one that it is based on."""
        style = self._styles.get(paragraph.style)
        for _ in range(20):
            if style is None:
                return ""
            name = str(style.name or "")
            if name.lower().startswith(("heading", "title", "list")) or style.base_style is None:
                return name
            style = style.base_style
        return ""

    def heading_level(self, paragraph: Any) -> int:  # noqa: ANN401
        """Give 1 to 6 for a heading, by outline level or by the name of its style; else 0."""
        outline = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if outline is not None and (outline.get(qn("w:val")) or "").isdigit():
            level = int(outline.get(qn("w:val"))) + 1
            return min(level, 6) if level <= 9 else 0  # 9 stands for body text
        name = self.name_of(paragraph).lower()
        tail = name.rpartition(" ")[2]
        if name.startswith("heading") and tail.isdigit():
            return min(max(int(tail), 1), 6)
        return 1 if name == "title" else 0

    def item(self, paragraph: Any) -> tuple[int, str] | None:  # noqa: ANN401
        """Give a list item's depth and marker; None for a paragraph outside lists."""
        number = self._numbering(paragraph)
        if number is not None:
            return self._counted(*number)
        name = self.name_of(paragraph).lower()
        if name.startswith(("list bullet", "list number")):
            tail = name.rpartition(" ")[2]
            depth = int(tail) - 1 if tail.isdigit() else 0
            is_bullet = name.startswith("list bullet")
            return (depth, "•") if is_bullet else self._counted("list number", depth)
        return None

    def is_bold(self, paragraph: Any) -> bool:  # noqa: ANN401
        """Say whether all of a paragraph's text is in bold, by its runs or by its style."""
        style = self._styles.get(paragraph.style)
        by_style = style is not None and _is_on(style.element.find(f"{qn('w:rPr')}/{qn('w:b')}"))
        runs = [run for run in paragraph.iter(qn("w:r")) if _text(run).strip()]
        marks = [run.find(f"{qn('w:rPr')}/{qn('w:b')}") for run in runs]
        return bool(runs) and all(by_style if mark is None else _is_on(mark) for mark in marks)

    def _numbering(self, paragraph: Any) -> tuple[str, int] | None:  # noqa: ANN401
        sources = [paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")]
        style = self._styles.get(paragraph.style)
        for _ in range(20):
            if style is None:
                break
            sources.append(style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}"))
            style = style.base_style
        for found in sources:
            identity = found.find(qn("w:numId")) if found is not None else None
            if found is None or identity is None:
                continue
            number = identity.get(qn("w:val")) or "0"
            level = found.find(qn("w:ilvl"))
            depth = level.get(qn("w:val")) if level is not None else "0"
            return (number, min(int(depth), 8)) if number != "0" and depth.isdigit() else None
        return None

    def _counted(self, number: str, depth: int) -> tuple[int, str]:
        style, start = self._formats.get((number, depth), ("decimal", 1))
        if style in ("bullet", "none"):
            return depth, "•" if style == "bullet" else ""
        counts = self._counts.setdefault(number, {})
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        counts[depth] = counts.get(depth, start - 1) + 1
        return depth, f"{_numeral(counts[depth], style)}."


def _is_on(mark: Any) -> bool:  # noqa: ANN401
    return mark is not None and mark.get(qn("w:val"), "1") not in ("0", "false", "off")


def _numeral(value: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26)
        return letter.upper() if style == "upperLetter" else letter
    if style in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        text = ""
        for worth, sign in _ROMAN:
            text += sign * (value // worth)
            value %= worth
        return text.upper() if style == "upperRoman" else text
    return str(value)


def _number_formats(document: Any) -> dict[tuple[str, int], tuple[str, int]]:  # noqa: ANN401
    """Map (list, depth) to its kind of number and where it starts."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return {}
    kinds: dict[str, dict[int, tuple[str, int]]] = {}
    for abstract in root.iter(qn("w:abstractNum")):
        levels = kinds.setdefault(abstract.get(qn("w:abstractNumId")) or "", {})
        for level in abstract.iter(qn("w:lvl")):
            style, start = level.find(qn("w:numFmt")), level.find(qn("w:start"))
            first = start.get(qn("w:val")) if start is not None else "1"
            depth = level.get(qn("w:ilvl")) or "0"
            if depth.isdigit():
                kind = style.get(qn("w:val")) if style is not None else "decimal"
                levels[int(depth)] = (kind, int(first) if first.isdigit() else 1)
    formats: dict[tuple[str, int], tuple[str, int]] = {}
    for number in root.iter(qn("w:num")):
        link = number.find(qn("w:abstractNumId"))
        levels = kinds.get(link.get(qn("w:val")) if link is not None else "", {})
        formats |= {
            (number.get(qn("w:numId")) or "", depth): kind for depth, kind in levels.items()
        }
    return formats


# ---- body


def _blocks(parent: Any, styles: _Styles, nesting: int) -> Iterator[Piece]:  # noqa: ANN401
    for child in parent:
        if child.tag == qn("w:p"):
            yield from _paragraph(child, styles)
            for box in child.iter(qn("w:txbxContent")):
                if nesting < _MAX_NESTING and next(box.iterancestors(_FALLBACK), None) is None:
                    yield from _blocks(box, styles, nesting + 1)
        elif child.tag == qn("w:tbl"):
            yield from _table(child, styles, nesting)
        elif child.tag in _WRAPPERS and not _is_contents(child):
            yield from _blocks(child, styles, nesting)


def _is_contents(block: Any) -> bool:  # noqa: ANN401
    gallery = block.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def _paragraph(paragraph: Any, styles: _Styles) -> Iterator[Piece]:  # noqa: ANN401
    text = "\n".join(" ".join(line.split()) for line in _text(paragraph).split("\n")).strip()
    name = styles.name_of(paragraph).lower()
    if not text or name.startswith("toc "):
        return
    level, item = styles.heading_level(paragraph), styles.item(paragraph)
    if level:
        text = " ".join(text.split())
        if name == "title" and not styles.title:
            styles.title = text
        yield Piece(Kind.HEADING, text, level=level)
    elif item is not None:
        yield Piece(Kind.ITEM, text, level=item[0], marker=item[1])
    elif typed := _TYPED_BULLET.match(text):
        yield Piece(Kind.ITEM, text[typed.end() :], marker=typed[1])
    else:
        yield Piece(Kind.PARAGRAPH, text, bold=styles.is_bold(paragraph))


def _text(element: Any) -> str:  # noqa: ANN401
    """Join the text of runs and hyperlinks, without deleted or unseen text, field codes and notes."""
    texts: list[str] = []
    stack = [element]
    while stack:
        node = stack.pop()
        if node.tag in _SKIPPED or (node is not element and node.tag == qn("w:p")):
            continue  # a text box's paragraphs stand elsewhere on the page
        if node.tag == qn("w:r") and _is_unseen(node):
            continue
        if node.tag in _LEAF_TEXT:
            fixed = _LEAF_TEXT[node.tag]
            texts.append(str(node.text or "") if fixed is None else fixed)
        else:
            stack += reversed(node)
    return "".join(texts)


def _is_unseen(run: Any) -> bool:  # noqa: ANN401
    """Say whether no reader sees a run: hidden, or white where nothing dark lies under it.

    In a table or a box a style may have darkened the ground.
    """
    marks = run.find(qn("w:rPr"))
    if marks is None:
        return False
    colour = marks.find(qn("w:color"))
    if colour is None or (colour.get(qn("w:val")) or "").upper() != "FFFFFF":
        return _is_on(marks.find(qn("w:vanish")))
    around = next(run.iterancestors(qn("w:tc"), qn("w:txbxContent")), None)
    paragraph = next(run.iterancestors(qn("w:p")), run)
    return around is None and next(paragraph.iter(qn("w:shd"), qn("w:highlight")), None) is None


def _table(table: Any, styles: _Styles, nesting: int) -> Iterator[Piece]:  # noqa: ANN401
    grid, heads = _grid(table, nesting)
    width = max((len(row) for row in grid), default=0)
    if width == 1 or (len(grid) == 1 and nesting == 0):  # a frame round some text
        for row in table.iterchildren(qn("w:tr")):
            for cell in row.iterchildren(qn("w:tc")):
                yield from _blocks(cell, styles, nesting + 1) if nesting < _MAX_NESTING else ()
        return
    rows = [row + [""] * (width - len(row)) for row in grid]
    header: tuple[str, ...] = ()
    if heads:
        top = rows[:heads]
        header = tuple(
            " ".join(dict.fromkeys(filter(None, names))) for names in zip(*top, strict=True)
        )
        yield Piece(Kind.ROW, CELL_SEPARATOR.join(header))
    for row in rows[heads:]:
        if any(row):
            yield Piece(Kind.ROW, CELL_SEPARATOR.join(row), header=header)


def _grid(table: Any, nesting: int) -> tuple[list[list[str]], int]:  # noqa: ANN401
    """Lay cells out on a rectangle, merged ones repeated; count the rows that name columns."""
    grid: list[list[str]] = []
    heads = 0
    for row in table.iterchildren(qn("w:tr")):
        line: list[str] = []
        for cell in row.iterchildren(qn("w:tc"), qn("w:sdt")):
            inner = cell if cell.tag == qn("w:tc") else next(cell.iter(qn("w:tc")), None)
            if inner is None:
                continue
            text = _cell_text(inner)
            if _hangs(inner) and grid and len(line) < len(grid[-1]):
                text = grid[-1][len(line)]
            line += [text] * _span(inner)
        is_head = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        heads += is_head and heads == len(grid)
        grid.append(line)
    if len(grid) == heads and nesting == 0:
        heads = 0
    return grid, heads or int(names_columns(grid))


def _cell_text(cell: Any) -> str:  # noqa: ANN401
    parts = [" ".join(_text(paragraph).split()) for paragraph in cell.iter(qn("w:p"))]
    return " ".join(part for part in parts if part).replace("|", "/")


def _hangs(cell: Any) -> bool:  # noqa: ANN401
    """Tell the lower part of a cell that spans rows."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _span(cell: Any) -> int:  # noqa: ANN401
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    value = span.get(qn("w:val")) if span is not None else "1"
    return min(max(int(value), 1), _MAX_SPAN) if value and value.isdigit() else 1


# ---- properties


def _properties(document: Any) -> tuple[str, dict[str, str]]:  # noqa: ANN401
    try:
        core = document.core_properties
        title = " ".join((core.title or "").split())
        date = core.created
        values = {
            "author": " ".join((core.author or "").split()),
            "date": date.date().isoformat() if isinstance(date, datetime) else "",
            "url": keep_web_address(core.identifier),
        }
    except (KeyError, ValueError, AttributeError):
        return "", {}
    is_default = title.lower() in ("word document", "untitled", "document")
    plain = {key: value for key, value in values.items() if value and value != "python-docx"}
    return "" if is_default else title, plain
