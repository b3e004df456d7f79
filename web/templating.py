"""How a page is written: Jinja templates that escape everything and know no undefined name.

Knows the template folder, the interface's language and what a browser's Accept header asks for.
Knows nothing of what a page shows.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ingest.document import strip_path
from web.links import web_link
from web.texts import SCRIPT_TEXTS, choose_language, put_line, texts_in

_ISO_DATE = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d")
_TEMPLATES = Path(__file__).parent / "templates"


def write_page(
    request: Request,
    template: str,
    content: Mapping[str, Any],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """Render a template in the reader's language."""
    language = choose_language(request.headers.get("accept-language", ""))
    texts = texts_in(language)
    settings = request.app.state.site.settings
    html = (
        _environment()
        .get_template(template)
        .render(
            **content,
            text=texts,
            script_texts={key: texts[key] for key in SCRIPT_TEXTS},
            language=language,
            site_title=settings.title,
            embeddable=bool(settings.embedders),
            keep_days=settings.keep_days,
        )
    )
    return HTMLResponse(html, status, headers={"Vary": "Accept-Language", **(headers or {})})


def wants_page(request: Request) -> bool:
    """Whether a person's browser is asking: a page is wanted, and the address is no part of the API."""
    accepted = request.headers.get("accept", "")
    return "text/html" in accepted and not request.url.path.startswith("/api/")


@cache
def _environment() -> Environment:
    """Make the environment once; templates are compiled on first use."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["web_link"] = web_link
    environment.filters["day"] = to_day
    environment.filters["groupby_run"] = group_runs
    environment.filters["put"] = put_line
    environment.filters["bare"] = strip_path
    return environment


def to_day(date: str) -> str:
    """Cut the time of day off a date in ISO form; any other stays as it was written."""
    found = _ISO_DATE.match(date)
    return found[1] if found else date


def group_runs(things: Iterable[Any], attribute: str) -> list[list[Any]]:
    """Group neighbours that agree in an attribute, keeping their order."""
    return [list(group) for _, group in groupby(things, key=attrgetter(attribute))]
