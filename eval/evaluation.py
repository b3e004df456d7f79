"""Every system's figures over the cases of one index.

Knows how an answer and a ranking are asked for and judged. Knows nothing of where indexes and cases
come from, or of reports.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from assistant.answer import Answer, Citation, Outcome, Sentence
from assistant.finding import retrieve
from eval.baselines import (
    BASELINES,
    DENSE,
    LEXICAL,
    POOL,
    Ranker,
    make_baselines,
    rank_as_found,
    rank_dense,
    rank_lexical,
)
from eval.benches import Bench, Progress
from eval.cases import Case
from eval.grounding import Reply, find_faults, judge_reply, make_reply
from eval.judging import Passage
from eval.report import FOOTNOTE, Result
from eval.retrieval import judge_retrieval
from eval.writers import Watched, trace_answer
from ingest.document import Document

DEPTH = 40
"""Passages judged of our own ranking: more than 4000 characters of context hold."""

AT_ONCE = 2
"""Questions asked at a time: the encoder runs outside the interpreter's lock, so two cores help."""


def evaluate(
    bench: Bench,
    cases: Sequence[Case],
    *,
    model: str | None = None,
    watched: Watched | None = None,
    progress: Progress | None = None,
) -> dict[str, tuple[Result, ...]]:
    """Ask every case of our system and of every baseline; results are in the order of the cases.

    `watched` is the language model that our system writes with, if any.
    """
    rankers = make_baselines(bench.index, bench.documents, bench.left_out())
    documents = {document.id: document for document in bench.documents}
    results: dict[str, list[Result]] = {name: [] for name in (FOOTNOTE, *BASELINES)}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked = pool.map(partial(_ask, bench, rankers, documents, model, watched), cases)
        for done, found in enumerate(asked):
            if progress is not None:
                progress("asking", done + 1, len(cases))
            for name, result in found.items():
                results[name].append(result)
    return {name: tuple(held) for name, held in results.items()}


def _ask(
    bench: Bench,
    rankers: Mapping[str, Ranker],
    documents: Mapping[str, Document],
    model: str | None,
    watched: Watched | None,
    case: Case,
) -> dict[str, Result]:
    """Ask one case of every system."""
    answer = bench.answerer.answer(case.question.text, case.question.history, model)
    hits = bench.index.search(answer.standalone_question, POOL)
    rankings = {LEXICAL: rank_lexical(hits), DENSE: rank_dense(hits)}
    rankings |= {name: rank(case.question.text) for name, rank in rankers.items()}
    ranked = rank_as_found(retrieve(answer.standalone_question, DEPTH, bench.index))
    ours = _judge_answer(answer, ranked, case, documents)
    if watched is not None:
        ours = replace(ours, trace=trace_answer(answer, watched.take()))
    return {FOOTNOTE: ours} | {
        name: _judge_baseline(passages, case, documents) for name, passages in rankings.items()
    }


def _judge_answer(
    answer: Answer, passages: Sequence[Passage], case: Case, documents: Mapping[str, Document]
) -> Result:
    reply = make_reply(answer)
    values = judge_retrieval(passages, case) | judge_reply(reply, case, documents)
    return Result(
        id=case.id,
        outcome=reply.outcome.value,
        values=values,
        confidence=reply.confidence,
        answer=answer.text,
        faults=tuple(find_faults(reply, case)),
    )


def _judge_baseline(
    passages: Sequence[Passage], case: Case, documents: Mapping[str, Document]
) -> Result:
    """Judge a ranking that answers with its first passage, and never declines."""
    reply = show_first(passages, documents)
    values = judge_retrieval(passages, case) | judge_reply(reply, case, documents)
    return Result(case.id, reply.outcome.value, values)


def show_first(passages: Sequence[Passage], documents: Mapping[str, Document]) -> Reply:
    """Make the answer of a system without a writer: its first passage, cited whole."""
    if not passages:
        return Reply(Outcome.NOT_IN_ARTICLES, 1.0, "", (), ())
    first = passages[0]
    document = documents[first.document_id]
    quote = document.text[first.start : first.end]
    citation = Citation(
        1, document.id, document.title, document.source, (), quote, first.start, first.end
    )
    sentence = Sentence(quote, (1,), supported=True)
    return Reply(Outcome.ANSWERED, 1.0, quote, (sentence,), (citation,))
