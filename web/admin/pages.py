"""The keeper's pages: articles and files, the corpus report, what was asked.

Knows addresses and what each template is given. All of it works without script.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from pydantic import BaseModel
from starlette.datastructures import FormData, UploadFile

from index.errors import DocumentMissing
from index.types import BuildSummary
from ingest.corpus import MAX_BYTES
from ingest.document import make_document_id
from ingest.formats import SUFFIXES
from web.admin import asked, plots
from web.admin.access import Notice, Session
from web.admin.desk import (
    COOKIE,
    LOGIN,
    PLACE,
    Desk,
    InDesk,
    InSession,
    InTexts,
    SentForm,
    check_csrf,
    find_session,
    get_desk,
    let_in,
    read_texts,
)
from web.admin.errors import FetchError, JobRunningError, PlacingError, TooManyAttemptsError
from web.admin.fetch import fetch_page, name_page
from web.admin.jobs import JobState
from web.admin.origin import mark_origin
from web.admin.shelf import list_names, read_held
from web.admin.upload import Placing, list_sources, remove_file
from web.reader import SameOrigin
from web.site import InSite
from web.sse import EventStream, write_frame
from web.store.feedback import render_thumbs_down
from web.templating import write_page
from web.texts import put_line

router = APIRouter(prefix=PLACE, include_in_schema=False)

MAX_UPLOAD = 4 * MAX_BYTES
"""Bytes of one upload, all its files together."""
MAX_FILES = 100
UPLOAD = f"{PLACE}/upload"
_VERDICTS = ("answered", "partial", "not_in_articles")
_LOOK = 0.2
"""Seconds between two looks at a job's progress: an eye sees no more of it."""
_QUIET = 75
"""Looks without news after which a line is sent, so that no proxy takes the stream for dead."""


# ---- the door


@router.get("/login")
def show_door(request: Request, texts: InTexts) -> Response:
    """Ask for the token."""
    return _write(request, "admin/login.html", texts, fault="")


@router.post("/login", dependencies=[SameOrigin])
def come_in(
    request: Request, desk: InDesk, texts: InTexts, token: Annotated[str, Form()] = ""
) -> Response:
    """Let in whoever has the token. No mark is asked for: to forge this form takes the token."""
    address = request.client.host if request.client else ""
    try:
        key = desk.door.enter(token.strip(), address)
    except TooManyAttemptsError as error:
        fault = texts["too_many"].format(wait=error.wait)
        reply = _write(request, "admin/login.html", texts, status=429, fault=fault)
        reply.headers["Retry-After"] = str(error.wait)
        return reply
    if key is None:
        fault = texts["wrong_token"]
        return _write(request, "admin/login.html", texts, status=403, fault=fault)
    reply = RedirectResponse(PLACE, 303)
    let_in(request, reply, key)
    return reply


@router.post("/logout")
def go_out(request: Request, desk: InDesk, _: SentForm) -> Response:
    """End the session."""
    desk.door.leave(request.cookies.get(COOKIE, ""))
    reply = RedirectResponse(LOGIN, 303)
    reply.delete_cookie(COOKIE, path=PLACE)
    return reply


# ---- articles and files


@router.get("")
def show_articles(request: Request, desk: InDesk, session: InSession, page: str = "1") -> Response:
    """Show the articles, what waits for the next build, and what was skipped or mended."""
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    content = {
        "shelf": desk.shelf.read(desk.workshop.index(), number),
        "endings": sorted(SUFFIXES),
        "file_mb": MAX_BYTES >> 20,
        "upload_mb": MAX_UPLOAD >> 20,
        "list_names": list_names,
    }
    return _write_inside(request, "admin/articles.html", session, **content)


@router.get("/articles/{document_id}")
def show_article(request: Request, document_id: str, desk: InDesk, session: InSession) -> Response:
    """Show what one article holds: its passages and its questions."""
    try:
        held = read_held(desk.workshop.index(), document_id)
    except DocumentMissing:
        raise HTTPException(404, "There is no such article.") from None
    return _write_inside(request, "admin/article.html", session, held=held)


