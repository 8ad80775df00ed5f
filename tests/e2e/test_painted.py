"""A painted film as a user makes it, with the GPU worker as a process that is killed."""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import cv2
import numpy as np
import pytest

from cli.lab import Lab
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.models import ModelManifest
from tests.e2e.conftest import Command
from tests.e2e.test_kills import nothing_finished_was_made_again
from tests.workflows.test_painted import SCRIPT

pytestmark = [pytest.mark.lab, pytest.mark.timeout(1500)]

PAINTED = ("--renderer", "sdxl", "--size", "128x128", "--fps", "12", "--steps", "6")
KILLS, BATCH = 3, 3


@pytest.fixture(scope="module")
def painting_lab(tiny: tuple[Path, ModelManifest]) -> Iterator[Lab]:
    """A lab with a GPU worker on the CPU."""
    folder, _ = tiny
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(prefix="studio-gpu-") as name:
        patch.setenv("STUDIO_MODELS", str(folder.parent))
        patch.setenv("STUDIO_SDXL_MODEL", folder.name)
        patch.setenv("STUDIO_GPU_DEVICE", "cpu")
        patch.setenv("STUDIO_GPU_BATCH", str(BATCH))
        patch.setenv("OMP_NUM_THREADS", "1")
        Path(name).chmod(0o755)
        lab = Lab(Path(name) / "lab")
        lab.up()
        yield lab
        lab.down()


@pytest.fixture
def painter(painting_lab: Lab) -> Iterator[Command]:
    """The command, on that lab."""
    command = Command(painting_lab.root)
    yield command
    command.end()


@pytest.fixture
def painted_script(tmp_path: Path) -> Path:
    path = tmp_path / "kitchen.fountain"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


async def test_a_killed_gpu_worker_costs_the_batch_in_hand_and_nothing_else(
    painting_lab: Lab, painter: Command, painted_script: Path, tmp_path: Path
) -> None:
    def film(project: str) -> tuple[object, ...]:
        return (painted_script, "-o", tmp_path / f"{project}.mp4", *PAINTED, "--json", "--project", project)

    calm = await asyncio.to_thread(painter.run, "film", *film("calm"))
    assert calm.code == 0, calm.err
    assert calm.report["consistency"]
    environment = painting_lab.up().environment()
    settings = _settings(environment)

    storm = painter.start("film", *film("storm"))
    await _kill_while_it_paints(environment["STUDIO_DATABASE_URL"], calm.report["job_id"])
    ended = await asyncio.to_thread(painter.wait, storm)
    assert ended.code == 0, ended.err

    jobs = [UUID(one.report["job_id"]) for one in (calm, ended)]
    await nothing_finished_was_made_again(environment["STUDIO_DATABASE_URL"], jobs[1], jobs[0], KILLS)
    undisturbed, disturbed = [await _pictures(settings, job) for job in jobs]
    assert disturbed.keys() == undisturbed.keys()
    # A batch that lost some of its pictures to the kill is painted smaller: that is rounding, of 1 in 255 at most.
    assert max(np.abs(disturbed[name] - undisturbed[name]).max() for name in undisturbed) <= 1


async def test_a_film_called_off_in_its_second_batch_goes_on_from_there_when_it_is_ordered_again(
    painting_lab: Lab, painter: Command, painted_script: Path, tmp_path: Path
) -> None:
    dsn = painting_lab.up().environment()["STUDIO_DATABASE_URL"]
    slow = (*PAINTED[:-1], "150", "--json", "--project", "called-off")
    order = ("film", painted_script, "-o", tmp_path / "called-off.mp4", *slow)
    first, again = uuid4(), uuid4()
    film = painter.start(*order, "--job-id", str(first))
    await _until_it_paints_its_second_batch(dsn, first)
    film.send_signal(signal.SIGINT)
    ended = await asyncio.to_thread(painter.wait, film)
    assert ended.code == 1, ended.err
    stood = [outcome for _, outcome in await _keyframes(dsn, first)].count("made")
    assert stood >= BATCH

    ended = await asyncio.to_thread(painter.run, *order, "--job-id", str(again))
    assert ended.code == 0, ended.err
    assert not ended.report["stand_ins"]
    acts = [*await _keyframes(dsn, first), *await _keyframes(dsn, again)]
    made = Counter(spec for spec, outcome in acts if outcome == "made")
    assert set(made.values()) == {1}, "something that was finished was painted twice"
    assert len(made) == ended.report["shots"]
    assert len(await _keyframes(dsn, again)) == ended.report["shots"] - stood

    in_words = await asyncio.to_thread(painter.run, *(one for one in order if one != "--json"))
    assert in_words.code == 0, in_words.err
    assert "Likeness from shot to shot, 1 at most, by clip-" in in_words.out


