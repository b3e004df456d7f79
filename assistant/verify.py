"""Whether a sentence is borne out by the passages it cites, before it is shown as supported.

Knows figures, names and words on one side and shown spans on the other. Knows nothing of who wrote
the sentence, or of what becomes of one that fails.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.figures import NUMBER_WORDS, Figure, Unit, find_figures
from assistant.question import find_names
from ingest.document import Document, Span
from ingest.spans import describe_span
from ingest.words import FUNCTION_WORDS, stem, words


class SupportScorer(Protocol):
    """A learned scorer: how likely each passage bears out all of a statement, 0 to 1."""

    def score_support(self, statement: str, passages: Sequence[str], /) -> NDArray[np.float32]:
        """Return one probability a passage."""
        ...


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a sentence holds, on which shown spans (by number), and if not, why not."""

    supported: bool
    numbers: tuple[int, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Shown:
    """A span as its reader sees it: its own words, and what stands above it that gives them sense."""

    document: Document
    span: Span

    @cached_property
    def quote(self) -> str:
        """The span's own words, on one line."""
        return " ".join(self.document.text[self.span.start : self.span.end].split())

    @cached_property
    def described(self) -> str:
        """The span under its last headings and its lead-in: what the learned scorer reads."""
        return describe_span(self.document, self.span)

    @cached_property
    def context(self) -> str:
        """All that may be said of the span: its words, headings, title, lead-in and columns."""
        block = self.document.blocks[self.span.block]
        above = (self.document.title, *block.heading_path, *block.header)
        return "\n".join((self.quote, self.described, *above))

    @cached_property
    def lexicon(self) -> "Lexicon":
        """The words of the context."""
        return Lexicon(self.context)


OPENING = re.compile(
    r"(?:yes|no|it depends|not necessarily|the articles (?:disagree|differ))[.!]?", re.IGNORECASE
)
"""Says only which way the passages point; with a footnote on them it needs no words of theirs."""

_MACHINE = r"(?:assistant|language model|ai model|chat ?bot|llm)"
ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,40}\b(?:instructions?|prompts?|rules)\b"
    r"|^system:|\bsystem prompt (?:override|:)"
    rf"|\bnew instructions? (?:for|to) (?:the |any )?{_MACHINE}\b"
    rf"|\bthe {_MACHINE} (?:must|shall)\b"
    rf"|^(?:important )?(?:note to (?:the )?)?{_MACHINE}\s*[:,]\s*"
    r"(?:when|if|you|ignore|never|always|do not|don['’]t|reply|also)\b",
    re.IGNORECASE,
)
"""Words by which a text speaks to the machine that reads it: such a passage bears nothing out.

It is a last fence: evidence is chosen before, and a sentence that obeys must still be borne out.
"""

SUPPORTED = 0.5
"""A sentence below this probability of being borne out is not shown as supported."""

CANDIDATES = 3
"""Spans tried for a sentence without a citation, those that share most words with it first."""


class Verifier:
    """Judges sentences against the numbered spans that their writer was shown.

    Without a learned scorer, words decide alone.
    """

    def __init__(
        self, shown: Sequence[tuple[Document, Span]], scorer: SupportScorer | None = None
    ) -> None:
        self._shown = [Shown(document, span) for document, span in shown]
        self._scorer = scorer

    def judge(self, text: str, numbers: Sequence[int]) -> Judgement:
        """Judge a sentence that cites spans, by numbers from 1; without any, look for one."""
        if not numbers:
            return self._find_support(text)
        cited = [self._shown[number - 1] for number in numbers]
        reason = find_fault(text, cited, self._scorer)
        if reason:
            return Judgement(supported=False, reason=reason)
        return Judgement(supported=True, numbers=tuple(numbers))

    def judge_lead(self, text: str, numbers: Sequence[int]) -> Judgement:
        """Judge a line that only leads into what cites these spans: it may add no fact of its own."""
        cited = [self._shown[number - 1] for number in numbers]
        reason = find_wrong_facts(text, cited)
        return Judgement(not reason, tuple(numbers) if not reason else (), reason)

    def _find_support(self, text: str) -> Judgement:
        stems = Lexicon(text).stems
        overlaps = [len(stems & shown.lexicon.stems) for shown in self._shown]
        order = sorted(range(len(overlaps)), key=lambda at: (-overlaps[at], at))
        for at in () if OPENING.fullmatch(text.strip()) else order[:CANDIDATES]:
            if overlaps[at] and not find_fault(text, [self._shown[at]], self._scorer):
                return Judgement(supported=True, numbers=(at + 1,))
        return Judgement(supported=False, reason="no passage of the articles says this")


