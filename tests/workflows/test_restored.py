"""An installation is lost and restored from its backup into empty servers: films play, and films in work go on."""

from __future__ import annotations

import sys
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from api.usecases.decide import retry_shot
from api.usecases.submit_film import Submitted
from api.usecases.verify_installation import verify_installation
from film.edit.verify import check_film
from infrastructure.db.migrate import upgrade
from infrastructure.db.repositories import Commands
from infrastructure.ids import new_id
from infrastructure.settings import Settings
from schemas.enums import JobStatus
from schemas.errors import DependencyDown
from schemas.events import EventKind
from schemas.jobs import FilmOptions, ShotCommand
from tests import backups, servers
from tests.studio import SMALL, Studio, output_of, refusing_one_shot, studio_at
from workers.replaying import failure_of

pytestmark = pytest.mark.lab

BEACH = "EXT. BEACH - DAY\n\nA dog runs along the water.\n"


@dataclass
class Films:
    """What was there when the installation was lost."""

    finished: Submitted
    waiting: Submitted
    """Waits for somebody to decide on a shot."""
    shot: str
    """That shot."""
    young: Submitted
    """Began after Temporal was saved: the database knows of it, that Temporal does not."""
    drawn: Counter[str]
    """Of the one that waits, how often each picture was begun."""


@dataclass(frozen=True)
class Backup:
    """Where it lies."""

    folder: Path

    @property
    def temporal(self) -> Path:
        return self.folder / "temporal.db"

    @property
    def database(self) -> Path:
        return self.folder / "studio.dump"

    @property
    def store(self) -> Path:
        return self.folder / "store"


async def test_an_installation_is_restored_into_empty_servers(postgres: str, weed: servers.S3, tmp_path: Path) -> None:
    backup = Backup(tmp_path)
    settings, films = await _live_and_be_lost(postgres, weed, backup, tmp_path)

    began = time.monotonic()
    with ExitStack() as lab:
        dsn = await _empty_database(lab.enter_context(servers.postgres()))
        store, sqs = lab.enter_context(servers.object_store()), lab.enter_context(servers.sqs())
        new = servers.settings_for(dsn, store, sqs, tmp_path / "work").model_copy(update={"env": settings.env})
        backups.restore_database(backup.database, dsn)
        await backups.restore_store(backup.store, new)
        async with servers.temporal(state=backup.temporal) as environment, studio_at(new, environment.client) as studio:
            async with studio.deps.db.begin() as session:
                assert await Commands(session).say_again() == 2  # of films that had not ended
            await studio.relay()
            restored = time.monotonic() - began
            await _all_is_there(studio, films, tmp_path)
            # `pytest -rP` shows it.
            sys.stdout.write(f"Restored in {restored:.1f} s; all films made in {time.monotonic() - began:.1f} s.\n")


async def _live_and_be_lost(postgres: str, weed: servers.S3, backup: Backup, folder: Path) -> tuple[Settings, Films]:
    """Make films, save everything in the order of the document, and end all of it."""
    state = folder / "lost.db"
    with servers.sqs() as sqs, servers.database(postgres) as dsn:
        upgrade(dsn)
        settings = servers.settings_for(dsn, weed, sqs, folder / "work")
        async with servers.temporal(state=state) as environment, studio_at(settings, environment.client) as studio:
            async with studio.working(refusing_one_shot(studio)):
                finished, _ = await studio.make(BEACH)
                waiting = await studio.submit()
                await studio.relay()
                shot = str((await studio.until(waiting, EventKind.SHOT_PARKED)).data["shot"])
            backups.save_temporal(state, backup.temporal)
            young = await studio.submit(BEACH)
            await studio.relay()
            backups.save_database(dsn, backup.database)
            assert await backups.save_store(settings, backup.store) > 0
            drawn = Counter(row.spec_hash for row in await studio.renders(waiting))
    return settings, Films(finished, waiting, shot, young, drawn)


async def _empty_database(server: str) -> str:
    admin = await asyncpg.connect(server)
    await admin.execute("CREATE DATABASE restored")
    await admin.close()
    return server.rpartition("/")[0] + "/restored"


async def _all_is_there(studio: Studio, films: Films, folder: Path) -> None:
    assert await studio.status(films.finished) is JobStatus.COMPLETED
    output = output_of(await studio.job(films.finished))
    await studio.deps.store.get_file(output, folder / "film.mp4")
    summary = (await studio.job(films.finished)).summary
    assert summary is not None
    check_film(folder / "film.mp4", frames=summary["frames"], fps=12, width=320, height=180, full=True)

    async with studio.working():
        await _decide(studio, films.waiting, films.shot)
        for film in (films.waiting, films.young):
            await studio.workflow(film).result()
            assert await studio.status(film) is JobStatus.COMPLETED
    renders = Counter(row.spec_hash for row in await studio.renders(films.waiting))
    again = {spec for spec, times in films.drawn.items() if renders[spec] != times}
    assert len(again) == 1, "the shot that was tried again is drawn once more, and none besides"
    findings = await verify_installation(
        db=studio.deps.db, store=studio.deps.store, client=studio.client, play=_play, replay=failure_of
    )
    assert not findings.faults


async def _decide(studio: Studio, film: Submitted, shot: str) -> None:
    """Ask until the film answers, as whoever gets a 503 does: at first Temporal looks for a worker that is no more."""
    command, key = ShotCommand(shot=shot), str(new_id())
    while True:
        try:
            await retry_shot(film.film.job_id, command, key=key, db=studio.deps.db, client=studio.client)
        except DependencyDown:
            continue
        return


def _play(path: Path, options: FilmOptions, frames: int) -> None:
    check_film(path, frames=frames, fps=options.fps, width=SMALL.width, height=SMALL.height)
