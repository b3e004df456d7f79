"""An answer composed from passages, in plain text with [n] markers: the writer without a model.

Knows how each form of question is answered: the yes or no first, the figure first, a list as a
list, a cell with its row and column. Knows nothing of retrieval, scores' origins or streams.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Form
from assistant.asking import asked
from assistant.asking.asked import asks_which, find_form, names_needed
from assistant.asking.compared import MOST_NAMING
from assistant.asking.forms import Ask
from assistant.asking.question import Question, wanted_units
from assistant.composing.disagreement import find_disagreement
from assistant.composing.extremes import say_extreme
from assistant.composing.prompts import Prompt
from assistant.composing.tables import Cell, Row, compare_cells, describe_row, read_table
from assistant.layout.comparison import find_told, pick_extreme, wants_least
from assistant.layout.parallels import name_whose
from assistant.layout.passage import Passage, Shape, SpanKey
from assistant.layout.shown import Shown
from assistant.ranking.clauses import Polarity
from assistant.ranking.polarity import (
    asks_alike,
    drop_lead,
    is_elliptical,
    is_reply,
    judge_polarity,
)
from ingest.document import Document, Kind, Span
from ingest.patterns import compile_late
from ingest.phrases import is_question_heading
from ingest.spans import item_label
from ingest.words import stem_set, words


@dataclass(frozen=True, slots=True)
class Statement:
    """A line of an answer, with the numbers of the spans it rests on."""

    text: str
    numbers: tuple[int, ...]
    form: Form = Form.PROSE


def compose(prompt: Prompt) -> list[Statement]:
    """Compose the statements that answer a prompt's questions from their passages."""
    numbers = prompt.numbers()
    said: set[tuple[str, tuple[int, ...]]] = set()
    statements: list[Statement] = []
    for question, passages in prompt.parts:
        for statement in _compose_part(question, passages, numbers):
            if (statement.text, statement.numbers) not in said:
                said.add((statement.text, statement.numbers))
                statements.append(statement)
    return statements


def _compose_part(
    question: Question, passages: Sequence[Passage], numbers: Mapping[SpanKey, int]
) -> list[Statement]:
    statements: list[Statement] = []
    for passage in passages:
        own = {span: numbers[passage.key(span)] for span in passage.spans}
        if passage.shape is Shape.TABLE:
            statements += _compose_table(question, passage, own)
        elif passage.compared:
            compared = _compose_comparison(question, passage, own)
            statements += compared or _compose_text(question, passage, own)
        else:
            statements += _compose_text(question, passage, own)
    opening = _open(question, passages, statements, numbers)
    if opening is None:
        return statements
    told = [one for one in statements if opening.text in SAID or drop_lead(one.text)]
    return [opening, *told]  # one article's bare "No." would read as the answer of all


def render(statements: Sequence[Statement]) -> str:
    """Write statements as a writer would: a line each, items after "- "."""
    lines = []
    for statement in statements:
        marks = "".join(f"[{number}]" for number in statement.numbers)
        bullet = "- " if statement.form is Form.ITEM else ""
        lines.append(f"{bullet}{statement.text} {marks}".rstrip())
    return "\n".join(lines)


def _compose_text(question: Question, passage: Passage, own: Mapping[Span, int]) -> list[Statement]:
    statements = []
    heads = _find_heads(passage)
    for place, span in enumerate(passage.spans):
        if passage.lead is not None and place == 0:
            lead = _reply(question, passage.document, passage.lead)
            statements.append(Statement(lead, (own[span],)))
            continue
        item = passage.shape is Shape.LIST and span.block not in heads
        form = Form.ITEM if item else Form.PROSE
        text = _reply(question, passage.document, span)
        if not text and span != passage.spans[-1]:
            continue
        text = text or _quote(passage.document, span)
        statements.append(
            Statement(_name_above(question, passage, span) + text, (own[span],), form)
        )
    return statements


def _find_heads(passage: Passage) -> frozenset[int]:
    """Return the items that head a list each, if a passage is made of such: they are no items then.

    "Yes:" and "No:" in one row with what stands under them would read as one list.
    """
    blocks = passage.document.blocks
    told = {span.block for span in passage.told}
    parents = {blocks[at].parent for at in told}
    outermost = {at for at in told if blocks[at].parent not in told}
    return frozenset(outermost) if len(outermost) > 1 and outermost <= parents else frozenset()


