"""What a new version of a film costs to encode, before anything of it is drawn."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from film.direction.identity import identify, picture_keys
from film.edit.cut import Media, make_cut
from film.edit.segments import plan_segments
from film.motion import plan_move
from schemas.base import canonical_json
from schemas.rate import seconds_of
from schemas.script import Breakdown, Shot
from schemas.timeline import EncoderSettings, Segment


class EncodingCost(NamedTuple):
    """What is to be encoded, and out of what."""

    segments: int
    segments_of: int
    seconds: float
    seconds_of: float


def encoding_cost(old: Breakdown, new: Breakdown, *, width: int = 1280, height: int = 720) -> EncodingCost:
    """Count what must be encoded of a new version where the old one stands.

    The cut is planned as for a film, with a shot's key and its cast in the place of a picture.

    Args:
        old: The version that was made.
        new: The version that is to be made, at the same rate.
        width: Width of both films, in pixels.
        height: Height of both films, in pixels.

    Returns:
        The segments of the new version that the old one lacks.
    """
    have = {_spec(segment) for segment in _segments(old, width, height)}
    wanted = _segments(new, width, height)
    made = [segment for segment in wanted if _spec(segment) not in have]
    return EncodingCost(
        len(made),
        len(wanted),
        seconds_of(sum(segment.frames for segment in made), new.fps),
        seconds_of(new.frames, new.fps),
    )


def _spec(segment: Segment) -> str:
    return canonical_json(segment.spec())


def _segments(film: Breakdown, width: int, height: int) -> list[Segment]:
    shots = identify(film.shots, film.scenes, film.locations)
    looks = {who.id: f"{who.name} {who.aliases} {who.description}" for who in film.characters}
    own = picture_keys(shots)
    moves = {shot.id: plan_move(shot, width=width, height=height, fps=film.fps) for shot in shots}
    media = {shot.id: Media(shot.key, _picture(shot, own[shot.id], looks)) for shot in shots}
    cut = make_cut(film.model_copy(update={"shots": shots}), moves, media, width=width, height=height)
    return plan_segments(cut, EncoderSettings())


def _picture(shot: Shot, own: str, looks: dict[str, str]) -> str:
    cast = [looks.get(who, who) for who in shot.subjects]
    return hashlib.sha256("\n".join((own, *cast)).encode("utf-8", "surrogatepass")).hexdigest()
