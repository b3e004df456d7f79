"""Which questions judge a corpus: a file that is named, the bundled set, or the corpus's own FAQ.

Knows where the bundled files are and what fits what. Knows nothing of indexes and answers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.cases import Case, load_span_map, locate_questions, map_questions, mine_cases
from eval.dataset import DatasetError, Question, load_questions
from ingest.document import Document

DATA = Path(__file__).parent / "data"
QUESTIONS = DATA / "questions.jsonl"
SPAN_MAP = DATA / "source_spans.jsonl"
INJECTED = DATA / "injected"

INJECTED_SLICE = "injected_document"
"""The slice that is asked of the corpus with hostile articles beside it."""

Locate = Callable[[Sequence[Question], Sequence[Document]], list[Case]]


class NothingAsked(ValueError):  # noqa: N818  (named for what is the matter)
    """No question is in the slice, or has the id, that was asked for; the message says which are."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The cases of a corpus and one line on how they are judged.

    `injected` are the questions that are asked with hostile articles in the index; they are located
    by `locate` once those are read. `bundled` says that they are the bundled set's, for which the
    bundled floors were set.
    """

    cases: tuple[Case, ...]
    note: str
    injected: tuple[Question, ...] = ()
    locate: Locate | None = None
    bundled: bool = False

    def narrow(self, slices: Sequence[str], split: str | None) -> "Judged":
        """Keep some slices and one split; raises `NothingAsked` for one there is not."""
        asked = [*(case.question for case in self.cases), *self.injected]
        known = sorted({question.slice for question in asked})
        if unknown := [name for name in slices if name not in known]:
            raise NothingAsked(f"no slice {unknown[0]!r}; there are {', '.join(known)}")
        splits = sorted({question.split for question in asked})
        if split is not None and split not in splits:
            raise NothingAsked(f"no split {split!r}; there are {', '.join(splits)}")

        def kept(question: Question) -> bool:
            return (not slices or question.slice in slices) and split in (None, question.split)

        narrowed = replace(
            self,
            cases=tuple(case for case in self.cases if kept(case.question)),
            injected=tuple(question for question in self.injected if kept(question)),
        )
        if asked and not (narrowed.cases or narrowed.injected):
            raise NothingAsked(f"no question of {', '.join(slices)} is in the split {split!r}")
        return narrowed


def judge_corpus(
    corpus: Path,
    documents: Sequence[Document],
    questions: Path | None,
    *,
    split: str | None = None,
) -> Judged:
    """Find the questions for a corpus and where its documents answer them; raises DatasetError.

    Whatever is fitted reads `split="dev"`, and then no question of the other part is looked at.
    """
    path = questions or QUESTIONS
    if questions is None and not path.exists():
        return _judge_by_faq(documents)
    rows = load_questions(path, split=split)
    sources = {document.source for document in documents}
    named = {quote.source for question in rows for quote in question.expected.spans}
    if named & sources or not named:
        judged = _judge_by_quotes(rows, documents, path)
        return replace(judged, bundled=questions is None)
    span_map = load_span_map(SPAN_MAP) if SPAN_MAP.exists() else None
    if span_map is not None and span_map.originals & sources:
        return replace(_judge_by_map(rows, documents, path, corpus), bundled=questions is None)
    if questions is not None:
        raise DatasetError(path, 1, f"none of its sources ({_few(named)}) is in {corpus}")
    return _judge_by_faq(documents)


def _judge_by_faq(documents: Sequence[Document]) -> Judged:
    cases = mine_cases(documents)
    pairs = "1 FAQ pair" if len(cases) == 1 else f"{len(cases)} FAQ pairs"
    return Judged(tuple(cases), f"Judged by the {pairs} of the corpus itself.")


def _judge_by_quotes(rows: Sequence[Question], documents: Sequence[Document], path: Path) -> Judged:
    def locate(some: Sequence[Question], where: Sequence[Document]) -> list[Case]:
        return locate_questions(some, where, path)

    note = f"Judged by {path.name}: {len(rows)} questions, gold spans found by exact quote."
    return _split(rows, documents, note, locate)


def _judge_by_map(
    rows: Sequence[Question], documents: Sequence[Document], path: Path, corpus: Path
) -> Judged:
    span_map = load_span_map(SPAN_MAP)

    def locate(some: Sequence[Question], where: Sequence[Document]) -> list[Case]:
        return map_questions(some, where, span_map, corpus, path)

    note = f"Judged by {path.name}: {len(rows)} questions, gold spans led over by {SPAN_MAP.name}."
    return _split(rows, documents, note, locate)


def _split(
    rows: Sequence[Question], documents: Sequence[Document], note: str, locate: Locate
) -> Judged:
    plain = [question for question in rows if question.slice != INJECTED_SLICE]
    injected = tuple(question for question in rows if question.slice == INJECTED_SLICE)
    if injected and not INJECTED.is_dir():
        plain, injected = list(rows), ()
    return Judged(tuple(locate(plain, documents)), note, injected, locate)


def _few(names: set[str]) -> str:
    shown = sorted(names)
    return ", ".join(shown[:3]) + (", ..." if len(shown) > 3 else "")
