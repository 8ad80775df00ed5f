"""Killing what makes a film, on the way through one film: it is finished, and nothing finished is made again."""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
import signal
from collections import Counter, defaultdict
from pathlib import Path
from uuid import UUID

import asyncpg
import av
import pytest

from cli.lab import Lab, LabState
from tests.e2e.conftest import EXAMPLES, Command

pytestmark = [pytest.mark.lab, pytest.mark.timeout(2400)]

WORKER_KILLS = 5
SIZE = ("--size", "640x360", "--fps", "24")
FILM = EXAMPLES / "the_last_ferry.fountain"


async def test_a_film_survives_kills_and_nothing_finished_is_made_again(
    lab: Lab, state: LabState, studio: Command, tmp_path: Path
) -> None:
    calm = await asyncio.to_thread(studio.film, FILM, tmp_path / "calm.mp4", *SIZE, "--project", "calm")
    assert calm.code == 0, calm.err

    storm = studio.start("film", FILM, "-o", tmp_path / "storm.mp4", *SIZE, "--json", "--project", "storm")
    dsn = state.environment()["STUDIO_DATABASE_URL"]
    await _kill_on_the_way(lab, dsn, calm.report["job_id"])
    ended = await asyncio.to_thread(studio.wait, storm)
    assert ended.code == 0, ended.err

    assert _frames(tmp_path / "storm.mp4") == _frames(tmp_path / "calm.mp4")
    jobs = UUID(ended.report["job_id"]), UUID(calm.report["job_id"])
    await nothing_finished_was_made_again(dsn, *jobs, WORKER_KILLS)
    verified = await asyncio.to_thread(studio.run, "verify")
    assert verified.code == 0, verified.out


async def _kill_on_the_way(lab: Lab, dsn: str, calm: str) -> None:
    """Kill the worker at five random points of the film's progress, and Temporal at one."""
    seed = random.SystemRandom().randrange(2**32)
    print(f"kills drawn with seed {seed}")  # noqa: T201 - shown when the test fails, to draw the same kills again
    moments = sorted(random.Random(seed).sample(range(2, 92), WORKER_KILLS + 1))
    temporal_at = random.Random(seed).randrange(WORKER_KILLS + 1)
    connection = await asyncpg.connect(dsn)
    try:
        for number, moment in enumerate(moments):
            await _until_progress(connection, calm, moment)
            await _kill(lab, "temporal" if number == temporal_at else "worker")
    finally:
        await connection.close()


async def _until_progress(connection: asyncpg.Connection, calm: str, least: int) -> None:
    """Wait until the other film has come so far."""
    while True:
        progress = await connection.fetchval(
            "SELECT max(progress) FROM jobs WHERE job_id <> $1 AND created_at > "
            "(SELECT created_at FROM jobs WHERE job_id = $1)",
            UUID(calm),
        )
        if progress is not None and progress >= least:
            return
        await asyncio.sleep(0.005)


async def _kill(lab: Lab, name: str) -> None:
    """Kill a service; one that was killed just before is waited for."""
    while True:
        pid = next(service.pid for service in lab.status().services if service.name == name)
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            return
        await asyncio.sleep(0.01)


def _frames(path: Path) -> list[str]:
    """Digest every decoded frame."""
    with av.open(str(path)) as container:
        return [
            hashlib.sha256(frame.to_ndarray().tobytes()).hexdigest()
            for frame in container.decode(container.streams.video[0])
        ]


async def nothing_finished_was_made_again(dsn: str, storm: UUID, calm: UUID, kills: int) -> None:
    """Hold the acts of a film whose workers were killed so often against those of an undisturbed one."""
    connection = await asyncpg.connect(dsn)
    rows = await connection.fetch(
        "SELECT r.spec_hash, r.worker, o.outcome FROM renders r LEFT JOIN render_outcomes o USING (render_id) "
        "WHERE r.job_id = $1 ORDER BY r.begun_at",
        storm,
    )
    undisturbed = await connection.fetchval("SELECT count(*) FROM renders WHERE job_id = $1", calm)
    await connection.close()
    acts: dict[str, list[str | None]] = defaultdict(list)
    for row in rows:
        acts[row["spec_hash"]].append(row["outcome"])
    assert len(acts) == undisturbed
    for outcomes in acts.values():
        # Whatever was made was the last act; each act before it was lost with its worker.
        assert outcomes.count("failed") == 0
        assert outcomes[-1] in {"made", None}
        assert "made" not in outcomes[:-1]
    lost_by_worker = Counter(row["worker"] for row in rows if row["outcome"] is None)
    assert len(lost_by_worker) <= kills
    assert sum(len(outcomes) - 1 for outcomes in acts.values()) <= sum(lost_by_worker.values())
