"""The API with Temporal, queues and workers at hand, and a policy that holds films."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from temporalio.client import Client

from tests import servers
from tests.api.conftest import serving
from tests.api.people import Studio
from tests.studio import Studio as Works
from tests.studio import studio_at

NOWHERE = "127.0.0.1:1"


@pytest.fixture(scope="session")
async def temporal() -> AsyncIterator[Client]:
    async with servers.temporal() as environment:
        yield environment.client


@pytest.fixture(scope="session")
def queue_service() -> Iterator[str]:
    with servers.sqs() as url:
        yield url


@pytest.fixture(scope="session")
def environment(environment: dict[str, str], temporal: Client, queue_service: str) -> dict[str, str]:
    return environment | {
        "STUDIO_TEMPORAL_ADDRESS": temporal.service_client.config.target_host,
        "STUDIO_TEMPORAL_NAMESPACE": temporal.namespace,
        "STUDIO_SQS_ENDPOINT_URL": queue_service,
        "STUDIO_MODERATION_REVIEW": "severe",
        "STUDIO_RENDER_PROCESSES": "1",
        "STUDIO_DRAIN_S": "5",
    }


@pytest.fixture(scope="session")
def address(environment: dict[str, str], log: Path) -> Iterator[str]:
    with serving(environment, log) as url:
        yield url


@pytest.fixture(scope="session")
def cut_off(environment: dict[str, str], log: Path) -> Iterator[str]:
    """The address of a process that reaches the database alone."""
    away = {
        "STUDIO_TEMPORAL_ADDRESS": NOWHERE,
        "STUDIO_S3_ENDPOINT_URL": f"http://{NOWHERE}",
        "STUDIO_SQS_ENDPOINT_URL": f"http://{NOWHERE}",
    }
    with serving(environment | away, log) as url:
        yield url


@pytest.fixture
async def works(studio: Studio, temporal: Client) -> AsyncIterator[Works]:
    """What makes films: a relay and workers, in this process."""
    async with studio_at(studio.settings, temporal) as opened:
        yield opened
