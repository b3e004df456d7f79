"""Measures what each kind of signal is worth: `python -m eval.ablation_study`, split dev alone.

Knows that a fit without some signals is compared with the fit of everything. Knows nothing of how
either is made (`eval.fit`) or shown (`eval.ablation`).
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from assistant.ranking.evidence import SpanScorer
from assistant.ranking.scorer import load_scorer
from assistant.ranking.weighing import WEIGHTS_FILE
from eval.ablation import (
    COMMAND,
    EVERYTHING,
    GROUPS,
    STORED,
    Ablated,
    Ablation,
    ablation_rows,
    digest_weights,
    write_ablation,
)
from eval.fit import CORPORA, REFUSED_AT_MOST, Asked, collect_all, fit
from eval.tables import align

SAME = 0.005
"""How far figures of one fit lie apart from run to run: the order of sums differs by threads."""


class Remembering:
    """A learned scorer that looks at each pair once: every fit shows it much the same spans."""

    def __init__(self, scorer: SpanScorer) -> None:
        self._scorer = scorer
        self._known: dict[tuple[str, str], float] = {}

    def score_answers(self, question: str, passages: Sequence[str], /) -> NDArray[np.float32]:
        """Return one probability a passage, from memory where there is one."""
        new = [text for text in dict.fromkeys(passages) if (question, text) not in self._known]
        if new:
            values = self._scorer.score_answers(question, new)
            self._known |= {
                (question, text): float(value) for text, value in zip(new, values, strict=True)
            }
        return np.array([self._known[question, text] for text in passages], dtype=np.float32)


def ablate(asked: Sequence[Asked], scorer: SpanScorer) -> tuple[Ablated, ...]:
    """Fit with everything, then once without each group of signals."""
    remembering = Remembering(scorer)
    rows = []
    for name, left_out in {EVERYTHING: (), **GROUPS}.items():
        with threadpool_limits(1):  # small matrices: threads only wait for each other, tenfold
            figures = fit(asked, remembering, frozenset(left_out))["figures"]
        kept = (figures["span_p1"], figures["answerable_auroc"], figures["declines"])
        rows.append(Ablated(name, left_out, *kept))
    return tuple(rows)


def describe(asked: Sequence[Asked], corpora: Sequence[Path]) -> dict[str, Any]:
    """Say what a table is made from."""
    indexes = Counter(one.id for one in asked)
    return {
        "command": COMMAND,
        "split": "dev",
        "corpora": [corpus.name for corpus in corpora],
        "questions": len(indexes),
        "unanswerable": len({one.id for one in asked if not one.answerable}),
        "indexes": max(indexes.values()),
        "refuses": REFUSED_AT_MOST,
        "weights": digest_weights(),
    }


def compare_with_use(whole: Ablated, path: Path = WEIGHTS_FILE) -> list[str]:
    """Say if the fit of everything isn't that of the weights in use, which are then older."""
    used = json.loads(path.read_text(encoding="utf-8"))["with scorer"]["figures"]
    now = (whole.span_p1, whole.answerable_auroc, whole.declines)
    then = (used["span_p1"], used["answerable_auroc"], used["declines"])
    if max(abs(one - other) for one, other in zip(now, then, strict=True)) <= SAME:
        return []
    return ["The weights in use are of another fit: run python -m eval.fit, then this again."]


def main(
    arguments: Sequence[str] | None = None, say: Callable[[str], None] = lambda _: None
) -> None:
    """Measure the table and store it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=STORED)
    parser.add_argument("--indexes", type=Path, default=Path(".footnote/fit"))
    options = parser.parse_args(arguments)
    asked = collect_all(options.indexes)
    known = describe(asked, [corpus for corpus in CORPORA if corpus.is_dir()])
    rows = ablate(asked, load_scorer())
    made = Ablation(known, rows, tuple(compare_with_use(rows[0])))
    text = json.dumps(write_ablation(made), indent=1) + "\n"
    options.out.write_text(text, encoding="utf-8")
    say("\n".join([align(ablation_rows(made)), *made.notes]))


if __name__ == "__main__":
    main(say=print)
