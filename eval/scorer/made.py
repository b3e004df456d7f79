"""Questions over the made worlds: each beside a span that answers it and spans that nearly do.

Knows how questions are asked and what makes a near miss. Knows nothing of training.
"""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from eval.scorer.pair import Head, Pair, describe
from eval.scorer.values import make_value
from eval.scorer.wording import reword
from eval.scorer.world import (
    Attribute,
    Fact,
    World,
    bare,
    capital,
    fill,
    lower,
    make_fact,
    other_qualifier,
    read_attributes,
    state,
    vague_span,
    write_span,
)

_ALIKE = (
    {"price", "monthly", "rent", "hourly"}, {"pay", "income", "hourly", "bonus", "tips"},
    {"seats", "capacity", "class_size", "servings"}, {"size", "length", "height", "space", "depth"},
    {"qualification", "licence", "exam", "training", "experience"}, {"distance", "range"},
    {"duration", "training", "lessons"}, {"height", "age"}, {"founded", "launch"},
    {"distance", "location"}, {"validity", "lifetime", "shelf_life"}, {"calories", "energy"},
)  # fmt: skip
"""Attributes whose questions overlap: neither is used as a near miss of the other."""

_FOREIGN_QUESTIONS = (
    "Who owns {s}?", "How many people work on {s}?", "What is the email address for {s}?",
    "Which company is behind {s}?", "Is there an app for {s}?", "Who won an award for {s}?",
    "What is the history of {s}?", "why is it called {k}", "Who is the most famous {k}?",
    "Which book should I read about {s}?", "How is {s} taxed?", "What do critics say about {s}?",
    "Is there a union for {s}?", "What is the market share of {s}?", "any scholarships for {k}",
)  # fmt: skip
_MENTIONS = (
    "Ask us about the {n} of {s}.", "The {n} of {s} has changed this year.",
    "Many people wonder about the {n} of {s}.", "The {n} of {s} is shown in the table below.",
    "You can compare the {n} of {s} with others.", "Nobody likes to talk about the {n} of {s}.",
    "See the page on {s} for the {n}.", "We have written about the {n} of {s} before.",
    "Before you decide, look at the {n} of {s}.", "The {n} matters when you choose {s}.",
)  # fmt: skip
_YES = ("Yes.", "Yes, that is possible.", "Yes, as long as you ask first.", "Sure, many do so.",
        "Yes, from the second month on.", "Absolutely, there is no rule against it.")  # fmt: skip
_NO = ("No.", "No, that is not allowed.", "Unfortunately not.", "No, there are no exceptions.",
       "Not at the moment.", "It depends on the day, so ask first.")  # fmt: skip


def make_answer_pairs(world: World, rng: Random) -> Iterator[Pair]:
    """Yield one round of question pairs about a world: facts, actions, lists, steps, terms."""
    for way in (
        _facts,
        _facts,
        _facts,
        _actions,
        _needs,
        _needs,
        _lists,
        _steps,
        _terms,
        _reasons,
        _extremes,
    ):
        yield from way(world, rng)


def ask(fact: Fact, rng: Random) -> str:
    """Ask for a fact, in one of many ways."""
    noun = rng.choice(fact.attribute.nouns)
    general = (
        "What is the {n} of {s}?", "{n} {k}", "Could you tell me the {n} of {s}?",
        "whats the {n} for {s}", "I need the {n} of {s}", "{k} {n}",
    )  # fmt: skip
    template = rng.choice((*fact.attribute.questions, *fact.attribute.questions, *general))
    question = fill(template.replace("{n}", noun), fact.subject)
    if fact.qualifier and rng.random() < 0.3:
        question = f"{capital(fact.qualifier)}, {lower(question)}"
    elif fact.qualifier:
        mark = "?" if question.endswith("?") else ""
        question = f"{question.rstrip('?')} {fact.qualifier}{mark}"
    return reword(question, rng)


def _yes(world: World, question: str, passage: str, kind: str) -> Pair:
    return Pair(Head.ANSWERS, question, passage, label=True, kind=kind, group=world.name)


def _no(world: World, question: str, passage: str, kind: str) -> Pair:
    return Pair(Head.ANSWERS, question, passage, label=False, kind=kind, group=world.name)


