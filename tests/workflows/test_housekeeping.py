"""What an installation does by itself: schedules of a real Temporal, and what their rounds leave behind."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import text
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionExecutionStartWorkflow,
    ScheduleActionStartWorkflow,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    ScheduleUpdate,
    ScheduleUpdateInput,
    WorkflowFailureError,
    WorkflowHandle,
    WorkflowHistory,
)
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from accounts.identity import local_user
from accounts.ledger import month_of
from accounts.prices import prices
from accounts.verify import verify_money
from infrastructure.ids import new_id
from infrastructure.settings import Settings
from schemas.credits import EntryType
from schemas.enums import Tier
from schemas.errors import LabError
from schemas.housekeeping import CHORES, EVERY, Chore, HousekeepingInput, HousekeepingResult, Round
from tests.accounts.users import balance, history, new_user, reserve
from tests.studio import Studio
from workers.cpu.worker import WORKFLOWS, serve
from workers.schedules import ensure_schedules
from workflows.housekeeping import HousekeepingWorkflow
from workflows.sandbox import sandboxed_runner

pytestmark = pytest.mark.lab


def installation(studio: Studio) -> Settings:
    """The same servers under another name, so that its schedules are its own."""
    address = studio.client.service_client.config.target_host
    changes = {"env": f"h-{new_id().hex[-12:]}", "render_processes": 1, "temporal_address": address}
    return studio.settings.model_copy(update=changes)


async def schedules(client: Client, settings: Settings) -> list[str]:
    """The installation's schedules: lists lag behind, so that both are waited for."""
    while True:
        found = [one.id async for one in await client.list_schedules() if one.id.endswith(f"-{settings.env}")]
        if len(found) >= len(Round):
            return sorted(found)
        await asyncio.sleep(0.05)


async def due(studio: Studio, *users: UUID) -> None:
    """Let the allowance of the month be due, as it is when a month has begun."""
    month = month_of(datetime.now(UTC))[0]
    async with studio.deps.db.begin() as session:
        await session.execute(
            text("UPDATE users SET credit_reset_date = :month WHERE user_id = ANY(:users)"),
            {"month": month, "users": list(users)},
        )


async def rounds(studio: Studio, settings: Settings, name: Round, times: int) -> list[str]:
    """Wait until a schedule has made so many rounds, and those have ended; say their workflows' ids."""
    handle = studio.client.get_schedule_handle(settings.schedule(name))
    while True:
        info = (await handle.describe()).info
        if len(info.recent_actions) >= times and not info.running_actions:
            break
        await asyncio.sleep(0.05)
    actions = [one.action for one in info.recent_actions]
    started = [one.workflow_id for one in actions if isinstance(one, ScheduleActionExecutionStartWorkflow)]
    for workflow_id in started:
        await studio.client.get_workflow_handle(workflow_id).result()
    return started


async def test_two_workers_that_start_make_each_schedule_once(studio: Studio) -> None:
    settings, stop = installation(studio), asyncio.Event()
    working = [asyncio.create_task(serve(settings, stop)) for _ in range(2)]
    try:
        made = await schedules(studio.client, settings)
        assert made == [f"ai-film-studio-{name}-{settings.env}" for name in ("daily", "hourly")]
        for name in Round:
            described = await studio.client.get_schedule_handle(settings.schedule(name)).describe()
            every, offset = EVERY[name]
            assert described.schedule.spec.intervals == [ScheduleIntervalSpec(every=every, offset=offset)]
            assert described.schedule.policy.overlap is ScheduleOverlapPolicy.SKIP
            assert described.schedule.policy.catchup_window == every
            assert described.info.last_updated_at is None
        # What they make is made by them: the worker's own wiring takes it.
        await studio.client.get_schedule_handle(settings.schedule(Round.DAILY)).trigger()
        await rounds(studio, settings, Round.DAILY, 1)
    finally:
        stop.set()
        await asyncio.gather(*working)


async def test_a_schedule_that_was_otherwise_is_brought_up_to_date_and_one_that_is_right_is_left(
    studio: Studio,
) -> None:
    settings = installation(studio)
    await asyncio.gather(*(ensure_schedules(studio.client, settings) for _ in range(4)))
    hourly = studio.client.get_schedule_handle(settings.schedule(Round.HOURLY))
    await hourly.pause(note="while we look")

    def otherwise(found: ScheduleUpdateInput) -> ScheduleUpdate:
        old: Schedule = found.description.schedule
        assert isinstance(old.action, ScheduleActionStartWorkflow)
        old.action.args = [HousekeepingInput(chores=(Chore.RENEW_ALLOWANCES,))]
        return ScheduleUpdate(old)

    await hourly.update(otherwise)
    await ensure_schedules(studio.client, settings)
    described = await hourly.describe()
    assert isinstance(described.schedule.action, ScheduleActionStartWorkflow)
    given = await described.data_converter.decode([*described.schedule.action.args], [HousekeepingInput])
    assert given == [HousekeepingInput(chores=CHORES[Round.HOURLY])]
    assert (described.schedule.state.paused, described.schedule.state.note) == (True, "while we look")
    updated = described.info.last_updated_at
    await ensure_schedules(studio.client, settings)
    assert (await hourly.describe()).info.last_updated_at == updated


