"""Names requests, tells of them in the log, and answers where nobody else did."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable
from math import ceil

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from accounts.quota import Standing
from api import measure, problems
from infrastructure.ids import new_id

HEADER = "x-request-id"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""
SLOW_S = 1.0
"""An answer that took longer is told of, whatever it was."""
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

_HEADER = HEADER.encode()
Header = tuple[bytes, bytes]
_ALWAYS: tuple[Header, ...] = tuple(
    (name.encode(), value.encode()) for name, value in {**SECURITY, "cache-control": "no-store"}.items()
)
_NAMES = frozenset(name for name, _ in _ALWAYS)

log = structlog.get_logger(__name__)
_PLAIN = logging.getLogger(__name__)
"""Says what is told at all; `log` finds that out anew for every line, at the cost of one."""


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
                message["headers"] = _headed(message["headers"], request_id, scope["state"].get("standing"))
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
            # What only looks, and finds, is counted and not told of: a line costs more than many an answer.
            quiet = scope["method"] in SAFE and 200 <= status < 400 and seconds < SLOW_S
            if not quiet or _PLAIN.isEnabledFor(logging.DEBUG):
                tell = log.debug if quiet else log.info
                tell("request", method=scope["method"], path=scope["path"], status=status, ms=round(1000 * seconds, 1))


def _headed(given: Iterable[Header], request_id: str, standing: Standing | None) -> list[Header]:
    """Add what every answer carries, where the answer does not say otherwise itself."""
    headers = list(given)
    names = {name for name, _ in headers}
    headers += _ALWAYS if _NAMES.isdisjoint(names) else [header for header in _ALWAYS if header[0] not in names]
    headers.append((_HEADER, request_id.encode()))
    if standing is not None:
        # As draft-ietf-httpapi-ratelimit-headers writes it.
        name, stretch = standing.limit.name, round(standing.limit.stretch.total_seconds())
        headers.append((b"ratelimit-policy", f'"{name}";q={standing.most};w={stretch}'.encode()))
        headers.append((b"ratelimit", f'"{name}";r={standing.left};t={ceil(standing.seconds)}'.encode()))
    return headers


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == _HEADER and _GIVEN.fullmatch(value):
            return str(value.decode())
    return new_id().hex
