"""Turns layers into one PNG: rasterise, lay over each other, grade, encode.

Soft things (skies, glows, vignettes) are rasterised small and enlarged: gradients are what costs time, and they
lose nothing by it. Sharp things are rasterised at the picture's size.
"""

from __future__ import annotations

import random
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import resvg_py

from film.render.storyboard.colour import rgb
from schemas.enums import Texture
from schemas.errors import RenderRefused
from schemas.prompt import Palette

NIGHT_LEVEL = 66.0
"""Mean level, of 255, that even a night picture is exposed to."""

_FAST_PNG = [
    *(cv2.IMWRITE_PNG_COMPRESSION, 1),
    *(cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_SUB),
    *(cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE),
]
"""One filter for all rows, and runs alone: flat colours need no more, and choosing one a row takes as long again."""

Image = npt.NDArray[Any]
"""Height × width × 3 (BGR) or × 4 (BGRA, alpha not multiplied in), levels 0–255."""


def rasterise(svg: str, width: int, height: int) -> Image:
    """Draw an SVG document of the size width × height, in pixels, as BGRA."""
    # With a size of its own the document fills it exactly, whatever the aspect of its view box rounds to.
    sized = svg.replace("<svg ", f'<svg width="{width}" height="{height}" ', 1)
    png = resvg_py.svg_to_bytes(svg_string=sized, width=width, height=height, skip_system_fonts=True)
    return _decode(png)


def _decode(png: bytes) -> Image:
    image = cv2.imdecode(np.frombuffer(png, dtype=np.uint8), cv2.IMREAD_UNCHANGED)
    if image is None:
        raise RenderRefused(f"The rasteriser gave {len(png)} bytes that are no picture; render it again.")
    if image.ndim == 2:
        image = cv2.cvtColor(image, cv2.COLOR_GRAY2BGRA)
    return image if image.shape[2] == 4 else cv2.cvtColor(image, cv2.COLOR_BGR2BGRA)


def enlarge(image: Image, width: int, height: int) -> Image:
    """Enlarge a soft layer. Alpha is multiplied in first by the caller where that matters."""
    if image.shape[:2] == (height, width):
        return image
    return cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR)


def over(below: Image, layer: Image) -> Image:
    """Lay a BGRA layer over a BGR picture of the same size."""
    alpha = cv2.cvtColor(layer[:, :, 3], cv2.COLOR_GRAY2BGR)
    colour = cv2.cvtColor(layer, cv2.COLOR_BGRA2BGR)
    front = cv2.multiply(colour, alpha, scale=1 / 255)
    return cv2.add(front, cv2.multiply(below, cv2.bitwise_not(alpha), scale=1 / 255))


def soften(image: Image, radius: float) -> Image:
    """Blur a picture as a lens does what it is not focused on; `radius` in pixels."""
    return cv2.GaussianBlur(image, (0, 0), radius) if radius > 0.3 else image


def converge(image: Image, amount: float) -> Image:
    """Tilt the camera: verticals converge upwards (amount > 0, from below) or downwards (< 0, from above)."""
    height, width = image.shape[:2]
    near = abs(amount) * width / 2
    top, bottom = (0.0, near) if amount > 0 else (near, 0.0)
    source = np.array([[top, 0], [width - top, 0], [width - bottom, height], [bottom, height]], np.float32)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    return cv2.warpPerspective(image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


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


def expose(image: Image) -> Image:
    """Open the aperture where a picture is too dark to read: raise the mid-tones by a gamma, leave black and white.

    The aim is a mean level of `NIGHT_LEVEL`, and no more than a gamma of 1 / 1.7, so that a night stays a night.
    """
    small = cv2.resize(image, (64, 36), interpolation=cv2.INTER_AREA)
    mean = float(small.mean())
    if not 0 < mean < NIGHT_LEVEL:
        return image
    gamma = max(1 / 1.7, float(np.log(NIGHT_LEVEL / 255) / np.log(mean / 255)))
    table = np.round(255 * np.linspace(0, 1, 256) ** gamma).astype(np.uint8)
    return cv2.LUT(image, table)


def grade(image: Image, palette: Palette) -> Image:
    """Give a picture the saturation, contrast and tones of a style."""
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


def surface(image: Image, texture: Texture) -> Image:
    """Lay a picture on paper, on film grain or on a printer's dots."""
    if texture is Texture.NONE:
        return image
    height, width = image.shape[:2]
    plus, minus = _texture(texture, width, height)
    return cv2.subtract(cv2.add(image, plus), minus)


@lru_cache(maxsize=4)
def _wobble(width: int, height: int) -> Any:
    rng = np.random.Generator(np.random.PCG64(11))
    small = (max(2, width // 28), max(2, height // 28))
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    reach = height / 420
    shift = [
        cv2.resize(
            rng.normal(0, reach, (small[1], small[0])).astype(np.float32),
            (width, height),
            interpolation=cv2.INTER_CUBIC,
        )
        for _ in range(2)
    ]
    return cv2.convertMaps(columns + shift[0], rows + shift[1], cv2.CV_16SC2)


def hand_drawn(image: Image) -> Image:
    """Let edges waver, as a brush does."""
    height, width = image.shape[:2]
    first, second = _wobble(width, height)
    return cv2.remap(image, first, second, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def encode(image: Image) -> bytes:
    """Encode a BGR picture as PNG; fast rather than small."""
    done, data = cv2.imencode(".png", image, _FAST_PNG)
    if not done:
        raise RuntimeError(f"OpenCV did not encode a picture of shape {image.shape}")
    return bytes(data)


def jitter(seed: int) -> random.Random:
    """Make the source of a picture's incidental details."""
    return random.Random(seed)
