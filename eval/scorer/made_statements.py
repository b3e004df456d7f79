"""Statements over the made worlds: each beside a span that bears it out and spans that nearly do.

Knows how a fact is restated and what may be false about it. Knows nothing of training.
"""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from eval.scorer.made import (
    NEEDED,
    NOT_NEEDED,
    make_answer_pairs,
    near_facts,
    needed_things,
    passage_of,
    say_item,
    say_need,
    say_term,
)
from eval.scorer.pair import Head, Pair, describe
from eval.scorer.values import make_value
from eval.scorer.world import (
    Fact,
    World,
    bare,
    capital,
    make_fact,
    make_qualifier,
    other_qualifier,
    read_worlds,
    state,
    write_span,
)


def made_pairs(rounds: int, seed: int, *, held_out: bool) -> Iterator[Pair]:
    """Yield `rounds` of pairs of either head for every world of the fitted or held-out part."""
    rng = Random(seed)  # noqa: S311 - made data, no secret
    for world in read_worlds():
        for _ in range(rounds if world.held_out == held_out else 0):
            yield from make_answer_pairs(world, rng)
            yield from make_support_pairs(world, rng)


def make_support_pairs(world: World, rng: Random) -> Iterator[Pair]:
    """Yield one round of statement pairs about a world."""
    ways = (_fact_statements, _fact_statements, _row_statements, _action_statements)
    for way in (*ways, _need_statements, _list_statements):
        yield from way(world, rng)


def _yes(world: World, text: str, passage: str, kind: str) -> Pair:
    return Pair(Head.SUPPORTS, text, passage, label=True, kind=kind, group=world.name)


def _no(world: World, text: str, passage: str, kind: str) -> Pair:
    return Pair(Head.SUPPORTS, text, passage, label=False, kind=kind, group=world.name)


def _fact_statements(world: World, rng: Random) -> Iterator[Pair]:
    fact = make_fact(world, rng)
    passage = passage_of(world, fact, rng) if rng.random() < 0.5 else write_span(world, fact, rng)
    second = make_fact(world, rng)
    if rng.random() < 0.3:  # several spans may carry one statement
        passage = f"{passage} {passage_of(world, second, rng)}"
    yield _yes(world, _restate(fact, rng), passage, "restated")
    value = make_value(fact.attribute.value_kind, rng)
    wrong = [("value", replace(fact, value=value))] * 2 if value != fact.value else []
    wrong += [(kind, replace(near, value=fact.value)) for kind, near in
              near_facts(world, fact, rng) if kind != "attribute"
              or near.attribute.value_kind == fact.attribute.value_kind]  # fmt: skip
    wrong.append(("invented", replace(second, qualifier=make_qualifier(rng))))
    for kind, near in rng.sample(wrong, k=min(2, len(wrong))):
        yield _no(world, _restate(near, rng), passage, kind)


def _restate(fact: Fact, rng: Random) -> str:
    noun = rng.choice(fact.attribute.nouns)
    cell = f"{capital(bare(fact.subject))}, {noun}: {fact.value}."
    where = f"{capital(fact.qualifier)}, the" if fact.qualifier else "The"
    return rng.choice((state(fact, rng), state(fact, rng),
                       f"{where} {noun} of {fact.subject} is {fact.value}.",
                       cell if not fact.qualifier else state(fact, rng)))  # fmt: skip


def _action_statements(world: World, rng: Random) -> Iterator[Pair]:
    action, other = rng.sample(world.actions, k=2)
    yes = (f"You can {action}.", f"It is possible to {action}.", f"Yes, you may {action}.")
    no = (f"You cannot {action}.", f"It is not possible to {action}.", f"No, nobody may {action}.")
    said, denied = (yes, no) if rng.random() < 0.5 else (no, yes)
    short = rng.choice(("Yes.", "Yes, of course.") if said is yes else ("No.", "No, never."))
    passage = rng.choice((describe(("Rules",), rng.choice(said)),
                          describe((capital(world.name), f"Can I {action}?"), short)))  # fmt: skip
    yield _yes(world, rng.choice(said), passage, "restated")
    yield _no(world, rng.choice(denied), passage, "negation")
    yield _no(world, rng.choice(said).replace(action, other), passage, "action")


def _row_statements(world: World, rng: Random) -> Iterator[Pair]:
    """A cell belongs to its row and its column: the neighbour's value is false of it."""
    attribute, qualifier = rng.choice(world.attributes), make_qualifier(rng)
    other = other_qualifier(qualifier, rng)
    value, neighbour = (make_value(attribute.value_kind, rng) for _ in range(2))
    if value == neighbour:
        return
    subject, noun = rng.choice(world.subjects), rng.choice(attribute.nouns)
    columns = [(qualifier, value), (other, neighbour)]
    rng.shuffle(columns)
    cells = "; ".join(f"{capital(one.partition(' ')[2])}: {cell}" for one, cell in columns)
    passage = describe((capital(noun),), f"{capital(bare(subject))}, {cells}")
    true = Fact(subject, attribute, value, qualifier)
    yield _yes(world, _restate(true, rng), passage, "restated")
    yield _no(world, _restate(replace(true, value=neighbour), rng), passage, "column")


def _need_statements(world: World, rng: Random) -> Iterator[Pair]:
    thing, other = rng.sample(needed_things(world), k=2)
    needed = rng.random() < 0.5
    said, denied = (NEEDED, NOT_NEEDED) if needed else (NOT_NEEDED, NEEDED)
    passage = say_need(world, thing, rng, needed)
    if "depends" in passage:
        return
    yield _yes(world, capital(rng.choice(said).format(t=thing)), passage, "restated")
    yield _no(world, capital(rng.choice(denied).format(t=thing)), passage, "negation")
    yield _no(world, capital(rng.choice(said).format(t=other)), passage, "need")


def _list_statements(world: World, rng: Random) -> Iterator[Pair]:
    name, other = rng.sample(sorted(world.lists), k=2)
    item = rng.choice(world.lists[name])
    passage = say_item(world, name, item, rng)
    yield _yes(world, f"The {name} include {item}.", passage, "restated")
    yield _no(world, f"The {other} include {item}.", passage, "list")
    term, second = rng.sample(sorted(world.terms), k=2)
    passage = say_term(world, term, rng)
    said = f"{capital(term)} is {world.terms[term]}."
    yield _yes(world, said, passage, "restated")
    yield _no(world, f"{capital(second)} is {world.terms[term]}.", passage, "subject")
