"""`studio dlq list|redrive|discard`: what failed for good, by whoever sits at the installation."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar
from uuid import UUID

from accounts.acting import Acting
from api.usecases.dead_letters import Redriven, discard, letters_in, redrive
from cli import output
from cli.client import Client, connected
from cli.lab import Lab
from infrastructure.queueing import Queues, Received
from workers.connecting import connect_temporal
from workers.leaving import leave

T = TypeVar("T")

MOST = 1000


def show_letters(*, as_json: bool) -> None:
    """List dead letters, the newest first."""

    async def ask(_client: Client, queues: Queues) -> list[Received]:
        return list(await letters_in(queues, MOST))

    found = _with_lab(ask)
    if as_json:
        output.say_json({"letters": [_plain(one) for one in found]})
        return
    for one in found:
        output.say(_line(one))
    output.say(f"{len(found)} dead {'letter' if len(found) == 1 else 'letters'}.")


def redrive_letter(message_id: UUID, reason: str) -> None:
    """Run again what failed for good. Ends the process: Temporal was spoken with."""

    async def ask(client: Client, queues: Queues) -> Redriven:
        connect = partial(connect_temporal, client.settings)
        return await redrive(message_id, Acting(None, reason), db=client.db, queues=queues, client=connect)

    done = _with_lab(ask)
    what = f"shot {done.letter.shot}" if done.letter.shot else f"the film, as revision {done.rev}"
    output.say(f"Job {done.letter.job_id}: {what} is tried again.")
    leave(0)


def discard_letter(message_id: UUID, reason: str) -> None:
    """Set a dead letter aside for good."""

    async def ask(client: Client, queues: Queues) -> Received:
        return await discard(message_id, Acting(None, reason), db=client.db, queues=queues)

    output.say(f"Discarded: {_line(_with_lab(ask))}")


def _with_lab(ask: Callable[[Client, Queues], Awaitable[T]]) -> T:
    async def run() -> T:
        async with connected(Lab().up()) as client, Queues(client.settings) as queues:
            return await ask(client, queues)

    return asyncio.run(run())


def _plain(one: Received) -> dict[str, object]:
    letter = one.letter and one.letter.model_dump(mode="json")
    return {
        "message_id": one.message_id,
        "receives": one.receives,
        "letter": letter,
        "body": None if letter else one.body,
    }


def _line(one: Received) -> str:
    letter = one.letter
    if one.ticket is not None:
        return f"{one.message_id}  GPU workers died at it, see their logs: {one.ticket.unit} of job {one.ticket.job_id}"
    if letter is None:
        return f"{one.message_id}  no letter of ours: {one.body[:80]}"
    what = f"shot {letter.shot}" if letter.shot else "film"
    when = f"{one.message_id}  {letter.occurred_at:%Y-%m-%d %H:%M}"
    return f"{when}  {what} of job {letter.job_id}, revision {letter.rev}: {letter.message}"
