"""Webhooks, from a film's event to a receiver that checks the signature with the library itself."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from standardwebhooks.webhooks import WebhookVerificationError

from accounts.sealing import WEBHOOKS, Sealer, seal_webhooks_anew
from api.usecases import webhooks as usecases
from infrastructure.db.engine import Database
from infrastructure.db.hooks import DeliveryRow, WebhookRow
from infrastructure.db.listen import WEBHOOKS_CHANNEL, listen
from infrastructure.db.repositories import Events
from infrastructure.db.repositories.deliveries import Deliveries
from infrastructure.outbound import Outbound
from infrastructure.settings import Settings
from schemas.enums import JobStatus
from schemas.errors import Conflict
from schemas.events import EventKind, NewEvent
from schemas.hooks import HookEvent, ShutWhy
from schemas.jobs import FilmInput
from tests.receiver import HANG, Receiver, receiver
from workers import herald as heralds
from workers.herald import PAUSES_S, Herald

pytestmark = pytest.mark.lab
SECRET = "a secret of the tests, and of nothing else"
PAGE = Path(__file__).parents[2] / "docs" / "api.md"
_SNIPPET = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OUTPUT = {"key": "jobs/j/output/final.mp4", "sha256": "a" * 64, "bytes": 1000, "media_type": "video/mp4"}


@dataclass
class House:
    """A user with a film and webhooks, and the herald."""

    db: Database
    dsn: str
    film: FilmInput
    sealer: Sealer
    outbound: Outbound
    herald: Herald

    async def hook(self, url: str, *events: HookEvent) -> tuple[UUID, str]:
        hook, secret = await usecases.add_webhook(
            self.film.user_id, url, events or tuple(HookEvent), db=self.db, sealer=self.sealer, outbound=self.outbound
        )
        return hook.webhook_id, secret

    async def happens(self, status: JobStatus | None, key: str = "", rev: int = 0, **data: Any) -> None:
        kind = EventKind.COMPLETED if status is JobStatus.COMPLETED else EventKind.SHOT_PARKED
        event = NewEvent(
            job_id=self.film.job_id, rev=rev, key=key or f"{rev}/{status}", kind=kind, status=status, data=data
        )
        async with self.db.begin() as session:
            await Events(session).record(event.model_copy(update={"message": f"It is {status}."}))

    async def completes(self) -> None:
        await self.happens(JobStatus.COMPLETED, output=OUTPUT)

    async def rows(self, webhook_id: UUID) -> list[DeliveryRow]:
        async with self.db.begin() as session:
            return list(await Deliveries(session).page(webhook_id, 100, None))

    async def state(self, webhook_id: UUID) -> WebhookRow:
        return await usecases.webhook_of(self.film.user_id, webhook_id, db=self.db)

    async def run(self, statement: str, **values: Any) -> Any:
        async with self.db.begin() as session:
            return (
                (await session.execute(text(statement), values)).all()
                if "SELECT" in statement
                else await session.execute(text(statement), values)
            )

    async def later(self) -> None:
        """Let all pauses, and what others hold, be over."""
        await self.run("UPDATE webhook_deliveries SET next_try_at = created_at WHERE next_try_at IS NOT NULL")
        await self.run("UPDATE webhooks SET busy_until = created_at")


@pytest.fixture
async def house(db: Database, dsn: str, film: FilmInput) -> AsyncIterator[House]:
    sealer, outbound = Sealer(Settings(auth_secret=SecretStr(SECRET)), WEBHOOKS), Outbound(loopback=True, at_once=32)
    yield House(db, dsn, film, sealer, outbound, Herald(db, sealer, outbound))
    async with db.begin() as session:
        await session.execute(text("DELETE FROM mails"))
    outbound.close()


async def test_secrets_outlive_that_which_sealed_them(house: House) -> None:
    async with receiver() as opened:
        hook, first = await house.hook(opened.url)
        _, second = await usecases.rotate_secret(house.film.user_id, hook, db=house.db, sealer=house.sealer)
        newer = SecretStr(SECRET[::-1])
        both = Sealer(Settings(auth_secret=newer, auth_secrets_before=(SecretStr(SECRET),)), WEBHOOKS)
        assert await seal_webhooks_anew(house.db, both) == 2
        assert await seal_webhooks_anew(house.db, both) == 0
        await house.completes()
        await Herald(house.db, Sealer(Settings(auth_secret=newer), WEBHOOKS), house.outbound).tell_once()
    (told,) = opened.received
    assert told.verified(first) == told.verified(second)


async def test_what_happens_to_a_film_is_told_and_signed(house: House) -> None:
    async with receiver() as opened:
        hook, secret = await house.hook(opened.url)
        for status in (JobStatus.AWAITING_REVIEW, JobStatus.RUNNING, JobStatus.NEEDS_ATTENTION):
            await house.happens(status)
        await house.completes()
        while await house.herald.tell_once():
            pass
    told = [one.verified(secret) for one in opened.received]
    assert [one["type"] for one in told] == ["film.awaiting_review", "film.needs_attention", "film.completed"]
    documented: dict[str, Any] = {}
    exec(_SNIPPET.findall(PAGE.read_text("utf-8"))[0], documented)
    assert documented["read"](secret, opened.received[-1].headers, opened.received[-1].body) == told[-1]
    data = told[-1]["data"]
    assert (data["job_id"], data["title"]) == (str(house.film.job_id), house.film.title)
    assert (data["status"], data["revision"], data["event"], data["error"]) == ("completed", 0, 4, None)
    assert data["message"] == "It is completed."
    assert datetime.fromisoformat(told[-1]["timestamp"]).utcoffset() == timedelta(0)
    assert len({one.headers["webhook-id"] for one in opened.received}) == 3
    with pytest.raises(WebhookVerificationError):
        opened.received[0].verified(usecases.new_secret())
    with pytest.raises(WebhookVerificationError):
        opened.received[0]._replace(body=opened.received[1].body).verified(secret)
    rows = await house.rows(hook)
    assert all(row.delivered_at and row.last_status == 200 and row.attempts == 1 for row in rows)


async def test_only_what_a_film_comes_to_is_told_and_only_to_those_who_want_it(house: House) -> None:
    hook, _ = await house.hook("https://8.8.8.8/")
    picky, _ = await house.hook("https://8.8.8.8/", HookEvent.CANCELLED)
    off, _ = await house.hook("https://8.8.8.8/")
    await usecases.switch_webhook(house.film.user_id, off, on=False, db=house.db)
    await house.happens(JobStatus.NEEDS_ATTENTION, "shot 1")
    await house.happens(JobStatus.NEEDS_ATTENTION, "shot 2")
    await house.happens(None, "a shot is made")
    await house.happens(JobStatus.RUNNING)
    await house.happens(JobStatus.NEEDS_ATTENTION, "shot 3")
    await house.happens(JobStatus.CANCELLED)
    await house.happens(JobStatus.CANCELLED)  # the same key
    await house.happens(JobStatus.FAILED)  # after the end
    await house.happens(JobStatus.QUEUED, rev=1)
    await house.happens(JobStatus.CANCELLED, "late", rev=0)
    await house.happens(JobStatus.CANCELLED, rev=1)
    told = [row.event for row in reversed(await house.rows(hook))]
    assert told == ["film.needs_attention", "film.needs_attention", "film.cancelled", "film.cancelled"]
    assert [row.event for row in await house.rows(picky)] == ["film.cancelled", "film.cancelled"]
    assert await house.rows(off) == []


async def test_an_event_that_is_not_recorded_is_not_told(house: House) -> None:
    hook, _ = await house.hook("https://8.8.8.8/")
    event = NewEvent(job_id=house.film.job_id, key="x", kind=EventKind.CANCELLED, status=JobStatus.CANCELLED)
    async with house.db.begin() as session:
        await Events(session).record(event)
        assert len((await session.execute(text("SELECT 1 FROM webhook_deliveries"))).all()) == 1
        await session.rollback()
    assert await house.rows(hook) == []


async def test_it_is_tried_again_with_the_same_id_until_it_is_taken(house: House) -> None:
    async with receiver() as opened, receiver() as other:
        opened.answers = [500, 404, other.url, 200]
        hook, secret = await house.hook(opened.url)
        await house.completes()
        for _ in range(3):
            assert await house.herald.tell_once() == 1
            assert await house.herald.tell_once() == 0  # it waits
            await house.later()
        assert await house.herald.tell_once() == 1
        await house.later()
        assert await house.herald.tell_once() == 0
    assert len({one.headers["webhook-id"] for one in opened.received}) == 1
    assert len({one.body for one in opened.received}) == 1
    assert len([one.verified(secret) for one in opened.received]) == 4
    assert other.received == []
    (row,) = await house.rows(hook)
    assert (row.attempts, row.last_status, row.last_error) == (4, 200, None)


async def test_it_is_told_again_if_whoever_told_it_dies_before_noting(house: House, dsn: str) -> None:
    """The relay's process, killed with the request in flight: at least once, and by the same id."""
    async with receiver() as opened:
        opened.answers = [HANG]
        hook, secret = await house.hook(opened.url)
        await house.completes()
        told = {
            "STUDIO_DATABASE_URL": dsn,
            "STUDIO_AUTH_SECRET": SECRET,
            "STUDIO_WEBHOOKS_LOOPBACK": "true",
            "STUDIO_TEMPORAL_ADDRESS": "127.0.0.1:1",  # away: webhooks are told all the same
        }
        process = subprocess.Popen([sys.executable, "-m", "workers.relay"], env={**os.environ, **told})
        await asyncio.wait_for(opened.arrived.wait(), 120)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert await house.herald.tell_once() == 0  # it is the dead one's, for a while
        await house.later()
        assert await house.herald.tell_once() == 1
    first, second = opened.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.verified(secret) == second.verified(secret)
    (row,) = await house.rows(hook)
    assert row.delivered_at is not None
    assert row.attempts == 2


