"""Retrieval on other people's sets, and on those of their queries that no fit has seen.

Knows which queries the fusion was fitted on. Knows nothing of how a ranking is made or judged.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from eval.beir import Judged, average, measure_queries, read_beir
from eval.benches import Progress
from eval.outside import RetrievalRow

SETS: Mapping[str, Path] = {"SciFact": Path("scifact"), "StackFAQ": Path("stackfaq")}

HELD_OUT = slice(2, None, 3)
"""Every third judged query, which `eval.fusion_study` keeps for measuring alone."""

NOTE = (
    "Retrieval: the three numbers of the fusion were fitted on two thirds of the queries of these "
    "sets, of SQuAD 1.1 and of the Markdown articles' headings; the third held out stands for "
    "itself. The dense and the lexical ranking were fitted on nothing; the learned scorer takes no "
    "part. The encoder's makers trained it on Stack Exchange pairs among others, which flatters "
    "the dense ranking of StackFAQ."
)


def measure_retrieval(
    name: str, folder: Path, *, cache: Path | None = None, progress: Progress | None = None
) -> Iterator[RetrievalRow]:
    """Measure every ranking over all queries of a set, then over those held out.

    Raises DatasetError.
    """
    found = measure_queries(read_beir(folder), cache=cache, progress=progress)
    every = {ranking: list(judged.values()) for ranking, judged in found.items()}
    yield from _rows(name, every)
    held_out = {ranking: judged[HELD_OUT] for ranking, judged in every.items()}
    if all(held_out.values()):
        yield from _rows(f"{name}, held out", held_out)


def _rows(name: str, judged: Mapping[str, list[Judged]]) -> Iterator[RetrievalRow]:
    for ranking, values in judged.items():
        one = average(ranking, values)
        yield RetrievalRow(name, ranking, one.queries, one.ndcg, one.recall, one.mrr)
