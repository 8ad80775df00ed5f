import asyncio
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from infrastructure.db.engine import Database
from infrastructure.db.listen import EVENTS_CHANNEL, listen
from infrastructure.db.repositories import Events, Jobs, Projects
from infrastructure.db.tables import JobRow
from infrastructure.ids import new_id
from schemas.enums import JobStatus
from schemas.errors import Gone, InvalidRequest
from schemas.events import EventKind, JobEvent, NewEvent
from schemas.jobs import FilmInput

pytestmark = pytest.mark.lab

OUTPUT = {"key": "jobs/j/output/final.mp4", "sha256": "a" * 64, "bytes": 1000, "media_type": "video/mp4"}


class Story:
    """A job, and short words for what happens to it."""

    def __init__(self, db: Database, film: FilmInput) -> None:
        self.db = db
        self.film = film

    async def tell(self, key: str, kind: EventKind = EventKind.SHOTS_MADE, **more: Any) -> int | None:
        async with self.db.begin() as session:
            return await Events(session).record(NewEvent(job_id=self.film.job_id, key=key, kind=kind, **more))

    async def job(self) -> JobRow:
        async with self.db.begin() as session:
            job = await Jobs(session).get(self.film.job_id)
        assert job is not None
        return job

    async def events(self) -> list[JobEvent]:
        async with self.db.begin() as session:
            return await Events(session).after(self.film.job_id, 0)


@pytest.fixture
def story(db: Database, film: FilmInput) -> Story:
    return Story(db, film)


async def test_twenty_concurrent_recorders_leave_no_gap(story: Story) -> None:
    numbers = await asyncio.gather(*(story.tell(f"shot-{n}", progress=n * 4) for n in range(20)))
    assert sorted(n for n in numbers if n is not None) == list(range(1, 21))
    events = await story.events()
    assert [event.seq for event in events] == list(range(1, 21))
    assert [event.progress for event in events] == sorted(event.progress for event in events)
    assert [event.at for event in events] == sorted(event.at for event in events)
    job = await story.job()
    assert (job.last_seq, job.progress) == (20, 76)


async def test_the_same_key_from_twenty_recorders_counts_once(story: Story) -> None:
    numbers = await asyncio.gather(*(story.tell("started", EventKind.STARTED, progress=1) for _ in range(20)))
    assert sorted(numbers, key=str) == [1] + [None] * 19
    assert (await story.job()).last_seq == 1


async def test_progress_never_falls_and_is_100_only_when_completed(story: Story) -> None:
    await story.tell("started", EventKind.STARTED, status=JobStatus.RUNNING, stage="script", progress=5)
    await story.tell("high", progress=100)
    await story.tell("low", progress=3, stage="motion")
    job = await story.job()
    assert (job.progress, job.status, job.current_step) == (99, "running", "motion")
    assert job.started_at is not None
    assert job.completed_at is None
    data = {"output": OUTPUT, "output_url": "s3://b/k", "summary": {"shots": 3}}
    await story.tell("done", EventKind.COMPLETED, status=JobStatus.COMPLETED, data=data)
    job = await story.job()
    assert (job.progress, job.status, job.summary, job.output_url) == (100, "completed", {"shots": 3}, "s3://b/k")
    assert job.output is not None
    assert job.output.model_dump() == OUTPUT
    assert job.completed_at is not None
    assert [event.progress for event in await story.events()] == [5, 99, 99, 100]


async def test_a_film_lies_in_the_bucket_of_its_script(story: Story) -> None:
    async with story.db.begin() as session:
        await Projects(session).set_script(story.film.project_id, "s3://assets/projects/p/script.txt")
    await story.tell("done", EventKind.COMPLETED, status=JobStatus.COMPLETED, data={"output": OUTPUT})
    assert (await story.job()).output_url == f"s3://assets/{OUTPUT['key']}"


async def test_a_job_is_not_completed_without_a_film(story: Story) -> None:
    with pytest.raises(InvalidRequest, match="names a film"):
        await story.tell("done", EventKind.COMPLETED, status=JobStatus.COMPLETED)
    assert (await story.job()).last_seq == 0


async def test_an_end_is_final_within_its_revision(story: Story) -> None:
    await story.tell(
        "failed", EventKind.FAILED, status=JobStatus.FAILED, message="No.", data={"error_type": "StorageFull"}
    )
    assert await story.tell("late", EventKind.STARTED, status=JobStatus.RUNNING, progress=50, stage="motion") == 2
    job = await story.job()
    assert (job.status, job.progress, job.current_step) == ("failed", 0, None)
    assert (job.error_type, job.error_message) == ("StorageFull", "No.")


async def test_a_newer_revision_begins_anew_and_an_older_one_moves_nothing(story: Story) -> None:
    await story.tell("r0-failed", EventKind.FAILED, status=JobStatus.FAILED, message="No.", progress=40)
    await story.tell("r1-started", EventKind.STARTED, rev=1, status=JobStatus.RUNNING, progress=2)
    await story.tell("r0-late", EventKind.SHOTS_MADE, rev=0, status=JobStatus.RUNNING, progress=90)
    job = await story.job()
    assert (job.rev, job.status, job.progress, job.error_message) == (1, "running", 2, None)
    assert job.workflow_id == f"film-{job.job_id}-r1"
    assert job.completed_at is None


async def test_an_unknown_job_is_refused(db: Database, film: FilmInput) -> None:
    with pytest.raises(Gone, match="There is no job"):
        await Story(db, film.model_copy(update={"job_id": new_id()})).tell("started")


async def test_a_rolled_back_event_leaves_no_gap(story: Story) -> None:
    async def interrupted() -> None:
        async with story.db.begin() as session:
            await Events(session).record(NewEvent(job_id=story.film.job_id, key="a", kind=EventKind.STARTED))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await interrupted()
    assert await story.tell("b") == 1


async def test_events_are_read_on_from_where_a_reader_stopped(story: Story) -> None:
    for n in range(5):
        await story.tell(f"e{n}")
    async with story.db.begin() as session:
        read = await Events(session).after(story.film.job_id, 2, limit=2)
    assert [event.seq for event in read] == [3, 4]


async def test_listeners_hear_of_an_event_once_it_is_committed(story: Story, dsn: str) -> None:
    async with listen(dsn, EVENTS_CHANNEL) as notifications:
        await story.tell("started", EventKind.STARTED)
        assert await notifications.wait_for(120) == str(story.film.job_id)
        assert await notifications.wait_for(0) is None


async def test_history_cannot_be_rewritten(story: Story) -> None:
    await story.tell("started", EventKind.STARTED)
    with pytest.raises(DBAPIError, match="append-only"):
        async with story.db.begin() as session:
            await session.execute(text("UPDATE job_events SET message = 'other'"))


async def test_progress_follows_from_what_was_counted_however_the_counts_arrive(story: Story) -> None:
    share: dict[str, Any] = {"count_of": 20, "progress_from": 20, "progress_to": 60}
    told = [story.tell(f"batch-{n}", count=2, **share) for n in range(10)]
    await asyncio.gather(*told, story.tell("batch-0", count=2, **share))
    assert [event.progress for event in await story.events()] == list(range(24, 61, 4))
    # Counts of another kind are another sum.
    await story.tell("segment", EventKind.SEGMENT_MADE, count=1, count_of=2, progress_from=60, progress_to=90)
    assert (await story.job()).progress == 75
