"""Where the keeper works: the door, the workshop, the job under way and the last report.

Hands them to a request, and lets nobody in who has not come through the door. Knows cookies. Knows
nothing of templates.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, cast

from fastapi import Depends, Form, HTTPException, Request, Response

from index.types import Progress
from web.admin.access import SESSION_SECONDS, Door, Session, is_right
from web.admin.english import ENGLISH
from web.admin.fetch import Network
from web.admin.jobs import Jobs
from web.admin.seam import Report, Workshop
from web.admin.shelf import ShelfReader
from web.admin.spanish import SPANISH
from web.texts import choose_language

PLACE = "/admin"
LOGIN = "/admin/login"
COOKIE = "footnote_keeper"
_TEXTS: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "es": SPANISH}


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A corpus report, when it was made, and of which index."""

    content: Report
    version: str
    made: datetime


@dataclass(slots=True)
class Desk:
    """One keeper's desk; `report` is the last one made."""

    workshop: Workshop
    door: Door
    network: Network = field(default_factory=Network)
    jobs: Jobs = field(default_factory=Jobs)
    report: MadeReport | None = None
    shelf: ShelfReader = field(init=False)

    def __post_init__(self) -> None:
        self.shelf = ShelfReader(self.workshop.corpus)

    def rebuild(self) -> None:
        """Begin to build the index; raises `JobRunningError`."""
        self.jobs.start("rebuild", self.workshop.build)

    def make_report(self) -> None:
        """Begin to make the corpus report; raises `JobRunningError`."""

        def work(_: Progress) -> None:
            content = self.workshop.report()
            version = self.workshop.index().version
            self.report = MadeReport(content, version, datetime.now(UTC))

        self.jobs.start("report", work)


def get_desk(request: Request) -> Desk:
    """Return the desk of the site that a request came to."""
    return cast("Desk", request.app.state.desk)


InDesk = Annotated[Desk, Depends(get_desk)]
"""The parameter by which a route asks for the desk."""


def find_session(request: Request, desk: InDesk) -> Session:
    """Return the session of a request; whoever has none is sent to the door."""
    session = desk.door.find(request.cookies.get(COOKIE, ""))
    if session is None:
        raise HTTPException(303, "Come in first.", headers={"Location": LOGIN})
    return session


InSession = Annotated[Session, Depends(find_session)]
"""For the pages behind the door."""


def check_form(session: InSession, texts: "InTexts", csrf: Annotated[str, Form()] = "") -> Session:
    """Return the session of a form that a page of ours was sent with."""
    check_csrf(session, csrf, texts)
    return session


def check_csrf(session: Session, csrf: str, texts: Mapping[str, str]) -> None:
    """Refuse a form that does not carry the session's own mark."""
    if not is_right(csrf, session.csrf):
        raise HTTPException(403, texts["expired"])


def read_texts(request: Request) -> Mapping[str, str]:
    """Return the words of the keeper's pages in the language that is asked for."""
    return _TEXTS[choose_language(request.headers.get("accept-language", ""))]


InTexts = Annotated[Mapping[str, str], Depends(read_texts)]
"""The parameter by which a route asks for its words."""

SentForm = Annotated[Session, Depends(check_form)]
"""For the routes that change something."""


def let_in(request: Request, response: Response, key: str) -> None:
    """Give the browser its key: out of reach of scripts and of whatever another site sends."""
    response.set_cookie(
        COOKIE,
        key,
        max_age=SESSION_SECONDS,
        path=PLACE,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
