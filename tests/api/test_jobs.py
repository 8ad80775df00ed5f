"""Films over HTTP: ordered, listed, watched and called off. Temporal is away: nobody waits for it."""

from __future__ import annotations

import asyncio
import json
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest

from infrastructure.db.repositories.events import Events
from infrastructure.db.repositories.jobs import Jobs
from schemas.enums import JobStatus, SubtitleMode
from schemas.events import EventKind, NewEvent
from schemas.graphics import TitleCard
from tests.api.people import Studio, insist, problem
from tests.api.test_projects import SCRIPT, project

pytestmark = pytest.mark.lab


async def scripted(person: httpx.AsyncClient) -> str:
    """Make a project with a script; return its id."""
    path = await project(person)
    assert (await person.put(f"{path}/script", content=SCRIPT)).status_code == 201
    return path.rpartition("/")[2]


async def order(person: httpx.AsyncClient, project_id: str, key: str | None = None, **options: Any) -> httpx.Response:
    """Order a film."""
    headers = {"Idempotency-Key": key or uuid.uuid4().hex}
    return await insist(lambda: person.post("/jobs", json={"project_id": project_id, **options}, headers=headers))


async def record(studio: Studio, job_id: str, key: str, kind: EventKind, **more: object) -> None:
    """Let something happen to a film, as the workflow would."""
    event = NewEvent.model_validate({"job_id": job_id, "key": key, "kind": kind, **more})
    async with studio.db.begin() as session:
        await Events(session).record(event)


async def test_a_film_is_ordered_and_waits_for_temporal(studio: Studio, log: Path) -> None:
    anna = await studio.person("anna@example.org")
    project_id = await scripted(anna)
    ordered = await order(anna, project_id, style="noir", width=640, height=360, fps="23.976")
    assert ordered.status_code == 202, ordered.text
    job = ordered.json()
    assert ordered.headers["location"] == f"/api/v1/jobs/{job['job_id']}"
    assert (job["status"], job["progress"], job["title"]) == ("queued", 0, "Rain")
    assert (await anna.get(f"/jobs/{job['job_id']}")).json() == job
    assert [one["job_id"] for one in (await anna.get("/jobs")).json()["items"]] == [job["job_id"]]
    assert (await anna.get("/jobs", params={"project_id": str(uuid.uuid4())})).json()["items"] == []
    problem(await anna.delete(f"/projects/{project_id}"), 409)
    problem(await anna.get(f"/jobs/{job['job_id']}/downloads"), 409)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    [line] = [one for one in lines if one.get("request") == ordered.headers["x-request-id"]]
    assert (line["event"], line["path"], line["job"]) == ("request", "/api/v1/jobs", job["job_id"])


