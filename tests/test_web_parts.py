"""The parts of the page by themselves: runs, sides, exports, passages, questions to go on with."""

import asyncio
import threading
from dataclasses import replace
from datetime import datetime

import pytest
from fakes import FakeIndex, make_assistant, make_corpus, make_document
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from starlette.testclient import TestClient

from assistant.answer import Done, Status
from ingest.document import Kind
from web import runs as runs_module
from web.app import create_app
from web.asking import Kept
from web.export import render_json, render_markdown
from web.followups import choose_followups
from web.likeness import likeness, rarity
from web.limited import BusyError, Limited
from web.passages import find_pasted
from web.runs import Run, Runs
from web.schemas import AnswerOut, CitationOut, SentenceOut
from web.sides import find_sides
from web.store.conversations import Conversation, Exchange, Provenance

ROOF = "Can bees be kept on a roof out of the wind?"


def answer_to(question: str, documents=None) -> AnswerOut:
    return AnswerOut.of(make_assistant(documents).answer(question))


# ---- runs


async def read_all(run: Run, after: int = 0) -> list[bytes]:
    return [frame async for frame in run.read(after)]


def events_of(question: str = ROOF):
    for event in make_assistant().stream(question):
        yield Kept(event.answer, None, None) if isinstance(event, Done) else event


@pytest.mark.parametrize("after", [0, 1, 3, 99])
def test_a_run_is_read_from_any_place(after) -> None:
    run = Run(ROOF, events_of())
    run.start()
    whole = asyncio.run(read_all(run))
    assert whole[-1].startswith(f"id: {len(whole)}\nevent: done\n".encode())
    assert asyncio.run(read_all(run, after)) == whole[after:]


def test_several_read_a_run_while_it_is_written() -> None:
    go_on = threading.Event()

    def waiting():
        for event in events_of():
            yield event
            go_on.wait(10)

    async def read_twice(run: Run) -> list[list[bytes]]:
        readers = [asyncio.create_task(read_all(run)) for _ in range(2)]
        await asyncio.sleep(0)
        go_on.set()
        return await asyncio.gather(*readers)

    run = Run(ROOF, waiting())
    run.start()
    one, other = asyncio.run(read_twice(run))
    assert one == other
    assert len(one) > 5


def test_a_stopped_run_ends_and_closes_what_it_draws_from() -> None:
    closed, first = threading.Event(), threading.Event()

    def endless():
        try:
            while True:
                yield Status("writing")
                first.set()
        finally:
            closed.set()

    run = Run(ROOF, endless())
    run.start()
    assert first.wait(10)
    run.stop()
    assert closed.wait(10)
    frames = asyncio.run(read_all(run))
    assert b"event: done" not in b"".join(frames)
    assert run.kept is None


def test_an_error_is_the_last_event() -> None:
    def failing():
        yield Status("retrieving")
        raise ValueError("secret")

    run = Run(ROOF, failing())
    run.start()
    *_, last = asyncio.run(read_all(run))
    assert b"event: error" in last
    assert b"secret" not in last


def test_answers_are_bounded_and_a_place_is_given_back() -> None:
    limited = Limited(make_assistant(), most=1)
    first, second = limited.stream(ROOF), limited.stream(ROOF)
    assert next(first) == Status("retrieving")
    with pytest.raises(BusyError):
        next(second)
    first.close()
    assert limited.answer(ROOF).sentences
    assert limited.answer(ROOF).sentences


def test_a_server_that_writes_all_the_answers_it_can_says_so() -> None:
    app = create_app(make_assistant())
    app.state.site = replace(app.state.site, assistant=Limited(make_assistant(), most=0))
    client = TestClient(app, base_url="http://localhost")
    for address, body in (
        ("/api/answer", {"question": ROOF}),
        ("/v1/chat/completions", {"model": "footnote", "messages": [{"role": "user", "content": ROOF}]}),
    ):  # fmt: skip
        reply = client.post(address, json=body)
        assert reply.status_code == 503
        assert "Too many answers" in reply.text
        assert reply.headers["retry-after"] == "1"
    assert client.get("/api/health").status_code == 200


