"""What becomes of other people's articles: asked their own questions, and what isn't in them.

Knows how a corpus is asked and judged by its own questions and answers. Knows nothing of reports.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from assistant.answer import Outcome
from assistant.assistant import AnswerScorer, Assistant
from eval.benches import Bench, Progress, Workplace
from eval.cases import Case, mine_cases
from eval.dataset import Question, load_questions
from eval.grounding import judge_reply, make_reply
from eval.outside import ArticlesRow, DeclinedRow
from eval.scorer.markdown import is_kept_apart
from eval.sets import INJECTED_SLICE, QUESTIONS

WITH, WITHOUT = "with the learned scorer", "without it"
ALL, UNSEEN = "all", "unseen by the scorer"

OWN = "our development questions that no article of ours answers"
ELSEWHERE = "SQuAD 2.0, of titles unseen by the scorer"

FEWEST = 30
"""Questions below which a share says next to nothing: its standard error is .09."""


@dataclass(frozen=True, slots=True)
class ArticleFigures:
    """The rows of both tables, and what a reader must know of them."""

    articles: tuple[ArticlesRow, ...]
    declined: tuple[DeclinedRow, ...]
    notes: tuple[str, ...]


def measure_articles(
    folder: Path,
    place: Path,
    scorer: AnswerScorer | None,
    foreign: Sequence[str],
    *,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> ArticleFigures:
    """Ask a folder of articles its own questions, and those of other corpora.

    `foreign` are more questions that the articles don't answer; `place` is where their index is
    kept. With a scorer everything is asked a second time without it, which nothing here was shown.
    """
    ways: dict[str, AnswerScorer | None] = {WITHOUT: None}
    if scorer is not None:
        ways = {WITH: scorer, WITHOUT: None}
    articles: list[ArticlesRow] = []
    declined: list[DeclinedRow] = []
    benches = []
    for way, used in ways.items():
        bench = _open(folder, place, used, cache, progress)
        report = _count_to(progress, f"asking the articles {way}")
        articles += _ask_own(way, bench, report)
        declined += _ask_foreign(way, bench, foreign)
        benches.append(bench)
    return ArticleFigures(tuple(articles), tuple(declined), tuple(_describe(benches[0])))


def _open(
    folder: Path,
    place: Path,
    scorer: AnswerScorer | None,
    cache: Path | None,
    progress: Progress | None,
) -> Bench:
    workplace = Workplace(
        folder,
        place,
        lambda library: Assistant(library, scorer=scorer),
        cache=cache,
        progress=progress,
    )
    return workplace.open(without_faq=False)


def _ask_own(way: str, bench: Bench, report: Callable[[int, int], None]) -> list[ArticlesRow]:
    cases = mine_cases(bench.documents)
    documents = {document.id: document for document in bench.documents}
    judged = []
    for done, case in enumerate(cases, start=1):
        reply = make_reply(bench.answerer.answer(case.question.text))
        judged.append((_source(case), judge_reply(reply, case, documents)))
        report(done, len(cases))
    rows = [_average(way, ALL, [values for _, values in judged])]
    unseen = [values for source, values in judged if is_kept_apart(source)]
    if way == WITH and unseen:
        rows.append(_average(way, UNSEEN, unseen))
    return rows


def _ask_foreign(way: str, bench: Bench, foreign: Sequence[str]) -> list[DeclinedRow]:
    questions = [
        question
        for question in load_questions(QUESTIONS, split="dev")
        if not question.expected.answerable and question.slice != INJECTED_SLICE
    ]
    rows = [_count_declined(way, OWN, questions, bench)]
    if foreign:
        more = [Question("", "", "", text, questions[0].expected) for text in foreign]
        rows.append(_count_declined(way, ELSEWHERE, more, bench))
    return rows


def _count_declined(
    way: str, source: str, questions: Sequence[Question], bench: Bench
) -> DeclinedRow:
    outcomes = [
        bench.answerer.answer(question.text, question.history).verdict.outcome
        for question in questions
    ]
    share = fmean(outcome is Outcome.NOT_IN_ARTICLES for outcome in outcomes)
    return DeclinedRow(way, source, len(questions), share)


def _average(way: str, articles: str, judged: Sequence[Mapping[str, float]]) -> ArticlesRow:
    def mean(name: str) -> float:
        return fmean([values[name] for values in judged if name in values] or [0.0])

    return ArticlesRow(
        way,
        articles,
        len(judged),
        mean("right_answer"),
        mean("citation_precision"),
        mean("refuses"),
        mean("length"),
    )


def _describe(bench: Bench) -> list[str]:
    cases = mine_cases(bench.documents)
    seen = sum(not is_kept_apart(document.source) for document in bench.documents)
    unseen = sum(is_kept_apart(_source(case)) for case in cases)
    notes = [
        (
            f"Markdown articles: {len(bench.documents)} of them ask {len(cases)} questions, as FAQ "
            "pairs or as headings, so that the question stands above its answer word for word. A "
            "citation is right if it points into that answer: another article that answers too counts "
            "as wrong."
        ),
        (
            f"The learned scorer was fitted on the text of {seen} of the {len(bench.documents)} "
            "articles, headings as questions among it; without it nothing here was fitted on any."
        ),
        f"The verdict was fitted on {OWN}, over other articles.",
    ]
    if unseen < FEWEST:
        notes.append(
            f"The articles that the scorer has not seen ask {unseen} questions: too few to tell."
        )
    return notes


def _source(case: Case) -> str:
    return case.question.expected.spans[0].source


def _count_to(progress: Progress | None, stage: str) -> Callable[[int, int], None]:
    return lambda done, total: progress(stage, done, total) if progress is not None else None
