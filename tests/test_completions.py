"""Chat completions: OpenAI's own client, against the site served for real."""

import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from typing import Any

import openai
import pytest
from fakes import FakeAssistant, FakeIndex, make_assistant, make_corpus, make_document
from hypothesis import given
from hypothesis import strategies as st
from live_site import serve_site
from scripted_server import Reply, serving
from starlette.testclient import TestClient

from assistant.answer import (
    NOT_IN_ARTICLES,
    Answer,
    Citation,
    CitationReady,
    Done,
    Form,
    Outcome,
    Sentence,
    SentenceReady,
    Status,
    Verdict,
)
from assistant.assistant import Assistant
from assistant.models import ModelError
from assistant.models.loading import load_model
from assistant.models.options import ModelOptions
from index.errors import IndexMissing
from index.store import Library
from ingest.document import Kind
from web.app import create_app
from web.completions import Envelope, Writing, complete, write_chunks
from web.schemas import MAX_QUESTION, MAX_TURN, MAX_TURNS
from web.settings import Settings

ROOT = Path(__file__).parent.parent
LICENCE = "Must the keeping of bees be reported to the veterinary office?"
UNRELATED = "What does the moon weigh?"


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return make_assistant()


@pytest.fixture(scope="module")
def address(assistant) -> Iterator[str]:
    with serve_site(assistant) as address:
        yield address


@pytest.fixture(scope="module")
def client(address) -> Iterator[openai.OpenAI]:
    with client_of(address) as client:
        yield client


def client_of(address: str) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{address}/v1", api_key="any", max_retries=0, timeout=20)


def user(content: object) -> list[dict]:
    return [{"role": "user", "content": content}]


def ask(client: openai.OpenAI, content: object = LICENCE, **more):
    return client.chat.completions.create(model="footnote", messages=user(content), **more)


def test_an_answer_is_a_chat_completion_with_its_footnotes_as_annotations(
    client, address, assistant
) -> None:
    reply = ask(client)
    answer = assistant.answer(LICENCE)
    choice = reply.choices[0]
    assert choice.finish_reason == "stop"
    assert choice.message.role == "assistant"
    assert choice.message.content.startswith(answer.text)
    markers = [number for sentence in answer.sentences for number in sentence.citations]
    assert len(choice.message.annotations) == len(markers) > 0
    cited = {citation.number: citation for citation in answer.citations}
    for number, annotation in zip(markers, choice.message.annotations, strict=True):
        found = annotation.url_citation
        assert annotation.type == "url_citation"
        assert choice.message.content[found.start_index : found.end_index] == f"[{number}]"
        assert found.title == cited[number].title
        assert found.url == address + cited[number].url
    assert reply.usage is None
    assert reply.model == "footnote"


def test_an_annotation_leads_to_the_article_opened_at_the_passage(client) -> None:
    url = ask(client).choices[0].message.annotations[0].url_citation.url
    page = client.get(url, cast_to=str, options={"headers": {"accept": "text/html"}})
    assert "<mark" in page
    assert "veterinary office" in page


def test_streamed_it_is_the_same(client) -> None:
    whole = ask(client).choices[0].message
    chunks = list(ask(client, stream=True))
    assert chunks[0].choices[0].delta.role == "assistant"
    assert len({(chunk.id, chunk.created, chunk.model) for chunk in chunks}) == 1
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert text == whole.content
    annotated = [c for c in chunks if hasattr(c.choices[0].delta, "annotations")]
    assert len(annotated) == 1
    expected = [annotation.model_dump() for annotation in whole.annotations]
    assert annotated[0].choices[0].delta.annotations == expected
    reasons = [chunk.choices[0].finish_reason for chunk in chunks]
    assert reasons == [None] * (len(chunks) - 1) + ["stop"]


def test_a_sentence_is_sent_as_soon_as_it_is_written(client) -> None:
    question = "Must the keeping of bees be reported, and what roof carries bees?"
    chunks = list(ask(client, question, stream=True))
    assert sum(1 for chunk in chunks if chunk.choices[0].delta.content) > 1


