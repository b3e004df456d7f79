"""The command: what it prints, its exit status, and that an error is one clear line."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

import footnote
from assistant.answer import (
    Answer,
    Citation,
    Form,
    Outcome,
    Section,
    Sentence,
    Verdict,
)
from ingest.reading import IngestError
from web.serving import name_hosts

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
PROGRAM = [sys.executable, str(ROOT / "footnote.py")]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run each test in an empty folder, with none of the settings of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("FOOTNOTE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def make_answer(**changes: object) -> Answer:
    citation = Citation(
        number=1,
        document_id="pay-1",
        title="Pay",
        source="pay.pdf",
        heading_path=("By level", "Senior"),
        quote="A senior earns\n120,000 dollars.",
        start=10,
        end=42,
        page=3,
    )
    fields = {
        "verdict": Verdict(Outcome.ANSWERED, 0.9),
        "standalone_question": "What does a senior earn?",
        "sentences": (
            Sentence("A senior earns 120,000 dollars.", (1,), supported=True),
            Sentence("More in a large town.", (1,), supported=True, form=Form.ITEM),
        ),
        "citations": (citation,),
        "nearest": (),
        "model": "extractive",
        "index_version": "v1",
        **changes,
    }
    return Answer(**fields)


# ---- what is printed


def test_an_answer_is_printed_with_its_footnotes_below() -> None:
    assert footnote.render_answer(make_answer(), 100) == (
        "A senior earns 120,000 dollars. [1]\n"
        "- More in a large town. [1]\n"
        "\n"
        "[1] Pay › By level › Senior (pay.pdf, page 3)\n"
        "    “A senior earns 120,000 dollars.”"
    )


def test_lines_keep_to_the_width_and_lose_no_word() -> None:
    text = " ".join(f"word{number}" for number in range(60))
    answer = make_answer(sentences=(Sentence(text, (1,), supported=True, form=Form.ITEM),))
    printed = footnote.render_answer(answer, 40)
    assert max(map(len, printed.splitlines())) <= 40
    assert re.findall(r"word\d+", printed) == text.split()


def test_the_nearest_sections_are_named_where_the_articles_do_not_say() -> None:
    section = Section("pay-1", "Pay", ("By level",), 0, 9)
    answer = make_answer(
        verdict=Verdict(Outcome.NOT_IN_ARTICLES, 0.1, ("chess",)),
        sentences=(Sentence("The articles don't say.", (), supported=True),),
        citations=(),
        nearest=(section,),
    )
    printed = footnote.render_answer(answer, 80)
    assert printed.startswith(answer.text)
    assert "Pay › By level" in printed


@pytest.mark.parametrize("hostile", ["\x1b]0;owned\x07", "\x9b31m", "\u202e", "\x08", "\r"])
def test_what_an_article_holds_cannot_steer_the_terminal(hostile: str) -> None:
    answer = make_answer(sentences=(Sentence(f"Safe{hostile} text.", (), supported=True),))
    printed = footnote.render_answer(answer, 80)
    assert hostile[0] not in printed
    assert "Safe" in printed


# ---- errors


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask"], "question"),
        (["ask", "  "], "empty"),
        (["ask", "why " * 2000], "2000 characters"),
        (["ask", "why?"], "no folder corpus"),
        (["ask", "why?", "--corpus", "nowhere", "--index", "empty"], "no index in empty"),
        (["ask", "why?", "--nonsense"], "--nonsense"),
        (["ingest", "--corpus", "nowhere"], "nowhere"),
        (["serve", "--port", "70000"], "--port"),
        (["serve", "--port", "http"], "--port"),
        (["serve", "--host", "192.0.2.1", "--port", "0"], "192.0.2.1"),
        (["nonsense"], "nonsense"),
    ],
    ids=str,
)
def test_wrong_usage_and_input_is_one_line_and_status_2(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert footnote.run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert says in err


def test_a_question_file_is_read_before_anything_is_built(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.run.Workplace", pytest.fail)
    for mode in ([], ["--explain", "q1"]):
        arguments = ["eval", "--corpus", str(CORPUS), "--questions", "none.jsonl", *mode]
        assert footnote.run(arguments) == 2
        assert capsys.readouterr().err == "footnote: none.jsonl:1: no such file\n"


def test_a_port_in_use_is_said_before_anything_is_built(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert footnote.run(["serve", "--port", str(port)]) == 2
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert f"port {port}: Address already in use; choose" in err
    assert "--port" in err


class TestUnexpected:
    @pytest.fixture(autouse=True)
    def failing(self, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
        def fail(*_: object) -> None:
            raise request.param

        monkeypatch.setattr(footnote, "_open_library", fail)

    @pytest.mark.parametrize("failing", [ZeroDivisionError("by\nzero")], indirect=True)
    def test_a_bug_is_one_line_that_says_how_to_see_more(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert footnote.run(["ask", "why?"]) == 2
        err = capsys.readouterr().err
        assert len(err.splitlines()) == 1
        assert "internal error: ZeroDivisionError: by zero" in err
        assert "FOOTNOTE_DEBUG=1" in err

    @pytest.mark.parametrize("failing", [ZeroDivisionError()], indirect=True)
    def test_debugging_shows_the_traceback(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FOOTNOTE_DEBUG", "1")
        with pytest.raises(ZeroDivisionError):
            footnote.run(["ask", "why?"])

    @pytest.mark.parametrize("failing", [IngestError("a.txt", "empty")], indirect=True)
    def test_an_error_of_our_own_speaks_for_itself(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert footnote.run(["ask", "why?"]) == 2
        assert capsys.readouterr().err == "footnote: a.txt: empty\n"

    @pytest.mark.parametrize(
        "failing", [PermissionError(13, "Permission denied", "x.db")], indirect=True
    )
    def test_a_failing_disk_is_named(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert footnote.run(["ask", "why?"]) == 2
        assert capsys.readouterr().err == "footnote: x.db: Permission denied\n"

    @pytest.mark.parametrize("failing", [KeyboardInterrupt()], indirect=True)
    def test_ctrl_c_is_silent(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert footnote.run(["ask", "why?"]) == 130
        assert capsys.readouterr().err == ""


def test_a_missing_ingest_extra_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(footnote, "_BUILD_NEEDS", ("no_such_module",))
    assert footnote.run(["ingest", "--corpus", str(CORPUS)]) == 2
    assert "pip install 'footnote[ingest]'" in capsys.readouterr().err


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert footnote.run(["--version"]) == 0
    assert re.fullmatch(r"footnote \d+\.\d+\.\d+\n", capsys.readouterr().out)
    assert footnote.run([]) == 0
    shown = capsys.readouterr().out
    assert all(command in shown for command in ("ingest", "ask", "serve", "eval"))


# ---- where the index is kept


def test_corpora_of_one_name_have_indexes_of_their_own(tmp_path: Path) -> None:
    one = footnote._index_folder(tmp_path / "a" / "articles", None)
    two = footnote._index_folder(tmp_path / "b" / "articles", None)
    assert one != two
    assert one.name.startswith("articles-")
    assert footnote._index_folder(tmp_path / "b" / ".." / "a" / "articles", None) == one


# ---- the whole program


def run_program(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        **options,
    )


def test_json_is_what_the_api_replies(built_index: Path) -> None:
    question = "Can I do this without a degree?"
    done = run_program("ask", question, "--json", "--index", built_index)
    assert done.returncode == 0, done.stderr
    with serving(built_index) as address:
        said = post(f"{address}/api/answer", {"question": question})
    printed = json.loads(done.stdout)
    for reply in (said, printed):
        assert set(reply.pop("timing_ms")) == {"retrieve", "decide", "write", "total"}
    assert printed == said
    assert printed["verdict"] == "answered"


def test_a_terminal_answer_has_its_footnotes(built_index: Path) -> None:
    done = run_program("ask", "Can I do this without a degree?", "--index", built_index)
    assert done.returncode == 0, done.stderr
    assert re.search(r"\[1\].*\n\n\[1\] .+“", done.stdout, re.DOTALL)


def test_settings_come_from_the_environment_where_no_flag_is_given(built_index: Path) -> None:
    environment = {**os.environ, "FOOTNOTE_INDEX": str(built_index)}
    assert run_program("ask", "How much does it pay?", env=environment).returncode == 0
    environment["FOOTNOTE_MODEL"] = "nobody"
    done = run_program("ask", "How much does it pay?", env=environment)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "nobody" in done.stderr


def test_a_closed_pipe_is_no_error(built_index: Path) -> None:
    command = [*PROGRAM, "ask", "How much does it pay?", "--index", str(built_index)]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_plain_terminal_gets_question_marks_and_no_crash(built_index: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = run_program("ask", "How much does it pay?", "--index", built_index, env=environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_server_stops_quietly(built_index: Path, stop: signal.Signals) -> None:
    with running(built_index) as (process, _):
        process.send_signal(stop)
        _, err = process.communicate(timeout=30)
    assert process.returncode == (0 if stop is signal.SIGINT else -stop)
    assert err == ""


def test_a_site_on_the_loopback_answers_to_no_other_name(built_index: Path) -> None:
    assert "*" not in name_hosts("127.0.0.1", [])
    assert name_hosts("0.0.0.0", []) == ("*",)
    assert name_hosts("0.0.0.0", ["chat.example"])[-1] == "chat.example"
    assert "*" not in name_hosts("0.0.0.0", ["chat.example"])


def test_ask_builds_the_index_where_there_is_none(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "tea.md").write_text("# Tea\n\n## How long does tea steep?\n\nThree minutes.\n")
    done = run_program("ask", "How long does tea steep?", "--corpus", "articles", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Three minutes." in done.stdout
    assert "building one" in done.stderr
    again = run_program("ask", "How long does tea steep?", "--corpus", "articles", cwd=tmp_path)
    assert (again.stdout, again.stderr) == (done.stdout, "")


def test_a_corpus_with_nothing_to_read_leaves_the_old_index(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "empty.txt").write_text("")
    done = run_program("ingest", cwd=tmp_path)
    assert done.returncode == 2
    assert "empty.txt" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


@contextmanager
def running(index: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [*PROGRAM, "serve", "--port", "0", "--index", str(index)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found is not None
            with urlopen(f"{found[0]}/api/health", timeout=30) as reply:
                assert reply.status == 200
            yield process, found[0]
        finally:
            process.kill()


@contextmanager
def serving(index: Path) -> Iterator[str]:
    with running(index) as (_, address):
        yield address


def post(url: str, body: dict[str, object]) -> dict[str, object]:
    data = json.dumps(body).encode()
    with urlopen(Request(url, data, {"Content-Type": "application/json"}), timeout=30) as reply:
        return json.load(reply)


def test_a_log_hears_of_long_work_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    now = 0.0
    report = footnote.log_progress(lambda: now)
    now += footnote.LOG_SECONDS
    report("embedding sections", 0, 0)
    now = 0.0
    for done in range(1, 7):
        now += footnote.LOG_SECONDS / 3
        report("embedding sentences", 1000 * done, 6000)
    assert capsys.readouterr().err.splitlines() == [
        "embedding sentences: 3,000 of 6,000",
        "embedding sentences: 6,000 of 6,000",
    ]
