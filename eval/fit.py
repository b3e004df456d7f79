"""Fits the weights of spans and verdicts on the development questions: `python -m eval.fit`.

Knows which questions may be fitted on (split dev, and no others) and how the numbers in
`assistant/data/weights.json` come about. Knows nothing of how signals are measured.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, PolynomialFeatures, StandardScaler

from assistant.asking.splitting import split_questions
from assistant.assistant import Assistant
from assistant.finding import Search, find_evidence, search, understand
from assistant.layout.passage import SpanKey
from assistant.ranking.answerability import Sufficiency, keep_decisive, measure_sufficiency
from assistant.ranking.evidence import (
    Evidence,
    Signals,
    SpanScorer,
    choose_looked_at,
    is_sure,
    look,
    put_first,
    sort_evidence,
)
from assistant.ranking.matching import TermMatcher
from assistant.ranking.scorer import ScorerDamaged, load_scorer
from assistant.ranking.weighing import (
    FAR,
    WEIGHTS_FILE,
    PairedWeights,
    Weights,
    load_weighing,
    signal_values,
)
from eval.benches import Bench, Workplace
from eval.cases import Case, leave_faq_out
from eval.judging import agrees
from eval.locate import GoldSpan
from eval.sets import judge_corpus

GUIDES = Path("eval/data/guides")
UNANSWERABLE = Path("eval/data/unanswerable.jsonl")
CORPORA: Mapping[Path, tuple[Path | None, ...]] = {
    Path("corpus"): (None, UNANSWERABLE),
    Path("../shared/articles"): (None, UNANSWERABLE),
    **{file.with_suffix(""): (file,) for file in sorted(GUIDES.glob("*.jsonl"))},
}
"""The corpora that are fitted on, with their question files; None is the bundled one.

The guides, each a corpus of its own, are about other things than the bundled articles, so that no
number fits these alone. The scorer was not fitted on those that have questions here. A fourth of
the bundled questions for fitting have no answer; that was too few to tell what has none, hence the
further ones.
"""

GUIDES_WEIGHT = 1.0
"""How much all questions over guides count beside all those over the bundled articles.

There are more of them, and they are harder than what people ask: a third share no word with their
answer.
"""

FOLDS = 8
SHRINKING = 1e-3
"""Weight of the squared weights in the fit of spans; 3e-4 to 1e-2 change P@1 by under .01."""

PAIRS_STRENGTH = 0.01
"""Inverse regularisation of the verdict with its products; 0.003 and 0.03 change AUROC by under 0.01."""

REFUSED_AT_MOST = 0.05
"""Share of answerable questions that the threshold may refuse, cross-validated over all corpora.

