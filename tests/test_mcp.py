"""The tools over the Model Context Protocol: the SDK's own client, over HTTP and over a program."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import anyio
import httpx
import pytest
from fakes import FakeAssistant, FakeIndex, make_assistant, make_corpus, make_document
from live_site import serve_site
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.stdio import stdio_client
from starlette.testclient import TestClient

import footnote
import web.mcp
from assistant.answer import NOT_IN_ARTICLES, Sentence, SentenceReady, Status
from assistant.models import ModelError
from index.errors import IndexMissing
from ingest.document import Kind
from web.app import create_app
from web.mcp import make_server
from web.mcp_tools import MAX_READ
from web.schemas import MAX_QUESTION
from web.settings import Settings

T = TypeVar("T")
ROOT = Path(__file__).parent.parent
LICENCE = "Must the keeping of bees be reported to the veterinary office?"
MODES = pytest.mark.parametrize("mode", ["auto", "legacy"])
"""The protocol as it is now, and as clients of before mid-2026 speak it."""


def talk(server: object, say: Callable[[Client], Awaitable[T]], mode: str = "auto") -> T:
    """Connect the SDK's client, let it say something, and return what it makes of it."""

    async def connect() -> T:
        with anyio.fail_after(60):
            async with Client(server, mode=mode) as client:
                return await say(client)

    return anyio.run(connect)


def call(server: object, tool: str, arguments: dict, mode: str = "auto"):
    return talk(server, lambda client: client.call_tool(tool, arguments), mode)


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return make_assistant()


@pytest.fixture(scope="module")
def address(assistant) -> Iterator[str]:
    with serve_site(assistant) as address:
        yield address


@pytest.fixture
def server(assistant):
    return make_server(assistant)


# ---- the tools


def test_the_tools_say_what_they_take_and_give_and_that_they_change_nothing(server) -> None:
    listed = talk(server, lambda client: client.list_tools())
    tools = {tool.name: tool for tool in listed.tools}
    assert list(tools) == ["ask", "search", "read_article"]
    assert tools["ask"].input_schema["required"] == ["question"]
    assert set(tools["read_article"].input_schema["properties"]) == {"document_id", "start", "end"}
    for tool in tools.values():
        assert tool.output_schema["type"] == "object"
        assert tool.annotations.read_only_hint


def test_an_answer_cites_what_an_article_says_and_the_article_can_be_read_there(
    server, assistant
) -> None:
    answer = call(server, "ask", {"question": LICENCE}).structured_content
    assert answer["verdict"] == "answered"
    assert "[1]" in answer["answer"]
    citation = answer["citations"][0]
    place = {name: citation[name] for name in ("document_id", "start", "end")}
    passage = call(server, "read_article", place).structured_content
    assert passage["text"] == citation["quote"]
    assert passage["title"] == citation["title"]


def test_history_reaches_the_assistant(server, assistant) -> None:
    history = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yes [1]"}]
    call(server, "ask", {"question": "And then?", "history": history})
    question, turns = assistant.asked[-1]
    assert question == "And then?"
    assert [turn.content for turn in turns] == ["Hi", "Yes [1]"]


def test_what_the_articles_do_not_answer_is_no_error(server) -> None:
    result = call(server, "ask", {"question": "What does the moon weigh?"})
    assert not result.is_error
    assert result.structured_content["verdict"] == "not_in_articles"
    assert result.structured_content["answer"] == NOT_IN_ARTICLES


def test_search_gives_the_best_first_and_no_more_than_k(server) -> None:
    hits = call(server, "search", {"query": "bees flat roof wind", "k": 2}).structured_content[
        "hits"
    ]
    assert len(hits) == 2
    assert hits[0]["score"] >= hits[1]["score"]
    assert "roof" in hits[0]["text"]
    place = {name: hits[0][name] for name in ("document_id", "start", "end")}
    passage = call(server, "read_article", place).structured_content
    assert passage["text"] == hits[0]["text"]


