"""Whether a sentence turns round what a passage says, in the passage's own words or near ones.

Knows denials, opposites, words that leave no exception, comparisons, the passive, and things that
are contrasted. It tells only what it is sure of: a sentence that it lets pass may still be wrong.
Knows nothing of figures' values, of scorers, or of who wrote the sentence.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from assistant.english.figures import NUMBER_WORDS
from assistant.english.opposites import ABSOLUTE, DENIALS, EVERYONE, GUARDED, POINTERS, SCALES
from ingest.patterns import compile_late
from ingest.words import FUNCTION_WORDS, stem, words

Translate = Callable[[Sequence[str], Sequence[str]], Mapping[str, str]]
"""Says which word of a passage stands for which of a sentence's words, where one does."""

ALIGNED = 0.5
MUTUAL = 0.4
"""Share of a clause's words that a passage's clause must hold to be about the same thing, and share
of that clause's own words that these must be."""

WHOLLY = 0.6
"""The first of these for a whole sentence, which has more words to miss."""

FEW = 4
"""Clauses of a short passage or two."""

_CUT = compile_late(
    r"[,;:.()](?:\s|$)|\s[–—-]\s|\b(?:and|but|while|whereas|though|although|because|since|so that"
    r"|which|who|whom|if|when|unless|until|as long as|even|now that)\b",
    re.IGNORECASE,
)
_LEADS = compile_late(r"^\W*(?:yes|no)\b(?=\s*[,.:;!—–-])", re.IGNORECASE)
_PRONOUN = frozenset("it they this that these those he she".split())
_REWRITTEN = (
    (
        compile_late(
            r"\b(?:at (?:the )?most|up to|(?:no|not) more than|at the latest)\b", re.IGNORECASE
        ),
        " below ",
    ),
    (
        compile_late(r"\b(?:at least|or more|(?:no|not) (?:less|fewer) than)\b", re.IGNORECASE),
        " above ",
    ),
    (compile_late(r"\b(?:have|has|had) to\b|\bought to\b", re.IGNORECASE), " must "),
    (
        compile_late(
            r"\b(?:apart from|except(?: for)?|other than|not only|not just|no matter)\b",
            re.IGNORECASE,
        ),
        " ",
    ),
    (compile_late(r"\b(\w+)n['’]t\b", re.IGNORECASE), r" \1 not "),
    (compile_late(r"\bcannot\b", re.IGNORECASE), " can not "),
    (
        compile_late(r"\brul(?:es?|ed|ing) (?:(?:you|it|them|anyone|out) )?out\b", re.IGNORECASE),
        " exclude ",
    ),
)
_CONTRASTED = compile_late(
    r",?\s*\bnot (?:(?:by|in|at|from|for|to|with) )?(?:the |an? )?(\w+)", re.IGNORECASE
)
_PASSIVE = compile_late(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?(\w+)\s+by\b", re.IGNORECASE
)
_RATE = compile_late(
    r"\b(?:per|an?|each|every)\s+(hour|day|night|week|month|season|year)\b"
    r"|\b(hour|dai|week|month|year)ly\b",
    re.IGNORECASE,
)
_TIMES = compile_late(r"\b(once|twice|thrice)\s+(?:an?|per|each|every)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence: its words, the stems that carry content, and which way it points."""

    tokens: tuple[str, ...]
    content: frozenset[str]
    denials: int
    poles: tuple[int, ...]


def find_turn(text: str, passages: Sequence[str], translate: Translate | None = None) -> str:
    """Say how a sentence turns round what the passages say; empty where nothing shows that."""
    passages = _find_nearest(text, passages)
    text = _LEADS.sub("", text)
    held = [read_clauses(passage) for passage in passages]
    every = [clause for clauses in held for clause in clauses]
    names = _find_names(text, every, translate)
    said = read_clauses(text, names)
    if _is_denied(said, every) or any(
        _is_opposed(_read_clause(text, names), _read_clause(passage, {})) for passage in passages
    ):
        return "the passages it cites say the opposite"
    if _leaves_no_exception(said, every):
        return "the passages it cites leave exceptions"
    if _contrasts_otherwise(text, passages, names):
        return "the passages it cites say the opposite"
    apart = (read_clauses(_join(passage)) for passage in passages)
    if any(_crosses(said, clauses) for clauses in apart) or _changes_places(said, every):
        return "the passages it cites put this together otherwise"
    joined = "\n".join(passages)
    if _differ(_RATE, text, joined) or _differ(_TIMES, text, joined):
        return "the passages it cites give another rate"
    return ""


NEAREST = 2
"""Passages looked at: with more of them, clauses come to look alike that speak of other things."""


def _find_nearest(text: str, passages: Sequence[str]) -> list[str]:
    if len(passages) <= NEAREST:
        return list(passages)
    said = _stems_of(text)
    return sorted(passages, key=lambda passage: -len(said & _stems_of(passage)))[:NEAREST]


def read_clauses(text: str, names: Mapping[str, str] | None = None) -> list[Clause]:
    """Read the clauses of a text; `names` says which stem stands for which."""
    clauses: list[Clause] = []
    for part in _CUT.split(_rewrite(text)):
        clause = _read_clause(part, names or {})
        if clause.tokens and clause.tokens[0] in _PRONOUN and clauses:
            clause = replace(clause, content=clause.content | clauses[-1].content)
        if clause.tokens:
            clauses.append(clause)
    return clauses


_AND = compile_late(r"(?<!,)\s+and\s+", re.IGNORECASE)


def _join(passage: str) -> str:
    """Keep what "and" joins together, but where each side has a figure of its own."""
    parts = _AND.split(passage)
    joined = parts[0]
    for part in parts[1:]:
        apart = any(map(str.isdigit, joined)) and any(map(str.isdigit, part))
        joined += f" and {part}" if apart else f" & {part}"
    return joined


def _rewrite(text: str) -> str:
    for pattern, written in _REWRITTEN:
        text = pattern.sub(written, text)
    return text


def _read_clause(text: str, names: Mapping[str, str]) -> Clause:
    tokens = tuple(word if word == "May" else word.lower() for word in words(text))
    stems = frozenset(stem(token) for token in tokens)
    content = frozenset(
        names.get(key, key)
        for token, key in zip(tokens, (_key(token) for token in tokens), strict=True)
        if token not in FUNCTION_WORDS and token not in DENIALS and key not in POINTERS
    )
    denials = sum(token in DENIALS for token in tokens)
    return Clause(tokens, content, denials, tuple(scale.read(stems) for scale in SCALES))


def _key(token: str) -> str:
    return str(NUMBER_WORDS[token]) if token in NUMBER_WORDS else stem(token)


def _find_names(
    text: str, held: Sequence[Clause], translate: Translate | None
) -> Mapping[str, str]:
    """Let the words of a sentence that the passages don't have stand for near ones that they have."""
    if translate is None:
        return {}
    there = {_key(token): token for clause in held for token in clause.tokens}
    content = frozenset[str]().union(*(clause.content for clause in held))
    missing = {
        _key(word.lower()): word.lower()
        for word in words(text)
        if _key(word.lower()) not in there and word.lower() not in FUNCTION_WORDS
    }
    near = translate(list(missing.values()), [there[key] for key in content if key in there])
    return {key: _key(near[word]) for key, word in missing.items() if word in near}


# ---- clause by clause: denials and opposites


def _is_denied(said: Sequence[Clause], held: Sequence[Clause]) -> bool:
    turned = [_find_way(clause, other) for clause in said for other in _find_aligned(clause, held)]
    denied, opposed = turned.count(_DENIED), turned.count(_OPPOSED)
    # A denial may stand in another clause of the same sentence: "Nobody wins at once" is "Winning
    # takes time; it doesn't come at once".
    moved = denied == 1 and _count_denials(said) == _count_denials(held)
    return bool(opposed) or (bool(denied) and not moved)


def _count_denials(clauses: Sequence[Clause]) -> int:
    denying = [at for at, scale in enumerate(SCALES) if scale.denies]
    return sum(clause.denials + sum(clause.poles[at] == -1 for at in denying) for clause in clauses)


def _find_aligned(clause: Clause, held: Sequence[Clause]) -> list[Clause]:
    """Return the clauses that share most with one, where that is enough to be about the same."""
    shares = [len(clause.content & other.content) for other in held]
    best = max(shares, default=0)
    # One word in common says little where there are many clauses to have it in common with.
    if best < (2 if len(held) > FEW else 1) or best < ALIGNED * len(clause.content):
        return []
    nearest = [other for other, share in zip(held, shares, strict=True) if share == best]
    other = max(nearest, key=lambda other: (_share_scale(clause, other), -len(other.content)))
    return [other] if best >= MUTUAL * len(other.content) else []


def _share_scale(clause: Clause, other: Clause) -> bool:
    return any(one and two for one, two in zip(clause.poles, other.poles, strict=True))


_DENIED, _OPPOSED = "denied", "opposed"


def _find_way(clause: Clause, other: Clause) -> str:
    """Say whether one clause denies what the other says, or says the opposite; empty for neither."""
    denials = clause.denials + other.denials
    turns = int(_is_swapped(clause, other))
    for scale, one, two in zip(SCALES, clause.poles, other.poles, strict=True):
        turns += one * two == -1
        if scale.denies and -1 in (one, two) and 0 in (one, two):
            across = other.denials if one else clause.denials
            denials += scale.alone or across > 0
    if (denials + turns) % 2 == 0:
        return ""
    return _DENIED if denials % 2 else _OPPOSED


def _is_pole_turned(clause: Clause, other: Clause) -> bool:
    return any(one * two == -1 for one, two in zip(clause.poles, other.poles, strict=True))


def _is_opposed(whole: Clause, passage: Clause) -> bool:
    """Say whether two whole sentences that deny nothing are about the same and at opposite poles."""
    if whole.denials or passage.denials or "than" in whole.tokens:
        return False
    shared = len(whole.content & passage.content)
    near = shared >= max(2, WHOLLY * len(whole.content), MUTUAL * len(passage.content))
    return near and _is_pole_turned(whole, passage)


def _is_swapped(clause: Clause, other: Clause) -> bool:
    """Say whether what stands before and after "than" has changed places."""
    mine, theirs = _compare(clause), _compare(other)
    if mine is None or theirs is None or mine[1] & theirs[1]:
        return False
    return bool(mine[0] & theirs[1] - theirs[0]) or bool(mine[1] & theirs[0] - theirs[1])


def _compare(clause: Clause) -> tuple[frozenset[str], frozenset[str]] | None:
    if "than" not in clause.tokens:
        return None
    at = clause.tokens.index("than")
    return (
        frozenset(stem(token) for token in clause.tokens[:at]) & clause.content,
        frozenset(stem(token) for token in clause.tokens[at:]) & clause.content,
    )


# ---- exceptions left out


def _leaves_no_exception(said: Sequence[Clause], held: Sequence[Clause]) -> bool:
    return any(
        all(_is_wider(clause, other) for other in others)
        for clause in said
        if (others := _find_aligned(clause, held))
    )


def _is_wider(clause: Clause, other: Clause) -> bool:
    mine, theirs = set(clause.tokens), set(other.tokens)
    absolute = (mine & ABSOLUTE) - theirs
    if not absolute or mine & GUARDED - theirs:
        return False
    return bool(theirs & GUARDED) or bool(
        absolute & EVERYONE and "only" in theirs and "only" not in mine
    )


# ---- things that change places


def _crosses(said: Sequence[Clause], held: Sequence[Clause]) -> bool:
    """Say whether two clauses each join what two clauses of the passages keep apart."""
    for one, two in combinations(held, 2):
        first, second = one.content - two.content, two.content - one.content
        across = [clause for clause in said if clause.content & first and clause.content & second]
        for mine, other in combinations(across, 2):
            own, others = mine.content - other.content, other.content - mine.content
            if own & first and own & second and others & first and others & second:
                return True
    return False


def _contrasts_otherwise(text: str, passages: Sequence[str], names: Mapping[str, str]) -> bool:
    """Say whether "this, not that" has become "that, not this"."""
    mine = {names.get(key, key) for key in map(stem, _find(_CONTRASTED, text))}
    theirs = {key for passage in passages for key in map(stem, _find(_CONTRASTED, passage))}
    if not mine or not theirs or mine & theirs:
        return False
    held = {stem(word.lower()) for passage in passages for word in words(passage)}
    said = {names.get(stem(word.lower()), stem(word.lower())) for word in words(text)}
    return mine <= held and bool(theirs & said)


def _changes_places(said: Sequence[Clause], held: Sequence[Clause]) -> bool:
    """Say whether who does and who is done to have changed places, once in the passive."""
    for clause in said:
        for other in held:
            for passive, active in ((clause, other), (other, clause)):
                if _turns_passive(passive, active):
                    return True
    return False


def _turns_passive(passive: Clause, active: Clause) -> bool:
    found = _PASSIVE.search(" ".join(passive.tokens))
    if not found or _PASSIVE.search(" ".join(active.tokens)):
        return False
    verb = stem(found[1])
    keys = [stem(token) for token in active.tokens]
    if verb not in keys:
        return False
    text, at = " ".join(passive.tokens), keys.index(verb)
    patient, agent = _stems_of(text[: found.start()]), _stems_of(text[found.end() :])
    before, after = set(keys[:at]), set(keys[at + 1 :])
    return bool(agent & after - before) and not agent & before and bool(patient & before - after)


def _stems_of(text: str) -> set[str]:
    return {stem(word) for word in words(text) if word not in FUNCTION_WORDS}


def _differ(pattern: re.Pattern[str], text: str, passages: str) -> bool:
    mine, theirs = set(_find(pattern, text)), set(_find(pattern, passages))
    return bool(mine) and bool(theirs) and not mine & theirs


def _find(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for match in pattern.finditer(text):
        yield next(group for group in match.groups() if group).lower().replace("dai", "day")
