"""The rule that makes nothing twice: an artifact is asked for under its spec's hash before it is made."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel

from infrastructure.db.engine import Database
from infrastructure.db.repositories.artifacts import Artifacts
from infrastructure.storage import ObjectStore
from schemas.artifact import ArtifactRef, artifact_key
from schemas.base import canonical_json, spec_hash
from schemas.errors import ArtifactMissing
from schemas.jobs import FilmInput
from schemas.stages import Stage

M = TypeVar("M", bound=BaseModel)

LOOKUPS_AT_ONCE = 16
PARSED_DOCUMENTS = 64


def stage_spec(film: FilmInput, stage: Stage, spec: BaseModel | dict[str, Any]) -> str:
    """Hash a spec with the version of its stage that was pinned when the job was submitted."""
    return spec_hash(stage.value, film.versions[stage.value], spec)


class ArtifactCache:
    """Finds and keeps artifacts: bytes in the store, and a row for each in the database."""

    def __init__(self, db: Database, store: ObjectStore) -> None:
        """Use a database and a store.

        Args:
            db: Where rows are kept.
            store: Where bytes are kept. It has the last word on what exists.
        """
        self._db = db
        self.store = store
        self._parsed: OrderedDict[str, BaseModel] = OrderedDict()

    async def find(
        self, project_id: UUID, stage: Stage, specs: Sequence[str], extension: str
    ) -> dict[str, ArtifactRef]:
        """Look artifacts up.

        The store is asked, not only the database: an object may have expired, or may have been stored by a
        worker that died before it wrote the row. Such a row is written now.

        Args:
            project_id: Their owner.
            stage: The stage that makes them.
            specs: Hashes of their specs.
            extension: Their file name extension.

        Returns:
            What exists, by spec.
        """
        window = asyncio.Semaphore(LOOKUPS_AT_ONCE)

        async def look(spec: str) -> tuple[str, ArtifactRef | None]:
            async with window:
                return spec, await self.store.head(artifact_key(project_id, stage.value, spec, extension))

        looked = await asyncio.gather(*(look(spec) for spec in dict.fromkeys(specs)))
        found = {spec: ref for spec, ref in looked if ref is not None}
        if found:
            async with self._db.begin() as session:
                rows = Artifacts(session)
                known = await rows.find(project_id, stage.value, list(found))
                for spec, ref in found.items():
                    if known.get(spec) != ref:
                        await rows.keep(project_id, stage.value, spec, ref)
        return found

    async def known(self, project_id: UUID, stage: Stage, specs: Sequence[str]) -> dict[str, ArtifactRef]:
        """Look up what the database knows, without asking the store: for what goes with something that was found.

        Args:
            project_id: Their owner.
            stage: The stage that makes them.
            specs: Hashes of their specs.

        Returns:
            What was made and is not about to expire, by spec.
        """
        async with self._db.begin() as session:
            return await Artifacts(session).find(project_id, stage.value, specs)

    async def keep_bytes(
        self, project_id: UUID, stage: Stage, spec: str, extension: str, data: bytes, media_type: str
    ) -> ArtifactRef:
        """Store what was made, then its row: in this order, so that a row never names what does not exist."""
        ref = await self.store.put_bytes(artifact_key(project_id, stage.value, spec, extension), data, media_type)
        await self._keep_row(project_id, stage, spec, ref)
        return ref

    async def keep_file(
        self, project_id: UUID, stage: Stage, spec: str, extension: str, path: Path, media_type: str
    ) -> ArtifactRef:
        """Store a file that was made, then its row."""
        ref = await self.store.put_file(artifact_key(project_id, stage.value, spec, extension), path, media_type)
        await self._keep_row(project_id, stage, spec, ref)
        return ref

    async def keep_document(self, project_id: UUID, stage: Stage, spec: str, document: BaseModel) -> ArtifactRef:
        """Store a document as canonical JSON."""
        data = canonical_json(document).encode("utf-8")
        return await self.keep_bytes(project_id, stage, spec, "json", data, "application/json")

    async def load(self, model: type[M], ref: ArtifactRef) -> M:
        """Read a document. One that was read lately is not read again: its digest says that it is the same.

        Raises:
            ArtifactMissing: It is gone, or is not what was stored.
        """
        parsed = self._parsed.get(ref.sha256)
        if not isinstance(parsed, model):
            parsed = model.model_validate_json(await self.read(ref))
            self._parsed[ref.sha256] = parsed
            if len(self._parsed) > PARSED_DOCUMENTS:
                self._parsed.popitem(last=False)
        return parsed

    async def read(self, ref: ArtifactRef) -> bytes:
        """Read an object and hold it against its digest.

        Raises:
            ArtifactMissing: It is gone, or is not what was stored.
        """
        return await self.read_as(ref.key, ref.sha256)

    async def read_as(self, key: str, sha256: str) -> bytes:
        """Read an object that is known by its key and digest alone.

        Raises:
            ArtifactMissing: It is gone, or is not what was stored.
        """
        data = await self.store.get_bytes(key)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ArtifactMissing(f"{key} is not what was stored there: its digest differs from the record.")
        return data

    async def _keep_row(self, project_id: UUID, stage: Stage, spec: str, ref: ArtifactRef) -> None:
        async with self._db.begin() as session:
            await Artifacts(session).keep(project_id, stage.value, spec, ref)