def _facts(world: World, rng: Random) -> Iterator[Pair]:
    fact = make_fact(world, rng)
    question, passage = ask(fact, rng), write_span(world, fact, rng)
    yield _yes(world, question, passage, "fact")
    misses = near_facts(world, fact, rng)
    for kind, near in rng.sample(misses, k=min(2, len(misses))):
        if rng.random() < 0.5:  # the question stays and the span misses it, or the reverse
            write = passage_of if kind == "attribute" else write_span
            yield _no(world, question, write(world, near, rng), kind)
        else:
            yield _no(world, ask(near, rng), passage_of(world, fact, rng), kind)
    if fact.qualifier and rng.random() < 0.5:  # who asks without a place is answered by any place
        yield _yes(world, ask(replace(fact, qualifier=""), rng), passage, "fact")
    if rng.random() < 0.3:
        heading = fill(rng.choice(fact.attribute.questions), fact.topic)
        yield _no(world, question, vague_span(world, heading, rng), "vague")
    if rng.random() < 0.3:
        noun = rng.choice(fact.attribute.nouns)
        said = rng.choice(_MENTIONS).format(n=noun, s=fact.topic)
        mention = describe((capital(world.name), capital(noun))[: rng.randint(0, 2)], said)
        yield _no(world, question, mention, "vague")
    if rng.random() < 0.4:
        foreign = fill(rng.choice(_FOREIGN_QUESTIONS), fact.subject)
        yield _no(world, reword(foreign, rng), passage, "attribute")


def passage_of(world: World, fact: Fact, rng: Random) -> str:
    """Write a fact so that no other attribute of its thing slips into the same span."""
    if rng.random() < 0.5:
        return describe((capital(world.name),)[: rng.randint(0, 1)], state(fact, rng))
    noun = capital(rng.choice(fact.attribute.nouns))
    row = f"{capital(bare(fact.subject))}, {noun}: {fact.value}"
    return describe((f"{capital(world.name)} {fact.qualifier}".strip(),), row)


def near_facts(world: World, fact: Fact, rng: Random) -> list[tuple[str, Fact]]:
    """List facts that miss one thing: the attribute, the subject or the qualifier."""
    near: list[tuple[str, Fact]] = []
    other = _other_attribute(world, fact.attribute, rng)
    if other is not None:
        value = make_value(other.value_kind, rng)
        near += [("attribute", replace(fact, attribute=other, value=value))] * 2
    others = [one for one in world.subjects if bare(one) not in fact.subject]
    value = make_value(fact.attribute.value_kind, rng)
    near.append(("subject", replace(fact, subject=rng.choice(others), value=value)))
    if fact.qualifier:
        qualifier = other_qualifier(fact.qualifier, rng)
        near += [("qualifier", replace(fact, qualifier=qualifier, value=value))] * 2
    return near


def _other_attribute(world: World, attribute: Attribute, rng: Random) -> Attribute | None:
    pool = world.attributes if rng.random() < 0.7 else tuple(read_attributes().values())
    same_kind = [one for one in pool if one.value_kind == attribute.value_kind]
    free = [one for one in pool if not _alike(one, attribute)]
    close = [one for one in same_kind if not _alike(one, attribute)]
    if close and rng.random() < 0.4:
        return rng.choice(close)
    return rng.choice(free) if free else None


def _alike(one: Attribute, two: Attribute) -> bool:
    return one.name == two.name or any({one.name, two.name} <= group for group in _ALIKE)


def _actions(world: World, rng: Random) -> Iterator[Pair]:
    action, other, third = rng.sample(world.actions, k=3)
    question = reword(rng.choice(_ask_action(action)), rng)
    yield _yes(world, question, _say_action(world, action, rng), "yes/no")
    yield _no(world, question, _say_action(world, other, rng), "action")
    cost = rng.choice(("How much does it cost to {a}?", "Since when can people {a}?",
                       "Who decides whether I may {a}?", "Where can I {a}?"))  # fmt: skip
    cost = reword(cost.format(a=action), rng)
    yield _no(world, cost, _say_action(world, action, rng), "attribute")
    if rng.random() < 0.5:
        heading = f"Can I {action}?"
        yield _no(world, question, vague_span(world, heading, rng), "vague")
    else:
        passage = _say_action(world, third, rng)
        yield _no(world, question, passage, "action")


