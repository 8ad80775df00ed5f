"""Looks at a reference picture before anything is painted from it. Knows no torch."""

from __future__ import annotations

import io
import warnings

from PIL import Image

from schemas.errors import ModelRefused

MAX_BYTES = 32 << 20
MAX_SIDE = 8192
MIN_SIDE = 32
"""In pixels. An image encoder looks at 224×224; larger pictures help nobody."""

FORMATS = ("PNG", "JPEG", "WEBP")


def read_reference(data: bytes, who: str) -> Image.Image:
    """Read a reference picture.

    Its size is looked at before its pixels are decoded.

    Args:
        data: The file.
        who: Whom it shows, for the error.

    Returns:
        The picture, in RGB.

    Raises:
        ModelRefused: It is no PNG, JPEG or WebP, is broken, too large or too small.
    """
    if len(data) > MAX_BYTES:
        raise _refuse(who, f"is {len(data)} bytes long; at most {MAX_BYTES} are read")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # sizes are checked below
            image = Image.open(io.BytesIO(data), formats=FORMATS)
    except (OSError, Image.DecompressionBombError, ValueError, SyntaxError) as error:
        if isinstance(error, Image.DecompressionBombError):
            raise _refuse(who, f"is too large; at most {MAX_SIDE}×{MAX_SIDE} pixels") from error
        raise _refuse(who, f"is no {', '.join(FORMATS)} that can be read") from error
    if max(image.size) > MAX_SIDE or min(image.size) < MIN_SIDE:
        found = f"{image.width}×{image.height}"
        raise _refuse(who, f"is {found} pixels; {MIN_SIDE} to {MAX_SIDE} each way can be used")
    try:
        return image.convert("RGB")
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise _refuse(who, "is broken") from error


def _refuse(who: str, what: str) -> ModelRefused:
    return ModelRefused(f"The reference picture of {who} {what}; give another.")
