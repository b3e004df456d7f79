"""Figures on other people's data: small sets in their layouts, and what is absent or broken."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from assistant.ranking.scorer import load_scorer
from eval.outside import (
    ArticlesRow,
    DeclinedRow,
    Outside,
    OutsideError,
    PassageRow,
    RetrievalRow,
)
from eval.outside_articles import ALL, ELSEWHERE, OWN, WITHOUT, measure_articles
from eval.outside_passages import (
    DENSE,
    OURS,
    auroc,
    build_passages,
    declines_at,
    draw_questions,
    judge_question,
    measure_passages,
    read_squad,
)
from eval.outside_retrieval import SETS, measure_retrieval
from eval.outside_sets import ARTICLES, SQUAD, check_folder, measure_outside
from eval.page import render_page
from eval.report import Report, read_report, render_json
from eval.scorer.squad import is_kept_apart
from eval.tables import render_markdown, render_terminal
from footnote import run
from index.store import open_index

KEPT = next(name for name in (f"Hives {n}" for n in range(99)) if is_kept_apart(name))
FITTED = next(name for name in (f"Hives {n}" for n in range(99)) if not is_kept_apart(name))
HONEY = "A colony in a garden brings in 20 kg of honey. It is harvested by hand in late July."
SMOKE = "Smoke calms the bees within a minute. A smoker burns dry grass or jute for an hour."


def asked(question: str, context: str, answer: str = "", title: str = KEPT) -> dict[str, object]:
    return {
        "question": question,
        "context": context,
        "title": title,
        "answers": [answer] if answer else [],
        "answerable": bool(answer),
    }


ROWS = [
    asked("How much honey does a colony bring in?", HONEY, "20 kg"),
    asked("How many minutes until smoke calms the bees?", HONEY),
    asked("What does a smoker burn?", SMOKE, "dry grass or jute"),
    asked("When is honey harvested?", SMOKE),
    asked("What does a smoker burn for an hour?", SMOKE, "dry grass", title=FITTED),
]


def write_squad(path: Path, rows: list[dict[str, object]] = ROWS) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def write_retrieval(folder: Path) -> None:
    folder.mkdir()
    texts = [{"_id": "1", "title": "", "text": HONEY}, {"_id": "2", "title": "", "text": SMOKE}]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, texts)), encoding="utf-8")
    query = {"_id": "a", "text": "honey of a colony"}
    (folder / "queries.jsonl").write_text(json.dumps(query), encoding="utf-8")
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\na\t1\t1\n", encoding="utf-8")


def write_articles(folder: Path) -> None:
    folder.mkdir()
    text = f"# Bees\n\n## How much honey is there?\n\n{HONEY}\n\n## Why smoke?\n\n{SMOKE}\n"
    (folder / "bees.md").write_text(text, encoding="utf-8")


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=2, max_size=40).filter(
        lambda pairs: len({label for label, _ in pairs}) == 2
    )
)
def test_the_area_is_that_of_an_independent_judge(pairs: list[tuple[bool, int]]) -> None:
    labels = np.array([label for label, _ in pairs])
    scores = np.array([score / 9 for _, score in pairs])
    assert auroc(labels, scores) == pytest.approx(roc_auc_score(labels, scores))


def test_declines_are_counted_where_so_many_are_refused() -> None:
    labels = np.array([True] * 11 + [False] * 4)
    scores = np.array([n / 10 for n in range(11)] + [0.0, 0.05, 0.1, 0.9])
    assert declines_at(labels, scores, 0.1) == 0.5
    assert declines_at(labels, scores, 0.5) == 0.75


def test_only_titles_that_no_scorer_was_fitted_on_are_drawn(tmp_path: Path) -> None:
    questions = read_squad(write_squad(tmp_path / "squad.jsonl"))
    drawn = draw_questions(questions, 9)
    assert len(drawn) == 4
    assert all(question.title.endswith(KEPT) for question in drawn)
    assert draw_questions(questions, 2) == draw_questions(questions, 2)


def test_a_passage_is_judged_by_itself(tmp_path: Path, encoder_cache: Path) -> None:
    questions = read_squad(write_squad(tmp_path / "squad.jsonl"))
    documents = build_passages(questions, tmp_path / "index", cache=encoder_cache)
    index = open_index(tmp_path / "index")
    honey, other, *_ = (
        judge_question(question, documents[" ".join(question.sentences)], index, load_scorer())
        for question in questions
    )
    assert honey.answerable
    assert honey.first
    assert honey.dense_first
    assert not other.answerable
    assert not other.first
    assert other.confidence < honey.confidence  # the other paragraph, which answers it, is not seen
    assert other.dense < honey.dense


def test_rows_of_a_set_stand_beside_similarity(tmp_path: Path, encoder_cache: Path) -> None:
    path = write_squad(tmp_path / "squad.jsonl")
    rows, told = measure_passages(path, tmp_path / "index", None, cache=encoder_cache)
    assert [row.way for row in rows] == [OURS, DENSE]
    assert all((row.answerable, row.unanswerable) == (2, 2) for row in rows)
    assert "of the 1 titles" in told


def test_articles_are_asked_their_own_questions_and_foreign_ones(
    tmp_path: Path, encoder_cache: Path
) -> None:
    write_articles(tmp_path / "articles")
    found = measure_articles(
        tmp_path / "articles",
        tmp_path / "index",
        None,
        ["Who won the war of the Spanish succession?"],
        cache=encoder_cache,
    )
    (own,) = found.articles
    assert (own.way, own.articles, own.questions) == (WITHOUT, ALL, 2)
    assert own.right_answer == own.citation_precision == 1.0
    assert own.length > 0
    declined = {row.source: row for row in found.declined}
    assert declined[ELSEWHERE].declines == 1.0
    assert declined[OWN].questions > 40


def test_every_third_judged_query_is_held_out(tmp_path: Path, encoder_cache: Path) -> None:
    write_retrieval(tmp_path / "set")
    asked = {"a": ("honey", "1"), "b": ("smoke", "2"), "c": ("dry grass or jute", "1")}
    queries = [{"_id": key, "text": text} for key, (text, _) in asked.items()]
    texts = "\n".join(map(json.dumps, [*queries, {"_id": "unjudged", "text": "?"}]))
    (tmp_path / "set" / "queries.jsonl").write_text(texts, encoding="utf-8")
    lines = [f"{key}\t{text}\t1" for key, (_, text) in reversed(asked.items())]
    (tmp_path / "set" / "qrels.tsv").write_text("\n".join(lines), encoding="utf-8")
    rows = list(measure_retrieval("set", tmp_path / "set", cache=encoder_cache))
    held_out = {row.ranking: row for row in rows if row.source == "set, held out"}
    assert [row.queries for row in rows] == [3, 3, 3, 1, 1, 1]
    assert held_out["lexical"].mrr == 0.0  # the third is judged to be answered by the wrong text
    assert held_out["dense"].mrr == 0.5


def test_what_is_absent_is_said_and_the_rest_is_measured(
    tmp_path: Path, encoder_cache: Path
) -> None:
    write_retrieval(tmp_path / SETS["SciFact"])
    found = measure_outside(tmp_path, tmp_path / "indexes", None, cache=encoder_cache)
    assert {row.ranking: row.ndcg for row in found.retrieval} == {
        "dense": 1.0,
        "lexical": 1.0,
        "fused": 1.0,
    }
    assert found.passages == found.articles == found.declined == ()
    absent = [note for note in found.notes if "is absent" in note]
    assert len(absent) == 3
    for path in (SQUAD, ARTICLES, SETS["StackFAQ"]):
        assert any(str(path) in note for note in absent)


def test_a_folder_that_has_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="no such folder"):
        check_folder(tmp_path / "gone")
    with pytest.raises(OutsideError, match="has none of squad"):
        check_folder(tmp_path)


def test_the_command_refuses_before_it_measures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["eval", "--outside", str(tmp_path / "gone")]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "no such folder of data sets" in told


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "is not SQuAD"),
        ("[]", "is not SQuAD"),
        (json.dumps({"question": "?"}), "is not SQuAD"),
        (json.dumps(ROWS[0]), "has no questions of both kinds"),
        ("", "has no questions of both kinds"),
    ],
)
def test_a_broken_set_is_refused_by_name(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / SQUAD
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OutsideError, match=reason) as caught:
        measure_outside(tmp_path, tmp_path / "indexes", None)
    assert str(path) in str(caught.value)


FOUND = Outside(
    (PassageRow(OURS, 300, 300, 0.712, 0.345, 0.861),),
    (RetrievalRow("SciFact", "fused", 300, 0.721, 0.933, 0.688),),
    (ArticlesRow(WITHOUT, ALL, 263, 0.834, 0.912, 0.056, 412.0),),
    (DeclinedRow(WITHOUT, OWN, 53, 0.978),),
    ("scifact is absent: nothing was measured on it.",),
)


def test_a_report_keeps_and_shows_the_figures(tmp_path: Path) -> None:
    made_from = {"corpus": "bees", "documents": 2, "index_version": "1"}
    report = Report(made_from, (), (), ("A note.",), outside=FOUND)
    path = tmp_path / "eval.json"
    path.write_text(render_json(report), encoding="utf-8")
    assert read_report(path).outside == FOUND
    for shown in (render_markdown(report), render_terminal(report), render_page(report)):
        for figure in ("0.712", "0.345", "0.861", "0.721", "0.834", "412", "0.978"):
            assert figure in shown
        assert "scifact is absent" in shown
