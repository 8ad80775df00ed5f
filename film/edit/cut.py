"""Assembles the cut: shots in order, each with its picture, its move and its transitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from film.edit.cues import cues_of
from schemas.enums import FadeColour, MediaKind, TransitionKind
from schemas.errors import ArtifactMissing
from schemas.script import Breakdown, Shot
from schemas.sound import Soundtrack
from schemas.timeline import CameraMove, Cue, Cut, CutItem


class Media(NamedTuple):
    """What a shot's frames are made from."""

    key: str
    """Key in the assets bucket, or a file's name."""
    sha256: str
    kind: MediaKind = MediaKind.STILL


def make_cut(
    breakdown: Breakdown,
    moves: Mapping[str, CameraMove],
    media: Mapping[str, Media],
    *,
    width: int,
    height: int,
    soundtrack: Soundtrack | None = None,
) -> Cut:
    """Assemble the cut of a film.

    Args:
        breakdown: The shots, in order, with their lengths, transitions and dialogue.
        moves: For each shot id, its camera move.
        media: For each shot id, its keyframe or clip.
        width: Width of the film, in pixels.
        height: Height of the film, in pixels.
        soundtrack: What is heard; None for a silent film.

    Returns:
        The cut. Its length is the sum of the shots'; its cues lie inside their shots.

    Raises:
        ArtifactMissing: A shot has no move or no keyframe.
    """
    items = tuple(_item(shot, moves, media) for shot in breakdown.shots)
    spoken = cues_of(breakdown)
    cues: list[Cue] = []
    begin = 0
    for shot in breakdown.shots:
        cues.extend(shifted(cue, begin) for cue in spoken.get(shot.id, ()))
        begin += shot.frames
    return Cut(
        title=breakdown.title,
        fps=breakdown.fps,
        width=width,
        height=height,
        items=fit_transitions(items),
        cues=tuple(cues),
        soundtrack=soundtrack,
    )


def _item(shot: Shot, moves: Mapping[str, CameraMove], media: Mapping[str, Media]) -> CutItem:
    """Make a shot's place in the cut, with the transitions that the director asked for."""
    if shot.id not in moves or shot.id not in media:
        lacks = "keyframe" if shot.id in moves else "camera move"
        raise ArtifactMissing(f"Shot {shot.id} has no {lacks}, so the film cannot be cut; make the shot again.")
    source = media[shot.id]
    return CutItem(
        shot=shot.id,
        name=" ".join((shot.id, shot.size.value, *shot.subjects[:2])),
        key=shot.key,
        media_key=source.key,
        media_sha256=source.sha256,
        media_kind=source.kind,
        move=moves[shot.id],
        frames=shot.frames,
        transition_in=shot.transition_in,
        transition_in_frames=shot.transition_in_frames,
        transition_in_via=shot.transition_in_via,
        transition_out=shot.transition_out,
        transition_out_frames=shot.transition_out_frames,
        transition_out_via=shot.transition_out_via,
    )


def shifted(cue: Cue, frames: int) -> Cue:
    """Move a cue in time by a number of frames."""
    return cue.model_copy(update={"start": cue.start + frames, "end": cue.end + frames})


def before_cut(overlap: int) -> int:
    """Frames of a dissolve or a wipe that lie in the outgoing shot; the rest, as many or one more, in the incoming."""
    return overlap // 2


def fit_transitions(items: Sequence[CutItem]) -> tuple[CutItem, ...]:
    """Shorten transitions until each fits its shots, and settle those that contradict each other.

    A dissolve or a wipe into the first shot has nothing to come from and becomes a fade; a shot that gives way to one
    neither cuts nor fades out. What a shot's two transitions take of it never overlaps, and fades leave it one full
    frame.

    Args:
        items: The shots in order.

    Returns:
        The same shots. Applying this again changes nothing.
    """
    settled = [_settle(item, index) for index, item in enumerate(items)]
    for index, item in enumerate(settled[1:], start=1):
        if item.transition_in.overlaps:
            before = {
                "transition_out": TransitionKind.CUT,
                "transition_out_frames": 0,
                "transition_out_via": FadeColour.BLACK,
            }
            settled[index - 1] = settled[index - 1].model_copy(update=before)
    rooms = [_rooms(item, after) for item, after in zip_longest(settled, settled[1:])]
    return tuple(_fit(item, rooms[index], rooms[index - 1][1] if index else 0) for index, item in enumerate(settled))


def _settle(item: CutItem, index: int) -> CutItem:
    """Remove contradictions within one shot: kinds without length, lengths without kind, dissolves and wipes out."""
    kind_in, kind_out = item.transition_in, item.transition_out
    if kind_in.overlaps and index == 0:
        kind_in = TransitionKind.FADE
    if kind_in is TransitionKind.CUT or not item.transition_in_frames:
        kind_in, frames_in = TransitionKind.CUT, 0
    else:
        frames_in = item.transition_in_frames
    if kind_out is not TransitionKind.FADE or not item.transition_out_frames:
        kind_out, frames_out = TransitionKind.CUT, 0
    else:
        frames_out = item.transition_out_frames
    return _joined(item, (kind_in, frames_in), (kind_out, frames_out))


def _joined(item: CutItem, into: tuple[TransitionKind, int], out: tuple[TransitionKind, int]) -> CutItem:
    """Give a shot its transitions; none without length, and a colour for fades alone, so that equal cuts are equal."""
    (kind_in, frames_in), (kind_out, frames_out) = into, out
    fades_in, fades_out = kind_in is TransitionKind.FADE, kind_out is TransitionKind.FADE
    return item.model_copy(
        update={
            "transition_in": kind_in if frames_in else TransitionKind.CUT,
            "transition_in_frames": frames_in,
            "transition_in_via": item.transition_in_via if fades_in and frames_in else FadeColour.BLACK,
            "transition_out": kind_out if frames_out else TransitionKind.CUT,
            "transition_out_frames": frames_out,
            "transition_out_via": item.transition_out_via if fades_out and frames_out else FadeColour.BLACK,
        }
    )


def _rooms(item: CutItem, following: CutItem | None) -> tuple[int, int]:
    """Divide a shot between the transition into it and the one out of it: the most frames each may take."""
    wanted_in = item.transition_in_frames
    if item.transition_in.overlaps:
        wanted_in -= before_cut(wanted_in)
    wanted_out = item.transition_out_frames
    if following is not None and following.transition_in.overlaps:
        wanted_out = before_cut(following.transition_in_frames)
    fades = TransitionKind.FADE in (item.transition_in, item.transition_out)
    room = item.frames - 1 if fades else item.frames
    if wanted_in + wanted_out <= room:
        return wanted_in, wanted_out
    share = room * wanted_in // (wanted_in + wanted_out)
    return share, room - share


def _fit(item: CutItem, rooms: tuple[int, int], room_before: int) -> CutItem:
    """Shorten a shot's transitions to the room there is in it and in the shot before."""
    frames_in = min(item.transition_in_frames, rooms[0])
    if item.transition_in.overlaps:
        frames_in = min(item.transition_in_frames, 2 * rooms[0], 2 * room_before + 1)
    frames_out = min(item.transition_out_frames, rooms[1])
    return _joined(item, (item.transition_in, frames_in), (item.transition_out, frames_out))