def test_runs_are_bounded(monkeypatch) -> None:
    monkeypatch.setattr(runs_module, "MAX_RUNS", 3)
    monkeypatch.setattr(runs_module, "MAX_ANSWERS", 2)
    runs, go_on = Runs(), threading.Event()

    def waiting():
        go_on.wait(10)
        yield Status("writing")

    active = [runs.start(ROOF, waiting()) for _ in range(2)]
    with pytest.raises(BusyError):
        runs.start(ROOF, events_of())
    app = create_app(make_assistant())
    app.state.site = replace(app.state.site, runs=runs)
    client = TestClient(app, base_url="http://localhost")
    assert client.post("/api/conversations", json={"question": ROOF}).status_code == 503
    go_on.set()
    for run in active:
        asyncio.run(read_all(run))
    later = []
    for _ in range(3):
        later.append(runs.start(ROOF, events_of()))
        asyncio.run(read_all(later[-1]))
    assert [runs.find(run.key) for run in active] == [None, None]
    assert all(runs.find(run.key) is run for run in later)


# ---- two views


def cited(number: int, document: str, quote: str) -> CitationOut:
    return CitationOut(
        number=number, document_id=document, title=document, source=document, heading_path=[],
        quote=quote, start=0, end=len(quote), page=None, url="/",
    )  # fmt: skip


def said(text: str, *numbers: int) -> SentenceOut:
    return SentenceOut(text=text, citations=list(numbers), supported=True, form="prose")


def parted(question: str, *homes: str) -> AnswerOut:
    quotes = ("A permit is required.", "A permit is not required.", "It is blue.")
    blank = answer_to("Who won the chess cup?")
    return blank.model_copy(
        update={
            "standalone_question": question,
            "sentences": [said("They disagree.", 1, 2), *(said(q, n + 1) for n, q in enumerate(quotes))],
            "citations": [cited(n + 1, homes[n], quote) for n, quote in enumerate(quotes)],
        }
    )  # fmt: skip


def test_sentences_take_sides() -> None:
    sides = find_sides(parted("Do I need a permit?", "a", "b", "a"))
    assert sides is not None
    texts = [
        [one.text for one in part] for part in (sides.summary, sides.yes, sides.no, sides.rest)
    ]
    assert texts == [
        ["They disagree."],
        ["A permit is required."],
        ["A permit is not required."],
        ["It is blue."],
    ]


def test_a_list_stays_with_the_line_that_leads_into_it() -> None:
    parts = parted("Do I need a permit?", "a", "b", "a")
    lead, other, aside = parts.sentences[1:]
    lead = lead.model_copy(update={"text": "A permit is required, and with it:"})
    items = [said(text, 3).model_copy(update={"form": "item"}) for text in ("a form", "a fee")]
    stray = said("a stamp", 2).model_copy(update={"form": "item"})
    sentences = [lead, *items, stray, other, aside]
    sides = find_sides(parts.model_copy(update={"sentences": sentences}))
    assert sides is not None
    assert sides.yes == (lead, *items)
    assert [one.text for one in sides.rest] == ["It is blue."]


def test_one_article_does_not_disagree_with_itself_nor_where_nothing_is_asked() -> None:
    assert find_sides(parted("Do I need a permit?", "a", "a", "b")) is None
    assert find_sides(parted("What does a permit cost?", "a", "b", "a")) is None


def test_an_answer_of_one_voice_is_not_parted() -> None:
    parts = parted("Do I need a permit?", "a", "b", "a")
    for voice in ("Yes.", "No.", "It depends."):
        sentences = [said(voice, 1, 2), *parts.sentences[1:]]
        assert find_sides(parts.model_copy(update={"sentences": sentences})) is None


# ---- exports


