"""In-betweens from one keyframe to another that shows nearly the same, by optical flow.

Flow is measured both ways. Where there and back does not lead home, something was covered or uncovered, and only the
keyframe that shows it is believed. Where that is so in too much of the picture, or the way is too long, the two are not
nearly the same: in-betweens would be a smear, and are refused.

The flow to a time between is put together from both flows as in Jiang et al., "Super SloMo" (CVPR 2018), eq. 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from film.motion.i420 import Plane
from schemas.errors import MotionRefused

FARTHEST = 0.08
"""Longest way of anything in the picture, in widths of it."""

LOST = 0.15
"""Largest share of the picture that may have nothing that corresponds to it in the other."""

HOME = 1.5
"""Within so many pixels at 720 lines the way there and back leads home."""

UNLIKE = 10.0
"""Largest mean difference of levels, of 255, that may be left where the flow leads home."""

LEAST = 0.25
"""If nothing goes farther than so many pixels, and no colour changes, there is no motion to be shown."""

Flow = NDArray[np.float32]
"""Rows × columns × 2: way across and down, in pixels."""


class FlowRefusal(StrEnum):
    """Why two keyframes have no in-betweens."""

    SIZE = "size"
    """They are not equally large."""
    FAR = "far"
    """Something goes too far."""
    INCONSISTENT = "inconsistent"
    """Too much of one has nothing that corresponds to it in the other."""
    UNLIKE = "unlike"
    """What corresponds looks different."""
    EQUAL = "equal"
    """They are the same picture."""


class _Pair(NamedTuple):
    """Two keyframes, and what leads from each to the other."""

    first: NDArray[np.float32]
    last: NDArray[np.float32]
    there: Flow
    back: Flow
    trust_first: NDArray[np.float32]
    """How much what the first shows has its like in the last, 0–1."""
    trust_last: NDArray[np.float32]


def inbetweens(first: Plane, last: Plane, frames: int) -> Iterator[Plane]:
    """Make the frames from one keyframe to just before another, which begins what follows.

    Args:
        first: Height × width × 3 samples, blue first; the first frame.
        last: Of the same size; it would be frame `frames`.
        frames: How many frames.

    Returns:
        The frames, as pictures like `first`; equal keyframes give equal frames.

    Raises:
        MotionRefused: The two are not nearly the same; its `reason` is a `FlowRefusal`. Nothing is yielded then.
    """
    pair = _measured(first, last)
    return (first if number == 0 else _between(pair, number / frames) for number in range(frames))


def _measured(first: Plane, last: Plane) -> _Pair:
    """Measure the flow both ways, and refuse what is not nearly the same."""
    if first.shape != last.shape:
        raise _refused(FlowRefusal.SIZE, "have different sizes")
    there, back = _flow(first, last), _flow(last, first)
    home = HOME * first.shape[0] / 720.0 + 0.5
    astray_first, astray_last = (_astray(*flows) for flows in ((there, back), (back, there)))
    lost = max(float((astray > home).mean()) for astray in (astray_first, astray_last))
    if lost > LOST:
        raise _refused(FlowRefusal.INCONSISTENT, f"do not correspond in {lost:.0%} of the picture")
    trusted = astray_first <= home
    length = np.hypot(there[..., 0], there[..., 1])
    farthest = float(np.percentile(length[trusted], 99.5)) / first.shape[1]
    if farthest > FARTHEST:
        raise _refused(FlowRefusal.FAR, f"are {farthest:.0%} of the picture apart")
    wide = first.astype(np.float32), last.astype(np.float32)
    change = np.abs(wide[0] - _sampled(wide[1], there)).mean(axis=2)
    left = float(change[trusted].mean())
    if left > UNLIKE:
        raise _refused(FlowRefusal.UNLIKE, f"differ by {left:.0f} levels of 255 where they correspond")
    if length.max() <= LEAST and np.abs(wide[0] - wide[1]).max() < 2.0:
        raise _refused(FlowRefusal.EQUAL, "are the same picture")
    trust = (np.exp(-((astray / home) ** 2)).astype(np.float32) for astray in (astray_first, astray_last))
    return _Pair(*wide, there, back, *trust)


def _refused(reason: FlowRefusal, why: str) -> MotionRefused:
    return MotionRefused(f"There are no in-betweens: the two keyframes {why}.", reason=reason.value)


def _flow(first: Plane, last: Plane) -> Flow:
    """Measure where what one picture shows is in the other (DIS: Kroeger et al., ECCV 2016)."""
    cv2.setNumThreads(1)  # DIS searches in as many stripes as there are threads, and finds otherwise in each number.
    grey, other = (cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) for picture in (first, last))
    method = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    return np.asarray(method.calc(grey, other, np.zeros((*first.shape[:2], 2), np.float32)), np.float32)


def _astray(there: Flow, back: Flow) -> NDArray[np.float32]:
    """Measure how far from home the way there and back leads, in pixels."""
    away = there + _sampled(back, there)
    return np.asarray(np.hypot(away[..., 0], away[..., 1]), np.float32)


def _sampled(picture: NDArray[np.float32], flow: Flow) -> NDArray[np.float32]:
    """Take each sample from where a flow leads; beyond the border it is repeated."""
    rows, columns = flow.shape[:2]
    across = flow[..., 0] + np.arange(columns, dtype=np.float32)
    down = flow[..., 1] + np.arange(rows, dtype=np.float32)[:, None]
    return np.asarray(cv2.remap(picture, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _between(pair: _Pair, time: float) -> Plane:
    """Make the picture at a time between 0 and 1."""
    to_first = -(1.0 - time) * time * pair.there + time * time * pair.back
    to_last = (1.0 - time) ** 2 * pair.there - time * (1.0 - time) * pair.back
    # Where neither is trusted both are, by what is added here.
    from_first = (1.0 - time) * (_sampled(pair.trust_first, to_first) + 1e-3)
    from_last = time * (_sampled(pair.trust_last, to_last) + 1e-3)
    share = (from_last / (from_first + from_last))[..., None]
    mixed = (1.0 - share) * _sampled(pair.first, to_first) + share * _sampled(pair.last, to_last)
    return np.rint(mixed).clip(0, 255).astype(np.uint8)
