"""Words that point at something said: "it", "they", "those", "that one".

Knows which of them stand for a thing, and which belong to a noun of their own or stand for nothing.
Knows nothing of what was said.
"""

import re
from collections.abc import Sequence

from assistant.english.noun_phrases import (
    BETWEEN,
    VERBS,
    count_noun,
    indefinite,
    is_plural,
    noun_runs,
)
from ingest.patterns import compile_late
from ingest.words import FUNCTION_WORDS, content_words, stem, words

KINDS = r"(?:job|career|role|field|work|profession|path|position|industry|subject|topic|thing|business|area)s?"
"""Nouns that only say of what kind a thing is: "this job"."""

_PRONOUN = (
    rf"(?:it|its|they|them|their|theirs|those|these|that|this|he|him|his|she|her|the same(?: {KINDS}\b)?"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )there(?!\s+(?:is|are|was|were)\b))"
)
_LEANING = compile_late(
    rf"\b{_PRONOUN}\b(?!\s+(?:is|are)\s+(?:a|any)\b)|\b(?:one|ones|other|another|former|latter|former|"
    r"both|either|neither|instead|too|same|else|the (?:first|last) (?:two|three|few))\b",
    re.IGNORECASE,
)
_OBTAINED = "|".join(
    rf"(?<=\b{verb}\s)" for verb in "do be get use buy take find have need want make".split()
)
_STANDS_IN = compile_late(
    rf"\b{_PRONOUN}\b(?:\s+ones?\b)?|\bones?\b(?=\W*$)|(?:{_OBTAINED})one\b(?!\s+(?:of|in|out|or)\b)",
    re.IGNORECASE,
)
SEVERAL = frozenset("they them these those ones theirs their".split())
_PERSON = frozenset("he him his she her".split())
_OWNING = frozenset("its their his her".split())

_IDIOM = compile_late(
    r"\b(?:(?:worth|make|made|afford|call|hack|cut|past|say) (?=it\W*$)"
    r"|(?:makes?|making|made) (?=it\s+(?:to|into|in|as|through|big)\b))(?P<it>it)\b",
    re.IGNORECASE,
)
"""An "it" that stands for nothing: "is a course worth it?", "who makes it to the top?"."""

_FILLS = compile_late(
    r"\b(?P<it>it)\s+(?:\w+ly\s+)?(?:(?:takes?|costs?)\b"
    r"(?=[^?.!]{0,80}\b(?:to\s+\w|(?:before|until|till)\s+(?:i|you|we|they|one|somebody|someone)\b))"
    r"|(?:(?:really|actually|feel|be)\s+)*like\s+(?:to\s+\w|(?:not\s+)?\w+ing\b)"
    r"|(?:\w+ly\s+)?matters?\s+(?:if|whether|which|what|where|when|who|how)\b)",
    re.IGNORECASE,
)
"""An "it" that stands for what follows: "how long does it take before I can?", "what's it like to ...?"."""

_TOLD_ONE = compile_late(
    r"\ban?\s+[\w-]+[^?.!,;]{0,80}[,;][^?.!]{0,80}\b(?P<it>one)\b", re.IGNORECASE
)
"""A "one" that its own question tells of: "is there a pool, and may I use one?"."""

_THAT_BEGINS = compile_late(
    r"^what (?:do|does|did|can|could|has|have) [^,?]*\b(?P<it>that)\s+(?:an? |the )?[\w-]+(?: [\w-]+){0,4}?"
    r"\s+(?:do|does|did|can|could|has|have)(?:n['’]?t| not)\W*$",
    re.IGNORECASE,
)
"""A "that" which begins a clause: "what does a nurse do that a carer doesn't?"."""

_CONJOINS = compile_late(
    r"\b(?:so|such|now|given|provided|heard|hear|read|told|said|says?|think|believe|sure|afraid|worried)\s+(?P<it>that)\b(?=\s+\w)",
    re.IGNORECASE,
)
"""A "that" which joins a clause: "where do I write so that they can read it?"."""

