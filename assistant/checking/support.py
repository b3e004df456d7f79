"""How likely passages bear out all of a sentence: its words, near words, and the learned scorer.

Knows the signals and the fitted numbers that put them together. Knows nothing of figures, names or
of what becomes of a sentence.

The numbers are in a file: `python -m eval.verify_study --index FOLDER --fit` writes it, and has to
whenever the scorer or the encoder is another.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.english.lexicon import Lexicon
from assistant.english.meaning import WordKnowledge, find_nearness
from assistant.layout.shown import Shown
from assistant.ranking.weighing import Weights, log_odds

SUPPORT_FILE = Path(__file__).parents[1] / "data" / "support.json"

NEAREST = 2
"""Passages whose words are searched for near ones: those that share most words with the sentence."""

STANDS_FOR = 0.5
"""How near a word must be, 0 to 1, to stand for another where clauses are compared."""


class SupportScorer(Protocol):
    """A learned scorer: how likely each passage bears out all of a statement, 0 to 1."""

    def score_support(self, statement: str, passages: Sequence[str], /) -> NDArray[np.float32]:
        """Return one probability a passage."""
        ...


@dataclass(frozen=True, slots=True)
class Judge:
    """What a sentence is held against passages with, beside its words; either may be lacking."""

    scorer: SupportScorer | None = None
    sense: WordKnowledge | None = None


def bears_out(text: str, cited: Sequence[Shown], judge: Judge) -> bool:
    """Say whether the spans together are likely to bear out all of a sentence."""
    signals = measure_support(text, cited, judge)
    weighing = load_support(frozenset(signals))
    return weighing.weights.score(signals) >= weighing.floor


def measure_support(text: str, cited: Sequence[Shown], judge: Judge) -> dict[str, float]:
    """Measure what can be: the `share` of words found, and the scorer's `learned` log-odds.

    With a sense of meaning it is the share `near` that is measured: a word that isn't found counts
    as much as the nearest one is near. How like whole texts are in meaning is no signal: it told two
    of 86 right sentences more from wrong ones, and took longer than all the rest.
    """
    claim = Lexicon(text)
    nearest = sorted(cited, key=lambda shown: -len(claim.stems & shown.lexicon.stems))[:NEAREST]
    name = "share" if judge.sense is None else "near"
    signals = {name: _share_found(claim, cited, nearest, judge.sense)}
    if judge.scorer is not None:
        passages = [nearest[0].described]
        if len(cited) > 1:
            passages.append(" ".join(shown.described for shown in cited))
        signals["learned"] = log_odds(float(np.max(judge.scorer.score_support(text, passages))))
    return signals


def _share_found(
    claim: Lexicon, cited: Sequence[Shown], nearest: Sequence[Shown], sense: WordKnowledge | None
) -> float:
    content = claim.content()
    context = Lexicon("\n".join(shown.context for shown in cited))
    missing = [
        word.lower()
        for word in content
        if word not in context and not context.spells_out(word, claim)
    ]
    found = float(len(content) - len(missing))
    said = list(
        dict.fromkeys(word.lower() for shown in nearest for word in shown.lexicon.content())
    )
    if sense is not None and missing and said:
        found += float(find_nearness(missing, said, sense).max(axis=1).sum())
    return found / len(content) if content else 0.0


def translate(asked: Sequence[str], said: Sequence[str], sense: WordKnowledge) -> Mapping[str, str]:
    """Say which said word stands for which asked one, for those that have one near enough."""
    if not asked or not said:
        return {}
    nearness = find_nearness(asked, said, sense)
    best = nearness.argmax(axis=1)
    return {
        word: said[int(at)]
        for word, row, at in zip(asked, nearness, best, strict=True)
        if row[at] >= STANDS_FOR
    }


@dataclass(frozen=True, slots=True)
class Support:
    """A logistic combination of signals, and the probability from which on a sentence holds."""

    weights: Weights
    floor: float


def load_support(signals: frozenset[str], path: Path = SUPPORT_FILE) -> Support:
    """Load the fitted numbers for just these signals."""
    stored = _read(path)[name_signals(signals)]
    return Support(Weights(stored["intercept"], stored["weights"]), stored["floor"])


def name_signals(signals: frozenset[str]) -> str:
    """Name a set of signals as the file does."""
    return " ".join(sorted(signals))


@cache
def _read(path: Path) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return stored