def find_fault(text: str, cited: Sequence[Shown], scorer: SupportScorer | None) -> str:
    """Say what a sentence claims that the spans it cites don't bear out; empty where they do."""
    if OPENING.fullmatch(text.strip()):
        return ""
    if any(ORDERS.search(shown.quote) for shown in cited):
        return "the passage it cites gives orders to a machine"
    text = _ENUMERATION.sub("", text)
    if _is_quoted(text, cited):
        return ""
    reason = find_wrong_facts(text, cited)
    if reason:
        return reason
    if estimate_support(text, cited, scorer) < SUPPORTED:
        return "the passages it cites don’t say this"
    return ""


def find_wrong_facts(text: str, cited: Sequence[Shown]) -> str:
    """Say which figure or name of a sentence stands in none of the spans; empty where all do."""
    contexts = [shown.context for shown in cited]
    figures = find_unsupported_figures(text, contexts)
    if figures:
        return f"{_quoted(figures)} not in the passages it cites"
    lexicon = Lexicon("\n".join(contexts))
    names = [name for name in find_names(text) if not name[0].isdigit() and name not in lexicon]
    if names:
        return f"{_quoted(names)} not in the passages it cites"
    return ""


def estimate_support(text: str, cited: Sequence[Shown], scorer: SupportScorer | None) -> float:
    """Estimate the probability that the spans together bear out all of a sentence."""
    weights = WORDS_ALONE if scorer is None else WITH_SCORER
    return weights.weigh(*measure_support(text, cited, scorer))


def measure_support(
    text: str, cited: Sequence[Shown], scorer: SupportScorer | None
) -> tuple[float, float]:
    """Measure the share of a sentence's words found, and the learned scorer's log-odds for it.

    Without a scorer the second is 0.
    """
    context = Lexicon("\n".join(shown.context for shown in cited))
    share = share_found(Lexicon(text), context)
    if scorer is None:
        return share, 0.0
    # Two passages at most, whatever is cited: the one that shares most words, and all together.
    stems = Lexicon(text).stems
    nearest = max(cited, key=lambda shown: len(stems & shown.lexicon.stems))
    passages = [nearest.described]
    if len(cited) > 1:
        passages.append(" ".join(shown.described for shown in cited))
    learned = float(np.max(scorer.score_support(text, passages)))
    return share, math.log(max(learned, 1e-4) / max(1 - learned, 1e-4))


@dataclass(frozen=True, slots=True)
class SupportWeights:
    """A logistic combination of the share of words found and the learned scorer's log-odds."""

    intercept: float
    share: float
    learned: float = 0.0

    def weigh(self, share: float, learned: float) -> float:
        """Return the probability that a sentence with these signals is borne out."""
        total = self.intercept + self.share * share + self.learned * learned
        return 1.0 / (1.0 + math.exp(-total))


WORDS_ALONE = SupportWeights(intercept=-3.98, share=5.49)
"""Fitted, as the next, by `python -m eval.verify_study --fit` on WiCE and BEGIN, both answers
weighing the same, over the sentences whose figures and names hold."""

WITH_SCORER = SupportWeights(intercept=-3.14, share=4.49, learned=0.26)


# ---- words


_REPORTING = frozenset(
    stem(word)
    for word in """according article articles say says said state states mention mentions note
    notes passage passages source sources yes also include includes including""".split()
)
"""Words by which a writer reports; they claim nothing that a passage has to hold."""