At .05 .896 of the development questions without an answer are declined; each further hundredth of
refusals declines about one hundredth more. Of questions that nobody has looked at more are refused
than of these: with .06 it was .067 of those over ../shared/articles.
"""

LEARNED = {"learned", "odds", "baseline"}
"""Signals that the learned scorer gives."""

TRUSTED = 0.6
"""Precision, cross-validated, that a further span has to have to be said beside the best one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A development question over one index: the spans found for it, and the keys of gold ones.

    `weight` is how much it counts in a fit.
    """

    id: str
    answerable: bool
    matcher: TermMatcher
    found: Search
    evidence: tuple[Evidence, ...]
    gold: frozenset[SpanKey]
    weight: float = 1.0

    @property
    def labels(self) -> tuple[bool, ...]:
        """Which of the spans are gold, in their order."""
        return tuple(item.key in self.gold for item in self.evidence)


def collect_all(folder: Path) -> list[Asked]:
    """Ask the development questions of all corpora that are there; indexes are kept in `folder`."""
    bundled, guides = (
        [
            one
            for corpus, files in CORPORA.items()
            if corpus.is_dir() and _is_guide(corpus) is guide
            for questions in files
            for one in collect(corpus, questions, folder / corpus.name)
        ]
        for guide in (False, True)
    )
    weight = GUIDES_WEIGHT * len(bundled) / len(guides)
    return [*bundled, *(replace(one, weight=weight) for one in guides)]


def collect(corpus: Path, questions: Path | None, folder: Path) -> Iterator[Asked]:
    """Ask the development questions of a corpus; the bundled ones with its FAQ and without.

    The guides are asked once: few of their questions hang on an FAQ, and the others would be
    counted twice.
    """
    workplace = Workplace(corpus, folder, Assistant)
    first = workplace.open(without_faq=False)
    judged = judge_corpus(corpus, first.documents, questions, split="dev")
    benches = [first]
    if not _is_guide(corpus):
        benches.append(workplace.open(without_faq=True))
    for bench in benches:
        cases = judged.cases
        if bench.without_faq:
            cases = tuple(leave_faq_out(cases, bench.documents))
        for case in cases:
            asked = _ask(case, bench)
            if asked is not None:
                yield asked


def _is_guide(corpus: Path) -> bool:
    return GUIDES in corpus.parents


def _ask(case: Case, bench: Bench) -> Asked | None:
    index = bench.index
    standalone = understand(case.question.text, case.question.history, index)
    parts = split_questions(standalone)
    if len(parts) != 1:
        return None  # a judgement of the whole says nothing of one part
    found = search(parts[0], index)
    matcher = TermMatcher(found.question, index.profile, index)
    weights = load_weighing(learned=False).span  # for their order, which is made anew below
    evidence = find_evidence(found, matcher, index, weights)
    if not evidence:
        return None
    gold = frozenset(item.key for item in evidence if _is_gold(item, case))
    return Asked(case.id, case.answerable, matcher, found, tuple(evidence), gold)


def _is_gold(item: Evidence, case: Case) -> bool:
    place = GoldSpan(item.document.id, item.span.start, item.span.end)
    return any(agrees(place, span) for span in case.gold)


def fit(
    asked: Sequence[Asked], scorer: SpanScorer | None, without: Set[str] = frozenset()
) -> dict[str, Any]:
    """Fit span weights, verdict weights, threshold and floor; figures are cross-validated.

    With a scorer the spans that come first are weighed again by what it says of them. The verdict
    is fitted on span scores of folds that did not see the question. Signals named in `without` are
    left out.
    """
    span, scored = _fit_spans(asked, _names(Signals, LEARNED | without))
    if scorer is not None and not LEARNED & without:
        looked = [_look(one, scorer) for one in scored]
        span, closer = _fit_spans(looked, _names(Signals, without))
        scored = [_follow(one, rest) for one, rest in zip(closer, scored, strict=True)]
        wanted = _names(Sufficiency, without)
    else:
        wanted = _names(Sufficiency, LEARNED | without)
    sufficiency = [signal_values(_measure(one)) for one in scored]
    answerable = np.array([one.answerable for one in scored])
    verdict, confidence = _fit_pairs(_matrix(sufficiency, wanted), scored, wanted)
    weights = np.array([one.weight for one in scored])
    threshold = _find_threshold(confidence[answerable], weights[answerable])
    first = np.array([one.labels[0] for one in scored])

    def declined(part: NDArray[np.bool_]) -> float:
        return round(float(np.average(confidence[part] < threshold, weights=weights[part])), 4)

    return {
        "span": {"intercept": span.intercept, "weights": dict(span.weights)},
        "verdict": asdict(verdict),
        "threshold": round(threshold, 4),
        "floor": round(find_floor(scored), 4),
        "figures": {
            "questions": len(scored),
            "span_p1": round(float(np.average(first[answerable], weights=weights[answerable])), 4),
            "answerable_auroc": round(
                float(roc_auc_score(answerable, confidence, sample_weight=weights)), 4
            ),
            "refuses": declined(answerable),
            "declines": declined(~answerable),
        },
    }


def _measure(one: Asked) -> Sufficiency:
    return measure_sufficiency(one.found.question, keep_decisive(one.evidence), one.matcher)


def _find_threshold(confidence: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """Return the confidence that `REFUSED_AT_MOST` of the weight lies below."""
    order = np.argsort(confidence)
    below = np.cumsum(weights[order]) / weights.sum()
    return float(confidence[order][np.searchsorted(below, REFUSED_AT_MOST)])


def _names(kind: type[Signals] | type[Sufficiency], without: Set[str]) -> list[str]:
    return [field.name for field in fields(kind) if field.name not in without]


def _look(one: Asked, scorer: SpanScorer) -> Asked:
    """Keep the spans that the scorer may look at, with what it says of them."""
    at_first, further = choose_looked_at(one.evidence)
    return replace(one, evidence=tuple(look(one.found.question, [*at_first, *further], scorer)))


def _follow(closer: Asked, first: Asked) -> Asked:
    """Put the spans that are not looked at behind those that are, as it is done when serving."""
    at_first = {item.key for item in choose_looked_at(first.evidence)[0]}
    seen = [item for item in closer.evidence if item.key in at_first]
    if not is_sure(seen):
        seen = list(closer.evidence)
    return replace(closer, evidence=tuple(put_first(seen, first.evidence)))


def _fit_spans(asked: Sequence[Asked], names: Sequence[str]) -> tuple[Weights, list[Asked]]:
    """Fit how spans are weighed; return each question's spans by scores of a fold without it."""
    rows = [_matrix([signal_values(e.signals) for e in one.evidence], names) for one in asked]
    gold = [np.array(one.labels) for one in asked]
    counts = [one.weight for one in asked]
    held_out: list[NDArray[np.float64]] = [np.zeros(0)] * len(asked)
    for train, rest in GroupKFold(FOLDS).split(rows, groups=[one.id for one in asked]):
        weights = _fit_choice(
            [rows[at] for at in train],
            [gold[at] for at in train],
            [counts[at] for at in train],
            names,
        )
        for at in rest:
            values = (dict(zip(names, row, strict=True)) for row in rows[at])
            held_out[at] = np.array([weights.score(value) for value in values])
    scored = [_with_scores(one, scores) for one, scores in zip(asked, held_out, strict=True)]
    return _fit_choice(rows, gold, counts, names), scored


