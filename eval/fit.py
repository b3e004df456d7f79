"""Fits the weights of spans and verdicts on the development questions: `python -m eval.fit`.

Knows which questions may be fitted on (split dev, and no others) and how the numbers in
`assistant/data/weights.json` come about. Knows nothing of how signals are measured.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

from assistant.answerability import Sufficiency, measure_sufficiency
from assistant.assistant import Assistant
from assistant.evidence import (
    Evidence,
    Signals,
    SpanScorer,
    TermMatcher,
    gather_evidence,
    look_closer,
    sort_evidence,
)
from assistant.finding import Search, search, understand
from assistant.scorer import ScorerDamaged, load_scorer
from assistant.splitting import split_questions
from assistant.weighing import WEIGHTS_FILE, PairedWeights, Weights, load_weighing, signal_values
from eval.benches import Bench, Workplace
from eval.cases import Case, leave_faq_out
from eval.judging import agrees
from eval.locate import GoldSpan
from eval.sets import judge_corpus
from index.store import Index

CORPORA = (Path("corpus"), Path("../shared/articles"))
FOLDS = 8
STRENGTH = 1.0
"""Inverse regularisation of both fits; 0.1 to 10 change cross-validated figures by under 0.005."""

PAIRS_STRENGTH = 0.01
"""The same for the verdict with its products; 0.003 and 0.03 change AUROC by under 0.01."""

REFUSED_AT_MOST = 0.08
"""Share of answerable questions that the threshold may refuse, cross-validated."""

TRUSTED = 0.6
"""Precision, cross-validated, that a further span has to have to be said beside the best one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A development question over one index: the spans found for it, and which are gold."""

    id: str
    answerable: bool
    matcher: TermMatcher
    found: Search
    evidence: tuple[Evidence, ...]
    gold: tuple[bool, ...]


def collect(corpus: Path, folder: Path, *, scorer: SpanScorer | None) -> Iterator[Asked]:
    """Ask the development questions of a corpus, with its FAQ and without."""
    workplace = Workplace(corpus, folder, Assistant)
    first = workplace.open(without_faq=False)
    judged = judge_corpus(corpus, first.documents, None).narrow((), "dev")
    for bench in (first, workplace.open(without_faq=True)):
        cases = judged.cases
        if bench.without_faq:
            cases = tuple(leave_faq_out(cases, bench.documents))
        for case in cases:
            asked = _ask(case, bench, scorer)
            if asked is not None:
                yield asked


def _ask(case: Case, bench: Bench, scorer: SpanScorer | None) -> Asked | None:
    index = bench.index
    standalone = understand(case.question.text, case.question.history, index)
    parts = split_questions(standalone)
    if len(parts) != 1:
        return None  # a judgement of the whole says nothing of one part
    found = search(parts[0], index)
    matcher = TermMatcher(found.question, index.profile, index)
    evidence = _gather(found, matcher, index, scorer)
    gold = tuple(_is_gold(item, case) for item in evidence)
    return Asked(case.id, case.answerable, matcher, found, tuple(evidence), gold)


def _gather(
    found: Search, matcher: TermMatcher, index: Index, scorer: SpanScorer | None
) -> list[Evidence]:
    weights = load_weighing(learned=False).span
    evidence = gather_evidence(found.question, found.hits, matcher, index, weights)
    if scorer is None:
        return evidence
    return look_closer(found.question, evidence, scorer)


def _is_gold(item: Evidence, case: Case) -> bool:
    place = GoldSpan(item.document.id, item.span.start, item.span.end)
    return any(agrees(place, span) for span in case.gold)


def fit(asked: Sequence[Asked], *, learned: bool) -> dict[str, Any]:
    """Fit span weights, verdict weights, threshold and floor; figures are cross-validated.

    The verdict is fitted on span scores of folds that did not see the question.
    """
    names = [field.name for field in fields(Signals) if field.name != "learned"]
    groups = [one.id for one in asked for _ in one.evidence]
    rows = _matrix([signal_values(item.signals) for one in asked for item in one.evidence], names)
    gold = np.array([label for one in asked for label in one.gold])
    span, held_out = _fit_logistic(rows, gold, groups, names)
    scored = list(_with_scores(asked, held_out))
    spoken = [one for one in scored if one.evidence]
    sufficiency = [
        signal_values(measure_sufficiency(one.found.question, one.evidence, one.matcher))
        for one in spoken
    ]
    wanted = [field.name for field in fields(Sufficiency) if learned or field.name != "learned"]
    answerable = np.array([one.answerable for one in spoken])
    ids = [one.id for one in spoken]
    verdict, confidence = _fit_pairs(_matrix(sufficiency, wanted), answerable, ids, wanted)
    threshold = float(np.quantile(confidence[answerable], REFUSED_AT_MOST))
    return {
        "span": {"intercept": span.intercept, "weights": dict(span.weights)},
        "verdict": asdict(verdict),
        "threshold": round(threshold, 4),
        "floor": round(find_floor(spoken), 4),
        "figures": {
            "questions": len(spoken),
            "span_auroc": round(float(roc_auc_score(gold, held_out)), 4),
            "span_p1": round(float(np.mean([one.gold[0] for one in spoken if one.answerable])), 4),
            "answerable_auroc": round(float(roc_auc_score(answerable, confidence)), 4),
            "refuses": round(float(np.mean(confidence[answerable] < threshold)), 4),
            "declines": round(float(np.mean(confidence[~answerable] < threshold)), 4),
        },
    }


def _matrix(values: Sequence[Mapping[str, float]], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[row[name] for name in names] for row in values])


def _fit_logistic(
    rows: NDArray[np.float64],
    labels: NDArray[np.bool_],
    groups: Sequence[str],
    names: Sequence[str],
) -> tuple[Weights, NDArray[np.float64]]:
    """Fit on everything; return the weights, and each row's score from a fold without it."""
    held_out = np.zeros(len(labels))
    for train, rest in GroupKFold(FOLDS).split(rows, labels, groups):
        model = _logistic().fit(rows[train], labels[train])
        held_out[rest] = model.predict_proba(rows[rest])[:, 1]
    model = _logistic().fit(rows, labels)
    weights = {name: round(float(w), 4) for name, w in zip(names, model.coef_[0], strict=True)}
    return Weights(round(float(model.intercept_[0]), 4), weights), held_out


