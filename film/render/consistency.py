"""How much alike a character looks from shot to shot. Knows no torch.

A picture becomes a vector (an embedding) by whatever an `Eye` is; a character's score is the mean cosine between the
vectors of its pictures, two by two. Pictures of somebody else among them lower it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from schemas.errors import RenderRefused

Embedding = NDArray[np.float32]
"""A vector that stands for a picture; its length does not matter."""


class Eye(Protocol):
    """Turns pictures into vectors: near ones look alike."""

    @property
    def name(self) -> str:
        """What it is; scores of different eyes cannot be compared."""
        ...

    def look(self, pngs: Sequence[bytes]) -> list[Embedding]:
        """Return a vector a picture."""
        ...


class ColourEye:
    """Sees colours and where they are, and nothing of faces: for machines without an image encoder.

    Hue, saturation and value in a grid of 4 × 4, the middle counting twice, less what a grey picture would give.
    """

    name = "colours-1"

    def look(self, pngs: Sequence[bytes]) -> list[Embedding]:
        """Return a vector a picture."""
        return [self._look(png) for png in pngs]

    def _look(self, png: bytes) -> Embedding:
        image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR) if png else None
        if image is None:
            raise RenderRefused(f"A picture of {len(png)} bytes does not decode; make it again.")
        small = cv2.resize(image, (64, 64), interpolation=cv2.INTER_AREA)
        lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_BGR2LAB)
        parts = []
        for row in range(4):
            for column in range(4):
                cell = lab[row * 16 : row * 16 + 16, column * 16 : column * 16 + 16].reshape(-1, 3)
                inner = 2.0 if row in (1, 2) and column in (1, 2) else 1.0
                light = (cell[:, 0] - 50) / 50
                parts += [inner * np.concatenate([[light.mean(), light.std()], cell[:, 1:].mean(0) / 60])]
        return np.concatenate(parts).astype(np.float32)


def consistency(embeddings: Sequence[Embedding]) -> float | None:
    """Score how much alike pictures of one character are.

    Args:
        embeddings: A vector a picture, of one eye.

    Returns:
        The mean cosine of all pairs, -1 to 1; None where there are fewer than two pictures.
    """
    if len(embeddings) < 2:
        return None
    rows = np.stack([vector.astype(np.float64) for vector in embeddings])
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    count = len(rows)
    together = float(np.square(rows.sum(axis=0)).sum())  # of all pairs, each twice, and of each with itself
    return (together - count) / (count * (count - 1))


def compare(eye: Eye, pngs: Sequence[bytes]) -> tuple[float, list[float]]:
    """Score a character, and each of its pictures by how much it is like the others.

    Args:
        eye: Looks at the pictures.
        pngs: Two or more pictures of one character.

    Returns:
        The character's score, and one a picture: the mean cosine of the pairs it is in; -1 to 1.

    Raises:
        RenderRefused: A picture does not decode.
    """
    seen = eye.look(pngs)
    whole, count = consistency(seen) or 0.0, len(seen)
    pairs, without = count * (count - 1) / 2, (count - 1) * (count - 2) / 2
    each = []
    for number in range(count):
        rest = consistency([vector for at, vector in enumerate(seen) if at != number])
        # The mean over all pairs less that over the pairs without this picture leaves the pairs with it.
        each.append((whole * pairs - (rest or 0.0) * without) / (count - 1))
    return whole, each
