"""A folder of articles to a generation of an index.

Knows the order of the steps: read, cut, embed what is new, write, publish. Knows nothing of file
formats, of how text is cut or of how anything is searched.
"""

import hashlib
import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

import numpy as np

import ingest
from index import generations
from index.catalog import CatalogContent, ChunkEntry, write_catalog
from index.dense import write_dense
from index.encoder import Encoder, read_card
from index.errors import IndexUnavailable
from index.export import BUNDLED_NAME, export_once, link_encoder
from index.lexical import LexicalEntry, write_lexical
from index.manifest import (
    Manifest,
    Recipe,
    digest_code,
    digest_corpus,
    measure_files,
    write_manifest,
)
from index.store import (
    ENCODER_FOLDER,
    SPANS_FILE,
    VOCABULARY_FILE,
    WORDS_FILE,
    Index,
    StoredVectors,
    open_index,
)
from index.types import BuildSummary, Embedder, Progress, Vectors
from ingest.chunking import MAX_CHARS, chunk_document, embed_text
from ingest.corpus import CorpusReading, Repaired, read_corpus
from ingest.document import Chunk, Document, Kind, Span
from ingest.faq import faq_pairs
from ingest.profile import CorpusProfile, profile_corpus
from ingest.reading import IngestError
from ingest.spans import describe_span, split_spans

READING_LIBRARIES = ("lxml", "markdown-it-py", "pypdf", "python-docx", "pyyaml", "trafilatura")
"""Another version of these may read a file differently."""

SEARCH_LIBRARIES = ("faiss-cpu", "numpy", "onnxruntime", "tantivy", "tokenizers")

TEXTS_PER_STEP = 64
"""Texts encoded between two reports of progress; about half a second."""


@dataclass(frozen=True, slots=True)
class Content:
    """The chunks of a corpus by id, their spans, and the texts that stand for both."""

    chunks: tuple[Chunk, ...]
    spans: tuple[tuple[Span, ...], ...]
    chunk_texts: tuple[str, ...]
    span_texts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors of texts, their keys, and how many were computed rather than taken over."""

    vectors: Vectors
    keys: tuple[bytes, ...]
    computed: int


@dataclass(frozen=True, slots=True)
class EmbeddedContent:
    """The vectors of chunks, those of spans in the same order, and those of the corpus's words."""

    chunks: Embedded
    spans: Embedded
    words: Embedded


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
    """Build the index of a corpus in `folder`, or bring it up to date.

    Only what is new is read and embedded; where nothing has changed, no generation is written.
    `model` is a sentence-transformers model to embed with; without one the index keeps its own.
    `without_faq` leaves the corpus's own question-answer pairs out of the index, not out of the
    documents. `cache` is where exported encoders are kept. Waits up to `patience` seconds for
    another build. Raises `IngestError` if nothing can be read, `ExportError` or `IndexBusy`; the
    index that was there then stays.
    """
    report = progress or _say_nothing
    with generations.building(folder, patience):
        generations.clean(folder)
        before = _open_before(folder)
        reading = _read(corpus, before, report)
        exported = _find_encoder(model, before, cache)
        recipe = Recipe(
            encoder=read_card(exported),
            corpus_digest=digest_corpus((one.source, one.sha256) for one in reading.documents),
            ingest_digest=_ingest_digest(),
            without_faq=without_faq,
        )
        if before is not None and _is_same(before, recipe, reading, corpus):
            return _unchanged(before)
        content = cut_documents(reading.documents, without_faq=without_faq)
        encoder = Encoder(exported)
        profile = profile_corpus(reading.documents, encoder.word_rank)
        embedded = _embed_content(content, profile.content_vocabulary(), before, encoder, report)
        generation = generations.new_generation(folder)
        link_encoder(exported, generation / ENCODER_FOLDER)
        _write(generation, reading, profile, content, embedded)
        write_manifest(_manifest(generation, recipe, corpus, reading, content), generation)
        generations.publish(generation)
        generations.clean(folder)
        return _changed(recipe.version, reading, before, embedded.chunks)


