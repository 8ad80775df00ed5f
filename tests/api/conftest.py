"""The API as users meet it: a process of its own, over HTTP, on real servers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import httpx
import pytest

from infrastructure.db.engine import Database
from infrastructure.db.migrate import upgrade
from infrastructure.mail import Mail
from infrastructure.settings import Settings
from tests import servers
from tests.api.people import Studio
from tests.mailbox import Mailbox, mailbox

SECRET = "a secret of the tests, and of nothing else"


@pytest.fixture(scope="session")
async def api_dsn(postgres: str) -> str:
    dsn = postgres.removesuffix("postgres") + "api"
    admin = await asyncpg.connect(postgres)
    await admin.execute("CREATE DATABASE api TEMPLATE template0")
    await admin.close()
    upgrade(dsn)
    return dsn


@pytest.fixture(scope="session")
def box() -> Iterator[Mailbox]:
    with mailbox() as opened:
        yield opened


@pytest.fixture(scope="session")
def environment(
    api_dsn: str, weed: servers.S3, box: Mailbox, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """What the processes of the studio are told."""
    return {
        "STUDIO_ENV": "tests-api",
        "STUDIO_DATABASE_URL": api_dsn,
        "STUDIO_S3_ENDPOINT_URL": weed.endpoint_url,
        "STUDIO_AWS_ACCESS_KEY_ID": servers.ACCESS_KEY,
        "STUDIO_AWS_SECRET_ACCESS_KEY": servers.SECRET_KEY,
        "STUDIO_AUTH_SECRET": SECRET,
        "STUDIO_SMTP_URL": box.url,
        "STUDIO_PUBLIC_URL": "http://studio.test",
        "STUDIO_PROXIES": "1",
        "STUDIO_WORK_DIR": str(tmp_path_factory.mktemp("work")),
    }


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
        process.wait(20)


def _until_it_answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 150  # importing alone takes most of a minute where all cores are busy
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
    connection = await asyncpg.connect(environment["STUDIO_DATABASE_URL"])
    await connection.execute("DELETE FROM users; DELETE FROM tallies; DELETE FROM mails")
    await connection.close()
    box.letters.clear()
    box.refuses = False
    settings = Settings(**{name.removeprefix("STUDIO_").lower(): value for name, value in environment.items()})  # type: ignore[arg-type]
    db = Database(settings.database_url, pool_size=2)
    opened = Studio(address, db, box, Mail(settings), settings)
    yield opened
    await opened.close()
    await db.close()
