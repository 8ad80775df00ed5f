"""Credits over HTTP: what somebody has, and what things cost."""

from __future__ import annotations

import uuid

import pytest

from accounts import ledger
from schemas.enums import JobStatus
from schemas.events import EventKind
from tests.api.people import Studio, problem
from tests.api.test_jobs import order, record, scripted

pytestmark = pytest.mark.lab


async def test_a_new_user_begins_with_the_free_tiers_allowance(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    balance = (await anna.get("/credits")).json()
    assert (balance["credits"], balance["monthly"], balance["reserved"], balance["owed"]) == (3, 3, 0, 0)
    history = (await anna.get("/credits/history")).json()
    assert [(one["type"], one["amount"], one["balance_after"]) for one in history["items"]] == [("opening", 3, 3)]
    assert history["next"] is None
    problem(await studio.client().get("/credits"), 401)


async def test_history_comes_in_pages(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    user_id = uuid.UUID((await anna.get("/auth/me")).json()["user_id"])
    for number in range(6):
        async with studio.db.begin() as session:
            await ledger.grant(session, user_id=user_id, credits=1 + number, reason="A test", key=f"test-{number}")
    seen: list[int] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await anna.get("/credits/history", params={"limit": 3, **cursor})).json()
        seen += [one["seq"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    problem(await anna.get("/credits/history", params={"cursor": "x"}), 422)
    assert seen == [7, 6, 5, 4, 3, 2, 1]
    assert (await anna.get("/credits")).json()["credits"] == 3 + 21


async def test_prices_are_for_everybody(studio: Studio) -> None:
    told = (await studio.client().get("/credits/prices")).json()
    assert told["per_minute"]["storyboard"] == 0
    assert {one["tier"] for one in told["tiers"]} == {"free", "pro", "studio"}
    assert all(one["credits"] > 0 and one["price"] > 0 for one in told["packages"])


async def test_a_tier_makes_so_many_drafts_a_day(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    project_id = await scripted(anna)
    most = next(one for one in (await anna.get("/credits/prices")).json()["tiers"] if one["tier"] == "free")
    for number in range(most["drafts_a_day"]):
        ordered = await order(anna, project_id, seed=number)
        assert ordered.status_code == 202, ordered.text
        await record(studio, ordered.json()["job_id"], "end", EventKind.CANCELLED, status=JobStatus.CANCELLED)
    refused = await order(anna, project_id, seed=99)
    problem(refused, 429)
    assert refused.headers["retry-after"] == "3600"
