"""Demand for GPUs: a ticket is opened before work is asked for, held while somebody is at it, closed when it is done.

Tickets are what machines are counted by, never what is done: nothing here fails a film, or keeps it waiting for longer
than a moment.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from activities.deps import Deps
from infrastructure.tickets import HOLD_S, PATIENCE_S, Ticket, Tickets
from schemas.errors import StudioError
from schemas.messages import GpuTicket
from schemas.payloads import GpuDemand
from schemas.stages import Queue

BEAT_S = HOLD_S / 3
"""How often a ticket is held on to, or looked for by somebody who works without one, in seconds."""

log = structlog.get_logger(__name__)


@dataclass
class DemandActivities:
    """Opens tickets."""

    deps: Deps

    @activity.defn
    async def open_ticket(self, demand: GpuDemand) -> None:
        """Say that there is a piece of GPU work more. Whether that was heard, the film need not know."""
        settings = self.deps.queues.settings
        tickets = Tickets(self.deps.queues, Queue(demand.queue))
        try:
            await tickets.open([GpuTicket.of(demand.film, settings.assets_bucket, demand.unit)])
        except StudioError as error:
            log.warning("no ticket opened", queue=tickets.name, reason=str(error))


class TicketsInHand(Interceptor):
    """Holds a ticket for whatever a GPU worker has in hand."""

    def __init__(self, tickets: Tickets, beat_s: float = BEAT_S) -> None:
        """Hold those of one queue.

        Args:
            tickets: Of the worker's queue.
            beat_s: How often one is held on to, or looked for.
        """
        self._tickets, self._beat_s = tickets, beat_s

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """Wrap the next interceptor."""
        return _Holding(next, self._tickets, self._beat_s)


class _Holding(ActivityInboundInterceptor):
    def __init__(self, next: ActivityInboundInterceptor, tickets: Tickets, beat_s: float) -> None:
        super().__init__(next)
        self._tickets, self._beat_s = tickets, beat_s

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        hand = Hand(self._tickets, self._beat_s)
        hand.hold()
        try:
            made = await self.next.execute_activity(input)
        except BaseException as error:
            await hand.let_go(done=not _comes_back(error))
            raise
        await hand.let_go(done=True)
        return made


def _comes_back(error: BaseException) -> bool:
    """Tell whether the work will be asked for once more."""
    if isinstance(error, ApplicationError):
        return not error.non_retryable
    if isinstance(error, asyncio.CancelledError):
        why = activity.cancellation_details()
        return why is None or not (why.cancel_requested or why.not_found)
    return True


class Hand:
    """The ticket of a piece of work, from its beginning to its end."""

    def __init__(self, tickets: Tickets, beat_s: float = BEAT_S) -> None:
        """Begin without one.

        Args:
            tickets: Where one is taken.
            beat_s: How often it is held on to.
        """
        self._tickets, self._beat_s = tickets, beat_s
        self._ticket: Ticket | None = None
        self._over = asyncio.Event()
        self._holding: asyncio.Task[None] | None = None

    def hold(self) -> None:
        """Take a ticket beside the work, and hold it. Who finds none looks again: it may come late."""
        self._holding = asyncio.create_task(self._hold())

    async def let_go(self, *, done: bool) -> None:
        """Close the ticket where its work is done, else give it back. Takes a few seconds at most, and never fails."""
        self._over.set()
        if self._holding is not None:
            await asyncio.gather(self._holding, return_exceptions=True)
        if self._ticket is None:
            return
        try:
            async with asyncio.timeout(PATIENCE_S):  # nobody heartbeats any more
                await (self._tickets.close if done else self._tickets.give_back)(self._ticket)
        except (StudioError, TimeoutError) as error:
            log.warning("a ticket comes back by itself", queue=self._tickets.name, reason=str(error))

    async def _hold(self) -> None:
        while True:  # once at least: work that is over at once has a ticket as well
            try:
                if self._ticket is None:
                    self._ticket = await self._tickets.take()
                elif not await self._tickets.hold(self._ticket):
                    self._ticket = None  # of two that had the same one, the other was through first
                    continue
            except StudioError as error:
                log.warning("working without a ticket", queue=self._tickets.name, reason=str(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), self._beat_s)
                return