async def test_after_all_tries_a_webhook_is_shut_and_its_owner_gets_a_letter(house: House) -> None:
    async with receiver() as opened:
        opened.answers = [500] * 8
        hook, secret = await house.hook(opened.url)
        await house.completes()
        for attempt in range(1, 9):
            assert await house.herald.tell_once() == 1
            (row,) = await house.rows(hook)
            assert (row.attempts, row.last_status) == (attempt, 500)
            if row.next_try_at is not None and row.tried_at is not None:
                pause = PAUSES_S[attempt - 1]
                assert timedelta(seconds=pause * 0.9) <= row.next_try_at - row.tried_at < timedelta(seconds=pause + 60)
            await house.later()
        assert row.next_try_at is None
        assert (await house.state(hook)).disabled_why is ShutWhy.FAILING
        (letter,) = await house.run("SELECT recipient, subject, body FROM mails")
        assert opened.url in letter.body
        with pytest.raises(Conflict):
            await usecases.redeliver(house.film.user_id, hook, row.delivery_id, db=house.db)
        await usecases.switch_webhook(house.film.user_id, hook, on=True, db=house.db)
        again = await usecases.redeliver(house.film.user_id, hook, row.delivery_id, db=house.db)
        assert (again.attempts, again.event_id) == (0, row.event_id)
        assert await house.herald.tell_once() == 1
    assert opened.received[-1].verified(secret) == opened.received[0].verified(secret)
    assert sum(PAUSES_S) <= 72 * 3600
    assert len(PAUSES_S) == 7


