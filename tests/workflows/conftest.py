"""One installation for the session: real servers, a relay and workers in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from infrastructure.db.migrate import upgrade
from infrastructure.settings import Settings
from tests import servers
from tests.studio import Studio, studio_at


@pytest.fixture(scope="session")
async def settings(
    postgres: str, weed: servers.S3, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Settings]:
    """Settings that lead to a migrated database, a store and queues."""
    with servers.sqs() as sqs, servers.database(postgres) as dsn:
        upgrade(dsn)
        yield servers.settings_for(dsn, weed, sqs, tmp_path_factory.mktemp("work"))


@pytest.fixture(scope="session")
async def studio(settings: Settings) -> AsyncIterator[Studio]:
    """The installation, with a Temporal that keeps real time."""
    async with servers.temporal() as environment, studio_at(settings, environment.client) as studio:
        yield studio


@pytest.fixture(scope="session")
async def hasty_studio(settings: Settings) -> AsyncIterator[Studio]:
    """The same, with a Temporal whose clock leaps over every wait."""
    async with servers.temporal(skip_time=True) as environment, studio_at(settings, environment.client) as studio:
        yield studio


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder."""
    return tmp_path
