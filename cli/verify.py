"""`studio verify`: whether the installation is right."""

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
from workers.replaying import failure_of, read_history

HISTORIES = Path(__file__).parents[1] / "temporal-dev" / "histories"
"""Histories that were recorded with the code; where it was installed without them, there are none."""


def verify_installation(*, as_json: bool) -> None:
    """Look at everything and print what holds and what does not. Ends the process: with 0 if all of it holds, else 1.

    Args:
        as_json: Print one JSON object instead of text.
    """
    findings = asyncio.run(_look())
    if as_json:
        output.say_json(
            {
                "holds": not findings.broken,
                "invariants": [
                    {
                        "name": one.name,
                        "promise": one.promise,
                        "holds": one.holds,
                        "looked_at": one.checked.looked_at,
                        "count": one.checked.count,
                        "faults": list(one.checked.faults),
                    }
                    for one in findings.all
                ],
            }
        )
    else:
        _print(findings)
    leave(1 if findings.broken else 0)


def _print(findings: Findings) -> None:
    for one in findings.all:
        output.say(f"{'holds' if one.holds else 'FAULT'}  {one.name:<13} {one.checked.looked_at}: {one.promise}")
        for fault in one.checked.faults:
            output.say(f"       {fault}")
    holding, faults = len(findings.all) - len(findings.broken), len(findings.faults)
    output.say(f"{holding} of {len(findings.all)} hold, {faults} {'fault' if faults == 1 else 'faults'}.")


async def _look() -> Findings:
    recorded = [read_history(path) for path in sorted(HISTORIES.glob("*.json"))]
    async with connected(Lab().up()) as client:
        temporal = await connect_temporal(client.settings)
        return await look(
            db=client.db, store=client.store, client=temporal, play=_play, replay=failure_of, recorded=recorded
        )


def _play(path: Path, options: FilmOptions, frames: int) -> None:
    encoder = PROFILES[options.profile].encoder
    width, height = encoder.size_of(options.width, options.height)
    check_film(path, frames=frames, fps=options.fps, width=width, height=height, full=True, encoder=encoder)
