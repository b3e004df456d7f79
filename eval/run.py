"""An evaluation from start to end: indexes, cases, every system's figures, a report.

Knows the order of things. Knows nothing of terminals: it prints nothing and ends no program. What
the command calls:

    eval.run           run_evaluation(corpus, index_folder, ...) -> Report
                       run_checks(corpus, index_folder, scorer, ...) -> Checks, a report's own part
                       run_explanation(corpus, index_folder, question_id, ...) -> str
    eval.tables        render_terminal(report) -> str, render_comparison(comparison) -> str
    eval.writing       write_report(report, folder) -> the JSON, Markdown and HTML files
    eval.gate          load_floors(path=FLOORS), check_floors(report, floors) -> [Shortfall]
                       (str(shortfall) is its line; any shortfall means status 1);
                       write_floors(report, path) keeps the floors of other corpora
    eval.report        read_report(path);  eval.comparison  compare_reports(before, after)
    eval.ablation      load_ablation() -> the stored table of signals left out, or None
    eval.outside_sets  check_folder(folder), measure_outside(folder, place, scorer) -> Outside
    eval.beir          run_beir(folder) -> figures, render_beir(figures) -> str
    eval.init          write_questions(corpus, index_folder, path) -> number of questions
    eval.corpus_report make_corpus_report(corpus, index_folder), render_corpus_report(report)

Errors that a user can mend are one line each: DatasetError, ReportError, FloorsError, BeirError,
ValueError for an unknown slice, and what the index raises. `progress` is `build_index`'s.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.checking.support import Judge, SupportScorer
from assistant.ranking.evidence import SpanScorer
from eval.benches import Answerer, Bench, Progress, Workplace
from eval.cases import Case, leave_faq_out
from eval.checking import measure_checks
from eval.checks import Checks
from eval.dataset import Question
from eval.evaluation import evaluate
from eval.explain import explain_case
from eval.provenance import describe_run
from eval.report import Asked, Report, Result, Setting
from eval.sets import INJECTED, Judged, NothingAsked, judge_corpus
from eval.writers import Watched
from index.store import Library

AS_IS = "as is"
WITHOUT_FAQ = "FAQ left out"

DEV = "dev"
"""The part of the questions that may be looked at."""

NOTES = (
    (
        "A passage holds a gold span if it holds half of its characters; one that was never "
        "indexed counts as missed."
    ),
    "Citation recall and right answers are judged by words and figures: a stand-in for a reader.",
    (
        "A baseline's answer is its first passage, cited, and it never declines. BM25 alone and "
        "dense alone rank the standalone question; the others see the question as it was asked."
    ),
    (
        "With the FAQ left out, a question whose only gold spans were there is judged by its "
        "demanded words if the rest of the corpus says them or, where none are demanded, by the "
        "content words and figures of the FAQ's own answer; else it is left out of that column."
    ),
)


def run_evaluation(
    corpus: Path,
    index_folder: Path,
    *,
    questions: Path | None = None,
    slices: Sequence[str] = (),
    split: str | None = None,
    without_faq: bool = True,
    model: str | None = None,
    watched: Watched | None = None,
    encoder: str | None = None,
    cache: Path | None = None,
    assistant: Callable[[Library], Answerer] = Assistant,
    progress: Progress | None = None,
) -> Report:
    """Evaluate a corpus with its FAQ and without, beside every baseline.

    `questions` is a question file; without one the bundled set is used where it fits the corpus,
    else the corpus's own FAQ pairs are the questions. `slices` and `split` narrow the set;
    `without_faq` asks it a second time with the FAQ left out. `watched` is the language model that
    the assistant writes with, if any: what became of its answers is counted. Raises DatasetError,
    ValueError for a slice that isn't there, or what `build_index` raises.
    """
    workplace = Workplace(corpus, index_folder, assistant, encoder, cache, progress)
    first = workplace.open(without_faq=False)
    judged = judge_corpus(corpus, first.documents, questions).narrow(slices, split)
    began = time.perf_counter()
    settings = [Setting(AS_IS, _evaluate_setting(workplace, first, judged, model, watched))]
    if without_faq:
        second = workplace.open(without_faq=True)
        found = _evaluate_setting(workplace, second, judged, model, watched)
        settings.append(Setting(WITHOUT_FAQ, found))
    asked = [*(case.question for case in judged.cases), *judged.injected]
    provenance: Mapping[str, Any] = describe_run(corpus, first.index, asked) | {
        "model": model or "default",
        "selected": list(slices),
        "split": split,
        "bundled_questions": judged.bundled,
    }
    return Report(
        provenance=provenance,
        questions=tuple(_asked(question) for question in asked),
        settings=tuple(settings),
        notes=(judged.note, *NOTES),
        run=_describe_moment(began),
    )


def run_checks(
    corpus: Path,
    index_folder: Path,
    scorer: SupportScorer | None,
    *,
    questions: Path | None = None,
) -> Checks:
    """Measure the check of sentences on an index that is there: on corrupted answers, and more.

    The answers are those to the development questions. Raises what `run_evaluation` raises.
    """
    library = Library(index_folder)
    index = library.current()
    documents = tuple(index.read(summary.id) for summary in index.documents())
    judged = judge_corpus(corpus, documents, questions, split=DEV)
    asked = [case.question for case in judged.cases]
    return measure_checks(library, asked, Judge(scorer, index))


def run_explanation(
    corpus: Path,
    index_folder: Path,
    question_id: str,
    *,
    questions: Path | None = None,
    without_faq: bool = False,
    model: str | None = None,
    cache: Path | None = None,
    assistant: Callable[[Library], Answerer] = Assistant,
    scorer: SpanScorer | None = None,
    progress: Progress | None = None,
) -> str:
    """Tell the story of one question: retrieved, scored, decided, cited, judged.

    `scorer` is the learned scorer that `assistant` has, if any. Raises ValueError for an id that isn't
    in the set, and what `run_evaluation` raises.
    """
    workplace = Workplace(corpus, index_folder, assistant, cache=cache, progress=progress)
    bench = workplace.open(without_faq=without_faq)
    judged = judge_corpus(corpus, bench.documents, questions)
    for some, cases in _asked_of(workplace, bench, judged):
        for case in leave_faq_out(cases, some.documents) if without_faq else cases:
            if case.id == question_id:
                return explain_case(some, case, model=model, scorer=scorer)
    raise NothingAsked(f"no question has the id {question_id!r}; a report lists all of them")


def _evaluate_setting(
    workplace: Workplace,
    bench: Bench,
    judged: Judged,
    model: str | None,
    watched: Watched | None,
) -> dict[str, tuple[Result, ...]]:
    """Ask the corpus its questions, and those about injections with the hostile articles in it."""
    parts = []
    for some, cases in _asked_of(workplace, bench, judged):
        kept = leave_faq_out(cases, some.documents) if bench.without_faq else cases
        parts.append(
            evaluate(some, kept, model=model, watched=watched, progress=workplace.progress)
        )
    return {
        system: tuple(result for part in parts for result in part[system]) for system in parts[0]
    }


def _asked_of(
    workplace: Workplace, bench: Bench, judged: Judged
) -> list[tuple[Bench, Sequence[Case]]]:
    asked: list[tuple[Bench, Sequence[Case]]] = [(bench, judged.cases)]
    if judged.injected and judged.locate is not None:
        hostile = workplace.open_injected(INJECTED, without_faq=bench.without_faq)
        asked.append((hostile, judged.locate(judged.injected, hostile.documents)))
    return asked


def _asked(question: Question) -> Asked:
    return Asked(
        question.id,
        question.slice,
        question.split,
        question.text,
        question.expected.outcome.value,
    )


def _describe_moment(began: float) -> dict[str, Any]:
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(time.perf_counter() - began, 1),
    }