def test_the_clients_own_gathering_of_a_stream_gives_the_whole(client) -> None:
    with client.chat.completions.stream(model="footnote", messages=user(LICENCE)) as stream:
        gathered = stream.get_final_completion().choices[0].message
    whole = ask(client).choices[0].message
    assert gathered.content == whole.content
    assert len(gathered.annotations) == len(whole.annotations)


def test_a_stream_ends_with_the_word_that_clients_wait_for(assistant) -> None:
    body = {"messages": user(LICENCE), "stream": True}
    reply = bare_client(assistant).post("/v1/chat/completions", json=body)
    assert reply.headers["content-type"].startswith("text/event-stream")
    frames = reply.text.split("\n\n")
    assert frames[-2:] == ["data: [DONE]", ""]
    for frame in frames[:-2]:
        assert json.loads(frame.removeprefix("data: "))["object"] == "chat.completion.chunk"


@pytest.mark.parametrize("stream", [False, True])
def test_what_the_articles_do_not_answer_is_one_plain_sentence(client, stream) -> None:
    if stream:
        chunks = list(ask(client, UNRELATED, stream=True))
        text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
        assert not any(hasattr(chunk.choices[0].delta, "annotations") for chunk in chunks)
        assert chunks[-1].choices[0].finish_reason == "stop"
    else:
        message = ask(client, UNRELATED).choices[0].message
        text = message.content
        assert message.annotations == []
    assert text == NOT_IN_ARTICLES


def test_what_is_missing_is_said(client) -> None:
    text = ask(client, f"{LICENCE} partly").choices[0].message.content
    assert text.endswith("\n\nThe articles don’t say: how long it takes")


def test_the_documented_five_lines_work(address, capsys) -> None:
    text = (ROOT / "docs" / "clients.md").read_text(encoding="utf-8")
    lines = text.partition("```python\n")[2].partition("```")[0]
    asked = "Can I do this without a degree?"
    assert len(lines.splitlines()) <= 5
    assert asked in lines
    exec(lines.replace("http://127.0.0.1:8000", address).replace(asked, LICENCE), {})
    answer, *urls = capsys.readouterr().out.splitlines()
    assert "veterinary office" in answer
    assert urls
    assert all(url.startswith(f"{address}/articles/") for url in urls)


# ---- conversations


def test_the_last_user_message_is_the_question_and_those_before_it_the_history(
    client, assistant
) -> None:
    messages = [
        {"role": "system", "content": "You are a pirate."},
        {"role": "developer", "content": "Answer in rhymes."},
        {"role": "user", "content": "Do bees sting?"},
        {"role": "assistant", "content": "They do. [1]"},
        {"role": "tool", "content": "42", "tool_call_id": "x"},
        {"role": "user", "content": [{"type": "text", "text": LICENCE}]},
        {"role": "assistant", "content": "Well,"},
    ]
    client.chat.completions.create(model="footnote", messages=messages)
    question, turns = assistant.asked[-1]
    assert question == LICENCE
    assert [(turn.role, turn.content) for turn in turns] == [
        ("user", "Do bees sting?"),
        ("assistant", "They do. [1]"),
    ]


def test_parts_of_text_are_lines_of_one_question(client, assistant) -> None:
    ask(client, [{"type": "text", "text": "Must bees"}, {"type": "text", "text": "be reported?"}])
    assert assistant.asked[-1][0] == "Must bees\nbe reported?"


def test_a_long_conversation_is_cut_to_its_end(client, assistant) -> None:
    """Clients send all of it each time: refusing would end every long conversation."""
    talk = [
        {"role": role, "content": f"{number} " + "x" * MAX_TURN}
        for number in range(30)
        for role in ("user", "assistant")
    ]
    client.chat.completions.create(model="footnote", messages=[*talk, *user(LICENCE)])
    turns = assistant.asked[-1][1]
    assert len(turns) == MAX_TURNS
    assert all(len(turn.content) == MAX_TURN for turn in turns)
    assert turns[-1].content.startswith("29 ")


