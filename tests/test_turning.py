"""Sentences that turn a passage round, beside ones that only say it otherwise."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.turning import find_turn

OPPOSITE, EXCEPTIONS = "say the opposite", "leave exceptions"
OTHERWISE, RATE = "put this together otherwise", "another rate"

PASSAGES = {
    "licence": "A licence is not required for keeping bees in a garden.",
    "optional": "Gloves are optional for visitors, but a veil is required.",
    "more": "Wild hives yield more honey than boxes do.",
    "below": "Keep the cellar below 12 degrees.",
    "before": "Feed the colony before moving the hive.",
    "some": "Some keepers sell their wax, which may earn them a little.",
    "only": "Only members may borrow the extractor.",
    "nobody": "Nobody learns beekeeping in a week; reading and patience are what it takes.",
    "forbidden": "Smoking is forbidden near the hives.",
    "seldom": "Calm colonies seldom sting their keeper.",
    "contrast": "The club, not the council, pays the vet.",
    "active": "The inspector trained the young keepers of the valley.",
    "parts": "A swarm costs 40 euros, a queen 25 euros, and a hive 180 euros.",
    "colours": "Clover gives a pale honey, while heather gives an amber one.",
    "rate": "The vet comes twice a year.",
    "daily": "Water is changed every day in summer.",
}
TURNED = [
    ("licence", "You need a licence to keep bees in a garden; a licence is required.", OPPOSITE),
    ("optional", "Gloves are required for visitors.", OPPOSITE),
    ("more", "Wild hives yield less honey than boxes do.", OPPOSITE),
    ("more", "Boxes yield more honey than wild hives do.", OPPOSITE),
    ("below", "Keep the cellar above 12 degrees.", OPPOSITE),
    ("below", "The cellar should have at least 12 degrees.", OPPOSITE),
    ("before", "Feed the colony after moving the hive.", OPPOSITE),
    ("some", "All keepers sell their wax.", EXCEPTIONS),
    ("only", "Everyone may borrow the extractor.", EXCEPTIONS),
    ("forbidden", "Smoking is allowed near the hives.", OPPOSITE),
    ("seldom", "Calm colonies often sting their keeper.", OPPOSITE),
    ("contrast", "The council, not the club, pays the vet.", OPPOSITE),
    ("active", "The inspector was trained by the young keepers of the valley.", OTHERWISE),
    ("parts", "A swarm costs 25 euros, and a queen 40 euros.", OTHERWISE),
    ("colours", "Heather gives a pale honey, while clover gives an amber one.", OTHERWISE),
    ("rate", "The vet comes once a year.", RATE),
    ("daily", "In summer the water is changed every week.", RATE),
]
SAID_OTHERWISE = [
    ("licence", "No licence is needed to keep bees in a garden."),
    ("licence", "You can keep bees in a garden without a licence."),
    ("optional", "Visitors don't have to wear gloves."),
    ("optional", "Gloves are not required for visitors."),
    ("more", "Boxes yield less honey than wild hives."),
    ("below", "The cellar should have at most 12 degrees."),
    ("before", "The colony is fed before the hive is moved."),
    ("some", "Wax is sold by some keepers."),
    ("only", "The extractor may be borrowed by members only."),
    ("nobody", "It takes reading and patience to learn beekeeping; it doesn't happen in a week."),
    ("forbidden", "Nobody may smoke near the hives."),
    ("forbidden", "Smoking is not allowed near the hives."),
    ("seldom", "The keeper is hardly ever stung by calm colonies."),
    ("contrast", "The vet is paid by the club, not by the council."),
    ("active", "The young keepers of the valley were trained by the inspector."),
    ("parts", "A queen costs 25 euros, a hive 180 euros and a swarm 40 euros."),
    ("colours", "Honey from heather is amber, that from clover pale."),
    ("rate", "Twice a year the vet comes."),
    ("daily", "In summer the water is changed daily."),
]


@pytest.mark.parametrize(("passage", "said", "reason"), TURNED)
def test_what_is_turned_round_is_told(passage: str, said: str, reason: str) -> None:
    assert reason in find_turn(said, [PASSAGES[passage]])


@pytest.mark.parametrize(("passage", "said"), SAID_OTHERWISE)
def test_what_is_only_said_otherwise_passes(passage: str, said: str) -> None:
    assert find_turn(said, [PASSAGES[passage]]) == ""


@pytest.mark.parametrize("passage", PASSAGES.values(), ids=PASSAGES)
def test_a_passage_does_not_turn_itself_round(passage: str) -> None:
    assert find_turn(passage, [passage]) == ""
    assert find_turn(f"Yes, {passage}", [passage]) == ""


def test_what_is_said_of_something_else_is_not_judged_here() -> None:
    assert find_turn("The museum is not open on Mondays.", [PASSAGES["forbidden"]]) == ""
    assert find_turn("The museum is not open on Mondays.", []) == ""


def test_near_words_stand_for_each_other() -> None:
    def translate(asked: Sequence[str], said: Sequence[str]) -> Mapping[str, str]:
        near = {"apiary": "hives", "guests": "visitors"}
        return {word: near[word] for word in asked if near.get(word) in said}

    said = "The apiary is open to guests."
    passage = ["The hives are closed to visitors."]
    assert find_turn(said, passage) == ""
    assert OPPOSITE in find_turn(said, passage, translate)


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=3))
def test_any_sentence_is_judged(text: str, passages: list[str]) -> None:
    assert isinstance(find_turn(text, passages), str)
