"""Whoever works holds a ticket, and what becomes of it says whether the work is done. Without servers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

import pytest
from temporalio import activity
from temporalio.activity import ActivityCancellationDetails
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput

from activities.demand import TicketsInHand
from infrastructure.tickets import Ticket, Tickets
from schemas.errors import DependencyDown

OFTEN_S = 0.01
NEVER_S = 3600.0
"""How often a ticket is held on to, or looked for."""


class Drawer(Tickets):
    """A queue in memory, which may be away, hold nothing, or have given a ticket to two."""

    def __init__(self) -> None:
        self.name = "drawer"
        self.done: list[str] = []
        self.away = False
        self.empty = 0
        self.lost = False

    def _says(self, what: str) -> None:
        self.done.append(what)
        if self.away:
            raise DependencyDown("SQS is away.")

    async def take(self) -> Ticket | None:
        self._says("take")
        self.empty -= 1
        return None if self.empty >= 0 else Ticket("receipt", 1, "{}")

    async def hold(self, ticket: Ticket) -> bool:
        self._says("hold")
        self.lost, lost = False, self.lost
        return not lost

    async def close(self, ticket: Ticket) -> None:
        self._says("close")

    async def give_back(self, ticket: Ticket) -> None:
        self._says("give back")


class Work(ActivityInboundInterceptor):
    """What is done while a ticket is held."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work = work

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        return await self._work()


async def run(
    drawer: Drawer,
    work: Callable[[], Any],
    until: Callable[[], bool],
    env: ActivityEnvironment,
    beat_s: float = NEVER_S,
) -> Any:
    """Do some work that ends when something has happened at the queue."""

    async def patient() -> Any:
        while not until():
            await asyncio.sleep(0.001)
        return await work()

    holding = TicketsInHand(drawer, beat_s).intercept_activity(Work(patient))

    @activity.defn
    async def whatever() -> Any:
        return await holding.execute_activity(cast(ExecuteActivityInput, None))

    return await env.run(whatever)


async def paint() -> str:
    return "painted"


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def env() -> ActivityEnvironment:
    return ActivityEnvironment()


async def test_it_is_held_while_work_lasts_and_closed_at_its_end(drawer: Drawer, env: ActivityEnvironment) -> None:
    assert await run(drawer, paint, lambda: drawer.done.count("hold") >= 2, env, OFTEN_S) == "painted"
    assert (drawer.done[0], drawer.done[-1]) == ("take", "close")
    assert set(drawer.done[1:-1]) == {"hold"}


async def test_work_that_is_over_at_once_has_had_one(drawer: Drawer, env: ActivityEnvironment) -> None:
    assert await run(drawer, paint, lambda: True, env) == "painted"
    assert drawer.done == ["take", "close"]


async def test_work_that_is_tried_again_gives_it_back(drawer: Drawer, env: ActivityEnvironment) -> None:
    for error in (ApplicationError("the store is away"), ValueError("a fault of ours")):

        async def fail(error: Exception = error) -> None:
            raise error

        drawer.done.clear()
        with pytest.raises(type(error)):
            await run(drawer, fail, lambda: bool(drawer.done), env)
        assert drawer.done == ["take", "give back"]


async def test_work_that_is_not_tried_again_closes_it(drawer: Drawer, env: ActivityEnvironment) -> None:
    async def fail() -> None:
        raise ApplicationError("no such model", non_retryable=True)

    with pytest.raises(ApplicationError):
        await run(drawer, fail, lambda: bool(drawer.done), env)
    assert drawer.done == ["take", "close"]


@pytest.mark.parametrize(
    ("why", "end"),
    [
        (ActivityCancellationDetails(worker_shutdown=True), "give back"),
        (ActivityCancellationDetails(timed_out=True), "give back"),
        (ActivityCancellationDetails(cancel_requested=True), "close"),
        (ActivityCancellationDetails(not_found=True), "close"),
    ],
)
async def test_a_drained_worker_gives_it_back_and_a_cancelled_film_has_none(
    why: ActivityCancellationDetails, end: str, drawer: Drawer, env: ActivityEnvironment
) -> None:
    async def wait_for_ever() -> None:
        env.cancel(cancellation_details=why)
        await asyncio.Event().wait()

    with pytest.raises(asyncio.CancelledError):
        await run(drawer, wait_for_ever, lambda: bool(drawer.done), env)
    assert drawer.done == ["take", end]


async def test_work_goes_on_without_one_and_takes_one_that_comes_late(drawer: Drawer, env: ActivityEnvironment) -> None:
    drawer.empty = 3
    await run(drawer, paint, lambda: "hold" in drawer.done, env, OFTEN_S)
    assert drawer.done[:5] == ["take"] * 4 + ["hold"]
    assert drawer.done[-1] == "close"
    drawer.done.clear()
    drawer.empty = 10**6
    assert await run(drawer, paint, lambda: len(drawer.done) > 2, env, OFTEN_S) == "painted"
    assert set(drawer.done) == {"take"}


async def test_a_queue_that_is_away_changes_nothing(drawer: Drawer, env: ActivityEnvironment) -> None:
    drawer.away = True
    assert await run(drawer, paint, lambda: len(drawer.done) > 2, env, OFTEN_S) == "painted"
    assert set(drawer.done) == {"take"}
    drawer.away = False
    drawer.done.clear()

    async def end_while_it_is_away() -> str:
        drawer.away = True
        return "painted"

    assert await run(drawer, end_while_it_is_away, lambda: "hold" in drawer.done, env, OFTEN_S) == "painted"


async def test_one_that_two_had_is_left_to_the_first(drawer: Drawer, env: ActivityEnvironment) -> None:
    drawer.lost = True
    await run(drawer, paint, lambda: drawer.done.count("take") >= 2 and drawer.done[-1] == "hold", env, OFTEN_S)
    assert drawer.done[:4] == ["take", "hold", "take", "hold"]
