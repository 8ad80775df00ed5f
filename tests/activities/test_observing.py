"""How attempts at activities are counted, and what lines of the log name."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs
from temporalio import activity
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput

from activities.observing import Observed
from infrastructure.ids import new_id
from infrastructure.metrics import REGISTRY
from schemas.stages import ACTIVITY_ROWS

NAME = "draw_keyframes"


class _Doing(ActivityInboundInterceptor):
    """What an activity does, in place of one."""

    def __init__(self, do: Callable[[], Awaitable[str]]) -> None:
        self._do = do

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        return await self._do()


def counted(outcome: str) -> float:
    return REGISTRY.get_sample_value("studio_activities_total", {"activity": NAME, "outcome": outcome}) or 0.0


async def attempt(
    do: Callable[[], Awaitable[str]], *arguments: Any, env: ActivityEnvironment | None = None, **info: Any
) -> str:
    """Make an attempt at an activity, watched."""
    env = env or ActivityEnvironment()
    env.info = replace(env.info, activity_type=NAME, **info)
    watched = Observed().intercept_activity(_Doing(do))

    async def run() -> str:
        given = ExecuteActivityInput(fn=do, args=arguments, executor=None, headers={})
        made: str = await watched.execute_activity(given)
        return made

    done: str = await env.run(run)
    return done


def failing(error: BaseException) -> Callable[[], Awaitable[str]]:
    async def fail() -> str:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "number", "outcome"),
    [
        (ApplicationError("no", non_retryable=True), 1, "failed"),
        (ApplicationError("no"), 1, "retried"),
        (OSError("no"), 2, "retried"),
        (OSError("no"), ACTIVITY_ROWS[NAME].retries.maximum_attempts, "failed"),
    ],
)
async def test_errors_are_for_good_or_tried_again(error: Exception, number: int, outcome: str) -> None:
    before = counted(outcome)
    with pytest.raises(type(error)):
        await attempt(failing(error), attempt=number)
    assert counted(outcome) == before + 1


@pytest.mark.parametrize(("how", "outcome"), [("worker_shutdown", "given_back"), ("cancel_requested", "cancelled")])
async def test_what_is_given_back_by_a_worker_was_not_called_off(how: str, outcome: str) -> None:
    before, began, env = counted(outcome), asyncio.Event(), ActivityEnvironment()

    async def wait() -> str:
        began.set()
        await asyncio.Event().wait()
        return "never"

    working = asyncio.create_task(attempt(wait, env=env))
    await began.wait()
    env.cancel(activity.ActivityCancellationDetails(**{how: True}))
    with pytest.raises(asyncio.CancelledError):
        await working
    assert counted(outcome) == before + 1


async def test_the_log_names_film_part_and_shots() -> None:
    job, named = new_id(), list[dict[str, Any]]()

    async def do() -> str:
        named.append(structlog.contextvars.get_contextvars())
        return "done"

    given = SimpleNamespace(orders=[SimpleNamespace(shot="s001-001"), SimpleNamespace(shot="s001-002")])
    before = counted("done")
    with capture_logs() as lines:
        assert await attempt(do, given, workflow_id=f"film-{job}-r2/scene-001-part-2", attempt=3) == "done"
        await attempt(do, workflow_id="ai-film-studio-hourly-local-workflow")
    assert named[0] == {
        "activity": NAME, "attempt": 3, "job": str(job), "rev": 2, "part": "scene-001-part-2",
        "shots": ["s001-001", "s001-002"],
    }  # fmt: skip
    assert "job" not in named[1]
    assert [(one["event"], one["outcome"], one["log_level"]) for one in lines] == [
        ("activity ended", "done", "info")
    ] * 2
    assert counted("done") == before + 2
