"""Building, opening, updating and reading an index; whatever happens, the old one answers."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from fcntl import LOCK_EX, flock
from pathlib import Path

import numpy as np
import pytest

from index import build, generations, store
from index.encoder import Encoder
from index.manifest import MANIFEST_FILE, SCHEMA, digest_corpus
from index.store import (
    DocumentMissing,
    Index,
    IndexBusy,
    IndexDamaged,
    IndexMismatch,
    IndexMissing,
    Library,
    build_index,
    open_index,
)
from index.types import Vectors
from ingest.chunking import chunk_document, embed_text
from ingest.document import Kind
from ingest.faq import faq_pairs
from ingest.reading import IngestError
from ingest.spans import describe_span, split_spans

ROOT = Path(__file__).parent.parent

BREAD = """# Baking bread

Bread is made of flour, water, salt and yeast.

## Flour

Strong flour holds more gas. Rye flour makes a dense loaf.

- Wheat: light and tall
- Rye: dark and dense

## FAQ

### How long does bread keep?

Three days in a cloth, and a month in the freezer.
"""

BIKES = """# Mending a bicycle

A flat tyre is the commonest fault. Look for glass in the tread.

## Tools

You need two tyre levers and a pump.
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "bread.md").write_text(BREAD)
    (folder / "bikes.md").write_text(BIKES)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Collect the texts that a build encodes."""
    texts: list[str] = []

    class Recording(Encoder):
        def encode(self, given: Sequence[str], /) -> Vectors:
            texts.extend(given)
            return super().encode(given)

    monkeypatch.setattr(build, "Encoder", Recording)
    return texts


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("gen-*"))


# ---- building and reading


def test_an_index_finds_reads_and_embeds(corpus: Path, folder: Path, encoder_cache: Path) -> None:
    summary = build_index(corpus, folder, cache=encoder_cache)
    index = open_index(folder)
    assert (summary.documents, summary.read, summary.changed) == (2, 2, True)
    assert summary.version == index.version
    assert index.corpus == corpus
    assert [one.source for one in index.documents()] == ["bikes.md", "bread.md"]

    hits = index.search("What helps against a puncture?", 3)
    assert hits[0].chunk.document_id == index.documents()[0].id
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)

    for summary_of in index.documents():
        document = index.read(summary_of.id)
        assert index.chunks(document.id) == list(chunk_document(document))
        assert summary_of.chunks == len(index.chunks(document.id))
    assert index.profile.documents == 2


def test_documents_come_back_as_they_were_read(index: Index) -> None:
    for summary in index.documents():
        document = index.read(summary.id)
        assert document.source == summary.source
        for block in document.blocks:
            assert isinstance(block.kind, Kind)
            assert 0 <= block.start < block.end <= len(document.text)
        for chunk in index.chunks(document.id):
            assert document.text[chunk.start : chunk.end] == chunk.text


def test_spans_come_with_the_vectors_of_their_descriptions(index: Index) -> None:
    document = index.read(index.documents()[0].id)
    expected = []
    for chunk in index.chunks(document.id):
        stored = index.spans(chunk.id)
        assert stored.vectors.shape == (len(stored.spans), index.manifest.recipe.encoder.dim)
        described = [describe_span(document, span) for span in stored.spans]
        assert stored.vectors == pytest.approx(index.encode(described), abs=2e-3)
        expected += stored.spans
    assert tuple(expected) == split_spans(document)


def test_an_unknown_chunk_has_no_spans_and_an_unknown_document_is_missing(index: Index) -> None:
    assert index.spans("nothing").spans == ()
    assert index.spans("nothing").vectors.shape[0] == 0
    with pytest.raises(DocumentMissing, match="no document 'nothing'"):
        index.read("nothing")


@pytest.mark.parametrize("query", ["", "?", '"', "\ud800", "x" * 10_000, "🙂", "the of and"])
def test_any_text_can_be_searched(index: Index, query: str) -> None:
    assert len(index.search(query, 5)) == 5


def test_more_hits_than_chunks_are_all_chunks(index: Index) -> None:
    chunks = sum(summary.chunks for summary in index.documents())
    assert len(index.search("salary", chunks + 10)) == chunks


def test_the_first_hits_do_not_depend_on_how_many_are_asked_for(index: Index) -> None:
    assert index.search("salary of a senior", 90)[:3] == index.search("salary of a senior", 3)


def test_threads_share_an_index(index: Index) -> None:
    questions = [f"question {number} about engineers" for number in range(8)]
    expected = [index.search(question, 5) for question in questions]
    found: dict[int, object] = {}

    def ask(number: int) -> None:
        for _ in range(5):
            hits = index.search(questions[number], 5)
            index.read(hits[0].chunk.document_id)
            found[number] = hits if found.get(number, hits) == hits else None

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[number] for number in range(8)] == expected


# ---- building again


def test_nothing_changed_embeds_nothing_and_writes_no_generation(
    corpus: Path, folder: Path, encoder_cache: Path, encoded: list[str]
) -> None:
    first = build_index(corpus, folder, cache=encoder_cache)
    encoded.clear()
    second = build_index(corpus, folder, cache=encoder_cache)
    assert encoded == []
    assert not second.changed
    assert (second.version, second.chunks, second.reused) == (
        first.version,
        first.chunks,
        first.chunks,
    )
    assert (second.read, second.embedded, second.removed) == (0, 0, 0)
    assert names(folder) == ["gen-000001"]


def test_one_changed_sentence_embeds_its_chunk_and_span_alone(
    corpus: Path, folder: Path, encoder_cache: Path, encoded: list[str]
) -> None:
    build_index(corpus, folder, cache=encoder_cache)
    encoded.clear()
    (corpus / "bread.md").write_text(BREAD.replace("Rye flour makes", "Spelt flour makes"))
    summary = build_index(corpus, folder, cache=encoder_cache)
    assert (summary.read, summary.embedded, summary.removed) == (1, 1, 1)
    assert summary.reused == summary.chunks - 1
    assert encoded
    assert all("spelt" in text.lower() for text in encoded)

    index = open_index(folder)
    for one in index.documents():
        for chunk in index.chunks(one.id):
            text = embed_text(chunk)
            hit = next(hit for hit in index.search(text, 50) if hit.chunk == chunk)
            asked = index.encode_query(text)
            assert hit.dense == pytest.approx(index.encode([text])[0] @ asked, abs=1e-4)


def test_a_removed_and_an_added_file(corpus: Path, folder: Path, encoder_cache: Path) -> None:
    before = build_index(corpus, folder, cache=encoder_cache)
    (corpus / "bikes.md").rename(corpus / "zebra.md")
    (corpus / "bread.md").unlink()
    after = build_index(corpus, folder, cache=encoder_cache)
    index = open_index(folder)
    assert [one.source for one in index.documents()] == ["zebra.md"]
    assert after.version != before.version
    assert after.embedded == 0  # a new name changes no text


def test_the_version_depends_on_content_and_not_on_place(
    corpus: Path, folder: Path, tmp_path: Path, encoder_cache: Path
) -> None:
    here = build_index(corpus, folder, cache=encoder_cache)
    moved = Path(shutil.copytree(corpus, tmp_path / "elsewhere"))
    assert build_index(moved, tmp_path / "other", cache=encoder_cache).version == here.version
    without = build_index(corpus, folder, cache=encoder_cache, without_faq=True)
    assert without.version != here.version
    assert digest_corpus([("b", "1"), ("a", "2")]) == digest_corpus([("a", "2"), ("b", "1")])
    assert digest_corpus([("a", "1"), ("b", "2")]) != digest_corpus([("a", "2"), ("b", "1")])


def test_the_faq_can_be_left_out_of_the_index_but_not_of_the_document(
    corpus: Path, folder: Path, encoder_cache: Path
) -> None:
    build_index(corpus, folder, cache=encoder_cache, without_faq=True)
    index = open_index(folder)
    for one in index.documents():
        document = index.read(one.id)
        pairs = [pair for pair in faq_pairs(document) if pair.explicit]
        kept = index.chunks(document.id)
        assert all(c.end <= p.question_start or c.start >= p.end for c in kept for p in pairs)
        assert not any(chunk.text.strip() == "FAQ" for chunk in kept)
        if one.source == "bread.md":
            assert pairs
            assert "Three days" in document.text
    assert not any("Three days" in hit.chunk.text for hit in index.search("bread keep", 50))


def test_what_was_skipped_and_mended_is_kept_over_builds(
    corpus: Path, folder: Path, encoder_cache: Path
) -> None:
    (corpus / "empty.md").write_bytes(b"")
    (corpus / "old.txt").write_bytes(
        "Caf\xe9s\n\nA caf\xe9 serves coffee in the morning.\n".encode("latin-1")
    )
    build_index(corpus, folder, cache=encoder_cache)
    first = open_index(folder)
    assert [one.source for one in first.skipped] == ["empty.md"]
    assert [one.source for one in first.repaired] == ["old.txt"]
    (corpus / "bikes.md").write_text(BIKES + "\nOil the chain.\n")
    summary = build_index(corpus, folder, cache=encoder_cache)
    assert summary.repaired == open_index(folder).repaired == first.repaired


def test_progress_is_told_by_stage(corpus: Path, folder: Path, encoder_cache: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build_index(corpus, folder, cache=encoder_cache, progress=lambda *step: told.append(step))
    assert [stage for stage, done, total in told if done == total] == list(
        dict.fromkeys(stage for stage, _, _ in told)
    )
    assert all(0 <= done <= total for _, done, total in told)


# ---- when it goes wrong


def test_a_corpus_with_nothing_to_read_leaves_the_old_index(
    corpus: Path, folder: Path, tmp_path: Path, encoder_cache: Path
) -> None:
    version = build_index(corpus, folder, cache=encoder_cache).version
    bad = tmp_path / "bad"
    bad.mkdir()
    with pytest.raises(IngestError):
        build_index(bad, folder, cache=encoder_cache)
    (bad / "empty.md").write_bytes(b"")
    with pytest.raises(IngestError, match=r"none of its files could be read.*empty\.md") as caught:
        build_index(bad, folder, cache=encoder_cache)
    assert "\n" not in str(caught.value)
    assert open_index(folder).version == version
    assert names(folder) == ["gen-000001"]


DIE = """
import os, signal, sys
from pathlib import Path
from index import build, generations
from index.store import build_index

