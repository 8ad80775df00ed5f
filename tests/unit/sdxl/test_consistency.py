"""How much alike a character looks from shot to shot: somebody else's pictures lower it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from film.render.consistency import ColourEye, Eye, compare, consistency
from schemas.errors import ModelRefused, RenderRefused
from schemas.models import ModelManifest

BLUE, RED = (180, 80, 30), (40, 40, 190)


def shot(seed: int, coat: tuple[int, int, int]) -> bytes:
    """Draw somebody in a coat, close, in front of a ground that differs from shot to shot."""
    chance = np.random.default_rng(seed)
    picture = np.full((128, 128, 3), chance.integers(110, 140, 3), np.uint8)
    x, y = (int(value) for value in chance.integers(56, 72, 2))
    cv2.ellipse(picture, (x, y + 40), (70, 95), 0, 0, 360, coat, -1)
    cv2.circle(picture, (x, y - 30), 16, (150, 180, 220), -1)
    return bytes(cv2.imencode(".png", picture)[1].tobytes())


CAST = {"mara": [shot(seed, BLUE) for seed in range(3)], "jon": [shot(seed, RED) for seed in range(3, 6)]}
SWAPPED = {
    "mara": [CAST["jon"][0], *CAST["mara"][1:]],
    "jon": [CAST["mara"][0], *CAST["jon"][1:]],
}


def scores(eye: Eye, cast: dict[str, list[bytes]]) -> dict[str, float]:
    return {who: compare(eye, pngs)[0] for who, pngs in cast.items()}


def test_swapping_two_characters_pictures_lowers_both_scores() -> None:
    before, after = (scores(ColourEye(), cast) for cast in (CAST, SWAPPED))
    assert before.keys() == after.keys() == CAST.keys()
    assert all(after[who] < before[who] - 0.05 for who in CAST), (before, after)


@pytest.mark.slow
def test_swapping_lowers_the_scores_by_the_image_encoder_too(tiny: tuple[Path, ModelManifest]) -> None:
    from film.render.sdxl.eye import ImageEncoderEye

    eye = ImageEncoderEye(*tiny)
    assert eye.name == f"clip-{tiny[1].digest[:16]}"
    before, after = (scores(eye, cast) for cast in (CAST, SWAPPED))
    assert all(after[who] < before[who] for who in CAST), (before, after)
    assert scores(eye, CAST) == before


@pytest.mark.slow
def test_a_model_without_an_image_encoder_says_so(tiny: tuple[Path, ModelManifest], tmp_path: Path) -> None:
    from film.render.sdxl.eye import ImageEncoderEye

    with pytest.raises(ModelRefused, match="has no image encoder"):
        ImageEncoderEye(tmp_path, tiny[1])


def test_scores_are_mean_cosines_of_pairs() -> None:
    along, across = np.array([2.0, 0], np.float32), np.array([0, 5.0], np.float32)
    assert consistency([along, along]) == pytest.approx(1)
    assert consistency([along, across]) == pytest.approx(0)
    assert consistency([along, along, across]) == pytest.approx(1 / 3)
    assert consistency([along]) is None


def test_the_picture_that_is_somebody_elses_scores_least() -> None:
    _, each = compare(ColourEye(), SWAPPED["mara"])
    assert min(each) == each[0] < min(each[1:])
    whole, alike = compare(ColourEye(), CAST["mara"][:2])
    assert alike == pytest.approx([whole, whole])


def test_broken_pictures_are_refused() -> None:
    with pytest.raises(RenderRefused, match="does not decode"):
        compare(ColourEye(), [b"", CAST["mara"][0]])
    assert ColourEye().name == "colours-1"
