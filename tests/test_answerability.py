"""The verdict, taken before anything is written, and what it says is missing."""

from dataclasses import replace

import pytest

from assistant.answer import Outcome
from assistant.asking.question import parse_question
from assistant.finding import Finding, combine_verdicts
from assistant.ranking.answerability import (
    DECISIVE,
    TOPIC,
    decide,
    find_missing,
    keep_decisive,
    lacks_own,
    measure_sufficiency,
)
from assistant.ranking.figures_told import lacks_figure
from assistant.ranking.lacking import (
    find_lacking_option,
    find_lacking_side,
    find_place_within,
    find_unheard,
    find_unknown_aim,
)
from assistant.ranking.weighing import Weights, load_weighing, log_odds, signal_values
from ingest.profile import CorpusProfile
from tests.reading_desk import PlainWords, evidence_of, from_markdown, matcher_for

WAGES = from_markdown("""# Wages

## North

In Canada guides earn $30 an hour.

In Norway guides earn well.

## South

A guide needs boots.

- Bread bakers
  - Median wage: $40,000
- Pastry bakers
  - Median wage: $30,000
""")
WEIGHING = load_weighing(learned=False)
GOOD = {"dense": 0.9, "chunk": 0.8, "coverage": 1.0, "own": 1.0, "names": 1.0, "unit": 1.0}


def verdict_on(question: str, scores: dict[str, float], **signals: float):
    parsed = parse_question(question)
    matcher = matcher_for(parsed)
    return decide(parsed, evidence_of(WAGES, scores, **signals), matcher, WEIGHING)


def confidence_beside(other: float) -> float:
    """Return the verdict on a good best span, the learned scorer giving the others this much."""
    question = parse_question("What do guides earn in Canada?")
    scores = {"In Canada": 0.9, "In Norway": 0.2, "A guide": 0.1}
    evidence = [
        replace(
            item, signals=replace(item.signals, learned=learned, odds=log_odds(learned), **GOOD)
        )
        for item, learned in zip(evidence_of(WAGES, scores), (0.8, other, other), strict=True)
    ]
    return decide(question, evidence, matcher_for(question), load_weighing(learned=True)).confidence


def test_a_yes_to_the_best_span_says_less_where_the_others_get_one_too() -> None:
    assert confidence_beside(0.01) > confidence_beside(0.6)


def test_no_evidence_is_no_answer() -> None:
    question = parse_question("What do guides earn?")
    verdict = decide(question, [], matcher_for(question), WEIGHING)
    assert verdict.outcome is Outcome.NOT_IN_ARTICLES
    assert verdict.confidence == 0.0
    assert verdict.missing


def test_evidence_that_has_everything_is_an_answer() -> None:
    verdict = verdict_on(
        "What do guides earn in Canada?", {"In Canada": 0.95, "In Norway": 0.6}, **GOOD
    )
    assert verdict.outcome is Outcome.ANSWERED
    assert verdict.missing == ()
    assert 0.0 <= verdict.confidence <= 1.0


def test_evidence_that_has_nothing_is_none_and_what_it_lacks_is_named() -> None:
    verdict = verdict_on("How tall are giraffes in Kenya?", {"A guide": 0.05, "In Norway": 0.01})
    assert verdict.outcome is Outcome.NOT_IN_ARTICLES
    assert {"giraffes", "kenya"} <= {word.lower() for word in verdict.missing}


@pytest.mark.parametrize(
    ("question", "learned", "outcome"),
    [
        ("What don't guides need?", 0.3, Outcome.NOT_IN_ARTICLES),
        ("What don't guides need?", 0.8, Outcome.ANSWERED),
        ("What do guides need?", 0.3, Outcome.ANSWERED),
    ],
)
def test_what_is_not_so_needs_a_span_that_likely_answers(
    question: str, learned: float, outcome: Outcome
) -> None:
    verdict = verdict_on(question, {"A guide": 0.95}, learned=learned, **GOOD)
    assert verdict.outcome is outcome


