"""One installation for the session: real servers, a relay and workers in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from infrastructure.db.migrate import upgrade
from infrastructure.ids import new_id
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
        yield Settings(
            env=f"t-{new_id().hex[-12:]}",
            database_url=SecretStr(dsn),
            s3_endpoint_url=weed.endpoint_url,
            sqs_endpoint_url=sqs,
            aws_access_key_id=SecretStr(servers.ACCESS_KEY),
            aws_secret_access_key=SecretStr(servers.SECRET_KEY),
            render_processes=2,
            work_dir=tmp_path_factory.mktemp("work"),
            drain_s=5,
        )


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
