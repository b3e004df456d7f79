"""What it costs to check a sentence: `python -m eval.bench_checks INDEX COUNT` prints milliseconds.

Each sentence is a passage's own words with its halves changed about: every figure and name holds and
nothing is quoted whole, so that each goes the whole way, the learned scorer included. It cites its
passage and the next one, as a model's sentence may.
"""

import json
import sys
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from assistant.checking.verify import Verifier
from assistant.english.meaning import WordKnowledge
from assistant.ranking.scorer import load_scorer
from index.store import open_index
from ingest.document import Document, Span
from ingest.spans import split_spans

SHOWN = 12
"""Passages that a writer is shown at a time, about as many as an answer rests on."""

WARM_UP = 5
FEWEST_WORDS = 8


def make_sentence(document: Document, span: Span) -> str:
    """Say a passage's two halves the other way round; empty where it is too short for that."""
    said = document.text[span.start : span.end].rstrip(".!?").split()
    middle = len(said) // 2
    return " ".join([*said[middle:], *said[:middle]]) if len(said) >= FEWEST_WORDS else ""


def time_checks(documents: Sequence[Document], count: int, sense: WordKnowledge) -> list[float]:
    """Return the milliseconds that each of `count` sentences took to check, at most."""
    shown = [(document, span) for document in documents for span in split_spans(document)]
    scorer = load_scorer()
    took = []
    windows = (shown[at : at + SHOWN] for at in range(0, len(shown), SHOWN))
    tasks = (
        (Verifier(window, scorer, sense), sentence, (at, at + 1))
        for window in windows
        for at in range(1, len(window))
        if (sentence := make_sentence(*window[at - 1]))
    )
    for verifier, sentence, numbers in islice(tasks, WARM_UP + count):
        start = time.perf_counter()
        verifier.judge(sentence, numbers)
        took.append(1000 * (time.perf_counter() - start))
    return took[WARM_UP:]


def main() -> None:
    """Print the milliseconds as JSON."""
    index = open_index(Path(sys.argv[1]))
    documents = [index.read(summary.id) for summary in index.documents()]
    sys.stdout.write(json.dumps(time_checks(documents, int(sys.argv[2]), index)) + "\n")


if __name__ == "__main__":
    main()
