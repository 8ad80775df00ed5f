"""The metadata of an EC2 machine, as far as they tell that it will be taken away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

PATH = "/latest/meta-data/spot/instance-action"


@dataclass
class Metadata:
    """The metadata of a machine, IMDSv2: who has no token that it knows is refused."""

    notice: bool = False
    token: str = "one"
    asked: list[int] = field(default_factory=list)
    address: str = ""

    async def give_token(self, request: web.Request) -> web.Response:
        assert int(request.headers["X-aws-ec2-metadata-token-ttl-seconds"]) <= 21600
        return web.Response(text=self.token)

    async def tell(self, request: web.Request) -> web.Response:
        known = request.headers.get("X-aws-ec2-metadata-token") == self.token
        status = 401 if not known else 200 if self.notice else 404
        self.asked.append(status)
        return web.json_response({"action": "terminate", "time": "2026-11-30T08:22:00Z"}, status=status)


@asynccontextmanager
async def machine() -> AsyncIterator[Metadata]:
    """Serve a machine's metadata."""
    metadata, app = Metadata(), web.Application()
    app.router.add_put("/latest/api/token", metadata.give_token)
    app.router.add_get(PATH, metadata.tell)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    metadata.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield metadata
    finally:
        await runner.cleanup()
