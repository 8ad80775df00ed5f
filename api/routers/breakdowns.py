"""`/jobs/{job_id}/breakdown`: what a film is made from, to be read before it is made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response

from api.apart import apart
from api.deps import Reader, Uses
from api.models import breakdowns as models
from api.owned import owned_job
from api.paging import Cursor, link_to, not_ours
from api.usecases.standing import Shown, Standing, shown, standing_of
from film.direction.identity import scene_numbers
from schemas.edits import Edits
from schemas.rate import seconds_of
from schemas.script import Breakdown, Character, Shot

WHOLE = 2000
"""Shots of a page at most, and unless asked for fewer: more than two hours of film."""

router = APIRouter(prefix="/jobs", tags=["breakdowns"])

_CURSOR = re.compile(r"([0-9a-f]{32})-([1-9][0-9]{0,8})", re.ASCII)


@router.get(
    "/{job_id}/breakdown",
    response_model=models.BreakdownShown,
    responses={304: {"description": "It is as it was"}},
)
async def read(
    job_id: UUID,
    principal: Reader,
    uses: Uses,
    request: Request,
    limit: Annotated[int, Query(ge=1, le=WHOLE, description="How many shots at most.")] = WHOLE,
    cursor: Cursor = None,
    if_none_match: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    """A film's cast, scenes and shots, as they are after all that was changed about them.

    Of a film that waits for its review, this is what is reviewed. `POST /jobs/{job_id}/revisions` changes it. A film of
    more shots than a page may have goes on at `next`; where it was changed between two pages, the second is refused.
    """
    await owned_job(uses, principal, job_id)
    standing = await standing_of(job_id, db=uses.db, client=uses.temporal)
    first = _place(cursor, standing)
    etag = f'"{standing.version}"'
    if if_none_match is not None and etag in if_none_match:
        return Response(status_code=304, headers={"etag": etag})
    stored = await shown(standing, uses.store)
    asked = _Asked(job_id, standing.film.title, standing.changeable, standing.version, first, limit)
    document, following = await apart(_written, asked, stored)
    link = {} if following is None else {"link": link_to(following, request)}
    return Response(document, media_type="application/json", headers={"etag": etag, **link})


def _place(cursor: str | None, standing: Standing) -> int:
    """Find the first shot of a page, counted from 0 in the film's order.

    Raises:
        InvalidRequest: The cursor is none of ours.
        Outdated: It is of the film as it was before it was changed.
    """
    if cursor is None:
        return 0
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise not_ours()
    standing.must_be(found[1])
    return int(found[2])


@dataclass(frozen=True)
class _Asked:
    """Which page of what is asked for."""

    job_id: UUID
    title: str
    changeable: bool
    version: str
    first: int
    limit: int


@dataclass(frozen=True)
class _Film:
    """A film's breakdown, with what of it was edited, and the shots of one page."""

    breakdown: Breakdown
    edits: Edits
    moved: frozenset[str]
    """Keys of shots that stand elsewhere than the script has them."""
    page: tuple[Shot, ...]
    begins: bool
    """Whether it is the first page, which also has whoever, and whatever, no shot shows."""


def _written(asked: _Asked, stored: Shown) -> tuple[bytes, str | None]:
    """Write the answer; of a long film that takes a good part of a second, so it runs in a process of its own.

    Returns:
        It, and the cursor of the next page.

    Raises:
        InvalidRequest: The film has no such page.
    """
    edits = Edits() if stored.edits is None else Edits.model_validate_json(stored.edits)
    breakdown = Breakdown.model_validate_json(stored.breakdown)
    end = asked.first + asked.limit
    page = breakdown.shots[asked.first : end]
    if asked.first and not page:
        raise not_ours()
    following = f"{asked.version}-{end}" if end < len(breakdown.shots) else None
    moved = frozenset(place.shot for place in edits.order)
    film = _Film(breakdown, edits, moved, page, begins=not asked.first)
    return _shown(asked, film, following).model_dump_json().encode("utf-8"), following


def _shown(asked: _Asked, of: _Film, following: str | None) -> models.BreakdownShown:
    film = of.breakdown
    numbers = scene_numbers(film.scenes)
    places = {location.id: location.name for location in film.locations}
    frames = {scene.index: 0 for scene in film.scenes}
    for shot in film.shots:
        frames[shot.scene] += shot.frames
    scenes: dict[int, list[Shot]] = {}
    for shot in of.page:
        scenes.setdefault(shot.scene, []).append(shot)
    return models.BreakdownShown(
        job_id=asked.job_id,
        title=film.title or asked.title,
        changeable=asked.changeable,
        fps=film.fps,
        frames=film.frames,
        seconds=float(seconds_of(film.frames, film.fps)),
        characters=_cast(of),
        scenes=[
            models.SceneOfBreakdown(
                number=scene.number,
                slugline=scene.heading or f"{numbers[scene.index]} {places[scene.location]}".strip(),
                int_ext=scene.int_ext,
                time_of_day=scene.time_of_day,
                seconds=float(seconds_of(frames[scene.index], film.fps)),
                shots=[_shot(shot, of) for shot in scenes.get(scene.index, ())],
            )
            for scene in film.scenes
            if scene.index in scenes or (of.begins and not frames[scene.index])
        ],
        order=[shot.id for shot in of.page],
        next=following,
    )


def _cast(of: _Film) -> list[models.CharacterShown]:
    seen: dict[str, list[str]] = {}
    for shot in of.page:
        for who in shot.subjects:
            seen.setdefault(who, []).append(shot.id)
    elsewhere = {who for shot in of.breakdown.shots for who in shot.subjects} - seen.keys()
    cast = sorted(of.breakdown.characters, key=lambda one: -one.importance)
    return [
        _character(one, seen.get(one.id, []), of)
        for one in cast
        if one.id in seen or (of.begins and one.id not in elsewhere)
    ]


def _character(character: Character, shots: list[str], of: _Film) -> models.CharacterShown:
    edit = of.edits.cast.get(character.id)
    return models.CharacterShown(
        id=character.id,
        name=character.name,
        aliases=list(character.aliases),
        description=character.description,
        speeches=character.speeches,
        importance=character.importance,
        shots=shots,
        edited=[] if edit is None else [name for name in ("name", "description") if getattr(edit, name) is not None],
    )


def _shot(shot: Shot, of: _Film) -> models.ShotOfBreakdown:
    edit = of.edits.shots.get(shot.key)
    return models.ShotOfBreakdown(
        number=shot.id,
        size=shot.size,
        angle=shot.angle,
        movement=shot.movement,
        subjects=list(shot.subjects),
        words=shot.action.strip(),
        lines=[models.LineShown(character=line.character, text=line.text) for line in shot.dialogue],
        frames=shot.frames,
        seconds=shot.duration_s,
        edited=[*(edit.words if edit else ()), *(["order"] if shot.key in of.moved else [])],
    )
