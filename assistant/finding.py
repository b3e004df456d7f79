"""What the articles hold on one question: searched, weighed, decided and chosen.

Knows the order of those steps for a single question. Knows nothing of conversations, of writers or
of what is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.answer import Outcome, Role, Turn, Verdict
from assistant.asking.abbreviations import spell_out
from assistant.asking.asked import ask_for_need
from assistant.asking.clipping import write_out_clipped
from assistant.asking.forms import Ask
from assistant.asking.negation import find_denial
from assistant.asking.phrasing import is_only_chat
from assistant.asking.question import Question, parse_question
from assistant.asking.sections import find_depth
from assistant.asking.shortening import shorten_runs
from assistant.asking.spelling import mend_spelling
from assistant.asking.splitting import MAX_QUESTIONS, choose_questions, split_questions
from assistant.asking.texting import write_out
from assistant.asking.wrapping import leave_foreign, unwrap
from assistant.composing.passages import PassageChooser, keep_tellable
from assistant.composing.prompts import Prompt
from assistant.dialogue.conversation import make_standalone
from assistant.dialogue.subject import leave_subject_unnamed
from assistant.english.ends import find_ends
from assistant.english.figures import Unit, find_figures
from assistant.english.spending import Way, find_way, name_way
from assistant.layout.passage import Passage
from assistant.ranking.answerability import decide, keep_decisive, lacks_own
from assistant.ranking.denial import denies
from assistant.ranking.denomination import find_currency, tells_in, tells_in_others
from assistant.ranking.evidence import Evidence, SpanScorer, gather_evidence, look_closer
from assistant.ranking.figures_told import lacks_figure
from assistant.ranking.matching import TermMatcher
from assistant.ranking.omission import leave_out, speaks_only_of
from assistant.ranking.retrieval import order_by_spans
from assistant.ranking.weighing import Weights, load_weighing
from index.store import Index
from index.types import Hit
from ingest.spans import describe_span, span_text

MAX_TURNS = 20
"""Turns of a conversation that are looked at; older ones no longer explain a question."""

RETRIEVED = 24
"""Chunks searched for evidence.

Of 70 development questions of the guides in other words than the articles' a right span is said for
46 with 24 and for 43 with 16 or 20; the verdict rests on fewer (`answerability.DECISIVE`).
"""

CONSIDERED = 20
"""Chunks that are put in order for a search, at least.

With 30 or 40 no more of 130 development questions have a gold span in the first 2,000 characters, and
a search takes longer by as much.
"""

MOST_NAMES = 2
"""Names of the money asked for that are searched for beside the question's own: articles call it otherwise.

Asked what the people of four articles earn and make, the table of their pay is among the 17th and 24th
chunks without, and among the first with two or three.
"""

COMMON = 10_000
"""Rank above which a word of the encoder's may be of any language: "nur" has 27,617, "auf" 21,200."""


@dataclass(frozen=True, slots=True)
class Search:
    """A question and the chunks found for it, best first."""

    question: Question
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A question with its evidence, best first, the verdict on it, and the passages to say."""

    question: Question
    evidence: tuple[Evidence, ...]
    verdict: Verdict
    passages: tuple[Passage, ...]


def understand(message: str, history: Sequence[Turn], index: Index) -> str:
    """Rewrite the questions of a message so that each stands alone, misspelt words mended.

    A question that leans on the one before it in the message is resolved against that.
    """
    profile = index.profile
    plain = leave_foreign(unwrap(message), partial(_is_english, index))
    said = write_out(shorten_runs(plain), profile.vocabulary)
    mended = mend_spelling(said, profile.vocabulary, index.is_word)
    turns = [Turn(turn.role, shorten_runs(turn.content)) for turn in history[-MAX_TURNS:]]
    asked: list[str] = []
    parts = split_questions(mended)
    for part in parts[:MAX_QUESTIONS]:
        asked.append(make_standalone(part, turns, profile))
        turns.append(Turn(Role.USER, part))
    if len(asked) > 1:
        asked = [part[:1].upper() + part[1:] for part in asked]  # to be told apart again
    return " ".join((*asked, *parts[MAX_QUESTIONS:])) or mended


def _is_english(index: Index, word: str) -> bool:
    """Say whether a word is the articles' own or a common one: foreign ones are rare in English."""
    rank = index.word_rank(word)
    return word in index.profile.vocabulary or (rank is not None and rank < COMMON)


