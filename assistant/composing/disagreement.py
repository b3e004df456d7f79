"""Whether articles tell different things of what is asked: a need against a choice, or figures.

Knows what passages say to a question that asks for no yes or no. Knows nothing of how that is
worded, nor of which passages are chosen.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.asking.asked import Form, find_form, find_telling, has_each
from assistant.asking.forms import Ask
from assistant.asking.question import Question, asked_units, find_names
from assistant.english.figures import Figure, Unit, find_figures
from assistant.english.rates import asks_rate, find_rates
from assistant.layout.comparison import take_range
from assistant.layout.passage import Passage, Shape, SpanKey
from assistant.layout.shown import Shown
from assistant.ranking.clauses import Polarity
from assistant.ranking.polarity import drop_lead, judge_polarity
from ingest.patterns import compile_late
from ingest.words import stem, words

APART = 1.1
"""How many times the other one of two figures is at least: three months are no other than twelve
weeks."""

LIKELY = 0.75
"""Share of the best passage's score from which a figure is one for what is asked, that may differ."""

_MEASURES = compile_late(
    r"\bhow (?:much|many|long|often|old|far|big|large|small|short|young|high|tall|wide|deep|heavy|fast|soon|hot|cold)\b"
    r"|\b(?:what|which) (?:age|size|temperature|distance|weight)\b",
    re.IGNORECASE,
)
"""What asks for a figure of any kind."""

_ADVICE = compile_late(r"^should\s+(?=(?:i|you|we|one|they)\b)", re.IGNORECASE)
"""What asks for advice: what one article calls essential and another superfluous it differs on."""

_WEIGHS = compile_late(
    r"\b(?:important|importance|crucial|vital|critical|matters?|optional)\b", re.IGNORECASE
)
"""What asks how much a thing is needed, in other words than those of need."""

_IMPORTANT = compile_late(r"\b(?:important|crucial|vital|critical)\b", re.IGNORECASE)
"""What asks for a yes or no that no article gives: one calls the thing a must, another a bonus."""


_BEFORE_NAMES = frozenset("a an the about of".split())


def find_disagreement(question: Question, passages: Sequence[Passage]) -> tuple[SpanKey, ...]:
    """Return the spans, one of each article, in which articles differ; none where they do not."""
    if _wants_reply(question):
        return ()
    return _find_opposed(question, passages) or _find_apart(question, passages)


def is_opposed(question: Question, passages: Sequence[Passage], further: Passage) -> bool:
    """Say whether a further passage tells something else than passages of other articles do."""
    if _wants_reply(question):
        said = {one for passage in passages for one in _list_judged(question.text, passage)}
        other = set(_list_judged(question.text, further))
        return bool(said) and not other <= said
    shown = (further.document.id, further.spans[0].start)
    return any(key[:2] == shown for key in find_disagreement(question, (*passages, further)))


def _wants_reply(question: Question) -> bool:
    """Say whether a yes or no of each article is what tells them apart: no advice, no weight."""
    weighs = _ADVICE.match(question.text) or _IMPORTANT.search(question.text)
    return question.ask is Ask.YES_NO and not weighs


def _list_judged(question: str, passage: Passage) -> Iterator[Polarity]:
    for _, shown in _list_told((passage,)):
        said = judge_polarity(question, shown.quote, shown.posed, shown.headings)
        if said:
            yield said


def _find_opposed(question: Question, passages: Sequence[Passage]) -> tuple[SpanKey, ...]:
    """Find what calls the thing asked about necessary, and what calls it a matter of choice."""
    asked = _ask_need(question)
    if not asked:
        return ()
    told: dict[str, tuple[Polarity, SpanKey]] = {}
    for key, shown in _list_told(passages):
        said = judge_polarity(asked, shown.quote, shown.posed, shown.headings)
        if said:
            told.setdefault(shown.document.id, (said, key))
    opposed = {said for said, _ in told.values()} >= {Polarity.YES, Polarity.NO}
    return tuple(key for _, key in told.values()) if opposed else ()


