"""Backups of an installation, and restoring them: `docs/disaster-recovery.md` says in which order, and why.

Each function does with a lab's servers what the document says of production's.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from infrastructure.aws import client
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from tests.servers import postgres_programs

_INDEX = "objects.json"


def save_temporal(state: Path, backup: Path) -> None:
    """Copy what a running Temporal has committed: SQLite's own online backup."""
    with sqlite3.connect(state) as source, sqlite3.connect(backup) as target:
        source.backup(target)
    source.close()
    target.close()


def save_database(dsn: str, backup: Path) -> None:
    """Dump a database as of one moment; whoever uses it goes on."""
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={backup}", dsn)


def restore_database(backup: Path, dsn: str) -> None:
    """Bring a dump into an empty database; the first thing that does not go ends it."""
    _run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={dsn}", str(backup))


def _run(program: str, *arguments: str) -> None:
    command: Sequence[str] = [str(postgres_programs() / program), *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, f"{program}: {done.stderr}"


async def save_store(settings: Settings, backup: Path) -> int:
    """Copy every object of the assets bucket, with its media type and digest.

    Returns:
        How many there are.
    """
    backup.mkdir()
    index: list[dict[str, Any]] = []
    async with client("s3", settings, settings.s3_endpoint_url) as s3:
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket=settings.assets_bucket)
        async for page in pages:
            for each in page.get("Contents", ()):
                answer = await s3.get_object(Bucket=settings.assets_bucket, Key=each["Key"])
                async with answer["Body"] as body:
                    (backup / str(len(index))).write_bytes(await body.read())
                index.append({"Key": each["Key"], "ContentType": answer["ContentType"], "Metadata": answer["Metadata"]})
    (backup / _INDEX).write_text(json.dumps(index), encoding="utf-8")
    return len(index)


async def restore_store(backup: Path, settings: Settings) -> None:
    """Bring all objects into an empty store, whose bucket is made and set up first."""
    async with ObjectStore(settings) as store:
        await store.ensure_bucket()
    async with client("s3", settings, settings.s3_endpoint_url) as s3:
        for number, each in enumerate(json.loads((backup / _INDEX).read_text(encoding="utf-8"))):
            body = (backup / str(number)).read_bytes()
            await s3.put_object(Bucket=settings.assets_bucket, Body=body, **each)
