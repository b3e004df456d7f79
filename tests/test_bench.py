"""What the benchmark measures with: a model that quotes at once, and sentences that are checked."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assistant.assistant import Assistant
from assistant.checking.verify import Verifier
from assistant.models.loading import load_model
from assistant.models.options import ModelOptions
from eval import bench
from eval.bench import FIRST_SENTENCE, QUESTIONS, percentile, time_requests
from eval.bench_checks import FEWEST_WORDS, make_sentence, time_checks
from eval.bench_model import QuotingModel, quote_passages
from index.store import Index, Library
from ingest.spans import split_spans
from tests.fakes import make_corpus
from tests.writers import FOLLOW_UP, make_prompt


def serve(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def quoting() -> Iterator[int]:
    yield from serve(QuotingModel)


def test_the_model_quotes_each_passage_with_its_number() -> None:
    prompt = make_prompt("licence", "flat roof")
    said = quote_passages(prompt.messages()[-1].content)
    lines = said.splitlines()
    assert len(lines) == min(len(prompt.spans()), 6)
    for number, line in enumerate(lines, start=1):
        quoted, marker = re.fullmatch(r"(.+) \[(\d+)\]", line).groups()
        assert int(marker) == number
        document, span = prompt.spans()[number - 1]
        assert quoted in " ".join(document.text[span.start : span.end].split())


def test_asked_to_rewrite_the_model_leaves_the_question_as_it_is() -> None:
    assert quote_passages(FOLLOW_UP.messages()[-1].content) == FOLLOW_UP.question


def test_what_the_model_quotes_is_shown_in_its_own_name(quoting: int, library: Library) -> None:
    url = f"http://127.0.0.1:{quoting}/v1"
    model = load_model("openai:bench", ModelOptions(openai_url=url))
    answer = Assistant(library, {model.name: model}, model.name).answer(QUESTIONS[0])
    assert (answer.model, answer.notes, answer.unsupported) == ("openai:bench", (), 0)
    assert answer.citations


def test_the_sentences_that_are_timed_go_the_whole_way() -> None:
    """Each is heard by the scorer: no short cut by quotation, no early fault of a figure."""
    documents = make_corpus()
    sentences = [make_sentence(d, span) for d in documents for span in split_spans(d)]
    assert any(sentences)
    assert all(len(one.split()) >= FEWEST_WORDS for one in sentences if one)
    heard: list[str] = []

    class Listening:
        def score_support(self, statement: str, passages: list[str]) -> list[float]:
            heard.append(statement)
            return [0.9] * len(passages)

    for document in documents:
        for number, span in enumerate(split_spans(document), start=1):
            sentence = make_sentence(document, span)
            if sentence:
                shown = [(document, one) for one in split_spans(document)]
                Verifier(shown, Listening()).judge(sentence, (number,))
    assert len(heard) >= 0.8 * sum(bool(one) for one in sentences)


def test_every_check_is_timed(index: Index) -> None:
    took = time_checks(make_corpus(), 6, index)
    assert len(took) == 6
    assert all(one > 0 for one in took)


class Streaming(BaseHTTPRequestHandler):
    """Shows a sentence and then more, but declines every other question."""

    protocol_version = "HTTP/1.1"
    asked = 0

    def do_POST(self) -> None:
        Streaming.asked += 1
        self.rfile.read(int(self.headers["content-length"]))
        sentence = b"event: sentence\ndata: {}\n\n" if Streaming.asked % 2 else b""
        body = b"event: status\ndata: {}\n\n" + sentence + b"event: done\ndata: {}\n\n"
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        """Say nothing."""


def test_only_replies_that_show_a_sentence_are_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "WARM_UP", 2)
    monkeypatch.setattr(bench, "WARM_RUNS", 8)
    for port in serve(Streaming):
        assert len(time_requests(port, "/", "question", until=FIRST_SENTENCE)) == 4
        assert len(time_requests(port, "/", "question")) == 8


@pytest.mark.parametrize(("percent", "expected"), [(50, 2), (99, 4), (100, 4), (1, 1)])
def test_nearest_rank(percent: int, expected: float) -> None:
    assert percentile([4, 1, 3, 2], percent) == expected
