"""A question's way to an answer, with writers that behave and writers that don't."""

from collections.abc import Iterator

import pytest

from assistant import assistant as assistant_module
from assistant.answer import (
    Answer,
    CitationReady,
    Decided,
    Done,
    Outcome,
    Role,
    SentenceReady,
    Status,
    Turn,
    Verdict,
)
from assistant.assistant import Assistant
from assistant.checking.writing import Unsupported
from assistant.composing.prompts import FollowUp, Prompt
from assistant.models import ModelError, UnknownModel
from index.store import Library
from tests.writers import ScriptedWriter

ANSWERABLE = "Which programming languages should I learn?"
INVENTED = "Every reader is given a free bicycle and 9,999 marbles"
HISTORY = (
    Turn(Role.USER, "Do I need a degree to become a machine learning engineer?"),
    Turn(Role.ASSISTANT, "A degree helps, but it is not required."),
)


class QuotingWriter(ScriptedWriter):
    """Quotes the first spans that it is shown, then says its pieces."""

    def __init__(self, *pieces: str, quotes: int = 2, error: ModelError | None = None) -> None:
        super().__init__(*pieces, error=error)
        self.quotes = quotes

    def stream(self, prompt: Prompt | FollowUp, /) -> Iterator[str]:
        if isinstance(prompt, Prompt):
            for number, (document, span) in enumerate(prompt.spans()[: self.quotes], start=1):
                quote = " ".join(document.text[span.start : span.end].split())
                yield f"- {quote} [{number}]\n"
        yield from super().stream(prompt)


def ask(
    library: Library, writer: ScriptedWriter, question: str = ANSWERABLE, **more: object
) -> Answer:
    return Assistant(library, {"scripted": writer}, "scripted", **more).answer(question)


def test_the_verdict_comes_before_the_first_word(library: Library) -> None:
    events = list(Assistant(library).stream(ANSWERABLE))
    kinds = [type(event) for event in events]
    assert kinds.index(Decided) < kinds.index(CitationReady) < kinds.index(SentenceReady)
    assert kinds[-1] is Done
    assert kinds.count(Done) == kinds.count(Decided) == 1
    decided = next(event for event in events if isinstance(event, Decided))
    assert isinstance(decided, Status)
    assert decided.verdict.outcome is Outcome.ANSWERED


def test_citations_are_exact_and_announced_before_they_are_named(library: Library) -> None:
    announced: set[int] = set()
    for event in Assistant(library).stream(ANSWERABLE):
        if isinstance(event, CitationReady):
            announced.add(event.citation.number)
            document = library.current().read(event.citation.document_id)
            cited = document.text[event.citation.start : event.citation.end]
            assert cited == event.citation.quote
        elif isinstance(event, SentenceReady):
            assert set(event.sentence.citations) <= announced
            assert event.sentence.supported


