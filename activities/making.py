"""The record of every act of making, and what follows when the same thing fails again and again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from temporalio import activity

from activities.deps import Deps
from infrastructure.db.repositories.renders import Renders, Tally
from schemas.errors import ArtifactMissing, DependencyDown, StorageFull, StudioError
from schemas.jobs import FilmInput
from schemas.stages import Stage

MADE, FAILED, DRAINED = "made", "failed", "drained"
"""Outcomes of an act of making. DRAINED counts for nothing: it was given back, not failed."""


@asynccontextmanager
async def act_of_making(
    deps: Deps, film: FilmInput, stage: Stage, *, label: str, spec: str, round_: int = 0
) -> AsyncIterator[None]:
    """Append a row to `renders` before the block makes something, and its outcome afterwards.

    A row without an outcome belongs to a worker that died: nobody was left to write it.

    Args:
        deps: The worker's clients.
        film: The job.
        stage: Who makes it.
        label: What is made, for people: a shot's number, `segment 3`.
        spec: Hash of its spec.
        round_: How often it had failed for good before.
    """
    async with deps.db.begin() as session:
        render = await Renders(session).begin(
            film.job_id, film.rev, label, stage.value, spec, round_, activity.info().attempt, deps.worker
        )
    outcome, message = MADE, ""
    try:
        yield
    except asyncio.CancelledError:
        # Cancelled, or the worker drained: neither is the shot's fault.
        outcome = DRAINED
        raise
    except Exception as error:
        outcome, message = DRAINED if is_environment(error) else FAILED, describe(error)
        raise
    finally:
        await _close(deps, render, outcome, message)


async def _close(deps: Deps, render: UUID, outcome: str, message: str) -> None:
    async with deps.db.begin() as session:
        await Renders(session).outcome(render, outcome, message)


async def tally(deps: Deps, film: FilmInput, specs: Sequence[str], round_: int) -> dict[str, Tally]:
    """Count, for each spec, its own failures and the workers lost with it in hand, within one round."""
    async with deps.db.begin() as session:
        return await Renders(session).tally(film.job_id, specs, round_, attempt=activity.info().attempt)


def is_environment(error: BaseException) -> bool:
    """Tell a fault of the disk, the store or the database from a fault of what was to be made."""
    return isinstance(error, DependencyDown | StorageFull | ArtifactMissing | OSError)


def describe(error: BaseException) -> str:
    """Say an error in a sentence: its own, where it has one for users."""
    return str(error) if isinstance(error, StudioError) else f"{type(error).__name__}: {error}"
