"""What the corpus is about, put where a question says "this" or "it" and means nothing before.

And taken out again, where its name would tell nothing.

Knows English uses of "this" and "it". Knows of the corpus only its profile.
"""

import re

from assistant.english.dummies import FILLED_LATER, FILLS_A_PLACE, SAID_OF_DOING
from assistant.english.noun_phrases import count_noun, indefinite, put_as_doing
from assistant.english.pointing import KINDS, hide_idle, hide_pointless
from assistant.english.spending import Way, name_way
from ingest.patterns import compile_late
from ingest.profile import CorpusProfile
from ingest.words import content_words, words

_DO_THIS = compile_late(
    r"\b(?:do|done|start|learn|get into|go into|try)\s+(?:all )?(?:this|that|it)\b"
    r"(?:\s+(?:stuff|(?:whole |sort of |kind of )?thing)\b)?"
    r"|\bpull (?:this|that|it) off\b"
    r"|\b(?:be|become)\s+(?:one(?:\s+of\s+(?:them|these|those)(?:\s+people)?)?|this|that|it)\b",
    re.IGNORECASE,
)
_DOING_THIS = compile_late(
    r"\b(?:doing|learning|starting|becoming|trying|getting into|going into)\s+(?:all )?(?:this|that|it|one)\b",
    re.IGNORECASE,
)
_OF_ONE = compile_late(
    r"^what(?:['’]?s| is) (?:it|this|that)\b(?! like\b)|\b(?:same as|different (?:from|to|than)|similar to)\b",
    re.IGNORECASE,
)
"""What is asked of the one who does the work: "is this the same as a nurse?"."""

_IS_WORK = compile_late(r"(?:become|work as|be)\s+an?\b")
_THESE_PEOPLE = compile_late(
    r"\b(?:these|those|such)\s+(?:people|folks?|guys|professionals|workers|experts|specialists)\b|\b(?:people|folks?|guys) like (?:this|that|these|those|them)\b",
    re.IGNORECASE,
)
_IT_ALL = compile_late(
    r"\b(?:it|this) all\b(?=\s+(?:at once|at the same time|alone|by|myself|yourself|online|now|in)\b|\W*$)",
    re.IGNORECASE,
)
"""What stands for all there is of a thing, and not for the thing: "learn it all at once"."""

_IN_THIS = compile_late(
    rf"\b(?:this|that|these)\s+(?:kind of |sort of |line of )?(?={KINDS}\b)",
    re.IGNORECASE,
)
_FOR_THIS = compile_late(
    r"\bfor (?:all )?(?:this|that|it)\b(?=\W*$|\s+(?:every|each|per|an?|in|at|if|when|before|now|too)\b)",
    re.IGNORECASE,
)
_BARE_THIS = compile_late(
    r"\b(?:this|it|that)\b(?!\s+(?:\w+\s+)?(?:that|if|when|whether)\b)"
    r"(?:\s+(?:stuff|(?:whole |sort of |kind of )?thing)\b)?",
    re.IGNORECASE,
)
_DID = compile_late(r"\b(?:who|people|they|others|those)\s+(?:did|does)\s+$", re.IGNORECASE)
"""Before what somebody did: "people who did it"."""


_WITHIN = compile_late(
    r"\b(?:if|when|while|because|since|though|although|unless|until|once|before|after|or|and|but)\s+$",
    re.IGNORECASE,
)
"""What joins a clause to the one before it: its "it" is something in that one."""

_TELLS = compile_late(
    r"(?:^|[.!?,;]\s*)(?:(?:i|we|my|our|he|she|they)\b|(?:got|had|been|hit|just|never|no|not|didn['’]t|don['’]t|can['’]t)\s)[^.!?]*[,;:–-]\s*[^,]*$",
    re.IGNORECASE,
)
"""What is told of somebody before what is asked: its "that" is what was told."""

_DUMMY_IT = compile_late(
    r"\b(?:does|would|will|did|can)\s+(?:it|(?:all )?(?:this|that))\s+(?:usually |normally |typically )?(?:take|cost)\b(?!\s+to\b)[^?]*",
    re.IGNORECASE,
)
_TOLD_BEFORE = compile_late(r"[^?]*[.!]\s+(?=[^.!?]+\?)")
"""The sentences before one that asks: their "it" is something in them."""

