"""The film so far: which of its segments stand, while the rest is being made. Looked up each time, kept nowhere."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import accumulate
from uuid import UUID

from infrastructure.db.engine import Database
from infrastructure.db.repositories.artifacts import Artifacts
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.tables import JobRow
from infrastructure.storage import ObjectStore
from schemas.artifact import ArtifactRef, version_key
from schemas.composition import plan_key, segment_spec
from schemas.enums import JobStatus
from schemas.errors import InvalidRequest
from schemas.jobs import FilmInput
from schemas.profiles import PROFILES
from schemas.rate import seconds_of
from schemas.stages import Stage
from schemas.timeline import Segment, SegmentPlan


@dataclass(frozen=True)
class FilmSoFar:
    """What stands of a film, from its first frame on."""

    film: FilmInput
    status: JobStatus
    segments: tuple[Segment, ...]
    """All segments of the film, in order; none where it has not been cut yet."""
    standing: tuple[ArtifactRef, ...]
    """The first of them, without a gap, as far as they are encoded."""

    @property
    def whole(self) -> bool:
        """Whether every segment stands."""
        return bool(self.segments) and len(self.standing) == len(self.segments)

    @property
    def growing(self) -> bool:
        """Whether more may come."""
        return not self.whole and not self.status.terminal

    def frames(self, segments: int | None = None) -> int:
        """Length of the first segments, in frames; of those that stand unless it is said."""
        return sum(segment.frames for segment in self.segments[: len(self.standing) if segments is None else segments])

    def begins(self) -> list[float]:
        """When each segment begins, in seconds of the film; last of all, when the film ends. Empty before it is cut."""
        if not self.segments:
            return []
        frames = accumulate((segment.frames for segment in self.segments), initial=0)
        return [seconds_of(count, self.segments[0].fps) for count in frames]


async def film_so_far(job_id: UUID, *, db: Database, store: ObjectStore) -> FilmSoFar:
    """Look how far a film is.

    Args:
        job_id: The job.
        db: The database.
        store: The store.

    Returns:
        What stands.

    Raises:
        InvalidRequest: There is no such job.
    """
    async with db.begin() as session:
        job = await Jobs(session).get(job_id)
    if job is None:
        raise InvalidRequest(f"There is no job {job_id}.")
    return await so_far(job, db=db, store=store)


async def so_far(job: JobRow, *, db: Database, store: ObjectStore) -> FilmSoFar:
    """Look how far the newest revision of a film is.

    Args:
        job: The job.
        db: The database: it knows which segments stand, all of them by one question.
        store: The store, which has the film's division among encoders.

    Returns:
        What stands. Encoders finish in any order: what lies behind a gap is not counted.
    """
    film, status = job.film_input, JobStatus(job.status)
    segments, specs = await _divided(film, store)
    async with db.begin() as session:
        found = await Artifacts(session).find(film.project_id, Stage.COMPOSITION.value, specs)
    standing: list[ArtifactRef] = []
    for spec in specs:
        if spec not in found:
            break
        standing.append(found[spec])
    return FilmSoFar(film, status, segments, tuple(standing))


async def _divided(film: FilmInput, store: ObjectStore) -> tuple[tuple[Segment, ...], list[str]]:
    """Read the film's segments, and the hash of what each depends on; none where it has not been cut yet."""
    data = await _plan(film, store)
    if data is None:
        return (), []

    def read() -> tuple[tuple[Segment, ...], list[str]]:
        segments = SegmentPlan.model_validate_json(data).segments
        return segments, [segment_spec(film, segment) for segment in segments]

    return await asyncio.to_thread(read)  # a long film's plan takes a while


async def _plan(film: FilmInput, store: ObjectStore) -> bytes | None:
    """Find how the film was divided: by the profile that was asked for, or by the one that stood in for it."""
    timeline = await store.head(version_key(film.job_id, "intermediate", film.rev, "timeline.json"))
    profile = PROFILES[film.options.profile]
    for name in (profile.name, profile.instead):
        if timeline is None or name is None:
            continue
        key = plan_key(film, timeline.sha256, PROFILES[name].encoder)
        if await store.head(key) is not None:
            return await store.get_bytes(key)
    return None
