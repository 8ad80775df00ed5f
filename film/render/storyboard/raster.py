"""What is done to pixels: rasterise, blur, tilt, grade, lay on paper."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pyvips

from film.render.storyboard.colour import rgb
from schemas.enums import Texture
from schemas.errors import RenderRefused
from schemas.prompt import Palette

NIGHT_LEVEL = 66.0
"""Mean level, of 255, that even a night picture is exposed to."""

pyvips.concurrency_set(1)  # what a picture costs is one core's time
pyvips.cache_set_max(0)  # no document is drawn twice, and none is kept

Image = npt.NDArray[Any]
"""Height × width × 3 (BGR) or × 4 (BGRA, alpha not multiplied in), levels 0–255."""


def rasterise(svg: str, width: int, height: int) -> Image:
    """Draw an SVG document of the size width × height, in pixels, as BGRA.

    Raises:
        RenderRefused: The rasteriser does not read the document.
    """
    # With a size of its own the document fills it exactly, whatever the aspect of its view box rounds to.
    sized = svg.replace("<svg ", f'<svg width="{width}" height="{height}" ', 1)
    try:
        drawn = pyvips.Image.svgload_buffer(sized.encode(), unlimited=True)
        pixels = np.frombuffer(drawn.write_to_memory(), np.uint8)
    except pyvips.Error as error:
        raise RenderRefused(f"The rasteriser does not read what was drawn ({error}); render it again.") from error
    if pixels.size != 4 * width * height:
        raise RenderRefused(f"The rasteriser gave {pixels.size} bytes for {width}×{height} pixels; render it again.")
    return cv2.cvtColor(pixels.reshape(height, width, 4), cv2.COLOR_RGBA2BGRA)


def enlarge(image: Image, width: int, height: int) -> Image:
    """Enlarge a picture whose alpha, if it has any, is multiplied in."""
    if image.shape[:2] == (height, width):
        return image
    return cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR)


def soften(image: Image, radius: float) -> Image:
    """Blur a picture as a lens does what it is not focused on; `radius` in pixels."""
    return cv2.GaussianBlur(image, (0, 0), radius) if radius > 0.3 else image


Offset = tuple[int, int]
"""Where the upper left corner of a part of a picture lies in it: x, y, in pixels."""


def converge(image: Image, amount: float, at: Offset, whole: tuple[int, int]) -> tuple[Image, Offset]:
    """Tilt the camera: verticals converge upwards (amount > 0, from below) or downwards (< 0, from above).

    Args:
        image: A part of a picture; alpha, if it has any, is multiplied in.
        amount: How much narrower the far edge is, in fractions of the width.
        at: Where the part lies.
        whole: Width and height of the picture.

    Returns:
        The part that it becomes, and where that lies.
    """
    width, height = whole
    near = abs(amount) * width / 2
    top, bottom = (0.0, near) if amount > 0 else (near, 0.0)
    source = np.array([[top, 0], [width - top, 0], [width - bottom, height], [bottom, height]], np.float32)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    (x, y), (h, w) = at, image.shape[:2]
    corners = np.array([[[x, y], [x + w, y], [x + w, y + h], [x, y + h]]], np.float32)
    moved = cv2.perspectiveTransform(corners, matrix)[0]
    x0, y0 = (max(0, int(np.floor(value))) for value in moved.min(axis=0))
    x1, y1 = (min(most, int(np.ceil(value))) for value, most in zip(moved.max(axis=0), whole, strict=True))
    if x1 <= x0 or y1 <= y0:
        return image[:0, :0], (0, 0)
    matrix = _shift(-x0, -y0) @ matrix @ _shift(x, y)
    size = x1 - x0, y1 - y0
    tilted = cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return tilted, (x0, y0)


def _shift(x: int, y: int) -> npt.NDArray[np.float64]:
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], np.float64)


@lru_cache(maxsize=32)
def _curves(palette: Palette) -> Any:
    """Build the style's tone curves: contrast about the middle, shadows and highlights towards its colours."""
    level = np.linspace(0.0, 1.0, 256)
    curved = np.clip(0.5 + (level - 0.5) * palette.contrast, 0, 1)
    if palette.contrast > 1:
        smooth = level * level * (3 - 2 * level)
        curved = 0.5 * curved + 0.5 * (level + (smooth - level) * min(1.0, 2 * (palette.contrast - 1) + 0.4))
    table = np.empty((1, 256, 3), np.uint8)
    for channel, (dark, light) in enumerate(zip(rgb(palette.shadow), rgb(palette.light), strict=True)):
        toned = dark * 0.55 + (light - dark * 0.55) * curved
        table[0, :, 2 - channel] = np.clip(255 * (0.74 * curved + 0.26 * toned), 0, 255)
    return table


