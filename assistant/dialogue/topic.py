"""What a question was about: the thing that the words after it go on speaking of.

Knows what of a question is asked about a thing and is not the thing. Knows nothing of conversations.
"""

import re
from collections.abc import Sequence

from assistant.asking.forms import COMPARES
from assistant.asking.question import find_terms
from assistant.asking.splitting import FIGURES
from assistant.english.dummies import SAID_OF_DOING
from assistant.english.noun_phrases import VERBS, is_plural, noun_runs
from assistant.english.pointing import HELPING, NO_NOUNS, SEVERAL
from ingest.patterns import compile_late
from ingest.profile import CorpusProfile
from ingest.sentences import split_sentences
from ingest.words import content_words, stem, words

_ACTING = frozenset("i you we they he she it one be have do get go".split())
"""Who acts, and verbs that carry no meaning of their own: neither goes before a final verb."""

_OF = compile_late(
    r"\b((?:point|use|purpose|role|benefit|advantage|downside|risk|meaning|idea|value|importance)s?) of\b",
    re.IGNORECASE,
)
"""What is asked about something, and is not the thing: "what is the point of ...?"."""

_DEGREE = compile_late(
    r"\b(?:too|so|very|quite|rather) (?!much\b|many\b|long\b)\w+\b|\bhow (?!much\b|many\b)\w+\b",
    re.IGNORECASE,
)
"""How it is with a thing, not a thing: "am I too old?"."""


FIGURE_OF = compile_late(rf"^.*\b(?:{'|'.join(FIGURES)})\s+(?:of|for)\s+(?=\w)", re.IGNORECASE)
"""What has a figure that is asked for, and is not the thing either: "the price of ..."."""


def find_topic(previous: str, profile: CorpusProfile, pronoun: str = "") -> str:
    """Return the noun phrase a question was about, as its own words put it.

    Of "the point of a mentor" that is the mentor. Of several it is the one that agrees with the
    pronoun that stands for it: a plural with "they", none with "it", and what was spoken of as
    "a mentor" with "one". What was told before the question gives it only where the question itself
    names nothing.
    """
    asked = FIGURE_OF.sub(" ", last_sentence(previous))
    telling = find_terms(asked).keys() - {stem(word) for word in words(profile.subject)}
    telling -= {stem(word) for word in _OF.findall(asked)}
    scored = [
        (
            _agrees(run, pronoun.lower(), asked),
            run[0].islower() or not re.search(rf"\b(?:in|at)\s+{re.escape(run[0])}", asked),
            sum(stem(word) in telling for word in run),
            len(run),
            -place,
            run,
        )
        for place, run in enumerate(noun_runs(_drop_degrees(drop_predicate(asked))))
        if not NO_NOUNS.issuperset(run)
        and len(content_words(" ".join(run))) == len(run)
        and not run[0].isdigit()
    ]
    return " ".join(max(scored)[-1]) if scored else ""


def as_asked(topic: str, previous: str) -> str:
    """Return a topic with the article that it was asked about with."""
    article = re.search(rf"\b((?:an?|the|my|your) ){re.escape(topic)}\b", previous, re.IGNORECASE)
    return f"{article[1].lower()}{topic}" if article else topic


def _agrees(run: Sequence[str], pronoun: str, asked: str) -> bool:
    """Say whether a noun phrase is of the number that a pronoun is of; any is, of none."""
    if pronoun in SEVERAL:
        return is_plural(run[-1]) and not re.search(rf"\bof {re.escape(run[0])}\b", asked)
    if pronoun == "one":
        told = as_asked(" ".join(run), asked).lower().startswith(("a ", "an "))
        return told or bool(
            re.search(rf"\b(?:what|which) {re.escape(run[0])}\b", asked, re.IGNORECASE)
        )
    return pronoun not in {"it", "its"} or not is_plural(run[-1])


def _drop_degrees(text: str) -> str:
    return COMPARES.sub(" ", _DEGREE.sub(" ", text))


def name_fully(topic: str, previous: str) -> str:
    """Return a topic as it was asked about, with what it was said to be in or for: "the oil in a lamp"."""
    within = re.search(rf"\b{re.escape(topic)}\s+(?:of|in|for|on)\s+an?\s+(?P<rest>.+)", previous)
    if not within:
        return as_asked(topic, previous)
    run = " ".join(noun_runs(within["rest"])[0])
    whole = previous[within.start() : within.start("rest")] + run
    return (
        as_asked(whole, previous) if within["rest"].startswith(run) else as_asked(topic, previous)
    )


RECENT = 3
"""Questions that may name what the latest one does not."""


def find_latest(asked: Sequence[str], profile: CorpusProfile) -> str:
    """Return the latest question if it is about a thing or about doing, else one shortly before it."""
    recent = reversed(asked[-RECENT:])
    return next((text for text in recent if find_topic(text, profile)), asked[-1])


def find_several(asked: Sequence[str], profile: CorpusProfile) -> str:
    """Return the latest question about things that "they" may mean: many, or any one of a kind."""
    for text in reversed(asked):
        topic = find_topic(text, profile, "they")
        many = is_plural(topic) and topic.split()[-1].islower()
        if topic and (many or as_asked(topic, text).lower().startswith(("a ", "an "))):
            return text
    return asked[-1]


