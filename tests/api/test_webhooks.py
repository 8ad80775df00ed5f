"""Webhooks over HTTP: named, listed, switched, and what they were told."""

from __future__ import annotations

import uuid

import httpx
import pytest
from sqlalchemy import text

from infrastructure.db.hooks import DeliveryRow
from tests.api.people import Studio, problem

pytestmark = pytest.mark.lab
URL = "https://8.8.8.8/films"


async def named(anna: httpx.AsyncClient) -> dict[str, str]:
    made = await anna.post("/webhooks", json={"url": URL})
    assert made.status_code == 201, made.text
    told: dict[str, str] = made.json()
    return told


async def test_the_secret_is_shown_once_and_kept_sealed(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    made = await named(anna)
    assert made["secret"].startswith("whsec_")
    hook = f"/webhooks/{made['webhook_id']}"
    other = (await anna.post(f"{hook}/rotate")).json()
    assert other["secret"] != made["secret"]
    assert other["secret_before_until"] is not None
    for path in (hook, "/webhooks", f"{hook}/deliveries"):
        assert "whsec_" not in (await anna.get(path)).text
    async with studio.db.begin() as session:
        rows = (await session.execute(text("SELECT * FROM webhooks"))).all()
    assert all(one["secret"].removeprefix("whsec_") not in str(rows) for one in (made, other))


async def test_it_is_switched_and_deleted(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    hook = f"/webhooks/{(await named(anna))['webhook_id']}"
    off = (await anna.post(f"{hook}/disable")).json()
    assert off["disabled_why"] == "owner"
    assert (await anna.post(f"{hook}/disable")).json() == off
    assert (await anna.post(f"{hook}/enable")).json()["disabled_at"] is None
    assert (await anna.delete(hook)).status_code == 204
    problem(await anna.get(hook), 404)
    assert (await anna.get("/webhooks")).json() == []


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://example.org/", "https://"),
        ("https://127.0.0.1/", "public internet"),
        ("https://localhost/", "public internet"),
        ("https://0x7f.1/", "public internet"),
        ("https://169.254.169.254/latest/meta-data", "public internet"),
        ("https://[::ffff:10.0.0.1]/", "public internet"),
        ("https://[64:ff9b::7f00:1]/", "public internet"),
        ("https://user:password@example.org/", "no user"),
        ("https://example.org:25/", "port"),
        ("nonsense", "https://"),
    ],
)
async def test_what_leads_inside_is_refused_in_words(studio: Studio, url: str, words: str) -> None:
    anna = await studio.person("anna@example.org")
    refused = problem(await anna.post("/webhooks", json={"url": url}), 422)
    assert words in refused["detail"]


async def test_events_are_chosen_and_nothing_else_is(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    made = await anna.post("/webhooks", json={"url": URL, "events": ["film.failed", "film.completed", "film.failed"]})
    assert made.json()["events"] == ["film.completed", "film.failed"]
    problem(await anna.post("/webhooks", json={"url": URL, "events": ["film.filmed"]}), 422)
    problem(await anna.post("/webhooks", json={"url": URL, "events": []}), 422)


async def test_deliveries_come_in_pages_and_are_sent_again(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    made = await named(anna)
    hook = f"/webhooks/{made['webhook_id']}"
    async with studio.db.begin() as session:
        for number in range(5):
            session.add(
                DeliveryRow(
                    webhook_id=uuid.UUID(made["webhook_id"]),
                    event_id=f"evt_{number}",
                    event="film.failed",
                    job_id=uuid.uuid4(),
                    body="{}",
                )
            )
            await session.flush()
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await anna.get(f"{hook}/deliveries", params={"limit": 2, **cursor})).json()
        seen += [one["event_id"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert seen == [f"evt_{number}" for number in (4, 3, 2, 1, 0)]
    async with studio.db.begin() as session:
        await session.execute(
            text("UPDATE webhook_deliveries SET attempts = 3, next_try_at = NULL, delivered_at = clock_timestamp()")
        )
    delivery = page["items"][0]["delivery_id"]
    again = await anna.post(f"{hook}/deliveries/{delivery}/redeliver")
    assert again.status_code == 202
    assert (again.json()["attempts"], again.json()["event_id"], again.json()["delivered_at"]) == (0, "evt_0", None)
    assert again.json()["next_try_at"] is not None
    await anna.post(f"{hook}/disable")
    problem(await anna.post(f"{hook}/deliveries/{delivery}/redeliver"), 409)
    problem(await anna.post(f"{hook}/deliveries/{made['webhook_id']}/redeliver"), 409)
    await anna.post(f"{hook}/enable")
    problem(await anna.post(f"{hook}/deliveries/{made['webhook_id']}/redeliver"), 404)
