"""The media of a hand-over: each shot as a file with handles, and the film frame by frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from film.edit.encode import render_recipes
from film.edit.frames import Recipe, recipes
from film.edit.painter import Painter
from film.export.reel import Clip, Reel
from film.motion.i420 import Planes, empty_planes
from schemas.enums import FadeColour, TransitionKind
from schemas.errors import StorageFull
from schemas.timeline import Cut, CutItem, EncoderSettings, Segment

_PLAIN = {
    "transition_in": TransitionKind.CUT,
    "transition_in_frames": 0,
    "transition_out": TransitionKind.CUT,
    "transition_out_frames": 0,
}


def render_clip(clip: Clip, cut: Cut, encoder: EncoderSettings, media: Mapping[str, Path], out: Path) -> None:
    """Render a shot by itself, without its transitions, and with its handles: the editor's program makes them.

    Args:
        clip: The shot.
        cut: The film that it is of.
        encoder: How it is encoded; its watermark, if any, is in every frame.
        media: For each `media_sha256`, its picture or clip.
        out: The MP4 to write; it appears only when it is whole.

    Raises:
        ArtifactMissing: The shot's picture or clip is not there or cannot be decoded.
        StorageFull: No space is left for the file.
        EncoderFailed: The encoder refused its settings or a frame.
    """
    segment = _segment((clip.item.model_copy(update=_PLAIN),), cut, encoder)
    render_recipes(segment, media, _alone(clip), clip.media_frames, out)


def _alone(clip: Clip) -> Iterator[Recipe]:
    first = clip.item.start - clip.handle
    for frame in range(clip.media_frames):
        yield Recipe(0, first + frame, None, 0, 0.0, False, 1.0, FadeColour.BLACK)


def write_frames(
    reel: Reel, encoder: EncoderSettings, media: Mapping[str, Path], folder: Path, done: Callable[[int], None]
) -> None:
    """Write every frame of the film as a PNG, with its transitions: `frame_000001.png` and so on.

    Args:
        reel: The film.
        encoder: Whose watermark, if any, is in every frame.
        media: For each `media_sha256`, its picture or clip.
        folder: Where to; it exists.
        done: Called with the number of frames written.

    Raises:
        ArtifactMissing: A picture or clip is not there or cannot be decoded.
        StorageFull: A file cannot be written.
    """
    cut = reel.cut
    segment = _segment(cut.items, cut, encoder)
    canvas = empty_planes(cut.width, cut.height)
    with Painter(segment, media, canvas) as painter:
        for number, recipe in enumerate(recipes(cut.items), start=1):
            painter.paint(recipe)
            path = folder / f"frame_{number:06d}.png"
            if not cv2.imwrite(str(path), _bgr(canvas)):
                raise StorageFull(f"{path.name} cannot be written; free some space and export again.")
            done(number)


def first_frames(
    reel: Reel, shots: Sequence[str], encoder: EncoderSettings, media: Mapping[str, Path]
) -> Iterator[bytes]:
    """Draw the first frame of some shots, as the film shows it but without transitions.

    Args:
        reel: The film.
        shots: Numbers of the shots; each is in the film.
        encoder: Whose watermark, if any, is in every frame.
        media: For each `media_sha256`, its picture or clip.

    Yields:
        A PNG a shot, in the order of `shots`.

    Raises:
        ArtifactMissing: A picture or clip is not there or cannot be decoded.
    """
    items = {clip.item.shot: clip.item.model_copy(update=_PLAIN) for clip in reversed(reel.clips)}
    for shot in shots:
        canvas = empty_planes(reel.cut.width, reel.cut.height)
        with Painter(_segment((items[shot],), reel.cut, encoder), media, canvas) as painter:
            painter.paint(Recipe(0, items[shot].start, None, 0, 0.0, False, 1.0, FadeColour.BLACK))
        yield cv2.imencode(".png", _bgr(canvas))[1].tobytes()


def _bgr(canvas: Planes) -> npt.NDArray[np.uint8]:
    height, width = canvas.y.shape
    planes = np.concatenate([plane.reshape(-1) for plane in canvas]).reshape(height * 3 // 2, width)
    return np.asarray(cv2.cvtColor(planes, cv2.COLOR_YUV2BGR_I420), np.uint8)


def _segment(items: tuple[CutItem, ...], cut: Cut, encoder: EncoderSettings) -> Segment:
    return Segment(width=cut.width, height=cut.height, fps=cut.fps, items=items, encoder=encoder)
