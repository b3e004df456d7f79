"""Whether a sentence is borne out by the passages it cites, before it is shown as supported.

Knows in which order a sentence is held against shown spans. Each test is known by its own module;
nothing here knows who wrote the sentence, or what becomes of one that fails.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from assistant.checking.facts import find_wrong_facts
from assistant.checking.support import Judge, SupportScorer, bears_out, translate
from assistant.checking.turning import find_turn
from assistant.composing.extremes import compares, is_extreme
from assistant.english.lexicon import Lexicon
from assistant.english.meaning import WordKnowledge
from assistant.layout.shown import Shown
from assistant.ranking.clauses import OPPOSITE, Polarity
from assistant.ranking.polarity import judge_polarity
from ingest.document import Document, Span
from ingest.orders import gives_orders
from ingest.patterns import compile_late
from ingest.words import words


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a sentence holds, on which shown spans (by number), and if not, why not."""

    supported: bool
    numbers: tuple[int, ...] = ()
    reason: str = ""


OPENING = compile_late(
    r"(?:yes|no|it depends|not necessarily|the articles (?:disagree|differ))[.!]?", re.IGNORECASE
)
"""Says only which way the passages point; with a footnote on them it needs no words of theirs."""

CANDIDATES = 3
"""Spans tried for a sentence without a citation, those that share most words with it first."""


class Verifier:
    """Judges sentences against the numbered spans that their writer was shown.

    Without a learned scorer and a sense of meaning, words decide alone. `question` is what the
    answer is to, where it is one question: a yes or no is held against it.
    """

    def __init__(
        self,
        shown: Sequence[tuple[Document, Span]],
        scorer: SupportScorer | None = None,
        sense: WordKnowledge | None = None,
        question: str = "",
    ) -> None:
        self._shown = [Shown(document, span) for document, span in shown]
        self._judge = Judge(scorer, sense)
        self._question = question

    def judge(self, text: str, numbers: Sequence[int]) -> Judgement:
        """Judge a sentence that cites spans, by numbers from 1; without any, look for one."""
        if not numbers:
            return self._find_support(text)
        cited = [self._shown[number - 1] for number in numbers]
        reason = self._find_fault(text, cited)
        if reason:
            return Judgement(supported=False, reason=reason)
        return Judgement(supported=True, numbers=tuple(numbers))

    def judge_lead(self, text: str, numbers: Sequence[int]) -> Judgement:
        """Judge a line that only leads into what cites these spans: it may add no fact of its own."""
        cited = [self._shown[number - 1] for number in numbers]
        reason = find_wrong_facts(text, cited)
        return Judgement(not reason, tuple(numbers) if not reason else (), reason)

    def _find_fault(self, text: str, cited: Sequence[Shown]) -> str:
        return find_wrong_direction(text, self._question, cited) or find_fault(
            text, cited, self._judge
        )

    def _find_support(self, text: str) -> Judgement:
        stems = Lexicon(text).stems
        overlaps = [len(stems & shown.lexicon.stems) for shown in self._shown]
        order = sorted(range(len(overlaps)), key=lambda at: (-overlaps[at], at))
        for at in () if OPENING.fullmatch(text.strip()) else order[:CANDIDATES]:
            if overlaps[at] and not self._find_fault(text, [self._shown[at]]):
                return Judgement(supported=True, numbers=(at + 1,))
        return Judgement(supported=False, reason="no passage of the articles says this")


def find_fault(text: str, cited: Sequence[Shown], judge: Judge) -> str:
    """Say what a sentence claims that the spans it cites don't bear out; empty where they do."""
    if OPENING.fullmatch(text.strip()):
        return ""
    if any(gives_orders(shown.quote) for shown in cited):
        return "the passage it cites gives orders to a machine"
    text = _ENUMERATION.sub("", text)
    if _is_quoted(text, cited):
        return ""
    if compares(text, cited):
        return "" if is_extreme(text, cited) else "comparing the rows it cites gives another"
    near = None if judge.sense is None else partial(translate, sense=judge.sense)
    reason = find_wrong_facts(text, cited) or find_turn(text, [one.quote for one in cited], near)
    if not reason and not bears_out(text, cited, judge):
        return "the passages it cites don’t say this"
    return reason


_YES_OR_NO = compile_late(r"\W*(yes|no)\b(?=\s*(?:[,.:;!—–-]|$))", re.IGNORECASE)


def find_wrong_direction(text: str, question: str, cited: Sequence[Shown]) -> str:
    """Say whether a sentence begins with the yes or no that its spans answer the other way."""
    lead = _YES_OR_NO.match(text)
    if not lead or not question:
        return ""
    said = {judge_polarity(question, shown.quote, shown.posed, shown.headings) for shown in cited}
    said.discard(None)
    if said == {OPPOSITE[Polarity(lead[1].lower())]}:
        return f"the passages it cites say {said.pop()}"
    return ""


_ENUMERATION = compile_late(r"^(?:step|point|option)\s+\d+\s*[:.)–-]\s*", re.IGNORECASE)
_SEAMS = compile_late(r"[:;,]\s|\.\s|\s[–—]\s")


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
