"""What the HTTP face costs, over a bare hello of the same framework and server.

    python -m benchmarks.api [--json] [--quick] [--runs 7] [--only reads logins streams reservations]

Needs wrk (`apt-get install wrk`), and some four minutes. PostgreSQL runs as in the lab; wrk, whoever signs in and
whoever watches are on the same machine, which all of it shares: the figures mean something while nothing else runs.

- `job_read_over_hello_1`, `_2`: requests a second for a film's state (`GET /jobs/{id}`, signed in) over those of a
  FastAPI application that says hello, with one process and with two; `own_hello_over_bare_hello`: the same for
  `/healthz`. All are taken in turns, in rounds of three seconds each; medians of the rounds' ratios. `cpu_us` says how
  long the serving processes compute for a request: it is less of a lottery where something else runs.
- `read_p99_under_logins_over_idle`: 99th percentile of such a read while people sign in (Argon2), over that of none.
- `sse_kib_per_client`, `sse_fanout_ms_1000`: memory of the process for each of 1,000 who watch a film, and milliseconds
  from the commit of an event until the last of them was told. `sse_fanout_over_bare`: that over an application with
  a queue and a generator for each of 1,000, which has no database to ask (`bare_fanout_ms_1000`), in turns.
- `reservations_per_s`: credits set aside, each in a transaction of its own, by 32 tasks for 500 users; beside it
  `bare_per_s`, as many transactions of one UPDATE and one INSERT through the same `Database`, and `driver_per_s`, the
  same statement by the driver on as many connections, its transaction around: what is left of it above that is ours.
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

import httpx
import uvloop

from accounts.passwords import Passwords
from accounts.tokens import Access, Signer
from benchmarks.serving.database import database
from benchmarks.serving.load import SigningIn, Watching, press
from benchmarks.serving.processes import Served, serving
from benchmarks.serving.reservations import TASKS, reservations
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
FANOUTS: Final = 15
EVENT_BYTES: Final = 213
"""Of the event that a film's watchers are told here, as the API writes it."""


