"""The storyboard of a finished film, to print: its own pictures beside the lines of its script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from film.export.media import first_frames
from film.export.reel import Reel
from film.sheet import MadeSheet, bind_sheet
from schemas.enums import Paper, ShotSize
from schemas.script import Breakdown
from schemas.timeline import EncoderSettings


@dataclass(frozen=True)
class Script:
    """What stands beside the pictures."""

    breakdown: Breakdown
    """That of the film, after its edits."""
    text: str
    """The script that its spans count."""
    look: str
    """Title of the film's style."""
    sizes: Mapping[str, ShotSize] = field(default_factory=dict)
    """The size in which each shot is drawn, by its number."""


def write_storyboard(
    reel: Reel, script: Script, encoder: EncoderSettings, media: Mapping[str, Path], *, paper: Paper = Paper.A4
) -> MadeSheet:
    """Print each shot of a film as it begins, beside its lines and what there is to know about it.

    Args:
        reel: The film.
        script: What its shots were made from; shots that are not in the film are left out.
        encoder: Whose watermark, if any, is on every picture.
        media: For each `media_sha256`, its picture or clip.
        paper: What it is printed on, in landscape.

    Returns:
        The sheet as a PDF; the same film gives the same bytes.

    Raises:
        ArtifactMissing: A picture or clip is not there or cannot be decoded.
    """
    there = {clip.item.shot for clip in reel.clips}
    shots = tuple(shot for shot in script.breakdown.shots if shot.id in there)
    film = script.breakdown.model_copy(update={"shots": shots})
    frames: Iterator[bytes] = first_frames(reel, [shot.id for shot in shots], encoder, media)
    pictures = [partial(next, frames) for _ in shots]  # bound one after another: one is in memory at a time
    size = {"width": reel.cut.width, "height": reel.cut.height}
    return bind_sheet(film, script.text, pictures, look=script.look, **size, paper=paper, sizes=script.sizes)
