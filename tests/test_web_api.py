"""The API: what it replies, what it refuses, and that every refusal is a problem."""

import json
import socket
from dataclasses import replace

import pytest
from fakes import FakeAssistant, FakeIndex, make_assistant, make_corpus
from live_site import serve_site
from starlette.testclient import TestClient

from assistant.checking.writing import make_citation
from assistant.models import ModelError
from index.errors import IndexDamaged, IndexMissing
from ingest.document import Span
from web.app import create_app
from web.schemas import MAX_QUESTION, MAX_TURN, MAX_TURNS
from web.settings import Settings

LICENCE = "Must the keeping of bees be reported to the veterinary office?"


def client_of(assistant: FakeAssistant, settings: Settings | None = None) -> TestClient:
    return TestClient(
        create_app(assistant, settings), base_url="http://localhost", raise_server_exceptions=False
    )


@pytest.fixture
def assistant() -> FakeAssistant:
    return make_assistant()


@pytest.fixture
def client(assistant) -> TestClient:
    return client_of(assistant)


def connected(site: str) -> socket.socket:
    host, _, port = site.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=20)


def check_problem(reply, status: int) -> dict:
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    problem = reply.json()
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert problem["detail"]
    return problem


def events_of(text: str) -> list[tuple[str, dict]]:
    events = []
    for frame in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in frame.split("\n"))
        events.append((fields["event"], json.loads(fields["data"])))
    return events


def test_an_answer_has_the_shape_that_programs_rely_on(client) -> None:
    reply = client.post("/api/answer", json={"question": LICENCE})
    assert reply.status_code == 200
    answer = reply.json()
    promised = (
        "verdict answer confidence standalone_question sentences citations nearest missing model"
        " index_version timing_ms"
    )
    assert set(promised.split()) <= set(answer)
    assert set(answer["timing_ms"]) == {"retrieve", "decide", "write", "total"}
    assert answer["verdict"] == "answered"
    assert "[1]" in answer["answer"]
    citation = answer["citations"][0]
    fields = "number document_id title source heading_path quote start end page url original"
    assert set(citation) == set(fields.split())
    text = client.get(f"/api/documents/{citation['document_id']}").json()["text"]
    assert text[citation["start"] : citation["end"]] == citation["quote"]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.org/bees", "https://example.org/bees"),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_a_citation_names_the_address_of_its_article(address, shown) -> None:
    bees = replace(make_corpus()[0], metadata={"url": address})
    span = Span(bees.blocks[1].start, bees.blocks[1].end, 1)
    assert make_citation(1, bees, span).original == address
    client = client_of(make_assistant([bees]))
    citation = client.post("/api/answer", json={"question": LICENCE}).json()["citations"][0]
    assert citation["original"] == shown


def test_history_reaches_the_assistant(client, assistant) -> None:
    history = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yes [1]"}]
    client.post("/api/answer", json={"question": "And  then?\n", "history": history})
    question, turns = assistant.asked[-1]
    assert question == "And  then?"
    assert [(turn.role, turn.content) for turn in turns] == [
        ("user", "Hi"),
        ("assistant", "Yes [1]"),
    ]


def test_the_stream_ends_with_the_same_answer(client) -> None:
    whole = client.post("/api/answer", json={"question": LICENCE}).json()
    reply = client.post("/api/answer/stream", json={"question": LICENCE})
    assert reply.headers["content-type"].startswith("text/event-stream")
    events = events_of(reply.text)
    assert [name for name, _ in events][:3] == ["status"] * 3
    assert events[-1] == ("done", whole)
    assert [data for name, data in events if name == "sentence"] == whole["sentences"]
    assert [data for name, data in events if name == "citation"] == whole["citations"]


def test_a_citation_comes_before_the_sentence_that_names_it(client) -> None:
    reply = client.post("/api/answer/stream", json={"question": LICENCE})
    known = set()
    for name, data in events_of(reply.text):
        if name == "citation":
            known.add(data["number"])
        if name == "sentence":
            assert set(data["citations"]) <= known


def test_search_returns_the_best_first_and_no_more_than_k(client) -> None:
    hits = client.post("/api/search", json={"query": "bees roof wind", "k": 2}).json()["hits"]
    assert len(hits) == 2
    assert hits[0]["score"] >= hits[1]["score"]
    assert "roof" in hits[0]["text"]
    assert hits[0]["source"] == "keeping bees in town.md"


def test_documents_are_listed_and_read(client) -> None:
    listed = client.get("/api/documents").json()["documents"]
    assert [document["title"] for document in listed] == [
        "Keeping Bees in Town",
        "Bread with Wild Yeast",
    ]
    document = client.get(f"/api/documents/{listed[0]['id']}").json()
    for block in document["blocks"]:
        assert document["text"][block["start"] : block["end"]].strip()
    pair = document["faq"][0]
    assert pair["question"] == "Do I need a licence to keep bees?"
    assert document["text"][pair["start"] : pair["end"]].startswith("No licence")


