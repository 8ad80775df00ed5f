"""The herald: tells webhooks what waits for them in the database. Part of the relay's process."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from standardwebhooks import Webhook

from accounts import letters
from accounts.sealing import WEBHOOKS, Sealer, seal_webhooks_anew
from infrastructure import metrics
from infrastructure.db.engine import Database
from infrastructure.db.listen import WEBHOOKS_CHANNEL, Notifications, listen
from infrastructure.db.repositories.deliveries import Claimed, Deliveries
from infrastructure.db.repositories.mails import Mails
from infrastructure.db.repositories.webhooks import Webhooks
from infrastructure.outbound import Outbound
from infrastructure.settings import Settings
from schemas.errors import Conflict, DependencyDown, InvalidRequest, StorageFull
from schemas.hooks import ShutWhy

SEAL_S = 3600.0
"""How often secrets are looked for that are sealed with a `STUDIO_AUTH_SECRET` of before: while another is rolled out,
an API that has not heard of it yet goes on with the old one."""
SWEEP_S = 5.0
"""How often the outbox is looked at when no notification came."""
AT_ONCE = 32
"""How many webhooks are spoken with at once; each of them about one thing."""
PAUSES_S = (5, 300, 1800, 2 * 3600, 6 * 3600, 20 * 3600, 43 * 3600)
"""How long to wait after each try that failed, but the last: 8 tries within 72 hours."""
JITTER = 0.1
"""By up to so much less is waited: those that failed together need not come back together."""
GONE = 410

log = structlog.get_logger(__name__)


async def tell(settings: Settings, db: Database) -> None:
    """Tell webhooks what waits for them until cancelled; survive whatever is away meanwhile.

    Args:
        settings: The installation's.
        db: Where it waits.
    """
    if settings.auth_secret is None:
        log.warning("no webhooks are told anything: STUDIO_AUTH_SECRET is not set")
        return
    outbound = Outbound(loopback=settings.webhooks_loopback, at_once=AT_ONCE)
    herald = Herald(db, Sealer(settings, WEBHOOKS), outbound)
    try:
        while True:
            try:
                async with listen(settings.database_url, WEBHOOKS_CHANNEL) as notifications:
                    await herald.work(notifications)
            except (DependencyDown, StorageFull) as error:
                log.warning("waiting for the database", reason=str(error))
                await asyncio.sleep(SWEEP_S)
    finally:
        outbound.close()


async def keep_sealed(settings: Settings, db: Database) -> None:
    """Seal webhooks' secrets with the installation's newest, from time to time, until cancelled.

    Args:
        settings: The installation's.
        db: Where they lie.
    """
    if settings.auth_secret is None:
        return
    sealer = Sealer(settings, WEBHOOKS)
    while True:
        try:
            anew = await seal_webhooks_anew(db, sealer)
        except (DependencyDown, StorageFull) as error:
            log.warning("waiting for the database", reason=str(error))
            await asyncio.sleep(SWEEP_S)
        else:
            if anew:
                log.info("secrets were sealed with the newest STUDIO_AUTH_SECRET", secrets=anew)
            await asyncio.sleep(SEAL_S)


class Herald:
    """Tells webhooks things."""

    def __init__(self, db: Database, sealer: Sealer, outbound: Outbound) -> None:
        """Take what it works with.

        Args:
            db: Where things wait.
            sealer: Opens the secrets that are signed with.
            outbound: Sends.
        """
        self._db = db
        self._sealer = sealer
        self._outbound = outbound

    async def work(self, notifications: Notifications) -> None:
        """Tell until cancelled: whoever is slow takes one of `AT_ONCE` places, and nobody else's time.

        Raises:
            DependencyDown: The database is away; what was being told is told again.
        """
        telling: set[asyncio.Task[None]] = set()
        news: asyncio.Task[str | None] | None = None
        try:
            while True:
                claimed = await self._claim(AT_ONCE - len(telling))
                telling |= {asyncio.create_task(self.tell(one)) for one in claimed}
                if claimed and len(telling) < AT_ONCE:
                    continue
                news = news or asyncio.create_task(notifications.wait_for(SWEEP_S))
                done, _ = await asyncio.wait({news, *telling}, return_when=asyncio.FIRST_COMPLETED)
                if news in done:
                    news = None
                telling -= done
                for task in done:
                    task.result()
        finally:
            left = [task for task in (news, *telling) if task is not None]
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    async def tell_once(self) -> int:
        """Tell what is due, one thing to each webhook.

        Returns:
            How many things were claimed.
        """
        claimed = await self._claim(AT_ONCE)
        await asyncio.gather(*(self.tell(one) for one in claimed))
        return len(claimed)

    async def _claim(self, free: int) -> list[Claimed]:
        if not free:
            return []
        async with self._db.begin() as session:
            return list(await Deliveries(session).claim(free))

    async def tell(self, claimed: Claimed) -> None:
        """Tell a webhook one thing, and write down what came of it."""
        status: int | None = None
        try:
            status = await self._send(claimed)
            error = "" if 200 <= status < 300 else f"The answer was {status}; only 2xx means that it was taken."
        except (DependencyDown, InvalidRequest, Conflict) as failure:
            error = str(failure)
        except Exception:
            # A mistake of ours with one of them must not keep the others from being told.
            log.exception("a webhook could not be told", webhook=str(claimed.webhook_id))
            error = "Something went wrong here."
        if not error and status is not None:
            async with self._db.begin() as session:
                await Deliveries(session).delivered(claimed, status)
            metrics.DELIVERIES.labels("webhooks", metrics.DELIVERED).inc()
            return
        log.warning("a webhook was not told", webhook=str(claimed.webhook_id), news=claimed.event_id, reason=error)
        await self._failed(claimed, status, error)
        metrics.DELIVERIES.labels("webhooks", metrics.FAILED).inc()

    async def _send(self, claimed: Claimed) -> int:
        now = datetime.now(UTC)
        secrets = [
            self._sealer.open(sealed) for sealed in (claimed.secret, claimed.secret_before) if sealed is not None
        ]
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "ai-film-studio",
            "webhook-id": claimed.event_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": " ".join(Webhook(one).sign(claimed.event_id, now, claimed.body) for one in secrets),
        }
        return await self._outbound.post(claimed.url, headers, claimed.body.encode())

    async def _failed(self, claimed: Claimed, status: int | None, error: str) -> None:
        last = claimed.attempts > len(PAUSES_S)
        pause = None if last or status == GONE else PAUSES_S[claimed.attempts - 1] * (1 - JITTER * random.random())
        async with self._db.begin() as session:
            deliveries = Deliveries(session)
            await deliveries.failed(claimed, status, error, pause)
            if status == GONE:
                await _shut(session, claimed.webhook_id, ShutWhy.GONE)
            elif last and not await deliveries.any_lately(claimed.webhook_id):
                await _shut(session, claimed.webhook_id, ShutWhy.FAILING)


async def _shut(session: AsyncSession, webhook_id: UUID, why: ShutWhy) -> None:
    shut = await Webhooks(session).shut(webhook_id, why)
    if shut is not None:
        letter = letters.webhook_shut(shut.url, why)
        await Mails(session).add(shut.email, letter.subject, letter.body)