class Bench:
    """Somebody with a film, in a lab."""

    def __init__(self, environment: dict[str, str], seconds: int, runs: int) -> None:
        self.environment = environment | {"STUDIO_LIMITS_SCALE": "10000"}
        self.settings = Settings.model_validate(
            {name.removeprefix("STUDIO_").lower(): value for name, value in self.environment.items()}
        )
        self.db = Database(self.settings.database_url, pool_size=TASKS)
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

    def read(self, served: Served) -> str:
        """Where a process says how far the film is."""
        return f"{served.url}/api/v1/jobs/{self.job_id}"

    def reads(self, ours: list[Served], bare: list[Served]) -> dict[str, Any]:
        """Measure reads and our hello over a bare hello, in turns: what the machine does beside meets all of them."""
        asked: dict[str, tuple[list[Served], list[str], str | None]] = {
            "hello_1": (bare[:1], [f"{one.url}/hello" for one in bare[:1]], None),
            "own_hello_1": (ours[:1], [f"{one.url}/healthz" for one in ours[:1]], None),
            "read_1": (ours[:1], [self.read(one) for one in ours[:1]], self.token),
            "hello_2": (bare, [f"{one.url}/hello" for one in bare], None),
            "read_2": (ours, [self.read(one) for one in ours], self.token),
        }
        rates: dict[str, list[float]] = {name: [] for name in asked}
        cpu: dict[str, list[float]] = {name: [] for name in asked}
        for _ in range(self.runs):
            for name, (served, urls, token) in asked.items():
                before = sum(one.cpu_s() for one in served)
                rate = press(urls, self.seconds, token).per_s
                rates[name].append(rate)
                cpu[name].append((sum(one.cpu_s() for one in served) - before) / rate / self.seconds * 1e6)
        return {
            "job_read_over_hello_1": _over(rates["read_1"], rates["hello_1"]),
            "job_read_over_hello_2": _over(rates["read_2"], rates["hello_2"]),
            "own_hello_over_bare_hello": _over(rates["own_hello_1"], rates["hello_1"]),
            "per_s": {name: round(statistics.median(values)) for name, values in rates.items()},
            "cpu_us": {name: round(statistics.median(values)) for name, values in cpu.items()},
        }

    async def logins(self, ours: Served) -> dict[str, Any]:
        """Measure how long reads take while people sign in."""
        urls, idle, busy, signed_in = [self.read(ours)], [], [], 0
        for _ in range(self.runs):
            idle.append((await asyncio.to_thread(press, urls, self.seconds, self.token)).p99_ms)
            people = SigningIn(ours.url, EMAIL, PASSWORD, os.cpu_count() or 1)
            async with people.meanwhile():
                busy.append((await asyncio.to_thread(press, urls, self.seconds, self.token)).p99_ms)
            signed_in += people.count
        return {
            "read_p99_under_logins_over_idle": _over(busy, idle),
            "read_p99_ms": {"idle": round(statistics.median(idle), 1), "logins": round(statistics.median(busy), 1)},
            "logins_per_s": round(signed_in / (self.runs * self.seconds), 1),
        }

    async def streams(self, ours: Served, bare: Served) -> dict[str, Any]:
        """Measure memory and fan-out of streams of events, of processes that did nothing before."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 3 * WATCHERS + soft), hard))
        path = f"{self.read(ours)}/events"
        warm, watching, listening = (Watching(url, self.token) for url in (path, path, f"{bare.url}/stream"))
        await warm.begin(20)
        before = ours.bytes()
        await watching.begin(WATCHERS)
        kib = (ours.bytes() - before) / 1024 / WATCHERS
        await listening.begin(WATCHERS)
        computed = ours.cpu_s()
        fanouts, bare_fanouts = [], []
        for _ in range(FANOUTS):
            fanouts.append(await self._fanout(watching))
            bare_fanouts.append(await _bare_fanout(listening, bare))
        computed = ours.cpu_s() - computed
        for one in (warm, watching, listening):
            one.end()
        return {
            "sse_kib_per_client": round(kib, 1),
            "sse_fanout_ms_1000": round(statistics.median(fanouts), 1),
            "sse_fanout_ms_least": round(min(fanouts), 1),
            "sse_fanout_cpu_ms": round(computed * 1000 / FANOUTS, 1),
            "sse_fanout_over_bare": _over(fanouts, bare_fanouts),
            "bare_fanout_ms_1000": round(statistics.median(bare_fanouts), 1),
        }

    async def _fanout(self, watching: Watching) -> float:
        """Let something happen; return the milliseconds until the last one knew."""
        told = watching.expect(b"event: shots_made")
        async with self.db.begin() as session:
            await self._event(session, f"step {new_id()}", EventKind.SHOTS_MADE)
        committed = time.monotonic()
        return (await told - committed) * 1000

    async def reservations(self) -> dict[str, Any]:
        """Measure reservations."""
        dsn = self.settings.database_url.get_secret_value()
        return await reservations(self.db, dsn, self.seconds, self.runs)


async def _bare_fanout(listening: Watching, bare: Served) -> float:
    """Let all who listen to the bare application be told as many bytes; return the milliseconds until the last knew."""
    told = listening.expect(b"event: shots_made")
    async with httpx.AsyncClient() as client:
        asked = time.monotonic()
        await client.post(f"{bare.url}/tell", params={"event": "shots_made", "length": EVENT_BYTES})
        return (await told - asked) * 1000


def _over(ours: list[float], bare: list[float]) -> float:
    """The median of the rounds' ratios."""
    return round(statistics.median(one / other for one, other in zip(ours, bare, strict=True)), 3)


async def measure(parts: list[str], seconds: int, runs: int) -> dict[str, Any]:
    """Measure what is asked for, in a lab."""
    found: dict[str, Any] = {}
    with database() as environment:
        bench = Bench(environment, seconds, runs)
        await bench.arrive()
        if {"reads", "logins"} & set(parts):
            with serving(bench.environment, 2, 2) as (ours, bare):
                if "reads" in parts:
                    found |= await asyncio.to_thread(bench.reads, ours, bare)
                if "logins" in parts:
                    found |= await bench.logins(ours[0])
        if "streams" in parts:
            with serving(bench.environment, 1, 1) as ([fresh], [bare_one]):
                found |= await bench.streams(fresh, bare_one)
        if "reservations" in parts:
            found |= await bench.reservations()
        await bench.db.close()
    return found


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON, which is what is printed anyway")
    parser.add_argument("--quick", action="store_true", help="a second each, once: to try the code")
    parser.add_argument("--runs", type=int, default=7, help="rounds")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    options = parser.parse_args()
    seconds, runs = (1, 1) if options.quick else (3, options.runs)
    found = uvloop.run(measure(options.only, seconds, runs))
    print(json.dumps({**found, "runs": runs, "quick": options.quick, "cores": os.cpu_count()}))


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[1])
    main()
    leave(0)
