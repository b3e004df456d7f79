"""Articles that tell different things of what is asked are found out, and none that do not."""

import pytest

from assistant.asking.question import parse_question
from assistant.composing.disagreement import find_disagreement
from assistant.layout.passage import Passage, Shape
from ingest.document import Document
from ingest.spans import split_spans
from tests.reading_desk import from_markdown


def tell(document: Document) -> Passage:
    spans = tuple(span for span in split_spans(document))
    return Passage(Shape.PROSE, document, spans, 1.0)


def differ(question: str, one: str, other: str) -> bool:
    articles = (
        from_markdown(f"# Pumps\n\n{text}\n", f"{name}.md")
        for name, text in (("one", one), ("other", other))
    )
    found = find_disagreement(parse_question(question), [tell(article) for article in articles])
    assert len(found) in (0, 2)
    return bool(found)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("How important is grease?", "Grease is essential.", "Grease is optional in winter."),
        ("How much does a valve matter?", "The valve is not necessary.", "A valve is required."),
        ("the grease?", "Grease is essential.", "Grease is not necessary."),
        ("How long does a test take?", "A test takes ten hours.", "A test takes fourteen hours."),
        ("How many turns does a valve need?", "A valve needs 12 turns.", "The valve needs 20 turns."),
        ("How long does a valve last?", "A valve lasts 3 years.", "A valve lasts five to six years."),
        ("How much oil does a pump take?", "A pump takes 120 ml of oil.", "The pump takes 90 ml of oil."),
        ("What does a valve cost?", "A valve costs £30.", "The cost of a valve is £45."),
        ("How often do I oil a pump?", "Oil the pump once a week.", "Pumps are oiled every month."),
        ("How often is a pump oiled?", "A pump is oiled daily.", "Oil the pump every other day."),
        ("Should I oil the pump?", "Oiling the pump is unnecessary.", "Oiling the pump is vital."),
        ("Is grease important for a pump?", "Grease is essential.", "Grease is an added advantage."),
    ],
)  # fmt: skip
def test_views_and_figures_that_differ_are_found(question: str, one: str, other: str) -> None:
    assert differ(question, one, other)
    assert differ(question, other, one)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        # the same, said otherwise
        ("How long does a valve last?", "A valve lasts three months.", "A valve lasts 12 weeks."),
        ("How long does a valve last?", "A valve lasts 2 to 4 years.", "A valve lasts three years."),
        ("How important is grease?", "Grease is essential.", "Grease is a must: it is required."),
        ("How often do I oil a pump?", "Oil a pump every two weeks.", "Oil a pump once a fortnight."),
        ("Should I oil the pump?", "Oiling the pump is essential.", "Oil in the pump is a must."),
        # of another thing, place, currency or kind
        ("How long does a valve last?", "A valve lasts 3 years.", "A hose lasts 9 years."),
        ("How long does a valve last?", "A valve lasts 3 years in Oslo.", "A valve lasts 9 years."),
        ("What does a valve cost?", "A valve costs £30.", "A valve costs $45."),
        ("How many turns does a valve need?", "A valve needs 12 turns.", "A valve needs 3 tools."),
        ("What does a valve cost?", "A valve costs £30.", "A valve costs £45, with a hose £60."),
        # nothing of the kind is asked
        ("Where is a valve made?", "A valve is made in 3 days.", "A valve is made in 9 days."),
        ("Where is grease kept?", "Grease is essential.", "Grease is optional."),
        ("Is grease essential?", "Grease is essential.", "Grease is optional."),
    ],
)  # fmt: skip
def test_no_disagreement_is_found_where_there_is_none(question: str, one: str, other: str) -> None:
    assert not differ(question, one, other)


def test_an_article_does_not_differ_from_itself() -> None:
    article = from_markdown("# Pumps\n\nA valve lasts 3 years.\n\nThe old valve lasts 9 years.\n")
    question = parse_question("How long does a valve last?")
    assert find_disagreement(question, [tell(article), tell(article)]) == ()
