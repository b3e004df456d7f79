"""Errors in the shape that OpenAI's clients read.

Knows that shape, and under which addresses it is expected. Knows nothing of what went wrong.
"""

import re
from http import HTTPStatus

from pydantic import BaseModel

PREFIX = "/v1/"
"""Where OpenAI's clients call."""


class ErrorPart(BaseModel):
    """What went wrong; `param` is the part of the request that is to blame."""

    message: str
    type: str
    param: str | None = None
    code: str | None = None


class ApiError(BaseModel):
    """An error as OpenAI's API gives it."""

    error: ErrorPart


def find_status(status: int, pointer: str) -> int:
    """Return the status that clients of this protocol expect: it has no 422."""
    if status != HTTPStatus.UNPROCESSABLE_ENTITY:
        return status
    return HTTPStatus.NOT_FOUND if pointer == "/model" else HTTPStatus.BAD_REQUEST


def make_api_error(status: int, detail: str, pointer: str = "") -> ApiError:
    """Make an error; `pointer` is an RFC 6901 pointer to the part of the request to blame."""
    kind = "invalid_request_error" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "server_error"
    unknown = pointer == "/model" and find_status(status, pointer) == HTTPStatus.NOT_FOUND
    part = ErrorPart(
        message=detail,
        type=kind,
        param=_name(pointer) or None,
        code="model_not_found" if unknown else None,
    )
    return ApiError(error=part)


def _name(pointer: str) -> str:
    """Write a pointer as a path: /messages/0/role as messages[0].role."""
    path = re.sub(r"/(\d+)(?=/|$)", r"[\1]", pointer)
    return path.replace("/", ".").lstrip(".")
