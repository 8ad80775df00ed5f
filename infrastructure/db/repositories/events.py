"""Job events: the one place where a job's status and progress move."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Integer, Text, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from infrastructure.db.repositories.deliveries import Deliveries
from infrastructure.db.repositories.versions import Versions
from schemas.artifact import ArtifactRef
from schemas.enums import JobStatus
from schemas.errors import Gone, InvalidRequest
from schemas.events import SHOT_EVENTS, EventKind, JobEvent, NewEvent
from schemas.hooks import TOLD

# Recorders of one job queue up here, so that the statement after it sees all they wrote: a condition on job_events
# inside the UPDATE itself would be judged on the snapshot from before the wait.
_LOCK = text("SELECT output_key FROM jobs WHERE job_id = :job_id FOR NO KEY UPDATE")

_TERMINAL = "'completed', 'failed', 'cancelled'"

# `now`: the job as it is. `next`: the status and progress the event leaves it with. An event of an older revision,
# or one after the end, is written down and moves nothing.
_RECORD = text(f"""
    WITH now AS (
        SELECT job_id, project_id, status, progress, :rev > rev AS begins,
               :rev < rev OR (:rev = rev AND status IN ({_TERMINAL})) AS closed
        FROM jobs
        WHERE job_id = :job_id AND NOT EXISTS (SELECT 1 FROM job_events WHERE job_id = :job_id AND event_key = :key)
    ), entered AS (
        SELECT *, CASE WHEN closed THEN status
                       WHEN begins THEN coalesce(:status, 'queued')
                       ELSE coalesce(:status, status) END AS to_status
        FROM now
    ), next AS (
        SELECT *, NOT closed AND :output_key IS NOT NULL AS delivers,
                  CASE WHEN closed THEN progress
                       WHEN to_status = 'completed' THEN 100
                       WHEN begins THEN least(coalesce(:progress, 0), 99)
                       ELSE greatest(progress, least(coalesce(:progress, 0), 99)) END AS to_progress
        FROM entered
    ), moved AS (
        UPDATE jobs SET
            last_seq = jobs.last_seq + 1,
            rev = greatest(jobs.rev, :rev),
            workflow_id = CASE WHEN begins THEN 'film-' || jobs.job_id || '-r' || :rev ELSE jobs.workflow_id END,
            status = to_status,
            progress = to_progress,
            current_step = CASE WHEN closed THEN jobs.current_step ELSE coalesce(:stage, jobs.current_step) END,
            error_type = CASE WHEN closed THEN jobs.error_type
                              WHEN to_status = 'failed' OR :kind = 'refused' THEN :error_type
                              WHEN begins THEN NULL ELSE jobs.error_type END,
            error_message = CASE WHEN closed THEN jobs.error_message
                                 WHEN to_status = 'failed' OR :kind = 'refused' THEN :message
                                 WHEN begins THEN NULL ELSE jobs.error_message END,
            started_at = CASE WHEN closed OR to_status = 'queued' THEN jobs.started_at
                              ELSE coalesce(jobs.started_at, clock_timestamp()) END,
            completed_at = CASE WHEN closed THEN jobs.completed_at
                                WHEN to_status IN ({_TERMINAL}) THEN clock_timestamp() END,
            output_key = CASE WHEN delivers THEN :output_key ELSE jobs.output_key END,
            output_sha256 = CASE WHEN delivers THEN :output_sha256 ELSE jobs.output_sha256 END,
            output_bytes = CASE WHEN delivers THEN :output_bytes ELSE jobs.output_bytes END,
            output_media_type = CASE WHEN delivers THEN :output_type ELSE jobs.output_media_type END,
            output_url = CASE WHEN delivers THEN coalesce(:output_url, beside_script) ELSE jobs.output_url END,
            version = CASE WHEN delivers OR (NOT closed AND to_status = 'completed') THEN :rev ELSE jobs.version END,
            summary = CASE WHEN closed THEN jobs.summary ELSE coalesce(:summary, jobs.summary) END
        FROM next LEFT JOIN LATERAL (
            SELECT substring(script FROM '^s3://[^/]+/') || :output_key AS beside_script
            FROM projects WHERE projects.project_id = next.project_id
        ) AS bucket ON true
        WHERE jobs.job_id = next.job_id
        RETURNING jobs.job_id, jobs.last_seq, jobs.progress, jobs.status
    )
    INSERT INTO job_events (job_id, seq, event_key, rev, kind, stage, progress, status, message, data)
    SELECT job_id, last_seq, :key, :rev, :kind, :stage, progress, status, :message, :data FROM moved
    RETURNING seq
""").bindparams(
    *(bindparam(name, type_=Integer) for name in ("rev", "progress")),
    *(bindparam(name, type_=Text) for name in ("key", "kind", "stage", "status", "message", "error_type")),
    *(bindparam(name, type_=Text) for name in ("output_key", "output_sha256", "output_type", "output_url")),
    *(bindparam(name, type_=JSONB(none_as_null=True)) for name in ("data", "summary")),
    bindparam("job_id", type_=Uuid),
    bindparam("output_bytes", type_=BigInteger),
)

_COUNTED = text("""
    SELECT coalesce(sum((data->>'count')::int), 0) FROM job_events
    WHERE job_id = :job_id AND rev = :rev AND kind = :kind AND event_key <> :key
