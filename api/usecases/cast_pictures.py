"""Pictures that show what characters look like: named in an order, or kept with the project's cast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from api.usecases.references import lend, usable
from infrastructure.db.belongings import ReferenceRow
from infrastructure.db.engine import Database
from infrastructure.db.repositories.casts import KeptCast
from infrastructure.storage import ObjectStore
from schemas.artifact import ArtifactRef
from schemas.errors import InvalidRequest
from schemas.painting import MAX_REFERENCES, Reference, ReferenceChoice
from schemas.references import ReferenceKind
from schemas.script import Character, character_named

NAMED = 8
"""Characters of a film that a message names."""
MAX_PICTURE_BYTES = 128 << 20
"""How large the reference pictures of one film may be together: an order holds them in memory."""


def references_of(chosen: Sequence[ReferenceChoice], cast: Sequence[Character]) -> tuple[Reference, ...]:
    """Find whom the pictures of an order show.

    Args:
        chosen: What was ordered.
        cast: Who is in the film.

    Raises:
        InvalidRequest: Nobody of the film is called so.
    """
    return tuple(
        Reference(character=_character(one.character, cast).id, sha256=one.sha256, weight=one.weight) for one in chosen
    )


def pinned_of(kept: KeptCast, cast: Sequence[Character], chosen: Iterable[Reference]) -> tuple[Reference, ...]:
    """Find the pictures of a kept cast that a film takes.

    Of somebody for whom an order names pictures, these are taken instead. Where there are more than a film may have,
    whoever matters most goes first, and the first picture of everybody before the second of anybody.

    Args:
        kept: The cast.
        cast: Who is in the film.
        chosen: What the order names.
    """
    named = list(chosen)
    shown = {one.character for one in named}
    pictures = {one.film_id: one.pictures for one in kept.cast.people}
    by_rank = sorted(cast, key=lambda one: -one.importance)
    found = [
        (turn, Reference(character=one.id, sha256=kept.pictures[reference_id]))
        for one in by_rank
        if one.id not in shown
        for turn, reference_id in enumerate(pictures.get(one.id, ()))
    ]
    found.sort(key=lambda one: one[0])
    return tuple(reference for _, reference in found[: MAX_REFERENCES - len(named)])


async def name_pictures(
    user_id: UUID, project_id: UUID, references: Iterable[Reference], *, db: Database
) -> list[ReferenceRow]:
    """Find the rows of the pictures that an order names; none of them is read.

    Raises:
        InvalidRequest: The project has no such picture that can be used, or they are too large together.
    """
    digests = {one.sha256 for one in references}
    rows = await usable(user_id, project_id, digests, db=db, kinds=(ReferenceKind.CHARACTER, ReferenceKind.STYLE))
    if sum({row.sha256: row.bytes for row in rows}.values()) > MAX_PICTURE_BYTES:
        raise InvalidRequest(
            f"The pictures of a film may be {MAX_PICTURE_BYTES >> 20} MiB large together; leave some out."
        )
    return rows


async def lent_references(
    user_id: UUID, project_id: UUID, references: Iterable[Reference], *, db: Database, store: ObjectStore
) -> list[ArtifactRef]:
    """Put pictures where the project's films look for them: each once.

    Raises:
        InvalidRequest: The project has no such picture that can be used, or they are too large together.
        ArtifactMissing: It is gone from the store.
    """
    return await lend(await name_pictures(user_id, project_id, references, db=db), store)


async def lent_pictures(
    user_id: UUID, project_id: UUID, references: Iterable[Reference], *, db: Database, store: ObjectStore
) -> tuple[bytes, ...]:
    """Fetch the pictures, each once. Arguments and errors as for `lent_references`."""
    lent = await lent_references(user_id, project_id, references, db=db, store=store)
    pictures = {ref.sha256: await store.get_bytes(ref) for ref in lent}
    return tuple(pictures.values())


def _character(who: str, cast: Sequence[Character]) -> Character:
    found = character_named(who, cast)
    if found is not None:
        return found
    names = ", ".join(character.name for character in cast[:NAMED]) or "nobody"
    raise InvalidRequest(f"A picture shows {who}, who is not in this film; in it are {names}.")
