"""Whether database, store and workflows agree, and every finished film plays."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from infrastructure.db.engine import Database
from infrastructure.db.repositories.artifacts import Artifacts
from infrastructure.db.repositories.commands import Commands
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.tables import JobRow
from infrastructure.retention import expired, fading
from infrastructure.storage import ObjectStore
from schemas.errors import StudioError
from schemas.jobs import FilmOptions

Play = Callable[[Path, FilmOptions, int], None]
"""Plays a film and raises `StudioError` unless it is what the options say, and has so many frames."""


@dataclass
class Findings:
    """What was looked at, and what was wrong."""

    films: int = 0
    open_jobs: int = 0
    artifacts: int = 0
    expired: int = 0
    """Films and artifacts that the store has deleted for their age, or is about to."""
    faults: list[str] = field(default_factory=list)


async def verify_installation(*, db: Database, store: ObjectStore, client: Client, play: Play) -> Findings:
    """Look at everything.

    Args:
        db: The database.
        store: The store.
        client: Connected to Temporal.
        play: Plays a film.

    Returns:
        What was found. An installation at work may show passing differences; one at rest must show none.
    """
    findings = Findings()
    await _films(findings, db, store, play)
    await _workflows(findings, db, client)
    await _artifacts(findings, db, store)
    return findings


async def _films(findings: Findings, db: Database, store: ObjectStore, play: Play) -> None:
    """Completed jobs have playable files whose digest is the recorded one."""
    async with db.begin() as session:
        jobs = await Jobs(session).completed_jobs()
    with tempfile.TemporaryDirectory(prefix="verify-") as folder:
        for job in jobs:
            if job.completed_at is not None and expired(job.completed_at):
                findings.expired += 1
                continue
            findings.films += 1
            path = Path(folder) / "final.mp4"
            try:
                await store.get_file(job.output_key or "", path, sha256=job.output_sha256)
                play(path, FilmOptions.model_validate(job.options), (job.summary or {}).get("frames", 0))
            except StudioError as error:
                findings.faults.append(f"job {job.job_id} is completed, but its film is not well: {error}")
            finally:
                path.unlink(missing_ok=True)


async def _workflows(findings: Findings, db: Database, client: Client) -> None:
    """Open jobs and open workflows match one to one; a command still in the outbox stands for its workflow."""
    async with db.begin() as session:
        jobs = await Jobs(session).open_jobs()
        unsent = await Commands(session).unsent_starts()
    findings.open_jobs = len(jobs)
    for job in jobs:
        if (job.job_id, job.rev) not in unsent and not await _is_running(client, job):
            findings.faults.append(f"job {job.job_id} is {job.status}, but its workflow does not run")
    known = {job.workflow_id for job in jobs}
    async for workflow_id in _running_films(client):
        if workflow_id not in known:
            findings.faults.append(f"workflow {workflow_id} runs, but its job is not open")


async def _is_running(client: Client, job: JobRow) -> bool:
    try:
        description = await client.get_workflow_handle(job.workflow_id).describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return False
        raise
    return description.status is WorkflowExecutionStatus.RUNNING


async def _running_films(client: Client) -> AsyncIterator[str]:
    async for execution in client.list_workflows("WorkflowType = 'FilmWorkflow' AND ExecutionStatus = 'Running'"):
        # Lists lag behind: only what still runs when asked itself is reported.
        description = await client.get_workflow_handle(execution.id).describe()
        if description.status is WorkflowExecutionStatus.RUNNING:
            yield execution.id


async def _artifacts(findings: Findings, db: Database, store: ObjectStore) -> None:
    """Every artifact's row has its object, and the reverse."""
    stored = {key async for key in store.list_keys("artifacts/")}
    async with db.begin() as session:
        async for row in Artifacts(session).all_rows():
            findings.artifacts += 1
            if row.key not in stored and fading(row.key, row.created_at):
                findings.expired += 1
            elif row.key not in stored:
                findings.faults.append(f"artifact {row.key} has a row, but no object")
            stored.discard(row.key)
    findings.faults.extend(f"object {key} has no row" for key in sorted(stored))
