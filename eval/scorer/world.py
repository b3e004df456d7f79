"""The made worlds: things, their attributes with values, lists, steps, terms and reasons.

Knows the two YAML files beside it and how a fact is written as a span. Knows nothing of questions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

import yaml

from eval.scorer.pair import describe
from eval.scorer.values import COUNTRIES, make_value

QUALIFIERS: dict[str, tuple[str, ...]] = {
    "in": tuple(COUNTRIES),
    "for": ("beginners", "children", "adults", "students", "families", "seniors", "newcomers"),
    "at": ("entry level", "mid level", "senior level", "the first stage", "expert level"),
    "during": ("winter", "summer", "weekends", "the school holidays", "the first year"),
    "in the year": tuple(str(year) for year in range(2005, 2025)),
}
_VAGUE = (
    "Many readers ask about this.", "Let us look at this more closely.", "There is a lot to say.",
    "This depends on many things.", "You will find the details in the next section.",
    "It is a question that comes up often.", "We have collected what matters most.",
    "Please get in touch for more information.", "Things have changed a lot in recent years.",
    "Read on to learn more about it.", "This is one of the most important points.",
)  # fmt: skip
_OVERVIEWS = ("Overview", "Details", "What to know", "Facts", "Good to know", "In short", "Guide")


@dataclass(frozen=True, slots=True)
class Attribute:
    """What may be asked of a thing: its nouns, questions, statements and kind of value."""

    name: str
    value_kind: str
    nouns: tuple[str, ...]
    questions: tuple[str, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """A made field of life with its things and what there is to know about them."""

    name: str
    held_out: bool
    subjects: tuple[str, ...]
    attributes: tuple[Attribute, ...]
    actions: tuple[str, ...]
    lists: Mapping[str, Sequence[str]]
    steps: Mapping[str, Sequence[str]]
    terms: Mapping[str, str]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one attribute of one thing, perhaps only in one place, level or year."""

    subject: str
    attribute: Attribute
    value: str
    qualifier: str = ""

    @property
    def topic(self) -> str:
        """The subject with its qualifier, as a question names it."""
        return f"{self.subject} {self.qualifier}".strip()


@cache
def read_attributes() -> dict[str, Attribute]:
    """Read the attributes, by name."""
    raw = yaml.safe_load(Path(__file__).with_name("attributes.yaml").read_text("utf-8"))
    return {
        name: Attribute(name, one["t"], tuple(one["n"]), tuple(one["q"]), tuple(one["s"]))
        for name, one in raw.items()
    }


def read_worlds() -> tuple[World, ...]:
    """Read the made worlds with their attributes resolved."""
    attributes = read_attributes()
    raw = yaml.safe_load(Path(__file__).with_name("domains.yaml").read_text("utf-8"))
    return tuple(
        World(
            name=one["name"],
            held_out=one.get("held_out", False),
            subjects=tuple(one["subjects"]),
            attributes=tuple(attributes[name] for name in one["attributes"]),
            actions=tuple(one["can"]),
            lists=one["lists"],
            steps=one["how"],
            terms=one["terms"],
            reasons=one["why"],
        )
        for one in raw
    )


def make_fact(world: World, rng: Random) -> Fact:
    """Draw a fact of a world; every second one holds only somewhere, at some level or time."""
    attribute = rng.choice(world.attributes)
    value = make_value(attribute.value_kind, rng)
    fact = Fact(rng.choice(world.subjects), attribute, value)
    return replace(fact, qualifier=make_qualifier(rng)) if rng.random() < 0.5 else fact


def make_qualifier(rng: Random) -> str:
    """Draw a place, a level, a season or a year."""
    kind = rng.choice(("in", "in", "for", "at", "during", "in the year"))
    value = rng.choice(QUALIFIERS[kind])
    return f"in {value}" if kind == "in the year" else f"{kind} {value}"


def other_qualifier(qualifier: str, rng: Random) -> str:
    """Draw another qualifier of the same kind: another country for a country, a year for a year."""
    preposition, _, value = qualifier.partition(" ")
    kind = "in the year" if value.isdigit() else preposition
    others = [other for other in QUALIFIERS[kind] if other != value]
    return f"{preposition} {rng.choice(others)}"


def fill(template: str, subject: str, value: str = "") -> str:
    """Put a subject and a value into a template; {S} and {V} open a sentence."""
    return template.format(
        s=subject, S=capital(subject), v=value, V=capital(value), k=bare(subject)
    )


def capital(text: str) -> str:
    """Write the first letter large."""
    return text[:1].upper() + text[1:]


def bare(subject: str) -> str:
    """Drop the article of a subject."""
    first, _, rest = subject.partition(" ")
    return rest if first in ("a", "an", "the") else subject


def state(fact: Fact, rng: Random, *, subject: str | None = None) -> str:
    """Say a fact in a sentence, with its qualifier before or after."""
    plain = f"The {rng.choice(fact.attribute.nouns)} of {{s}} is {{v}}."
    template = rng.choice((*fact.attribute.statements, plain))
    said = fill(template, subject or fact.subject, fact.value)
    if not fact.qualifier:
        return said
    if rng.random() < 0.6:
        return f"{capital(fact.qualifier)}, {said if said[:2].isupper() else lower(said)}"
    return f"{said.rstrip('.')} {fact.qualifier}."


