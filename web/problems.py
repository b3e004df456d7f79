"""Errors as RFC 9457 problem details, and as a page for a person's browser.

Knows which error means which status. Knows nothing of routes. No problem repeats what was sent (a
model's name aside): a reply must not carry a stranger's text.
"""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.models import ModelError, UnknownModel
from index.errors import IndexMissing, IndexUnavailable
from web.limited import BusyError
from web.openai_errors import PREFIX, ApiError, find_status, make_api_error
from web.store.conversations import NotKeptError
from web.store.database import StoreError
from web.templating import wants_page, write_page
from web.texts import choose_language, put_line

MEDIA_TYPE = "application/problem+json"
BUSY = "Too many answers are being written; ask again soon."
NOT_KEPT = "There is no such conversation or receipt here: it was deleted, or it belongs to another browser."
_OF_THE_PAGE = "/api/conversations"
"""What the page's own script asks for, and shows as it comes."""
_log = logging.getLogger("footnote.web")


class InvalidPart(BaseModel):
    """One thing wrong with a request: where (an RFC 6901 pointer into the body, or a parameter)."""

    pointer: str
    detail: str


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[InvalidPart] | None = None
    retryable: bool | None = None


def make_problem(status: int, detail: str, **more: Any) -> Problem:  # noqa: ANN401
    """Make a problem whose title is the status's own phrase, as about:blank asks."""
    return Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, **more)


def describe(error: Exception) -> Problem:  # noqa: PLR0911  # one line for each kind
    """Say what an error means to whoever sent the request; an unforeseen one is logged, not told."""
    match error:
        case RequestValidationError():
            return _describe_invalid(error.errors())
        case HTTPException():
            return make_problem(error.status_code, _say(error))
        case UnknownModel():
            part = InvalidPart(pointer="/model", detail=error.message)
            return make_problem(422, error.message, errors=[part])
        case ModelError():
            return make_problem(502, error.message, retryable=error.retryable)
        case BusyError():
            return make_problem(503, BUSY)
        case IndexMissing():
            return make_problem(503, "There is no index yet; run `footnote ingest` to build one.")
        case IndexUnavailable():
            _log.error("the index cannot be used: %s", error)
            return make_problem(503, "The index cannot be used; the log says why.")
        case NotKeptError():
            return make_problem(404, NOT_KEPT)
        case StoreError():
            _log.error("conversations cannot be reached: %s", error)
            return make_problem(503, "Conversations cannot be reached; the log says why.")
    _log.error("a request failed", exc_info=error)
    return make_problem(500, "Something went wrong on the server. It has been logged.")


def write_problem(
    problem: Problem, request: Request, headers: dict[str, str] | None = None
) -> Response:
    """Write a problem as JSON, as a page for a browser, or in OpenAI's shape for its clients."""
    if request.url.path.startswith(PREFIX):
        return _write_api_error(problem, headers)
    if wants_page(request) or request.url.path.startswith(_OF_THE_PAGE):
        language = choose_language(request.headers.get("accept-language", ""))
        problem = problem.model_copy(update={"detail": put_line(problem.detail, language)})
    if wants_page(request):
        return write_page(
            request, "problem.html", {"problem": problem}, status=problem.status, headers=headers
        )
    body = problem.model_dump_json(exclude_none=True)
    return Response(body, problem.status, headers=headers, media_type=MEDIA_TYPE)


def to_api_error(problem: Problem) -> ApiError:
    """Put a problem in the shape that OpenAI's clients read."""
    return make_api_error(problem.status, problem.detail, _find_pointer(problem))


def _write_api_error(problem: Problem, headers: dict[str, str] | None) -> Response:
    more = {} if problem.retryable is None else {"x-should-retry": str(problem.retryable).lower()}
    return Response(
        to_api_error(problem).model_dump_json(),
        find_status(problem.status, _find_pointer(problem)),
        headers={**(headers or {}), **more},
        media_type="application/json",
    )


def _find_pointer(problem: Problem) -> str:
    return problem.errors[0].pointer if problem.errors else ""


def answer_errors(app: FastAPI) -> None:
    """Make every foreseen error of the routes a problem."""
    for kind in (
        *(HTTPException, RequestValidationError, ModelError, IndexUnavailable),
        *(NotKeptError, StoreError, BusyError),
    ):
        app.add_exception_handler(kind, _handle)


