"""Says, for each frame of a run of shots, what it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from film.edit.cut import before_cut
from schemas.enums import FadeColour, TransitionKind
from schemas.timeline import CutItem


class Recipe(NamedTuple):
    """What one frame is made of."""

    item: int
    """Index of the shot that the frame belongs to."""
    frame: int
    """Frame of that shot."""
    other: int | None
    """Index of the shot that is dissolved or wiped from or to."""
    other_frame: int
    """Frame of the other shot; outside its part in the cut, since dissolves and wipes use handles."""
    other_weight: float
    """Share of the other shot in the blend, or in the wiped frame's width; above 0 and below 1."""
    wipes: bool
    """Whether the other shot stands beside this one, the later of the two on the left, instead of being blended."""
    level: float
    """How far the picture has come up: 1 is full, 0 is the fade's colour."""
    via: FadeColour
    """What the picture fades from or to; black where it is full."""


def recipes(items: Sequence[CutItem]) -> Iterator[Recipe]:
    """List the frames of a run of shots.

    A fade's black or white frame is the first, or the last, of its shot. The weights of a dissolve, or a wipe, of n
    frames are 1/(n+1) to n/(n+1): no frame of it equals one outside it.

    Args:
        items: Shots whose transitions fit (see `film.edit.cut.fit_transitions`).

    Yields:
        One recipe a frame.
    """
    for index, item in enumerate(items):
        following = items[index + 1] if index + 1 < len(items) else None
        for frame in range(item.frames):
            other, other_frame, weight = _blend(items, index, frame, following)
            joint = following if other is not None and other > index else item
            wipes = other is not None and joint is not None and joint.transition_in is TransitionKind.WIPE
            level, via = _level(item, frame)
            yield Recipe(index, item.start + frame, other, other_frame, weight, wipes, level, via)


def _blend(
    items: Sequence[CutItem], index: int, frame: int, following: CutItem | None
) -> tuple[int | None, int, float]:
    """Find which other shot is seen in a frame, which frame of it, and with what weight."""
    item = items[index]
    if index and item.transition_in.overlaps:
        length = item.transition_in_frames
        passed = before_cut(length) + frame
        if passed < length:
            before = items[index - 1]
            return index - 1, before.start + before.frames + frame, 1.0 - (passed + 1) / (length + 1)
    if following is not None and following.transition_in.overlaps:
        length = following.transition_in_frames
        passed = frame - (item.frames - before_cut(length))
        if passed >= 0:
            return index + 1, following.start + frame - item.frames, (passed + 1) / (length + 1)
    return None, 0, 0.0


def _level(item: CutItem, frame: int) -> tuple[float, FadeColour]:
    """Find how far a frame has come up, and from or to what it fades."""
    if item.transition_in is TransitionKind.FADE and frame < item.transition_in_frames:
        return frame / item.transition_in_frames, item.transition_in_via
    left = item.frames - 1 - frame
    if item.transition_out is TransitionKind.FADE and left < item.transition_out_frames:
        return left / item.transition_out_frames, item.transition_out_via
    return 1.0, FadeColour.BLACK
