"""The writer behind an OpenAI-compatible server: what it sends, and every way a server fails."""

import pytest

from assistant.models import ModelError
from assistant.models.bounded import Bounded
from assistant.models.openai import OpenAI
from assistant.models.options import Limits, ModelOptions
from tests.scripted_server import Reply, chat, event, free_port, refuse, serving
from tests.writers import FOLLOW_UP, QUICK, make_prompt, options

PROMPT = make_prompt("licence", "flat roof")


def write(url: str, limits: Limits = QUICK) -> list[str]:
    return list(Bounded(OpenAI("tiny", options(url, limits)), limits).stream(PROMPT))


def fail(url: str, limits: Limits = QUICK) -> ModelError:
    with pytest.raises(ModelError) as caught:
        write(url, limits)
    assert "sk-secret" not in caught.value.message
    return caught.value


def test_streams_what_the_server_says_and_sends_numbered_fenced_passages() -> None:
    with serving(chat("No licence", " is needed [1].")) as server:
        assert write(server.url) == ["No licence", " is needed [1]."]
    request = server.requests[0]
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == "Bearer sk-secret-1"
    assert request.body["model"] == "tiny"
    assert request.body["stream"] is True
    system, user = request.body["messages"]
    assert (system["role"], user["role"]) == ("system", "user")
    assert "[1]\n<passage-0f0f>\n" in user["content"]


def test_a_follow_up_is_sent_with_its_conversation() -> None:
    with serving(chat("Can I keep bees without a garden?")) as server:
        model = OpenAI("tiny", options(server.url))
        assert "".join(model.stream(FOLLOW_UP)) == "Can I keep bees without a garden?"
    assert "No licence is needed." in server.requests[0].body["messages"][1]["content"]


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (refuse(401, "Incorrect API key provided: sk-secret-1"), "refused the key (401); check OPENAI_API_KEY"),
        (refuse(403), "refused the key (403)"),
        (refuse(404), "knows no such model"),
        (refuse(400, "maximum context length is 10", "context_length_exceeded"), "longer than the model can read"),
        (refuse(413), "longer than the model can read"),
        (refuse(422, "odd sk-secret-1 field"), "refused the request (422)"),
        (refuse(500), "failed (500)"),
        (refuse(503), "failed (503)"),
        (refuse(429, retry_after="30"), "asks to wait 30 s"),
        (refuse(429), "asks to wait a while"),
        (chat("Half", finish=None), "broke off"),
        (chat("Half", finish=None, cut=True), "broke off"),
        (chat("Half", finish="length"), "stopped before the end (length)"),
        (chat(finish="content_filter"), "stopped before the end (content_filter)"),
        (chat("Half", finish=None, hang=True), "no word from the model in time"),
        (Reply(hang=True), "no word from the model in time"),
        (Reply(pieces=[event("{not json")]), "broke off"),
        (Reply(pieces=[event({"error": {"message": "overloaded"}})]), "broke off"),
        (Reply(pieces=[b"<html>wrong door</html>"], headers={"content-type": "text/html"}), "broke off"),
    ],
)  # fmt: skip
def test_every_failure_is_one_clear_line(reply: Reply, told: str) -> None:
    with serving(reply) as server:
        error = fail(server.url)
    assert told in error.message
    assert error.message.startswith("openai:tiny: ")
    assert "\n" not in error.message


def test_a_server_that_is_not_there() -> None:
    assert "can’t be reached" in fail(f"http://127.0.0.1:{free_port()}").message


@pytest.mark.parametrize("first", [refuse(503), refuse(429, retry_after="0.02")])
def test_a_busy_server_is_asked_once_more(first: Reply) -> None:
    with serving(first, chat("Yes [1].")) as server:
        assert write(server.url, Limits(first=1, total=3, patience=1)) == ["Yes [1]."]
    assert len(server.requests) == 2


def test_a_server_that_stays_busy_is_asked_no_third_time() -> None:
    with serving(refuse(429, retry_after="0.01")) as server:
        fail(server.url)
    assert len(server.requests) == 2


def test_a_longer_wait_than_a_reader_has_patience_for_is_not_waited_for() -> None:
    with serving(refuse(429, retry_after="30")) as server:
        fail(server.url)
    assert len(server.requests) == 1


def test_what_was_said_before_a_break_is_kept_and_not_asked_for_again() -> None:
    with serving(chat("One [1]. ", finish=None, cut=True)) as server:
        stream = Bounded(OpenAI("tiny", options(server.url)), QUICK).stream(PROMPT)
        assert next(stream) == "One [1]. "
        with pytest.raises(ModelError, match="broke off"):
            next(stream)
    assert len(server.requests) == 1


def test_a_trickle_ends_at_the_limit_of_the_whole() -> None:
    silent = [event(": still here")] * 3
    with serving(Reply(pieces=silent, hang=True)) as server:
        fail(server.url, Limits(connect=0.5, first=0.2, total=0.4))


def test_an_answer_that_runs_on_is_cut_off() -> None:
    with serving(chat(*["word "] * 50)) as server:
        assert "cut off" in fail(server.url, Limits(first=2, total=5, characters=100)).message


def test_leaving_off_closes_the_request() -> None:
    with serving(chat("One [1]. ", finish=None, hang=True)) as server:
        stream = OpenAI("tiny", options(server.url)).stream(PROMPT)
        assert next(stream) == "One [1]. "
        stream.close()
        assert server.left.wait(5)


def test_leaving_off_a_bounded_writer_closes_the_request() -> None:
    with serving(chat("One [1]. ", finish=None, hang=True)) as server:
        stream = Bounded(OpenAI("tiny", options(server.url)), QUICK).stream(PROMPT)
        assert next(stream) == "One [1]. "
        stream.close()
        assert server.left.wait(5)


def test_without_a_key_or_an_address_it_says_what_to_set() -> None:
    with pytest.raises(ModelError, match="set OPENAI_API_KEY"):
        OpenAI("tiny", ModelOptions())
    with pytest.raises(ModelError, match="openai:NAME"):
        OpenAI("", ModelOptions(openai_key="k"))


def test_keys_are_in_no_repr() -> None:
    assert "sk-secret" not in repr(options("http://x"))
    assert "sk-secret" not in repr(vars(OpenAI("tiny", options("http://127.0.0.1:1")))["_client"])


@pytest.mark.parametrize("said", ["", "One."])
def test_a_server_that_says_nothing_more_is_hung_up_on(said: str) -> None:
    """Leaving ends the call at once, from another thread, and not when the server's time is up."""
    patient = Limits(first=60, pause=60, total=90)
    reply = chat(said, finish=None, hang=True) if said else Reply(hang=True)
    with serving(reply) as server:
        stream = Bounded(OpenAI("tiny", options(server.url, patient)), patient).stream(PROMPT)
        heard = next(stream)
        while not said.startswith(heard) or not server.asked.is_set():
            heard = next(stream)
        stream.close()
        assert server.left.wait(5)
