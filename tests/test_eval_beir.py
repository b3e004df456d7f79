"""Sets in BEIR's layout: measured, and refused where broken."""

import json
from pathlib import Path

import pytest

from eval.beir import read_beir, render_beir, run_beir
from eval.dataset import DatasetError

TEXTS = {
    "t1": "A colony of bees in a city garden brings in honey.",
    "t2": "Bake bread at 240 degrees with steam.",
    "t3": "The train to the coast leaves at nine.",
}


def write(folder: Path, qrels: str, queries: str | None = None) -> Path:
    rows = [json.dumps({"_id": key, "title": "", "text": text}) for key, text in TEXTS.items()]
    (folder / "corpus.jsonl").write_text("\n".join(rows), encoding="utf-8")
    asked = [{"_id": "q1", "text": "honey from bees"}, {"_id": "q2", "text": "baking bread"}]
    text = queries if queries is not None else "\n".join(map(json.dumps, asked))
    (folder / "queries.jsonl").write_text(text, encoding="utf-8")
    (folder / "qrels").mkdir(exist_ok=True)
    (folder / "qrels" / "test.tsv").write_text(qrels, encoding="utf-8")
    return folder


HEADER = "query-id\tcorpus-id\tscore\n"


def test_a_set_is_measured(tmp_path: Path, encoder_cache: Path):
    folder = write(tmp_path, HEADER + "q1\tt1\t1\nq2\tt2\t2\nq2\tt3\t0\n")
    figures = run_beir(folder, cache=encoder_cache)
    assert [one.ranking for one in figures] == ["dense", "lexical", "fused"]
    assert all(one.ndcg == one.mrr == one.recall == 1.0 for one in figures)
    assert "1.0000" in render_beir(figures)


def test_qrels_may_lie_beside_the_corpus(tmp_path: Path):
    folder = write(tmp_path, "")
    (folder / "qrels" / "test.tsv").rename(folder / "qrels.tsv")
    (folder / "qrels.tsv").write_text("q1\tt1\t1\n", encoding="utf-8")
    assert read_beir(folder).qrels == {"q1": {"t1": 1}}


@pytest.mark.parametrize(
    ("qrels", "line", "reason"),
    [
        (HEADER + "q1\tt9\t1\n", 2, "text 't9' is gone"),
        (HEADER + "q9\tt1\t1\n", 2, "query 'q9' is not in"),
        (HEADER + "q1 t1 1\n", 2, "by tabs"),
        (HEADER + "q1\tt1\tyes\n", 2, "by tabs"),
        (HEADER, 1, "no query has a relevant text"),
    ],
)
def test_broken_judgements_are_refused(tmp_path: Path, qrels: str, line: int, reason: str):
    with pytest.raises(DatasetError, match=reason) as caught:
        read_beir(write(tmp_path, qrels))
    assert caught.value.line == line


def test_a_row_without_text_is_refused(tmp_path: Path):
    with pytest.raises(DatasetError, match="a row has _id and text"):
        read_beir(write(tmp_path, HEADER, queries='{"_id": "q1"}'))


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(DatasetError, match=r"corpus\.jsonl:1: no such file"):
        read_beir(tmp_path)
