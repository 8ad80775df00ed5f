"""Captions: what a script asks to be read over the picture, as words that come and go within their shot."""

from __future__ import annotations

from fractions import Fraction

from film.edit.cues import pages_of
from schemas.enums import OverlayKind
from schemas.graphics import Overlay
from schemas.rate import Rate
from schemas.script import Shot

LEAD_SECONDS = Fraction(3, 10)
"""The picture is seen before its caption comes, and after it has gone."""

LEAST_SECONDS = 4
"""A caption stays at least so long, where its shot does."""

READING_SPEED = 10
"""Characters a second: slower than dialogue, since nobody waits for it."""

WHOLE = 120
"""Characters that are shown at once; more is divided, and shown in turn."""


def captions_of(shot: Shot, fps: Rate) -> tuple[Overlay, ...]:
    """Lay a shot's words over its picture.

    Args:
        shot: The shot; several captions of it are divided by ` / `, and stand in lines below each other.
        fps: Frames a second.

    Returns:
        None, one, or several in turn, in frames of the shot, in order, inside it.
    """
    text = "\n".join(" ".join(part.split()) for part in shot.title.split(" / ")).strip()
    if not text:
        return ()
    pages = [text] if len(text) <= WHOLE else pages_of(text)
    lead = min(round(LEAD_SECONDS * fps), shot.frames // 6)
    room = shot.frames - 2 * lead
    wanted = round(max(LEAST_SECONDS * len(pages), 1.5 + len(text) / READING_SPEED) * fps)
    room = max(min(room, wanted), 1)
    pages = pages if len(pages) <= room else [text]
    whole, passed, found = sum(map(len, pages)), 0, []
    for index, page in enumerate(pages):
        # At least a frame for each, the rest by length.
        start = index + (room - len(pages)) * passed // whole
        passed += len(page)
        end = index + 1 + (room - len(pages)) * passed // whole
        found.append(Overlay(kind=OverlayKind.CAPTION, start=lead + start, end=lead + end, text=page))
    return tuple(found)
