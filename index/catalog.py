"""The frozen documents of an index, their chunks and spans, and how their reading went.

Knows SQLite and the types of `ingest.document`. Knows nothing of vectors and searching: a chunk and
a span have a row number, by which the other parts of a generation know them.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import DocumentMissing
from index.types import DocumentSummary
from ingest.document import Block, Chunk, Document, Kind, Span

if TYPE_CHECKING:
    from ingest.corpus import Repaired, Skipped

CATALOG_FILE = "catalog.sqlite"

DOCUMENTS_KEPT = 64
"""Documents held in memory once read: an answer reads the same few again and again."""

_TABLES = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, source TEXT UNIQUE, title TEXT, sha256 TEXT, text TEXT,
    blocks TEXT, metadata TEXT, pages TEXT
) WITHOUT ROWID;
CREATE TABLE chunks (
    row INTEGER PRIMARY KEY, id TEXT UNIQUE, document_id TEXT, title TEXT, heading_path TEXT,
    start INTEGER, "end" INTEGER, text TEXT, context TEXT, key BLOB
);
CREATE INDEX chunks_of_document ON chunks (document_id, start);
CREATE TABLE spans (
    row INTEGER PRIMARY KEY, chunk INTEGER, start INTEGER, "end" INTEGER, block INTEGER, key BLOB
);
CREATE INDEX spans_of_chunk ON spans (chunk, row);
CREATE TABLE skipped (source TEXT, reason TEXT);
CREATE TABLE repaired (source TEXT, note TEXT);
CREATE TABLE profile (json TEXT);
"""

_CHUNK = 'id, document_id, title, heading_path, start, "end", text, context'


@dataclass(frozen=True, slots=True)
class ChunkEntry:
    """A chunk with its spans; `key` and `span_keys` identify the texts that were embedded."""

    chunk: Chunk
    key: bytes
    spans: tuple[Span, ...]
    span_keys: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class CatalogContent:
    """All that a catalog holds; row numbers follow the order of `entries`."""

    documents: Sequence[Document]
    entries: Sequence[ChunkEntry]
    skipped: "Sequence[Skipped]"
    repaired: "Sequence[Repaired]"
    profile: str


class Catalog:
    """Reads a catalog that never changes; may be shared by threads.

    One connection serves all threads behind a lock, so that a generation that has been removed from
    the folder can still be read to the end by those who have it open.
    """

    def __init__(self, folder: Path) -> None:
        address = f"{(folder / CATALOG_FILE).resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        self.document = lru_cache(DOCUMENTS_KEPT)(self._document)

    def documents(self) -> list[DocumentSummary]:
        """List the documents by source."""
        rows = self._all(
            "SELECT d.id, d.title, d.source, count(c.row) FROM documents d LEFT JOIN chunks c "
            "ON c.document_id = d.id GROUP BY d.id ORDER BY d.source"
        )
        return [DocumentSummary(*row) for row in rows]

    def _document(self, document_id: str) -> Document:
        """Read a document; raises `DocumentMissing`."""
        rows = self._all(
            "SELECT id, title, text, blocks, source, sha256, metadata, pages FROM documents "
            "WHERE id = ?",
            (document_id,),
        )
        if not rows:
            raise DocumentMissing(document_id)
        return _to_document(rows[0])

    def all_documents(self) -> list[Document]:
        """Read every document, by source."""
        rows = self._all(
            "SELECT id, title, text, blocks, source, sha256, metadata, pages FROM documents "
            "ORDER BY source"
        )
        return [_to_document(row) for row in rows]

    def chunks(self, document_id: str) -> list[Chunk]:
        """List a document's chunks in text order."""
        rows = self._all(
            f"SELECT {_CHUNK} FROM chunks WHERE document_id = ? ORDER BY start",  # noqa: S608
            (document_id,),
        )
        return [_to_chunk(row) for row in rows]

    def chunks_at(self, rows: Sequence[int]) -> dict[int, Chunk]:
        """Read the chunks of the given rows."""
        marks = ",".join("?" * len(rows))
        found = self._all(
            f"SELECT row, {_CHUNK} FROM chunks WHERE row IN ({marks})",  # noqa: S608
            tuple(rows),
        )
        return {row: _to_chunk(fields) for row, *fields in found}

    def spans(self, chunk_id: str) -> list[tuple[int, Span]]:
        """List the spans of a chunk with their rows, in text order; none for an unknown chunk."""
        rows = self._all(
            'SELECT s.row, s.start, s."end", s.block FROM spans s JOIN chunks c ON c.row = s.chunk '
            "WHERE c.id = ? ORDER BY s.row",
            (chunk_id,),
        )
        return [(row, Span(start, end, block)) for row, start, end, block in rows]

    def chunk_keys(self) -> dict[bytes, int]:
        """Return the row of the vector for each chunk text that was embedded."""
        return dict(self._all("SELECT key, row FROM chunks ORDER BY row"))

    def span_keys(self) -> dict[bytes, int]:
        """Return a row of the vector for each span text that was embedded."""
        return dict(self._all("SELECT key, row FROM spans ORDER BY row"))

    def skipped(self) -> "list[Skipped]":
        """List the files that were left out."""
        from ingest.corpus import Skipped  # noqa: PLC0415  (answering needs no file reading)

        return [Skipped(*row) for row in self._all("SELECT source, reason FROM skipped")]

    def repaired(self) -> "list[Repaired]":
        """List what was mended to read the files."""
        from ingest.corpus import Repaired  # noqa: PLC0415

        return [Repaired(*row) for row in self._all("SELECT source, note FROM repaired")]

    def profile(self) -> str:
        """Return the corpus profile as JSON."""
        return str(self._all("SELECT json FROM profile")[0][0])

    def _all(self, query: str, values: tuple[object, ...] = ()) -> list[Any]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()


