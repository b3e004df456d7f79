"""How likely passages bear out all of a sentence, by its words and by the learned scorer.

Knows the two signals and the fitted weights that put them together. Knows nothing of figures, names
or of what becomes of a sentence.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.lexicon import Lexicon, share_found
from assistant.shown import Shown


class SupportScorer(Protocol):
    """A learned scorer: how likely each passage bears out all of a statement, 0 to 1."""

    def score_support(self, statement: str, passages: Sequence[str], /) -> NDArray[np.float32]:
        """Return one probability a passage."""
        ...


SUPPORTED = 0.5
"""A sentence below this probability of being borne out is not shown as supported."""


def estimate_support(text: str, cited: Sequence[Shown], scorer: SupportScorer | None) -> float:
    """Estimate the probability that the spans together bear out all of a sentence."""
    weights = WORDS_ALONE if scorer is None else WITH_SCORER
    return weights.weigh(*measure_support(text, cited, scorer))


def measure_support(
    text: str, cited: Sequence[Shown], scorer: SupportScorer | None
) -> tuple[float, float]:
    """Measure the share of a sentence's words found, and the learned scorer's log-odds for it.

    Without a scorer the second is 0.
    """
    context = Lexicon("\n".join(shown.context for shown in cited))
    share = share_found(Lexicon(text), context)
    if scorer is None:
        return share, 0.0
    # Two passages at most, whatever is cited: the one that shares most words, and all together.
    stems = Lexicon(text).stems
    nearest = max(cited, key=lambda shown: len(stems & shown.lexicon.stems))
    passages = [nearest.described]
    if len(cited) > 1:
        passages.append(" ".join(shown.described for shown in cited))
    learned = float(np.max(scorer.score_support(text, passages)))
    return share, math.log(max(learned, 1e-4) / max(1 - learned, 1e-4))


@dataclass(frozen=True, slots=True)
class SupportWeights:
    """A logistic combination of the share of words found and the learned scorer's log-odds."""

    intercept: float
    share: float
    learned: float = 0.0

    def weigh(self, share: float, learned: float) -> float:
        """Return the probability that a sentence with these signals is borne out."""
        total = self.intercept + self.share * share + self.learned * learned
        return 1.0 / (1.0 + math.exp(-total))


WORDS_ALONE = SupportWeights(intercept=-3.98, share=5.49)
"""Fitted, as the next, by `python -m eval.verify_study --fit` on WiCE and BEGIN, both answers
weighing the same, over the sentences whose figures and names hold."""

WITH_SCORER = SupportWeights(intercept=-3.14, share=4.49, learned=0.26)
