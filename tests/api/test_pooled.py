"""An API whose requests go by way of a real PgBouncer in transaction mode, while it listens at the database itself."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from tests import servers
from tests.api.conftest import serving

pytestmark = [pytest.mark.lab, servers.needs_pgbouncer]


async def test_many_requests_share_few_connections(whole: dict[str, str], tmp_path: Path) -> None:
    with servers.pgbouncer(whole["STUDIO_DATABASE_URL"], pool_size=2) as through:
        pooled = whole | {"STUDIO_DATABASE_POOLER_URL": through}
        with serving(pooled, tmp_path / "api.log") as url:
            async with httpx.AsyncClient(base_url=url, timeout=120) as client:
                # Each part has two seconds to answer: on a busy machine one may be late.
                while (await client.get("/readyz")).json() != {"ready": True, "database": True, "store": True}:
                    await asyncio.sleep(0.1)
                wrong = {"email": "nobody@example.org", "password": "a guess that is wrong"}
                headers = {"origin": "http://studio.test"}
                logins = [client.post("/api/v1/auth/login", json=wrong, headers=headers) for _ in range(12)]
                answers = [answer.status_code for answer in await asyncio.gather(*logins)]
    assert answers == [401] * 12
    assert "nobody is told of events" not in (tmp_path / "api.log").read_text()


async def test_requests_go_by_it_and_by_nothing_else(whole: dict[str, str], tmp_path: Path) -> None:
    nobody = whole | {"STUDIO_DATABASE_POOLER_URL": "postgresql://studio@127.0.0.1:1/api"}
    with serving(nobody, tmp_path / "api.log") as url:
        async with httpx.AsyncClient(base_url=url, timeout=120) as client:
            ready = await client.get("/readyz")
    assert ready.status_code == 503
    assert ready.json()["database"] is False
