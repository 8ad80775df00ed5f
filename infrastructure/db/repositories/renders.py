"""Renders: every act of making, appended before it begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Integer, Text, Uuid, bindparam, insert, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.tables import RenderOutcome, RenderOutcomeRow, RenderRow
from infrastructure.ids import new_id


class Tally(NamedTuple):
    """How often something could not be made."""

    failed: int = 0
    """Acts that ended with an error of their own."""
    lost: int = 0
    """Acts of earlier attempts that never ended: their worker died."""
    message: str = ""
    """Why the last one failed."""


_TALLY = text("""
    SELECT r.spec_hash,
           count(*) FILTER (WHERE o.outcome = 'failed')::int AS failed,
           count(*) FILTER (WHERE o.render_id IS NULL AND r.attempt < :attempt)::int AS lost,
           coalesce((array_agg(o.message ORDER BY o.at DESC) FILTER (WHERE o.outcome = 'failed'))[1], '') AS message
    FROM renders r LEFT JOIN render_outcomes o USING (render_id)
    WHERE r.job_id = :job_id AND r.spec_hash = ANY(:specs) AND r.round = :round AND (:rev IS NULL OR r.rev = :rev)
    GROUP BY r.spec_hash
""").bindparams(
    bindparam("job_id", type_=Uuid),
    bindparam("specs", type_=ARRAY(Text)),
    *(bindparam(name, type_=Integer) for name in ("attempt", "round", "rev")),
)


class Renders:
    """The count of what was done, and how it ended. Rows are appended, never changed."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def begin(
        self,
        job_id: UUID,
        rev: int,
        label: str,
        stage: str,
        spec_hash: str,
        round: int,
        attempt: int,
        worker: str,
    ) -> UUID:
        """Write down that something is about to be made. Commit before it is.

        Args:
            job_id: The job it is made for.
            rev: The job's revision.
            label: What people call it: `s002-004 keyframe`.
            stage: The stage.
            spec_hash: Hash of what it is made from.
            round: 0, and one more each time somebody asked to try again after it had failed for good.
            attempt: Attempt of the activity, from 1.
            worker: Who makes it.

        Returns:
            Id of the act, for `outcome`.
        """
        render_id = new_id()
        await self._session.execute(
            insert(RenderRow).values(
                render_id=render_id,
                job_id=job_id,
                rev=rev,
                label=label,
                stage=stage,
                spec_hash=spec_hash,
                round=round,
                attempt=attempt,
                worker=worker,
            )
        )
        return render_id

    async def outcome(self, render_id: UUID, outcome: RenderOutcome | str, message: str = "") -> None:
        """Write down how an act ended. An act ends once: what is said later is ignored.

        Args:
            render_id: The act.
            outcome: made, failed, or drained (handed back by a worker that was told to stop).
            message: Why, for a failure.
        """
        await self._session.execute(
            upsert(RenderOutcomeRow)
            .values(render_id=render_id, outcome=RenderOutcome(outcome), message=message)
            .on_conflict_do_nothing(index_elements=["render_id"])
        )

    async def tally(
        self,
        job_id: UUID,
        spec_hashes: Sequence[str],
        round: int,
        *,
        attempt: int,
        rev: int | None = None,
    ) -> dict[str, Tally]:
        """Count what went wrong so far.

        Args:
            job_id: The job.
            spec_hashes: What is counted.
            round: The round that is counted.
            attempt: The attempt that asks; acts of earlier ones without an outcome are lost.
            rev: Only this revision; None counts all.

        Returns:
            For each of `spec_hashes` its count. Drained acts count for nothing.
        """
        found = await self._session.execute(
            _TALLY,
            {"job_id": job_id, "specs": list(spec_hashes), "round": round, "attempt": attempt, "rev": rev},
        )
        counted = {row.spec_hash: Tally(row.failed, row.lost, row.message) for row in found}
        return {spec: counted.get(spec, Tally()) for spec in spec_hashes}

    async def made_for(self, job_id: UUID, rev: int, spec_hashes: Sequence[str]) -> set[str]:
        """Tell what was made for a revision of a job from what stood before it.

        An act without an outcome counts: its worker may have stored what it made, and died before it said so.

        Args:
            job_id: The job.
            rev: Its revision.
            spec_hashes: What is asked about.

        Returns:
            Those that have an act of making in this revision that did not fail, and was not handed back.
        """
        spared = (RenderOutcome.FAILED, RenderOutcome.DRAINED)
        found = await self._session.scalars(
            select(col(RenderRow.spec_hash))
            .join(RenderOutcomeRow, col(RenderRow.render_id) == col(RenderOutcomeRow.render_id), isouter=True)
            .where(
                col(RenderRow.job_id) == job_id,
                col(RenderRow.rev) == rev,
                col(RenderRow.spec_hash).in_(spec_hashes),
                or_(col(RenderOutcomeRow.outcome).is_(None), col(RenderOutcomeRow.outcome).not_in(spared)),
            )
        )
        return set(found.all())

    async def failed_workers(
        self,
        job_id: UUID,
        spec_hash: str,
        round: int,
    ) -> set[str]:
        """Names of the workers at whose hands something failed, within one round.

        Args:
            job_id: The job.
            spec_hash: What it was made from.
            round: The round.
        """
        found = await self._session.scalars(
            select(col(RenderRow.worker))
            .join(RenderOutcomeRow, col(RenderRow.render_id) == col(RenderOutcomeRow.render_id))
            .where(
                col(RenderRow.job_id) == job_id,
                col(RenderRow.spec_hash) == spec_hash,
                col(RenderRow.round) == round,
                col(RenderOutcomeRow.outcome) == RenderOutcome.FAILED,
            )
        )
        return set(found.all())

    async def of_job(self, job_id: UUID) -> Sequence[RenderRow]:
        """All acts of a job, in the order in which they began."""
        found = await self._session.scalars(
            select(RenderRow)
            .where(col(RenderRow.job_id) == job_id)
            .order_by(col(RenderRow.begun_at), col(RenderRow.render_id))
        )
        return found.all()

    async def outcomes_of_job(self, job_id: UUID) -> dict[UUID, RenderOutcome]:
        """How the acts of a job ended, by act; one that is missing has not ended, or its worker died."""
        found = await self._session.execute(
            select(col(RenderOutcomeRow.render_id), col(RenderOutcomeRow.outcome))
            .join(RenderRow, col(RenderRow.render_id) == col(RenderOutcomeRow.render_id))
            .where(col(RenderRow.job_id) == job_id)
        )
        return {row.render_id: row.outcome for row in found}
