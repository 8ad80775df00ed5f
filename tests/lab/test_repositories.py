import asyncio
from datetime import timedelta
from math import ceil
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from accounts.identity import local_user
from infrastructure.db.engine import Database
from infrastructure.db.listen import COMMANDS_CHANNEL, listen
from infrastructure.db.repositories import Artifacts, Commands, Jobs, Projects, Renders
from infrastructure.db.repositories.stored import StoredKeys
from infrastructure.db.repositories.tallies import Tallies
from infrastructure.db.tables import CommandRow
from infrastructure.retention import REUSE_DAYS
from schemas.artifact import ArtifactRef
from schemas.enums import Tier
from schemas.jobs import FilmInput
from tests.conftest import film_input

pytestmark = pytest.mark.lab

A, B = "a" * 64, "b" * 64


def _ref(key: str, sha256: str = A) -> ArtifactRef:
    return ArtifactRef(key=key, sha256=sha256, bytes=10, media_type="image/png")


# Users, projects, jobs


async def test_there_is_one_local_user_however_many_ask(db: Database) -> None:
    users = await asyncio.gather(*(local_user(db) for _ in range(10)))
    assert len({user.user_id for user in users}) == 1
    assert users[0].tier == Tier.PRO
    assert users[0].created_at.tzinfo is not None


async def test_a_locator_is_one_project_however_many_ask(db: Database, film: FilmInput) -> None:
    async def ensure(n: int) -> str:
        async with db.begin() as session:
            project = await Projects(session).ensure(film.user_id, "same", f"Title {n}" + "x" * 300)
            assert len(project.title) == 255
            return str(project.project_id)

    assert len(set(await asyncio.gather(*(ensure(n) for n in range(10))))) == 1


async def test_a_project_remembers_its_script(db: Database, film: FilmInput) -> None:
    async with db.begin() as session:
        await Projects(session).set_script(film.project_id, "s3://bucket/projects/p/script.txt")
    async with db.begin() as session:
        project = await Projects(session).get(film.project_id)
    assert project is not None
    assert project.script == "s3://bucket/projects/p/script.txt"


async def test_creating_a_job_twice_creates_it_once(db: Database, film: FilmInput) -> None:
    again = film_input(film.user_id, film.project_id)

    async def create() -> bool:
        async with db.begin() as session:
            return await Jobs(session).create(again)

    assert sorted(await asyncio.gather(*(create() for _ in range(10)))) == [False] * 9 + [True]
    async with db.begin() as session:
        job = await Jobs(session).get(again.job_id)
        recent = await Jobs(session).list_recent(10)
        opened = await Jobs(session).open_jobs()
        completed = await Jobs(session).completed_jobs()
    assert job is not None
    assert job.film_input == again
    assert not job.status.terminal
    assert [row.job_id for row in recent] == [again.job_id, film.job_id]
    assert [row.job_id for row in opened] == [film.job_id, again.job_id]
    assert not completed


async def test_a_film_is_written_down_for_its_own_revision_only(db: Database, film: FilmInput) -> None:
    async with db.begin() as session:
        assert await Jobs(session).finish(film.job_id, 0, _ref("jobs/j/output/final.mp4"), {"shots": 2})
        assert not await Jobs(session).finish(film.job_id, 1, _ref("other"), {})
        job = await Jobs(session).get(film.job_id)
    assert job is not None
    assert job.output == _ref("jobs/j/output/final.mp4")


@pytest.mark.parametrize(
    "change",
    [
        "progress = 101",
        "progress = 100",
        "status = 'unknown'",
        "status = 'completed', progress = 100",
        "output_key = 'k'",
    ],
)
async def test_the_database_refuses_what_must_never_be(db: Database, film: FilmInput, change: str) -> None:
    with pytest.raises(DBAPIError, match="ck_jobs"):
        async with db.begin() as session:
            await session.execute(text(f"UPDATE jobs SET {change}"))
    async with db.begin() as session:
        assert await session.scalar(text("SELECT progress FROM jobs")) == 0


# Artifacts


async def test_artifacts_are_found_by_what_they_were_made_from(db: Database, film: FilmInput) -> None:
    async with db.begin() as session:
        artifacts = Artifacts(session)
        await artifacts.keep(film.project_id, "keyframes", A, _ref("artifacts/a.png"))
        await artifacts.keep(film.project_id, "keyframes", A, _ref("artifacts/a2.png", B))
        await artifacts.keep(film.project_id, "motion", B, _ref("artifacts/b.png"))
        assert await artifacts.find(film.project_id, "keyframes", [A, B]) == {A: _ref("artifacts/a2.png", B)}
        assert await artifacts.find(film.project_id, "keyframes", []) == {}
        named = [one.key async for one in StoredKeys(session).named() if one.what == "artifact"]
        assert sorted(named) == ["artifacts/a2.png", "artifacts/b.png"]
        await artifacts.forget(film.project_id, "keyframes", A)
        assert await artifacts.find(film.project_id, "keyframes", [A]) == {}


