"""Public and derived retrieval sets, in one shape: texts, queries, and which text answers which.

Knows the files under `shared/datasets`. Knows nothing of rankings or of how they are fused.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.corpus import read_corpus
from ingest.document import Block, Document, Kind
from ingest.words import FUNCTION_WORDS, words

SQUAD_STEP = 5
"""Every fifth question of SQuAD 1.1 dev: 2,114 of 10,570, over all of its paragraphs."""

WINDOW = 5
"""Sentences of a WiCE page that make one text, about as long as a chunk."""

TITLE_STEP = 8
"""Every eighth SciFact abstract lends its title as a query: 648."""

MIN_BODY = 100
"""Characters that a Markdown section must have to be asked for."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that can be found, with what stands above it."""

    title: str
    headings: tuple[str, ...]
    text: str

    @property
    def embedded(self) -> str:
        """What is encoded of it."""
        return "\n".join(part for part in (self.title, *self.headings, self.text) if part)


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Passages, queries, and for each query the gain of each relevant passage's row."""

    name: str
    passages: tuple[Passage, ...]
    queries: tuple[str, ...]
    relevant: tuple[Mapping[int, int], ...]


def read_sets(data: Path) -> Iterator[RetrievalSet]:
    """Yield every set whose files are there."""
    if (data / "scifact").is_dir():
        scifact = read_beir("scifact", data / "scifact")
        yield scifact
        yield titles_to_texts(scifact)
    if (data / "stackfaq").is_dir():
        stackfaq = read_beir("stackfaq", data / "stackfaq")
        yield stackfaq
        yield without_titles(stackfaq)
    if (data / "squad").is_dir():
        squad = read_squad(data / "squad" / "squad11-dev.jsonl")
        yield squad
        yield as_keywords(squad)
    if (data / "wice").is_dir():
        yield read_wice(data / "wice" / "claim.dev.jsonl")
    if (data / "markdown").is_dir():
        yield read_headings(data / "markdown")


def read_beir(name: str, folder: Path) -> RetrievalSet:
    """Read a set in BEIR's layout; queries without a judgement are left out."""
    corpus, queries = _read_lines(folder / "corpus.jsonl"), _read_lines(folder / "queries.jsonl")
    rows = {str(one["_id"]): row for row, one in enumerate(corpus)}
    judged: dict[str, dict[int, int]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, passage, gain = line.split("\t")
        if int(gain) > 0:
            judged.setdefault(query, {})[rows[passage]] = int(gain)
    asked = [query for query in queries if query["_id"] in judged]
    return RetrievalSet(
        name,
        tuple(Passage(str(one["title"]), (), str(one["text"])) for one in corpus),
        tuple(str(query["text"]) for query in asked),
        tuple(judged[str(query["_id"])] for query in asked),
    )


def titles_to_texts(source: RetrievalSet) -> RetrievalSet:
    """Ask for texts by their titles, which are taken from the texts."""
    rows = range(0, len(source.passages), TITLE_STEP)
    return RetrievalSet(
        f"{source.name}-titles",
        tuple(replace(one, title="") for one in source.passages),
        tuple(source.passages[row].title for row in rows),
        tuple({row: 1} for row in rows),
    )


def without_titles(source: RetrievalSet) -> RetrievalSet:
    """Leave only the texts: answers without their questions."""
    passages = tuple(replace(one, title="") for one in source.passages)
    return replace(source, name=f"{source.name}-answers", passages=passages)


def as_keywords(source: RetrievalSet) -> RetrievalSet:
    """Ask as people type into a search box: the question without its function words."""
    queries = []
    for query in source.queries:
        kept = [word for word in words(query) if word.lower() not in FUNCTION_WORDS]
        queries.append(" ".join(kept) or query)
    return replace(source, name=f"{source.name}-keywords", queries=tuple(queries))


def read_squad(path: Path) -> RetrievalSet:
    """Ask SQuAD's questions of all its paragraphs at once."""
    entries = _read_lines(path)
    rows = {text: row for row, text in enumerate(dict.fromkeys(e["context"] for e in entries))}
    asked = entries[::SQUAD_STEP]
    return RetrievalSet(
        "squad",
        tuple(Passage("", (), str(text)) for text in rows),
        tuple(str(entry["question"]) for entry in asked),
        tuple({rows[entry["context"]]: 1} for entry in asked),
    )


def read_wice(path: Path) -> RetrievalSet:
    """Ask for the part of a web page that supports a claim, among all the pages."""
    passages: list[Passage] = []
    queries: list[str] = []
    relevant: list[Mapping[int, int]] = []
    for entry in _read_lines(path):
        sentences: list[str] = entry["context_sentences"]
        supporting = {number for group in entry["supporting_sentences"] for number in group}
        if supporting:
            queries.append(entry["response"])
            relevant.append({len(passages) + number // WINDOW: 1 for number in supporting})
        passages += [
            Passage("", (), " ".join(sentences[start : start + WINDOW]))
            for start in range(0, len(sentences), WINDOW)
        ]
    return RetrievalSet("wice", tuple(passages), tuple(queries), tuple(relevant))


def read_headings(folder: Path) -> RetrievalSet:
    """Ask Markdown articles for their sections by heading or question, which is taken from them."""
    passages: list[Passage] = []
    asked: dict[str, list[int]] = {}
    for document in read_corpus(folder).documents:
        for heading, path, text in _sections(document):
            if len(words(heading)) > 1 and len(text) >= MIN_BODY:
                asked.setdefault(heading, []).append(len(passages))
            passages.append(Passage(document.title, path, text))
    unique = {heading: rows[0] for heading, rows in asked.items() if len(rows) == 1}
    return RetrievalSet(
        "headings",
        tuple(passages),
        tuple(unique),
        tuple({row: 1} for row in unique.values()),
    )


def _sections(document: Document) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield each section's own heading, the headings above it, and its text without either."""
    heading = ""
    path: tuple[str, ...] = ()
    body: list[Block] = []
    for block in document.blocks:
        if block.kind not in (Kind.HEADING, Kind.QUESTION):
            body.append(block)
            continue
        if body:
            yield heading, path, _join(document, body)
        heading, path, body = document.text[block.start : block.end], block.heading_path, []
    if body:
        yield heading, path, _join(document, body)


def _join(document: Document, blocks: list[Block]) -> str:
    return "\n".join(document.text[block.start : block.end] for block in blocks)


def _read_lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
