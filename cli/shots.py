"""`studio shots`: what each shot of a film is."""

from __future__ import annotations

import asyncio
from uuid import UUID

from rich.console import Console
from rich.table import Table

from activities.artifacts import ArtifactCache
from activities.shot_states import shot_reports
from api.usecases.shots import ShotsAsked
from api.usecases.versions import newest_and_current
from cli import output
from cli.client import connected
from cli.lab import Lab
from cli.tokens import tokens_of
from film.sheet.facts import size_told
from infrastructure.db.engine import Database
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.versions import ShotReport, ShotState

_COLOURS = {ShotState.STALE: "yellow", ShotState.MISSING: "yellow", ShotState.FAILED: "red"}


def show_shots(job_id: UUID, *, as_json: bool) -> None:
    """List the shots of a film: of its newest revision, held against the version that counts.

    Args:
        job_id: The job.
        as_json: Whether to print one JSON object.
    """
    version, current, found = asyncio.run(_reports(job_id))
    if as_json:
        shots = [report.model_dump(mode="json") for report in found]
        output.say_json({"job_id": str(job_id), "version": version, "current": current, "shots": shots})
        return
    table = Table("shot", "scene", "size", "seconds", "state", "edited", show_edge=False)
    for report in found:
        table.add_row(
            report.id,
            " ".join(report.slugline.split())[:40],
            size_told(report.size, report.drawn),
            f"{report.seconds:.2f}",
            report.state.value,
            ", ".join(report.edited),
            style=_COLOURS.get(report.state),
        )
    Console(highlight=False, markup=False).print(table)
    counts = ", ".join(
        f"{number} {state}" for state in ShotState if (number := sum(one.state is state for one in found))
    )
    output.say(f"Version {version}: {counts}.")


def list_shots(settings: Settings, asked: ShotsAsked) -> list[ShotReport]:
    """List shots for the API, in a process of its own: see `api.usecases.shots.ListShots`."""
    return asyncio.run(_listed(settings, asked))


async def _listed(settings: Settings, asked: ShotsAsked) -> list[ShotReport]:
    db = Database(settings.database_url, pool_size=1)
    try:
        async with ObjectStore(settings) as store:
            return await shot_reports(
                *asked.versions,
                cache=ArtifactCache(db, store),
                tokens=tokens_of(settings),
                decided=asked.decided,
            )
    finally:
        await db.close()


async def _reports(job_id: UUID) -> tuple[int, int | None, list[ShotReport]]:
    async with connected(Lab().up()) as client:
        newest, current = await newest_and_current(job_id, db=client.db)
        found = await shot_reports(
            newest,
            current,
            cache=ArtifactCache(client.db, client.store),
            tokens=tokens_of(client.settings),
        )
        return newest.rev, None if current is None else current.rev, found
