"""The words in the corner of a film that was made for nothing."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from pathlib import Path

import cv2
import font_roboto
import numpy as np
import resvg_py
from numpy.typing import NDArray

from film.motion.i420 import NEUTRAL_CHROMA, Planes
from schemas.enums import Tier
from schemas.errors import InvalidRequest

Samples = NDArray[np.float32]

WORDS = "AI FILM STUDIO"
"""What the mark says where nobody says otherwise."""

LETTER = 0.034
"""Height of the letters' em, in heights of the picture."""

LEAST_LETTER = 11.0
"""No less than this many pixels: smaller letters cannot be read."""

MARGIN = 1.0
"""Distance from the lower right corner, in ems."""

WHITE = 235.0
"""Luma of the letters; the outline is black."""


def mark_of(tier: Tier) -> str | None:
    """What a film of a tier says in its corner, whatever of it is encoded; None for nothing."""
    return WORDS if tier is Tier.FREE else None


class Watermark:
    """White letters with a soft dark rim, half transparent: legible on every background, and modest on it.

    They are drawn once in a process; on a frame they cost one blend of the few samples they cover.
    """

    def __init__(self, words: str, width: int, height: int) -> None:
        """Draw the letters.

        Args:
            words: What they say.
            width: Width of the film, in pixels, even.
            height: Height of the film, in pixels, even.

        Raises:
            InvalidRequest: The words hold a letter that the font has no shape for.
        """
        self._blends = [(keep, add, np.empty_like(keep)) for keep, add in _blends(words, width, height)]

    def apply(self, planes: Planes) -> None:
        """Blend the letters into a frame, in place."""
        for plane, (keep, add, kept) in zip(planes, self._blends, strict=True):
            rows, columns = keep.shape
            corner = plane[-rows:, -columns:]
            cv2.multiply(corner, keep, dst=kept, dtype=cv2.CV_32F)
            cv2.add(kept, add, dst=corner, dtype=cv2.CV_8U)


@lru_cache(maxsize=4)
def _blends(words: str, width: int, height: int) -> tuple[tuple[Samples, Samples], ...]:
    """Draw the letters: for each plane, what share is kept of a frame's lower right corner, and what is added to it.

    A film has one mark and many segments; drawing it takes as long as encoding two or three frames.
    """
    drawn = _draw(words, max(height * LETTER, LEAST_LETTER), width, height)
    drawn = drawn[-min(height, drawn.shape[0]) :, -min(width, drawn.shape[1]) :]
    opacity = drawn[..., 3].astype(np.float32) / 255.0
    light = drawn[..., 0].astype(np.float32) / 255.0  # Grey, not premultiplied: all colours are equal.
    luma = opacity * (16.0 + light * (WHITE - 16.0))
    size = (opacity.shape[1] // 2, opacity.shape[0] // 2)
    half = np.asarray(cv2.resize(opacity, size, interpolation=cv2.INTER_AREA), np.float32)
    chroma = half * NEUTRAL_CHROMA
    made = ((1.0 - opacity, luma), (1.0 - half, chroma), (1.0 - half, chroma))
    for samples in (one for pair in made for one in pair):
        samples.setflags(write=False)
    return made


def _draw(words: str, em: float, width: int, height: int) -> NDArray[np.uint8]:
    """Draw the words into the lower right corner of an otherwise empty picture, and cut that corner out.

    Returns:
        rows × columns × 4 samples, RGBA, both sizes even.
    """
    font = Path(font_roboto.RobotoMedium)
    em = min(em, 1.8 * (width - 2) / max(len(words), 1))
    right, base = width - MARGIN * em, height - MARGIN * em
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<text x="{right:.2f}" y="{base:.2f}" text-anchor="end" font-family="Roboto" font-weight="500" '
        f'font-size="{em:.2f}" letter-spacing="{em * 0.03:.2f}" fill="#fff" fill-opacity="0.72" stroke="#000" '
        f'stroke-opacity="0.38" stroke-width="{em * 0.11:.2f}" stroke-linejoin="round" paint-order="stroke">'
        f"{escape(words)}</text></svg>"
    )
    png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=[str(font)])
    drawn = np.asarray(cv2.imdecode(np.frombuffer(bytes(png), np.uint8), cv2.IMREAD_UNCHANGED), np.uint8)
    rows, columns = np.nonzero(drawn[..., 3])
    if not len(rows):
        raise InvalidRequest(f"The watermark {words!r} has no letter that can be drawn; use Latin, Greek or Cyrillic.")
    top, left = int(rows.min()) & ~1, int(columns.min()) & ~1
    return drawn[top:, left:]