async def test_one_that_takes_other_things_is_not_shut(house: House) -> None:
    async with receiver() as opened:
        hook, _ = await house.hook(opened.url)
        await house.happens(JobStatus.AWAITING_REVIEW)
        assert await house.herald.tell_once() == 1
        await house.completes()
        opened.answers = [500] * 8
        for _ in range(8):
            assert await house.herald.tell_once() == 1
            await house.later()
        assert await house.herald.tell_once() == 0
    assert (await house.state(hook)).disabled_at is None
    assert (await house.rows(hook))[0].next_try_at is None


async def test_one_that_is_gone_is_shut_at_once(house: House) -> None:
    async with receiver() as opened:
        opened.answers = [410]
        hook, _ = await house.hook(opened.url)
        await house.completes()
        assert await house.herald.tell_once() == 1
        await house.later()
        assert await house.herald.tell_once() == 0
    assert (await house.state(hook)).disabled_why is ShutWhy.GONE
    assert len(await house.run("SELECT 1 FROM mails")) == 1


async def test_slow_ones_hold_up_nobody_and_each_is_told_one_thing_at_a_time(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heralds, "AT_ONCE", 4)
    async with receiver() as slow, receiver() as quick:
        slow.answers = [HANG, HANG, HANG]
        for _ in range(3):
            await house.hook(slow.url)
        hook, _ = await house.hook(quick.url)
        for status in (JobStatus.AWAITING_REVIEW, JobStatus.NEEDS_ATTENTION, JobStatus.CANCELLED):
            await house.happens(status)
        async with listen(house.dsn, WEBHOOKS_CHANNEL) as notifications:
            working = asyncio.create_task(house.herald.work(notifications))
            while not all(row.delivered_at for row in await house.rows(hook)):
                quick.arrived.clear()
                await asyncio.wait_for(asyncio.shield(_next(quick)), 120)
            while slow.at_once < 3:  # their requests may be on their way yet
                await asyncio.sleep(0.01)
            assert slow.at_once == 3
            assert await house.herald.tell_once() == 0  # two more wait for each, until it has taken the first
            assert quick.most_at_once == 1
            slow.released.set()
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)


