"""Divides a cut among encoders."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from schemas.base import canonical_json
from schemas.timeline import Cut, CutItem, EncoderSettings, Segment

LEAST_SECONDS = 10
"""A segment is at least as long as x264's usual distance between IDR frames, so that dividing costs no bits."""

CHOICE_SECONDS = 3
"""How much later than that a segment may end to do so at the most memorable boundary."""


ANCHOR_SECONDS = 20
"""A boundary with the least digest of all that are nearer than this divides the film wherever it is: no edit that is
farther away moves it."""


def plan_segments(cut: Cut, encoder: EncoderSettings) -> list[Segment]:
    """Divide a cut into runs of shots that can be encoded apart.

    The film is divided twice. First at anchors: boundaries whose digest is the least within `ANCHOR_SECONDS` on both
    sides, which is a matter of what lies around them and not of where they lie in the film, so that a change does not
    reach beyond the next anchor. What lies between two anchors is divided from its beginning: of the boundaries at
    which a segment may end, the one with the least digest is taken.

    A boundary's digest is of the keys of the two shots beside it: other pictures, lengths, moves and words move no
    boundary. Nothing depends on the machine.

    Args:
        cut: The film.
        encoder: How each segment is encoded.

    Returns:
        Segments in order, each at least `LEAST_SECONDS` long unless the film is shorter. No dissolve or wipe crosses
        from one to the next.
    """
    items = cut.items
    least, choice, reach = (math.ceil(s * cut.fps) for s in (LEAST_SECONDS, CHOICE_SECONDS, ANCHOR_SECONDS))
    digests = {
        at: _digest(items[at - 1], items[at]) for at in range(1, len(items)) if not items[at].transition_in.overlaps
    }
    starts = list(accumulate((item.frames for item in items), initial=0))
    ends = [*_anchors(digests, starts, reach), len(items)]
    runs: list[tuple[CutItem, ...]] = []
    for first, last in pairwise((0, *ends)):
        runs += _divided(
            items[first:last], {at - first: digests[at] for at in digests if first < at < last}, least, choice
        )
    width, height = encoder.size_of(cut.width, cut.height)
    return [
        Segment(
            width=width,
            height=height,
            fps=cut.fps,
            items=run,
            encoder=encoder,
        )
        for run in runs
    ]


def _anchors(digests: Mapping[int, bytes], starts: Sequence[int], reach: int) -> Iterator[int]:
    """Find the boundaries that have the least digest of all within reach; none is nearer to an end of the film."""
    bounds = list(digests)
    low = high = 0
    for at in bounds:
        while starts[bounds[low]] <= starts[at] - reach:
            low += 1
        while high < len(bounds) and starts[bounds[high]] < starts[at] + reach:
            high += 1
        alone = all(digests[at] < digests[other] for other in bounds[low:high] if other != at)
        if alone and reach <= starts[at] <= starts[-1] - reach:
            yield at


def _divided(
    items: Sequence[CutItem], digests: Mapping[int, bytes], least: int, choice: int
) -> list[tuple[CutItem, ...]]:
    """Divide what lies between two anchors."""
    runs: list[tuple[CutItem, ...]] = []
    first = 0
    while first < len(items):
        last = _end_of_run(items, digests, first, least, choice)
        runs.append(tuple(items[first:last]))
        first = last
    return runs


def _end_of_run(items: Sequence[CutItem], digests: Mapping[int, bytes], first: int, least: int, choice: int) -> int:
    """Choose where the run that begins at `first` ends: an index into the shots, or their number."""
    length, left = 0, sum(item.frames for item in items[first:])
    candidates: list[int] = []
    for following, item in enumerate(items[first:], first + 1):
        length += item.frames
        if candidates and length > least + choice:
            break
        if least <= length <= left - least and following in digests:  # what is left is a segment, too
            candidates.append(following)
    return min(candidates, key=digests.__getitem__, default=len(items))


def _digest(before: CutItem, after: CutItem) -> bytes:
    """Digest what makes a boundary recognisable: its shots' keys; without them, how they are timed and moved."""
    if before.key and after.key:
        return hashlib.sha256(f"{before.key}\n{after.key}".encode()).digest()
    picture = {"shot", "name", "key", "media_key", "media_sha256", "media_kind"}
    plain = [item.model_dump(mode="json", exclude=picture) for item in (before, after)]
    return hashlib.sha256(canonical_json(plain).encode()).digest()
