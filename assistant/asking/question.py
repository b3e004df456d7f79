"""What a question asks for: its form, its terms, its specifics.

Knows how English questions are put. Knows nothing of the corpus beyond the profile it is given, and
nothing of how answers are found.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.asking.asked import ask_for_need
from assistant.asking.compared import ASKING, asks_if_same, find_sides
from assistant.asking.contrasts import put_contrast_plainly
from assistant.asking.exclusion import ask_for_others, split_exclusion
from assistant.asking.forms import (
    AUXILIARY,
    COMPARES,
    COMPARING,
    MANY,
    WANTED_UNITS,
    Ask,
    find_ask,
)
from assistant.asking.negation import asks_what_not
from assistant.asking.phrasing import (
    ask_for_benefits,
    ask_for_bidden,
    ask_for_lack,
    ask_for_self_study,
    drop_count,
    put_costs_plainly,
    put_degrees_plainly,
    strip_asking,
)
from assistant.asking.sections import split_section
from assistant.asking.story import leave_story, tell_apart
from assistant.asking.thresholds import Threshold, take_threshold
from assistant.english.figures import NUMBER_WORDS, Unit
from assistant.english.noun_phrases import is_plural, noun_runs
from assistant.english.spending import Way, find_asked_way
from ingest.patterns import compile_late
from ingest.words import FUNCTION_WORDS, content_words, stem, words


@dataclass(frozen=True, slots=True)
class Question:
    """A standalone question, taken apart.

    `surface` maps the stem of each content word to the word, without the words that only ask
    (salary, in "how much salary", is a term; "much" is not). `names` are its proper names and numbers as written:
    specifics that an answer has to match. `sides` are the things it sets side by side, if it does,
    `threshold` is what their figures have to pass, and `left_out` is what it leaves out ("a saw",
    in "which tools besides a saw?"), `section` what it calls the section that it points to; neither
    `text` nor `names` have these three, or how many things are to be listed; `whole` has all.
    `way` is where the money goes of which it asks how much it is;
    `unnamed` is the text with a pronoun for what all articles are about, for who reads but a passage.
    """

    text: str
    ask: Ask
    surface: Mapping[str, str]
    names: tuple[str, ...]
    sides: tuple[str, ...] = ()
    threshold: Threshold | None = None
    left_out: str = ""
    whole: str = ""
    section: str = ""
    unnamed: str = ""
    way: Way | None = None

    @property
    def terms(self) -> tuple[str, ...]:
        """The stems of the terms, in order."""
        return tuple(self.surface)


_UNIT_WORDS: tuple[tuple[Unit, str], ...] = (
    (Unit.DURATION, (r"\b(?:long|longest|short|shortest|shorter|longer|fast\w*|quick\w*|soon\w*|slow\w*|"
                    r"time|duration|years?|months?|weeks?|days?|hours?)\b")),
    (Unit.CLOCK, r"\b(?:early|earli\w+|late|later|latest|opens?|closes?|hours?)\b"),
    (Unit.PERCENT, r"\b(?:percent\w*|share|growth|grow\w*|expand\w*|rising|rises?|rate)\b"),
    (Unit.COUNT, r"\b(?:many|most|fewest|number|jobs|openings|positions)\b"),
    (Unit.MONEY, (r"\b(?:cheap\w*|dear(?:er|est)?|expensive|cost\w*|pric(?:e\w*|i\w+)|pay\w*|paid|earn\w*|salar\w+|wages?|fees?|money|"
                 r"income|tuition|afford\w*|highest|lowest)\b")),
)  # fmt: skip


def asked_units(question: Question) -> tuple[Unit, ...]:
    """Return the kinds of figure that an answer has to hold one of; none where it needs none."""
    if question.threshold and not question.threshold.is_bare:
        return (question.threshold.limit.unit,)
    if question.ask in WANTED_UNITS:
        return WANTED_UNITS[question.ask]
    if question.ask not in COMPARING and not question.threshold:
        return ()
    return tuple(
        unit for unit, pattern in _UNIT_WORDS if re.search(pattern, question.text, re.IGNORECASE)
    )


def names_unit(word: str, units: Sequence[Unit]) -> bool:
    """Say whether a word asks for a figure of some kinds: "soon", for a duration."""
    patterns = dict(_UNIT_WORDS)
    return any(
        unit in patterns and re.fullmatch(patterns[unit], word, re.IGNORECASE) for unit in units
    )


def wanted_units(question: Question) -> tuple[Unit, ...]:
    """Return the kinds of figure to compare: those asked for, else all."""
    return asked_units(question) or tuple(Unit)


def _find_told(before: Sequence[str], question: str) -> frozenset[str]:
    """Return the words that only tell of the one who asks, which no answer has to have.

    They are those of the sentences before one that asks, but for proper names and numbers of something:
    "My wife is a nurse. How long does a bootcamp take?" is no question about nurses, and "I live in
    Peru. What would I earn?" is one about Peru.
    """
    told = " ".join(before)
    asked = {word.lower() for word in words(question)}
    kept = {*find_names(told)} - set(re.findall(r"\b\d[\d.,]*\b(?!\s*[^\W\d_])", told))
    return frozenset(word for word in words(told) if word not in kept and word.lower() not in asked)


_LIMIT = compile_late(
    r"\b(?:over|above|(?:more|less) than|at least|under|below|up to|earn|make|clear|hit|reach|get|pays?)\s+"
    r"(?P<sum>\D?\s?\d[\d.,]*\s?k\b|[$€£₹¥]\s?\d[\d.,]*)",
    re.IGNORECASE,
)


_BEGINS_YES_NO = compile_late(rf"^{AUXILIARY}\b", re.IGNORECASE)


def _find_limits(plain: str) -> frozenset[str]:
    """Return the words of a sum that a yes/no question sets as a limit: no answer has to name it.

    "Can I earn over 100k?" is answered by "£90,000 to £130,000".
    """
    if not _BEGINS_YES_NO.match(plain):
        return frozenset()
    return frozenset(word for found in _LIMIT.finditer(plain) for word in words(found["sum"]))


_OF_DOING = compile_late(r"\s+(?:the\s+)?(?:most|least)(?=\W*$)", re.IGNORECASE)


def _asks_what_is_done_most(plain: str) -> bool:
    """Say whether no figure that is asked for could tell what is most: what people struggle with most."""
    rest = _OF_DOING.sub("", plain)
    return rest != plain and not any(
        re.search(pattern, rest, re.IGNORECASE) for _, pattern in _UNIT_WORDS
    )


def parse_question(text: str) -> Question:
    """Take a standalone question apart."""
    said = ask_for_self_study(leave_story(strip_asking(text)))
    posed = ask_for_others(ask_for_lack(ask_for_benefits(ask_for_bidden(said))))
    whole = put_contrast_plainly(posed)
    unplaced, section = split_section(whole)
    rest, left_out = split_exclusion(unplaced)
    plain, threshold = take_threshold(put_degrees_plainly(put_costs_plainly(drop_count(rest))))
    ask = find_ask(_OF_DOING.sub("", plain) if _asks_what_is_done_most(plain) else plain)
    if section and ask is Ask.OPEN:
        ask = find_ask(whole)
    if ask is Ask.AMOUNT and asks_what_not(plain):
        ask = Ask.OPEN  # "what shouldn't I spend money on?" wants things, not sums
    before, posed = tell_apart(plain)
    compares = ask in (Ask.CHOICE, Ask.DIFFERENCE, Ask.SUPERLATIVE) or asks_if_same(posed)
    sides = find_sides(posed) if compares else ()
    sought = ask_for_need(plain) if ask is Ask.YES_NO else plain
    terms, names = find_terms(sought), find_names(plain)
    told = _find_told(before, posed) | _find_limits(plain)
    terms = {term: word for term, word in terms.items() if word not in told} or terms
    names = tuple(name for name in names if name not in told)
    asked = Question(plain, ask, terms, names, sides, threshold, left_out, whole, section)
    degrees = find_degrees(asked)
    kept = {term: word for term, word in terms.items() if word not in degrees}
    way = find_asked_way(plain) if ask is Ask.AMOUNT else None
    return replace(asked, surface=kept or terms, way=way)


def names_kind(question: Question) -> bool:
    """Say whether a question for many things says what they are: "which jobs?", not "what must I bring?"."""
    return question.ask is Ask.LIST and not MANY.match(question.text)


def find_kind_stems(question: Question) -> tuple[str, ...]:
    """Return the stems of what a question for many things says they are: soft, skill, of "soft skills"."""
    run = noun_runs(question.text)[0] if names_kind(question) else []
    last = max((place for place, word in enumerate(run) if is_plural(word)), default=-1)
    return tuple(stem(word.lower()) for word in run[: last + 1])


_IN_A_TOPIC = frozenset("of the a an and or for in on at with as to about your my".split())


def is_topic(question: Question) -> bool:
    """Say whether a question only names what it is about: "winter tyres", "insurance for guests"."""
    said = (word.lower() for word in words(question.text))
    return question.ask is Ask.OPEN and not any(
        word in FUNCTION_WORDS and word not in _IN_A_TOPIC for word in said
    )


def find_degrees(question: Question) -> tuple[str, ...]:
    """Return the words for a degree that comparing figures finds: no table says "longest"."""
    if question.ask is not Ask.SUPERLATIVE or not asked_units(question):
        return ()
    return tuple(
        w for w in content_words(question.text) if COMPARES.fullmatch(w) and w.endswith("st")
    )


_COUNTED = compile_late(
    rf"\b(?:(?P<digits>\d{{1,2}})|(?P<word>{'|'.join(NUMBER_WORDS)}))\s+(?:[\w-]+\s+){{0,3}}?[\w-]+s\b",
    re.IGNORECASE,
)


def count_asked(text: str) -> int:
    """Return how many things a question asks for: "the three main risks"; 0 where it says none."""
    counted = _COUNTED.search(text)
    if counted is None:
        return 0
    return int(counted["digits"] or NUMBER_WORDS[counted["word"].lower()])


_HOW_MUCH_MONEY = compile_late(r"\bhow much (?:money|cash)\b", re.IGNORECASE)


_USED_TO = compile_late(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )\bused to\b", re.IGNORECASE
)
"""What was done for a time, not what a thing is used for: "who used to deliver letters"."""


def find_terms(plain: str) -> dict[str, str]:
    """Map the stems that say what a question is about to its words, in order."""
    asked = content_words(_USED_TO.sub(" ", _HOW_MUCH_MONEY.sub("how much", plain)))
    found = {stem(word): word for word in reversed(asked)}
    kept = {term: word for term, word in found.items() if term not in ASKING}
    return dict(reversed((kept or found).items()))


_SENTENCE_START = compile_late(r"(?:^|[.!?:]\s+)[\"'“(]*$")


def find_names(plain: str) -> tuple[str, ...]:
    """Return the proper names, initialisms and numbers of a question, as written, in order.

    A question written all in lower or upper case shows no names by its capitals.
    """
    tokens = words(plain)
    cased = any(token.islower() for token in tokens) and not plain.isupper()
    names: list[str] = []
    position = 0
    for token in tokens:
        start = plain.index(token, position)
        position = start + len(token)
        if token[0].isdigit():
            names.append(token)
        elif cased and token[0].isupper() and token.lower() not in FUNCTION_WORDS:
            opens = bool(_SENTENCE_START.search(plain[:start]))
            if not opens or (len(token) > 1 and token.isupper()):
                names.append(token)
    return tuple(dict.fromkeys(names))
