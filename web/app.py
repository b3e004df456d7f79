"""The site put together: pages, API, files, errors and limits.

The only place that knows all parts of `web`. There is no app at import: `create_app` makes one for
an assistant.
"""

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.routing import Route

from web import api, completions, conversation_pages, page_api, pages
from web.admin import pages as admin_pages
from web.admin.access import Door
from web.admin.desk import PLACE, Desk
from web.admin.seam import Workshop
from web.limited import Limited
from web.mcp import ADDRESS, McpEndpoint
from web.problems import CatchErrors, answer_errors, describe_in_schema
from web.runs import Runs
from web.seam import Answerer
from web.security import KnownHosts, LimitBody, SecurityHeaders
from web.settings import Settings
from web.site import Site
from web.starters import Starters
from web.store.conversations import Conversations
from web.store.database import open_database

_STATIC = Path(__file__).parent / "static"
_LARGER = {admin_pages.UPLOAD: admin_pages.MAX_UPLOAD}


def create_app(
    assistant: Answerer, settings: Settings | None = None, workshop: Workshop | None = None
) -> FastAPI:
    """Make the site for an assistant; raises `StoreError` where its database can't be opened.

    With a workshop, and a token in the settings, it has the keeper's pages too.
    """
    settings = settings or Settings()
    app = FastAPI(
        title=settings.title,
        summary="Answers from a folder of articles, with a footnote on every sentence.",
        version="1",
        docs_url=None,
        redoc_url=None,
    )
    assistant = Limited(assistant)
    kept = Conversations(open_database(settings.database), settings.keep_days)
    kept.forget()
    starters = Starters(settings.suggestions)
    app.state.site = Site(assistant, settings, starters, kept, Runs())
    for part in (api, completions, pages, page_api, conversation_pages):
        app.include_router(part.router)
    if workshop is not None and settings.admin_token:
        app.state.desk = Desk(workshop, Door(settings.admin_token))
        app.include_router(admin_pages.router)
    app.router.routes.append(
        Route(ADDRESS, McpEndpoint(assistant, settings), methods=["POST"], include_in_schema=False)
    )
    app.mount("/static", StaticFiles(directory=_STATIC))
    answer_errors(app)
    # The last one added is the outermost: every reply carries the headers.
    app.add_middleware(LimitBody, max_body=settings.max_body, larger=_LARGER)
    app.add_middleware(CatchErrors)
    app.add_middleware(KnownHosts, hosts=settings.hosts)
    app.add_middleware(SecurityHeaders, embedders=settings.embedders, unframed=(PLACE,))
    _correct_schema(app)
    return app


def _correct_schema(app: FastAPI) -> None:
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = describe_in_schema(generate())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
