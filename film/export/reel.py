"""The cut as an editor's machine knows it: clips of media files, each with more frames than are shown."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from film.edit.cut import before_cut, fit_transitions
from schemas.enums import FadeColour, TransitionKind
from schemas.rate import Rate, counted_rate
from schemas.timeline import Cut, CutItem

HANDLE_S = 1
"""Seconds of media before and after what is shown of a shot: what an editor may pull out, and dissolves are made of."""

MEDIA = "media"
"""The folder beside the exported document that holds the shots."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A shot in the film, and the file that it is cut from."""

    item: CutItem
    file: str
    """The file's name; it lies in `MEDIA`."""
    start: int
    """Frame of the film at which the shot begins."""
    handle: int
    """Frames that the file holds before the first that is shown, and as many after the last."""

    @property
    def frames(self) -> int:
        """Frames that are shown."""
        return self.item.frames

    @property
    def end(self) -> int:
        """First frame of the film behind the shot."""
        return self.start + self.item.frames

    @property
    def media_frames(self) -> int:
        """Frames in the file."""
        return self.item.frames + 2 * self.handle

    @property
    def url(self) -> str:
        """Where the file lies, from the document's folder."""
        return f"{MEDIA}/{self.file}"

    @property
    def dissolve(self) -> int:
        """Length of the dissolve, or the wipe, into the shot, in frames; 0 where there is none."""
        return self.item.transition_in_frames if self.item.transition_in.overlaps else 0

    @property
    def wipes(self) -> bool:
        """Whether that is a wipe."""
        return bool(self.dissolve) and self.item.transition_in is TransitionKind.WIPE

    @property
    def whites(self) -> int:
        """How many of its fades are from or to white."""
        into = bool(self.fade_in) and self.item.transition_in_via is FadeColour.WHITE
        return into + (bool(self.fade_out) and self.item.transition_out_via is FadeColour.WHITE)

    @property
    def early(self) -> int:
        """Frames of that dissolve before the cut."""
        return before_cut(self.dissolve)

    @property
    def fade_in(self) -> int:
        """Length of the fade from black, in frames; 0 where there is none."""
        return self.item.transition_in_frames if self.item.transition_in is TransitionKind.FADE else 0

    @property
    def fade_out(self) -> int:
        """Length of the fade to black, in frames; 0 where there is none."""
        return self.item.transition_out_frames if self.item.transition_out is TransitionKind.FADE else 0


@dataclass(frozen=True, slots=True)
class Reel:
    """A film for editors."""

    cut: Cut
    clips: tuple[Clip, ...]

    @property
    def fps(self) -> Rate:
        """Frames a second."""
        return self.cut.fps

    @property
    def sounds(self) -> dict[str, str]:
        """For each sound file of the film, by its sha256, where it lies from the document's folder."""
        named: dict[str, str] = {}
        for clip in self.cut.soundtrack.clips if self.cut.soundtrack is not None else ():
            if clip.media_sha256 not in named:
                name = _UNNAMABLE.sub("_", clip.name)[-60:]
                named[clip.media_sha256] = f"{MEDIA}/sound_{len(named) + 1:03d}_{name}"
        return named


_UNNAMABLE = re.compile(r"[^\w.-]+")
"""What no file name should hold."""

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no XML document may hold."""


def one_line(text: str) -> str:
    """Put a text on one line, without characters that XML cannot hold."""
    return " ".join(_UNWRITABLE.sub("", text).split())


def make_reel(cut: Cut) -> Reel:
    """Lay out a cut for editors.

    Args:
        cut: As `film.edit.timeline.read_timeline` returns it.

    Returns:
        A clip a shot. Handles are a second, or as long as the film's longest dissolve reaches over a cut.
    """
    items = fit_transitions(cut.items)
    reach = max((item.transition_in_frames - before_cut(item.transition_in_frames) for item in items), default=0)
    handle = max(HANDLE_S * counted_rate(cut.fps), reach)
    seen: Counter[str] = Counter()
    clips = []
    at = 0
    for item in items:
        seen[item.shot] += 1
        number = f"-{seen[item.shot]}" if seen[item.shot] > 1 else ""
        clips.append(Clip(item, f"{item.shot}{number}.mp4", at, handle))
        at += item.frames
    return Reel(cut.model_copy(update={"items": items}), tuple(clips))
