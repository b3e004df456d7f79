"""How well sentences are checked, on all there is: `python -m eval.verify_study --index FOLDER`.

Prints what a report has of the check, but over the whole of the outside sets, with the scorer of a
folder (`--scorer`) or none (`--no-scorer`). With `--fit` it fits the weights of support on WiCE and
BEGIN and shows them; our own sentences are never fitted on.
"""

import argparse
import sys
from pathlib import Path

from assistant.scorer import SHIPPED, load_scorer
from eval.checking import JUDGED, read_judged
from eval.checks import Checks, accuracy_rows, marked_rows
from eval.claims import fit_weights, measure_accuracy, measure_fluent, measure_signals, read_fluent
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
    parser.add_argument("--fit", action="store_true", help="fit the weights, and show them")
    options = parser.parse_args()
    scorer = None if options.no_scorer else load_scorer(options.scorer)
    library = Library(options.index)
    judged = {name: claims for name, claims in read_judged().items() if claims}
    for name in sorted(JUDGED.keys() - judged.keys()):
        sys.stdout.write(f"{name}: {JUDGED[name][0]} is absent\n")
    if options.fit and judged:
        every = measure_signals([claim for claims in judged.values() for claim in claims], scorer)
        sys.stdout.write(f"{fit_weights(every, learned=scorer is not None)}\n")
    accuracy = [
        row for name, claims in judged.items() for row in measure_accuracy(name, claims, scorer)
    ]
    tasks = record_tasks(library, load_questions(QUESTIONS, split="dev"))
    marked = measure_fluent(read_fluent(library.current()), scorer)
    marked += measure_corruption(tasks, scorer)
    checks = Checks(tuple(marked), tuple(accuracy))
    for rows in (marked_rows(checks), accuracy_rows(checks)):
        sys.stdout.write(f"{align(rows)}\n\n")


if __name__ == "__main__":
    main()
