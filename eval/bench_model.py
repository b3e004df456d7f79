"""A model that costs nothing: a server that speaks OpenAI's chat protocol and quotes what it is shown.

It says each passage's last sentence, with its number, a word at a time and without a pause, so that
whatever time an answer takes is ours. Knows how passages are fenced in a prompt. Knows nothing of
who asks. By hand: `python -m eval.bench_model --port 8001`.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ingest.sentences import split_sentences

QUOTED = 6
"""Sentences of an answer: as many as writers are told to write at most."""

_PASSAGE = re.compile(
    r"^\[(\d+)\]\n<passage-(\w+)>\n(.*?)\n</passage-\2>$", re.MULTILINE | re.DOTALL
)
_QUESTION = re.compile(r"^<question-(\w+)>\n(.*?)\n</question-\1>$", re.MULTILINE | re.DOTALL)


def quote_passages(shown: str) -> str:
    """Write an answer from a prompt's message; asked for a question alone, say it as it stands."""
    passages = [(number, text) for number, _, text in _PASSAGE.findall(shown)]
    if not passages:
        asked = _QUESTION.search(shown)
        return asked[2] if asked else ""
    return "\n".join(f"{_last_sentence(text)} [{number}]" for number, text in passages[:QUOTED])


def _last_sentence(passage: str) -> str:
    """Return the end of a passage, without the headings that it stands under."""
    body = passage.rpartition(" | ")[2].partition(": ")
    text = (body[2] or body[0]).strip()
    start, end = split_sentences(text)[-1]
    return text[start:end]


def write_chunks(text: str, model: str) -> Iterator[bytes]:
    """Write a text as a streamed chat completion, a word to a chunk."""
    yield _write_chunk({"role": "assistant", "content": ""}, None, model)
    for word in re.findall(r"\S+\s*", text):
        yield _write_chunk({"content": word}, None, model)
    yield _write_chunk({}, "stop", model)
    yield b"data: [DONE]\n\n"


def _write_chunk(delta: dict[str, str], finish: str | None, model: str) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "bench", "object": "chat.completion.chunk", "created": 0, "model": model}
    return f"data: {json.dumps({**chunk, 'choices': [choice]})}\n\n".encode()


class QuotingModel(BaseHTTPRequestHandler):
    """Answers every request for a chat completion at once, streamed."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:  # the name that http.server calls
        """Quote the passages of the request's last message."""
        length = int(self.headers.get("content-length") or 0)
        asked: dict[str, Any] = json.loads(self.rfile.read(length))
        text = quote_passages(asked["messages"][-1]["content"])
        body = b"".join(write_chunks(text, asked["model"]))
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Say nothing: whoever started this reads its first line."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve on this machine until stopped; the address is the first line that is printed."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench_model", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    server = ThreadingHTTPServer(("127.0.0.1", parser.parse_args(arguments).port), QuotingModel)
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}/v1\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
