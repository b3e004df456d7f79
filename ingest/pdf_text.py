"""Takes the words and the ruled lines off a PDF page, with their places.

Knows the drawing operators of a page (ISO 32000-2, 8 and 9). Knows nothing of how fonts write
characters (pdf_fonts), and nothing of lines, paragraphs or tables (pdf_layout, pdf_tables).

Places are in points on the page as it is shown: x from the left, y from the bottom.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream, DictionaryObject, NameObject, StreamObject

from ingest.pdf_fonts import Face, Fonts
from ingest.pdf_places import (
    IDENTITY,
    Matrix,
    count_quarter_turns,
    multiply,
    read_matrix,
    transform,
    turn_back,
)

_MAX_FORMS = 2000
"""Form drawings followed on one page; a hostile file draws forms that draw forms."""
_MAX_FORM_DEPTH = 12
_THIN = 3.0
"""Points: a filled rectangle up to this thick is a ruled line."""


@dataclass(frozen=True, slots=True)
class Word:
    """Characters drawn side by side; `turn` is the quarter turns of its baseline from upright."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    turn: int = 0
    spaced: bool = True  # a space character stands before it
    drawn: bool = False  # a small round shape that may be a bullet


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, horizontal (y0 == y1) or vertical (x0 == x1)."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class PageText:
    """All words and rules of a page in the order drawn, and the page's shown size."""

    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    width: float
    height: float


def read_page(page: PageObject, fonts: Fonts) -> PageText:
    """Run a page's drawing operators and note where text and lines come to stand."""
    start, width, height = _upright(page)
    drawing = _Drawing(fonts)
    content = page.get("/Contents")
    if content is not None:
        stream = ContentStream(content.get_object(), page.pdf, "bytes")
        drawing.run(stream, _resources(page), start, 0)
    return PageText(tuple(_undoubled(drawing.words)), tuple(drawing.rules), width, height)


def _upright(page: PageObject) -> tuple[Matrix, float, float]:
    """Give the matrix that shows the page as a reader sees it, its corner at the origin."""
    box = page.cropbox
    left, bottom = float(box.left), float(box.bottom)
    width, height = float(box.width), float(box.height)
    turn = int(page.rotation or 0) % 360 // 90
    turned: tuple[Matrix, ...] = (
        (1, 0, 0, 1, -left, -bottom),
        (0, -1, 1, 0, -bottom, left + width),
        (-1, 0, 0, -1, left + width, bottom + height),
        (0, 1, -1, 0, bottom + height, -left),
    )
    return turned[turn], *((height, width) if turn % 2 else (width, height))


def _resources(owner: DictionaryObject) -> DictionaryObject:
    found = owner.get("/Resources")
    found = found.get_object() if found is not None else None
    if not isinstance(found, DictionaryObject) and isinstance(owner, PageObject):
        parent = owner.get("/Parent")
        for _ in range(50):  # inherited from the page tree, which may be a loop in a broken file
            if parent is None or isinstance(found, DictionaryObject):
                break
            node = parent.get_object()
            found = node["/Resources"].get_object() if "/Resources" in node else None
            parent = node.get("/Parent")
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _undoubled(words: Sequence[Word]) -> Iterator[Word]:
    """Leave out what is drawn twice on the same spot, as some programs make letters bold."""
    seen: set[tuple[str, int, int]] = set()
    for word in words:
        spot = (word.text, round(word.x0 / 1.5), round(word.y / 1.5))
        if spot not in seen:
            seen.add(spot)
            yield word


@dataclass(slots=True)
class _State:
    """What q saves and Q restores."""

    ctm: Matrix
    face: Face | None = None
    size: float = 12.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


@dataclass(slots=True)
class _Drawing:
    fonts: Fonts
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    forms: int = 0

    def run(
        self, stream: ContentStream, resources: DictionaryObject, ctm: Matrix, depth: int
    ) -> None:
        _Run(self, resources, _State(ctm), depth).all(stream)


