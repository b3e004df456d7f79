"""The writer behind Anthropic's service: its own citations come back as ours."""

import pytest

from assistant.composing.prompts import Prompt
from assistant.models import ModelError
from assistant.models.anthropic import Anthropic, find_blocks, lay_out
from assistant.models.bounded import Bounded
from assistant.models.options import Limits, ModelOptions
from ingest.spans import split_spans
from tests.fakes import make_corpus
from tests.scripted_server import Reply, event, free_port, message, refuse, serving
from tests.writers import FOLLOW_UP, QUICK, make_prompt, options

PROMPT = make_prompt("licence", "flat roof", "Bake the bread")


def write(url: str, limits: Limits = QUICK) -> str:
    return "".join(Bounded(Anthropic("tiny", options(url, limits)), limits).stream(PROMPT))


def test_passages_go_as_documents_of_one_block_a_span() -> None:
    with serving(message(("No.", []))) as server:
        write(server.url)
    request = server.requests[0]
    assert request.path == "/v1/messages"
    assert any("sk-secret-2" in value for value in request.headers.values())
    *documents, task = request.body["messages"][0]["content"]
    assert [len(document["source"]["content"]) for document in documents] == [2, 1]
    assert all(document["citations"] == {"enabled": True} for document in documents)
    assert "No licence is needed" in documents[0]["source"]["content"][0]["text"]
    assert not any("cache_control" in document for document in documents)
    assert "licence" in task["text"]
    assert "square brackets" not in request.body["system"]


def test_native_citations_become_numbers() -> None:
    reply = message(
        ("No licence is needed", [(0, 0, 1)]),
        (", and a flat roof will do.\n", [(0, 1, 2), (0, 0, 1)]),
        ("- Bake it long.", [(1, 0, 1)]),
    )
    with serving(reply) as server:
        said = write(server.url)
    assert said == "No licence is needed[1], and a flat roof will do.[2][1]\n- Bake it long.[3]"


def test_a_citation_of_several_blocks_names_each() -> None:
    with serving(message(("Both.", [(0, 0, 2)]))) as server:
        assert write(server.url) == "Both.[1][2]"


def test_a_citation_of_a_block_that_was_not_sent_is_no_span() -> None:
    with serving(message(("So it is.", [(7, 0, 1)]))) as server:
        assert write(server.url) == "So it is.[0]"


BLOCKS = [(4, "Bees make honey."), (7, "Bread needs flour."), (9, "Bees make honey. Much.")]


@pytest.mark.parametrize("join", ["", " ", "\n", "\n\n"])
@pytest.mark.parametrize(
    ("first", "last", "numbers"), [(0, 0, [4]), (1, 1, [7]), (2, 2, [9]), (0, 1, [4, 7]), (0, 2, [4, 7, 9])]
)  # fmt: skip
def test_characters_are_led_back_to_the_blocks_they_lie_in(
    join: str, first: int, last: int, numbers: list[int]
) -> None:
    starts = [sum(len(text) + len(join) for _, text in BLOCKS[:at]) for at in range(len(BLOCKS))]
    text = join.join(text for _, text in BLOCKS)
    start, end = starts[first], starts[last] + len(BLOCKS[last][1])
    assert find_blocks(BLOCKS, start, end, text[start:end]) == numbers


def test_characters_that_fit_no_joining_are_found_by_their_text() -> None:
    assert find_blocks(BLOCKS, 900, 910, "needs  flour") == [7]
    assert find_blocks(BLOCKS, 900, 910, "make honey") == [4, 9]
    assert find_blocks(BLOCKS, 900, 910, "not sent") == []
    assert find_blocks(BLOCKS, 0, 0, "") == []


