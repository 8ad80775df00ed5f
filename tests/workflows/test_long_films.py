"""Films of many scenes and segments: scenes share children, reels encode, and all that may be asked still works."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from temporalio.client import WorkflowExecutionStatus, WorkflowFailureError

from api.usecases.cancel_film import cancel_film
from api.usecases.decide import retry_shot, skip_shot
from api.usecases.submit_film import Submitted
from infrastructure.ids import new_id
from schemas.enums import JobStatus, RendererName
from schemas.events import EventKind, JobEvent
from schemas.jobs import FilmOptions, ShotCommand
from schemas.payloads import REEL_SEGMENTS
from tests.studio import Studio, Wilful, in_the_kitchen
from workflows.wording import ROWS

pytestmark = [pytest.mark.lab, pytest.mark.slow]

SCENES = ROWS + 1
KITCHENS = (2, 5)
"""Scenes in whose kitchens a draughtsman may refuse to draw; both share their child with others."""
LONG = FilmOptions(width=64, height=64, fps=2, runtime_s=15.0 * SCENES)
"""Each shot is longer than a segment need be, so that there are as many segments as shots."""
PROJECT = "a long film"
"""What one test draws, the next finds: only what each is about is made again."""

SCRIPT = "".join(
    f"INT. {'KITCHEN' if number in KITCHENS else 'LIBRARY'} {number} - DAY\n\nA sailor reads a letter.\n\n"
    for number in range(1, SCENES + 1)
)


async def test_shots_of_scenes_that_share_a_child_are_parked_retried_and_skipped(studio: Studio) -> None:
    broken = Wilful(studio.deps.renderers[RendererName.STORYBOARD], in_the_kitchen)
    async with studio.working(broken):
        submitted = await studio.submit(SCRIPT, options=LONG, project=PROJECT)
        await studio.relay()
        parked = await _parked(studio, submitted, len(KITCHENS))
        assert sorted(event.data["shot"] for event in parked) == ["s002-001", "s005-001"]
        job, db, client = submitted.film.job_id, studio.deps.db, studio.client
        await skip_shot(job, ShotCommand(shot="s005-001"), key=str(new_id()), db=db, client=client)
        broken.times = 0
        await retry_shot(job, ShotCommand(shot="s002-001", seed=7), key=str(new_id()), db=db, client=client)
        result = await studio.workflow(submitted).result()
    assert result.stand_ins == ("s005-001",)
    assert (result.scenes, result.shots) == (SCENES, SCENES)
    assert result.kept is not None
    assert (result.kept.segments, result.kept.pictures_kept) == (SCENES, 0)
    assert await _children(studio, submitted) == ["reel-001", "reel-002", "scene-001", "scene-031", "scene-061"]
    events = await studio.events(submitted)
    progress = [event.progress for event in events]
    assert progress == sorted(progress)
    assert sum(event.kind is EventKind.SEGMENT_MADE for event in events) == SCENES > REEL_SEGMENTS
    assert sum(event.data["shots"] for event in events if event.kind is EventKind.SHOTS_MADE) == SCENES


async def test_a_cancel_reaches_the_reels(studio: Studio) -> None:
    options = LONG.model_copy(update={"runtime_s": 14.0 * SCENES})
    async with studio.working():
        submitted = await studio.submit(SCRIPT, options=options, project=PROJECT)
        await studio.relay()
        await studio.until(submitted, EventKind.SEGMENT_MADE)
        await _cancel(studio, submitted)


async def test_a_cancel_reaches_a_shot_that_waits_in_a_shared_child(studio: Studio) -> None:
    broken = Wilful(studio.deps.renderers[RendererName.STORYBOARD], in_the_kitchen)
    options = LONG.model_copy(update={"seed": 5})
    async with studio.working(broken):
        submitted = await studio.submit(SCRIPT, options=options)
        await studio.relay()
        await studio.until(submitted, EventKind.SHOT_PARKED)
        await _cancel(studio, submitted)


async def _parked(studio: Studio, submitted: Submitted, count: int) -> Sequence[JobEvent]:
    while True:
        parked = [event for event in await studio.events(submitted) if event.kind is EventKind.SHOT_PARKED]
        if len(parked) >= count:
            return parked
        await asyncio.sleep(0.05)


async def _cancel(studio: Studio, submitted: Submitted) -> None:
    """Cancel the film, and see that nothing of it is open and nothing can be downloaded."""
    await cancel_film(submitted.film.job_id, db=studio.deps.db)
    await studio.relay()
    with pytest.raises(WorkflowFailureError):
        await studio.workflow(submitted).result()
    assert await studio.status(submitted) is JobStatus.CANCELLED
    assert not await studio.keys(f"jobs/{submitted.film.job_id}/output/")
    for child in await _children(studio, submitted):
        described = await studio.client.get_workflow_handle(f"{submitted.film.workflow_id}/{child}").describe()
        assert described.status is not WorkflowExecutionStatus.RUNNING


async def _children(studio: Studio, submitted: Submitted) -> list[str]:
    """List the children of a film, from its own history: the list of workflows follows only a little later."""
    history = await studio.workflow(submitted).fetch_history()
    begun = [event.start_child_workflow_execution_initiated_event_attributes.workflow_id for event in history.events]
    return sorted(name.removeprefix(f"{submitted.film.workflow_id}/") for name in begun if name)