async def _next(opened: Receiver) -> None:
    waiting = asyncio.create_task(opened.arrived.wait())
    await asyncio.wait({waiting}, timeout=0.1)  # the note follows the request
    waiting.cancel()


async def test_two_heralds_tell_each_thing_once(house: House) -> None:
    async with receiver() as opened:
        for _ in range(5):
            await house.hook(opened.url)
        await house.completes()
        others = [Herald(house.db, house.sealer, house.outbound) for _ in range(4)]
        counts = await asyncio.gather(*(one.tell_once() for one in others))
    assert sum(counts) == len(opened.received) == 5


async def test_both_secrets_sign_for_a_day(house: House) -> None:
    async with receiver() as opened:
        hook, old = await house.hook(opened.url)
        _, new = await usecases.rotate_secret(house.film.user_id, hook, db=house.db, sealer=house.sealer)
        await house.happens(JobStatus.AWAITING_REVIEW)
        await house.herald.tell_once()
        assert opened.received[0].verified(old) == opened.received[0].verified(new)
        await house.run("UPDATE webhooks SET secret_before_until = clock_timestamp()")
        await house.completes()
        await house.herald.tell_once()
    opened.received[1].verified(new)
    with pytest.raises(WebhookVerificationError):
        opened.received[1].verified(old)
    stored = (await house.run("SELECT secret, secret_before FROM webhooks"))[0]
    assert not any(secret[6:].encode() in sealed for secret in (old, new) for sealed in stored)


async def test_a_secret_that_cannot_be_read_any_more_is_no_accident(house: House) -> None:
    async with receiver() as opened:
        hook, _ = await house.hook(opened.url)
        await house.completes()
        stranger = Sealer(Settings(auth_secret=SecretStr("x" * 40)), WEBHOOKS)
        assert await Herald(house.db, stranger, house.outbound).tell_once() == 1
        (row,) = await house.rows(hook)
        assert row.last_error == "The secret can no longer be read: rotate it."
        both = Settings(auth_secret=SecretStr("x" * 40), auth_secrets_before=(SecretStr(SECRET),))
        await house.later()
        assert await Herald(house.db, Sealer(both, WEBHOOKS), house.outbound).tell_once() == 1
    assert len(opened.received) == 1


async def test_what_leads_inside_is_refused_when_it_is_named_and_when_it_is_told(house: House) -> None:
    outside = Outbound()
    async with receiver() as opened:
        hook, _ = await house.hook(opened.url)
        await house.completes()
        assert await Herald(house.db, house.sealer, outside).tell_once() == 1
        (row,) = await house.rows(hook)
        assert row.last_error == "url: the address must begin with https://."
        assert opened.received == []
    outside.close()


async def test_nobody_has_more_than_ten(house: House) -> None:
    made = await asyncio.gather(*(house.hook("https://8.8.8.8/") for _ in range(14)), return_exceptions=True)
    assert sum(isinstance(one, Conflict) for one in made) == 4
    assert len(await usecases.webhooks_of(house.film.user_id, db=house.db)) == 10
