"""What the articles of a corpus are about, and the doing of it that they speak of.

Derived from documents alone, at ingest, with nothing known of any domain but how common a word is.
Knows nothing of questions.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import takewhile

from ingest.document import Document, Kind
from ingest.patterns import compile_late
from ingest.rarity import Rank, measure_rarity
from ingest.words import FUNCTION_WORDS, stem, words

SUBJECT_SHARE = 0.5
"""A phrase is the corpus's subject if more than this share of the documents speak of it; an activity
is its own if at least this share do in a heading."""

HEADED_SHARE = 0.34
TITLED_SHARE = 0.2
"""Share of the documents with a phrase in a heading, or in the title, from which it may be the
subject."""

TITLED = 5.0
"""What a title counts beside a heading, or beside being spoken of."""

LEAST_RARE = 0.2
LEAST_SCORE = 2.5
"""How rare the words of a subject are at least, and what it scores at least: every article speaks of
work, pay and questions."""

TITLED_RARITY = 0.3
"""How rare a phrase counts at least that most titles hold: guitars are everyday, but not in three
titles out of three."""

LONGER = 1.6
"""What a phrase scores beside its word that scores most, for each word more.

A phrase counts by the square root of how often an article says it. All this was chosen on 300
guides of one to three articles: the subject then has a word of the guide's own name in 263 and
there is none in 4; by how many articles say it, however often, in 244 and 14.
"""

MOST_WORDS = 3
OFTEN = 0.15
"""A longer phrase is the subject's name where it is at least this share of the word's mentions."""

LOOKED_AT = 300
"""Documents that the subject of a large corpus is worked out from, evenly spaced."""

LONGEST_ACTIVITY = 6
"""Words of an activity with the "to" or "can I" before it."""

_ARTICLES = {"a", "an", "the", "your", "my"}

LEAST_SAID_ALONE = 3
"""Times that an article with no others beside it says its subject at least: more than in its title,
which stands over its text too."""

LEAST_SAID = 2
"""Times that somebody is said to be, or to do something as, what makes work of a subject: once may be
chance ("be a dive")."""

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """The noun phrase that most articles are about, and the doing of it; either may be empty."""

    noun: str = ""
    activity: str = ""


def find_subject(documents: Sequence[Document], rank: Rank) -> Subject:
    """Find what most articles are about: by the activity their titles share, else by their words."""
    looked = documents[:: max(1, -(-len(documents) // LOOKED_AT))]
    activity = find_activity(looked, rank)
    if activity:
        return Subject(_object_of(activity.split()), activity)
    opened = _read_deed(looked[0]) if len(looked) == 1 else None
    if opened:
        return opened
    noun = _find_noun(looked, rank)
    if len(looked) == 1 and not noun:
        return Subject(_title_subject(looked[0]))
    return Subject(noun, _find_doing(looked, noun) if noun else "")


def find_activity(documents: Sequence[Document], rank: Rank) -> str:
    """Find what the titles and headings of most articles speak of doing: "become a nurse".

    It is the best shared phrase that follows "to", "can I" or the like and has an object that some
    titles name: what every guide has a section on ("find a flat") is no corpus's subject.
    """
    counts: Counter[Phrase] = Counter()
    for document in documents:
        known = set(words(document.text.lower()))
        phrases = {phrase[1:] for phrase in _headed(document, LONGEST_ACTIVITY) if _leads(phrase)}
        counts.update({(_base(verb, known), *rest) for verb, *rest in phrases})
    needed = max(1, SUBJECT_SHARE * len(documents))
    titled = Counter(
        _stem(phrase) for one in documents for phrase in set(_runs(one.title, MOST_WORDS))
    )
    shared = [
        (count * (len(phrase) + 1), phrase)
        for phrase, count in counts.items()
        if count >= needed and _tells(_object_of(phrase), rank)
        if _is_titled(_object_of(phrase), titled, len(documents))
    ]
    return " ".join(max(shared)[1]) if shared else ""


def _is_titled(thing: str, titled: Mapping[Phrase, int], number: int) -> bool:
    """Say whether enough titles name a thing, in any of its forms."""
    stems = _stem(tuple(thing.split())[-MOST_WORDS:])
    return titled.get(stems, 0) >= TITLED_SHARE * number


def _leads(phrase: Phrase) -> bool:
    """Say whether a phrase is "to", "I" or "you" with a verb and its object."""
    if len(phrase) < 3 or phrase[0] not in {"to", "i", "you"}:
        return False
    inside = all(word in _ARTICLES or word not in FUNCTION_WORDS for word in phrase[2:-1])
    return inside and phrase[1] not in FUNCTION_WORDS and phrase[-1] not in FUNCTION_WORDS


def _object_of(activity: Sequence[str]) -> str:
    places = [at for at, word in enumerate(activity) if word in _ARTICLES and at > 0]
    return " ".join(activity[places[-1] + 1 :]) if places else ""


def _tells(phrase: str, rank: Rank) -> bool:
    return any(measure_rarity(word, rank) >= LEAST_RARE for word in phrase.split())


@dataclass(slots=True)
class _Mentions:
    """In how many documents a phrase is in the title, in a heading, or spoken of; and its forms."""

    titled: int = 0
    headed: int = 0
    spoken: int = 0
    forms: Counter[Phrase] = field(default_factory=Counter)

    @property
    def form(self) -> Phrase:
        """The form it is mentioned in most, in the singular where that is one of them."""
        best = max(self.forms, key=lambda form: (self.forms[form], form))
        singular = (*best[:-1], best[-1].removesuffix("s"))
        return singular if singular in self.forms else best


def _find_noun(documents: Sequence[Document], rank: Rank) -> str:
    """Find the phrase that titles, headings and texts of most articles share and that tells most."""
    number = len(documents)
    found = _find_mentions(documents)
    scores = {}
    for phrase, said in found.items():
        rarity = sum(measure_rarity(word, rank) for word in said.form) / len(phrase)
        if said.titled > SUBJECT_SHARE * number:
            rarity = max(rarity, TITLED_RARITY)
        often = said.forms.total() / number
        alone = number == 1 and often < LEAST_SAID_ALONE
        if said.spoken > SUBJECT_SHARE * number and rarity >= LEAST_RARE and not alone:
            score = (said.spoken + said.headed + TITLED * said.titled) / number
            scores[phrase] = score * rarity * math.sqrt(often) * LONGER ** (len(phrase) - 1)
    text = "\n".join(f"{document.title}\n{document.text}" for document in documents).lower()
    for phrase in sorted(scores, key=lambda phrase: (-scores[phrase], phrase)):
        if scores[phrase] < LEAST_SCORE:
            break
        if not _is_verb(found[phrase].form, text):
            return " ".join(found[_extend(phrase, found, SUBJECT_SHARE * number)].form)
    return ""


_BEFORE_NOUN = "an?|the|my|your|our|of|in|for|with|about|from|at|by|as"


def _is_verb(form: Phrase, text: str) -> bool:
    """Say whether a phrase follows "to" somewhere and no article or preposition, as "learn" does."""
    phrase = re.escape(" ".join(form))
    acts = re.search(rf"\bto {phrase}\b", text)
    return bool(acts) and not re.search(rf"\b(?:{_BEFORE_NOUN})\s+{phrase}\b", text)


def _find_mentions(documents: Sequence[Document]) -> dict[Phrase, _Mentions]:
    """Count the phrases that enough titles or headings hold, by their stems."""
    found: defaultdict[Phrase, _Mentions] = defaultdict(_Mentions)
    headed = [
        {_stem(phrase) for phrase in _headed(one, MOST_WORDS) if _may_name(phrase)}
        for one in documents
    ]
    for document, phrases in zip(documents, headed, strict=True):
        for phrase in phrases:
            found[phrase].headed += 1
        for phrase in {_stem(phrase) for phrase in _phrases(document.title)}:
            found[phrase].titled += 1
    kept = {
        phrase: said
        for phrase, said in found.items()
        if said.headed >= HEADED_SHARE * len(documents)
        or said.titled >= TITLED_SHARE * len(documents)
    }
    for document, phrases in zip(documents, headed, strict=True):
        counts: Counter[Phrase] = Counter()
        for form in _phrases(f"{document.title}\n{document.text}"):
            phrase = _stem(form)
            if phrase in kept:
                kept[phrase].forms[form] += 1
                counts[phrase] += 1
        for phrase, count in counts.items():
            kept[phrase].spoken += count >= 2 or phrase in phrases
    return kept


def _extend(best: Phrase, found: Mapping[Phrase, _Mentions], needed: float) -> Phrase:
    """Return the longest phrase that most articles say for a word: "data analyst" for "analyst".

    A kind of it is in half as many titles at least: farriers' articles speak of training farriers.
    """
    mentions, titled = found[best].forms.total(), found[best].titled
    longer = [
        phrase
        for phrase, said in found.items()
        if _holds(phrase, best) and said.spoken > needed
        if said.forms.total() >= OFTEN * mentions
        if phrase[-len(best) :] != best or 2 * said.titled >= titled
    ]
    return max([best, *longer], key=lambda one: (len(one), found[one].forms.total(), one))


def _holds(phrase: Phrase, part: Phrase) -> bool:
    places = range(len(phrase) - len(part) + 1)
    return any(phrase[at : at + len(part)] == part for at in places)


def _find_doing(documents: Sequence[Document], noun: str) -> str:
    """Find what articles speak of doing with the subject: "become an actor", also as "becoming".

    Without an article both "to" and "-ing" must be said of it: bees are kept and kept again, but
    "training nurses" may be nurses and "promoted to full professor" is no deed. What one may be, and
    do something as, is work where nothing else is said of it: "be a farrier", "as a farrier".
    """
    doing = re.compile(
        rf"\b(?:to (\w+)|(\w{{2,}}ing)) ((?:as )?((?:an?|the|your) )?{re.escape(noun)})\b"
        r"(?=(?:\s*$|\s*[^\w\s]|\s+(\w+)))"
    )
    texts = [f"{document.title}\n{document.text}".lower() for document in documents]
    known = {word for text in texts for word in words(text)}
    said: Counter[str] = Counter()
    bare: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    after: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for verb, gerund, done, article, following in doing.findall(text):
            base = _base(verb or gerund, known)
            activity = f"{base} {done}"
            if base in FUNCTION_WORDS or base == gerund:
                continue
            if article:
                said[activity] += 1
                after[activity][following if following not in FUNCTION_WORDS else ""] += 1
            else:
                bare[activity][bool(verb)] += 1
    said.update({activity: forms.total() for activity, forms in bare.items() if len(forms) > 1})
    for activity, words_after in after.items():
        following, count = words_after.most_common(1)[0]
        if following and 2 * count > said[activity]:
            del said[activity]  # "become a yoga teacher" becomes no yoga
    best = max(said, key=lambda activity: (said[activity], activity), default="")
    return best or _find_work(texts, noun)


_AFTER_WORD = r"(?=\s*$|\s*[^\w\s]|\s+(\w+))"


def _find_work(texts: Sequence[str], noun: str) -> str:
    """Return the working as a subject that somebody is said to be, "" if nobody is.

    Where none is said to be a mill hand, one who becomes a hand, or trains as one, tells it too.
    """
    one = f"{_article(noun)} {noun}"
    is_one = re.compile(rf"\b(?:be|being|am|i'm|as|become) an? {re.escape(noun)}\b{_AFTER_WORD}")
    said = sum(_count_alone(is_one, text) for text in texts)
    acting = sum(len(re.findall(rf"\b{re.escape(noun)}s? who\b", text)) for text in texts)
    if said and said + acting >= LEAST_SAID:
        return f"work as {one}"
    head = re.escape(noun.rsplit(maxsplit=1)[-1].removesuffix("s"))
    becomes_one = re.compile(
        r"\b(?:become|becoming|(?:train|work|qualif|hir|employ)\w* as) (?:an? )?(?:(?!well\b|much\b|as\b)[\w-]+ ){0,3}?"
        rf"{head}s?\b{_AFTER_WORD}"
    )
    alone = any(_count_alone(becomes_one, text) for text in texts)
    return f"work as {one}" if alone and not noun.endswith(("s", "ing")) else ""


def _count_alone(pattern: re.Pattern[str], text: str) -> int:
    """Count the matches that no further noun follows: "a yoga teacher" is no yoga."""
    following = (match[1] for match in pattern.finditer(text))
    return sum(not word or word in FUNCTION_WORDS for word in following)


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"


def _base(verb: str, known: Set[str]) -> str:
    """Return the verb of an "-ing", if it is known: become, sit, work; any other word as it is."""
    if not verb.endswith("ing"):
        return verb
    root = verb.removesuffix("ing")
    return next((base for base in (f"{root}e", root[:-1], root) if base in known), verb)


_DEED = compile_late(
    r"(?P<verb>\w{2,}ing)(?P<how>(?: (?:out|up|as|for|to|into|with))?) (?P<article>an?|the|your|my) (?P<rest>\S.*)"
)


def _read_deed(document: Document) -> Subject | None:
    """Read what a title that opens with a deed is about: "Mooring a barge in winter"."""
    found = _DEED.match(_PAUSE.split(document.title.lower())[0])
    if not found:
        return None
    noun = " ".join(takewhile(lambda word: word not in FUNCTION_WORDS, words(found["rest"])))
    verb = _base(found["verb"], set(words(document.text.lower())))
    if not noun:
        return None
    if verb == found["verb"]:
        return Subject(noun, _find_doing([document], noun))
    return Subject(noun, f"{verb}{found['how']} {found['article']} {noun}")


def _title_subject(document: Document) -> str:
    """Take from its title what a single article is about that names it nowhere else."""
    tokens = [word for word in words(document.title.lower()) if word not in FUNCTION_WORDS]
    return " ".join(tokens[-3:])


def _headed(document: Document, longest: int) -> set[Phrase]:
    """Return the phrases of a document's title and headings."""
    headings = [document.title]
    headings += [
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind in (Kind.HEADING, Kind.QUESTION)
    ]
    return {phrase for heading in headings for phrase in _runs(heading, longest)}


def _phrases(text: str) -> Iterator[Phrase]:
    """Yield every run of a few words that may name a subject: none is a function word or a number."""
    return filter(_may_name, _runs(text, MOST_WORDS))


def _may_name(phrase: Phrase) -> bool:
    return all(word not in FUNCTION_WORDS and word[0].isalpha() for word in phrase)


_PAUSE = compile_late(r"[:;?!()]|[.,](?=\s)|\s[–—-]\s")


def _runs(text: str, longest: int) -> Iterator[Phrase]:
    for part in _PAUSE.split(text):
        tokens = tuple(word.lower().replace("’", "'") for word in words(part))
        for first in range(len(tokens)):
            for end in range(first + 1, min(first + longest, len(tokens)) + 1):
                yield tokens[first:end]


def _stem(phrase: Phrase) -> Phrase:
    return tuple(map(stem, phrase))
