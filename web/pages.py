"""The pages: the chat, the articles, and what the API looks like.

Knows addresses and what each template is given. Knows nothing of how an answer is found or of JSON.
"""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from web.api import find_document
from web.article import Passage, draw_article
from web.asking import Asking, ask_whole
from web.chat_page import write_chat
from web.drawn import draw_alone, draw_answer, draw_conversation, draw_kept
from web.reader import SameOrigin, follows_links, is_asked_here, name_reader, remember
from web.schemas import MAX_QUESTION, AnswerOut, clean
from web.settings import EXTRACTIVE
from web.site import InSite
from web.store.conversations import NotKeptError
from web.templating import write_page

router = APIRouter(include_in_schema=False)


@router.get("/")
def show_chat(request: Request, site: InSite, q: str = "") -> Response:
    """Show the chat; with `q`, the answer to it is already there. Following a link keeps nothing.

    A link on another site, or a crawler, gets the answer without a model: it must spend no money.
    """
    question = clean(q)
    if not question:
        return write_chat(request, site)
    if len(question) > MAX_QUESTION:
        return write_chat(request, site, question=question, fault="too_long")
    model = None if is_asked_here(request) else EXTRACTIVE
    answer = AnswerOut.of(site.assistant.answer(question, (), model))
    return write_chat(request, site, [draw_answer(site, question, answer)])


@router.post("/", dependencies=[SameOrigin])
def ask_without_script(
    request: Request,
    site: InSite,
    question: Annotated[str, Form()] = "",
    conversation: Annotated[str, Form()] = "",
    first: Annotated[str, Form()] = "",
    after: Annotated[str, Form()] = "",
) -> Response:
    """Answer a form post, keep it, and send the browser to the conversation."""
    question, first = clean(question), clean(first)[:MAX_QUESTION]
    reader = name_reader(request)
    asking = Asking(reader, question, conversation or None, first or None, after or None)
    try:
        if not question or len(question) > MAX_QUESTION:
            return _give_back(request, site, asking)
        kept = ask_whole(site.assistant, site.conversations, asking)
    except NotKeptError:  # deleted in another window, or the cookie is gone: the question is not
        return write_chat(request, site, question=question, fault="begin_anew", status=404)
    reply: Response
    if kept.exchange is None:
        reply = write_chat(request, site, [draw_kept(site, question, kept)])
    else:
        # Before a cookie has come back, nobody knows whether the browser keeps it.
        unsure = "" if follows_links(request) else f"?receipt={kept.exchange.receipt}"
        place = f"/c/{kept.conversation}{unsure}#asked-{kept.exchange.number}"
        reply = RedirectResponse(place, 303)
    remember(request, reply, reader)
    return reply


def _give_back(request: Request, site: InSite, asking: Asking) -> Response:
    """Show the chat again, with a question that is too long and the reason."""
    kept, exchanges = None, []
    if asking.conversation:
        kept = site.conversations.read(asking.reader, asking.conversation)
        exchanges = draw_conversation(site, kept)
    elif asking.after:
        exchanges = [draw_alone(site, site.conversations.read_receipt(asking.after))]
    fault = "too_long" if asking.question else ""
    return write_chat(
        request, site, exchanges, conversation=kept, question=asking.question, fault=fault
    )


@router.get("/articles")
def list_articles(request: Request, site: InSite) -> Response:
    """List every article by title."""
    summaries = sorted(site.assistant.index.documents(), key=lambda d: (d.title.casefold(), d.id))
    return write_page(request, "articles.html", {"documents": summaries})


@router.get("/articles/{document_id}")
def show_article(request: Request, document_id: str, site: InSite) -> Response:
    """Show an article, with the passages between each `start` and `end` marked."""
    document = find_document(site.assistant.index, document_id)
    query = request.query_params
    article = draw_article(document, _read_passages(query.getlist("start"), query.getlist("end")))
    return write_page(request, "article.html", {"article": article, "document": document})


@router.get("/docs")
def show_api(request: Request) -> Response:
    """Show the API, drawn from its own OpenAPI schema."""
    return write_page(request, "docs.html", {"schema": request.app.openapi()})


def _read_passages(starts: Sequence[str], ends: Sequence[str]) -> list[Passage]:
    """Read what can be read as offsets; the rest of the address is ignored, the article shown."""
    pairs = list(zip(starts, ends, strict=False))[:50]
    return [(int(start), int(end)) for start, end in pairs if _is_offset(start) and _is_offset(end)]


def _is_offset(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 12