def _ask_action(action: str) -> tuple[str, ...]:
    return (
        f"Can I {action}?", f"Is it possible to {action}?", f"am i allowed to {action}",
        f"is it ok to {action}", f"May people {action}?", f"can you {action}",
        f"Would it be a problem to {action}?", f"Are you able to {action}?",
        f"I want to {action}, is that fine?", f"{action} allowed",
    )  # fmt: skip


def _say_action(world: World, action: str, rng: Random) -> str:
    allowed = rng.random() < 0.5
    if rng.random() < 0.5:
        heading = rng.choice(_ask_action(action)[:2])
        return describe((capital(world.name), heading), rng.choice(_YES if allowed else _NO))
    yes = (f"You can {action}.", f"It is possible to {action}, though few do.",
           f"Nothing stops you if you want to {action}.", f"Feel free to {action}.")  # fmt: skip
    no = (f"You cannot {action}.", f"It is not possible to {action}.",
          f"Nobody may {action}.", f"To {action} is against the rules.")  # fmt: skip
    return describe((capital(world.name), "Rules")[: rng.randint(0, 2)], rng.choice(
        yes if allowed else no))  # fmt: skip


def _needs(world: World, rng: Random) -> Iterator[Pair]:
    """Whether something is needed, under many words: required, a must, optional, without it."""
    thing, other = rng.sample(needed_things(world), k=2)
    purpose = rng.choice((*world.steps, *world.actions, ""))
    question = reword(rng.choice(_ASK_NEED).format(t=thing, p=_to(purpose)), rng)
    yield _yes(world, question, say_need(world, thing, rng), "yes/no")
    yield _no(world, question, say_need(world, other, rng), "need")
    miss = reword(rng.choice(_MISS_NEED).format(t=thing), rng)
    yield _no(world, miss, say_need(world, thing, rng), "attribute")


def needed_things(world: World) -> list[str]:
    """List what may or may not be needed in a world: the things of its lists, and papers."""
    things = [item for items in world.lists.values() for item in items]
    return [*things, *_PAPERS]


def say_need(world: World, thing: str, rng: Random, needed: bool | None = None) -> str:  # noqa: FBT001
    """Write as a described span that a thing is needed, or that it is not."""
    needed = rng.random() < 0.5 if needed is None else needed
    said = rng.choice(NEEDED if needed else NOT_NEEDED)
    if rng.random() < 0.4:
        heading = capital(rng.choice(_ASK_NEED[:4]).format(t=thing, p=""))  # no "without"
        short = (_SHORT_NEEDED if needed else _SHORT_NOT_NEEDED) + ("It depends on the case.",)
        return describe((capital(world.name), heading), rng.choice(short))
    headings = (capital(world.name), rng.choice(("Requirements", "Before you start", "FAQ")))
    return describe(headings[: rng.randint(0, 2)], capital(said.format(t=thing)))


def _to(purpose: str) -> str:
    return f" to {purpose}" if purpose else ""


_PAPERS = (
    "a permit", "a licence", "a degree", "insurance", "experience", "a deposit", "a certificate",
    "an appointment", "a reservation", "a bank account", "special clothing", "a medical check",
    "a laptop", "prior knowledge", "good grades", "a smartphone", "references", "a contract",
)  # fmt: skip
_ASK_NEED = (
    "Do I need {t}{p}?", "Is {t} required{p}?", "Is {t} necessary{p}?", "do you need {t}{p}",
    "Is {t} mandatory?", "must i have {t}{p}", "Does it take {t}{p}?", "Can I go without {t}?",
    "Do people have to have {t}{p}?", "is {t} a must", "Is {t} compulsory or optional?",
    "can i do it without {t}", "Will I be asked for {t}?", "Should I get {t}{p}?",
)  # fmt: skip
_MISS_NEED = (
    "How much does {t} cost?", "Where do I get {t}?", "How long does it take to get {t}?",
    "Who checks {t}?", "What kind of {t} is best?", "when was {t} introduced", "Who sells {t}?",
)  # fmt: skip
NEEDED = (
    "{t} is required.", "you need {t}.", "you must have {t}.", "without {t} you cannot take part.",
    "nobody gets in without {t}.", "{t} is mandatory for everyone.", "be sure to have {t}.",
    "{t} is a must.", "everyone is expected to have {t}.",
)  # fmt: skip
NOT_NEEDED = (
    "{t} is not required.", "you do not need {t}.", "{t} is optional.", "you can do without {t}.",
    "{t} helps, but it is not necessary.", "nobody will ask for {t}.", "no need for {t}.",
    "it also works without {t}.", "{t} is welcome but not a condition.",
)  # fmt: skip
_SHORT_NEEDED = ("Yes.", "Yes, always.", "Yes, without exception.", "Yes, it is a condition.")
_SHORT_NOT_NEEDED = (
    "No.", "No, although it helps.", "No, but many have it.", "Not at all.", "No, it is optional.",
)  # fmt: skip


