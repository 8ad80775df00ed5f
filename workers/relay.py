"""The relay: carries commands to Temporal, letters to the mail server, news to webhooks, and what was deleted away.

It also asks about lost payments, and counts tickets.

`python -m workers.relay` runs it as a process.

A command is written in the transaction of what it is about, and is delivered at least once; the workflow's id
makes of that exactly once.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog
from pydantic import ValidationError
from temporalio.client import Client
from temporalio.common import (
    Priority,
    SearchAttributeKey,
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from infrastructure import metrics
from infrastructure.db.engine import Database
from infrastructure.db.listen import COMMANDS_CHANNEL, listen
from infrastructure.db.repositories.commands import Commands
from infrastructure.db.tables import CommandKind, CommandRow
from infrastructure.settings import Settings
from infrastructure.tracing import resumed, span
from schemas.enums import Tier
from schemas.errors import DependencyDown
from schemas.jobs import FilmInput, film_workflow_id
from schemas.stages import Queue
from workers.bookkeeper import keep_books
from workers.connecting import connect_temporal, until_up
from workers.health import READINESS
from workers.herald import keep_sealed, tell
from workers.postman import deliver
from workers.process import run_process
from workers.sweeper import sweep
from workers.usher import usher
from workflows.film import FilmWorkflow
from workflows.wording import film_details, film_summary

SWEEP_S = 2.0
"""How often the outbox is looked at when no notification came."""
CLAIM = 20
RPC_TIMEOUT = timedelta(seconds=5)

PRIORITIES = {Tier.STUDIO: 2, Tier.PRO: 3, Tier.FREE: 4}
"""Temporal's priority keys: lower goes first. Within one, users take turns; for a GPU as `schemas.turns` says."""

CANCEL_REASON = "The job's owner called the film off."
"""The history tells it apart from a cancel out of the Web UI or the shell."""

log = structlog.get_logger(__name__)


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Relay until told to stop; survive whatever is away meanwhile.

    Args:
        settings: The installation's.
        stop: Set by whoever wants the relay to end.
    """
    db = Database(settings.database_url)
    stopping = asyncio.create_task(stop.wait())
    beside: list[asyncio.Task[None]] = []
    try:
        await until_up("database", db.ready)
        beside += [asyncio.create_task(work(settings, db)) for work in (deliver, tell, keep_sealed, keep_books)]
        client = await until_up("Temporal", lambda: connect_temporal(settings))
        beside += [asyncio.create_task(sweep(settings, db, client)), asyncio.create_task(usher(settings, db, client))]
        READINESS.working = True
        while not stop.is_set():
            try:
                await _relay(settings, db, client, stopping)
            except DependencyDown as error:
                log.warning("waiting for the database", reason=str(error))
                await asyncio.wait({stopping}, timeout=SWEEP_S)
    finally:
        READINESS.working = False
        for task in (stopping, *beside):
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await db.close()


async def _relay(settings: Settings, db: Database, client: Client, stopping: asyncio.Task[object]) -> None:
    async with listen(settings.database_url, COMMANDS_CHANNEL) as notifications:
        while not stopping.done():
            while await relay_once(db, client):
                pass
            waiting = asyncio.ensure_future(notifications.wait_for(SWEEP_S))
            await asyncio.wait({waiting, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if stopping.done():
                waiting.cancel()
                await asyncio.gather(waiting, return_exceptions=True)
                return
            waiting.result()


async def relay_once(db: Database, client: Client) -> int:
    """Deliver the commands that are due.

    Returns:
        How many were claimed.
    """
    async with db.begin() as session:
        commands = await Commands(session).claim(CLAIM)
    for command in commands:
        try:
            await _deliver(client, command)
        except (RPCError, ValidationError) as error:
            log.warning("not delivered", command=command.kind, job=str(command.job_id), reason=str(error))
            async with db.begin() as session:
                await Commands(session).failed(command.command_id, str(error))
            metrics.DELIVERIES.labels("commands", metrics.FAILED).inc()
        else:
            async with db.begin() as session:
                await Commands(session).sent(command.command_id)
            metrics.DELIVERIES.labels("commands", metrics.DELIVERED).inc()
            log.info("delivered", command=command.kind, job=str(command.job_id), rev=command.rev)
    return len(commands)


async def _deliver(client: Client, command: CommandRow) -> None:
    facts = {"studio.command": str(command.kind), "studio.job": str(command.job_id), "studio.rev": command.rev}
    with span("deliver", facts, kind="consumer", parent=resumed(command.payload)):
        if command.kind == CommandKind.START:
            await _start(client, FilmInput.model_validate(command.payload))
        else:
            await _cancel(client, film_workflow_id(command.job_id, command.rev))


async def _start(client: Client, film: FilmInput) -> None:
    try:
        await client.start_workflow(
            FilmWorkflow.run,
            film,
            id=film.workflow_id,
            task_queue=Queue.FILM_CPU.value,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            search_attributes=_search_attributes(film),
            static_summary=film_summary(film),
            static_details=film_details(film),
            priority=Priority(priority_key=PRIORITIES[film.options.tier], fairness_key=str(film.user_id)),
            rpc_timeout=RPC_TIMEOUT,
        )
    except WorkflowAlreadyStartedError:
        log.info("started before", workflow=film.workflow_id)


async def _cancel(client: Client, workflow_id: str) -> None:
    try:
        await client.get_workflow_handle(workflow_id).cancel(reason=CANCEL_REASON, rpc_timeout=RPC_TIMEOUT)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        log.info("ended before it could be cancelled", workflow=workflow_id)


def _search_attributes(film: FilmInput) -> TypedSearchAttributes:
    pairs = {
        "FilmId": film.job_id,
        "UserId": film.user_id,
        "Tier": film.options.tier,
        "Stage": "queued",
    }
    return TypedSearchAttributes(
        [SearchAttributePair(SearchAttributeKey.for_keyword(name), str(value)) for name, value in pairs.items()]
        + [SearchAttributePair(SearchAttributeKey.for_bool("NeedsAttention"), False)]
    )


if __name__ == "__main__":
    run_process("relay", serve)
