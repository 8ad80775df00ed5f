"""A film that waits for ever, and takes every decision: real Updates of a real server, without a film behind them."""

from __future__ import annotations

from temporalio import workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from schemas.jobs import FilmState, ShotCommand

QUEUE = "tests-waiting-films"
_STATE = FilmState(status="running", stage="keyframes", progress=42)


@workflow.defn(name="FilmWorkflow")
class WaitingFilm:
    """Stands in for `workflows.film.FilmWorkflow`."""

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: False)

    @workflow.update(name="approve")
    async def approve(self) -> FilmState:
        return _STATE

    @workflow.update(name="retry_shot")
    async def retry_shot(self, command: ShotCommand) -> FilmState:
        return _STATE

    @workflow.update(name="skip_shot")
    async def skip_shot(self, command: ShotCommand) -> FilmState:
        return _STATE


def worker(client: Client) -> Worker:
    """Make a worker for such films."""
    return Worker(client, task_queue=QUEUE, workflows=[WaitingFilm], workflow_runner=UnsandboxedWorkflowRunner())