def cut_documents(documents: Sequence[Document], *, without_faq: bool) -> Content:
    """Cut documents into chunks and spans, ordered by chunk id: rows break ties as ids do."""
    cut = []
    for document in documents:
        chunks = chunk_document(document)
        if without_faq:
            chunks = leave_out_faq(document, chunks)
        spans = split_spans(document)
        for chunk in chunks:
            inside = tuple(span for span in spans if chunk.start <= span.start < chunk.end)
            described = tuple(describe_span(document, span) for span in inside)
            cut.append((chunk.id, chunk, inside, described))
    cut.sort(key=lambda one: one[0])
    return Content(
        chunks=tuple(chunk for _, chunk, _, _ in cut),
        spans=tuple(spans for _, _, spans, _ in cut),
        chunk_texts=tuple(embed_text(chunk) for _, chunk, _, _ in cut),
        span_texts=tuple(texts for _, _, _, texts in cut),
    )


def leave_out_faq(document: Document, chunks: Sequence[Chunk]) -> tuple[Chunk, ...]:
    """Drop the chunks that hold any of an explicit question-answer pair, and bare FAQ headings."""
    pairs = [pair for pair in faq_pairs(document) if pair.explicit]
    starts = {pair.question_start for pair in pairs}
    return tuple(
        chunk
        for chunk in chunks
        if not any(chunk.start < pair.end and chunk.end > pair.question_start for pair in pairs)
        and not _only_announces(document, chunk, starts)
    )


def _only_announces(document: Document, chunk: Chunk, questions: set[int]) -> bool:
    """Tell whether a chunk is no more than headings right above a question."""
    inside = [block for block in document.blocks if chunk.start <= block.start < chunk.end]
    following = [block for block in document.blocks if block.start >= chunk.end]
    return (
        all(block.kind is Kind.HEADING for block in inside)
        and bool(following)
        and following[0].start in questions
    )


def _open_before(folder: Path) -> Index | None:
    try:
        return open_index(folder)
    except IndexUnavailable:
        return None


def _find_encoder(model: str | Path | None, before: Index | None, cache: Path | None) -> Path:
    """Find the export to embed with: of the model that is named, else the one the index has.

    The bundled one is looked for anew each time: it comes with the program, as does its name.
    """
    if model is None and before is not None and before.encoder.card.name != BUNDLED_NAME:
        return before.exported
    return export_once(None if model == BUNDLED_NAME else model, cache=cache)


def _read(corpus: Path, before: Index | None, report: Progress) -> CorpusReading:
    """Read what is new; the notes on documents taken over are taken over with them."""
    known: dict[str, Document] = {}
    if before is not None and before.manifest.recipe.ingest_digest == _ingest_digest():
        known = {document.source: document for document in before.all_documents()}
    reading = read_corpus(corpus, known, lambda done, total: report("reading", done, total))
    if not reading.documents:
        first = reading.skipped[0] if reading.skipped else None
        reason = f"; the first is {first.source}: {first.reason}" if first else ""
        raise IngestError(str(corpus), f"none of its files could be read{reason}")
    repaired = [*reading.repaired, *_notes_kept(reading, known, before)]
    return replace(reading, repaired=tuple(sorted(repaired, key=lambda one: one.source)))


def _notes_kept(
    reading: CorpusReading, known: Mapping[str, Document], before: Index | None
) -> list[Repaired]:
    unchanged = {
        one.source
        for one in reading.documents
        if one.source in known and known[one.source].sha256 == one.sha256
    }
    # A note on its title depends on the other documents, and has been made afresh.
    return [
        note
        for note in (before.repaired if before is not None else ())
        if note.source in unchanged and not note.note.endswith(": path added")
    ]


def _is_same(before: Index, recipe: Recipe, reading: CorpusReading, corpus: Path) -> bool:
    return (
        before.version == recipe.version
        and before.skipped == reading.skipped
        and before.repaired == reading.repaired
        and before.corpus == corpus.resolve()
    )


def _embed_content(
    content: Content,
    vocabulary: Sequence[str],
    before: Index | None,
    encoder: Encoder,
    report: Progress,
) -> EmbeddedContent:
    old_chunks, old_spans, old_words = StoredVectors(), StoredVectors(), StoredVectors()
    if before is not None and before.manifest.recipe.encoder == encoder.card:
        old_chunks, old_spans = before.vectors_by_key()
        old_words = StoredVectors(*before.words_by_key(_key))
    span_texts = [text for texts in content.span_texts for text in texts]
    return EmbeddedContent(
        _embed(content.chunk_texts, old_chunks, encoder, _stage(report, "embedding sections")),
        _embed(span_texts, old_spans, encoder, _stage(report, "embedding sentences")),
        _embed(vocabulary, old_words, encoder, _stage(report, "embedding words")),
    )


