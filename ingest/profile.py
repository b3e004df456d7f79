"""What a corpus says about itself: its words, its abbreviations, its subject.

Derived from documents alone, at ingest. Knows nothing of any domain and nothing of questions.
"""

import json
import re
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property

from ingest.document import Document, Kind, cells
from ingest.patterns import compile_late
from ingest.rarity import Rank
from ingest.subject import find_subject
from ingest.words import FUNCTION_WORDS, words

MAX_VOCABULARY = 50_000
"""Words kept, most frequent first: a spelling corrector past that mends into rarities."""

# Words are taken whole (*+) and apart: an article's longest word must not be tried letter by letter.
_DEFINED = compile_late(r"(?<![\w-])((?:[^\W\d_][\w-]*+\s+){1,6})\(([A-Z][A-Za-z]{1,6}?)s?\)")
_DEFINED_BEFORE = compile_late(
    r"\b([A-Z][A-Za-z]{1,6})\s+\(((?:[^\W\d_][\w-]*+\s+){0,5}[^\W\d_][\w-]*+)\)"
)
_CAPITALISED_RUN = compile_late(r"\b[A-Z][a-z]+(?: (?:of |and )?[A-Z][a-z]+){1,4}\b")


@dataclass(frozen=True)
class CorpusProfile:
    """The words of a corpus, its abbreviations with what they stand for, and what it is about.

    `vocabulary` maps a lower-cased word to the number of documents that hold it. `abbreviations`
    maps a lower-cased short form to its lower-cased long form. `subject` is the noun phrase that
    most articles are about ("city bicycle"), `activity` the doing of it that their titles speak of
    ("repair a city bicycle"); either is empty where the articles share none. `siblings` are groups of
    names that stand for one another: the rows or the columns of a table, the items of a list.
    """

    documents: int = 0
    vocabulary: Mapping[str, int] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""
    activity: str = ""
    siblings: Sequence[Sequence[str]] = ()

    def to_json(self) -> str:
        """Serialise; the same profile gives the same text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    def content_vocabulary(self) -> list[str]:
        """Return the vocabulary's words that carry meaning, sorted."""
        return sorted(
            word
            for word in self.vocabulary
            if word not in FUNCTION_WORDS and any(letter.isalpha() for letter in word)
        )

    @cached_property
    def full_names(self) -> Mapping[str, str]:
        """Short forms with the names that they stand for here, whoever writes them.

        Those are of what is part of the subject's name, and of the names of rows, columns and items
        that the articles do not shorten themselves; a heading's initials may well be those of
        something else.
        """
        labels = {label.lower() for group in self.siblings for label in group}
        return {
            short: full
            for short, full in self.abbreviations.items()
            if f" {full} " in f" {self.subject} "
            or (full in labels and (short not in self.vocabulary or short in FUNCTION_WORDS))
        }

    @cached_property
    def _sorted_words(self) -> list[str]:
        return sorted(self.vocabulary)

    def has_beginning(self, beginning: str) -> bool:
        """Say whether any word of the corpus begins so."""
        return bool(self.list_beginning(beginning))

    def list_beginning(self, beginning: str) -> Sequence[str]:
        """Return the words of the corpus that begin so, sorted."""
        start = bisect_left(self._sorted_words, beginning)
        end = bisect_left(self._sorted_words, beginning + chr(sys.maxunicode), start)
        return self._sorted_words[start:end]

    @staticmethod
    def from_json(text: str) -> "CorpusProfile":
        """Read what `to_json` wrote."""
        return CorpusProfile(**json.loads(text))


def profile_corpus(documents: Sequence[Document], rank: Rank = lambda _: None) -> CorpusProfile:
    """Work out the profile of a corpus; `rank` says how common a word is, else all count alike."""
    subject = find_subject(documents, rank)
    return CorpusProfile(
        documents=len(documents),
        vocabulary=count_vocabulary(documents),
        abbreviations=find_abbreviations(document.text for document in documents),
        subject=subject.noun,
        activity=subject.activity,
        siblings=find_siblings(documents),
    )


