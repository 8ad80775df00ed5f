"""Invariants between the database and Temporal: jobs with their workflows, histories with their code."""

from __future__ import annotations

from collections.abc import AsyncIterator

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from api.usecases.invariants.base import Checked, Installation, counted
from infrastructure.db.repositories.commands import Commands
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.tables import JobRow

OURS = ("FilmWorkflow", "SceneWorkflow", "ReelWorkflow", "HousekeepingWorkflow")


async def workflows(on: Installation) -> Checked:
    """Match open jobs and open workflows one to one; a command still in the outbox stands for its workflow."""
    async with on.db.begin() as session:
        jobs = await Jobs(session).open_jobs()
        unsent = await Commands(session).unsent_starts()
    faults = [
        f"job {job.job_id} is {job.status}, but its workflow does not run"
        for job in jobs
        if (job.job_id, job.rev) not in unsent and not await _is_running(on.client, job)
    ]
    known = {job.workflow_id for job in jobs}
    async for workflow_id in _running_films(on.client):
        if workflow_id not in known:
            faults.append(f"workflow {workflow_id} runs, but its job is not open")
    return Checked(len(jobs), f"{len(jobs):,} {'job is' if len(jobs) == 1 else 'jobs are'} open", faults)


async def histories(on: Installation) -> Checked:
    """Replay what runs, and what was saved to be replayed, against today's workflow code."""
    faults, replayed = [], 0
    for history in on.recorded:
        replayed += 1
        if why := await on.replay(history):
            faults.append(f"the recorded history of {history.workflow_id} does not replay: {why}")
    kinds = ", ".join(f"'{kind}'" for kind in OURS)
    async for execution in on.client.list_workflows(f"WorkflowType IN ({kinds}) AND ExecutionStatus = 'Running'"):
        try:
            handle = on.client.get_workflow_handle(execution.id, run_id=execution.run_id)
            history = await handle.fetch_history()
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:  # lists lag behind
                continue
            raise
        replayed += 1
        if why := await on.replay(history):
            faults.append(f"workflow {execution.id} does not replay: {why}")
    return Checked(replayed, counted(replayed, "history", "histories") + " replayed", faults)


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
