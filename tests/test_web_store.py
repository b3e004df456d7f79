"""What is kept: whose it is, how it is found, and that both databases keep it alike."""

import json
import sqlite3
import stat
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fakes import make_assistant
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from web.app import create_app
from web.settings import Settings
from web.store.conversations import (
    Conversations,
    NewTurn,
    NotKeptError,
    Opinion,
    Provenance,
    make_key,
    make_title,
)
from web.store.database import Database, StoreError, migrate, open_database
from web.store.feedback import export_feedback, render_thumbs_down
from web.store.models import ConversationRow, Record, now

SCRIPT = Path(__file__).parent.parent / "scripts" / "postgres"
ANN, BOB = make_key(), make_key()


def turn(question: str = "What?", said: str = "This [1].") -> NewTurn:
    answer = {"answer": said, "standalone_question": question, "verdict": "answered"}
    came_from = Provenance("c0ffee", "fake-1", "extractive", {"a": "0" * 64}, {"footnote": "1"})
    return NewTurn(question, answer, came_from)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL, which lives as long as the tests."""
    program = subprocess.Popen([SCRIPT], stdin=-1, stdout=-1, stderr=-1, text=True)
    assert program.stdin is not None
    assert program.stdout is not None
    assert program.stderr is not None
    with program:
        address = program.stdout.readline().strip()
        if not address:
            pytest.skip(program.stderr.read().strip() or "PostgreSQL did not start")
        yield address
        program.stdin.close()


def emptied(address: str) -> str:
    """Return an address with nothing of an earlier test in it."""
    database = open_database(address)
    Record.metadata.drop_all(database.engine)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
    database.close()
    return address


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def address(request, tmp_path) -> str:
    if request.param == "postgres":
        return emptied(request.getfixturevalue("postgres"))
    return "sqlite://" if request.param == "memory" else str(tmp_path / "kept" / "a.db")


@pytest.fixture
def database(address) -> Iterator[Database]:
    opened = open_database(address)
    yield opened
    opened.close()


@pytest.fixture
def kept(database) -> Conversations:
    return Conversations(database)


def test_a_conversation_is_kept_whole_and_in_order(kept) -> None:
    conversation, first = kept.add(ANN, None, turn("One?", "é\n<b> [1]"))
    same, second = kept.add(ANN, conversation, turn("Two?"))
    assert same == conversation
    assert (first.number, second.number) == (1, 2)
    read = kept.read(ANN, conversation)
    assert [e.question for e in read.exchanges] == ["One?", "Two?"]
    assert read.exchanges[0] == first
    said = kept.history(ANN, conversation, 10)
    assert [(t.role, t.content) for t in said][:2] == [
        ("user", "One?"),
        ("assistant", "é\n<b> [1]"),
    ]
    assert [t.content for t in kept.history(ANN, conversation, 1)] == ["Two?", "This [1]."]
    assert kept.read_receipt(second.receipt) == second


def test_nobody_reaches_another_s(kept) -> None:
    conversation, exchange = kept.add(ANN, None, turn())
    assert kept.find(BOB) == []
    for attempt in (
        lambda: kept.read(BOB, conversation),
        lambda: kept.history(BOB, conversation, 10),
        lambda: kept.add(BOB, conversation, turn()),
        lambda: kept.rename(BOB, conversation, "Mine"),
        lambda: kept.delete(BOB, conversation),
        lambda: kept.judge(BOB, exchange.receipt, Opinion("down")),
        lambda: kept.read(ANN, "no-such"),
        lambda: kept.read_receipt("no-such"),
    ):
        with pytest.raises(NotKeptError):
            attempt()
    assert len(kept.read(ANN, conversation).exchanges) == 1
    assert kept.find(ANN)[0].title == "What?"


def test_the_reader_s_key_is_not_in_the_tables(tmp_path) -> None:
    database = open_database(tmp_path / "a.db")
    Conversations(database).add(ANN, None, turn())
    database.close()
    files = [path.read_bytes() for path in tmp_path.iterdir()]
    assert not any(ANN.encode() in content for content in files)


def test_the_latest_comes_first_and_a_new_turn_makes_it_the_latest(kept) -> None:
    one, _ = kept.add(ANN, None, turn("One?"))
    two, _ = kept.add(ANN, None, turn("Two?"))
    assert [summary.id for summary in kept.find(ANN)] == [two, one]
    kept.add(ANN, one, turn("Again?"))
    assert [summary.id for summary in kept.find(ANN)] == [one, two]


SEARCHES = {
    **dict.fromkeys(("roof", "ROOF", "ÉCLAIR", "100%", "renamed", ""), True),
    **dict.fromkeys(("100_", "1%0", "\\", "'; DROP TABLE turns; --", "_"), False),
}


def test_search_looks_in_titles_questions_and_answers(kept) -> None:
    conversation, _ = kept.add(ANN, None, turn("A flat Roof?", "100% éclair."))
    kept.rename(ANN, conversation, "Renamed")
    assert {search: bool(kept.find(ANN, search)) for search in SEARCHES} == SEARCHES


def test_deleting_takes_receipts_and_opinions_along(kept) -> None:
    conversation, exchange = kept.add(ANN, None, turn())
    kept.judge(ANN, exchange.receipt, Opinion("down", "bad"))
    kept.delete(ANN, conversation)
    with pytest.raises(NotKeptError):
        kept.read_receipt(exchange.receipt)
    assert render_thumbs_down(kept.database) == []
    assert kept.find(ANN) == []


def test_what_is_deleted_is_not_in_the_file(tmp_path) -> None:
    path = tmp_path / "a.db"
    database = open_database(path)
    kept = Conversations(database)
    conversation, _ = kept.add(ANN, None, turn("q5x7veryownwords?" * 30))
    kept.delete(ANN, conversation)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    assert b"q5x7veryownwords" not in path.read_bytes()


def test_an_opinion_replaces_the_one_before(kept) -> None:
    conversation, exchange = kept.add(ANN, None, turn())
    kept.judge(ANN, exchange.receipt, Opinion("down", "no"))
    assert kept.judge(ANN, exchange.receipt, Opinion("up")) == (conversation, 1)
    assert kept.read(ANN, conversation).exchanges[0].opinion == Opinion("up")


@pytest.mark.parametrize("at_start", [True, False])
def test_old_conversations_are_forgotten_where_that_is_set(database, at_start) -> None:
    keeps = Conversations(database)
    old, _ = keeps.add(ANN, None, turn())
    with database.transaction() as session:
        row = session.get(ConversationRow, old)
        assert row is not None
        row.updated = row.updated.replace(year=now().year - 2)
    keeps.forget()
    new, _ = keeps.add(ANN, None, turn())
    assert {summary.id for summary in keeps.find(ANN)} == {old, new}
    if at_start:
        Conversations(database, keep_days=30).forget()
    else:
        newer, _ = Conversations(database, keep_days=30).add(ANN, None, turn())
    left = {summary.id for summary in keeps.find(ANN)}
    assert left == ({new} if at_start else {new, newer})


def test_turns_at_once_get_numbers_of_their_own(kept) -> None:
    conversation, _ = kept.add(ANN, None, turn())
    threads = [
        threading.Thread(target=kept.add, args=(ANN, conversation, turn(f"{n}?"))) for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [exchange.number for exchange in kept.read(ANN, conversation).exchanges]
    assert numbers == list(range(1, 10))


def test_migrations_make_the_tables_that_the_models_name(address) -> None:
    database = open_database(address)
    migrate(database.engine) if address != "sqlite://" else None
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Record.metadata) == []
    database.close()


def test_a_database_is_opened_again_as_it_was(tmp_path) -> None:
    path = tmp_path / "deep" / "a.db"
    first = open_database(path)
    conversation, _ = Conversations(first).add(ANN, None, turn())
    first.close()
    again = open_database(f"sqlite:///{path}")
    assert Conversations(again).read(ANN, conversation).title == "What?"
    again.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_database_of_a_newer_program_is_refused(tmp_path) -> None:
    path = tmp_path / "a.db"
    open_database(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(StoreError, match="newer footnote"):
        open_database(path)


def test_what_is_no_database_is_refused_in_one_line(tmp_path) -> None:
    (tmp_path / "text.db").write_text("This is an ordinary text, long enough to be no database.")
    wrong = [
        tmp_path / "text.db",
        tmp_path,
        "nothing://here",
        "://",
        "postgresql://nobody@127.0.0.1:1/none",
    ]
    for address in wrong:
        with pytest.raises(StoreError) as caught:
            open_database(address)
        assert "\n" not in str(caught.value)


def test_a_password_is_not_told() -> None:
    with pytest.raises(StoreError) as caught:
        open_database("postgresql://nobody:s3cret@127.0.0.1:1/none")
    assert "s3cret" not in str(caught.value)


def test_a_broken_database_is_a_store_error(tmp_path) -> None:
    database = open_database(tmp_path / "a.db")
    kept = Conversations(database)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE turns")
    with pytest.raises(StoreError):
        kept.add(ANN, None, turn())
    database.close()


def test_thumbs_down_become_rows_that_a_question_file_takes(kept, address, tmp_path) -> None:
    from eval.dataset import OPTIONAL, REQUIRED, load_questions

    conversation, _ = kept.add(ANN, None, turn("First?", "Yes [1]."))
    _, second = kept.add(ANN, conversation, turn("Second?"))
    _, third = kept.add(ANN, conversation, turn("Third?"))
    kept.judge(ANN, second.receipt, Opinion("down", "wrong", "x", "bees.md", "the passage"))
    kept.judge(ANN, third.receipt, Opinion("up"))
    [row] = [json.loads(line) for line in render_thumbs_down(kept.database)]
    assert row["question"] == "Second?"
    assert row["verdict"] == "unjudged"
    assert row["note"] == "wrong"
    assert row["spans"] == [{"source": "bees.md", "quote": "the passage"}]
    assert [said["content"] for said in row["history"]] == ["First?", "Yes [1]."]
    assert set(REQUIRED) <= set(row) <= {*REQUIRED, *OPTIONAL}
    if address == "sqlite://":
        return
    path = tmp_path / "rows.jsonl"
    assert export_feedback(address, path) == 1
    assert load_questions(path) == []  # nobody has judged it yet
    judged = {**row, "verdict": "answered"}
    path.write_text(json.dumps(judged), encoding="utf-8")
    assert load_questions(path)[0].text == "Second?"


def test_an_export_overwrites_nothing(tmp_path) -> None:
    path = tmp_path / "a.db"
    open_database(path).close()
    with pytest.raises(StoreError, match="already"):
        export_feedback(str(path), path)
    with pytest.raises(StoreError, match="no database"):
        export_feedback(str(tmp_path / "none.db"), tmp_path / "rows.jsonl")
    assert not (tmp_path / "none.db").exists()


def test_the_site_keeps_conversations_in_any_database(address) -> None:
    app = create_app(make_assistant(), Settings(database=address))
    client = TestClient(app, base_url="http://localhost")
    reply = client.post("/", data={"question": "Must bees be reported to the veterinary office?"})
    assert "No licence is needed" in reply.text
    assert "veterinary office?" in client.get("/conversations?search=LICENCE").text
    assert client.post(f"{reply.url.path}/delete").url.path == "/conversations"
    app.state.site.conversations.database.close()


@given(st.text(max_size=300))
@settings(max_examples=50, deadline=None)
def test_a_title_is_one_line_of_the_question(question) -> None:
    title = make_title(question)
    assert len(title) <= 82
    assert " ".join(question.split()).startswith(title.removesuffix(" …"))
