"""An FFmpeg that fails a film: its segments stay, and are joined as soon as one is there that works."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import imageio_ffmpeg
import pytest
from temporalio.client import WorkflowFailureError

from film.edit.verify import check_film
from infrastructure.ids import new_id
from schemas.enums import JobStatus
from schemas.jobs import KeptFigures
from tests.studio import Studio

pytestmark = pytest.mark.lab


def playing(script: str, folder: Path) -> str:
    """A program for FFmpeg's place, where an installation may set its own."""
    program = folder / "ffmpeg"
    program.write_text(f"#!/bin/bash\n{script}\n")
    program.chmod(0o755)
    return str(program)


async def test_an_ffmpeg_that_dies_once_costs_no_segment(
    studio: Studio, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    died, works = folder / "died", imageio_ffmpeg.get_ffmpeg_exe()
    script = f"mkdir '{died}' 2>/dev/null && kill -KILL $$\nexec '{works}' \"$@\""
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", playing(script, folder))
    async with studio.working():
        submitted, result = await studio.make()
    assert died.is_dir()
    counts = Counter(render.spec_hash for render in await studio.renders(submitted))
    assert set(counts.values()) == {1}
    await studio.deps.store.get_file(result.output, folder / "film.mp4")
    check_film(folder / "film.mp4", frames=result.frames, fps=12, width=320, height=180, full=True)


async def test_segments_stay_where_no_ffmpeg_joins_them(
    hasty_studio: Studio, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio, project = hasty_studio, str(new_id())
    async with studio.working():
        with monkeypatch.context() as broken:
            broken.setenv("IMAGEIO_FFMPEG_EXE", playing("echo 'it has no codecs' >&2; exit 3", folder))
            first = await studio.submit(project=project)
            await studio.relay()
            await studio.until_sent(first)
            with pytest.raises(WorkflowFailureError):
                await studio.workflow(first).result()
        submitted, result = await studio.make(project=project)
    assert await studio.status(first) is JobStatus.FAILED
    assert "FFmpeg could not join final.mp4: it has no codecs" in (await studio.events(first))[-1].message
    assert not await studio.keys(f"jobs/{first.film.job_id}/output/")
    encoded = sum(render.stage == "composition" for render in await studio.renders(first))
    assert not await studio.renders(submitted)
    assert result.kept == KeptFigures(
        pictures=result.shots, pictures_kept=result.shots, segments=encoded, segments_kept=encoded
    )