_ACTIVITY = compile_late(
    r"\b(?:(?:can|could|may|might|must|should|do|does|did|will|would)\s+"
    r"(?:i|you|we|they|he|she|one|people|someone|(?:an?|my|the)\s+[\w-]+)"
    r"|(?:how|takes?|costs?|need|want|have|able|allowed)(?=\s+to\b))\s+"
    r"(?:(?:also|still|ever|just|really|to|have to|need to|want to|get to|be able to)\s+)*"
    r"(?P<does>(?!(?:be|been|have|need|want|get|know|like|mean|say|earn|make|cost|take|it|this|that)\b)[\w-]+\b[^,;?(]*)",
    re.IGNORECASE,
)
_BESIDE = compile_late(
    r"\s(?:without|with|if|when|while|because|unless|until|before|after|once|first|now)\b.*",
    re.IGNORECASE,
)


def find_activity(previous: str) -> str:
    """Return what a question asks about doing, "" if it is about no doing: "learn Java" in "can I ...?".

    How and when it is done is left out.
    """
    found = _ACTIVITY.search(last_sentence(previous))
    if not found:
        return ""
    does = _BESIDE.sub("", found["does"]).rstrip(" .!")
    acts = [stem(word) in VERBS for word in words(does)[:2]]
    return "" if acts == [False, True] else does  # "does a private teacher cost": no doing of one


_FINAL = compile_late(
    r"^(?P<start>.*\b(?P<helps>do|does|did|will|would|can|could|should|must)\s+(?:(?:an?|the)\s+)?(?P<clause>.*?))"
    r"(?P<verb>\s+[\w-]+)(?P<end>(?:\s+(?:on|for|at|in|of|with|to|about|from|into|like))?\W*)$",
    re.IGNORECASE,
)
"""A question that ends in its verb, or in that and a preposition: "what does the guide focus on?"."""

_IS_SO = compile_late(
    r"^(?P<start>(?:is|are|was|were)\s+(?!there\b)(?:(?:an?|the|my)\s+)?(?:(?!worth\b|an?\b|the\b)[\w'’-]+\s+){1,4}?)"
    r"(?!\w+s\b)[\w-]+\W*$",
    re.IGNORECASE,
)
"""A question of what a thing is like: "is the hall heated?"."""

_SAID_SO = compile_late(
    r"^(?P<start>(?:(?:what|who|how|why|when|where)(?:['’]s|\s+(?:is|are|was|were))|is|are|was|were)\s+(?!there\b)"
    rf"(?:[\w'’-]+\s+)+?)(?:(?:[\w-]+ed|{SAID_OF_DOING})(?=\s)|(?:called|named)(?=\W*$))"
    r"(?P<rest>\s+(?:for\W*$|(?:in|on|at|for|with|to|by)\s.*)|\W*)$",
    re.IGNORECASE,
)
"""A question of what is done with a thing or is said of it: "is parking allowed in Bonn?"."""

_PREPOSITIONS = frozenset("about for of in on at with to from by into".split())

_NEW_PHRASE = compile_late(
    r"(?<!\bfor )(?<!\bof )(?<!\bin )(?<!\bat )\b(?:an?|the)\b", re.IGNORECASE
)
_PLURAL_ACTS = compile_late(
    r"^(?P<start>(?:which|what)\s+(?!(?:is|are|was|were)\b)(?:[\w-]+\s+){0,2}[\w-]+(?<!s)s)"
    r"(?P<verb>\s+[\w-]+)\W*$",
    re.IGNORECASE,
)
"""A question of which things do something: "which table manners matter?"."""

_ONE_ACTS = compile_late(
    r"^(?P<start>(?:which|what)\s+(?!(?:is|was|does|has)\b)[\w-]+(?<!s))\s+(?!is\b|was\b|does\b|has\b)[\w-]+[^\Ws]s"
    r"\s+(?P<next>[\w'’-]+)",
    re.IGNORECASE,
)
"""A question of which thing does something: "which tent suits beginners?"."""


def drop_predicate(question: str) -> str:
    """Drop the verb or adjective that a question ends in, where its other words show that it is one.

    After "does the guide" a verb has to come, and after "is the hall" what is said of it; that is
    the last word where no other word can be it.
    """
    said_so = _SAID_SO.match(question)
    if said_so and content_words(said_so["start"]):
        return said_so["start"] + said_so["rest"]
    is_so = _IS_SO.match(question)
    if is_so:
        return is_so["start"]
    acts = _PLURAL_ACTS.match(question)
    if acts and not is_plural(acts["verb"]) and content_words(words(acts["start"])[-1]):
        return acts["start"]
    one = _ONE_ACTS.match(question)
    if one and not _acts(one["next"]):
        return one["start"]
    final = _FINAL.match(question)
    if final and not is_plural(final["verb"]) and _awaits_verb(final["clause"]):
        return final["start"] + final["end"]
    return question


def _acts(word: str) -> bool:
    return word.lower() in HELPING | {"have", "has", "had"} or stem(word) in VERBS


def _awaits_verb(clause: str) -> bool:
    """Say whether the word after a clause has to be its verb: it names a thing and has no verb yet."""
    said = [word.lower() for word in words(clause)]
    acts = any(stem(word) in VERBS or word in _ACTING for word in said)
    if acts or _PREPOSITIONS & set(said[-1:]) or _NEW_PHRASE.search(clause):
        return False
    return bool(content_words(clause))


def last_sentence(text: str) -> str:
    """Return the last sentence of a text that names anything, else the text."""
    sentences = [text[start:end] for start, end in split_sentences(text)]
    return next((one for one in reversed(sentences) if content_words(one)), text)
