"""What a yes/no question asks for: a need, doing without something, leave; and of what, and whom.

Knows the forms of English yes/no questions. Knows nothing of passages.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ingest.patterns import compile_late
from ingest.words import content_words, has_form, stem

NECESSITY = (
    r"(?:need(?:s|ed)?|require(?:s|d|ment|ments)?|requisite|prerequisite|must|necessary|necessarily|mandatory"
    r"|compulsory|obligatory|obliged|obligated|essential|indispensable|have to|has to|has got to|have got to)"
)
_EXPECTED = r"(?:expected|asked|insisted|demanded) (?:of|from|for|on)"
"""What asks for a need in other words; what is told in these may be of anything."""

LACKING = compile_late(
    r"\b(?:without|lacking|no|don['’]?t have|doesn['’]?t have|do not have|does not have"
    r"|ha(?:ve|s)(?:n['’]?t| not) (?:got|had|done)|never (?:had|got|did|finished|went to)|didn['’]?t (?:finish|do|get|go to)"
    r"|skip)\b",
    re.IGNORECASE,
)
"""Words that say of what follows them that one does not have it."""

_NEED = compile_late(
    rf"\b(?:{NECESSITY}|{_EXPECTED})\b|\bdo(?:es)? .{{0,40}}\bmatter\b",
    re.IGNORECASE,
)
LEFT_OPEN = r"(?:optional|voluntary|unnecessary|superfluous)"
_CHOICE = compile_late(
    rf"\b(?:{LEFT_OPEN}|nice to have|(?:a|the) bonus|or (?:can|could|may) (?:i|you|we|one) (?:\w+ )?"
    r"(?:skip|do without|go without|leave)|or\b[^?.!]{0,60}\benough)\b",
    re.IGNORECASE,
)
_OPTIONAL = compile_late(rf"\b{LEFT_OPEN}\b(?=\W*$|\s+(?:for|to|in|at)\b)", re.IGNORECASE)
FINE = r"(?:okay|ok|alright|all right|(?<!\ba )(?<!\bthe )(?<!\bany )fine)"
"""Everyday words for what may be done; "a fine" is another matter."""

_POSSIBLE = compile_late(
    rf"\b(?:can|could|possible|able|may|might|allowed|permitted|{FINE})\b", re.IGNORECASE
)


class Form(StrEnum):
    """What a yes would grant."""

    NEED = "need"
    CHOICE = "choice"
    WITHOUT = "without"
    POSSIBLE = "possible"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Asked:
    """A yes/no question taken apart, by stems.

    `thing` is what is needed, done without or may be done; `heads` those of its words without which
    nothing is said of it: the degree of "a university degree". `whose` is of whom it is asked, empty
    for "I" and "you"; `rest` says what for, where and when. `phrase` is the thing as written. `always`
    says that it is asked of every case: one without the need makes it a no.
    """

    form: Form
    thing: frozenset[str]
    heads: frozenset[str]
    whose: frozenset[str] = frozenset()
    rest: frozenset[str] = frozenset()
    phrase: str = ""
    always: bool = False


_ALWAYS = compile_late(
    r"\b(?:always|every(?:one|body|where)?|(?<!\bat )(?<!\bafter )all(?!\s+(?:at|in|day)\b)|each|without exception|invariably)\b",
    re.IGNORECASE,
)


def find_form(question: str) -> Form:
    """Say what a yes to a question would grant: "Can I, without a permit?" asks for doing without."""
    if _NEED.search(question):
        return Form.NEED
    if _CHOICE.search(question):
        return Form.CHOICE
    if _POSSIBLE.search(question):
        return Form.WITHOUT if LACKING.search(question) else Form.POSSIBLE
    return Form.OTHER


_OPENER = r"(?:do|does|did|will|would|should|shall|is|are|was|were|am)(?:n['’]t|nt)?"
_PHRASES = tuple(
    compile_late(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_OPENER}\s+(?P<whose>.*?)\s*\b(?:have|has|need|got)\s+to\s+(?P<does>.+)",
        r"\b(?P<whose>i|you|we|one|he|she|they)\s+(?:required|obliged)\s+to\s+(?P<does>.+)",
        rf"\b{_OPENER}\s+(?P<whose>.*?)\s*\b(?:need|require)\b\s*(?P<thing>.+)",
        r"\bmust\s+(?P<whose>i|you|we|one|he|she|they|it)\s+(?P<does>.+)",
        rf"\b{_OPENER}\s+(?P<thing>.*?)\s*\b(?:{NECESSITY}|{_EXPECTED}|matter|{LEFT_OPEN})\b(?P<rest>.*)",
    )
)
_PURPOSE = compile_late(
    r"\b(?:to|for|at|on|before|when|while|during|if|as|from|after|until|unless|because|so|by)\b",
    re.IGNORECASE,
)
"""What follows is not what is needed, but what for, where or when."""

_BOUND = compile_late(r"\b(?:of|with|in|about|from)\b", re.IGNORECASE)
_BESIDE = compile_late(r"\b(?:and|or)\b|,", re.IGNORECASE)
_LIGHT = frozenset(
    stem(word)
    for word in """have get hold be use make take go do become own know learn let like want really
    actually absolutely strictly still just even ever definitely truly exactly must""".split()
)
"""Words of a question that say nothing of what it is about."""


@lru_cache(maxsize=64)
def take_apart(question: str) -> Asked:
    """Take a yes/no question apart: once for all the passages that it is asked of."""
    form = find_form(question)
    if form is Form.WITHOUT:
        before, after = LACKING.split(question, maxsplit=1)
        thing, _ = _part(after)
        heads = _find_heads(thing)
        return Asked(form, find_telling(thing), heads, rest=find_telling(before), phrase=thing)
    if form in (Form.NEED, Form.CHOICE):
        return _take_need(question, form)
    telling = find_telling(_POSSIBLE.sub(" ", question))
    return Asked(form, telling, telling)


def asks_which(question: str) -> bool:
    """Say whether a question sets a need against a choice: no yes answers "required or optional?"."""
    return bool(_NEED.search(question) and _CHOICE.search(question))


def asks_need(question: str) -> bool:
    """Say whether a question asks if something is needed, so that a no grants doing without."""
    return take_apart(question).form is Form.NEED


def ask_for_need(question: str) -> str:
    """Ask for a need where a question asks whether something is optional: articles tell of needs.

    It is only to be sought so: a yes to the one is a no to the other.
    """
    return question if asks_which(question) else _OPTIONAL.sub("required", question)


def names_needed(question: str, text: str) -> bool:
    """Say whether a text names what a question asks a need for, if it asks for one.

    It may call the need otherwise: "compulsory", where "required" is asked.
    """
    asked = take_apart(question)
    return asked.form in (Form.NEED, Form.CHOICE) and has_each(asked.heads, find_telling(text))


_ABLE = compile_late(
    r"(?<=\s)(?:be (?:able to|(?:\w+ )?(?:good|great|skilled|strong|fluent) (?:at|in|with))|know how to)\s+",
    re.IGNORECASE,
)
"""What is said of a need to be able to do something: what is needed is that."""


def _take_need(question: str, form: Form) -> Asked:
    question = _ABLE.sub("", question)
    for pattern in _PHRASES:
        found = pattern.search(question)
        if not found:
            continue
        groups = found.groupdict(default="")
        thing, rest = _part(groups.get("does") or groups["thing"])
        rest += " " + groups.get("rest", "")
        whose, whole = find_telling(groups.get("whose", "")), find_telling(thing)
        _, _, objects = thing.strip().partition(" ")
        if "does" in groups and find_telling(objects):
            thing, whole = objects, find_telling(objects)
        elif "does" in groups:
            whole |= find_telling(rest)  # "to pay for parking" asks for no other payment
        if not whole:
            thing, whole, rest = rest, find_telling(rest), ""
        heads, always = _find_heads(thing), bool(_ALWAYS.search(question))
        return Asked(form, whole, heads, whose, find_telling(rest), thing, always)
    telling = find_telling(_NEED.sub(" ", _CHOICE.sub(" ", question)))
    return Asked(form, telling, telling)


def _part(phrase: str) -> tuple[str, str]:
    """Part a phrase into what is needed and what for."""
    found = _PURPOSE.search(phrase)
    return (phrase[: found.start()], phrase[found.start() :]) if found else (phrase, "")


_OF_A_THING = frozenset(
    map(stem, "knowledge skill skills experience expertise background proficiency".split())
)
"""Nouns that say little without the thing that they are of: Latin, of "a knowledge of Latin"."""

_OF_ANY_THING = frozenset(
    map(stem, "previous prior work working professional practical relevant basic special".split())
)
"""What stands before them and says of no thing: "work experience"."""


def _find_heads(phrase: str) -> frozenset[str]:
    """Return the word that each noun of a phrase ends in: "a licence in law or a permit".

    Of a skill or a knowledge it is the one that says of what: "sailing experience".
    """
    heads = [head for part in _BESIDE.split(phrase) if (head := _find_head(part))]
    return frozenset(heads) or find_telling(phrase)


def _find_head(noun: str) -> str:
    own, *further = (_list_telling(part) for part in _BOUND.split(noun))
    of_thing = bool(own) and own[-1] in _OF_A_THING
    if of_thing and len(own) == 1 and further and further[0]:
        return further[0][-1]
    named = of_thing and len(own) > 1 and own[-2] not in _OF_ANY_THING
    kept = own[:-1] if named else own
    return kept[-1] if kept else ""


def find_telling(text: str) -> frozenset[str]:
    """Return the stems of a text that say what it is about."""
    return frozenset(_list_telling(text))


def _list_telling(text: str) -> list[str]:
    stems = (stem(part) for word in content_words(text) for part in word.split("-") if part)
    return [key for key in stems if key not in _LIGHT]


def has_each(asked: Iterable[str], said: frozenset[str]) -> bool:
    """Say whether each of some stems, or a form of it, is among others."""
    return all(key in said or has_form(key, said) or _has_longer(key, said) for key in asked)


_BEGINNING = 6
"""Letters that a stem has at least for a longer one to be of its family: register, registration."""


def _has_longer(key: str, said: frozenset[str]) -> bool:
    """Say whether a stem, less than three letters longer or shorter, begins as another does."""
    near = [other for other in said if min(len(key), len(other)) >= _BEGINNING]
    return any(
        abs(len(key) - len(other)) < 3 and (key.startswith(other) or other.startswith(key))
        for other in near
    )
