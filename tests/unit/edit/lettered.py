"""What a small film is lettered with."""

from __future__ import annotations

import hashlib
from pathlib import Path

import cv2
import font_roboto
import numpy as np

from schemas.graphics import Graphics

CREDITS = "Written by: Jane Doe\n\nCast\nMara\nOld Tom\n"


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def logo(width: int = 40, height: int = 20) -> bytes:
    """A white block with a transparent rim."""
    picture = np.zeros((height, width, 4), np.uint8)
    picture[2:-2, 2:-2] = 255
    return bytes(cv2.imencode(".png", picture)[1].tobytes())


def font() -> bytes:
    return Path(font_roboto.RobotoBlack).read_bytes()


def given(**graphics: object) -> Graphics:
    return Graphics.model_validate(graphics)
