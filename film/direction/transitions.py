"""How one shot gives way to the next: as written, and where time passes without a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.enums import TransitionKind
from schemas.script import Shot

FADE_S = 1.0
DISSOLVE_S = 1.0
_FADE_OUT = re.compile(r"FADE(?:S)?\s+(?:OUT|TO\s+(?:BLACK|WHITE))|CUT\s+TO\s+BLACK|BLACK\s*OUT", re.IGNORECASE)
_FADE_IN = re.compile(r"FADE(?:S)?\s+(?:IN|UP)", re.IGNORECASE)
_DISSOLVE = re.compile(r"DISSOLVE|CROSS[- ]?FADE|FADE\s+TO|LAP\b|MORPH|TIME\s+CUT", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Join:
    """What lies between a shot and the one before it."""

    kind: TransitionKind = TransitionKind.CUT
    """How the shot comes in."""
    leaves_black: bool = False
    """Whether the shot before goes to black first."""


def read_transitions(written: Sequence[str], elapsed: bool) -> Join:
    """Read what is written between two shots.

    Args:
        written: Texts of the transitions between them, in order: `CUT TO:`, `FADE OUT.`, `fade to black`.
        elapsed: Whether time passes; without a written transition that is a dissolve.

    Returns:
        The join.
    """
    text = " | ".join(written)
    out = bool(_FADE_OUT.search(text))
    if out or _FADE_IN.search(text):
        return Join(TransitionKind.FADE, leaves_black=out)
    if _DISSOLVE.search(text) or (elapsed and not written):
        return Join(TransitionKind.DISSOLVE)
    return Join()


def join_shots(shots: Sequence[Shot], joins: Sequence[Join], fps: int) -> list[Shot]:
    """Put the transitions between shots; the film comes from black and goes to black.

    A transition takes no more than half of a shot, and a dissolve no more than half of either shot it joins, so
    that no two transitions of a shot ever meet.

    Args:
        shots: In order.
        joins: One a shot: how it is joined to the one before; the first one's is not looked at.
        fps: Frames a second.

    Returns:
        The shots with their transitions.
    """
    fade, dissolve = round(FADE_S * fps), round(DISSOLVE_S * fps)
    joined: list[Shot] = []
    for index, shot in enumerate(shots):
        join = Join(TransitionKind.FADE) if index == 0 else joins[index]
        following = joins[index + 1] if index + 1 < len(shots) else Join(leaves_black=True)
        half = shot.frames // 2
        if join.kind is TransitionKind.DISSOLVE:
            length = min(dissolve, half, shots[index - 1].frames // 2)
        else:
            length = min(fade, half) if join.kind is TransitionKind.FADE else 0
        out = min(fade, half) if following.leaves_black else 0
        joined.append(
            shot.model_copy(
                update={
                    "transition_in": join.kind if length else TransitionKind.CUT,
                    "transition_in_frames": length,
                    "transition_out": TransitionKind.FADE if out else TransitionKind.CUT,
                    "transition_out_frames": out,
                }
            )
        )
    return joined
