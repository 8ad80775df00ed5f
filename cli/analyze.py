"""`studio analyze`: the breakdown alone."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from cli import output
from cli.orders import printable, read_script
from film.direction import direct
from film.script import open_script
from schemas.script import Breakdown, Shot


def analyze_script(path: Path, *, as_json: bool) -> None:
    """Read and direct a script, and print what came of it.

    Raises:
        InvalidScript: It cannot be read, or holds nothing that can be shown.
    """
    name = printable(Path(path.name))
    script = open_script(read_script(path), name)
    breakdown = direct(script.screenplay)
    if as_json:
        output.say_json(breakdown)
    else:
        _show(breakdown, script.encoding)


def _show(breakdown: Breakdown, encoding: str) -> None:
    console = Console()
    console.print(
        f"[bold]{breakdown.title}[/] · {breakdown.format}, read as {encoding} · {len(breakdown.scenes)} scenes · "
        f"{len(breakdown.shots)} shots · {breakdown.runtime_s:.1f} s"
    )
    console.print("Cast: " + ", ".join(f"{c.name} ({c.speeches})" for c in breakdown.characters))
    table = Table("shot", "size", "move", "seconds", "what", show_edge=False)
    names = {character.id: character.name for character in breakdown.characters}
    for shot in breakdown.shots:
        table.add_row(shot.id, shot.size, shot.movement, f"{shot.duration_s:.1f}", _what(shot, names))
    console.print(table)


def _what(shot: Shot, names: dict[str, str]) -> str:
    lines = [shot.action] if shot.action else []
    lines += [f"{names.get(line.character, line.character)}: {line.text}" for line in shot.dialogue]
    return "\n".join(lines)