def test_health_names_the_index(client) -> None:
    reply = client.get("/api/health").json()
    assert reply == {"status": "ok", "index_version": "fake-1", "documents": 2}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/question"),
        ({"question": ""}, "/question"),
        ({"question": " \t\n"}, "/question"),
        ({"question": "\x00\x01"}, "/question"),
        ({"question": 7}, "/question"),
        ({"question": None}, "/question"),
        ({"question": "x" * (MAX_QUESTION + 1)}, "/question"),
        ({"question": "x", "history": "y"}, "/history"),
        ({"question": "x", "history": [{"role": "user", "content": ""}] * 21}, "/history"),
        ({"question": "x", "history": [{"role": "system", "content": "y"}]}, "/history/0/role"),
        (
            {"question": "x", "history": [{"role": "user", "content": "y" * (MAX_TURN + 1)}]},
            "/history/0/content",
        ),
        ({"question": "x", "model": "someone-elses-account"}, "/model"),
        ({"question": "x", "histroy": []}, ""),
        ([], ""),
        ("x", ""),
    ],
)
@pytest.mark.parametrize("address", ["/api/answer", "/api/answer/stream"])
def test_a_wrong_field_is_named(client, address, body, pointer) -> None:
    problem = check_problem(client.post(address, json=body), 422)
    assert problem["errors"][0]["pointer"] == pointer
    assert "someone" not in problem.get("title", "")


@pytest.mark.parametrize("k", [0, -1, 51, "3", 1.5, None, True])
def test_k_has_bounds(client, k) -> None:
    problem = check_problem(client.post("/api/search", json={"query": "x", "k": k}), 422)
    assert problem["errors"][0]["pointer"] == "/k"


def test_a_lone_surrogate_is_refused(client) -> None:
    reply = client.post(
        "/api/answer",
        content=rb'{"question": "\ud800"}',
        headers={"content-type": "application/json"},
    )
    check_problem(reply, 422)


