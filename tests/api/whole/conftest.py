"""The API with Temporal, queues and workers at hand, and a policy that holds films."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from temporalio.client import Client

from infrastructure.db.repositories.events import Events
from schemas.events import EventKind, JobEvent
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


@pytest.fixture
async def making(works: Works) -> AsyncIterator[Works]:
    """Works at work: a relay and workers."""

    async def relay() -> None:
        while True:
            await works.relay()
            await asyncio.sleep(0.05)

    async with works.working():
        relaying = asyncio.create_task(relay())
        yield works
        relaying.cancel()
        await asyncio.gather(relaying, return_exceptions=True)


async def until(studio: Studio, job_id: str, kind: EventKind) -> JobEvent:
    """Wait until a film has had an event of a kind."""
    while True:
        async with studio.db.begin() as session:
            told = await Events(session).after(uuid.UUID(job_id), 0)
        for event in told:
            if event.kind is kind:
                return event
        await asyncio.sleep(0.05)
