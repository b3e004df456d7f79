"""Everything that can be measured on a folder of other people's data, and what can't.

Knows the names of the sets in the folder. Knows nothing of how each is measured.
"""

from collections.abc import Sequence
from pathlib import Path

from assistant.assistant import AnswerScorer
from eval.benches import Progress
from eval.outside import Outside, OutsideError, PassageRow
from eval.outside_articles import ArticleFigures, measure_articles
from eval.outside_passages import draw_questions, measure_passages, read_squad
from eval.outside_retrieval import NOTE, SETS, measure_retrieval

SQUAD = Path("squad") / "squad2-dev.jsonl"
ARTICLES = Path("markdown")

FOREIGN = 100
"""Questions of SQuAD put to the articles: a standard error of .03 where nine in ten are declined."""


def check_folder(folder: Path) -> None:
    """Raise OutsideError unless a folder has one of the sets."""
    if not folder.is_dir():
        raise OutsideError(f"{folder}: no such folder of data sets")
    known = [SQUAD, ARTICLES, *SETS.values()]
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
        for path in (SQUAD, ARTICLES, *SETS.values())
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
    there = {name: folder / path for name, path in SETS.items() if (folder / path).exists()}
    retrieval = tuple(
        row
        for name, path in there.items()
        for row in measure_retrieval(name, path, cache=cache, progress=progress)
    )
    known = [NOTE] if retrieval else []
    notes = [*([told] if told else []), *known, *found.notes, *absent]
    return Outside(passages, retrieval, found.articles, found.declined, tuple(notes))


def _draw_foreign(squad: Path) -> Sequence[str]:
    return [question.text for question in draw_questions(read_squad(squad), FOREIGN)]
