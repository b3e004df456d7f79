"""One question from asking to judging: what was retrieved, scored, decided, cited and demanded.

Knows how to lay that out as text. Knows nothing of how any of it is computed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from assistant.answer import Answer, Citation
from assistant.asking.splitting import choose_questions
from assistant.finding import decide_finding, retrieve, search
from assistant.ranking.evidence import Signals, SpanScorer
from eval.baselines import rank_as_found
from eval.benches import Bench
from eval.cases import Case
from eval.evaluation import DEPTH
from eval.grounding import find_faults, make_reply
from eval.judging import Passage, agrees, holds
from eval.locate import GoldSpan
from eval.retrieval import judge_retrieval
from index.types import Hit
from ingest.document import Document

SHOWN = 12
"""Hits and spans listed; the gold spans' ranks say where the rest stand."""

SIGNALS = tuple(field.name for field in fields(Signals))


def explain_case(
    bench: Bench, case: Case, *, model: str | None = None, scorer: SpanScorer | None = None
) -> str:
    """Ask one case and tell its whole story; `scorer` is the one that the assistant has."""
    answer = bench.answerer.answer(case.question.text, case.question.history, model)
    hits = retrieve(answer.standalone_question, DEPTH, bench.index)
    documents = {document.id: document for document in bench.documents}
    passages = rank_as_found(hits)
    figures = judge_retrieval(passages, case)
    parts = [
        _asked(case, answer),
        _gold(case, passages, documents),
        _retrieved(hits[:SHOWN], case),
        "figures: " + (", ".join(f"{k} {v:.3f}" for k, v in sorted(figures.items())) or "none"),
        *_scored(bench, case, answer, scorer),
        _decided(case, answer),
        _cited(case, answer.citations),
        _judged(case, answer),
    ]
    return "\n\n".join(parts)


def _asked(case: Case, answer: Answer) -> str:
    lines = [f"{case.id} ({case.question.slice}, {case.question.split})"]
    lines += [f"  {turn.role}: {turn.content}" for turn in case.question.history]
    lines += [f"  asked: {case.question.text}", f"  understood as: {answer.standalone_question}"]
    return "\n".join(lines)


def _gold(case: Case, passages: Sequence[Passage], documents: Mapping[str, Document]) -> str:
    lines = [f"gold spans: {len(case.gold) or 'none'}"]
    for span in case.gold:
        rank = next((i for i, passage in enumerate(passages, 1) if holds(passage, span)), None)
        text = documents[span.document_id].text[span.start : span.end]
        found = f"rank {rank}" if rank else f"not in the first {len(passages)}"
        lines.append(f"  {found}: {span.document_id} {span.start}–{span.end} “{_shorten(text)}”")
    return "\n".join(lines)


def _retrieved(hits: Sequence[Hit], case: Case) -> str:
    lines = ["retrieved (score, dense, lexical; * holds a gold span):"]
    for hit, passage in zip(hits, rank_as_found(hits), strict=True):
        mark = "*" if any(holds(passage, span) for span in case.gold) else " "
        dense = f"{hit.dense:.3f}" if hit.dense is not None else "-"
        lexical = f"{hit.lexical:.2f}" if hit.lexical is not None else "-"
        place = " › ".join((hit.chunk.title, *hit.chunk.heading_path))
        lines.append(f" {mark}{hit.rank:3}  {hit.score:.3f}  {dense:>6}  {lexical:>6}  {place}")
        lines.append(f"      {_shorten(hit.chunk.text)}")
    return "\n".join(lines)


def _scored(bench: Bench, case: Case, answer: Answer, scorer: SpanScorer | None) -> Iterator[str]:
    """List the best spans of each part of the question, with the signals that scored them."""
    asked, _ = choose_questions(answer.standalone_question)
    for part in asked:
        finding = decide_finding(search(part, bench.index), bench.index, scorer)
        lines = [f"scored for “{part}” ({finding.question.ask}; * agrees with a gold span):"]
        for item in finding.evidence[:SHOWN]:
            place = GoldSpan(item.document.id, item.span.start, item.span.end)
            mark = "*" if any(agrees(place, span) for span in case.gold) else " "
            lines.append(f" {mark}{item.score:.3f}  “{_shorten(item.text)}”")
            signals = ((name, getattr(item.signals, name)) for name in SIGNALS)
            lines.append("       " + " ".join(f"{k} {v:.2f}" for k, v in signals if v))
        yield "\n".join(lines)


def _decided(case: Case, answer: Answer) -> str:
    verdict = answer.verdict
    lines = [
        f"decided: {verdict.outcome}, confidence {verdict.confidence:.3f} (right: {case.outcome})"
    ]
    if verdict.missing:
        lines.append(f"  missing: {'; '.join(verdict.missing)}")
    lines += [f"  {line}" for line in answer.text.splitlines()]
    return "\n".join(lines)


def _cited(case: Case, citations: Sequence[Citation]) -> str:
    lines = [f"cited: {len(citations) or 'nothing'} (* agrees with a gold span)"]
    for citation in citations:
        quoted = GoldSpan(citation.document_id, citation.start, citation.end)
        mark = "*" if any(agrees(quoted, span) for span in case.gold) else " "
        place = f"{citation.source} {citation.start}–{citation.end}"
        lines.append(f" {mark}[{citation.number}] {place} “{_shorten(citation.quote)}”")
    return "\n".join(lines)


def _judged(case: Case, answer: Answer) -> str:
    faults = find_faults(make_reply(answer), case)
    return "judged: right" if not faults else "judged wrong:\n  " + "\n  ".join(faults)


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 100 else line[:97] + "..."
