"""Films before they are whole, over HTTP: what of one can be watched, and how long it will take."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from infrastructure.db.repositories.artifacts import Artifacts
from infrastructure.db.repositories.events import Events
from infrastructure.db.repositories.jobs import Jobs
from schemas.artifact import version_key
from schemas.composition import plan_key, segment_key, segment_spec
from schemas.enums import JobStatus, ProfileName
from schemas.events import EventKind, NewEvent
from schemas.jobs import FilmInput
from schemas.profiles import PROFILES
from schemas.stages import Stage
from schemas.timeline import Segment, SegmentPlan
from tests.api.gate import PREFIX, Gate
from tests.api.people import problem
from tests.api.things import Somebody, somebody
from tests.unit.edit.films import item

pytestmark = pytest.mark.lab

FRAMES = (240, 300, 264)


async def _asks(gate: Gate, who: Somebody, path: str, **query: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {await who.token()}"}
    return await gate.client.get(f"{PREFIX}{path}", params=query, headers=headers)


async def _film(gate: Gate, who: Somebody) -> FilmInput:
    async with gate.stage.db.begin() as session:
        job = await Jobs(session).get(uuid.UUID(await who.thing("job_id")))
    assert job is not None
    return job.film_input


async def _tell(gate: Gate, film: FilmInput, key: str, kind: EventKind, **more: Any) -> None:
    async with gate.stage.db.begin() as session:
        await Events(session).record(NewEvent(job_id=film.job_id, key=key, kind=kind, **more))


async def _cut(gate: Gate, film: FilmInput) -> tuple[Segment, ...]:
    """Divide a film among encoders, as the cutting room does."""
    encoder = PROFILES[ProfileName.H264].encoder
    segments = tuple(
        Segment(width=320, height=180, fps=24, items=(item(name, frames),), encoder=encoder)
        for name, frames in zip("abc", FRAMES, strict=True)
    )
    put, job = gate.stage.store.put_bytes, film.job_id
    timeline = await put(version_key(job, "intermediate", 0, "timeline.json"), b"{}", "application/json")
    plan = SegmentPlan(segments=segments).model_dump_json().encode()
    await put(plan_key(film, timeline.sha256, encoder), plan, "application/json")
    return segments


async def _encode(gate: Gate, film: FilmInput, segment: Segment) -> None:
    name = segment.items[0].name.encode()
    ref = await gate.stage.store.put_bytes(segment_key(film, segment), name, "video/mp4")
    async with gate.stage.db.begin() as session:
        spec = segment_spec(film, segment)
        await Artifacts(session).keep(film.project_id, Stage.COMPOSITION.value, spec, ref)


async def test_the_film_so_far_grows_from_its_first_frame_on(gate: Gate) -> None:
    who = await somebody(gate.stage)
    film = await _film(gate, who)
    path = f"/jobs/{film.job_id}/preview"
    nothing = (await _asks(gate, who, path)).json()
    assert (nothing["pieces"], nothing["seconds"], nothing["film_seconds"], nothing["items"]) == (0, 0.0, None, [])
    assert nothing["growing"] is True
    first, second, third = await _cut(gate, film)
    assert (await _asks(gate, who, path)).json()["film_seconds"] == sum(FRAMES) / 24
    await _encode(gate, film, third)  # behind a gap: it is not the film so far
    assert (await _asks(gate, who, path)).json()["pieces"] == 0
    await _encode(gate, film, first)
    one = (await _asks(gate, who, path)).json()
    assert (one["pieces"], one["seconds"], one["growing"], one["media_type"]) == (1, 10.0, True, "video/mp4")
    await _encode(gate, film, second)
    every = (await _asks(gate, who, path)).json()
    assert (every["pieces"], every["seconds"], every["growing"]) == (3, sum(FRAMES) / 24, False)
    assert [(one["number"], one["starts_s"], one["seconds"]) for one in every["items"]] == [
        (1, 0.0, 10.0),
        (2, 10.0, 12.5),
        (3, 22.5, 11.0),
    ]
    async with httpx.AsyncClient() as store:
        for piece, name in zip(every["items"], (b"shot a", b"shot b", b"shot c"), strict=True):
            fetched = await store.get(piece["url"])
            assert (fetched.status_code, fetched.content) == (200, name)


async def test_pieces_are_asked_for_by_how_many_are_known(gate: Gate) -> None:
    who = await somebody(gate.stage)
    film = await _film(gate, who)
    for segment in await _cut(gate, film):
        await _encode(gate, film, segment)
    path = f"/jobs/{film.job_id}/preview"
    for after, limit, numbers in ((0, 2, [1, 2]), (2, 25, [3]), (3, 25, []), (99_999, 1, [])):
        found = (await _asks(gate, who, path, after=after, limit=limit)).json()
        assert [one["number"] for one in found["items"]] == numbers
        assert found["pieces"] == 3
    for query in ({"after": -1}, {"after": 100_001}, {"after": "x"}, {"limit": 0}, {"limit": 101}):
        problem(await _asks(gate, who, path, **query), 422)


async def test_of_a_film_that_came_to_nothing_nothing_is_watched(gate: Gate) -> None:
    who = await somebody(gate.stage)
    film = await _film(gate, who)
    for segment in await _cut(gate, film):
        await _encode(gate, film, segment)
    await _tell(gate, film, "cancelled", EventKind.CANCELLED, status=JobStatus.CANCELLED)
    problem(await _asks(gate, who, f"/jobs/{film.job_id}/preview"), 409)
    assert (await _asks(gate, who, f"/jobs/{film.job_id}/time-left")).json() == {"seconds": None}


async def _age(gate: Gate, film: FilmInput, by: timedelta) -> None:
    """Let everything that happened to a film have happened earlier."""
    async with gate.stage.db.begin() as session:
        await session.execute(text("SET LOCAL session_replication_role = replica"))  # what was told stays as it is
        await session.execute(
            text("UPDATE job_events SET at = at - CAST(:by AS interval) WHERE job_id = :job"),
            {"by": by, "job": film.job_id},
        )


async def _left(gate: Gate, who: Somebody, film: FilmInput) -> dict[str, float] | None:
    found: dict[str, float] | None = (await _asks(gate, who, f"/jobs/{film.job_id}/time-left")).json()["seconds"]
    return found


async def test_how_long_it_takes_follows_from_what_was_done_and_waiting_does_not_count(gate: Gate) -> None:
    who = await somebody(gate.stage)
    film = await _film(gate, who)
    assert await _left(gate, who, film) is None  # queued
    await _tell(gate, film, "started", EventKind.STARTED, status=JobStatus.RUNNING, progress=1)
    await _tell(gate, film, "reading", EventKind.STAGE_STARTED, stage="script")
    assert await _left(gate, who, film) is None  # nothing is drawn
    # A day in which it waited for a review, which is nobody's work.
    await _tell(gate, film, "review", EventKind.AWAITING_REVIEW, status=JobStatus.AWAITING_REVIEW)
    assert await _left(gate, who, film) is None
    await _age(gate, film, timedelta(days=1))
    await _tell(gate, film, "approved", EventKind.APPROVED, status=JobStatus.RUNNING)
    await _tell(gate, film, "drawing", EventKind.STAGE_STARTED, stage="keyframes", progress=8)
    assert await _left(gate, who, film) is None
    await _age(gate, film, timedelta(seconds=48))
    await _tell(gate, film, "cutting", EventKind.STAGE_STARTED, stage="composition", progress=48)
    left = await _left(gate, who, film)
    assert left is not None
    # 48 of 99 percent took 48 s, and no film of its kind was made here: 51 s, or half of that, or twice.
    assert left["least"] == pytest.approx(25.5, rel=0.2)
    assert left["most"] == pytest.approx(102, rel=0.2)


async def test_films_of_its_kind_say_how_it_goes_on(gate: Gate) -> None:
    who = await somebody(gate.stage)
    film = await _film(gate, who)
    # A kind of its own, which no other test makes.
    kind = {"renderer": "sdxl", "motion": "flow"}
    stages = {"script": 4.0, "prompts": 4.0, "keyframes": 30.0, "motion": 2.0, "composition": 80.0, "post": 4.0}
    async with gate.stage.db.begin() as session:
        await session.execute(
            text(
                "UPDATE jobs SET options = options || CAST(:kind AS jsonb), "
                "input = jsonb_set(input, '{options}', (input->'options') || CAST(:kind AS jsonb)) WHERE job_id = :job"
            ),
            {"kind": json.dumps(kind), "job": film.job_id},
        )
    for number in range(5):
        done = Somebody(gate.stage, who.user_id, who.email)
        job = await done.thing("finished_job")
        async with gate.stage.db.begin() as session:
            await session.execute(
                text(
                    "UPDATE jobs SET options = options || CAST(:kind AS jsonb), "
                    "summary = jsonb_build_object('stages', CAST(:stages AS jsonb)) WHERE job_id = :job"
                ),
                {
                    "kind": json.dumps(kind),
                    "stages": json.dumps(stages | {"post": 4.0 + number}),
                    "job": uuid.UUID(job),
                },
            )
    await _tell(gate, film, "started", EventKind.STARTED, status=JobStatus.RUNNING, progress=1)
    await _age(gate, film, timedelta(seconds=80))
    await _tell(gate, film, "cutting", EventKind.STAGE_STARTED, stage="composition", progress=48)
    left = await _left(gate, who, film)
    assert left is not None
    # Those took 40 s to here and 84 to 88 s from here on; this one takes twice as long.
    assert left["least"] == pytest.approx(168, rel=0.1)
    assert left["most"] == pytest.approx(176, rel=0.1)
    assert left["least"] < left["most"]
