"""Tickets: each stands for a piece of GPU work that waits or is in hand, and says nothing of what is to be done.

Autoscalers count them. Work never waits for one: where the queue is away, or lies, machines come and go some minutes
too late or too early. Which ticket somebody holds does not matter, so long as there are as many as there is work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from infrastructure import metrics
from infrastructure.queueing import GONE, MAX_RECEIVES, Depth, Queues, code_of, is_lost
from infrastructure.settings import Settings
from schemas.errors import DependencyDown
from schemas.messages import GpuTicket
from schemas.stages import Queue

HOLD_S = 60
"""For how long a ticket is out of the others' sight once it was taken, or held on to. Less than the queue's own quarter
of an hour: that of a worker that died is seen again within a minute."""
PATIENCE_S = 2.0
"""How long the queue may take to answer, in seconds: whoever asks has work to do."""
_BATCH = 10  # what SQS takes at once, at most


@dataclass(frozen=True)
class Ticket:
    """A ticket that somebody has in hand."""

    receipt: str
    receives: int
    """How often it was taken, this time included."""
    body: str


def queue_of_tickets(settings: Settings, queue: Queue) -> str:
    """Name the queue in which tickets for the work of a GPU queue lie.

    Raises:
        KeyError: It is no GPU queue.
    """
    return {Queue.GPU_KEYFRAME: settings.jobs_queue, Queue.GPU_MOTION: settings.motion_jobs_queue}[queue]


class Tickets:
    """The tickets of one GPU queue. All methods may be called at once from one loop."""

    def __init__(self, queues: Queues, queue: Queue) -> None:
        """Prepare; nothing is asked yet.

        Args:
            queues: The installation's, open.
            queue: Whose work the tickets stand for.
        """
        self._queues = queues
        self._queue = queue.value
        self.name = queue_of_tickets(queues.settings, queue)

    async def open(self, tickets: Sequence[GpuTicket]) -> None:
        """Say that there is more to do. At least once: a ticket may lie there twice.

        Raises:
            DependencyDown: The queue does not answer, or refuses; some may lie there.
        """
        bodies = [ticket.model_dump_json(by_alias=True) for ticket in tickets]
        for batch in _batches(bodies):
            entries = [{"Id": str(number), "MessageBody": body} for number, body in enumerate(batch)]
            await self._ask("send_message_batch", Entries=entries)
            self._count("opened", len(batch))

    async def take(self) -> Ticket | None:
        """Take a ticket, out of the others' sight for `HOLD_S` seconds.

        Returns:
            None where none is seen: there may be some nevertheless.

        Raises:
            DependencyDown: The queue does not answer, or refuses.
        """
        answer = await self._ask(
            "receive_message",
            MaxNumberOfMessages=1,
            VisibilityTimeout=HOLD_S,
            MessageSystemAttributeNames=["ApproximateReceiveCount"],
        )
        for message in answer.get("Messages", []):
            receives = int(message["Attributes"]["ApproximateReceiveCount"])
            self._count("taken")
            return Ticket(message["ReceiptHandle"], receives, message["Body"])
        return None

    async def hold(self, ticket: Ticket) -> bool:
        """Keep a ticket for `HOLD_S` seconds more.

        Returns:
            Whether it is still ours.

        Raises:
            DependencyDown: The queue does not answer, or refuses.
        """
        return await self._change(ticket, HOLD_S)

    async def close(self, ticket: Ticket) -> None:
        """Say that its work is done. Twice is as once.

        Raises:
            DependencyDown: The queue does not answer, or refuses; it comes back.
        """
        try:
            await self._ask("delete_message", ReceiptHandle=ticket.receipt)
        except DependencyDown as error:
            if not is_lost(error):
                raise
        self._count("closed")

    async def give_back(self, ticket: Ticket) -> None:
        """Say that its work is to be done by somebody else, or later.

        A ticket that was taken `MAX_RECEIVES` times would go to the dead letters next: it is changed for a new one,
        since whoever gives it back has not died of its work. Those of the dead alone shall get there.

        Raises:
            DependencyDown: The queue does not answer, or refuses; it comes back later.
        """
        if ticket.receives < MAX_RECEIVES:
            await self._change(ticket, 0)
            self._count("given_back")
            return
        # In this order: a ticket too many for a minute is better than none.
        await self._ask("send_message", MessageBody=ticket.body)
        self._count("opened")
        await self.close(ticket)

    async def depth(self) -> Depth:
        """Count them, as far as the service does; none where there is no queue yet.

        Raises:
            DependencyDown: The queue does not answer, or refuses.
        """
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._queues.depth(self.name)
        except TimeoutError as error:
            raise self._late() from error
        except DependencyDown as error:
            if code_of(error) in GONE:
                return Depth(self.name, 0, 0)
            raise

    async def _change(self, ticket: Ticket, seconds: int) -> bool:
        try:
            await self._ask("change_message_visibility", ReceiptHandle=ticket.receipt, VisibilityTimeout=seconds)
        except DependencyDown as error:
            if is_lost(error):
                return False
            raise
        return True

    async def _ask(self, operation: str, **arguments: Any) -> Any:
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._queues.on(self.name, operation, **arguments)
        except TimeoutError as error:
            raise self._late() from error

    def _count(self, act: str, number: int = 1) -> None:
        metrics.TICKETS.labels(self._queue, act).inc(number)

    def _late(self) -> DependencyDown:
        return DependencyDown(f"The queue {self.name} did not answer within {PATIENCE_S:g} s.")


def _batches(bodies: Sequence[str]) -> Iterator[Sequence[str]]:
    return (bodies[start : start + _BATCH] for start in range(0, len(bodies), _BATCH))
