"""The figures of the check of sentences, measured for a report.

Knows where the data is that they are measured on, and says what is absent. Knows nothing of how a
figure is computed or shown.
"""

from collections.abc import Sequence

from assistant.checking.support import Judge
from eval.checks import Accuracy, Checks, Marked
from eval.claims import (
    DATASETS,
    Claim,
    measure_accuracy,
    measure_fluent,
    read_claims,
    read_fluent,
    read_made_up,
)
from eval.corruption import measure_corruption, record_tasks
from eval.dataset import Question
from index.store import Library

SAMPLE = 200
"""Sentences of each outside set in a report: a figure good to some .04 in a few seconds. All of them
are measured by `python -m eval.verify_study`."""

JUDGED = {
    "WiCE": (DATASETS / "wice" / "claim_oracle.dev.jsonl", "supported", "context_sentences"),
    "BEGIN": (DATASETS / "begin" / "wow.dev.jsonl", "Fully attributable", "context"),
}
"""Each set's file, its label for yes, and its field of evidence."""

MADE_UP = {
    "tuned": "fluent sentences on made-up articles, tuned on",
    "held": "fluent sentences on other made-up articles, held out",
}


def measure_checks(library: Library, questions: Sequence[Question], judge: Judge) -> Checks:
    """Measure the check on corrupted answers, on fluent sentences and on people's judgements."""
    absent = []
    marked = measure_corruption(record_tasks(library, questions), judge)
    marked += measure_all_fluent(library, judge)
    accuracy: list[Accuracy] = []
    for name, claims in read_judged().items():
        if claims:
            accuracy += measure_accuracy(name, claims, judge, SAMPLE)
        else:
            absent.append(f"{name}: {JUDGED[name][0]} is absent")
    return Checks(tuple(marked), tuple(accuracy), tuple(absent))


def measure_all_fluent(library: Library, judge: Judge) -> list[Marked]:
    """Measure the check on fluent sentences: on the index's articles, and on made-up ones."""
    own = measure_fluent("fluent sentences, tuned on", read_fluent(library.current()), judge)
    made_up = (measure_fluent(name, read_made_up(part), judge) for part, name in MADE_UP.items())
    return own + [row for rows in made_up for row in rows]


def read_judged() -> dict[str, list[Claim]]:
    """Read the sentences that people judged, by set; none of a set whose file is absent."""
    return {
        name: read_claims(name, path, yes, evidence) if path.exists() else []
        for name, (path, yes, evidence) in JUDGED.items()
    }
