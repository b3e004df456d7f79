"""Whose figure is asked for: the pay of another trade answers nobody.

Knows English nouns for those who do something, and what is said to earn. Knows nothing of scores.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.asking.forms import COMPARING, OF_MANY
from assistant.asking.question import Question
from assistant.english.levels import LEVELS, is_level
from assistant.english.noun_phrases import VERBS, noun_runs
from assistant.layout.structure import find_kin, find_own_name
from assistant.ranking.evidence import Evidence, stems_around
from assistant.ranking.matching import TermMatcher
from ingest.patterns import compile_late
from ingest.words import FUNCTION_WORDS, stem, words

_AGENT = compile_late(
    r"\w{2,}(?:er|or|eer|ist|yst|ian|ant|man|woman)s?|\w{2,}(?:men|women)", re.IGNORECASE
)
"""A noun for somebody who does something: gardener, tailor, florist, analyst, librarian."""

_ANYBODY = frozenset(map(stem, "worker owner member earner other number person".split()))
"""Nouns of that form that name no trade."""

_ARTICLE = rf"(?:(?:an?|the|most|some|many|all|other)\s+)?(?:(?:{'|'.join(sorted(OF_MANY))})\s+)?"
_EARNS = compile_late(
    rf"\b(?:do|does|did|can|could|will|would|is|are)\s+{_ARTICLE}(?P<who>(?:[\w’'-]+\s+){{0,3}}?[\w’'-]+)\s+"
    r"(?:\w+ly\s+)?(?:earn|make|get paid|be paid|paid|take home)\b"
    rf"|\b(?:pay|salary|salaries|wages?|earnings|income)\s+(?:of|for)\s+{_ARTICLE}(?P<whose>(?:[\w’'-]+\s*){{1,4}})"
    rf"|^\W*{_ARTICLE}(?P<called>(?:[\w’'-]+\s+){{1,3}})(?:pay|salary|salaries|wages?|earnings|income)\W*$",
    re.IGNORECASE,
)

NAMED = 0.4
"""How near the words of an article must come to the name of a trade to be about it."""


def find_other_agent(question: Question, best: Evidence, matcher: TermMatcher) -> str:
    """Return whom a question asks about, where the best span is about somebody else; else "".

    That is one who earns and is not named where the span stands, or one of a kind of which another
    is named there: electrical engineers, beside rows for hardware engineers and for data scientists,
    and data scientists where only another's row has what is asked.
    """
    return _find_other_earner(question, best, matcher) or _find_other_of_kind(
        question, best, matcher
    )


def names_other_agent(question: Question, item: Evidence) -> bool:
    """Say whether a span stands under the name of somebody else than the question asks about.

    Of pilots nothing is told by what "Cabin crew managers" earn; of managers it is.
    """
    named = _name_agent(find_own_name(item.document, item.span.block))
    if not named:
        return False
    asked = [agent for run in _find_runs(question.text) if (agent := _name_agent(_end(run)))]
    return bool(asked) and not any(one <= named or named <= one for one in asked)


def _end(run: Sequence[str]) -> str:
    """Return a noun phrase up to the last one who does something: engineers, of "engineers growing"."""
    ends = [at for at, word in enumerate(run, start=1) if _is_agent(word)]
    return " ".join(run[: ends[-1]]) if ends else ""


def _name_agent(name: str) -> frozenset[str]:
    """Return the stems of a name for somebody who does something, without their level; or none."""
    told = words(name)
    if not any(map(_is_agent, told)):
        return frozenset()
    stems = {stem(word) for word in told if word.lower() not in FUNCTION_WORDS}
    return frozenset(stems.difference(*LEVELS))


def _find_other_earner(question: Question, best: Evidence, matcher: TermMatcher) -> str:
    found = _EARNS.search(question.text)
    named = found and (found["who"] or found["whose"] or found["called"])
    if not named:
        return ""
    run = noun_runs(named)[0]
    who = run[-1]
    if not _is_agent(who) or matcher.weights.get(stem(who)) != 1.0:
        return ""
    around = stems_around(best.document, best.span, matcher)
    own = matcher.stems(find_own_name(best.document, best.span.block))
    named = any(matcher.match(stem(word), own) == 1.0 for word in run)
    return "" if named or matcher.match(stem(who), around) >= NAMED else " ".join(run)


def _find_other_of_kind(question: Question, best: Evidence, matcher: TermMatcher) -> str:
    own = find_own_name(best.document, best.span.block)
    if not own:
        return ""
    kin = (own, *find_kin(best.document, best.span.block))
    names = [matcher.stems(name) for name in kin]
    kinds = list(_find_kinds(question.text))
    one = len(kinds) == 1 and question.ask not in COMPARING
    for modifier, who in kinds:
        asked = {stem(modifier), stem(who)}
        kind = any(stem(who) in name and len(name) > 1 for name in names)
        told = any(matcher.has_all(asked, name, 1.0) for name in (names[:1] if one else names))
        if kind and not told and matcher.weights.get(stem(modifier)) == 1.0:
            return f"{modifier} {who}"
    return ""


def _find_kinds(text: str) -> Iterator[tuple[str, str]]:
    """Yield those who do something with the word before them: "electrical", "engineers"."""
    for run in _find_runs(text):
        for modifier, who in pairwise(run):
            if _is_agent(who) and not is_level(modifier):
                yield modifier, who


def _find_runs(text: str) -> Iterator[list[str]]:
    """Yield the noun phrases of a text, with those that hold an "-ing": machine learning engineers."""
    parts = re.split(r"[^\w\s’'-]", text)
    for part in parts:
        run: list[str] = []
        for word in (*words(part), ""):
            verb = stem(word) in VERBS and not word.lower().endswith("ing")
            if word and word.lower() not in FUNCTION_WORDS and not verb:
                run.append(word)
            elif run:
                yield run
                run = []


def _is_agent(word: str) -> bool:
    return bool(_AGENT.fullmatch(word)) and stem(word) not in _ANYBODY and not is_level(word)