async def test_a_film_is_ordered_with_words_on_cards(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    project_id = await scripted(anna)
    lettering = {"title": "Rain", "subtitle": "Tangier, 1942", "credits": "Written by: Anna\n", "subtitles": "burnt"}
    job = (await order(anna, project_id, lettering=lettering)).json()
    async with studio.db.begin() as session:
        row = await Jobs(session).get(uuid.UUID(job["job_id"]))
    assert row is not None
    graphics = row.film_input.options.graphics
    assert graphics.card == TitleCard(title="Rain", subtitle="Tangier, 1942")
    assert (graphics.credits and graphics.credits.lines, graphics.subtitles) == (1, SubtitleMode.BURNT)


async def test_fifty_clicks_with_one_key_make_one_film(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    project_id = await scripted(anna)
    answers = await asyncio.gather(*(order(anna, project_id, "the-same-click") for _ in range(50)))
    assert {one.status_code for one in answers} == {202}
    assert len({one.json()["job_id"] for one in answers}) == 1
    assert [one.headers["idempotent-replayed"] for one in answers].count("false") == 1
    problem(await order(anna, project_id, "the-same-click", style="noir"), 422)
    bert = await studio.person("bert@example.org")
    theirs = await order(bert, await scripted(bert), "the-same-click")
    assert theirs.json()["job_id"] != answers[0].json()["job_id"]


async def test_a_free_user_has_one_film_in_work_however_fast_they_click(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    project_id = await scripted(anna)
    answers = await asyncio.gather(*(order(anna, project_id, seed=number) for number in range(8)))
    assert sorted(one.status_code for one in answers) == [202] + [409] * 7
    (job,) = (await anna.get("/jobs")).json()["items"]
    await record(studio, job["job_id"], "end", EventKind.CANCELLED, status=JobStatus.CANCELLED)
    assert (await order(anna, project_id)).status_code == 202


@pytest.mark.parametrize(
    "options",
    [
        {"style": "no such style"},
        {"width": 641},
        {"fps": 0},
        {"renderer": "sdxl"},
        {"tier": "studio"},
        {"runtime_s": -1},
        {"seed": 2**62},
        {"profile": "mpeg2"},
        {"lettering": {"subtitle": "of nothing"}},
        {"lettering": {"title": "x" * 301}},
        {"lettering": {"credits": " \n \n"}},
        {"lettering": {"captions": "yes"}},
        {"lettering": {"logo": "logo.png"}},
    ],
)
async def test_an_order_that_cannot_be_is_refused_and_leaves_nothing(studio: Studio, options: dict[str, Any]) -> None:
    anna = await studio.person("anna@example.org")
    project_id = await scripted(anna)
    problem(await order(anna, project_id, **options), 422)
    assert (await anna.get("/jobs")).json()["items"] == []


async def test_an_order_needs_a_project_a_script_and_a_key(studio: Studio) -> None:
    anna, bert = await studio.person("anna@example.org"), await studio.person("bert@example.org")
    empty = (await project(anna)).rpartition("/")[2]
    problem(await order(anna, empty), 404)
    hers = await scripted(anna)
    details = [problem(await order(bert, one), 404)["detail"] for one in (hers, str(uuid.uuid4()))]
    assert len(set(details)) == 1
    problem(await anna.post("/jobs", json={"project_id": hers}), 422)
    problem(await order(anna, hers, "short"), 422)


async def test_what_is_anothers_answers_as_what_is_not(studio: Studio) -> None:
    anna, bert = await studio.person("anna@example.org"), await studio.person("bert@example.org")
    hers = f"/jobs/{(await order(anna, await scripted(anna))).json()['job_id']}"
    missing, key = f"/jobs/{uuid.uuid4()}", {"Idempotency-Key": "12345678"}
    for method, suffix, more in (
        ("GET", "", {}),
        ("GET", "/events", {}),
        ("GET", "/downloads", {}),
        ("POST", "/cancel", {}),
        ("POST", "/approve", {"headers": key}),
        ("POST", "/revisions", {"headers": key, "json": {"removed": ["s001-001"]}}),
        ("GET", "/versions", {}),
        ("POST", "/versions/0/restore", {}),
        ("POST", "/shots/s001-001/retry", {"headers": key, "json": {}}),
        ("POST", "/shots/s001-001/skip", {"headers": key}),
    ):
        answers = [problem(await bert.request(method, path + suffix, **more), 404) for path in (hers, missing)]
        assert answers[0]["detail"] == answers[1]["detail"]
    assert (await anna.get(hers)).json()["status"] == "queued"


async def test_what_is_polled_says_when_nothing_has_happened(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    job_id = (await order(anna, await scripted(anna))).json()["job_id"]
    first = await anna.get(f"/jobs/{job_id}")
    etag = {"If-None-Match": first.headers["etag"]}
    again = await anna.get(f"/jobs/{job_id}", headers=etag)
    assert (again.status_code, again.content) == (304, b"")
    await record(studio, job_id, "go", EventKind.STARTED, status=JobStatus.RUNNING, progress=3)
    changed = await anna.get(f"/jobs/{job_id}", headers=etag)
    assert (changed.status_code, changed.json()["progress"]) == (200, 3)


async def test_cancelling_never_waits_for_temporal(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    job_id = (await order(anna, await scripted(anna))).json()["job_id"]
    assert (await anna.post(f"/jobs/{job_id}/cancel")).json() == {"cancelling": True}
    await record(studio, job_id, "end", EventKind.CANCELLED, status=JobStatus.CANCELLED)
    assert (await anna.post(f"/jobs/{job_id}/cancel")).json() == {"cancelling": False}


async def test_what_needs_temporal_says_when_it_is_away(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    job_id = (await order(anna, await scripted(anna))).json()["job_id"]
    answer = await anna.post(f"/jobs/{job_id}/approve", headers={"Idempotency-Key": "12345678"})
    problem(answer, 503)
    assert int(answer.headers["retry-after"]) > 0
    assert "127.0.0.1" not in answer.text


async def _told(person: httpx.AsyncClient, path: str, headers: dict[str, str], most: int) -> list[dict[str, object]]:
    """Read a stream of events until it ends, or until there are so many."""
    found = []
    async with person.stream("GET", path, headers=headers) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        async for line in stream.aiter_lines():
            if line.startswith("data: "):
                found.append(json.loads(line.removeprefix("data: ")))
                if len(found) == most:
                    break
    return found


async def test_events_are_streamed_as_they_happen_and_resumed_where_they_ended(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    job_id = (await order(anna, await scripted(anna))).json()["job_id"]
    path = f"/jobs/{job_id}/events"
    first = await _told(anna, path, {}, most=1)
    assert [(one["seq"], one["kind"]) for one in first] == [(1, "queued")]
    watching = asyncio.create_task(_told(anna, path, {"Last-Event-ID": "1"}, most=99))
    for number in range(3):
        await record(studio, job_id, f"step {number}", EventKind.SHOTS_MADE, status=JobStatus.RUNNING, progress=number)
    await record(studio, job_id, "end", EventKind.CANCELLED, status=JobStatus.CANCELLED)
    told = await asyncio.wait_for(watching, 120)
    assert [one["seq"] for one in told] == [2, 3, 4, 5]
    assert told[-1]["kind"] == "cancelled"
    assert (await anna.get(path, headers={"Last-Event-ID": "5"})).status_code == 204
    assert [one["seq"] for one in await _told(anna, f"{path}?after=3", {}, most=99)] == [4, 5]
    problem(await anna.get(path, headers={"Last-Event-ID": "x"}), 422)


async def test_a_quote_says_what_a_film_would_be_and_orders_nothing(studio: Studio) -> None:
    anna, bert = await studio.person("anna@example.org"), await studio.person("bert@example.org")
    project_id = await scripted(anna)
    body = {"project_id": project_id, "width": 320, "height": 180, "fps": 12}
    quote = (await anna.post("/quotes", json=body)).json()
    assert (quote["scenes"], quote["characters"], quote["credits"], quote["balance"]) == (1, 1, 0, 3)
    assert quote["shots"] >= 2
    assert quote["duration_s"] > 2
    assert quote["expected_s"] is None
    assert (await anna.post("/quotes", json={**body, "runtime_s": 30})).json()["duration_s"] == 30
    problem(await anna.post("/quotes", json={**body, "runtime_s": 0.1}), 422)
    problem(await anna.post("/quotes", json={**body, "style": "none such"}), 422)
    problem(await bert.post("/quotes", json=body), 404)
    assert (await anna.get("/jobs")).json()["items"] == []
