"""A question and the turns before it, to a question that stands alone.

Knows English pronouns and ellipsis. Knows nothing of the corpus beyond its profile, and nothing of
how answers are found.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.answer import Role, Turn
from assistant.choices import find_ordinal, resolve_choice
from assistant.noun_phrases import count_noun, noun_runs
from assistant.question import Ask, find_ask, find_terms, strip_asking
from assistant.slots import fill_slot
from assistant.subject import FILLS_A_PLACE, name_subject
from ingest.profile import CorpusProfile
from ingest.words import content_words, stem, words

_PRONOUN = (
    r"(?:it|its|they|them|their|theirs|those|these|that|this|he|him|his|she|her|the same"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )there(?!\s+(?:is|are|was|were)\b))"
)
_LEANING = re.compile(
    rf"\b{_PRONOUN}\b(?!\s+(?:is|are)\s+(?:a|any)\b)|\b(?:one|ones|other|another|former|latter|former|"
    r"both|either|neither|instead|too|same|else|the (?:first|last) (?:two|three|few))\b",
    re.IGNORECASE,
)
_OWN_ONE = re.compile(
    r"(\b(?:the|an?)\s+[\w-]+\s[^?.!]{0,120}?\b(?:than|or|and|versus|vs\.?)\s+(?:the|an?)\s+"
    r"(?!other\b|same\b|first\b|second\b|last\b)[\w-]+)\s+ones?\b",
    re.IGNORECASE,
)
"""A "one" that stands for a noun of its own question: "the red bicycle or the blue one"."""

_CONTINUES = re.compile(
    r"^(?:and|but|or|what about|how about|what if|also|then|so|or is|ok(?:ay)?,? (?:and|but))\b",
    re.IGNORECASE,
)
_SLOT = re.compile(
    r"^(?:(?:ok(?:ay)?|and|but|or|so|then|also)\b[\s,]*)*(?:(?:what|how)(?:'s| is)? (?:about|with|if)"
    r"|is (?:it|that|this) the same|(?:the )?same(?: thing| question)?|(?:does|do) (?:it|that|this|they)"
    r" (?:also )?(?:apply|hold|go))?[\s,]*(?P<slot>(?:(?P<prep>for|in|at|with|without|from|to|of|as|on|"
    r"by|if|after|during)\s+)?.+?)\s*\??$",
    re.IGNORECASE,
)
_WHICH = re.compile(r"^which (one|ones|of (?:them|these|those))\b", re.IGNORECASE)
_OF_TWO = re.compile(
    r"^(which|who|where)(?: one)? of (?:the two|these two|those two|both|them|these|those)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?:(?:and|but|so|ok)\b[\s,]*)*(?P<asks>why(?: not)?|how(?: (?:long|much|many|come|so|often))?|"
    r"since when|when|where|who|which(?: ones?)?|what for|is that all|any(?:thing)? else|like what|"
    r"such as|for example|really|are you sure)\s*\??$",
    re.IGNORECASE,
)


_CORRECTS = re.compile(
    r"^(?:(?:no|nope|sorry|oops|wait|actually|hm+|ah|oh)\b[\s,.!–-]*)*(?:what i (?:meant|mean) (?:was|is)"
    r"|i (?:really |actually )?(?:meant|mean)(?: to (?:say|ask))?)\b[\s,:]*(?P<meant>.+?)"
    r"(?:,?\s+(?:and )?not\b[^,?]*)?\s*\??$",
    re.IGNORECASE,
)
"""What was meant instead: "sorry, I meant how long, not how much"."""


def make_standalone(question: str, history: Sequence[Turn], profile: CorpusProfile) -> str:
    """Rewrite a question so that it can be understood without its conversation.

    Pronouns and ellipsis are resolved against the last question that stood alone and the last
    answer; what nothing in the conversation explains is what the corpus is about.
    """
    asked: list[str] = []
    answers: list[str] = []
    for turn in history:
        if turn.role is Role.USER:
            asked.append(_stand_alone(turn.content, asked, answers, profile))
        else:
            answers.insert(0, turn.content)
    return _stand_alone(question, asked, answers, profile)


def _stand_alone(
    question: str, asked: Sequence[str], answers: Sequence[str], profile: CorpusProfile
) -> str:
    """Rewrite a question after those asked, each standing alone, and the answers, latest first."""
    plain = strip_asking(question)
    if not asked:
        return name_subject(plain, profile)
    corrected = _CORRECTS.match(plain)
    if corrected:
        return _correct(corrected["meant"], asked[-1], answers, profile)
    recalled = _resolve_which(plain, asked, profile)
    if recalled:
        return recalled
    continues = _CONTINUES.match(question.strip()) and _is_fragment(plain)
    if continues or leans_on_history(plain):
        return resolve(plain, asked[-1], answers, profile)
    return name_subject(plain, profile)


def _correct(meant: str, previous: str, answers: Sequence[str], profile: CorpusProfile) -> str:
    """Ask the question before as it was meant: about something else, or another thing about it."""
    bare = _BARE.match(meant)
    topic = find_topic(previous, profile) or profile.subject
    if bare and topic:
        return f"{bare['asks']}, {_as_asked(topic, previous)}?"
    if _is_fragment(meant) or leans_on_history(meant):
        return resolve(meant, previous, answers, profile)
    return name_subject(meant, profile)


_ASKS_THING = re.compile(
    r"^(?:which|what) (?P<thing>(?!(?:is|are|was|were|about|if|for|else|of)\b)[\w-]+(?: [\w-]+)?)"
    r"(?P<rest>\W*$| (?:do|does|did|is|are|was|were|can|could|should|would|will|must)\b.*)",
    re.IGNORECASE,
)


def _ask_again(plain: str, previous: str) -> str:
    """Ask the question before of another thing: "which tools?" after "which books do I need?"."""
    asked, before = _ASKS_THING.match(plain), _ASKS_THING.match(previous)
    if not asked or not before or words(asked["rest"]):
        return ""
    return f"{previous[: before.start('thing')]}{asked['thing']}{before['rest']}"


def leans_on_history(plain: str) -> bool:
    """Say whether a question needs the turns before it to be understood."""
    content = content_words(plain)
    if _BARE.match(plain) or len(content) == 0:
        return True
    if _CONTINUES.match(plain) and len(content) <= 5:
        return True
    meant = _OWN_ONE.sub(r"\1", FILLS_A_PLACE.sub(" ", plain))
    if (_LEANING.search(meant) or find_ordinal(plain)) and len(content) <= 6:
        return True
    return len(content) == 1 and len(words(plain)) <= 3


def resolve(plain: str, previous: str, answers: Sequence[str], profile: CorpusProfile) -> str:
    """Resolve a question that leans on the one before it and on the answers, latest first."""
    chosen = resolve_choice(plain, previous, answers)
    if chosen:
        return chosen
    if _BARE.match(plain):
        return f"{plain.rstrip('? ')}: {previous}"
    again = _ask_again(plain, previous)
    if again or not words(plain):
        return again or previous
    slot = _SLOT.match(plain)
    if slot and _is_fragment(plain):
        return fill_slot(previous, slot["slot"], (slot["prep"] or "").lower(), profile)
    several = bool(_THEIR.search(plain))
    topic = find_topic(previous, profile, several=several)
    named = name_subject(plain, profile)
    of_all = bool(profile.subject) and profile.subject in previous.lower()
    if not topic or (of_all and named != plain):
        return named
    thing = _as_asked(topic, previous)
    replaced = _replace_pronoun(plain, topic, thing)
    return replaced if replaced != plain else f"{plain.rstrip('? ')} ({thing})?"


def _is_fragment(plain: str) -> bool:
    """Say whether a question has no clause of its own: "and for seniors?"."""
    body = re.sub(
        r"^(?:(?:and|but|or|so|then|also|ok(?:ay)?)\b[\s,]*)+", "", plain, flags=re.IGNORECASE
    )
    if re.match(
        r"^(?:(?:what|how) (?:about|with|if)|(?:is (?:it|that|this) )?(?:the )?same\b)",
        body,
        re.IGNORECASE,
    ):
        return True
    clause = re.match(
        r"^(?:what|which|who|how|why|when|where|can|could|do|does|did|is|are|am|was|were|has|have|"
        r"should|will|would|must|may|might)\b",
        body,
        re.IGNORECASE,
    )
    return not clause and len(words(body)) <= 6


_OF = re.compile(
    r"\b((?:point|use|purpose|role|benefit|advantage|downside|risk|meaning|idea|value|importance)s?) of\b",
    re.IGNORECASE,
)
"""What is asked about something, and is not the thing: "what is the point of ...?"."""


_DEGREE = re.compile(
    r"\b(?:too|so|very|how|quite|rather) (?!much\b|many\b|long\b)\w+\b", re.IGNORECASE
)
"""How it is with a thing, not a thing: "am I too old?"."""


def find_topic(previous: str, profile: CorpusProfile, *, several: bool = False) -> str:
    """Return the noun phrase a question was about, as its own words put it.

    Of "the point of a mentor" that is the mentor; with `several`, a plural goes before any other.
    """
    telling = find_terms(previous).keys() - {stem(word) for word in words(profile.subject)}
    telling -= {stem(word) for word in _OF.findall(previous)}
    scored = [
        (
            several and run[-1].endswith("s") and not run[-1].endswith("ss"),
            sum(stem(word) in telling for word in run),
            len(run),
            -place,
            run,
        )
        for place, run in enumerate(noun_runs(_DEGREE.sub(" ", previous)))
    ]
    return " ".join(max(scored)[-1]) if scored else ""


def _resolve_which(plain: str, asked: Sequence[str], profile: CorpusProfile) -> str:
    """Say which of what: of the things that were listed, or of the last two that were asked about."""
    which = _WHICH.match(plain)
    listed = _find_listed(asked, profile) if which else ""
    if which and listed:
        return f"which {count_noun(listed, one=which[1] == 'one')}{plain[which.end() :]}"
    two = _OF_TWO.match(plain)
    sides = _find_two(asked) if two else ()
    if two and sides:
        return f"{two[1]}{plain[two.end() :].rstrip('? .')}, {' or '.join(sides)}?"
    return ""


def _find_listed(asked: Sequence[str], profile: CorpusProfile) -> str:
    """Return what the latest question that asked for many things asked for, "" if none did."""
    latest = next((text for text in reversed(asked) if find_ask(text) is Ask.LIST), "")
    return find_topic(latest, profile)


def _find_two(asked: Sequence[str]) -> tuple[str, ...]:
    """Return in what the last two questions differ: "Oslo" and "Bonn"; none where in more."""
    if len(asked) < 2:
        return ()
    first, second = (text.rstrip("?. ").split() for text in asked[-2:])
    changes = [
        change
        for change in SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
        if change[0] != "equal"
    ]
    if len(changes) != 1 or changes[0][0] != "replace":
        return ()
    _, start, end, other_start, other_end = changes[0]
    return (" ".join(first[start:end]), " ".join(second[other_start:other_end]))


_THEIR = re.compile(r"\b(?:they|them|their|theirs)\b", re.IGNORECASE)
_SEVERAL = frozenset("they them these those ones theirs their".split())
_OWNING = frozenset("its their his her".split())


def _as_asked(topic: str, previous: str) -> str:
    """Return a topic with the article that it was asked about with."""
    article = re.search(rf"\b((?:an?|the|my|your) ){re.escape(topic)}\b", previous, re.IGNORECASE)
    return f"{article[1].lower()}{topic}" if article else topic


def _replace_pronoun(plain: str, topic: str, thing: str) -> str:
    """Put a topic where a pronoun stands: in the plural for "they", else as it was asked about."""
    pronoun = re.compile(rf"\b{_PRONOUN}\b(?:\s+ones?\b)?|\bones?\b(?=\W*$)", re.IGNORECASE)

    def put(found: re.Match[str]) -> str:
        word = found.group().lower()
        if word in _SEVERAL:
            return count_noun(topic, one=False) + ("'" if word in _OWNING else "")
        return f"{thing}'s" if word in _OWNING else thing

    return pronoun.sub(put, plain, count=1)