def _lists(world: World, rng: Random) -> Iterator[Pair]:
    name, other = rng.sample(sorted(world.lists), k=2)
    asks = (f"What are the {name}?", f"Which {name} are there?", f"list the {name}", name,
            f"Can you name the {name}?", f"tell me about the {name}",
            f"I'm looking for {name}")  # fmt: skip
    question = reword(rng.choice(asks), rng)
    item = rng.choice(world.lists[name])
    yield _yes(world, question, say_item(world, name, item, rng), "list")
    wrong = rng.choice(world.lists[other])
    yield _no(world, question, say_item(world, other, wrong, rng), "list")
    miss = rng.choice((f"How much do the {name} cost?", f"Who chose the {name}?",
                       f"Why are {name} important?", f"When did the {name} change?",
                       f"How many hours do the {name} take?",
                       f"Where do I get the {name}?"))  # fmt: skip
    passage = say_item(world, name, rng.choice(world.lists[name]), rng)
    yield _no(world, reword(miss, rng), passage, "attribute")


def say_item(world: World, name: str, item: str, rng: Random) -> str:
    """Write an item of a list as a described span."""
    if rng.random() < 0.25:
        every = [one for one in world.lists[name] if one != item]
        return describe((capital(world.name),), f"The {name} are {', '.join(every)} and {item}.")
    lead_in = rng.choice((f"The {name}:", f"These are the {name}:", f"{capital(name)} include:",
                          "They are:", "Among them:", ""))  # fmt: skip
    section = rng.choice(("Overview", capital(world.name))) if len(lead_in) > 12 else capital(name)
    said = rng.choice((capital(item), f"{capital(item)}: useful in most cases", f"{item};"))
    return describe((capital(world.name), section), said, lead_in)


def _steps(world: World, rng: Random) -> Iterator[Pair]:
    goal, other = rng.sample(sorted(world.steps), k=2)
    asks = (f"How do I {goal}?", f"how to {goal}", f"What are the steps to {goal}?",
            f"what do i have to do to {goal}", f"Explain how to {goal}.",
            f"steps {goal}", f"What is the best way to {goal}?")  # fmt: skip
    question = reword(rng.choice(asks), rng)
    yield _yes(world, question, _say_step(world, goal, rng), "how")
    yield _no(world, question, _say_step(world, other, rng), "how")
    miss = rng.choice((f"How long does it take to {goal}?", f"How much does it cost to {goal}?",
                       f"Why should I {goal}?", f"Who can {goal} for me?",
                       f"Is it hard to {goal}?", f"where can i {goal}"))  # fmt: skip
    yield _no(world, reword(miss, rng), _say_step(world, goal, rng), "attribute")


def _say_step(world: World, goal: str, rng: Random) -> str:
    step = rng.choice(world.steps[goal])
    heading = rng.choice((f"How to {goal}", f"How do I {goal}?", "Step by step"))
    if heading == "Step by step" or rng.random() < 0.3:
        lead_in = rng.choice((f"To {goal}, follow these steps:", f"If you want to {goal}:"))
        return describe((capital(world.name), heading), step, lead_in)
    if rng.random() < 0.3:
        return describe((capital(world.name),), f"To {goal}, {step[:1].lower()}{step[1:]}.")
    return describe((capital(world.name), heading), rng.choice((step, f"{step}.")))


