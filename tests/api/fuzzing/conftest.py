"""An API of the fuzzer's own, that lacks nothing: store, Temporal, queues, providers, and a token for its figures.

Its database and its buckets are its own, too: whatever is ordered there, nobody makes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from temporalio.client import Client

from infrastructure.queueing import Queues
from tests import servers
from tests.api.conftest import serving, shelved, staged, wired
from tests.api.fuzzing import METRICS
from tests.api.things import Stage
from tests.idp import IdentityProvider, identity_provider


@pytest.fixture(scope="session")
async def provider() -> AsyncIterator[IdentityProvider]:
    async with identity_provider() as opened:
        yield opened


@pytest.fixture(scope="session")
def queue_service() -> Iterator[str]:
    with servers.sqs() as url:
        yield url


@pytest.fixture(scope="session")
async def whole(
    environment: dict[str, str], postgres: str, temporal: Client, provider: IdentityProvider, queue_service: str
) -> dict[str, str]:
    own = {
        "STUDIO_ENV": "tests-fuzz",
        "STUDIO_DATABASE_URL": await servers.migrated(postgres, "fuzz"),
        "STUDIO_SQS_ENDPOINT_URL": queue_service,
        "STUDIO_METRICS_TOKEN": METRICS,
    }
    return await shelved(environment | wired(temporal) | own | provider.settings())


@pytest.fixture(scope="session")
def whole_address(whole: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(whole, tmp_path_factory.mktemp("fuzz") / "api.log") as url:
        yield url


@pytest.fixture(scope="session")
async def stage(whole: dict[str, str], temporal: Client) -> AsyncIterator[Stage]:
    async with staged(whole, temporal) as stage:
        yield stage


@pytest.fixture(scope="session")
async def queues(stage: Stage) -> AsyncIterator[Queues]:
    async with Queues(stage.settings) as opened:
        yield opened