def test_native_citations_by_character_become_numbers() -> None:
    (_, first), (_, second) = lay_out(PROMPT)[2][0]
    at = len(first) + 1
    reply = message(
        ("No licence is needed.", [(0, 0, len(first), first)]),
        (" A flat roof will do.", [(0, at, at + len(second), second)]),
        (" So it is.", [(0, 3, 9, "nowhere"), (8, 0, 4, "none")]),
    )
    with serving(reply) as server:
        said = write(server.url)
    assert said == "No licence is needed.[1] A flat roof will do.[2] So it is.[0]"


def test_a_whole_corpus_is_sent_to_be_cached() -> None:
    library = tuple((d, span) for d in make_corpus() for span in split_spans(d))
    prompt = Prompt(PROMPT.parts, PROMPT.verdict, library, "0f0f")
    with serving(message(("Bees.", [(1, 0, 1)]))) as server:
        said = "".join(Anthropic("tiny", options(server.url)).stream(prompt))
    *documents, _ = server.requests[0].body["messages"][0]["content"]
    assert documents[-1]["cache_control"] == {"type": "ephemeral"}
    assert sum(len(d["source"]["content"]) for d in documents) == len(library)
    first_of_second = 1 + sum(document.id == library[0][0].id for document, _ in library)
    assert said == f"Bees.[{first_of_second}]"


def test_a_follow_up_is_sent_with_its_conversation() -> None:
    with serving(message(("Can I keep bees without a garden?", []))) as server:
        said = "".join(Anthropic("tiny", options(server.url)).stream(FOLLOW_UP))
    assert said == "Can I keep bees without a garden?"


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (refuse(401, "bad sk-secret-2"), "refused the key (401); check ANTHROPIC_API_KEY"),
        (refuse(400, "prompt is too long: 9 tokens"), "longer than the model can read"),
        (refuse(429, retry_after="30"), "asks to wait 30 s"),
        (refuse(529), "failed (529)"),
        (message(("Half", []), stop=None), "broke off"),
        (message(("Half", []), stop=None, cut=True), "broke off"),
        (message(("Half", []), stop=None, hang=True), "no word from the model in time"),
        (message(("Half", []), stop="max_tokens"), "stopped before the end (max_tokens)"),
        (message(stop="refusal"), "stopped before the end (refusal)"),
        (Reply(pieces=[event({"type": "error", "error": {"type": "overloaded_error"}}, "error")]), "failed (500)"),
        (Reply(pieces=[event("{not json", "message_start")]), "broke off"),
        (Reply(hang=True), "no word from the model in time"),
    ],
)  # fmt: skip
def test_every_failure_is_one_clear_line(reply: Reply, told: str) -> None:
    with serving(reply) as server, pytest.raises(ModelError) as caught:
        write(server.url)
    assert told in caught.value.message
    assert caught.value.message.startswith("anthropic:tiny: ")
    assert "sk-secret" not in caught.value.message


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(ModelError, match="can’t be reached"):
        write(f"http://127.0.0.1:{free_port()}")


def test_leaving_off_closes_the_request() -> None:
    with serving(message(("One. ", []), stop=None, hang=True)) as server:
        stream = Anthropic("tiny", options(server.url)).stream(PROMPT)
        assert next(piece for piece in stream if piece)
        stream.close()
        assert server.left.wait(5)


def test_without_a_key_it_says_what_to_set() -> None:
    with pytest.raises(ModelError, match="set ANTHROPIC_API_KEY"):
        Anthropic("tiny", ModelOptions(openai_key="k"))


@pytest.mark.parametrize("said", ["", "One."])
def test_a_server_that_says_nothing_more_is_hung_up_on(said: str) -> None:
    """Leaving ends the call at once, from another thread, and not when the server's time is up."""
    patient = Limits(first=60, pause=60, total=90)
    reply = message((said, []), stop=None, hang=True) if said else Reply(hang=True)
    with serving(reply) as server:
        stream = Bounded(Anthropic("tiny", options(server.url, patient)), patient).stream(PROMPT)
        heard = next(stream)
        while not said.startswith(heard) or not server.asked.is_set():
            heard = next(stream)
        stream.close()
        assert server.left.wait(5)
