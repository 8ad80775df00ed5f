"""`studio analyze`: the breakdown alone."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from cli import output
from cli.orders import check_output, printable, read_script
from film.direction import direct
from film.direction.storymap import draw_story_map, to_mermaid, to_png
from film.script import decode, read
from schemas.errors import InvalidRequest
from schemas.script import Breakdown, Shot


def analyze_script(path: Path, *, as_json: bool, graph: Path | None = None) -> None:
    """Read and direct a script, and print what came of it.

    Args:
        path: The script.
        as_json: Whether to print the whole breakdown.
        graph: Where to write the scene graph; the suffix says as what.

    Raises:
        InvalidScript: It cannot be read, or holds nothing that can be shown.
        InvalidRequest: The graph cannot be written there, or as that.
    """
    if graph is not None:
        _check_graph(graph, path)
    name = printable(Path(path.name))
    breakdown = direct(read(decode(read_script(path), name), name))
    if graph is not None:
        graph.write_bytes(_GRAPHS[graph.suffix.lower()](breakdown))
        output.tell(f"The scene graph is in {printable(graph)}.")
    if as_json:
        output.say_json(breakdown)
    else:
        _show(breakdown)


def _as_json(film: Breakdown) -> bytes:
    return (film.graph.model_dump_json(indent=2) + "\n").encode("utf-8")


def _as_mermaid(film: Breakdown) -> bytes:
    return to_mermaid(film).encode("utf-8", "replace")


def _as_svg(film: Breakdown) -> bytes:
    return draw_story_map(film).encode("utf-8", "replace")


def _as_png(film: Breakdown) -> bytes:
    return to_png(draw_story_map(film))


_GRAPHS = {".svg": _as_svg, ".png": _as_png, ".mmd": _as_mermaid, ".json": _as_json}


def _check_graph(graph: Path, script: Path) -> None:
    if graph.suffix.lower() not in _GRAPHS:
        raise InvalidRequest(
            f"--graph {printable(graph)} has no suffix that says what to write; known are {', '.join(_GRAPHS)}."
        )
    check_output(graph, script)


def _show(breakdown: Breakdown) -> None:
    console = Console()
    console.print(
        f"[bold]{escape(breakdown.title)}[/] · {breakdown.format} · {len(breakdown.scenes)} scenes · "
        f"{len(breakdown.shots)} shots · {breakdown.runtime_s:.1f} s"
    )
    console.print(escape("Cast: " + ", ".join(f"{c.name} ({c.speeches})" for c in breakdown.characters)))
    table = Table("shot", "size", "move", "seconds", "what", show_edge=False)
    names = {character.id: character.name for character in breakdown.characters}
    for shot in breakdown.shots:
        table.add_row(shot.id, shot.size, shot.movement, f"{shot.duration_s:.1f}", escape(_what(shot, names)))
    console.print(table)


def _what(shot: Shot, names: dict[str, str]) -> str:
    lines = [shot.action] if shot.action else []
    lines += [f"{names.get(line.character, line.character)}: {line.text}" for line in shot.dialogue]
    return "\n".join(lines)