def _ask_need(question: Question) -> str:
    """Ask whether there is a need for what a question weighs, advises on or only names, if it does."""
    advice = _ADVICE.match(question.text)
    if advice:
        subject, _, does = question.text[advice.end() :].partition(" ")
        return f"Do {subject} have to {does}"
    if question.ask is Ask.YES_NO:
        return _IMPORTANT.sub("necessary", question.text)
    needs = find_form(question.text) is Form.NEED or _WEIGHS.search(question.text)
    if not needs and not _is_topic(question):
        return ""
    weighing = set(map(stem, words(" ".join(_WEIGHS.findall(question.text)))))
    thing = " ".join(word for term, word in question.surface.items() if term not in weighing)
    return f"Is {thing} necessary?"


def _is_topic(question: Question) -> bool:
    """Say whether a question only names a thing: all that is told of it is asked for."""
    named = {word for word in words(question.text) if word.lower() not in _BEFORE_NAMES}
    return set(question.surface.values()) >= named


def _find_apart(question: Question, passages: Sequence[Passage]) -> tuple[SpanKey, ...]:
    """Find figures of one kind, or how often, that articles give for the very thing asked about, and that differ."""
    if not asked_units(question) and not _MEASURES.search(question.text):
        return ()
    best = max((passage.score for passage in passages), default=0.0)
    likely = [passage for passage in passages if passage.score >= LIKELY * best]
    units, often = _find_units(question, likely), asks_rate(question.text)
    telling = find_telling(question.text).intersection(question.terms)
    told: dict[str, tuple[_Measure, SpanKey]] = {}
    for key, shown in _list_told(likely):
        measure = _take_rate(shown.quote) if often else _take_measure(shown.quote, units)
        if (
            measure
            and telling
            and has_each(telling, find_telling(f"{shown.headings} {shown.quote}"))
        ):
            told.setdefault(shown.document.id, (measure, key))
    measures = [measure for measure, _ in told.values()]
    apart = any(measures[0].differs(other) for other in measures[1:])
    return tuple(key for _, key in told.values()) if apart else ()


def _list_told(passages: Sequence[Passage]) -> Iterator[tuple[SpanKey, Shown]]:
    """List what is told in sentences, not bare "No."s: a list or a table tells of several things."""
    for passage in passages:
        for span in passage.spans if passage.shape is Shape.PROSE else ():
            shown = Shown(passage.document, span)
            if drop_lead(shown.quote):
                yield passage.key(span), shown


def _find_units(question: Question, passages: Sequence[Passage]) -> tuple[Unit, ...]:
    """Return the kinds of figure asked for, if any is told: how much a hen eats is no money."""
    figures = (find_figures(shown.quote) for _, shown in _list_told(passages))
    told = {figure.unit for found in figures for figure in found}
    return tuple(unit for unit in asked_units(question) if unit in told)


@dataclass(frozen=True, slots=True)
class _Measure:
    """The figure or range that a sentence gives: what it counts, and by which names it is told."""

    low: float
    high: float
    counted: tuple[str, ...]
    names: frozenset[str]

    def differs(self, other: "_Measure") -> bool:
        """Say whether another one, of the same kind and of the same thing, lies apart from it."""
        alike = (self.counted, self.names) == (other.counted, other.names)
        lower, upper = sorted((self, other), key=lambda one: one.low)
        return alike and upper.low > APART * lower.high


def _take_measure(text: str, units: Sequence[Unit]) -> _Measure | None:
    """Take the figure of a sentence that gives one; one that gives several tells of several things."""
    figures = tuple(one for one in find_figures(text) if one.unit in units or not units)
    ends = take_range(figures) if figures else ()
    if not ends or len(ends) < len(figures):
        return None
    values = [figure.value for figure in ends]
    return _Measure(min(values), max(values), _find_counted(text, ends[-1]), _list_names(text))


def _take_rate(text: str) -> _Measure | None:
    """Take how often something is done from a sentence that says so once."""
    rates = find_rates(text)
    if len(rates) != 1:
        return None
    return _Measure(rates[0], rates[0], ("times a year",), _list_names(text))


def _list_names(text: str) -> frozenset[str]:
    return frozenset(name for name in find_names(text) if name[0].isalpha())


def _find_counted(text: str, figure: Figure) -> tuple[str, ...]:
    """Return what a figure counts: its unit and currency, and of a plain number the word after it."""
    after = words(text[figure.end :])[:1] if figure.unit is Unit.COUNT else []
    return (figure.unit.value, figure.currency, *map(stem, after))
