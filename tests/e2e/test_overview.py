"""`studio status --watch` as it is typed, on a lab that makes a film meanwhile."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from cli.lab import Lab, LabState
from infrastructure import tickets as tickets_module
from infrastructure.db.engine import Database
from infrastructure.db.repositories.demand import Demand
from infrastructure.gpus import look_at_gpus
from infrastructure.ids import new_id
from infrastructure.queueing import Queues
from infrastructure.settings import Settings
from infrastructure.tickets import Tickets
from schemas.messages import GpuTicket
from schemas.stages import Queue
from tests.conftest import film_input
from tests.e2e.conftest import Command

pytestmark = [pytest.mark.lab, pytest.mark.timeout(900)]

WATCH = ("status", "--watch", "--every", "0.5")


def _looks(watching: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    assert watching.stdout is not None
    for line in watching.stdout:
        yield json.loads(line)


def _whole(looks: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The looks at which all have answered in time: on a busy machine somebody may be late now and then."""
    return (look for look in looks if not look["away"])


def _open(look: dict[str, Any]) -> set[str]:
    return {film["job_id"] for film in look["jobs"]["open"]}


def _pid(look: dict[str, Any], name: str) -> Any:
    [pid] = (one["pid"] for one in look["services"] if one["name"] == name)
    return pid


def _interrupted(watching: subprocess.Popen[str]) -> tuple[int, str]:
    """Press Ctrl-C; how it ended, and what it complained of."""
    watching.send_signal(signal.SIGINT)
    _out, err = watching.communicate(timeout=300)
    return watching.returncode, err


def _settings(state: LabState) -> Settings:
    told = {name.removeprefix("STUDIO_").lower(): value for name, value in state.environment().items()}
    return Settings.model_validate(told)


def test_a_film_is_seen_while_it_is_made(studio: Command, state: LabState, script: Path, tmp_path: Path) -> None:
    watching = studio.start(*WATCH, "--json")
    looks = _whole(_looks(watching))
    first = next(look for look in looks if _pid(look, "worker"))
    assert {one["name"] for one in first["services"]} >= {"postgres", "temporal", "s3", "relay", "worker"}
    job_id = str(new_id())
    small = ("--size", "320x180", "--fps", "12", "--json", "--job-id", job_id)
    os.kill(_pid(first, "worker"), signal.SIGSTOP)  # or a quick machine has made it between two looks
    try:
        making = studio.start("film", script, "-o", tmp_path / "film.mp4", *small)
        next(look for look in looks if job_id in _open(look))
    finally:
        os.kill(_pid(first, "worker"), signal.SIGCONT)
    assert studio.wait(making).report["job_id"] == job_id
    done = next(look for look in looks if job_id not in _open(look))
    assert done["jobs"]["by_status"]["completed"] > first["jobs"]["by_status"].get("completed", 0)
    hands = {one["queue"]: one["workers"] for one in done["workers"]}
    for queue in ("film-cpu", "media-cpu"):  # Temporal names one that has ended for some minutes more
        assert _pid(done, "worker") in {int(one["identity"].rpartition(":")[2]) for one in hands[queue]}
    assert len(done["gpus"]) == len(look_at_gpus())
    assert _interrupted(watching) == (0, "")


@asynccontextmanager
async def _uncounted(settings: Settings) -> AsyncIterator[None]:
    """Let nobody see to it that there are as many tickets as there is work: by the lock that one relay in work has."""
    db = Database(settings.database_url)
    async with db.begin() as session:
        while not await Demand(session).alone():
            await asyncio.sleep(0.1)
        yield
    await db.close()


async def test_tickets_and_dead_letters_are_counted(
    studio: Command, lab: Lab, state: LabState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tickets_module, "PATIENCE_S", 120.0)  # of a machine that is busy
    lab.wait_for("sqs", 300)  # films do not wait for it
    settings = _settings(state)
    async with Queues(settings) as queues, _uncounted(settings):
        await queues.ensure()
        tickets = Tickets(queues, Queue.GPU_KEYFRAME)
        film = film_input(new_id(), new_id())
        await tickets.open([GpuTicket.of(film, settings.assets_bucket, "a batch")])
        watching = studio.start(*WATCH, "--json")
        try:
            depths = {one["name"]: one for one in next(_whole(_looks(watching)))["queues"]}
        finally:
            ticket = await tickets.take()
            assert ticket is not None
            await tickets.close(ticket)
    assert depths[settings.jobs_queue]["waiting"] >= 1
    assert settings.dead_letter_queue in depths
    assert _interrupted(watching) == (0, "")


