"""A film from script to file, through the doors users have, on real servers."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import pytest
from temporalio.client import WorkflowFailureError
from temporalio.exceptions import CancelledError

from api.usecases.cancel_film import cancel_film
from api.usecases.decide import approve_film, retry_shot, skip_shot
from api.usecases.submit_film import Submitted
from api.usecases.verify_installation import verify_installation
from film.edit.verify import check_film
from film.prompting import style_named
from infrastructure.db.repositories import Jobs, Renders
from infrastructure.db.repositories.moderation import Moderation
from infrastructure.db.tables import RenderOutcome
from infrastructure.ids import new_id
from schemas.enums import JobStatus, RendererName
from schemas.errors import InvalidRequest, InvalidScript
from schemas.events import EventKind
from schemas.jobs import FilmOptions, KeptFigures, ShotCommand
from schemas.moderation import Flag, Threshold
from schemas.profiles import PROFILES
from schemas.prompt import FilmPrompts
from schemas.style import StyleSpec
from tests.studio import SCRIPT, SMALL, Studio, Wilful, in_the_kitchen, output_of, refusing_one_shot
from workers.replaying import failure_of
from workflows.film import FilmWorkflow
from workflows.scene import SCENES_AT_ONCE

pytestmark = pytest.mark.lab


async def test_a_script_becomes_a_verified_film(studio: Studio, folder: Path) -> None:
    async with studio.working():
        submitted, result = await studio.make()
    job = await studio.job(submitted)
    assert (job.status, job.progress) == (JobStatus.COMPLETED, 100)
    assert output_of(job) == result.output
    await studio.deps.store.get_file(result.output, folder / "film.mp4")
    report = check_film(folder / "film.mp4", frames=result.frames, fps=12, width=320, height=180, full=True)
    assert report.subtitles
    assert result.duration_s == pytest.approx(result.frames / 12)
    assert set(result.stages) == {"script", "prompts", "keyframes", "motion", "composition", "post"}
    assert result.dialogue is not None
    assert (result.dialogue.lines, result.dialogue.verbatim, result.dialogue.second_found) == (2, 2, 2)
    assert result.dialogue.second_reader_agrees


async def test_what_is_delivered_lies_where_the_contract_says(studio: Studio) -> None:
    async with studio.working():
        submitted, _ = await studio.make()
    prefix = f"jobs/{submitted.film.job_id}/"
    keys = {key.removeprefix(prefix) for key in await studio.keys(prefix)}
    assert {
        "output/final.mp4",
        "output/poster.jpg",
        "output/subtitles.srt",
        "output/subtitles.vtt",
        "intermediate/timeline.json",
        "scenes/scene_001.png",
        "scenes/scene_001_shot_002.png",
        "scenes/scene_002.png",
    } <= keys
    project = f"projects/{submitted.film.project_id}/"
    assert await studio.keys(project) == {f"{project}script.txt", f"{project}original.fountain"}


async def test_a_film_without_a_word_is_a_film(studio: Studio) -> None:
    async with studio.working():
        submitted, result = await studio.make("EXT. BEACH - DAY\n\nA dog runs along the water.\n")
    assert result.shots
    keys = await studio.keys(f"jobs/{submitted.film.job_id}/output/")
    assert {key.rsplit("/")[-1] for key in keys} == {"final.mp4", "poster.jpg"}


async def test_progress_only_rises_and_events_have_no_gaps(studio: Studio) -> None:
    async with studio.working():
        submitted, _ = await studio.make()
    events = await studio.events(submitted)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    progress = [event.progress for event in events]
    assert progress == sorted(progress)
    assert [event.kind for event in events if event.progress == 100] == [EventKind.COMPLETED]
    assert events[0].kind is EventKind.QUEUED


async def test_what_stands_is_not_made_again(studio: Studio) -> None:
    async with studio.working():
        first, before = await studio.make(project="twice")
        second, after = await studio.make(project="twice")
    assert await studio.renders(first)
    assert not await studio.renders(second)
    assert after.output.sha256 == before.output.sha256
    assert before.kept is not None
    assert (before.kept.pictures_kept, before.kept.segments_kept) == (0, 0)
    assert after.kept == KeptFigures(
        pictures=after.shots,
        pictures_kept=after.shots,
        segments=before.kept.segments,
        segments_kept=before.kept.segments,
    )


async def test_one_changed_shot_is_the_only_one_drawn_again(studio: Studio) -> None:
    async with studio.working():
        first, _ = await studio.make(project="edited")
        second, result = await studio.make(SCRIPT.replace("holds a letter", "holds a lantern"), project="edited")
    made = Counter(render.stage for render in await studio.renders(second))
    assert 0 < made["keyframes"] < sum(render.stage == "keyframes" for render in await studio.renders(first))
    assert result.kept is not None
    assert result.kept.pictures == result.shots
    assert result.kept.pictures - result.kept.pictures_kept == made["keyframes"]
    assert result.kept.segments - result.kept.segments_kept == made["composition"]


async def test_what_an_earlier_attempt_of_the_same_film_drew_is_not_called_kept(studio: Studio) -> None:
    async with studio.working(refusing_one_shot(studio, times=1)):
        submitted, result = await studio.make()
    assert max(render.attempt for render in await studio.renders(submitted)) > 1
    assert result.kept is not None
    assert (result.kept.pictures, result.kept.pictures_kept) == (result.shots, 0)


async def test_everything_is_made_once(studio: Studio) -> None:
    async with studio.working():
        submitted, _ = await studio.make()
    counts = Counter(render.spec_hash for render in await studio.renders(submitted))
    assert set(counts.values()) == {1}


async def test_a_review_holds_the_film_back_until_it_is_approved(studio: Studio) -> None:
    async with studio.working():
        submitted = await studio.submit(options=SMALL.model_copy(update={"review": True}))
        await studio.relay()
        await studio.until(submitted, EventKind.AWAITING_REVIEW)
        assert await studio.status(submitted) is JobStatus.AWAITING_REVIEW
        assert not await studio.renders(submitted)
        await approve_film(submitted.film.job_id, key=str(new_id()), db=studio.deps.db, client=studio.client)
        await studio.workflow(submitted).result()
    assert await studio.status(submitted) is JobStatus.COMPLETED


async def test_a_style_of_ones_own_travels_with_the_job(studio: Studio) -> None:
    style = style_named("noir").model_copy(update={"name": "mine", "medium": "linocut print"})
    options = SMALL.model_copy(update={"style": "mine"})
    async with studio.working():
        submitted, result = await studio.make(options=options, style=style)
    film = submitted.film
    assert film.style is not None
    assert await studio.deps.artifacts.load(StyleSpec, film.style) == style
    (key,) = await studio.keys(f"artifacts/{film.project_id}/prompts/")
    prompts = FilmPrompts.model_validate_json(await studio.deps.store.get_bytes(key))
    assert prompts.style == "mine"
    assert all(prompt.positive.startswith("linocut print") for prompt in prompts.prompts)
    assert result.shots == len(prompts.prompts)


async def test_an_id_cannot_be_used_for_a_film_of_another_style_of_the_same_name(studio: Studio) -> None:
    style = style_named("noir")
    options, project, job_id = SMALL.model_copy(update={"style": "noir"}), str(new_id()), new_id()
    first = await studio.submit(options=options, style=style, project=project, job_id=job_id)
    again = await studio.submit(options=options, style=style, project=project, job_id=job_id)
    assert (first.new, again.new, again.film) == (True, False, first.film)
    with pytest.raises(InvalidRequest, match="asks for another film"):
        await studio.submit(
            options=options,
            style=style.model_copy(update={"lens": "fisheye"}),
            project=project,
            job_id=job_id,
        )
    await _call_off(studio, first)


FLAGGED = SCRIPT.replace("I never left.", "She was raped.")


async def test_a_flagged_script_carries_its_flags_and_waits_for_a_review(studio: Studio) -> None:
    async with studio.working():
        submitted = await studio.submit(FLAGGED, policy={"moderation_review": Threshold.SEVERE})
        await studio.relay()
        waiting = await studio.until(submitted, EventKind.AWAITING_REVIEW)
        assert waiting.status is JobStatus.AWAITING_REVIEW
        assert "sexual violence (line 15)" in waiting.message
        assert not await studio.renders(submitted)
        await approve_film(submitted.film.job_id, key=str(new_id()), db=studio.deps.db, client=studio.client)
        assert (await studio.workflow(submitted).result()).shots
    async with studio.deps.db.begin() as session:  # the local user's own film: no moderator need be asked
        assert not await Moderation(session).holds(submitted.film.job_id)
    (flagged,) = [event for event in await studio.events(submitted) if event.kind is EventKind.FLAGGED]
    assert [Flag.model_validate(flag).line for flag in flagged.data["flags"]] == [15]


async def test_flags_without_a_review_hold_nothing_up(studio: Studio) -> None:
    submitted = await studio.submit(FLAGGED, policy={"moderation_flag": Threshold.MILD})
    assert not submitted.film.reviewed
    assert [event.kind for event in await studio.events(submitted)] == [EventKind.QUEUED, EventKind.FLAGGED]
    await _call_off(studio, submitted)


async def test_a_refused_script_makes_no_job(studio: Studio) -> None:
    job_id = new_id()
    with pytest.raises(InvalidScript, match=r"pier\.fountain .*sexual violence \(line 15\)"):
        await studio.submit(FLAGGED, job_id=job_id, policy={"moderation_refuse": Threshold.SEVERE})
    async with studio.deps.db.begin() as session:
        assert await Jobs(session).get(job_id) is None


async def test_a_film_that_does_not_wait_cannot_be_approved(studio: Studio) -> None:
    async with studio.working(refusing_one_shot(studio)):
        submitted = await studio.submit()
        await studio.relay()
        await studio.until(submitted, EventKind.SHOT_PARKED)
        with pytest.raises(InvalidRequest, match="not asked to wait"):
            await approve_film(submitted.film.job_id, key=str(new_id()), db=studio.deps.db, client=studio.client)
        await _cancel(studio, submitted)


async def test_a_shot_that_fails_twice_is_drawn_the_third_time(studio: Studio) -> None:
    async with studio.working(refusing_one_shot(studio, times=2)):
        submitted, result = await studio.make()
    assert not result.stand_ins
    async with studio.deps.db.begin() as session:
        outcomes = Counter((await Renders(session).outcomes_of_job(submitted.film.job_id)).values())
    assert outcomes[RenderOutcome.FAILED] == 2


async def test_a_film_outlives_a_worker_that_is_told_to_stop(studio: Studio) -> None:
    async with studio.working():
        submitted = await studio.submit()
        await studio.relay()
        await studio.until(submitted, EventKind.SHOTS_MADE)
    async with studio.working():
        await studio.workflow(submitted).result()
    async with studio.deps.db.begin() as session:
        outcomes = Counter((await Renders(session).outcomes_of_job(submitted.film.job_id)).values())
    assert not outcomes[RenderOutcome.FAILED]
    assert len(await studio.renders(submitted)) == outcomes.total()


async def test_a_shot_that_fails_for_good_parks_the_film_and_leaves_the_others_made(studio: Studio) -> None:
    async with studio.working(refusing_one_shot(studio)):
        submitted = await studio.submit()
        await studio.relay()
        parked = await studio.until(submitted, EventKind.SHOT_PARKED)
        assert await studio.status(submitted) is JobStatus.NEEDS_ATTENTION
        assert "the pencil broke" in parked.message
        letters = await studio.deps.queues.receive_dead_letters(1000)  # other tests have left theirs
        [letter] = [one.letter for one in letters if one.letter and one.letter.job_id == submitted.film.job_id]
        assert (letter.shot, letter.attempts) == (parked.data["shot"], 3)
        await _cancel(studio, submitted)
    assert any(key.endswith("scene_001.png") for key in await studio.keys(f"jobs/{submitted.film.job_id}/scenes/"))


async def test_a_parked_shot_can_be_tried_again(studio: Studio) -> None:
    broken = refusing_one_shot(studio)
    async with studio.working(broken):
        submitted = await studio.submit()
        await studio.relay()
        parked = await studio.until(submitted, EventKind.SHOT_PARKED)
        broken.times = 0
        command = ShotCommand(shot=parked.data["shot"], seed=7)
        await retry_shot(submitted.film.job_id, command, key=str(new_id()), db=studio.deps.db, client=studio.client)
        result = await studio.workflow(submitted).result()
    assert not result.stand_ins
    assert await studio.status(submitted) is JobStatus.COMPLETED


async def test_the_draft_stands_in_for_a_skipped_shot(studio: Studio) -> None:
    async with studio.working(refusing_one_shot(studio)):
        submitted = await studio.submit()
        await studio.relay()
        shot = (await studio.until(submitted, EventKind.SHOT_PARKED)).data["shot"]
        command = ShotCommand(shot=shot)
        await skip_shot(submitted.film.job_id, command, key=str(new_id()), db=studio.deps.db, client=studio.client)
        result = await studio.workflow(submitted).result()
    assert result.stand_ins == (shot,)
    assert await studio.status(submitted) is JobStatus.COMPLETED


async def test_a_shot_that_was_tried_with_another_seed_can_still_be_skipped(studio: Studio) -> None:
    stubborn = Wilful(studio.deps.renderers[RendererName.STORYBOARD], in_the_kitchen)
    script = "INT. KITCHEN - NIGHT\n\nA letter lies on the table.\n"
    async with studio.working(stubborn):
        submitted = await studio.submit(script)
        await studio.relay()
        job = submitted.film.job_id
        seed: int | None = 7
        while True:
            state = await studio.workflow(submitted).query(FilmWorkflow.state)
            for shot in state.parked:
                decide = skip_shot if seed is None else retry_shot
                command = ShotCommand(shot=shot.shot, seed=seed)
                await decide(job, command, key=str(new_id()), db=studio.deps.db, client=studio.client)
                seed = None
            if (await studio.job(submitted)).completed_at:
                break
            await asyncio.sleep(0.05)
        result = await studio.workflow(submitted).result()
    assert len(result.stand_ins) == result.shots


async def test_scenes_that_wait_for_a_decision_do_not_hold_up_the_others(studio: Studio) -> None:
    kitchens = "".join(f"INT. KITCHEN {n} - NIGHT\n\nA man sits.\n\n" for n in range(SCENES_AT_ONCE + 1))
    script = f"{kitchens}EXT. BEACH - DAY\n\nA dog runs.\n"
    async with studio.working(Wilful(studio.deps.renderers[RendererName.STORYBOARD], in_the_kitchen)):
        submitted = await studio.submit(script)
        await studio.relay()
        while not any("Beach" in event.message or "s010" in event.message for event in await studio.events(submitted)):
            await asyncio.sleep(0.05)
        assert await studio.status(submitted) is JobStatus.NEEDS_ATTENTION
        await _cancel(studio, submitted)


async def test_a_shot_that_is_not_parked_cannot_be_skipped(studio: Studio) -> None:
    async with studio.working():
        submitted = await studio.submit(options=SMALL.model_copy(update={"review": True}))
        await studio.relay()
        await studio.until(submitted, EventKind.AWAITING_REVIEW)
        command = ShotCommand(shot="s001-001")
        with pytest.raises(InvalidRequest, match="does not wait for a decision"):
            await skip_shot(submitted.film.job_id, command, key=str(new_id()), db=studio.deps.db, client=studio.client)
        await _cancel(studio, submitted)


async def test_after_72_hours_without_an_answer_the_draft_stands_in(hasty_studio: Studio) -> None:
    async with hasty_studio.working(refusing_one_shot(hasty_studio)):
        submitted, result = await hasty_studio.make()
    assert result.stand_ins
    events = await hasty_studio.events(submitted)
    assert any("72 hours" in event.message for event in events if event.kind is EventKind.SHOT_STAND_IN)


async def test_a_cancelled_film_leaves_nothing_to_download_and_no_open_workflow(studio: Studio) -> None:
    async with studio.working(refusing_one_shot(studio)):
        submitted = await studio.submit()
        await studio.relay()
        await studio.until(submitted, EventKind.SHOT_PARKED)
        await _cancel(studio, submitted)
    assert await studio.status(submitted) is JobStatus.CANCELLED
    assert not await studio.keys(f"jobs/{submitted.film.job_id}/output/")
    assert not await cancel_film(submitted.film.job_id, db=studio.deps.db)


async def test_two_films_at_once_are_each_right(studio: Studio) -> None:
    other = SCRIPT.replace("I never left.", "Sit down, and eat.")
    async with studio.working():
        (first, one), (second, two) = await asyncio.gather(studio.make(), studio.make(other))
    subtitles = [
        (await studio.deps.store.get_bytes(f"jobs/{film.film.job_id}/output/subtitles.srt")).decode()
        for film in (first, second)
    ]
    assert "I never left." in subtitles[0]
    assert "Sit down, and eat." in subtitles[1]
    assert one.output.sha256 != two.output.sha256


async def test_the_same_job_submitted_twice_is_one_film(studio: Studio) -> None:
    job_id = new_id()
    async with studio.working():
        once, again = await asyncio.gather(
            studio.submit(job_id=job_id, project="same"), studio.submit(job_id=job_id, project="same")
        )
        assert sorted([once.new, again.new]) == [False, True]
        await studio.relay()
        await studio.workflow(once).result()
        late = await studio.submit(job_id=job_id, project="same")
    assert late.film == once.film
    assert sum(event.kind is EventKind.QUEUED for event in await studio.events(once)) == 1
    counts = Counter(render.spec_hash for render in await studio.renders(once))
    assert set(counts.values()) == {1}


async def test_an_id_cannot_be_used_for_another_film(studio: Studio) -> None:
    submitted = await studio.submit(options=SMALL)
    with pytest.raises(InvalidRequest, match="asks for another film"):
        await studio.submit("INT. BAR - DAY\n\nA dog sleeps.\n", job_id=submitted.film.job_id, project="other")
    await _call_off(studio, submitted)


async def test_a_renderer_that_is_not_installed_is_refused(studio: Studio) -> None:
    with pytest.raises(InvalidRequest, match="sdxl is not available"):
        await studio.submit(options=FilmOptions(renderer=RendererName.SDXL))


async def test_everything_agrees_afterwards(studio: Studio) -> None:
    async with studio.working():
        await studio.make()
        findings = await verify_installation(
            db=studio.deps.db,
            store=studio.deps.store,
            client=studio.client,
            play=_play,
            replay=failure_of,
        )
    assert findings["films"].checked.count
    assert findings["objects"].checked.count
    assert findings.faults == []


async def _call_off(studio: Studio, submitted: Submitted) -> None:
    """Cancel a film that no worker has begun."""
    await cancel_film(submitted.film.job_id, db=studio.deps.db)
    async with studio.working():
        await studio.relay()
        with pytest.raises(WorkflowFailureError):
            await studio.workflow(submitted).result()


async def _cancel(studio: Studio, submitted: Submitted) -> None:
    await cancel_film(submitted.film.job_id, db=studio.deps.db)
    await studio.relay()
    with pytest.raises(WorkflowFailureError) as ended:
        await studio.workflow(submitted).result()
    assert isinstance(ended.value.cause, CancelledError)


def _play(path: Path, options: FilmOptions, frames: int) -> None:
    encoder = PROFILES[options.profile].encoder  # other tests may have finished films in other profiles
    width, height = encoder.size_of(options.width, options.height)
    check_film(path, frames=frames, fps=options.fps, width=width, height=height, encoder=encoder)
