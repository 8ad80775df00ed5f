"""Small pictures, for lists."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from film.render import check_keyframe
from film.render.thumbnail import LONGEST, thumbnail


@pytest.mark.parametrize(
    ("width", "height", "becomes"),
    [
        (1280, 720, (320, 180)),
        (1920, 804, (320, 134)),
        (1080, 1920, (180, 320)),
        (640, 640, (320, 320)),
        (LONGEST, 180, (LONGEST, 180)),
        (160, 90, (160, 90)),
        (4000, 5, (320, 1)),
    ],
)
def test_a_picture_becomes_small_in_its_own_proportions(width: int, height: int, becomes: tuple[int, int]) -> None:
    """A picture red at its left and blue at its right stays so."""
    picture = np.zeros((height, width, 3), np.uint8)
    picture[:, : width // 2] = (20, 20, 230)
    picture[:, width // 2 :] = (230, 20, 20)
    png = bytes(cv2.imencode(".png", picture)[1])
    jpeg = thumbnail(check_keyframe(png, width, height))
    assert jpeg.startswith(b"\xff\xd8")
    small = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert small is not None
    assert (small.shape[1], small.shape[0]) == becomes
    quarter = becomes[0] // 4
    assert small[:, :quarter].mean((0, 1)) == pytest.approx((20, 20, 230), abs=12)
    assert small[:, -quarter:].mean((0, 1)) == pytest.approx((230, 20, 20), abs=12)
    assert thumbnail(picture) == jpeg
