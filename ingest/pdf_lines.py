"""Puts the words of a page into lines and the lines into reading order.

Knows gaps, baselines and text columns. Knows nothing of drawing operators (pdf_text), of tables or
of what a line means (pdf_layout).
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from ingest.pdf_text import Word

WORD_GAP = 0.15
"""Em: letters further apart belong to two words; a space is 0.25 em, kerning under 0.1."""
COLUMN_GAP = 1.0
"""Em: words further apart are in two table cells or two columns; justified text stays under it."""
_GUTTER_GAP = 0.5
"""Em: the least white between two columns of text, twice a space."""
_BASELINE = 0.35
"""Em: how far an index or exponent may stand off the line it belongs to."""
_LIGATURES = re.compile("[\ufb00-\ufb06]")

BULLETS = "•‣▪▫●○◦■□◆◇►▸➢➤✓✔❖⁃∙·*–—\u2212-\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf06e"
MARKER = re.compile(rf"(?:[{re.escape(BULLETS)}]|\(?(?:\d{{1,3}}|[A-Za-z]|[ivxIVX]{{1,4}})[.)])")


@dataclass(frozen=True, slots=True)
class Segment:
    """Words on one baseline without a wide gap; a bullet or number in front is its `marker`.

    `first_word` is the width of the first word; `text_x` is where the text behind the marker starts.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    first_word: float
    text_x: float
    marker: str = ""
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The segments on one baseline of one text column, from left to right."""

    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """All text of the line, markers too."""
        return " ".join(
            f"{part.marker} {part.text}" if part.marker else part.text for part in self.segments
        )

    @property
    def x0(self) -> float:
        """Where the line starts."""
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        """Where the line ends."""
        return self.segments[-1].x1

    @property
    def y(self) -> float:
        """The baseline."""
        return self.segments[0].y

    @property
    def size(self) -> float:
        """The size of most of the text, in points."""
        return max(self.segments, key=lambda part: len(part.text)).size

    @property
    def bold(self) -> bool:
        """Whether all of the line is bold."""
        return all(part.bold for part in self.segments)


def make_segments(words: Sequence[Word], gutter: float | None = None) -> list[Segment]:
    """Join words that follow each other on a baseline, top to bottom and left to right.

    `gutter` is where two columns of text part: there, a smaller gap does.
    """
    segments: list[Segment] = []
    for row in [
        *_baselines([word for word in words if not word.drawn]),
        *([word] for word in words if word.drawn),
    ]:
        part: list[Word] = []
        y = round(max(row, key=lambda word: (word.size, -word.x0)).y, 1)
        for word in row:
            if part and _parts(part[-1], word, gutter):
                segments.append(_segment(part, y))
                part = []
            part.append(word)
        segments.append(_segment(part, y))
    return _with_markers(segments)


def make_lines(words: Sequence[Word]) -> list[Line]:
    """Put words into lines in reading order: through a left column before a right one."""
    gutter = _find_gutter(words)
    lines: list[Line] = []
    for flow in _flows(make_segments(words, gutter), gutter):
        rows: dict[float, list[Segment]] = {}
        for part in flow:
            rows.setdefault(part.y, []).append(part)
        lines += [Line(tuple(sorted(row, key=lambda part: part.x0))) for row in rows.values()]
    return lines


def _parts(left: Word, right: Word, gutter: float | None) -> bool:
    gap = (right.x0 - left.x1) / _em(left, right)
    at_gutter = gutter is not None and left.x1 <= gutter <= right.x0
    return gap > (_GUTTER_GAP if at_gutter else COLUMN_GAP)


def _em(left: Word, right: Word) -> float:
    return max(min(left.size, right.size), 1.0)


# ---- baselines


def _baselines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Group words by baseline, small raised or lowered ones with the line that they stand in."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (-w.y, w.x0)):
        home = next((row for row in reversed(rows[-4:]) if _shares_baseline(word, row)), None)
        if home is None:
            rows.append([word])
        else:
            home.append(word)
    for row in rows:
        yield sorted(row, key=lambda w: w.x0)


def _shares_baseline(word: Word, row: list[Word]) -> bool:
    tallest = max(row, key=lambda w: w.size)
    apart = abs(tallest.y - word.y)
    if apart <= 0.1 * max(tallest.size, word.size):
        return True
    smaller = min(tallest.size, word.size) < 0.85 * max(tallest.size, word.size)
    near = any(
        -0.2 < (word.x0 - w.x1) / w.size < 0.6 or -0.2 < (w.x0 - word.x1) / w.size < 0.6
        for w in row
    )
    return smaller and near and apart <= _BASELINE * max(tallest.size, word.size)


def _segment(words: Sequence[Word], y: float) -> Segment:
    texts = [words[0].text]
    for left, right in pairwise(words):
        gap = (right.x0 - left.x1) / _em(left, right)
        if gap > WORD_GAP or (right.spaced and gap > 0.05):
            texts.append(" ")
        texts.append(right.text)
    text = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), "".join(texts))
    sizes = Counter[float]()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
    letters = sum(len(word.text) for word in words)
    size = max(sizes, key=lambda value: (sizes[value], value))
    bold = sum(len(word.text) for word in words if word.bold) > 0.9 * letters
    first, x0 = _first_word(words), words[0].x0
    marker, rest, text_x = _marker(text, words)
    x1 = max(word.x1 for word in words)
    drawn = all(word.drawn for word in words)
    return Segment(rest, x0, x1, y, size, bold, first, text_x, marker, drawn)


def _first_word(words: Sequence[Word]) -> float:
    end = words[0].x1
    for left, right in pairwise(words):
        if (right.x0 - left.x1) / _em(left, right) > WORD_GAP:
            break
        end = right.x1
    return end - words[0].x0


def _marker(text: str, words: Sequence[Word]) -> tuple[str, str, float]:
    """Part a bullet or number from the text behind it, and find where that starts."""
    head, _, rest = text.partition(" ")
    if not rest or not MARKER.fullmatch(head):
        return "", text, words[0].x0
    behind = next(
        (w.x0 for w, v in zip(words[1:], words, strict=False) if w.x0 > v.x1), words[0].x0
    )
    return head, rest, behind


def _with_markers(segments: Sequence[Segment]) -> list[Segment]:
    """Join a bullet or number that stands alone with the text across the gap.

    Bullets are often of another size, and a little off the baseline.
    """
    alone = [part for part in segments if not part.marker and MARKER.fullmatch(part.text)]
    taken: dict[int, Segment] = {}
    for bullet in alone:
        beside = [
            part
            for part in segments
            if part is not bullet
            and not part.marker
            and id(part) not in taken
            and abs(bullet.y - part.y) < 0.4 * part.size
            and 0 < part.x0 - bullet.x1 < 5 * part.size
        ]
        text = min(beside, key=lambda part: part.x0, default=None)
        if text is not None:
            taken[id(text)] = bullet
    used = {id(bullet) for bullet in taken.values()}
    return [
        _marked(part, taken[id(part)]) if id(part) in taken else part
        for part in segments
        if id(part) not in used and not part.drawn  # what has no text beside it was no bullet
    ]


def _marked(part: Segment, bullet: Segment) -> Segment:
    return replace(part, x0=bullet.x0, text_x=part.x0, marker=bullet.text)


# ---- columns of text


def _flows(segments: Sequence[Segment], gutter: float | None) -> Iterator[list[Segment]]:
    """Yield the runs of segments that are read from top to bottom without a jump."""
    if gutter is None:
        yield list(segments)
        return
    left: list[Segment] = []
    right: list[Segment] = []
    for part in segments:
        if part.x0 < gutter < part.x1:  # what runs across ends the columns above it
            yield from (left, right, [part])
            left, right = [], []
        else:
            (left if part.x1 <= gutter else right).append(part)
    yield from (left, right)


def _find_gutter(words: Sequence[Word]) -> float | None:
    """Find the white strip between two columns of running text, if the page has them."""
    words = [word for word in words if not word.drawn]
    if len(words) < 60:
        return None
    begin, end = min(word.x0 for word in words), max(word.x1 for word in words)
    crossed = Counter[int]()
    for word in words:
        crossed.update(range(math.ceil(word.x0), math.floor(min(word.x1, word.x0 + 2000)) + 1))
    middle = range(int(begin + 0.25 * (end - begin)), int(begin + 0.75 * (end - begin)))
    least = min((crossed[x] for x in middle), default=0)
    strips = [
        list(run) for is_white, run in groupby(middle, lambda x: crossed[x] == least) if is_white
    ]
    widest = max(strips, key=len, default=[])
    if not widest:
        return None
    x = float(widest[len(widest) // 2])
    segments = make_segments(words, x)
    left = [part for part in segments if part.x1 <= x]
    right = [part for part in segments if part.x0 >= x]
    across = len(segments) - len(left) - len(right)
    is_text = _is_running_text(left) and _is_running_text(right)
    return x if is_text and across <= 0.2 * len(segments) else None


def _is_running_text(column: Sequence[Segment]) -> bool:
    """Tell text that fills its column, line under line, from cells and labels."""
    if len(column) < 6:
        return False
    width = max(part.x1 for part in column) - min(part.x0 for part in column)
    return (
        median(part.x1 - part.x0 for part in column) > 0.7 * width
        and median(len(part.text.split()) for part in column) >= 4
    )
