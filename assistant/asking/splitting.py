"""One message to the questions in it, without what is no question.

Knows sentences that ask, sentences that give context and sentences that try to give orders. Knows
nothing of what is asked about.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.asking.phrasing import strip_asking
from assistant.english.noun_phrases import is_plural
from ingest.patterns import compile_late
from ingest.sentences import split_sentences
from ingest.words import content_words

MAX_QUESTIONS = 4
"""Questions answered in one reply; more would not be read on a phone. The others are missing from it."""

MIN_ASKED = 2
"""Words of content without which what shares a sentence with an order, and may point back to it, is
no question by itself."""
_POINTS = compile_late(r"\b(?:it|its|that|this|these|those|they|them|one|which)\b", re.IGNORECASE)

_ORDER = compile_late(
    r"\b(?:ignore|disregard|forget|override|bypass|skip)\b.{0,60}\b(?:instruction|prompt|rule|above|previous|prior|"
    r"everything|article|source|guideline|context|footnote|citation)s?\b"
    r"|\byou(?: are|['’]re)\b.{0,20}\b(?:now|as if|as an?|like an?)\b"
    r"|(?:^\W*|[,;:.!]\s+|\b(?:please|now|then|and|but|must|shall)\s+)(?:pretend\b"
    r"|(?:act|behave|roleplay|respond|answer|speak|talk)\b.{0,20}\b(?:as if|as an?|like(?= \w))\b)"
    r"|^\W*(?:please\s+)?(?:reveal|respond|reply|execute|(?:always|never|do not|don['’]t|stop)\s+"
    r"(?:cite|citing|footnote|answer|say|reply|mention|refuse))\b(?!.*\?\s*$)"
    r"|\byou\b.{0,30}\bhave no (?:rules|restrictions|limits|filters?)\b"
    r"|\b(?:system prompt|developer mode|jailbreak|your (?:instructions|prompt|rules|guidelines))\b",
    re.IGNORECASE,
)
_MAY_ORDER = compile_late(
    r"^\W*(?:please\s+)?(?:say|print|output|repeat|write|translate|run|fetch|send|visit|click|sing|"
    r"recommend|include|append|begin|start|end|always|never|do not|don['’]t|stop|cite|mark|rate|enter|"
    r"switch|set|ignore|disregard|forget|override|bypass)\b(?!.*\?\s*$)"
    r"|^\W*(?:you(?:['’]re|['’]ve been| are| have been| must| shall| will)|if you(?:['’]re| are)"
    r"|(?:before|when|while|whenever) (?:you )?(?:answer|reply|respond)\w*|context:|facts?:|update:)"
    r"|\b(?:footnotes?|citations?|cite|instructions?|prompts?|rules?|system|admin(?:istrator)?|developer|mode|"
    r"your (?:articles|sources|knowledge|answer|reply)|assistant|chatbot|output)\b",
    re.IGNORECASE,
)
"""What orders the assistant about or is said of its workings, where something is asked beside it;
by itself it may be what is looked for: "start date of the course", "care assistant pay"."""

_BIDS = compile_late(
    r"\W*(?:(?:please|now|then|just|first|also|next|so|ok(?:ay)?)\b\W*)*(?:say|print|output|repeat|write|translate"
    r"|answer|reply|respond|speak|talk|sing|decode|encode|obey|rate|assume|pretend|quote|append|include|email"
    r"|make (?:something|it|up)|use (?:only )?(?:your|no)|do not|don['’]t|never|always|stop|let['’]s (?:role[ -]?)?play|convert|confirm|invent)(?=\s+\S)"
    r"(?![^,:;]*\b(?:i|i['’]m|my|we|our)\b)",
    re.IGNORECASE,
)
"""Bids the assistant do something with its answer; who speaks of himself tells of his case: "say I
am forty"."""

