"""Two redrives of a dead letter at once have one effect, whether the queue gives it to one of them or to both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from temporalio.client import Client

from accounts import ledger
from accounts.acting import Acting
from api.usecases import dead_letters
from api.usecases.dead_letters import Redriven, letters_in, redrive
from infrastructure.db.engine import Database
from infrastructure.db.repositories import Commands, Events, Jobs, Projects
from infrastructure.ids import new_id
from infrastructure.queueing import Queues, Received
from infrastructure.settings import Settings
from schemas.enums import JobStatus
from schemas.errors import NotFound
from schemas.events import EventKind, NewEvent
from schemas.messages import DeadLetter
from tests import servers
from tests.accounts.users import balance, new_user, patient
from tests.conftest import film_input

pytestmark = pytest.mark.lab

FILMS, HONEST = 100, 10
LANES = 5
"""Of each kind of queue; whoever finds nothing in an honest one waits there for a second."""


class Lying(Queues):
    """A queue that gives a letter to both who look for it at once."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._both = asyncio.Barrier(2)

    async def take_dead_letter(self, message_id: str, *, hide_s: int = 0) -> Received | None:
        taken = await super().take_dead_letter(message_id, hide_s=0)
        await self._both.wait()
        return taken


async def failed_films(db: Database, user: UUID, number: int) -> list[DeadLetter]:
    """Films that have failed, whose credits went back; and what tells of them."""
    letters = []
    async with db.begin() as session:
        project = await Projects(session).ensure(user, "/scripts/lighthouse.fountain", "The Lighthouse")
        films = [film_input(user, project.project_id) for _ in range(number)]
        for film in films:
            await Jobs(session).create(film)
        for film in films:
            failed = NewEvent(job_id=film.job_id, key="r0/failed", kind=EventKind.FAILED, status=JobStatus.FAILED)
            await Events(session).record(failed)
            assert await ledger.reserve(session, user_id=user, job_id=film.job_id, rev=0, price=1)
            await ledger.settle(session, job_id=film.job_id, rev=0, captured=0)
    for film in films:
        letters.append(
            DeadLetter(
                kind="film",
                job_id=film.job_id,
                rev=0,
                stage="post",
                workflow_id=film.workflow_id,
                run_id="r",
                failure_type="StorageFull",
                message="No space is left.",
                attempts=1,
                occurred_at=datetime.now(UTC),
            )
        )
    return letters


@asynccontextmanager
async def accepting(db: Database) -> AsyncIterator[None]:
    """A relay whose Temporal accepts everything, and does nothing."""

    async def accept() -> None:
        while True:
            async with db.begin() as session:
                for command in await Commands(session).claim(50):
                    await Commands(session).sent(command.command_id)
            await asyncio.sleep(0.02)

    task = asyncio.create_task(accept())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def nobody() -> Client:
    raise AssertionError("no shot is tried again here")


async def redrive_twice(kind: type[Queues], letters: list[DeadLetter], moto: str, db: Database) -> list[object]:
    """Redrive each letter of a queue twice at once; what came of it, in pairs."""
    settings = Settings(
        env=f"t-{new_id().hex[-12:]}",
        sqs_endpoint_url=moto,
        aws_access_key_id=SecretStr(servers.ACCESS_KEY),
        aws_secret_access_key=SecretStr(servers.SECRET_KEY),
    )
    came: list[object] = []
    async with kind(settings) as queues:
        for letter in letters:
            await queues.send_dead_letter(letter)
            [message] = await letters_in(queues, 1)
            which, why = UUID(message.message_id), Acting(None, "the disk was full")
            again = [redrive(which, why, db=db, queues=queues, client=nobody) for _ in range(2)]
            came.extend(await asyncio.gather(*again, return_exceptions=True))
        assert (await queues.depths())[1].waiting == 0
    return came


async def test_a_hundred_double_redrives_have_a_hundred_single_effects(
    dsn: str, moto: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = patient(dsn)
    for patience in ("LOOKING_S", "STARTED_S"):  # of a machine that is busy
        monkeypatch.setattr(dead_letters, patience, 600.0)
    user = await new_user(db, credits=FILMS)
    letters = await failed_films(db, user, FILMS)
    truly, twice = letters[:HONEST], letters[HONEST:]
    async with accepting(db):
        honest = [redrive_twice(Queues, truly[lane::LANES], moto, db) for lane in range(LANES)]
        lying = [redrive_twice(Lying, twice[lane::LANES], moto, db) for lane in range(LANES)]
        came = await asyncio.gather(*honest, *lying)
    told = [one for lane in came[:LANES] for one in lane]
    assert [type(one) for one in sorted(told, key=lambda one: isinstance(one, NotFound))] == (
        [Redriven] * HONEST + [NotFound] * HONEST
    )
    lied_to = [one for lane in came[LANES:] for one in lane]
    assert [type(one) for one in lied_to] == [Redriven] * (2 * len(twice)), [
        one for one in lied_to if isinstance(one, Exception)
    ]
    async with db.begin() as session:
        for what, wanted in (
            ("SELECT count(*) FROM jobs WHERE rev = 1 AND status = 'queued'", FILMS),
            ("SELECT count(*) FROM job_versions WHERE rev > 0", FILMS),
            ("SELECT count(*) FROM workflow_commands", FILMS),
            ("SELECT count(*) FROM audit_log WHERE target_id IN (SELECT job_id FROM jobs)", FILMS),
        ):
            assert await session.scalar(text(what)) == wanted, what
    left = await balance(db, user)
    await db.close()
    assert (left.credits, left.reserved) == (0, FILMS)
