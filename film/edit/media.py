"""Opens what a shot's frames are made from: a picture, a picture in layers, or a clip."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from film.motion.camera import Camera, StillCamera
from film.motion.clips import ClipCamera
from schemas.enums import MediaKind
from schemas.errors import ArtifactMissing, RenderRefused
from schemas.timeline import CutItem


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
    if path is not None and path.is_file():
        if item.media_kind is MediaKind.CLIP:
            return _clip(item, path)
        picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
        if picture is not None:
            return StillCamera(np.asarray(picture, np.uint8), item.move, width, height)
    raise _unreadable(item)


def _clip(item: CutItem, path: Path) -> ClipCamera:
    try:
        return ClipCamera(path, item.move.frames)
    except RenderRefused as error:
        raise _unreadable(item) from error


def _unreadable(item: CutItem) -> ArtifactMissing:
    what = {MediaKind.STILL: "keyframe", MediaKind.LAYERS: "layers", MediaKind.CLIP: "clip"}[item.media_kind]
    return ArtifactMissing(f"The {what} of shot {item.shot}, {item.media_key}, cannot be read; make the shot again.")
