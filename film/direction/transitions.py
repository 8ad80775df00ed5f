"""How one shot gives way to the next: as written, and where time passes without a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.enums import TransitionKind
from schemas.script import Shot

FADE_S = 1.0
DISSOLVE_S = 1.0
_FADE_OUT = re.compile(r"FADE(?:S)?\s+(?:OUT|TO\s+(?:BLACK|WHITE))|BLACK\s*OUT", re.IGNORECASE)
_TO_BLACK = re.compile(r"CUT\s+TO\s+BLACK", re.IGNORECASE)
_FADE_IN = re.compile(r"FADE(?:S)?\s+(?:IN|UP|FROM)", re.IGNORECASE)
_DISSOLVE = re.compile(
    r"DISSOLVE|CROSS[- ]?FADE|FADE\s+TO|LAP\b|MORPH|TIME\s+CUT|\bLATER\b|"
    r"(?<!CUT TO )\b(?:FLASH[- ]?(?:BACK|FORWARD)|DREAM|NIGHTMARE|MEMORY|VISION|FANTASY|HALLUCINATION|BACK TO)",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?<!TIME )\bCUTS?\b|BACK TO SCENE", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Join:
    """What lies between a shot and the one before it."""

    kind: TransitionKind = TransitionKind.CUT
    """How the shot comes in."""
    leaves_black: bool = False
    """Whether the shot before goes to black first."""
    written: bool = False
    """Whether the script says so; the film then begins and ends as it says."""


def read_transitions(written: Sequence[str], elapsed: bool) -> Join:
    """Read what is written between two shots.

    Args:
        written: Texts of the transitions between them, in order: `CUT TO:`, `FADE OUT.`, `fade to black`.
        elapsed: Whether time passes, or a memory or a dream begins or ends; without a written transition that is a
            dissolve.

    Returns:
        The join.
    """
    text = " | ".join(written)
    out = bool(_FADE_OUT.search(text))
    if out or _FADE_IN.search(text):
        return Join(TransitionKind.FADE, leaves_black=out, written=True)
    if _TO_BLACK.search(text):
        return Join(TransitionKind.FADE, written=True)
    if _CUT.search(text):
        return Join(written=True)
    if _DISSOLVE.search(text):
        return Join(TransitionKind.DISSOLVE, written=True)
    return Join(TransitionKind.DISSOLVE) if elapsed and not written else Join()


def opening(join: Join) -> Join:
    """How the film begins: out of black, unless the script cuts in."""
    return join if join.written and join.kind is TransitionKind.CUT else Join(TransitionKind.FADE)


def ending(written: Sequence[str]) -> Join:
    """How the film ends, by what is written after its last shot: to black, at once where the script cuts to it."""
    text = " | ".join(written)
    return Join(leaves_black=bool(_FADE_OUT.search(text)) or not _TO_BLACK.search(text))


def join_shots(shots: Sequence[Shot], joins: Sequence[Join], fps: int, end: Join | None = None) -> list[Shot]:
    """Put the transitions between shots; the film comes from black and goes to black, unless the script cuts.

    A transition takes no more than half of a shot, and a dissolve no more than half of either shot it joins, so
    that no two transitions of a shot ever meet.

    Args:
        shots: In order.
        joins: One a shot: how it is joined to the one before.
        fps: Frames a second.
        end: How the last one goes to black; from `ending`.

    Returns:
        The shots with their transitions.
    """
    fade, dissolve = round(FADE_S * fps), round(DISSOLVE_S * fps)
    joined: list[Shot] = []
    for index, shot in enumerate(shots):
        join = opening(joins[0]) if index == 0 else joins[index]
        following = joins[index + 1] if index + 1 < len(shots) else end or Join(leaves_black=True)
        half = shot.frames // 2
        if join.kind is TransitionKind.DISSOLVE:
            length = min(dissolve, half, shots[index - 1].frames // 2)
        else:
            length = min(fade, half) if join.kind is TransitionKind.FADE else 0
        out = min(fade, half) if following.leaves_black else 0
        if not length and not out:
            joined.append(shot)
            continue
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
