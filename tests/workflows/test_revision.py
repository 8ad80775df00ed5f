"""A film that is changed after it was made, on real servers: what is drawn and encoded again is counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from temporalio.client import WorkflowFailureError

from activities.artifacts import ArtifactCache
from activities.forecast import Forecast, forecast
from activities.shot_states import shot_reports
from api.usecases.cancel_film import cancel_film
from api.usecases.decide import approve_film, retry_shot, skip_shot
from api.usecases.fetch_cut import finished_film
from api.usecases.plan_revision import NewScript, Plan, plan_revision
from api.usecases.revise_film import order_revision
from api.usecases.revise_waiting import revise_waiting
from api.usecases.submit_film import Submitted
from api.usecases.verify_installation import verify_installation
from api.usecases.versions import newest_and_current, restore_version, versions_of
from film.edit.timeline import read_timeline
from film.edit.verify import check_film
from infrastructure.ids import new_id
from schemas.edits import Changes, ShotChange, ShotPlace
from schemas.enums import JobStatus, Movement, Tier
from schemas.errors import InvalidRequest
from schemas.events import EventKind
from schemas.jobs import FilmOptions, FilmResult, ShotCommand
from schemas.versions import ShotReport, ShotState
from tests.studio import SMALL, Studio, output_of, refusing_one_shot
from workers.replaying import failure_of

pytestmark = pytest.mark.lab

PLAIN = "\n\n".join(
    f"INT. ROOM {number} - DAY\n\nMARA carries lamp number {number} across the floor and sets it down."
    for number in range(1, 9)
)
"""Eight scenes, long enough for several segments."""

LONG = """\
EXT. HARBOUR - DUSK

MARA walks along the pier.

MARA
He said he would be here.

She looks at the water.

TOM
I never left.

A boat comes in.

INT. KITCHEN - NIGHT

TOM sits at the table and holds a letter.

Mara opens the window.
"""


async def plan_of(
    studio: Studio, submitted: Submitted, changes: Changes, script: NewScript | None = None
) -> tuple[Plan, Forecast]:
    """Plan and quote a revision."""
    plan = await plan_revision(
        submitted.film.job_id, changes, db=studio.deps.db, store=studio.deps.store, script=script
    )
    cost = await forecast(
        plan.film, plan.script, plan.breakdown, plan.edits, cache=studio.deps.artifacts, tokens=studio.deps.tokens
    )
    return plan, cost


async def order(
    studio: Studio, submitted: Submitted, changes: Changes, script: NewScript | None = None
) -> tuple[Submitted, Forecast]:
    """Ask for a revision of a film."""
    plan, cost = await plan_of(studio, submitted, changes, script)
    film = await order_revision(plan, db=studio.deps.db, store=studio.deps.store, settings=studio.settings)
    return Submitted(film, new=True), cost


async def revise(
    studio: Studio, submitted: Submitted, changes: Changes, script: NewScript | None = None
) -> tuple[Submitted, FilmResult]:
    """Revise a film, wait for it, and see that it cost what was quoted; a worker runs."""
    revision, cost = await order(studio, submitted, changes, script)
    await studio.relay()
    await studio.until_sent(revision)
    result = await studio.workflow(revision).result()
    counted = await made(studio, revision)
    assert (len(cost.draw), cost.encode) == (counted["keyframes"], counted["composition"])
    assert cost.shots == result.shots
    assert cost.seconds == pytest.approx(result.duration_s)
    assert result.kept is not None
    assert result.kept.pictures - result.kept.pictures_kept == counted["keyframes"]
    assert result.kept.segments - result.kept.segments_kept == counted["composition"]
    return revision, result


async def made(studio: Studio, revision: Submitted) -> Counter[str]:
    """Count what was made for a revision, by stage."""
    rev = revision.film.rev
    return Counter(render.stage for render in await studio.renders(revision) if render.rev == rev)


async def shots_shown(studio: Studio, submitted: Submitted) -> list[tuple[str, str, int]]:
    """The job's film as it was cut: for each shot its key, its picture and its frames."""
    found = await finished_film(submitted.film.job_id, db=studio.deps.db, store=studio.deps.store)
    return [(item.key, item.media_sha256, item.frames) for item in read_timeline(found.timeline).items]


async def states(studio: Studio, submitted: Submitted) -> list[ShotReport]:
    """What `studio shots` lists."""
    newest, current = await newest_and_current(submitted.film.job_id, db=studio.deps.db)
    cache = ArtifactCache(studio.deps.db, studio.deps.store)
    return await shot_reports(newest, current, cache=cache, tokens=studio.deps.tokens)


