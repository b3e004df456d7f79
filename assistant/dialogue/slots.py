"""A question asked again about something else: "and for seniors?".

Knows which words of the question before stand where the new ones belong. Knows nothing of answers,
or of when a question leans on another.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.asking.exclusion import EXCLUDING
from assistant.asking.forms import COMPARES
from assistant.dialogue.alike import (
    PREPOSITIONS,
    drop_article,
    find_alike,
    find_shape,
    find_sibling,
    is_name,
)
from assistant.dialogue.topic import find_several, find_topic
from assistant.english.levels import LEVELS
from assistant.english.noun_phrases import (
    count_noun,
    indefinite,
    is_plural,
    name_stems,
    noun_runs,
    phrase_length,
)
from assistant.english.pointing import find_place
from ingest.patterns import compile_late
from ingest.profile import CorpusProfile
from ingest.words import FUNCTION_WORDS, content_words, stem, words

_ONE = compile_late(r"\s+ones?$", re.IGNORECASE)
_LEAVES_OUT = compile_late(rf"(?:{EXCLUDING}|beyond|instead of)\s", re.IGNORECASE)
_TWO_SLOTS = compile_late(
    rf"(?P<first>[^\W\d_].*?)\s+(?P<prep>{'|'.join(sorted(PREPOSITIONS))})\s+(?P<second>\S.*)$",
    re.IGNORECASE,
)


def fill_slot(asked: Sequence[str], slot: str, preposition: str, profile: CorpusProfile) -> str:
    """Ask the latest question again about something else.

    The new words take the place of their sibling in that question: a name of the same list or
    table, or the phrase after the same preposition; else they are added to it, in place of what was
    added to it before. "Seniors in Peru" takes two places where the question has both, and "Peru
    and Chile" asks it twice.
    """
    value = slot[len(preposition) :].strip() if preposition else slot.strip()
    several = _split_values(value)
    if several:
        slots = [
            one if _read_preposition(one) else f"{preposition} {one}".strip() for one in several
        ]
        return ask_each(fill_slot(asked, one, _read_preposition(one), profile) for one in slots)
    two = _TWO_SLOTS.match(value)
    if two and re.search(rf"\b{two['prep']}\s", asked[-1], re.IGNORECASE):
        first = fill_slot(asked, f"{preposition} {two['first']}".strip(), preposition, profile)
        second = f"{two['prep']} {two['second']}"
        return fill_slot([*asked, first], second, two["prep"].lower(), profile)
    previous, named = asked[-1], _ONE.sub("", value)
    if _LEAVES_OUT.match(value):
        return f"{previous.rstrip('? .')} {value}?"
    return (
        ("" if preposition else _put_doing(previous, value))
        or _put_degree(previous, named)
        or _put_for_sibling(previous, named, profile)
        or _put_for_place(previous, named, profile)
        or _put_behind(previous, value, preposition)
        or ("" if preposition else _ask_of_alike(previous, named, profile))
        or f"{_drop_added(asked, preposition).rstrip('? .')}, {slot.strip()}?"
    )


def ask_each(questions: Iterable[str]) -> str:
    """Put questions behind one another so that they can be told apart again."""
    return " ".join(f"{one[:1].upper()}{one[1:].rstrip('? .')}?" for one in questions)


_DOES = compile_late(
    r"^(?:how |when |where )?(?:can|may|could|should|must|do|did|will|would)\s+(?:i|we|you|one|they|people)\b"
    r"(?:\s+(?:have|need|want)\s+to)?(?=\s)",
    re.IGNORECASE,
)
_DOING = compile_late(
    r"(?P<verb>(?!(?:(?:any|every|some|no)th|be)ing\b)[a-z]{2,}ing)\s+(?P<next>\w+)", re.IGNORECASE
)


def _put_doing(previous: str, value: str) -> str:
    """Ask of doing one thing what was asked of doing another: "what about smoking on the stairs?"."""
    asked, doing = _DOES.match(previous), _DOING.match(value)
    if not asked or not doing or doing["next"].lower() not in FUNCTION_WORDS | {"part", "full"}:
        return ""  # "coding courses" are no doing
    base = re.sub(r"i$", "y", stem(doing["verb"].lower()))
    return f"{asked[0]} {base} {value[doing.start('next') :]}?"


def _put_degree(previous: str, named: str) -> str:
    """Put a degree for another: "the cheapest" after "which is fastest?"."""
    degree, asked = COMPARES.fullmatch(drop_article(named)), COMPARES.search(previous)
    return (
        f"{previous[: asked.start()]}{degree[0]}{previous[asked.end() :]}"
        if degree and asked
        else ""
    )


def _put_for_sibling(previous: str, named: str, profile: CorpusProfile) -> str:
    """Put a name for its sibling; a question that names it, or its level, already is left as it is."""
    sibling = find_sibling(previous, named, profile)
    if sibling and not name_stems(named) <= name_stems(previous):
        return swap_words(previous, sibling, named)
    return previous if _is_same_level(previous, named) else ""


def _put_for_place(previous: str, named: str, profile: CorpusProfile) -> str:
    """Put a name for the place that a question ends in, or all other places for the one in it."""
    there = find_place(previous) if _ELSEWHERE.match(named) or _YONDER.match(named) else ""
    if there:
        name = there.partition(" ")[2]
        other = named if _YONDER.match(named) else f"in places other than {name}"
        return previous.replace(there, other)
    place = _find_last_place(previous, profile)
    if place is None or not is_name(named):
        return ""
    return f"{previous[: place.start(1)]}{named}{previous[place.end(1) :]}"


def _put_behind(previous: str, value: str, preposition: str) -> str:
    """Put a value for what stands behind the same preposition, or behind its opposite."""
    if preposition not in PREPOSITIONS:
        return ""
    behind = _OPPOSED.get(preposition, preposition)
    after = rf"\b(?:{behind})\s+((?:(?!\b(?:{'|'.join(sorted(PREPOSITIONS))})\b)[^?,.(])+)"
    matches = list(re.finditer(after, previous, re.IGNORECASE))
    if not matches:
        return ""
    last = matches[-1]
    end = last.start(1) + phrase_length(last[1].rstrip())
    return f"{previous[: last.start()]}{preposition} {value}{previous[end:]}"


_ELSEWHERE = compile_late(
    r"(?:(?:every|any|some)where else|elsewhere|(?:the )?other (?:places|countries|cities|regions))$",
    re.IGNORECASE,
)

_YONDER = compile_late(
    r"(?:(?:down|up|over|back|out)\s+(?:under|north|south|east|west|there|here|home)|abroad|overseas)$",
    re.IGNORECASE,
)
"""A place told by a direction, whatever it is."""

_OPPOSED = {"with": "with|without", "without": "with|without"}
"""Prepositions whose phrases stand in one place: "without a map", for "with a map"."""

_VALUES = compile_late(
    rf"\s*(?:,\s*(?:and|or)|,|\band|\bor)\s+(?=(?:(?:{'|'.join(sorted(PREPOSITIONS))})\s+)?(?:the\s+)?[A-Z])"
)


def _split_values(value: str) -> list[str]:
    """Split names that are asked about together: "Peru and in Chile"; none where there is but one."""
    values = _VALUES.split(value)
    return values if len(values) > 1 and is_name(values[0].removeprefix("the ")) else []


def _read_preposition(slot: str) -> str:
    first = slot.split(maxsplit=1)[0].lower()
    return first if first in PREPOSITIONS else ""


def _drop_added(asked: Sequence[str], preposition: str) -> str:
    """Return the latest question without what was added to it, if the same place is filled anew.

    What was added behind another preposition stays: "in Peru", where "for seniors" comes to it.
    """
    latest = asked[-1]
    for earlier in reversed(asked[:-1]):
        whole = f"{earlier.rstrip('? .')}, "
        if latest.startswith(whole):
            added = _read_preposition(latest[len(whole) :])
            return earlier if added == preposition or not added else latest
    return latest


def has_sibling(previous: str, value: str, profile: CorpusProfile) -> bool:
    """Say whether the previous question names a sibling of a value, or the same level as it."""
    return _is_same_level(previous, value) or bool(find_sibling(previous, value, profile))


def _is_same_level(previous: str, value: str) -> bool:
    """Say whether a value is but the level that the previous question asked about: "senior level"."""
    wanted, asked = name_stems(value) - {"level"}, name_stems(previous)
    return any(wanted and wanted <= level and level & asked for level in LEVELS)


def replace_named(previous: str, old: str, value: str) -> str:
    """Put a value in place of what the previous question calls by an old name, "" if it does not."""
    value = _ONE.sub("", value)
    stems = {stem(word) for word in content_words(old) or words(drop_article(old))}
    named = [word for word in words(previous) if stem(word) in stems]
    return swap_words(previous, named, value) if named else ""


_CONTRAST = compile_late(
    r"^(?:(?:and|but|or|so|then|also|what about|how about|which|what|any|some|examples? of|the|an?)\b[\s,]*)*"
    r"(?P<modifier>[\w'’+#-]+(?: [\w'’+#-]+)?) (?P<one>ones?)\W*$",
    re.IGNORECASE,
)
_ORDERS = frozenset("first second third last next former latter only right wrong".split())


def contrast_one(plain: str, asked: Sequence[str], profile: CorpusProfile) -> str:
    """Ask the latest question about such of another of the same kind: "the short one" after "a long walk".

    The noun stays, and what told it apart gives way; "" where no such one is asked for.
    """
    contrast = _CONTRAST.match(plain)
    modifier = contrast["modifier"] if contrast else ""
    if not contrast or set(words(modifier.lower())) & (FUNCTION_WORDS | _ORDERS):
        return ""
    previous = asked[-1]
    sibling = find_sibling(previous, modifier, profile)
    if sibling:
        return swap_words(previous, sibling, modifier)
    several = contrast["one"].lower() == "ones"
    previous = find_several(asked, profile) if several else previous
    run = find_topic(previous, profile, "they" if several else "").split()
    while several and any(map(is_plural, run)) and not is_plural(run[-1]):
        run.pop()  # "online", of "courses online"
    *before, noun = run or [""]
    told_apart = before[-len(modifier.split()) :]
    if told_apart:
        return swap_words(previous, told_apart, modifier)
    return previous.replace(noun, f"{modifier} {noun}", 1) if noun else ""


_ONE_OF_KIND = compile_late(
    r"\b(?P<which>which|the\s+(?P<modifier>[\w-]+))\s+(?P<one>ones?)\b", re.IGNORECASE
)


def name_kind(plain: str, previous: str) -> str:
    """Put the kind that the question before was for where one of it is meant, "" where none is.

    "What does the short one cost?" asks for the short walk after "which walks are there?".
    """
    kind, one = _OF_KIND.match(previous), _ONE_OF_KIND.search(plain)
    if not kind or not one or (one["modifier"] or "").lower() in _ORDERS:
        return ""
    noun = count_noun(kind["kind"], one=one["one"].lower() == "one")
    return f"{plain[: one.start('one')]}{noun}{plain[one.end('one') :]}"


def _ask_of_alike(previous: str, value: str, profile: CorpusProfile) -> str:
    """Ask the previous question of a value that has the shape of what it was asked of."""
    alike = find_alike(previous, value) or find_alike(previous, value, loosely=True)
    if alike:
        return _agree(swap_words(previous, alike, value), value)
    new = {word.lower() for word in words(drop_article(value))} - set(profile.vocabulary)
    return _ask_of_kind(previous, value) if is_name(value) or find_shape(value) or new else ""


_NUMBERS = {"does": "do", "is": "are", "was": "were", "has": "have"}


def _agree(question: str, value: str) -> str:
    """Put the verb that stands before a value into its number: "do buses", "does a bus"."""
    several = is_plural(value) or find_shape(value) == "plural"
    forms = _NUMBERS if several else {many: one for one, many in _NUMBERS.items()}

    def put(verb: re.Match[str]) -> str:
        form = forms[verb[0].lower()]
        return form.capitalize() if verb[0][0].isupper() else form

    verbs = rf"\b(?:{'|'.join(forms)})\b(?=\s+{re.escape(value)}(?!\w))"
    return re.sub(verbs, put, question, count=1, flags=re.IGNORECASE)


_OF_KIND = compile_late(
    r"^(?:which|what) (?!(?:is|are|was|were)\b)(?P<kind>[\w'’-]+(?: [\w'’-]+){0,2}?) "
    r"(?:(?P<be>is|are|was|were) (?!there\b)|(?P<helps>do|does|did|can|could|should|would|will|must)\b)"
    r"(?P<rest>[^?]*)",
    re.IGNORECASE,
)


def _ask_of_kind(previous: str, value: str) -> str:
    """Ask of one thing what was asked of a kind: "should I read Emma?" for "which books should I read?"."""
    kind = _OF_KIND.match(previous)
    if not kind:
        return ""
    if kind["be"]:
        return f"Is {value} {kind['rest'].strip()}?"
    done, behind = _end_of_doing(kind["rest"].strip())
    return f"{kind['helps'].capitalize()} {done} {value}{behind}?"


def _end_of_doing(rest: str) -> tuple[str, str]:
    """Split what is done from what it is done for: "I take for a walk", but "I look for"."""
    behind = re.search(rf"\s+(?:{'|'.join(sorted(PREPOSITIONS))})\s+\w", rest, re.IGNORECASE)
    return (rest[: behind.start()], rest[behind.start() :]) if behind else (rest, "")


def _find_last_place(previous: str, profile: CorpusProfile) -> re.Match[str] | None:
    """Find the name that a question ends in after "in" or the like: "Oslo" in "pay in Oslo?"."""
    place = re.search(r"\b(?:in|at|for|from)\s+([\w-]+(?:\s+[A-Z][\w-]*)*)(?=\W*$|,\s)", previous)
    if place is None:
        return None
    named = place[1][0].isupper() or place[1].lower() not in profile.vocabulary
    return place if named else None


def swap_words(previous: str, old: Sequence[str], value: str) -> str:
    """Put a value in place of some words of a noun phrase, with its own article.

    What else the phrase says stays ("new" in "a new roadster"), unless the value says it too.
    """
    run = max(noun_runs(previous), key=lambda run: sum(word in old for word in run))
    if not set(old) <= set(run):
        run = list(old)  # "US" is part of no noun phrase, and "North of England" of two
    said = name_stems(value)
    places = [at for at, word in enumerate(run) if word in old or name_stems(word) & said]
    end = places[-1] + 1
    if value.endswith("s") and end < len(run) and run[end].endswith("s"):
        end += (
            1  # two plurals: the value has a head noun of its own ("seniors" for "senior guests")
        )
    replaced = run[places[0] : end]
    begins = places[0] == 0
    joined = r"\W+(?:of\W+)?".join(map(re.escape, replaced))
    phrase = re.compile(rf"(\b(?:an?|the|my|your|our)\s+)?\b{joined}(?!\w)", re.IGNORECASE)
    bare = re.sub(r"^(?:an?|the|my|your|our)\s+", "", value, flags=re.IGNORECASE)

    def put(match: re.Match[str]) -> str:
        if begins and bare != value:
            # "expert routes", not "an expert"
            return value if match[1] or replaced == run else bare
        named = bare[:1].isupper() and replaced[0][:1].isupper()
        article = "" if named else match[1] or ""  # the US, but India
        if article.lower() in {"a ", "an "} and find_shape(bare) == "plural":
            return bare
        return re.sub(r"^an?\b", indefinite(bare), article, flags=re.IGNORECASE) + bare

    swapped, found = phrase.subn(put, previous, count=1)
    return swapped if found else _swap_apart(previous, replaced, value)


def _swap_apart(previous: str, old: Sequence[str], value: str) -> str:
    """Put a value in place of words that stand apart: "what does service pay offshore?"."""
    first, *others = (re.compile(rf"\b{re.escape(word)}(?!\w)", re.IGNORECASE) for word in old)
    swapped = first.sub(lambda _: value, previous, count=1)
    for other in others:
        swapped = re.sub(rf"\s*{other.pattern}", "", swapped, count=1, flags=re.IGNORECASE)
    return swapped
