"""The record of every act of making, and what follows when the same thing fails again and again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import NamedTuple
from uuid import UUID

from temporalio import activity

from activities.deps import Deps
from infrastructure import metrics
from infrastructure.db.repositories.artifacts import Artifacts
from infrastructure.db.repositories.renders import Renders, Tally
from schemas.artifact import ArtifactRef
from schemas.errors import ArtifactMissing, DependencyDown, StorageFull, StudioError
from schemas.jobs import FilmInput
from schemas.stages import Stage

MADE, FAILED, DRAINED = metrics.MADE, metrics.FAILED, metrics.DRAINED
"""Outcomes of an act of making. DRAINED counts for nothing: it was given back, not failed."""


class Act:
    """One act of making, while it lasts. What was not said of it when the block ends, its end says."""

    def __init__(self, render: UUID) -> None:
        self.render = render
        self.outcome: str | None = None
        self.message = ""
        self.stored: ArtifactRef | None = None

    def made(self, stored: ArtifactRef | None = None) -> None:
        """Let it count as made, whatever becomes of those beside it.

        Args:
            stored: What was made, if it has no row yet: that is written together with the outcome.
        """
        self.outcome, self.stored = MADE, stored

    def set_aside(self) -> None:
        """Let it count for nothing, whatever becomes of it."""
        self.outcome = DRAINED

    def failed(self, error: BaseException) -> None:
        """Let it end as a failure; a fault of the environment is not its own, and counts for nothing."""
        self.outcome, self.message = DRAINED if is_environment(error) else FAILED, describe(error)


class Making(NamedTuple):
    """What is about to be made."""

    label: str
    """For people: a shot's number, `segment 3`."""
    spec: str
    """Hash of what it is made from."""
    round: int = 0
    """How often it had failed for good before."""


@asynccontextmanager
async def acts_of_making(
    deps: Deps, film: FilmInput, stage: Stage, things: Sequence[Making]
) -> AsyncIterator[tuple[Act, ...]]:
    """Append rows to `renders` before the block makes some things at once, and their outcomes afterwards.

    A row without an outcome belongs to a worker that died: nobody was left to write it.

    Args:
        deps: The worker's clients.
        film: The job.
        stage: Who makes them.
        things: What is made.

    Yields:
        An act each, in order, on which the block notes how it ended. An error that leaves the block ends the others.
    """
    async with deps.db.begin() as session:
        renders, attempt = Renders(session), activity.info().attempt
        acts = tuple(
            [
                Act(
                    await renders.begin(
                        film.job_id, film.rev, thing.label, stage.value, thing.spec, thing.round, attempt, deps.worker
                    )
                )
                for thing in things
            ]
        )
    try:
        yield acts
    except asyncio.CancelledError:
        # Cancelled, or the worker drained: neither is the shots' fault.
        for act in _open(acts):
            act.outcome = DRAINED
        raise
    except Exception as error:
        for act in _open(acts):
            act.failed(error)
        raise
    finally:
        stored = {thing.spec: act.stored for thing, act in zip(things, acts, strict=True) if act.stored is not None}
        async with deps.db.begin() as session:
            await Artifacts(session).keep_all(film.project_id, stage.value, stored)
            for act in acts:
                await Renders(session).outcome(act.render, act.outcome or MADE, act.message)
        for act in acts:
            metrics.RENDERS.labels(stage.value, act.outcome or MADE).inc()


def reused(stage: Stage, number: int) -> None:
    """Count what was asked for and stood already.

    Args:
        stage: Who would have made it.
        number: How many things.
    """
    metrics.RENDERS.labels(stage.value, metrics.REUSED).inc(number)


def _open(acts: Sequence[Act]) -> list[Act]:
    return [act for act in acts if act.outcome is None]


async def tally(deps: Deps, film: FilmInput, specs: Sequence[str], round_: int) -> dict[str, Tally]:
    """Count, for each spec, its own failures and the workers lost with it in hand, within one round of a revision."""
    attempt = activity.info().attempt
    async with deps.db.begin() as session:
        return await Renders(session).tally(film.job_id, specs, round_, attempt=attempt, rev=film.rev)


async def kept(deps: Deps, film: FilmInput, specs: Sequence[str]) -> int:
    """Count how much of what stands was there before this revision: nothing was made for it.

    Args:
        deps: The worker's clients.
        film: The job.
        specs: Hashes of what stands.
    """
    async with deps.db.begin() as session:
        made = await Renders(session).made_for(film.job_id, film.rev, specs)
    return sum(spec not in made for spec in specs)


def is_environment(error: BaseException) -> bool:
    """Tell a fault of the disk, the store or the database from a fault of what was to be made."""
    return isinstance(error, DependencyDown | StorageFull | ArtifactMissing | OSError)


def is_final(error: BaseException) -> bool:
    """Tell an error that would come again, whoever tried: with the same input, or after other seeds were tried."""
    return isinstance(error, StudioError) and not error.retryable


def describe(error: BaseException) -> str:
    """Say an error in a sentence: its own, where it has one for users."""
    return str(error) if isinstance(error, StudioError) else f"{type(error).__name__}: {error}"
