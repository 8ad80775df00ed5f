"""Which version's files are the job's: copies inside the store, of the version that counts.

A version's own files, `jobs/{job}/output/r{rev}/…`, are written once. The database leads to them; what lies at
`jobs/{job}/output/…` is for whoever looks into the store.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import PurePosixPath
from uuid import UUID

from infrastructure.storage import ObjectStore
from schemas.artifact import job_key, version_key

OUTPUT, INTERMEDIATE = "output", "intermediate"
FINAL = "final"
"""The film's name without its container's suffix."""


async def publish(store: ObjectStore, job_id: UUID, rev: int) -> None:
    """Copy the files of a version to where those of its job lie, and remove of the output what it does not have.

    Doing it again has the same effect.

    Args:
        store: The store.
        job_id: The job.
        rev: The version's number.

    Raises:
        DependencyDown: The store does not answer, or refuses.
    """
    for folder in (INTERMEDIATE, OUTPUT):
        source, target = version_key(job_id, folder, rev, ""), job_key(job_id, folder) + "/"
        own = {key.removeprefix(source): key async for key in store.list_keys(source)}
        for name in sorted(own, key=_is_film):  # the film last: where it is, everything is
            ref = await store.head(own[name])
            if ref is not None:
                await store.copy(ref, target + name)
        if folder == OUTPUT and own:
            async for key in files_in(store, target):
                if key.removeprefix(target) not in own:
                    await store.delete(key)


def _is_film(name: str) -> bool:
    return PurePosixPath(name).stem == FINAL


async def files_in(store: ObjectStore, folder: str) -> AsyncIterator[str]:
    """List what lies in a folder itself, and not in one of its folders.

    Args:
        store: The store.
        folder: A key that ends with a slash.
    """
    async for key in store.list_keys(folder):
        if "/" not in key.removeprefix(folder):
            yield key
