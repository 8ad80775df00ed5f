"""Shots of films, and the pictures that stand for projects, over HTTP."""

from __future__ import annotations

import uuid
from typing import Any

import httpx
import pytest

from infrastructure.db.repositories.events import Events
from schemas.artifact import version_key
from schemas.enums import JobStatus
from schemas.events import EventKind, NewEvent
from tests.api.gate import PREFIX, Gate
from tests.api.people import problem
from tests.api.things import Somebody, somebody

pytestmark = pytest.mark.lab


async def _asks(gate: Gate, who: Somebody, path: str, **query: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {await who.token()}"}
    return await gate.client.get(f"{PREFIX}{path}", params=query, headers=headers)


async def test_shots_are_listed_with_what_they_are(gate: Gate) -> None:
    who = await somebody(gate.stage)
    job = uuid.UUID(await who.thing("directed_job"))
    answer = await _asks(gate, who, f"/jobs/{job}/shots")
    assert answer.status_code == 200, answer.text
    items = answer.json()["items"]
    assert len(items) >= 1
    first = items[0]
    assert (first["number"], first["scene"], first["slugline"]) == ("s001-001", 1, "INT. KITCHEN - DAY")
    assert "Anna opens the window." in " ".join(one["words"] for one in items)
    assert first["seconds"] > 0
    assert {(one["state"], one["thumbnail"]) for one in items} == {("missing", None)}
    parked = NewEvent(
        job_id=job,
        key="parked",
        kind=EventKind.SHOT_PARKED,
        status=JobStatus.NEEDS_ATTENTION,
        data={"shot": "s001-001", "error_type": "ShotFailed", "message": "the pencil broke"},
    )
    async with gate.stage.db.begin() as session:
        await Events(session).record(parked)
    waits = (await _asks(gate, who, f"/jobs/{job}/shots")).json()["items"][0]
    assert (waits["state"], waits["code"], waits["message"]) == ("parked", "ShotFailed", "the pencil broke")


async def test_pages_of_shots_go_on_behind_a_number(gate: Gate) -> None:
    who = await somebody(gate.stage)
    job = await who.thing("directed_job")
    every = [one["number"] for one in (await _asks(gate, who, f"/jobs/{job}/shots")).json()["items"]]
    page = await _asks(gate, who, f"/jobs/{job}/shots", limit=1)
    assert [one["number"] for one in page.json()["items"]] == every[:1]
    following = page.json()["next"]
    assert following == (every[0] if len(every) > 1 else None)
    rest = await _asks(gate, who, f"/jobs/{job}/shots", cursor=every[0])
    assert [one["number"] for one in rest.json()["items"]] == every[1:]
    for cursor in ("s999-999", "AAYn0b3mqkABk5o", "s1-1", "s001-001'--", ""):
        problem(await _asks(gate, who, f"/jobs/{job}/shots", cursor=cursor), 422)
    for limit in ("0", "101", "x"):
        problem(await _asks(gate, who, f"/jobs/{job}/shots", limit=limit), 422)


async def test_a_film_whose_script_has_expired_says_so(gate: Gate) -> None:
    who = await somebody(gate.stage)
    job = await who.thing("directed_job")
    await gate.stage.store.delete(f"projects/{await who.thing('project_id')}/script.txt")
    assert "has expired" in problem(await _asks(gate, who, f"/jobs/{job}/shots"), 409)["detail"]


async def test_a_project_shows_the_poster_of_its_newest_film(gate: Gate) -> None:
    who = await somebody(gate.stage)
    project = await who.thing("project_id")
    assert (await _asks(gate, who, f"/projects/{project}")).json()["poster"] is None
    job = await who.thing("finished_job")
    await gate.stage.store.put_bytes(version_key(uuid.UUID(job), "output", 0, "poster.jpg"), b"a poster", "image/jpeg")
    shown = (await _asks(gate, who, f"/projects/{project}")).json()["poster"]
    (listed,) = (await _asks(gate, who, "/projects")).json()["items"]
    async with httpx.AsyncClient() as store:
        for url in (shown, listed["poster"]):
            fetched = await store.get(url)
            assert (fetched.status_code, fetched.content) == (200, b"a poster")
            assert (await store.get(url.replace("poster.jpg", "final.mp4"))).status_code == 403
    stranger = await somebody(gate.stage)
    problem(await _asks(gate, stranger, f"/projects/{project}"), 404)