def change(shot: str, **values: object) -> Changes:
    """Ask for one shot to be changed."""
    return Changes(shots=(ShotChange.model_validate({"shot": shot, **values}),))


async def test_another_seed_for_one_shot_draws_one_picture_and_encodes_its_segment(
    studio: Studio, folder: Path
) -> None:
    async with studio.working():
        submitted, first = await studio.make(PLAIN)
        before = await shots_shown(studio, submitted)
        revision, result = await revise(studio, submitted, change("s003-001", seed=7))
    counted = await made(studio, revision)
    assert (counted["keyframes"], counted["composition"]) == (1, 1)
    assert first.kept is not None
    assert first.kept.segments > 1
    after = await shots_shown(studio, submitted)
    differ = [old[0] for old, new in zip(before, after, strict=True) if old != new]
    assert differ == [after[await _place_of(studio, submitted, "s003-001")][0]]
    job = await studio.job(submitted)
    assert (job.status, job.rev, job.version) == (JobStatus.COMPLETED, 1, 1)
    assert output_of(job) == result.output
    final = f"jobs/{submitted.film.job_id}/output/final.mp4"
    await studio.deps.store.get_file(final, folder / "film.mp4", sha256=result.output.sha256)
    check_film(folder / "film.mp4", frames=result.frames, fps=12, width=320, height=180, full=True)
    await studio.deps.store.get_file(first.output, folder / "first.mp4")
    events = await studio.events(submitted)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))


async def _place_of(studio: Studio, submitted: Submitted, shot: str) -> int:
    return [report.id for report in await states(studio, submitted)].index(shot)


async def test_a_revision_without_a_change_makes_nothing(studio: Studio) -> None:
    async with studio.working():
        submitted, first = await studio.make()
        revision, result = await revise(studio, submitted, Changes())
    assert not await made(studio, revision)
    assert result.output.sha256 == first.output.sha256
    assert result.output.key != first.output.key


async def test_words_size_length_and_move_are_edited_and_add_up(studio: Studio) -> None:
    async with studio.working():
        submitted, _ = await studio.make(PLAIN)
        was = await shots_shown(studio, submitted)
        one, _ = await revise(studio, submitted, change("s002-001", prompt="A dog sleeps on the floor."))
        two, result = await revise(studio, submitted, change("s005-001", duration_s=3.5, movement=Movement.PAN_LEFT))
        now = await shots_shown(studio, submitted)
        reports = {report.id: report for report in await states(studio, submitted)}
    assert (await made(studio, one))["keyframes"] == 1
    assert (await made(studio, two))["keyframes"] == 0
    assert (await made(studio, two))["composition"] >= 1
    changed = [old[0] for old, new in zip(was, now, strict=True) if old != new]
    assert changed == [reports["s002-001"].key, reports["s005-001"].key]
    assert reports["s005-001"].frames == 42
    assert result.frames == sum(report.frames for report in reports.values())
    assert {report.id: report.edited for report in reports.values() if report.edited} == {
        "s002-001": ("prompt",),
        "s005-001": ("duration", "move"),
    }
    assert {report.state for report in reports.values()} == {ShotState.CURRENT}


async def test_shots_are_moved_and_removed_without_drawing(studio: Studio) -> None:
    async with studio.working():
        submitted, first = await studio.make(LONG)
        was = await shots_shown(studio, submitted)
        ids = [report.id for report in await states(studio, submitted)]
        speaking = next(shot for shot in (await _plan(studio, submitted)).before.shots if shot.dialogue)
        one, moved = await revise(
            studio, submitted, Changes(order=(ShotPlace(shot=ids[-1], anchor=ids[0], side="before"),))
        )
        after = await shots_shown(studio, submitted)
        number = next(report.id for report in await states(studio, submitted) if report.key == speaking.key)
        two, removed = await revise(studio, submitted, Changes(removed=(number,)))
        left = await shots_shown(studio, submitted)
    assert (await made(studio, one))["keyframes"] == (await made(studio, two))["keyframes"] == 0
    assert [key for key, *_ in after] == [was[-1][0], *(key for key, *_ in was[:-1])]
    assert [key for key, *_ in left] == [key for key, *_ in after if key != speaking.key]
    assert first.dialogue is not None
    assert moved.dialogue is not None
    assert (moved.dialogue.lines, moved.dialogue.removed) == (first.dialogue.lines, 0)
    assert removed.dialogue is not None
    assert (removed.dialogue.lines, removed.dialogue.missing) == (first.dialogue.lines - 1, 0)
    assert removed.dialogue.removed == 1
    assert removed.dialogue.second_reader_agrees


