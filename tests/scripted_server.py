"""A server that says what a test tells it to, over a real connection: every way of going wrong.

It knows how HTTP and event streams are written, and nothing of what is in them. Each script gets
one request after another; `requests` keeps what came in.
"""

import json
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """What to send: a status, headers, and the pieces of a body, each flushed by itself.

    `hang` waits, once the pieces are sent, until the server is closed or the client goes away;
    `cut` ends the connection in the middle of the body.
    """

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pieces: Sequence[bytes] = ()
    hang: bool = False
    cut: bool = False


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    body: Any


class ScriptedServer:
    """Replies with its script's replies, the last one for ever; `left` is set when a client goes.

    `asked` is set with the first request.
    """

    def __init__(self, replies: Sequence[Reply]) -> None:
        self.replies = list(replies)
        self.requests: list[Request] = []
        self.left = threading.Event()
        self.asked = threading.Event()
        self.closing = threading.Event()
        script = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                script.serve(self)

            def log_message(self, *args: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("content-length", 0))
        body = json.loads(handler.rfile.read(length) or b"null")
        headers = {name.lower(): value for name, value in handler.headers.items()}
        self.requests.append(Request(handler.path, headers, body))
        self.asked.set()
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        handler.close_connection = True
        try:
            self._send(handler, reply)
        except OSError:
            self.left.set()

    def _send(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        handler.send_response(reply.status)
        for name, value in {"content-type": "text/event-stream", **reply.headers}.items():
            handler.send_header(name, value)
        handler.send_header("transfer-encoding", "chunked")
        handler.end_headers()
        for piece in reply.pieces:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            handler.wfile.flush()
        if reply.hang:
            self._wait(handler)
        if not reply.cut:
            handler.wfile.write(b"0\r\n\r\n")

    def _wait(self, handler: BaseHTTPRequestHandler) -> None:
        handler.connection.settimeout(0.01)
        while not self.closing.is_set():
            try:
                if not handler.connection.recv(1):
                    self.left.set()
                    return
            except TimeoutError:
                continue

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def serving(*replies: Reply) -> Iterator[ScriptedServer]:
    server = ScriptedServer(replies)
    try:
        yield server
    finally:
        server.close()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def event(data: Any, name: str = "") -> bytes:
    head = f"event: {name}\n" if name else ""
    said = data if isinstance(data, str) else json.dumps(data)
    return f"{head}data: {said}\n\n".encode()


def chat(*texts: str, finish: str | None = "stop", hang: bool = False, cut: bool = False) -> Reply:
    """A chat completion that says these texts, one chunk each."""

    def chunk(delta: dict[str, str], reason: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        return event(
            {
                "id": "c",
                "object": "chat.completion.chunk",
                "created": 0,
                "model": "m",
                "choices": [choice],
            }
        )

    pieces = [chunk({"role": "assistant", "content": ""}), *(chunk({"content": t}) for t in texts)]
    if finish:
        pieces += [chunk({}, finish), event("[DONE]")]
    return Reply(pieces=pieces, hang=hang, cut=cut)


def refuse(status: int, message: str = "no", code: str = "", **headers: str) -> Reply:
    """An error as both services write it."""
    error = {"type": "error", "error": {"message": message, "type": code or "error", "code": code}}
    heads = {"content-type": "application/json"}
    heads |= {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, heads, [json.dumps(error).encode()])


def message(
    *blocks: tuple[str, Sequence[tuple[int, int, int] | tuple[int, int, int, str]]],
    stop: str | None = "end_turn",
    **reply: bool,
) -> Reply:
    """A streamed message of text blocks, each with its citations (document, first block, end).

    A citation with a text names characters instead of blocks.
    """
    usage = {"input_tokens": 1, "output_tokens": 1}
    start = {"id": "m", "type": "message", "role": "assistant", "model": "m", "content": [],
             "stop_reason": None, "stop_sequence": None, "usage": usage}  # fmt: skip
    pieces = [event({"type": "message_start", "message": start}, "message_start")]
    for index, (text, citations) in enumerate(blocks):
        block = {"type": "text", "text": ""}
        pieces.append(_part("content_block_start", index, content_block=block))
        for half in (text[: len(text) // 2], text[len(text) // 2 :]):
            delta = {"type": "text_delta", "text": half}
            pieces.append(_part("content_block_delta", index, delta=delta))
        for document, first, end, *cited in citations:
            kind, unit = ("char", "char") if cited else ("content_block", "block")
            citation = {"type": f"{kind}_location", "cited_text": cited[0] if cited else "x",
                        "document_index": document, "document_title": "t",
                        f"start_{unit}_index": first, f"end_{unit}_index": end}  # fmt: skip
            delta_of = {"type": "citations_delta", "citation": citation}
            pieces.append(_part("content_block_delta", index, delta=delta_of))
        pieces.append(_part("content_block_stop", index))
    if stop:
        ended = {"stop_reason": stop, "stop_sequence": None}
        pieces.append(
            event({"type": "message_delta", "delta": ended, "usage": usage}, "message_delta")
        )
        pieces.append(event({"type": "message_stop"}, "message_stop"))
    return Reply(pieces=pieces, **reply)


def _part(kind: str, index: int, **more: object) -> bytes:
    return event({"type": kind, "index": index, **more}, kind)