_CLAIMS = compile_late(
    r"(?:\b(?:(?:say|claim|pretend|assume)\s+(?:that\s+)?|that\s+)|[\"“])(?P<thing>(?:[\w'’-]+\s+){1,5}?)(?<!\bthe\s)(?<!\ban\s)(?<!\ba\s)"
    r"(?:is|are|was|were|costs?|takes?|pays?|lasts?|has|have)\b",
    re.IGNORECASE,
)
"""The thing that an order has something said of: "say that the entry is free"."""
_STANDS_FOR = compile_late(r"\b(?:it|they)\b", re.IGNORECASE)

_ASKS = compile_late(
    r"\?\s*[\"'”’)]*\s*$|^\W*(?:(?:and|but|or|so|ok(?:ay)?|also|then)\b\W*)*(?:what|which|who|whom|whose|how|why|when|where|can|could|do|does|did|is|are|am|should|"
    r"would|will|must|may|tell me|list|name|explain|describe|compare|give me|show me|what's|how's)\b",
    re.IGNORECASE,
)
_SECOND = compile_late(
    r"(?:,|;)?\s+(?:and|also|but|then|,)\s+(?:also\s+|then\s+)?(?=(?:tell me|what|which|who|how|why|when|where|is it|is there|are there|"
    r"is that|(?:can|could|do|does|did|is|are|will|would|must|may|should)\s+(?:i|you|we|they|he|she|it))\b)"
    r"|,?\s+(?:and\s+)?if (?:so|yes|not),?\s+(?=(?:which|what|how|where|when|who|why)\b)"
    r"|[,;]\s+(?:and|but|also)\s+(?=(?:is|are|do|does|did|can|could|will|would|should|must|may)\s+(?!not\b)\w)"
    r"|,\s+(?=(?:what|which|how|where|when|why)\b(?:\s+[\w-]+){0,2}?\s+(?:is|are|was|were|do|does|did|can"
    r"|could|should|will|would|must|has|have)\b)",
    re.IGNORECASE,
)
"""What joins two questions; a comma alone does before one of its own: no "what I know", which has
no verb before its subject."""

_OF_EACH = compile_late(
    r"\b(?:is|are|do|does|has|have|can|will|would|should)\s+each\b", re.IGNORECASE
)
"""What is asked of each that the question before it names: no question without that one."""


FIGURES = (
    r"costs?|prices?|fees?|tuition|salar(?:y|ies)|pay|wages?|earnings|income",
    r"length|duration|time|timeline",
    r"growth|outlook|demand",
    r"hours",
)
"""Words for what has a figure, a kind a line: two kinds at once are two questions."""

_FIGURE = "|".join(rf"(?P<kind{at}>{words})" for at, words in enumerate(FIGURES))
_OTHER_FIGURE = _FIGURE.replace("<kind", "<other")
_TWO_FIGURES = compile_late(
    rf"\b(?:{_FIGURE})(?P<between>\s*,?\s+(?:and|&)\s+(?:the\s+|its\s+|their\s+)?)"
    rf"(?:(?:opening|working|job|starting|average|median)\s+)?(?:{_OTHER_FIGURE})\b",
    re.IGNORECASE,
)
_FIGURE_OF = rf"(?:{_FIGURE})\s+(?P<of>of|for|in|at)\s+"
_AND_ITS_FIGURE = compile_late(
    rf"\b{_FIGURE_OF}(?P<thing>[^,?]+?),?\s+(?:and|&)\s+(?:its|their|the)\s+"
    rf"(?P<second>(?:\w+\s+){{0,2}}(?:{_OTHER_FIGURE}))\s*\W*$",
    re.IGNORECASE,
)
"""What asks for two figures of one thing: "the price of a boat and its length"."""