def _terms(world: World, rng: Random) -> Iterator[Pair]:
    term, other = rng.sample(sorted(world.terms), k=2)
    asks = (f"What is {term}?", f"what does {bare(term)} mean", f"define {bare(term)}",
            f"Can you explain {term}?", f"whats {term}", f"Meaning of {bare(term)}",
            f"What is the difference between {term} and {other}?")  # fmt: skip
    question = reword(rng.choice(asks[:-1]), rng)
    yield _yes(world, question, say_term(world, term, rng), "what is")
    yield _no(world, question, say_term(world, other, rng), "term")
    yield _yes(world, reword(asks[-1], rng), say_term(world, term, rng), "what is")
    miss = rng.choice((f"Who invented {term}?", f"How much does {term} cost?",
                       f"When was {term} introduced?", f"Where do I find {term}?",
                       f"How do I learn {term}?", f"Why is {term} controversial?"))  # fmt: skip
    yield _no(world, reword(miss, rng), say_term(world, term, rng), "attribute")
    mention = rng.choice((f"Ask at the desk about {term}.", f"{capital(term)} is popular here.",
                          f"Many people talk about {term}.", f"See the page on {term}."))  # fmt: skip
    yield _no(world, question, describe((capital(world.name),), mention), "vague")


def say_term(world: World, term: str, rng: Random) -> str:
    """Write a definition as a described span."""
    meaning = world.terms[term]
    if rng.random() < 0.3:
        heading = rng.choice((f"What is {term}?", capital(bare(term))))
        return describe((capital(world.name), heading), f"It is {meaning}.")
    said = (f"{capital(term)} is {meaning}.", f"{capital(term)} means {meaning}.",
            f"By {term} people mean {meaning}.", f"{capital(bare(term))}: {meaning}")  # fmt: skip
    return describe((capital(world.name),)[: rng.randint(0, 1)], rng.choice(said))


def _reasons(world: World, rng: Random) -> Iterator[Pair]:
    claim, other = rng.sample(sorted(world.reasons), k=2)
    asks = (f"Why is it that {claim}?", f"What is the reason that {claim}?",
            f"how come {claim}", f"Why: {claim}?")  # fmt: skip
    question = reword(rng.choice(asks), rng)
    yield _yes(world, question, _say_reason(world, claim, rng), "why")
    yield _no(world, question, _say_reason(world, other, rng), "why")
    fact = describe((capital(world.name),), f"It is well known that {claim}.")
    yield _no(world, question, fact, "attribute")


def _say_reason(world: World, claim: str, rng: Random) -> str:
    reason = world.reasons[claim]
    if rng.random() < 0.4:
        heading = f"Why {claim}"
        return describe((capital(world.name), heading), f"The reason is simple: {reason}.")
    said = (f"{capital(claim)} because {reason}.", f"Since {reason}, {claim}.")
    return describe((capital(world.name),)[: rng.randint(0, 1)], rng.choice(said))


_EXTREMES = (
    ("money", "salary", "bigmoney"), ("period", "minutes"),
    ("percent", "count", "weight", "length", "speed", "age", "bignumber"),
)  # fmt: skip
_SUPERLATIVES = (
    "Which has the highest {n}?", "which one has the lowest {n}", "Compare the {n} of all of them.",
    "Which has the best {n}?", "highest {n}", "who has the lowest {n}",
)  # fmt: skip
_CHEAPEST = ("Which is the cheapest?", "which one costs least", "What is the most expensive one?")


def _extremes(world: World, rng: Random) -> Iterator[Pair]:
    """A superlative or a comparison is answered by rows that have the figure, by no other row."""
    fact = make_fact(world, rng)
    if not any(fact.attribute.value_kind in kinds for kinds in _EXTREMES):
        return
    noun = rng.choice(fact.attribute.nouns)
    priced = fact.attribute.name in ("price", "rent") and rng.random() < 0.7
    question = rng.choice(_CHEAPEST if priced else _SUPERLATIVES).replace("{n}", noun)
    if rng.random() < 0.4:
        rival = rng.choice([one for one in world.subjects if one != fact.subject])
        question = f"Which has the higher {noun}, {fact.subject} or {rival}?"
    yield _yes(world, reword(question, rng), passage_of(world, fact, rng), "compare")
    other = _other_attribute(world, fact.attribute, rng)
    if other is not None and other.value_kind != fact.attribute.value_kind:
        near = replace(fact, attribute=other, value=make_value(other.value_kind, rng))
        passage = passage_of(world, near, rng)
        yield _no(world, reword(question, rng), passage, "attribute")
