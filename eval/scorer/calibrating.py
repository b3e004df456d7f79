"""A scorer's logits made into probabilities, by pairs that were held out.

Knows logistic regression on one logit (Platt 1999). Knows nothing of networks.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.ranking.scorer import Calibration, Scorer
from eval.scorer.export import write_card
from eval.scorer.figures import score_pairs
from eval.scorer.pair import Head, Pair

PLAIN = {head: Calibration(output=at, temperature=1.0, bias=0.0) for at, head in enumerate(Head)}


def calibrate(folder: Path, pairs: Sequence[Pair], facts: dict[str, object]) -> None:
    """Fit both heads' temperature and bias on held-out pairs, and write them into the card.

    Right and wrong weigh alike: how often the articles hold an answer is not known here, so .5
    means "as likely as not, before anything else is known".
    """
    write_card(folder, PLAIN[Head.ANSWERS], PLAIN[Head.SUPPORTS], facts)
    scorer = Scorer(folder)
    fitted = {head: _fit(scorer, [one for one in pairs if one.head is head]) for head in Head}
    write_card(folder, fitted[Head.ANSWERS], fitted[Head.SUPPORTS], facts)


def _fit(scorer: Scorer, pairs: Sequence[Pair]) -> Calibration:
    scores = score_pairs(scorer, pairs).astype(np.float64).clip(1e-7, 1 - 1e-7)
    logits = np.log(scores / (1 - scores))[:, None]
    labels = [one.label for one in pairs]
    model = LogisticRegression(C=1e6, class_weight="balanced").fit(logits, labels)
    slope, bias = float(model.coef_[0, 0]), float(model.intercept_[0])
    return replace(PLAIN[pairs[0].head], temperature=1 / slope, bias=bias)