class Lexicon:
    """The words of a text by stem, with the initials of its phrases."""

    def __init__(self, text: str) -> None:
        tokens = [part for word in words(text) for part in _parts(word)]
        self.stems = frozenset(stem(token) for token in tokens)
        initials = "".join(token[0].lower() if token[0].isalpha() else " " for token in tokens)
        self._initials = initials
        self._shorts = frozenset(
            token.lower() for token in tokens if len(token) > 1 and token.isupper()
        )
        self._tokens = tokens

    def __contains__(self, word: str) -> bool:
        """Say whether a word is here as it is, inflected, shortened or spelt out."""
        return all(self._has(part) for part in _parts(word))

    def content(self) -> list[str]:
        """Return the distinct words that claim something, in order; figures are checked as such."""
        kept = {
            stem(token): token
            for token in reversed(self._tokens)
            if token.lower() not in FUNCTION_WORDS
            and stem(token) not in _REPORTING
            and not _counts(token)
        }
        return list(reversed(kept.values()))

    def spells_out(self, word: str, phrase: "Lexicon") -> bool:
        """Say whether a word is part of a phrase whose initials stand here ("machine", by "ML")."""
        first = word[0].lower()
        return any(first in short and short in phrase._initials for short in self._shorts)  # noqa: SLF001

    def _has(self, word: str) -> bool:
        key = stem(word)
        if key in self.stems:
            return True
        if word.isupper() and len(word) > 1 and word.lower() in self._initials:
            return True
        return len(key) >= 4 and any(_akin(key, other) for other in self.stems)


def share_found(claim: Lexicon, context: Lexicon) -> float:
    """Return the share of a claim's content words that a context has, 0 to 1; 0 for no words."""
    content = claim.content()
    found = sum(word in context or context.spells_out(word, claim) for word in content)
    return found / len(content) if content else 0.0


_MEASURES = frozenset(
    """lakh crore thousand million billion percent per cent bn minute minutes hour hours day days
    week weeks month months year years""".split()
)


def _counts(token: str) -> bool:
    """Say whether a word is part of a figure."""
    lowered = token.lower()
    return (
        token[0].isdigit()
        or lowered in NUMBER_WORDS
        or lowered in _MEASURES
        or lowered in _CURRENCIES
    )


def _parts(word: str) -> list[str]:
    """Split a compound at its hyphens, without the possessive ending."""
    plain = re.sub(r"['’]s?$", "", word)
    return [part for part in re.split(r"[-&]", plain) if part] or [word]


def _akin(one: str, other: str) -> bool:
    """Say whether one stem begins the other ("india", "indian"): a word and what is derived from it."""
    return len(other) >= 4 and (one.startswith(other) or other.startswith(one))


_ENUMERATION = re.compile(r"^(?:step|point|option)\s+\d+\s*[:.)–-]\s*", re.IGNORECASE)
_SEAMS = re.compile(r"[:;,]\s|\.\s|\s[–—]\s")


def _is_quoted(text: str, cited: Sequence[Shown]) -> bool:
    """Say whether a sentence is put together from words of the passages, clause by clause.

    "Lyon, Adult ticket: 12 euros" is, of a table's row; a bare "no" before a clause is not.
    """
    contexts = [_flat(shown.context) for shown in cited]
    clauses = [clause for part in _SEAMS.split(text) if (clause := _flat(part))]
    whole = _flat(text)
    if any(whole in context for context in contexts):
        return bool(whole)
    return bool(clauses) and all(
        clause.strip() not in _VERDICTS and any(clause in context for context in contexts)
        for clause in clauses
    )


_VERDICTS = frozenset(("yes", "no", "not", "never", "none", "nor"))


def _flat(text: str) -> str:
    return f" {' '.join(word.lower() for word in words(text))} " if words(text) else ""


def _quoted(found: Sequence[str]) -> str:
    return f"{', '.join(f'“{one}”' for one in found)} {'is' if len(found) == 1 else 'are'}"


# ---- figures


