"""Fetches one page from the web for the keeper, and from nowhere else.

Knows HTTP over a socket of its own: the address that was looked up and checked is the one that is
connected to, at every redirect anew, so that a name can't mean one address when checked and another
when used. Knows nothing of what is done with the page.
"""

import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ingest.corpus import MAX_BYTES
from ingest.formats import SUFFIXES
from web.admin.addresses import Target, is_public, read_target, resolve
from web.admin.errors import FetchError

if TYPE_CHECKING:
    from http.client import HTTPResponse

_REDIRECTS = (301, 302, 303, 307, 308)
_SUFFIX_OF_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_HEADERS = {
    "User-Agent": "Footnote (adds this page for its keeper)",
    "Accept": ", ".join(_SUFFIX_OF_TYPE),
    "Accept-Encoding": "identity",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost: seconds in all, redirects, and bytes."""

    seconds: float = 20.0
    redirects: int = 5
    size: int = MAX_BYTES


@dataclass(frozen=True, slots=True)
class Network:
    """How a name becomes addresses, which may be gone to, and which certificates are trusted."""

    resolve: Callable[[str, int, float], Sequence[str]] = resolve
    allows: Callable[[str], bool] = is_public
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page as it came: where from at last, the ending that its type asks for, and its bytes."""

    url: str
    suffix: str
    data: bytes


def fetch_page(
    url: str, network: Network | None = None, limits: Limits | None = None
) -> FetchedPage:
    """Fetch the page at an http(s) address; raises `FetchError`."""
    network, limits = network or Network(), limits or Limits()
    deadline = time.monotonic() + limits.seconds
    target = read_target(url)
    for _ in range(limits.redirects + 1):
        with _requested(target, network, deadline) as reply:
            if reply.status not in _REDIRECTS:
                return _read(reply, target, limits, deadline)
            target = read_target(urljoin(target.url, reply.getheader("Location") or ""))
    raise FetchError(f"it redirects more than {limits.redirects} times")


@contextmanager
def _requested(target: Target, network: Network, deadline: float) -> "Iterator[HTTPResponse]":
    """Ask for a page; whatever breaks while its reply is read becomes a `FetchError`."""
    from http.client import HTTPConnection, HTTPException  # noqa: PLC0415  # used when asked alone

    try:
        with _connected(target, network, deadline) as link:
            connection = HTTPConnection(target.host, target.port)
            connection.auto_open = 0  # this socket or none
            connection.sock = link
            connection.request("GET", target.path, headers={"Host": target.netloc, **_HEADERS})
            with connection.getresponse() as reply:
                yield reply
    except ssl.SSLCertVerificationError:
        raise FetchError("its certificate is not valid for this address") from None
    except (OSError, HTTPException, ValueError) as error:
        if time.monotonic() >= deadline or isinstance(error, TimeoutError):
            raise FetchError("it took too long to answer") from None
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise FetchError(f"it could not be read: {reason}") from None


@contextmanager
def _connected(target: Target, network: Network, deadline: float) -> Iterator[socket.socket]:
    """Connect to an address of the target's that was checked; broken off at the deadline."""
    addresses = network.resolve(target.host, target.port, _left(deadline))
    if not addresses or not all(network.allows(address) for address in addresses):
        raise FetchError("its address is not on the public internet")
    with _connect(addresses, target.port, deadline) as plain:
        link = plain
        if target.scheme == "https":
            link = network.context.wrap_socket(
                plain, server_hostname=target.host, do_handshake_on_connect=False
            )
        # A timeout counts from byte to byte: a site that drips would hold us for ever.
        watchdog = threading.Timer(_left(deadline), _break_off, (link,))
        watchdog.daemon = True
        watchdog.start()
        try:
            if isinstance(link, ssl.SSLSocket):
                link.do_handshake()
            yield link
        finally:
            watchdog.cancel()
            link.close()


def _connect(addresses: Sequence[str], port: int, deadline: float) -> socket.socket:
    for others, address in zip(range(len(addresses) - 1, -1, -1), addresses, strict=True):
        try:
            # A numeric address: nothing is looked up again. One that is silent leaves time for others.
            link = socket.create_connection((address, port), timeout=_left(deadline) / (others + 1))
        except OSError:
            if not others:
                raise
        else:
            link.settimeout(_left(deadline))
            return link
    raise FetchError("there is no site of this name")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError("it took too long to answer")
    return left


def _break_off(link: socket.socket) -> None:
    with suppress(OSError):
        # Not SSLSocket's own, which would change the object under the thread that reads from it.
        socket.socket.shutdown(link, socket.SHUT_RDWR)


def _read(reply: "HTTPResponse", target: Target, limits: Limits, deadline: float) -> FetchedPage:
    _left(deadline)  # a head that was broken off reads like one that is whole
    if reply.status != HTTPStatus.OK:
        raise FetchError(f"the site answered with {_name_status(reply.status)}")
    kind = (reply.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    suffix = _SUFFIX_OF_TYPE.get(kind)
    if suffix is None:
        raise FetchError(f"it is not a page or an article but {_printable(kind) or 'of no type'}")
    if (reply.getheader("Content-Encoding") or "identity").lower() != "identity":
        raise FetchError("it comes compressed, though it was asked for plain")
    too_large = FetchError(f"it is larger than {limits.size >> 20} MB")
    length = reply.getheader("Content-Length") or "0"
    if length.isdigit() and int(length) > limits.size:
        raise too_large
    data = reply.read(limits.size + 1)
    _left(deadline)  # and so does a body of no stated length
    if len(data) > limits.size:
        raise too_large
    if not reply.isclosed() and reply.length:
        raise FetchError("it broke off in the middle")
    return FetchedPage(target.url, suffix, data)


def _name_status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _printable(kind: str) -> str:
    return "".join(c for c in kind[:80] if c.isascii() and c.isprintable())


# ---- how a page is kept


def name_page(page: FetchedPage) -> str:
    """Name a file after the page's address: site and path, with the ending of its type."""
    target = read_target(page.url)
    path = target.path.partition("?")[0].rstrip("/")
    stem, dot, ending = path.rpartition(".")
    if dot and "/" not in ending and f".{ending.lower()}" in SUFFIXES:
        same = SUFFIXES[f".{ending.lower()}"] == SUFFIXES[page.suffix]
        suffix = f".{ending.lower()}" if same or page.suffix == ".txt" else page.suffix
        path = stem
    else:
        suffix = page.suffix
    words = re.sub(r"[^A-Za-z0-9._]+", "-", target.host.removeprefix("www.") + path)
    return words.strip("-.")[:100].strip("-.") + suffix
