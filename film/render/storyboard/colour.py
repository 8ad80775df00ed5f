"""Colours as #rrggbb, and the few operations a painter needs."""

from __future__ import annotations

import colorsys
from functools import lru_cache

RGB = tuple[float, float, float]


@lru_cache(maxsize=4096)
def rgb(colour: str) -> RGB:
    """Split #rrggbb into red, green and blue, 0–1."""
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def hexed(red: float, green: float, blue: float) -> str:
    """Join red, green and blue, 0–1 and clipped, into #rrggbb."""
    channels = (round(255 * min(1.0, max(0.0, value))) for value in (red, green, blue))
    return "#{:02x}{:02x}{:02x}".format(*channels)


@lru_cache(maxsize=8192)
def mix(colour: str, other: str, amount: float) -> str:
    """Blend two colours; 0 is the first, 1 the second."""
    return hexed(*(a + (b - a) * amount for a, b in zip(rgb(colour), rgb(other), strict=True)))


@lru_cache(maxsize=8192)
def multiply(colour: str, light: RGB) -> str:
    """What a surface looks like under a coloured light."""
    return hexed(*(a * b for a, b in zip(rgb(colour), light, strict=True)))


def darker(colour: str, amount: float) -> str:
    """Towards a bluish black, as shadows are."""
    return mix(colour, "#0c1024", amount)


def lighter(colour: str, amount: float) -> str:
    """Towards a warm white."""
    return mix(colour, "#fff6e4", amount)


@lru_cache(maxsize=1024)
def turned(colour: str, degrees: float) -> str:
    """Turn the hue."""
    hue, light, saturation = colorsys.rgb_to_hls(*rgb(colour))
    return hexed(*colorsys.hls_to_rgb((hue + degrees / 360) % 1.0, light, saturation))


def luminance(colour: str) -> float:
    """Relative brightness, 0–1, by the BT.709 weights."""
    red, green, blue = rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
