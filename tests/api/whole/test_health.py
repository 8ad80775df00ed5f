"""How an installation says how it is doing."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from infrastructure.db.repositories.mails import Mails
from infrastructure.db.tables import REVISION
from schemas.stages import Queue
from tests.api.governing import administrator, arrive
from tests.api.people import Studio
from tests.api.test_jobs import order, scripted
from tests.studio import Studio as Works

pytestmark = pytest.mark.lab


async def health(root: httpx.AsyncClient) -> dict[str, Any]:
    """What an installation says; again where its database was late, as on a busy machine: no part has long."""
    while True:
        told: dict[str, Any] = (await root.get("/admin/health")).json()
        if not any("did not answer within" in told[part]["said"] for part in ("database", "outbox", "films")):
            return told


async def test_an_installation_at_work_is_healthy(studio: Studio, works: Works) -> None:
    root = await administrator(studio)
    async with works.working():
        told = await health(root)
        while not told["healthy"]:  # workers ask for the first time a moment after they were started
            told = await health(root)
    assert told["database"] == {"healthy": True, "said": "", "revision": REVISION}
    assert told["store"]["healthy"]
    depths = [(one["waiting"], one["in_hand"]) for one in told["queues"]["queues"]]
    assert depths == [(0, 0), (0, 0)]
    queues = {one["name"]: one for one in told["temporal"]["task_queues"]}
    assert set(queues) == set(Queue)
    assert queues["film-cpu"]["workflow_pollers"] >= 1
    assert queues["media-cpu"]["activity_pollers"] >= 1
    assert not queues["gpu-motion"]["needed"]


async def test_what_waits_is_counted(studio: Studio, works: Works) -> None:
    root, anna = await administrator(studio), await arrive(studio, "anna@example.org")
    await order(anna, await scripted(anna))
    async with studio.db.begin() as session:
        await Mails(session).add("anna@example.org", "Hello", "there")
    told = await health(root)
    outbox = told["outbox"]
    assert (outbox["commands"], outbox["letters"], outbox["letters_given_up"]) == (1, 1, 0)
    assert 0 <= outbox["oldest_command_s"] < 60
    assert told["films"]["by_status"] == {"queued": 1}


async def test_what_is_away_says_so_and_the_answer_is_there(studio: Studio, cut_off: str) -> None:
    root = await administrator(studio)
    root.base_url = httpx.URL(f"{cut_off}/api/v1")
    answer = await root.get("/admin/health")
    assert answer.status_code == 200
    told = await health(root)
    assert not told["healthy"]
    assert {part for part in told if part != "healthy" and not told[part]["healthy"]} == {"store", "queues", "temporal"}
    assert all(told[part]["said"] for part in ("store", "queues", "temporal"))
    assert told["database"]["revision"] == REVISION
