"""Words of running text, and the closed-class words of English.

Knows what a word is. Knows nothing of any domain: the only list here is of function words, which
carry grammar and no subject.
"""

import threading
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile

import snowballstemmer

from ingest.patterns import compile_late

_WORD = compile_late(r"[^\W\d_](?:[\w+#]|[.'’&-](?=\w))*\+*|\d(?:[\d.,]*\d)?")

FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "it",
        "its",
        "it's",
        "i",
        "me",
        "my",
        "mine",
        "we",
        "us",
        "our",
        "ours",
        "you",
        "your",
        "yours",
        "he",
        "him",
        "his",
        "she",
        "her",
        "hers",
        "they",
        "them",
        "their",
        "theirs",
        "one",
        "ones",
        "some",
        "any",
        "each",
        "every",
        "either",
        "neither",
        "both",
        "all",
        "most",
        "more",
        "less",
        "much",
        "many",
        "few",
        "several",
        "such",
        "same",
        "other",
        "another",
        "no",
        "not",
        "nor",
        "none",
        "nothing",
        "something",
        "anything",
        "everything",
        "someone",
        "anyone",
        "everyone",
        "somebody",
        "anybody",
        "everybody",
        "nobody",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "when",
        "where",
        "why",
        "how",
        "whether",
        "and",
        "or",
        "but",
        "if",
        "then",
        "else",
        "than",
        "as",
        "so",
        "because",
        "while",
        "although",
        "though",
        "unless",
        "until",
        "since",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "to",
        "into",
        "onto",
        "with",
        "without",
        "within",
        "about",
        "above",
        "below",
        "over",
        "under",
        "between",
        "among",
        "through",
        "during",
        "before",
        "after",
        "against",
        "per",
        "via",
        "out",
        "up",
        "down",
        "off",
        "again",
        "further",
        "once",
        "here",
        "there",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "do",
        "does",
        "did",
        "doing",
        "done",
        "have",
        "has",
        "had",
        "having",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "will",
        "would",
        "ought",
        "need",
        "don't",
        "doesn't",
        "didn't",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "can't",
        "cannot",
        "couldn't",
        "won't",
        "wouldn't",
        "shouldn't",
        "i'm",
        "i've",
        "i'd",
        "i'll",
        "you're",
        "you've",
        "you'd",
        "you'll",
        "he's",
        "she's",
        "we're",
        "we've",
        "they're",
        "they've",
        "what's",
        "who's",
        "how's",
        "where's",
        "there's",
        "that's",
        "it'll",
        "let's",
        "let",
        "just",
        "only",
        "also",
        "very",
        "too",
        "really",
        "quite",
        "rather",
        "even",
        "still",
        "yet",
        "ever",
        "never",
        "always",
        "often",
        "usually",
        "please",
        "thanks",
        "ok",
        "okay",
        "hey",
        "hi",
        "hello",
        "well",
        "like",
        "get",
        "gets",
        "got",
        "getting",
        "go",
        "goes",
        "going",
        "gone",
        "want",
        "wants",
        "wanted",
        "tell",
        "give",
        "gives",
        "say",
        "says",
        "said",
        "know",
        "im",
        "ive",
        "id",
        "ill",
        "dont",
        "doesnt",
        "didnt",
        "isnt",
        "arent",
        "cant",
        "wont",
        "whats",
        "hows",
        "wheres",
        "theres",
        "thats",
        "gonna",
        "wanna",
        "gotta",
        "u",
        "ur",
        "im",
        "vs",
        "versus",
        "etc",
        "eg",
        "ie",
        "actually",
        "exactly",
        "else",
    ]
)
"""English closed-class words, auxiliaries and conversational filler; they never name a subject."""


class _Own(threading.local):
    """What each thread has for itself: a stemmer keeps the word it is at in itself."""

    def __init__(self) -> None:
        self.stemmer = snowballstemmer.stemmer("english")


_own = _Own()


def words(text: str) -> list[str]:
    """Split text into its words and numbers as written, in order."""
    return [match.group().rstrip(".'’&-") for match in _WORD.finditer(text)]


def content_words(text: str) -> list[str]:
    """Return the lower-cased words of a text that are not function words, in order."""
    lowered = (word.lower().replace("’", "'") for word in words(text))
    return [word for word in lowered if word not in FUNCTION_WORDS and len(word) > 0]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Reduce a word to the stem it shares with its inflections (Porter 2, via Snowball)."""
    word = word.lower().replace("’", "'")
    for ending in ("'s", "s'", "'"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            word = word[: -len(ending)]
            break
    stemmed: str = _own.stemmer.stemWord(word)
    return stemmed


def stems(text: str) -> list[str]:
    """Return the stems of a text's content words, in order."""
    return [stem(word) for word in content_words(text)]


@lru_cache(maxsize=16_384)
def stem_set(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the stems of all words of a text and of their hyphenated parts, and its initialisms.

    Remembered, because the same passages are looked at for question after question.
    """
    found: set[str] = set()
    initialisms: list[str] = []
    for word in words(text):
        lowered = word.lower()
        found.add(stem(lowered))
        parts = lowered.replace("'", "-").split("-")
        if len(parts) > 1:
            found.update(stem(part) for part in parts)
        if word.isupper():
            initialisms.append(lowered)
    return frozenset(found), tuple(initialisms)


@lru_cache(maxsize=16_384)
def content_set(text: str) -> frozenset[str]:
    """Return the distinct lower-case words of a text that are not function words."""
    return frozenset(content_words(text))


_SHARED = 4
"""Letters that two forms of one word begin with at least."""

_ENDINGS = frozenset(
    """
    a ain al an ar ay e ean ed egian en er ers es ese i ia ian ic ing is ish ism ist ity land ly m
    ment n ness or s tish y
    """.split()
) | {""}
"""What forms of one word end in, past the letters they share: of names (Canad-a, Canad-ian), and
what a stemmer leaves."""


def has_form(one: str, others: Iterable[str]) -> bool:
    """Say whether any of some stems is a form of the same word."""
    beginning = one[:_SHARED]  # looked at first: it is that of few words
    return any(other.startswith(beginning) and are_forms(one, other) for other in others)


def are_forms(one: str, other: str) -> bool:
    """Say whether two stems are forms of one word: Canada and Canadian, not Coursera and course.

    A figure has no other form.
    """
    if one == other:
        return True
    if any(letter.isdigit() for letter in one + other):
        return False
    pairs = zip(one, other, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return shared >= _SHARED and one[shared:] in _ENDINGS and other[shared:] in _ENDINGS