def test_the_longest_allowed_request_is_allowed(client) -> None:
    """Escaped to six bytes a character, as many clients write anything but ASCII."""
    turn = {"role": "user", "content": "€" * MAX_TURN}
    body = json.dumps({"question": "€" * MAX_QUESTION, "history": [turn] * MAX_TURNS})
    reply = client.post("/api/answer", content=body, headers={"content-type": "application/json"})
    assert reply.status_code == 200


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe", b'{"question": "x"} y', b"[" * 100_000])
def test_malformed_json_is_a_problem(client, body) -> None:
    reply = client.post("/api/answer", content=body, headers={"content-type": "application/json"})
    assert reply.status_code in (400, 422)
    check_problem(reply, reply.status_code)


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_is_taken(client, media_type) -> None:
    reply = client.post("/api/answer", content=b"{}", headers={"content-type": media_type})
    check_problem(reply, 415)


def test_a_long_body_is_refused_by_its_length(client) -> None:
    body = b'{"question": "' + b"x" * 600_000 + b'"}'
    reply = client.post("/api/answer", content=body, headers={"content-type": "application/json"})
    check_problem(reply, 413)


def test_a_long_body_is_refused_without_a_length(client) -> None:
    def parts():
        for _ in range(700):
            yield b" " * 1000

    headers = {"content-type": "application/json"}
    check_problem(client.post("/api/answer", content=parts(), headers=headers), 413)


def test_who_is_still_sending_too_much_reads_why(assistant) -> None:
    with serve_site(assistant) as site, connected(site) as link:
        head = f"POST /api/answer HTTP/1.1\r\nHost: {site[7:]}\r\nContent-Length: 9000000\r\n"
        link.sendall(f"{head}Content-Type: application/json\r\n\r\n".encode())
        link.sendall(b" " * 9_000_000)
        assert b"413" in link.recv(100)


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"", "The body is empty; send a JSON object."),
        (b"[]", "Must be a JSON object."),
        (b"{}", "/question: This field is missing."),
        (b'{"question": "caf\xe9"}', "The body is not valid JSON in UTF-8."),
        (b"[" * 100_000, "The body is not valid JSON in UTF-8."),
        (b'{"question": "x", "history": "x"}', "/history: Input should be a valid list"),
        (json.dumps({"question": "x", "history": [{}] * 21}).encode(),
         "/history: Must have at most 20 items."),
        (json.dumps({"question": "x" * 2001}).encode(),
         "/question: Must have at most 2000 characters."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_plain_words(client, body, detail) -> None:
    reply = client.post("/api/answer", content=body, headers={"content-type": "application/json"})
    assert reply.json()["detail"] == detail


def test_unknown_addresses_and_methods(client) -> None:
    check_problem(client.get("/api/nothing"), 404)
    check_problem(client.get("/api/documents/nothing"), 404)
    check_problem(client.get("/nothing"), 404)
    reply = client.get("/api/answer")
    check_problem(reply, 405)
    assert reply.headers["allow"] == "POST"


def test_problems_do_not_repeat_what_was_sent(client) -> None:
    secret = "q5x7-very-own-words"
    bodies = [{"question": 1, secret: 1}, {"question": [secret]}, {secret: secret}]
    for body in bodies:
        assert secret not in client.post("/api/answer", json=body).text


def test_a_model_that_fails_is_a_bad_gateway() -> None:
    client = client_of(make_assistant(fault=ModelError("The model is busy.", retryable=True)))
    problem = check_problem(client.post("/api/answer", json={"question": LICENCE}), 502)
    assert problem["detail"] == "The model is busy."
    assert problem["retryable"] is True
    events = events_of(client.post("/api/answer/stream", json={"question": LICENCE}).text)
    assert events[-1] == ("error", problem)


def test_an_unforeseen_error_is_logged_and_tells_nothing(caplog) -> None:
    client = client_of(make_assistant(fault=ValueError("secret path /etc")))
    reply = client.post("/api/answer", json={"question": LICENCE})
    check_problem(reply, 500)
    assert "secret" not in reply.text
    assert "secret path" in caplog.text
    streamed = client.post("/api/answer/stream", json={"question": LICENCE}).text
    assert "secret" not in streamed
    assert events_of(streamed)[-1][0] == "error"
    assert "content-security-policy" in reply.headers


class Unindexed(FakeAssistant):
    """Stands where no index can be opened."""

    def __init__(self, fault: Exception) -> None:
        self.reason = fault

    @property
    def index(self) -> FakeIndex:
        raise self.reason

    def search(self, query, k):
        raise self.reason

    def stream(self, question, history=(), model=None):
        raise self.reason
        yield  # as of an assistant, nothing happens before the first event is drawn


@pytest.mark.parametrize("fault", [IndexMissing("/srv/x"), IndexDamaged("/srv/x", "torn")])
def test_without_an_index_the_site_says_so(fault) -> None:
    client = client_of(Unindexed(fault))
    for reply in (
        client.get("/api/health"),
        client.get("/api/documents"),
        client.get("/api/documents/x"),
        client.post("/api/answer", json={"question": "x"}),
        client.post("/api/answer/stream", json={"question": "x"}),
        client.post("/api/search", json={"query": "x"}),
    ):
        problem = check_problem(reply, 503)
        assert "/srv" not in problem["detail"]
    page = client.get("/", headers={"accept": "text/html"})
    assert page.status_code == 503
    assert page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("localhost", True),
        ("localhost:8000", True),
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("[::1]", True),
        ("LOCALHOST", True),
        ("evil.example", False),
        ("localhost.evil.example", False),
        ("evil.example:80", False),
        ("", False),
    ],
)
def test_only_known_hosts_are_answered(client, host, known) -> None:
    reply = client.get("/api/health", headers={"host": host})
    if known:
        assert reply.status_code == 200
    else:
        check_problem(reply, 421)


def test_any_host_may_be_allowed(assistant) -> None:
    client = client_of(assistant, Settings(hosts=("*",)))
    assert client.get("/api/health", headers={"host": "evil.example"}).status_code == 200


def test_every_reply_carries_the_security_headers(client) -> None:
    replies = [
        client.get("/"),
        client.get("/api/health"),
        client.get("/api/nothing"),
        client.get("/static/chat.js"),
        client.get("/articles"),
        client.get("/docs"),
        client.get("/openapi.json"),
        client.post("/api/answer", content=b"", headers={"content-type": "text/plain"}),
        client.get("/", headers={"host": "evil.example"}),
    ]
    for reply in replies:
        policy = reply.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "same-origin"
        assert reply.headers["cache-control"] in ("no-store", "private, no-cache")


def test_embedders_may_be_named(assistant) -> None:
    client = client_of(assistant, Settings(embedders=("https://school.example",)))
    policy = client.get("/").headers["content-security-policy"]
    assert "frame-ancestors https://school.example;" in policy


def test_a_stream_that_nobody_reads_on_is_closed() -> None:
    """The generator's own clean-up runs as soon as the reader leaves, not at some later time."""
    import anyio

    from web.sse import write_frames

    assistant = make_assistant()

    async def leave() -> None:
        frames = write_frames(assistant.stream(LICENCE))
        await anext(frames)
        assert assistant.closed == 0
        await frames.aclose()

    anyio.run(leave)
    assert assistant.closed == 1


def test_two_apps_do_not_share_anything() -> None:
    bees, bread = make_corpus()
    one, other = client_of(make_assistant([bees])), client_of(make_assistant([bread]))
    assert "licence" in one.get("/").text
    assert "licence" not in other.get("/").text
