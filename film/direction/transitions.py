"""How one shot gives way to the next: as written, and where time passes without a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.enums import FadeColour, TransitionKind
from schemas.rate import Rate
from schemas.script import Shot

FADE_S = 1.0
DISSOLVE_S = 1.0
WIPE_S = 1.0
_FADE_OUT = re.compile(
    r"(?:FADES?(?:\s+OUT)?|FLASH(?:ES)?)\s+TO\s+(?:BLACK|(?P<white>WHITE))|FADES?\s+OUT|BLACK\s*OUT|"
    r"(?P<out>WHITE\s*OUT)",
    re.IGNORECASE,
)
_CUT_AWAY = re.compile(r"(?:CUT|SMASH|SLAM)\s+TO\s+(?:BLACK|(?P<white>WHITE))", re.IGNORECASE)
_FADE_IN = re.compile(r"FADES?\s+(?:IN|UP|FROM)(?:\s+FROM)?(?:\s+(?P<colour>BLACK|WHITE))?", re.IGNORECASE)
_WIPE = re.compile(r"\bWIPES?\b", re.IGNORECASE)
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
    leaves: FadeColour | None = None
    """What the shot before fades to first, if it does."""
    via: FadeColour = FadeColour.BLACK
    """What a fade in comes from."""
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
    if not written:
        return _DISSOLVES if elapsed else _CUTS
    text = " | ".join(written)
    out, into, away = _FADE_OUT.search(text), _FADE_IN.search(text), _CUT_AWAY.search(text)
    if out or into or away:
        left = _colour(out or away)
        # What is left in white is come back to from white, unless the script names another colour.
        via = FadeColour(into["colour"].lower()) if into and into["colour"] else left
        return Join(TransitionKind.FADE, leaves=left if out else None, via=via, written=True)
    if _WIPE.search(text):
        return Join(TransitionKind.WIPE, written=True)
    if _CUT.search(text):
        return Join(written=True)
    if _DISSOLVE.search(text):
        return Join(TransitionKind.DISSOLVE, written=True)
    return _CUTS


_CUTS, _DISSOLVES = Join(), Join(TransitionKind.DISSOLVE)


def _colour(found: re.Match[str] | None) -> FadeColour:
    """What the words of a fade out, or of a cut to one colour, leave on the screen."""
    return FadeColour.WHITE if found is not None and any(found.groups()) else FadeColour.BLACK


def opening(join: Join) -> Join:
    """How the film begins: out of black, or of the white that is written, unless the script cuts in."""
    return join if join.written and join.kind is TransitionKind.CUT else Join(TransitionKind.FADE, via=join.via)


def ending(written: Sequence[str]) -> Join:
    """How the film ends, by what is written after its last shot: to black or white, at once if it says so."""
    text = " | ".join(written)
    out = _FADE_OUT.search(text)
    return Join(leaves=None if _CUT_AWAY.search(text) and not out else _colour(out))


def join_shots(shots: Sequence[Shot], joins: Sequence[Join], fps: Rate, end: Join | None = None) -> list[Shot]:
    """Put the transitions between shots; the film comes from black and goes to black, unless the script cuts.

    A transition takes no more than half of a shot, and a dissolve or a wipe no more than half of either shot it
    joins, so that no two transitions of a shot ever meet.

    Args:
        shots: In order.
        joins: One a shot: how it is joined to the one before.
        fps: Frames a second.
        end: How the last one goes to black or white; from `ending`.

    Returns:
        The shots with their transitions.
    """
    fade = round(FADE_S * fps)
    overlap = {TransitionKind.DISSOLVE: round(DISSOLVE_S * fps), TransitionKind.WIPE: round(WIPE_S * fps)}
    joined: list[Shot] = []
    for index, shot in enumerate(shots):
        join = opening(joins[0]) if index == 0 else joins[index]
        following = joins[index + 1] if index + 1 < len(shots) else end or Join(leaves=FadeColour.BLACK)
        if join.kind is TransitionKind.CUT and following.leaves is None:
            joined.append(shot)
            continue
        half = shot.frames // 2
        if join.kind.overlaps:
            length = min(overlap[join.kind], half, shots[index - 1].frames // 2)
        else:
            length = min(fade, half) if join.kind is TransitionKind.FADE else 0
        out = min(fade, half) if following.leaves is not None else 0
        if not length and not out:  # the shot is too short for any
            joined.append(shot)
            continue
        joined.append(
            shot.model_copy(
                update={
                    "transition_in": join.kind if length else TransitionKind.CUT,
                    "transition_in_frames": length,
                    "transition_in_via": join.via if length else FadeColour.BLACK,
                    "transition_out": TransitionKind.FADE if out else TransitionKind.CUT,
                    "transition_out_frames": out,
                    "transition_out_via": following.leaves if out and following.leaves else FadeColour.BLACK,
                }
            )
        )
    return joined
