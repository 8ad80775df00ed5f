"""Pictures that show what characters look like: named in an order, found in the project."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from api.usecases.references import lend_references
from infrastructure.db.engine import Database
from infrastructure.storage import ObjectStore
from schemas.errors import InvalidRequest
from schemas.painting import Reference, ReferenceChoice
from schemas.script import Character, character_named

NAMED = 8
"""Characters of a film that a message names."""


async def pictures_of(
    user_id: UUID,
    project_id: UUID,
    chosen: Sequence[ReferenceChoice],
    cast: Sequence[Character],
    *,
    db: Database,
    store: ObjectStore,
) -> tuple[tuple[Reference, ...], tuple[bytes, ...]]:
    """Find who is meant, and the files.

    Args:
        user_id: Whose project it is.
        project_id: The project.
        chosen: What was ordered.
        cast: Who is in the film.
        db: The database.
        store: The store.

    Returns:
        The references by the characters' ids, and each picture once.

    Raises:
        InvalidRequest: Nobody of the film is called so, or the project has no such file that can be used.
        ArtifactMissing: It is gone from the store.
    """
    references = tuple(
        Reference(character=_character(one.character, cast).id, sha256=one.sha256, weight=one.weight) for one in chosen
    )
    digests = {one.sha256 for one in references}
    lent = await lend_references(user_id, project_id, digests, db=db, store=store) if digests else []
    pictures = {ref.sha256: await store.get_bytes(ref) for ref in lent}
    return references, tuple(pictures.values())


def _character(who: str, cast: Sequence[Character]) -> Character:
    found = character_named(who, cast)
    if found is not None:
        return found
    names = ", ".join(character.name for character in cast[:NAMED]) or "nobody"
    raise InvalidRequest(f"A picture shows {who}, who is not in this film; in it are {names}.")
