"""What a finished film is cut from: its timeline and the pictures and clips that it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from infrastructure.db.engine import Database
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.versions import Versions
from infrastructure.storage import ObjectStore
from schemas.artifact import ArtifactRef, job_key
from schemas.errors import ArtifactMissing, InvalidRequest
from schemas.jobs import FilmInput
from schemas.script import Breakdown
from schemas.style import StyleSpec


@dataclass(frozen=True)
class Finished:
    """A finished film as it was cut."""

    film: FilmInput
    timeline: str
    """The OpenTimelineIO document that the film was made from."""
    breakdown: ArtifactRef | None
    """The breakdown of the film, after its edits; None for films of older versions."""


async def finished_film(job_id: UUID, *, db: Database, store: ObjectStore) -> Finished:
    """Read the timeline of a finished film: of the version that counts, also while a revision is made.

    Args:
        job_id: The job.
        db: The database.
        store: The store.

    Returns:
        The film's order and its timeline.

    Raises:
        InvalidRequest: There is no such job, or its film is not finished.
        ArtifactMissing: Its timeline is gone from the store.
    """
    async with db.begin() as session:
        job = await Jobs(session).get(job_id)
        version = None if job is None or job.version is None else await Versions(session).get(job_id, job.version)
    if job is None:
        raise InvalidRequest(f"There is no job {job_id}.")
    if version is None or version.film is None:
        raise InvalidRequest(f"The film of job {job_id} is {job.status}; it can be exported when it is completed.")
    timeline = (version.summary or {}).get("timeline")  # older films have but one, and do not name it
    key = timeline["key"] if timeline else job_key(job_id, "intermediate", "timeline.json")
    text = (await store.get_bytes(key)).decode("utf-8")
    breakdown = (version.summary or {}).get("breakdown")
    return Finished(version.film_input, text, breakdown and ArtifactRef.model_validate(breakdown))


async def film_script(finished: Finished, *, store: ObjectStore) -> tuple[Breakdown, str, StyleSpec | None]:
    """Fetch what a finished film was made from: for people who read it beside its pictures.

    Args:
        finished: The film.
        store: The store.

    Returns:
        The film's breakdown; the text that its spans count; and its style, None where it is one that every
        installation has.

    Raises:
        InvalidRequest: The film is of an older version, which did not keep its breakdown.
        ArtifactMissing: Something is gone from the store.
    """
    film = finished.film
    if finished.breakdown is None:
        raise InvalidRequest(
            f"The film of job {film.job_id} was made by an older version, which did not keep what it was made from; "
            "make it again, which costs nothing that stands."
        )
    breakdown = Breakdown.model_validate_json(await store.get_bytes(finished.breakdown.key))
    text = (await store.get_bytes(film.script.key)).decode("utf-8")
    style = film.style and StyleSpec.model_validate_json(await store.get_bytes(film.style.key))
    return breakdown, text, style


async def fetch_media(keys: Mapping[str, str], folder: Path, *, store: ObjectStore) -> dict[str, Path]:
    """Fetch what shots are made from.

    Args:
        keys: For each sha256, its key in the store.
        folder: Where to.
        store: The store.

    Returns:
        For each sha256, its file.

    Raises:
        ArtifactMissing: One is gone from the store, or is not what it was.
    """
    found = {}
    for sha256, key in keys.items():
        path = folder / f"{sha256}{Path(key).suffix}"
        try:
            await store.get_file(key, path, sha256=sha256)
        except ArtifactMissing as error:
            raise ArtifactMissing(f"{key} is gone from the store; run the film again, then export it.") from error
        found[sha256] = path
    return found
