"""Keeps other sites from doing something in the name of whoever is signed in here."""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import AnyHttpUrl
from starlette.types import ASGIApp, Receive, Scope, Send

from api import problems
from api.cookies import NAMES
from schemas.errors import NotAllowed

_SAFE = {"GET", "HEAD", "OPTIONS"}
_OWN = {b"same-origin", b"none"}
_SIGNED = {"/api/v1/stripe/webhook"}
"""Addresses at which a signature says who sends something: whoever is signed in there does nothing by it."""


class OwnOrigin:
    """Refuses what changes something and comes from another site.

    Browsers say where a request comes from, in `Sec-Fetch-Site` or at least in `Origin`. A request with an
    `Authorization` header is nobody's but its program's: another site cannot add one.
    """

    def __init__(self, app: ASGIApp, site: AnyHttpUrl) -> None:
        self._app = app
        parts = urlsplit(str(site))
        self._origin = f"{parts.scheme}://{parts.netloc}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, if it is from here."""
        changes = scope["type"] == "http" and scope["method"] not in _SAFE and scope["path"] not in _SIGNED
        if changes and not self._is_own(dict(scope["headers"])):
            error = NotAllowed("This request comes from another site, and would change something here.")
            await problems.of_error(scope["state"]["request_id"], error)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_own(self, headers: dict[bytes, bytes]) -> bool:
        if b"authorization" in headers:
            return True
        if b"sec-fetch-site" in headers:
            return headers[b"sec-fetch-site"] in _OWN
        if b"origin" in headers:
            return headers[b"origin"] == self._origin
        cookies = headers.get(b"cookie", b"")
        return not any(name.encode() in cookies for name in NAMES)
