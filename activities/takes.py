"""Which clip belongs to which shot: one reading for whoever makes clips and whoever cuts them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from activities.artifacts import stage_spec
from activities.s3_keyframes import keyframe_spec
from film.motion.continuity import goes_on
from schemas.enums import MotionKind
from schemas.jobs import FilmInput
from schemas.payloads import ShotOrder
from schemas.prompt import ShotPrompt
from schemas.script import Shot
from schemas.stages import Stage


@dataclass(frozen=True)
class PlannedTake:
    """A shot that shall move, with the names of its keyframe, its last picture, and its clip."""

    shot: Shot
    prompt: ShotPrompt
    order: ShotOrder
    first: str
    """Hash of its keyframe's spec."""
    last: str | None
    """Hash of the spec of the keyframe that it goes on to; None where it goes on to none."""
    spec: str
    """Hash of the clip's spec."""


def planned_takes(
    film: FilmInput,
    shots: Sequence[Shot],
    prompts: Mapping[str, ShotPrompt],
    order_of: Callable[[str], ShotOrder],
) -> list[PlannedTake]:
    """Name the clips of neighbouring shots of one scene.

    Args:
        film: The job.
        shots: The shots, in order.
        prompts: The film's prompts, by shot.
        order_of: Says how a shot's keyframe was made in the end.

    Returns:
        One a shot; each knows the keyframe of the next, so that the last of them goes on to none.
    """

    def keyframe(shot: Shot) -> str:
        order = order_of(shot.id)
        spec = keyframe_spec(prompts[shot.id], film.options, seed=order.seed, stand_in=order.stand_in)
        return stage_spec(film, Stage.KEYFRAMES, spec)

    takes = []
    for shot, following in zip_longest(shots, shots[1:]):
        prompt, order = prompts[shot.id], order_of(shot.id)
        first = keyframe(shot)
        last = keyframe(following) if following is not None and goes_on(shot, following) else None
        spec = stage_spec(film, Stage.MOTION, _spec(film, shot, prompt, order, first, last))
        takes.append(PlannedTake(shot, prompt, order, first, last, spec))
    return takes


def _spec(
    film: FilmInput, shot: Shot, prompt: ShotPrompt, order: ShotOrder, first: str, last: str | None
) -> dict[str, Any]:
    """Say what a clip depends on."""
    options = film.options
    spec: dict[str, Any] = {
        "motion": options.motion.value,
        "first": first,
        "last": last,
        "frames": shot.frames,
        "fps": options.fps,
    }
    if options.motion is MotionKind.VIDEO and options.video is not None:
        spec["video"] = options.video.model_dump(mode="json")
        spec["words"] = [prompt.positive, prompt.positive_2, prompt.negative]
        spec["seed"] = prompt.seed if order.seed is None else order.seed
    return spec
