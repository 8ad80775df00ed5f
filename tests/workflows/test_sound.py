"""Films with sound, in other profiles, and films that are watched before they are finished, on real servers."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import av
import pytest

from activities.craft_pool import CraftPool
from api.usecases.preview_film import FilmSoFar, film_so_far
from api.usecases.verify_installation import verify_installation
from cli.preview import write_file
from film.direction import direct
from film.edit.checked import render_checked_segment
from film.edit.encoders import choose
from film.edit.preview import PreviewWriter
from film.edit.verify import check_film
from film.script import read
from film.sound.lines import lines_in_order
from film.sound.ordering import SoundPlan, SoundRequest, plan_sound
from schemas.enums import JobStatus, ProfileName
from schemas.errors import InvalidRequest
from schemas.events import EventKind
from schemas.profiles import PROFILES
from tests.studio import SCRIPT, SMALL, Studio
from tests.unit.sound.sounds import heard, level_of_tone, loudness, noise, tone
from workers.replaying import failure_of

pytestmark = pytest.mark.lab

LONG = SMALL.model_copy(update={"runtime_s": 36, "width": 128, "height": 96})


@pytest.fixture
def sound(folder: Path) -> SoundPlan:
    """Music of 5 seconds, and a voice for the second line."""
    voices = folder / "voices"
    voices.mkdir()
    music = tone(folder / "music.mp3", 5)
    noise(voices / "2 Tom.wav", 1.5, seed=3)
    plan = plan_sound(SoundRequest(music, voices), direct(read(SCRIPT, "pier.fountain"), fps=SMALL.fps))
    assert plan is not None
    return plan


async def test_a_film_has_its_music_and_its_voices(studio: Studio, folder: Path, sound: SoundPlan) -> None:
    async with studio.working():
        _, result = await studio.make(sound=sound)
    assert result.sound is not None
    assert (result.sound.voices, result.sound.notes) == (1, ())
    assert result.sound.lufs == pytest.approx(-16, abs=1)
    await studio.deps.store.get_file(result.output, folder / "film.mp4")
    check_film(folder / "film.mp4", frames=result.frames, fps=12, width=320, height=180, full=True)
    assert loudness(folder / "film.mp4")[0] == pytest.approx(-16, abs=1)
    samples = heard(folder / "film.mp4")
    assert samples.shape[1] == result.frames * 4000
    line = lines_in_order(direct(read(SCRIPT, "pier.fountain"), fps=12))[1]
    beneath = level_of_tone(samples, 440, line.start / 12 + 0.3, line.start / 12 + 1.2)
    assert beneath < level_of_tone(samples, 440, 1, 2) - 10
    deps, client = studio.deps, studio.client
    found = await verify_installation(
        db=deps.db, store=deps.store, client=client, play=lambda *_: None, replay=failure_of
    )
    assert not found.faults


async def test_another_picture_mixes_nothing_and_other_sound_draws_nothing(studio: Studio, sound: SoundPlan) -> None:
    assert sound.order.music is not None
    music = sound.order.music.model_copy(update={"gain_db": -6.0})
    quieter = SoundPlan(sound.order.model_copy(update={"music": music}), sound.files)
    async with studio.working():
        first, _ = await studio.make(sound=sound, project="one")
        noir, _ = await studio.make(sound=sound, project="one", options=SMALL.model_copy(update={"style": "noir"}))
        mixed, _ = await studio.make(sound=quieter, project="one")
    made = [[row.label for row in await studio.renders(film)] for film in (first, noir, mixed)]
    assert made[0].count("sound") == 1
    assert "sound" not in made[1]
    assert made[2] == ["sound"]


async def test_sounds_that_were_not_sent_are_asked_for(studio: Studio, sound: SoundPlan) -> None:
    with pytest.raises(InvalidRequest, match="not those that it names"):
        await studio.submit(sound=SoundPlan(sound.order, {}))


async def test_a_card_that_is_not_there_is_said(studio: Studio) -> None:
    async with studio.working():
        _, result = await studio.make(options=SMALL.model_copy(update={"profile": ProfileName.NVENC}))
    found = choose(ProfileName.NVENC)
    assert (result.profile, result.profile_note) == (found.profile, found.note)
    if result.profile is ProfileName.NVENC:
        assert not result.profile_note
    else:
        assert result.profile is ProfileName.H264
        assert result.profile_note.startswith("Encoded as h264, since nvenc does not work where it was tried (")


async def test_editors_get_quicktime(studio: Studio, folder: Path, sound: SoundPlan) -> None:
    options = SMALL.model_copy(update={"profile": ProfileName.PRORES})
    async with studio.working():
        submitted, result = await studio.make(options=options, sound=sound)
    assert result.output.key.endswith("/final.mov")
    assert f"jobs/{submitted.film.job_id}/output/final.mov" in await studio.keys(f"jobs/{submitted.film.job_id}/")
    assert result.output.media_type == "video/quicktime"
    await studio.deps.store.get_file(result.output, folder / "film.mov")
    encoder = PROFILES[ProfileName.PRORES].encoder
    report = check_film(folder / "film.mov", frames=result.frames, fps=12, width=320, height=180, encoder=encoder)
    assert report.subtitles
    assert result.sound is not None
    assert result.sound.codec == "pcm_s24le"


class Held:
    """A pool in which all segments but the film's first wait until they may be encoded."""

    def __init__(self, inner: CraftPool) -> None:
        self._inner, self.go = inner, asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def run_reporting(self, function: Any, *arguments: Any, report: Any) -> Any:
        if function is render_checked_segment and arguments[0].items[0].shot != "s001-001":
            await self.go.wait()
        return await self._inner.run_reporting(function, *arguments, report=report)


