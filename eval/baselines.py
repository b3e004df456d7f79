"""What a good figure is measured against: rankings that take no thought, or the field's usual one.

Each baseline is a function from a query to passages, best first. Knows an index's parts and how the
field cuts text by default. Knows nothing of gold spans, verdicts or figures.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.judging import Passage
from index.store import Index
from index.types import Hit, Vectors
from ingest.document import Document, Kind

Ranker = Callable[[str], list[Passage]]
"""From the words of a query to passages, best first."""

RANDOM = "random"
FIRST = "first paragraph"
LEXICAL = "BM25 alone"
DENSE = "dense alone"
FIELD = "field default"
BASELINES = (RANDOM, FIRST, LEXICAL, DENSE, FIELD)

CHUNK = 1000
OVERLAP = 200
TOP = 4
"""The defaults that tutorials and frameworks share: 1000 characters, 200 shared, 4 retrieved."""

SEPARATORS = ("\n\n", "\n", " ", "")
"""Where a recursive splitter cuts, in order: paragraphs, lines, words, anywhere."""

POOL = 100
"""Hits asked of the index, so that each single ranking of its fusion is deep enough."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a text."""

    start: int
    end: int


def make_baselines(
    index: Index, documents: Sequence[Document], left_out: Mapping[str, Sequence[Cut]]
) -> dict[str, Ranker]:
    """Make the baselines that rank by themselves; `left_out` are stretches that aren't indexed.

    BM25 alone and dense alone are made from the index's own hits.
    """
    return {
        RANDOM: rank_random(index, documents),
        FIRST: rank_first(documents),
        FIELD: rank_field_default(index, documents, left_out),
    }


def rank_as_found(hits: Sequence[Hit]) -> list[Passage]:
    """Take the hits in the order that they were found in."""
    return [_from_hit(hit, hit.score) for hit in hits]


def rank_lexical(hits: Sequence[Hit]) -> list[Passage]:
    """Order hits by BM25 alone; what shares no word with the query isn't found."""
    return _sorted([_from_hit(hit, hit.lexical) for hit in hits if hit.lexical is not None])


def rank_dense(hits: Sequence[Hit]) -> list[Passage]:
    """Order hits by the cosine of their vectors alone."""
    return _sorted([_from_hit(hit, hit.dense) for hit in hits if hit.dense is not None])


def rank_random(index: Index, documents: Sequence[Document]) -> Ranker:
    """Order chunks by a hash of query and chunk: chance, but the same chance every time."""
    passages = [
        (chunk.id, Passage(document.id, chunk.start, chunk.end, chunk.text))
        for document in documents
        for chunk in index.chunks(document.id)
    ]

    def rank(query: str) -> list[Passage]:
        def key(item: tuple[str, Passage]) -> bytes:
            return hashlib.sha256(f"{query}\x1f{item[0]}".encode()).digest()

        return [passage for _, passage in sorted(passages, key=key)]

    return rank


def rank_first(documents: Sequence[Document]) -> Ranker:
    """Return the first paragraph of each document, whatever is asked."""
    passages = []
    for document in sorted(documents, key=lambda document: document.source):
        for block in document.blocks:
            if block.kind is Kind.PARAGRAPH:
                text = document.text[block.start : block.end]
                passages.append(Passage(document.id, block.start, block.end, text))
                break
    return lambda query: list(passages)  # noqa: ARG005 - it really doesn't matter


def rank_field_default(
    index: Index, documents: Sequence[Document], left_out: Mapping[str, Sequence[Cut]]
) -> Ranker:
    """Rank recursive chunks of plain text by their vectors, and return the first four."""
    passages = []
    for document in sorted(documents, key=lambda document: document.source):
        for part in keep_rest(document.text, left_out.get(document.id, ())):
            for cut in split_recursively(document.text, part):
                text = document.text[cut.start : cut.end]
                passages.append(Passage(document.id, cut.start, cut.end, text))
    vectors: Vectors = index.encode([passage.text for passage in passages])

    def rank(query: str) -> list[Passage]:
        scores = vectors @ index.encode([query])[0]
        order = sorted(range(len(passages)), key=lambda i: (-float(scores[i]), i))[:TOP]
        return [passages[i] for i in order]

    return rank


def keep_rest(text: str, left_out: Sequence[Cut]) -> list[Cut]:
    """Return what is left of a text between the stretches that are left out."""
    rest = []
    reached = 0
    for cut in sorted(left_out, key=lambda cut: cut.start):
        if text[reached : cut.start].strip():
            rest.append(Cut(reached, cut.start))
        reached = max(reached, cut.end)
    if text[reached:].strip():
        rest.append(Cut(reached, len(text)))
    return rest


def split_recursively(text: str, part: Cut) -> list[Cut]:
    """Cut a part of a text into chunks of at most CHUNK characters, sharing up to OVERLAP.

    Pieces end at the coarsest separator that makes them short enough; chunks are filled with whole
    pieces, and the next one starts with as many of the last pieces as fit into OVERLAP.
    """
    chunks: list[Cut] = []
    held: list[Cut] = []
    for piece in _pieces(text, part, 0):
        if held and piece.end - held[0].start > CHUNK:
            chunks.append(_trimmed(text, held))
            while held and (
                held[-1].end - held[0].start > OVERLAP or piece.end - held[0].start > CHUNK
            ):
                held.pop(0)
        held.append(piece)
    if held:
        chunks.append(_trimmed(text, held))
    return [chunk for chunk in chunks if chunk.end > chunk.start]


def _pieces(text: str, part: Cut, level: int) -> list[Cut]:
    """Split at one separator, and what is still too long at the next finer one."""
    separator = SEPARATORS[level]
    if not separator:
        return [
            Cut(start, min(start + CHUNK, part.end)) for start in range(part.start, part.end, CHUNK)
        ]
    pieces = []
    start = part.start
    while start < part.end:
        found = text.find(separator, start, part.end)
        end = part.end if found < 0 else found + len(separator)
        piece = Cut(start, end)
        fits = end - start <= CHUNK
        pieces += [piece] if fits else _pieces(text, piece, level + 1)
        start = end
    return pieces


def _trimmed(text: str, held: Sequence[Cut]) -> Cut:
    start, end = held[0].start, held[-1].end
    shown = text[start:end]
    return Cut(start + len(shown) - len(shown.lstrip()), end - len(shown) + len(shown.rstrip()))


def _from_hit(hit: Hit, score: float | None) -> Passage:
    chunk = hit.chunk
    return Passage(chunk.document_id, chunk.start, chunk.end, chunk.text, float(score or 0.0))


def _sorted(passages: Sequence[Passage]) -> list[Passage]:
    return sorted(passages, key=lambda p: (-p.score, p.document_id, p.start))
