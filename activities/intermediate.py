"""Documents of a version of a film that are no film yet: its timeline, its scores."""

from __future__ import annotations

from infrastructure.publishing import INTERMEDIATE
from infrastructure.storage import ObjectStore
from schemas.artifact import ArtifactRef, job_key, version_key
from schemas.jobs import FilmInput


async def put_intermediate(store: ObjectStore, film: FilmInput, name: str, text: str) -> ArtifactRef:
    """Store a document of a version; that of a film's first is the job's at once.

    A revision's becomes the job's when it is delivered: `activities.versions.VersionActivities.publish_version`.

    Args:
        store: The store.
        film: The version.
        name: The document's file name.
        text: JSON.
    """
    key = version_key(film.job_id, INTERMEDIATE, film.rev, name)
    ref = await store.put_bytes(key, text.encode("utf-8"), "application/json")
    if film.rev == 0:
        await store.copy(ref, job_key(film.job_id, INTERMEDIATE, name))
    return ref
