"""The film so far: which of its segments stand, while the rest is being made. Asked of the store, kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from infrastructure.db.engine import Database
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.storage import ObjectStore
from schemas.artifact import ArtifactRef, version_key
from schemas.composition import plan_key, segment_key
from schemas.enums import JobStatus
from schemas.errors import InvalidRequest
from schemas.jobs import FilmInput
from schemas.profiles import PROFILES
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


async def film_so_far(job_id: UUID, *, db: Database, store: ObjectStore) -> FilmSoFar:
    """Look how far a film is.

    Args:
        job_id: The job.
        db: The database.
        store: The store.

    Returns:
        What stands. Encoders finish in any order: what lies behind a gap is not counted.

    Raises:
        InvalidRequest: There is no such job.
    """
    async with db.begin() as session:
        job = await Jobs(session).get(job_id)
    if job is None:
        raise InvalidRequest(f"There is no job {job_id}.")
    film, status = job.film_input, JobStatus(job.status)
    plan = await _plan(film, store)
    segments = plan.segments if plan is not None else ()
    standing: list[ArtifactRef] = []
    for segment in segments:
        ref = await store.head(segment_key(film, segment))
        if ref is None:
            break
        standing.append(ref)
    return FilmSoFar(film, status, segments, tuple(standing))


async def _plan(film: FilmInput, store: ObjectStore) -> SegmentPlan | None:
    """Find how the film was divided: by the profile that was asked for, or by the one that stood in for it."""
    timeline = await store.head(version_key(film.job_id, "intermediate", film.rev, "timeline.json"))
    profile = PROFILES[film.options.profile]
    for name in (profile.name, profile.instead):
        if timeline is None or name is None:
            continue
        key = plan_key(film, timeline.sha256, PROFILES[name].encoder)
        if await store.head(key) is not None:
            return SegmentPlan.model_validate_json(await store.get_bytes(key))
    return None