def _fit_choice(
    rows: Sequence[NDArray[np.float64]],
    gold: Sequence[NDArray[np.bool_]],
    counts: Sequence[float],
    names: Sequence[str],
) -> Weights:
    """Fit which span of a question is right, then how likely it is with such a score.

    The first is a conditional logit over each question's spans (McFadden 1974): against one fit of
    all spans alike, it put a right span first for 73.1 % instead of 71.8 % of the development
    questions, among the first three for 85.5 % instead of 82.9 %. The second is a logistic fit of
    the one score over all questions, answerable or not (Platt 1999).
    """
    spread = np.concatenate(rows).std(axis=0)
    scale = np.where(spread > 0, spread, 1.0)  # a signal that never differs tells nothing
    scaled = [matrix / scale for matrix in rows]
    chosen = [one for one in zip(scaled, gold, counts, strict=True) if one[1].sum() > 0]
    total = sum(count for _, _, count in chosen)

    def measure(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        loss, slope = 0.0, np.zeros(len(names))
        for matrix, right, count in chosen:
            scores = matrix @ weights
            every, among = logsumexp(scores), logsumexp(scores[right])
            loss += count * (every - among)
            slope += count * (np.exp(scores - every) @ matrix)
            slope -= count * (np.exp(scores[right] - among) @ matrix[right])
        return float(
            loss / total + SHRINKING * weights @ weights
        ), slope / total + 2 * SHRINKING * weights

    found = minimize(measure, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    scores = np.concatenate([matrix @ found for matrix in scaled])[:, None]
    each = np.repeat(counts, [len(matrix) for matrix in scaled])
    likely = LogisticRegression(max_iter=5000).fit(scores, np.concatenate(gold), each)
    weights = found * float(likely.coef_[0, 0]) / scale
    return Weights(round(float(likely.intercept_[0]), 4), _rounded(names, weights))


def _matrix(values: Sequence[Mapping[str, float]], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[row[name] for name in names] for row in values])


def _fit_pairs(
    rows: NDArray[np.float64], asked: Sequence[Asked], names: Sequence[str]
) -> tuple[PairedWeights, NDArray[np.float64]]:
    """Fit signals and their products by pairs; return each row's score of a fold without it too."""

    def make() -> Pipeline:
        return make_pipeline(
            StandardScaler(),
            FunctionTransformer(np.clip, kw_args={"a_min": -FAR, "a_max": FAR}),
            PolynomialFeatures(2, interaction_only=True, include_bias=False),
            LogisticRegression(C=PAIRS_STRENGTH, max_iter=5000),
        )

    labels = np.array([one.answerable for one in asked])
    weights = np.array([one.weight for one in asked])

    def fit_rows(at: NDArray[np.int64]) -> Pipeline:
        counts = {"logisticregression__sample_weight": weights[at]}
        return make().fit(rows[at], labels[at], **counts)

    held_out = np.zeros(len(labels))
    for train, rest in GroupKFold(FOLDS).split(rows, labels, [one.id for one in asked]):
        held_out[rest] = fit_rows(train).predict_proba(rows[rest])[:, 1]
    scaler, _, pairs, model = (step for _, step in fit_rows(np.arange(len(asked))).steps)
    products = [name.replace(" ", "*") for name in pairs.get_feature_names_out(list(names))]
    return PairedWeights(
        round(float(model.intercept_[0]), 4),
        _rounded(names, scaler.mean_),
        _rounded(names, scaler.scale_),
        _rounded(products, model.coef_[0]),
    ), held_out


def _rounded(names: Sequence[str], values: NDArray[np.float64]) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


def _with_scores(one: Asked, scores: NDArray[np.float64]) -> Asked:
    """Put a question's spans in the order of new scores."""
    scored = [replace(e, score=float(s)) for e, s in zip(one.evidence, scores, strict=True)]
    return replace(one, evidence=tuple(sort_evidence(scored)))


def find_floor(asked: Sequence[Asked]) -> float:
    """Return the lowest score from which spans beside the best one are gold often enough."""
    further = sorted(
        (
            (item.score, gold)
            for one in asked
            if one.answerable
            for item, gold in zip(one.evidence[1:6], one.labels[1:6], strict=True)
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
    stored["provenance"] = "python -m eval.fit, on split dev of the questions in eval/data alone"
    asked = collect_all(options.indexes)
    for name, scorer in (("without scorer", None), ("with scorer", _load_scorer())):
        if name == "with scorer" and scorer is None:
            continue
        stored[name] = fit(asked, scorer)
        say(f"{name}: {json.dumps(stored[name]['figures'])}")
    options.out.write_text(json.dumps(stored, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _load_scorer() -> SpanScorer | None:
    try:
        return load_scorer()
    except ScorerDamaged:
        return None


if __name__ == "__main__":
    main(say=print)