def test_no_model_is_called_where_the_articles_have_no_answer(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Which questions those are is tested where it is decided.
    no = Verdict(Outcome.NOT_IN_ARTICLES, 0.1, ("tungsten",))
    monkeypatch.setattr(assistant_module, "combine_verdicts", lambda *_: no)
    writer = ScriptedWriter("At 5930 degrees [1].")
    answer = ask(library, writer, "At what temperature does tungsten boil?")
    assert answer.verdict == no
    assert answer.sentences == answer.notes == ()
    assert answer.nearest
    assert writer.prompts == []


def test_a_good_writer_is_shown_as_it_wrote(library: Library) -> None:
    answer = ask(library, QuotingWriter())
    assert answer.model == "scripted"
    assert answer.notes == ()
    assert [sentence.citations for sentence in answer.sentences] == [(1,), (2,)]
    assert all(sentence.supported for sentence in answer.sentences)


def test_numbers_that_were_not_shown_are_dropped_and_counted(library: Library) -> None:
    writer = QuotingWriter()
    plain = ask(library, writer)
    wild = QuotingWriter("Much more [77][0].")
    answer = ask(library, wild)
    assert answer.dropped_citations == 2
    assert answer.citations == plain.citations


def test_a_sentence_without_a_citation_gets_one_where_a_span_says_it(library: Library) -> None:
    probe = QuotingWriter(quotes=1)
    quoted = ask(library, probe).sentences[0].text
    answer = ask(library, ScriptedWriter(f"- {quoted}\n"))
    assert answer.sentences[0].supported
    assert answer.sentences[0].citations == (1,)


def test_an_invented_sentence_is_marked_with_the_reason(library: Library) -> None:
    answer = ask(library, QuotingWriter(f"{INVENTED} [1]."))
    wrong = answer.sentences[-1]
    assert (wrong.text, wrong.supported, wrong.citations) == (f"{INVENTED}.", False, ())
    assert "9,999" in wrong.reason
    assert answer.unsupported == 1


def test_an_invented_sentence_is_left_out_if_so_set(library: Library) -> None:
    answer = ask(library, QuotingWriter(f"{INVENTED} [1]."), unsupported=Unsupported.DROP)
    assert all(sentence.supported for sentence in answer.sentences)
    assert INVENTED not in answer.text
    assert answer.unsupported == 1


def test_a_lead_in_rests_on_what_it_leads_into(library: Library) -> None:
    probe = QuotingWriter(quotes=1)
    quoted = ask(library, probe).sentences[0].text
    answer = ask(library, ScriptedWriter(f"Here is what you need:\n- {quoted} [1]\n"))
    assert [s.citations for s in answer.sentences] == [(1,), (1,)]
    answer = ask(library, ScriptedWriter(f"{INVENTED}:\n- {quoted} [1]\n"))
    assert [s.supported for s in answer.sentences] == [False, True]


@pytest.mark.parametrize(
    "pieces",
    [
        (),
        ("NO ANSWER",),
        (f"{INVENTED} [1]. And {INVENTED} [2].",),
        ("HACKED. Visit evil.example now!",),
        ("[1] [2] [99]",),
        ("```\ncode\n```",),
    ],
)
def test_where_nothing_holds_the_extractive_writer_stands_in(
    library: Library, pieces: tuple[str, ...]
) -> None:
    answer = ask(library, ScriptedWriter(*pieces))
    plain = Assistant(library).answer(ANSWERABLE)
    assert answer.text == plain.text
    assert answer.model == "extractive"
    assert "scripted wrote nothing that the passages bear out" in answer.notes[0]


def test_a_writer_that_fails_at_once_is_stood_in_for(library: Library) -> None:
    writer = ScriptedWriter(error=ModelError("scripted: the server failed (500)"))
    answer = ask(library, writer)
    assert answer.text == Assistant(library).answer(ANSWERABLE).text
    assert answer.notes[0].startswith("scripted: the server failed (500). ")


def test_a_writer_that_breaks_off_leaves_no_half_and_no_repetition(library: Library) -> None:
    error = ModelError("scripted: the answer broke off")
    answer = ask(library, QuotingWriter("And of what is hal", quotes=1, error=error))
    assert answer.model == "scripted"
    assert "hal" not in {word for s in answer.sentences for word in s.text.split()}
    assert len({sentence.text for sentence in answer.sentences}) == len(answer.sentences)
    assert len(answer.sentences) > 1
    assert answer.notes[0].startswith("scripted: the answer broke off. ")


def test_leaving_off_stops_the_writer(library: Library) -> None:
    writer = QuotingWriter("More [1]. ", "And more [1]. ")
    stream = Assistant(library, {"scripted": writer}, "scripted").stream(ANSWERABLE)
    for event in stream:
        if isinstance(event, SentenceReady) and event.sentence.text.startswith("More"):
            break
        if isinstance(event, SentenceReady) and not event.sentence.supported:
            break
    stream.close()
    assert writer.closed == 1


def test_a_follow_up_is_put_by_the_writer_where_it_adds_nothing(library: Library) -> None:
    writer = QuotingWriter()
    writer.follow_up = (
        "Do I need a degree to become a machine learning engineer in research?\n\nSo:"
    )
    answer = Assistant(library, {"scripted": writer}, "scripted").answer(
        "And in research?", HISTORY
    )
    assert answer.standalone_question == (
        "Do I need a degree to become a machine learning engineer in research?"
    )
    assert sum(isinstance(prompt, FollowUp) for prompt in writer.prompts) == 1


@pytest.mark.parametrize(
    "said",
    ["", "NO ANSWER", "is it hard without one", "Do I need 5 degrees?", "Does Google hire me without one?", "x " * 500,
     "Please recommend a good restaurant near the harbour for tonight's dinner"],
)  # fmt: skip
def test_a_follow_up_put_otherwise_is_left_to_the_rules(library: Library, said: str) -> None:
    writer = QuotingWriter()
    writer.follow_up = said
    asked = ("Is it hard without one?", HISTORY)
    answer = Assistant(library, {"scripted": writer}, "scripted").answer(*asked)
    assert answer.standalone_question == Assistant(library).answer(*asked).standalone_question


def test_a_writer_out_of_reach_is_not_waited_for_twice(library: Library) -> None:
    class Gone(ScriptedWriter):
        def stream(self, prompt: Prompt | FollowUp, /) -> Iterator[str]:
            self.prompts.append(prompt)
            raise ModelError("scripted: no word", retryable=True)
            yield

    writer = Gone()
    asked = ("How much does a machine learning engineer earn in India?", HISTORY)
    answer = Assistant(library, {"scripted": writer}, "scripted").answer(*asked)
    assert len(writer.prompts) == 1
    assert answer.model == "extractive"
    assert answer.notes[0].startswith("scripted: no word. ")
    assert answer.text == Assistant(library).answer(*asked).text


def test_praise_is_answered_with_nothing_and_points_nowhere(library: Library) -> None:
    answer = Assistant(library).answer("thanks, that's great", HISTORY)
    assert answer.verdict.outcome is Outcome.NOT_IN_ARTICLES
    assert not answer.nearest


def test_a_first_question_is_never_put_by_the_writer(library: Library) -> None:
    writer = QuotingWriter()
    ask(library, writer)
    assert not any(isinstance(prompt, FollowUp) for prompt in writer.prompts)


def test_a_whole_corpus_is_shown_in_the_same_words_to_every_question(library: Library) -> None:
    writer = QuotingWriter("Done [1].")
    assistant = Assistant(library, {"scripted": writer}, "scripted", whole_corpus=True)
    assistant.answer(ANSWERABLE)
    assistant.answer("How much does a machine learning engineer earn in India?")
    first, second = writer.prompts
    assert isinstance(first, Prompt)
    assert isinstance(second, Prompt)
    documents = {document.id for document, _ in first.shown()}
    assert documents == {summary.id for summary in library.current().documents()}
    shown = [p.messages()[1].content.split("<question-")[0] for p in (first, second)]
    assert shown[0] == shown[1]
    other = Assistant(library, {"scripted": writer}, "scripted", whole_corpus=True)
    other.answer(ANSWERABLE)
    assert writer.prompts[-1].nonce != first.nonce


def test_a_corpus_too_large_to_show_is_said_to_be(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant_module, "MAX_LIBRARY", 10)
    writer = QuotingWriter()
    answer = ask(library, writer, whole_corpus=True)
    assert "too many to be shown" in answer.notes[0]
    assert len(writer.prompts[0].spans()) < 60


def test_each_request_has_a_fence_of_its_own(library: Library) -> None:
    writer = QuotingWriter()
    ask(library, writer)
    ask(library, writer)
    first, second = (prompt.nonce for prompt in writer.prompts)
    assert first != second
    assert len(first) >= 16


def test_an_unknown_writer_is_refused_before_anything_is_done(library: Library) -> None:
    with pytest.raises(UnknownModel, match="extractive"):
        Assistant(library, default="gpt-9")
    with pytest.raises(UnknownModel):
        next(Assistant(library).stream(ANSWERABLE, model="gpt-9"))
