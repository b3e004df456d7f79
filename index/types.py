"""What the index hands to those who search it.

Knows the shape of a search result and of a stored corpus. Knows nothing of how either is computed
(dense, lexical, fusion, store) or of questions and answers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.document import Chunk, Span

if TYPE_CHECKING:
    from ingest.corpus import Repaired, Skipped

Vectors = NDArray[np.float32]
"""Rows are unit vectors, shape (texts, dimensions)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that a search found: its fused score, its rank from 1, and what each ranking gave it.

    `dense` is a cosine similarity and `lexical` a BM25 score; None where that ranking did not
    return the chunk.
    """

    chunk: Chunk
    score: float
    rank: int
    dense: float | None = None
    lexical: float | None = None


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document as a list shows it."""

    id: str
    title: str
    source: str
    chunks: int


@dataclass(frozen=True, slots=True)
class ChunkSpans:
    """The spans of one chunk with their unit vectors, one row of `vectors` to a span."""

    spans: tuple[Span, ...]
    vectors: Vectors


class Embedder(Protocol):
    """Turns texts into unit vectors, one row to a text."""

    def encode(self, texts: Sequence[str], /) -> Vectors: ...


Progress = Callable[[str, int, int], None]
"""Told the stage of a build, and how many of how many files or texts of it are done."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did.

    `read` counts the files read anew, `embedded` and `reused` the chunks whose vectors were
    computed and taken over, `removed` the chunks that are no longer there. `changed` is false where
    the index was up to date already.
    """

    read: int
    skipped: "tuple[Skipped, ...]"
    repaired: "tuple[Repaired, ...]"
    documents: int
    chunks: int
    embedded: int
    reused: int
    removed: int
    version: str
    changed: bool