def test_one_of_two_places_is_an_answer_in_part() -> None:
    verdict = verdict_on(
        "What do guides earn in Canada or in Germany?",
        {"In Canada": 0.95, "In Norway": 0.6},
        **GOOD,
    )
    assert verdict.outcome is Outcome.PARTIAL
    assert verdict.missing == ("Germany",)


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("What do guides earn in Canada or Germany?", "Germany"),
        ("Which pays guides more, Germany or Canada?", "Germany"),
        ("What do guides earn in Germany and Canada?", "Germany"),
        ("Is it more in Canada than in Germany?", "Germany"),
        ("What do guides earn in Canada and Norway?", ""),
        ("What do guides earn in Germany or Chile?", ""),
        ("What do guides and porters earn in Canada?", ""),
        ("What do guides earn in Canada compared with Germany?", "Germany"),
        ("What do guides earn in Canada and South Norway?", "South Norway"),
        ("What do guides earn?", ""),
        ("I come from Germany and my French is poor. What do guides earn in Canada?", ""),
        ("I know Germany and Canada. What do guides earn?", ""),
    ],
)
def test_only_one_side_can_be_lacking(question: str, lacking: str) -> None:
    evidence = evidence_of(WAGES, {"In Canada": 0.9, "In Norway": 0.8})
    assert find_lacking_side(parse_question(question), evidence, matcher_for(question)) == lacking


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("Are guides paid better than plumbers?", "plumbers"),
        ("Who earns more, guides or plumbers?", "plumbers"),
        ("What is the difference between boots and guides?", ""),
        ("Are painters paid better than plumbers?", ""),
        ("Do guides earn well?", ""),
        ("What do boots wear out by, or guides?", ""),
    ],
)
def test_of_two_options_the_one_is_named_that_nothing_is_known_of(
    question: str, lacking: str
) -> None:
    evidence = evidence_of(WAGES, {"In Norway": 0.9, "A guide": 0.5})
    parsed = parse_question(question)
    assert find_lacking_option(parsed, evidence, matcher_for(question)) == lacking


@pytest.mark.parametrize(
    ("question", "unheard"),
    [
        ("Is a Heron better than an Otter?", "Heron Otter"),
        ("Is a Heron better than boots?", ""),
        ("Who earns more, guides or vets?", ""),
        ("Where are the boots?", ""),
    ],
)
def test_nothing_is_told_of_two_things_that_no_article_has_heard_of(
    question: str, unheard: str
) -> None:
    evidence = evidence_of(WAGES, {"In Norway": 0.9, "A guide": 0.5})
    parsed = parse_question(question)
    profile = CorpusProfile(vocabulary={"boots": 1, "guides": 1})
    assert find_unheard(parsed, evidence, matcher_for(question, profile)) == unheard


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("How do I become a nurse?", "nurse"),
        ("How do I become a guide?", ""),
        ("Could I train as a plumber?", "plumber"),
        ("Should I learn Fortran or Cobol first?", "Fortran or Cobol"),
        ("Should I learn Norwegian or Finnish?", ""),
        ("Is knowing Fortran of any use?", "Fortran"),
        ("What does a nurse learn?", ""),
    ],
)
def test_how_to_become_or_learn_what_no_article_knows_of_is_not_told(
    question: str, unknown: str
) -> None:
    evidence = evidence_of(WAGES, {"In Norway": 0.9, "A guide": 0.5})
    matcher = matcher_for(question, CorpusProfile(vocabulary={"guide": 2, "norwegian": 1}))
    assert find_unknown_aim(parse_question(question), evidence, matcher) == unknown


PAY = from_markdown("""# Pay of guides

| Country | Pay |
|---|---|
| Canada | $30 an hour |
| Norway | $40 an hour |
""")


@pytest.mark.parametrize(
    ("question", "canada", "norway", "place"),
    [
        ("What is the pay of guides in Toronto?", 0.9, 0.1, ("toronto",)),
        ("What is the pay of guides in Toronto?", 0.9, 0.8, ()),
        ("What is the pay of guides in Toronto?", 0.2, 0.0, ()),
        ("What is the pay of guides in Canada and Toronto?", 0.9, 0.1, ()),
        ("What is the pay of guides with Toronto?", 0.9, 0.1, ()),
    ],
)
def test_a_town_is_answered_for_by_the_one_row_that_stands_out_for_it(
    question: str, canada: float, norway: float, place: tuple[str, ...]
) -> None:
    evidence = [
        *evidence_of(PAY, {"Canada": 0.9}, learned=canada, unit=1.0, coverage=1.0, own=1.0),
        *evidence_of(PAY, {"Norway": 0.2}, learned=norway),
    ]
    parsed = parse_question(question)
    profile = CorpusProfile(vocabulary={"canada": 1, "norway": 1, "pay": 2, "guides": 1})
    matcher = matcher_for(question, profile)
    assert find_place_within(parsed, evidence, matcher) == place
    if place:
        verdict = decide(parsed, evidence, matcher, WEIGHING)
        assert (verdict.outcome, verdict.missing) == (Outcome.ANSWERED, ())


def test_what_is_missing_is_named_as_the_question_writes_it() -> None:
    matcher = matcher_for("Do guides get pensions and boots?")
    missing = find_missing(evidence_of(WAGES, {"A guide": 0.9}), matcher)
    assert missing == ("pensions",)


def test_an_everyday_word_is_missing_only_where_no_article_has_it() -> None:
    everyday = PlainWords(ranks={"union": 10, "boots": 20})
    for profile, missing in (
        (CorpusProfile(vocabulary={"boots": 1}), ("union",)),
        (CorpusProfile(vocabulary={"boots": 1, "unions": 1}), ()),
    ):
        matcher = matcher_for("A union? Boots?", profile, everyday)
        evidence = evidence_of(WAGES, {"In Norway": 0.9})
        assert find_missing(evidence, matcher) == missing


