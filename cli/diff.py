"""`studio diff`: what a changed script changes in its film."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from cli import output
from cli.orders import parse_runtime, printable, read_script
from film.direction import direct
from film.direction.diff import diff_films
from film.edit.cost import EncodingCost, encoding_cost
from film.script import open_script
from schemas.diff import Change, SceneDiff, ScriptDiff, ShotDiff
from schemas.enums import DirectedBy
from schemas.script import Breakdown

_COLOURS = {
    Change.SAME: "dim",
    Change.MOVED: "cyan",
    Change.RETIMED: "blue",
    Change.CHANGED: "yellow",
    Change.NEW: "green",
    Change.GONE: "red",
}
_NARROW = 70
"""Characters of a shot's words that are shown."""


def compare_scripts(old: Path, new: Path, *, as_json: bool, runtime: str | None = None) -> None:
    """Compare two versions of a script, and print what a new film would change and cost.

    The rules direct both, whoever directs a film of them.

    Args:
        old: The script as it was.
        new: The script as it is now.
        as_json: Whether to print one JSON object.
        runtime: How long both films last, as `cli.orders.parse_runtime` reads it; None for as long as each plays.

    Raises:
        InvalidScript: One of them cannot be read, or holds nothing that can be shown.
        InvalidRequest: `runtime` is no length, or too short for all that is said in one of them.
    """
    seconds = None if runtime is None else parse_runtime(runtime)
    before, after = _film(old, seconds), _film(new, seconds)
    difference, cost = diff_films(before, after), encoding_cost(before, after)
    if as_json:
        output.say_json(_report(difference, cost, seconds))
    else:
        _show(difference, cost)
        output.say(_assumed(seconds))


def _film(path: Path, runtime_s: float | None) -> Breakdown:
    name = printable(Path(path.name))
    return direct(open_script(read_script(path), name).screenplay, runtime_s=runtime_s)


def _assumed(runtime_s: float | None) -> str:
    """Say what kind of films are compared."""
    length = "as long as they play" if runtime_s is None else f"{runtime_s:g} s long"
    model = " The film that your language model directs may differ." if os.environ.get("STUDIO_DIRECTOR_URL") else ""
    return f"Both are directed by the rules, and {length}.{model}"


def _report(difference: ScriptDiff, cost: EncodingCost, runtime_s: float | None) -> dict[str, Any]:
    encode = {
        "segments": cost.segments,
        "of": cost.segments_of,
        "seconds": round(cost.seconds, 3),
        "of_seconds": round(cost.seconds_of, 3),
    }
    assumed = {"directed_by": DirectedBy.RULES.value, "runtime_s": runtime_s}
    return {**difference.model_dump(mode="json"), "encode": encode, **assumed}


def _show(difference: ScriptDiff, cost: EncodingCost) -> None:
    console = Console(highlight=False)
    if all(scene.change is Change.SAME for scene in difference.scenes):
        console.print("Nothing changes: both scripts make the same film.")
        return
    table = Table("", "old", "new", "what", "draw", show_edge=False)
    quiet: list[SceneDiff] = []
    for scene in difference.scenes:
        if scene.change is Change.SAME:
            quiet.append(scene)
            continue
        _add_quiet(table, quiet)
        quiet = []
        _add_scene(table, scene)
    _add_quiet(table, quiet)
    console.print(table)
    console.print()
    console.print(f"Scenes: {_counts(difference.scene_counts)}. Shots: {_counts(difference.shot_counts)}.")
    console.print(
        f"A new film draws {difference.draw} of {difference.shots} shots, and encodes {cost.segments} of "
        f"{cost.segments_of} segments: {cost.seconds:.1f} s of {cost.seconds_of:.1f} s."
    )


def _add_quiet(table: Table, scenes: list[SceneDiff]) -> None:
    """One row for a run of scenes that stay as they are."""
    if not scenes:
        return
    count = "1 scene" if len(scenes) == 1 else f"{len(scenes)} scenes"
    ends = [_run(scene.old for scene in scenes), _run(scene.new for scene in scenes)]
    table.add_row("same", *ends, count, style="dim")


def _run(indices: Iterable[int | None]) -> str:
    numbers = [_number(index) for index in indices]
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


def _number(index: int | None) -> str:
    return "" if index is None else f"s{index + 1:03d}"


def _add_scene(table: Table, scene: SceneDiff) -> None:
    draw = sum(shot.draw for shot in scene.shots)
    name = scene.change.value + (", moved" if scene.moved and scene.change is not Change.MOVED else "")
    table.add_row(
        name,
        _number(scene.old),
        _number(scene.new),
        f"[bold]{escape(' '.join(scene.title.split()))}[/]",
        str(draw) if draw else "",
        style=_COLOURS[scene.change],
    )
    if scene.change in {Change.MOVED, Change.GONE}:
        return
    for shot in scene.shots:
        if shot.change is not Change.SAME:
            table.add_row(
                f"  {shot.change.value}",
                f"  {shot.old or ''}",
                f"  {shot.new or ''}",
                _words(shot),
                "1" if shot.draw else "",
                style=_COLOURS[shot.change],
            )


def _words(shot: ShotDiff) -> str:
    after = _short(shot.text)
    if shot.before and shot.before != shot.text:
        return f"[dim]{_short(shot.before)}[/]\n{after}"
    return after


def _short(text: str) -> str:
    words = " ".join(text.split())
    return escape(words if len(words) <= _NARROW else f"{words[: _NARROW - 1].rstrip()}…")


def _counts(counts: Mapping[Change, int]) -> str:
    return ", ".join(f"{number} {change.value}" for change, number in counts.items() if number)
