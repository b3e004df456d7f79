"""Which span speaks first where another answers the question's form better than the best one.

Knows the scores of spans and the forms of questions. Knows nothing of how much is said, nor of how it
is built or joined.
"""

from collections.abc import Sequence

from assistant.asking.asked import Form, find_form, find_telling, has_each, take_apart
from assistant.asking.forms import COMPARING, Ask
from assistant.asking.question import Question
from assistant.composing.building import BARE_REPLY, PassageBuilder
from assistant.composing.listing import DIRECT
from assistant.english.rates import asks_rate, find_rates
from assistant.layout.shown import Shown
from assistant.ranking.evidence import LOOKED_AT, Evidence, decides, list_firsts
from assistant.ranking.lacking import HINTED
from assistant.ranking.matching import TermMatcher
from assistant.ranking.polarity import tells_other_need
from ingest.document import Kind

NEAR = 0.4
"""Share of the best score from which a span may come before the best: that of an article to be heard."""

NAMED = 0.3
"""Share of the best score from which a span that names what a need is asked for is said before one
that tells of another need. The figures on the development questions are the same with it."""

NAMED_NEAR = 0.2
"""The same share for a span that says yes or no to a need and names the very thing: what a language is
good for, said under its own name, is nearer to "is R a must?" than "mastering R is critical"."""

VERY_QUESTION = 0.9
"""Cosine from which a heading asks the very question: on the development questions .8 and .85 find
no more right answers, and cite less precisely."""

TURNS_ON = 0.9
"""A heading asks something else, and a further span tells of it, if nothing of a word that tells this
much is there.

It changes two answers to the development questions (precision .80 instead of .71, .67 instead of
.71), and takes what is told of no framework from an answer about frameworks.
"""

NAMING = 0.7
HALF = 0.5
"""Share of the best score from which a span that names something asked about, half matched or
better, is said before one that names nothing and only stands below a heading that does."""


def find_turning(matcher: TermMatcher) -> frozenset[str]:
    """Return the words that a question turns on and that the articles have."""
    telling = (term for term in matcher.telling_terms() if matcher.telling[term] >= TURNS_ON)
    return frozenset(filter(matcher.is_known, telling))


class Precedence:
    """Sorts the evidence for a question by who is to speak first."""

    def __init__(self, question: Question, matcher: TermMatcher, builder: PassageBuilder) -> None:
        self._question = question
        self._matcher = matcher
        self._builder = builder

    def sort(self, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
        """Return the evidence, sorted best first and not empty, with the span first that speaks first."""
        if self._question.ask is Ask.SUPERLATIVE:
            return self._put_comparable_first(evidence)
        if self._question.ask is Ask.YES_NO:
            return self._put_naming_first(self._put_decisive_first(evidence))
        if asks_rate(self._question.text):
            return self._keep_rates(evidence)
        if self._question.ask not in COMPARING:
            return self._put_asked_section_first(evidence)
        return evidence

    @staticmethod
    def _keep_rates(evidence: Sequence[Evidence]) -> Sequence[Evidence]:
        """Keep what says how often, where it is asked and said by what scores not much less."""
        rated = [item for item in evidence if find_rates(item.text)]
        near = rated and rated[0].score >= NEAR * evidence[0].score
        return rated if near else evidence

    def _put_naming_first(self, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
        """Let what names something asked about speak before a best span that only its heading names.

        It speaks for it where both are of one article.
        """
        best = evidence[0]
        if self._names_any(best) or BARE_REPLY.fullmatch(best.text):
            return evidence
        for at, item in enumerate(evidence[:LOOKED_AT]):
            if item.score >= NAMING * best.score and self._names_any(item):
                other = [best] if best.document.id != item.document.id else []
                return [item, *other, *evidence[1:at], *evidence[at + 1 :]]
        return evidence

    def _names_any(self, item: Evidence) -> bool:
        return self._matcher.has_any(self._builder.own_stems(item), HALF)

    def _put_decisive_first(self, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
        """Let each article speak by what says yes or no to a need, where it scores not much less.

        What tells of another need is not said beside it, nor where a span names what is asked about:
        "Hard work is required" says nothing of mentors, though it stands below that heading.
        """
        if find_form(self._question.text) not in (Form.NEED, Form.CHOICE, Form.WITHOUT):
            return evidence
        decisive = [item for item in evidence[:LOOKED_AT] if decides(self._question, item)]
        if any(one.score >= NEAR * evidence[0].score for one in decisive) or self._is_named(
            evidence
        ):
            evidence = [item for item in evidence if not self._tells_other_need(item)]
        kept = list(evidence)
        for first in list_firsts(evidence[:LOOKED_AT]):
            own = [one for one in decisive if one.document.id == first.document.id]
            if not own or own[0] is first:
                continue
            best = first is evidence[0]  # another has to be likely too, to be said at all
            says_so = best and own[0].signals.own >= DIRECT and not own[0].signals.leads
            near = NAMED_NEAR if says_so else NEAR
            if own[0].score >= near * first.score:
                kept.remove(own[0])
                kept[kept.index(first)] = own[0]
        return kept

    def _is_named(self, evidence: Sequence[Evidence]) -> bool:
        """Say whether a span that scores not too little has all of what a question asks a need for."""
        least = NAMED * evidence[0].score
        thing = take_apart(self._question.text).thing
        return bool(thing) and any(
            item.score >= least and has_each(thing, find_telling(item.text))
            for item in evidence[:LOOKED_AT]
        )

    def _tells_other_need(self, item: Evidence) -> bool:
        return tells_other_need(
            self._question.text, item.text, Shown(item.document, item.span).headings
        )

    def _put_comparable_first(self, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
        """Put a span first whose figure can be set beside others, where the best one's can't.

        Pay in five currencies tells nobody what pays best; a sentence may say it in words.
        """
        if evidence[0].block.kind is Kind.PARAGRAPH:
            return evidence
        least = NEAR * evidence[0].score
        for at, item in enumerate(evidence):
            if item.score >= least and self._builder.may_compare(item):
                return [item, *evidence[:at], *evidence[at + 1 :]]
        return evidence

    def _put_asked_section_first(self, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
        """Put a span first whose heading asks the very question, where it scores not much less.

        "These tips help you to become a baker" is nearer to "How do I become a baker?" than the
        tips, which stand under that heading.
        """
        if evidence[0].signals.heading >= VERY_QUESTION:
            return evidence
        least = NEAR * evidence[0].score
        for at, item in enumerate(evidence):
            if item.score < least or item.signals.heading < VERY_QUESTION:
                continue
            if not self._asks_other(item):
                return [item, *evidence[:at], *evidence[at + 1 :]]
        return evidence

    def _asks_other(self, item: Evidence) -> bool:
        """Say whether a span's heading lacks a word that the question turns on, however near it is.

        "Who hires carpenters?" is near "Who is a carpenter?" for the carpenters that both are about.
        """
        above = self._matcher.stems(" ".join((item.document.title, *item.block.heading_path)))
        turning = find_turning(self._matcher)
        return any(self._matcher.match(term, above) < HINTED for term in turning)