@pytest.mark.parametrize(
    ("dense", "score", "learned", "answered"),
    [
        (0.15, 0.03, 0.9, False),
        (0.3, 0.03, 0.9, True),
        (0.15, 0.9, 0.9, True),
        (0.15, 0.03, 0.0, True),
    ],
)
def test_what_is_neither_near_nor_likely_is_about_something_else(
    dense: float, score: float, learned: float, answered: bool
) -> None:
    signals = GOOD | {"dense": dense, "learned": learned, "odds": 1.0}
    verdict = verdict_on("What do guides earn in Canada?", {"In Canada": score}, **signals)
    assert (verdict.outcome is Outcome.ANSWERED) is answered


def test_a_heading_counts_as_said() -> None:
    question = parse_question("What do guides earn in the north?")
    matcher = matcher_for(question)
    near = evidence_of(WAGES, {"In Canada": 0.9})
    far = evidence_of(WAGES, {"A guide": 0.9})
    assert measure_sufficiency(question, near, matcher).least == 1.0
    assert measure_sufficiency(question, far, matcher).least == 0.0


def test_a_verdict_rests_on_the_chunks_found_first() -> None:
    near, far = evidence_of(WAGES, {"In Canada": 0.4, "A guide": 0.9})[::-1]
    near = replace(near, signals=replace(near.signals, rank=1 / DECISIVE))
    far = replace(far, signals=replace(far.signals, rank=1 / (DECISIVE + 1)))
    assert keep_decisive([far, near]) == [near]
    assert keep_decisive([far]) == [far]


def test_a_topic_is_told_about_from_less_than_a_question() -> None:
    between = replace(WEIGHING, threshold=1.0)
    for text, outcome in (
        ("guides in Canada", Outcome.ANSWERED),
        ("What do guides earn?", Outcome.NOT_IN_ARTICLES),
    ):
        question = parse_question(text)
        evidence = evidence_of(WAGES, {"In Canada": 0.9}, **GOOD)
        verdict = decide(question, evidence, matcher_for(question), between)
        assert TOPIC < verdict.confidence < 1.0
        assert verdict.outcome is outcome


def test_sufficiency_is_measured_on_the_best_and_on_the_best_few_together() -> None:
    question = parse_question("Do guides in Canada need boots?")
    matcher = matcher_for(question, CorpusProfile())
    evidence = evidence_of(WAGES, {"In Canada": 0.9, "A guide": 0.4}, names=1.0)
    measured = measure_sufficiency(question, evidence, matcher)
    assert (measured.best, measured.second) == (0.9, 0.4)
    assert measured.gap > measured.gap_all == 0.0
    assert measured.coverage_all == measured.least == 1.0
    values = signal_values(measured)
    assert all(-1.0 <= value <= 1.0 + 1e-6 for value in values.values())


def test_every_fitted_signal_is_measured() -> None:
    question = parse_question("What do guides earn?")
    evidence = evidence_of(WAGES, {"In Canada": 0.9})
    measured = signal_values(measure_sufficiency(question, evidence, matcher_for(question)))
    for learned in (False, True):
        weighing = load_weighing(learned=learned)
        assert 0.0 <= weighing.verdict.score(measured) <= 1.0
        assert 0.0 <= weighing.span.score(signal_values(evidence[0].signals)) <= 1.0
        assert 0.0 < weighing.threshold < 1.0


def test_a_logistic_combination_is_one_half_at_its_border_and_bounded() -> None:
    weights = Weights(-1.0, {"a": 2.0})
    assert weights.score({"a": 0.5}) == pytest.approx(0.5)
    assert 0.0 < weights.score({"a": -1e9}) < weights.score({"a": 1e9}) < 1.0
    with pytest.raises(TypeError):
        signal_values({"a": 1.0})


def found(outcome: Outcome, confidence: float, *missing: str) -> Finding:
    from assistant.answer import Verdict

    return Finding(parse_question("what?"), (), Verdict(outcome, confidence, missing), ())


def test_two_questions_of_which_one_is_answered_are_answered_in_part() -> None:
    yes, no = found(Outcome.ANSWERED, 0.9), found(Outcome.NOT_IN_ARTICLES, 0.1, "pensions")
    both = combine_verdicts([yes, no], ())
    assert (both.outcome, both.missing) == (Outcome.PARTIAL, ("pensions",))
    assert both.confidence == 0.9


def test_questions_past_those_that_are_looked_at_are_missing() -> None:
    some = combine_verdicts([found(Outcome.ANSWERED, 0.9)], ("What of bread?",))
    assert (some.outcome, some.missing) == (Outcome.PARTIAL, ("What of bread?",))


