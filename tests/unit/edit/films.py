"""Tiny films to cut, encode and look at."""

from __future__ import annotations

import hashlib
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from schemas.enums import FadeColour, TransitionKind
from schemas.rate import Rate
from schemas.timeline import CameraMove, Cut, CutItem, EncoderSettings, Framing, Segment

WIDTH, HEIGHT, FPS = 320, 180, 24
WHOLE = Framing(x=0.5, y=0.5, scale=1.0)
CLOSE = Framing(x=0.5, y=0.48, scale=0.88)

# Pictures told apart by their luma alone: dark to light.
LUMA = {"a": 60, "b": 110, "c": 160, "d": 210}


def still(folder: Path, name: str, *, width: int = WIDTH, height: int = HEIGHT) -> tuple[str, Path]:
    """Draw a grey picture with a little texture; its mean luma says which it is."""
    value = round((LUMA[name] - 16) * 255 / 219)
    texture = np.random.default_rng(ord(name)).integers(-6, 7, (height, width, 1))
    picture = np.repeat(np.clip(value + texture, 0, 255).astype(np.uint8), 3, axis=2)
    path = folder / f"{name}-{width}x{height}.png"
    cv2.imwrite(str(path), picture)
    return sha(name), path


def sha(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def stills(folder: Path) -> dict[str, Path]:
    return dict(still(folder, name) for name in LUMA)


def item(name: str, frames: int, **fields: object) -> CutItem:
    move = fields.pop("move", CameraMove(start=WHOLE, end=CLOSE, frames=frames))
    return CutItem.model_validate(
        {
            "shot": f"s001-{ord(name) - 96:03d}",
            "name": f"shot {name}",
            "media_key": f"artifacts/{name}.png",
            "media_sha256": sha(name),
            "move": move,
            "frames": frames,
            **fields,
        }
    )


def dissolve(frames: int) -> dict[str, object]:
    return {"transition_in": TransitionKind.DISSOLVE, "transition_in_frames": frames}


def wipe(frames: int) -> dict[str, object]:
    return {"transition_in": TransitionKind.WIPE, "transition_in_frames": frames}


def fade_in(frames: int, via: FadeColour = FadeColour.BLACK) -> dict[str, object]:
    return {"transition_in": TransitionKind.FADE, "transition_in_frames": frames, "transition_in_via": via}


def fade_out(frames: int, via: FadeColour = FadeColour.BLACK) -> dict[str, object]:
    return {"transition_out": TransitionKind.FADE, "transition_out_frames": frames, "transition_out_via": via}


def cut(*items: CutItem, fps: Rate = FPS) -> Cut:
    return Cut(title="A film", fps=fps, width=WIDTH, height=HEIGHT, items=items)


def of_all_joins() -> Cut:
    """A film that fades in, dissolves, fades through black, and fades out."""
    return cut(
        item("a", 48, **fade_in(12)),
        item("b", 36, **dissolve(9)),
        item("c", 30, **fade_out(8)),
        item("d", 40, **fade_in(6), **fade_out(10)),
    )


def segment(
    *items: CutItem,
    watermark: str | None = None,
    width: int = WIDTH,
    height: int = HEIGHT,
    preset: str = "ultrafast",
) -> Segment:
    encoder = EncoderSettings(preset=preset, crf=12, watermark=watermark)
    return Segment(width=width, height=height, fps=FPS, items=items, encoder=encoder)


def lumas(path: Path) -> list[NDArray[np.uint8]]:
    """Decode all frames; luma planes."""
    with av.open(str(path)) as container:
        frames = (np.asarray(frame.to_ndarray(), np.uint8) for frame in container.decode(video=0))
        return [planes[: planes.shape[0] * 2 // 3].copy() for planes in frames]


def means(path: Path) -> list[float]:
    return [float(plane.mean()) for plane in lumas(path)]


def quiet(done: int) -> None:
    """Watch no progress."""
