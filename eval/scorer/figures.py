"""Figures of a scorer on what it never saw: beside the plain baselines that it must beat.

Knows held-out pairs and questions and how to measure a scorer's probabilities on them. Knows
nothing of training.
"""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import balanced_accuracy_score, roc_auc_score

from assistant.ranking.scorer import Scorer
from eval.scorer import claims, squad
from eval.scorer.pair import Head, Pair
from eval.scorer.rivals import Similarity
from eval.scorer.squad import Question, overlap

Figures = dict[str, float]

PASSAGE_QUESTIONS = 900
"""Held-out questions of SQuAD 2.0 that are scored: a standard error of about .015 in AUROC."""


def measure(scorer: Scorer, data: Path, pairs: Sequence[Pair], dense: Similarity) -> Figures:
    """Measure a scorer on held-out questions, made worlds and human support judgements."""
    questions = _questions(data)
    figures = {
        **_passage_figures("scorer", questions, scorer.score_answers),
        **_passage_figures("dense", questions, dense),
        **_kind_figures(scorer, pairs),
        **_claim_figures(scorer, data),
    }
    return {name: round(value, 4) for name, value in figures.items()}


def score_pairs(scorer: Scorer, pairs: Sequence[Pair]) -> NDArray[np.float32]:
    """Score pairs one by one with the head that each is for."""
    scores = [
        (scorer.score_answers if one.head is Head.ANSWERS else scorer.score_support)(
            one.text, [one.passage]
        )[0]
        for one in pairs
    ]
    return np.array(scores, dtype=np.float32)


def _questions(data: Path) -> list[Question]:
    """Held-out questions of SQuAD 2.0; those that only SQuAD 1.1 has are all answerable."""
    path = data / "squad" / "squad2-dev.jsonl"
    kept = [one for one in squad.read_questions_of(path) if squad.is_kept_apart(one.title)]
    rng = Random(7)  # noqa: S311 - a sample, no secret
    return rng.sample(kept, k=min(PASSAGE_QUESTIONS, len(kept)))


def _passage_figures(name: str, questions: Sequence[Question], rate: Similarity) -> Figures:
    """Answerable or not by a paragraph's best sentence, and whether that sentence is the right one."""
    labels, best, hits = [], [], []
    for question in questions:
        scores = rate(question.text, question.sentences)
        labels.append(bool(question.answering))
        best.append(float(scores.max()))
        if question.answering:
            hits.append(int(scores.argmax()) in question.answering)
    return {
        f"squad2 passage AUROC, {name}": float(roc_auc_score(labels, best)),
        f"squad2 span P@1, {name}": float(np.mean(hits)),
    }


def _kind_figures(scorer: Scorer, pairs: Sequence[Pair]) -> Figures:
    """AUROC of all positives of a head and source against the negatives of one kind."""
    scores = score_pairs(scorer, pairs)
    groups: dict[str, list[int]] = defaultdict(list)
    for at, pair in enumerate(pairs):
        groups[f"{pair.head} {source(pair)}"].append(at)
    figures: Figures = {}
    for name, members in sorted(groups.items()):
        right = [at for at in members if pairs[at].label]
        wrong: dict[str, list[int]] = defaultdict(list)
        for at in members:
            if not pairs[at].label:
                wrong[pairs[at].kind].append(at)
                wrong["all"].append(at)
        for kind, negatives in sorted(wrong.items()) if right else ():
            labels = [True] * len(right) + [False] * len(negatives)
            auroc = roc_auc_score(labels, scores[[*right, *negatives]])
            figures[f"{name} AUROC against {kind}"] = float(auroc)
    return figures


def source(pair: Pair) -> str:
    """Name the source of a pair from its group."""
    if pair.kind in ("wice", "begin"):
        return pair.kind
    if pair.group.endswith((".md", ".mdx")):
        return "markdown"
    return "squad" if squad.is_title(pair.group) else "made"


def _claim_figures(scorer: Scorer, data: Path) -> Figures:
    """Balanced accuracy on WiCE and BEGIN; the baselines' thresholds come from the fitted part."""
    figures: Figures = {}
    pairs = claims.claim_pairs(data)
    for kind in ("wice", "begin"):
        mine = [one for one in pairs if one.kind == kind]
        fitted = [one for one in mine if not claims.is_kept_apart(one.group)]
        held = [one for one in mine if claims.is_kept_apart(one.group)]
        labels = [one.label for one in held]
        guessed = score_pairs(scorer, held) >= 0.5
        figures[f"{kind} balanced accuracy, scorer"] = balanced_accuracy_score(labels, guessed)
        for name, rate in (("length", _shortness), ("overlap", _shared)):
            threshold = _best_threshold([one.label for one in fitted], [rate(p) for p in fitted])
            said = [rate(one) >= threshold for one in held]
            figures[f"{kind} balanced accuracy, {name}"] = balanced_accuracy_score(labels, said)
    return figures


def _shortness(pair: Pair) -> float:
    return -float(len(pair.text))


def _shared(pair: Pair) -> float:
    return overlap(pair.text, pair.passage)


def _best_threshold(labels: Sequence[bool], scores: Sequence[float]) -> float:
    candidates = sorted(set(scores))
    return max(
        candidates,
        key=lambda at: balanced_accuracy_score(labels, [score >= at for score in scores]),
    )