def search(text: str, index: Index) -> Search:
    """Search the chunks that may answer one standalone question; none answers what asks nothing."""
    if is_only_chat(text):
        return Search(parse_question(text), ())
    return _search(text, RETRIEVED, index)


def retrieve(text: str, k: int, index: Index) -> list[Hit]:
    """Return the k chunks that a standalone text finds, best first, each scored 0 to 1.

    Of several questions each is searched for, and a chunk counts by what it says best.
    """
    asked, _ = choose_questions(text)
    found: dict[str, Hit] = {}
    for part in asked or (text,):
        one = _search(part, max(k, CONSIDERED), index)
        for hit in order_by_spans(one.question, one.hits, index):
            known = found.get(hit.chunk.id)
            if known is None or known.score < hit.score:
                found[hit.chunk.id] = hit
    ordered = sorted(found.values(), key=lambda hit: (-hit.score, hit.rank))
    return [replace(hit, rank=rank) for rank, hit in enumerate(ordered[:k], start=1)]


def _search(text: str, k: int, index: Index) -> Search:
    """Search k chunks for one question, its short forms and clipped words written out."""
    spelt = write_out_clipped(spell_out(text, index.profile), index.profile, index)
    question = parse_question(spelt)
    posed = ask_for_need(question.text) if question.ask is Ask.YES_NO else question.text
    question = replace(question, unnamed=leave_subject_unnamed(posed, index.profile))
    pointed = question.section or question.left_out  # of the kind that it is the other of
    sought = question.whole if pointed else question.text
    if question.way:
        known = [name for name in name_way(question.way) if name in index.profile.vocabulary]
        sought = " ".join((sought, *known[:MOST_NAMES]))
    return Search(question, tuple(index.search(sought, k)))


def decide_findings(
    searches: Sequence[Search], index: Index, scorer: SpanScorer | None
) -> list[Finding]:
    """Decide on each question of a message, the later ones by what they add to those before."""
    said = frozenset[str]()
    findings = []
    for found in searches:
        findings.append(decide_finding(found, index, scorer, said))
        said |= frozenset(found.question.terms)
    return findings


def find_evidence(
    found: Search, matcher: TermMatcher, index: Index, weights: Weights
) -> list[Evidence]:
    """Return the spans of the chunks found that a question admits and that may be told, best first."""
    question = found.question
    evidence = gather_evidence(question, found.hits, matcher, index, weights)
    evidence = _keep_admitted(question, evidence)
    if question.section:
        within = [item for item in evidence if find_depth(item.block, question.section)]
        evidence = within or evidence
    return list(keep_tellable(question, evidence))


def decide_finding(
    found: Search, index: Index, scorer: SpanScorer | None, said: frozenset[str] = frozenset()
) -> Finding:
    """Weigh the spans of the chunks found, decide whether they suffice, and choose what to say.

    `said` are the terms of the questions before it in a message.
    """
    question = found.question
    matcher = TermMatcher(question, index.profile, index)
    first = load_weighing(learned=False)
    evidence = find_evidence(found, matcher, index, first.span)
    weighing = first if scorer is None else load_weighing(learned=True)
    if scorer is not None:
        evidence = look_closer(question, evidence, scorer, weighing.span)
    decisive = keep_decisive(evidence)
    verdict = decide(question, decisive, matcher, weighing)
    if not evidence:
        return Finding(question, (), verdict, ())
    missing = verdict.missing if verdict.outcome is Outcome.PARTIAL else ()
    chooser = PassageChooser(question, matcher, evidence, missing)
    if verdict.outcome is Outcome.NOT_IN_ARTICLES:
        if not chooser.finds_sides():
            return Finding(question, tuple(evidence), verdict, ())
        verdict = Verdict(Outcome.ANSWERED, weighing.threshold)
    unmeasured = chooser.find_unmeasured()
    if unmeasured and verdict.outcome is Outcome.ANSWERED:
        verdict = Verdict(Outcome.PARTIAL, verdict.confidence, unmeasured)
    passages = chooser.choose(weighing.floor)
    if question.left_out:
        passages = leave_out(passages, question.left_out)
        if not passages:
            return _find_none(question, evidence, verdict)
    told = [describe_span(p.document, span) for p in passages for span in p.told]
    further = bool(said)
    lacks = lacks_figure(question, told, further=further) and not chooser.tells_extreme(passages)
    if lacks or (further and lacks_own(said, question, decisive, matcher)):
        return _find_none(question, evidence, verdict)
    return Finding(question, tuple(evidence), verdict, passages)