@router.post("/upload")
async def upload(request: Request) -> Response:
    """Put files into the folder, each after it has been read."""
    # Looked at before the body, which is large: nobody outside may have it taken in.
    session, texts = find_session(request, get_desk(request)), read_texts(request)
    async with request.form(max_files=MAX_FILES, max_fields=10) as form:
        check_csrf(session, _field(form, "csrf"), texts)
        await run_in_threadpool(_place_all, request, form, session, texts)
    return RedirectResponse(PLACE, 303)


def _place_all(
    request: Request, form: FormData, session: Session, texts: Mapping[str, str]
) -> None:
    files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    if not files:
        session.notices.append(Notice(texts["no_files"], is_fault=True))
        return
    desk = get_desk(request)
    with Placing.into(desk.workshop.corpus) as placing:
        for file in files:
            data = file.file.read(MAX_BYTES + 1)
            replace = bool(_field(form, "replace"))
            notice = _place(desk, placing, file.filename or "", data, texts, replace)
            session.notices.append(notice)


def _place(
    desk: Desk,
    placing: Placing,
    name: str,
    data: bytes,
    texts: Mapping[str, str],
    replace: bool,  # noqa: FBT001  # a box that is ticked
) -> Notice:
    try:
        placed = placing.place(name, data, replace=replace)
    except PlacingError as error:
        return Notice(
            texts["refused"].format(
                name=_shown(name), reason=put_line(str(error), texts["language"])
            ),
            is_fault=True,
        )
    desk.shelf.remember(placed.source, desk.workshop.index().version)
    said = "left_out" if placed.left_out else "replaced" if placed.replaced else "added"
    return Notice(texts[said].format(name=placed.source))


@router.post("/add")
def add_page(
    desk: InDesk,
    session: SentForm,
    texts: InTexts,
    url: Annotated[str, Form()] = "",
    replace: Annotated[str, Form()] = "",
) -> Response:
    """Fetch a page from the web and put it into the folder."""
    try:
        page = fetch_page(url, desk.network)
    except FetchError as error:
        notice = Notice(
            texts["refused_page"].format(reason=put_line(str(error), texts["language"])),
            is_fault=True,
        )
    else:
        with Placing.into(desk.workshop.corpus) as placing:
            notice = _place(desk, placing, name_page(page), mark_origin(page), texts, bool(replace))
    session.notices.append(notice)
    return RedirectResponse(PLACE, 303)


@router.get("/delete")
def ask_before_deleting(
    request: Request, desk: InDesk, session: InSession, source: str = ""
) -> Response:
    """Ask whether a file is really to be deleted."""
    if source not in list_sources(desk.workshop.corpus):
        raise HTTPException(404, "There is no such file in the folder.")
    return _write_inside(request, "admin/delete.html", session, source=source)


@router.post("/delete")
def delete(
    desk: InDesk, session: SentForm, texts: InTexts, source: Annotated[str, Form()] = ""
) -> Response:
    """Delete a file of the folder."""
    try:
        remove_file(desk.workshop.corpus, source)
    except PlacingError as error:
        line = texts["refused"].format(
            name=_shown(source), reason=put_line(str(error), texts["language"])
        )
        session.notices.append(Notice(line, is_fault=True))
    else:
        session.notices.append(Notice(texts["deleted"].format(name=source)))
    return RedirectResponse(PLACE, 303)


# ---- what takes a while


@router.post("/rebuild")
def rebuild(desk: InDesk, session: SentForm, texts: InTexts) -> Response:
    """Begin to build the index, while the old one answers."""
    try:
        desk.rebuild()
    except JobRunningError:
        session.notices.append(Notice(texts["still_working"], is_fault=True))
    return RedirectResponse(PLACE, 303)


@router.post("/report")
def make_report(desk: InDesk, session: SentForm, texts: InTexts) -> Response:
    """Begin to make the corpus report."""
    try:
        desk.make_report()
    except JobRunningError:
        session.notices.append(Notice(texts["still_working"], is_fault=True))
    return RedirectResponse(f"{PLACE}/report", 303)


class ProgressOut(BaseModel):
    """How far a job is, in words and in numbers."""

    stage: str
    text: str
    done: int
    total: int


