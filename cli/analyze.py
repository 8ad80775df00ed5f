"""`studio analyze`: the breakdown alone."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from cli import output
from cli.cast import read_cast
from cli.directing import read_and_direct
from cli.orders import check_output, printable, read_settings
from film.direction.storymap import draw_story_map, to_mermaid, to_png
from film.script.lexicon import lexicon
from film.script.moderation import moderate
from schemas.enums import Angle, FadeColour, TransitionKind
from schemas.errors import InvalidRequest
from schemas.script import Breakdown, Scene, Shot

_WIDE = 110
"""Columns of a terminal from which on the table tells each shot's rule and whom it shows, too."""
_BARS = "▁▂▃▄▅▆▇█"
_SIDES = {"left": "‹", "centre": "·", "right": "›"}


def analyze_script(
    path: Path, *, as_json: bool, runtime: str | None = None, graph: Path | None = None, cast: Path | None = None
) -> None:
    """Read and direct a script, and print what came of it; what moderation finds goes to standard error.

    Args:
        path: The script's file.
        as_json: Whether to print the breakdown as JSON.
        runtime: How long the film shall last, as `cli.orders.parse_runtime` reads it.
        graph: Where to write the scene graph; the suffix says as what.
        cast: A file of who the people are, as `cli.cast.read_cast` reads it.

    Raises:
        InvalidScript: It cannot be read, or holds nothing that can be shown.
        InvalidRequest: `runtime` is no length, or too short for all that is said; the graph cannot be written there,
            or as that; or the cast cannot be read.
    """
    if graph is not None:
        _check_graph(graph, path)
    name = printable(Path(path.name))
    script, breakdown = read_and_direct(path, runtime, cast=read_cast(cast))
    flags = moderate(script.text, lexicon(read_settings().moderation_lexicon))
    if graph is not None:
        graph.write_bytes(_GRAPHS[graph.suffix.lower()](breakdown))
        output.tell(f"The scene graph is in {printable(graph)}.")
    if as_json:
        output.say_json(breakdown)
    else:
        _show(breakdown, script.encoding)
    for flag in flags:
        output.tell(f"{name}, line {flag.line}: {flag.title} ({flag.severity})")


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


def _show(breakdown: Breakdown, encoding: str) -> None:
    console = Console()
    console.print(
        f"[bold]{escape(breakdown.title)}[/] · {breakdown.format}, read as {encoding} · "
        f"{len(breakdown.scenes)} scenes · {len(breakdown.shots)} shots · {breakdown.runtime_s:.1f} s"
    )
    console.print("Cast: " + ", ".join(f"{escape(c.name)} ({c.speeches})" for c in breakdown.characters))
    direction = breakdown.direction
    if direction.model:
        console.print(f"Directed by {direction.model}: {direction.directed} of {direction.asked} parts", markup=False)
    if direction.notes:
        console.print(f"The rules directed {'; '.join(direction.notes)}.", markup=False)
    names = {character.id: character.name for character in breakdown.characters}
    scenes = {scene.index: scene for scene in breakdown.scenes}
    places = {place.id: place.name for place in breakdown.locations}
    wide = console.width >= _WIDE
    table = Table(
        Column("shot", no_wrap=True),
        *(["rule"] if wide else []),
        "camera",
        *(["who"] if wide else []),
        Column("seconds" if wide else "s", justify="right", no_wrap=True),
        "what",
        show_edge=False,
    )
    for index, group in groupby(breakdown.shots, lambda shot: shot.scene):
        shots = list(group)
        table.add_section()
        curve, heading = f"[bold]{_curve(shots)}[/]", _heading(scenes[index], places)
        table.add_row("", *(["pacing", curve, ""] if wide else [curve]), _seconds(shots), heading)
        for shot in shots:
            camera, who = _camera(shot), _who(shot, names)
            seen = (
                [shot.rule, camera, who] if wide else ["\n".join(filter(None, (camera, f"[dim]{shot.rule}[/]", who)))]
            )
            table.add_row(shot.id, *seen, _seconds([shot]), _what(shot, names))
    console.print(table)


def _curve(shots: list[Shot]) -> str:
    """The tension of a scene's shots, a bar each."""
    return "".join(_BARS[round(shot.tension * (len(_BARS) - 1))] for shot in shots)


def _seconds(shots: list[Shot]) -> str:
    return f"{sum(shot.duration_s for shot in shots):.1f}"


def _heading(scene: Scene, places: dict[str, str]) -> str:
    return f"[bold]{escape(scene.heading or places[scene.location])}[/]"


def _camera(shot: Shot) -> str:
    words = [shot.size.value, "" if shot.angle is Angle.EYE else shot.angle.value, shot.movement.value]
    if shot.transition_in is not TransitionKind.CUT:
        source = " from white" if shot.transition_in_via is FadeColour.WHITE else ""
        words.append(shot.transition_in.value + source)
    return " ".join(word.replace("_", " ") for word in words if word)


def _who(shot: Shot, names: dict[str, str]) -> str:
    return ", ".join(f"{_SIDES[one.side]}{escape(names.get(one.character, one.character))}" for one in shot.staging)


def _what(shot: Shot, names: dict[str, str]) -> str:
    lines = [shot.action] if shot.action else []
    lines += [f"“{shot.title}”"] if shot.title else []
    lines += [f"{names.get(line.character, line.character)}: {line.text}" for line in shot.dialogue]
    return escape("\n".join(lines))
