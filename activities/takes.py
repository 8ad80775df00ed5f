"""Which clip belongs to which shot: one reading for whoever makes clips and whoever cuts them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from activities.artifacts import stage_spec
from activities.s3_keyframes import keyframe_spec
from film.motion import plan_move
from film.motion.choice import choose_motion, followed
from film.prompting.continuity import continues
from schemas.enums import MovedBy, RendererName
from schemas.jobs import FilmInput, FilmOptions
from schemas.motion import ClipSpec, ShotMotion
from schemas.payloads import ShotOrder
from schemas.prompt import ShotPrompt
from schemas.script import Shot
from schemas.stages import Stage
from schemas.timeline import CameraMove

CLIPS = frozenset({MovedBy.FLOW, MovedBy.VIDEO})
"""What moves in shots whose frames are ready made."""


@dataclass(frozen=True)
class PlannedTake:
    """A shot as it shall move, with the names of its keyframe, its last picture, and its clip."""

    shot: Shot
    prompt: ShotPrompt
    order: ShotOrder
    move: CameraMove
    motion: ShotMotion
    """What shall move in it, by all that is known before anything is made."""
    first: str
    """Hash of its keyframe's spec."""
    last: str | None
    """Hash of the spec of the keyframe that it leads to; None where it leads to none."""
    clip: ClipSpec | None
    """What its clip is made from; None where it needs none."""
    spec: str
    """Hash of that; empty where there is no clip."""


def has_layers(options: FilmOptions) -> bool:
    """Say whether a film's keyframes are to be had in layers."""
    return options.renderer is RendererName.STORYBOARD


def planned_takes(
    film: FilmInput,
    shots: Sequence[Shot],
    prompts: Mapping[str, ShotPrompt],
    order_of: Callable[[str], ShotOrder],
    film_shots: Sequence[Shot],
) -> list[PlannedTake]:
    """Plan how neighbouring shots of one scene move.

    Args:
        film: The job.
        shots: The shots, in order.
        prompts: The film's prompts, by shot.
        order_of: Says how a shot's keyframe was made in the end.
        film_shots: All shots of the film, in order.

    Returns:
        One a shot; each knows the keyframe of the next, so that the last of them leads to none.
    """
    keyframes = {shot.id: _keyframe(film, prompts[shot.id], order_of(shot.id)) for shot in shots}
    takes = []
    for shot, following in followed(shots, film_shots):
        prompt, order, options = prompts[shot.id], order_of(shot.id), film.options
        move = plan_move(shot, width=options.width, height=options.height, fps=options.fps)
        after = prompts[following.id].picture if following is not None else None
        goes_on = continues(shot, following, prompt.picture, after)
        motion = choose_motion(options.motion, shot, following, move, layers=has_layers(options), leads=goes_on)
        first = keyframes[shot.id]
        # A clip must not end on the draft that stands in for a shot.
        leads = following is not None and goes_on and not order_of(following.id).stand_in
        last = keyframes[following.id] if leads and following is not None else None
        clip = _clip(film, shot, prompt, order, motion.kind, first, last) if motion.kind in CLIPS else None
        spec = stage_spec(film, Stage.MOTION, clip) if clip is not None else ""
        takes.append(PlannedTake(shot, prompt, order, move, motion, first, last, clip, spec))
    return takes


def _keyframe(film: FilmInput, prompt: ShotPrompt, order: ShotOrder) -> str:
    spec = keyframe_spec(prompt, film.options, seed=order.seed, stand_in=order.stand_in)
    return stage_spec(film, Stage.KEYFRAMES, spec)


def _clip(
    film: FilmInput,
    shot: Shot,
    prompt: ShotPrompt,
    order: ShotOrder,
    kind: MovedBy,
    first: str,
    last: str | None,
) -> ClipSpec:
    options = film.options
    spec = ClipSpec(
        kind=kind,
        first=first,
        last=last,
        width=options.width,
        height=options.height,
        frames=shot.frames,
        fps=options.fps,
    )
    if kind is not MovedBy.VIDEO:
        return spec
    words = ", ".join(filter(None, (prompt.positive, prompt.positive_2)))
    seed = prompt.seed if order.seed is None else order.seed
    return spec.model_copy(
        update={"positive": words, "negative": prompt.negative, "seed": seed, "video": options.video}
    )
