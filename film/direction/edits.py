"""Edits of a film: what is asked of its shots, and the breakdown that comes of it.

Edits are always applied to the breakdown of the script, never to one that was edited before: what was taken back is
then as it was, to the frame.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from film.direction.recast import recast, recasting_asked
from schemas.edits import MAX_SHOT_S, Changes, Edits, Placement, ShotChange, ShotEdit, one_behind_the_other
from schemas.enums import FadeColour, TransitionKind
from schemas.errors import InvalidRequest
from schemas.script import Breakdown, Dialogue, Shot
from schemas.shots import shot_number


class Edited(NamedTuple):
    """A film after its edits."""

    breakdown: Breakdown
    dropped: tuple[str, ...]
    """Keys of edited shots that the script no longer has: their edits are without effect."""


# What is asked -------------------------------------------------------------------------------------------------


def edits_asked(film: Breakdown, asked: Changes) -> Edits:
    """Find the shots that somebody names, and say what is asked of them in edits.

    Args:
        film: The version that the numbers are of.
        asked: The changes.

    Returns:
        Edits of this version.

    Raises:
        InvalidRequest: A shot or somebody is not there, or is named twice; a length cannot be used, or nothing would
            be left.
    """
    keys = {shot.id: shot.key for shot in film.shots}
    _must_be_there(keys, asked)
    moved = [place.shot for place in asked.order]
    _once("--shot", [change.shot for change in asked.shots])
    _once("--remove", asked.removed)
    _once("--order", moved)
    for place in asked.order:
        if place.shot == place.anchor:
            raise InvalidRequest(f"--order names {place.shot} twice; name the shot that it shall stand beside.")
    for shot in asked.removed:
        if shot in {*moved, *(place.anchor for place in asked.order), *(change.shot for change in asked.shots)}:
            raise InvalidRequest(f"Shot {shot} is removed and changed at once; ask for one of the two.")
    if len(asked.removed) == len(film.shots):
        raise InvalidRequest("Every shot would be removed; leave at least one.")
    return Edits(
        cast=recasting_asked(film, asked.cast),
        shots={keys[change.shot]: _edit(change, film.fps) for change in asked.shots},
        order=tuple(
            Placement(shot=keys[place.shot], anchor=keys[place.anchor], before=place.side == "before")
            for place in asked.order
        ),
        removed=tuple(keys[shot] for shot in asked.removed),
    )


def _must_be_there(keys: Mapping[str, str], asked: Changes) -> None:
    placed = [shot for place in asked.order for shot in (place.shot, place.anchor)]
    for shot in (*(change.shot for change in asked.shots), *asked.removed, *placed):
        if shot not in keys:
            raise InvalidRequest(f"There is no shot {shot} in this film; `studio shots` lists its {len(keys)} shots.")


def _once(option: str, shots: Sequence[str]) -> None:
    twice = [shot for shot, count in Counter(shots).items() if count > 1]
    if twice:
        raise InvalidRequest(f"{option} names {twice[0]} twice; name it once.")


def _edit(change: ShotChange, fps: int | Fraction) -> ShotEdit:
    frames = None if change.duration_s is None else frames_in(change.duration_s, fps)
    return ShotEdit(
        prompt=change.prompt,
        added=change.added,
        seed=change.seed,
        frames=frames,
        movement=change.movement,
        size=change.size,
    )


def frames_in(seconds: float, fps: int | Fraction) -> int:
    """Turn a length into whole frames, the nearest.

    Args:
        seconds: As somebody wrote it.
        fps: Frames a second.

    Raises:
        InvalidRequest: It is shorter than a frame, or longer than `MAX_SHOT_S`.
    """
    exact = Fraction(Decimal(str(seconds))) * Fraction(fps) if 0 < seconds <= MAX_SHOT_S else Fraction(0)
    frames = int(exact + Fraction(1, 2))
    if not frames:
        raise InvalidRequest(f"A shot of {seconds:g} s cannot be made; a shot lasts a frame to {MAX_SHOT_S} s.")
    return frames


def remembered(film: Breakdown, seeds: Mapping[str, int], stand_ins: Iterable[str]) -> Edits:
    """Put into edits what was decided while a version was made, so that the next is drawn alike.

    Args:
        film: The version's breakdown.
        seeds: Seeds with which shots were tried again, by number.
        stand_ins: Numbers of the shots for which the draft stands in.
    """
    keys = {shot.id: shot.key for shot in film.shots}
    shots = {keys[shot]: ShotEdit(seed=seed) for shot, seed in seeds.items() if shot in keys}
    shots |= {keys[shot]: ShotEdit(stand_in=True) for shot in stand_ins if shot in keys}
    return Edits(shots=shots)


# What comes of it ----------------------------------------------------------------------------------------------


def apply_edits(script: Breakdown, edits: Edits) -> Edited:
    """Make the breakdown of a revised film.

    Shots keep their keys and are numbered anew, within their scenes. A shot keeps its scene wherever it stands, and
    takes its transition and its lines along; the film's own opening and end stay at its first and its last shot.

    Args:
        script: The breakdown of the script, with keys.
        edits: All edits of the film.

    Returns:
        The breakdown, and the edited shots that the script does not have.

    Raises:
        InvalidRequest: No shot would be left.
    """
    known = {shot.key for shot in script.shots}
    script = recast(script, edits.cast)
    shots = [_edited(shot, edits.shots.get(shot.key), script.fps) for shot in script.shots]
    order = _ordered([shot.key for shot in shots], edits.order, known)
    gone = set(edits.removed)
    by_key = {shot.key: shot for shot in _bequeathed(shots, gone)}
    kept = [by_key[key] for key in order if key not in gone]
    if not kept:
        raise InvalidRequest("Every shot would be removed; leave at least one.")
    if edits.rearranges:
        kept = _framed(kept, shots[0], shots[-1])
    fitted = _numbered(_guarded(kept))
    frames = sum(shot.frames for shot in fitted)
    breakdown = script.model_copy(update={"shots": fitted, "runtime_s": float(frames / script.fps)})
    return Edited(breakdown, tuple(sorted(edits.keys - known)))


def _edited(shot: Shot, edit: ShotEdit | None, fps: int | Fraction) -> Shot:
    if edit is None:
        return shot
    changes: dict[str, object] = {}
    if edit.prompt is not None or edit.added is not None:
        changes |= {"action": one_behind_the_other(edit.prompt or shot.action, edit.added or "")}
    if edit.prompt is not None:
        changes |= {"props": ()}  # they are words of the script, which no longer holds
    if edit.size is not None:
        changes |= {"size": edit.size}
    if edit.movement is not None:
        changes |= {"movement": edit.movement, "rack": None}
    if edit.frames is not None and edit.frames != shot.frames:
        changes |= {
            "frames": edit.frames,
            "duration_s": float(edit.frames / fps),
            "dialogue": tuple(_fitted(line, shot.frames, edit.frames) for line in shot.dialogue),
        }
    return shot.model_copy(update=changes)


def _fitted(line: Dialogue, before: int, after: int) -> Dialogue:
    """Keep a line inside its shot: where that gets shorter, all its lines get shorter in proportion."""
    if after >= before:
        return line
    start = min(line.start_frame * after // before, after - 1)
    end = max((line.start_frame + line.frames) * after // before, start + 1)
    return line.model_copy(update={"start_frame": start, "frames": min(end, after) - start})


def _ordered(keys: Sequence[str], order: Iterable[Placement], known: set[str]) -> list[str]:
    found = list(keys)
    for place in order:
        if place.shot in known and place.anchor in known and place.shot != place.anchor:
            found.remove(place.shot)
            found.insert(found.index(place.anchor) + (not place.before), place.shot)
    return found


def _bequeathed(shots: Sequence[Shot], gone: set[str]) -> list[Shot]:
    """Where the first shot of a scene is removed, the next of it comes in as that one would have."""
    found: list[Shot] = []
    heir: Shot | None = None
    for shot in shots:
        if heir is not None and heir.scene == shot.scene and shot.transition_in is TransitionKind.CUT:
            shot = shot.model_copy(update=_coming_in(heir))
        heir = shot if shot.key in gone and shot.transition_in is not TransitionKind.CUT else None
        found.append(shot)
    return found


def _coming_in(of: Shot | None) -> dict[str, object]:
    return {
        "transition_in": of.transition_in if of else TransitionKind.CUT,
        "transition_in_frames": of.transition_in_frames if of else 0,
        "transition_in_via": of.transition_in_via if of else FadeColour.BLACK,
    }


def _going_out(of: Shot | None) -> dict[str, object]:
    return {
        "transition_out": of.transition_out if of else TransitionKind.CUT,
        "transition_out_frames": of.transition_out_frames if of else 0,
        "transition_out_via": of.transition_out_via if of else FadeColour.BLACK,
    }


def _framed(shots: Sequence[Shot], first: Shot, last: Shot) -> list[Shot]:
    """Let the film begin and end as it did, whichever shots stand there now."""
    found = []
    for at, shot in enumerate(shots):
        changes: dict[str, object] = {}
        if (at == 0) != (shot.key == first.key):
            changes |= _coming_in(first if at == 0 else None)
        if (at == len(shots) - 1) != (shot.key == last.key):
            changes |= _going_out(last if at == len(shots) - 1 else None)
        found.append(shot.model_copy(update=changes) if changes else shot)
    return found


def _guarded(shots: Sequence[Shot]) -> list[Shot]:
    """Shorten transitions to half of the shots that they join, as the director does."""
    found: list[Shot] = []
    for at, shot in enumerate(shots):
        into, out = min(shot.transition_in_frames, shot.frames // 2), min(shot.transition_out_frames, shot.frames // 2)
        if shot.transition_in.overlaps:
            into = min(into, shots[at - 1].frames // 2) if at else 0
        changes: dict[str, object] = {}
        if into != shot.transition_in_frames:
            changes |= {**_coming_in(shot if into else None), "transition_in_frames": into}
        if out != shot.transition_out_frames:
            changes |= {**_going_out(shot if out else None), "transition_out_frames": out}
        found.append(shot.model_copy(update=changes) if changes else shot)
    return found


def _numbered(shots: Sequence[Shot]) -> tuple[Shot, ...]:
    counts: Counter[int] = Counter()
    found = []
    for shot in shots:
        found.append(shot.model_copy(update={"id": shot_number(shot.scene, counts[shot.scene])}))
        counts[shot.scene] += 1
    return tuple(found)
