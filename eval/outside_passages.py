"""Answerable or not by one passage, and where in it: questions of SQuAD 2.0 put to our verdict.

Knows how a passage becomes an index's only evidence. Each paragraph is a document under its title;
a question is searched in the chunks of its own paragraph alone, so that the set's judgement of that
paragraph is the right one. Only titles that the learned scorer was not fitted on are asked about.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Outcome
from assistant.asking.question import parse_question
from assistant.asking.splitting import choose_questions
from assistant.finding import Finding, Search, combine_verdicts, decide_findings, understand
from assistant.ranking.evidence import SpanScorer
from eval.benches import Progress
from eval.outside import REFUSED, OutsideError, PassageRow
from eval.scorer.squad import Question, is_kept_apart, read_questions_of, topic
from index.store import Index, build_index, open_index

SAMPLE = 600
"""Questions asked: a standard error of about .02 in AUROC, in under a minute on two cores."""

SEED = 11

FIRST_NUMBER = 10_001
"""Titles must differ; passages are told apart by numbers that no question asks about."""

OURS, DENSE, LEARNED = "Footnote's verdict", "dense similarity alone", "learned scorer alone"


@dataclass(frozen=True, slots=True)
class Judged:
    """What was made of one question: how sure, and whether the first span holds the answer."""

    answerable: bool
    declined: bool
    confidence: float
    first: bool
    dense: float
    dense_first: bool
    learned: float
    learned_first: bool


def measure_passages(
    path: Path,
    place: Path,
    scorer: SpanScorer | None,
    *,
    sample: int = SAMPLE,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> tuple[tuple[PassageRow, ...], str]:
    """Measure a sample of the questions of a file, and say what became of them at our threshold.

    `place` is where the index of the paragraphs is kept. Raises OutsideError.
    """
    questions = draw_questions(read_squad(path), sample)
    if len({bool(question.answering) for question in questions}) < 2:
        raise OutsideError(f"{path}: has no questions of both kinds of titles kept for figures")
    documents = build_passages(questions, place, cache=cache, progress=progress)
    index = open_index(place)
    judged = []
    for done, question in enumerate(questions, start=1):
        document = documents[_paragraph(question)]
        judged.append(judge_question(question, document, index, scorer))
        if progress is not None:
            progress("asking SQuAD", done, len(questions))
    return summarise(judged), describe(judged, questions)


def read_squad(path: Path) -> tuple[Question, ...]:
    """Read a file of SQuAD's questions; raises OutsideError."""
    try:
        return read_questions_of(path)
    except OSError as error:
        raise OutsideError(f"{path}: can't be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError) as error:
        raise OutsideError(f"{path}: is not SQuAD: {type(error).__name__}: {error}") from None


def draw_questions(questions: Sequence[Question], sample: int) -> list[Question]:
    """Draw questions of titles that no scorer was fitted on, the same ones each time."""
    kept = [question for question in questions if is_kept_apart(question.title)]
    return Random(SEED).sample(kept, k=min(sample, len(kept)))  # noqa: S311 - a sample, no secret


def build_passages(
    questions: Sequence[Question],
    place: Path,
    *,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> dict[str, str]:
    """Index the paragraphs of some questions; returns each one's document id by its text."""
    texts = {_paragraph(question): topic(question.title) for question in questions}
    numbers = {text: at for at, text in enumerate(sorted(texts), start=FIRST_NUMBER)}
    with TemporaryDirectory() as folder:
        corpus = Path(folder) / "squad"
        corpus.mkdir()
        for text, title in texts.items():
            heading = f"{title}, passage {numbers[text]}"
            (corpus / f"{numbers[text]}.txt").write_text(f"{heading}\n\n{text}\n", "utf-8")
        build_index(corpus, place, cache=cache, progress=progress)
    ids = {summary.source: summary.id for summary in open_index(place).documents()}
    return {text: ids[f"{number}.txt"] for text, number in numbers.items()}


def judge_question(
    question: Question, document: str, index: Index, scorer: SpanScorer | None
) -> Judged:
    """Put one question to the verdict with its paragraph as the only evidence."""
    standalone = understand(question.text, (), index)
    asked, left = choose_questions(standalone)
    searches = [_search_within(part, document, index) for part in asked]
    findings = decide_findings(searches, index, scorer)
    verdict = combine_verdicts(findings, left)
    evidence = [item for finding in findings for item in finding.evidence]
    nearest = max(evidence, key=lambda item: item.signals.dense, default=None)
    likeliest = max(evidence, key=lambda item: item.signals.learned, default=None)
    return Judged(
        answerable=bool(question.answering),
        declined=verdict.outcome is Outcome.NOT_IN_ARTICLES,
        confidence=verdict.confidence,
        first=_holds(_first_said(findings), question),
        dense=nearest.signals.dense if nearest else 0.0,
        dense_first=_holds(nearest.text if nearest else "", question),
        learned=likeliest.signals.learned if likeliest else 0.0,
        learned_first=_holds(likeliest.text if likeliest else "", question),
    )


def summarise(judged: Sequence[Judged]) -> tuple[PassageRow, ...]:
    """Set our verdict beside the learned scorer alone, if there is one, and dense similarity."""
    labels = np.array([one.answerable for one in judged])
    held = [one for one in judged if one.answerable]
    ways = [(OURS, [one.confidence for one in judged], [one.first for one in held])]
    if any(one.learned for one in judged):
        first = [one.learned_first for one in held]
        ways.append((LEARNED, [one.learned for one in judged], first))
    ways.append((DENSE, [one.dense for one in judged], [one.dense_first for one in held]))
    return tuple(
        PassageRow(
            way,
            len(held),
            len(judged) - len(held),
            auroc(labels, np.array(scores)),
            declines_at(labels, np.array(scores), REFUSED),
            float(np.mean(first)),
        )
        for way, scores, first in ways
    )


def describe(judged: Sequence[Judged], questions: Sequence[Question]) -> str:
    """Say what was asked, and what the threshold in use makes of it."""
    titles = len({question.title for question in questions})
    refused = np.mean([one.declined for one in judged if one.answerable])
    declined = np.mean([one.declined for one in judged if not one.answerable])
    return (
        f"SQuAD 2.0: {len(judged)} development questions of the {titles} titles that the learned "
        f"scorer was not fitted on, each with its own paragraph as the only evidence. At the "
        f"threshold in use, fitted on how-to articles, {refused:.3f} of the answerable are refused "
        f"and {declined:.3f} of the others declined."
    )


def auroc(labels: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    """Return how often something right has a higher score than something wrong; a tie is half."""
    right, wrong = scores[labels], np.sort(scores[~labels])
    below = np.searchsorted(wrong, right, side="left")
    upto = np.searchsorted(wrong, right, side="right")
    return float(np.mean((below + upto) / 2) / len(wrong))


def declines_at(labels: NDArray[np.bool_], scores: NDArray[np.float64], refused: float) -> float:
    """Return the share of the wrong below the score that a share of the right are below."""
    return float(np.mean(scores[~labels] < np.quantile(scores[labels], refused)))


def _search_within(text: str, document: str, index: Index) -> Search:
    """Search one document's chunks, ranked among themselves."""
    question = parse_question(text)
    every = index.search(question.text, index.manifest.counts["chunks"])
    own = [hit for hit in every if hit.chunk.document_id == document]
    return Search(question, tuple(replace(hit, rank=at) for at, hit in enumerate(own, start=1)))


def _first_said(findings: Sequence[Finding]) -> str:
    """Return the text of the span that is cited first, or that would be were the answer given."""
    for finding in findings:
        for passage in finding.passages:
            span = passage.spans[0]
            return passage.document.text[span.start : span.end]
    return next((finding.evidence[0].text for finding in findings if finding.evidence), "")


def _holds(text: str, question: Question) -> bool:
    """Say whether a span is a sentence that holds the answer, or has it in it."""
    said = " ".join(text.split())
    right = (" ".join(question.sentences[at].split()) for at in question.answering)
    return bool(said) and any(said in one or one in said for one in right)


def _paragraph(question: Question) -> str:
    return " ".join(" ".join(question.sentences).split())