def exposure(mean: float) -> npt.NDArray[np.uint8] | None:
    """Say how far the aperture is opened for a picture of that mean level: its mid-tones are raised by a gamma.

    The aim is a mean level of `NIGHT_LEVEL`, and no more than a gamma of 1 / 1.7, so that a night stays a night.

    Returns:
        A table of 256 levels, black and white unchanged; None for a picture that is bright enough.
    """
    if not 0 < mean < NIGHT_LEVEL:
        return None
    gamma = max(1 / 1.7, float(np.log(NIGHT_LEVEL / 255) / np.log(mean / 255)))
    return np.round(255 * np.linspace(0, 1, 256) ** gamma).astype(np.uint8)


def grade(image: Image, palette: Palette) -> Image:
    """Give a BGR picture the saturation, contrast and tones of a style."""
    share = palette.saturation
    if share != 1.0:
        grey = np.array([[0.0722, 0.7152, 0.2126]] * 3, np.float32)
        image = cv2.transform(image, share * np.eye(3, dtype=np.float32) + (1 - share) * grey)
    return cv2.LUT(image, _curves(palette))


@lru_cache(maxsize=8)
def _texture(texture: Texture, width: int, height: int) -> Any:
    """Make a surface: a signed layer as two unsigned ones, what it adds and what it takes away."""
    noise = np.random.Generator(np.random.PCG64(7)).integers(-64, 65, (height, width), dtype=np.int16)
    if texture is Texture.GRAIN:
        surface = noise // 14
    elif texture is Texture.PAPER:
        coarse = cv2.GaussianBlur(noise.astype(np.float32), (0, 0), max(0.8, height / 420))
        fleck = cv2.GaussianBlur(noise.astype(np.float32), (0, 0), max(2.0, height / 18))
        surface = coarse * (2.6 / max(0.1, float(coarse.std()))) + fleck * (3.4 / max(0.1, float(fleck.std())))
    else:
        pitch = max(4.0, height / 120)
        rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
        wave = np.sin((rows + columns) * np.pi / pitch) * np.sin((rows - columns) * np.pi / pitch)
        surface = np.where(wave > 0.4, -9, 0)
    values = np.asarray(surface)
    plus = np.clip(values, 0, 255).astype(np.uint8)
    minus = np.clip(-values, 0, 255).astype(np.uint8)
    return cv2.merge([plus] * 3), cv2.merge([minus] * 3)


def surface(image: Image, texture: Texture, at: Offset, whole: tuple[int, int]) -> Image:
    """Lay a part of a picture, BGR, on paper, on film grain or on a printer's dots.

    What layers that lie over each other are given so adds up to what the whole would be given: their shares do.
    """
    if texture is Texture.NONE:
        return image
    (x, y), (height, width) = at, image.shape[:2]
    plus, minus = (sheet[y : y + height, x : x + width] for sheet in _texture(texture, *whole))
    return cv2.subtract(cv2.add(image, plus), minus)


@lru_cache(maxsize=8)
def _wobble(width: int, height: int) -> Any:
    """Say where each pixel of a picture is taken from, in pixels across and down: the same at every size of it."""
    rng = np.random.Generator(np.random.PCG64(11))
    grid = (max(2, round(_WAVES * width / height)), _WAVES)
    reach = height / 420
    return tuple(
        cv2.resize(
            rng.normal(0, reach, (grid[1], grid[0])).astype(np.float32),
            (width, height),
            interpolation=cv2.INTER_CUBIC,
        )
        for _ in range(2)
    )


_WAVES = 26
"""How often an edge wavers over the height of a picture."""


def hand_drawn(image: Image, at: Offset, whole: tuple[int, int]) -> Image:
    """Let the edges in a part of a picture waver, as a brush does; alpha, if it has any, is multiplied in."""
    (x, y), (height, width) = at, image.shape[:2]
    across, down = (shift[y : y + height, x : x + width] for shift in _wobble(*whole))
    how = cv2.INTER_LINEAR | cv2.WARP_RELATIVE_MAP
    return cv2.remap(image, across, down, how, borderMode=cv2.BORDER_REPLICATE)
