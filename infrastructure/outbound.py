"""Sending something to an address that a stranger has named: to the public internet alone, and within bounds.

A name is resolved once, every address that it has is checked, and the connection is made to one of those: whoever
answers otherwise when asked again gains nothing. Redirects are not followed, proxies of the environment not asked.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
import ssl
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import httpcore2
import httpx2

from schemas.errors import DependencyDown, InvalidRequest

TIMEOUT_S = 10.0
"""How long everything may take: resolving, connecting, sending, and the beginning of an answer."""
EXAMINE_S = 2.0
"""How long a name may take to be resolved when an address is only looked at."""
CONNECT_S = 4.0
"""How long one of several addresses may take to be reached."""
DRAIN_S = 1.0
LARGEST = 16 * 1024
"""Of an answer, so many seconds and bytes are read after its head, so that its sender can end it."""
LONGEST = 2000
"""Letters of the longest address."""

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
"""Finds the addresses of a host, blocking. Raises `OSError` or `UnicodeError` where it finds none."""

_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carriers' own; also where some clouds keep what only their machines may ask
        "127.0.0.0/8",
        "168.63.129.16/32",  # a public address by which a cloud's machines speak with the cloud
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",  # Teredo and the like: they hold an address of IPv4
        "2001:db8::/32",
        "2002::/16",  # 6to4: so does this
        "3fff::/20",
    )
)
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*|[0-9a-f:.]*:[0-9a-f:.]*")
_USER = re.compile(r"//[^/?#]*@")
_UNICAST = ipaddress.ip_network("2000::/3")
"""All of IPv6 that is public lies here; addresses of IPv4 in other clothes, mapped or by NAT64, do not."""


class Target(NamedTuple):
    """An address that something may be sent to, in parts."""

    scheme: str
    host: str
    """A name in ASCII, or an IP address without brackets."""
    port: int
    path: str
    """With the query."""


def target_of(url: str, *, loopback: bool = False) -> Target:
    """Take an address apart, and see that nothing about its form is wrong.

    Args:
        url: The address.
        loopback: Whether it may be http, which is then for this machine alone.

    Raises:
        InvalidRequest: Something about it is; the sentence says what.
    """
    if len(url) > LONGEST or not url.isprintable() or any(letter in " \\" for letter in url):
        raise InvalidRequest(f"url: an address has at most {LONGEST} letters, and no spaces or backslashes.")
    try:
        parts = httpx2.URL(url)
        host = parts.raw_host.decode("ascii").rstrip(".")
        port = parts.port
    except (httpx2.InvalidURL, ValueError) as error:
        raise InvalidRequest("url: this is no address.") from error
    if parts.scheme != "https" and not (loopback and parts.scheme == "http"):
        raise InvalidRequest("url: the address must begin with https://.")
    if not _HOST.fullmatch(host):
        raise InvalidRequest("url: the address names no host, or none that there can be.")
    if _USER.search(url):
        raise InvalidRequest("url: the address may hold no user and no password.")
    if "#" in url:
        raise InvalidRequest("url: leave out what follows the #, which is never sent.")
    port = port or (443 if parts.scheme == "https" else 80)
    if not (port == 443 or 1024 <= port <= 65535 or (parts.scheme == "http" and port == 80)):
        raise InvalidRequest("url: the port must be 443, or 1024 and above.")
    return Target(parts.scheme, host, port, parts.raw_path.decode("ascii"))


def check(address: str, target: Target, *, loopback: bool = False) -> str:
    """See that an IP address is one of the public internet.

    Args:
        address: As a resolver writes it.
        target: What it was found for.
        loopback: Whether this machine itself will do.

    Returns:
        The address.

    Raises:
        InvalidRequest: It is not.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError as error:
        raise _refused(target) from error
    here = loopback and ip.is_loopback
    if not here and (target.scheme != "https" or not is_public(ip)):
        raise _refused(target)
    return str(ip)


def is_public(ip: IPAddress) -> bool:
    """Whether an address belongs to one machine of the public internet."""
    if ip.version == 6 and ip not in _UNICAST:
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _NOT_PUBLIC)


def _refused(target: Target) -> InvalidRequest:
    return InvalidRequest(f"url: {target.host} does not lie on the public internet, and nothing is sent to it.")


