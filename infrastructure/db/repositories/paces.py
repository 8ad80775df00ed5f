"""Paces: how long films were worked on, stage by stage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import Integer, Text, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.enums import MotionKind, RendererName

LATELY: Final = 50
"""Films that are looked at: the last ones of a month."""

# Time counts while the film runs: not while it waits for somebody, be it three days.
_WORKED = text("""
    SELECT coalesce(extract(epoch FROM sum(lasted)), 0) AS seconds,
           coalesce(extract(epoch FROM sum(lasted) FILTER (WHERE at >= began)), 0) AS in_stage,
           coalesce(extract(epoch FROM sum(lasted) FILTER (WHERE is_last)), 0) AS since
    FROM (
        SELECT at, status, lead(at, 1, statement_timestamp()) OVER events - at AS lasted,
               lead(at) OVER events IS NULL AS is_last,
               max(at) FILTER (WHERE kind = 'stage_started') OVER () AS began
        FROM job_events WHERE job_id = :job_id AND rev = :rev
        WINDOW events AS (ORDER BY seq)
    ) AS told WHERE status = 'running'
""").bindparams(bindparam("job_id", type_=Uuid), bindparam("rev", type_=Integer))

# A first version alone: a revision takes over most of what stands.
_LATELY = (
    text("""
        SELECT summary->'stages' AS stages FROM jobs
        WHERE status = 'completed' AND rev = 0 AND completed_at > clock_timestamp() - interval '30 days'
          AND options->>'renderer' = :renderer AND coalesce(options->>'motion', 'camera') = :motion
          AND jsonb_typeof(summary->'stages') = 'object'
        ORDER BY completed_at DESC LIMIT :films
    """)
    .bindparams(
        bindparam("renderer", type_=Text),
        bindparam("motion", type_=Text),
        bindparam("films", LATELY, type_=Integer),
    )
    .columns(stages=JSONB)
)


class Worked(NamedTuple):
    """How long a film has been worked on, in seconds; what it waited for somebody is not counted."""

    seconds: float
    in_stage: float
    """Of these, in the stage that began last."""
    since: float
    """Of these, since anything happened."""


class Paces:
    """How long films were worked on."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def worked(self, job_id: UUID, rev: int) -> Worked:
        """Say how long a film has been worked on so far.

        Args:
            job_id: The job.
            rev: Which revision of it.
        """
        found = (await self._session.execute(_WORKED, {"job_id": job_id, "rev": rev})).one()
        return Worked(float(found.seconds), float(found.in_stage), float(found.since))

    async def lately(self, renderer: RendererName, motion: MotionKind) -> Sequence[dict[str, float]]:
        """Say how long films of a kind took lately.

        Args:
            renderer: Who makes their pictures.
            motion: How these move.

        Returns:
            For each of the last films the seconds of each stage, by its name; the newest first.
        """
        found = await self._session.scalars(_LATELY, {"renderer": renderer.value, "motion": motion.value})
        return found.all()
