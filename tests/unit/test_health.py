"""How a process says that it lives and works."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from schemas.errors import LabError
from tests.servers import free_ports
from workers.health import READINESS, tell_health


async def asked(port: int, path: str) -> int:
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status


async def test_it_lives_at_once_and_works_when_it_works() -> None:
    [port] = free_ports(1)
    async with tell_health(f"127.0.0.1:{port}"):
        assert await asked(port, "/healthz") == 200
        assert await asked(port, "/readyz") == 503
        READINESS.working = True
        try:
            assert await asked(port, "/readyz") == 200
        finally:
            READINESS.working = False
        assert await asked(port, "/metrics") == 200
        assert await asked(port, "/nothing") == 404
    with pytest.raises(aiohttp.ClientConnectorError):
        await asked(port, "/healthz")


async def test_an_address_that_is_taken_is_named() -> None:
    [port] = free_ports(1)
    async with tell_health(f"127.0.0.1:{port}"):
        with pytest.raises(LabError, match=f"STUDIO_HEALTH: 127.0.0.1:{port} cannot be listened at"):
            async with tell_health(f"127.0.0.1:{port}"):
                pass


async def test_nobody_is_told_unless_it_is_said_where() -> None:
    async with tell_health(None):
        await asyncio.sleep(0)
