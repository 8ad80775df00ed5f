"""A sheet's pages as pictures, for a screen."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pypdfium2

DPI = 132
"""Dots an inch: letters can be read, and an A4 page has 1543 × 1091 pixels."""

_QUALITY = {".png": [cv2.IMWRITE_PNG_COMPRESSION, 9], ".jpg": [cv2.IMWRITE_JPEG_QUALITY, 84]}
SUFFIXES = (*_QUALITY, ".jpeg")
"""What pages can be written as."""


def rasterise(pdf: bytes, suffix: str) -> Iterator[bytes]:
    """Draw the pages of a PDF.

    Args:
        pdf: The document.
        suffix: One of `SUFFIXES`.

    Yields:
        A PNG or JPEG a page.
    """
    kind = ".jpg" if suffix == ".jpeg" else suffix
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            pixels = page.render(scale=DPI / 72).to_numpy()
            done, data = cv2.imencode(kind, np.ascontiguousarray(pixels), _QUALITY[kind])
            if not done:
                raise RuntimeError(f"OpenCV did not encode a page of shape {pixels.shape}")
            yield bytes(data)
            page.close()
