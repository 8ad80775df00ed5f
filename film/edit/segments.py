"""Divides a cut among encoders."""

from __future__ import annotations

import hashlib
import math
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from film.lettering import has_signs
from schemas.base import canonical_json
from schemas.enums import OverlayKind, SubtitleMode
from schemas.graphics import Lettering, Overlay
from schemas.timeline import Cut, CutItem, EncoderSettings, Segment

LEAST_SECONDS = 10
"""A segment is at least as long as x264's usual distance between IDR frames, so that dividing costs no bits."""


def plan_segments(cut: Cut, encoder: EncoderSettings) -> list[Segment]:
    """Divide a cut into runs of shots that can be encoded apart.

    Boundaries are taken in the order of their digests: each at which no segment becomes shorter than `LEAST_SECONDS`
    divides the film, until there is none left. So it matters what lies around a boundary, and not how far it is from
    the film's beginning: an edit moves the boundaries beside it, and no others. Segments last four thirds of the least
    on average (A. Rényi's parking problem), and twice as long at most, but for a shot.

    A boundary's digest is of the key of the shot that it begins: other pictures, lengths, moves and words move no
    boundary. Nothing depends on the machine.

    Args:
        cut: The film.
        encoder: How each segment is encoded.

    Returns:
        Segments in order, each at least `LEAST_SECONDS` long unless the film is shorter. No dissolve or wipe crosses
        from one to the next.
    """
    items = cut.items
    digests = {at: _digest(items[at]) for at in range(1, len(items)) if not items[at].transition_in.overlaps}
    starts = list(accumulate((item.frames for item in items), initial=0))
    bounds = _division(digests, starts, math.ceil(LEAST_SECONDS * cut.fps))
    runs = [items[first:last] for first, last in pairwise(bounds)]
    return [_segment(cut, run, encoder, overlays) for run, overlays in _lettered(cut, runs)]


def whole_segment(cut: Cut, encoder: EncoderSettings) -> Segment:
    """Take a whole film as one segment, however long."""
    ((run, overlays),) = _lettered(cut, [cut.items])
    return _segment(cut, run, encoder, overlays)


def overlays_of(cut: Cut) -> list[Overlay]:
    """List the words that are drawn into a film's frames, in order: captions, and subtitles that are burnt in.

    A caption stands at the bottom of the frame unless a subtitle is shown meanwhile, in whatever way.
    """
    titles, first = [], 0
    for caption in sorted(cut.captions, key=lambda caption: caption.start):
        while first < len(cut.cues) and cut.cues[first].end <= caption.start:
            first += 1
        meets = first < len(cut.cues) and cut.cues[first].start < caption.end
        titles.append(caption.model_copy(update={"raised": meets}))
    burnt = cut.cues if cut.subtitles is SubtitleMode.BURNT else ()
    said = [Overlay(kind=OverlayKind.SUBTITLE, start=cue.start, end=cue.end, text=cue.text) for cue in burnt]
    return sorted([*titles, *said], key=lambda overlay: (overlay.start, overlay.end))


def _lettered(cut: Cut, runs: Sequence[Sequence[CutItem]]) -> Iterator[tuple[Sequence[CutItem], tuple[Overlay, ...]]]:
    """Hand each run of shots the words that are seen in it, in frames of the run: a change elsewhere is not felt."""
    overlays = overlays_of(cut)
    begin = first = 0
    for run in runs:
        end = begin + sum(item.frames for item in run)
        while first < len(overlays) and overlays[first].end <= begin:
            first += 1
        seen = []
        for overlay in overlays[first:]:
            if overlay.start >= end:
                break
            if overlay.end > begin:
                inside = {"start": max(overlay.start, begin) - begin, "end": min(overlay.end, end) - begin}
                seen.append(overlay.model_copy(update=inside))
        yield run, tuple(seen)
        begin = end


def _segment(cut: Cut, run: Sequence[CutItem], encoder: EncoderSettings, overlays: tuple[Overlay, ...]) -> Segment:
    lettering = Lettering()
    if overlays:
        ours = cut.lettering.tongue if any(map(has_signs, (overlay.text for overlay in overlays))) else ""
        lettering = cut.lettering.model_copy(update={"tongue": ours})
    width, height = encoder.size_of(cut.width, cut.height)
    return Segment(
        width=width,
        height=height,
        fps=cut.fps,
        items=tuple(run),
        encoder=encoder,
        overlays=overlays,
        lettering=lettering,
        logo=cut.logo,
    )


def _division(digests: Mapping[int, bytes], starts: Sequence[int], least: int) -> list[int]:
    """Choose the shots with which segments begin.

    Args:
        digests: For each shot with which one may begin, what decides.
        starts: The first frame of each shot, and the film's length.
        least: Frames of the shortest segment.

    Returns:
        Indices of shots, in order: 0, and last of all the number of shots.
    """
    taken = [0, len(starts) - 1]
    for at in sorted(digests, key=digests.__getitem__):
        place = bisect(taken, at)
        before, after = taken[place - 1], taken[place]
        if starts[at] - starts[before] >= least <= starts[after] - starts[at]:
            taken.insert(place, at)
    return taken


def _digest(item: CutItem) -> bytes:
    """Digest what makes a shot recognisable: its key; without one, how it is timed and moved."""
    if item.key:
        return hashlib.sha256(item.key.encode()).digest()
    picture = {"shot", "name", "key", "media_key", "media_sha256", "media_kind"}
    return hashlib.sha256(canonical_json(item.model_dump(mode="json", exclude=picture)).encode()).digest()