_NUMBERED = compile_late(r"^(?:step\s+)?\d{1,2}\s*[.):]\s+(?=\S)", re.IGNORECASE)
"""The number before a heading: the items that headings name are counted by their order."""


def _name_above(question: Question, passage: Passage, span: Span) -> str:
    """Return the name that a span needs to be understood alone, with a colon.

    That is the heading of an outlined part, the item that a single sub-item is under, or what the
    section of a labelled line is about, where others are laid out alike; so it is where the heading
    names one of two things compared and the span does not, and the question that a reply is to.
    """
    document = passage.document
    block = document.blocks[span.block]
    if passage.outline and block.heading_path:
        return f"{_NUMBERED.sub('', block.heading_path[-1]).rstrip(' :.')}: "
    alone = passage.shape is Shape.PROSE and block.kind is Kind.ITEM
    if alone and block.parent is not None and document.blocks[block.parent].kind is Kind.ITEM:
        return f"{item_label(document, document.blocks[block.parent]).rstrip(' :.')}: "
    if _leans_on_posed(question, document, span):
        return f"{Shown(document, span).posed.rstrip(' ?')}: "
    whose = "" if passage.lead else name_whose(document, span.block)
    whose = whose or _name_side(question, passage, span)
    return f"{whose.rstrip(' :.')}: " if whose else ""


def _name_side(question: Question, passage: Passage, span: Span) -> str:
    """Return the heading of a span that names one of two things compared, if the span does not."""
    heading = "".join(passage.document.blocks[span.block].heading_path[-1:])
    if is_question_heading(heading):
        return ""
    above, own = (stem_set(text)[0] for text in (heading, _quote(passage.document, span)))
    sides = (stem_set(side)[0] for side in question.sides if len(words(heading)) <= MOST_NAMING)
    return heading if any(side <= above and not side & own for side in sides) else ""


def _compose_table(
    question: Question, passage: Passage, own: Mapping[Span, int]
) -> list[Statement]:
    table = read_table(passage.document, passage.spans[0].block)
    by_block = {row.block: row for row in table.rows}
    rows = [(by_block[span.block], own[span]) for span in passage.spans]
    statements = []
    if passage.compared:
        cells = compare_cells(table, [row for row, _ in rows], passage.columns)
        extreme = _name_extreme(question, cells, dict(rows))
        statements += [extreme] if extreme else []
        if extreme and len(rows) > 3:
            return statements
    form = Form.ITEM if len(rows) > 1 else Form.PROSE
    for row, number in rows:
        statements.append(Statement(describe_row(table, row, passage.columns), (number,), form))
    return statements


def _name_extreme(
    question: Question, cells: Sequence[Cell], numbers: Mapping[Row, int]
) -> Statement | None:
    """Say whose figure is the most or the least, citing that row before the ones it is set beside."""
    least = wants_least(question.text, [cell.figures for cell in cells])
    extreme = say_extreme(cells, least=least)
    if extreme is None:
        return None
    text, cell = extreme
    first = numbers[cell.row]
    return Statement(text, (first, *(number for number in numbers.values() if number != first)))


def _compose_comparison(
    question: Question, passage: Passage, own: Mapping[Span, int]
) -> list[Statement]:
    """Say which of several items has the most or the least first, then what it was set beside."""
    document = passage.document
    chosen = find_told(document, passage.spans, wanted_units(question))
    figures = [contender.figures for contender in chosen]
    least = wants_least(question.text, figures)
    best = None if question.threshold else pick_extreme(figures, least=least)
    ordered = sorted(chosen, key=lambda item: best is None or item is not chosen[best])
    statements = []
    for contender in ordered:
        quoted = _quote(document, contender.span)
        named = quoted.lower().startswith(contender.name.lower()[:20])
        text = quoted if named else f"{contender.name}: {quoted}"
        statements.append(Statement(text, (own[contender.span],), Form.ITEM))
    if best is not None and statements:
        statements[0] = replace(statements[0], form=Form.PROSE)
    return statements


