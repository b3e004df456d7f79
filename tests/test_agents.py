"""Another trade's pay answers nobody."""

import pytest

from assistant.asking.question import parse_question
from assistant.composing.passages import PassageChooser, keep_tellable
from assistant.ranking.agents import find_other_agent, names_other_agent
from ingest.profile import CorpusProfile
from tests.reading_desk import PlainWords, evidence_of, from_markdown, matcher_for

PAY = from_markdown(
    """# What a ship's cook earns

A ship's cook earns £24,000, and gardeners less.

- Harbour masters:
  - Pay: £80,000 a year.
- Lock keepers:
  - Pay: £30,000 a year.
- Radar, Radio and Signal Technicians:
  - Pay: £41,000 a year.
"""
)
SEA = CorpusProfile(subject="ship's cook", abbreviations={"hm": "harbour master"})
WORDS = PlainWords(alike=[["gardeners", "planters", "planter"]])


def other(question: str, beginning: str) -> str:
    matcher = matcher_for(question, SEA, WORDS)
    matcher.learn([PAY.text])
    best = evidence_of(PAY, {beginning: 0.9})[0]
    return find_other_agent(parse_question(question), best, matcher)


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("What does a florist earn?", "florist"),
        ("How much do master bakers make?", "master bakers"),
        ("What is the salary of a librarian?", "librarian"),
        ("Librarian pay", "Librarian"),
        ("What are plumbers paid?", "plumbers"),
    ],
)
def test_another_trade_is_told_from_those_named(question: str, who: str) -> None:
    assert other(question, "A ship's cook") == who


@pytest.mark.parametrize(
    "question",
    [
        "What does a ship's cook earn?",
        "What do gardeners earn?",
        "What do planters earn?",
        "What does a beginner earn?",
        "What do most workers earn?",
        "How much do boots make up of the cost?",
        "Which librarian wrote this?",
    ],
)
def test_those_who_are_named_anybody_and_no_earner_are_let_pass(question: str) -> None:
    assert other(question, "A ship's cook") == ""


@pytest.mark.parametrize(
    ("question", "beginning", "who"),
    [
        ("What is the pay for bridge keepers?", "Pay: £30,000", "bridge keepers"),
        ("How many port masters are hired?", "Pay: £80,000", "port masters"),
        ("What is the pay for HM masters?", "Pay: £80,000", ""),
        ("What is the pay for lock keepers?", "Pay: £30,000", ""),
        ("What is the pay for signal technicians?", "Pay: £41,000", ""),
        ("What is the pay for senior technicians?", "Pay: £41,000", ""),
        ("What is the pay for technicians?", "Pay: £41,000", ""),
    ],
)
def test_one_of_a_kind_whose_others_are_named_is_another(
    question: str, beginning: str, who: str
) -> None:
    assert other(question, beginning) == who


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is the pay of a ship's cook?", False),
        ("What is the pay of river engineers?", True),
        ("What is the pay of harbour masters?", False),
        ("What is the pay of senior masters?", False),
        ("What is the pay of machine learning engineers?", True),
        ("What is the pay?", False),
        ("How fast is the pay of harbour masters growing?", False),
    ],
)
def test_a_span_under_anothers_name_is_known(question: str, told: bool) -> None:
    item = evidence_of(PAY, {"Pay: £80,000": 0.9})[0]
    assert names_other_agent(parse_question(question), item) is told


def test_what_another_earns_is_not_told_beside_the_answer() -> None:
    question = parse_question("What do deck officers earn?")
    table = from_markdown(
        "# Pay\n\nDeck officers earn £50.\n\n## Ashore\n\n- Harbour masters:\n  - Pay: £80 a day.\n"
    )
    seen = evidence_of(table, {"Pay: £80": 0.9, "Deck officers": 0.8}, learned=0.9)
    evidence = keep_tellable(question, seen)
    chosen = PassageChooser(question, matcher_for(question), evidence).choose(0.1)
    assert "£80" not in " ".join(passage.text for passage in chosen)