_WORD = r"(?!(?:and|or|but|that|which|who|if|when)\b)[\w’'&+#-]+"
_PHRASE = rf"{_WORD}(?:\s+{_WORD}){{0,4}}"
_SAME_BEFORE = compile_late(
    r"\b(?P<by>about|at|for|from|in|of|on|to|with|without)\s+(?P<first>" + _PHRASE + r"?),?\s+"
    r"(?:and|&)\s+(?:also\s+)?(?P=by)\s+(?P<second>" + rf"{_WORD}(?:\s+{_WORD}){{0,8}})\W*$",
    re.IGNORECASE,
)
"""The same preposition before each of two things: "the wait at the Fox Hut and at the Owl Hut"."""

_NAMES_AFTER = compile_late(
    r"\b(?i:at|for|from|in|of)\s+(?P<first>(?:the\s+)?(?:[A-Z][\w.-]*\s?){1,3})(?<!\s)\s+(?:and|&)\s+"
    r"(?P<second>(?:the\s+)?(?:[A-Z][\w.-]*\s?){1,3})\W*$"
)
"""Two names after one preposition: "the wait in Oslo and Bonn"."""

_NAMED = (
    r"(?:(?:an?|the)\s+)?(?!(?:i|we|you|they|it|he|she|my|your|our|their)\b)"
    r"(?:(?!(?:and|or|in|of|for|with|to|at|on|from|by)\b)[\w'’+#-]+\s+){1,4}?"
)
_SUBJECTS = compile_late(
    r"^(?P<asks>(?:and\s+)?(?:how (?:much|many|long|fast|often|soon|high|far|quickly)\b[^,?]*?|what\s+)"
    rf"\b(?P<verb>do|did|are|can|could|will|would|should)\s+)(?P<first>{_NAMED})(?:and|&)\s+(?P<second>{_NAMED})"
    r"(?P<rest>(?:cost|take|pay|earn|make|get|last|need|grow|weigh|have|\w{2,}(?:ing|ed))\b[^?]*)\W*$",
    re.IGNORECASE,
)
"""A figure that is asked of two: "how much do a boat and a raft cost?"."""

_ELLIPSIS = compile_late(
    r"^(?P<whole>[^,]+),\s+and\s+(?P<rest>(?:about|a|an|at|for|from|in|of|on|the|to|with)\s+"
    r"(?!\w+\s+ones?\b)" + _PHRASE + r")\W*$",
    re.IGNORECASE,
)
"""A question after which only what differs is said: "what does a violin cost, and a viola?"."""

_TOGETHER = compile_late(
    r"\b(?:both|between|together|combined|vs\.?|versus|compar\w+|differ\w*|than)\b",
    re.IGNORECASE,
)
"""What asks of two things at once: each alone would answer nothing."""

_NAMES_FIGURE = compile_late(
    rf"^\W*(?!(?:i|we|he|she|they|you|it|my|our)\b)(?:[\w-]+\s+){{0,3}}?{_FIGURE_OF}\w",
    re.IGNORECASE,
)
"""A question of one noun, as a search box takes it: "growth for nurses"."""

_POINTS_BACK = compile_late(r"\b\w+\s+\w+.*\b(?:it|them|they|one|ones)\b", re.IGNORECASE)


def split_questions(message: str) -> tuple[str, ...]:
    """Return the questions of a message, each with the context given just before it.

    Sentences that order the assistant about are dropped wherever they stand; where nothing else is
    left, nothing is returned.
    """
    asked: list[str] = []
    context: list[str] = []
    left: list[str] = []
    claimed = ""  # what is ordered to be said of something says what is meant by "it"
    for said in _find_sentences(message):
        orders = _orders(said) or _orders_first(said)
        claimed = (_find_claimed(said) if orders else "") or claimed
        sentence = _leave_order(said) if orders else said
        if not sentence:
            continue
        if _ASKS.search(sentence):
            meant = _STANDS_FOR.sub(claimed, sentence, count=1) if claimed else sentence
            first, *more = _split_clauses(sentence if context else meant)
            asked.append(" ".join([*context, first]))
            asked.extend(more)
            context = []
            continue
        left.append(sentence)
        if not orders and not _MAY_ORDER.search(sentence):
            context.append(sentence)
    if left and not asked:
        asked += _split_clauses(" ".join(left))
    return tuple(asked)