async def _plan(studio: Studio, submitted: Submitted) -> Plan:
    return (await plan_of(studio, submitted, Changes()))[0]


async def test_another_tier_costs_an_encode_and_no_picture(studio: Studio) -> None:
    async with studio.working():
        submitted, first = await studio.make(PLAIN, options=SMALL.model_copy(update={"tier": Tier.FREE}))
        revision, result = await revise(studio, submitted, Changes(tier=Tier.PRO))
    counted = await made(studio, revision)
    assert first.kept is not None
    assert (counted["keyframes"], counted["composition"]) == (0, first.kept.segments)
    assert result.frames == first.frames


async def test_an_edited_script_keeps_the_edits_of_shots_that_it_still_has(studio: Studio) -> None:
    async with studio.working():
        submitted, _ = await studio.make(PLAIN)
        await revise(studio, submitted, change("s002-001", seed=5))
        was = {key: rest for key, *rest in await shots_shown(studio, submitted)}
        text = PLAIN.replace("number 4 across the floor", "number 4 over the carpet")
        script = NewScript(text, "pier.fountain", "The Pier")
        revision, _ = await revise(studio, submitted, Changes(), script)
        now = {key: rest for key, *rest in await shots_shown(studio, submitted)}
        reports = await states(studio, submitted)
    assert (await made(studio, revision))["keyframes"] == len(now.keys() - was.keys()) == 1
    assert all(was[key] == now[key] for key in was.keys() & now.keys())
    assert [report.id for report in reports if "seed" in report.edited] == ["s002-001"]


async def test_an_earlier_version_is_restored_at_no_cost_and_built_upon(studio: Studio) -> None:
    async with studio.working():
        submitted, first = await studio.make(PLAIN)
        await revise(studio, submitted, change("s001-001", seed=7))
        acts = len(await studio.renders(submitted))
        job_id = submitted.film.job_id
        film = await restore_version(job_id, 0, db=studio.deps.db, store=studio.deps.store)
        assert film == first.output
        assert len(await studio.renders(submitted)) == acts
        job = await studio.job(submitted)
        assert (job.version, output_of(job)) == (0, first.output)
        final = await studio.deps.store.head(f"jobs/{job_id}/output/final.mp4")
        assert final is not None
        assert final.sha256 == first.output.sha256
        third, result = await revise(studio, submitted, change("s002-001", seed=8))
        reports = await states(studio, submitted)
        _, found = await versions_of(job_id, db=studio.deps.db)
    assert (third.film.rev, third.film.base) == (2, 0)
    assert [report.id for report in reports if report.edited] == ["s002-001"]
    assert [(one.rev, one.base, one.status) for one in found] == [
        (0, None, JobStatus.COMPLETED),
        (1, 0, JobStatus.COMPLETED),
        (2, 0, JobStatus.COMPLETED),
    ]
    assert result.kept is not None
    with pytest.raises(InvalidRequest, match="no film of version 5"):
        await restore_version(job_id, 5, db=studio.deps.db, store=studio.deps.store)


async def test_a_revision_that_is_called_off_leaves_the_film(studio: Studio, folder: Path) -> None:
    async with studio.working():
        submitted, first = await studio.make(PLAIN)
        job_id = submitted.film.job_id
    revision, _ = await order(studio, submitted, change("s001-001", seed=7))
    assert [report.id for report in await states(studio, submitted) if report.state is ShotState.STALE] == ["s001-001"]
    with pytest.raises(InvalidRequest, match="is queued: wait until it is finished, or cancel"):
        await order(studio, submitted, Changes())
    with pytest.raises(InvalidRequest, match="under way"):
        await restore_version(job_id, 0, db=studio.deps.db, store=studio.deps.store)
    await cancel_film(job_id, db=studio.deps.db)
    async with studio.working():
        await studio.relay()
        with pytest.raises(WorkflowFailureError):
            await studio.workflow(revision).result()
        job = await studio.job(submitted)
        assert (job.status, job.rev, job.version) == (JobStatus.CANCELLED, 1, 0)
        assert output_of(job) == first.output
        await studio.deps.store.get_file(first.output, folder / "film.mp4")
        assert (await studio.events(submitted))[-1].message.endswith("Version 0 of the film stays.")
        assert await finished_film(job_id, db=studio.deps.db, store=studio.deps.store)
        again, _ = await revise(studio, submitted, change("s001-001", seed=7))
    assert (again.film.rev, again.film.base) == (2, 0)
    deps, client = studio.deps, studio.client
    findings = await verify_installation(db=deps.db, store=deps.store, client=client, play=_play, replay=failure_of)
    assert not [fault for fault in findings.faults if str(job_id) in fault]


