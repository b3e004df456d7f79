"""The question before, asked otherwise: supposed of another, compared, done differently, of the other of two.

Knows the English for that. Knows what stands side by side in the corpus only by its profile, and
nothing of answers.
"""

import re
from collections.abc import Sequence

from assistant.asking.forms import COMPARATIVE
from assistant.dialogue.alike import is_name
from assistant.dialogue.slots import ask_each, fill_slot, has_sibling, swap_words
from assistant.dialogue.topic import as_asked, find_activity, find_topic
from assistant.english.noun_phrases import name_stems
from ingest.patterns import compile_late
from ingest.profile import CorpusProfile
from ingest.words import content_words, words


def ask_otherwise(plain: str, asked: Sequence[str], profile: CorpusProfile) -> str:
    """Return the latest question as a follow-up asks it otherwise, "" if it does not."""
    return (
        _compare(plain, asked, profile)
        or _ask_of_other(plain, asked[-1], profile)
        or _do_otherwise(plain, asked[-1])
        or _ask_again(plain, asked[-1])
    )


_ASKS_THING = compile_late(
    r"^(?:which|what) (?P<thing>(?!(?:is|are|was|were|about|if|for|else|of)\b)[\w-]+(?: [\w-]+)?)"
    r"(?P<rest>\W*$| (?:do|does|did|is|are|was|were|can|could|should|would|will|must)\b.*)",
    re.IGNORECASE,
)


def _ask_again(plain: str, previous: str) -> str:
    """Ask the question before of another thing: "which tools?" after "which books do I need?"."""
    asked = _ASKS_THING.match(plain)
    before = _ASKS_THING.match(previous)
    if not asked or not before or words(asked["rest"]):
        return ""
    return f"{previous[: before.start('thing')]}{asked['thing']}{before['rest']}"


_SUPPOSES = compile_late(
    r"^(?:(?:and|but|so)\s+)*(?:what if (?:i|you|we|they|he|she|it|someone|somebody)(?:['’](?:m|re|s|d be)"
    r"| (?:am|are|is|was|were|would be))|why not)\s+(?:(?:just|only|still|already)\s+)*(?P<other>[^\s?].*?)(?P<there>\s+there)?\W*$",
    re.IGNORECASE,
)


def put_supposed(plain: str, previous: str, profile: CorpusProfile) -> str:
    """Put "what if I were a senior?" and "why not Oslo?" as "what about" a sibling or one of a kind."""
    supposes = _SUPPOSES.match(plain)
    if not supposes:
        return plain
    other = supposes["other"]
    if has_sibling(previous, other, profile) or is_name(other):
        return f"what about {other}?"
    one_of_kind = re.match(r"an? \w+(?: \w+)?$", other, re.IGNORECASE)
    return f"what about for {other}?" if one_of_kind else plain


_THAN_OTHER = compile_late(
    rf"^(?:(?:and|but|so)\s+)*(?:is|are|was|were) (?:it|that|this|they) [^?]*{COMPARATIVE}(?:\s+\w+)? than\s+"
    r"(?P<slot>(?:(?P<prep>in|for|at|with|without|on|by|as)\s+)?[^?]+?)\W*$",
    re.IGNORECASE,
)
_MORE_THAN_IT = compile_late(
    rf"^(?:(?:and|or|but)\s+)*(?:is there )?(?P<any>any(?:thing| other way)|something)\s+(?P<more>{COMPARATIVE}(?: [\w-]+)?)\W*$",
    re.IGNORECASE,
)


def _compare(plain: str, asked: Sequence[str], profile: CorpusProfile) -> str:
    """Say what is compared: "is that more than in Oslo?" asks for both, "anything cheaper?" for less."""
    than = _THAN_OTHER.match(plain)
    more = _MORE_THAN_IT.match(plain)
    if than:
        other = fill_slot(asked, than["slot"], (than["prep"] or "").lower(), profile)
        return "" if other.startswith(asked[-1].rstrip("? .")) else ask_each((asked[-1], other))
    topic = find_topic(asked[-1], profile) if more else ""
    if not more or not topic:
        return ""
    return f"is there {more['any']} {more['more']} than {as_asked(topic, asked[-1])}?"


_OTHERWISE = compile_late(
    r"^(?:(?:and|or|but)\s+)+(?P<verb>[\w-]+) (?:one|it|them)\W*$",
    re.IGNORECASE,
)


def _do_otherwise(plain: str, previous: str) -> str:
    """Put another doing in place of what the previous question did: "or rent one?"."""
    otherwise, activity = _OTHERWISE.match(plain), find_activity(previous)
    done = activity.partition(" ")[2]
    if not otherwise or not done or not content_words(otherwise["verb"]):
        return ""
    return previous.replace(activity, f"{otherwise['verb']} {done}", 1)


_EACH_PLACE = compile_late(
    r"^(?P<asks>\S.*?)\s(?P<first>(?P<prep>in|at|for|from) (?:the )?[A-Z][\w-]*(?: [A-Z][\w-]*)*)\s+and\s+"
    r"(?P<second>(?P=prep) (?:the )?[A-Z][\w-]*(?: [A-Z][\w-]*)*)\W*$",
)


def ask_of_places(question: str) -> str:
    """Ask a question of each place where it names two behind the same preposition: "in Peru and in Chile"."""
    places = _EACH_PLACE.match(question)
    if not places:
        return question
    return ask_each(f"{places['asks']} {places[place]}" for place in ("first", "second"))


_OTHER_KIND = compile_late(
    r"^(?:(?:and|but|so|what about|how about|what['’]?s|what is)\b[\s,]*)*the other (?:one|kind|type|sort|form)\W*$",
    re.IGNORECASE,
)


def _ask_of_other(plain: str, previous: str, profile: CorpusProfile) -> str:
    """Ask the previous question of the other of two that the articles set side by side, "" if of none.

    "The other kind" after "what is a wet dock?" is the dry dock, where they list these two.
    """
    if not _OTHER_KIND.match(plain):
        return ""
    asked = name_stems(previous)
    for group in profile.siblings:
        named = [label for label in group if name_stems(label) <= asked]
        if len(group) == 2 and len(named) == 1:
            other = next(label for label in group if label not in named)
            said = [word for word in words(previous) if name_stems(word) & name_stems(named[0])]
            return swap_words(previous, said, other.lower() if said[0].islower() else other)
    return ""
