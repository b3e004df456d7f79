"""Makes headings, paragraphs, items and table rows of the lines of all pages.

Knows what size, weight, indent and spacing say about a line. Knows nothing of how words come off a
page (pdf_text) or of files (pdf).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.document import Kind
from ingest.pdf_lines import BULLETS, Line, Segment, make_lines
from ingest.pdf_tables import Table, aligned_table, ruled_tables, table_pieces
from ingest.pdf_text import PageText
from ingest.reading import Piece

_MARGIN = 0.12
"""Share of a page's height at top and bottom in which running heads and page numbers stand."""
_MAX_HEADING = 200
"""Characters: longer bold text is emphasis, not a heading."""
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:page\s+)?#(?:\s*(?:/|of)\s*#)?[-–—\s]*", re.IGNORECASE)
_GOES_ON = re.compile(r"[^\W_A-Z]")
_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class _Styled:
    """A line with what is known about its place: page number and column's right edge."""

    line: Line
    page: int
    right: float


@dataclass(slots=True)
class _Open:
    """A piece that may go on with the next line."""

    piece: Piece
    last: _Styled
    text_x: float
    style: tuple[float, bool]


def lay_out(pages: Sequence[PageText]) -> list[Piece]:
    """Turn the words of all pages into pieces in reading order."""
    flows = [_page_lines(page) for page in pages]
    running = _running_lines(flows, pages)
    kept = [
        [item for item in flow if not isinstance(item, Line) or (n, id(item)) not in running]
        for n, flow in enumerate(flows)
    ]
    lines = [item for flow in kept for item in flow if isinstance(item, Line)]
    if not lines and not any(kept):
        return []
    builder = _Builder(_body_size(lines), _heading_styles(lines), _hyphens(lines), _leading(lines))
    for number, flow in enumerate(kept, start=1):
        builder.add_page(flow, number)
    return builder.finished()


def largest_text(pages: Sequence[PageText]) -> str:
    """Give what is written largest on the first page, if it stands out from the rest."""
    lines = [item for item in _page_lines(pages[0]) if isinstance(item, Line)] if pages else []
    if not lines:
        return ""
    size = max(line.size for line in lines)
    text = " ".join(line.text for line in lines if line.size > 0.95 * size)
    stands_out = size > 1.1 * median(line.size for line in lines)
    return text if stands_out and len(text) <= _MAX_HEADING else ""


def _page_lines(page: PageText) -> list[Line | Table]:
    """Give a page's lines and tables in reading order, sideways text last."""
    turns = Counter(word.turn for word in page.words)
    items: list[Line | Table] = []
    for turn, _ in sorted(turns.items(), key=lambda item: (-item[1], item[0])):
        words = [word for word in page.words if word.turn == turn]
        tables, words = ruled_tables(words, page.rules) if turn == 0 else ([], words)
        lines = _with_aligned_tables(make_lines(words))
        for table in sorted(tables, key=lambda found: -found.top):
            place = next((i for i, item in enumerate(lines) if _is_below(item, table)), len(lines))
            lines.insert(place, table)
        items += lines
    return items


def _is_below(item: Line | Table, table: Table) -> bool:
    top = item.y if isinstance(item, Line) else item.top
    return top < table.bottom


def _with_aligned_tables(lines: Sequence[Line]) -> list[Line | Table]:
    items: list[Line | Table] = []
    at = 0
    while at < len(lines):
        found = aligned_table(lines[at : at + 400])
        if found is None:
            items.append(lines[at])
            at += 1
        else:
            table, taken = found
            items.append(table)
            at += taken
    return items


# ---- what all pages say together


