"""The bundled question set keeps its promises: sizes, splits, and passages that exist."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from eval.cases import locate_questions
from eval.dataset import load_questions
from eval.scorer.asked import QUESTIONS as ASKED
from eval.scorer.markdown import is_kept_apart
from ingest.corpus import read_corpus

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "eval" / "data"
SOURCES = ROOT.parent / "shared" / "articles"

SLICES = {
    "faq",
    "paraphrase",
    "misspelt",
    "colloquial",
    "figures",
    "table_cell",
    "list",
    "comparison",
    "several_articles",
    "disagree",
    "this_it",
    "follow_up",
    "negation",
    "ambiguous",
    "near_miss",
    "out_of_domain",
    "injected_question",
    "injected_document",
}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


QUESTIONS = rows("questions.jsonl")
SPANS = rows("source_spans.jsonl")


def test_every_kind_of_question_is_there_in_number() -> None:
    slices = Counter(question["slice"] for question in QUESTIONS)
    assert set(slices) == SLICES
    assert min(slices.values()) >= 12
    assert len(QUESTIONS) >= 300
    assert sum(question["verdict"] == "not_in_articles" for question in QUESTIONS) >= 80


def test_ids_and_questions_are_distinct() -> None:
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    asked = {(q["slice"], q["question"], str(q.get("history"))) for q in QUESTIONS}
    assert len(asked) == len(QUESTIONS)


def test_the_split_follows_from_the_id() -> None:
    for question in QUESTIONS:
        digit = int(hashlib.sha256(question["id"].encode()).hexdigest()[0], 16)
        assert question["split"] == ("test" if digit % 2 else "dev")


def test_a_question_is_judged_by_passages_exactly_if_the_articles_answer_it() -> None:
    for question in QUESTIONS:
        answerable = question["verdict"] != "not_in_articles"
        assert bool(question["spans"]) == answerable
        assert bool(question["must"]) == answerable
        sources = {span["source"] for span in question["spans"]}
        assert min(1, len(sources)) <= question["articles"] <= len(sources)


def test_every_passage_has_its_counterpart_once() -> None:
    judged = {(s["source"], s["quote"]) for question in QUESTIONS for s in question["spans"]}
    mapped = Counter((span["source"], span["quote"]) for span in SPANS)
    assert judged == set(mapped)
    assert set(mapped.values()) == {1}


@pytest.mark.skipif(not SOURCES.is_dir(), reason="no source articles (../shared/articles) here")
def test_counterparts_lie_in_the_files_they_were_measured_in() -> None:
    for span in SPANS:
        data = (SOURCES / span["original"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == span["sha256"]
        passage = data.decode("utf-8")[span["start"] : span["end"]]
        assert passage
        assert passage == passage.strip()


GUIDES = sorted((DATA / "guides").glob("*.jsonl"))


def test_there_are_guides_about_several_things() -> None:
    assert len(GUIDES) >= 5


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_a_guide_has_each_passage_that_its_questions_name(guide: Path) -> None:
    documents = read_corpus(guide.with_suffix("")).documents
    questions = load_questions(guide)
    cases = locate_questions(questions, documents, guide)
    assert {question.split for question in questions} == {"dev", "test"}
    assert all(bool(case.gold) == case.question.expected.answerable for case in cases)


def test_what_the_scorer_was_fitted_on_is_not_asked_of_it() -> None:
    lines = [
        line for path in ASKED.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()
    ]
    fitted = {row["article"] for row in map(json.loads, lines)}
    fitted = {name for name in fitted if not is_kept_apart(name)}
    assert not fitted & {guide.stem for guide in GUIDES}
