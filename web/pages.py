"""The pages: the chat, the articles, and what the API looks like.

Knows addresses and what each template is given. Knows nothing of how an answer is found or of JSON.
"""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from assistant.answer import Role, Turn
from web.api import find_document
from web.article import Passage, draw_article
from web.schemas import MAX_QUESTION, MAX_TURN, MAX_TURNS, AnswerOut, clean
from web.site import InSite, Site
from web.templating import write_page

router = APIRouter(include_in_schema=False)


@router.get("/")
def show_chat(request: Request, site: InSite, q: str = "") -> Response:
    """Show the chat; with `q`, the answer to it is already there."""
    return _write_chat(request, site, q, ())


@router.post("/")
def ask_without_script(
    request: Request,
    site: InSite,
    question: Annotated[str, Form()] = "",
    asked: Annotated[list[str], Form()] = [],  # noqa: B006  # FastAPI copies defaults
    said: Annotated[list[str], Form()] = [],  # noqa: B006
) -> Response:
    """Answer a form post: the whole conversation travels in the form, `asked` and `said` in turn."""
    history = []
    for was_asked, was_said in list(zip(asked, said, strict=False))[-MAX_TURNS // 2 :]:
        history.append(Turn(Role.USER, clean(was_asked)[:MAX_TURN]))
        history.append(Turn(Role.ASSISTANT, clean(was_said)[:MAX_TURN]))
    return _write_chat(request, site, question, tuple(history))


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


def _write_chat(request: Request, site: Site, question: str, history: Sequence[Turn]) -> Response:
    question = clean(question)
    fault = "too_long" if len(question) > MAX_QUESTION else ""
    answer = None
    if question and not fault:
        answer = AnswerOut.of(site.assistant.answer(question, history))
    index = site.assistant.index
    content: dict[str, Any] = {
        "question": question,
        "answer": answer,
        "fault": fault,
        "history": [
            (asked.content, said.content) for asked, said in zip(*[iter(history)] * 2, strict=True)
        ],
        "starters": site.starters.of(index),
        "documents": len(index.documents()),
        "limits": {"question": MAX_QUESTION, "turn": MAX_TURN, "turns": MAX_TURNS},
    }
    return write_page(request, "chat.html", content, status=422 if fault else 200)


def _read_passages(starts: Sequence[str], ends: Sequence[str]) -> list[Passage]:
    """Read what can be read as offsets; the rest of the address is ignored, the article shown."""
    pairs = list(zip(starts, ends, strict=False))[:50]
    return [(int(start), int(end)) for start, end in pairs if _is_offset(start) and _is_offset(end)]


def _is_offset(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 12
