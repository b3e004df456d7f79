"""What ties a span to a question: terms by letters, by abbreviation and by meaning."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.asking.question import parse_question
from assistant.english.meaning import find_nearness
from assistant.ranking.evidence import (
    defines,
    find_decisive,
    gather_evidence,
    has_wanted_unit,
    look_closer,
    sort_evidence,
)
from assistant.ranking.matching import COMMON_WEIGHT, SHARED_MEANING
from assistant.ranking.weighing import Weights, load_weighing
from index.store import Index
from ingest.profile import CorpusProfile
from ingest.rarity import measure_rarity
from tests.reading_desk import PlainWords, evidence_of, from_markdown, matcher_for

PROFILE = CorpusProfile(
    subject="city bicycle", activity="mend a city bicycle", abbreviations={"fl": "frame lock"}
)
ALIKE = PlainWords([("pay", "wage"), ("india", "brazil")])


def coverage(question: str, text: str, knowledge: PlainWords = ALIKE) -> float:
    matcher = matcher_for(question, PROFILE, knowledge)
    matcher.learn([text])
    return matcher.coverage(matcher.stems(text))


def named(question: str, text: str) -> float:
    matcher = matcher_for(question, PROFILE, ALIKE)
    matcher.learn([text])
    return matcher.named(matcher.stems(text))


@pytest.mark.parametrize(
    ("question", "text", "share"),
    [
        ("the pump gauge?", "Two pumps with gauges", 1.0),
        ("the pump gauge?", "Two pumps", 0.5),
        ("the pump gauge?", "A saddle", 0.0),
        ("an FL?", "The frame locks hold", 1.0),
        ("a frame lock?", "An FL holds", 1.0),
        ("the pay?", "The wage is low", SHARED_MEANING),
        ("a first-aid course?", "a course in aid", 0.5),
    ],
)
def test_coverage_is_the_share_of_the_terms_found(question: str, text: str, share: float) -> None:
    assert coverage(question, text) == pytest.approx(share, abs=1e-4)


def test_what_the_whole_corpus_is_about_tells_little() -> None:
    matcher = matcher_for("a bicycle pump?", PROFILE)
    assert matcher.weights == {"bicycl": COMMON_WEIGHT, "pump": 1.0}
    assert coverage("a bicycle pump?", "bicycles") < 0.2
    assert coverage("a bicycle pump?", "pumps") > 0.8


def test_a_name_is_matched_by_its_letters_and_not_by_meaning() -> None:
    assert named("What is paid in Brazil?", "In India wages are low.") == 0.0
    assert named("What is paid in Brazil?", "In Brazil wages are low.") == 1.0
    assert named("Rules in Canada?", "The Canadian rules") == 1.0
    assert named("Is tram 7 late?", "Tram 8 is late") < 1.0
    assert named("what is paid?", "anything") == 1.0


@pytest.mark.parametrize(
    ("text", "match"),
    [("Past thirty-five.", 1.0), ("At 35.", 1.0), ("At thirty.", 0.0), ("At five past.", 0.0)],
)
def test_a_number_is_matched_in_words_too(text: str, match: float) -> None:
    matcher = matcher_for("Is 35 too old?")
    assert matcher.match("35", matcher.stems(text)) == match


def test_the_gap_is_what_is_missing_weighed_by_how_much_it_tells() -> None:
    knowledge = PlainWords(ranks={"wear": 10, "pension": 30_000})
    matcher = matcher_for("the pension you wear?", PROFILE, knowledge)
    assert matcher.worst_gap(matcher.stems("pension wear")) == 0.0
    assert matcher.worst_gap(matcher.stems("you wear it")) == pytest.approx(1.0)
    assert matcher.worst_gap(matcher.stems("a pension")) == pytest.approx(0.1)


def test_a_term_that_no_article_has_in_any_form_is_unknown() -> None:
    knowledge = PlainWords(ranks={"skiing": 30_000})
    profile = CorpusProfile(vocabulary={"salary": 1, "cost": 2}, abbreviations={"fl": "frame lock"})
    for known in ("the salaries?", "costing?", "an FL?"):
        assert matcher_for(known, profile, knowledge).worst_unknown(frozenset()) == 0.0
    assert matcher_for("the cost of skiing?", profile, knowledge).worst_unknown(frozenset()) == 1.0


@given(st.lists(st.sampled_from("pump gauge saddle chain lock oil".split()), min_size=1), st.data())
def test_more_words_never_cover_less(asked: list[str], data: st.DataObject) -> None:
    said = data.draw(st.lists(st.sampled_from([*asked, "night", "hut"])))
    more = [*said, data.draw(st.sampled_from([*asked, "tram"]))]
    question = f"the {' '.join(asked)}?"
    less, further = coverage(question, " ".join(said)), coverage(question, " ".join(more))
    assert 0.0 <= less <= further + 1e-6 <= 1.0 + 2e-6


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("A roadster is a heavy bicycle.", True),
        ("Roadster: a heavy bicycle.", True),
        ("Roadster – a heavy bicycle.", True),
        ("The word roadster refers to a heavy bicycle.", True),
        ("A racer is lighter than a roadster.", False),
        ("Look at the roadster.", False),
        ("", False),
    ],
)
def test_a_definition_says_what_the_thing_is(text: str, says: bool) -> None:
    assert defines(text, matcher_for("What is a roadster?")) is says


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("How much does it cost?", "It costs €5.", True),
        ("How much does it cost?", "It lasts 5 years.", False),
        ("How long does it last?", "It lasts five years.", True),
        ("How long does it last?", "It costs €5.", False),
        ("What share is stolen?", "About 40% is.", True),
        ("Why is it stolen?", "No figure.", True),
        ("When is it open?", "From May to October.", True),
    ],
)
def test_an_answer_holds_a_figure_of_the_kind_asked_for(
    question: str, text: str, holds: bool
) -> None:
    assert has_wanted_unit(parse_question(question), text) is holds


SHED = from_markdown("# Shed\n\n" + "\n\n".join(f"Sentence {n} here." for n in range(40)))


class Backwards:
    """Likes the last passages it is shown best."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.asked: list[str] = []

    def score_answers(self, question: str, passages, /):
        self.shown = list(passages)
        self.asked.append(question)
        return np.linspace(0.0, 1.0, len(passages), dtype=np.float32)


