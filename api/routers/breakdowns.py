"""`/jobs/{job_id}/breakdown`: what a film is made from, to be read before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Response

from api.apart import apart
from api.deps import Reader, Uses
from api.models import breakdowns as models
from api.owned import owned_job
from api.usecases.standing import Shown, shown, standing_of
from film.direction.identity import scene_numbers
from schemas.edits import Edits
from schemas.rate import seconds_of
from schemas.script import Breakdown, Character, Scene, Shot

router = APIRouter(prefix="/jobs", tags=["breakdowns"])


@router.get(
    "/{job_id}/breakdown",
    response_model=models.BreakdownShown,
    responses={304: {"description": "It is as it was"}},
)
async def read(
    job_id: UUID,
    principal: Reader,
    uses: Uses,
    if_none_match: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    """A film's cast, scenes and shots, as they are after all that was changed about them.

    Of a film that waits for its review, this is what is reviewed. `POST /jobs/{job_id}/revisions` changes it.
    """
    await owned_job(uses, principal, job_id)
    standing = await standing_of(job_id, db=uses.db, client=uses.temporal)
    etag = f'"{standing.version}"'
    if if_none_match is not None and etag in if_none_match:
        return Response(status_code=304, headers={"etag": etag})
    stored = await shown(standing, uses.store)
    document = await apart(_written, job_id, standing.film.title, standing.changeable, stored)
    return Response(document, media_type="application/json", headers={"etag": etag})


@dataclass(frozen=True)
class _Film:
    """A film's breakdown, with what of it was edited."""

    breakdown: Breakdown
    edits: Edits
    moved: frozenset[str]
    """Keys of shots that stand elsewhere than the script has them."""


def _written(job_id: UUID, title: str, changeable: bool, stored: Shown) -> bytes:
    """Write the answer; of a long film that takes a good part of a second, so it runs in a process of its own."""
    edits = Edits() if stored.edits is None else Edits.model_validate_json(stored.edits)
    moved = frozenset(place.shot for place in edits.order)
    film = _Film(Breakdown.model_validate_json(stored.breakdown), edits, moved)
    return _shown(job_id, title, changeable, film).model_dump_json().encode("utf-8")


def _shown(job_id: UUID, title: str, changeable: bool, of: _Film) -> models.BreakdownShown:
    film = of.breakdown
    numbers = scene_numbers(film.scenes)
    places = {location.id: location.name for location in film.locations}
    scenes: dict[int, list[Shot]] = {scene.index: [] for scene in film.scenes}
    for shot in film.shots:
        scenes[shot.scene].append(shot)
    return models.BreakdownShown(
        job_id=job_id,
        title=film.title or title,
        changeable=changeable,
        fps=film.fps,
        frames=film.frames,
        seconds=float(seconds_of(film.frames, film.fps)),
        characters=_cast(of),
        scenes=[
            _scene(scene, f"{numbers[scene.index]} {places[scene.location]}".strip(), scenes[scene.index], of)
            for scene in film.scenes
        ],
        order=[shot.id for shot in film.shots],
    )


def _cast(of: _Film) -> list[models.CharacterShown]:
    seen: dict[str, list[str]] = {}
    for shot in of.breakdown.shots:
        for who in shot.subjects:
            seen.setdefault(who, []).append(shot.id)
    cast = sorted(of.breakdown.characters, key=lambda one: -one.importance)
    return [_character(one, seen.get(one.id, []), of) for one in cast]


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


def _scene(scene: Scene, otherwise: str, shots: list[Shot], of: _Film) -> models.SceneOfBreakdown:
    return models.SceneOfBreakdown(
        number=scene.number,
        slugline=scene.heading or otherwise,
        int_ext=scene.int_ext,
        time_of_day=scene.time_of_day,
        seconds=float(seconds_of(sum(shot.frames for shot in shots), of.breakdown.fps)),
        shots=[_shot(shot, of) for shot in shots],
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
