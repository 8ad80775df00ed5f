"""What a film is as it stands: where it waits, what it will be; once it has ended, what it became."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from temporalio.client import Client

from api.usecases.decide import state_of
from infrastructure.db.engine import Database
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.versions import Versions
from infrastructure.db.tables import JobRow
from infrastructure.storage import ObjectStore
from schemas.artifact import ArtifactRef
from schemas.edits import digest_of
from schemas.enums import JobStatus
from schemas.errors import ArtifactMissing, Conflict, NotFound, Outdated
from schemas.jobs import FilmInput, FilmResult, FilmState

WAITING = frozenset({JobStatus.AWAITING_REVIEW, JobStatus.NEEDS_ATTENTION})
"""A film in one of these may be changed where it runs."""


@dataclass(frozen=True)
class Standing:
    """What a film is made from."""

    film: FilmInput
    script: ArtifactRef
    """The breakdown of its script."""
    breakdown: ArtifactRef
    """That of the film, after its edits."""
    edits: ArtifactRef | None
    changeable: bool
    """Whether it may be changed: it waits, or has ended."""

    @property
    def version(self) -> str:
        """A name for all of it: another one as soon as anything about it is edited."""
        return version_of(self.script, self.edits)

    def must_be(self, version: str | None) -> None:
        """See that it is still what somebody has read.

        Args:
            version: Of what they have read; None lets it be what it is.

        Raises:
            Outdated: It was changed since.
        """
        if version is not None and version != self.version:
            raise Outdated("This film was changed meanwhile: read its breakdown again.")


def version_of(script: ArtifactRef, edits: ArtifactRef | None) -> str:
    """Name what a film is made from.

    Args:
        script: The breakdown of its script.
        edits: Its edits.
    """
    return hashlib.sha256(f"{script.sha256}\n{digest_of(edits)}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Shown:
    """A film's breakdown, with what of it was edited, as the store has them: whoever reads them does so apart."""

    breakdown: bytes
    """A `schemas.script.Breakdown`."""
    edits: bytes | None
    """A `schemas.edits.Edits`; None where nothing was edited."""


async def standing_of(job_id: UUID, *, db: Database, client: Callable[[], Awaitable[Client]]) -> Standing:
    """Find out what a film is made from.

    Args:
        job_id: The job; whose it is was asked before.
        db: The database.
        client: Connects to Temporal; called only where the film runs.

    Raises:
        NotFound: There is no such job.
        Conflict: It has no breakdown: it is still being read, or has ended without a film.
        DependencyDown: It runs, and did not answer within three seconds.
    """
    async with db.begin() as session:
        job = await Jobs(session).get(job_id)
        version = None if job is None or job.version is None else await Versions(session).get(job_id, job.version)
    if job is None:
        raise NotFound("There is no such film.")
    if not job.status.terminal:
        return await _running(job, await client())
    if version is None:
        raise Conflict(f"This film is {job.status}, and has no breakdown that could be read.")
    result = (
        None if version.summary is None else FilmResult.model_validate({**version.summary, "output": version.output})
    )
    if result is None or result.script_breakdown is None or result.breakdown is None:
        raise Conflict("This film was made by an older version of this software: order it again.")
    film = version.film_input
    return Standing(film, result.script_breakdown, result.breakdown, film.edits, changeable=True)


async def _running(job: JobRow, client: Client) -> Standing:
    if job.status is JobStatus.QUEUED:
        raise Conflict("This film has not been begun: it has a breakdown once its script is read.")
    return running(job, await state_of(job, client=client))


def running(job: JobRow, state: FilmState) -> Standing:
    """Say what a film is made from that runs.

    Args:
        job: The job.
        state: What it has told of itself.

    Raises:
        Conflict: It is still being read.
    """
    if state.breakdown is None or state.script_breakdown is None:
        raise Conflict("This film is still being read: ask again in a moment.")
    film = job.film_input
    edits = state.edits or film.edits  # an older worker does not name them
    return Standing(film, state.script_breakdown, state.breakdown, edits, changeable=job.status in WAITING)


async def shown(standing: Standing, store: ObjectStore) -> Shown:
    """Fetch a film's breakdown, and its edits.

    Args:
        standing: Which.
        store: Where they are.

    Raises:
        Conflict: They have expired.
    """
    try:
        breakdown = await store.get_bytes(standing.breakdown)
        edits = None if standing.edits is None else await store.get_bytes(standing.edits)
    except ArtifactMissing as error:
        raise Conflict("What this film was made from has expired: order it again.") from error
    return Shown(breakdown, edits)