module, name, after = sys.argv[4], sys.argv[5], sys.argv[6] == "after"
owner = {"build": build, "generations": generations, "Path": Path}[module]
original = getattr(owner, name)

def deadly(*args, **kwargs):
    if after:
        original(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(owner, name, deadly)
build_index(Path(sys.argv[1]), Path(sys.argv[2]), cache=Path(sys.argv[3]))
"""

POINTS = [
    ("generations", "new_generation", "after", False),
    ("build", "write_catalog", "after", False),
    ("build", "write_lexical", "before", False),
    ("build", "write_manifest", "after", False),
    ("Path", "replace", "before", False),
    ("Path", "replace", "after", True),
]
"""Where a build is killed, and whether the new index is in force by then."""


def test_a_build_killed_at_any_point_leaves_an_index_that_answers(
    corpus: Path, folder: Path, encoder_cache: Path
) -> None:
    old = build_index(corpus, folder, cache=encoder_cache).version
    (corpus / "bread.md").write_text(BREAD.replace("Rye flour", "Spelt flour"))
    for module, name, when, published in POINTS:
        arguments = [corpus, folder, encoder_cache, module, name, when]
        died = subprocess.run(
            [sys.executable, "-c", DIE, *arguments], cwd=ROOT, check=False, timeout=60
        )
        assert died.returncode == -9, (module, name, when)
        index = open_index(folder)
        assert (index.version != old) == published, (module, name, when)
        assert index.search("flour", 3)
    summary = build_index(corpus, folder, cache=encoder_cache)
    assert summary.version == open_index(folder).version
    assert not (folder / "CURRENT.new").exists()
    assert len(names(folder)) <= generations.KEPT


def test_the_last_two_generations_are_kept(corpus: Path, folder: Path, encoder_cache: Path) -> None:
    for number in range(4):
        (corpus / "bikes.md").write_text(f"{BIKES}\nOil the chain {number} times.\n")
        build_index(corpus, folder, cache=encoder_cache)
    assert names(folder) == ["gen-000003", "gen-000004"]


def test_a_second_build_is_refused_while_one_is_writing(
    corpus: Path, folder: Path, encoder_cache: Path
) -> None:
    folder.mkdir()
    with (folder / generations.LOCK).open("w") as held:
        flock(held, LOCK_EX)
        with pytest.raises(IndexBusy, match="another build"):
            build_index(corpus, folder, cache=encoder_cache, patience=0.0)
    build_index(corpus, folder, cache=encoder_cache, patience=0.0)


def test_no_index_is_missing(folder: Path) -> None:
    with pytest.raises(IndexMissing, match="footnote ingest"):
        open_index(folder)
    with pytest.raises(IndexMissing):
        Library(folder).current()


@pytest.fixture
def copy(built_index: Path, tmp_path: Path) -> Path:
    """The generation in force of an index that may be broken."""
    target = tmp_path / "copy"
    shutil.copytree(built_index, target, copy_function=os.link)
    return generations.current_generation(target)


def overwrite(path: Path, data: bytes) -> None:
    path.unlink()  # it may be a hard link
    path.write_bytes(data)


@pytest.mark.parametrize(
    "name", ["catalog.sqlite", "vectors.npy", "spans.npy", "encoder/model.bin", "lexical/meta.json"]
)
def test_a_missing_or_cut_file_is_damage(copy: Path, name: str) -> None:
    whole = (copy / name).read_bytes()
    overwrite(copy / name, whole[: len(whole) // 2])
    with pytest.raises(IndexDamaged, match=name):
        open_index(copy.parent)
    (copy / name).unlink()
    with pytest.raises(IndexDamaged, match=f"{name} is missing"):
        open_index(copy.parent)


@pytest.mark.parametrize(
    "name", ["catalog.sqlite", "vectors.npy", "encoder/model.onnx", "lexical/meta.json"]
)
def test_a_file_full_of_something_else_is_damage(copy: Path, name: str) -> None:
    overwrite(copy / name, b"\xff" * (copy / name).stat().st_size)
    with pytest.raises(IndexDamaged) as caught:
        open_index(copy.parent)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", ["", "gen-", "../../etc", "gen-999999", "\udcff"])
def test_a_pointer_to_nowhere_is_damage(copy: Path, content: str) -> None:
    overwrite(copy.parent / "CURRENT", content.encode("utf-8", "surrogateescape"))
    with pytest.raises(IndexDamaged):
        open_index(copy.parent)


def change_manifest(generation: Path, **changes: object) -> None:
    manifest = json.loads((generation / MANIFEST_FILE).read_text())
    for name, value in changes.items():
        part = manifest["recipe"] if name in manifest["recipe"] else manifest
        part[name] = value
    overwrite(generation / MANIFEST_FILE, json.dumps(manifest).encode())


def test_another_schema_is_refused_by_name(copy: Path) -> None:
    change_manifest(copy, schema=SCHEMA + 1)
    with pytest.raises(IndexMismatch) as caught:
        open_index(copy.parent)
    assert (caught.value.field, caught.value.expected, caught.value.found) == (
        "schema",
        SCHEMA,
        SCHEMA + 1,
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"corpus_digest": "0"}, "version"),
        ({"counts": {"documents": 4, "chunks": 1, "spans": 1}}, "chunks"),
        ({"counts": {}}, "documents"),
    ],
)
def test_any_other_difference_is_named_too(
    copy: Path, changes: dict[str, object], field: str
) -> None:
    change_manifest(copy, **changes)
    with pytest.raises(IndexMismatch) as caught:
        open_index(copy.parent)
    assert caught.value.field == field


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"recipe": 1}', f'{{"recipe": {{"schema": {SCHEMA}}}}}']
)
def test_a_manifest_that_is_none_is_damage(copy: Path, text: str) -> None:
    overwrite(copy / MANIFEST_FILE, text.encode())
    with pytest.raises(IndexDamaged, match=MANIFEST_FILE):
        open_index(copy.parent)


def test_a_damaged_index_is_built_anew(corpus: Path, folder: Path, encoder_cache: Path) -> None:
    build_index(corpus, folder, cache=encoder_cache)
    generation = generations.current_generation(folder)
    overwrite(generation / "catalog.sqlite", b"nothing")
    summary = build_index(corpus, folder, cache=encoder_cache)
    assert summary.changed
    assert open_index(folder).search("flour", 1)


# ---- the library


def test_a_library_follows_the_pointer_and_requests_keep_what_they_got(
    corpus: Path, folder: Path, encoder_cache: Path
) -> None:
    build_index(corpus, folder, cache=encoder_cache)
    library = Library(folder)
    first = library.current()
    assert library.current() is first
    for number in range(3):  # enough to remove the generation that `first` has open
        (corpus / "bikes.md").write_text(f"{BIKES}\nOil the chain {number} times.\n")
        build_index(corpus, folder, cache=encoder_cache)
    second = library.current()
    assert second.version != first.version
    assert "Oil the chain 2 times." in second.read(second.documents()[0].id).text
    assert "Oil" not in first.read(first.documents()[0].id).text
    assert first.search("chain", 3)
    assert first.spans(first.search("tyre", 1)[0].chunk.id).spans


def test_a_new_generation_goes_on_with_the_encoder_that_is_loaded(
    corpus: Path, folder: Path, encoder_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(corpus, folder, cache=encoder_cache)
    library = Library(folder)
    library.current()
    (corpus / "bikes.md").write_text(f"{BIKES}\nOil the chain.\n")
    build_index(corpus, folder, cache=encoder_cache)

    def load_another(*_: object) -> None:
        raise AssertionError("a second encoder was loaded")

    monkeypatch.setattr(store, "Encoder", load_another)
    assert library.current().search("chain", 1)


def test_a_library_stays_with_what_it_has_if_the_new_index_is_broken(
    corpus: Path, folder: Path, encoder_cache: Path
) -> None:
    build_index(corpus, folder, cache=encoder_cache)
    library = Library(folder)
    first = library.current()
    (folder / "CURRENT").write_text("gen-000077\n")
    assert library.current() is first
    (folder / "CURRENT").unlink()
    assert library.current() is first


def test_threads_that_ask_at_once_get_one_index(built_index: Path) -> None:
    library = Library(built_index)
    found: list[Index] = []
    threads = [threading.Thread(target=lambda: found.append(library.current())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(one) for one in found}) == 1


def test_the_catalog_is_read_only(built_index: Path) -> None:
    index = open_index(built_index)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        index._catalog._connection.execute("DELETE FROM chunks")


def test_span_vectors_stay_on_disk(index: Index) -> None:
    assert isinstance(index._spans, np.memmap)
    assert isinstance(index._dense.vectors, np.memmap)