def test_two_questions_of_one_outcome_share_it_at_the_lower_confidence() -> None:
    yes = combine_verdicts([found(Outcome.ANSWERED, 0.9), found(Outcome.ANSWERED, 0.7)], ())
    assert (yes.outcome, yes.confidence) == (Outcome.ANSWERED, 0.7)
    no = [found(Outcome.NOT_IN_ARTICLES, 0.1, "a"), found(Outcome.NOT_IN_ARTICLES, 0.2, "b")]
    assert combine_verdicts(no, ()).missing == ("a", "b")
    assert combine_verdicts([], ("asked",)).missing == ("asked",)


@pytest.mark.parametrize(
    ("question", "told", "lacks"),
    [
        ("How many guests leave early?", "Many guests are tired.", True),
        ("How many guests leave early?", "About a third leave early.", False),
        ("How many guests leave early?", "There were 12 of them.", False),
        ("How many guests leave early?", "Guests pay £12 for two nights.", False),
        ("How many guests leave early?", "Guests pay £12 for a week.", True),
        ("How many pounds is it?", "Guests pay £12 for a week.", False),
        ("Which is the cheapest hut?", "The Fox Hut lies in a wood.", True),
        ("Which is the cheapest hut?", "The Fox Hut costs £9.", False),
        ("Which is the cheapest hut?", "The cheap one is the Fox Hut.", False),
        ("What is the best hut?", "The Fox Hut lies in a wood.", False),
        ("How long is the season?", "A season costs £80.", True),
        ("How long is the season?", "A season costs £80 and ends in May after 30 weeks.", False),
        ("How long is the season?", "It ends in May.", False),
    ],
)
def test_a_figure_that_is_asked_for_has_to_be_told(question: str, told: str, lacks: bool) -> None:
    assert lacks_figure(parse_question(question), [told]) is lacks


def test_a_name_in_passing_is_no_side_that_is_told_of() -> None:
    shops = from_markdown(
        "# Town\n\n- Heron Bikes\n  - Sells helmets.\n\n## Trains\n\nThe train passes Stork Bikes.\n"
    )
    question = parse_question("Heron against Stork: who sells helmets?")
    evidence = evidence_of(shops, {"Sells helmets": 0.9, "The train": 0.5, "Heron": 0.4})
    assert find_lacking_option(question, evidence, matcher_for(question)) == "Stork"


def test_a_further_question_for_a_figure_is_held_to_one() -> None:
    question = parse_question("How much is parking?")
    assert lacks_figure(question, ["The car park is large."], further=True)
    assert not lacks_figure(question, ["The car park is large."])
    assert not lacks_figure(question, ["Parking costs €2."], further=True)


def test_of_two_who_earn_one_may_be_told() -> None:
    seen = {"Median wage: $40,000": 0.95}
    verdict = verdict_on("Do bread bakers or rice bakers earn more?", seen, **GOOD)
    assert verdict.outcome is Outcome.PARTIAL
    assert verdict.missing == ("rice bakers",)
    alone = verdict_on("What do rice bakers earn?", seen, **GOOD)
    assert alone.outcome is Outcome.NOT_IN_ARTICLES


def test_of_two_who_earn_both_are_told_of_each_in_its_own_row() -> None:
    seen = {"Median wage: $40,000": 0.95, "Median wage: $30,000": 0.9}
    asked = "Does the average pastry baker earn more than bread bakers?"
    assert verdict_on(asked, seen, **GOOD).outcome is Outcome.ANSWERED


@pytest.mark.parametrize(
    ("question", "lacks"),
    [
        ("Does a guide need a ladder?", True),
        ("Does a guide need boots?", False),
        ("How soon does a guide earn?", False),
        ("How long does a guide last?", False),
        ("What does a guide usually earn?", False),
        ("What about a guide?", False),
    ],
)
def test_a_further_question_is_answered_by_what_it_adds(question: str, lacks: bool) -> None:
    parsed = parse_question(question)
    evidence = evidence_of(WAGES, {"A guide": 0.9, "In Norway": 0.8})
    said = frozenset(parse_question("What does a guide earn?").terms)
    assert lacks_own(said, parsed, evidence, matcher_for(parsed)) is lacks


def test_a_need_of_one_thing_tells_nothing_of_another() -> None:
    told = {"A guide needs": 0.9}
    asked = verdict_on("Does a guide need a snorkel?", told, **GOOD)
    assert (asked.outcome, asked.missing) == (Outcome.NOT_IN_ARTICLES, ("snorkel",))
    assert verdict_on("Are drones allowed?", told, **GOOD).outcome is Outcome.NOT_IN_ARTICLES
    assert verdict_on("Does a guide need boots?", told, **GOOD).outcome is Outcome.ANSWERED