class _Run:
    """One content stream being drawn."""

    def __init__(
        self, drawing: _Drawing, resources: DictionaryObject, state: _State, depth: int
    ) -> None:
        self.drawing = drawing
        self.resources = resources
        self.state = state
        self.depth = depth
        self.saved: list[_State] = []
        self.tm = self.line = IDENTITY
        self.path: list[tuple[float, float, float, float, bool]] = []
        self.point = (0.0, 0.0)
        self.curve: list[tuple[float, float]] = []
        self.spaced = False
        self.operators: dict[bytes, Callable[..., None]] = {
            b"q": self.save,
            b"Q": self.restore,
            b"cm": self.transform,
            b"BT": self.begin_text,
            b"Tf": self.set_font,
            b"Tc": lambda value: setattr(self.state, "spacing", float(value)),
            b"Tw": lambda value: setattr(self.state, "word_spacing", float(value)),
            b"Tz": lambda value: setattr(self.state, "scale", float(value) / 100),
            b"TL": lambda value: setattr(self.state, "leading", float(value)),
            b"Ts": lambda value: setattr(self.state, "rise", float(value)),
            b"Td": self.move,
            b"TD": self.move_and_lead,
            b"Tm": self.place,
            b"T*": self.next_line,
            b"Tj": self.show,
            b"TJ": self.show_all,
            b"'": self.show_on_next_line,
            b'"': self.show_spaced,
            b"Do": self.draw,
            b"m": self.start_path,
            b"l": self.line_to,
            b"c": self.curve_to,
            b"v": self.curve_to,
            b"y": self.curve_to,
            b"re": self.rectangle,
            **dict.fromkeys((b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"), self.paint),
            b"n": self.path_done,
        }

    def all(self, stream: ContentStream) -> None:
        for operands, operator in stream.operations:
            action = self.operators.get(operator)
            if action is None:
                continue
            try:
                action(*operands)
            except (TypeError, ValueError, KeyError, AttributeError, IndexError, OverflowError):
                continue  # a malformed operator draws nothing, as in every viewer

    def save(self) -> None:
        self.saved.append(replace(self.state))

    def restore(self) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def transform(self, *matrix: float) -> None:
        self.state.ctm = multiply(read_matrix(matrix), self.state.ctm)

    def begin_text(self) -> None:
        self.tm = self.line = IDENTITY

    def set_font(self, name: str, size: float) -> None:
        fonts: Any = self.resources["/Font"].get_object()
        self.state.size = float(size)
        self.state.face = None
        self.state.face = self.drawing.fonts.face(fonts[name].get_object())

    def move(self, x: float, y: float) -> None:
        self.tm = self.line = multiply((1, 0, 0, 1, float(x), float(y)), self.line)

    def move_and_lead(self, x: float, y: float) -> None:
        self.state.leading = -float(y)
        self.move(x, y)

    def place(self, *matrix: float) -> None:
        self.tm = self.line = read_matrix(matrix)

    def next_line(self) -> None:
        self.move(0, -self.state.leading)

    def show_on_next_line(self, data: bytes) -> None:
        self.next_line()
        self.show(data)

    def show_spaced(self, word_spacing: float, spacing: float, data: bytes) -> None:
        self.state.word_spacing, self.state.spacing = float(word_spacing), float(spacing)
        self.show_on_next_line(data)

    def show_all(self, parts: Sequence[object]) -> None:
        for part in parts:
            if isinstance(part, int | float):
                self.advance(-float(part) / 1000 * self.state.size * self.state.scale)
            else:
                self.show(part)

    def show(self, data: object) -> None:
        """Draw a string and note its words."""
        state = self.state
        face = state.face
        if face is None or not face.readable:
            return
        raw = data if isinstance(data, bytes) else str(data).encode("latin-1", "replace")
        text, begin = "", self.tm
        for glyph, width, is_space in face.glyphs(raw):
            if glyph.isspace() or glyph == "\xa0":
                self.note(text, begin)
                text, self.spaced = "", True
            elif not text:
                begin = self.tm
            extra = state.word_spacing if is_space else 0.0
            self.advance((width * state.size + state.spacing + extra) * state.scale)
            if not (glyph.isspace() or glyph == "\xa0"):
                text += glyph
        self.note(text, begin)

    def advance(self, distance: float) -> None:
        a, b, c, d, e, f = self.tm
        self.tm = (a, b, c, d, e + distance * a, f + distance * b)

    def note(self, text: str, begin: Matrix) -> None:
        if not text:
            return
        shown = multiply((1, 0, 0, 1, 0, self.state.rise), multiply(begin, self.state.ctm))
        end = multiply(self.tm, self.state.ctm)
        size = self.state.size * math.hypot(shown[2], shown[3])
        turn = count_quarter_turns(shown[0], shown[1])
        if turn is None or not 0.5 < abs(size) < 2000 or not math.isfinite(end[4] + end[5]):
            return
        bold = self.state.face is not None and self.state.face.bold
        (x0, y), (x1, _) = turn_back(shown[4], shown[5], turn), turn_back(end[4], end[5], turn)
        word = Word(text, min(x0, x1), max(x0, x1), y, abs(size), bold, turn, self.spaced)
        self.drawing.words.append(word)
        self.spaced = False

    def draw(self, name: str) -> None:
        """Draw a form; an image has no text."""
        forms: Any = self.resources["/XObject"].get_object()
        form = forms[name].get_object()
        if not isinstance(form, StreamObject) or form.get("/Subtype") != "/Form":
            return
        self.drawing.forms += 1
        if self.drawing.forms > _MAX_FORMS or self.depth >= _MAX_FORM_DEPTH:
            return
        matrix = read_matrix(form.get(NameObject("/Matrix"), IDENTITY))
        resources = _resources(form) or self.resources
        stream = ContentStream(form, None, "bytes")
        self.drawing.run(stream, resources, multiply(matrix, self.state.ctm), self.depth + 1)

    def start_path(self, x: float, y: float) -> None:
        self.point = (float(x), float(y))

    def line_to(self, x: float, y: float) -> None:
        self.path.append((*self.point, float(x), float(y), False))
        self.point = (float(x), float(y))

    def curve_to(self, *values: float) -> None:
        x, y = float(values[-2]), float(values[-1])
        self.curve += [self.point, (x, y)]
        self.point = (x, y)

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        self.path.append(
            (float(x), float(y), float(x) + float(width), float(y) + float(height), True)
        )

    def paint(self) -> None:
        self.note_bullet()
        for x0, y0, x1, y1, is_box in self.path:
            self.drawing.rules += _rules(
                transform(x0, y0, self.state.ctm), transform(x1, y1, self.state.ctm), is_box
            )
        self.path_done()

    def note_bullet(self) -> None:
        """Note a disc of a bullet's size: browsers draw bullets, they don't write them."""
        shown = [transform(x, y, self.state.ctm) for x, y in self.curve]
        if not shown:
            return
        x0, x1 = min(x for x, _ in shown), max(x for x, _ in shown)
        y0, y1 = min(y for _, y in shown), max(y for _, y in shown)
        if 1 < x1 - x0 < 8 and abs((x1 - x0) - (y1 - y0)) < 1:
            size = 3 * (x1 - x0)  # a disc is a third of an em wide, and that far up
            self.drawing.words.append(Word("•", x0, x1, y0 - 0.1 * size, size, drawn=True))

    def path_done(self) -> None:
        self.path = []
        self.curve = []


def _rules(p: tuple[float, float], q: tuple[float, float], is_box: bool) -> Iterator[Rule]:  # noqa: FBT001
    """Yield the straight lines that a stroke or a box shows: a cell's box has four."""
    (x0, x1), (y0, y1) = sorted((p[0], q[0])), sorted((p[1], q[1]))
    wide, tall = x1 - x0, y1 - y0
    if tall <= _THIN < wide:
        yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    elif wide <= _THIN < tall:
        yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
    elif is_box and wide > _THIN and tall > _THIN:
        yield from (Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1))
        yield from (Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1))