""").bindparams(
    bindparam("job_id", type_=Uuid),
    bindparam("rev", type_=Integer),
    bindparam("kind", type_=Text),
    bindparam("key", type_=Text),
)

_AFTER = text("""
    SELECT job_id, seq, kind, stage, progress, status, message, data, at
    FROM job_events WHERE job_id = :job_id AND seq > :seq ORDER BY seq LIMIT :limit
""").columns(data=JSONB, job_id=Uuid)

_OF_SHOTS = text(f"""
    SELECT job_id, seq, kind, stage, progress, status, message, data, at FROM job_events
    WHERE job_id = :job_id AND rev = :rev AND kind IN ({", ".join(repr(str(kind)) for kind in SHOT_EVENTS)})
    ORDER BY seq DESC LIMIT 10000
""").columns(data=JSONB, job_id=Uuid)


_REVISED = text(f"""
    SELECT data->'asked' AS asked FROM job_events
    WHERE job_id = :job_id AND kind = '{EventKind.REVISED}' AND data->>'key' = :key
    ORDER BY seq LIMIT 1
""").columns(asked=JSONB)


class Events:
    """What happened to jobs, in order."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def record(self, event: NewEvent) -> int | None:
        """Write an event down and move its job, in the caller's transaction.

        Within a revision progress never falls, a terminal status is never left, and 100 comes with `completed` and
        only then. The first event of a newer revision begins the job anew; one of an older revision is written down
        and moves nothing. Of `event.data`, `output` (an `ArtifactRef`), `output_url` (else the key in the bucket
        of the project's script), `summary` and, on a failure or a refusal, `error_type` become the job's.

        Args:
            event: What happened.

        Returns:
            Its sequence number: 1 for the job's first, then one more each. None when an event with this key was
            recorded before; nothing is changed then.

        Raises:
            Gone: There is no such job, or no longer.
            InvalidRequest: It would be completed without a film.
        """
        job = (await self._session.execute(_LOCK, {"job_id": event.job_id})).first()
        if job is None:
            raise Gone(f"There is no job {event.job_id}: it was deleted, or was never created.")
        output = _output(event)
        if event.status is JobStatus.COMPLETED and output is None and job.output_key is None:
            raise InvalidRequest(f"Job {event.job_id} cannot be completed: neither it nor the event names a film.")
        if event.count is not None:
            event = await self._counted(event, event.count)
        recorded = await self._session.execute(_RECORD, _parameters(event, output))
        number: int | None = recorded.scalar_one_or_none()
        if number is not None and event.status is not None:
            await Versions(self._session).moved(event, output)
        if number is not None and event.status in TOLD:
            await Deliveries(self._session).tell(event.job_id, number)
        if number is not None and event.kind is EventKind.REVISED:
            await Versions(self._session).ask_otherwise(event)
        return number

    async def _counted(self, event: NewEvent, count: int) -> NewEvent:
        """Let an event's progress follow from the units that events of its kind have told of. The job is locked."""
        kind = {"job_id": event.job_id, "rev": event.rev, "kind": event.kind.value, "key": event.key}
        before: int = (await self._session.execute(_COUNTED, kind)).scalar_one()
        share = min(1.0, (before + count) / (event.count_of or count or 1))
        reached = event.progress_from + round((event.progress_to - event.progress_from) * share)
        data = {**event.data, "count": count, "of": event.count_of}
        return event.model_copy(update={"progress": reached, "data": data})

    async def after(self, job_id: UUID, seq: int, limit: int = 500) -> list[JobEvent]:
        """Read on in a job's events.

        Args:
            job_id: The job.
            seq: Number of the last event that is known; 0 for none.
            limit: How many at most.

        Returns:
            The events that follow, in order.
        """
        found = await self._session.execute(_AFTER, {"job_id": job_id, "seq": seq, "limit": limit})
        return [JobEvent.model_validate(dict(row)) for row in found.mappings()]

    async def decisions(self, job_id: UUID, rev: int) -> list[JobEvent]:
        """Read what was told of single shots of a revision: that they were parked, tried again, or left to the draft.

        Returns:
            The events, in order; of a revision that has more than thousands of them, the last ones.
        """
        found = await self._session.execute(_OF_SHOTS, {"job_id": job_id, "rev": rev})
        return [JobEvent.model_validate(dict(row)) for row in reversed(found.mappings().all())]

    async def revised_by(self, job_id: UUID, key: str) -> dict[str, Any] | None:
        """Read what was asked of a film where it waited, and was done.

        Args:
            job_id: The job.
            key: With which Idempotency-Key.

        Returns:
            The `schemas.edits.Changes` as JSON; None where nothing was asked with that key, or is not done yet.
        """
        asked: dict[str, Any] | None = await self._session.scalar(_REVISED, {"job_id": job_id, "key": key})
        return asked


def _output(event: NewEvent) -> ArtifactRef | None:
    given = event.data.get("output")
    return None if given is None else ArtifactRef.model_validate(given)


def _parameters(event: NewEvent, output: ArtifactRef | None) -> dict[str, Any]:
    plain = event.model_dump(mode="json")
    return {
        "job_id": event.job_id,
        "key": event.key,
        "rev": event.rev,
        "kind": plain["kind"],
        "stage": event.stage,
        "status": plain["status"],
        "progress": event.progress,
        "message": event.message,
        "data": plain["data"],
        "error_type": event.data.get("error_type"),
        "summary": plain["data"].get("summary"),
        "output_url": event.data.get("output_url"),
        "output_key": output and output.key,
        "output_sha256": output and output.sha256,
        "output_bytes": output and output.bytes,
        "output_type": output and output.media_type,
    }
