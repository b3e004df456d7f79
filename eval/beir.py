"""Retrieval figures on any set in BEIR's layout: a corpus, queries, and which text answers which.

Knows the layout (Thakur et al., NeurIPS 2021) and the index's parts, with one chunk to a text, as
published figures have it. Knows nothing of articles, spans and answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

import numpy as np

from eval.benches import Progress
from eval.dataset import DatasetError, read_rows
from eval.measures import DEPTH
from eval.metrics import graded_ndcg
from eval.tables import align
from index.adapter import adapt_query
from index.dense import DenseIndex, write_dense
from index.encoder import Encoder
from index.export import export_once
from index.fusion import POOL, fuse
from index.lexical import LexicalEntry, LexicalIndex, write_lexical

BATCH = 64
"""Texts encoded between two reports of progress."""

DENSE, LEXICAL, FUSED = "dense", "lexical", "fused"

Judged = tuple[float, float, float]
"""The nDCG, recall over the pool and reciprocal rank of one query."""


@dataclass(frozen=True, slots=True)
class BeirSet:
    """Texts and queries by id; `qrels` gives each query the gain of each relevant text."""

    texts: Mapping[str, tuple[str, str]]
    queries: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class BeirFigures:
    """Means over all judged queries of one ranking."""

    ranking: str
    ndcg: float
    recall: float
    mrr: float
    queries: int


def run_beir(
    folder: Path,
    *,
    encoder: str | None = None,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> list[BeirFigures]:
    """Index a set and measure dense, lexical and fused rankings; raises DatasetError."""
    values = measure_queries(read_beir(folder), encoder=encoder, cache=cache, progress=progress)
    return [average(name, list(held.values())) for name, held in values.items()]


def measure_queries(
    data: BeirSet,
    *,
    encoder: str | None = None,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> dict[str, dict[str, Judged]]:
    """Index a set and measure each ranking of each judged query, queries in the set's order."""
    ids = sorted(data.texts)
    with TemporaryDirectory() as scratch:
        place = Path(scratch)
        model = Encoder(export_once(encoder, cache=cache))
        _write(data, ids, model, place, progress)
        dense, lexical = DenseIndex(place), LexicalIndex(place)
        values: dict[str, dict[str, Judged]] = {DENSE: {}, LEXICAL: {}, FUSED: {}}
        for query in (query for query in data.queries if query in data.qrels):
            for name, rows in _rank(data.queries[query], model, dense, lexical).items():
                found = [ids[row] for row in rows]
                values[name][query] = _judge(found, data.qrels[query])
    return values


def render_beir(figures: Sequence[BeirFigures]) -> str:
    """Lay the figures out for a terminal."""
    rows = [("ranking", f"nDCG@{DEPTH}", f"Recall@{POOL}", f"MRR@{DEPTH}", "queries")]
    rows += [
        (one.ranking, f"{one.ndcg:.4f}", f"{one.recall:.4f}", f"{one.mrr:.4f}", str(one.queries))
        for one in figures
    ]
    return align(rows)


def read_beir(folder: Path) -> BeirSet:
    """Read corpus.jsonl, queries.jsonl and qrels/test.tsv or qrels.tsv; raises DatasetError."""
    texts = {
        _id(folder / "corpus.jsonl", line, row): (str(row.get("title", "")), str(row["text"]))
        for line, row in read_rows(folder / "corpus.jsonl")
    }
    queries = {
        _id(folder / "queries.jsonl", line, row): str(row["text"])
        for line, row in read_rows(folder / "queries.jsonl")
    }
    standard = folder / "qrels" / "test.tsv"
    path = standard if standard.exists() else folder / "qrels.tsv"
    return BeirSet(texts, queries, _read_qrels(path, texts, queries))


def _read_qrels(
    path: Path, texts: Mapping[str, object], queries: Mapping[str, str]
) -> dict[str, dict[str, int]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(path, 1, f"can't be read: {error}") from None
    qrels: dict[str, dict[str, int]] = {}
    for number, line in enumerate(lines, start=1):
        fields = line.split("\t")
        if not line.strip() or (number == 1 and not fields[-1].strip().lstrip("-").isdigit()):
            continue
        if len(fields) != 3 or not fields[2].strip().lstrip("-").isdigit():
            raise DatasetError(path, number, "a judgement is query id, text id, gain, by tabs")
        query, text, gain = fields[0], fields[1], int(fields[2])
        if query not in queries:
            raise DatasetError(path, number, f"query {query!r} is not in queries.jsonl")
        if text not in texts:
            raise DatasetError(path, number, f"text {text!r} is gone from corpus.jsonl")
        if gain > 0:
            qrels.setdefault(query, {})[text] = gain
    if not qrels:
        raise DatasetError(path, 1, "no query has a relevant text")
    return qrels


def _id(path: Path, line: int, row: Mapping[str, object]) -> str:
    if not isinstance(row.get("_id"), str | int) or not isinstance(row.get("text"), str):
        raise DatasetError(path, line, "a row has _id and text")
    return str(row["_id"])


def _write(
    data: BeirSet, ids: Sequence[str], model: Encoder, place: Path, progress: Progress | None
) -> None:
    texts = [" ".join(part for part in data.texts[key] if part) for key in ids]
    vectors = []
    for start in range(0, len(texts), BATCH):
        if progress is not None:
            progress("embedding texts", start, len(texts))
        vectors.append(model.encode(texts[start : start + BATCH]))
    write_dense(np.concatenate(vectors), place)
    write_lexical((LexicalEntry(data.texts[key][0], "", data.texts[key][1]) for key in ids), place)


def _rank(
    query: str, model: Encoder, dense: DenseIndex, lexical: LexicalIndex
) -> dict[str, list[int]]:
    """Rank rows as an index does, and by each of its two rankings alone."""
    vector = adapt_query(model.encode([query])[0], model.card)
    near, worded = dense.search(vector, POOL), lexical.search(query, POOL)
    others = sorted({row for row, _ in worded} - {row for row, _ in near})
    fused = fuse(
        near,
        worded,
        attainable=lexical.attainable(query),
        cosines=dict(zip(others, dense.score(vector, others), strict=True)),
    )
    return {
        DENSE: [row for row, _ in near],
        LEXICAL: [row for row, _ in worded],
        FUSED: [one.row for one in fused],
    }


def _judge(found: Sequence[str], judged: Mapping[str, int]) -> Judged:
    """Give nDCG, recall over the pool and reciprocal rank of one query."""
    gains = [float(judged.get(key, 0)) for key in found]
    first = next((rank for rank, gain in enumerate(gains[:DEPTH], 1) if gain > 0), None)
    return (
        graded_ndcg(gains, [float(gain) for gain in judged.values()], DEPTH),
        sum(gain > 0 for gain in gains) / len(judged),
        1 / first if first else 0.0,
    )


def average(name: str, values: Sequence[Judged]) -> BeirFigures:
    """Average a ranking's figures over some queries."""
    ndcg, recall, mrr = (fmean(column) for column in zip(*values, strict=True))
    return BeirFigures(name, ndcg, recall, mrr, len(values))
