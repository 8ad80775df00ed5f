"""What routes ask for: the services, and who makes the request.

All of them are coroutines, though few wait for anything: FastAPI hands whatever else to a thread, which takes longer
than all they do.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.openapi.models import HTTPBearer
from fastapi.security.base import SecurityBase

from accounts import quota
from accounts.limits import Limit
from accounts.tokens import KEY_PREFIX
from api import cookies
from api.services import Services
from schemas.errors import NotAllowed, NotSignedIn, TooManyRequests
from schemas.people import Principal, Role, Scope


def services_of(request: Request) -> Services:
    """The services of the application that serves a request."""
    found: Services = request.app.state.services
    return found


async def _services(request: Request) -> Services:
    return services_of(request)


Uses = Annotated[Services, Depends(_services)]
"""The services."""


class SignedIn(SecurityBase):
    """A dependency: whoever makes a request, if they may do what it asks for.

    One object looks at all of it, header, cookie, session and right: each dependency that FastAPI resolves by itself
    costs about as much as all of that. `api.openapi` adds the cookie to the header that FastAPI tells of.
    """

    def __init__(self, check: Callable[[Principal], None] | None = None) -> None:
        """Know what is asked of them.

        Args:
            check: Raises NotAllowed for who may not; None lets all.
        """
        self.model = HTTPBearer(description="An access token, or an API key (`afs_…`).")
        self.scheme_name = "HTTPBearer"
        self._check = check

    async def __call__(self, request: Request) -> Principal:
        """Find out who it is.

        Raises:
            NotSignedIn: Nobody, or not any more.
            NotAllowed: Somebody who may not.
            TooManyRequests: Somebody who makes too many.
        """
        uses = services_of(request)
        principal = await _principal(request, uses)
        await _take(request, uses, quota.OF_USER, str(principal.user_id))
        if self._check is not None:
            self._check(principal)
        return principal


async def _principal(request: Request, uses: Services) -> Principal:
    header = request.headers.get("authorization")
    if header is None:
        token = cookies.access_of(request)
        if token is None:
            raise NotSignedIn("Sign in first.")
        return await uses.people.of_access(token)
    kind, _, token = header.partition(" ")
    if kind.lower() != "bearer" or not token:
        raise NotSignedIn("Send “Authorization: Bearer …” with an access token or an API key.")
    if token.startswith(KEY_PREFIX):
        return await uses.keys.owner(token)
    return await uses.people.of_access(token)


async def _take(request: Request, uses: Services, limit: Limit, who: str) -> None:
    """Count a request; how many are left is told with its answer, whatever that is."""
    try:
        request.state.standing = await uses.quota.take(limit, who)
    except TooManyRequests as error:
        request.state.standing = quota.Standing(limit, error.limit, 0, error.retry_after_s or 0.0)
        raise


def _reads(principal: Principal) -> None:
    _must_have(principal, Scope.READ)


def _writes(principal: Principal) -> None:
    _must_have(principal, Scope.WRITE)


def _must_have(principal: Principal, scope: Scope) -> None:
    if not principal.may(scope):
        raise NotAllowed(f"This key may not do that: it lacks the scope “{scope}”.")


def _themselves(principal: Principal) -> None:
    if principal.session_id is None:
        raise NotAllowed("A key may not do that: sign in.")


def _moderates(principal: Principal) -> None:
    _themselves(principal)
    if principal.role not in {Role.MODERATOR, Role.ADMIN}:
        raise NotAllowed("Only moderators and administrators may do that.")


def _administers(principal: Principal) -> None:
    _themselves(principal)
    if principal.role is not Role.ADMIN:
        raise NotAllowed("Only administrators may do that.")


Anyone = Annotated[Principal, Depends(SignedIn())]
"""Whoever is signed in, or a program with any key."""
Reader = Annotated[Principal, Depends(SignedIn(_reads))]
"""Whoever may see what is theirs."""
Writer = Annotated[Principal, Depends(SignedIn(_writes))]
"""Whoever may change what is theirs, and spend credits."""
Person = Annotated[Principal, Depends(SignedIn(_themselves))]
"""Whoever is signed in themselves: no program with a key."""
Moderator = Annotated[Principal, Depends(SignedIn(_moderates))]
"""A moderator or an administrator."""
Admin = Annotated[Principal, Depends(SignedIn(_administers))]
"""An administrator."""


def place_of(request: Request) -> str:
    """Say where a request comes from, as far as limits care: an address of IPv4, or the network of one of IPv6."""
    host = request.client.host if request.client else ""
    proxies = services_of(request).settings.proxies
    if proxies:
        told = [one.strip() for one in ",".join(request.headers.getlist("x-forwarded-for")).split(",") if one.strip()]
        host = told[-proxies] if len(told) >= proxies else host
    return _network(host)


@lru_cache(maxsize=10_000)
def _network(host: str) -> str:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


async def _place(request: Request) -> str:
    return place_of(request)


From = Annotated[str, Depends(_place)]
"""Where a request comes from."""


async def count_place(request: Request) -> None:
    """Count a request as one from its address, whoever makes it.

    Raises:
        TooManyRequests: It is one too many.
    """
    await _take(request, services_of(request), quota.OF_PLACE, place_of(request))


async def count_guest(request: Request) -> None:
    """Count a link to a film that is opened from an address.

    Raises:
        TooManyRequests: It is one too many.
    """
    await _take(request, services_of(request), quota.OF_GUEST, place_of(request))


async def _device(request: Request) -> str:
    said = request.headers.get("user-agent", "")
    return "".join(letter for letter in said if letter.isprintable())[:200]


Device = Annotated[str, Depends(_device)]
"""What the browser calls itself."""


async def _request_id(request: Request) -> str:
    return str(request.scope.get("state", {}).get("request_id", ""))


RequestId = Annotated[str, Depends(_request_id)]
"""What names this request in logs, and in the audit log."""

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="Chosen by whoever asks: asking twice with one key has the effect of asking once.",
    ),
]
"""What makes asking twice have the effect of asking once."""
