"""What the Temporal Web UI says of a film: summaries of one line, and details in Markdown.

Summaries and details lie outside of what a replay compares: they may change from build to build.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from schemas.enums import DirectedBy, Tier
from schemas.jobs import FilmInput, SceneInput
from schemas.payloads import AnalyzeResult, ReelInput
from schemas.rate import name_of_rate

SUMMARY_BYTES = 300
"""Temporal refuses a start or a command whose summary takes over 400 bytes with its encoding."""
ROWS = 60
"""Rows of a table that are shown; the others are counted."""
_GAP = "\N{NO-BREAK SPACE}" * 3
"""The Web UI draws tables without any space between their columns."""
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~])")


def brief(text: str) -> str:
    """Cut a text to one line that fits into a summary, with an ellipsis where something is missing."""
    line = " ".join(text.split())
    if _size(line) <= SUMMARY_BYTES:
        return line
    while _size(line) > SUMMARY_BYTES:
        line = line[: min(len(line) - 1, SUMMARY_BYTES)]
    return line[:-1].rstrip() + "…"


def _size(line: str) -> int:
    return len(json.dumps(line, ensure_ascii=False).encode())


def plain(text: str) -> str:
    """Keep Markdown from reading marks into words that users wrote."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def directed_words(script: AnalyzeResult) -> str:
    """Say who directed a film for which a language model was asked, and why it was not the model throughout."""
    if script.directed_by is DirectedBy.MODEL:
        return f"{script.director_model} directed."
    who = "The rules directed" if script.directed_by is DirectedBy.RULES else "The rules directed a part"
    return f"{who} instead of {script.director_model}: {'; '.join(script.director_notes)}."


def film_summary(film: FilmInput) -> str:
    """Say in a line which film it is."""
    revision = f" · revision {film.rev}" if film.rev else ""
    return brief(f"{film.title[:120]} · {film.options.renderer} · {film.options.style}{revision}")


def film_details(film: FilmInput) -> str:
    """List what was ordered: it does not change while the film is made."""
    options = film.options
    facts = {
        "Film": f"“{plain(film.title)}”",
        "Script": plain(film.file_name),
        "Style": options.style,
        "Renderer": options.renderer,
        "Picture": f"{options.width} × {options.height}, {name_of_rate(options.fps)} frames a second",
        "Tier": f"{options.tier}, {'with a watermark' if options.tier is Tier.FREE else 'without watermark'}",
        "Review": "no picture is made before an approval" if film.reviewed else "not asked for",
        "Seed": options.seed,
        "Job": f"`{film.job_id}`, revision {film.rev}",
        "Project": f"`{film.project_id}`",
        "User": f"`{film.user_id}`",
    }
    return "\n".join(f"- **{name}:** {fact}" for name, fact in facts.items())


def scene_name(scene: SceneInput) -> str:
    """Name a scene, or a part of one, as a person would: by its number and its slugline."""
    part = "" if scene.part is None else f", part {scene.part}"
    title = f" · {scene.title}" if scene.title else ""
    if scene.following:
        return f"scenes {scene.scene + 1} to {scene.scene + 1 + len(scene.following)}{title}{' …' if title else ''}"
    return f"scene {scene.scene + 1}{part}{title}"


def scene_summary(scene: SceneInput) -> str:
    """Say in a line which scene it is."""
    return brief(f"{scene_name(scene)} · {counted(scene.all_shots, 'shot')}")


def scene_details(scene: SceneInput, film_workflow: str) -> str:
    """Say what a scene belongs to."""
    shots = f"{scene.first_shot + 1} to {scene.first_shot + scene.shots} of the scene"
    return (
        f"- **Film:** “{plain(scene.film.title)}”, {counted(scene.film_shots, 'shot')}\n"
        f"- **Film's workflow:** `{film_workflow}`\n"
        f"- **Scene:** {plain(scene_name(scene))}\n"
        f"- **Shots:** {f'all {scene.all_shots} of these scenes' if scene.following else shots}"
    )


def reel_summary(number: int, reel: ReelInput) -> str:
    """Say in a line which reel of a film it is: the `number`th, from 0."""
    return f"reel {number + 1} · {counted(len(reel.indices), 'segment')} of the film's {reel.count}"


def counted(number: int, noun: str) -> str:
    """Put a number before a noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def shots_named(shots: Sequence[str]) -> str:
    """Name neighbouring shots of one scene: `s001-001` to `s001-006`."""
    return shots[0] if len(shots) == 1 else f"{shots[0]} to {shots[-1]}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, of: int | None = None) -> list[str]:
    """Draw a table in Markdown.

    Args:
        head: Names of the columns.
        rows: Its rows; no more than a page can hold.
        of: How many rows there would be.
    """
    lines = ["", _row(head), "|" + " :--- |" * len(head), *(_row(row) for row in rows)]
    more = (of or len(rows)) - len(rows)
    return [*lines, "", f"… and {more} more"] if more else lines


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(f"{cell}{_GAP}" for cell in cells) + " |"


def total(counts: Sequence[int | None]) -> int | None:
    """Add counts up; None where one of them is not known."""
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None
