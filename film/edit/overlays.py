"""Words and a logo over the pictures of a segment: set and drawn once each, when they are first seen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from film.edit.patch import Patch, patch_of_ink, patch_of_picture
from film.edit.safe import Box, em_of, safe_box
from film.lettering import Align, Face, Faces, Set, Style, Tongue, Weight, draw, read_font, runs_leftwards, set_text
from film.lettering.setting import ASCENT, DESCENT
from film.motion.i420 import Planes
from schemas.enums import OverlayKind
from schemas.errors import ArtifactMissing
from schemas.graphics import Lettering, Logo, Overlay
from schemas.rate import Rate
from schemas.timeline import Segment

FADE_SECONDS = Fraction(2, 5)
"""How long a caption takes to come and to go. A subtitle is there at once: it must be read."""

RIM, SHADOW = 0.055, 0.16
"""Width of the dark rim around letters, and radius of the soft shadow behind them, in ems."""

_SUBTITLE_LINES = 3
"""Lines at the bottom of the title-safe area that a raised caption leaves to subtitles, burnt or a player's."""


def own_face(lettering: Lettering, files: Mapping[str, Path]) -> Face | None:
    """Open the user's own font, where there is one.

    Args:
        lettering: Whose letters are drawn.
        files: For each sha256, its file.

    Raises:
        ArtifactMissing: The font is not there.
        InvalidRequest: It is no font.
    """
    if lettering.font is None:
        return None
    path = files.get(lettering.font)
    if path is None or not path.is_file():
        raise ArtifactMissing("The font that the film is lettered with is not there; order the film again.")
    return read_font(path.read_bytes(), "The font of the film")


class Overlays:
    """What lies over the frames of a segment. In memory is what is seen, and the logo."""

    def __init__(self, segment: Segment, files: Mapping[str, Path]) -> None:
        """Prepare to draw.

        Args:
            segment: Whose.
            files: For each sha256 of font and logo, its file.

        Raises:
            ArtifactMissing: One of them is not there, or cannot be read.
        """
        self._size = segment.width, segment.height
        self._overlays, self._fps = segment.overlays, segment.fps
        self._logo = None
        if segment.logo is not None:
            bottom = segment.encoder.watermark is not None
            self._logo = logo_patch(segment.logo, files.get(segment.logo.sha256), *self._size, marked=bottom)
        tongue = Tongue(segment.lettering.tongue or Tongue.CHINESE)
        self._faces = (
            Faces(Weight.MEDIUM, own=own_face(segment.lettering, files), tongue=tongue) if segment.overlays else None
        )
        self._drawn: dict[int, Patch | None] = {}
        self._first = 0
        """Those before it are over."""

    def seen_at(self, frame: int) -> tuple[tuple[int, float], ...]:
        """Say which overlays are seen at a frame of the segment, and how far each has come up.

        Args:
            frame: Not before one that was asked for.

        Returns:
            Index and level of each, the level above 0 and at most 1. Equal answers look alike.
        """
        overlays = self._overlays
        while self._first < len(overlays) and overlays[self._first].end <= frame:
            self._first += 1
        found = []
        for index in range(self._first, len(overlays)):
            if overlays[index].start > frame:
                break
            if frame < overlays[index].end:
                found.append((index, level_at(overlays[index], frame, self._fps)))
        return tuple(found)

    def apply(self, planes: Planes, seen: tuple[tuple[int, float], ...]) -> None:
        """Blend what is seen into a frame, in place.

        Args:
            planes: The frame.
            seen: What `seen_at` said of it.
        """
        for index in [index for index in self._drawn if index not in dict(seen)]:
            del self._drawn[index]
        for index, level in seen:
            if index not in self._drawn and self._faces is not None:
                self._drawn[index] = words_patch(self._overlays[index], self._faces, *self._size)
            patch = self._drawn.get(index)
            if patch is not None:
                patch.apply(planes, level)
        if self._logo is not None:
            self._logo.apply(planes)


