"""`studio versions|restore`: what became of a film over its revisions."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID

from rich.console import Console
from rich.table import Column, Table

from api.usecases.versions import restore_version, versions_of
from cli import output
from cli.client import connected
from cli.lab import Lab
from cli.orders import check_output
from infrastructure.db.tables import VersionRow
from schemas.edits import Changes
from schemas.enums import JobStatus


def show_versions(job_id: UUID, *, as_json: bool) -> None:
    """List the versions of a film.

    Args:
        job_id: The job.
        as_json: Whether to print one JSON object.
    """
    current, found = asyncio.run(_versions(job_id))
    rows = [_row(version, current) for version in found]
    if as_json:
        output.say_json({"job_id": str(job_id), "current": current, "versions": rows})
        return
    table = Table("", "", *(Column(name, no_wrap=True) for name in ("made", "status", "film", "drawn", "encoded")))
    table.add_column("what was asked", overflow="fold")
    table.show_edge = False
    for row in rows:
        length = "" if row["duration_s"] is None else f"{row['duration_s']:.1f} s"
        table.add_row(
            "▶" if row["current"] else "",
            str(row["version"]),
            row["created_at"][5:16].replace("T", " "),
            row["status"].replace("_", " "),
            length,
            *_shares(row["kept"]),
            row["asked"] + (f" · {row['message']}" if row["message"] else ""),
        )
    Console(highlight=False, markup=False).print(table)


async def _versions(job_id: UUID) -> tuple[int | None, list[VersionRow]]:
    async with connected(Lab().up()) as client:
        job, found = await versions_of(job_id, db=client.db)
        return job.version, list(found)


def _row(version: VersionRow, current: int | None) -> dict[str, Any]:
    summary = version.summary or {}
    asked = Changes.model_validate(version.asked)
    return {
        "version": version.rev,
        "base": version.base,
        "current": version.rev == current,
        "status": JobStatus(version.status).value,
        "created_at": version.created_at.isoformat(),
        "completed_at": version.completed_at and version.completed_at.isoformat(),
        "asked": "the script" if version.base is None else in_words(asked),
        "output": version.output,
        "frames": summary.get("frames"),
        "duration_s": summary.get("duration_s"),
        "stand_ins": summary.get("stand_ins", []),
        "kept": summary.get("kept"),
        "message": version.message,
    }


def in_words(asked: Changes) -> str:
    """Say in a line what was asked of a version."""
    parts = []
    for change in asked.shots:
        told = {
            "prompt": change.prompt,
            "prompt +": change.added,
            "seed": change.seed,
            "duration": None if change.duration_s is None else f"{change.duration_s:g} s",
            "move": change.movement,
            "size": change.size,
        }
        parts.append(f"{change.shot}: " + ", ".join(f"{name} {value}" for name, value in told.items() if value))
    parts += [f"{place.shot} {place.side} {place.anchor}" for place in asked.order]
    parts += [f"without {', '.join(asked.removed)}"] if asked.removed else []
    parts += [f"tier {asked.tier}"] if asked.tier else []
    parts += ["another cast"] if asked.recast else []
    return "; ".join(parts) or "nothing but its script"


def _shares(kept: dict[str, int] | None) -> tuple[str, str]:
    """How many pictures were drawn, and how many segments encoded, of how many."""
    if kept is None:
        return "", ""
    drawn, encoded = kept["pictures"] - kept["pictures_kept"], kept["segments"] - kept["segments_kept"]
    return f"{drawn} of {kept['pictures']}", f"{encoded} of {kept['segments']}"


def restore(job_id: UUID, version: int, out: Path | None) -> None:
    """Make an earlier version the film again.

    Args:
        job_id: The job.
        version: The version's number.
        out: Where the film goes, if anywhere.
    """
    if out is not None:
        check_output(out)
    asyncio.run(_restore(job_id, version, out))
    output.say(f"Version {version} is the film again; nothing was made for it.")
    if out is not None:
        output.say(f"{out.absolute()}")


async def _restore(job_id: UUID, version: int, out: Path | None) -> None:
    async with connected(Lab().up()) as client:
        film = await restore_version(job_id, version, db=client.db, store=client.store)
        if out is not None:
            await client.store.get_file(film, out.absolute())
