"""Who stands where across the frame, and who holds what."""

from __future__ import annotations

from collections.abc import Mapping

from film.render.storyboard.stage import Stage
from schemas.enums import FigureKind, FocusOn, Pose, Side
from schemas.prompt import Picture

COLUMN = {Side.LEFT: 0.32, Side.CENTRE: 0.5, Side.RIGHT: 0.68}
"""Where the three sides of the screen lie, in fractions of its width."""


def in_hand(picture: Picture, held: list[str], index: int) -> str | None:
    """What a figure holds: what the plan says, and else the first thing that is held, for the first who holds."""
    figure = picture.figures[index]
    if figure.held or picture.focus_on is FocusOn.SET:
        return figure.held or None
    if index or any(other.held for other in picture.figures) or figure.pose not in {Pose.HOLD, Pose.GIVE, Pose.STAND}:
        return None
    return held[0] if held else None


def spread_out(picture: Picture, s: Stage, table: dict[Side, float], gap: float) -> list[float]:
    """Spread figures that were given one side, and lean a little so that no two shots are the same."""
    if len(picture.figures) > 2:
        return _in_a_row(picture, s, gap)
    taken: list[float] = []
    for figure in picture.figures:
        x = table[figure.side] + s.detail.uniform(-0.015, 0.015)
        step = 0
        while any(abs(x - other) < gap for other in taken) and step < 8:
            step += 1
            x = table[figure.side] + gap * ((step + 1) // 2) * (1 if step % 2 else -1)
        taken.append(min(0.93, max(0.07, x)))
    return taken


def _in_a_row(picture: Picture, s: Stage, gap: float) -> list[float]:
    """Three and more stand side by side across the frame, those on the left side of the line first."""
    sides = (Side.LEFT, Side.CENTRE, Side.RIGHT)
    order = sorted(range(len(picture.figures)), key=lambda index: sides.index(picture.figures[index].side))
    half = min(0.38, 0.5 * gap * (len(order) - 1))
    step = 2 * half / (len(order) - 1)
    places = {index: 0.5 - half + step * rank + s.detail.uniform(-0.01, 0.01) for rank, index in enumerate(order)}
    return [places[index] for index in range(len(order))]


def together(picture: Picture, columns: list[float], half: float) -> list[float]:
    """Bring those who embrace into each other's arms: `half` the distance between them, in fractions of the frame."""
    pair = [index for index, figure in enumerate(picture.figures) if figure.pose in {Pose.EMBRACE, Pose.KISS}][:2]
    if len(pair) < 2:
        return columns
    middle = sum(columns[index] for index in pair) / 2
    left, right = sorted(pair, key=lambda index: columns[index])
    return [
        middle - half if index == left else middle + half if index == right else x for index, x in enumerate(columns)
    ]


_ARMS_LENGTH: Mapping[Pose, float] = {
    Pose.GIVE: 0.6,
    Pose.FIGHT: 0.5,
    Pose.DANCE: 0.3,
    Pose.PUSH: 0.4,
    Pose.PULL: 0.4,
    Pose.KICK: 0.62,
    Pose.CARRY: 1.36,
}
"""Half of how far two are apart, in metres, where one does this to the other."""
_UPON = frozenset({Pose.PUSH, Pose.PULL, Pose.KICK})
"""What one does to another who is within reach."""
BORNE = frozenset({"stretcher", "coffin"})
"""What two carry between them, as mounts of the first."""
_ARMED = 0.24
"""How much farther each keeps from the other with a weapon in hand."""


def within_reach(picture: Picture, columns: list[float], metre: float) -> list[float]:
    """Bring those within reach of each other who hand each other something, shake hands or fight.

    Args:
        picture: The plan: what the first two of its figures do is what they do to each other.
        columns: Where the figures stand, in fractions of the frame.
        metre: A metre at the figures, in fractions of the frame.
    """
    if len(picture.figures) < 2:
        return columns
    first, second = picture.figures[:2]
    mutual = first.pose is second.pose and first.pose in {Pose.GIVE, Pose.FIGHT, Pose.DANCE}
    borne = first.pose is second.pose is Pose.CARRY and first.on in BORNE
    upon = first.pose in _UPON and first.held == "" and second.pose not in _UPON
    if not (mutual or borne or upon) or first.facing is second.facing:
        return columns
    if any(figure.look.kind not in {FigureKind.ADULT, FigureKind.CHILD} for figure in (first, second)):
        return columns
    if not borne and {first.on, second.on} - {""}:
        return columns
    half = metre * _ARMS_LENGTH[first.pose]
    if first.pose is Pose.FIGHT and (first.held or second.held):
        half += metre * _ARMED
    half = min(0.4, half)
    middle = min(0.93 - half, max(0.07 + half, (columns[0] + columns[1]) / 2))
    way = -1.0 if first.facing is Side.RIGHT else 1.0
    return [middle + way * half, middle - way * half, *columns[2:]]
