"""An index on one machine: built, opened, searched and read.

Knows how the parts of a generation belong together. Knows nothing of files of articles (`build`)
or of questions and answers.
"""

import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.adapter import adapt_query
from index.catalog import Catalog
from index.dense import DenseIndex
from index.encoder import Encoder, EncoderDamaged, read_card
from index.errors import (
    DocumentMissing,
    IndexBusy,
    IndexDamaged,
    IndexMismatch,
    IndexMissing,
    IndexUnavailable,
)
from index.fusion import POOL, fuse
from index.generations import POINTER, current_generation
from index.lexical import LexicalIndex
from index.manifest import Manifest, read_manifest
from index.types import BuildSummary, ChunkSpans, DocumentSummary, Hit, Progress, Vectors
from ingest.document import Chunk, Document
from ingest.profile import CorpusProfile

if TYPE_CHECKING:
    from ingest.corpus import Repaired, Skipped

__all__ = [
    "BuildSummary",
    "DocumentMissing",
    "Index",
    "IndexBusy",
    "IndexDamaged",
    "IndexMismatch",
    "IndexMissing",
    "IndexUnavailable",
    "Library",
    "Progress",
    "build_index",
    "open_index",
]

_log = logging.getLogger("footnote.index")

ENCODER_FOLDER = "encoder"
SPANS_FILE = "spans.npy"
WORDS_FILE = "words.npy"
VOCABULARY_FILE = "words.json"
"""The words whose vectors `WORDS_FILE` holds, in its order."""

RETRY_SECONDS = 10.0
"""What keeps an index from being opened may pass: too many open files, a disk that is slow."""

MAX_REMEMBERED = 2_048
"""Texts whose vectors are kept in memory: 3 MB at 384 dimensions."""

SpanVectors = NDArray[np.float16]
"""Half precision moves no cosine by more than 0.0005 and halves the largest file."""