def _embed(
    texts: Sequence[str],
    known: StoredVectors,
    encoder: Embedder,
    report: Callable[[int, int], None],
) -> Embedded:
    """Encode each distinct text that has no vector yet; the rest is taken over."""
    keys = tuple(_key(text) for text in texts)
    wanted = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    fresh: dict[bytes, Vectors] = {}
    new_keys, new_texts = list(wanted), list(wanted.values())
    for start in range(0, len(new_texts), TEXTS_PER_STEP):
        report(start, len(new_texts))
        vectors = encoder.encode(new_texts[start : start + TEXTS_PER_STEP])
        fresh.update(zip(new_keys[start : start + TEXTS_PER_STEP], vectors, strict=True))
    report(len(new_texts), len(new_texts))
    dim = encoder.encode([]).shape[1]
    rows = [fresh[key] if key in fresh else known[key] for key in keys]
    vectors = np.stack(rows) if rows else np.zeros((0, dim), dtype=np.float32)
    return Embedded(vectors.astype(np.float32), keys, sum(key in fresh for key in keys))


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


def _write(
    generation: Path,
    reading: CorpusReading,
    profile: CorpusProfile,
    content: Content,
    embedded: EmbeddedContent,
) -> None:
    span_keys = iter(embedded.spans.keys)
    entries = [
        ChunkEntry(chunk, key, spans, tuple(itertools.islice(span_keys, len(spans))))
        for chunk, key, spans in zip(
            content.chunks, embedded.chunks.keys, content.spans, strict=True
        )
    ]
    write_catalog(
        CatalogContent(
            documents=reading.documents,
            entries=entries,
            skipped=reading.skipped,
            repaired=reading.repaired,
            profile=profile.to_json(),
        ),
        generation,
    )
    write_lexical(map(_lexical_entry, content.chunks), generation)
    write_dense(embedded.chunks.vectors, generation)
    np.save(generation / SPANS_FILE, embedded.spans.vectors.astype(np.float16))
    np.save(generation / WORDS_FILE, embedded.words.vectors.astype(np.float16))
    vocabulary = json.dumps(profile.content_vocabulary(), ensure_ascii=False)
    (generation / VOCABULARY_FILE).write_text(vocabulary, encoding="utf-8")


def _lexical_entry(chunk: Chunk) -> LexicalEntry:
    headings = "\n".join(chunk.heading_path)
    text = f"{chunk.context}\n{chunk.text}" if chunk.context else chunk.text
    return LexicalEntry(chunk.title, headings, text)


def _manifest(
    generation: Path, recipe: Recipe, corpus: Path, reading: CorpusReading, content: Content
) -> Manifest:
    return Manifest(
        version=recipe.version,
        recipe=recipe,
        corpus=str(corpus.resolve()),
        counts={
            "documents": len(reading.documents),
            "chunks": len(content.chunks),
            "spans": sum(len(spans) for spans in content.spans),
        },
        parameters={"chunk_max_chars": str(MAX_CHARS)},
        libraries=_libraries(SEARCH_LIBRARIES),
        files=measure_files(generation),
    )


def _changed(
    version: str, reading: CorpusReading, before: Index | None, chunks: Embedded
) -> BuildSummary:
    gone = set(before.chunk_keys()) - set(chunks.keys) if before is not None else set()
    return BuildSummary(
        read=len(reading.documents) - reading.unchanged,
        skipped=reading.skipped,
        repaired=reading.repaired,
        documents=len(reading.documents),
        chunks=len(chunks.keys),
        embedded=chunks.computed,
        reused=len(chunks.keys) - chunks.computed,
        removed=len(gone),
        version=version,
        changed=True,
    )


def _unchanged(index: Index) -> BuildSummary:
    counts = index.manifest.counts
    return BuildSummary(
        read=0,
        skipped=index.skipped,
        repaired=index.repaired,
        documents=counts["documents"],
        chunks=counts["chunks"],
        embedded=0,
        reused=counts["chunks"],
        removed=0,
        version=index.version,
        changed=False,
    )


def _ingest_digest() -> str:
    return digest_code(Path(ingest.__file__).parent, _libraries(READING_LIBRARIES))


def _libraries(names: Sequence[str]) -> dict[str, str]:
    found = {}
    for name in names:
        try:
            found[name] = installed_version(name)
        except PackageNotFoundError:
            found[name] = "absent"
    return found


def _stage(report: Progress, stage: str) -> Callable[[int, int], None]:
    return lambda done, total: report(stage, done, total)


def _say_nothing(stage: str, done: int, total: int) -> None:
    """Stand in for a progress bar."""