async def test_several_artifacts_are_kept_at_once_and_the_last_written_counts(db: Database, film: FilmInput) -> None:
    async with db.begin() as session:
        artifacts = Artifacts(session)
        await artifacts.keep_all(film.project_id, "keyframes", {})
        await artifacts.keep(film.project_id, "keyframes", B, _ref("artifacts/before.png"))
        both = {B: _ref("artifacts/b.png", B), A: _ref("artifacts/a.ora")}
        await artifacts.keep_all(film.project_id, "keyframes", both)
        assert await artifacts.find(film.project_id, "keyframes", [A, B]) == both


async def test_what_the_store_is_about_to_delete_is_made_again(db: Database, film: FilmInput) -> None:
    async with db.begin() as session:
        artifacts = Artifacts(session)
        await artifacts.keep(film.project_id, "keyframes", A, _ref("artifacts/a.png"))
        old = text("UPDATE artifacts SET created_at = now() - make_interval(days => :days)")
        await session.execute(old, {"days": REUSE_DAYS + 1})
        assert await artifacts.find(film.project_id, "keyframes", [A]) == {}
        await artifacts.keep(film.project_id, "keyframes", A, _ref("artifacts/a.png"))
        assert await artifacts.find(film.project_id, "keyframes", [A]) == {A: _ref("artifacts/a.png")}


# Renders


async def test_the_tally_tells_failures_from_lost_workers(db: Database, film: FilmInput) -> None:
    async with db.begin() as session:
        renders = Renders(session)

        async def act(spec: str, attempt: int, outcome: str | None, round_: int = 0) -> None:
            made = await renders.begin(film.job_id, 0, "s001-001", "keyframes", spec, round_, attempt, "worker-1")
            if outcome:
                await renders.outcome(made, outcome, "why")
                await renders.outcome(made, "made")  # an act ends once

        await act(A, 1, "failed")
        await act(A, 2, "drained")
        await act(A, 3, None)
        await act(A, 4, None)  # in hand now
        await act(B, 1, "made")
        await act(B, 1, "failed", round_=1)
        tally = await renders.tally(film.job_id, [A, B, "c" * 64], 0, attempt=4)
        assert tally == {A: (1, 1, "why"), B: (0, 0, ""), "c" * 64: (0, 0, "")}
        assert (await renders.tally(film.job_id, [B], 1, attempt=1))[B].failed == 1
        assert (await renders.tally(film.job_id, [A], 0, attempt=4, rev=1))[A].failed == 0
        assert await renders.made_for(film.job_id, 0, [A, B, "c" * 64]) == {A, B}  # A's last act is in hand
        assert await renders.made_for(film.job_id, 1, [A, B]) == set()  # an earlier revision's are no work of this one
        assert await renders.made_for(uuid4(), 0, [A, B]) == set()
        assert await renders.failed_workers(film.job_id, A, 0) == {"worker-1"}
        assert await renders.failed_workers(film.job_id, B, 0) == set()
        acts = await renders.of_job(film.job_id)
        outcomes = await renders.outcomes_of_job(film.job_id)
    assert [act.attempt for act in acts] == [1, 2, 3, 4, 1, 1]
    assert [outcomes.get(act.render_id) for act in acts] == ["failed", "drained", None, None, "made", "failed"]


@pytest.mark.parametrize("table", ["renders", "render_outcomes"])
async def test_what_was_counted_cannot_be_changed(db: Database, film: FilmInput, table: str) -> None:
    async with db.begin() as session:
        made = await Renders(session).begin(film.job_id, 0, "s001-001", "keyframes", A, 0, 1, "w")
        await Renders(session).outcome(made, "made")
    with pytest.raises(DBAPIError, match="append-only"):
        async with db.begin() as session:
            await session.execute(text(f"UPDATE {table} SET render_id = render_id"))


