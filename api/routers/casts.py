"""`/projects/{project_id}/cast`: who a project's people are, in each of its films."""

from __future__ import annotations

import asyncio
from uuid import UUID

from fastapi import APIRouter, Response

from api.conditions import IfMatch, version_of
from api.deps import Reader, Uses, Writer
from api.models import casts as models
from api.services import Services
from api.usecases import keep_cast as usecases
from film.direction.castlist import person_of
from infrastructure.db.repositories.casts import KeptCast
from schemas.cast import CastList, Person

router = APIRouter(prefix="/projects/{project_id}", tags=["cast"])


@router.get("/cast")
async def index(project_id: UUID, principal: Reader, uses: Uses, response: Response) -> models.CastShown:
    """A project's cast, in the order in which they were taken in."""
    return await _all(await usecases.cast_of(principal.user_id, project_id, db=uses.db), uses, response)


@router.post("/cast", status_code=201)
async def add(
    project_id: UUID, body: models.NewMember, principal: Writer, uses: Uses, response: Response
) -> models.MemberShown:
    """Take somebody in. A cue that is a name of theirs means them, in every film that is ordered from now on."""
    person, _ = await usecases.add_member(
        principal.user_id, project_id, body.fields(), db=uses.db, settings=uses.settings, craft=uses.craft
    )
    response.headers["location"] = f"/api/v1/projects/{project_id}/cast/{person.person_id}"
    return _one(person, uses, response)


@router.get("/cast-suggestions")
async def suggestions(project_id: UUID, principal: Reader, uses: Uses) -> list[models.SuggestionShown]:
    """Who is in the newest script and not in the cast, whoever matters most first."""
    found = await usecases.suggestions_of(principal.user_id, project_id, db=uses.db, store=uses.store, craft=uses.craft)
    return [
        models.SuggestionShown(
            character=one.film_id,
            looks=one.words,
            aliases=list(one.aliases),
            **one.model_dump(exclude={"film_id", "aliases", "colour", "words"}),
        )
        for one in found
    ]


@router.post("/cast-suggestions")
async def keep(
    project_id: UUID, body: models.KeepSuggested, principal: Writer, uses: Uses, response: Response
) -> models.CastShown:
    """Keep those who are suggested, as they look so far: it changes no picture."""
    kept = await usecases.keep_suggested(
        principal.user_id,
        project_id,
        body.names,
        db=uses.db,
        store=uses.store,
        settings=uses.settings,
        craft=uses.craft,
    )
    return await _all(kept, uses, response)


@router.get("/cast/{member_id}")
async def read(
    project_id: UUID, member_id: UUID, principal: Reader, uses: Uses, response: Response
) -> models.MemberShown:
    """Somebody of the cast."""
    kept = await usecases.cast_of(principal.user_id, project_id, db=uses.db)
    return _one(person_of(kept.cast, member_id), uses, response)


@router.patch("/cast/{member_id}")
async def change(
    project_id: UUID,
    member_id: UUID,
    body: models.ChangedMember,
    principal: Writer,
    uses: Uses,
    response: Response,
    if_match: IfMatch = None,
) -> models.MemberShown:
    """Give somebody another name, other aliases or another look: films that are ordered from now on have it."""
    person, _ = await usecases.change_member(
        principal.user_id,
        project_id,
        member_id,
        body.fields(),
        version_of(if_match),
        db=uses.db,
        settings=uses.settings,
    )
    return _one(person, uses, response)


@router.delete("/cast/{member_id}", status_code=204)
async def delete(project_id: UUID, member_id: UUID, principal: Writer, uses: Uses, if_match: IfMatch = None) -> None:
    """Let somebody go. Films that were ordered with them are not touched."""
    await usecases.remove_member(principal.user_id, project_id, member_id, version_of(if_match), db=uses.db)


@router.post("/cast/{member_id}/merge")
async def merge(
    project_id: UUID,
    member_id: UUID,
    body: models.Merge,
    principal: Writer,
    uses: Uses,
    response: Response,
    if_match: IfMatch = None,
) -> models.MemberShown:
    """Make another member the same person as this one, who answers to the names of both from then on."""
    person, _ = await usecases.merge_members(
        principal.user_id, project_id, member_id, body.other, version_of(if_match), db=uses.db
    )
    return _one(person, uses, response)


@router.post("/cast/{member_id}/split", status_code=201)
async def split(
    project_id: UUID,
    member_id: UUID,
    body: models.Split,
    principal: Writer,
    uses: Uses,
    response: Response,
    if_match: IfMatch = None,
) -> models.MemberShown:
    """Make somebody of their own of aliases of this one. Who was merged into this one under them is as they were."""
    person, _ = await usecases.split_member(
        principal.user_id,
        project_id,
        member_id,
        body.aliases,
        version_of(if_match),
        db=uses.db,
        craft=uses.craft,
    )
    response.headers["location"] = f"/api/v1/projects/{project_id}/cast/{person.person_id}"
    return _one(person, uses, response)


@router.put("/cast/{member_id}/pictures/{reference_id}")
async def pin(
    project_id: UUID, member_id: UUID, reference_id: UUID, principal: Writer, uses: Uses, response: Response
) -> models.MemberShown:
    """Let a picture of the project show somebody: every painted film that is ordered from now on takes it."""
    person, _ = await usecases.pin_picture(principal.user_id, project_id, member_id, reference_id, db=uses.db)
    return _one(person, uses, response)


@router.delete("/cast/{member_id}/pictures/{reference_id}")
async def unpin(
    project_id: UUID, member_id: UUID, reference_id: UUID, principal: Writer, uses: Uses, response: Response
) -> models.MemberShown:
    """Take a picture away from somebody. The project keeps it."""
    person, _ = await usecases.unpin_picture(principal.user_id, project_id, member_id, reference_id, db=uses.db)
    return _one(person, uses, response)


async def _all(kept: KeptCast, uses: Services, response: Response) -> models.CastShown:
    response.headers["etag"] = f'"{kept.version}"'
    looks = await asyncio.to_thread(uses.craft.looks_in_words, kept.cast.film_cast().members)
    return models.CastShown(version=kept.version, members=[_of(one, looks[one.film_id]) for one in kept.cast.people])


def _one(person: Person, uses: Services, response: Response) -> models.MemberShown:
    response.headers["etag"] = f'"{person.version}"'
    looks = uses.craft.looks_in_words(CastList(people=(person,)).film_cast().members)
    return _of(person, looks[person.film_id])


def _of(person: Person, looks: str) -> models.MemberShown:
    return models.MemberShown(
        member_id=person.person_id,
        character=person.film_id,
        looks=looks,
        aliases=list(person.aliases),
        pictures=list(person.pictures),
        **person.model_dump(include={"name", "description", "age", "female", "version"}),
    )
