"""The pages of what is kept: conversations, receipts, and what a reader does with them.

Knows addresses and what each template is given. All of it works without script. Knows nothing of
how an answer is found.
"""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from web import export
from web.chat_page import list_kept, write_chat
from web.drawn import draw_alone, draw_conversation, draw_kept, point_kept
from web.passages import MAX_PASSAGE, Place, find_pasted, find_section
from web.reader import Reader, SameOrigin, follows_links
from web.receipts import check_receipt
from web.schemas import AnswerOut, clean
from web.site import InSite, Site
from web.store.conversations import Opinion
from web.templating import write_page

router = APIRouter(include_in_schema=False)

_PRIVATE = {"X-Robots-Tag": "noindex"}
MAX_COMMENT = 1000
"""Characters of what a reader says about an answer."""


@router.get("/c/{conversation}")
def show_conversation(
    request: Request, conversation: str, site: InSite, reader: Reader, receipt: str = ""
) -> Response:
    """Show a conversation, to be continued.

    With `receipt` it is shown to somebody who has just asked and had no cookie. Whose browser has not
    kept the one it was given then either sees that one exchange, which whoever has its receipt may.
    """
    if receipt and not follows_links(request):
        alone = draw_alone(site, site.conversations.read_receipt(receipt))
        return write_chat(request, site, [alone], headers=_PRIVATE)
    if receipt:
        return RedirectResponse(f"/c/{conversation}", 303)
    kept = site.conversations.read(reader, conversation)
    exchanges = draw_conversation(site, kept)
    return write_chat(request, site, exchanges, conversation=kept, headers=_PRIVATE)


@router.get("/conversations")
def list_conversations(
    request: Request, site: InSite, reader: Reader, search: str = ""
) -> Response:
    """List the reader's conversations, or those that hold a text."""
    search = clean(search)[:200]
    found = site.conversations.find(reader, search)
    content = {"conversations": found, "search": search}
    return write_page(request, "conversations.html", content, headers=_PRIVATE)


@router.post("/c/{conversation}/rename", dependencies=[SameOrigin])
def rename(
    conversation: str, site: InSite, reader: Reader, title: Annotated[str, Form()] = ""
) -> Response:
    """Give a conversation another title; a blank one changes nothing."""
    if clean(title):
        site.conversations.rename(reader, conversation, clean(title))
    return RedirectResponse(f"/c/{conversation}", 303)


@router.post("/c/{conversation}/delete", dependencies=[SameOrigin])
def delete(conversation: str, site: InSite, reader: Reader) -> Response:
    """Delete a conversation with its receipts."""
    site.conversations.delete(reader, conversation)
    return RedirectResponse("/conversations", 303)


@router.get("/c/{conversation}/export.md")
def export_markdown(conversation: str, site: InSite, reader: Reader) -> Response:
    """Hand out a conversation as Markdown."""
    text = export.render_markdown(site.conversations.read(reader, conversation))
    return _attach(text, "text/markdown; charset=utf-8", "conversation.md")


@router.get("/c/{conversation}/export.json")
def export_json(conversation: str, site: InSite, reader: Reader) -> Response:
    """Hand out a conversation as JSON."""
    text = export.render_json(site.conversations.read(reader, conversation))
    return _attach(text, "application/json", "conversation.json")


@router.get("/runs/{key}")
def show_run(request: Request, key: str, site: InSite, reader: Reader) -> Response:
    """Show what an answer that has just been written adds to the chat, for the script to put there."""
    run = site.runs.find(key)
    if run is None or run.kept is None:
        raise HTTPException(404, "This answer is not at hand any more. Ask again.")
    # What is offered by address is of no use to a reader whom only the script's key makes known.
    listed = list_kept(site, reader) if follows_links(request) else []
    own = [one for one in listed if one.id == run.kept.conversation]
    content = {
        "drawn": draw_kept(site, run.question, run.kept),
        "conversation": own[0] if own else None,
        "conversations": listed,
    }
    return write_page(request, "exchange.html", content, headers=_PRIVATE)


@router.get("/r/{receipt}")
def show_receipt(request: Request, receipt: str, site: InSite, check: bool = False) -> Response:  # noqa: FBT001, FBT002  # a query parameter
    """Show what an answer rests on; with `check`, whether the articles still say it."""
    exchange = site.conversations.read_receipt(receipt)
    index = site.assistant.index
    answer, changed = point_kept(exchange, index)
    if check and changed is None:
        changed = check_receipt(index, answer, exchange.provenance)
    content = {"exchange": exchange, "answer": answer, "check": changed if check else None}
    return write_page(request, "receipt.html", content, headers=_PRIVATE)


@router.post("/r/{receipt}/feedback", dependencies=[SameOrigin])
def judge(
    receipt: str,
    site: InSite,
    reader: Reader,
    verdict: Annotated[str, Form()],
    comment: Annotated[str, Form()] = "",
    passage: Annotated[str, Form()] = "",
    pasted: Annotated[str, Form()] = "",
) -> Response:
    """Keep what the reader thinks of an answer: `passage` is one offered, `pasted` a text of theirs."""
    if verdict not in ("up", "down"):
        raise HTTPException(422, "The verdict is up or down.")
    exchange = site.conversations.read_receipt(receipt)
    answer = AnswerOut.model_validate(exchange.answer)
    pasted = clean(pasted)[:MAX_PASSAGE]
    chosen = _find_passage(site, answer, passage, pasted)
    if chosen is None and exchange.opinion and pasted == exchange.opinion.pasted:
        chosen = exchange.opinion.source, exchange.opinion.quote  # amended, not taken back
    source, quote = chosen or ("", "")
    opinion = Opinion(verdict, clean(comment)[:MAX_COMMENT], pasted, source, quote)
    conversation, number = site.conversations.judge(reader, receipt, opinion)
    return RedirectResponse(f"/c/{conversation}#opinion-{number}", 303)


def _find_passage(site: Site, answer: AnswerOut, passage: str, pasted: str) -> Place | None:
    """What was pasted counts for more than what was picked."""
    found = find_pasted(site.assistant.index, pasted, answer) if pasted else None
    if found:
        return found
    for citation in answer.citations:
        if passage == f"note-{citation.number}":
            return citation.source, citation.quote
    for number, section in enumerate(answer.nearest, start=1):
        if passage == f"near-{number}":
            return find_section(site.assistant.index, section)
    return None


def _attach(text: str, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', **_PRIVATE}
    return Response(text, media_type=media_type, headers=headers)
