"""Bounds what a request may bring."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from infrastructure.payments import LARGEST_EVENT
from schemas.errors import TooLarge

LARGEST = 64 * 1024
"""Bytes of a body, but for scripts."""
LARGEST_SCRIPT = 64 * 1024 * 1024
"""Bytes of a script's file: a Word document may hold pictures. What its text may be is the importer's business."""

_LARGER = {"/script": LARGEST_SCRIPT, "/stripe/webhook": LARGEST_EVENT}


class Bodies:
    """Refuses bodies that are too long, by what they say of their length and by what comes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, as far as it is short enough."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        largest = next((most for end, most in _LARGER.items() if scope["path"].endswith(end)), LARGEST)
        error = TooLarge(f"The body is longer than {largest:,} bytes; send less.")
        headers = dict(scope["headers"])
        length = headers.get(b"content-length", b"")
        too_long = length.isdigit() and int(length) > largest
        if too_long or headers.get(b"content-encoding", b"identity") != b"identity":
            refusal = error if too_long else TooLarge("The body is compressed; send it as it is.")
            await problems.of_error(scope["state"]["request_id"], refusal)(scope, receive, send)
            return
        received, answered = 0, False

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > largest:
                raise error
            return message

        async def told(message: Message) -> None:
            # Whoever reads the body takes any error for a body that is no JSON: the answer is given here instead.
            nonlocal answered
            if received <= largest:
                await send(message)
            elif not answered:
                answered = True
                await problems.of_error(scope["state"]["request_id"], error)(scope, receive, send)

        await self._app(scope, counted, told)
