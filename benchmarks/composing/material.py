"""The film that `benchmarks.compose` makes: pictures from formulas, and a cut of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from film.edit.cut import fit_transitions
from film.edit.frames import recipes
from film.edit.painter import Painter
from film.motion.i420 import Planes, empty_planes
from schemas.enums import TransitionKind
from schemas.timeline import CameraMove, Cue, Cut, CutItem, Framing, Segment

FPS = 24
SHOT_FRAMES = 96
"""Four seconds: fifteen shots a minute."""
DISSOLVE_FRAMES = 12
EVERY_DISSOLVE = 4
"""Of the shots, each of so many begins with a dissolve."""

WHOLE = Framing(x=0.5, y=0.5, scale=1.0)
MOVES = (
    (WHOLE, Framing(x=0.47, y=0.46, scale=0.9)),
    (Framing(x=0.44, y=0.5, scale=0.88), Framing(x=0.56, y=0.5, scale=0.88)),
    (Framing(x=0.5, y=0.47, scale=0.9), WHOLE),
    (WHOLE, WHOLE),
    (Framing(x=0.5, y=0.55, scale=0.9), Framing(x=0.5, y=0.45, scale=0.9)),
)
"""Four in five move, by a tenth of the picture and more."""

Picture = Callable[[int, int, int], NDArray[np.uint8]]
"""Makes a picture of a width and a height, other for each seed: rows × columns × 3, BGR."""


def drawn(width: int, height: int, seed: int) -> NDArray[np.uint8]:
    """Draw a picture like a storyboard's: a graded ground and flat shapes with clean outlines."""
    chance = np.random.default_rng(seed)
    upper, lower = chance.integers(40, 230, (2, 3))
    shade = np.linspace(0, 1, height)[:, None, None]
    picture = np.ascontiguousarray(np.repeat(upper + (lower - upper) * shade, width, axis=1).astype(np.uint8))
    for _ in range(24):
        corners = chance.random((6, 2)) * (width / 4, height / 2) + chance.random(2) * (width * 0.9, height * 0.8)
        hull = cv2.convexHull(corners.astype(np.int32))
        cv2.fillPoly(picture, [hull], [int(value) for value in chance.integers(20, 240, 3)], cv2.LINE_AA)
    return picture


def textured(width: int, height: int, seed: int) -> NDArray[np.uint8]:
    """Make a picture with the spectrum of a photograph: amplitudes fall as one over the frequency."""
    chance = np.random.default_rng(seed)
    frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None])
    frequency[0, 0] = 1.0
    planes = []
    for _ in range(3):
        noise = np.fft.irfft2(np.fft.rfft2(chance.standard_normal((height, width))) / frequency, (height, width))
        planes.append(noise / noise.std())
    light, blue, red = planes
    colours = [light + 0.35 * blue, light, light + 0.35 * red]
    return np.ascontiguousarray(np.dstack([np.clip(125 + 42 * plane, 0, 255) for plane in colours]).astype(np.uint8))


def film(width: int, height: int, shots: int, folder: Path, picture: Picture = textured) -> tuple[Cut, dict[str, Path]]:
    """Make a cut of moving and standing shots, with dissolves and subtitles, and its pictures.

    Args:
        width: Width of the film, in pixels, even.
        height: Height of the film, in pixels, even.
        shots: Their number.
        folder: Where the pictures go, as PNG.
        picture: Makes them.

    Returns:
        The cut, and for each sha256 a file.
    """
    items, stills = [], {}
    for index in range(shots):
        path = folder / f"{picture.__name__}-{index}.png"
        cv2.imwrite(str(path), picture(width, height, index))
        name = hashlib.sha256(path.read_bytes()).hexdigest()
        stills[name] = path
        start, end = MOVES[index % len(MOVES)]
        dissolves = index % EVERY_DISSOLVE == 2
        items.append(
            CutItem(
                shot=f"s001-{index + 1:03d}",
                name="",
                media_key=path.name,
                media_sha256=name,
                move=CameraMove(start=start, end=end, frames=SHOT_FRAMES),
                frames=SHOT_FRAMES,
                transition_in=TransitionKind.DISSOLVE if dissolves else TransitionKind.CUT,
                transition_in_frames=DISSOLVE_FRAMES if dissolves else 0,
            )
        )
    cues = tuple(
        Cue(start=first + 12, end=first + SHOT_FRAMES - 12, text=f"And this is what shot {number} has to say.")
        for number, first in enumerate(range(0, shots * SHOT_FRAMES, SHOT_FRAMES), 1)
    )
    items = list(fit_transitions(items))
    return Cut(title="bench", fps=FPS, width=width, height=height, items=tuple(items), cues=cues), stills


def with_fades(cut: Cut) -> Cut:
    """Let every shot that begins with a cut fade in, but for the half of them, and the one before it fade out."""
    items = list(cut.items)
    for index in range(1, len(items), 2):
        if items[index].transition_in is TransitionKind.CUT:
            fade = {"transition_in": TransitionKind.FADE, "transition_in_frames": DISSOLVE_FRAMES}
            items[index] = items[index].model_copy(update=fade)
            out = {"transition_out": TransitionKind.FADE, "transition_out_frames": DISSOLVE_FRAMES}
            items[index - 1] = items[index - 1].model_copy(update=out)
    return cut.model_copy(update={"items": fit_transitions(items)})


def with_burnt_subtitles(cut: Cut) -> Cut | None:
    """Let the subtitles be drawn into the frames; None where this version cannot."""
    if "subtitles" not in Cut.model_fields:
        return None
    return Cut.model_validate({**cut.model_dump(), "subtitles": "burnt"})


def painted(segment: Segment, stills: Mapping[str, Path]) -> Iterator[Planes]:
    """Paint a segment's frames, one after another, into the same memory."""
    canvas = empty_planes(segment.width, segment.height)
    with Painter(segment, stills, canvas) as painter:
        for recipe in recipes(segment.items):
            painter.paint(recipe)
            yield canvas


def write_ready_frames(segments: Sequence[Segment], stills: Mapping[str, Path], path: Path) -> None:
    """Write all frames of a film, as planes of I420 without anything between, for whoever only encodes them."""
    with path.open("wb") as file:
        for segment in segments:
            for planes in painted(segment, stills):
                for plane in planes:
                    file.write(plane.tobytes())
