"""What does not count as a keyframe."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from film.render import check_keyframe
from schemas.errors import RenderRefused


def png(level: int, spread: int = 0) -> bytes:
    noise = np.random.default_rng(1).integers(0, spread + 1, (48, 64, 3))
    return bytes(cv2.imencode(".png", (level + noise).astype(np.uint8))[1])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"not a picture", "does not decode"),
        (png(90, 80)[:200], "does not decode|flat|black"),
        (png(0), "black"),
        (png(2, 6), "black"),
        (png(140), "flat"),
    ],
)
def test_what_is_not_a_picture_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(RenderRefused, match=reason):
        check_keyframe(data, 64, 48)


def test_another_size_is_refused() -> None:
    with pytest.raises(RenderRefused, match="64×48 pixels and should be 48×64"):
        check_keyframe(png(90, 80), 48, 64)


def test_a_picture_passes() -> None:
    check_keyframe(png(60, 120), 64, 48)
    check_keyframe(png(0, 60), 64, 48)