def test_the_learned_scorer_orders_the_best_spans_and_the_others_follow() -> None:
    evidence = evidence_of(SHED, {f"Sentence {n} ": 0.9 - n / 100 for n in range(40)})
    scorer = Backwards()
    again = look_closer(parse_question("here?"), evidence, scorer, Weights(0.0, {"learned": 1.0}))
    count = len(scorer.shown)
    assert 0 < count < len(evidence)
    assert all("Sentence" in shown for shown in scorer.shown)
    keys = [item.key for item in evidence]
    assert [item.key for item in again] == [*keys[:count][::-1], *keys[count:]]
    assert [item.score for item in again] == sorted((item.score for item in again), reverse=True)
    learned = [item.signals.learned for item in again]
    assert learned[:count] == pytest.approx(np.linspace(1, 0, count))
    assert set(learned[count:]) == {0.0}


def test_the_best_span_of_another_article_is_looked_at_too() -> None:
    barn = from_markdown("# Barn\n\nHay one.\n\nHay two.\n", "barn.md")
    in_barn = evidence_of(barn, {"Hay one": 0.2, "Hay two": 0.1})
    evidence = [*evidence_of(SHED, {f"Sentence {n} ": 0.9 - n / 100 for n in range(40)}), *in_barn]
    scorer = Backwards()
    again = look_closer(parse_question("here?"), evidence, scorer, Weights(0.0, {"learned": 1.0}))
    assert [again[0].text, again[1].document.title] == ["Hay one.", "Shed"]
    assert sum(item.document.id == barn.id for item in again if item.signals.learned) == 1
    assert sorted(item.key for item in again) == sorted(item.key for item in evidence)


class Steady:
    """Says the same of every passage."""

    def __init__(self, says: float) -> None:
        self._says = says
        self.shown = 0

    def score_answers(self, question: str, passages, /):
        self.shown += len(passages)
        return np.full(len(passages), self._says, dtype=np.float32)