def _play(path: Path, options: FilmOptions, frames: int) -> None:
    check_film(path, frames=frames, fps=options.fps, width=options.width, height=options.height)


async def test_a_draft_that_stands_in_stays_until_its_shot_is_edited(studio: Studio) -> None:
    async with studio.working(refusing_one_shot(studio)):
        submitted = await studio.submit()
        await studio.relay()
        parked = await studio.until(submitted, EventKind.SHOT_PARKED)
        shot = parked.data["shot"]
        await skip_shot(
            submitted.film.job_id, ShotCommand(shot=shot), key=str(new_id()), db=studio.deps.db, client=studio.client
        )
        await studio.workflow(submitted).result()
        assert [report.id for report in await states(studio, submitted) if report.state is ShotState.FAILED] == [shot]
        other = next(report.id for report in await states(studio, submitted) if report.id != shot)
        one, result = await revise(studio, submitted, change(other, seed=3))
        assert result.stand_ins == (shot,)
        assert (await made(studio, one))["keyframes"] == 1
    async with studio.working():
        _, healed = await revise(studio, submitted, change(shot, seed=4))
    assert healed.stand_ins == ()
    assert {report.state for report in await states(studio, submitted)} == {ShotState.CURRENT}


async def test_a_seed_that_was_chosen_for_a_retry_is_remembered(studio: Studio) -> None:
    async with studio.working(refusing_one_shot(studio, times=3)):
        submitted = await studio.submit()
        await studio.relay()
        parked = await studio.until(submitted, EventKind.SHOT_PARKED)
        command = ShotCommand(shot=parked.data["shot"], seed=11)
        await retry_shot(submitted.film.job_id, command, key=str(new_id()), db=studio.deps.db, client=studio.client)
        first = await studio.workflow(submitted).result()
    assert first.seeds == {command.shot: 11}
    async with studio.working():
        was = await shots_shown(studio, submitted)
        revision, _ = await revise(studio, submitted, Changes())
        assert not await made(studio, revision)
        assert await shots_shown(studio, submitted) == was


async def test_a_film_that_waits_for_its_review_is_changed_where_it_runs(studio: Studio) -> None:
    async with studio.working():
        submitted = await studio.submit(PLAIN, options=SMALL.model_copy(update={"review": True}))
        await studio.relay()
        await studio.until(submitted, EventKind.AWAITING_REVIEW)
        await _revise_waiting(studio, submitted, Changes(removed=("s002-001",)))
        await _revise_waiting(studio, submitted, change("s003-001", duration_s=2.0))
        with pytest.raises(InvalidRequest, match="no shot s009-009"):
            await _revise_waiting(studio, submitted, change("s009-009", seed=1))
        await approve_film(submitted.film.job_id, key=str(new_id()), db=studio.deps.db, client=studio.client)
        result = await studio.workflow(submitted).result()
        assert result.shots == 7
        assert {report.id: report.frames for report in await states(studio, submitted)}["s003-001"] == 24
        job = await studio.job(submitted)
        assert (job.rev, job.version) == (0, 0)
        assert (await made(studio, submitted))["keyframes"] == 7
        again, _ = await revise(studio, submitted, Changes())
        assert not await made(studio, again)


async def test_a_shot_that_failed_for_good_is_changed_where_it_waits(studio: Studio) -> None:
    async with studio.working(refusing_one_shot(studio)):
        submitted = await studio.submit()
        await studio.relay()
        shot = (await studio.until(submitted, EventKind.SHOT_PARKED)).data["shot"]
        other = "s001-001"
        with pytest.raises(InvalidRequest, match="wait until it is finished, or cancel it"):
            await _revise_waiting(studio, submitted, change(other, seed=2))
        await _revise_waiting(studio, submitted, change(shot, seed=9, duration_s=4.0, prompt="Tom burns a letter."))
        result = await studio.workflow(submitted).result()
        reports = {report.id: report for report in await states(studio, submitted)}
    assert result.stand_ins == ()
    assert reports[shot].frames == 48
    assert set(reports[shot].edited) == {"prompt", "seed", "duration"}
    assert {report.state for report in reports.values()} == {ShotState.CURRENT}


async def _revise_waiting(studio: Studio, submitted: Submitted, changes: Changes) -> None:
    deps = studio.deps
    await revise_waiting(
        submitted.film.job_id, changes, key=str(new_id()), db=deps.db, store=deps.store, client=studio.client
    )
