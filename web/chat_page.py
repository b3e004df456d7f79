"""The chat's page, as every address that shows it gives it its content.

Knows what the chat template is given. Knows no address and no answer.
"""

import logging
from collections.abc import Mapping, Sequence

from fastapi import Request, Response

from web.drawn import DrawnExchange
from web.reader import find_reader
from web.schemas import MAX_QUESTION
from web.site import Site
from web.store.conversations import Conversation, Summary
from web.store.database import StoreError
from web.templating import write_page

_LISTED = 30
"""Conversations beside the chat; the page of all of them holds more."""
_log = logging.getLogger("footnote.web")


def write_chat(
    request: Request,
    site: Site,
    exchanges: Sequence[DrawnExchange] = (),
    *,
    conversation: Conversation | None = None,
    question: str = "",
    fault: str = "",
    status: int = 422,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Write the chat with its exchanges; `question` and `fault` give back one that wasn't taken.

    Its `status` is then of the page. Exchanges without a conversation are not kept.
    """
    index = site.assistant.index
    content = {
        "exchanges": exchanges,
        "conversation": conversation,
        "conversations": list_kept(site, find_reader(request)),
        "question": question,
        "fault": fault,
        "starters": () if exchanges else site.starters.of(index),
        "documents": len(index.documents()),
        "limit": MAX_QUESTION,
    }
    return write_page(
        request, "chat.html", content, status=status if fault else 200, headers=headers
    )


def list_kept(site: Site, reader: str) -> list[Summary]:
    """List what is beside the chat, which works without it."""
    if not reader:
        return []
    try:
        return site.conversations.find(reader)[:_LISTED]
    except StoreError as error:
        _log.error("conversations cannot be listed: %s", error)  # one line says it
        return []
