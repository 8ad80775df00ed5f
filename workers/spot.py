"""Notices that this machine will be taken away in two minutes: spot machines of EC2 hear so from their metadata.

A process that hears so drains as if it were told to stop, which it will be only when the machine goes. Off unless
`STUDIO_SPOT_METADATA` says where to ask: where Kubernetes' own handlers heed notices, they send SIGTERM.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import structlog

from infrastructure.settings import Settings

POLL_S = 5.0
"""How often is asked, as EC2's documentation advises."""
PATIENCE_S = 2.0
"""How long an answer may take."""
TOKEN_S = 21600
"""How long a token may be used: IMDSv2 answers nobody without one."""

log = structlog.get_logger(__name__)


@asynccontextmanager
async def heed_notices(settings: Settings, stop: asyncio.Event, poll_s: float = POLL_S) -> AsyncIterator[None]:
    """Ask for notices beside other work.

    Args:
        settings: Say where to ask; nobody is asked unless they do.
        stop: Set when a notice came.
        poll_s: How often is asked.
    """
    if settings.spot_metadata is None:
        yield
        return
    asking = asyncio.create_task(_ask(str(settings.spot_metadata).rstrip("/"), stop, poll_s))
    try:
        yield
    finally:
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)


async def _ask(address: str, stop: asyncio.Event, poll_s: float) -> None:
    token, away = "", False
    timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
    async with aiohttp.ClientSession(timeout=timeout, raise_for_status=False) as session:
        while True:
            try:
                token = token or await _token(session, address)
                status, said = await _notice(session, address, token)
            except (aiohttp.ClientError, TimeoutError) as error:
                if not away:
                    log.warning("metadata do not answer", address=address, reason=str(error) or type(error).__name__)
                away = True
            else:
                away = False
                if status == 200:
                    log.warning("this machine will be taken away: draining", notice=said)
                    stop.set()
                    return
                if status == 401:  # the token is too old
                    token = ""
            await asyncio.sleep(poll_s)


async def _token(session: aiohttp.ClientSession, address: str) -> str:
    headers = {"X-aws-ec2-metadata-token-ttl-seconds": str(TOKEN_S)}
    async with session.put(f"{address}/latest/api/token", headers=headers) as answer:
        answer.raise_for_status()
        return await answer.text()


async def _notice(session: aiohttp.ClientSession, address: str, token: str) -> tuple[int, str]:
    """Ask once; 404 says that there is no notice."""
    headers = {"X-aws-ec2-metadata-token": token}
    async with session.get(f"{address}/latest/meta-data/spot/instance-action", headers=headers) as answer:
        return answer.status, (await answer.text())[:200]
