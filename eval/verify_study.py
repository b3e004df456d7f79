"""How well sentences are checked, on all there is: `python -m eval.verify_study --index FOLDER`.

Prints what a report has of the check, but over the whole of the outside sets, with the scorer of a
folder (`--scorer`) or by words alone (`--no-scorer`). With `--fit` it first fits the numbers of the
check, with each kind of signal and without it, and writes them where the check reads them. They are
fitted on WiCE, BEGIN and our own fluent sentences but for those held out.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from assistant.checking.support import SUPPORT_FILE, Judge, name_signals
from assistant.ranking.scorer import SHIPPED, load_scorer
from eval.checking import JUDGED, measure_all_fluent, read_judged
from eval.checks import Checks, accuracy_rows, marked_rows
from eval.claims import (
    find_floor,
    fit_support,
    measure_accuracy,
    measure_signals,
    read_fluent,
    read_made_up,
)
from eval.corruption import measure_corruption, record_tasks
from eval.dataset import load_questions
from eval.sets import QUESTIONS
from eval.tables import align
from index.store import Library


def main() -> None:
    """Measure and print; the data sets that are absent are said to be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--index", type=Path, required=True, help="an index of the bundled corpus")
    parser.add_argument("--scorer", type=Path, default=SHIPPED)
    parser.add_argument("--no-scorer", action="store_true")
    parser.add_argument("--fit", action="store_true", help="fit the numbers, and write them")
    options = parser.parse_args()
    library = Library(options.index)
    scorer = load_scorer(options.scorer)
    full = Judge(scorer, library.current())
    if options.fit:
        stored = fit(library, full)
        SUPPORT_FILE.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    judge = Judge() if options.no_scorer else full
    judged = {name: claims for name, claims in read_judged().items() if claims}
    for name in sorted(JUDGED.keys() - judged.keys()):
        sys.stdout.write(f"{name}: {JUDGED[name][0]} is absent\n")
    accuracy = [
        row for name, claims in judged.items() for row in measure_accuracy(name, claims, judge)
    ]
    tasks = record_tasks(library, load_questions(QUESTIONS, split="dev"))
    marked = measure_all_fluent(library, judge) + measure_corruption(tasks, judge)
    checks = Checks(tuple(marked), tuple(accuracy))
    for rows in (marked_rows(checks), accuracy_rows(checks)):
        sys.stdout.write(f"{align(rows)}\n\n")


def fit(library: Library, judge: Judge) -> dict[str, Any]:
    """Fit the numbers of the check for every set of signals."""
    own = [*read_fluent(library.current()), *read_made_up("tuned")]
    claims = [claim for claims in read_judged().values() for claim in claims] + own
    ours = {claim.id for claim in own}
    stored: dict[str, Any] = {"provenance": "python -m eval.verify_study --fit"}
    for sense in (None, judge.sense):
        measured = measure_signals(claims, Judge(judge.scorer, sense))
        words = "share" if sense is None else "near"
        for names in ((words,), (words, "learned")):
            weights = fit_support(measured, names)
            floor = find_floor([one for one in measured if one.claim.id in ours], weights)
            stored[name_signals(frozenset(names))] = {
                "intercept": weights.intercept,
                "weights": dict(weights.weights),
                "floor": floor,
            }
    return stored


if __name__ == "__main__":
    main()