def system_resolver(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a host, in the order in which to try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Outbound:
    """Sends things to addresses of strangers."""

    def __init__(
        self,
        *,
        loopback: bool = False,
        at_once: int = 4,
        resolve: Resolve = system_resolver,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Prepare to send.

        Args:
            loopback: Whether this machine itself may be sent things, too.
            at_once: How many names are resolved at once, each in a thread: resolvers can be slow.
            resolve: How.
            tls: Whose certificates are believed; by default those of the system's authorities.
        """
        self._loopback = loopback
        self._resolve = resolve
        self._tls = tls or httpx2.create_ssl_context()
        self._threads = ThreadPoolExecutor(at_once, "resolver")

    def close(self) -> None:
        """Let the resolvers go, without waiting for those that are asked."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def examine(self, url: str) -> None:
        """See whether something may be sent to an address, as far as that can be said now.

        A name that cannot be resolved now may be later; what counts is what it means when something is sent.

        Raises:
            InvalidRequest: It may not.
        """
        target = target_of(url, loopback=self._loopback)
        try:
            async with asyncio.timeout(EXAMINE_S):
                await self._addresses(target)
        except (DependencyDown, TimeoutError):
            return

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """Send something.

        Args:
            url: Where.
            headers: With which.
            body: What.

        Returns:
            HTTP's status of the answer.

        Raises:
            InvalidRequest: Nothing may be sent there.
            DependencyDown: There was no answer, in a clause that says why.
        """
        status: int | None = None
        try:
            async with asyncio.timeout(TIMEOUT_S):
                target = target_of(url, loopback=self._loopback)
                addresses = await self._addresses(target)
                async with self._connection(target, addresses) as connection:
                    sent = {"Host": _authority(target), **headers}
                    async with connection.stream("POST", _parts(target), headers=_raw(sent), content=body) as answer:
                        status = answer.status
                        await _drain(answer)
        except (TimeoutError, httpcore2.TimeoutException) as error:
            if status is None:
                raise DependencyDown(f"no answer within {TIMEOUT_S:.0f} seconds") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError, ssl.SSLError, OSError) as error:
            if status is None:
                raise DependencyDown(f"no answer: {str(error)[:200] or type(error).__name__}") from error
        assert status is not None
        return status

    def _connection(self, target: Target, addresses: Sequence[str]) -> httpcore2.AsyncHTTPConnection:
        return httpcore2.AsyncHTTPConnection(
            httpcore2.Origin(target.scheme.encode(), target.host.encode(), target.port),
            ssl_context=self._tls,
            network_backend=_Pinned(addresses),
        )

    async def _addresses(self, target: Target) -> list[str]:
        """Find where a target lies, and see that it may be spoken with at each of its addresses.

        Raises:
            InvalidRequest: It may not.
            DependencyDown: Its name cannot be resolved.
        """
        try:
            found: Sequence[str] = [str(ipaddress.ip_address(target.host))]
        except ValueError:
            loop = asyncio.get_running_loop()
            try:
                found = await loop.run_in_executor(self._threads, self._resolve, target.host, target.port)
            except (OSError, UnicodeError) as error:
                raise DependencyDown(f"{target.host} has no address") from error
        if not found:
            raise DependencyDown(f"{target.host} has no address")
        return [check(address, target, loopback=self._loopback) for address in found]


class _Pinned(httpcore2.AsyncNetworkBackend):
    """Connects to addresses that were checked, whatever name it is asked for."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self._addresses = addresses
        self._inner = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,  # noqa: ARG002
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        *others, last = self._addresses
        for address in others:
            try:
                return await self._inner.connect_tcp(address, port, CONNECT_S, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return await self._inner.connect_tcp(last, port, timeout, local_address, socket_options)


async def _drain(answer: httpcore2.Response) -> None:
    """Read a little of an answer, so that its sender can end it; what it says is nobody's concern."""
    read = 0
    try:
        async with asyncio.timeout(DRAIN_S):
            async for part in answer.aiter_stream():
                read += len(part)
                if read > LARGEST:
                    return
    except TimeoutError:
        return


def _parts(target: Target) -> httpcore2.URL:
    host, path = target.host.encode(), target.path.encode()
    return httpcore2.URL(scheme=target.scheme.encode(), host=host, port=target.port, target=path)


def _authority(target: Target) -> str:
    """What the header Host says: the name that somebody has given, wherever the connection leads."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    usual = {"https": 443, "http": 80}[target.scheme]
    return host if target.port == usual else f"{host}:{target.port}"


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]
