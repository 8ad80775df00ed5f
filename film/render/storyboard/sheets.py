"""From sheets of vector art to the layers of a picture: rasterise, expose and grade, focus, tilt, lay on paper.

Every layer is graded by itself, with curves that were chosen for the whole. Soft sheets, and those out of focus, are
rasterised small and enlarged: they lose nothing by it, and all that happens to them before costs less.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2

from film.layers import Layer, LayeredPicture, LayerName
from film.render.storyboard import raster
from film.render.storyboard.canvas import Box, Canvas, document
from film.render.storyboard.colour import rgb
from film.render.storyboard.raster import Image, Offset
from schemas.enums import Texture
from schemas.prompt import Palette

_METER = (160, 90)
"""Pixels that the light meter looks at."""

_SEAM = 128
"""Alpha below which something shines through: where two shapes of a wall meet, theirs is a little less than full."""


@dataclass(frozen=True)
class Frame:
    """The logical frame."""

    w: float
    h: float
    reach: float
    """What sizes are fractions of: the height of a wide frame, less of a tall one."""


@dataclass(frozen=True)
class Sheet:
    """What one layer is made from.

    Attributes:
        name: What it shows.
        depth: How far away that is; see `film.layers.Layer`.
        parts: Canvases with different tags, each over the one before it and with what the camera does to it.
        share: The size it is rasterised at, in fractions of the picture's.
        blur: How far it is out of focus, in logical pixels.
        box: All that is drawn on it lies in there; None where that is not known. Only at a share of 1.
        tint: Its one colour, where it has but one.
    """

    name: LayerName
    depth: float
    parts: tuple[tuple[Canvas, str], ...]
    share: float = 1.0
    blur: float = 0.0
    box: Box | None = None
    tint: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is drawn on it."""
        return not any(canvas.parts for canvas, _ in self.parts)


@dataclass(frozen=True)
class _Shot:
    """A sheet as pixels: BGR where nothing shines through it, else BGRA."""

    sheet: Sheet
    image: Image
    at: Offset


def develop(
    sheets: Sequence[Sheet], frame: Frame, size: tuple[int, int], palette: Palette, tilt: float = 0.0
) -> LayeredPicture:
    """Make the layers of a picture.

    Args:
        sheets: From the back to the front; the first that hides all behind it becomes the background.
        frame: The logical frame.
        size: Width and height of the picture, in pixels.
        palette: The style.
        tilt: How far the camera looks up (> 0) or down (< 0); see `raster.converge`.

    Returns:
        The picture; sheets that show nothing have no layer.
    """
    shots = _taken(sheets, frame, size)
    table = raster.exposure(_mean_level(shots, size))
    layers = (_layer(shot, table, frame, size, palette, tilt) for shot in shots)
    return LayeredPicture(*size, tuple(layer for layer in layers if layer is not None))


def _taken(sheets: Sequence[Sheet], frame: Frame, size: tuple[int, int]) -> list[_Shot]:
    """Rasterise sheets, from the front to the one that hides the rest."""
    shots: list[_Shot] = []
    for sheet in reversed(sheets):
        if sheet.empty:
            continue
        shot = _rasterised(sheet, frame, size)
        if shot is None:
            continue
        shots.insert(0, shot)
        if shot.image.shape[2] == 3:
            break
    return shots


def _rasterised(sheet: Sheet, frame: Frame, size: tuple[int, int]) -> _Shot | None:
    if sheet.box is None:
        small = _scaled(size, sheet.share)
        image, at = raster.rasterise(document(sheet.parts, frame.w, frame.h), *small), (0, 0)
    else:
        kx, ky = size[0] / frame.w, size[1] / frame.h
        x0, y0 = max(0, math.floor(sheet.box[0] * kx)), max(0, math.floor(sheet.box[1] * ky))
        x1, y1 = min(size[0], math.ceil(sheet.box[2] * kx)), min(size[1], math.ceil(sheet.box[3] * ky))
        if x1 <= x0 or y1 <= y0:
            return None
        box = (x0 / kx, y0 / ky, x1 / kx, y1 / ky)
        image, at = raster.rasterise(document(sheet.parts, frame.w, frame.h, box), x1 - x0, y1 - y0), (x0, y0)
    if sheet.box is None and cv2.minMaxLoc(cv2.extractChannel(image, 3))[0] >= _SEAM:
        image = cv2.cvtColor(image, cv2.COLOR_BGRA2BGR)
    elif sheet.tint:
        image[:, :, :3] = [round(255 * value) for value in reversed(rgb(sheet.tint))]
    return _Shot(sheet, image, at)


def _scaled(size: tuple[int, int], share: float) -> tuple[int, int]:
    return min(size[0], max(16, round(size[0] * share))), min(size[1], max(16, round(size[1] * share)))


