"""The rule that makes nothing twice: an artifact is asked for under its spec's hash before it is made."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from uuid import UUID
from weakref import WeakValueDictionary

from pydantic import BaseModel

from infrastructure.db.engine import Database
from infrastructure.db.repositories.artifacts import Artifacts
from infrastructure.storage import ObjectStore
from schemas import pieces
from schemas.artifact import ArtifactRef, artifact_key
from schemas.base import spec_hash
from schemas.errors import ArtifactMissing
from schemas.jobs import FilmInput
from schemas.script import Breakdown, SceneGraph
from schemas.stages import Stage

M = TypeVar("M", bound=BaseModel)

LOOKUPS_AT_ONCE = 16

KEPT_BYTES = 32 << 20
"""Of documents that were read and may be wanted again, in bytes of their JSON; in memory they are about twice as large.
"""

_LEAST_BYTES = 4096
"""What a document counts for at least: small ones are larger in memory than as text."""

_NO_GRAPH = {"graph": SceneGraph()}
_NO_SCRIPT = {"elements": (), **_NO_GRAPH}
"""What stands for parts of a breakdown that are left out."""


def stage_spec(film: FilmInput, stage: Stage, spec: BaseModel | dict[str, Any]) -> str:
    """Hash a spec with the version of its stage that was pinned when the job was submitted."""
    return spec_hash(stage.value, film.versions[stage.value], spec)


class _Name(NamedTuple):
    """What was read, and how."""

    sha256: str
    model: type[BaseModel]
    without: tuple[str, ...] = ()
    """Fields that were left out."""


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
        self._kept: OrderedDict[_Name, tuple[BaseModel, int]] = OrderedDict()
        """What was read lately, the latest last, with what it counts for."""
        self._kept_bytes = 0
        self._locks: WeakValueDictionary[_Name, asyncio.Lock] = WeakValueDictionary()

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
        wanted, looked = list(dict.fromkeys(specs)), dict[str, ArtifactRef | None]()

        async def look(rest: Iterator[str]) -> None:
            for spec in rest:
                looked[spec] = await self.store.head(artifact_key(project_id, stage.value, spec, extension))

        rest = iter(wanted)
        await asyncio.gather(*(look(rest) for _ in range(LOOKUPS_AT_ONCE)))
        found = {spec: ref for spec in wanted if (ref := looked[spec]) is not None}
        if found:
            async with self._db.begin() as session:
                rows = Artifacts(session)
                known = await rows.find(project_id, stage.value, list(found))
                unknown = {spec: ref for spec, ref in found.items() if known.get(spec) != ref}
                await rows.keep_all(project_id, stage.value, unknown)
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
        ref = await self.put_bytes(project_id, stage, spec, extension, data, media_type)
        await self.keep_rows(project_id, stage, {spec: ref})
        return ref

    async def put_bytes(
        self, project_id: UUID, stage: Stage, spec: str, extension: str, data: bytes, media_type: str
    ) -> ArtifactRef:
        """Store what was made, and leave its row to whoever writes several at once; see `keep_rows`."""
        return await self.store.put_bytes(artifact_key(project_id, stage.value, spec, extension), data, media_type)

    async def keep_rows(self, project_id: UUID, stage: Stage, refs: Mapping[str, ArtifactRef]) -> None:
        """Write the rows of what was stored, by spec, in one transaction."""
        async with self._db.begin() as session:
            await Artifacts(session).keep_all(project_id, stage.value, refs)

    async def keep_file(
        self, project_id: UUID, stage: Stage, spec: str, extension: str, path: Path, media_type: str
    ) -> ArtifactRef:
        """Store a file that was made, then its row."""
        ref = await self.store.put_file(artifact_key(project_id, stage.value, spec, extension), path, media_type)
        await self.keep_rows(project_id, stage, {spec: ref})
        return ref

    async def keep_document(self, project_id: UUID, stage: Stage, spec: str, document: BaseModel) -> ArtifactRef:
        """Store a document as canonical JSON."""
        data = pieces.encoded(document)
        return await self.keep_bytes(project_id, stage, spec, "json", data, "application/json")

    async def load(self, model: type[M], ref: ArtifactRef, *, again: bool = True) -> M:
        """Read a document. One that was read lately is not read again: its digest says that it is the same.

        Args:
            model: What it is.
            ref: Where it is.
            again: Whether it will be wanted again; else it is not kept in memory.

        Raises:
            ArtifactMissing: It is gone, or is not what was stored.
        """
        return await self._load(model, ref, {}, again=again)

    async def load_shots(self, ref: ArtifactRef, *, script: bool = False, again: bool = True) -> Breakdown:
        """Read a breakdown without the graph and the script's elements, which are the larger part of it.

        Args:
            ref: Where it is.
            script: Whether the elements are wanted after all.
            again: As of `load`.

        Raises:
            ArtifactMissing: It is gone, or is not what was stored.
        """
        return await self._load(Breakdown, ref, _NO_GRAPH if script else _NO_SCRIPT, again=again)

    async def _load(self, model: type[M], ref: ArtifactRef, instead: Mapping[str, object], *, again: bool) -> M:
        name = _Name(ref.sha256, model, tuple(instead))
        # Of several who want a document, the first reads it: each would hold one of its own.
        lock = self._locks.setdefault(name, asyncio.Lock())
        async with lock:
            kept = self._taken(name)
            if not isinstance(kept, model):
                data = await self.read(ref)
                read = partial(pieces.read, model, data, instead)
                kept = read() if len(data) < pieces.SMALL else await asyncio.to_thread(read)
            if again:
                self._keep(name, kept, ref.bytes)
        return kept

    def _taken(self, name: _Name) -> BaseModel | None:
        """Take a document out of what is kept."""
        kept, size = self._kept.pop(name, (None, 0))
        self._kept_bytes -= size
        return kept

    def _keep(self, name: _Name, document: BaseModel, size: int) -> None:
        """Keep a document, and forget those that were not read for the longest time; one is kept at least."""
        self._kept[name] = document, max(size, _LEAST_BYTES)
        self._kept_bytes += max(size, _LEAST_BYTES)
        while self._kept_bytes > KEPT_BYTES and len(self._kept) > 1:
            _, (_, left) = self._kept.popitem(last=False)
            self._kept_bytes -= left

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