_SAID_WHEN = compile_late(
    r"(?:^(?:once|when(?:ever)?|after|before|while|as soon as|if|because|since|although)\b[^?.!,]{0,60}"
    r"\b(?:an?|the|my|your|our|their)\s+[\w-]+[^?.!,]{0,60},"
    r"|\b(?:an?|the|my|your|our|their)\s+[\w-]+\s[^?.!]{0,60}\bso(?: that)?\s)[^?.!]{0,80}?"
    r"\b(?!(?:is|are|was|were|do|does|did|can|could|may|must|should|will|would|has|have)\b)\w+\s+(?P<it>it|them)\b",
    re.IGNORECASE,
)
"""A pronoun for what the clause before it names: "once the kiln is hot, who looks after it?"."""

_OR_IT = compile_late(
    r"(?<=[^\s?.!])\s+or\s+(?:is|are|was|were|do|does|did|can|could|may|must|should|will|would)\s+[^?.!]{0,20}?"
    r"\b(?P<it>it|they|them)\b",
    re.IGNORECASE,
)
"""A pronoun for what the same question has just named: "is a permit needed, or is it optional?"."""

_CAPITALS = compile_late(r"\b(?P<it>IT)\b")
"""No pronoun but a name, where not all is in capitals."""

_WITH_NOUN = compile_late(
    r"(?P<before>[\w'’]+)?(?P<gap>\W*)\b(?P<it>this|that|these|those)\s+(?P<noun>[\w'’+#-]+)(?P<rest>[^?.!,;:]*)",
    re.IGNORECASE,
)
_DEGREES = frozenset("so too very really quite always usually often".split())
BE = frozenset("is are was were what's whats isn't aren't".split())
HELPING = BE | frozenset(
    "do does did can could will would should shall may might must don't doesn't".split()
)
NO_NOUNS = frozenset(
    """
    stuff thing things whole kind sort line online offline alone abroad fast late early part-time
    full-time again already now today first yet soon later anymore anywhere elsewhere good bad
    """.split()
)
"""Words after "this" that leave it standing by itself: "do this online", "do this stuff"."""


def hide_idle(plain: str) -> str:
    """Blot out "IT" and the "it" of "worth it", which stand for nothing, keeping every place.

    So is a "that" which only begins a clause.
    """
    patterns = (_IDIOM, _THAT_BEGINS, _CONJOINS, *(() if plain.isupper() else (_CAPITALS,)))
    return _blot(plain, [found for pattern in patterns for found in pattern.finditer(plain)])


def hide_pointless(plain: str) -> str:
    """Blot out the pointing words that stand for no thing said before, keeping every place.

    These are the idle ones, what the question itself explains, and "this" or "those" before a noun
    of their own.
    """
    explained = [
        found
        for pattern in (_FILLS, _TOLD_ONE, _OR_IT, _SAID_WHEN)
        for found in pattern.finditer(plain)
    ]
    return _blot(hide_idle(plain), [*explained, *find_named(plain)])


def _blot(text: str, mentions: Sequence[re.Match[str]]) -> str:
    for start, end in (mention.span("it") for mention in mentions):
        text = f"{text[:start]}{'_' * (end - start)}{text[end:]}"
    return text


def find_named(plain: str) -> list[re.Match[str]]:
    """Find each "this" or "those" that belongs to a noun after it."""
    found, place = [], 0
    while match := _WITH_NOUN.search(plain, place):
        if _belongs_to_noun(match):
            found.append(match)
        place = match.end("it")
    return found


