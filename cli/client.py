"""A command's connections to a running lab."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from cli.lab import LabState
from infrastructure.db.engine import Database
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from infrastructure.tracing import tracing


@dataclass(frozen=True)
class Client:
    """What a command speaks with."""

    settings: Settings
    db: Database
    store: ObjectStore


@asynccontextmanager
async def connected(lab: LabState) -> AsyncIterator[Client]:
    """Connect to a lab's database and store, and disconnect afterwards."""
    os.environ.update(lab.environment())
    settings = Settings()
    db = Database(settings.database_url, pool_size=2)
    try:
        with tracing(settings, "command"):
            async with ObjectStore(settings) as store:
                yield Client(settings, db, store)
    finally:
        await db.close()
