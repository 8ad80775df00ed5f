"""Draws the pictures by which a film's look is chosen: one of `film.contact_sheet` in each style, in public/looks."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from film.contact_sheet import GAP, HEIGHT, LABEL, WIDTH, contact_sheet
from film.prompting.style import built_in

LOOKS = Path(__file__).parents[1] / "public" / "looks"
SIZE = (256, 144)
QUALITY = 82


def draw_looks() -> None:
    """Draw a face, in each style that every installation has."""
    names = sorted(built_in())
    sheet = np.frombuffer(contact_sheet([built_in()[name] for name in names]), np.uint8)
    image = cv2.imdecode(sheet, cv2.IMREAD_COLOR)
    assert image is not None
    left = LABEL + WIDTH + GAP
    LOOKS.mkdir(parents=True, exist_ok=True)
    for row, name in enumerate(names):
        top = GAP + row * (HEIGHT + GAP)
        tile = cv2.resize(image[top : top + HEIGHT, left : left + WIDTH], SIZE, interpolation=cv2.INTER_AREA)
        cv2.imwrite(str(LOOKS / f"{name}.jpg"), tile, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])


if __name__ == "__main__":
    draw_looks()
