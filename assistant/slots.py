"""A question asked again about something else: "and for seniors?".

Knows which words of the question before stand where the new ones belong. Knows nothing of answers,
or of when a question leans on another.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set

from assistant.levels import LEVELS
from assistant.noun_phrases import indefinite, is_plural, name_stems, noun_runs, phrase_length
from assistant.pointing import find_place
from assistant.question import COMPARES, find_names
from assistant.topic import as_asked, drop_predicate, find_several, find_topic
from ingest.patterns import compile_late
from ingest.profile import CorpusProfile
from ingest.words import FUNCTION_WORDS, content_words, stem, words

_PREPOSITIONS = frozenset(
    ["for", "in", "at", "with", "without", "from", "to", "of", "as", "on", "by", "after", "during"]
)

_ONE = compile_late(r"\s+ones?$", re.IGNORECASE)
_TWO_SLOTS = compile_late(
    rf"(?P<first>[^\W\d_].*?)\s+(?P<prep>{'|'.join(sorted(_PREPOSITIONS))})\s+(?P<second>\S.*)$",
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
    return (
        _put_degree(previous, named)
        or _put_for_sibling(previous, named, profile)
        or _put_for_place(previous, named, profile)
        or _put_behind(previous, value, preposition)
        or ("" if preposition else _ask_of_alike(previous, named, profile))
        or f"{_drop_added(asked, preposition).rstrip('? .')}, {slot.strip()}?"
    )


def ask_each(questions: Iterable[str]) -> str:
    """Put questions behind one another so that they can be told apart again."""
    return " ".join(f"{one[:1].upper()}{one[1:].rstrip('? .')}?" for one in questions)


def _put_degree(previous: str, named: str) -> str:
    """Put a degree for another: "the cheapest" after "which is fastest?"."""
    degree, asked = COMPARES.fullmatch(_bare(named)), COMPARES.search(previous)
    return (
        f"{previous[: asked.start()]}{degree[0]}{previous[asked.end() :]}"
        if degree and asked
        else ""
    )


def _put_for_sibling(previous: str, named: str, profile: CorpusProfile) -> str:
    """Put a name for its sibling; a question that names it, or its level, already is left as it is."""
    sibling = _find_sibling(previous, named, profile)
    if sibling and not name_stems(named) <= name_stems(previous):
        return swap_words(previous, sibling, named)
    return previous if _is_same_level(previous, named) else ""


def _put_for_place(previous: str, named: str, profile: CorpusProfile) -> str:
    """Put a name for the place that a question ends in, or all other places for the one in it."""
    if _ELSEWHERE.match(named):
        there = find_place(previous)
        name = there.partition(" ")[2]
        return previous.replace(there, f"in places other than {name}") if there else ""
    place = _find_last_place(previous, profile)
    if place is None or not is_name(named):
        return ""
    return f"{previous[: place.start(1)]}{named}{previous[place.end(1) :]}"


def _put_behind(previous: str, value: str, preposition: str) -> str:
    """Put a value for what stands behind the same preposition, or behind its opposite."""
    if preposition not in _PREPOSITIONS:
        return ""
    behind = _OPPOSED.get(preposition, preposition)
    after = rf"\b(?:{behind})\s+((?:(?!\b(?:{'|'.join(sorted(_PREPOSITIONS))})\b)[^?,.(])+)"
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

_OPPOSED = {"with": "with|without", "without": "with|without"}
"""Prepositions whose phrases stand in one place: "without a map", for "with a map"."""

_VALUES = compile_late(
    rf"\s*(?:,\s*(?:and|or)|,|\band|\bor)\s+(?=(?:(?:{'|'.join(sorted(_PREPOSITIONS))})\s+)?(?:the\s+)?[A-Z])"
)


def _split_values(value: str) -> list[str]:
    """Split names that are asked about together: "Peru and in Chile"; none where there is but one."""
    values = _VALUES.split(value)
    return values if len(values) > 1 and is_name(values[0].removeprefix("the ")) else []


def _read_preposition(slot: str) -> str:
    first = slot.split(maxsplit=1)[0].lower()
    return first if first in _PREPOSITIONS else ""


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
    return _is_same_level(previous, value) or bool(_find_sibling(previous, value, profile))


def _is_same_level(previous: str, value: str) -> bool:
    """Say whether a value is but the level that the previous question asked about: "senior level"."""
    wanted, asked = name_stems(value) - {"level"}, name_stems(previous)
    return any(wanted and wanted <= level and level & asked for level in LEVELS)


def replace_named(previous: str, old: str, value: str) -> str:
    """Put a value in place of what the previous question calls by an old name, "" if it does not."""
    value = _ONE.sub("", value)
    stems = {stem(word) for word in content_words(old) or words(_bare(old))}
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
    sibling = _find_sibling(previous, modifier, profile)
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


def _ask_of_alike(previous: str, value: str, profile: CorpusProfile) -> str:
    """Ask the previous question of a value that has the shape of what it was asked of."""
    alike = _find_alike(previous, value) or _find_alike(previous, value, loosely=True)
    if alike:
        return _agree(swap_words(previous, alike, value), value)
    new = {word.lower() for word in words(_bare(value))} - set(profile.vocabulary)
    return _ask_of_kind(previous, value) if is_name(value) or _shape(value) or new else ""


def _find_alike(previous: str, value: str, *, loosely: bool = False) -> list[str]:
    """Return the one noun phrase of the previous question that is shaped as the value is.

    "a tram" is shaped as "a bus", "trams" as "buses", and a name as a name; loosely, "a tram" also as
    "the bus" that is behind no preposition. Of several, the one that is behind none.
    """
    shape, names = _shape(value), find_names(previous)
    if not shape:
        return []
    behind = rf"(?:{'|'.join(sorted(_PREPOSITIONS))})\s+(?:(?:an?|the)\s+)?"
    found = noun_runs(drop_predicate(previous))
    if shape == "name":
        found = [[word for word in run if word in names] for run in found]
    runs = [
        run
        for run in filter(None, found)
        if _is_alike(
            shape, _shape(as_asked(" ".join(run), previous), names), run, previous, loosely=loosely
        )
        and not _may_hold_verb(run, previous)
    ]
    if len(runs) > 1 or loosely:
        runs = [run for run in runs if not re.search(rf"\b{behind}{re.escape(run[0])}", previous)]
    return runs[0] if len(runs) == 1 else []


_NUMBERS = {"does": "do", "is": "are", "was": "were", "has": "have"}


def _agree(question: str, value: str) -> str:
    """Put the verb that stands before a value into its number: "do buses", "does a bus"."""
    several = is_plural(value)
    forms = _NUMBERS if several else {many: one for one, many in _NUMBERS.items()}

    def put(verb: re.Match[str]) -> str:
        form = forms[verb[0].lower()]
        return form.capitalize() if verb[0][0].isupper() else form

    verbs = rf"\b(?:{'|'.join(forms)})\b(?=\s+{re.escape(value)}(?!\w))"
    return re.sub(verbs, put, question, count=1, flags=re.IGNORECASE)


_DETERMINED = {"a", "my", "the", "the, of several"}


def _is_alike(shape: str, other: str, run: Sequence[str], previous: str, *, loosely: bool) -> bool:
    """Say whether a phrase has a shape, or a plural may stand for what has no plural: "is rain bad?"."""
    if shape == other or (loosely and {shape, other} <= _DETERMINED):
        return True
    asked_of = rf"^(?:is|do|does|did|can|will|would|should|must)\s+{re.escape(run[0])}\b"
    uncounted = not other and len(run) == 1 and run[0].islower()
    return shape == "plural" and uncounted and bool(re.match(asked_of, previous, re.IGNORECASE))


def _may_hold_verb(run: Sequence[str], previous: str) -> bool:
    """Say whether what reads as a noun phrase may end in more: "is the hall open in winter?"."""
    text = re.escape(" ".join(run))
    predicate = rf"^(?:is|are|was|were)\s+(?:(?:an?|the)\s+)?{text}\s+(?:{'|'.join(sorted(_PREPOSITIONS))})\b"
    acts = rf"\b(?:it|that|who)\s+{text}"
    return bool(
        (len(run) > 1 and re.search(predicate, previous, re.IGNORECASE))
        or re.search(acts, previous, re.IGNORECASE)
    )


def _shape(phrase: str, names: Sequence[str] | None = None) -> str:
    """Say how a noun phrase is put: with which article, as a name, or as a bare plural."""
    said = words(phrase)
    if not said:
        return ""
    if said[0].lower() in {"a", "an"}:
        return "a"
    if said[0].lower() in {"my", "your", "our"}:
        return "my"
    if said[0].lower() == "the":
        return "the, of several" if is_plural(said[-1]) else "the"
    if all(word in names for word in said) if names is not None else is_name(phrase):
        return "name"
    return "plural" if said[-1].islower() and is_plural(said[-1]) else ""


def is_name(value: str) -> bool:
    """Say whether a value begins with a capital letter that no word of grammar needs."""
    first = words(value)[:1]
    return (
        bool(first) and first[0][0].isupper() and first[0].lower() not in FUNCTION_WORDS | {"i'm"}
    )


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
    return f"{kind['helps'].capitalize()} {kind['rest'].strip()} {value}?"


def _find_last_place(previous: str, profile: CorpusProfile) -> re.Match[str] | None:
    """Find the name that a question ends in after "in" or the like: "Oslo" in "pay in Oslo?"."""
    place = re.search(r"\b(?:in|at|for|from)\s+([\w-]+(?:\s+[A-Z][\w-]*)*)(?=\W*$|,\s)", previous)
    if place is None:
        return None
    named = place[1][0].isupper() or place[1].lower() not in profile.vocabulary
    return place if named else None


def _find_sibling(previous: str, value: str, profile: CorpusProfile) -> list[str]:
    """Return the words of the previous question that name a sibling of the value, if any."""
    wanted = name_stems(profile.abbreviations.get(_bare(value), value))
    asked = {part: word for word in words(previous) for part in name_stems(word)}
    for short in words(previous):
        if short.lower() in profile.abbreviations and short.isupper():
            asked |= dict.fromkeys(name_stems(profile.abbreviations[short.lower()]), short)
    groups = [[name_stems(label) for label in group] for group in profile.siblings]
    groups.sort(key=lambda labels: not any(label and label <= wanted for label in labels))
    for labels in groups:
        counts = Counter(part for label in labels for part in label)
        named = [{part for part in label if counts[part] == 1} for label in labels]
        pairs = list(zip(named, labels, strict=True))
        if not any(_is_named(*pair, wanted) for pair in pairs):
            continue
        for label, whole in pairs:
            if _is_named(label, whole, asked.keys()) and not _is_named(label, whole, wanted):
                return list(dict.fromkeys(asked[part] for part in asked if part in whole))
    return _find_level(previous, wanted) or _find_namesake(previous, _bare(value))


def _is_named(telling: Set[str], whole: Set[str], said: Set[str]) -> bool:
    """Say whether a name is said: by a word that no other name of its group has, or all of it."""
    return bool(telling & said) or (bool(whole) and whole <= said)


def _find_level(previous: str, wanted: Set[str]) -> list[str]:
    """Return the word of the previous question for another level than the value's, if any."""
    others = [level for level in LEVELS if not level & wanted]
    if len(others) == len(LEVELS):
        return []
    return [word for word in words(previous) if any(stem(word) in level for level in others)][:1]


def _find_namesake(previous: str, value: str) -> list[str]:
    """Return the words of the previous question that name another thing of the same kind.

    That is as many as the value has, up to the noun that both end in: "Owl Hut" for "Fox Hut", and
    "half-board" for "full-board".
    """
    named = words(value)
    if len(named) < 2:
        kind = value.rpartition("-")[1:]
        return [
            word for word in words(previous) if all(kind) and word.lower().endswith("".join(kind))
        ]
    for run in noun_runs(previous):
        for at, word in enumerate(run):
            if at and stem(word) == stem(named[-1]):
                return run[max(0, at + 1 - len(named)) : at + 1]
    return []


def _bare(value: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", value.strip().lower())


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
        if article.lower() in {"a ", "an "} and _shape(bare) == "plural":
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
