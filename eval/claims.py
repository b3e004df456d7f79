"""Sentences of which people have said whether passages bear them out, and how the check does on them.

Knows WiCE's and BEGIN's files, and our own fluent sentences. Two baselines stand beside the check:
the length of the sentence alone, and the share of its words found. Whatever is fitted to be compared
is fitted on the half that it isn't scored on.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.facts import find_wrong_facts
from assistant.shown import Shown
from assistant.support import (
    SUPPORTED,
    WITH_SCORER,
    WORDS_ALONE,
    SupportScorer,
    SupportWeights,
    measure_support,
)
from assistant.verify import Verifier
from eval.checks import Accuracy, Marked
from index.store import Index
from ingest.document import Block, Document, Kind
from ingest.spans import split_spans

DATASETS = Path("../shared/datasets")
FLUENT = Path(__file__).parent / "data" / "fluent.jsonl"


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence, the spans it is held against, and whether people say that they bear it out."""

    id: str
    text: str
    spans: tuple[Shown, ...]
    supported: bool


def read_claims(path: Path, yes: str, evidence: str) -> list[Claim]:
    """Read a file of judged sentences; `evidence` names the field that holds the passages."""
    claims = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts = row[evidence] if isinstance(row[evidence], list) else [row[evidence]]
        claims.append(Claim(row["_id"], row["response"], show_texts(texts), row["label"] == yes))
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
    documents = {summary.source: index.read(summary.id) for summary in index.documents()}
    claims = []
    for number, row in enumerate(_read_rows(FLUENT)):
        document = documents.get(row["source"])
        if document is not None:
            spans = tuple(_locate(document, quote) for quote in row["quotes"])
            claims.append(Claim(f"good-{number}", row["good"], spans, supported=True))
            claims.append(Claim(f"bad-{number}", row["bad"], spans, supported=False))
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
    """A claim with the signals of the check: do its figures and names hold, and its support."""

    claim: Claim
    facts: bool
    share: float
    learned: float


def measure_signals(claims: Sequence[Claim], scorer: SupportScorer | None) -> list[Measured]:
    """Measure every claim once: the learned scorer takes its time."""
    return [
        Measured(
            claim,
            not find_wrong_facts(claim.text, claim.spans),
            *measure_support(claim.text, claim.spans, scorer),
        )
        for claim in claims
    ]


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


def fit_weights(claims: Sequence[Measured], *, learned: bool = True) -> SupportWeights:
    """Fit the weights of support on the claims whose figures and names hold."""
    held = [one for one in claims if one.facts]
    signals = np.array([[one.share, one.learned] for one in held])
    model = LogisticRegression(class_weight="balanced", C=10)
    model.fit(signals if learned else signals[:, :1], [one.claim.supported for one in held])
    fitted = [float(value) for value in (*model.intercept_, *model.coef_[0])]
    return SupportWeights(*(round(value, 2) for value in fitted))


def _cross_fit_check(measured: Sequence[Measured], *, learned: bool) -> list[bool]:
    halves = _halves([one.claim for one in measured])
    weights = {
        half: fit_weights(
            [one for one, own in zip(measured, halves, strict=True) if own != half], learned=learned
        )
        for half in (0, 1)
    }
    return [
        one.facts and weights[half].weigh(one.share, one.learned) >= SUPPORTED
        for one, half in zip(measured, halves, strict=True)
    ]


def _best_cut(values: Sequence[float], truth: Sequence[bool]) -> tuple[int, float]:
    best = (0.0, 1, 0.0)
    for sign in (1, -1):
        for threshold in np.quantile([sign * value for value in values], np.linspace(0, 1, 41)):
            said = [sign * value >= threshold for value in values]
            best = max(best, (balanced_accuracy(truth, said), sign, float(threshold)))
    return best[1], best[2]


def measure_accuracy(
    name: str, claims: Sequence[Claim], scorer: SupportScorer | None, sample: int | None = None
) -> list[Accuracy]:
    """Return the balanced accuracy of the check and of the baselines.

    With `sample`, what needs the learned scorer is measured on so many of the claims.
    """
    words = measure_signals(claims, None)
    ways = {
        "length of the sentence alone": cross_fit(claims, [float(len(c.text)) for c in claims]),
        "share of its words found": cross_fit(claims, [one.share for one in words]),
        "figures and names alone": [one.facts for one in words],
    }
    rows = [_rate(name, way, claims, said) for way, said in ways.items()]
    drawn = draw(claims, len(claims) if sample is None else sample)
    measured = words if scorer is None else measure_signals(drawn, scorer)
    weights = WORDS_ALONE if scorer is None else WITH_SCORER
    checked = [one.facts and weights.weigh(one.share, one.learned) >= SUPPORTED for one in measured]
    refitted = _cross_fit_check(measured, learned=scorer is not None)
    held = [one.claim for one in measured]
    rows.append(_rate(name, "the check", held, checked))
    rows.append(_rate(name, "the check, fitted on the other half", held, refitted))
    return rows


def draw(claims: Sequence[Claim], count: int) -> list[Claim]:
    """Draw some claims, always the same ones, whatever their order."""
    return sorted(claims, key=lambda claim: sha256(claim.id.encode()).hexdigest())[:count]


def _rate(name: str, way: str, claims: Sequence[Claim], said: Sequence[bool]) -> Accuracy:
    truth = [claim.supported for claim in claims]
    return Accuracy(name, way, len(claims), balanced_accuracy(truth, said))


def measure_fluent(claims: Sequence[Claim], scorer: SupportScorer | None) -> list[Marked]:
    """Return how many of the fluent sentences that are wrong are caught, and of the right marked."""
    found: dict[bool, list[bool]] = {True: [], False: []}
    for claim in claims:
        found[not claim.supported].append(not judge_claim(claim, scorer))
    kinds = {True: "something changed", False: "reworded"}
    return [
        count_marked("fluent sentences", kinds[wrong], marks, wrong=wrong)
        for wrong, marks in found.items()
        if marks
    ]


def judge_claim(claim: Claim, scorer: SupportScorer | None) -> bool:
    """Say whether the check shows a sentence as supported that cites all of its spans."""
    shown = [(one.document, one.span) for one in claim.spans]
    numbers = tuple(range(1, len(shown) + 1))
    return Verifier(shown, scorer).judge(claim.text, numbers).supported


def count_marked(source: str, kind: str, marks: Sequence[bool], *, wrong: bool) -> Marked:
    """Count the sentences of a kind that were marked."""
    return Marked(source, kind, wrong, len(marks), sum(marks) / len(marks))
