"""A reading to a document: one canonical text, and where everything is in it.

Knows how pieces become text, offsets, heading paths and parents. Knows nothing of file formats
(readers), of what counts as furniture (boilerplate) or of how levels are found (outline).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from ingest.boilerplate import drop_boilerplate
from ingest.document import CELL_SEPARATOR, Block, Document, Kind, make_document_id
from ingest.outline import outline, same_heading
from ingest.reading import Piece, Reading

MAX_TITLE = 100
"""Characters: a first line up to this long can be the title of a text that names none."""

OPENING = 60
"""Characters of the first sentence that stand in for a title where even the file's name is none."""

MAX_LEVEL = 6

# Characters that show nothing and would break matching: zero-width space and joiner of words, soft
# hyphen, byte order mark, and the bidirectional overrides that make text read other than it is.
# Joiners inside words (ZWJ, ZWNJ) carry meaning and stay.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which no file can hold
_WORD = re.compile(r"[^\W\d_]{3,}")
_HEX = re.compile(r"[0-9a-f]{6,}", re.IGNORECASE)


def assemble(reading: Reading, source: str, sha256: str) -> Document:
    """Make a document of what a reader read: furniture dropped, text joined, structure placed.

    Blocks are joined by a blank line, consecutive items and rows by a line break. A newline inside
    a paragraph or item (a line of code) is kept; other white space becomes one blank.
    """
    pieces = [piece for piece in map(_tidy, reading.pieces) if piece.text or _closes(piece)]
    pieces = list(drop_boilerplate(pieces))
    title = _title(_one_line(reading.title), pieces, source)
    assembled = _place(outline(pieces, title), title)
    return Document(
        id=make_document_id(source),
        title=title,
        text=assembled.text(),
        blocks=tuple(assembled.blocks),
        source=source,
        sha256=sha256,
        metadata=_tidy_metadata(reading),
        pages=tuple(assembled.pages),
    )


def clean_text(text: str) -> str:
    """Compose characters (NFC), drop invisible ones, and reduce white space but for line breaks."""
    text = _SURROGATE.sub("\ufffd", text)
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _one_line(text: str) -> str:
    return " ".join(clean_text(text).split())


def _tidy(piece: Piece) -> Piece:
    if piece.kind is Kind.ROW:
        return _tidy_row(piece)
    keeps_lines = piece.kind in (Kind.PARAGRAPH, Kind.ITEM)
    text = clean_text(piece.text) if keeps_lines else _one_line(piece.text)
    return replace(piece, text=text, marker=_one_line(piece.marker), header=())


def _tidy_row(piece: Piece) -> Piece:
    """Give a row as many cells as its header has names, and the other way round."""
    row = [_one_line(cell) for cell in piece.text.split("|")]
    header = [_one_line(name).replace("|", "/") for name in piece.header]
    if not any(row):
        return replace(piece, text="", header=())
    if header:
        width = max(len(row), len(header))
        row += [""] * (width - len(row))
        header += [""] * (width - len(header))
    return replace(piece, text=CELL_SEPARATOR.join(row).strip(), header=tuple(header))


def _closes(piece: Piece) -> bool:
    """A question without text ends the answer before it."""
    return piece.kind is Kind.QUESTION and not piece.text


def _tidy_metadata(reading: Reading) -> dict[str, str]:
    tidy = {_one_line(key): _one_line(value) for key, value in reading.metadata.items()}
    return {key: value for key, value in tidy.items() if key and value}


def _title(named: str, pieces: Sequence[Piece], source: str) -> str:
    """Take the title a file names, else its top heading, its first line, or its file name."""
    top = next((p.text for p in pieces if p.kind is Kind.HEADING and p.level == 1), "")
    first = next((p for p in pieces if p.text), None)
    line = _first_line(first) if first is None or _is_topmost(first, pieces) else ""
    return named or top or line or _file_title(source) or _opening(first) or source


def _is_topmost(first: Piece, pieces: Sequence[Piece]) -> bool:
    """A heading beside which there are others is a section's, not the article's."""
    if first.kind is not Kind.HEADING or not first.level:
        return True
    beside = [p for p in pieces if p.kind is Kind.HEADING and p.level <= first.level]
    return len(beside) == 1


def _first_line(first: Piece | None) -> str:
    if first is None or len(first.text) > MAX_TITLE or "\n" in first.text:
        return ""
    if first.kind is Kind.HEADING:
        return first.text
    is_line = first.kind is Kind.PARAGRAPH and not first.text.endswith((".", ":", ";", ",", "!"))
    return first.text if is_line else ""


