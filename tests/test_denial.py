"""Questions for what is not so, and what can answer one."""

import pytest

from assistant.asking.negation import Denial, asks_what_not, find_denial
from assistant.ranking.denial import denies
from ingest.spans import split_spans
from tests.reading_desk import from_markdown

POOL = from_markdown("""# The pool

Children swim in the small pool. Babies cannot use the slide. Caps are optional.
It is not just for swimmers.

You must not bring:

- Glass
- Radios

You may bring:

- A ball

## Swimming without a ticket

A book of ten costs less.

## Non-swimmers

A kick board is lent to them.

## What is not allowed

Running.

## What grows, and what does not

Moss.

| Bath | Sauna |
|---|---|
| North | Yes |
""")


@pytest.mark.parametrize(
    "question",
    [
        "Who shouldn't swim?",
        "What don't I have to bring?",
        "Which caps are not allowed?",
        "What is not included in the ticket?",
        "Which of the baths can’t I use?",
        "Which rules can I skip?",
        "What could we do without?",
    ],
)
def test_what_asks_for_what_is_not_so_is_known(question: str) -> None:
    assert asks_what_not(question)


@pytest.mark.parametrize(
    "question",
    [
        "What if I don't have a cap?",
        "Why don't they open on Sundays?",
        "Which pool is for people who can't swim?",
        "What should I not miss?",
        "Isn't there a slide?",
        "What do I do when it isn't open?",
    ],
)
def test_a_denial_that_is_not_asked_for_is_none(question: str) -> None:
    assert not asks_what_not(question)


@pytest.mark.parametrize(
    ("beginning", "does"),
    [
        ("Children swim", False),
        ("Babies cannot", True),
        ("Caps are", True),
        ("It is not just", False),
        ("A book", False),
        ("A kick", True),
        ("Glass", True),
        ("A ball", False),
        ("Running", True),
        ("Moss", False),
        ("North", True),
    ],
)
def test_a_span_denies_itself_or_by_what_stands_above_it(beginning: str, does: bool) -> None:
    [span] = [s for s in split_spans(POOL) if POOL.text[s.start : s.end].startswith(beginning)]
    assert denies(POOL, span) is does


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What don't I have to bring?", Denial.NEED),
        ("Which caps aren't really necessary?", Denial.NEED),
        ("What doesn't matter?", Denial.NEED),
        ("Who mustn't use the slide?", Denial.LEAVE),
        ("Who isn't allowed in?", Denial.LEAVE),
        ("What should I never do?", Denial.LEAVE),
        ("Which rules can I skip?", Denial.NEED),
        ("What is not included in the ticket?", Denial.FACT),
        ("What is included in the ticket?", None),
    ],
)
def test_what_a_question_wants_denied_is_a_need_a_leave_or_a_fact(
    question: str, wanted: Denial | None
) -> None:
    assert find_denial(question) is wanted


SAUNA = from_markdown("""# The sauna

A few non-negotiable rules need to be read. Only a bath robe is a must. Whether or not it rains, it is warm.
Towels aren't needed. Phones are forbidden. No, you need not book. Benches warm up without being wet.
Flash photographs are unlawful. Voices are no louder than the fire. Many non-profits swim.
People who have a fever are turned away.

What does not matter:

- No swimwear
""")


@pytest.mark.parametrize(
    ("beginning", "denied"),
    [
        ("A few", {Denial.LEAVE, Denial.FACT}),
        ("Only a", {Denial.LEAVE, Denial.FACT}),
        ("Whether", set()),
        ("Towels", {Denial.NEED, Denial.FACT}),
        ("Phones", {Denial.LEAVE, Denial.FACT}),
        ("Flash", {Denial.LEAVE}),
        ("Many", set()),
        ("Voices", set()),
        ("No, you", {Denial.NEED, Denial.FACT}),
        ("Benches", set()),
        ("People", {Denial.NEED, Denial.LEAVE, Denial.FACT}),
        ("No swimwear", {Denial.NEED, Denial.FACT}),
    ],
)
def test_a_need_that_is_denied_answers_no_question_for_what_is_forbidden(
    beginning: str, denied: set[Denial]
) -> None:
    [span] = [s for s in split_spans(SAUNA) if SAUNA.text[s.start : s.end].startswith(beginning)]
    assert {wanted for wanted in Denial if denies(SAUNA, span, wanted)} == denied
