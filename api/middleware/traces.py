"""Makes a span of each request, with which the trace of whatever it starts begins.

What is polled is answered before this is reached (`app.POLLED`): there is much of it, and it starts nothing. A trace
that a request says it belongs to is not believed: strangers would choose what is recorded, and how much.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from infrastructure.tracing import span

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Others are whatever a stranger wrote."""


class Traces:
    """The layer beneath the one that names requests."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        method = scope["method"] if scope["method"] in _METHODS else "_OTHER"
        facts = {"http.request.method": method, "studio.request": scope.get("state", {}).get("request_id", "")}
        with span(method, facts, kind="server") as begun:

            async def seen(message: Message) -> None:
                if begun is not None and message["type"] == "http.response.start":
                    begun.set_attribute("http.response.status_code", message["status"])
                await send(message)

            try:
                await self._app(scope, receive, seen)
            finally:
                route = getattr(scope.get("route"), "path", None)
                if begun is not None and route is not None:
                    begun.update_name(f"{method} {route}")
                    begun.set_attribute("http.route", route)
