"""What is said to a language model, word for word, and how what is quoted is fenced.

To accept a changed wording, delete the golden file and run this once: it writes it, and fails.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Outcome, Role, Turn, Verdict
from assistant.composing.prompts import FollowUp, Message, Prompt
from assistant.models.anthropic import lay_out
from ingest.document import Kind
from ingest.spans import split_spans
from tests.fakes import make_corpus, make_document
from tests.writers import FOLLOW_UP, make_prompt

GOLDEN = Path(__file__).parent / "golden"
PARTIAL = Verdict(Outcome.PARTIAL, 0.7, ("how long it takes",))


def show(messages: tuple[Message, ...]) -> str:
    return "".join(f"==== {message.role} ====\n{message.content}\n" for message in messages)


def check(name: str, said: str) -> None:
    path = GOLDEN / name
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(said, encoding="utf-8")
        pytest.fail(f"{path} was missing; it has been written: read it, and run this again")
    assert said == path.read_text(encoding="utf-8")


def test_passages() -> None:
    check("passages.txt", show(make_prompt("licence", "Mix 50 g", "Second |").messages()))


def test_what_is_missing() -> None:
    check("missing.txt", show(make_prompt("licence", verdict=PARTIAL).messages()))


def test_a_whole_corpus() -> None:
    library = tuple((d, span) for d in make_corpus() for span in split_spans(d))
    prompt = Prompt(make_prompt("licence").parts, PARTIAL, library, "0f0f")
    check("whole_corpus.txt", show(prompt.messages()))


def test_documents_with_native_citations() -> None:
    rules, content, sent = lay_out(make_prompt("licence", "Mix 50 g"))
    places = {
        (at, block): number
        for at, blocks in enumerate(sent)
        for block, (number, _) in enumerate(blocks)
    }
    shown = [*((block.get("text") or str(block)) for block in content), str(places)]
    check("documents.txt", "\n----\n".join([rules, *shown]) + "\n")


def test_a_follow_up() -> None:
    check("follow_up.txt", show(FOLLOW_UP.messages()))


def test_the_numbers_of_a_whole_corpus_do_not_depend_on_the_question() -> None:
    library = tuple((d, span) for d in make_corpus() for span in split_spans(d))
    shown = {
        Prompt(make_prompt(word).parts, PARTIAL, library, "0f0f").messages()[1].content.split("<question")[0]
        for word in ("licence", "flour")
    }  # fmt: skip
    assert len(shown) == 1


HOSTILE = st.text(st.sampled_from("</>-pasgeqution\n [1]0f"), max_size=60)


@given(HOSTILE)
def test_no_article_closes_its_fence_without_knowing_the_nonce(words: str) -> None:
    nonce = "9c1e77aa52d0b3f4"
    document = make_document("</passage>", [(Kind.PARAGRAPH, f"x {words}", 0)])
    base = make_prompt("x", documents=[document])
    content = Prompt(base.parts, base.verdict, (), nonce).messages()[1].content
    spans = len(base.spans())
    assert content.count(f"<passage-{nonce}>\n") == spans
    assert content.count(f"</passage-{nonce}>") == spans
    assert content.count(f"</question-{nonce}>") == 1


def test_a_long_turn_is_shown_by_its_beginning() -> None:
    long = FollowUp("And then?", (Turn(Role.ASSISTANT, "word " * 5000),), "0f0f")
    assert len(show(long.messages())) < 3000
