"""One question in the many ways that people type it, and one text with one thing changed in it.

Knows surface forms only: registers, slips of the keyboard, figures, names, negation.
"""

import re
from random import Random

_OPENINGS = (
    "Can you tell me: ", "I'd like to know, ", "hi, ", "Quick question: ", "please tell me ",
    "Do you know: ", "hey ", "so ", "Just wondering, ", "Hello! ", "I was wondering: ",
)  # fmt: skip
_CONTRACTIONS = (
    ("what is", "whats"), ("do not", "dont"), ("i am", "im"), ("is there", "is there any"),
    ("how much does", "how much"), ("cannot", "cant"), ("you are", "youre"),
)  # fmt: skip
_STOP = frozenset("the a an of to is are do does i you for in on what how which who".split())
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")
_OPPOSITES = (
    ("all", "none"), ("most", "few"), ("more", "less"), ("before", "after"), ("first", "last"),
    ("increased", "decreased"), ("higher", "lower"), ("always", "never"), ("largest", "smallest"),
    ("north", "south"), ("east", "west"), ("early", "late"), ("high", "low"), ("many", "few"),
    ("only", "not only"), ("both", "neither"), ("with", "without"), ("can", "cannot"),
)  # fmt: skip
_VERBS = ("is", "was", "are", "were", "has", "had", "can", "will", "may", "does", "did")


def reword(question: str, rng: Random) -> str:
    """Write a question formally, casually, with a slip, or as bare keywords."""
    way = rng.random()
    if way < 0.4:
        return question
    if way < 0.55:
        return rng.choice(_OPENINGS) + question[:1].lower() + question[1:]
    plain = question.lower().rstrip("?.! ")
    if way < 0.75:
        for long, short in _CONTRACTIONS:
            plain = plain.replace(long, short) if rng.random() < 0.5 else plain
        return plain
    if way < 0.9:
        return misspell(plain, rng)
    words = [word for word in plain.split() if word not in _STOP]
    return " ".join(words) if len(words) > 1 else plain


def misspell(text: str, rng: Random) -> str:
    """Slip once in one longer word: two letters swapped, one lost or one doubled."""
    words = text.split()
    long = [at for at, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return text
    at = rng.choice(long)
    word, cut = words[at], rng.randint(1, len(words[at]) - 3)
    slips = (
        word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :],
        word[:cut] + word[cut + 1 :],
        word[:cut] + word[cut] + word[cut:],
    )
    words[at] = rng.choice(slips)
    return " ".join(words)


def swap_figure(text: str, rng: Random) -> str | None:
    """Replace one figure by another of its size; None where there is none."""
    found = list(_FIGURE.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    digits = [str(rng.randint(0, 9)) if c.isdigit() else c for c in match.group()]
    if match.group()[:2] in ("19", "20", "18", "17") and len(match.group()) == 4:
        digits[:2] = match.group()[:2]  # a year stays a year of about its time
    elif digits[0] == "0":
        digits[0] = "7"
    other = "".join(digits)
    return None if other == match.group() else text[: match.start()] + other + text[match.end() :]


def names(text: str) -> list[str]:
    """Return the capitalised names inside a text, without its first word."""
    return [match.group() for match in _NAME.finditer(text)]


def swap_name(text: str, others: list[str], rng: Random) -> str | None:
    """Replace one name by one of `others` that the text does not hold; None if impossible."""
    found = names(text)
    free = [name for name in others if name not in text]
    if not found or not free:
        return None
    return text.replace(rng.choice(found), rng.choice(free), 1)


def negate(text: str, rng: Random) -> str | None:
    """Turn what a text says round: a negated verb or an opposite word; None if it has neither."""
    verbs = [verb for verb in _VERBS if f" {verb} " in text]
    turns = [pair for a, b in _OPPOSITES for pair in ((a, b), (b, a)) if f" {pair[0]} " in text]
    if turns and (not verbs or rng.random() < 0.5):
        old, new = rng.choice(turns)
        return text.replace(f" {old} ", f" {new} ", 1)
    if not verbs:
        return None
    verb = rng.choice(verbs)
    if f" {verb} not " in text:
        return text.replace(f" {verb} not ", f" {verb} ", 1)
    return text.replace(f" {verb} ", f" {verb} not ", 1)


def shorten(text: str) -> str | None:
    """Keep the part before a late comma, where it can stand alone; None if there is no such part."""
    cuts = [match.start() for match in re.finditer(r", (?:which|and|but|as|with|after|who)", text)]
    kept = text[: cuts[0]] if cuts else ""
    return kept + "." if len(kept.split()) >= 6 else None
