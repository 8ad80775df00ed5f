"""Divides a cut among encoders."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence

from film.lettering import has_signs
from schemas.base import canonical_json
from schemas.enums import OverlayKind, SubtitleMode
from schemas.graphics import Lettering, Overlay
from schemas.timeline import Cut, CutItem, EncoderSettings, Segment

LEAST_SECONDS = 10
"""A segment is at least as long as x264's usual distance between IDR frames, so that dividing costs no bits."""

CHOICE_SECONDS = 3
"""How much later than that a segment may end to do so at the most memorable boundary."""


def plan_segments(cut: Cut, encoder: EncoderSettings) -> list[Segment]:
    """Divide a cut into runs of shots that can be encoded apart.

    Of the boundaries at which a segment may end, the one with the least digest of the shots around it is taken, by
    their lengths, moves and transitions: so that after an insertion the plan soon falls into step with the old one. A
    picture that is drawn again changes no boundary, and nothing depends on the machine.

    Args:
        cut: The film.
        encoder: How each segment is encoded.

    Returns:
        Segments in order, each at least `LEAST_SECONDS` long unless the film is shorter. No dissolve or wipe crosses
        from one to the next.
    """
    runs: list[list[CutItem]] = []
    items = cut.items
    least, choice = (math.ceil(seconds * cut.fps) for seconds in (LEAST_SECONDS, CHOICE_SECONDS))
    first = 0
    while first < len(items):
        last = _end_of_run(items, first, least, choice)
        runs.append(list(items[first:last]))
        first = last
    if len(runs) > 1 and sum(item.frames for item in runs[-1]) < least:
        tail = runs.pop()
        runs[-1].extend(tail)
    return [_segment(cut, run, encoder, overlays) for run, overlays in _lettered(cut, runs)]


def whole_segment(cut: Cut, encoder: EncoderSettings) -> Segment:
    """Take a whole film as one segment, however long."""
    ((run, overlays),) = _lettered(cut, [list(cut.items)])
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


def _lettered(cut: Cut, runs: Sequence[list[CutItem]]) -> Iterator[tuple[list[CutItem], tuple[Overlay, ...]]]:
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


def _segment(cut: Cut, run: list[CutItem], encoder: EncoderSettings, overlays: tuple[Overlay, ...]) -> Segment:
    lettering = Lettering()
    if overlays:
        ours = cut.lettering.tongue if any(map(has_signs, (overlay.text for overlay in overlays))) else ""
        lettering = cut.lettering.model_copy(update={"tongue": ours})
    return Segment(
        width=cut.width,
        height=cut.height,
        fps=cut.fps,
        items=tuple(run),
        encoder=encoder,
        overlays=overlays,
        lettering=lettering,
        logo=cut.logo,
    )


def _end_of_run(items: Sequence[CutItem], first: int, least: int, choice: int) -> int:
    """Choose where the run that begins at `first` ends: an index into the shots, or their number."""
    length = 0
    candidates: list[int] = []
    for index in range(first, len(items)):
        length += items[index].frames
        following = index + 1
        if candidates and length > least + choice:
            break
        if length < least or following == len(items) or items[following].transition_in.overlaps:
            continue
        candidates.append(following)
    return min(candidates, key=lambda at: _digest(items[at - 1], items[at]), default=len(items))


def _digest(before: CutItem, after: CutItem) -> bytes:
    """Digest what makes a boundary recognisable, whatever its shots are called and whatever they show."""
    picture = {"shot", "name", "media_key", "media_sha256", "media_kind"}
    plain = [item.model_dump(mode="json", exclude=picture) for item in (before, after)]
    return hashlib.sha256(canonical_json(plain).encode()).digest()