def test_it_ends_when_nobody_reads_any_more(studio: Command, state: LabState) -> None:
    for how in ((), ("--json",)):
        watching = studio.start(*WATCH, *how)
        assert watching.stdout is not None
        assert watching.stdout.readline()
        watching.stdout.close()
        watching.stdout = None
        _out, err = watching.communicate(timeout=300)
        assert (watching.returncode, err) == (0, "")


def test_without_a_terminal_it_prints_paragraphs(studio: Command, state: LabState) -> None:
    watching = studio.start(*WATCH)
    assert watching.stdout is not None
    kinds: list[str] = []
    while not {"service", "jobs", "worker", "gpu"} <= set(kinds):  # on a busy machine somebody may be late
        kinds = [line.split()[0] for line in iter(watching.stdout.readline, "\n")]
        assert kinds[0] == "at"
    assert watching.stdout.readline().startswith("at ")
    assert _interrupted(watching) == (0, "")


def test_on_a_terminal_it_draws_until_ctrl_c(studio: Command, state: LabState) -> None:
    ours, theirs = pty.openpty()
    watching = subprocess.Popen(
        [sys.executable, "-m", "cli.main", *WATCH],
        stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, start_new_session=True,
        env={**os.environ, "STUDIO_HOME": str(studio.home), "TERM": "xterm", "COLUMNS": "140", "LINES": "60"},
    )  # fmt: skip
    os.close(theirs)
    try:
        drawn = b""
        while drawn.count(b"film-cpu") < 2:  # it draws again
            drawn += os.read(ours, 65536)
        watching.send_signal(signal.SIGINT)
        while True:  # what it draws last must be taken, or it would wait for ever
            try:
                if not os.read(ours, 65536):
                    break
            except OSError:
                break
        _out, err = watching.communicate(timeout=300)
    finally:
        watching.kill()
        os.close(ours)
    assert (watching.returncode, err) == (0, b"")
    assert b"postgres" in drawn
    assert b"\x1b[?25l" in drawn  # the cursor is hidden while it draws


def test_an_installation_is_looked_at_by_its_settings(studio: Command, state: LabState, tmp_path: Path) -> None:
    named = {"STUDIO_HOME": str(tmp_path / "elsewhere"), **state.environment()}
    watching = studio.start(*WATCH, "--json", env=named)
    look = next(_whole(_looks(watching)))
    assert look["services"] is None
    assert look["jobs"] is not None
    assert look["workers"]
    assert _interrupted(watching) == (0, "")


def test_what_is_away_is_named_and_the_rest_is_told_of(studio: Command, state: LabState) -> None:
    gone = {"STUDIO_TEMPORAL_ADDRESS": "127.0.0.1:1", "STUDIO_SQS_ENDPOINT_URL": "http://127.0.0.1:1"}
    watching = studio.start(*WATCH, "--json", env={**state.environment(), **gone})
    looks = _looks(watching)
    look = next(look for look in looks if look["jobs"] is not None)
    assert (look["queues"], look["workers"]) == (None, None)
    assert len(look["away"]) == 2
    assert next(looks)["at"] > look["at"]
    assert _interrupted(watching) == (0, "")


def test_there_must_be_something_to_look_at(studio: Command, tmp_path: Path) -> None:
    nowhere = studio.run(*WATCH, env={"STUDIO_HOME": str(tmp_path / "nowhere")})
    assert (nowhere.code, nowhere.out) == (1, "")
    assert "The lab is not running; start it with studio up, or name an installation in STUDIO_DATABASE" in nowhere.err
    alone = studio.run("status", "--every", "1")
    assert alone.code == 2
    assert "--every goes with --watch" in alone.err