def conversation_of(title: str, question: str, quote: str) -> Conversation:
    base = parted(question, "a", "b", "c")
    citations = [one.model_copy(update={"quote": quote, "title": title}) for one in base.citations]
    answer = base.model_copy(update={"citations": citations, "sentences": [said(quote, 1)]})
    came_from = Provenance("c0ffee", "v1", "extractive", {}, {})
    asked = datetime(2026, 1, 2, 3, 4, 5)
    exchange = Exchange(1, "key", question, answer.model_dump(), came_from, asked)
    return Conversation("id", title, (exchange,))


@settings(deadline=None)
@given(*[st.text("ab<>[]()`*_#|~&!-+=1.)\n\\", min_size=1, max_size=40)] * 3)
def test_markdown_means_nothing_but_its_text(title, question, quote) -> None:
    tokens = MarkdownIt().parse(render_markdown(conversation_of(title, question, quote)))
    kinds = {token.type for token in tokens if token.type != "inline"}
    ours = "heading paragraph blockquote".split()
    assert kinds <= {f"{kind}_{end}" for kind in ours for end in ("open", "close")} | {"html_block"}
    assert sum(token.type == "html_block" for token in tokens) == 1  # when it was asked
    inner = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inner} <= {"text", "text_special", "softbreak"}
    assert " ".join(title.split()) in tokens[1].content.replace("\\", "") or "\\" in title


def test_an_export_in_json_holds_the_quotes() -> None:
    assert '"quote": "<b>"' in render_json(conversation_of("t", "q?", "<b>"))


# ---- passages


@given(st.data())
def test_a_pasted_passage_is_found_however_it_is_wrapped(data) -> None:
    bees, bread = make_corpus()
    words = bees.text.split()
    first = data.draw(st.integers(0, len(words) - 4))
    chosen = words[first : first + data.draw(st.integers(3, 9))]
    gaps = data.draw(st.lists(st.sampled_from([" ", "\n", "\t  "]), min_size=9, max_size=9))
    pasted = "".join(word + gap for word, gap in zip(chosen, gaps, strict=False))
    found = find_pasted(FakeIndex([bread, bees]), f"“{pasted.upper()}”", answer_to(ROOF))
    assert found is not None
    source, quote = found
    assert source == bees.source
    assert quote in bees.text
    assert [word.upper() for word in quote.split()] == [
        word.upper().strip("\"'“”‘’«»") for word in chosen
    ]


@pytest.mark.parametrize("text", ["", "two words", "no such words here", "(" * 2000, "\\d+ a b"])
def test_what_is_not_there_is_not_found(text) -> None:
    assert find_pasted(FakeIndex(make_corpus()), text, answer_to(ROOF)) is None


# ---- questions to go on with


def test_likeness_counts_rare_words_for_more() -> None:
    asked = ["how do bees sleep", "how do bees fly", "how do ants fly", "how do cats eat"]
    weights = rarity(asked)
    assert likeness(asked[0], asked[0], weights) == 1
    assert likeness(asked[1], asked[2], weights) > likeness(asked[0], asked[3], weights)


def test_the_nearest_question_comes_first_and_each_only_once() -> None:
    lines = [
        (Kind.QUESTION, "Where do bees sleep at night?", 2),
        (Kind.PARAGRAPH, "In their hive.", 0),
        (Kind.QUESTION, "What do wasps prefer to eat?", 2),
        (Kind.PARAGRAPH, "Wasps prefer caterpillars and overripe fruit.", 0),
        (Kind.QUESTION, "How fast can hornets fly?", 2),
        (Kind.PARAGRAPH, "Up to forty kilometres.", 0),
    ]
    documents = [make_document("One", lines), make_document("Two", lines)]
    question = "Do wasps prefer overripe fruit?"
    answer = answer_to(question, documents[:1])
    offered = choose_followups(FakeIndex(documents), answer, [question], ["Ignored?"])
    assert offered == ("How fast can hornets fly?", "Where do bees sleep at night?")
