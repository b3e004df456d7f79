"""Everything that can be measured on a folder of other people's data, and what can't.

Knows the names of the sets in the folder. Knows nothing of how each is measured.
"""

from collections.abc import Sequence
from pathlib import Path

from assistant.assistant import AnswerScorer
from eval.beir import run_beir
from eval.benches import Progress
from eval.outside import Outside, OutsideError, PassageRow, RetrievalRow
from eval.outside_articles import ArticleFigures, measure_articles
from eval.outside_passages import draw_questions, measure_passages, read_squad

SQUAD = Path("squad") / "squad2-dev.jsonl"
ARTICLES = Path("markdown")
RETRIEVAL = {"SciFact": Path("scifact"), "StackFAQ": Path("stackfaq")}

FOREIGN = 100
"""Questions of SQuAD put to the articles: a standard error of .03 where nine in ten are declined."""

KNOWN = (
    "StackFAQ: the encoder's makers trained it on Stack Exchange pairs among others, which flatters "
    "the dense ranking; our own learned scorer takes no part in retrieval."
)


def check_folder(folder: Path) -> None:
    """Raise OutsideError unless a folder has one of the sets."""
    if not folder.is_dir():
        raise OutsideError(f"{folder}: no such folder of data sets")
    known = [SQUAD, ARTICLES, *RETRIEVAL.values()]
    if not any((folder / path).exists() for path in known):
        names = ", ".join(str(path) for path in known)
        raise OutsideError(f"{folder}: has none of {names}")


def measure_outside(
    folder: Path,
    place: Path,
    scorer: AnswerScorer | None,
    *,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> Outside:
    """Measure each set that is there; indexes are kept in `place`.

    Raises OutsideError for a folder without any, OutsideError or DatasetError for a broken set.
    """
    check_folder(folder)
    absent = [
        f"{folder / path} is absent: nothing was measured on it."
        for path in (SQUAD, ARTICLES, *RETRIEVAL.values())
        if not (folder / path).exists()
    ]
    passages: tuple[PassageRow, ...] = ()
    told = ""
    squad = folder / SQUAD
    if squad.exists():
        passages, told = measure_passages(
            squad, place / "squad", scorer, cache=cache, progress=progress
        )
    found = ArticleFigures((), (), ())
    if (folder / ARTICLES).exists():
        foreign = _draw_foreign(squad) if squad.exists() else ()
        found = measure_articles(
            folder / ARTICLES, place / "markdown", scorer, foreign, cache=cache, progress=progress
        )
    retrieval = _measure_retrieval(folder, cache, progress)
    known = [KNOWN] if any(row.source == "StackFAQ" for row in retrieval) else []
    notes = [*([told] if told else []), *known, *found.notes, *absent]
    return Outside(passages, tuple(retrieval), found.articles, found.declined, tuple(notes))


def _draw_foreign(squad: Path) -> Sequence[str]:
    return [question.text for question in draw_questions(read_squad(squad), FOREIGN)]


def _measure_retrieval(
    folder: Path, cache: Path | None, progress: Progress | None
) -> list[RetrievalRow]:
    return [
        RetrievalRow(name, one.ranking, one.queries, one.ndcg, one.recall, one.mrr)
        for name, path in RETRIEVAL.items()
        if (folder / path).exists()
        for one in run_beir(folder / path, cache=cache, progress=progress)
    ]
