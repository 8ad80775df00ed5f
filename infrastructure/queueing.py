"""Queues: what failed for good is sent here, for people to look at and to run again; and tickets, see `tickets`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from botocore.exceptions import ClientError
from pydantic import ValidationError

from infrastructure.aws import AwsService, error_code, translated
from infrastructure.settings import Settings
from schemas.errors import DependencyDown
from schemas.messages import DeadLetter, GpuTicket

RETENTION_S = 14 * 24 * 3600
VISIBILITY_S = 15 * 60
MAX_RECEIVES = 3
"""A ticket that was taken so often and never finished goes to the dead letters: its workers crash."""
PEEK_S = 30
"""For how long a dead letter that was read is hidden from other readers, in seconds."""


@dataclass(frozen=True)
class Depth:
    """How many messages a queue holds, as far as the service counts them: it may be a moment behind."""

    name: str
    waiting: int
    """To be received."""
    in_hand: int
    """Received, and not deleted yet."""


KINDS = ("film", "shot", "ticket", "other")
"""What dead letters are of: a film or a shot that failed for good, a ticket that workers died of, nothing of ours."""
GONE = {"AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"}
_LOST = {
    "ReceiptHandleIsInvalid",
    "MessageNotInflight",
    "InvalidParameterValue",
    "AWS.SimpleQueueService.MessageNotInflight",
}
"""What SQS says of a message that is no longer ours: deleted by who had it as well, or in hand for too long."""
_BATCH = 10  # what SQS hands out at once, at most
_SEARCHED = 10_000
"""Among so many messages one is looked for, at most."""


@dataclass(frozen=True)
class Received:
    """A message from the dead letter queue."""

    receipt: str
    """What `delete` takes; good for `PEEK_S` seconds."""
    letter: DeadLetter | None
    """None for a ticket of GPU demand that crashed its workers, and for what is not ours."""
    body: str
    """The message as it is."""
    receives: int
    """How often it was received, this time included."""
    message_id: str
    """The same however often it is received."""
    ticket: GpuTicket | None = None
    """The ticket of GPU demand, where it is one: those who had it in hand died, `MAX_RECEIVES` times."""

    @property
    def kind(self) -> str:
        """What it is, one of `KINDS`."""
        if self.letter is not None:
            return self.letter.kind
        return "other" if self.ticket is None else "ticket"


class Queues(AwsService):
    """The installation's queues. `async with` opens them; they are created when first needed."""

    def __init__(self, settings: Settings) -> None:
        """Prepare the queues; nothing is opened yet.

        Args:
            settings: Where they are, and with which credentials.
        """
        super().__init__("sqs", settings, settings.sqs_endpoint_url)
        self._name = f"The queue service at {settings.sqs_endpoint_url or 'AWS'}"
        self._urls: dict[str, str] = {}

    @property
    def settings(self) -> Settings:
        """They name the queues."""
        return self._settings

    async def ensure(self) -> None:
        """Create the queue of GPU demand and that of dead letters unless they exist, and set them up.

        Raises:
            DependencyDown: The service does not answer, or refuses.
        """
        await self._ensure(self._settings.jobs_queue)

    async def _ensure(self, name: str) -> None:
        """Create a queue, and that of dead letters behind it: what was received too often goes there."""
        kept = {"MessageRetentionPeriod": str(RETENTION_S), "VisibilityTimeout": str(VISIBILITY_S)}
        dead = self._settings.dead_letter_queue
        with translated(self._name, dead):
            self._urls[dead] = await self._queue(dead, kept)
            answer = await self._client.get_queue_attributes(QueueUrl=self._urls[dead], AttributeNames=["QueueArn"])
        redrive = {"deadLetterTargetArn": answer["Attributes"]["QueueArn"], "maxReceiveCount": MAX_RECEIVES}
        with translated(self._name, name):
            self._urls[name] = await self._queue(name, {**kept, "RedrivePolicy": json.dumps(redrive)})

    async def _queue(self, name: str, attributes: dict[str, str]) -> str:
        # Creating a queue that exists with other attributes is refused, so these are set on what is found.
        try:
            url: str = (await self._client.get_queue_url(QueueName=name))["QueueUrl"]
        except ClientError as error:
            if error_code(error) not in GONE:
                raise
            created = await self._client.create_queue(QueueName=name, Attributes=attributes)
            return str(created["QueueUrl"])
        await self._client.set_queue_attributes(QueueUrl=url, Attributes=attributes)
        return url

    async def on(self, name: str, operation: str, **arguments: Any) -> Any:
        """Call an operation on one of the queues, which is created where it is missing, or has gone since.

        Args:
            name: The queue's, as the settings have it.
            operation: The client's own name for it.
            arguments: Of the operation, but for the queue's address.

        Raises:
            DependencyDown: The service does not answer, or refuses; its cause says which.
        """
        for last in (False, True):
            if name not in self._urls:
                await self._find(name)
            with translated(self._name, name):
                try:
                    return await getattr(self._client, operation)(QueueUrl=self._urls[name], **arguments)
                except ClientError as error:
                    if last or error_code(error) not in GONE:
                        raise
                    self._urls.pop(name, None)

    async def _find(self, name: str) -> None:
        """Look for a queue, and create it only where there is none: who may do no more than use it need not."""
        with translated(self._name, name):
            try:
                self._urls[name] = (await self._client.get_queue_url(QueueName=name))["QueueUrl"]
                return
            except ClientError as error:
                if error_code(error) not in GONE:
                    raise
        await self._ensure(self._settings.jobs_queue if name == self._settings.dead_letter_queue else name)

    async def _on_dead_letters(self, operation: str, **arguments: Any) -> Any:
        return await self.on(self._settings.dead_letter_queue, operation, **arguments)

    async def depths(self) -> tuple[Depth, Depth]:
        """Count what the queue of GPU demand and that of dead letters hold. Nothing is created for it.

        Raises:
            DependencyDown: The service does not answer or refuses, or has no such queue.
        """
        return (await self.depth(self._settings.jobs_queue), await self.depth(self._settings.dead_letter_queue))

    async def depth(self, name: str) -> Depth:
        """Count what one queue holds. Nothing is created for it.

        Raises:
            DependencyDown: The service does not answer or refuses, or has no such queue.
        """
        waiting, in_hand = "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"
        with translated(self._name, name):
            url = (await self._client.get_queue_url(QueueName=name))["QueueUrl"]
            answer = await self._client.get_queue_attributes(QueueUrl=url, AttributeNames=[waiting, in_hand])
        found = answer["Attributes"]
        return Depth(name, int(found[waiting]), int(found[in_hand]))

    async def send_dead_letter(self, letter: DeadLetter) -> None:
        """Send what failed for good. At least once: a letter may arrive twice.

        Args:
            letter: What failed, and what is needed to run it again.

        Raises:
            DependencyDown: The service does not answer, or refuses.
        """
        await self._on_dead_letters("send_message", MessageBody=letter.model_dump_json())

    async def receive_dead_letters(self, maximum: int = _BATCH, *, hide_s: int = PEEK_S) -> list[Received]:
        """Read dead letters; each stays in the queue until it is deleted.

        Args:
            maximum: How many at most.
            hide_s: For how long they are hidden from other readers, in seconds.

        Raises:
            DependencyDown: The service does not answer, or refuses.
        """
        found: list[Received] = []
        while len(found) < maximum:
            answer = await self._on_dead_letters(
                "receive_message",
                MaxNumberOfMessages=min(_BATCH, maximum - len(found)),
                VisibilityTimeout=hide_s,
                WaitTimeSeconds=1,  # asks all of the service's hosts, not some
                MessageSystemAttributeNames=["ApproximateReceiveCount"],
            )
            messages = answer.get("Messages", [])
            if not messages:
                break
            found.extend(_received(message) for message in messages)
        return found

    async def look_at_dead_letters(self, maximum: int) -> list[Received]:
        """Read dead letters and give them back at once: others may receive them the next moment.

        Args:
            maximum: How many at most.

        Raises:
            DependencyDown: The service does not answer, or refuses.
        """
        found = await self.receive_dead_letters(maximum)
        await self.give_back([one.receipt for one in found])
        return found

    async def take_dead_letter(self, message_id: str, *, hide_s: int = PEEK_S) -> Received | None:
        """Take one message; those that are looked through for it are given back at once.

        Args:
            message_id: Which.
            hide_s: For how long it is hidden from other readers, in seconds.

        Returns:
            The message; None where there is none that nobody else has in hand.

        Raises:
            DependencyDown: The service does not answer, or refuses.
        """
        others: list[str] = []
        try:
            while len(others) < _SEARCHED:
                found = await self.receive_dead_letters(_BATCH, hide_s=hide_s)
                others.extend(one.receipt for one in found if one.message_id != message_id)
                for one in found:
                    if one.message_id == message_id:
                        return one
                if not found:
                    break
            return None
        finally:
            await self.give_back(others)

    async def give_back(self, receipts: Sequence[str]) -> None:
        """Let messages that were received be received by others, from now on.

        Raises:
            DependencyDown: The service does not answer, or refuses.
        """
        for start in range(0, len(receipts), _BATCH):
            entries = [
                {"Id": str(number), "ReceiptHandle": receipt, "VisibilityTimeout": 0}
                for number, receipt in enumerate(receipts[start : start + _BATCH])
            ]
            await self._on_dead_letters("change_message_visibility_batch", Entries=entries)

    async def delete(self, receipt: str) -> bool:
        """Delete a message that was received.

        Returns:
            Whether it was still ours: else somebody who had it as well has deleted it, or it comes back.

        Raises:
            DependencyDown: The service does not answer, or refuses.
        """
        try:
            await self._on_dead_letters("delete_message", ReceiptHandle=receipt)
        except DependencyDown as error:
            if is_lost(error):
                return False
            raise
        return True


def code_of(error: DependencyDown) -> str:
    """Say what the service called an error; nothing where it gave no answer."""
    return error_code(error.__cause__) if isinstance(error.__cause__, ClientError) else ""


def is_lost(error: DependencyDown) -> bool:
    """Say whether the service refused since the message that was meant is no longer ours."""
    return code_of(error) in _LOST


M = TypeVar("M", DeadLetter, GpuTicket)


def _read(kind: type[M], body: str) -> M | None:
    try:
        return kind.model_validate_json(body)
    except ValidationError:
        return None


def _received(message: dict[str, Any]) -> Received:
    letter = _read(DeadLetter, message["Body"])
    return Received(
        receipt=message["ReceiptHandle"],
        letter=letter,
        ticket=None if letter else _read(GpuTicket, message["Body"]),
        body=message["Body"],
        receives=int(message["Attributes"]["ApproximateReceiveCount"]),
        message_id=message["MessageId"],
    )
