"""What films are made from, in the store: scripts, styles, edits and files of the user's own, under their digests."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from api.usecases.film_request import FilmRequest, OwnFiles
from infrastructure.db.engine import Database
from infrastructure.db.repositories.artifacts import Artifacts
from infrastructure.storage import ObjectStore
from schemas.artifact import ArtifactRef, artifact_key, graphics_key, project_key, reference_key, sound_key
from schemas.base import Document, canonical_json
from schemas.edits import Edits
from schemas.errors import ArtifactMissing, InvalidSound
from schemas.jobs import FilmInput

SOURCE = "source"
"""Scripts and styles are artifacts, too: kept under the digest of their text, beside what the stages make."""

D = TypeVar("D", bound=Document)


@dataclass(frozen=True)
class Sources:
    """What a film is made from, as the store has it."""

    script: ArtifactRef
    style: ArtifactRef | None
    sound: ArtifactRef | None
    cast: ArtifactRef | None
    own: tuple[ArtifactRef, ...]
    """Files of the user's own."""

    @property
    def all(self) -> tuple[ArtifactRef, ...]:
        """All of it."""
        named = (self.script, self.style, self.sound, self.cast)
        return (*(ref for ref in named if ref is not None), *self.own)


async def store_order(request: FilmRequest, own: OwnFiles, project_id: UUID, store: ObjectStore) -> Sources:
    """Keep what an order brings.

    Args:
        request: The order.
        own: The user's own files among it, which were looked at.
        project_id: The project's.
        store: Where to.

    Raises:
        InvalidSound: A sound has changed since it was read.
    """
    pictures = await _store_files(own.pictures, reference_key, project_id, store)
    graphics = await _store_files(own.graphics, graphics_key, project_id, store)
    sounds = await _store_sounds(request.sounds, project_id, store)

    async def kept(document: Document | None) -> ArtifactRef | None:
        return None if document is None else await store_document(document, project_id, store)

    return Sources(
        script=await _store_script(request, project_id, store),
        style=await kept(request.style),
        sound=await kept(request.sound),
        cast=await kept(request.cast),
        own=(*pictures, *graphics, *sounds),
    )


async def load(store: ObjectStore, model: type[D], ref: ArtifactRef) -> D:
    """Read a document from the store."""
    try:
        return model.model_validate_json(await store.get_bytes(ref))
    except ArtifactMissing as error:
        raise ArtifactMissing(
            f"{ref.key} is gone from the store: make the film once more with `studio film`."
        ) from error


async def edits_of(film: FilmInput, store: ObjectStore) -> Edits:
    """Read all edits of a revision."""
    return Edits() if film.edits is None else await load(store, Edits, film.edits)


async def store_edits(edits: Edits, project_id: UUID, *, db: Database, store: ObjectStore) -> ArtifactRef:
    """Keep edits where the workflow reads them."""
    ref = await store_document(edits, project_id, store)
    async with db.begin() as session:
        await Artifacts(session).keep(project_id, SOURCE, ref.sha256, ref)
    return ref


async def store_document(document: Document, project_id: UUID, store: ObjectStore) -> ArtifactRef:
    """Keep a document under its digest: a worker on another machine needs no file of this one."""
    data = (await asyncio.to_thread(canonical_json, document)).encode("utf-8")
    return await _put(data, project_id, store, "json", "application/json")


async def store_text(text: str, project_id: UUID, store: ObjectStore) -> ArtifactRef:
    """Keep the text of a script under its digest."""
    return await _put(text.encode("utf-8"), project_id, store, "txt", "text/plain; charset=utf-8")


async def _store_script(request: FilmRequest, project_id: UUID, store: ObjectStore) -> ArtifactRef:
    """Keep the text under its digest, for the job, and beside the project, for people.

    The job reads the former: the project's script may be replaced while the job is under way.
    """
    data = request.text.encode("utf-8")
    suffix = request.file_name.rpartition(".")[2].lower()
    original = f"original.{suffix}" if suffix.isalnum() and len(suffix) <= 10 else "original.bin"
    ref, *_ = await asyncio.gather(
        store_text(request.text, project_id, store),
        store.put_bytes(project_key(project_id, "script.txt"), data, "text/plain; charset=utf-8"),
        store.put_bytes(project_key(project_id, original), request.original, "application/octet-stream"),
    )
    return ref


async def _store_files(
    files: Mapping[str, bytes], key: Callable[[UUID, str], str], project_id: UUID, store: ObjectStore
) -> tuple[ArtifactRef, ...]:
    """Keep files of the user's own under their digests: the machine that paints, or encodes, is another."""
    return tuple(
        [
            await store.put_bytes(key(project_id, digest), data, "application/octet-stream")
            for digest, data in files.items()
        ]
    )


async def _store_sounds(
    sounds: Mapping[str, Path | ArtifactRef], project_id: UUID, store: ObjectStore
) -> tuple[ArtifactRef, ...]:
    """Keep the sounds under their digests; what stands already is not sent again."""
    kept = []
    for digest, path in sounds.items():
        if isinstance(path, ArtifactRef):
            kept.append(path)
            continue
        key = sound_key(project_id, digest)
        ref = await store.head(key) or await store.put_file(key, path, "application/octet-stream")
        if ref.sha256 != digest:
            await store.delete(key)
            raise InvalidSound(f"{path.name} has changed since it was read; order the film again.")
        kept.append(ref)
    return tuple(kept)


async def _put(data: bytes, project_id: UUID, store: ObjectStore, extension: str, media_type: str) -> ArtifactRef:
    key = artifact_key(project_id, SOURCE, hashlib.sha256(data).hexdigest(), extension)
    return await store.put_bytes(key, data, media_type)