_RELATES = compile_late(r"(?<=\w\s)that\s+(?:i|you|we|they|he|she|it)\b", re.IGNORECASE)

_IN = compile_late(r"\b(?:with)?in\s+$", re.IGNORECASE)
"""Before the work that something is done in: "jobs in this"."""

_EXISTS = compile_late(r"^(?:is|are) (?:there|that)\b", re.IGNORECASE)
_THEY = compile_late(
    r"\b(?:they|them)\b(?!\s+(?:\w+ly\s+|also\s+)?(?:pay|hire|employ|recruit|expect|require|want|prefer|accept"
    r"|look for|offer|ask)\b)",
    re.IGNORECASE,
)
"""Those who do the work; who pays or wants somebody is somebody else."""

_STRANDED = compile_late(r"\b(?:into|in|for|with|at|on|through|of|from)\W*$", re.IGNORECASE)
"""A question that ends in a preposition has moved its object: "is it hard to get into?"."""


_OF_DOING = compile_late(
    rf"\b(?:is|was|would) (?:it|that|this) (?:be )?(?:\w+ )?{SAID_OF_DOING}(?: it)?\W*$"
    r"|\b(?:it|that|this)\s+(?:usually |normally |typically )?(?:take|cost)s?(?: me| you)?\W*$",
    re.IGNORECASE,
)
_DO_IT = compile_late(
    r"\b(?:do|doing|done)\s+(?:it|that|this)\b|(?<=\bif\s)(?P<who>i|you|they|we)\s+(?:do|did)(?=\W*$)",
    re.IGNORECASE,
)


def add_doing(plain: str, activity: str) -> str:
    """Say at the end of a question what is done, or where it says "for that"."""
    for_it = _FOR_THIS.search(plain)
    if for_it:
        return f"{plain[: for_it.start()]}to {activity}{plain[for_it.end() :]}"
    return f"{plain.rstrip('? .')} to {activity}?"


def stand_for_doing(plain: str, activity: str, profile: CorpusProfile) -> str:
    """Say what is done, where a question's "it" or "do that" stands for doing it; "" where it does not.

    "How long does it take?" and "is that hard?" ask so after "can I learn Java?". Where nothing was
    asked about doing, to "do it" is the corpus's activity.
    """
    done = _DO_IT.search(plain)
    activity = activity or (profile.activity if done else "")
    if not activity:
        return ""
    whole = len(words(activity)) > 1
    if _OF_DOING.search(plain) or (whole and _FOR_THIS.search(plain)):
        return add_doing(plain, activity)
    if not done:
        return ""
    put = f"{done['who']} {activity}" if done["who"] else activity
    return f"{plain[: done.start()]}{put}{plain[done.end() :]}"


_BEFORE_SEVERAL = (
    r"(^|\b(?:do|does|did|are|were|have|can|could|may|might|must|should|will|would|when|where|why|if"
    r"|while|because)\s)"
)
"""Where several that are named may as well be "they"."""

MOST_WORDS = 4
"""Words of content up to which a question is short enough to mean the subject by a bare pronoun."""


def name_subject(plain: str, profile: CorpusProfile) -> str:
    """Put the corpus's own subject where a question says "this" or "it" and means nothing before.

    "do this" becomes the corpus's activity, "this job" the job of its subject, a bare "it" the
    subject, "they" all of its kind; where "it" only fills a place ("how long does it take?") the
    activity is added, and where nothing but pay is asked for whose it is.
    """
    plain = _IT_ALL.sub("everything", plain)
    if not profile.subject:
        return plain
    meant = {_IN_THIS: f"the {profile.subject} "}
    if profile.activity:
        doing = put_as_doing(profile.activity)
        meant |= {
            _DOING_THIS: doing,
            _DO_THIS: profile.activity,
            _FOR_THIS: f"to {profile.activity}",
        }
    if _IS_WORK.match(profile.activity):
        meant |= {_THESE_PEOPLE: count_noun(profile.subject, one=False)}
    idle_hidden = hide_idle(plain)
    for pattern, words_meant in meant.items():
        if found := pattern.search(idle_hidden):
            becoming = found.group().lower().startswith("become ")
            put = words_meant.replace("work as ", "become ") if becoming else words_meant
            return f"{plain[: found.start()]}{put}{plain[found.end() :]}"
    if (
        profile.activity
        and _DUMMY_IT.search(hide_pointless(plain))
        and len(content_words(plain)) <= 2
    ):
        return f"{plain.rstrip('? .')} to {profile.activity}?"
    said = content_words(plain)
    if _IS_WORK.match(profile.activity) and said and set(said) <= {*name_way(Way.IN)}:
        return f"{plain.rstrip('? .')} for {_with_article(profile.subject)}?"
    if len(said) > MOST_WORDS:
        return plain
    return _name_several(plain, profile.subject) or _name_one(plain, profile) or plain