def _running_lines(
    flows: Sequence[Sequence[Line | Table]], pages: Sequence[PageText]
) -> set[tuple[int, int]]:
    """Find heads and feet: the same words (figures aside) at the same height of several pages."""
    places: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for number, (flow, page) in enumerate(zip(flows, pages, strict=True)):
        for item in flow:
            if not isinstance(item, Line):
                continue
            height = item.y / page.height if page.height else 0.5
            if _MARGIN < height < 1 - _MARGIN:
                continue
            key = (re.sub(r"\d+", "#", item.text), round(item.y / 4))
            places.setdefault(key, []).append((number, id(item)))
    running: set[tuple[int, int]] = set()
    for (text, _), where in places.items():
        on = len({number for number, _ in where})
        if on >= max(2, min(3, len(pages) // 2)) or _PAGE_NUMBER.fullmatch(text):
            running.update(where)
    return running


def _body_size(lines: Sequence[Line]) -> float:
    sizes = Counter[float]()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=10.0)


def _leading(lines: Sequence[Line]) -> float:
    """Give the usual distance of two baselines in a paragraph, in em."""
    pitches = Counter[float]()
    for above, below in pairwise(lines):
        pitch = (above.y - below.y) / max(below.size, 1.0)
        if 0.8 < pitch < 2.6 and above.size == below.size:
            pitches[round(pitch, 1)] += 1
    return max(pitches, key=lambda pitch: (pitches[pitch], -pitch), default=1.2)


def _heading_styles(lines: Sequence[Line]) -> dict[tuple[float, bool], int]:
    """Rank the styles that stand out from the body: larger first, then bold before plain."""
    body = _body_size(lines)
    body_bold = sum(len(line.text) for line in lines if line.bold and line.size == body)
    all_body = sum(len(line.text) for line in lines if line.size == body)
    is_bold_body = body_bold > 0.5 * all_body
    styles = {
        (line.size, line.bold)
        for line in lines
        if _stands_out(line, body, is_bold_body=is_bold_body) and len(line.text) <= _MAX_HEADING
    }
    ranked = sorted(styles, key=lambda style: (-style[0], not style[1]))
    return {style: min(rank, 6) for rank, style in enumerate(ranked, start=1)}


def _stands_out(line: Line, body: float, *, is_bold_body: bool) -> bool:
    return line.size > 1.08 * body or (line.bold and not is_bold_body and line.size > 0.95 * body)


def _hyphens(lines: Sequence[Line]) -> Counter[str]:
    """Count the words that stand inside lines, to tell broken words from real hyphens."""
    words = Counter[str]()
    for line in lines:
        words.update(re.findall(r"\w+(?:[-\u2010]\w+)*", line.text.casefold()))
    return words


# ---- lines to pieces


class _Builder:
    """Adds lines one by one to the piece they go on with."""

    def __init__(
        self,
        body: float,
        headings: dict[tuple[float, bool], int],
        words: Counter[str],
        leading: float,
    ) -> None:
        self.body, self.headings, self.words, self.leading = body, headings, words, leading
        self.pieces: list[Piece] = []
        self.open: _Open | None = None
        self.indents: list[float] = []
        self.header: tuple[str, ...] = ()
        self.columns = 0

    def add_page(self, flow: Sequence[Line | Table], page: int) -> None:
        right = _right_edges(flow)
        for position, item in enumerate(flow):
            if isinstance(item, Table):
                self.close()
                goes_on = position == 0 and self.columns == len(item.rows[0])
                pieces = table_pieces(item, page, self.header if goes_on else ())
                self.pieces += pieces
                self.header = pieces[-1].header if pieces else ()
                self.columns = len(item.rows[0])
                self.indents = []
            else:
                self.columns = 0
                self.add(_Styled(item, page, right[id(item)]))

    def add(self, styled: _Styled) -> None:
        line = styled.line
        style = (line.size, line.bold)
        segment = line.segments[0]
        level = self.headings.get(style, 0) if len(line.text) <= _MAX_HEADING else 0
        if self.open is not None and self._goes_on(styled, level):
            self.open.piece = replace(
                self.open.piece, text=self._joined(self.open.piece.text, line.text)
            )
            self.open.last = styled
            return
        self.close()
        if level and not (segment.marker and segment.marker in BULLETS):
            piece = Piece(Kind.HEADING, line.text, level=level, page=styled.page)
            self.indents = []
        elif segment.marker and self._is_item(segment):
            text = " ".join([segment.text, *(part.text for part in line.segments[1:])])
            depth = self._depth(segment.x0)
            piece = Piece(
                Kind.ITEM, text, level=depth, marker=_shown(segment.marker), page=styled.page
            )
        else:
            piece = Piece(Kind.PARAGRAPH, line.text, page=styled.page)
            if line.x0 <= min(self.indents, default=line.x0) + 2:
                self.indents = []
        self.open = _Open(piece, styled, segment.text_x, style)

    def _is_item(self, segment: Segment) -> bool:
        """A dash may also begin a line of dialogue, and "I." a sentence: both stand alone."""
        if segment.marker in BULLETS:
            return True
        is_number = segment.marker.strip("().").isdigit()
        return is_number or segment.text_x - segment.x0 > 0.9 * segment.size

    def _depth(self, x: float) -> int:
        """Count how many bullets further left this one is nested under."""
        while self.indents and x < self.indents[-1] - 3:
            self.indents.pop()
        if not self.indents or x > self.indents[-1] + 3:
            self.indents.append(x)
        return len(self.indents) - 1

    def _goes_on(self, styled: _Styled, level: int) -> bool:
        """Tell whether a line goes on with the open piece."""
        before = self.open
        if before is None or styled.line.segments[0].marker:
            return False
        above, line = before.last.line, styled.line
        is_heading = before.piece.kind is Kind.HEADING
        if is_heading or level:
            return is_heading and self._heading_goes_on(before, styled)
        if abs(above.size - line.size) > 0.12 * self.body:
            return False
        if before.last.page != styled.page or line.y > above.y:  # next page or column
            return not _END.search(above.text) and not line.text[:1].isupper()
        if above.y - line.y > (self.leading + 0.25) * line.size:
            return False
        return not self._is_broken_off(before, styled)

    def _heading_goes_on(self, before: _Open, styled: _Styled) -> bool:
        """Tell a heading's second line from a second heading: it stands close, with no room left."""
        above, line = before.last.line, styled.line
        if before.style != (line.size, line.bold) or before.last.page != styled.page:
            return False
        is_centred = abs((above.x0 + above.x1) - (line.x0 + line.x1)) < 6 < above.x0 - line.x0
        room = (before.last.right - above.x1) * (2 if is_centred else 1)
        is_full = room < line.segments[0].first_word + 0.5 * line.size or is_centred
        return is_full and 0 < above.y - line.y < 1.5 * line.size

    def _is_broken_off(self, before: _Open, styled: _Styled) -> bool:
        """Tell a line that ended though there was room, and a first line set in."""
        above, line = before.last.line, styled.line
        if above.text.endswith(("-", "\u00ad")) and _GOES_ON.match(line.text):
            return False
        room = before.last.right - above.x1
        fits = room > line.segments[0].first_word + 0.5 * line.size
        if fits and (_END.search(above.text) or room > 0.5 * (before.last.right - above.x0)):
            return True
        if before.piece.kind is Kind.ITEM:
            return line.x0 < above.x0 - 3 and line.x0 < before.text_x - 3 and fits
        first = before.last.line.x0
        return line.x0 > first + 0.8 * line.size and _END.search(above.text) is not None

    def _joined(self, text: str, more: str) -> str:
        """Join two lines, and the halves of a word that was broken between them."""
        broken = re.search(r"(\w+)([-\u2010\u00ad])$", text)
        follows = re.match(r"[^\W\d_]+", more)
        if not broken or not follows or not more[0].islower() or broken[1][-1].isdigit():
            if text.endswith(("-", "/")) and text[-2:-1].isalnum() and more[:1].isalnum():
                return text + more  # "1990-", "and/": a break at a sign that is there anyway
            return f"{text} {more}"
        halves = broken[1].casefold(), follows[0].casefold()
        if broken[2] != "\u00ad" and self._keeps_hyphen(*halves):
            return text + more
        return text[:-1] + more

    def _keeps_hyphen(self, left: str, right: str) -> bool:
        """Ask the rest of the document; where it says nothing, ask whether both halves are words."""
        with_hyphen = self.words[f"{left}-{right}"] + self.words[f"{left}\u2010{right}"]
        without = self.words[left + right]
        if with_hyphen or without:
            return with_hyphen >= without
        return self.words[left] > 1 and self.words[right] > 1

    def close(self) -> None:
        if self.open is not None:
            self.pieces.append(self.open.piece)
            self.open = None

    def finished(self) -> list[Piece]:
        self.close()
        return self.pieces


def _right_edges(flow: Sequence[Line | Table]) -> dict[int, float]:
    """Give each line the right edge of its column: as far as lines that overlap it reach."""
    lines = [item for item in flow if isinstance(item, Line)]
    edges: dict[int, float] = {}
    for line in lines:
        beside = [other.x1 for other in lines if other.x0 < line.x1 and other.x1 > line.x0]
        edges[id(line)] = max(beside, default=line.x1)
    return edges


def _shown(marker: str) -> str:
    """Show a bullet of a symbol font, which has no letter of its own, as a bullet."""
    return "•" if "\ue000" <= marker <= "\uf8ff" else marker
