"""A storyboard sheet of a film: what a director prints before anything is shot."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

import cv2
import numpy as np

from film.direction.identity import place_name, scene_numbers
from film.prompting import write_prompts
from film.render.storyboard import draw_keyframe
from film.sheet.facts import facts_of, starts_of
from film.sheet.lines import lines_by_shot
from film.sheet.pages import Act, Panel, Sheet
from schemas.enums import DirectedBy, Paper, RendererName, ScriptFormat, ShotSize
from schemas.prompt import KeyframeSpec, ShotPrompt
from schemas.rate import name_of_rate, seconds_of, timecode
from schemas.script import Breakdown, Scene, Shot
from schemas.style import StyleSpec

PRINTED_WIDTH = 900
"""Pixels that a keyframe keeps at most in width: 336 an inch, as printed."""

_JPEG = [cv2.IMWRITE_JPEG_QUALITY, 88]
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""A document's date would make two sheets of one script differ."""


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """A sheet, and what is to be said about it."""

    pdf: bytes
    pages: int
    missing: tuple[str, ...]
    """Letters of the script that no font has; `[…]` stands for them."""


def make_sheet(
    film: Breakdown,
    text: str,
    *,
    style: StyleSpec,
    width: int = 1280,
    height: int = 720,
    seed: int = 0,
    paper: Paper = Paper.A4,
    drawn: Callable[[Shot], object] = lambda _: None,
) -> MadeSheet:
    """Draw the storyboard sheet of a film; the same film gives the same bytes.

    Args:
        film: The breakdown.
        text: The script that its spans count.
        style: What the pictures look like.
        width: Width of the film, in pixels, even.
        height: Height of the film, in pixels, even.
        seed: The project's; with the film's, each picture is the film's own.
        paper: What it is printed on, in landscape.
        drawn: Told of each shot whose picture is drawn.

    Returns:
        The sheet as a PDF.
    """
    prompts = write_prompts(film, style=style, width=width, height=height, project_seed=seed).prompts
    pictures = [_drawing(shot, prompt, drawn) for shot, prompt in zip(film.shots, prompts, strict=True)]
    sizes = {prompt.shot: prompt.picture.size for prompt in prompts}
    return bind_sheet(film, text, pictures, look=style.title, width=width, height=height, paper=paper, sizes=sizes)


def bind_sheet(
    film: Breakdown,
    text: str,
    pictures: Sequence[Callable[[], bytes]],
    *,
    look: str,
    width: int,
    height: int,
    paper: Paper = Paper.A4,
    sizes: Mapping[str, ShotSize] = MappingProxyType({}),
) -> MadeSheet:
    """Make the storyboard sheet of a film from pictures; equal pictures give the same bytes.

    Args:
        film: The breakdown.
        text: The script that its spans count.
        pictures: For each shot, what gives its picture, PNG or JPEG; called once, in order.
        look: Title of the style, for the head of the sheet.
        width: Width of the film, in pixels.
        height: Height of the film, in pixels.
        paper: What it is printed on, in landscape.
        sizes: The size in which each shot is drawn, by its number; those that are missing are drawn in their own.

    Returns:
        The sheet as a PDF.
    """
    rows = zip(facts_of(film, sizes), lines_by_shot(film, text), pictures, strict=True)
    panels = [Panel(facts, beside, partial(_printed, picture)) for facts, beside, picture in rows]
    remark = f"{_length(film)} · {look} · {width}×{height} · {name_of_rate(film.fps)} fps · {_directed(film)}"
    with tempfile.TemporaryDirectory(prefix="sheet-") as folder:
        story = film.format is ScriptFormat.PROSE
        sheet = Sheet(film.title, remark, paper, width / height, Path(folder), story=story)
        sheet.set_creation_date(_NO_DAY)
        for act in _acts(film, panels):
            sheet.act(act)
        return MadeSheet(sheet.written(), sheet.pages_count, tuple(sheet.letters.missing))


def _drawing(shot: Shot, prompt: ShotPrompt, drawn: Callable[[Shot], object]) -> Callable[[], bytes]:
    def draw() -> bytes:
        png = draw_keyframe(KeyframeSpec.of(prompt, RendererName.STORYBOARD))
        drawn(shot)
        return png

    return draw


def _printed(made: Callable[[], bytes]) -> bytes:
    """A keyframe as it goes into the document: no larger than can be printed, as JPEG."""
    picture = np.asarray(cv2.imdecode(np.frombuffer(made(), np.uint8), cv2.IMREAD_COLOR), np.uint8)
    height, width = picture.shape[:2]
    if width > PRINTED_WIDTH:
        size = (PRINTED_WIDTH, round(height * PRINTED_WIDTH / width))
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    done, data = cv2.imencode(".jpg", picture, _JPEG)
    if not done:
        raise RuntimeError(f"OpenCV did not encode a picture of shape {picture.shape}")
    return bytes(data)


def _acts(film: Breakdown, panels: Sequence[Panel]) -> list[Act]:
    """The panels, scene by scene."""
    names = {location.id: location.name for location in film.locations}
    scenes = {scene.index: scene for scene in film.scenes}
    starts, numbers = starts_of(film), scene_numbers(film.scenes)
    found = []
    for index, group in groupby(range(len(film.shots)), lambda at: film.shots[at].scene):
        at = list(group)
        frames = sum(film.shots[one].frames for one in at)
        count = "1 shot" if len(at) == 1 else f"{len(at)} shots"
        remark = f"{count} · {seconds_of(frames, film.fps):.1f} s · from {timecode(starts[at[0]], film.fps)}"
        scene = scenes[index]
        found.append(
            Act(numbers[index], _heading(scene, names), bool(scene.heading), remark, tuple(panels[one] for one in at))
        )
    return found


def _heading(scene: Scene, names: dict[str, str]) -> str:
    """As written; where a story has none, its place and time."""
    place = place_name(scene, names)
    return scene.heading or f"{place[:1].upper()}{place[1:]}, {scene.time_of_day}"


def _length(film: Breakdown) -> str:
    seconds = round(film.runtime_s)
    shots = "1 shot" if len(film.shots) == 1 else f"{len(film.shots)} shots"
    return f"{shots} · {seconds // 60}:{seconds % 60:02d}"


def _directed(film: Breakdown) -> str:
    who = {DirectedBy.RULES: "the rules", DirectedBy.MODEL: film.direction.model}
    return f"directed by {who.get(film.direction.by, f'{film.direction.model} and the rules')}"
