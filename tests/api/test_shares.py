"""Links by which films are watched without an account, over HTTP."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import httpx
import pytest
from sqlalchemy import text

from api.usecases.share_film import MOST
from schemas.artifact import version_key
from tests.api.gate import PREFIX, Gate
from tests.api.people import Studio, problem
from tests.api.things import Somebody, somebody

pytestmark = pytest.mark.lab
GUEST = {"X-Forwarded-For": "10.9.9.9"}


async def _asks(gate: Gate, who: Somebody, method: str, path: str, **more: object) -> httpx.Response:
    headers = {"Authorization": f"Bearer {await who.token()}"}
    return await gate.client.request(method, f"{PREFIX}{path}", headers=headers, json=more or None)


async def _opened(gate: Gate, url: str) -> httpx.Response:
    """Open a link as somebody without an account."""
    token = url.partition("#")[2]
    return await gate.client.post(f"{PREFIX}/shared", json={"token": token}, headers=GUEST)


async def _shared(gate: Gate, hours: int = 24) -> tuple[Somebody, str, dict[str, str]]:
    who = await somebody(gate.stage)
    job = await who.thing("finished_job")
    made = await _asks(gate, who, "POST", f"/jobs/{job}/shares", hours=hours)
    assert made.status_code == 201, made.text
    told: dict[str, str] = made.json()
    return who, job, told


async def test_whoever_has_the_link_watches_the_film_without_an_account(gate: Gate) -> None:
    _, job, share = await _shared(gate)
    assert share["url"].startswith("http://studio.test/watch#")
    for name, data in (("subtitles.vtt", b"WEBVTT\n"), ("poster.jpg", b"a poster")):
        await gate.stage.store.put_bytes(version_key(uuid.UUID(job), "output", 0, name), data, "text/plain")
    answer = await _opened(gate, share["url"])
    assert answer.status_code == 200, answer.text
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert answer.headers["cache-control"] == "no-store"
    film = answer.json()
    assert film["title"].startswith("Secret of ")
    assert (film["media_type"], film["expires_at"]) == ("video/mp4", share["expires_at"])
    named = {"title", "expires_at", "media_type", "url", "subtitles", "poster", "expires_in"}
    assert set(film) == named  # nothing of who made it, and of what
    async with httpx.AsyncClient() as store:
        for name, data in (("url", b"a film"), ("subtitles", b"WEBVTT\n"), ("poster", b"a poster")):
            fetched = await store.get(film[name])
            assert (fetched.status_code, fetched.content) == (200, data)


async def test_it_lasts_as_long_as_was_said_and_no_address_outlives_it(gate: Gate) -> None:
    who, job, share = await _shared(gate, hours=1)
    lasts = datetime.fromisoformat(share["expires_at"]) - datetime.fromisoformat(share["created_at"])
    assert abs(lasts - timedelta(hours=1)) < timedelta(seconds=1)
    for seconds, good in ((60, True), (-1, False)):
        async with gate.stage.db.begin() as session:
            await session.execute(
                text(
                    "UPDATE shares SET created_at = now() - interval '1 hour', "
                    "expires_at = now() + CAST(:s AS float) * interval '1 second' WHERE share_id = :id"
                ),
                {"s": seconds, "id": share["share_id"]},
            )
        answer = await _opened(gate, share["url"])
        if good:
            assert 0 < answer.json()["expires_in"] <= 60
        else:
            assert "has expired" in problem(answer, 404)["detail"]
    assert (await _asks(gate, who, "GET", f"/jobs/{job}/shares")).json() == []


@pytest.mark.parametrize("hours", [0, 721, -1, 1.5, "24", True, None])
async def test_from_an_hour_to_thirty_days_and_nothing_else(gate: Gate, hours: object) -> None:
    who = await somebody(gate.stage)
    job = await who.thing("finished_job")
    problem(await _asks(gate, who, "POST", f"/jobs/{job}/shares", hours=hours), 422)
    assert (await _asks(gate, who, "GET", f"/jobs/{job}/shares")).json() == []


async def test_its_user_sees_it_and_takes_it_back(gate: Gate) -> None:
    who, job, first = await _shared(gate)
    second = (await _asks(gate, who, "POST", f"/jobs/{job}/shares", hours=720)).json()
    assert (await _asks(gate, who, "GET", f"/jobs/{job}/shares")).json() == [second, first]
    taken = f"/jobs/{job}/shares/{first['share_id']}"
    assert (await _asks(gate, who, "DELETE", taken)).status_code == 204
    problem(await _asks(gate, who, "DELETE", taken), 404)
    assert (await _asks(gate, who, "GET", f"/jobs/{job}/shares")).json() == [second]
    problem(await _opened(gate, first["url"]), 404)
    assert (await _opened(gate, second["url"])).status_code == 200
    # Of another film of the same user, a link is not taken back by naming this one.
    other = await _asks(gate, who, "DELETE", f"/jobs/{await who.thing('job_id')}/shares/{second['share_id']}")
    problem(other, 404)


async def test_a_film_that_is_not_finished_is_not_shared_and_no_film_has_too_many_links(gate: Gate) -> None:
    who, job, _ = await _shared(gate)
    refused = await _asks(gate, who, "POST", f"/jobs/{await who.thing('job_id')}/shares", hours=1)
    assert "not finished" in problem(refused, 409)["detail"]
    for _ in range(MOST - 1):
        assert (await _asks(gate, who, "POST", f"/jobs/{job}/shares", hours=1)).status_code == 201
    assert "take one back" in problem(await _asks(gate, who, "POST", f"/jobs/{job}/shares", hours=1), 409)["detail"]


async def test_a_link_is_nothing_but_itself(gate: Gate) -> None:
    _, _, share = await _shared(gate)
    secret = share["url"].partition("#")[2]
    turned = secret[:-1] + ("A" if secret[-1] != "A" else "B")
    forged = ("x", secret[:-1], secret + "A", secret + "=", f" {secret}", turned, secret.swapcase(), "ä" * 43, "A" * 43)
    told = {problem(await _opened(gate, f"#{one}"), 404)["detail"] for one in forged}
    assert len(told) == 1
    problem(await gate.client.post(f"{PREFIX}/shared", json={"token": ""}, headers=GUEST), 422)


async def test_links_end_with_the_film_and_with_their_user(gate: Gate) -> None:
    who, job, share = await _shared(gate)
    async with gate.stage.db.begin() as session:
        shut = "UPDATE users SET disabled_at = clock_timestamp() WHERE user_id = :user"
        await session.execute(text(shut), {"user": who.user_id})
    problem(await _opened(gate, share["url"]), 404)
    other, job, share = await _shared(gate)
    await gate.stage.store.delete(version_key(uuid.UUID(job), "output", 0, "final.mp4"))
    problem(await _opened(gate, share["url"]), 404)
    async with gate.stage.db.begin() as session:
        await session.execute(text("DELETE FROM jobs WHERE job_id = :job"), {"job": job})
    problem(await _opened(gate, share["url"]), 404)


async def test_whoever_tries_many_is_told_to_wait(studio: Studio) -> None:
    guest = studio.client()
    for _ in range(120):
        problem(await guest.post("/shared", json={"token": "x"}), 404)
    refused = await guest.post("/shared", json={"token": "x"})
    problem(refused, 429)
    assert int(refused.headers["retry-after"]) >= 1
    assert '"links";q=120' in refused.headers["ratelimit-policy"]
    problem(await studio.client().post("/shared", json={"token": "x"}), 404)  # others go on
