"""A film that is changed after it was made, on real servers: what is drawn and encoded again is counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from api.usecases.revise_film import NewScript, order_revision, plan_revision
from api.usecases.submit_film import Submitted
from film.edit.verify import check_film
from schemas.edits import Changes, ShotChange
from schemas.enums import JobStatus
from schemas.jobs import FilmResult
from tests.studio import Studio, output_of

pytestmark = pytest.mark.lab


async def order(studio: Studio, submitted: Submitted, changes: Changes, script: NewScript | None = None) -> Submitted:
    """Ask for a revision of a film."""
    plan = await plan_revision(
        submitted.film.job_id, changes, db=studio.deps.db, store=studio.deps.store, script=script
    )
    film = await order_revision(plan, db=studio.deps.db, store=studio.deps.store, settings=studio.settings)
    return Submitted(film, new=True)


async def revise(
    studio: Studio, submitted: Submitted, changes: Changes, script: NewScript | None = None
) -> tuple[Submitted, FilmResult]:
    """Revise a film, and wait for it; a worker runs."""
    revision = await order(studio, submitted, changes, script)
    await studio.relay()
    await studio.until_sent(revision)
    return revision, await studio.workflow(revision).result()


async def made(studio: Studio, revision: Submitted) -> Counter[str]:
    """Count what was made for a revision, by stage."""
    rev = revision.film.rev
    return Counter(render.stage for render in await studio.renders(revision) if render.rev == rev)


async def test_another_seed_for_one_shot_draws_one_picture(studio: Studio, folder: Path) -> None:
    async with studio.working():
        submitted, first = await studio.make()
        revision, result = await revise(studio, submitted, Changes(shots=(ShotChange(shot="s001-001", seed=7),)))
    assert (await made(studio, revision))["keyframes"] == 1
    assert result.output.sha256 != first.output.sha256
    assert result.frames == first.frames
    job = await studio.job(submitted)
    assert (job.status, job.rev, job.version) == (JobStatus.COMPLETED, 1, 1)
    assert output_of(job) == result.output
    final = f"jobs/{submitted.film.job_id}/output/final.mp4"
    await studio.deps.store.get_file(final, folder / "film.mp4", sha256=result.output.sha256)
    check_film(folder / "film.mp4", frames=result.frames, fps=12, width=320, height=180, full=True)
    await studio.deps.store.get_file(first.output, folder / "first.mp4")