def test_a_long_article_is_read_part_by_part() -> None:
    lines = [(Kind.PARAGRAPH, f"Line {number} of many.", 0) for number in range(3000)]
    long = make_document("Long", lines)
    server = make_server(make_assistant([long]))
    text, length = "", len(long.text)
    while len(text) < length:
        arguments = {"document_id": long.id, "start": len(text)}
        part = call(server, "read_article", arguments).structured_content
        assert part["length"] == length
        assert part["end"] - part["start"] == len(part["text"]) <= MAX_READ
        text += part["text"]
    assert text == long.text


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("ask", {}, "/question"),
        ("ask", {"question": " "}, "blank"),
        ("ask", {"question": "x" * (MAX_QUESTION + 1)}, str(MAX_QUESTION)),
        ("ask", {"question": LICENCE, "history": [{"role": "system", "content": "x"}]}, "/history"),
        ("ask", {"question": LICENCE, "model": "openai:someone-elses"}, "not known"),
        ("search", {"query": "bees", "k": 0}, "/k"),
        ("search", {"query": "bees", "k": 1000}, "/k"),
        ("read_article", {"document_id": "nothing"}, "No article"),
        ("read_article", {"document_id": "../../etc/passwd"}, "No article"),
        ("read_article", {"document_id": "BEES", "start": -1}, "/start"),
        ("read_article", {"document_id": "BEES", "start": 10**9}, "no part"),
        ("read_article", {"document_id": "BEES", "start": 5, "end": 5}, "no part"),
    ],
)
def test_a_wrong_argument_is_named(server, assistant, tool, arguments, says) -> None:
    if arguments.get("document_id") == "BEES":
        arguments = {**arguments, "document_id": make_corpus()[0].id}
    before = len(assistant.asked)
    result = call(server, tool, arguments)
    assert result.is_error
    assert says in result.content[0].text
    assert len(assistant.asked) == before


def test_an_unknown_tool_is_refused(server) -> None:
    async def say(client: Client) -> str:
        with pytest.raises(MCPError) as caught:
            await client.call_tool("nothing", {})
        return str(caught.value)

    assert "read_article" in talk(server, say)


class Failing(FakeAssistant):
    """Has no index."""

    def stream(self, question, history=(), model=None):
        raise IndexMissing("/srv/secret")


@pytest.mark.parametrize(
    ("assistant", "says"),
    [
        (make_assistant(fault=ModelError("The model is busy.")), "The model is busy."),
        (make_assistant(fault=ValueError("secret path")), "Something went wrong"),
        (Failing(FakeIndex([])), "no index yet"),
    ],
    ids=["model", "bug", "index"],
)
def test_a_failure_is_told_in_one_line_without_secrets(assistant, says) -> None:
    result = call(make_server(assistant), "ask", {"question": LICENCE})
    assert result.is_error
    assert says in result.content[0].text
    assert "secret" not in result.content[0].text


class Endless(FakeAssistant):
    """Writes until it is stopped, and says when it was."""

    def __init__(self) -> None:
        super().__init__(FakeIndex(make_corpus()))
        self.begun = threading.Event()
        self.stopped = threading.Event()

    def stream(self, question, history=(), model=None):
        try:
            yield Status("writing")
            self.begun.set()
            while True:
                yield SentenceReady(Sentence("On and on.", (), supported=True))
        finally:
            self.stopped.set()


def test_a_caller_that_gives_up_stops_the_writer() -> None:
    endless = Endless()

    async def give_up(address: str) -> None:
        async with Client(f"{address}/mcp") as client, anyio.create_task_group() as group:
            group.start_soon(client.call_tool, "ask", {"question": LICENCE})
            await anyio.to_thread.run_sync(endless.begun.wait, 20)
            group.cancel_scope.cancel()

    with serve_site(endless) as address:
        anyio.run(give_up, address)
        assert endless.stopped.wait(20)


# ---- over HTTP


@MODES
def test_over_http_the_tools_answer_with_addresses_that_open(address, mode) -> None:
    result = call(f"{address}/mcp", "ask", {"question": LICENCE}, mode)
    url = result.structured_content["citations"][0]["url"]
    assert url.startswith(f"{address}/articles/")
    assert "<mark" in httpx.get(url, headers={"accept": "text/html"}).text


def test_several_calls_in_one_session_over_http(address) -> None:
    async def say(client: Client) -> list[int]:
        results = [await client.call_tool("search", {"query": "bees", "k": k}) for k in (1, 2, 3)]
        return [len(result.structured_content["hits"]) for result in results]

    assert talk(f"{address}/mcp", say) == [1, 2, 3]


def client_of(assistant: FakeAssistant, settings: Settings | None = None) -> TestClient:
    return TestClient(
        create_app(assistant, settings), base_url="http://localhost", raise_server_exceptions=False
    )


