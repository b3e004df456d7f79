"""Which of a question's terms a passage has, and what each of them tells.

Knows stems, the corpus's abbreviations and how near words are in meaning. Knows nothing of spans,
of scores or of the form of a question.
"""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

import numpy as np

from assistant.asking.question import Question
from assistant.english.figures import NUMBER_WORDS
from assistant.english.meaning import WordKnowledge, find_nearness
from assistant.english.spending import name_way
from ingest.profile import CorpusProfile
from ingest.rarity import measure_rarity
from ingest.words import content_set, has_form, stem, stem_set, words

COMMON_WEIGHT = 0.15
"""Weight of a term that the whole corpus is about: it tells no passage from another."""

SHORTEST_STEM = 4
"""Letters of a term that a word has to begin with to be a form of it."""

SHARED_MEANING = 0.8
"""What a word that only means the same is worth beside the word itself."""


class TermMatcher:
    """Finds a question's terms in passages: by stem, abbreviation or nearness in meaning.

    A term that the whole corpus is about, one of `common`, weighs little in `weights`; in `telling` a
    term also weighs by how rare its word is in the language. Names and numbers are matched by their
    letters alone: India is near to Brazil in meaning, and is not Brazil.
    """

    def __init__(
        self,
        question: Question,
        profile: CorpusProfile,
        knowledge: WordKnowledge,
        near: Mapping[str, dict[str, float]] | None = None,
    ) -> None:
        """Take a question and what is known of words; `near` is what has been learnt of its terms."""
        self._question = question
        self._profile = profile
        self._knowledge = knowledge
        self.common = frozenset(map(stem, words(f"{profile.subject} {profile.activity}")))
        self._surface = dict(question.surface)
        self.weights = {
            term: COMMON_WEIGHT if term in self.common else 1.0 for term in self._surface
        }
        self._total = sum(self.weights.values())
        self._telling_terms = tuple(t for t, weight in self.weights.items() if weight == 1.0)
        self.telling = {
            term: self.weights[term] * measure_rarity(word, knowledge.word_rank)
            for term, word in self._surface.items()
        }
        self._long_forms = (
            _spell_numbers(self._surface)
            | {
                term: frozenset(stem(part) for part in profile.abbreviations[word].split())
                for term, word in self._surface.items()
                if word in profile.abbreviations
            }
            | {
                term: frozenset(stem(part) for part in word.split("-") if part)
                for term, word in self._surface.items()
                if "-" in word.strip("-")
            }
        )
        self.names = tuple(dict.fromkeys(stem(name) for name in question.names))
        known = near or _find_same(question)
        self._near = {term: known.get(term, {}) for term in self.weights}
        self._named: dict[str, frozenset[str]] = {}

    @property
    def terms(self) -> tuple[str, ...]:
        """The stems of the question's terms."""
        return tuple(self.weights)

    def leave_out(self, terms: Sequence[str]) -> "TermMatcher":
        """Return a matcher of the other terms, with what this one has learnt."""
        asked = self._question
        surface = {term: word for term, word in asked.surface.items() if term not in terms}
        names = tuple(name for name in asked.names if stem(name) not in terms)
        kept = replace(asked, surface=surface, names=names)
        return TermMatcher(kept, self._profile, self._knowledge, self._near)

    def learn(self, texts: Sequence[str]) -> None:
        """Look up how near the words of some passages are to the terms, for `coverage`."""
        said = sorted(frozenset[str]().union(*map(content_set, texts)))
        asked = [term for term in self.weights if term not in self.names]
        if not said or not asked:
            return
        nearness = find_nearness([self._surface[t] for t in asked], said, self._knowledge)
        for term, row in zip(asked, nearness, strict=True):
            near = self._near[term]
            for place in np.flatnonzero(row):
                key = stem(said[place])
                near[key] = max(near.get(key, 0.0), SHARED_MEANING * float(row[place]))

    def stems(self, text: str) -> frozenset[str]:
        """Return the stems of a passage, with those of its abbreviations spelt out."""
        return self.spell_out(*stem_set(text))

    def spell_out(self, found: frozenset[str], initialisms: Sequence[str]) -> frozenset[str]:
        """Return a passage's stems with those of its abbreviations spelt out."""
        spelt_out = [
            stem(part)
            for short in initialisms
            for part in self._profile.abbreviations.get(short, "").split()
        ]
        return found.union(spelt_out) if spelt_out else found

    def match(self, term: str, found: frozenset[str]) -> float:
        """Return how far a passage with these stems has a term, 0 to 1."""
        if term in found or (term in self.names and has_form(term, found)):
            return 1.0
        long_form = self._long_forms.get(term)
        if long_form and long_form <= found:
            return 1.0
        near = self._near.get(term, {})
        return max((near[key] for key in near.keys() & found), default=0.0)

    def worst_unknown(self, found: frozenset[str]) -> float:
        """Return how much the term tells that no article has in any form, 0 if there is none.

        One that means what a passage with these stems says tells less of what is lacking: with that
        .896 of the questions without an answer are declined, cross-validated, and .881 without.
        """
        unknown = (
            weight * (1.0 - self.match(term, found))
            for term, weight in self.telling.items()
            if not self.is_known(term)
        )
        return max(unknown, default=0.0)

    def is_known(self, term: str) -> bool:
        """Say whether a word of the articles begins as a term does; endings differ: salari, salary."""
        beginning = term[: max(SHORTEST_STEM, len(term) - 1)]
        return term in self._long_forms or self._profile.has_beginning(beginning)

    def written(self, term: str) -> str:
        """Return a term as the question writes it."""
        return self._surface.get(term, term)

    def worst_gap(self, found: frozenset[str]) -> float:
        """Return how much the term tells that a passage lacks most, 0 if it has them all."""
        gaps = (w * (1.0 - self.match(term, found)) for term, w in self.telling.items())
        return max(gaps, default=0.0)

    def coverage(self, found: frozenset[str]) -> float:
        """Return the weighted share of the question's terms that a passage has, 0 to 1."""
        if not self._total:
            return 0.0
        return sum(w * self.match(term, found) for term, w in self.weights.items()) / self._total

    def named_terms(self, name: str) -> frozenset[str]:
        """Return the terms that a name has by their letters.

        A name is looked at but once, for every row of a table is held to all.
        """
        if name not in self._named:
            self._named[name] = self.terms_in(self.stems(name))
        return self._named[name]

    def terms_in(self, found: frozenset[str]) -> frozenset[str]:
        """Return the terms that a passage with these stems has by their letters."""
        return frozenset(term for term in self.weights if self.match(term, found) == 1.0)

    def weigh(self, terms: frozenset[str]) -> float:
        """Return the weighted share that some terms are of the question's, 0 to 1."""
        return sum(self.weights[term] for term in terms) / self._total if self._total else 0.0

    def telling_terms(self) -> tuple[str, ...]:
        """Return the terms that tell a passage from the rest of the corpus."""
        return self._telling_terms

    def has_any(
        self, found: frozenset[str], least: float, but: frozenset[str] = frozenset()
    ) -> bool:
        """Say whether a passage has any term that tells it from the rest, matched this well."""
        return any(
            term not in but and self.match(term, found) >= least for term in self.telling_terms()
        )

    def has_all(self, terms: Set[str], found: frozenset[str], least: float) -> bool:
        """Say whether a passage has each of some terms, matched this well."""
        return all(self.match(term, found) >= least for term in terms)

    def adds(
        self, own: frozenset[str], beside: frozenset[str], least: float, telling: float = 0.0
    ) -> bool:
        """Say whether a passage has a term, telling this much, that the one beside it lacks."""
        return any(
            self.telling[term] >= telling
            and self.match(term, beside) < least <= self.match(term, own)
            for term in self.telling_terms()
        )

    def named(self, found: frozenset[str]) -> float:
        """Return the share of the question's names that a passage has, 0 to 1."""
        if not self.names:
            return 1.0
        return sum(self.match(name, found) == 1.0 for name in self.names) / len(self.names)


def _find_same(question: Question) -> dict[str, dict[str, float]]:
    """Return, for the terms that name work or the money asked for, what else it is called."""
    groups = [_WORK_NAMES, *([name_way(question.way)] if question.way else [])]
    same = [frozenset(map(stem, names)) for names in groups]
    return {term: dict.fromkeys(names, SHARED_MEANING) for names in same for term in names}


_WORK_NAMES = ("job", "role", "position", "occupation")
"""What work is called by those who offer it and those who seek it; their vectors are too far apart."""

_WRITTEN = {value: word for word, value in NUMBER_WORDS.items()}


def _spell_numbers(terms: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the stems of the words for each term that is a number below a hundred: thirty-five."""
    spelt: dict[str, frozenset[str]] = {}
    for term in terms:
        tens, ones = divmod(int(term), 10) if re.fullmatch(r"[1-9]\d?", term) else (0, 0)
        plain = _WRITTEN.get(10 * tens + ones)
        parts = [plain] if plain else [_WRITTEN[10 * tens], _WRITTEN[ones]] if tens else []
        spelt |= {term: frozenset(map(stem, parts))} if parts else {}
    return spelt
