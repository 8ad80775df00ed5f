"""Changing a film that has ended: what was planned is ordered as its next revision, through the outbox."""

from __future__ import annotations

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from api.usecases.film_sources import SOURCE, store_document, store_text
from api.usecases.judge_script import Verdict, judge_script
from api.usecases.plan_revision import Plan
from api.usecases.submit_film import Admit
from infrastructure.db.engine import Database
from infrastructure.db.repositories.artifacts import Artifacts
from infrastructure.db.repositories.commands import Commands
from infrastructure.db.repositories.events import Events
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.moderation import Moderation
from infrastructure.db.repositories.versions import Versions
from infrastructure.db.tables import CommandKind
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.edits import Changes, Edits
from schemas.enums import JobStatus
from schemas.errors import InvalidRequest
from schemas.events import EventKind, NewEvent
from schemas.jobs import FilmInput


async def order_revision(
    plan: Plan,
    *,
    db: Database,
    store: ObjectStore,
    settings: Settings,
    key: str | None = None,
    admit: Admit | None = None,
) -> FilmInput:
    """Order a revision that was planned: its row, its first event and the command that starts it, in one transaction.

    Args:
        plan: From `plan_revision`.
        db: The database.
        store: Where its edits and an edited script go.
        settings: The installation's, whose policy an edited script is held against.
        key: Idempotency key: a second order with the same key finds the revision of the first.
        admit: Says whether the user may have one more version; None where all may.

    Returns:
        What its workflow is given.

    Raises:
        InvalidRequest: The job has moved on since: another revision was ordered, or another version restored.
        InvalidScript: The policy refuses the edited script.
    """
    film, verdict = await _stored(plan, store, settings)
    async with db.begin() as session:
        job = await Jobs(session).lock(film.job_id)
        again = await Versions(session).asked_by(film.job_id, key) if key else None
        if again is not None:
            return again.film_input
        if job is None or (job.rev + 1, job.version) != (film.rev, plan.base.rev) or not job.status.terminal:
            raise InvalidRequest(f"Job {film.job_id} was changed meanwhile; ask again.")
        given = film.breakdown if plan.new_cast is not None else None  # otherwise it is kept as a stage's
        for ref in (film.script, film.edits, film.cast, given, *plan.lent):
            if ref is not None:
                await Artifacts(session).keep(film.project_id, SOURCE, ref.sha256, ref)
        await queue_revision(session, film, plan.asked, key, f"Version {film.rev} of “{film.title}” is queued.")
        if verdict.review_reason:
            await Moderation(session).hold(film, verdict.flags)
        if admit is not None:
            await admit(session, film)
    return film


async def queue_revision(session: AsyncSession, film: FilmInput, asked: Changes, key: str | None, message: str) -> None:
    """Let a job go on with its next revision: its row, its first event and the command that starts it.

    Args:
        session: The transaction, in which the job is locked.
        film: What its workflow is given.
        asked: What was asked of the version it is made from.
        key: Idempotency key; None where nobody will ask twice.
        message: What its first event says.
    """
    await Versions(session).create(film, asked, key)
    await Events(session).record(
        NewEvent(
            job_id=film.job_id,
            rev=film.rev,
            key=f"r{film.rev}/queued",
            kind=EventKind.QUEUED,
            status=JobStatus.QUEUED,
            progress=0,
            message=message,
        )
    )
    await Jobs(session).ask_again(film)
    await Commands(session).add(film.job_id, film.rev, CommandKind.START, film.model_dump(mode="json"))


async def _stored(plan: Plan, store: ObjectStore, settings: Settings) -> tuple[FilmInput, Verdict]:
    """Store what the workflow reads: all edits, another cast, and an edited script, which is judged first."""
    film, new = plan.film, plan.new_script
    verdict = Verdict()
    changes: dict[str, object] = {}
    if plan.edits != Edits():
        changes["edits"] = await store_document(plan.edits, film.project_id, store)
    if plan.new_cast is not None:
        # Made from what was quoted, whoever directs by now where it is made.
        changes["breakdown"] = await store_document(plan.script, film.project_id, store)
    if plan.new_cast is not None and plan.new_cast.members:
        changes["cast"] = await store_document(plan.new_cast, film.project_id, store)
    if new is not None:
        verdict = await asyncio.to_thread(judge_script, new.text, new.file_name, settings)
        changes["script"] = await store_text(new.text, film.project_id, store)
        changes["review_reason"] = verdict.review_reason
    return film.model_copy(update=changes), verdict