class CatchErrors:
    """Turns an unforeseen error into a problem, inside the security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer for it where nothing has been sent yet."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as error:
            problem = describe(error)
            if started:
                raise
            await write_problem(problem, Request(scope))(scope, receive, send)


async def _handle(request: Request, error: Exception) -> Response:
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else None
    if isinstance(error, BusyError):
        headers = {"Retry-After": "1"}  # seconds: most answers take a fraction of one
    return write_problem(describe(error), request, headers)


def _say(error: HTTPException) -> str:
    """Prefer our own sentence to the bare phrase that the framework gives."""
    if error.detail == _NOT_PARSED:
        return "The body is not valid JSON in UTF-8."
    phrase = HTTPStatus(error.status_code).phrase
    if error.detail and error.detail != phrase:
        return error.detail
    return _PLAIN.get(error.status_code, phrase)


_NOT_PARSED = "There was an error parsing the body"
"""What the framework says of bytes that are no UTF-8, and of JSON that is nested too deeply."""

_PLAIN = {
    404: "There is nothing at this address.",
    405: "This address does not take this method.",
}


def _describe_invalid(errors: Sequence[Any]) -> Problem:
    parts = [_describe_part(error) for error in errors]
    if any(error["type"] == "json_invalid" for error in errors):
        return make_problem(400, "The body is not valid JSON.", errors=parts)
    first = parts[0]
    where = f"{first.pointer}: " if first.pointer else ""
    return make_problem(422, f"{where}{first.detail}", errors=parts)


def _describe_part(error: dict[str, Any]) -> InvalidPart:
    place = error["loc"][1:] if error["loc"][:1] == ("body",) else error["loc"]
    if error["type"] == "json_invalid":
        position = ", ".join(str(step) for step in place)
        return InvalidPart(pointer="", detail=f"Not valid JSON at character {position}.")
    if error["type"] == "extra_forbidden":
        # The name of an unknown field is the sender's text: say where, not what.
        place = place[:-1]
    pointer = "".join(f"/{_escape(str(step))}" for step in place)
    return InvalidPart(pointer=pointer, detail=_phrase(error))


def _phrase(error: dict[str, Any]) -> str:
    """Say what is wrong with a part in plain words, else in the validator's own."""
    if error["type"] == "missing" and error["loc"] == ("body",):
        return "The body is empty; send a JSON object."
    phrase = _PHRASES.get(error["type"])
    return phrase.format(**error.get("ctx", {})) if phrase else str(error["msg"])


_PHRASES = {
    "dict_type": "Must be a JSON object.",
    "extra_forbidden": "A field that is not known here.",
    "missing": "This field is missing.",
    "model_attributes_type": "Must be a JSON object.",
    "model_type": "Must be a JSON object.",
    "string_pattern_mismatch": "Must not be blank.",
    "string_too_long": "Must have at most {max_length} characters.",
    "string_unicode": "Must be text that can be written in UTF-8.",
    "too_long": "Must have at most {max_length} items.",
    "too_short": "Must have at least {min_length} items.",
}


def _escape(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def describe_in_schema(schema: dict[str, Any]) -> dict[str, Any]:
    """Correct an OpenAPI schema: every reply that is an error is a problem, or OpenAI's error."""
    components = schema.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        components.pop(name, None)
    for shape in (Problem, ApiError):
        described = shape.model_json_schema(ref_template="#/components/schemas/{model}")
        components.update(described.pop("$defs"))
        components[shape.__name__] = described
    for address, path in schema["paths"].items():
        for operation in path.values():
            _describe_errors(operation["responses"], is_openai=address.startswith(PREFIX))
    return schema


def _describe_errors(responses: dict[str, Any], *, is_openai: bool) -> None:
    if is_openai:
        responses.pop("422", None)  # said as 400 there
    name, media_type = ("ApiError", "application/json") if is_openai else ("Problem", MEDIA_TYPE)
    for status, reply in responses.items():
        if not status.startswith("2"):
            schema = {"$ref": f"#/components/schemas/{name}"}
            reply["content"] = {media_type: {"schema": schema}}
