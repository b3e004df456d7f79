"""What a question leaves out: "which tools besides a saw?".

Knows how English excludes and enumerates. Knows nothing of documents.
"""

import re
from collections.abc import Sequence

from ingest.patterns import compile_late
from ingest.words import FUNCTION_WORDS, content_words, has_form, stem, words

EXCLUDING = r"apart from|aside from|other than|except(?:ing)?(?: for| from)?|besides"
"""What leaves out the thing that follows it, wherever it stands."""

_EXCLUDES = compile_late(
    r"(?:^|[,\s]+)(?:(?:all|every|any|some)(?:thing|one|where|body)?\s+)?"
    rf"(?:{EXCLUDING}|excluding|in addition to|not counting"
    r"|over and above|(?-i:[Oo]utside(?: of)?(?: the)?(?= [A-Z]))|(?<!\bis )(?<!\bare )(?<!\bput )(?<!\bgo )(?<!\bgoes )(?<!\bsits )(?<!\blies )on top of"
    r"|(?:that|which|who)(?:(?:['’]s| is| are) not| isn['’]t| aren['’]t)\s+(?:from|by|in|at|about))"
    r"\s+(?P<phrase>[^,?.;!]+)",
    re.IGNORECASE,
)
"""What is put or lies on top of a thing is a place; what comes on top of it is something else. So is
what lies outside a hut; outside Oslo there are all other towns."""
_DOING = compile_late(
    r"(?:going (?:to|for)|working (?:for|as|with)|getting|doing|taking|having|buying|using|attending)\s+(?=\w)",
    re.IGNORECASE,
)
"""What is done with the thing that is left out: "besides going to university"."""
_GOES_ON = compile_late(
    r"\s+(?:is|are|was|were|do|does|did|can|could|should|would|will|must|have|has|had|may|might|that|which|who"
    r"|what|how|where|when|why|in|on|at|for|to|of|if|when|because|while)\b",
    re.IGNORECASE,
)
"""Where the phrase that is left out ends and the question goes on: "apart from Leeds is there ...?"."""


def split_exclusion(plain: str) -> tuple[str, str]:
    """Return a question without what it leaves out, and that; "" where it leaves nothing out.

    A question of which nothing else is left that tells stays whole: "what do I get besides fins?".
    """
    found = _EXCLUDES.search(plain)
    if found is None:
        return plain, ""
    phrase = found["phrase"]
    doing = _DOING.match(phrase)
    begin = doing.end() if doing else 0
    ends = _GOES_ON.search(phrase, begin)
    phrase = phrase[begin : ends.start()] if ends else phrase[begin:]
    end = found.start("phrase") + begin + len(phrase)
    rest = f"{plain[: found.start()]} {plain[end:].lstrip(', ')}".strip()
    if not content_words(phrase):
        return plain, ""
    if not content_words(rest):
        return plain, phrase.strip() if found.start() else ""
    return rest[0].upper() + rest[1:], phrase.strip()


_VAGUE = r"(?:stuff|things?|sides?|parts?|bits?|ones?|aspects?)"
_QUALITY = compile_late(
    rf"[,\s]*\b(?:{EXCLUDING}|beyond|in addition to)\s+(?:just )?"
    r"(?:all )?(?:the )?(?P<quality>(?!non|usual|obvious|initial|several)[a-z]{3,}(?:al|ic|ive|ous|ary))\s+"
    rf"(?:{_VAGUE}\b|(?P<noun>[a-z]+)(?=\s*(?:[,?.!]|$|\s(?:what|which|do|does|is|are|can|should)\b)))[,\s]*",
    re.IGNORECASE,
)
_KIND_ASKED = compile_late(
    r"^(?P<asks>what|which)(?:\s+(?P<noun>(?!(?:is|are|do|does|did|can|could|should|will|would|else|other)\b)[\w-]+))?"
    r"(?:\s+(?:else|other))?(?=\s)",
    re.IGNORECASE,
)


def ask_for_others(plain: str) -> str:
    """Ask for what is of no such kind where a question leaves out all that is: "non-medical staff".

    "Which staff besides the medical ones?" is answered by headings and sentences that say so, and by
    none that has all but the words of what is left out.
    """
    left_out = _QUALITY.search(plain)
    if left_out is None:
        return plain
    before, after = plain[: left_out.start()], plain[left_out.end() :]
    rest = f"{before} {after}".strip() if after[:1].isalnum() else before + after
    asked = _KIND_ASKED.match(rest)
    if asked is None:
        return plain
    noun = asked["noun"] or left_out["noun"] or "things"
    whole = f"{asked['asks']} non-{left_out['quality'].lower()} {noun}{rest[asked.end() :]}"
    return whole[0].upper() + whole[1:]


_JOINT = compile_late(r"[,/&;]|\b(?:and|or|as well as|plus)\b", re.IGNORECASE)
NEAR = 3
"""Words within which a comma or "and" joins two things of an enumeration."""


def enumerates(wanted: Sequence[str], text: str) -> bool:
    """Say whether a text names something among others: beside a comma or an "and"."""
    for joint in _JOINT.finditer(text):
        beside = (*words(text[: joint.start()])[-NEAR:], *words(text[joint.end() :])[:NEAR])
        named = [stem(word) for word in beside if word.lower() not in FUNCTION_WORDS]
        if any(has_form(one, named) for one in wanted):
            return True
    return False
