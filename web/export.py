"""A conversation to take away: as Markdown with footnotes, and as JSON with all that is known.

Knows both formats. Pure: knows nothing of requests or of where conversations are kept.
"""

import json
import re
from collections.abc import Iterator

from web.schemas import AnswerOut, CitationOut, SentenceOut
from web.store.conversations import Conversation, Exchange

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
_LEADING = re.compile(r"^(\s*)([-+=]|\d{1,9}(?=[.)]))")


def render_markdown(conversation: Conversation) -> str:
    """Render a conversation with a footnote for each citation; what is quoted stays plain text."""
    parts = [f"# {_escape(conversation.title)}"]
    for exchange in conversation.exchanges:
        parts += _render_exchange(exchange)
    return "\n\n".join(parts) + "\n"


def render_json(conversation: Conversation) -> str:
    """Render a conversation with its receipts."""
    exchanges = [describe_exchange(exchange) for exchange in conversation.exchanges]
    whole = {"title": conversation.title, "exchanges": exchanges}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def describe_exchange(exchange: Exchange) -> dict[str, object]:
    """Return an exchange's receipt as JSON has it."""
    origin = exchange.provenance
    return {
        "receipt": exchange.receipt,
        "asked": exchange.asked.isoformat(timespec="seconds") + "Z",
        "question": exchange.question,
        "answer": exchange.answer,
        "corpus_digest": origin.corpus_digest,
        "index_version": origin.index_version,
        "model": origin.model,
        "sources": origin.sources,
        "versions": origin.versions,
    }


def _render_exchange(exchange: Exchange) -> Iterator[str]:
    answer = AnswerOut.model_validate(exchange.answer)
    yield f"## {_escape(exchange.question)}"
    if answer.sentences:
        yield _render_sentences(answer.sentences, exchange.number)
    else:
        yield _escape(answer.answer)
    if answer.missing:
        yield "> " + _escape("; ".join(answer.missing))
    for note in answer.notes:
        yield "> " + _escape(note)
    if answer.citations:
        yield "\n".join(_render_note(one, exchange.number) for one in answer.citations)
    asked = exchange.asked.isoformat(timespec="seconds") + "Z"
    yield f"<!-- {asked}, index {exchange.provenance.index_version} -->"


def _render_sentences(sentences: list[SentenceOut], exchange: int) -> str:
    text = ""
    previous = "prose"
    for sentence in sentences:
        marks = "".join(f"[^{exchange}-{number}]" for number in sentence.citations)
        said = f"{_escape(sentence.text)}{marks}{_render_doubt(sentence)}"
        if sentence.form == "item":
            gap = "\n" if previous == "item" else "\n\n"
            text += f"{gap if text else ''}- {said}"
        else:
            gap = "\n\n" if previous == "item" else " "
            text += f"{gap if text else ''}{said}"
        previous = sentence.form
    return text


def _render_doubt(sentence: SentenceOut) -> str:
    if sentence.supported:
        return ""
    return f" *(not borne out{_escape(f': {sentence.reason}') if sentence.reason else ''})*"


def _render_note(citation: CitationOut, exchange: int) -> str:
    place = " › ".join([citation.title, *citation.heading_path])
    page = f", p. {citation.page}" if citation.page is not None else ""
    quote, where = _escape(citation.quote), _escape(f"{place} ({citation.source}{page})")
    # The dash keeps a one-word quote from being read as the target of a link, where a program
    # doesn't know footnotes.
    return f"[^{exchange}-{citation.number}]: “{quote}” — {where}"


def _escape(text: str) -> str:
    """Put a text on one line, on which no character means anything to Markdown or HTML."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LEADING.sub(_keep_leading, line)


def _keep_leading(match: re.Match[str]) -> str:
    space, mark = match.groups()
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"
