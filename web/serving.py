"""Puts the site on the network: where it listens, by which names, and who may show it in a frame.

Knows sockets, hosts and origins, and the server that runs the site. Knows nothing of pages.
"""

import re
import socket
from collections.abc import Sequence
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from web.settings import LOOPBACK_HOSTS

_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", re.IGNORECASE)
_GRACE = 5
"""Seconds that a reader's stream has to finish its sentence when the server is stopped."""


class ServingError(Exception):
    """The site can't be put on the network as asked; the message says what to do instead."""


def listen(host: str, port: int) -> socket.socket:
    """Listen on an address; raises `ServingError` where that is not possible."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
        # Accepted connections inherit it: else a reply waits 40 ms for the reader's acknowledgement.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (while ")[0]  # the rest is said here
        raise ServingError(
            f"can't listen on {host} port {port}: {reason}; choose another with --port or --host"
        ) from None
    return listener


def name_address(listener: socket.socket) -> str:
    """Write the address of a listener as a browser takes it."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run_server(site: ASGIApp, listener: socket.socket, proxies: Sequence[str]) -> None:
    """Serve until Ctrl-C; the proxies may say who asks, and over what."""
    config = uvicorn.Config(
        site,
        log_level="warning",
        forwarded_allow_ips=["127.0.0.1", "::1", *proxies],
        timeout_graceful_shutdown=_GRACE,
    )
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def check_origins(names: Sequence[str]) -> tuple[str, ...]:
    """Check the sites that may embed the chat, for they go into a header; raises `ServingError`."""
    for name in names:
        if not _ORIGIN.fullmatch(name.rstrip("/")):
            raise ServingError(f"{name!r} is no site: name it like https://example.org")
    return tuple(name.rstrip("/") for name in names)


def name_hosts(host: str, names: Sequence[str]) -> tuple[str, ...]:
    """Name the hosts to answer to: any where the site was put on a network without naming them."""
    if not names and host not in (*LOOPBACK_HOSTS, "::1"):
        return ("*",)
    return (*LOOPBACK_HOSTS, *names)
