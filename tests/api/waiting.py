"""A film that waits for ever, and takes every decision: real Updates of a real server, without a film behind them."""

from __future__ import annotations

from temporalio import workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from schemas.edits import RevisionCommand
from schemas.jobs import FilmState, ShotCommand

QUEUE = "tests-waiting-films"
STATE = FilmState(status="running", stage="keyframes", progress=42)


@workflow.defn(name="FilmWorkflow")
class WaitingFilm:
    """Stands in for `workflows.film.FilmWorkflow`."""

    @workflow.init
    def __init__(self, state: FilmState) -> None:
        self._state = state

    @workflow.run
    async def run(self, state: FilmState) -> None:
        await workflow.wait_condition(lambda: False)

    @workflow.query
    def state(self) -> FilmState:
        return self._state

    @workflow.update(name="approve")
    async def approve(self) -> FilmState:
        return self._state

    @workflow.update(name="retry_shot")
    async def retry_shot(self, command: ShotCommand) -> FilmState:
        return self._state

    @workflow.update(name="skip_shot")
    async def skip_shot(self, command: ShotCommand) -> FilmState:
        return self._state

    @workflow.update(name="revise")
    async def revise(self, command: RevisionCommand) -> FilmState:
        return self._state


def worker(client: Client) -> Worker:
    """Make a worker for such films."""
    return Worker(client, task_queue=QUEUE, workflows=[WaitingFilm], workflow_runner=UnsandboxedWorkflowRunner())
