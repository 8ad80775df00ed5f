"""Opens what a shot's frames are made from: a picture, a picture in layers, or a clip."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from film.layers import read_layers
from film.motion.camera import Camera, StillCamera
from film.motion.clips import ClipCamera
from film.motion.layered import LayeredCamera
from schemas.enums import MediaKind
from schemas.errors import ArtifactMissing, RenderRefused
from schemas.timeline import CutItem

_NAMES = {
    MediaKind.STILL: "keyframe",
    MediaKind.LAYERS: "layered keyframe",
    MediaKind.CLIP: "clip",
    MediaKind.CARD: "picture",
}


def open_media(item: CutItem, path: Path | None, width: int, height: int) -> Camera:
    """Open a shot's media.

    Args:
        item: The shot; its `media_kind` says how the file is read.
        path: The file; None where there is none.
        width: Width of the film, in pixels, even.
        height: Height of the film, in pixels, even.

    Returns:
        What makes the shot's frames.

    Raises:
        ArtifactMissing: The file is not there, or cannot be read as what it should be.
    """
    what = _NAMES[item.media_kind]
    where = f"The {what} of shot {item.shot}, {item.media_key},"
    if path is None or not path.is_file():
        raise ArtifactMissing(f"{where} is not there; make the shot again.")
    try:
        return _opened(item, path, width, height)
    except RenderRefused as error:
        raise ArtifactMissing(f"{where} cannot be read: {error}") from error


def _opened(item: CutItem, path: Path, width: int, height: int) -> Camera:
    if item.media_kind is MediaKind.CLIP:
        return ClipCamera(path, item.move.frames)
    if item.media_kind is MediaKind.LAYERS:
        layers = read_layers(path.read_bytes())
        if item.move.deep:
            return LayeredCamera(layers, item.move, width, height)
        return StillCamera(layers.flatten(), item.move, width, height)
    if item.move.focus is not None:
        raise RenderRefused("It is one flat picture, in which no focus can move; make the shot again.")
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if picture is None:
        raise RenderRefused("It does not decode as a picture; make the shot again.")
    return StillCamera(np.asarray(picture, np.uint8), item.move, width, height)