def _file_title(source: str) -> str:
    """Write a file name as words; a name of mere digits and hashes is none."""
    words = re.split(r"[\s_\-.]+", PurePosixPath(source).stem)
    kept = [word for word in words if not _HEX.fullmatch(word) and not word.isdigit()]
    title = _one_line(" ".join(kept))
    return title[:1].upper() + title[1:] if _WORD.search(title) else ""


def _opening(first: Piece | None) -> str:
    if first is None:
        return ""
    text = " ".join(first.text.split())
    if len(text) <= OPENING:
        return text
    cut = text.rfind(" ", 0, OPENING)
    return text[: cut if cut > 0 else OPENING].rstrip(" ,;:") + "…"


@dataclass(slots=True)
class _Assembly:
    """The document as far as it is put together."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    headings: list[tuple[int, str, bool]] = field(default_factory=list)  # level, text, is question
    items: list[int] = field(default_factory=list)  # the run's open items, outermost first
    lead: int | None = None  # what introduces the current run of items or rows

    def text(self) -> str:
        return "".join(self.parts)


def _place(pieces: Sequence[Piece], title: str) -> _Assembly:
    assembly = _Assembly()
    for piece in pieces:
        if _closes(piece):
            _close_question(assembly)
        else:
            _add(assembly, piece, title)
    return assembly


def _close_question(assembly: _Assembly) -> None:
    questions = [at for at, (_, _, asks) in enumerate(assembly.headings) if asks]
    if questions:
        del assembly.headings[questions[-1] :]


def _add(assembly: _Assembly, piece: Piece, title: str) -> None:
    previous = assembly.blocks[-1] if assembly.blocks else None
    joined = previous is not None and piece.kind is previous.kind
    close = joined and piece.kind in (Kind.ITEM, Kind.ROW)
    if previous is not None:
        _write(assembly, "\n" if close else "\n\n")
    starts_table = piece.kind is Kind.ROW and not piece.header
    if not close or starts_table:
        assembly.items = []
        assembly.lead = _lead(assembly)
    _open_page(assembly, piece)
    start = assembly.length
    _write(assembly, piece.text)
    assembly.blocks.append(_block(assembly, piece, start, title))


def _write(assembly: _Assembly, text: str) -> None:
    assembly.parts.append(text)
    assembly.length += len(text)


def _lead(assembly: _Assembly) -> int | None:
    """The block just written introduces what follows, if it is a paragraph or a question."""
    if not assembly.blocks or assembly.blocks[-1].kind not in (Kind.PARAGRAPH, Kind.QUESTION):
        return None
    return len(assembly.blocks) - 1


def _open_page(assembly: _Assembly, piece: Piece) -> None:
    page = piece.page or 0
    while len(assembly.pages) < page:
        assembly.pages.append(assembly.length if assembly.pages else 0)


def _block(assembly: _Assembly, piece: Piece, start: int, title: str) -> Block:
    parent: int | None = None
    if piece.kind is Kind.ITEM:
        parent = _item_parent(assembly, piece.level)
    elif piece.kind is Kind.ROW:
        parent = assembly.lead
    elif piece.kind in (Kind.HEADING, Kind.QUESTION):
        assembly.headings = [entry for entry in assembly.headings if entry[0] < piece.level]
    path = tuple(text for _, text, _ in assembly.headings)
    if piece.kind is Kind.QUESTION:
        assembly.headings.append((piece.level, piece.text, True))
    elif piece.kind is Kind.HEADING and not same_heading(piece.text, title):
        assembly.headings.append((piece.level, piece.text, False))
    return Block(
        kind=piece.kind,
        start=start,
        end=assembly.length,
        heading_path=path,
        level=_clamp(piece),
        parent=parent,
        header=piece.header if piece.kind is Kind.ROW else (),
        marker=piece.marker,
    )


def _item_parent(assembly: _Assembly, level: int) -> int | None:
    """The nearest shallower item of the run, else what leads in the run."""
    index = len(assembly.blocks)
    while assembly.items and assembly.blocks[assembly.items[-1]].level >= level:
        assembly.items.pop()
    parent = assembly.items[-1] if assembly.items else assembly.lead
    assembly.items.append(index)
    return parent


def _clamp(piece: Piece) -> int:
    if piece.kind in (Kind.HEADING, Kind.QUESTION):
        return min(max(piece.level, 1), MAX_LEVEL)
    return max(piece.level, 0) if piece.kind is Kind.ITEM else 0