def leave_subject_unnamed(plain: str, profile: CorpusProfile) -> str:
    """Put "this" where a question names the corpus's own subject, "they" for several of its kind.

    It undoes what `name_subject` does, and what is asked in full. A passage seldom names what all
    articles are about, so that the name, looked for in the passage alone, outweighs what is really
    asked: "Can I become a beekeeper beside a job?" was answered by whatever said how one becomes a
    beekeeper. What asks for nothing but the subject keeps it.
    """
    if not profile.subject:
        return plain
    several = re.escape(count_noun(profile.subject, one=False))
    meant = {
        rf"{_BEFORE_SEVERAL}(?:the )?{several}\b(?!\s+(?:who|that)\b)": r"\1they",
        rf"\b(?:(?:an?|the) )?{re.escape(profile.subject)}\b": "this",
        r"\b(?:be|become) this\b": "do this",
        r"\bbecoming this\b": "doing this",
        r"\bbeing this\b": "this",
    }
    if profile.activity:
        meant = {rf"\b{re.escape(profile.activity)}\b": "do this"} | meant
    unnamed = plain
    for named, pronoun in meant.items():
        unnamed = re.sub(named, pronoun, unnamed, flags=re.IGNORECASE)
    return unnamed if content_words(unnamed) else plain


def _name_several(plain: str, subject: str) -> str:
    """Put all of the subject's kind where "they" stands and no plural is named before it."""
    they = _THEY.search(plain)
    if not they or any(word.endswith("s") for word in content_words(plain[: they.start()])):
        return ""
    return f"{plain[: they.start()]}{count_noun(subject, one=False)}{plain[they.end() :]}"


def _name_one(plain: str, profile: CorpusProfile) -> str:
    """Put the subject where a "this", "that" or "it" stands for it, not for what follows.

    Where the subject is what people are, "it" is to be one: no nurse is stressful, being one is.
    """
    fills_a_place = any(pattern.search(plain) for pattern in (FILLED_LATER, FILLS_A_PLACE, _EXISTS))
    if fills_a_place and not _STRANDED.search(plain):
        return ""
    asked = _TOLD_BEFORE.match(plain)
    for bare in _BARE_THIS.finditer(hide_pointless(plain), asked.end() if asked else 0):
        before = plain[: bare.start()]
        if _RELATES.match(plain, bare.start()) or _DID.search(before):
            continue  # "a boat that I like", "people who did it"
        if bare.group().lower() == "that" and _TELLS.search(before):
            return ""  # and an "it" after it is the same matter: "will that ruin it?"
        if not _is_explained(before, bare.group().lower().split()[0]):
            is_done = _IS_WORK.match(profile.activity) and not _OF_ONE.search(plain)
            subject = _with_article(profile.subject)
            if is_done and (within := _IN.search(before)):
                return f"{before[: within.start()]}as {subject}{plain[bare.end() :]}"
            return f"{before}{'being ' if is_done else ''}{subject}{plain[bare.end() :]}"
    return ""


def _is_explained(before: str, word: str) -> bool:
    """Say whether the message itself has what a "this", "that" or "it" stands for.

    "the people that come" and "I smoke, does that matter?" have, and "a degree if it is free".
    """
    said = content_words(before)
    last = words(before)[-1:]
    if word == "that":
        return bool(last) and (last[0].lower() in said or "." in before or "!" in before)
    return bool(said) and bool(_WITHIN.search(before))


def _with_article(noun: str) -> str:
    if noun.endswith(("s", "ing")):
        return noun
    return f"{indefinite(noun)} {noun}"
