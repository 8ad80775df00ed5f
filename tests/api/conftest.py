"""The API as users meet it: a process of its own, over HTTP, on real servers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
import httpx
import pytest
from temporalio.client import Client

from infrastructure.db.engine import Database
from infrastructure.mail import Mail
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from tests import servers
from tests.api import waiting
from tests.api.gate import Gate
from tests.api.people import Studio
from tests.api.things import Stage
from tests.mailbox import Mailbox, mailbox
from tests.stripe_server import FakeStripe, stripe_server

SECRET = "a secret of the tests, and of nothing else"


@pytest.fixture(scope="session")
async def api_dsn(postgres: str) -> str:
    return await servers.migrated(postgres, "api")


@pytest.fixture(scope="session")
def box() -> Iterator[Mailbox]:
    with mailbox() as opened:
        yield opened


@pytest.fixture(scope="session")
def till() -> Iterator[FakeStripe]:
    """Where credits are paid for."""
    with stripe_server() as opened:
        yield opened


@pytest.fixture(scope="session")
def environment(
    api_dsn: str, weed: servers.S3, box: Mailbox, till: FakeStripe, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """What the processes of the studio are told."""
    return {
        "STUDIO_ENV": "tests-api",
        "STUDIO_DATABASE_URL": api_dsn,
        "STUDIO_S3_ENDPOINT_URL": weed.endpoint_url,
        "STUDIO_AWS_ACCESS_KEY_ID": servers.ACCESS_KEY,
        "STUDIO_AWS_SECRET_ACCESS_KEY": servers.SECRET_KEY,
        "STUDIO_SQS_ENDPOINT_URL": "http://127.0.0.1:1",  # nobody: queues are away here, as Temporal is
        "STUDIO_AUTH_SECRET": SECRET,
        "STUDIO_SMTP_URL": box.url,
        "STUDIO_PUBLIC_URL": "http://studio.test",
        "STUDIO_PROXIES": "1",
        "STUDIO_WORK_DIR": str(tmp_path_factory.mktemp("work")),
        **till.settings(),
    }


@pytest.fixture(scope="session")
async def temporal() -> AsyncIterator[Client]:
    """A Temporal on which films wait for ever."""
    async with servers.temporal() as running, waiting.worker(running.client):
        yield running.client


@pytest.fixture(scope="session")
async def whole(environment: dict[str, str], temporal: Client) -> dict[str, str]:
    """What a process is told that lacks nothing: store and Temporal are there, and limits are wide."""
    return await shelved(environment | wired(temporal))


@pytest.fixture(scope="session")
def whole_address(whole: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(whole, tmp_path_factory.mktemp("whole") / "api.log") as url:
        yield url


@pytest.fixture(scope="session")
async def stage(whole: dict[str, str], temporal: Client) -> AsyncIterator[Stage]:
    """What things of people are made with."""
    async with staged(whole, temporal) as stage:
        yield stage


@pytest.fixture
async def gate(stage: Stage, whole_address: str) -> AsyncIterator[Gate]:
    """An API that lacks nothing, over HTTP."""
    async with httpx.AsyncClient(base_url=whole_address, timeout=120) as client:
        yield Gate(stage, client)


def wired(temporal: Client) -> dict[str, str]:
    """What a process is told that films start from, with limits so wide that nobody meets them."""
    return {
        "STUDIO_TEMPORAL_ADDRESS": temporal.service_client.config.target_host,
        "STUDIO_TEMPORAL_NAMESPACE": temporal.namespace,
        "STUDIO_LIMITS_SCALE": "10000",
    }


async def shelved(environment: dict[str, str]) -> dict[str, str]:
    """Make the bucket of a process that is told this."""
    async with ObjectStore(settings_of(environment)) as store:
        await store.ensure_bucket()
    return environment


@asynccontextmanager
async def staged(environment: dict[str, str], temporal: Client) -> AsyncIterator[Stage]:
    """Open what things of people are made with, for a process that is told this."""
    settings = settings_of(environment)
    db = Database(settings.database_url, pool_size=4)
    try:
        async with ObjectStore(settings) as store:
            yield Stage(settings, db, store, temporal)
    finally:
        await db.close()


def settings_of(environment: dict[str, str]) -> Settings:
    """The settings that a process has which is told this."""
    return Settings.model_validate({name.removeprefix("STUDIO_").lower(): value for name, value in environment.items()})


async def empty(environment: dict[str, str]) -> None:
    """Let nobody be there."""
    connection = await asyncpg.connect(environment["STUDIO_DATABASE_URL"])
    await connection.execute("DELETE FROM users; DELETE FROM tallies; DELETE FROM mails")
    await connection.close()


@contextmanager
def serving(environment: dict[str, str], log: Path) -> Iterator[str]:
    """Run `studio api`; yield its address."""
    (port,) = servers.free_ports(1)
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "api", "--port", str(port)],
            env={**os.environ, **environment},
            stdout=out,
            stderr=out,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _until_it_answers(url, process, log)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(120)


def _until_it_answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 600
    while True:
        try:
            httpx.get(f"{url}/healthz", timeout=2)
            return
        except httpx.TransportError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the API did not start:\n{log.read_text()[-3000:]}") from None
            time.sleep(0.05)  # a port has no other sign


@pytest.fixture(scope="session")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("api") / "api.log"


@pytest.fixture(scope="session")
def address(environment: dict[str, str], log: Path) -> Iterator[str]:
    with serving(environment, log) as url:
        yield url


@pytest.fixture
async def studio(address: str, environment: dict[str, str], box: Mailbox) -> AsyncIterator[Studio]:
    """The studio, without anybody in it."""
    await empty(environment)
    box.letters.clear()
    box.refuses = False
    settings = settings_of(environment)
    db = Database(settings.database_url, pool_size=2)
    opened = Studio(address, db, box, Mail(settings), settings)
    yield opened
    await opened.close()
    await db.close()