def count_vocabulary(documents: Iterable[Document]) -> dict[str, int]:
    """Count for each word the documents that hold it."""
    counts: Counter[str] = Counter()
    for document in documents:
        found = words(document.title + "\n" + document.text)
        counts.update({form for word in found for form in _forms(word)})
    kept = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MAX_VOCABULARY]
    return dict(kept)


def _forms(word: str) -> tuple[str, ...]:
    """Return a lower-cased word; a possessive also without its ending, and without apostrophe."""
    lowered = word.lower().replace("’", "'")
    if not lowered.endswith("'s"):
        return (lowered,)
    return (lowered[:-2], lowered[:-2] + "s")


def find_abbreviations(texts: Iterable[str]) -> dict[str, str]:
    """Find the short forms that texts define, and the initials of names that they spell out.

    A definition is "long form (LF)" or "LF (long form)", accepted where the letters of the short
    form are the initials of the long one in order (Schwartz & Hearst 2003, simplified). The
    initials of a capitalised name ("United Kingdom") stand for it unless defined otherwise, and
    those of a part of one ("Quality Assurance" Analysts) unless they are those of a whole one; where
    two share initials, the more frequent one wins.
    """
    defined: Counter[tuple[str, str]] = Counter()
    whole: Counter[tuple[str, str]] = Counter()
    part: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for long_form, short in _DEFINED.findall(text):
            defined.update(_match_initials(short, long_form.split()))
        for short, long_form in _DEFINED_BEFORE.findall(text):
            defined.update(_match_initials(short, long_form.split()))
        for run in _CAPITALISED_RUN.findall(text):
            shown = tuple(_name_initials(run.split()))
            part.update(shown)
            whole.update(pair for pair in shown if pair[1] == run.lower())
    found: dict[str, str] = {}
    for counts in (part, whole, defined):
        for (short, long_form), _ in sorted(counts.items(), key=lambda item: (item[1], item[0])):
            found[short] = long_form
    return dict(sorted(found.items()))


def _match_initials(short: str, long_words: list[str]) -> Iterator[tuple[str, str]]:
    letters = [letter for letter in short.lower() if letter.isalpha()]
    for size in range(len(letters), len(long_words) + 1):
        tail = long_words[-size:]
        initials = [word[0].lower() for word in tail if word.lower() not in FUNCTION_WORDS]
        if initials == letters or [word[0].lower() for word in tail] == letters:
            yield short.lower(), " ".join(tail).lower()
            return


def _name_initials(name: list[str]) -> Iterator[tuple[str, str]]:
    for size in (2, 3):
        for first in range(len(name) - size + 1):
            part = name[first : first + size]
            if part[0].lower() in FUNCTION_WORDS or part[-1].lower() in FUNCTION_WORDS:
                continue
            yield "".join(word[0] for word in part).lower(), " ".join(part).lower()


MAX_SIBLING_GROUPS = 2_000
"""Groups kept, in document order; each question of a conversation may look through all of them."""

MAX_LABEL_WORDS = 6


def find_siblings(documents: Iterable[Document]) -> tuple[tuple[str, ...], ...]:
    """Find groups of names that stand for one another: rows, columns, the labels of items."""
    groups: dict[tuple[str, ...], None] = {}
    for document in documents:
        labels: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        table = 0
        for index, block in enumerate(document.blocks):
            if block.kind is not Kind.ROW:
                table = index
            if block.kind is Kind.ROW and block.header:
                groups.setdefault(block.header[1:])
                labels[("row", table)].append(cells(document, block)[0])
            elif block.kind is Kind.ITEM and block.parent is not None:
                text = document.text[block.start : block.end]
                labels[("item", block.parent)].append(re.split(r":\s|\s[–—]\s|\(", text)[0].strip())
        for names in labels.values():
            groups.setdefault(tuple(name for name in names if _is_label(name)))
    kept = [group for group in groups if len(group) >= 2]
    return tuple(kept[:MAX_SIBLING_GROUPS])


def _is_label(name: str) -> bool:
    return 0 < len(name.split()) <= MAX_LABEL_WORDS
