"""Sentences of which people have said whether passages bear them out, and how the check does on them.

Knows WiCE's and BEGIN's files, and our own fluent sentences. Two baselines stand beside the check:
the length of the sentence alone, and the share of its words found. Whatever is fitted to be compared
is fitted on the half that it isn't scored on.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.checking.facts import find_wrong_facts
from assistant.checking.support import Judge, load_support, measure_support, translate
from assistant.checking.turning import find_turn
from assistant.checking.verify import find_fault
from assistant.layout.shown import Shown
from assistant.ranking.weighing import Weights
from eval.checks import Accuracy, Marked
from index.store import Index
from ingest.corpus import read_corpus
from ingest.document import Block, Document, Kind
from ingest.spans import split_spans

DATASETS = Path("../shared/datasets")
DATA = Path(__file__).parent / "data"
FLUENT = DATA / "fluent.jsonl"
MADE_UP = DATA / "fluent"


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence, the spans it is held against, and whether people say that they bear it out."""

    id: str
    text: str
    spans: tuple[Shown, ...]
    supported: bool


def read_claims(name: str, path: Path, yes: str, evidence: str) -> list[Claim]:
    """Read a file of judged sentences; `evidence` names the field that holds the passages."""
    claims = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts = row[evidence] if isinstance(row[evidence], list) else [row[evidence]]
        claims.append(
            Claim(f"{name}-{row['_id']}", row["response"], show_texts(texts), row["label"] == yes)
        )
    return claims


def show_texts(texts: Sequence[str]) -> tuple[Shown, ...]:
    """Make a document of texts, a paragraph each, and return its spans."""
    text, blocks = "", []
    for one in texts:
        plain = " ".join(one.split())
        if plain:
            blocks.append(Block(Kind.PARAGRAPH, len(text), len(text) + len(plain)))
            text += plain + "\n"
    document = Document("study", "", text, tuple(blocks), "study.txt", "0" * 64)
    return tuple(Shown(document, span) for span in split_spans(document))


def read_fluent(index: Index) -> list[Claim]:
    """Read the fluent sentences, right and wrong, with the spans of the articles they rest on.

    Those of an article that isn't in the index are left out.
    """
    return _read_pairs("bundled", FLUENT, [index.read(summary.id) for summary in index.documents()])


def read_made_up(part: str) -> list[Claim]:
    """Read the fluent sentences on made-up articles: those `tuned` on, or those `held` out."""
    documents = read_corpus(MADE_UP / part).documents
    return _read_pairs(part, MADE_UP / f"{part}.jsonl", documents)


def _read_pairs(name: str, path: Path, documents: Sequence[Document]) -> list[Claim]:
    by_source = {document.source: document for document in documents}
    claims = []
    for number, row in enumerate(_read_rows(path)):
        document = by_source.get(row["source"])
        if document is not None:
            spans = tuple(_locate(document, quote) for quote in row["quotes"])
            claims.append(Claim(f"{name}-good-{number}", row["good"], spans, supported=True))
            claims.append(Claim(f"{name}-bad-{number}", row["bad"], spans, supported=False))
    return claims


def read_wrong_sentences() -> list[str]:
    """Read the fluent sentences that are wrong, whatever they are held against."""
    return [row["bad"] for row in _read_rows(FLUENT)]


def _read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _locate(document: Document, quote: str) -> Shown:
    at = document.text.index(quote)
    return next(
        Shown(document, span) for span in split_spans(document) if span.start <= at < span.end
    )


# ---- how well the check tells them apart


@dataclass(frozen=True, slots=True)
class Measured:
    """A claim with what the check finds of it: does it hold but for its support, and the signals."""

    claim: Claim
    holds: bool
    signals: Mapping[str, float]


def measure_signals(claims: Sequence[Claim], judge: Judge) -> list[Measured]:
    """Measure every claim once: the learned scorer takes its time."""
    near = None if judge.sense is None else partial(translate, sense=judge.sense)
    measured = []
    for claim in claims:
        quotes = [shown.quote for shown in claim.spans]
        fault = find_wrong_facts(claim.text, claim.spans) or find_turn(claim.text, quotes, near)
        signals = measure_support(claim.text, claim.spans, judge)
        measured.append(Measured(claim, not fault, signals))
    return measured


def balanced_accuracy(truth: Sequence[bool], said: Sequence[bool]) -> float:
    """Return the mean of the shares of yes and of no that were said rightly."""
    rates = []
    for wanted in (True, False):
        own = [s == t for t, s in zip(truth, said, strict=True) if t is wanted]
        rates.append(sum(own) / len(own) if own else 1.0)
    return sum(rates) / 2


def cross_fit(claims: Sequence[Claim], values: Sequence[float]) -> list[bool]:
    """Say yes above a threshold, or below it, that is best on the other half of the claims."""
    halves = _halves(claims)
    said = [False] * len(claims)
    for half in (0, 1):
        fit = [at for at, own in enumerate(halves) if own != half]
        sign, threshold = _best_cut(
            [values[at] for at in fit], [claims[at].supported for at in fit]
        )
        for at, own in enumerate(halves):
            if own == half:
                said[at] = sign * values[at] >= threshold
    return said