async def test_a_role_that_may_only_read_and_append_renders_can_do_its_work(
    db: Database, film: FilmInput, dsn: str
) -> None:
    role = f"gpu_{film.job_id.hex}"
    async with db.begin() as session:
        await session.execute(text(f"CREATE ROLE {role} LOGIN"))
        await session.execute(text(f"GRANT SELECT, INSERT ON renders, render_outcomes TO {role}"))
    worker = Database(dsn.replace("studio@", f"{role}@"))
    async with worker.begin() as session:
        made = await Renders(session).begin(film.job_id, 0, "s001-001", "keyframes", A, 0, 1, "gpu")
        await Renders(session).outcome(made, "failed", "black")
        assert (await Renders(session).tally(film.job_id, [A], 0, attempt=2))[A] == (1, 0, "black")
    with pytest.raises(DBAPIError, match="permission denied"):
        async with worker.begin() as session:
            await session.execute(text("SELECT * FROM jobs"))
    await worker.close()
    async with db.begin() as session:
        await session.execute(text(f"DROP OWNED BY {role}"))
        await session.execute(text(f"DROP ROLE {role}"))


# The outbox


async def _outbox(db: Database, film: FilmInput, jobs: int) -> None:
    async with db.begin() as session:
        for _ in range(jobs):
            other = film_input(film.user_id, film.project_id)
            await Jobs(session).create(other)
            assert await Commands(session).add(other.job_id, 0, "start", other.model_dump(mode="json"))


async def _claim(db: Database, limit: int = 100) -> list[CommandRow]:
    async with db.begin() as session:
        return await Commands(session).claim(limit)


async def test_no_command_goes_to_two_relays(db: Database, film: FilmInput) -> None:
    await _outbox(db, film, 60)
    everyone_claimed = asyncio.Barrier(6)

    async def relay() -> list[CommandRow]:
        async with db.begin() as session:
            mine = await Commands(session).claim(12)
            await everyone_claimed.wait()
            return mine

    claimed = [command for batch in await asyncio.gather(*(relay() for _ in range(6))) for command in batch]
    assert len({command.command_id for command in claimed}) == len(claimed)
    # Nor does it after the claim was committed: what the six left is all there is.
    rest = await _claim(db)
    assert {command.command_id for command in rest}.isdisjoint(command.command_id for command in claimed)
    assert len(claimed) + len(rest) == 60
    assert await _claim(db) == []


async def test_a_command_is_said_once_a_revision(db: Database, film: FilmInput) -> None:
    async with db.begin() as session:
        commands = Commands(session)
        assert await commands.add(film.job_id, 0, "start", {})
        assert not await commands.add(film.job_id, 0, "start", {})
        assert await commands.add(film.job_id, 1, "start", {})


async def test_a_film_is_started_before_it_is_cancelled(db: Database, film: FilmInput) -> None:
    async with db.begin() as session:
        await Commands(session).add(film.job_id, 0, "start", {"n": 1})
        await Commands(session).add(film.job_id, 0, "cancel", {})
        assert await Commands(session).unsent_starts() == {(film.job_id, 0)}
    [start] = await _claim(db)
    assert (start.kind, start.payload, start.attempts) == ("start", {"n": 1}, 1)
    assert await _claim(db) == []
    async with db.begin() as session:
        await Commands(session).sent(start.command_id)
        assert await Commands(session).unsent_starts() == set()
    [cancel] = await _claim(db)
    assert cancel.kind == "cancel"


async def test_a_failed_command_waits_longer_each_time(db: Database, film: FilmInput) -> None:
    await _outbox(db, film, 1)
    pauses = []
    for _ in range(8):
        [command] = await _claim(db)
        async with db.begin() as session:
            await Commands(session).failed(command.command_id, "Temporal is away.")
            pause = "SELECT extract(epoch FROM next_try_at - clock_timestamp())::float FROM workflow_commands"
            pauses.append(ceil(await session.scalar(text(pause)) or 0))  # a moment of it is over
            await session.execute(text("UPDATE workflow_commands SET next_try_at = next_try_at + interval '1 hour'"))
        assert await _claim(db) == []
        async with db.begin() as session:
            await session.execute(text("UPDATE workflow_commands SET next_try_at = now()"))
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


async def test_relays_hear_of_a_command_once_it_is_committed(db: Database, film: FilmInput, dsn: str) -> None:
    async with listen(dsn, COMMANDS_CHANNEL) as notifications:
        async with db.begin() as session:
            await Commands(session).add(film.job_id, 0, "start", {})
            await session.flush()
            assert await notifications.wait_for(0.05) is None
        assert await notifications.wait_for(120) == str(film.job_id)


async def test_counts_that_have_ended_are_taken_along(db: Database) -> None:
    async def count(who: str, seconds: float) -> int:
        async with db.begin() as session:
            return (await Tallies(session).count(who, timedelta(seconds=seconds))).times

    for number in range(10):
        await count(f"over {number}", -1)
    assert [await count("lasts", 3600) for _ in range(5)] == [1, 2, 3, 4, 5]
    async with db.begin() as session:
        left = (await session.execute(text("SELECT who FROM tallies"))).scalars().all()
    assert left == ["lasts"]