def _find_claimed(order: str) -> str:
    claims = _CLAIMS.search(order)
    return claims["thing"].strip() if claims else ""


def _leave_order(sentence: str) -> str:
    """Return of a sentence what it asks beside an order; nothing of one that only orders."""
    beside = _question_beside(sentence)
    return beside or ("" if _ORDER.search(sentence) else sentence)


_SMALL_START = compile_late(
    r"(?<=[\w\"”’)][.!?])\s+(?=(?:what|which|who|how|why|when|where|can|could|do|does|is|are|should|would|will)\b)"
)
"""Where a sentence begins that asks, in a message without capitals."""


def _find_sentences(message: str) -> Iterator[str]:
    for start, end in split_sentences(message):
        yield from _SMALL_START.split(message[start:end].strip())


def choose_questions(message: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the questions of a message that are looked at, and what is left unanswered.

    A message that asks nothing is left whole.
    """
    parts = split_questions(message)
    return parts[:MAX_QUESTIONS], parts[MAX_QUESTIONS:] if parts else (message,)


_QUOTED = compile_late(r"\"[^\"]*\"|“[^”]*”")


def _orders(clause: str) -> bool:
    return _bids(clause) or bool(_ORDER.search(clause))


def _bids(clause: str) -> bool:
    return bool(_BIDS.match(_QUOTED.sub('""', clause)))


_OF_SELF = compile_late(r"\b(?:i|i['’]m|my|me|we|our)\b", re.IGNORECASE)


def _orders_first(sentence: str) -> bool:
    """Say whether a clause of a sentence orders before any asks, and nobody tells of himself."""
    clauses = _CLAUSE.split(sentence)
    at = next((at for at, clause in enumerate(clauses) if _bids(clause)), 0)
    before = clauses[:at]
    return bool(before) and not any(_ASKS.search(one) or _OF_SELF.search(one) for one in before)


_CLAUSE = compile_late(
    r"[,;:–—]\s+(?:(?:and|but|then|also)\s+)*|\s+(?:and|but|then)\s+", re.IGNORECASE
)


def _question_beside(sentence: str) -> str:
    """Return the question that shares a sentence with an order, if there is one of its own.

    "Write it down, what does it cost?" has none: that points back to what is ordered.
    """
    joints = [0, *(joint.end() for joint in _CLAUSE.finditer(sentence)), len(sentence)]
    clauses = [sentence[start:end] for start, end in pairwise(joints)]
    asks = [bool(_ASKS.search(one)) and not _orders(one) for one in clauses]
    if True not in asks:
        return ""
    first = asks.index(True)
    last = next((at for at in range(first, len(clauses)) if _orders(clauses[at])), len(clauses))
    question = re.sub(r"[\s,;:–—]+(?:(?:and|but|then|also)\s*)*$", "", "".join(clauses[first:last]))
    least = MIN_ASKED if _POINTS.search(question) else 1
    return question if len(content_words(question)) >= least else ""


def _can_stand(clause: str) -> bool:
    """Say whether a clause asks something of its own: by its words, or of what went before."""
    asks = bool(content_words(clause)) or bool(_POINTS_BACK.search(clause))
    return asks and not _OF_EACH.search(clause)


def _split_clauses(sentence: str) -> list[str]:
    """Split "how long does it take and what does it cost?" into its questions.

    Each begins with a capital, as a sentence does: put together they are split the same again.
    """
    clauses = [clause.strip() for clause in _SECOND.split(sentence)]
    whole = all(map(_ASKS.search, clauses[1:])) and (
        _ASKS.search(clauses[0]) or _NAMES_FIGURE.match(clauses[0])
    )
    if len(clauses) == 1 or not whole or not all(map(_can_stand, clauses)):
        clauses = [sentence]
    clauses = [one for clause in clauses for one in _split_figures(clause)]
    clauses = [one for clause in clauses for one in _split_things(clause)]
    if len(clauses) == 1:
        return clauses
    ended = (clause if clause.endswith("?") else f"{clause}?" for clause in clauses)
    return [clause[0].upper() + clause[1:] for clause in ended]


_INCLUDES = compile_late(
    r"(.*\w),?\s+(?:including|along with|together with)\s+(?:the\s+|its\s+|their\s+)?$",
    re.IGNORECASE,
)
"""What is asked for beside its figures: boats, in "boats, including cost and length"."""


def _split_figures(clause: str) -> list[str]:
    """Split "cost and length of the course" into the cost and the length of the course."""
    its = _AND_ITS_FIGURE.search(clause)
    if its is not None and _are_two_kinds(its) and not re.fullmatch(_FIGURE, its["thing"]):
        return _share_thing(clause, its)
    both = _TWO_FIGURES.search(clause)
    if both is None or not _are_two_kinds(both):
        return [clause]
    between = slice(*both.span("between"))
    first = clause[: between.start] + clause[both.end() :]
    figures = [first, clause[: both.start()] + clause[between.stop :]]
    includes = _INCLUDES.match(clause[: both.start()])
    if includes is None:
        return figures
    thing = strip_asking(includes[1])
    named = (clause[both.start() : between.start], clause[between.stop : both.end()])
    return [
        thing,
        *(figures if _ASKS.search(thing) else (f"the {one} of {thing}" for one in named)),
    ]


def _split_things(clause: str) -> list[str]:
    """Split "the wait at one hut and at another" into the wait at the one and at the other.

    Where less than that is said again, what is left out is found as that of a follow-up is.
    """
    if _TOGETHER.search(clause):
        return [clause]
    two = _SUBJECTS.match(clause)
    if two is not None and _are_two(two["first"].strip(), two["second"].strip()):
        return [_ask_of_subject(two, two[one]) for one in ("first", "second")]
    both = _SAME_BEFORE.search(clause) or _NAMES_AFTER.search(clause)
    if both is not None:
        return [clause[: both.end("first")], clause[: both.start("first")] + both["second"]]
    left_out = _ELLIPSIS.match(clause) if _ASKS.search(clause) else None
    return [left_out["whole"], f"And {left_out['rest']}"] if left_out else [clause]


_OF_ONE = {"do": "does", "are": "is"}


def _are_two(first: str, second: str) -> bool:
    """Say whether two phrases name two things: in "sail and motor boats" the first is half a name."""
    return (
        is_plural(first) or not is_plural(second) or first.lower().startswith(("a ", "an ", "the "))
    )


def _ask_of_subject(asked: re.Match[str], subject: str) -> str:
    """Ask of one thing what is asked of two, with the verb in its number."""
    verb, several = asked["verb"], is_plural(subject.rsplit(maxsplit=1)[-1])
    put = verb if several else _OF_ONE.get(verb.lower(), verb)
    before = asked["asks"].rstrip().removesuffix(verb)
    return f"{before}{put} {subject.strip()} {asked['rest']}"


def _are_two_kinds(figures: re.Match[str]) -> bool:
    named = figures.groupdict()
    kinds = [name[-1] for name in named if name[:-1] in ("kind", "other") and named[name]]
    return len(set(kinds)) == 2


def _share_thing(clause: str, its: re.Match[str]) -> list[str]:
    """Put "the growth for nurses and their pay" as the growth for nurses and the pay for nurses."""
    first = clause[: its.end("thing")]
    asks = re.sub(r"(?<=\b(?:the|its)\s)[\w\s-]+$", "", clause[: its.start()])
    if not _ASKS.search(asks):
        asks = ""
    return [first, f"{asks}{its['second']} {its['of']} {its['thing']}"]
