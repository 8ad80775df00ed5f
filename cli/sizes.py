"""Sizes of films, as filmmakers write them: `1280x720`, `2.39:1`, `9:16@1080`."""

from __future__ import annotations

import re
from fractions import Fraction

from schemas.errors import InvalidRequest

LONGEST, SHORTEST_OF_LONGEST = 3840, 2160
"""The largest film, lying or standing."""

MIN_SIDE = 64
DEFAULT_LINES = 720
WIDEST = 4
"""No film is more than four times as wide as high, or as high as wide."""

_PIXELS = re.compile(r"(\d{1,5})[xX×](\d{1,5})")
_RATIO = re.compile(r"(\d{1,2}(?:\.\d{1,3})?):(\d{1,2}(?:\.\d{1,3})?)(?:@(\d{1,5})p?)?")


def parse_size(size: str) -> tuple[int, int]:
    """Read `WxH`, or `RATIO` or `RATIO@LINES`.

    A ratio with `LINES` is as large as what is called so many lines (1080p): its shorter side has them, or, where it is
    wider than 16:9, its width is that of 16:9. Without, it has 720.

    Returns:
        Width and height in pixels, both even, from 64×64 to 3840×2160, or 2160×3840.

    Raises:
        InvalidRequest: It is something else.
    """
    given = size.strip()
    pixels, ratio = _PIXELS.fullmatch(given), _RATIO.fullmatch(given)
    if pixels is not None:
        width, height = int(pixels[1]), int(pixels[2])
    elif ratio is not None:
        width, height = _of_ratio(size, Fraction(ratio[1]), Fraction(ratio[2]), int(ratio[3] or DEFAULT_LINES))
    else:
        raise InvalidRequest(
            f"--size {size} is not a size; write width and height in pixels, such as 1280x720, or a ratio, such as "
            "16:9, 9:16, 1:1 or 2.39:1, with @1080 for as many lines."
        )
    if max(width, height) > LONGEST or min(width, height) > SHORTEST_OF_LONGEST:
        raise InvalidRequest(f"--size {size} is too large; the largest is {LONGEST}x{SHORTEST_OF_LONGEST}, or upright.")
    if width % 2 or height % 2:
        raise InvalidRequest(f"--size {size} is odd; H.264 needs even numbers, such as {width & ~1}x{height & ~1}.")
    if width < MIN_SIDE or height < MIN_SIDE:
        raise InvalidRequest(f"--size {size} is too small; the smallest is {MIN_SIDE}x{MIN_SIDE}.")
    return width, height


def _of_ratio(size: str, across: Fraction, up: Fraction, lines: int) -> tuple[int, int]:
    """Find the size of a ratio."""
    if not across or not up or not Fraction(1, WIDEST) <= across / up <= WIDEST:
        raise InvalidRequest(f"--size {size} is no ratio of a film; write 16:9, 9:16, 1:1, 2.39:1, or one like them.")
    ratio = across / up
    if ratio > Fraction(16, 9):
        width = lines * Fraction(16, 9)
        return _even(width), _even(width / ratio)
    if ratio >= 1:
        return _even(lines * ratio), _even(Fraction(lines))
    return _even(Fraction(lines)), _even(lines / ratio)


def _even(side: Fraction) -> int:
    """The nearest even number."""
    return 2 * round(side / 2)
