"""What a shot list says of a shot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from schemas.enums import Angle, FadeColour, Movement, ShotSize, TransitionKind
from schemas.rate import Rate, seconds_of, timecode
from schemas.script import Breakdown, Shot

SIZES = {
    ShotSize.EWS: "extreme wide",
    ShotSize.WS: "wide",
    ShotSize.FS: "full",
    ShotSize.MS: "medium",
    ShotSize.MCU: "medium close-up",
    ShotSize.CU: "close-up",
    ShotSize.ECU: "extreme close-up",
}
"""The sizes, in words."""

ANGLES = {
    Angle.EYE: "eye level",
    Angle.HIGH: "high angle",
    Angle.LOW: "low angle",
    Angle.OVERHEAD: "overhead",
    Angle.DUTCH: "dutch angle",
}
MOVES = {
    Movement.STATIC: "static",
    Movement.PAN_LEFT: "pan left",
    Movement.PAN_RIGHT: "pan right",
    Movement.TILT_UP: "tilt up",
    Movement.TILT_DOWN: "tilt down",
    Movement.PUSH_IN: "push in",
    Movement.PULL_OUT: "pull out",
}


@dataclass(frozen=True, slots=True)
class ShotFacts:
    """A row of the shot list."""

    shot: str
    """Its number, such as `s002-004`."""
    seconds: str
    """Its length, such as `3.4 s`."""
    rows: tuple[tuple[str, str], ...]
    """What there is to say: a name and its value, in the order in which they are read."""


def starts_of(film: Breakdown) -> tuple[int, ...]:
    """The film's frame at which each shot begins."""
    found, at = [], 0
    for shot in film.shots:
        found.append(at)
        at += shot.frames
    return tuple(found)


def size_told(size: ShotSize, drawn: ShotSize | None) -> str:
    """Say a shot's size, and the one in which it is drawn where that is another: `MCU, drawn MS`."""
    return size.value if drawn is None or drawn is size else f"{size.value}, drawn {drawn.value}"


def facts_of(film: Breakdown, drawn: Mapping[str, ShotSize] = MappingProxyType({})) -> tuple[ShotFacts, ...]:
    """Write the shot list.

    Args:
        film: The breakdown.
        drawn: The size in which each shot is drawn, by its number; those that are missing are drawn in their own.

    Returns:
        The facts of each shot, in the order of the film.
    """
    names = {person.id: person.name for person in film.characters}
    return tuple(
        _facts(shot, start, film.fps, names, drawn.get(shot.id, shot.size))
        for shot, start in zip(film.shots, starts_of(film), strict=True)
    )


def _facts(shot: Shot, start: int, fps: Rate, names: dict[str, str], drawn: ShotSize) -> ShotFacts:
    rows = (
        ("Size", f"{size_told(shot.size, drawn)}, {SIZES[drawn]}"),
        ("Camera", f"{ANGLES[shot.angle]}, {MOVES[shot.movement]}"),
        ("Time", f"{timecode(start, fps)} – {timecode(start + shot.frames, fps)}"),
        ("Cut", _transitions(shot, fps)),
        ("Who", _who(shot, names)),
        ("Speech", _speech(shot, fps, names)),
        ("Props", ", ".join(shot.props)),
        ("Title", shot.title),
        ("Rule", shot.rule.replace("_", " ")),
        ("Limits", " ".join(shot.limits)),
    )
    return ShotFacts(
        shot.id, f"{seconds_of(shot.frames, fps):.1f} s", tuple((name, value) for name, value in rows if value)
    )


def _transitions(shot: Shot, fps: Rate) -> str:
    """How it comes in and goes out; nothing for a cut at both ends."""
    found = []
    if shot.transition_in is not TransitionKind.CUT:
        source = " from white" if shot.transition_in_via is FadeColour.WHITE else ""
        found.append(f"{shot.transition_in.value} in{source}, {seconds_of(shot.transition_in_frames, fps):.1f} s")
    if shot.transition_out is not TransitionKind.CUT:
        goal = " to white" if shot.transition_out_via is FadeColour.WHITE else ""
        found.append(f"fade out{goal}, {seconds_of(shot.transition_out_frames, fps):.1f} s")
    return "; ".join(found)


def _who(shot: Shot, names: dict[str, str]) -> str:
    """Who is in the picture, from left to right, and what they do."""
    order = {"left": 0, "centre": 1, "right": 2}
    placed = sorted(shot.staging, key=lambda one: order[one.side])
    return ", ".join(f"{names.get(one.character, one.character)} ({one.side}, {one.pose})" for one in placed)


def _speech(shot: Shot, fps: Rate, names: dict[str, str]) -> str:
    """Who speaks, and when within the shot."""
    found = []
    for line in shot.dialogue:
        first, last = seconds_of(line.start_frame, fps), seconds_of(line.start_frame + line.frames, fps)
        found.append(f"{names.get(line.character, line.character)} {first:.1f}–{last:.1f} s")
    return ", ".join(found)
