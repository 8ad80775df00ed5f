"""What routes ask for: the services, and who makes the request.

All of them are coroutines, though few wait for anything: FastAPI hands whatever else to a thread, which takes longer
than all they do.
"""

from __future__ import annotations

import ipaddress
from typing import Annotated

from fastapi import Depends, Header, Request, Security
from fastapi.security import APIKeyCookie, HTTPBearer

from accounts import quota
from accounts.limits import Limit
from accounts.tokens import KEY_PREFIX
from api import cookies
from api.services import Services
from schemas.errors import NotAllowed, NotSignedIn, TooManyRequests
from schemas.people import Principal, Role, Scope

_BEARER = HTTPBearer(auto_error=False, description="An access token, or an API key (`afs_…`).")
_COOKIE = APIKeyCookie(name=cookies.ACCESS, auto_error=False, description="Set by signing in with a browser.")


async def _services(request: Request) -> Services:
    found: Services = request.app.state.services
    return found


Uses = Annotated[Services, Depends(_services)]
"""The services."""


async def _principal(
    request: Request,
    uses: Uses,
    _bearer: Annotated[object, Security(_BEARER)],
    _cookie: Annotated[object, Security(_COOKIE)],
) -> Principal:
    header = request.headers.get("authorization")
    if header is None:
        token = cookies.access_of(request)
        if token is None:
            raise NotSignedIn("Sign in first.")
        return await _counted(request, uses, await uses.people.of_access(token))
    kind, _, token = header.partition(" ")
    if kind.lower() != "bearer" or not token:
        raise NotSignedIn("Send “Authorization: Bearer …” with an access token or an API key.")
    of = uses.people.of_key if token.startswith(KEY_PREFIX) else uses.people.of_access
    return await _counted(request, uses, await of(token))


async def _counted(request: Request, uses: Services, principal: Principal) -> Principal:
    """Count a request as one of somebody's."""
    await _take(request, uses, quota.OF_USER, str(principal.user_id))
    return principal


async def _take(request: Request, uses: Services, limit: Limit, who: str) -> None:
    """Count a request; how many are left is told with its answer, whatever that is."""
    try:
        request.state.standing = await uses.quota.take(limit, who)
    except TooManyRequests as error:
        request.state.standing = quota.Standing(limit, error.limit, 0, error.retry_after_s or 0.0)
        raise


Anyone = Annotated[Principal, Depends(_principal)]
"""Whoever is signed in, or a program with any key."""


async def _reader(principal: Anyone) -> Principal:
    return _scoped(principal, Scope.READ)


async def _writer(principal: Anyone) -> Principal:
    return _scoped(principal, Scope.WRITE)


def _scoped(principal: Principal, scope: Scope) -> Principal:
    if not principal.may(scope):
        raise NotAllowed(f"This key may not do that: it lacks the scope “{scope}”.")
    return principal


async def _person(principal: Anyone) -> Principal:
    if principal.session_id is None:
        raise NotAllowed("A key may not do that: sign in.")
    return principal


async def _moderator(principal: Annotated[Principal, Depends(_person)]) -> Principal:
    if principal.role not in {Role.MODERATOR, Role.ADMIN}:
        raise NotAllowed("Only moderators and administrators may do that.")
    return principal


async def _admin(principal: Annotated[Principal, Depends(_person)]) -> Principal:
    if principal.role is not Role.ADMIN:
        raise NotAllowed("Only administrators may do that.")
    return principal


Reader = Annotated[Principal, Depends(_reader)]
"""Whoever may see what is theirs."""
Writer = Annotated[Principal, Depends(_writer)]
"""Whoever may change what is theirs, and spend credits."""
Person = Annotated[Principal, Depends(_person)]
"""Whoever is signed in themselves: no program with a key."""
Moderator = Annotated[Principal, Depends(_moderator)]
"""A moderator or an administrator."""
Admin = Annotated[Principal, Depends(_admin)]
"""An administrator."""


async def _place(request: Request, uses: Uses) -> str:
    """Say where a request comes from, as far as limits care: an address of IPv4, or the network of one of IPv6."""
    host = request.client.host if request.client else ""
    proxies = uses.settings.proxies
    if proxies:
        told = [one.strip() for one in ",".join(request.headers.getlist("x-forwarded-for")).split(",") if one.strip()]
        host = told[-proxies] if len(told) >= proxies else host
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


From = Annotated[str, Depends(_place)]
"""Where a request comes from."""


async def count_place(request: Request, uses: Uses, place: From) -> None:
    """Count a request as one from its address, whoever makes it.

    Raises:
        TooManyRequests: It is one too many.
    """
    await _take(request, uses, quota.OF_PLACE, place)


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