def lower(text: str) -> str:
    """Write the first letter small, unless it opens a name."""
    return text[:1].lower() + text[1:] if text.split(maxsplit=1)[0] in _SMALL else text


_SMALL = frozenset("The A An It You Expect Plan Keep Up Most To On With Leave Every".split())


def write_span(world: World, fact: Fact, rng: Random) -> str:
    """Write a fact as a described span: sentence, answer under a heading, item or table row."""
    ways = (_as_sentence, _as_sentence, _by_pronoun, _as_short_answer, _as_item, _as_row, _as_row)
    return rng.choice(ways)(world, fact, rng)


def _title(world: World, rng: Random) -> str:
    return rng.choice((capital(world.name), f"All about {world.name}", f"A guide to {world.name}"))


def _as_sentence(world: World, fact: Fact, rng: Random) -> str:
    noun = capital(rng.choice(fact.attribute.nouns))
    question = fill(rng.choice(fact.attribute.questions), fact.subject)
    section = rng.choice((noun, question, capital(bare(fact.subject)), *_OVERVIEWS[:3]))
    headings = (_title(world, rng), section)[: rng.randint(0, 2)]
    said = state(fact, rng)
    if rng.random() < 0.25:
        said = _join(said, state(_sibling(world, fact, rng), rng))
    return describe(headings, said)


def _sibling(world: World, fact: Fact, rng: Random) -> Fact:
    attribute = rng.choice(world.attributes)
    return Fact(fact.subject, attribute, make_value(attribute.value_kind, rng))


def _join(one: str, two: str) -> str:
    return f"{one.rstrip('.')}, and {lower(two)}"


def _by_pronoun(world: World, fact: Fact, rng: Random) -> str:
    said = state(replace(fact, qualifier=""), rng, subject=rng.choice(("it", "this", "it")))
    heading = capital(bare(fact.subject))
    if fact.qualifier:
        heading = rng.choice((f"{heading} {fact.qualifier}", f"{heading}: {fact.qualifier}"))
    return describe((rng.choice((_title(world, rng), "")), heading), said)


def _as_short_answer(world: World, fact: Fact, rng: Random) -> str:
    noun = rng.choice(fact.attribute.nouns)
    question = fill(rng.choice(fact.attribute.questions), fact.topic)
    heading = rng.choice((question, f"{capital(noun)} of {fact.topic}"))
    value = rng.choice((capital(fact.value), f"Usually {fact.value}", f"It is {fact.value}"))
    return describe((_title(world, rng), heading), f"{value}.")


def _as_item(world: World, fact: Fact, rng: Random) -> str:
    noun = rng.choice(fact.attribute.nouns)
    if rng.random() < 0.5:
        lead_in = f"The main facts about {fact.topic}:"
        return describe((_title(world, rng),), f"{capital(noun)}: {fact.value}", lead_in)
    lead_in = f"Here is the {noun} of each{' ' + fact.qualifier if fact.qualifier else ''}:"
    sign = rng.choice((":", " –"))
    return describe(
        (_title(world, rng),), f"{capital(bare(fact.subject))}{sign} {fact.value}", lead_in
    )


def _as_row(world: World, fact: Fact, rng: Random) -> str:
    if fact.qualifier and rng.random() < 0.6:
        return _qualified_row(fact, rng)
    others = rng.sample(world.attributes, k=min(rng.randint(1, 3), len(world.attributes)))
    columns = {capital(fact.attribute.nouns[0]): fact.value}
    for other in others:
        columns.setdefault(capital(rng.choice(other.nouns)), make_value(other.value_kind, rng))
    named = list(columns.items())
    rng.shuffle(named)
    cells = "; ".join(f"{column}: {value}" for column, value in named)
    heading = f"{_title(world, rng)} {fact.qualifier}".strip()
    return describe((heading,), f"{capital(bare(fact.subject))}, {cells}")


def _qualified_row(fact: Fact, rng: Random) -> str:
    """A table over places, levels or years: the qualifier names the row, or the column."""
    noun = rng.choice(fact.attribute.nouns)
    mine = capital(fact.qualifier.partition(" ")[2])
    columns = {mine: fact.value}
    for _ in range(rng.randint(1, 2)):
        other = other_qualifier(fact.qualifier, rng).partition(" ")[2]
        columns.setdefault(capital(other), make_value(fact.attribute.value_kind, rng))
    if rng.random() < 0.5:
        heading = f"{capital(noun)} of {fact.subject}"
        return describe((heading,), f"{mine}, {capital(noun)}: {fact.value}")
    named = list(columns.items())
    rng.shuffle(named)
    cells = "; ".join(f"{column}: {value}" for column, value in named)
    return describe((f"{capital(noun)}",), f"{capital(bare(fact.subject))}, {cells}")


def vague_span(world: World, heading: str, rng: Random) -> str:
    """Write a heading that repeats the question, over a sentence that answers nothing."""
    return describe((_title(world, rng), heading), rng.choice(_VAGUE))