_DIFFER = "The articles differ."
_DISAGREE = "The articles disagree."
_ALONE = {Polarity.YES: "Yes.", Polarity.NO: "No.", Polarity.DEPENDS: "It depends."}
_TOGETHER = {
    asked.Form.NEED: (Polarity.NO, "Not necessarily."),
    asked.Form.WITHOUT: (Polarity.YES, "Yes."),
}
"""What is said where some articles give a reply, and others say that it depends.

What one article calls "not always required", and another does without, is not needed by either, and
both do without it; of anything but a need they differ.
"""

SAID = frozenset((*_ALONE.values(), *(said for _, said in _TOGETHER.values())))
"""What an answer says first in which the articles speak with one voice."""


def _open(
    question: Question,
    passages: Sequence[Passage],
    statements: Sequence[Statement],
    numbers: Mapping[SpanKey, int],
) -> Statement | None:
    """Say first that the articles differ; or yes, no or it depends, where the question wants it.

    An article speaks by the best of its passages that tells: it does not disagree with itself.
    """
    differing = find_disagreement(question, passages)
    if differing or question.ask is not Ask.YES_NO:
        return Statement(_DIFFER, tuple(numbers[key] for key in differing)) if differing else None
    judged: dict[Polarity, list[int]] = {}
    spoke: set[str] = set()
    for passage in passages:
        speaks = passage.direct or names_needed(question.text, passage.text)
        if not speaks or passage.document.id in spoke:
            continue
        said, span = _judge(question, passage)
        if said:
            number = numbers[passage.key(span)]
            judged.setdefault(said, []).append(number)
            spoke.add(passage.document.id)
    if {Polarity.YES, Polarity.NO} <= judged.keys():
        both = (*judged[Polarity.YES], *judged[Polarity.NO])
        return Statement(_DISAGREE, both)
    cited = tuple(number for some in judged.values() for number in some)
    reply, together = _TOGETHER.get(find_form(question.text), (None, ""))
    if len(judged) > 1 and judged.keys() != {reply, Polarity.DEPENDS}:
        return Statement(_DIFFER, cited)
    if not judged or is_reply(statements[0].text) or asks_which(question.text):
        return None
    return Statement(together if len(judged) > 1 else _ALONE[next(iter(judged))], cited)


def _judge(question: Question, passage: Passage) -> tuple[Polarity | None, Span]:
    """Say what a passage's first words answer, and which span says it: not a bare "Yes.".

    Where its first sentence does not tell, the second may: the first may only be what it points
    back to. An item says what it says under its lead-in.
    """
    document = passage.document
    first, *rest = passage.spans
    if passage.lead:
        texts = [(f"{_quote(document, passage.lead)} {_quote(document, one)}", one) for one in rest]
    else:
        opening = _quote(document, first)
        bare = bool(rest) and not drop_lead(opening)
        texts = [] if bare else [(opening, first)]
        if bare or (rest and passage.shape is Shape.PROSE):
            texts.append((f"{opening} {_quote(document, rest[0])}", rest[0]))
    for text, span in texts:
        above = Shown(document, span)
        said = judge_polarity(question.text, text, above.posed, above.headings)
        if said:
            return said, span
    return None, first


def _reply(question: Question, document: Document, span: Span) -> str:
    """Quote a span, without a yes or no that it begins with and that answers another question.

    A bare yes or no is one to what follows it as well.
    """
    text = _quote(document, span)
    whole = _answers_alike(question, document, span) or _leans_on_posed(question, document, span)
    return text if whole else drop_lead(text)


def _answers_alike(question: Question, document: Document, span: Span) -> bool:
    shown = Shown(document, span)
    around = f"{document.text[span.start : document.blocks[span.block].end]} {shown.headings}"
    return question.ask is Ask.YES_NO and asks_alike(question.text, shown.posed, around)


def _leans_on_posed(question: Question, document: Document, span: Span) -> bool:
    """Say whether a span is a reply that says nothing without its question, which is another one."""
    if not is_elliptical(_quote(document, span)) or not Shown(document, span).posed:
        return False
    return not _answers_alike(question, document, span)


_SOURCE_MARKER = compile_late(r"\s*\[\d+(?:\s*,\s*\d+)*\]")


def _quote(document: Document, span: Span) -> str:
    """Return a span's words on one line, without the note marks of its own source."""
    text = " ".join(document.text[span.start : span.end].split())
    return _SOURCE_MARKER.sub("", text)
