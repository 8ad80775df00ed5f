"""What the painter paints of a segment's frames, and what it need not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from film.edit.frames import recipes
from film.edit.mixing import fade
from film.edit.painter import Painter
from film.motion.i420 import BLACK_LUMA, NEUTRAL_CHROMA, WHITE_LUMA, Planes, empty_planes
from schemas.enums import FadeColour, OverlayKind
from schemas.graphics import Overlay
from schemas.timeline import CameraMove, Segment
from tests.unit.edit.films import HEIGHT, WHOLE, WIDTH, fade_in, fade_out, item, segment, stills

MARK = 77
"""What is left in every sample where nobody paints: no picture here is of this level, in luma and in chroma."""

LUMA_OF = {FadeColour.BLACK: BLACK_LUMA, FadeColour.WHITE: WHITE_LUMA}


def painted(spec: Segment, folder: Path) -> Iterator[Planes]:
    """Paint the frames of a segment onto one canvas, which is marked all over before each."""
    canvas = empty_planes(WIDTH, HEIGHT)
    with Painter(spec, stills(folder), canvas) as painter:
        for recipe in recipes(spec.items):
            for plane in canvas:
                plane[...] = MARK
            painter.paint(recipe)
            yield canvas


def is_all(planes: Planes, *levels: int) -> bool:
    return all(bool((plane == level).all()) for plane, level in zip(planes, levels, strict=True))


@pytest.mark.parametrize("via", FadeColour)
def test_a_fade_begins_and_ends_with_its_colour_alone(tmp_path: Path, via: FadeColour) -> None:
    spec = segment(item("a", 12, **fade_in(4, via), **fade_out(4, via)), item("d", 6, **fade_in(3, via)))
    empty = [is_all(canvas, LUMA_OF[via], NEUTRAL_CHROMA, NEUTRAL_CHROMA) for canvas in painted(spec, tmp_path)]
    assert [number for number, found in enumerate(empty) if found] == [0, 11, 12]


@pytest.mark.parametrize("via", FadeColour)
def test_the_colour_alone_is_the_limit_of_what_fades_to_it(via: FadeColour) -> None:
    picture = np.random.default_rng(1).integers(16, 236, (HEIGHT, WIDTH), np.uint8)
    half = picture[::2, ::2].copy()
    canvas = Planes(picture.copy(), half.copy(), half.copy())
    fade(canvas, 0.0, via)
    for plane, before, rest in zip(
        canvas, (picture, half, half), (LUMA_OF[via], NEUTRAL_CHROMA, NEUTRAL_CHROMA), strict=True
    ):
        assert np.array_equal(plane, cv2.convertScaleAbs(before, alpha=0.0, beta=rest))


def test_a_frame_that_equals_the_one_before_is_not_painted_again(tmp_path: Path) -> None:
    standing = CameraMove(start=WHOLE, end=WHOLE, frames=8)
    said = Overlay(kind=OverlayKind.SUBTITLE, start=4, end=6, text="Where were you?")
    spec = segment(item("a", 8, move=standing), item("b", 3)).model_copy(update={"overlays": (said,)})
    kept = [is_all(canvas, MARK, MARK, MARK) for canvas in painted(spec, tmp_path)]
    # Painted are the first, those at which words come and go, and all in which the camera moves.
    assert [number for number, found in enumerate(kept) if not found] == [0, 4, 6, 8, 9, 10]