def _fit_pairs(
    rows: NDArray[np.float64],
    labels: NDArray[np.bool_],
    groups: Sequence[str],
    names: Sequence[str],
) -> tuple[PairedWeights, NDArray[np.float64]]:
    """Fit signals and their products by pairs; return held-out scores too, as `_fit_logistic`."""

    def make() -> Pipeline:
        return make_pipeline(
            StandardScaler(),
            PolynomialFeatures(2, interaction_only=True, include_bias=False),
            LogisticRegression(C=PAIRS_STRENGTH, max_iter=5000),
        )

    held_out = np.zeros(len(labels))
    for train, rest in GroupKFold(FOLDS).split(rows, labels, groups):
        held_out[rest] = make().fit(rows[train], labels[train]).predict_proba(rows[rest])[:, 1]
    scaler, pairs, model = (step for _, step in make().fit(rows, labels).steps)
    products = [name.replace(" ", "*") for name in pairs.get_feature_names_out(list(names))]
    return PairedWeights(
        round(float(model.intercept_[0]), 4),
        _rounded(names, scaler.mean_),
        _rounded(names, scaler.scale_),
        _rounded(products, model.coef_[0]),
    ), held_out


def _rounded(names: Sequence[str], values: NDArray[np.float64]) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


def _logistic() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=5000)


def _with_scores(asked: Sequence[Asked], scores: NDArray[np.float64]) -> Iterator[Asked]:
    start = 0
    for one in asked:
        own = scores[start : start + len(one.evidence)]
        start += len(one.evidence)
        scored = [replace(e, score=float(s)) for e, s in zip(one.evidence, own, strict=True)]
        label = {item.key: gold for item, gold in zip(scored, one.gold, strict=True)}
        ordered = sort_evidence(scored)
        gold = tuple(label[item.key] for item in ordered)
        yield replace(one, evidence=tuple(ordered), gold=gold)


def find_floor(asked: Sequence[Asked]) -> float:
    """Return the lowest score from which spans beside the best one are gold often enough."""
    further = sorted(
        (
            (item.score, gold)
            for one in asked
            if one.answerable
            for item, gold in zip(one.evidence[1:6], one.gold[1:6], strict=True)
        ),
        reverse=True,
    )
    floor, right = 1.0, 0
    for count, (score, gold) in enumerate(further, start=1):
        right += gold
        if count >= 20 and right / count >= TRUSTED:
            floor = score
    return floor


def main(
    arguments: Sequence[str] | None = None, say: Callable[[str], None] = lambda _: None
) -> None:
    """Fit both ways of weighing and write the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=WEIGHTS_FILE)
    parser.add_argument("--indexes", type=Path, default=Path(".footnote/fit"))
    options = parser.parse_args(arguments)
    stored = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    stored["provenance"] = "python -m eval.fit, on split dev of eval/data/questions.jsonl alone"
    corpora = [corpus for corpus in CORPORA if corpus.is_dir()]
    for name, scorer in (("without scorer", None), ("with scorer", _load_scorer())):
        if name == "with scorer" and scorer is None:
            continue
        asked = [
            one
            for corpus in corpora
            for one in collect(corpus, options.indexes / corpus.name, scorer=scorer)
        ]
        stored[name] = fit(asked, learned=scorer is not None)
        say(f"{name}: {json.dumps(stored[name]['figures'])}")
    options.out.write_text(json.dumps(stored, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _load_scorer() -> SpanScorer | None:
    try:
        return load_scorer()
    except ScorerDamaged:
        return None


if __name__ == "__main__":
    main(say=print)
