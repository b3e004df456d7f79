"""What an answer is worth, by hand."""

import pytest

from assistant.answer import Citation, Outcome, Sentence
from eval.cases import Case
from eval.dataset import Expected, Question
from eval.grounding import Reply, find_faults, judge_reply
from eval.locate import GoldSpan, locate_quote
from eval.wording import content_recall, figures, says
from tests.fakes import make_corpus

BEES, BREAD = make_corpus()
DOCUMENTS = {document.id: document for document in (BEES, BREAD)}


def cite(number: int, quote: str, document=BEES) -> Citation:
    span = locate_quote(document, quote)
    return Citation(
        number, document.id, document.title, document.source, (), quote, span.start, span.end
    )


def reply(*pairs: tuple[str, Citation | None], outcome: Outcome = Outcome.ANSWERED) -> Reply:
    sentences = tuple(
        Sentence(text, (citation.number,) if citation else (), supported=True)
        for text, citation in pairs
    )
    citations = tuple(citation for _, citation in pairs if citation)
    return Reply(outcome, 0.8, "\n".join(text for text, _ in pairs), sentences, citations)


def case(
    *quotes: str,
    must: tuple[tuple[str, ...], ...] = (),
    must_not: tuple[str, ...] = (),
    outcome: Outcome = Outcome.ANSWERED,
    articles: int = 1,
    reference: str = "",
) -> Case:
    expected = Expected(
        outcome, (), must, must_not, articles if outcome != "not_in_articles" else 0
    )
    gold = tuple(locate_quote(BEES, quote) for quote in quotes)
    return Case(Question("q", "s", "dev", "?", expected), gold, reference)


DECLINED = Reply(Outcome.NOT_IN_ARTICLES, 0.1, "", (), ())
ROOF = (
    "Yes: bees keep well on a flat roof, as long as the roof carries 150 kg and is out of the wind."
)


# ---- phrases


@pytest.mark.parametrize(
    ("text", "phrase", "said"),
    [
        ("It takes 4 years.", "4 years", True),
        ("It takes 40 years.", "4", False),
        ("It costs 4.5 euros.", "4", False),
        ("It costs 14 euros.", "4", False),
        ("It costs 4.", "4", True),
        ("$85,000 – $110,000 per year", "$85,000-$110,000", True),
        ("$85,000 per year", "$85000", True),
        ("$185,000 per year", "$85,000", False),
        ("₹5,00,000 – ₹12,00,000", "₹5,00,000", True),
        ("Growth of 36%.", "36%", True),
        ("Several certificates help.", "certificate", True),
        ("Certification helps.", "certificate", False),
        ("You know it.", "no", False),
        ("No, you don't.", "no", True),
        ("You can't.", "can", False),
        ("You can.", "can", True),
        ("A bachelor’s degree", "bachelor's", True),
        ("A bachelor’s degree", "bachelor", True),
        ("Use C++ or R.", "C++", True),
        ("an unpaid job", "paid", False),
    ],
)
def test_a_phrase_is_said_or_not(text: str, phrase: str, said: bool):
    assert says(text, phrase) is said


def test_recall_is_by_stem_and_function_words_do_not_count():
    assert content_recall("Bees keep well on the roofs", "a bee on a roof kept") == pytest.approx(
        2 / 3, abs=0.34
    )
    assert content_recall("the of and", "") == 1.0
    assert content_recall("honey", "") == 0.0


def test_figures_are_read_without_grouping():
    assert figures("$1,500 in 2023, or 4.5 %") == {"1500", "2023", "4.5"}


# ---- answers


def test_a_right_answer_has_no_fault():
    said = reply((ROOF, cite(1, ROOF)))
    judged = case(ROOF, must=(("flat roof", "terrace"), ("150 kg",)), must_not=("no garden",))
    assert find_faults(said, judged) == []
    values = judge_reply(said, judged, DOCUMENTS)
    for name in ("correct", "right_answer", "content", "citation_precision", "citation_recall"):
        assert values[name] == 1.0
    assert values["refuses"] == 0.0
    assert values["sources_met"] == 1.0
    assert values["quote_exact"] == 1.0
    assert values["length"] == len(ROOF)
    assert "declines" not in values


def test_each_fault_is_named():
    said = reply((ROOF, cite(1, ROOF)), outcome=Outcome.PARTIAL)
    judged = case(ROOF, must=(("licence", "permit"),), must_not=("150 kg",))
    assert find_faults(said, judged) == [
        "verdict is partial, should be answered",
        "lacks 'licence' or 'permit'",
        "says '150 kg'",
    ]
    assert judge_reply(said, judged, DOCUMENTS)["right_answer"] == 0.0


def test_a_refusal_of_an_answerable_question():
    values = judge_reply(DECLINED, case(ROOF, must=(("roof",),)), DOCUMENTS)
    assert values == {
        "correct": 0.0,
        "right_answer": 0.0,
        "content": 0.0,
        "refuses": 1.0,
        "sources_met": 0.0,
    }


def test_an_unanswerable_question_declined_and_answered():
    judged = case(outcome=Outcome.NOT_IN_ARTICLES)
    assert judge_reply(DECLINED, judged, DOCUMENTS) == {"correct": 1.0, "declines": 1.0}
    answered = judge_reply(reply((ROOF, cite(1, ROOF))), judged, DOCUMENTS)
    assert answered["declines"] == 0.0
    assert answered["correct"] == 0.0
    assert "right_answer" not in answered


def test_a_wrong_place_costs_precision_and_not_recall():
    smoker = "A smoker, which calms the bees"
    values = judge_reply(reply((smoker, cite(1, smoker))), case(ROOF), DOCUMENTS)
    assert values["citation_precision"] == 0.0
    assert values["citation_recall"] == 1.0


def test_a_figure_that_the_citation_lacks_is_not_supported():
    said = reply(("Bees keep well on a roof that carries 300 kg.", cite(1, ROOF)))
    assert judge_reply(said, case(ROOF), DOCUMENTS)["citation_recall"] == 0.0


def test_a_sentence_without_citation_is_not_supported():
    said = reply((ROOF, cite(1, ROOF)), ("Bees are lovely.", None))
    assert judge_reply(said, case(ROOF), DOCUMENTS)["citation_recall"] == 0.5


def test_too_few_articles():
    values = judge_reply(reply((ROOF, cite(1, ROOF))), case(ROOF, articles=2), DOCUMENTS)
    assert values["sources_met"] == 0.0


def test_a_quote_shifted_by_one_is_not_exact():
    good = cite(1, ROOF)
    shifted = Citation(
        1, BEES.id, BEES.title, BEES.source, (), good.quote, good.start + 1, good.end + 1
    )
    values = judge_reply(reply((ROOF, shifted)), case(ROOF), DOCUMENTS)
    assert values["quote_exact"] == 0.0


def test_where_nothing_is_demanded_the_place_or_the_words_decide():
    said = reply((ROOF, cite(1, ROOF)))
    assert find_faults(said, case(ROOF)) == []
    assert find_faults(said, case("A smoker, which calms the bees")) != []
    assert find_faults(said, case(reference="Bees keep well on a flat roof.")) == []
    assert find_faults(said, case(reference="Feed the starter every day.")) != []


def test_a_citation_of_an_unknown_document_is_not_exact():
    lost = Citation(1, "gone", "t", "s", (), "q", 0, 1)
    values = judge_reply(reply(("q", lost)), case(ROOF), {})
    assert values["quote_exact"] == 0.0
    assert GoldSpan("gone", 0, 1) not in case(ROOF).gold
