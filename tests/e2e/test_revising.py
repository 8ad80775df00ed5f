"""`studio revise`, `versions`, `restore` and `shots`, as a user calls them."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from cli.lab import Lab, LabState
from tests.e2e.conftest import EXAMPLES, Command, Ended

pytestmark = [pytest.mark.lab, pytest.mark.timeout(2400)]


def _revise(studio: Command, job: str, out: Path, *options: object) -> dict[str, Any]:
    return studio.run("revise", job, "-o", out, "--json", *options).report


def _listed(studio: Command, command: str, job: str) -> dict[str, Any]:
    return studio.run(command, job, "--json").report


def test_a_film_is_revised_listed_and_restored(studio: Command, script: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.mp4", tmp_path / "second.mp4"
    job = studio.film(script, first, "--project", "revised").report["job_id"]
    report = _revise(studio, job, second, "--shot", "s001-001", "--seed", 5, "--duration", 4.5)
    assert (report["version"], report["base"]) == (1, 0)
    assert report["quote"]["draw"] == ["s001-001"]
    assert report["kept"]["pictures"] - report["kept"]["pictures_kept"] == 1
    assert second.read_bytes() != first.read_bytes()
    shots = _listed(studio, "shots", job)["shots"]
    assert [shot["edited"] for shot in shots if shot["edited"]] == [["seed", "duration"]]
    assert {shot["state"] for shot in shots} == {"current"}
    assert "4.50" in studio.run("shots", job).out
    versions = _listed(studio, "versions", job)
    assert (versions["current"], len(versions["versions"])) == (1, 2)
    assert versions["versions"][1]["asked"] == "s001-001: seed 5, duration 4.5 s"
    assert "▶" in studio.run("versions", job).out
    back = tmp_path / "back.mp4"
    assert studio.run("restore", job, "--version", 0, "-o", back).code == 0
    assert back.read_bytes() == first.read_bytes()
    assert _listed(studio, "versions", job)["current"] == 0


def test_a_film_gets_another_cast_and_draws_those_it_changes(studio: Command, script: Path, tmp_path: Path) -> None:
    out, cast = tmp_path / "recast.mp4", tmp_path / "cast.json"
    job = studio.film(script, tmp_path / "first.mp4", "--project", "recast").report["job_id"]
    cast.write_text(json.dumps({"members": [{"name": "Tom", "description": "a bald man in a green coat"}]}))
    report = _revise(studio, job, out, "--cast", cast)
    assert report["version"] == 1
    drawn = report["kept"]["pictures"] - report["kept"]["pictures_kept"]
    assert 0 < drawn == len(report["quote"]["draw"]) < report["shots"]
    assert _listed(studio, "versions", job)["versions"][1]["asked"] == "another cast"
    again = studio.run("revise", job, "-o", out, "--cast", cast, "--yes")
    assert (again.code, "has the cast as it is" in again.err) == (2, True)
    both = studio.run("revise", job, "-o", out, "--cast", cast, "--script", script)
    assert (both.code, "--script or --cast" in both.err) == (2, True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--shot", "s009-001", "--seed", "1"), "There is no shot s009-001"),
        (("--shot", "nine", "--seed", "1"), "not a shot's number"),
        (("--seed", "1"), "--shot"),
        (("--shot", "s001-001"), "--prompt, --seed, --duration, --move or --size"),
        (("--shot", "s001-001", "--seed", "green"), "--seed green is no seed"),
        (("--shot", "s001-001", "--duration", "7200"), "7200 s cannot be made"),
        (("--shot", "s001-001", "--prompt", "+"), "--prompt is empty"),
        (("--order", "s001-001 somewhere"), "is no order"),
        (("--order", "s001-001 after s001-001"), "names s001-001 twice"),
        (("--remove", "s001-001", "--remove", "s001-001"), "names s001-001 twice"),
        (("--cast", "nowhere.json"), "--cast nowhere.json cannot be read"),
        ((), "--yes"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_changed_is_said_in_a_sentence(
    studio: Command, job: str, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    ended = studio.run("revise", job, "-o", tmp_path / "never.mp4", *options)
    assert ended.code == 2, ended.err
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert len(_listed(studio, "versions", job)["versions"]) == 1


@pytest.fixture(scope="module")
def job(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A finished film's job."""
    from tests.studio import SCRIPT

    folder = tmp_path_factory.mktemp("job")
    path = folder / "pier.fountain"
    path.write_text(SCRIPT, encoding="utf-8")
    command = Command(lab.root)
    try:
        return str(command.film(path, folder / "film.mp4", "--project", "refusals").report["job_id"])
    finally:
        command.end()


async def test_a_kill_in_mid_revision_leaves_the_film_and_the_revision_is_finished(
    lab: Lab, state: LabState, studio: Command, tmp_path: Path
) -> None:
    size = ("--size", "640x360", "--fps", "24")
    before, after = tmp_path / "before.mp4", tmp_path / "after.mp4"
    film = EXAMPLES / "the_last_ferry.fountain"
    made = await asyncio.to_thread(studio.film, film, before, *size, "--project", "killed-revision")
    job = made.report["job_id"]
    worker = next(service.pid for service in lab.status().services if service.name == "worker")
    assert worker is not None
    revising = studio.start("revise", job, "-o", after, "--tier", "free", "--json")
    connection = await asyncpg.connect(state.environment()["STUDIO_DATABASE_URL"])
    try:
        while not await connection.fetchval("SELECT count(*) FROM renders WHERE job_id = $1 AND rev = 1", job):
            await asyncio.sleep(0.01)
        os.kill(worker, signal.SIGKILL)
        row = await connection.fetchrow("SELECT status, version, output_sha256 FROM jobs WHERE job_id = $1", job)
        assert (row["status"], row["version"]) == ("running", 0)
        assert row["output_sha256"] == hashlib.sha256(before.read_bytes()).hexdigest()
        found = await asyncio.to_thread(studio.run, "export", job, "--to", "edl", "-o", tmp_path / "edl")
        assert found.code == 0, found.err
        ended: Ended = await asyncio.to_thread(studio.wait, revising)
        assert ended.report["version"] == 1
        drawn = await connection.fetchval(
            "SELECT count(*) FROM renders WHERE job_id = $1 AND rev = 1 AND stage = 'keyframes'", job
        )
        assert drawn == 0
    finally:
        await connection.close()
    back = tmp_path / "back.mp4"
    restored = await asyncio.to_thread(studio.run, "restore", job, "--version", "0", "-o", back)
    assert restored.code == 0, restored.err
    assert back.read_bytes() == before.read_bytes()
    assert json.loads((await asyncio.to_thread(studio.run, "versions", job, "--json")).out)["current"] == 0
