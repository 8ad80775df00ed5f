"""Names requests, tells of them in the log, and answers where nobody else did."""

from __future__ import annotations

import re
import time
from math import ceil

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from accounts.quota import Standing
from api import measure, problems
from infrastructure.ids import new_id

HEADER = "x-request-id"
_GIVEN = re.compile(rb"[A-Za-z0-9_-]{8,64}")

SECURITY = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
}
"""Headers of every answer: what the API says is data, and nothing in it is to be run, framed or guessed at."""

log = structlog.get_logger(__name__)


class Requests:
    """The outermost layer: an id for each request, one line of log, and a problem document for what nobody caught."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request_id)
        began, status = time.perf_counter(), 0
        measure.BUSY.inc()

        async def headed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers[HEADER] = request_id
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
                _tell_standing(headers, scope["state"].get("standing"))
            await send(message)

        try:
            await self._app(scope, receive, headed)
        except Exception:
            log.exception("a request failed")
            if status:
                raise  # the answer has begun: all that is left is to break it off
            await problems.unexpected(request_id)(scope, receive, headed)
        finally:
            seconds = time.perf_counter() - began
            measure.BUSY.dec()
            measure.answered(scope["method"], getattr(scope.get("route"), "path", None), status, seconds)
            log.info("request", method=scope["method"], path=scope["path"], status=status, ms=round(1000 * seconds, 1))


def _tell_standing(headers: MutableHeaders, standing: Standing | None) -> None:
    """Tell how many requests are left, as draft-ietf-httpapi-ratelimit-headers writes it."""
    if standing is None:
        return
    name, stretch = standing.limit.name, round(standing.limit.stretch.total_seconds())
    headers["ratelimit-policy"] = f'"{name}";q={standing.most};w={stretch}'
    headers["ratelimit"] = f'"{name}";r={standing.left};t={ceil(standing.seconds)}'


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == HEADER.encode() and _GIVEN.fullmatch(value):
            return str(value.decode())
    return new_id().hex