def _find_none(question: Question, evidence: Sequence[Evidence], verdict: Verdict) -> Finding:
    """Say that the articles don't answer a question, though evidence was found for it."""
    verdict = Verdict(Outcome.NOT_IN_ARTICLES, verdict.confidence, (question.whole,))
    return Finding(question, tuple(evidence), verdict, ())


def _keep_admitted(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Keep the spans that pass the limit that a question sets, and are not all it leaves out.

    To a question for what is not so, one that denies nothing of that kind is no answer; of the
    lowest tenth what the median is tells nothing, of what a thing costs nothing that somebody earns,
    and of an amount in pounds what it is in rupees.
    """
    limit, out, ends = question.threshold, question.left_out, find_ends(question.text)
    amount = question.ask is Ask.AMOUNT
    denial = find_denial(question.text) if limit is None else None
    currency = find_currency(question.text) if amount else None
    if currency and not any(tells_in(currency, item.text) for item in evidence):
        currency = None  # the verdict names what is told in no such currency

    def is_admitted(item: Evidence) -> bool:
        return (
            (limit is None or limit.admits_any(item.text))
            and (denial is None or denies(item.document, item.span, denial))
            and (not ends or bool(ends & find_ends(describe_span(item.document, item.span))))
            and not (currency and tells_in_others(currency, item.text))
            and not (out and speaks_only_of(out, item.document, item.span))
            and not (question.way and _goes_other_way(question.way, item))
        )

    return [item for item in evidence if is_admitted(item)]


def _goes_other_way(way: Way, item: Evidence) -> bool:
    """Say whether a span has sums, and its own words say that they go the other way."""
    told = find_way(span_text(item.document, item.span))
    return told not in (None, way) and any(
        figure.unit is Unit.MONEY for figure in find_figures(item.text)
    )


def combine_verdicts(findings: Sequence[Finding], left: Sequence[str]) -> Verdict:
    """Combine the verdicts on the questions of one message; `left` are those not looked at.

    Where only some can be answered the answer is partial, and the others are what is missing.
    """
    if len(findings) == 1 and not left:
        return findings[0].verdict
    if not findings:
        return Verdict(Outcome.NOT_IN_ARTICLES, 0.0, tuple(left))
    confidence = min(finding.verdict.confidence for finding in findings)
    missing = (*(text for finding in findings for text in finding.verdict.missing), *left)
    outcomes = {finding.verdict.outcome for finding in findings}
    if outcomes == {Outcome.NOT_IN_ARTICLES}:
        return Verdict(Outcome.NOT_IN_ARTICLES, confidence, missing)
    if outcomes == {Outcome.ANSWERED} and not left:
        return Verdict(Outcome.ANSWERED, confidence)
    best = max(finding.verdict.confidence for finding in findings)
    return Verdict(Outcome.PARTIAL, best, missing)


def make_prompt(findings: Sequence[Finding], verdict: Verdict) -> Prompt:
    """Make the prompt for the findings that have something to say."""
    return Prompt(
        tuple((finding.question, finding.passages) for finding in findings if finding.passages),
        verdict,
    )
