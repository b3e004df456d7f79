"""What tests of reading share: documents to check, and the properties that hold of every one."""

from pathlib import Path

import pytest
from hypothesis import strategies as st

from ingest.assembly import assemble
from ingest.document import CELL_SEPARATOR, Chunk, Document, Kind
from ingest.markdown import read_markdown
from ingest.reading import Piece, Reading
from ingest.spans import split_spans
from ingest.text import read_text

SHARED = Path(__file__).parents[2] / "shared"
ARTICLES = SHARED / "articles"
MARKDOWN = SHARED / "datasets" / "markdown"

needs_articles = pytest.mark.skipif(not ARTICLES.is_dir(), reason="needs ../shared/articles")
needs_markdown = pytest.mark.skipif(not MARKDOWN.is_dir(), reason="needs ../shared/datasets")

_WORDS = st.sampled_from(
    "bread Dr. 3.5 U.S. e.g. why? Yes! (see it) “quoted.” oven | C++ Ärger … 日本語。 read more".split(
        " "
    )
)
_LINES = st.lists(_WORDS, max_size=40).map(" ".join) | st.text(max_size=60)


def _row(draw: st.DrawFn, width: int) -> str:
    cells = draw(st.lists(_LINES, min_size=width, max_size=width))
    return CELL_SEPARATOR.join(cell.replace("|", "/") for cell in cells)


@st.composite
def pieces(draw: st.DrawFn) -> list[Piece]:
    """A piece of any kind, or a whole small table."""
    kind = draw(st.sampled_from(list(Kind)))
    if kind is Kind.ROW:
        header = tuple(_row(draw, 2).split(CELL_SEPARATOR))
        rows = [Piece(kind, _row(draw, 2), header=header) for _ in range(draw(st.integers(0, 3)))]
        return [Piece(kind, CELL_SEPARATOR.join(header)), *rows]
    level = draw(st.integers(0, 6 if kind in (Kind.HEADING, Kind.QUESTION) else 3))
    marker = "•" if kind is Kind.ITEM else ""
    page = draw(st.none() | st.integers(1, 5))
    return [Piece(kind, draw(_LINES), level, marker, page=page)]


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading: whatever a reader may hand over, in any order."""
    runs = draw(st.lists(pieces(), max_size=12))
    title = draw(st.sampled_from(["", "Baking", "Baking FAQ"]))
    return Reading(title, tuple(piece for run in runs for piece in run))


documents = readings().map(lambda reading: assemble(reading, "some/file.txt", "0" * 64))


def load(path: Path) -> Document:
    """Read and assemble a file of the shared folder."""
    read = read_markdown if path.suffix in (".md", ".mdx") else read_text
    return assemble(read(path.read_bytes(), path.name), path.name, "0" * 64)


def article(number: str) -> Document:
    """One of the four source articles, by the number its name begins with."""
    return load(next(ARTICLES.glob(f"{number}_*")))


def of_kind(document: Document, kind: Kind) -> list[str]:
    """The texts of all blocks of a kind."""
    return [
        document.text[block.start : block.end] for block in document.blocks if block.kind is kind
    ]


def find(document: Document, beginning: str) -> int:
    """The index of the first block that begins so."""
    return next(
        index
        for index, block in enumerate(document.blocks)
        if document.text[block.start : block.end].startswith(beginning)
    )


def outline_of(document: Document) -> list[tuple[str, int, str]]:
    """Kind, level and text of every block: what a reader of the document sees."""
    return [
        (block.kind.value, block.level, document.text[block.start : block.end])
        for block in document.blocks
    ]


def check_blocks(document: Document) -> None:
    """Blocks are in order, don't overlap, and hold all content; parents and paths point back."""
    end = 0
    for index, block in enumerate(document.blocks):
        assert not document.text[end : block.start].strip()
        assert end <= block.start < block.end
        assert (
            document.text[block.start : block.end].strip() == document.text[block.start : block.end]
        )
        assert block.parent is None or block.parent < index
        end = block.end
    assert end == len(document.text)
    headings = {
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind in (Kind.HEADING, Kind.QUESTION)
    }
    assert all(set(block.heading_path) <= headings for block in document.blocks)


def check_spans(document: Document) -> None:
    """Spans hold all of every block but headings and questions, in order, without overlap."""
    spans = split_spans(document)
    assert list(spans) == sorted(spans, key=lambda span: span.start)
    for index, block in enumerate(document.blocks):
        end = block.start
        for span in (span for span in spans if span.block == index):
            assert not document.text[end : span.start].strip()
            assert end <= span.start < span.end <= block.end
            assert document.text[span.start : span.end].strip()
            end = span.end
        titled = block.kind in (Kind.HEADING, Kind.QUESTION)
        assert end == (block.start if titled else block.end)


def check_chunks(document: Document, chunks: tuple[Chunk, ...]) -> None:
    """Chunks hold all of the text in order without overlap, and cut no span."""
    end = 0
    for chunk in chunks:
        assert document.text[chunk.start : chunk.end] == chunk.text
        assert not document.text[end : chunk.start].strip()
        assert end <= chunk.start < chunk.end
        end = chunk.end
    assert end == len(document.text)
    assert len({chunk.id for chunk in chunks}) == len(chunks)
    starts = {chunk.start for chunk in chunks}
    inside = [span for span in split_spans(document) for at in starts if span.start < at < span.end]
    assert not inside
