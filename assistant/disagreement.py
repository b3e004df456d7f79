"""Whether articles tell different things of what is asked: a need against a choice, or figures.

Knows what passages say to a question that asks for no yes or no. Knows nothing of how that is
worded, nor of which passages are chosen.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.asked import Form, find_form, find_telling, has_each
from assistant.comparison import take_range
from assistant.figures import Figure, Unit, find_figures
from assistant.passage import Passage, Shape, SpanKey
from assistant.polarity import Polarity, judge_polarity
from assistant.question import Ask, Question, asked_units, find_names
from assistant.shown import Shown
from ingest.document import Span
from ingest.words import stem, words

APART = 1.1
"""How many times the other the nearer end of a figure has to be: twelve weeks are three months."""

_MEASURES = re.compile(
    r"\b(?:how (?:much|many|long|often|old|far|big|large|small|high|tall|wide|deep|heavy|fast|soon|hot|cold)"
    r"|(?:what|which) (?:age|size|temperature|distance|weight))\b",
    re.IGNORECASE,
)
"""What asks for a figure of any kind."""

_WEIGHS = re.compile(r"\b(?:important|importance|crucial|vital|critical|matters?)\b", re.IGNORECASE)
_NEEDS = frozenset(map(stem, "important importance crucial vital critical matter optional".split()))


def find_disagreement(question: Question, passages: Sequence[Passage]) -> tuple[SpanKey, ...]:
    """Return the spans, one of each article, in which articles differ; none where they do not."""
    return _find_opposed(question, passages) or _find_apart(question, passages)


def _find_opposed(question: Question, passages: Sequence[Passage]) -> tuple[SpanKey, ...]:
    """Find what calls the thing asked about necessary, and what calls it a matter of choice."""
    needs = find_form(question.text) in (Form.NEED, Form.CHOICE)
    if question.ask is Ask.YES_NO or not (needs or _WEIGHS.search(question.text)):
        return ()
    thing = " ".join(word for term, word in question.surface.items() if term not in _NEEDS)
    told: dict[str, tuple[Polarity, SpanKey]] = {}
    for passage, span, shown in _list_direct(passages):
        said = judge_polarity(f"Is {thing} necessary?", shown.quote, shown.posed, shown.headings)
        if said and passage.document.id not in told:
            told[passage.document.id] = (said, passage.key(span))
    opposed = {said for said, _ in told.values()} >= {Polarity.YES, Polarity.NO}
    return tuple(key for _, key in told.values()) if opposed else ()


def _find_apart(question: Question, passages: Sequence[Passage]) -> tuple[SpanKey, ...]:
    """Find figures of one kind that articles give for the very thing asked about, and that differ."""
    if question.ask is Ask.YES_NO or not (asked_units(question) or _MEASURES.search(question.text)):
        return ()
    units = _find_units(question, passages)
    telling = find_telling(question.text)
    told: dict[str, tuple[_Measured, SpanKey]] = {}
    for passage, span, shown in _list_direct(passages):
        if not has_each(telling, find_telling(f"{shown.headings} {shown.quote}")):
            continue
        measured = _measure(shown.quote, units)
        if measured is not None and passage.document.id not in told:
            told[passage.document.id] = (measured, passage.key(span))
    (first, _), *rest = told.values() or [(None, None)]
    apart = first is not None and any(_differ(first, other) for other, _ in rest)
    return tuple(key for _, key in told.values()) if apart else ()


def _find_units(question: Question, passages: Sequence[Passage]) -> tuple[Unit, ...]:
    """Return the kinds of figure asked for, if any is told: how much a hen eats is no money."""
    texts = [shown.quote for _, _, shown in _list_direct(passages)]
    told = {figure.unit for text in texts for figure in find_figures(text)}
    return tuple(unit for unit in asked_units(question) if unit in told)


def _list_direct(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Span, Shown]]:
    """List the sentences that themselves have most of what is asked about."""
    for passage in passages:
        if passage.direct and passage.shape is Shape.PROSE:
            for span in passage.spans:
                yield passage, span, Shown(passage.document, span)


_Measured = tuple[float, float, tuple[str, ...], frozenset[str]]
"""The least and the greatest value that a sentence gives, what they count, and whose they are."""


def _measure(text: str, units: Sequence[Unit]) -> "_Measured | None":
    """Measure a sentence that gives one figure or range; one that gives several tells of several."""
    figures = [one for one in find_figures(text) if one.unit in units or not units]
    if not figures:
        return None
    ends = take_range(tuple(figures))
    if len(ends) < len(figures):
        return None
    values = [figure.value for figure in ends]
    counted = _find_counted(text, ends[-1])
    return min(values), max(values), counted, frozenset(find_names(text)) - set(_digits(text))


def _find_counted(text: str, figure: Figure) -> tuple[str, ...]:
    """Return what a figure counts: its unit and currency, and of a plain number the word after it."""
    after = words(text[figure.end :])[:1] if figure.unit is Unit.COUNT else []
    return (figure.unit.value, figure.currency, *map(stem, after))


def _digits(text: str) -> list[str]:
    return [word for word in find_names(text) if any(sign.isdigit() for sign in word)]


def _differ(one: "_Measured", other: "_Measured") -> bool:
    """Say whether two sentences give figures of one kind for the same that lie apart."""
    low, high = sorted((one[:2], other[:2]))
    return one[2:] == other[2:] and high[0] > APART * low[1]
