"""Question files: what is asked, and what a right answer must be.

Knows the file format and refuses whatever breaks it, with file, line and reason. Knows nothing of
where a quote stands in a document (locate), of indexes or of answers.

A question file holds one JSON object to a line: `id`, `slice`, `split` (dev or test), `question`
and `verdict` (answered, partial or not_in_articles) are required; `history` (role and content),
`spans` (source and quote: the passages that support an answer), `must` (a right answer holds one
alternative of every group), `must_not` (and none of these), `articles` (how many a full answer
cites) and `note` (a remark for whoever edits the file) may be left out. A row whose verdict is
"unjudged" waits for a person and is passed over.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Outcome, Role, Turn

SPLITS = ("dev", "test")
UNJUDGED = "unjudged"
REQUIRED = ("id", "slice", "split", "question", "verdict")
OPTIONAL = ("history", "spans", "must", "must_not", "articles", "note")


class DatasetError(Exception):
    """A question file or a judgement can't be used; the message says where and why."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that supports an answer: a file's path in the corpus, and words found there."""

    source: str
    quote: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What a right answer is.

    It holds one alternative of every group in `must` and nothing of `must_not`, and cites at least
    `articles` documents.
    """

    outcome: Outcome
    spans: tuple[Quote, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    articles: int = 0

    @property
    def answerable(self) -> bool:
        """Whether the articles answer it, in full or in part."""
        return self.outcome is not Outcome.NOT_IN_ARTICLES


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a set, with the conversation before it; `line` is where its file has it."""

    id: str
    slice: str
    split: str
    text: str
    expected: Expected
    history: tuple[Turn, ...] = ()
    line: int = 0


def load_questions(path: Path, *, split: str | None = None) -> list[Question]:
    """Read a question file, in its order; only one split of it where `split` is given.

    Whatever is fitted may read `split="dev"` alone. Raises DatasetError.
    """
    if split is not None:
        _parse_split(split)
    questions = []
    lines: dict[str, int] = {}
    for line, row in read_rows(path):
        question = _parse_question(path, line, row)
        if question is None:
            continue
        if question.id in lines:
            first = lines[question.id]
            raise DatasetError(path, line, f"id {question.id!r} was used in line {first}")
        lines[question.id] = line
        questions.append(question)
    return [question for question in questions if split in (None, question.split)]


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read the JSON objects of a JSONL file with their line numbers, from 1."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise DatasetError(path, 1, "no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(path, 1, f"can't be read: {error}") from None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise DatasetError(path, number, f"not JSON: {error}") from None
        if not isinstance(row, dict):
            raise DatasetError(path, number, "not a JSON object")
        yield number, row


def digest_questions(questions: Sequence[Question]) -> str:
    """Hash what is asked and expected, so that reports over other questions aren't compared."""
    parts = [
        [question.id, question.slice, question.text, asdict(question.expected),
         [[turn.role, turn.content] for turn in question.history]]
        for question in sorted(questions, key=lambda question: question.id)
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]


def render_row(question: Question) -> str:
    """Write a question as a line of a question file."""
    expected = question.expected
    row: dict[str, object] = {
        "id": question.id,
        "slice": question.slice,
        "split": question.split,
        "question": question.text,
        "verdict": expected.outcome.value,
        "spans": [asdict(span) for span in expected.spans],
        "must": [list(group) for group in expected.must],
        "must_not": list(expected.must_not),
        "articles": expected.articles,
    }
    if question.history:
        row["history"] = [
            {"role": turn.role.value, "content": turn.content} for turn in question.history
        ]
    return json.dumps(row, ensure_ascii=False)


def _parse_question(path: Path, line: int, row: Mapping[str, Any]) -> Question | None:
    """Check one row; None for one that nobody has judged yet."""
    try:
        _check_fields(row)
        if row["verdict"] == UNJUDGED:
            return None
        return Question(
            id=_text(row, "id"),
            slice=_text(row, "slice"),
            split=_parse_split(row["split"]),
            text=_text(row, "question"),
            expected=_parse_expected(row),
            history=tuple(_parse_turn(turn) for turn in _list(row, "history")),
            line=line,
        )
    except ValueError as error:
        raise DatasetError(path, line, str(error)) from None


def _check_fields(row: Mapping[str, Any]) -> None:
    if missing := [name for name in REQUIRED if name not in row]:
        raise ValueError(f"field {missing[0]!r} is missing")
    if unknown := sorted(set(row) - {*REQUIRED, *OPTIONAL}):
        known = ", ".join((*REQUIRED, *OPTIONAL))
        raise ValueError(f"unknown field {unknown[0]!r}; known are {known}")


def _parse_split(value: object) -> str:
    for split in SPLITS:
        if value == split:
            return split
    raise ValueError(f"split must be one of {', '.join(SPLITS)}, not {value!r}")


def _parse_expected(row: Mapping[str, Any]) -> Expected:
    try:
        outcome = Outcome(row["verdict"])
    except ValueError:
        known = ", ".join((*Outcome, UNJUDGED))
        raise ValueError(f"verdict must be one of {known}, not {row['verdict']!r}") from None
    spans = tuple(_parse_quote(span) for span in _list(row, "spans"))
    if outcome is Outcome.ANSWERED and not spans:
        raise ValueError("an answered question needs at least one span that supports the answer")
    if outcome is Outcome.NOT_IN_ARTICLES and spans:
        raise ValueError("a question that isn't in the articles can't have spans")
    articles = row.get("articles", len({span.source for span in spans}) and 1)
    if not isinstance(articles, int) or isinstance(articles, bool) or articles < 0:
        raise ValueError(f"articles must be a count, not {articles!r}")
    return Expected(
        outcome=outcome,
        spans=spans,
        must=tuple(_parse_group(group) for group in _list(row, "must")),
        must_not=_parse_alternatives(_list(row, "must_not"), "must_not"),
        articles=articles,
    )


def _parse_quote(span: object) -> Quote:
    if not isinstance(span, dict) or set(span) != {"source", "quote"}:
        raise ValueError(f"a span has the fields source and quote, not {span!r}")
    return Quote(_text(span, "source"), _text(span, "quote"))


def _parse_group(group: object) -> tuple[str, ...]:
    if not isinstance(group, list) or not group:
        raise ValueError(f"a must group is a list of alternatives, not {group!r}")
    return _parse_alternatives(group, "must")


def _parse_alternatives(items: Sequence[object], name: str) -> tuple[str, ...]:
    for item in items:
        if not isinstance(item, str) or not item.strip():
            raise ValueError(f"{name} holds {item!r}, which is no text")
    return tuple(str(item) for item in items)


def _parse_turn(turn: object) -> Turn:
    if not isinstance(turn, dict) or set(turn) != {"role", "content"}:
        raise ValueError(f"a turn of the history has role and content, not {turn!r}")
    try:
        return Turn(Role(turn["role"]), _text(turn, "content"))
    except ValueError:
        raise ValueError(f"a turn is said by user or assistant in words, not {turn!r}") from None


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row[name]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} must be text, not {value!r}")
    return value


def _list(row: Mapping[str, Any], name: str) -> list[object]:
    value = row.get(name, [])
    if isinstance(value, list):
        return value
    raise ValueError(f"{name} must be a list, not {value!r}")
