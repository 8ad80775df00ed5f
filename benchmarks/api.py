"""What the HTTP face costs, over a bare hello of the same framework and server.

    python -m benchmarks.api [--json] [--quick] [--runs 3] [--only reads logins streams reservations]

Needs wrk (`apt-get install wrk`). The lab's PostgreSQL is real; wrk, whoever signs in and whoever watches are on the
same machine, which all of it shares.

- `job_read_over_hello_1`, `_2`: requests a second for a film's state (`GET /jobs/{id}`, signed in) over those of a
  FastAPI application that says hello, with one process and with two; `own_hello_over_bare_hello`: the same for
  `/healthz`, which goes through all layers of ours. Taken in turns; medians of the runs' ratios.
- `read_p99_under_logins_over_idle`: 99th percentile of such a read while people sign in (Argon2), over that of none.
- `sse_kib_per_client`, `sse_fanout_ms_1000`: memory of the process for each of 1,000 who watch a film, and milliseconds
  from the commit of an event until the last of them was told.
- `reservations_per_s`: credits set aside, each in a transaction of its own, by 32 tasks for 500 users; beside it
  `bare_per_s`, as many transactions of one UPDATE and one INSERT.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import statistics
import time
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import psutil

from accounts.passwords import Passwords
from accounts.tokens import Access, Signer
from benchmarks.laboratory import laboratory
from benchmarks.serving.load import SigningIn, Watching, press
from benchmarks.serving.processes import apis, hellos
from benchmarks.serving.reservations import reservations
from infrastructure.db.engine import Database
from infrastructure.db.repositories import Events, Jobs, Projects, Users
from infrastructure.db.repositories.sessions import Sessions
from infrastructure.ids import new_id
from infrastructure.settings import Settings
from schemas.artifact import ArtifactRef
from schemas.enums import JobStatus
from schemas.events import EventKind, NewEvent
from schemas.jobs import FilmInput, FilmOptions
from workers.leaving import leave

PARTS: Final = ("reads", "logins", "streams", "reservations")
EMAIL, PASSWORD = "bench@example.org", "correct horse battery"
WATCHERS: Final = 1000


class Bench:
    """Somebody with a film, in a lab."""

    def __init__(self, environment: dict[str, str], seconds: int, runs: int) -> None:
        self.environment = environment | {"STUDIO_LIMITS_SCALE": "10000"}
        self.settings = Settings.model_validate(
            {name.removeprefix("STUDIO_").lower(): value for name, value in self.environment.items()}
        )
        self.db = Database(self.settings.database_url, pool_size=20)
        self.seconds = seconds
        self.runs = runs
        self.token = ""
        self.job_id = new_id()

    async def arrive(self) -> None:
        """Register somebody, and let them have a film in work."""
        hashed = await Passwords().hashed(PASSWORD)
        async with self.db.begin() as session:
            user = await Users(session).create(EMAIL)
            assert user is not None
            await Users(session).set_password(user.user_id, hashed)
            await Users(session).verified(user.user_id)
            session_id = await Sessions(session).begin(user.user_id, "benchmark", timedelta(hours=8))
            project = await Projects(session).ensure(user.user_id, "benchmark", "Benchmark")
            assert await Jobs(session).create(self._film(user.user_id, project.project_id))
            await self._event(session, "queued", EventKind.QUEUED, JobStatus.QUEUED)
        self.token = Signer(self.settings).access(Access(user.user_id, session_id))

    def _film(self, user_id: UUID, project_id: UUID) -> FilmInput:
        script = ArtifactRef(key="none", sha256="0" * 64, bytes=1, media_type="text/plain")
        return FilmInput(
            job_id=self.job_id,
            project_id=project_id,
            user_id=user_id,
            title="Benchmark",
            script=script,
            file_name="none.txt",
            options=FilmOptions(),
            versions={},
        )

    async def _event(self, session: Any, key: str, kind: EventKind, status: JobStatus | None = None) -> None:
        await Events(session).record(NewEvent(job_id=self.job_id, key=key, kind=kind, status=status))

    def reads(self) -> dict[str, Any]:
        """Measure reads and our hello over a bare hello."""
        ratios: dict[str, list[float]] = {"job_read_over_hello_1": [], "own_hello_over_bare_hello": []}
        ratios["job_read_over_hello_2"] = []
        rates: dict[str, list[float]] = {}
        with apis(self.environment, 2) as ours, hellos(2) as bare:
            hello, own = [f"{one.url}/hello" for one in bare], [f"{one.url}/healthz" for one in ours]
            read = [f"{one.url}/api/v1/jobs/{self.job_id}" for one in ours]
            for _ in range(self.runs):
                told = {
                    "hello_1": press(hello[:1], self.seconds).per_s,
                    "own_hello_1": press(own[:1], self.seconds).per_s,
                    "read_1": press(read[:1], self.seconds, self.token).per_s,
                    "hello_2": press(hello, self.seconds).per_s,
                    "read_2": press(read, self.seconds, self.token).per_s,
                }
                ratios["job_read_over_hello_1"].append(told["read_1"] / told["hello_1"])
                ratios["job_read_over_hello_2"].append(told["read_2"] / told["hello_2"])
                ratios["own_hello_over_bare_hello"].append(told["own_hello_1"] / told["hello_1"])
                for name, rate in told.items():
                    rates.setdefault(name, []).append(rate)
        medians = {name: round(statistics.median(values), 3) for name, values in ratios.items()}
        return medians | {"per_s": {name: round(statistics.median(values)) for name, values in rates.items()}}

    async def logins(self) -> dict[str, Any]:
        """Measure how long reads take while people sign in."""
        ratios, signed_in = [], 0
        with apis(self.environment, 1) as [ours]:
            urls = [f"{ours.url}/api/v1/jobs/{self.job_id}"]
            for _ in range(self.runs):
                idle = await asyncio.to_thread(press, urls, self.seconds, self.token)
                people = SigningIn(ours.url, EMAIL, PASSWORD, os.cpu_count() or 1)
                async with people.meanwhile():
                    busy = await asyncio.to_thread(press, urls, self.seconds, self.token)
                signed_in += people.count
                ratios.append(busy.p99_ms / idle.p99_ms)
        return {
            "read_p99_under_logins_over_idle": round(statistics.median(ratios), 2),
            "logins_per_s": round(signed_in / (self.runs * self.seconds), 1),
        }

    async def streams(self) -> dict[str, Any]:
        """Measure memory and fan-out of streams of events."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 2 * WATCHERS + soft), hard))
        fanouts = []
        with apis(self.environment, 1) as [ours]:
            process = psutil.Process(ours.pid)
            path = f"{ours.url}/api/v1/jobs/{self.job_id}/events"
            warm = Watching(path, self.token)
            await warm.begin(20)
            before = process.memory_info().rss
            watching = Watching(path, self.token)
            await watching.begin(WATCHERS)
            kib = (process.memory_info().rss - before) / 1024 / WATCHERS
            for run in range(self.runs):
                fanouts.append(await self._fanout(watching, f"step {new_id()} {run}"))
            warm.end()
            watching.end()
        return {"sse_kib_per_client": round(kib, 1), "sse_fanout_ms_1000": round(statistics.median(fanouts), 1)}

    async def _fanout(self, watching: Watching, key: str) -> float:
        """Let something happen; return the milliseconds until the last one knew."""
        told = asyncio.create_task(watching.told(b"event: shots_made"))
        async with self.db.begin() as session:
            await self._event(session, key, EventKind.SHOTS_MADE)
        committed = time.monotonic()
        return (await told - committed) * 1000

    async def reservations(self) -> dict[str, Any]:
        """Measure reservations."""
        return await reservations(self.db, self.seconds, self.runs)


async def measure(parts: list[str], seconds: int, runs: int) -> dict[str, Any]:
    """Measure what is asked for, in a lab."""
    found: dict[str, Any] = {}
    with laboratory() as lab:
        bench = Bench(lab.state.config.environment(), seconds, runs)
        await bench.arrive()
        if "reads" in parts:
            found |= await asyncio.to_thread(bench.reads)
        if "logins" in parts:
            found |= await bench.logins()
        if "streams" in parts:
            found |= await bench.streams()
        if "reservations" in parts:
            found |= await bench.reservations()
        await bench.db.close()
    return found


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON, which is what is printed anyway")
    parser.add_argument("--quick", action="store_true", help="a second each, once: to try the code")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    options = parser.parse_args()
    seconds, runs = (1, 1) if options.quick else (5, options.runs)
    found = asyncio.run(measure(options.only, seconds, runs))
    print(json.dumps({**found, "runs": runs, "quick": options.quick, "cores": os.cpu_count()}))


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[1])
    main()
    leave(0)
