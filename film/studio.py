"""A whole film with this folder alone: no store, no database, no queue, one process.

What the service does in many activities on many machines, in the order in which it does it. Benchmarks and tests use
it, and whoever wants to see what a film is made of reads it first.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from film.direction import direct
from film.edit.checked import render_checked_segment
from film.edit.cut import Media, make_cut
from film.edit.dialogue import check_dialogue, lines_of
from film.edit.join import join_segments
from film.edit.segments import plan_segments
from film.edit.subtitles import write_subtitles
from film.edit.timeline import read_timeline, write_timeline
from film.edit.verify import FilmReport, check_film
from film.edit.watermark import WORDS
from film.motion import plan_move
from film.prompting import write_prompts
from film.render.storyboard import StoryboardRenderer
from film.script import read
from film.script.second_reader import read_again
from schemas.enums import RendererName, Tier
from schemas.errors import InvalidRequest
from schemas.jobs import FilmOptions
from schemas.prompt import KeyframeSpec, ShotPrompt
from schemas.style import StyleSpec
from schemas.timeline import Cut, EncoderSettings


def make_film(text: str, name: str, out: Path, options: FilmOptions, style: StyleSpec | None = None) -> FilmReport:
    """Make a film from a script, drawn by the storyboard renderer.

    Args:
        text: The decoded script.
        name: The name of the script's file; a hint at its format.
        out: The film to write; it appears only when it is whole and checked.
        options: Style, size, rate and tier.
        style: A style of the user's own, instead of the one that the options name.

    Returns:
        What the film was found to be.

    Raises:
        InvalidScript: There is nothing in the script that could be shown.
        InvalidRequest: An option cannot be used; another renderer than the storyboard is one.
        RenderRefused: What was made is not what was asked for, or does not say what the script says.
        StorageFull: No space is left.
    """
    if options.renderer is not RendererName.STORYBOARD:
        raise InvalidRequest(f"Only the storyboard renderer works alone, not {options.renderer.value}; choose it.")
    breakdown = direct(read(text, name), fps=options.fps, runtime_s=options.runtime_s)
    width, height = options.width, options.height
    prompts = write_prompts(
        breakdown, style=style or options.style, width=width, height=height, project_seed=options.seed
    )
    moves = {shot.id: plan_move(shot, width=width, height=height, fps=options.fps) for shot in breakdown.shots}
    with tempfile.TemporaryDirectory(prefix="film-") as place:
        folder = Path(place)
        stills = draw(prompts.prompts, folder)
        media = {shot: Media(path.name, digest) for shot, (digest, path) in stills.items()}
        cut = make_cut(breakdown, moves, media, width=width, height=height)
        timeline = write_timeline(cut)
        encoder = EncoderSettings(watermark=WORDS if options.tier is Tier.FREE else None)
        said, again = lines_of(breakdown), read_again(text, breakdown.format)
        check = partial(check_dialogue, lines=said, second=again)
        return compose(read_timeline(timeline), dict(stills.values()), encoder, folder, out, check)


def draw(prompts: Sequence[ShotPrompt], folder: Path) -> dict[str, tuple[str, Path]]:
    """Draw the keyframe of each shot.

    Args:
        prompts: What the pictures shall show.
        folder: Where to write them.

    Returns:
        For each shot, the keyframe's sha256 and file.
    """
    specs = [KeyframeSpec.of(prompt, RendererName.STORYBOARD) for prompt in prompts]
    stills = {}
    for prompt, png in zip(prompts, StoryboardRenderer().draw(specs), strict=True):
        path = folder / f"{prompt.shot}.png"
        path.write_bytes(png)
        stills[prompt.shot] = (hashlib.sha256(png).hexdigest(), path)
    return stills


def compose(
    cut: Cut,
    stills: dict[str, Path],
    encoder: EncoderSettings,
    folder: Path,
    out: Path,
    check: Callable[[Path], object] | None = None,
) -> FilmReport:
    """Encode, join and check a cut.

    Args:
        cut: The cut, as read from its timeline.
        stills: For each sha256, a keyframe's file.
        encoder: How to encode.
        folder: Where intermediate files go.
        out: The film to write.
        check: Looks at the finished film, and raises where it must not be delivered; None for a cut that was edited
            and need not say what a script says.

    Returns:
        What the film was found to be.
    """
    paths = []
    for index, segment in enumerate(plan_segments(cut, encoder)):
        paths.append(folder / f"segment_{index:05d}.mp4")
        render_checked_segment(segment, stills, paths[-1], lambda _: None)
    subtitles = folder / "subtitles.mp4" if cut.cues else None
    if subtitles is not None:
        write_subtitles(cut.cues, cut.fps, subtitles)
    part = out.with_name(f"{out.name}.part")
    try:
        join_segments(paths, subtitles, part, cut.title)
        report = check_film(part, frames=cut.frames, fps=cut.fps, width=cut.width, height=cut.height)
        if check is not None:
            check(part)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return report
