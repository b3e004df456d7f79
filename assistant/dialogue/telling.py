"""A message that tells of something and then asks about it: "I have a violin. Can I play it here?".

Knows which thing told of an "it" or "they" stands for. Knows nothing of the corpus or of turns.
"""

import re

from assistant.asking.question import find_names
from assistant.english.dummies import FILLS_A_PLACE, fills_dummy
from assistant.english.noun_phrases import count_noun, is_plural, noun_runs
from assistant.english.pointing import BE, hide_pointless
from ingest.patterns import compile_late
from ingest.sentences import split_sentences
from ingest.words import words

_TOLD = compile_late(
    r"(?:(?P<before>[\w'’]+)\s+)?\b(?P<article>an?)\s+"
    r"(?!(?:lot|bit|few|little|while|couple|year|month|week|day|hour|minute)\b)(?=\w)",
    re.IGNORECASE,
)
_MEANS_TOLD = compile_late(r"\b(?:it|they|them)\b(?!\s+take\b)", re.IGNORECASE)
_OWN_THING = compile_late(r"\b(?:an?|the|my|your|our|this|that|these|those)\s", re.IGNORECASE)

_PLACED = compile_late(r"\b(?:in|at|from|near|to|around)\s+(?:the\s+)?$", re.IGNORECASE)

_ASKS = compile_late(
    r"[,.!]\s+(?:(?:and|but|so)\s+)?(?=(?:what|how|when|where|who|why|is|are|was|were|do|does|did|can|could|should|will|would)\b)",
    re.IGNORECASE,
)
"""Where a sentence that tells goes on to ask: "I saw a yacht, what does it cost?"."""

_GOOD_AT = compile_late(
    r"\b(?:good|great|strong|decent|bad|rubbish|terrible|awful|hopeless|useless|weak|poor|crap|shit|rusty|lousy|clueless)"
    r"\s+(?:at|in|with|about)\s+(?:the\s+)?(?P<thing>[a-z][\w+#-]+)(?!\w*ing\b)",
    re.IGNORECASE,
)
"""What somebody is good or bad at: "I am hopeless at maths"."""

_PHRASE = 60
"""Characters in which a noun phrase ends: every article of a long message has one to look for."""


def explain_within(plain: str) -> str:
    """Put the thing that a message tells of where its question says "it" or "they".

    "A friend runs a hostel. What does it cost?" asks for the cost of a hostel. What somebody is
    ("I am a nurse") is nothing that "it" stands for.
    """
    sentences = split_sentences(plain)
    start, end = sentences[-1] if sentences else (0, 0)
    if len(sentences) == 1:
        joints = [*_ASKS.finditer(plain)]
        start = joints[-1].end() if joints else 0
    context, question = plain[:start], plain[start:end]
    if not context:
        return plain
    pronoun = _MEANS_TOLD.search(hide_pointless(question))
    thing = _find_told(context)
    if not pronoun or not thing or _names_thing(question[: pronoun.start()]):
        return plain
    if FILLS_A_PLACE.search(question) or fills_dummy(question):
        return plain
    if pronoun.group().lower() != "it":
        thing = count_noun(re.sub(r"^an? ", "", thing), one=False)
    return f"{context}{question[: pronoun.start()]}{thing}{question[pronoun.end() :]}{plain[end:]}"


def find_told_first(answer: str) -> str:
    """Return the first thing that an answer's first sentence tells of as new: "a strong portfolio"."""
    start, end = next(iter(split_sentences(answer)), (0, 0))
    told = _list_told(answer[start:end])
    return min(told)[1] if told else ""


def _names_thing(before: str) -> bool:
    """Say whether a question names a thing itself before it says "it"."""
    named = bool(_OWN_THING.search(before)) or bool(find_names(before))
    return named or any(is_plural(word) and len(word) > 4 for word in words(before))


def _find_told(context: str) -> str:
    """Return the last thing that a text tells of, with its article, or the last name in it.

    What somebody is in or from is no thing told of: "I live in Oslo".
    """
    names = (name for name in find_names(context) if name[0].isalpha())
    told = [(context.rindex(name), name) for name in names]
    told = [(at, name) for at, name in told if not _PLACED.search(context[:at])]
    told += _list_told(context)
    return max(told)[1] if told else ""


def _list_told(text: str) -> list[tuple[int, str]]:
    """List the things that a text tells of with "a", with where; not what somebody is."""
    told = []
    for found in _TOLD.finditer(text):
        if (found["before"] or "").lower() not in {"am", "i'm", "i’m", "being", "as", *BE}:
            near = text[found.end() : found.end() + _PHRASE]
            run = noun_runs(re.split(r"[.!?,;:]", near)[0])[0]
            while len(run) > 1 and is_plural(run[-1]):
                run.pop()  # "a guest asks": no plural, but a verb
            told.append((found.start("article"), f"{found['article'].lower()} {' '.join(run)}"))
    return told + [(found.start("thing"), found["thing"]) for found in _GOOD_AT.finditer(text)]