def level_at(overlay: Overlay, frame: int, fps: Rate) -> float:
    """Say how far an overlay has come up.

    Args:
        overlay: Words over the picture.
        frame: One at which they are seen.
        fps: Frames a second.

    Returns:
        Above 0, at most 1.
    """
    if overlay.kind is not OverlayKind.CAPTION:
        return 1.0
    fade = min(round(FADE_SECONDS * fps), (overlay.end - overlay.start) // 4)
    return min(1.0, (frame - overlay.start + 1) / (fade + 1), (overlay.end - frame) / (fade + 1))


def words_patch(overlay: Overlay, faces: Faces, width: int, height: int) -> Patch | None:
    """Set and draw the words of an overlay.

    Args:
        overlay: The words. Letters that no face has are left out.
        faces: Whose letters are taken.
        width: Of the frame, in pixels, even.
        height: Likewise.

    Returns:
        The patch; None where there is nothing to see.
    """
    block, box = placed_words(overlay, faces, width, height)
    if not block.lines:
        return None
    # A frame's even samples, with room for rim and shadow around the letters.
    spare = math.ceil(block.size * (RIM + 3 * SHADOW)) + 2
    left, top = max(0, int(box.left) - spare) & ~1, max(0, int(box.top) - spare) & ~1
    right = min(width, (math.ceil(box.right) + spare + 1) & ~1)
    bottom = min(height, (math.ceil(box.bottom) + spare + 1) & ~1)
    ink = draw(
        [(block, box.left - left, box.top - top)],
        right - left,
        bottom - top,
        rim=RIM,
        shadow=SHADOW,
        strength=0.72,
    )
    return patch_of_ink(ink, left, top)


def placed_words(overlay: Overlay, faces: Faces, width: int, height: int) -> tuple[Set, Box]:
    """Set the words of an overlay, and say where in the frame they stand, in pixels: inside the title-safe area."""
    safe, em = safe_box(width, height), em_of(width, height)
    if overlay.kind is OverlayKind.SUBTITLE:
        block = set_text(overlay.text, Style(faces, em), safe.width, 0.45 * height)
        return block, Box(safe.left + (safe.width - block.width) / 2, safe.bottom - block.height, *block[1:3])
    style = Style(faces, 1.06 * em, tracking=0.03, align=Align.START)
    block = set_text(overlay.text, style, 0.8 * safe.width, 0.4 * height)
    room = (ASCENT + DESCENT + (_SUBTITLE_LINES - 1) * style.leading + 0.3) * em if overlay.raised else 0.0
    left = safe.right - block.width if runs_leftwards(overlay.text) else safe.left
    return block, Box(left, max(safe.top, safe.bottom - room - block.height), block.width, block.height)


def logo_patch(logo: Logo, path: Path | None, width: int, height: int, *, marked: bool) -> Patch:
    """Bring a logo to its size and its corner.

    Args:
        logo: What and where.
        path: Its file; None where there is none.
        width: Of the frame, in pixels.
        height: Likewise.
        marked: Whether the watermark's words stand in the lower right corner: the logo then stands above them.

    Raises:
        ArtifactMissing: The file is not there, or cannot be read.
    """
    picture = cv2.imread(str(path), cv2.IMREAD_UNCHANGED) if path is not None and path.is_file() else None
    if picture is None:
        raise ArtifactMissing("The film's logo is not there or cannot be read; order the film again.")
    picture = _with_opacity(np.asarray(picture))
    rows, columns = picture.shape[:2]
    factor = min(logo.share * width / columns, logo.share * height / rows)
    wide, tall = (max(2, round(side * factor) & ~1) for side in (columns, rows))
    # Colours of transparent samples must not bleed into the others: they are multiplied, resized, and divided again.
    scaled = picture.astype(np.float32)
    scaled[..., :3] *= scaled[..., 3:] / 255.0
    how = cv2.INTER_AREA if factor < 1.0 else cv2.INTER_LANCZOS4
    scaled = np.clip(cv2.resize(scaled, (wide, tall), interpolation=how), 0.0, 255.0)
    scaled[..., :3] *= 255.0 / np.maximum(scaled[..., 3:], 1.0)
    safe = safe_box(width, height)
    left = safe.left if logo.corner.is_left else safe.right - wide
    lift = 2.0 * em_of(width, height) if marked and not logo.corner.is_upper and not logo.corner.is_left else 0.0
    top = safe.top if logo.corner.is_upper else safe.bottom - tall - lift
    made = np.clip(np.rint(scaled), 0, 255).astype(np.uint8)
    return patch_of_picture(made, max(0, round(left)) & ~1, max(0, round(top)) & ~1)


def _with_opacity(picture: NDArray[Any]) -> NDArray[Any]:
    """Bring a decoded picture to 8 bits, blue, green, red and opacity."""
    if picture.dtype == np.uint16:
        picture = (picture >> 8).astype(np.uint8)
    if picture.ndim == 2:
        return cv2.cvtColor(picture, cv2.COLOR_GRAY2BGRA)
    return cv2.cvtColor(picture, cv2.COLOR_BGR2BGRA) if picture.shape[2] == 3 else picture
