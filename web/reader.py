"""Who is reading, without asking who: an unguessable key in a cookie, or in the page itself.

Knows cookies and which requests come from the site's own pages. Knows nothing of what is kept.
"""

import re
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request, Response

from web.site import get_site
from web.store.conversations import make_key

COOKIE = "footnote_reader"
HEADER = "Footnote-Reader"
"""Carries the key of a page whose browser keeps no cookie, as in the frame of another site's page:
the script made it, and knows it for as long as the page is open. No other site's page can send it."""
_KEY = re.compile(r"[\w-]{32}", re.ASCII)
_YEAR = 365 * 24 * 3600
"""Seconds; browsers keep no cookie for much longer, and each new question renews it."""


def find_reader(request: Request) -> str:
    """Return the reader's key, or "" where there is none yet; a cookie counts for more."""
    return _find_cookie(request) or _check(request.headers.get(HEADER, ""))


def follows_links(request: Request) -> bool:
    """Whether the reader is known by a cookie, and so also where a link is followed."""
    return bool(_find_cookie(request))


def name_reader(request: Request) -> str:
    """Return the reader's key, or make one, which `remember` must then give to the browser."""
    return find_reader(request) or make_key()


def remember(request: Request, response: Response, key: str) -> None:
    """Give the browser its key: out of reach of scripts and of other sites' forms.

    Where other sites may show this one in a frame, it is a cookie for each of them apart: browsers
    keep no other there, and none at all over plain http.
    """
    secure = request.url.scheme == "https"
    framed = secure and bool(get_site(request).settings.embedders)
    response.set_cookie(
        COOKIE,
        key,
        max_age=_YEAR,
        httponly=True,
        samesite="none" if framed else "lax",
        secure=secure,
    )
    if framed:
        response.headers["set-cookie"] += "; Partitioned"


def check_same_origin(request: Request) -> None:
    """Refuse what another site's page sends; what no browser sends carries no one's cookie."""
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None:
        known = fetched in ("same-origin", "none")
    else:
        # Over plain http to another machine a browser sends Origin alone.
        origin = request.headers.get("origin")
        own = request.headers.get("host", "").lower()
        known = origin is None or _netloc(origin) == own
    if not known:
        raise HTTPException(403, "This can only be done from the site's own pages.")


def is_asked_here(request: Request) -> bool:
    """Say whether a link was followed from the site's own page, or typed by whoever reads it."""
    return request.headers.get("sec-fetch-site") in ("same-origin", "none")


def _find_cookie(request: Request) -> str:
    return _check(request.cookies.get(COOKIE, ""))


def _check(key: str) -> str:
    return key if _KEY.fullmatch(key) else ""


def _netloc(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


Reader = Annotated[str, Depends(find_reader)]
"""The parameter by which a route asks who is reading; "" for a stranger."""

SameOrigin = Depends(check_same_origin)
"""For the routes that change what is kept."""
