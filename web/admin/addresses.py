"""Which addresses the site may go to when it fetches a page for its keeper.

Knows URLs, names and IP addresses. Knows nothing of HTTP. A server stands where its visitors don't:
an address that is private to its network must not become readable by way of a fetched page.
"""

import queue
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import quote, urlsplit

from web.admin.errors import FetchError

MAX_URL = 2000
_PORTS = {"http": 80, "https": 443}
_FIRST_FREE_PORT = 1024
"""Below it, 80 and 443 aside, are services that a well-meant page never stands behind."""
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
_COMPATIBLE = IPv6Network("::/96")  # RFC 4291, 2.5.5.1: obsolete, still routed by some
_SPECIAL = tuple(
    map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "3fff::/20", "5f00::/16"))
)
"""Of the IANA registries of special-purpose addresses, what some versions of Python leave out."""
_PATH = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Target:
    """A web address taken apart: `path` with its query, `host` without brackets."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The address put together again, without its fragment."""
        return f"{self.scheme}://{self.netloc}{self.path}"

    @property
    def netloc(self) -> str:
        """Host and port, as a Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def read_target(url: str) -> Target:
    """Take a web address apart; raises `FetchError` where it is none that may be fetched."""
    url = url.strip()
    if not url or len(url) > MAX_URL or any(c.isspace() or ord(c) < 32 for c in url):
        raise FetchError("this is not a web address")
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError:
        raise FetchError("this is not a web address") from None
    if scheme not in _PORTS:
        raise FetchError("only addresses that begin with http:// or https:// can be added")
    if parts.username is not None or parts.password is not None:
        raise FetchError("an address with a name or password in it can't be added")
    path = quote(parts.path or "/", safe=_PATH)
    query = "?" + quote(parts.query, safe=_PATH + "?") if parts.query else ""
    port = _PORTS[scheme] if port is None else port
    return Target(scheme, _to_ascii(host or ""), _check_port(port), path + query)


def _to_ascii(host: str) -> str:
    """Spell a host name as the network does (IDNA)."""
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        name = ""
    if not name or any(c in "%/\\?#@" or not 33 <= ord(c) < 127 for c in name):
        raise FetchError("this is not a web address")
    return name


def _check_port(port: int) -> int:
    if port not in _PORTS.values() and port < _FIRST_FREE_PORT:
        raise FetchError(f"port {port} is not one that pages are served from")
    return port


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet, and so is any inside it."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inner = _address_within(ip)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    if any(ip in network for network in _SPECIAL):
        return False
    return ip.is_global and not (
        ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback
    )


def _address_within(ip: IPv6Address) -> IPv4Address | None:
    """Find the IPv4 address that a gateway would take this one to."""
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip in _NAT64 or ip in _COMPATIBLE:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return None


def resolve(host: str, port: int, seconds: float) -> Sequence[str]:
    """Look a host's addresses up, for so long at most; raises `FetchError`."""
    found: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.put(list(dict.fromkeys(str(answer[4][0]) for answer in answers)))
        except (OSError, UnicodeError) as error:
            found.put(OSError(str(error)))

    # The system's resolver knows no limit of time; one that is stuck is left to itself.
    threading.Thread(target=look_up, name="resolve", daemon=True).start()
    try:
        addresses = found.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        raise FetchError("its name could not be looked up in time") from None
    if isinstance(addresses, OSError) or not addresses:
        raise FetchError("there is no site of this name")
    return addresses
