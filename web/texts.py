"""What the interface says, in every language it speaks.

Knows the words. Knows nothing of where they stand on a page. A key that a language lacks is an
error in the tests, never a gap on a page. "{...}" is filled in by the page or its script.
"""

from collections.abc import Mapping

DEFAULT_LANGUAGE = "en"

_ENGLISH = {
    "skip": "Skip to the question",
    "skip_content": "Skip to the text",
    "site": "Site",
    "articles": "Articles",
    "invitation": "Ask the articles.",
    "promise": "Every sentence of an answer carries a footnote. Follow it, and the article opens at"
    " the very passage it rests on.",
    "starters": "Questions the articles answer",
    "question": "Your question",
    "placeholder": "Ask a question",
    "ask": "Ask",
    "stop": "Stop",
    "retry": "Ask again",
    "conversation": "Conversation",
    "you_asked": "You asked",
    "answer": "Answer",
    "answered": "From the articles",
    "partial": "Answered in part",
    "not_in_articles": "The articles don’t say",
    "nothing_found": "None of the articles answers this, so there is no answer here rather than a"
    " guess.",
    "missing": "Not in the articles:",
    "nearest": "The sections that come nearest",
    "unsupported": "not borne out by its footnote",
    "notes": "Footnotes",
    "note": "Footnote {number}: {place}",
    "page": "p. {page}",
    "table": "Table",
    "page_mark": "Page {page}",
    "understood": "Understood as: {question}",
    "retrieving": "Reading the articles …",
    "deciding": "Weighing whether they answer this …",
    "writing": "Writing …",
    "stopped": "Stopped. What stands here is unfinished.",
    "lost": "The connection was lost before the answer was finished.",
    "failed": "The question could not be answered.",
    "passage_panel": "Article",
    "open_page": "Open as a page",
    "close": "Close",
    "loading": "Opening the article …",
    "unopened": "The article could not be opened.",
    "back_to_chat": "Ask a question",
    "all_articles": "All articles",
    "original": "Original",
    "marked_passage": "Marked passage",
    "no_articles": "There are no articles yet. Put some in the corpus folder and build the index.",
    "not_ready": "There is no index yet. Build it, and this page will answer.",
    "problem": "This did not work",
    "too_long": "The question is longer than {limit} characters.",
    "blank": "Write a question first.",
    "api": "API",
}

_CATALOGUE: Mapping[str, Mapping[str, str]] = {"en": _ENGLISH}

LANGUAGES = tuple(_CATALOGUE)


def texts_in(language: str) -> Mapping[str, str]:
    """Return every text in one of `LANGUAGES`."""
    return _CATALOGUE[language]


def choose_language(accepted: str) -> str:
    """Choose the language an Accept-Language header prefers (RFC 9110, 12.5.4), else the default."""
    wishes = []
    for place, wish in enumerate(accepted.split(",")[:20]):
        name, _, parameter = wish.strip().partition(";")
        wishes.append((-_quality(parameter), place, name.strip().lower().partition("-")[0]))
    for quality, _, name in sorted(wishes):
        if quality < 0 and name in LANGUAGES:
            return name
    return DEFAULT_LANGUAGE


def _quality(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