async def test_each_user_gets_the_months_allowance_once_however_often_it_is_triggered(studio: Studio) -> None:
    db, settings = studio.deps.db, installation(studio)
    users = [await new_user(db, 2, tier) for tier in Tier for _ in range(5)]
    local = (await local_user(db)).user_id  # who owns the films of the command line is a user like all others
    await due(studio, *users, local)
    await ensure_schedules(studio.client, settings)
    hourly = studio.client.get_schedule_handle(settings.schedule(Round.HOURLY))
    async with studio.working():
        # Two of one second are one, since it names them: others are made beside the schedule.
        beside = [asyncio.create_task(_round(studio, *CHORES[Round.HOURLY])) for _ in range(2)]
        await asyncio.gather(*(hourly.trigger(overlap=ScheduleOverlapPolicy.ALLOW_ALL) for _ in range(2)))
        one, two = await asyncio.gather(*beside)
        made = await rounds(studio, settings, Round.HOURLY, 1)
        three = await _round(studio, *CHORES[Round.HOURLY])
    month = month_of(datetime.now(UTC))
    for user, tier in [*zip(users, [tier for tier in Tier for _ in range(5)], strict=True), (local, Tier.PRO)]:
        entries = await history(db, user)
        keys = [entry.request_key for entry in entries if entry.type is EntryType.ALLOWANCE]
        assert keys == [f"{user}:{month[0]:%Y-%m}"]
        has = await balance(db, user)
        assert (has.monthly, has.resets_on) == (prices().tiers[tier].allowance, month[1])
    done = [one, two, three, *[await _result(studio, workflow_id) for workflow_id in set(made)]]
    assert sum(each.renewed.users for each in done if each.renewed) == len(users) + 1
    assert three.renewed is not None
    assert three.renewed.users == 0
    assert (await verify_money(db)).faults == []


async def test_a_trigger_while_a_round_is_made_starts_no_other(studio: Studio) -> None:
    settings = installation(studio)
    await ensure_schedules(studio.client, settings)
    hourly = studio.client.get_schedule_handle(settings.schedule(Round.HOURLY))
    await hourly.trigger()  # nobody works: it is under way until somebody does
    while not (await hourly.describe()).info.running_actions:
        await asyncio.sleep(0.05)
    await hourly.trigger()
    while not (await hourly.describe()).info.num_actions_skipped_overlap:
        await asyncio.sleep(0.05)
    async with studio.working():
        assert len(await rounds(studio, settings, Round.HOURLY, 1)) == 1


async def test_what_was_set_aside_for_a_deleted_film_goes_back(studio: Studio) -> None:
    db = studio.deps.db
    user = await new_user(db, 3)
    await reserve(db, user, 2, new_id())
    async with studio.working():
        done = await _round(studio, Chore.RELEASE_ABANDONED)
    assert done.released is not None
    assert done.released.credits >= 2
    has = await balance(db, user)
    assert (has.credits, has.reserved) == (3, 0)


async def test_a_chore_that_cannot_be_done_is_said_and_the_others_are_done(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise LabError("the broom is broken")  # no other attempt would help

    monkeypatch.setattr("activities.housekeeping.sweep", broken)
    user = await new_user(studio.deps.db, 0)
    await due(studio, user)
    async with studio.working():
        with pytest.raises(WorkflowFailureError) as failed:
            await _round(studio, Chore.SWEEP_STORE, Chore.RENEW_ALLOWANCES)
    assert "sweep_store was not done: the broom is broken" in str(failed.value.cause)
    assert (await balance(studio.deps.db, user)).credits == prices().tiers[Tier.FREE].allowance


async def test_a_round_replays(studio: Studio) -> None:
    async with studio.working():
        await _round(studio, *Chore, id="housekeeping-replayed")
    handle = studio.client.get_workflow_handle("housekeeping-replayed")
    history = await handle.fetch_history()
    replayer = Replayer(workflows=WORKFLOWS, workflow_runner=sandboxed_runner(), data_converter=pydantic_data_converter)
    assert (await replayer.replay_workflow(history)).replay_failure is None
    changed = WorkflowHistory.from_json("w", history.to_json().replace("release_abandoned", "release_everybody"))
    failure = (await replayer.replay_workflow(changed, raise_on_replay_failure=False)).replay_failure
    assert "Nondeterminism" in str(failure) or "release" in str(failure)


async def _result(studio: Studio, workflow_id: str) -> HousekeepingResult:
    handle: WorkflowHandle[HousekeepingWorkflow, HousekeepingResult] = studio.client.get_workflow_handle_for(
        HousekeepingWorkflow.run, workflow_id
    )
    return await handle.result()


async def _round(studio: Studio, *chores: Chore, id: str = "") -> HousekeepingResult:
    return await studio.client.execute_workflow(
        HousekeepingWorkflow.run,
        HousekeepingInput(chores=chores),
        id=id or f"housekeeping-{new_id()}",
        task_queue="film-cpu",
    )