def _belongs_to_noun(match: re.Match[str]) -> bool:
    """Say whether a "this" is said of the word after it: "that course", but not "does that help".

    After a helping verb the word is the sentence's own verb unless another one follows, and after
    "is" it is what is said of "this" unless another word of content follows.
    """
    noun = match["noun"].lower()
    if noun in FUNCTION_WORDS or noun in BETWEEN or noun in NO_NOUNS or stem(noun) in VERBS:
        return False
    one = match["it"].lower() in {"this", "that"}
    if noun.endswith("ly") or (one and noun.endswith("s") and not noun.endswith(("ss", "us"))):
        return False
    before = (match["before"] or "").lower()
    rest = match["rest"].lower().split()
    if match["gap"].strip() or before not in HELPING:
        return True
    if before in HELPING - BE:
        return any(stem(word) in VERBS or word in {"be", "have"} for word in rest)
    if re.search(r"\bhow much (?:is|are)\W*$", match.string[: match.start("it")], re.IGNORECASE):
        return noun != "worth"
    said = [word for word in rest if word not in _DEGREES]
    return bool(said) and bool(content_words(said[0])) and said[0] not in BETWEEN | {"enough"}


def points_back(plain: str) -> bool:
    """Say whether a question has a word that stands for something not in it."""
    return bool(_LEANING.search(hide_pointless(plain)))


def find_pronoun(plain: str) -> str:
    """Return the word of a question that stands for a thing, lower-case; "" where none does.

    Beside an "it", "they" are people.
    """
    found = _find_mention(plain, several=False)
    return found[0].lower().split()[-1] if found else ""


def _find_mention(plain: str, *, several: bool) -> re.Match[str] | None:
    """Find the first word that stands for a thing, of this number if there is one, or for somebody."""
    mentions = list(_STANDS_IN.finditer(hide_pointless(plain)))
    things = [one for one in mentions if one[0].lower() not in _PERSON]
    agreeing = (one for one in things if (one[0].lower() in SEVERAL) is several)
    return next(agreeing, next(iter(things or mentions), None))


def replace_pronoun(plain: str, topic: str, thing: str, place: str = "") -> str:
    """Put a topic where a pronoun stands: in the plural for "they", else as it was asked about.

    Where "there" stands the place is put, if there is one, and else "for" the thing.
    """
    found = _find_mention(plain, several=is_plural(topic))
    if not found:
        return plain
    word = found.group().lower()
    put = f"{thing}'s" if word in _OWNING else thing
    if word in SEVERAL and not topic.rsplit(maxsplit=1)[-1][0].isupper():
        put = count_noun(topic, one=False) + ("'" if word in _OWNING else "")
    if word == "one" and put == topic and not is_plural(topic):
        put = f"{indefinite(topic)} {topic}"
    if word == "there":
        led = re.search(r"\b(?:in|into|on|from)\s+$", plain[: found.start()], re.IGNORECASE)
        put = thing if led else place or f"{'in' if topic[0].isupper() else 'for'} {thing}"
    rest = re.sub(r"^['’]s\b", " is", plain[found.end() :])
    if word.startswith("the same"):
        rest = re.sub(rf"^\s+{re.escape(topic.rsplit(maxsplit=1)[-1])}\b", "", rest)
    return f"{plain[: found.start()]}{put}{rest}"


PLACE = r"(?:in|at)\s+(?:the\s+)?[A-Z][\w-]*(?:\s+[A-Z][\w-]*)*"
"""Where something is: "in Oslo", "at the Fox Hut"."""

_THERE = compile_late(rf"\b{PLACE}")


def find_place(previous: str) -> str:
    """Return where a question asked about something, "" if it named no place: "in Oslo"."""
    places = _THERE.findall(previous)
    return str(places[-1]) if places else ""


def name_again(plain: str, asked: Sequence[str]) -> str:
    """Say which "those roles" are meant, where an earlier question named them more fully."""
    for found in find_named(plain):
        noun = found["noun"]
        runs = (run for text in reversed(asked) for run in noun_runs(text))
        fuller = next((run for run in runs if len(run) > 1 and stem(run[-1]) == stem(noun)), None)
        if fuller and not words(noun.replace("-", " "))[1:]:
            start, end = found.start("it"), found.end("noun")
            return f"{plain[:start]}the {' '.join(fuller)}{plain[end:]}"
    return plain