PING = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
ACCEPT = {"accept": "application/json, text/event-stream"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "localhost:8000"}, 200),
        ({"origin": "http://localhost:8000"}, 200),
        ({"host": "articles.example", "origin": "https://articles.example"}, 200),
        ({"host": "evil.example"}, 421),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "http://localhost.evil.example"}, 403),
    ],
)
def test_only_the_sites_own_names_and_pages_are_answered(assistant, headers, status) -> None:
    settings = Settings(hosts=("localhost", "Articles.example"))
    client = client_of(assistant, settings)
    assert client.post("/mcp", json=PING, headers={**ACCEPT, **headers}).status_code == status


def test_any_host_may_be_allowed(assistant) -> None:
    client = client_of(assistant, Settings(hosts=("*",)))
    headers = {**ACCEPT, "host": "any.example", "origin": "https://other.example"}
    assert client.post("/mcp", json=PING, headers=headers).status_code == 200


def test_what_is_no_call_is_refused(assistant) -> None:
    client = client_of(assistant)
    json_type = {**ACCEPT, "content-type": "application/json"}
    assert client.get("/mcp", headers=ACCEPT).status_code == 405
    assert client.delete("/mcp").status_code == 405
    for body in (b"{", b"[]", b'"x"', b'{"jsonrpc": "2.0"}', b"[" * 100_000, b"\xff"):
        assert client.post("/mcp", content=body, headers=json_type).status_code == 400
    assert client.post("/mcp", content=b" " * 600_000, headers=json_type).status_code == 413

    def parts() -> Iterator[bytes]:
        for _ in range(700):
            yield b" " * 1000

    assert client.post("/mcp", content=parts(), headers=json_type).status_code == 413


# ---- over standard input and output


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory, built_index: Path) -> StdioServerParameters:
    folder = tmp_path_factory.mktemp("elsewhere")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")
    }
    return StdioServerParameters(
        command=sys.executable,
        args=[str(ROOT / "footnote.py"), "mcp", "--index", str(built_index)],
        env=environment,
        cwd=folder,
    )


def test_the_program_answers_on_its_standard_streams(program, index) -> None:
    title = index.documents()[0].title

    async def say(client: Client) -> tuple:
        answer = await client.call_tool("ask", {"question": f"What is {title} about?"})
        found = await client.call_tool("search", {"query": title, "k": 3})
        hit = found.structured_content["hits"][0]
        place = {name: hit[name] for name in ("document_id", "start", "end")}
        passage = await client.call_tool("read_article", place)
        return answer.structured_content, hit, passage.structured_content

    answer, hit, passage = talk(stdio_client(program, errlog=sys.__stderr__), say)
    for citation in answer["citations"]:
        text = index.read(citation["document_id"]).text
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert passage["text"] == index.read(hit["document_id"]).text[hit["start"] : hit["end"]]


HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


def test_ctrl_c_ends_the_program_though_it_waits_for_input(program) -> None:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(
        [program.command, *program.args], text=True, env=program.env, cwd=program.cwd, **pipes
    ) as running:
        try:
            running.stdin.write(json.dumps(HELLO) + "\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["id"] == 1
            running.send_signal(signal.SIGINT)
            assert running.wait(20) == -signal.SIGINT
            assert running.stderr.read() == ""
        finally:
            running.kill()


def test_nothing_but_messages_is_written_to_standard_output(program) -> None:
    lines = [HELLO, {"jsonrpc": "2.0", "method": "notifications/initialized"}, {**PING, "id": 2}]
    with subprocess.Popen(
        [program.command, *program.args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=program.env,
        cwd=program.cwd,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.writelines(json.dumps(line) + "\n" for line in lines)
        running.stdin.flush()
        # Answers are read before the end is told: a server owes nothing to who has hung up.
        answers = [json.loads(running.stdout.readline()) for _ in range(2)]
        rest, errors = running.communicate(timeout=60)
    assert (running.returncode, rest, errors) == (0, "", "")
    assert [answer["id"] for answer in answers] == [1, 2]
    assert len(answers[1]["result"]["tools"]) == 3


# ---- without the SDK


def test_without_the_sdk_the_command_says_what_to_install(monkeypatch, capsys) -> None:
    monkeypatch.setattr(web.mcp, "find_spec", lambda name: None)
    assert footnote.run(["mcp"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "footnote[mcp]" in err


def test_without_the_sdk_the_site_says_what_to_install(monkeypatch, assistant) -> None:
    monkeypatch.setattr(web.mcp, "find_spec", lambda name: None)
    reply = client_of(assistant).post("/mcp", json=PING, headers=ACCEPT)
    assert reply.status_code == 501
    assert "footnote[mcp]" in reply.json()["detail"]


def test_the_site_does_not_load_the_sdk_before_it_is_called() -> None:
    code = "import sys, web.app; print('mcp' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