async def test_the_film_so_far_plays_while_the_rest_is_made(studio: Studio, folder: Path) -> None:
    db, store, pool = studio.deps.db, studio.deps.store, Held(studio.deps.pool)
    slow = replace(studio, deps=replace(studio.deps, pool=cast(CraftPool, pool)))
    submitted = await slow.submit(options=LONG)
    before = await film_so_far(submitted.film.job_id, db=db, store=store)
    assert (before.segments, before.standing, before.growing) == ((), (), True)
    async with slow.working():
        await slow.relay()
        await slow.until(submitted, EventKind.SEGMENT_MADE)
        found = await film_so_far(submitted.film.job_id, db=db, store=store)
        assert await slow.status(submitted) is JobStatus.RUNNING
        assert (len(found.standing), found.growing) == (1, True)
        assert await playable(found, slow, folder) == found.frames() > 0
        pool.go.set()
        result = await slow.workflow(submitted).result()
    done = await film_so_far(submitted.film.job_id, db=db, store=store)
    assert (done.whole, done.growing) == (True, False)
    assert await playable(done, studio, folder) == done.frames() == result.frames


async def playable(found: FilmSoFar, studio: Studio, folder: Path) -> int:
    """Write what stands as a playlist, and as a file; count the frames that players show."""
    out, paths = folder / f"preview-{len(found.standing)}", []
    out.mkdir()
    writer = PreviewWriter(out, 12)
    for index, ref in enumerate(found.standing):
        paths.append(out / f"segment_{index}.mp4")
        await studio.deps.store.get_file(ref, paths[-1])
        await asyncio.to_thread(writer.add, paths[-1], found.segments[index].frames)
    writer.end()
    await asyncio.to_thread(write_file, found, paths, out / "film.mp4")
    counts = []
    for name in ("index.m3u8", "film.mp4"):
        with av.open(str(out / name)) as container:
            counts.append(sum(1 for _ in container.decode(video=0)))
    assert counts[0] == counts[1]
    return counts[0]


async def test_there_is_no_preview_of_no_job(studio: Studio) -> None:
    with pytest.raises(InvalidRequest, match="no job"):
        await film_so_far((await studio.submit()).film.project_id, db=studio.deps.db, store=studio.deps.store)
