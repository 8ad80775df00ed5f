"""Specs made by hand, and how far two pictures are apart."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from film.prompting import styles
from film.render.storyboard import draw_keyframe
from schemas.enums import FigureKind, RendererName, Side
from schemas.prompt import Figure, KeyframeSpec, Picture
from schemas.script import Look

ANNA = Look(hair="bun", hair_colour="#a3a5a8", top="#c0392f", dress=True)
TOM = Look(top="#33629c", beard=True, skin="#b97d54")


def figure(look: Look = TOM, **changes: Any) -> Figure:
    plain = {
        "character": "tom",
        "look": look,
        "pose": "stand",
        "expression": "neutral",
        "side": Side.CENTRE,
        "facing": Side.RIGHT,
    }
    return Figure.model_validate({**plain, **changes})


def spec(*figures: Figure, width: int = 320, height: int = 180, seed: int = 5, **changes: Any) -> KeyframeSpec:
    stand_in = bool(changes.pop("stand_in", False))
    style = str(changes.pop("style", "cinematic"))
    plain = {
        "int_ext": "ext",
        "place": "street",
        "time_of_day": "day",
        "weather": "clear",
        "size": "WS",
        "angle": "eye",
        "figures": figures,
        "palette": styles()[style].palette,
        "layout_seed": 3,
    }
    picture = Picture.model_validate({**plain, **changes})
    return KeyframeSpec(
        renderer=RendererName.STORYBOARD, width=width, height=height, seed=seed, picture=picture, stand_in=stand_in
    )


def pixels(keyframe: KeyframeSpec) -> npt.NDArray[Any]:
    image = cv2.imdecode(np.frombuffer(draw_keyframe(keyframe), np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    return image.astype(np.int16)


def apart(one: npt.NDArray[Any], other: npt.NDArray[Any]) -> float:
    """Share of pixels that differ visibly, by more than 12 levels of 255 in some channel."""
    return differing(planes(one), planes(other)) / one[:, :, 0].size


def planes(image: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """Lay a picture's three channels one below the other, as `differing` wants them."""
    return np.concatenate([image[:, :, channel] for channel in range(3)]).astype(np.uint8)


def differing(one: npt.NDArray[np.uint8], other: npt.NDArray[np.uint8]) -> int:
    """Count the pixels that differ visibly; by OpenCV, since tests compare each of hundreds with each other."""
    apart = cv2.absdiff(one, other)
    blue, green, red = np.split(apart, 3)
    return int(np.count_nonzero(cv2.max(cv2.max(blue, green), red) > 12))


def creature(kind: FigureKind) -> Look:
    return Look(kind=kind, top="#9c6b3f")
