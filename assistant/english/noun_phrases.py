"""English noun phrases: where one ends, and which words of a text belong together in one.

Knows the commonest verbs and who acts. Knows nothing of questions, conversations or the corpus.
"""

import re
from collections.abc import Sequence

from ingest.patterns import compile_late
from ingest.words import FUNCTION_WORDS, content_words, stem, words

VERBS = frozenset(
    stem(word)
    for word in """
    cost costs take takes pay pays paid earn earns make makes need needs require required
    work works help helps mean means include includes offer offers cover covers teach
    teaches last lasts use uses used learn start become choose find look think recommend
    suggest apply happen happens
    """.split()
)
"""Verbs so common that they end no noun phrase."""

_APART = FUNCTION_WORDS | frozenset(
    """
    worth instead else enough yet ago away back together compared versus vs better best worse worst
    myself yourself himself herself itself ourselves yourselves themselves oneself
    """.split()
)
"""Words that are part of no noun phrase."""

_ACTORS = frozenset(["who", "i", "you", "we", "they", "he", "she"])
BETWEEN = frozenset(
    """
    also just only really still even ever never always often usually actually not can could should
    would will may might must can't don't won't didn't couldn't cannot
    """.split()
)
"""What may stand between the one who acts and the verb."""


_PAUSE = compile_late(r"[,;:?!()]|\.\s")
_BEFORE_VERB = frozenset(
    "how what where when need needs want wants have has had able allowed going like ought".split()
)
"""What a "to" after it puts before a verb: "how to mend", "I need to mend"."""

_BEFORE_NOUN = frozenset("a an the my your our his her their its this these those any some".split())
_BEHIND_VERB = _BEFORE_NOUN | frozenset("out up off away down over back along".split())
"""What a verb after "to" has behind it: "to mend a tyre", "to stand out", but not "to town"."""

_HELPS = frozenset("do did can could will would should must may might".split())

MIN_PLURAL = 3
"""Letters above which a word that ends in s is a plural: "this" and "its" are none."""


def noun_runs(text: str) -> list[list[str]]:
    """Return the runs of words between pauses, function words and verbs: the noun phrases.

    A verb is one of the common ones, the first word of content after "I", "you" or the like, or
    one that a "to" makes one. What ends in -ing after another word of its phrase is none ("deep
    learning"), but it is after a plural: "jobs growing".
    """
    runs: list[list[str]] = []
    for clause in _PAUSE.split(text):
        said = words(clause)
        lowered = [word.lower() for word in said]
        runs.append([])
        acts = False
        for at, word in enumerate(said):
            if acts or _ends_phrase(word, runs[-1]) or _is_infinitive(lowered, at):
                runs.append([])
            elif _is_done_by(lowered, at):
                runs += [[], []]
            else:
                runs[-1].append(word)
            acts = lowered[at] in _ACTORS or (acts and lowered[at] in BETWEEN)
    return [run for run in runs if run] or [words(text)]


def _ends_phrase(word: str, run: Sequence[str]) -> bool:
    """Say whether a word is part of no noun phrase that begins with these."""
    if word.lower() in _APART:
        return True
    if word.endswith("ing") and run:
        return is_plural(run[-1])
    return stem(word) in VERBS


def _is_done_by(said: Sequence[str], at: int) -> bool:
    """Say whether a word is what some do, as "do" before them shows: "do guests care about it?"."""
    owned = at > 2 and said[at - 2] in _BEFORE_NOUN  # "do my guests care"
    helping = at - 3 if owned else at - 2
    return (
        helping >= 0
        and said[helping] in _HELPS
        and is_plural(said[at - 1])
        and len(said[at - 1]) > MIN_PLURAL
    )


def _is_infinitive(said: Sequence[str], at: int) -> bool:
    """Say whether a word is a verb after "to", by what is before that or after the word."""
    if at == 0 or said[at - 1] != "to":
        return False
    before, after = said[max(at - 2, 0) : at - 1], said[at + 1 : at + 2]
    led = any(word in _BEFORE_VERB or stem(word) in VERBS for word in before)
    return led or not _BEHIND_VERB.isdisjoint(after)


def phrase_length(text: str) -> int:
    """Return how many characters of a text come before the verb that goes on after a phrase."""
    for found in re.finditer(r"\s+(\w+)", text):
        if stem(found[1]) in VERBS:
            return found.start()
    return len(text)


def name_stems(text: str) -> set[str]:
    """Return the stems that tell a name from others, hyphens read as spaces."""
    return {stem(word) for word in content_words(text.replace("-", " "))}


def indefinite(noun: str) -> str:
    """Return the indefinite article that a noun takes, judged by its first letter."""
    return "an" if noun[0].lower() in "aeiou" else "a"


def put_as_doing(activity: str) -> str:
    """Put the verb that an activity begins with into its -ing form: "becoming a nurse"."""
    verb, space, rest = activity.partition(" ")
    root = verb[:-1] if re.search(r"\w[^aeiouy]e$", verb) else verb
    if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb):
        root += verb[-1]
    return f"{root}ing{space}{rest}"


def count_noun(noun: str, *, one: bool) -> str:
    """Put a noun into the singular or the plural, where a final s tells."""
    if one:
        return noun if noun.endswith(("ss", "us", "is")) else noun.removesuffix("s")
    return noun if noun.endswith(("s", "ing")) or noun[-1:].isupper() else f"{noun}s"


def is_plural(noun: str) -> bool:
    """Say whether a noun looks like a plural, judged by its last letters."""
    return noun.endswith("s") and not noun.endswith(("ss", "us", "'s", "’s"))
