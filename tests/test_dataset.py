"""The question file: what is read, and what is refused with file, line and reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Outcome, Role
from eval.dataset import DatasetError, digest_questions, load_questions, render_row

ROW: dict[str, Any] = {
    "id": "a",
    "slice": "figures",
    "split": "dev",
    "question": "How much honey in the second year?",
    "verdict": "answered",
    "spans": [{"source": "bees.md", "quote": "Second | 20 | 45"}],
    "must": [["20 kg", "20"]],
}


def write(folder: Path, *rows: Any) -> Path:
    path = folder / "questions.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def refused(folder: Path, *rows: Any) -> DatasetError:
    with pytest.raises(DatasetError) as caught:
        load_questions(write(folder, *rows))
    return caught.value


def test_a_row_is_read_whole(tmp_path: Path):
    history = [{"role": "user", "content": "And bees?"}, {"role": "assistant", "content": "Yes."}]
    (question,) = load_questions(write(tmp_path, {**ROW, "history": history, "articles": 2}))
    assert question.text == ROW["question"]
    assert question.expected.outcome is Outcome.ANSWERED
    assert question.expected.spans[0].source == "bees.md"
    assert question.expected.must == (("20 kg", "20"),)
    assert question.expected.articles == 2
    assert question.history[1].role is Role.ASSISTANT
    assert question.line == 1


def test_blank_lines_are_passed_over_and_counted(tmp_path: Path):
    assert refused(tmp_path, ROW, "", "{").line == 3


def test_a_written_row_is_read_back(tmp_path: Path):
    (question,) = load_questions(write(tmp_path, ROW))
    (again,) = load_questions(write(tmp_path, render_row(question)))
    assert again == question


def test_one_split_is_read_alone(tmp_path: Path):
    path = write(tmp_path, ROW, {**ROW, "id": "b", "split": "test"})
    assert [question.id for question in load_questions(path, split="dev")] == ["a"]
    assert [question.id for question in load_questions(path, split="test")] == ["b"]
    with pytest.raises(ValueError, match="split must be one of"):
        load_questions(path, split="train")


def test_an_unjudged_row_waits(tmp_path: Path):
    assert load_questions(write(tmp_path, {**ROW, "verdict": "unjudged", "spans": []})) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"difficulty": 3}, "unknown field 'difficulty'"),
        ({"split": "train"}, "split must be one of dev, test"),
        ({"verdict": "maybe"}, "verdict must be one of"),
        ({"question": " "}, "question must be text"),
        ({"id": 7}, "id must be text"),
        ({"spans": []}, "needs at least one span"),
        ({"spans": "bees.md"}, "spans must be a list"),
        ({"spans": [{"source": "bees.md"}]}, "a span has the fields source and quote"),
        ({"spans": [{"source": "bees.md", "quote": ""}]}, "quote must be text"),
        ({"verdict": "not_in_articles"}, "can't have spans"),
        ({"must": ["20"]}, "a must group is a list"),
        ({"must": [[]]}, "a must group is a list"),
        ({"must": [[20]]}, "must holds 20"),
        ({"must_not": [""]}, "must_not holds ''"),
        ({"articles": -1}, "articles must be a count"),
        ({"articles": True}, "articles must be a count"),
        ({"history": [{"role": "robot", "content": "hi"}]}, "user or assistant"),
        ({"history": ["hi"]}, "role and content"),
    ],
)
def test_a_broken_row_is_refused_with_its_line(tmp_path: Path, change: dict[str, Any], reason: str):
    error = refused(tmp_path, ROW, {**ROW, "id": "b", **change})
    assert error.line == 2
    assert reason in error.reason
    assert str(error).startswith(f"{tmp_path / 'questions.jsonl'}:2: ")


def test_a_missing_field_is_named(tmp_path: Path):
    row = {name: value for name, value in ROW.items() if name != "verdict"}
    assert "field 'verdict' is missing" in refused(tmp_path, row).reason


def test_a_duplicate_id_names_the_first(tmp_path: Path):
    assert "id 'a' was used in line 1" in refused(tmp_path, ROW, ROW).reason


@pytest.mark.parametrize("line", ["nonsense", "[1]", '"text"', "[" * 100_000])
def test_what_is_no_object_is_refused(tmp_path: Path, line: str):
    assert "JSON" in refused(tmp_path, line).reason


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path):
    with pytest.raises(DatasetError, match="no such file"):
        load_questions(tmp_path / "none.jsonl")
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DatasetError, match="can't be read"):
        load_questions(binary)


def test_the_digest_follows_judgements_and_not_order(tmp_path: Path):
    other = {**ROW, "id": "b"}
    one = digest_questions(load_questions(write(tmp_path, ROW, other)))
    assert digest_questions(load_questions(write(tmp_path, other, ROW))) == one
    changed = {**other, "must": [["21"]]}
    assert digest_questions(load_questions(write(tmp_path, ROW, changed))) != one
