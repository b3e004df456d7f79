"""Whole evaluations: of a small corpus, and of the bundled one with the assistant broken."""

import ast
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.answer import Answer, Outcome, Turn
from assistant.assistant import Assistant
from eval.baselines import BASELINES
from eval.benches import Answerer
from eval.dataset import DatasetError, load_questions
from eval.gate import Floors, check_floors, load_floors, make_floors
from eval.init import InitError, write_questions
from eval.report import FOOTNOTE, Report, render_json, summarise
from eval.run import AS_IS, WITHOUT_FAQ, run_evaluation, run_explanation
from eval.sets import QUESTIONS, judge_corpus
from index.dense import DenseIndex
from index.store import Index, Library
from index.types import ChunkSpans
from ingest.corpus import read_corpus
from tests.conftest import CORPUS

BEES = """# Keeping Bees in Town

A colony in a city garden brings in 20 kg of honey in its second year.

## What you need

- A hive with two boxes, about 180 euros new
- A smoker, which calms the bees

## Frequently Asked Questions

### Do I need a licence to keep bees?

No licence is needed, but you must report your bees to the veterinary office.

### How heavy is a full hive on a roof?

A full hive weighs about 60 kg, so the roof must carry 150 kg.
"""
BREAD = """# Bread with Wild Yeast

Bake the bread at 240 degrees for 45 minutes, with steam at the beginning.
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    corpus = tmp_path_factory.mktemp("small")
    (corpus / "bees.md").write_text(BEES, encoding="utf-8")
    (corpus / "bread.md").write_text(BREAD, encoding="utf-8")
    return corpus


@pytest.fixture(scope="module")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("indexes") / "small"


def evaluate(corpus: Path, folder: Path, cache: Path, **how: object) -> Report:
    return run_evaluation(corpus, folder, cache=cache, **how)  # type: ignore[arg-type]


def test_a_corpus_without_a_question_file_is_judged_by_its_faq(
    small: Path, small_index: Path, encoder_cache: Path
):
    report = evaluate(small, small_index, encoder_cache)
    assert "2 FAQ pairs" in report.notes[0]
    assert [asked.text[:4] for asked in report.questions] == ["Do I", "How "]
    found = summarise(report, report.setting(AS_IS).systems[FOOTNOTE])["faq"]
    assert found["recall@5"].mean == 1.0
    left_out = summarise(report, report.setting(WITHOUT_FAQ).systems[FOOTNOTE])["faq"]
    assert "recall@5" not in left_out
    assert left_out["words@2000"].mean < found["words@2000"].mean
    assert set(report.setting(AS_IS).systems) == {FOOTNOTE, *BASELINES}


def test_the_same_input_gives_the_same_report(small: Path, small_index: Path, encoder_cache: Path):
    one, two = (evaluate(small, small_index, encoder_cache) for _ in range(2))
    assert render_json(replace(one, run={})) == render_json(replace(two, run={}))


def test_a_mined_file_judges_as_the_corpus_itself(
    small: Path, small_index: Path, encoder_cache: Path, tmp_path: Path
):
    path = tmp_path / "questions.jsonl"
    assert write_questions(small, small_index, path, cache=encoder_cache) == 2
    mined = evaluate(small, small_index, encoder_cache)
    read = evaluate(small, small_index, encoder_cache, questions=path)
    for one, two in zip(mined.settings, read.settings, strict=True):
        for mine, theirs in zip(one.systems[FOOTNOTE], two.systems[FOOTNOTE], strict=True):
            shared = {"ndcg@10", "correct", "any@1000"} & mine.values.keys()
            assert all(mine.values[name] == theirs.values[name] for name in shared)
    with pytest.raises(InitError, match="is there already"):
        write_questions(small, small_index, path, cache=encoder_cache)


def test_a_corpus_that_asks_nothing_has_no_questions_to_start_from(
    tmp_path: Path, encoder_cache: Path
):
    corpus = tmp_path / "silent"
    corpus.mkdir()
    (corpus / "bread.md").write_text(BREAD, encoding="utf-8")
    with pytest.raises(InitError, match="asks nothing"):
        write_questions(corpus, tmp_path / "index", tmp_path / "q.jsonl", cache=encoder_cache)


@pytest.mark.parametrize(
    ("source", "quote", "reason"),
    [
        ("wasps.md", "A smoker", "none of its sources"),
        ("bees.md", "A swarm", "quote is not in bees.md"),
        ("bees.md", "bees", "times in bees.md"),
    ],
)
def test_a_question_file_that_does_not_fit_is_refused(
    small: Path,
    small_index: Path,
    encoder_cache: Path,
    tmp_path: Path,
    source: str,
    quote: str,
    reason: str,
):
    row = {
        "id": "a",
        "slice": "s",
        "split": "dev",
        "question": "?",
        "verdict": "answered",
        "spans": [{"source": source, "quote": quote}],
    }
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(DatasetError, match=reason) as caught:
        evaluate(small, small_index, encoder_cache, questions=path)
    assert caught.value.line == 1


def test_an_unknown_slice_is_refused(small: Path, small_index: Path, encoder_cache: Path):
    with pytest.raises(ValueError, match="no slice 'wasps'; there are faq"):
        evaluate(small, small_index, encoder_cache, slices=["wasps"])


def test_one_question_is_explained(small: Path, small_index: Path, encoder_cache: Path):
    report = evaluate(small, small_index, encoder_cache)
    first = report.questions[0].id
    story = run_explanation(small, small_index, first, cache=encoder_cache)
    for part in ("understood as:", "gold spans: 1", "rank 1", "decided:", "cited:", "judged"):
        assert part in story
    with pytest.raises(ValueError, match="no question has the id 'none'"):
        run_explanation(small, small_index, "none", cache=encoder_cache)


# ---- the assistant broken on purpose: the gate must fail, and say where

SLICES = ("paraphrase", "out_of_domain")


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bundled") / "index"


@pytest.fixture(scope="module")
def floors(bundled: Path, encoder_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Floors:
    report = evaluate(CORPUS, bundled, encoder_cache, slices=SLICES, without_faq=False)
    path = tmp_path_factory.mktemp("floors") / "floors.json"
    measures = ["ndcg@10", "context@2000", "quote_exact", "declines", "citation_precision"]
    path.write_text(make_floors(report, measures, groups=SLICES, below=0.02), encoding="utf-8")
    assert check_floors(report, load_floors(path)) == []
    return load_floors(path)


class Broken:
    """An assistant whose answers are tampered with."""

    def __init__(self, library: Library, tamper: Callable[[Answer], Answer]) -> None:
        self._assistant = Assistant(library)
        self._tamper = tamper

    def answer(
        self, question: str, history: Sequence[Turn] = (), model: str | None = None
    ) -> Answer:
        return self._tamper(self._assistant.answer(question, history, model))


def fallen(
    floors: Floors, folder: Path, cache: Path, assistant: Callable[[Library], Answerer]
) -> set[tuple[str, str]]:
    """Return the slices and figures that fell below the floors, and check that each has a line.

    The line names questions, unless the figure is gone: nothing cited, so nothing cited rightly.
    """
    report = evaluate(CORPUS, folder, cache, slices=SLICES, without_faq=False, assistant=assistant)
    short = check_floors(report, floors)
    assert all(one.floor.group in str(one) for one in short)
    assert all(one.questions or "no such figure" in str(one) for one in short)
    return {(one.floor.group, one.floor.measure) for one in short}


def test_zeroed_dense_scores_fail_the_gate(
    floors: Floors, bundled: Path, encoder_cache: Path, monkeypatch: pytest.MonkeyPatch
):
    def zeroed(self: DenseIndex, vector: object, k: int) -> list[tuple[int, float]]:
        return [(row, 0.0) for row in range(min(k, len(self.vectors)))]

    def flattened(self: Index, chunk_id: str) -> ChunkSpans:
        found = spans(self, chunk_id)
        return ChunkSpans(found.spans, np.zeros_like(found.vectors))

    spans = Index.spans
    monkeypatch.setattr(DenseIndex, "search", zeroed)
    monkeypatch.setattr(Index, "spans", flattened)
    assert ("paraphrase", "ndcg@10") in fallen(floors, bundled, encoder_cache, Assistant)


def test_citations_shifted_by_one_fail_the_gate(floors: Floors, bundled: Path, encoder_cache: Path):
    def shift(answer: Answer) -> Answer:
        moved = tuple(
            replace(citation, start=citation.start + 1, end=citation.end + 1)
            for citation in answer.citations
        )
        return replace(answer, citations=moved)

    short = fallen(floors, bundled, encoder_cache, lambda library: Broken(library, shift))
    assert ("paraphrase", "quote_exact") in short


def test_a_verdict_that_is_always_answered_fails_the_gate(
    floors: Floors, bundled: Path, encoder_cache: Path
):
    def always(answer: Answer) -> Answer:
        return replace(answer, verdict=replace(answer.verdict, outcome=Outcome.ANSWERED))

    short = fallen(floors, bundled, encoder_cache, lambda library: Broken(library, always))
    assert ("out_of_domain", "declines") in short


# ---- what is fitted sees dev alone


FITTING = {"sklearn", "torch"}
READERS = {"load_questions", "judge_corpus", "run_evaluation"}


def names_imported(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module.split(".")[0], *(alias.name for alias in node.names)}
    return found


def reads_of_questions(tree: ast.AST) -> Iterator[str]:
    """Yield what each call that reads questions is told to read: its arguments, and `narrow`'s."""
    narrowed = {
        id(node.func.value): ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "narrow"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in READERS:
            yield narrowed.get(id(node), ast.unparse(node))


def test_nothing_that_fits_reads_the_test_part():
    """Whatever fits may read questions through the loader alone, and of them dev alone."""
    package = QUESTIONS.parent.parent
    fitting = 0
    for path in sorted(package.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = names_imported(tree)
        if not imported & FITTING:
            continue
        fitting += 1
        assert not imported & {"QUESTIONS", "SPAN_MAP"}, f"{path} reads past the loader"
        for read in reads_of_questions(tree):
            assert "split='dev'" in read or read.endswith("'dev')"), f"{path}: {read}"
    assert fitting


def test_a_part_is_read_without_the_other(small: Path, tmp_path: Path):
    row = {
        "id": "a",
        "slice": "s",
        "split": "dev",
        "question": "?",
        "verdict": "not_in_articles",
    }
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps(row) + "\n" + json.dumps({**row, "id": "b", "split": "test"}))
    judged = judge_corpus(small, [], path, split="dev")
    assert [case.id for case in judged.cases] == ["a"]


def test_dev_and_test_share_no_question():
    dev, test = (load_questions(QUESTIONS, split=split) for split in ("dev", "test"))
    assert dev
    assert test
    assert not {question.id for question in dev} & {question.id for question in test}


# ---- the bundled questions fit both corpora

ARTICLES = CORPUS.parent.parent / "shared" / "articles"


def test_every_bundled_question_is_located_in_the_bundled_articles():
    judged = judge_corpus(CORPUS, read_corpus(CORPUS).documents, None)
    assert "by exact quote" in judged.note
    assert all(case.gold for case in judged.cases if case.question.expected.spans)
    assert judged.injected


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="../shared/articles is not there")
def test_every_bundled_question_is_led_over_to_the_articles_they_restate():
    judged = judge_corpus(ARTICLES, read_corpus(ARTICLES).documents, None)
    assert "led over by source_spans.jsonl" in judged.note
    assert all(case.gold for case in judged.cases if case.question.expected.spans)