def write_catalog(content: CatalogContent, folder: Path) -> None:
    """Write the catalog that `Catalog` opens."""
    connection = sqlite3.connect(folder / CATALOG_FILE, isolation_level=None)
    try:
        # No journal: a generation that is not finished is thrown away whole.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_TABLES)
        connection.execute("BEGIN")
        _insert(connection, content)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _insert(connection: sqlite3.Connection, content: CatalogContent) -> None:
    connection.executemany(
        "INSERT INTO documents VALUES (?,?,?,?,?,?,?,?)", map(_from_document, content.documents)
    )
    span_row = 0
    for row, entry in enumerate(content.entries):
        connection.execute(
            "INSERT INTO chunks VALUES (?,?,?,?,?,?,?,?,?,?)", _from_entry(row, entry)
        )
        for span, key in zip(entry.spans, entry.span_keys, strict=True):
            fields = (span_row, row, span.start, span.end, span.block, key)
            connection.execute("INSERT INTO spans VALUES (?,?,?,?,?,?)", fields)
            span_row += 1
    skipped = [(one.source, one.reason) for one in content.skipped]
    repaired = [(one.source, one.note) for one in content.repaired]
    connection.executemany("INSERT INTO skipped VALUES (?,?)", skipped)
    connection.executemany("INSERT INTO repaired VALUES (?,?)", repaired)
    connection.execute("INSERT INTO profile VALUES (?)", (content.profile,))


def _from_document(document: Document) -> tuple[object, ...]:
    return (
        document.id,
        document.source,
        document.title,
        document.sha256,
        document.text,
        _dump([astuple(block) for block in document.blocks]),
        _dump(dict(document.metadata)),
        _dump(document.pages),
    )


def _to_document(fields: Sequence[Any]) -> Document:
    document_id, title, text, blocks, source, sha256, metadata, pages = fields
    known: Mapping[str, str] = json.loads(metadata)
    return Document(
        id=document_id,
        title=title,
        text=text,
        blocks=tuple(map(_to_block, json.loads(blocks))),
        source=source,
        sha256=sha256,
        metadata=known,
        pages=tuple(json.loads(pages)),
    )


def _to_block(fields: Sequence[Any]) -> Block:
    kind, start, end, heading_path, level, parent, header, marker = fields
    return Block(Kind(kind), start, end, tuple(heading_path), level, parent, tuple(header), marker)


def _from_entry(row: int, entry: ChunkEntry) -> tuple[object, ...]:
    chunk = entry.chunk
    return (
        row,
        chunk.id,
        chunk.document_id,
        chunk.title,
        _dump(chunk.heading_path),
        chunk.start,
        chunk.end,
        chunk.text,
        chunk.context,
        entry.key,
    )


def _to_chunk(fields: Iterable[Any]) -> Chunk:
    chunk_id, document_id, title, heading_path, start, end, text, context = fields
    path = tuple(json.loads(heading_path))
    return Chunk(chunk_id, document_id, title, path, start, end, text, context)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
