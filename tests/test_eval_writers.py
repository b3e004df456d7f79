"""`footnote eval --model`: what became of the answers that a language model was to write."""

import json
from collections.abc import Iterator, Sequence
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

import footnote
from assistant.answer import Role, Turn
from assistant.assistant import Assistant
from assistant.models import ModelError
from assistant.models.bounded import Bounded
from eval.bench_model import QuotingModel
from eval.report import FOOTNOTE, read_report
from eval.run import AS_IS
from eval.writers import Trace, Watched, cause_rows, trace_answer, trace_rows
from index.store import Library
from tests.scripted_server import chat, refuse, serving
from tests.tiny_model import save_tiny_model
from tests.writers import QUICK, ScriptedWriter

QUESTION = "Can I become a machine learning engineer without a degree?"
TALK = (Turn(Role.USER, QUESTION), Turn(Role.ASSISTANT, "Yes, without a degree."))

BEES = """# Keeping Bees in Town

## Frequently Asked Questions

### Do I need a licence to keep bees?

No licence is needed, but you must report your bees to the veterinary office.

### How heavy is a full hive on a roof?

A full hive weighs about 60 kg, so the roof must carry 150 kg.
"""


def trace(
    library: Library,
    writer: ScriptedWriter,
    *,
    history: Sequence[Turn] = (),
    question: str = QUESTION,
) -> Trace:
    watched = Watched(writer)
    assistant = Assistant(library, {"m": Bounded(watched, QUICK)}, "m")
    return trace_answer(assistant.answer(question, history), watched.take())


def test_an_answer_of_the_model_alone(library: Library) -> None:
    written = trace(library, ScriptedWriter("You don't need a degree to become one."))
    assert (written.asked, written.calls, written.cause, written.instead) == (True, 1, "", False)
    assert (written.sentences, written.marked, written.dropped) == (1, 0, 0)


def test_numbers_that_were_not_shown_and_sentences_that_fail(library: Library) -> None:
    said = "You don't need a degree to become one [1]. Pigs fly to Mars on Sundays [99]. "
    written = trace(library, ScriptedWriter(said))
    assert (written.sentences, written.marked, written.dropped) == (2, 1, 1)


def test_quotes_instead_and_why(library: Library) -> None:
    """A busy server is asked a second time, which counts as a call."""
    busy = ModelError("scripted: too many requests", retryable=True, retry_after=0)
    written = trace(library, ScriptedWriter(error=busy))
    assert (written.cause, written.instead) == ("scripted: too many requests", True)
    assert written.calls == 2


def test_quotes_after_a_part(library: Library) -> None:
    said = ScriptedWriter(
        "You don't need a degree to become one [1]. But also ",
        error=ModelError("scripted: broke off"),
    )
    written = trace(library, said)
    assert (written.cause, written.instead, written.calls) == ("scripted: broke off", False, 1)


def test_a_follow_up_is_an_extra_call(library: Library) -> None:
    writer = ScriptedWriter("No degree is needed.", follow_up=QUESTION)
    assert trace(library, writer, history=TALK, question="Really without one?").calls == 2


def test_nothing_is_asked_of_the_model_where_the_articles_do_not_answer(library: Library) -> None:
    written = trace(library, ScriptedWriter("8,849 m."), question="How tall is Mount Everest?")
    assert (written.asked, written.calls) == (False, 0)


def test_the_counts_add_up() -> None:
    alone = Trace(True, "", False, 1, 2, 4, 1)
    instead = Trace(True, "m: busy", True, 2, 0, 3, 0)
    partly = Trace(True, "m: broke off", False, 2, 1, 2, 0)
    declined = Trace(False, "", False, 1, 0, 0, 0)
    rows = dict(trace_rows([alone, instead, instead, partly, declined])[1:])
    assert list(map(int, rows.values())) == [4, 1, 2, 1, 12, 1, 3, 8, 4]
    assert cause_rows([alone, partly, instead, instead])[1:] == [
        ("m: busy", "2"),
        ("m: broke off", "1"),
    ]


# ---- the whole command, against real servers


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder_cache: Path) -> Path:
    folder = tmp_path / "bees"
    folder.mkdir()
    (folder / "bees.md").write_text(BEES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", "")
    monkeypatch.setattr("index.export.DEFAULT_CACHE", encoder_cache)
    (tmp_path / ".footnote").mkdir()
    (tmp_path / ".footnote" / "encoders").symlink_to(encoder_cache)
    return folder


def evaluate(corpus: Path, model: str, url: str = "") -> tuple[dict[str, int], dict[str, int], str]:
    """Run the command; return its counts, its causes, and the Markdown report."""
    arguments = ["eval", "--corpus", str(corpus), "--model", model]
    footnote.run([*arguments, *(["--model-url", url] if url else [])])
    report = read_report(corpus.parent / "reports" / "eval.json")
    assert report.provenance["model"] == model
    results = report.setting(AS_IS).systems[FOOTNOTE]
    traces = [result.trace for result in results if result.trace is not None]
    assert len(traces) == len(results) == 2
    counts, causes = trace_rows(traces)[1:], cause_rows(traces)[1:]
    said = (corpus.parent / "reports" / "eval.md").read_text(encoding="utf-8")
    return ({k: int(v) for k, v in counts}, {k: int(v) for k, v in causes}, said)


@pytest.fixture(scope="module")
def quoting() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), QuotingModel)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_server_that_quotes_well(corpus: Path, quoting: str) -> None:
    counts, causes, said = evaluate(corpus, "openai:quoter", quoting)
    assert counts["of these by the model alone"] == counts["answers to be written"] == 2
    assert counts["sentences marked or left out"] == counts["citation numbers dropped"] == 0
    assert counts["calls of the model"] == 2
    assert causes == {}
    assert "What the model wrote" in said


def test_a_server_that_refuses_the_key(corpus: Path) -> None:
    with serving(refuse(401)) as server:
        counts, causes, said = evaluate(corpus, "openai:m", f"{server.url}/v1")
    assert counts["quotes instead, with a note"] == 2
    ((cause, count),) = causes.items()
    assert count == 2
    assert "refused the key (401)" in cause
    assert cause in said


def test_a_server_that_cites_what_was_not_shown(corpus: Path) -> None:
    with serving(chat("No licence is needed [77]. The moon is made of cheese [1].")) as server:
        counts, _, _ = evaluate(corpus, "openai:m", f"{server.url}/v1")
    assert counts["citation numbers dropped"] >= 2
    assert counts["sentences marked or left out"] >= 1


def test_a_folder_of_weights(corpus: Path, tmp_path: Path) -> None:
    folder = save_tiny_model(tmp_path / "tiny", "No licence is needed, but report them [1].")
    counts, _, _ = evaluate(corpus, f"transformers:{folder}")
    assert counts["calls of the model"] == 2
    assert counts["of these by the model alone"] >= 1


def test_a_report_of_quotes_alone_has_no_such_part(corpus: Path) -> None:
    footnote.run(["eval", "--corpus", str(corpus)])
    report = json.loads((corpus.parent / "reports" / "eval.json").read_text(encoding="utf-8"))
    results = report["settings"][AS_IS][FOOTNOTE]["results"]
    assert all("trace" not in result for result in results)
