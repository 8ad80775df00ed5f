"""What the API stands on, built once a process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from accounts.keys import Keys
from accounts.limits import Limits
from accounts.oauth import OAuth
from accounts.passwords import Passwords
from accounts.people import People
from accounts.quota import Quota
from accounts.registering import Registering
from accounts.sealing import WEBHOOKS, Sealer
from accounts.sharing import ShareLinks
from api.craft import Craft
from api.streams import Watchers
from api.usecases.shot_readings import ShotReadings
from infrastructure.db.engine import Database
from infrastructure.db.glances import Glances
from infrastructure.outbound import Outbound
from infrastructure.payments import Payments
from infrastructure.queueing import Queues
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from infrastructure.tracing import tracer
from schemas.errors import DependencyDown
from workflows.spans import interceptors

CONNECTIONS = 10
"""To the database, in each process; as many again under load."""
CONNECT_S = 3.0
"""How long Temporal may take to answer."""


@dataclass
class Temporal:
    """A connection to Temporal that is made when it is first needed: signing in does without it."""

    settings: Settings
    _client: Client | None = None

    async def client(self) -> Client:
        """Connect, unless that was done before.

        Raises:
            DependencyDown: Temporal does not answer.
        """
        if self._client is None:
            address, namespace = self.settings.temporal_address, self.settings.temporal_namespace
            connecting = Client.connect(
                address,
                namespace=namespace,
                data_converter=pydantic_data_converter,
                interceptors=interceptors(tracer()),
            )
            try:
                self._client = await asyncio.wait_for(connecting, CONNECT_S)
            except (RuntimeError, TimeoutError) as error:
                raise DependencyDown(f"Temporal at {address} does not answer.") from error
        return self._client


@dataclass(frozen=True)
class Services:
    """What use cases need."""

    settings: Settings
    db: Database
    glances: Glances
    store: ObjectStore
    people: People
    registering: Registering
    keys: Keys
    oauth: OAuth
    limits: Limits
    quota: Quota
    connection: Temporal
    craft: Craft
    queues: Queues
    sealer: Sealer
    links: ShareLinks
    outbound: Outbound
    payments: Payments
    watchers: Watchers
    readings: ShotReadings

    async def temporal(self) -> Client:
        """Speak with Temporal.

        Raises:
            DependencyDown: It does not answer.
        """
        return await self.connection.client()


@asynccontextmanager
async def services(settings: Settings, craft: Craft) -> AsyncIterator[Services]:
    """Build what the API stands on, and take it down again. Nothing is waited for: what is away may come back.

    Raises:
        LabError: The installation has no secret to sign sessions with.
    """
    pooler = settings.database_pooler_url
    db = Database(pooler or settings.database_url, pool_size=CONNECTIONS, pgbouncer=pooler is not None)
    glances = Glances(settings.database_url)
    payments = Payments(settings)
    try:
        async with ObjectStore(settings) as store, Queues(settings) as queues:
            passwords = Passwords()
            people = People(db, settings, passwords)
            oauth = OAuth(db, settings, people)
            limits = Limits(db, settings.limits_scale)
            quota, temporal = Quota(db, settings.limits_scale), Temporal(settings)
            sealer, outbound = Sealer(settings, WEBHOOKS), Outbound(loopback=settings.webhooks_loopback)
            built = Services(
                settings,
                db,
                glances,
                store,
                people,
                Registering(db, settings, people, passwords),
                Keys(db),
                oauth,
                limits,
                quota,
                temporal,
                craft,
                queues,
                sealer,
                ShareLinks(settings),
                outbound,
                payments,
                Watchers(db),
                ShotReadings(),
            )
            watching = asyncio.create_task(built.watchers.run(settings.database_url))
            try:
                yield built
            finally:
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)
                outbound.close()
    finally:
        await payments.close()
        await glances.close()
        await db.close()