def test_the_learned_scorer_looks_further_where_it_is_sure_of_nothing() -> None:
    evidence = evidence_of(SHED, {f"Sentence {n} ": 0.9 - n / 100 for n in range(40)})
    sure, unsure = Steady(0.9), Steady(0.1)
    for scorer in (sure, unsure):
        look_closer(parse_question("here?"), evidence, scorer, Weights(-4.0, {"learned": 8.0}))
    assert 0 < sure.shown < unsure.shown < len(evidence)


def test_the_learned_scorer_is_asked_without_the_name_of_what_all_is_about() -> None:
    evidence = evidence_of(SHED, {f"Sentence {n} ": 0.5 for n in range(3)})
    question = replace(parse_question("Can a shed be locked?"), unnamed="Can this be locked?")
    scorer = Backwards()
    look_closer(question, evidence, scorer, Weights(0.0, {"learned": 1.0}))
    assert scorer.asked == ["Can this be locked?"]


def test_equal_scores_stand_in_the_order_of_the_text() -> None:
    evidence = evidence_of(SHED, {f"Sentence {n} ": 0.5 for n in range(9)})
    assert sort_evidence(evidence[::-1]) == sort_evidence(evidence)
    starts = [item.span.start for item in sort_evidence(evidence[::-1])]
    assert starts == sorted(starts)


def test_gathered_evidence_is_sorted_bounded_and_of_its_documents(index: Index) -> None:
    question = parse_question("Which programming languages should I learn?")
    hits = index.search(question.text, 8)
    matcher = matcher_for(question, index.profile)
    found = gather_evidence(question, hits, matcher, index, load_weighing(learned=False).span)
    assert found
    assert found == sort_evidence(found)
    assert len({item.key for item in found}) == len(found)
    for item in found:
        assert 0.0 <= item.score <= 1.0
        assert item.text
        for name in ("coverage", "own", "names", "unit", "rank", "item", "leads", "length"):
            assert 0.0 <= getattr(item.signals, name) <= 1.0 + 1e-6


@pytest.mark.parametrize(
    ("question", "told"),
    [("What is electrical engineering?", False), ("electrical engineering", True)],
)
def test_a_bare_name_is_no_definition(index: Index, question: str, told: bool) -> None:
    parsed = parse_question(question)
    matcher = matcher_for(parsed, index.profile)
    hits = index.search(parsed.text, 16)
    found = gather_evidence(parsed, hits, matcher, index, load_weighing(learned=False).span)
    assert any(item.text == "Electrical Engineering" for item in found) is told


def test_nothing_found_is_no_evidence(index: Index) -> None:
    question = parse_question("anything")
    matcher = matcher_for(question)
    assert gather_evidence(question, [], matcher, index, load_weighing(learned=False).span) == []


def test_nearness_is_none_for_strangers_and_all_for_equals() -> None:
    near = find_nearness(["pay", "tent"], ["wage", "hut"], ALIKE)
    assert near.shape == (2, 2)
    assert near[0, 0] == pytest.approx(1.0)
    assert near[0, 1] == near[1, 0] == near[1, 1] == 0.0
    assert find_nearness([], ["wage"], ALIKE).shape == (0, 1)


def test_a_rare_word_tells_more_than_a_common_one_and_a_compound_as_its_rarest_part() -> None:
    knowledge = PlainWords(ranks={"make": 10, "deadline": 8_000})
    make, deadline, rare = (
        measure_rarity(word, knowledge.word_rank) for word in ("make", "deadline", "xylophone")
    )
    assert 0.1 == make < deadline < rare == 1.0
    assert measure_rarity("make-deadline", knowledge.word_rank) == deadline


def test_what_says_yes_or_no_to_a_need_is_looked_at_from_every_article() -> None:
    boats = from_markdown(
        "# Boats\n\nA licence is green.\n\nNobody needs a licence here.\n\nA licence is required there.\n"
    )
    river = from_markdown("# River\n\nA map is required.\n\nA licence is required.\n", "river.md")
    spans = [
        *evidence_of(boats, {"A licence is g": 0.1, "Nobody": 0.1, "A licence is r": 0.1}, own=1.0),
        *evidence_of(river, {"A licence is": 0.1, "A map": 0.1}, own=1.0),
    ]
    told = find_decisive(parse_question("Do I need a licence?"), spans)
    assert [item.text for item in told] == [
        "Nobody needs a licence here.",
        "A licence is required.",
    ]
    assert find_decisive(parse_question("What colour is a licence?"), spans) == []