async def _keyframes(dsn: str, job: UUID) -> list[tuple[str, str | None]]:
    """The acts of painting of a job: what was painted, and what came of it."""
    connection = await asyncpg.connect(dsn)
    try:
        rows = await connection.fetch(
            "SELECT r.spec_hash, o.outcome FROM renders r LEFT JOIN render_outcomes o USING (render_id) "
            "WHERE r.job_id = $1 AND r.stage = 'keyframes'",
            job,
        )
    finally:
        await connection.close()
    return [(row["spec_hash"], row["outcome"]) for row in rows]


async def _until_it_paints_its_second_batch(dsn: str, job: UUID) -> None:
    while True:
        outcomes = [outcome for _, outcome in await _keyframes(dsn, job)]
        if outcomes.count("made") >= BATCH and None in outcomes:
            return
        await asyncio.sleep(0.05)


async def _kill_while_it_paints(dsn: str, calm: str) -> None:
    """Kill the GPU worker each time it has just begun a batch."""
    connection = await asyncpg.connect(dsn)
    killed: set[str] = set()
    try:
        while len(killed) < KILLS:
            rows = await connection.fetch(
                "SELECT DISTINCT r.worker FROM renders r LEFT JOIN render_outcomes o USING (render_id) "
                "WHERE r.job_id <> $1 AND r.stage = 'keyframes' AND o.render_id IS NULL",
                UUID(calm),
            )
            for worker in {row["worker"] for row in rows} - killed:
                os.kill(int(worker.rpartition(":")[2]), signal.SIGKILL)
                killed.add(worker)
            await asyncio.sleep(0.02)
    finally:
        await connection.close()


def _settings(environment: dict[str, str]) -> Settings:
    values = {name.removeprefix("STUDIO_").lower(): value for name, value in environment.items()}
    return Settings.model_validate(values)


async def _pictures(settings: Settings, job: UUID) -> dict[str, np.ndarray[Any, Any]]:
    prefix, found = f"jobs/{job}/scenes/", {}
    async with ObjectStore(settings) as store:
        async for key in store.list_keys(prefix):
            image = cv2.imdecode(np.frombuffer(await store.get_bytes(key), np.uint8), cv2.IMREAD_COLOR)
            assert image is not None
            found[key.removeprefix(prefix)] = image.astype(np.int16)
    return found


async def test_a_refiner_and_an_upscaler_are_ordered_by_name(
    painting_lab: Lab, painter: Command, tiny: tuple[Path, ModelManifest], tmp_path: Path
) -> None:
    from film.render.sdxl.tiny_aids import write_tiny_refiner, write_tiny_upscaler

    models = tiny[0].parent
    write_tiny_refiner(models / "ends")
    write_tiny_upscaler(models / "grows")
    script = tmp_path / "sea.fountain"
    script.write_text("EXT. SEA - DAY\n\nWaves.\n", encoding="utf-8")
    order = ("film", script, "-o", tmp_path / "sea.mp4", *PAINTED[:2], "--size", "192x108", "--steps", "4", "--json")
    ended = await asyncio.to_thread(painter.run, *order, "--refiner", "ends:0.5", "--upscale", "grows:2")
    assert ended.code == 0, ended.err
    assert not ended.report["stand_ins"]
    found = await _pictures(_settings(painting_lab.up().environment()), UUID(ended.report["job_id"]))
    assert {picture.shape for picture in found.values()} == {(108, 192, 3)}
    swapped = await asyncio.to_thread(painter.run, *order, "--refiner", "grows")
    assert swapped.code == 2
    assert "family upscaler, not sdxl-refiner" in swapped.err


def test_a_reference_picture_of_somebody_else_is_refused(
    painter: Command, painted_script: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "face.png"
    assert cv2.imwrite(str(picture), np.full((64, 64, 3), 90, np.uint8))
    ended = painter.run("film", painted_script, *PAINTED, "-o", tmp_path / "x.mp4", "--reference", f"NOBODY={picture}")
    assert ended.code == 2
    assert "shows nobody of this film" in ended.err
    assert "MARA" in ended.err


def test_a_device_that_is_not_there_is_named_before_any_work(painter: Command) -> None:
    ended = painter.run("worker", "gpu", "--device", "cuda:7")
    assert ended.code == 2
    assert "There is no CUDA device" in ended.err
    assert "Traceback" not in ended.err
