"""The sweeper: what was deleted from the database goes from the store, too. Part of the relay's process."""

from __future__ import annotations

from datetime import timedelta

import structlog
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from infrastructure.db.engine import Database
from infrastructure.db.leaving import RemovalRow
from infrastructure.db.listen import REMOVALS_CHANNEL
from infrastructure.db.repositories.removals import Removals
from infrastructure.removing import remove_below
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.errors import StudioError
from workers.outbox import empty

SWEEP_S = 5.0
"""How often removals are looked for when no notification came."""
CLAIM = 10
RPC_TIMEOUT = timedelta(seconds=5)
REASON = "The film was deleted."

log = structlog.get_logger(__name__)


async def sweep(settings: Settings, db: Database, client: Client) -> None:
    """Remove what was deleted, until cancelled; survive whatever is away meanwhile.

    Args:
        settings: The installation's.
        db: Where removals wait.
        client: Connected to Temporal.
    """
    async with ObjectStore(settings) as store:
        await empty(settings, REMOVALS_CHANNEL, SWEEP_S, lambda: sweep_once(db, store, client))


async def sweep_once(db: Database, store: ObjectStore, client: Client) -> int:
    """Make the removals that are due.

    A film that is still being made is called off first, and nothing is deleted before it has ended: it would write
    once more. A removal that fails, or whose process dies, is made again: deleting twice does no more than once.

    Returns:
        How many were claimed.
    """
    async with db.begin() as session:
        claimed = await Removals(session).claim(CLAIM)
    for removal in claimed:
        try:
            waits = await _made(removal, store, client)
        except (StudioError, RPCError) as error:
            waits = str(error)
        if waits:
            log.warning("a removal waits", prefix=removal.prefix, reason=waits)
        async with db.begin() as session:
            if waits:
                await Removals(session).waits(removal.removal_id, waits)
            else:
                await Removals(session).swept(removal)
    return len(claimed)


async def _made(removal: RemovalRow, store: ObjectStore, client: Client) -> str:
    """Make a removal; return what it waits for, or nothing."""
    if removal.workflow_id is not None and not await _ended(client, removal.workflow_id):
        return f"{removal.workflow_id} is ending"
    removed = await remove_below(store, removal.prefix)
    if removed:
        log.info("removed", prefix=removal.prefix, objects=removed)
    return ""


async def _ended(client: Client, workflow_id: str) -> bool:
    """Call a film off, and tell whether it has ended. One that never began has."""
    handle = client.get_workflow_handle(workflow_id)
    try:
        if (await handle.describe(rpc_timeout=RPC_TIMEOUT)).status is not WorkflowExecutionStatus.RUNNING:
            return True
        await handle.cancel(reason=REASON, rpc_timeout=RPC_TIMEOUT)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        return True
    return False
