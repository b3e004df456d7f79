"""What the site refuses and which limits it sets a browser.

Knows HTTP headers and sizes, as plain ASGI middleware. Knows nothing of routes and pages.
"""

from collections.abc import Mapping, Sequence

import anyio
from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.problems import make_problem, write_problem

_DRAINED = 64 << 20
_DRAIN_SECONDS = 10.0
"""Bytes of a body that is too long, and seconds, for which it is still taken in."""


def make_policy(embedders: Sequence[str]) -> str:
    """Write the Content-Security-Policy: own files only, nothing inline, no HTML from strings."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors " + (" ".join(embedders) or "'none'"),
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


class SecurityHeaders:
    """Puts the security headers on every reply, errors included.

    What lies under one of the `unframed` paths is never shown in a frame.
    """

    def __init__(
        self, app: ASGIApp, embedders: Sequence[str], unframed: Sequence[str] = ()
    ) -> None:
        self.app = app
        self.unframed = tuple(unframed)
        self.headers = {
            "Content-Security-Policy": make_policy(embedders),
            "X-Content-Type-Options": "nosniff",
            # Not "no-referrer", which would have browsers hide from us whose page a form was on.
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Cross-Origin-Opener-Policy": "same-origin",
            # A page that may be framed elsewhere must be loadable from there.
            "Cross-Origin-Resource-Policy": "cross-origin" if embedders else "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add to what comes back."""

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers[name] = value
                if _is_under(scope["path"], self.unframed):
                    headers["Content-Security-Policy"] = make_policy(())
                headers.setdefault("Cache-Control", _freshness(scope))
            await send(message)

        await self.app(scope, receive, add if scope["type"] == "http" else send)


def _freshness(scope: Scope) -> str:
    """Answers are nobody's to keep; a page may be kept for the way back, a file if asked after."""
    answers = scope["path"].startswith(("/api/", "/v1/", "/mcp"))
    return "no-store" if answers else "private, no-cache"


def _is_under(path: str, places: Sequence[str]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


class KnownHosts:
    """Answers only to the site's own names, which stops DNS rebinding."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if its Host is known."""
        if scope["type"] != "http" or "*" in self.hosts or self._knows(scope):
            await self.app(scope, receive, send)
            return
        problem = make_problem(421, "This site does not answer to this host name.")
        await write_problem(problem, Request(scope))(scope, receive, send)

    def _knows(self, scope: Scope) -> bool:
        host = Headers(scope=scope).get("host", "").lower()
        name, _, port = host.rpartition(":")
        # "[::1]" has colons of its own; only digits after the last one are a port.
        return (name if name and port.isdigit() and not name.endswith(":") else host) in self.hosts


class LimitBody:
    """Refuses a body that is too long; `larger` gives single paths a limit of their own."""

    def __init__(
        self, app: ASGIApp, max_body: int, larger: Mapping[str, int] | None = None
    ) -> None:
        self.app = app
        self.max_body = max_body
        self.larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting what it sends."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.larger.get(scope["path"], self.max_body)
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdigit() or int(length) > limit:
            if "expect" not in Headers(scope=scope):  # who waits for our word has sent nothing yet
                await _drain(receive)
            problem = make_problem(413, _too_long(limit))
            await write_problem(problem, Request(scope))(scope, receive, send)
            return
        await self.app(scope, self._count(receive, limit), send)

    def _count(self, receive: Receive, limit: int) -> Receive:
        """Count a body that does not say how long it is."""
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                if message.get("more_body"):
                    await _drain(receive)
                raise HTTPException(413, _too_long(limit))
            return message

        return counted


async def _drain(receive: Receive) -> None:
    """Pass over what is being sent: a client in the midst of it would be cut off, and see no reply."""
    left = _DRAINED
    with anyio.move_on_after(_DRAIN_SECONDS):
        while left > 0:
            message = await receive()
            left -= len(message.get("body", b""))
            if not message.get("more_body"):
                return


def _too_long(limit: int) -> str:
    return f"The request is longer than {limit // 1024} kB."
