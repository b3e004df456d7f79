"""The figures of the check of sentences, measured for a report.

Knows where the data is that they are measured on, and says what is absent. Knows nothing of how a
figure is computed or shown.
"""

from collections.abc import Sequence

from assistant.support import SupportScorer
from eval.checks import Accuracy, Checks, Marked
from eval.claims import DATASETS, Claim, measure_accuracy, measure_fluent, read_claims, read_fluent
from eval.corruption import measure_corruption, record_tasks
from eval.dataset import Question
from index.store import Library

SAMPLE = 300
"""Sentences of each outside set in a report: a figure good to some .03 in a few seconds. All of them
are measured by `python -m eval.verify_study`."""

JUDGED = {
    "WiCE": (DATASETS / "wice" / "claim_oracle.dev.jsonl", "supported", "context_sentences"),
    "BEGIN": (DATASETS / "begin" / "wow.dev.jsonl", "Fully attributable", "context"),
}
"""Each set's file, its label for yes, and its field of evidence."""


def measure_checks(
    library: Library, questions: Sequence[Question], scorer: SupportScorer | None
) -> Checks:
    """Measure the check on corrupted answers, on fluent sentences and on people's judgements."""
    marked: list[Marked] = []
    absent = []
    tasks = record_tasks(library, questions)
    marked += measure_corruption(tasks, scorer)
    fluent = read_fluent(library.current())
    marked += measure_fluent(fluent, scorer)
    if not fluent:
        absent.append("fluent sentences: none are of this corpus")
    accuracy: list[Accuracy] = []
    for name, claims in read_judged().items():
        if claims:
            accuracy += measure_accuracy(name, claims, scorer, SAMPLE)
        else:
            absent.append(f"{name}: {JUDGED[name][0]} is absent")
    return Checks(tuple(marked), tuple(accuracy), tuple(absent))


def read_judged() -> dict[str, list[Claim]]:
    """Read the sentences that people judged, by set; none of a set whose file is absent."""
    return {
        name: read_claims(path, yes, evidence) if path.exists() else []
        for name, (path, yes, evidence) in JUDGED.items()
    }