class Index:
    """One generation, which never changes and may be shared by threads.

    `folder` is the index's own, which holds its generations.
    """

    def __init__(self, generation: Path, manifest: Manifest, encoder: Encoder) -> None:
        self.folder = generation.parent
        self.manifest = manifest
        self._catalog = Catalog(generation)
        self._dense = DenseIndex(generation)
        self._lexical = LexicalIndex(generation)
        self.encoder = encoder
        self._remembered: dict[str, Vectors] = {}
        self._spans: SpanVectors = np.load(generation / SPANS_FILE, mmap_mode="r")
        self._words: SpanVectors = np.load(generation / WORDS_FILE, mmap_mode="r")
        self._vocabulary: list[str] = json.loads((generation / VOCABULARY_FILE).read_text("utf-8"))
        self.exported = generation / ENCODER_FOLDER

    @property
    def version(self) -> str:
        """A short content hash: the same corpus and encoder give the same one on every machine."""
        return self.manifest.version

    @property
    def corpus(self) -> Path:
        """The folder of articles that the index was built from."""
        return Path(self.manifest.corpus)

    @cached_property
    def profile(self) -> CorpusProfile:
        """What the corpus says of itself."""
        return CorpusProfile.from_json(self._catalog.profile())

    @cached_property
    def skipped(self) -> "tuple[Skipped, ...]":
        """The files that were left out, each with the reason."""
        return tuple(self._catalog.skipped())

    @cached_property
    def repaired(self) -> "tuple[Repaired, ...]":
        """What was mended to read the files."""
        return tuple(self._catalog.repaired())

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Encode texts as the chunks were; returns unit vectors, shape (texts, dim).

        What was encoded lately is remembered: a question is encoded for more than one purpose, and
        the same headings come up with every other question.
        """
        known = self._remembered  # taken once: another thread may put others in its place
        new = list(dict.fromkeys(text for text in texts if text not in known))
        if len(known) + len(new) > MAX_REMEMBERED:
            known, new = {}, list(dict.fromkeys(texts))
        if new:
            known = known | dict(zip(new, self.encoder.encode(new), strict=True))
            self._remembered = known
        if not texts:
            return self.encoder.encode([])
        return np.stack([known[text] for text in texts])

    def encode_query(self, query: str) -> Vectors:
        """Encode a query, moved to where its answers lie; returns a unit vector, shape (dim,)."""
        return adapt_query(self.encode([query])[0], self.encoder.card)

    def word_rank(self, word: str) -> int | None:
        """Return how common a lower-case word is in its language, from 0; None if it is rare."""
        return self.encoder.word_rank(word)

    def is_word(self, word: str) -> bool:
        """Say whether a lower-case word is an ordinary one; a misspelt word isn't."""
        return self.word_rank(word) is not None

    def search(self, query: str, k: int) -> list[Hit]:
        """Return the k chunks that a query finds, best first; fewer if there are no more."""
        pool = max(k, POOL)
        vector = self.encode_query(query)
        dense = self._dense.search(vector, pool)
        lexical = self._lexical.search(query, pool)
        near = {row for row, _ in dense}
        others = [row for row, _ in lexical if row not in near]
        fused = fuse(
            dense,
            lexical,
            attainable=self._lexical.attainable(query),
            cosines=dict(zip(others, self._dense.score(vector, others), strict=True)),
        )[:k]
        chunks = self._catalog.chunks_at([one.row for one in fused])
        return [
            Hit(chunks[one.row], one.score, rank, one.dense, one.lexical)
            for rank, one in enumerate(fused, start=1)
        ]

    def read(self, document_id: str) -> Document:
        """Read a frozen document; raises `DocumentMissing`."""
        return self._catalog.document(document_id)

    def documents(self) -> list[DocumentSummary]:
        """List the documents by source."""
        return self._catalog.documents()

    def chunks(self, document_id: str) -> list[Chunk]:
        """List a document's chunks in text order."""
        return self._catalog.chunks(document_id)

    def spans(self, chunk_id: str) -> ChunkSpans:
        """Return the spans of a chunk with their vectors; none for an unknown chunk."""
        found = self._catalog.spans(chunk_id)
        rows = [row for row, _ in found]
        vectors = self._spans[rows].astype(np.float32)
        return ChunkSpans(tuple(span for _, span in found), vectors)

    @cached_property
    def _word_rows(self) -> dict[str, int]:
        return {word: row for row, word in enumerate(self._vocabulary)}

    def word_vectors(self, words: Sequence[str]) -> Vectors:
        """Return one unit vector a lower-case word; only words new to the corpus are encoded."""
        vectors = np.zeros((len(words), self.encoder.card.dim), dtype=np.float32)
        rows = [self._word_rows.get(word) for word in words]
        known = [place for place, row in enumerate(rows) if row is not None]
        new = [place for place, row in enumerate(rows) if row is None]
        vectors[known] = self._words[[row for row in rows if row is not None]]
        if new:
            vectors[new] = self.encode([words[place] for place in new])
        return vectors

    def words_by_key(self, key: Callable[[str], bytes]) -> tuple[dict[bytes, int], SpanVectors]:
        """Return the corpus's words by key and their vectors, for a build to take over."""
        return {key(word): row for word, row in self._word_rows.items()}, self._words

    def chunk_keys(self) -> list[bytes]:
        """Return the keys of the chunk texts that were embedded."""
        return list(self._catalog.chunk_keys())

    def vectors_by_key(self) -> "tuple[StoredVectors, StoredVectors]":
        """Return the vectors of chunks and of spans, for a build to take over."""
        chunks = StoredVectors(self._catalog.chunk_keys(), self._dense.vectors)
        return chunks, StoredVectors(self._catalog.span_keys(), self._spans)

    def check(self) -> None:
        """Compare what the manifest promises with what the parts hold; raises `IndexMismatch`."""
        promised = self.manifest.recipe.encoder
        if self.encoder.card != promised:
            raise IndexMismatch("encoder", promised.digest[:12], self.encoder.card.digest[:12])
        chunks, dim = self._dense.vectors.shape
        found = {
            "documents": len(self._catalog.documents()),
            "chunks": chunks,
            "spans": len(self._spans),
        }
        if len(self._vocabulary) != len(self._words):
            raise IndexMismatch("words", len(self._vocabulary), len(self._words))
        if dim != promised.dim:
            raise IndexMismatch("dim", promised.dim, dim)
        for name, count in found.items():
            if self.manifest.counts.get(name) != count:
                raise IndexMismatch(name, self.manifest.counts.get(name), count)

    def all_documents(self) -> list[Document]:
        """Read every document, by source, for a build to take over."""
        return self._catalog.all_documents()


