"""A workflow that does nothing, often: what `benchmarks.orchestration` runs. No benchmark of its own."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from temporalio import activity, workflow


@dataclass(frozen=True)
class Rounds:
    """How much of nothing is done."""

    count: int
    """Activities."""
    at_once: int
    """How many of them are in flight; 1 for one after another."""


@activity.defn
async def nothing(number: int) -> int:
    """Do nothing."""
    return number


@workflow.defn
class NothingWorkflow:
    """Runs activities that do nothing."""

    @workflow.run
    async def run(self, rounds: Rounds) -> float:
        """Run them.

        Returns:
            Seconds from the first to the last, by the workflow's clock.
        """
        window = asyncio.Semaphore(rounds.at_once)

        async def one(number: int) -> None:
            async with window:
                await workflow.execute_activity(nothing, number, start_to_close_timeout=timedelta(seconds=60))

        began = workflow.now()
        await asyncio.gather(*(one(number) for number in range(rounds.count)))
        return (workflow.now() - began).total_seconds()