def _halves(claims: Sequence[Claim]) -> list[int]:
    return [int(sha256(claim.id.encode()).hexdigest(), 16) % 2 for claim in claims]


def fit_support(measured: Sequence[Measured], names: Sequence[str]) -> Weights:
    """Fit the weights of some signals on the claims that hold but for their support.

    Both answers weigh the same, and so do a set of a thousand claims and one of a hundred.
    """
    held = [one for one in measured if one.holds]
    values = np.array([[one.signals[name] for name in names] for one in held])
    sets = Counter(one.claim.id.partition("-")[0] for one in held)
    each = [1 / sets[one.claim.id.partition("-")[0]] for one in held]
    model = LogisticRegression(class_weight="balanced", C=10)
    scale = len(held) / sum(each)
    model.fit(values, [one.claim.supported for one in held], sample_weight=np.array(each) * scale)
    fitted = dict(zip(names, (round(float(one), 3) for one in model.coef_[0]), strict=True))
    return Weights(round(float(model.intercept_[0]), 3), fitted)


def find_floor(measured: Sequence[Measured], weights: Weights) -> float:
    """Return the probability from which on a sentence holds that tells claims apart best."""
    floors = [at / 20 for at in range(2, 15)]
    truth = [one.claim.supported for one in measured]

    def rate(floor: float) -> float:
        said = [one.holds and weights.score(one.signals) >= floor for one in measured]
        return balanced_accuracy(truth, said)

    return max(floors, key=lambda floor: (round(rate(floor), 6), -abs(floor - 0.5)))


def _cross_fit_check(measured: Sequence[Measured]) -> list[bool]:
    """Fit weights and floor on one half, and decide on the other."""
    halves = _halves([one.claim for one in measured])
    names = sorted(measured[0].signals)
    said = [False] * len(measured)
    for half in (0, 1):
        others = [one for one, own in zip(measured, halves, strict=True) if own != half]
        weights = fit_support(others, names)
        floor = find_floor(others, weights)
        for at, (one, own) in enumerate(zip(measured, halves, strict=True)):
            if own == half:
                said[at] = one.holds and weights.score(one.signals) >= floor
    return said


def _best_cut(values: Sequence[float], truth: Sequence[bool]) -> tuple[int, float]:
    best = (0.0, 1, 0.0)
    for sign in (1, -1):
        for threshold in np.quantile([sign * value for value in values], np.linspace(0, 1, 41)):
            said = [sign * value >= threshold for value in values]
            best = max(best, (balanced_accuracy(truth, said), sign, float(threshold)))
    return best[1], best[2]


def measure_accuracy(
    name: str, claims: Sequence[Claim], judge: Judge, sample: int | None = None
) -> list[Accuracy]:
    """Return the balanced accuracy of the check and of the baselines.

    With `sample`, what takes long is measured on so many of the claims.
    """
    words = measure_signals(claims, Judge())
    ways = {
        "length of the sentence alone": cross_fit(claims, [float(len(c.text)) for c in claims]),
        "share of its words found": cross_fit(claims, [one.signals["share"] for one in words]),
        "figures, names and turns alone": [one.holds for one in words],
    }
    rows = [_rate(name, way, claims, said) for way, said in ways.items()]
    held = draw(claims, len(claims) if sample is None else sample)
    measured = measure_signals(held, judge)
    rows.append(_rate(name, "the check", held, [decide(one) for one in measured]))
    rows.append(
        _rate(name, "the check, fitted on the other half", held, _cross_fit_check(measured))
    )
    return rows


def decide(one: Measured) -> bool:
    """Say whether the check shows a claim as supported."""
    support = load_support(frozenset(one.signals))
    return one.holds and support.weights.score(one.signals) >= support.floor


def draw(claims: Sequence[Claim], count: int) -> list[Claim]:
    """Draw some claims, always the same ones, whatever their order."""
    return sorted(claims, key=lambda claim: sha256(claim.id.encode()).hexdigest())[:count]


def _rate(name: str, way: str, claims: Sequence[Claim], said: Sequence[bool]) -> Accuracy:
    truth = [claim.supported for claim in claims]
    return Accuracy(name, way, len(claims), balanced_accuracy(truth, said))


def measure_fluent(source: str, claims: Sequence[Claim], judge: Judge) -> list[Marked]:
    """Return how many of the fluent sentences that are wrong are caught, and of the right marked."""
    found: dict[bool, list[bool]] = {True: [], False: []}
    for claim in claims:
        found[not claim.supported].append(bool(find_fault(claim.text, claim.spans, judge)))
    kinds = {True: "something changed", False: "reworded"}
    return [
        count_marked(source, kinds[wrong], marks, wrong=wrong)
        for wrong, marks in found.items()
        if marks
    ]


def count_marked(source: str, kind: str, marks: Sequence[bool], *, wrong: bool) -> Marked:
    """Count the sentences of a kind that were marked."""
    return Marked(source, kind, wrong, len(marks), sum(marks) / len(marks))
