"""What a question leaves out is neither looked for nor told."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.asking.exclusion import ask_for_others, enumerates, split_exclusion
from assistant.asking.question import parse_question
from assistant.composing.passages import PassageChooser
from assistant.ranking.evidence import look
from assistant.ranking.omission import leave_out, speaks_only_of
from ingest.spans import split_spans
from tests.reading_desk import evidence_of, from_markdown, matcher_for


class WordScorer:
    """Gives a passage for each way of asking the share of that question's words that it has."""

    def score_answers(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        asked = set(question.lower().rstrip("?").split())
        shares = [len(asked & set(passage.lower().split())) / len(asked) for passage in passages]
        return np.array(shares, dtype=np.float32)


POOL = from_markdown(
    """# The pool

Swimmers may bring:

- Goggles: with soft seals.
- Fins: on Sundays only.
- A snorkel: in the deep end.
- Sandals, with the name inside
- Towels, robes and hats

Goggles keep the water out. Goggles, caps and fins are sold at the desk.

## Fins

They hang beside the door.

| Item | To hire |
|---|---|
| Goggles | £2 |
| Fins | £4 |
| A locker | £1 |

On top of the ticket, a sauna costs £5.
"""
)


@pytest.mark.parametrize(
    ("question", "rest", "left_out"),
    [
        ("Apart from goggles, what may I bring?", "What may I bring?", "goggles"),
        ("What may I bring besides the goggles?", "What may I bring ?", "the goggles"),
        ("other than on Sundays when is it open", "When is it open", "on Sundays"),
        ("Which towns except Leeds are on the line?", "Which towns are on the line?", "Leeds"),
        ("Is there a pass that isn't from Veolia or Arriva?", "Is there a pass ?", "Veolia or Arriva"),
        ("What is the fare outside the UK?", "What is the fare ?", "UK"),
        ("What is outside the hall?", "What is outside the hall?", ""),
        ("What is sold in addition to bread?", "What is sold ?", "bread"),
        ("Any baker who's not from Lyon?", "Any baker ?", "Lyon"),
        ("What do I get besides fins?", "What do I get besides fins?", "fins"),
        ("Besides going to evening classes, which ways are there?", "Which ways are there?", "evening classes"),
        ("ways to swim besides taking a course in town", "Ways to swim in town", "a course"),
        ("any jobs besides working for an app?", "Any jobs ?", "an app"),
        ("What costs money besides parking at the pool?", "What costs money at the pool?", "parking"),
        ("What fees come on top of the ticket?", "What fees come ?", "the ticket"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_taken_from_the_question(
    question: str, rest: str, left_out: str
) -> None:
    assert split_exclusion(question) == (rest, left_out)


@pytest.mark.parametrize(
    "question",
    [
        "Besides, is it hard?",
        "Which skills are not needed?",
        "Is the pool not open on Mondays?",
        "What is the house beside?",
        "Anything other than that?",
        "What stands beside the church?",
        "Which tools are not in the kit?",
        "What is put on top of the oven?",
    ],
)
def test_a_question_that_leaves_nothing_out_stays_whole(question: str) -> None:
    assert split_exclusion(question) == (question, "")


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Which staff are there besides the medical ones?", "Which non-medical staff are there?"),
        ("apart from practical skills what do they test", "What non-practical skills do they test"),
        ("What do I bring other than the electronic stuff?",
         "What non-electronic things do I bring?"),
        ("Which tools besides a metal saw do I need?",
         "Which tools besides a metal saw do I need?"),
        ("May I come apart from public holidays?", "May I come apart from public holidays?"),
    ],
)  # fmt: skip
def test_what_is_of_no_such_kind_is_asked_for_so(question: str, asked: str) -> None:
    assert ask_for_others(question) == asked


def test_the_question_is_put_whole_to_a_model() -> None:
    question = parse_question("What may I bring besides fins?")
    assert question.left_out == "fins"
    assert "fin" not in question.terms
    assert question.whole == "What may I bring besides fins?"
    assert parse_question("What may I bring?").whole == "What may I bring?"


def beginning(words: str) -> bool:
    span = next(s for s in split_spans(POOL) if POOL.text[s.start : s.end].startswith(words))
    return speaks_only_of("goggles or fins", POOL, span)


@pytest.mark.parametrize("words", ["Goggles:", "Fins:", "Goggles keep", "They hang", "Goggles |"])
def test_what_speaks_of_nothing_else_is_known(words: str) -> None:
    assert beginning(words)


@pytest.mark.parametrize("words", ["A snorkel", "Goggles, caps", "Swimmers may"])
def test_what_speaks_of_other_things_too_is_kept(words: str) -> None:
    assert not beginning(words)


def test_a_word_cut_short_leaves_out_the_long_one() -> None:
    span = next(s for s in split_spans(POOL) if POOL.text[s.start : s.end].startswith("A snorkel"))
    assert speaks_only_of("snork", POOL, span)
    assert not speaks_only_of("sno", POOL, span)


def test_an_enumeration_names_a_thing_among_others() -> None:
    assert enumerates(["fin"], "Goggles, caps and fins are sold")
    assert not enumerates(["fin"], "Fins are sold at the desk, on weekdays before the noon break")


def test_a_list_is_told_without_what_is_left_out() -> None:
    question = parse_question("What may swimmers bring other than fins?")
    evidence = evidence_of(POOL, {"Swimmers may bring": 0.9}, learned=0.9)
    chosen = PassageChooser(question, matcher_for(question), evidence).choose(0.3)
    told = leave_out(chosen, question.left_out)
    said = " ".join(passage.text for passage in told)
    assert "Goggles" in said
    assert "snorkel" in said
    assert "Fins" not in said


def test_a_list_led_into_by_what_is_left_out_is_not_told() -> None:
    question = parse_question("What may swimmers bring?")
    evidence = evidence_of(POOL, {"Swimmers may bring": 0.9}, learned=0.9)
    chosen = PassageChooser(question, matcher_for(question), evidence).choose(0.3)
    assert leave_out(chosen, "swimmers") == ()


@pytest.mark.parametrize(
    ("heading", "told"),
    [("Seek lessons", False), ("Lessons", False), ("Without lessons", True), ("Lessons and clubs", True)],
)  # fmt: skip
def test_a_section_headed_by_what_is_left_out_is_not_told(heading: str, told: bool) -> None:
    text = "Early on, lessons, if you like them, let you:\n\n- Breathe well\n- Turn fast"
    pool = from_markdown(f"# Pool\n\n## {heading}\n\n{text}\n")
    question = parse_question("How do I get better other than by lessons?")
    evidence = evidence_of(pool, {"Breathe": 0.9, "Turn": 0.8})
    chosen = PassageChooser(question, matcher_for(question), evidence).choose(0.3)
    assert bool(leave_out(chosen, question.left_out)) is told


def test_what_comes_on_top_of_a_thing_is_not_that_thing() -> None:
    span = next(s for s in split_spans(POOL) if POOL.text[s.start : s.end].startswith("On top"))
    assert not speaks_only_of("the ticket", POOL, span)


def test_the_other_rows_are_told_where_one_is_left_out() -> None:
    question = parse_question("What can I hire besides goggles?")
    evidence = evidence_of(POOL, {"Fins |": 0.9}, learned=0.9)
    chosen = PassageChooser(question, matcher_for(question), evidence).choose(0.3)
    said = " ".join(passage.text for passage in leave_out(chosen, question.left_out))
    assert "Fins" in said
    assert "A locker" in said
    assert "Goggles" not in said


def test_the_other_items_are_told_where_one_is_left_out() -> None:
    question = parse_question("Which things may swimmers bring besides fins?")
    evidence = evidence_of(POOL, {"A snorkel": 0.9, "Goggles:": 0.05}, learned=0.9)
    chosen = PassageChooser(question, matcher_for(question), evidence).choose(0.3)
    said = " ".join(passage.text for passage in leave_out(chosen, question.left_out))
    assert "Goggles" in said
    assert "snorkel" in said


@pytest.mark.parametrize(
    ("left_out", "beginning", "only"),
    [("sandals", "Sandals, with", True), ("the towels", "Towels, robes", False)],
)
def test_an_item_that_goes_on_about_a_thing_speaks_only_of_it(
    left_out: str, beginning: str, only: bool
) -> None:
    span = next(s for s in split_spans(POOL) if POOL.text[s.start : s.end].startswith(beginning))
    assert speaks_only_of(left_out, POOL, span) is only


def test_the_kind_of_what_is_left_out_counts_for_what_is_looked_for() -> None:
    shop = from_markdown("# S\n\nBuy snorkels with goggles on.\n\nBuy soup.\n")
    question = parse_question("What can I buy besides goggles?")
    evidence = evidence_of(shop, {"Buy snorkels": 0.5, "Buy soup": 0.5})
    snorkels, soup = look(question, evidence, WordScorer())
    assert snorkels.signals.learned > soup.signals.learned
