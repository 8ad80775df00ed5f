"""`studio verify`: whether everything agrees."""

from __future__ import annotations

import asyncio
from pathlib import Path

from api.usecases.verify_installation import Findings
from api.usecases.verify_installation import verify_installation as look
from cli import output
from cli.client import connected
from cli.lab import Lab
from film.edit.verify import check_film
from schemas.jobs import FilmOptions
from schemas.profiles import PROFILES
from workers.connecting import connect_temporal
from workers.leaving import leave


def verify_installation() -> int:
    """Look at everything and print what is wrong. Ends the process.

    Returns:
        0 if nothing is wrong, else 1.
    """
    findings = asyncio.run(_look())
    for fault in findings.faults:
        output.say(f"FAULT  {fault}")
    output.say(
        f"{findings.films} films play, {findings.open_jobs} jobs are open, {findings.artifacts} artifacts are in "
        f"place, {len(findings.faults)} faults."
    )
    leave(1 if findings.faults else 0)


async def _look() -> Findings:
    async with connected(Lab().up()) as client:
        temporal = await connect_temporal(client.settings)
        return await look(db=client.db, store=client.store, client=temporal, play=_play)


def _play(path: Path, options: FilmOptions, frames: int) -> None:
    encoder = PROFILES[options.profile].encoder
    width, height = encoder.size_of(options.width, options.height)
    check_film(path, frames=frames, fps=options.fps, width=width, height=height, full=True, encoder=encoder)
