"""How far from the camera layers are, in the distance to the figures; see `film.layers.Layer`.

What matters is that they are told apart when the camera moves, and that nothing slides away under anybody's feet.
"""

from __future__ import annotations

from schemas.enums import ShotSize

SKY = 100.0
FLOOR = 1.15
"""The ground from straight above: a figure's height below its head."""
FIGURES = 1.0
WEATHER = 0.6
"""What falls between the figures and the camera."""

_SET = {
    ShotSize.EWS: (1.2, 1.5),
    ShotSize.WS: (1.4, 1.9),
    ShotSize.FS: (1.6, 2.3),
    ShotSize.MS: (2.2, 3.5),
    ShotSize.MCU: (2.8, 5.0),
    ShotSize.CU: (3.5, 7.0),
    ShotSize.ECU: (4.5, 9.0),
}
"""Inside, outside."""


def set_depth(size: ShotSize, *, inside: bool) -> float:
    """Say how far a set is.

    The nearer the camera is to the figures, the farther is the set in comparison. In wide sizes it is also the ground
    that they stand on, and so hardly farther than they are.
    """
    return _SET[size][0 if inside else 1]


def between(far: float) -> float:
    """Say how far whoever is between the figures and a set at the depth `far` stands."""
    return (far + FIGURES) / 2