def _mean_level(shots: Sequence[_Shot], size: tuple[int, int]) -> float:
    """Measure the light of a picture, from a sample of its pixels."""
    picture = LayeredPicture(*_METER, tuple(layer for shot in shots for layer in _sampled(shot, size)))
    return float(picture.flatten().mean())


def _sampled(shot: _Shot, size: tuple[int, int]) -> Iterator[Layer]:
    (x, y), (h, w) = shot.at, shot.image.shape[:2]
    if shot.sheet.box is None:
        x0, y0, x1, y1 = 0, 0, *_METER
    else:
        kx, ky = _METER[0] / size[0], _METER[1] / size[1]
        x0, y0, x1, y1 = round(x * kx), round(y * ky), round((x + w) * kx), round((y + h) * ky)
    if x1 > x0 and y1 > y0:
        sample = cv2.resize(shot.image, (x1 - x0, y1 - y0), interpolation=cv2.INTER_NEAREST)
        yield Layer(shot.sheet.name, _with_alpha(sample), (x0, y0), shot.sheet.depth)


def _with_alpha(image: Image) -> Image:
    return image if image.shape[2] == 4 else cv2.cvtColor(image, cv2.COLOR_BGR2BGRA)


def _layer(
    shot: _Shot,
    table: Image | None,
    frame: Frame,
    size: tuple[int, int],
    palette: Palette,
    tilt: float,
) -> Layer | None:
    sheet, lens = shot.sheet, shot.sheet.name is LayerName.LENS
    image = _graded(shot.image, table, palette)
    wavers = palette.texture is Texture.PAPER and not lens
    image, at = _shaped(image, shot, frame, size, 0.0 if lens else tilt, wavers=wavers)
    name = LayerName.BACKGROUND if image.shape[2] == 3 else sheet.name
    image, at = _trimmed(image, at)
    if not image.size:
        return None
    # The shade of a lens has no surface: what shines through it has.
    return Layer(name, _laid_on(image, Texture.NONE if lens else palette.texture, at, size), at, sheet.depth)


def _graded(image: Image, table: Image | None, palette: Palette) -> Image:
    bgr = image if image.shape[2] == 3 else cv2.cvtColor(image, cv2.COLOR_BGRA2BGR)
    bgr = raster.grade(bgr if table is None else cv2.LUT(bgr, table), palette)
    if image.shape[2] == 3:
        return bgr
    graded = cv2.cvtColor(bgr, cv2.COLOR_BGR2BGRA)
    cv2.insertChannel(cv2.extractChannel(image, 3), graded, 3)
    return graded


def _shaped(
    image: Image, shot: _Shot, frame: Frame, size: tuple[int, int], tilt: float, *, wavers: bool
) -> tuple[Image, Offset]:
    """Blur, tilt, enlarge, and let edges waver; with the alpha multiplied in, so that no edge takes on a fringe."""
    sheet, at = shot.sheet, shot.at
    small = size if sheet.box is not None else (image.shape[1], image.shape[0])
    blur = sheet.blur * small[1] / frame.h
    if not (blur or tilt or wavers or small != size):
        return image, at
    mixed = image.shape[2] == 4 and not sheet.tint
    image = cv2.cvtColor(image, cv2.COLOR_RGBA2mRGBA) if mixed else image
    image = raster.soften(image, blur)
    if tilt:
        image, at = raster.converge(image, tilt, at, small)
    if wavers and image.size:
        image = raster.hand_drawn(image, at, small)
    if small != size:
        image = raster.enlarge(image, *size)
    return cv2.cvtColor(image, cv2.COLOR_mRGBA2RGBA) if mixed and image.size else image, at


def _trimmed(image: Image, at: Offset) -> tuple[Image, Offset]:
    """Cut off what nothing is drawn on."""
    if image.shape[2] == 3 or not image.size:
        return image, at
    x, y, width, height = cv2.boundingRect(cv2.extractChannel(image, 3))
    return image[y : y + height, x : x + width], (at[0] + x, at[1] + y)


def _laid_on(image: Image, texture: Texture, at: Offset, size: tuple[int, int]) -> Image:
    """Lay a layer on the style's surface; where nothing is drawn there is none, and all of it is one colour."""
    if image.shape[2] == 3:
        return cv2.cvtColor(raster.surface(image, texture, at, size), cv2.COLOR_BGR2BGRA)
    alpha = cv2.extractChannel(image, 3)
    if texture is not Texture.NONE:
        bgr = raster.surface(cv2.cvtColor(image, cv2.COLOR_BGRA2BGR), texture, at, size)
        image = cv2.cvtColor(bgr, cv2.COLOR_BGR2BGRA)
        cv2.insertChannel(alpha, image, 3)
    return cv2.copyTo(image, alpha)