class StoredVectors:
    """Vectors that were computed before, by the key of the text they stand for."""

    def __init__(
        self, rows: dict[bytes, int] | None = None, vectors: Vectors | SpanVectors | None = None
    ) -> None:
        self._rows = rows or {}
        self._vectors = vectors

    def __contains__(self, key: bytes) -> bool:
        return key in self._rows

    def __getitem__(self, key: bytes) -> Vectors:
        if self._vectors is None:
            raise KeyError(key)
        vector: Vectors = self._vectors[self._rows[key]].astype(np.float32)
        return vector

    def __len__(self) -> int:
        return len(self._rows)


def open_index(folder: Path, before: Index | None = None) -> Index:
    """Open the index in force in a folder; `before` is the one in force until now, if any.

    Raises `IndexMissing`, `IndexMismatch` or `IndexDamaged`, all of them `IndexUnavailable`.
    """
    generation = current_generation(folder)
    manifest = read_manifest(generation)
    try:
        index = Index(generation, manifest, _load_encoder(generation / ENCODER_FOLDER, before))
        index.check()
    except (OSError, ValueError, RuntimeError, sqlite3.Error, EncoderDamaged) as error:
        raise IndexDamaged(generation, _first_line(error)) from error
    return index


def _load_encoder(exported: Path, before: Index | None) -> Encoder:
    """Go on with the encoder that is loaded if it is the same: another would take some 90 MB."""
    if before is not None and before.encoder.card == read_card(exported):
        return before.encoder
    return Encoder(exported)


class Library:
    """The index in force in a folder, reopened when a build has replaced it; shared by threads.

    A request asks `current` once and keeps what it got.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._opened: tuple[tuple[int, ...], Index] | None = None
        self._retry: float | None = None

    def current(self) -> Index:
        """Return the index in force; raises `IndexUnavailable` where there has never been one.

        A new generation that cannot be opened leaves the one before it in service, and is tried
        again after `RETRY_SECONDS`.
        """
        opened = self._opened
        stamp = self._stamp()
        if opened is not None and opened[0] == stamp and not self._is_due():
            return opened[1]
        with self._lock:
            opened = self._opened
            if opened is None:
                opened = (stamp, open_index(self._folder))
            elif opened[0] != stamp or self._is_due():
                opened = (stamp, self._reopen(opened[1]))
            self._opened = opened
            return opened[1]

    def _is_due(self) -> bool:
        return self._retry is not None and time.monotonic() >= self._retry

    def _reopen(self, before: Index) -> Index:
        self._retry = None
        try:
            return open_index(self._folder, before)
        except IndexUnavailable as error:
            _log.error("the new index cannot be used, the one before it answers: %s", error)
            self._retry = time.monotonic() + RETRY_SECONDS
            return before

    def _stamp(self) -> tuple[int, ...]:
        try:
            found = (self._folder / POINTER).stat()
        except OSError:
            return ()
        return (found.st_ino, found.st_mtime_ns, found.st_size)


def build_index(
    corpus: Path,
    folder: Path,
    *,
    model: str | Path | None = None,
    without_faq: bool = False,
    cache: Path | None = None,
    progress: Progress | None = None,
    patience: float = 600.0,
) -> BuildSummary:
    """Build or update the index of a corpus; see `index.build.build_index`."""
    from index import build  # noqa: PLC0415  (serving needs neither readers nor export)

    return build.build_index(
        corpus,
        folder,
        model=model,
        without_faq=without_faq,
        cache=cache,
        progress=progress,
        patience=patience,
    )


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
