"""`studio analyze`: the breakdown alone."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from rich.console import Console
from rich.table import Table

from cli import output
from cli.orders import printable, read_script
from film.direction import direct
from film.direction.model import direct_with
from film.script import decode, read
from schemas.script import Breakdown, Shot


def analyze_script(path: Path, *, as_json: bool) -> None:
    """Read and direct a script, and print what came of it.

    Raises:
        InvalidScript: It cannot be read, or holds nothing that can be shown.
    """
    name = printable(Path(path.name))
    breakdown = direct(read(decode(read_script(path), name), name))
    if os.environ.get("STUDIO_DIRECTOR_URL"):
        breakdown = asyncio.run(_directed(breakdown))
    if as_json:
        output.say_json(breakdown)
    else:
        _show(breakdown)


async def _directed(breakdown: Breakdown) -> Breakdown:
    """Let the language model direct that the settings name."""
    from infrastructure.settings import Settings
    from workers.director import director_of

    async with director_of(Settings()) as director:
        return breakdown if director is None else await direct_with(director, breakdown)


def _show(breakdown: Breakdown) -> None:
    console = Console()
    console.print(
        f"[bold]{breakdown.title}[/] · {breakdown.format} · {len(breakdown.scenes)} scenes · "
        f"{len(breakdown.shots)} shots · {breakdown.runtime_s:.1f} s"
    )
    console.print("Cast: " + ", ".join(f"{c.name} ({c.speeches})" for c in breakdown.characters))
    direction = breakdown.direction
    if direction.model:
        console.print(f"Directed by {direction.model}: {direction.directed} of {direction.asked} parts", markup=False)
    if direction.notes:
        console.print(f"The rules directed {'; '.join(direction.notes)}.", markup=False)
    table = Table("shot", "size", "move", "seconds", "what", show_edge=False)
    names = {character.id: character.name for character in breakdown.characters}
    for shot in breakdown.shots:
        table.add_row(shot.id, shot.size, shot.movement, f"{shot.duration_s:.1f}", _what(shot, names))
    console.print(table)


def _what(shot: Shot, names: dict[str, str]) -> str:
    lines = [shot.action] if shot.action else []
    lines += [f"{names.get(line.character, line.character)}: {line.text}" for line in shot.dialogue]
    return "\n".join(lines)
