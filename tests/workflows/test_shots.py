"""What the API tells of a film's shots, while it is made and afterwards."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path

import httpx
import pytest
from PIL import Image
from sqlalchemy import text
from temporalio.client import WorkflowFailureError

from accounts.identity import local_user
from api.usecases.decide import retry_shot, skip_shot
from api.usecases.shot_readings import ShotReadings
from api.usecases.shots import ListShots, ShotsAsked, ShotSeen, ShotStatus, shots_of
from api.usecases.submit_film import Submitted
from cli.shots import list_shots
from infrastructure.db.repositories.posters import Posters
from infrastructure.ids import new_id
from infrastructure.settings import Settings
from schemas.errors import Conflict, InvalidRequest, NotFound
from schemas.events import EventKind
from schemas.jobs import ShotCommand
from schemas.versions import ShotReport
from tests.studio import SCRIPT, Studio, refusing_one_shot

pytestmark = pytest.mark.lab


async def seen(
    studio: Studio,
    film: Submitted,
    after: str | None = None,
    limit: int = 100,
    *,
    listing: ListShots = list_shots,
    readings: ShotReadings | None = None,
) -> list[ShotSeen]:
    user = await local_user(studio.deps.db)
    found = await shots_of(
        user.user_id,
        film.film.job_id,
        after,
        limit,
        db=studio.deps.db,
        settings=studio.settings,
        listing=listing,
        readings=readings or ShotReadings(),
    )
    return list(found)


def counting(tally: Path, settings: Settings, asked: ShotsAsked) -> list[ShotReport]:
    """List shots, and write down that it was done: it is done in another process."""
    with tally.open("a", encoding="utf-8") as file:
        file.write("read\n")
    return list_shots(settings, asked)


async def test_a_films_shots_have_words_lengths_and_pictures(studio: Studio) -> None:
    async with studio.working():
        submitted = await studio.submit()
        planned = await seen(studio, submitted)
        assert {one.status for one in planned} == {ShotStatus.MISSING}
        await studio.relay()
        result = await studio.workflow(submitted).result()
    shots = await seen(studio, submitted)
    assert [one.report.id for one in shots] == [one.report.id for one in planned]
    assert len(shots) == result.shots
    assert {one.status for one in shots} == {ShotStatus.MADE}
    assert sum(one.report.frames for one in shots) == result.frames
    assert {one.report.slugline for one in shots} == {"EXT. HARBOUR - DUSK", "INT. KITCHEN - NIGHT"}
    words = " ".join(one.report.words for one in shots)
    assert all(said in words for said in ("He said he would be here.", "I never left.", "walks along the pier"))
    for one in shots:
        for key, kind in ((one.report.picture, "image/png"), (one.report.thumbnail, "image/jpeg")):
            assert key is not None
            async with httpx.AsyncClient() as client:
                fetched = await client.get(await studio.deps.store.presign_get(key))
            assert (fetched.status_code, fetched.headers["content-type"]) == (200, kind)
            assert Image.open(io.BytesIO(fetched.content)).size == (320, 180)
    async with studio.deps.db.begin() as session:  # as a film is that was made before there were small pictures
        await session.execute(text("DELETE FROM artifacts WHERE key LIKE '%/keyframes/%.jpg'"))
    before = [one.report for one in await seen(studio, submitted)]
    assert before == [one.report.model_copy(update={"thumbnail": None}) for one in shots]
    async with studio.deps.db.begin() as session:
        posters = await Posters(session).of([submitted.film.project_id, new_id()])
    assert list(posters) == [submitted.film.project_id]
    assert (await studio.deps.store.get_bytes(posters[submitted.film.project_id])).startswith(b"\xff\xd8")


async def test_shots_come_in_pages(studio: Studio) -> None:
    async with studio.working():
        submitted, _ = await studio.make()
    every = [one.report.id for one in await seen(studio, submitted)]
    paged: list[str] = []
    while page := await seen(studio, submitted, paged[-1] if paged else None, 2):
        paged += [one.report.id for one in page]
    assert paged == every
    with pytest.raises(InvalidRequest, match="no shot s099-001"):
        await seen(studio, submitted, "s099-001")


async def test_all_pages_of_a_film_are_one_reading(studio: Studio, tmp_path: Path) -> None:
    submitted = await studio.submit()
    readings, tally = ShotReadings(), tmp_path / "tally"
    listing = partial(counting, tally)
    whole = await seen(studio, submitted, listing=listing, readings=readings)
    paged: list[ShotSeen] = []
    while page := await seen(
        studio, submitted, paged[-1].report.id if paged else None, 1, listing=listing, readings=readings
    ):
        paged += page
    assert paged == whole
    assert tally.read_text(encoding="utf-8").count("read") == 1
    async with studio.working():  # what happens to the film is another reading
        await studio.relay()
        await studio.until_sent(submitted)
        await studio.workflow(submitted).result()
    await seen(studio, submitted, listing=listing, readings=readings)
    assert tally.read_text(encoding="utf-8").count("read") == 2


async def test_a_shot_that_waits_says_why_and_what_was_decided(studio: Studio) -> None:
    async with studio.working(refusing_one_shot(studio)):
        submitted = await studio.submit()
        await studio.relay()
        shot = (await studio.until(submitted, EventKind.SHOT_PARKED)).data["shot"]
        (parked,) = [one for one in await seen(studio, submitted) if one.status is ShotStatus.PARKED]
        assert (parked.report.id, "the pencil broke" in parked.message, parked.report.picture) == (shot, True, None)
        assert parked.code == "ShotFailed"
        command = ShotCommand(shot=shot)
        await skip_shot(submitted.film.job_id, command, key=str(new_id()), db=studio.deps.db, client=studio.client)
        await studio.until(submitted, EventKind.SHOT_STAND_IN)
        decided = {one.report.id: one for one in await seen(studio, submitted)}
        assert (decided[shot].status, decided[shot].report.picture is not None) == (ShotStatus.STAND_IN, True)
        await studio.workflow(submitted).result()
    finished = {one.report.id: one for one in await seen(studio, submitted)}
    assert finished[shot].status is ShotStatus.STAND_IN
    assert {one.status for number, one in finished.items() if number != shot} == {ShotStatus.MADE}


async def test_a_shot_that_was_tried_with_another_seed_shows_that_picture(studio: Studio) -> None:
    broken = refusing_one_shot(studio)
    async with studio.working(broken):
        submitted = await studio.submit()
        await studio.relay()
        shot = (await studio.until(submitted, EventKind.SHOT_PARKED)).data["shot"]
        broken.times = 0
        command = ShotCommand(shot=shot, seed=7)
        await retry_shot(submitted.film.job_id, command, key=str(new_id()), db=studio.deps.db, client=studio.client)
        await studio.until(submitted, EventKind.SEGMENT_MADE)
        during = {one.report.id: one for one in await seen(studio, submitted)}
        await studio.workflow(submitted).result()
    assert {one.status for one in during.values()} == {ShotStatus.MADE}
    after = {one.report.id: one for one in await seen(studio, submitted)}
    assert after[shot].report.picture == during[shot].report.picture


async def test_films_without_shots_and_strangers_are_told(studio: Studio) -> None:
    submitted = await studio.submit("Title: Nothing\n\n[[ a note ]]\n")
    with pytest.raises(Conflict, match="This film has no shots"):
        await seen(studio, submitted)
    other = await studio.submit(SCRIPT)
    with pytest.raises(NotFound):
        await shots_of(
            new_id(),
            other.film.job_id,
            None,
            10,
            db=studio.deps.db,
            settings=studio.settings,
            listing=list_shots,
            readings=ShotReadings(),
        )
    async with studio.working():  # else they would wait in the outbox, where others look
        await studio.relay()
        await studio.until_sent(other)
        with pytest.raises(WorkflowFailureError):
            await studio.workflow(submitted).result()
        await studio.workflow(other).result()
