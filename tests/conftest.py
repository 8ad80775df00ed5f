"""Servers that live as long as the test session, and a fresh database and bucket for each test."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pydantic import SecretStr

from infrastructure.db.engine import Database
from infrastructure.db.migrate import upgrade
from infrastructure.db.repositories import Jobs, Projects, Users
from infrastructure.ids import new_id
from infrastructure.settings import Settings
from schemas.artifact import ArtifactRef
from schemas.jobs import FilmInput, FilmOptions
from schemas.models import ModelManifest
from tests import servers

# Tests assert no speed: on a machine that is busy, an example may take as long as it takes. The same code is tried with
# the same examples everywhere, so that a commit passes or fails once and for all; STUDIO_EXPLORE=1 looks for new ones.
hypothesis_settings.register_profile(
    "studio", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
hypothesis_settings.register_profile("explore", hypothesis_settings.get_profile("studio"), derandomize=False)
hypothesis_settings.load_profile("explore" if os.environ.get("STUDIO_EXPLORE") else "studio")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with servers.postgres() as dsn:
        yield dsn


@pytest.fixture(scope="session")
def template(postgres: str) -> str:
    """A database with all tables, to be copied: faster than migrating for each test."""
    dsn = postgres.removesuffix("/postgres") + "/template1"
    upgrade(dsn)
    return dsn


@pytest.fixture
async def dsn(postgres: str, template: str) -> AsyncIterator[str]:
    """A database of its own, with all tables."""
    name = f"t{new_id().hex}"
    admin = await asyncpg.connect(postgres)
    await admin.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
    yield postgres.removesuffix("postgres") + name
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


@pytest.fixture
async def db(dsn: str) -> AsyncIterator[Database]:
    database = Database(dsn, pool_size=10)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def weed() -> Iterator[servers.S3]:
    with servers.object_store() as store:
        yield store


@pytest.fixture
def s3_settings(weed: servers.S3) -> Settings:
    """Settings that lead to a bucket that does not exist yet."""
    return Settings(
        env=f"t-{new_id().hex[-12:]}",
        s3_endpoint_url=weed.endpoint_url,
        aws_access_key_id=SecretStr(servers.ACCESS_KEY),
        aws_secret_access_key=SecretStr(servers.SECRET_KEY),
    )


def film_input(user_id: UUID, project_id: UUID) -> FilmInput:
    """What a film job is made of."""
    return FilmInput(
        job_id=new_id(),
        project_id=project_id,
        user_id=user_id,
        title="The Lighthouse",
        script=ArtifactRef(key="projects/p/script.txt", sha256="0" * 64, bytes=12, media_type="text/plain"),
        file_name="lighthouse.fountain",
        options=FilmOptions(),
        versions={"script": 1},
    )


@pytest.fixture
async def film(db: Database) -> FilmInput:
    """A job that was just created."""
    async with db.begin() as session:
        user = await Users(session).ensure_local()
        project = await Projects(session).ensure(user.user_id, "/scripts/lighthouse.fountain", "The Lighthouse")
        film = film_input(user.user_id, project.project_id)
        assert await Jobs(session).create(film)
    return film


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ModelManifest]:
    """A complete SDXL of random numbers, small enough for a CPU: its folder among models, and its manifest."""
    torch = pytest.importorskip("torch", reason="the extra gpu is not installed")
    torch.set_num_threads(1)
    from film.render.sdxl.tiny import write_tiny

    folder = tmp_path_factory.mktemp("models") / "tiny"
    return folder, write_tiny(folder)