def test_an_earlier_message_that_says_nothing_or_shows_a_picture_is_left_out(
    client, assistant
) -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}
    messages = [
        {"role": "user", "content": [picture]},
        {"role": "assistant", "content": None},
        *user(LICENCE),
    ]
    client.chat.completions.create(model="footnote", messages=messages)
    assert assistant.asked[-1] == (LICENCE, ())


# ---- what is refused


def bare_client(assistant: FakeAssistant, settings: Settings | None = None) -> TestClient:
    return TestClient(
        create_app(assistant, settings), base_url="http://localhost", raise_server_exceptions=False
    )


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"n": 2}, "n"),
        ({"tools": [{"type": "function", "function": {"name": "x"}}]}, "tools"),
        ({"functions": [{"name": "x"}]}, "tools"),
        ({"logprobs": True}, "logprobs"),
        ({"modalities": ["text", "audio"]}, "modalities"),
        ({"response_format": {"type": "json_object"}}, "response_format"),
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "system", "content": "x"}]}, "no user message"),
        ({"messages": user(" \n")}, "blank"),
        ({"messages": user([])}, "blank"),
        ({"messages": user("x" * (MAX_QUESTION + 1))}, str(MAX_QUESTION)),
        ({"messages": user([{"type": "image_url", "image_url": {"url": "x"}}])}, "text only"),
        ({"messages": [{"role": "wizard", "content": "x"}]}, "messages[0].role"),
        ({"messages": [{"role": "user", "content": [{"type": 7}]}]}, "messages[0].content[0].type"),
        ({"messages": [{"role": "user", "content": 7}]}, "messages[0].content"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(client, assistant, stream, more, says) -> None:
    before = len(assistant.asked)
    with pytest.raises(openai.BadRequestError) as caught:
        client.chat.completions.create(
            **{"model": "footnote", "messages": user(LICENCE), "stream": stream, **more}
        )
    assert caught.value.type == "invalid_request_error"
    assert says in f"{caught.value.param} {caught.value.body['message']}"
    assert len(assistant.asked) == before


def test_what_only_tunes_a_model_is_ignored(client) -> None:
    reply = ask(
        client,
        temperature=0.7,
        top_p=0.5,
        max_tokens=1,
        seed=3,
        stop=["bees"],
        user="someone",
        tools=[],
        n=1,
        response_format={"type": "text"},
        extra_body={"chat_id": "x", "options": {"num_ctx": 4096}},
    )
    assert reply.choices[0].message.content == ask(client).choices[0].message.content


def test_the_models_that_a_request_may_name_are_listed_and_no_other_is_taken(assistant) -> None:
    with serve_site(assistant) as address, client_of(address) as client:
        assert [model.id for model in client.models.list()] == ["footnote", "extractive"]
        assert client.models.retrieve("extractive").id == "extractive"
        for call in (
            lambda: client.models.retrieve("openai:someone/elses"),
            lambda: client.chat.completions.create(model="gpt-5", messages=user(LICENCE)),
            lambda: client.chat.completions.create(
                model="gpt-5", messages=user(LICENCE), stream=True
            ),
        ):
            with pytest.raises(openai.NotFoundError) as caught:
                call()
            assert caught.value.code == "model_not_found"
            assert caught.value.param == "model"
            assert "known: footnote, extractive" in str(caught.value)
        reply = client.chat.completions.create(model="extractive", messages=user(LICENCE))
        assert reply.model == "extractive"


def test_a_model_named_like_a_path_is_found(assistant) -> None:
    name = "openai:org/name"
    client = bare_client(assistant, Settings(models=("extractive", name)))
    assert client.get(f"/v1/models/{name}").json()["id"] == name


def test_every_error_has_the_shape_that_clients_read(assistant) -> None:
    client = bare_client(assistant)
    address = "/v1/chat/completions"
    json_type = {"content-type": "application/json"}
    replies = {
        400: client.post(address, content=b"{", headers=json_type),
        404: client.get("/v1/nothing", headers={"accept": "text/html"}),
        405: client.get(address),
        413: client.post(address, content=b" " * 600_000, headers=json_type),
        415: client.post(address, content=b"{}", headers={"content-type": "text/plain"}),
        421: client.get("/v1/models", headers={"host": "evil.example"}),
    }
    for status, reply in replies.items():
        assert reply.status_code == status
        assert reply.headers["content-type"] == "application/json"
        error = reply.json()["error"]
        assert set(error) == {"message", "type", "param", "code"}
        assert error["message"]


def test_a_reply_is_nobodys_to_keep(assistant) -> None:
    reply = bare_client(assistant).post("/v1/chat/completions", json={"messages": user(LICENCE)})
    assert reply.headers["cache-control"] == "no-store"


# ---- failures


def test_a_writer_that_fails_is_an_error_of_the_clients_kind() -> None:
    broken = make_assistant(fault=ModelError("The model is busy.", retryable=False))
    with serve_site(broken) as address, client_of(address) as client:
        with pytest.raises(openai.InternalServerError, match="The model is busy") as caught:
            ask(client)
        assert caught.value.status_code == 502
        assert caught.value.response.headers["x-should-retry"] == "false"
        with pytest.raises(openai.APIError, match="The model is busy"):
            list(ask(client, stream=True))
    assert broken.closed == 2


def test_an_unforeseen_error_tells_nothing(caplog) -> None:
    client = bare_client(make_assistant(fault=ValueError("secret path /etc")))
    for stream in (False, True):
        body = {"messages": user(LICENCE), "stream": stream}
        reply = client.post("/v1/chat/completions", json=body)
        assert "secret" not in reply.text
        assert "server_error" in reply.text
        assert "[DONE]" not in reply.text
    assert "secret path" in caplog.text


class Unindexed(FakeAssistant):
    """Finds out that there is no index when asked, as the real one does."""

    def stream(self, question, history=(), model=None):
        raise IndexMissing("/srv/x")
        yield


@pytest.mark.parametrize("stream", [False, True])
def test_without_an_index_the_status_says_so(stream) -> None:
    client = bare_client(Unindexed(FakeIndex([])))
    body = {"messages": user(LICENCE), "stream": stream}
    reply = client.post("/v1/chat/completions", json=body)
    assert reply.status_code == 503
    assert reply.json()["error"]["type"] == "server_error"


class Endless(FakeAssistant):
    """Writes until it is stopped, and says when it was."""

    def __init__(self) -> None:
        super().__init__(FakeIndex(make_corpus()))
        self.stopped = threading.Event()

    def stream(self, question, history=(), model=None):
        try:
            yield Status("retrieving")
            while True:
                yield SentenceReady(Sentence("On and on.", (), supported=True))
        finally:
            self.stopped.set()


def test_a_client_that_goes_away_stops_the_writer() -> None:
    endless = Endless()
    with serve_site(endless) as address, client_of(address) as client:
        stream = ask(client, stream=True)
        next(iter(stream))
        stream.close()
        assert endless.stopped.wait(10)


# ---- the text and its annotations


def test_words_like_a_marker_are_not_taken_for_one() -> None:
    odd = make_document("Odd", [(Kind.PARAGRAPH, "The sources [1] and [2] disagree [1]", 0)])
    reply = bare_client(make_assistant([odd])).post(
        "/v1/chat/completions", json={"messages": user("Which sources disagree?")}
    )
    message = reply.json()["choices"][0]["message"]
    (annotation,) = message["annotations"]
    cited = annotation["url_citation"]
    assert message["content"] == "The sources [1] and [2] disagree [1] [1]"
    assert (cited["start_index"], cited["end_index"]) == (37, 40)


def test_the_address_of_the_site_is_the_one_it_was_reached_at() -> None:
    client = bare_client(make_assistant(), Settings(hosts=("articles.example",)))
    reply = client.post(
        "/v1/chat/completions",
        json={"messages": user(LICENCE)},
        headers={"host": "articles.example:8443"},
    )
    url = reply.json()["choices"][0]["message"]["annotations"][0]["url_citation"]["url"]
    assert url.startswith("http://articles.example:8443/articles/")


def cite(number: int) -> Citation:
    return Citation(
        number, f"d{number}", f"Title {number}", "d.md", (), "quote", number, number + 5
    )


sentences = st.lists(
    st.builds(
        Sentence,
        text=st.text(min_size=1, max_size=20) | st.just("See [1][2]"),
        citations=st.lists(st.integers(1, 12), max_size=3, unique=True).map(tuple),
        supported=st.booleans(),
        form=st.sampled_from(Form),
    ),
    min_size=1,
    max_size=6,
)


@given(sentences, st.lists(st.text(max_size=9), max_size=2))
def test_every_marker_has_an_annotation_and_chunks_make_up_the_text(said, notes) -> None:
    numbers = {number for sentence in said for number in sentence.citations}
    citations = tuple(cite(number) for number in sorted(numbers))
    answer = Answer(
        Verdict(Outcome.ANSWERED, 0.9),
        "q",
        tuple(said),
        citations,
        (),
        "m",
        "v",
        notes=tuple(notes),
    )
    events = [
        Status("writing"),
        *(CitationReady(citation) for citation in citations),
        *(SentenceReady(sentence) for sentence in said),
        Done(answer),
    ]
    envelope = Envelope.address("m")
    message = complete(iter(events), envelope, "http://x/").choices[0].message
    assert message.content.startswith(answer.text)
    expected = [number for sentence in said for number in sentence.citations]
    spans = [annotation.url_citation for annotation in message.annotations]
    shown = [message.content[span.start_index : span.end_index] for span in spans]
    assert shown == [f"[{number}]" for number in expected]
    assert all(one.end_index <= other.start_index for one, other in pairwise(spans))
    assert all(span.end_index <= len(answer.text) for span in spans)
    frames = [frame.decode() for frame in write_chunks(iter(events), envelope, "http://x/")]
    assert frames[-1] == "data: [DONE]\n\n"
    assert all(frame.count("\n") == 2 for frame in frames)
    deltas = [json.loads(frame[6:])["choices"][0]["delta"] for frame in frames[:-1]]
    assert "".join(delta.get("content", "") for delta in deltas) == message.content


def test_a_reader_sees_what_is_not_supported_and_what_stood_in() -> None:
    writing = Writing("http://x")
    sentence = Sentence("The moon is a cheese.", (), supported=False)
    writing.add(SentenceReady(sentence))
    verdict = Verdict(Outcome.ANSWERED, 0.9)
    answer = Answer(verdict, "q", (sentence,), (), (), "m", "v", notes=("The model was busy.",))
    writing.add(Done(answer))
    assert writing.text == (
        "The moon is a cheese.\n\nThe model was busy.\n\n"
        "No footnote supports this: “The moon is a cheese.”"
    )


# ---- a client that goes away


WITHOUT_DEGREE = "Can I become a machine learning engineer without a degree?"
CHAT = {"model": "footnote", "messages": [{"role": "user", "content": WITHOUT_DEGREE}]}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/chat/completions", {**CHAT, "stream": True}),
        ("/v1/chat/completions", {**CHAT, "stream": False}),
        ("/api/answer", {"question": WITHOUT_DEGREE}),
        ("/api/answer/stream", {"question": WITHOUT_DEGREE}),
    ],
)
def test_a_client_that_goes_away_stops_the_model(
    library: Library, path: str, body: dict[str, Any]
) -> None:
    """The whole way: a client, the site, and a model's server that would go on for a minute."""
    with serving(Reply(hang=True)) as server:
        model = load_model("openai:m", ModelOptions(openai_url=f"{server.url}/v1"))
        assistant = Assistant(library, {"openai:m": model}, "openai:m")
        with serve_site(assistant) as address:
            host, port = address.removeprefix("http://").split(":")
            client = HTTPConnection(host, int(port), timeout=20)
            headers = {"content-type": "application/json"}
            client.request("POST", path, json.dumps(body), headers)
            assert server.asked.wait(20)
            client.close()
            assert server.left.wait(10)


def test_a_reader_who_waits_is_sent_comments() -> None:
    answer = Answer(Verdict(Outcome.NOT_IN_ARTICLES, 0.1), "q", (), (), (), "m", "v")
    events = iter([Status("writing"), Status("writing"), Done(answer)])
    chunks = list(write_chunks(events, Envelope.address("footnote"), "http://here"))
    assert sum(chunk.startswith(b":") for chunk in chunks) == 1