def find_unsupported_figures(sentence: str, passages: Sequence[str]) -> list[str]:
    """Return the figures of a sentence that stand in none of the passages, as written.

    Figures are compared as values and units, so that $5,000 and 5000 dollars agree, 1 year and 12
    months, 5-12 lakh and 500,000 to 1,200,000; and 5 % and 5 years do not.
    """
    shown = [
        reading
        for passage in passages
        for reading in (*_read_figures(passage), *_read_number_words(passage))
    ]
    counts = any(reading.figure.unit is Unit.COUNT for reading in shown)
    claimed = [
        reading
        for reading in _read_figures(sentence)
        if not _is_word(sentence, reading.figure) and not _is_ordinal(sentence, reading.figure)
    ]
    # "Two" may only count what is cited; it is held against passages that count something.
    claimed += [
        reading for reading in _read_number_words(sentence) if counts and reading.figure.value > 1
    ]
    return [
        sentence[reading.figure.start : reading.figure.end]
        for reading in sorted(claimed, key=lambda reading: reading.figure.start)
        if not any(_agree(reading, other) for other in shown)
    ]


def _is_word(text: str, figure: Figure) -> bool:
    """Say whether a figure without a unit is written as a word."""
    return figure.unit is Unit.COUNT and not any(
        letter.isdigit() for letter in text[figure.start : figure.end]
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """A figure, and the numbers it may stand for: the 5 of "5-12 lakh" is 5 or 500,000."""

    figure: Figure
    numbers: tuple[float, ...]
    currency: str


_JOINS = re.compile(r"\+?\s*(?:[-–—−]|to|and|or|through)\s*\Z")
_SCALE = re.compile(r"(?:k|m|bn|million|billion|thousand|lakh|crore)\b", re.IGNORECASE)
_CURRENCIES = {
    "dollar": "$", "dollars": "$", "usd": "$", "us$": "$", "euro": "€", "euros": "€", "eur": "€",
    "pound": "£", "pounds": "£", "gbp": "£", "rupee": "₹", "rupees": "₹", "inr": "₹",
}  # fmt: skip
_ENUMERATOR = re.compile(r"(?:\bstep|\bpoint|\boption|#|\bno\.?)\s*\Z", re.IGNORECASE)
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)


def _read_figures(text: str) -> list[_Reading]:
    figures = find_figures(text)
    readings = []
    for at, figure in enumerate(figures):
        number = float(figure.raw)
        numbers, currency = [number], figure.currency.lower()
        following = figures[at + 1] if at + 1 < len(figures) else None
        if following and _JOINS.fullmatch(text[figure.end : following.start].lower()):
            factor = _scale(text[following.start : following.end], float(following.raw))
            if factor != 1 and _scale(text[figure.start : figure.end], number) == 1:
                numbers.append(number * factor)
            currency = currency or following.currency.lower()
        readings.append(_Reading(figure, tuple(numbers), _CURRENCIES.get(currency, currency)))
    return readings


def _scale(written: str, value: float) -> float:
    """Return what a figure's scale word multiplied its number by."""
    if not _SCALE.search(written):
        return 1.0
    number = re.search(r"\d[\d,]*(?:\.\d+)?", written)
    plain = float(number.group().replace(",", "")) if number else 0.0
    return value / plain if plain else 1.0


def _agree(claimed: _Reading, shown: _Reading) -> bool:
    one, other = claimed.figure, shown.figure
    same = any(math.isclose(number, value) for number in claimed.numbers for value in shown.numbers)
    definite = {Unit.MONEY, Unit.PERCENT, Unit.DURATION}
    if one.unit is other.unit is Unit.DURATION:
        return math.isclose(one.value, other.value, rel_tol=0.02)
    if one.unit in definite and other.unit in definite and one.unit is not other.unit:
        return False
    if claimed.currency and shown.currency and claimed.currency[-1] != shown.currency[-1]:
        return False
    return same


def _is_ordinal(text: str, figure: Figure) -> bool:
    """Say whether a figure only numbers its sentence ("Step 2")."""
    return bool(_ENUMERATOR.search(text[: figure.start])) and figure.value <= 20


def _read_number_words(text: str) -> list[_Reading]:
    found = []
    for match in _NUMBER_WORD.finditer(text):
        value = float(NUMBER_WORDS[match.group().lower()])
        figure = Figure(value, Unit.COUNT, *match.span(), raw=f"{value:.10g}")
        found.append(_Reading(figure, (value,), ""))
    return found
