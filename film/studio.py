"""A whole film with this folder alone: no store, no database, no queue, one process.

What the service does in many activities on many machines, in the order in which it does it. Benchmarks and tests use
it, and whoever wants to see what a film is made of reads it first.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path

from film.direction import direct
from film.edit.checked import render_checked_segment
from film.edit.cut import Media, make_cut
from film.edit.dialogue import check_dialogue, lines_of
from film.edit.encoders import choose
from film.edit.join import join_segments
from film.edit.segments import plan_segments
from film.edit.subtitles import write_subtitles
from film.edit.timeline import read_timeline, write_timeline
from film.edit.verify import FilmReport, check_film
from film.edit.watermark import mark_of
from film.motion import plan_move
from film.prompting import write_prompts
from film.render import check_keyframe
from film.render.storyboard import draw_with_layers
from film.script import read
from film.script.second_reader import read_again
from film.sound.layout import lay_out
from film.sound.mastering import make_mix
from film.sound.ordering import SoundRequest, plan_sound
from film.sound.verify import check_sound
from schemas.enums import MediaKind, MotionKind, RendererName
from schemas.errors import InvalidRequest
from schemas.jobs import FilmOptions
from schemas.profiles import PROFILES, sound_of
from schemas.prompt import KeyframeSpec, ShotPrompt
from schemas.style import StyleSpec
from schemas.timeline import Cut, EncoderSettings


def make_film(
    text: str,
    name: str,
    out: Path,
    options: FilmOptions,
    style: StyleSpec | None = None,
    sound: SoundRequest | None = None,
) -> FilmReport:
    """Make a film from a script, drawn by the storyboard renderer.

    Args:
        text: The decoded script.
        name: The name of the script's file; a hint at its format.
        out: The film to write; it appears only when it is whole and checked.
        options: Style, size, rate and tier.
        style: A style of the user's own, instead of the one that the options name.
        sound: Music and voices; None for a silent film.

    Returns:
        What the film was found to be.

    Raises:
        InvalidScript: There is nothing in the script that could be shown.
        InvalidRequest: An option cannot be used: another renderer than the storyboard, or motion of clips.
        InvalidSound: Music or a voice cannot be heard, or a voice belongs to no line.
        RenderRefused: What was made is not what was asked for, or does not say what the script says.
        StorageFull: No space is left.
    """
    if options.renderer is not RendererName.STORYBOARD:
        raise InvalidRequest(f"Only the storyboard renderer works alone, not {options.renderer.value}; choose it.")
    if options.motion is not MotionKind.CAMERA:
        raise InvalidRequest(
            f"Alone, only the camera moves, not {options.motion.value}; make the film by `studio film`."
        )
    breakdown = direct(read(text, name), fps=options.fps, runtime_s=options.runtime_s)
    heard = plan_sound(sound, breakdown) if sound is not None else None
    soundtrack = lay_out(heard.order, breakdown, str) if heard is not None else None
    width, height = options.width, options.height
    prompts = write_prompts(
        breakdown, style=style or options.style, width=width, height=height, project_seed=options.seed
    )
    moves = {shot.id: plan_move(shot, width=width, height=height, fps=options.fps) for shot in breakdown.shots}
    with tempfile.TemporaryDirectory(prefix="film-") as place:
        folder = Path(place)
        moving = {shot for shot, move in moves.items() if move.deep}
        files, media = draw(prompts.prompts, moving, folder)
        cut = make_cut(breakdown, moves, media, width=width, height=height, soundtrack=soundtrack)
        timeline = write_timeline(cut)
        encoder = PROFILES[choose(options.profile).profile].encoder.model_copy(
            update={"watermark": mark_of(options.tier)}
        )
        said, again = lines_of(breakdown), read_again(text, breakdown.format)
        check = partial(check_dialogue, lines=said, second=again)
        files |= heard.files if heard is not None else {}
        return compose(read_timeline(timeline), files, encoder, folder, out, check)


def draw(
    prompts: Sequence[ShotPrompt], moving: Collection[str], folder: Path
) -> tuple[dict[str, Path], dict[str, Media]]:
    """Draw the keyframe of each shot.

    Args:
        prompts: What the pictures shall show.
        moving: Shots whose camera moves: they are kept in layers, between which it shows depth.
        folder: Where to write them.

    Returns:
        For each sha256, a file; and for each shot, what it is made from.
    """
    files, media = {}, {}
    for prompt in prompts:
        png, layers = draw_with_layers(KeyframeSpec.of(prompt, RendererName.STORYBOARD))
        check_keyframe(png, prompt.width, prompt.height)
        kind = MediaKind.LAYERS if prompt.shot in moving else MediaKind.STILL
        data = layers if kind is MediaKind.LAYERS else png
        path, digest = folder / f"{prompt.shot}.{kind.extension}", hashlib.sha256(data).hexdigest()
        path.write_bytes(data)
        files[digest], media[prompt.shot] = path, Media(path.name, digest, kind)
    return files, media


def compose(
    cut: Cut,
    media: dict[str, Path],
    encoder: EncoderSettings,
    folder: Path,
    out: Path,
    check: Callable[[Path], object] | None = None,
) -> FilmReport:
    """Encode, join and check a cut.

    Args:
        cut: The cut, as read from its timeline.
        media: For each sha256, the file of a picture, a clip or a sound.
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
        paths.append(folder / f"segment_{index:05d}.{encoder.container}")
        render_checked_segment(segment, media, paths[-1], lambda _: None)
    subtitles = folder / "subtitles.mp4" if cut.cues else None
    if subtitles is not None:
        write_subtitles(cut.cues, cut.fps, subtitles)
    codec, sound, levels = sound_of(encoder), None, None
    if cut.soundtrack is not None:
        sound = folder / f"sound.{codec.extension}"
        levels = make_mix(cut.soundtrack, media, cut.frames, cut.fps, codec, sound)
    part = out.with_name(f"{out.name}.part")
    try:
        join_segments(paths, subtitles, part, cut.title, rate=cut.fps, sound=sound, container=encoder.container)
        width, height = encoder.size_of(cut.width, cut.height)
        report = check_film(part, frames=cut.frames, fps=cut.fps, width=width, height=height, encoder=encoder)
        figures = check_sound(part, cut.soundtrack, levels, codec, frames=cut.frames, fps=cut.fps)
        if check is not None:
            check(part)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return report.model_copy(update={"sound": figures})