@router.get("/progress")
def follow(desk: InDesk, _: InSession, texts: InTexts) -> EventStream:
    """Send the progress of the job under way as events `progress`, and `finished` at its end."""

    async def frames() -> AsyncGenerator[bytes]:
        number, before, quiet = 0, None, 0
        while (state := desk.jobs.state) is not None and not state.finished:
            quiet += 1
            if state is not before:
                number, before, quiet = number + 1, state, 0
                yield write_frame("progress", _describe(state, texts), number)
            elif quiet % _QUIET == 0:
                yield b": working\n\n"
            await asyncio.sleep(_LOOK)
        text = describe_job(state, texts) if state else ""
        last = ProgressOut(stage="", text=text, done=1, total=1)
        yield write_frame("finished", last, number + 1)

    return EventStream(frames())


def _describe(state: JobState, texts: Mapping[str, str]) -> ProgressOut:
    text = describe_job(state, texts)
    return ProgressOut(stage=state.stage, text=text, done=state.done, total=state.total)


def describe_job(state: JobState, texts: Mapping[str, str]) -> str:
    """Say in one line how far a job is, or what it came to."""
    if state.fault:
        return texts["job_failed"].format(
            fault=put_line(state.fault.rstrip("."), texts["language"])
        )
    if not state.finished:
        if not state.stage:
            return f"{texts[f'working_{state.kind}']} …"
        stage = texts.get(f"stage_{state.stage}", state.stage)
        return texts["progress"].format(stage=stage, done=state.done, total=state.total)
    if not isinstance(state.result, BuildSummary):
        return texts["report_made"]
    made = state.result
    return texts["built" if made.changed else "unchanged"].format(
        documents=made.documents,
        passages=made.chunks,
        read=made.read,
        skipped=len(made.skipped),
        repaired=len(made.repaired),
        embedded=made.embedded,
        removed=made.removed,
    )


# ---- what there is to look at


@router.get("/report")
def show_report(request: Request, desk: InDesk, session: InSession) -> Response:
    """Show the corpus report, once it has been made."""
    made = desk.report
    old = made is not None and made.version != desk.workshop.index().version
    content = {"made": made, "old": old, "document_id": make_document_id, "most": 50}
    return _write_inside(request, "admin/report.html", session, **content)


@router.get("/questions")
def show_questions(request: Request, site: InSite, session: InSession) -> Response:
    """Show what was asked lately and how it went."""
    database = site.conversations.database
    days = asked.count_verdicts(database, datetime.now(UTC).date())
    content = {
        "days": days,
        "sums": asked.sum_verdicts(days),
        "verdicts": _VERDICTS,
        "bars": plots.stack_bars([day.counts for day in days], _VERDICTS),
        "plot": (plots.WIDTH, plots.HEIGHT),
        "opinions": asked.count_opinions(database),
        "unanswered": asked.list_unanswered(database),
        "disliked": asked.list_disliked(database),
    }
    return _write_inside(request, "admin/questions.html", session, **content)


@router.get("/feedback.jsonl")
def export_feedback(site: InSite, _: InSession) -> Response:
    """Hand out the thumbs-down as rows of a question file."""
    rows = render_thumbs_down(site.conversations.database)
    headers = {"Content-Disposition": 'attachment; filename="feedback.jsonl"'}
    text = "".join(f"{row}\n" for row in rows)
    return Response(text, media_type="application/jsonl", headers=headers)


# ---- pages


def _write_inside(request: Request, template: str, session: Session, **content: Any) -> Response:  # noqa: ANN401  # what a template takes
    """Write a page behind the door, with the notices and the job that every one of them shows."""
    texts, state = read_texts(request), get_desk(request).jobs.state
    working = state is not None and not state.finished
    return _write(
        request,
        template,
        texts,
        csrf=session.csrf,
        notices=session.take_notices(),
        job=state,
        job_text=describe_job(state, texts) if state else "",
        working=working,
        **content,
    )


def _write(
    request: Request, template: str, texts: Mapping[str, str], status: int = 200, **content: object
) -> Response:
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return write_page(request, template, {"say": texts, **content}, status=status, headers=headers)


def _field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _shown(name: str) -> str:
    """Cut a stranger's name to what a line can show."""
    return "".join(c for c in name if c.isprintable())[-80:]
