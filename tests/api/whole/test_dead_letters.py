"""What failed for good, as administrators see it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest

from accounts import ledger
from infrastructure.ids import new_id
from schemas.enums import JobStatus
from schemas.events import EventKind
from schemas.messages import DeadLetter
from tests.accounts.users import reserve, settle
from tests.api.governing import acts, administrator, arrive, user_id_of
from tests.api.people import Studio, insist, problem
from tests.api.test_jobs import order, record, scripted
from tests.api.test_projects import project
from tests.studio import SCRIPT as PIER
from tests.studio import Studio as Works
from tests.studio import refusing_one_shot

pytestmark = pytest.mark.lab


async def test_dead_letters_are_listed_and_stay(studio: Studio, works: Works) -> None:
    root, queues = await administrator(studio), works.deps.queues
    for hours in range(3):
        letter = DeadLetter(
            kind="film",
            job_id=new_id(),
            rev=0,
            stage="script",
            workflow_id="w",
            run_id="r",
            failure_type="ShotFailed",
            message=f"{hours} hours ago",
            attempts=1,
            occurred_at=datetime.now(UTC) - timedelta(hours=hours),
        )
        await queues.send_dead_letter(letter)
    await queues._on_dead_letters("send_message", MessageBody="a ticket that crashed its workers")
    for receives in (1, 2):  # whoever looks takes nothing away
        answer = await root.get("/admin/dead-letters")
        assert answer.status_code == 200, answer.text
        shown = answer.json()
        said = [one["letter"]["message"] if one["letter"] else one["body"] for one in shown]
        assert said == ["0 hours ago", "1 hours ago", "2 hours ago", "a ticket that crashed its workers"]
        assert {one["receives"] for one in shown} == {receives}
        assert {one["film"] for one in shown} == {None}  # they tell of none that is there
    assert [depth.waiting for depth in await queues.depths()] == [0, 4]
    assert len((await root.get("/admin/dead-letters", params={"limit": 2})).json()) == 2
    for one in await queues.receive_dead_letters():
        await queues.delete(one.receipt)


WHY = {"reason": "the disk was full"}


async def letters_of(root: httpx.AsyncClient, job_id: str) -> list[str]:
    """Ids of the messages that tell of a film."""
    shown = (await insist(lambda: root.get("/admin/dead-letters", params={"limit": 100}))).json()
    return [one["message_id"] for one in shown if one["letter"] and one["letter"]["job_id"] == job_id]


async def test_a_letter_names_its_film_and_whose_it_is(studio: Studio, works: Works) -> None:
    root, anna = await administrator(studio), await arrive(studio, "named@example.org")
    job_id = await failed_film(studio, works, anna)
    shown = (await root.get("/admin/dead-letters", params={"limit": 100})).json()
    films = [one["film"] for one in shown if one["letter"] and one["letter"]["job_id"] == job_id]
    job = (await anna.get(f"/jobs/{job_id}")).json()
    user = {"user_id": await user_id_of(studio, "named@example.org"), "email": "named@example.org"}
    assert films == [{"title": job["title"], **user, "status": "failed", "rev": 0}]
    for message in await letters_of(root, job_id):
        assert (await root.post(f"/admin/dead-letters/{message}/discard", json=WHY)).status_code == 204


async def failed_film(studio: Studio, works: Works, anna: httpx.AsyncClient, *, letters: int = 1) -> str:
    """A film whose workflow has ended, and that has failed; its letters say so."""
    job_id: str = (await order(anna, await scripted(anna), width=320, height=180, fps="12")).json()["job_id"]
    await works.relay()
    handle = works.client.get_workflow_handle(f"film-{job_id}-r0")
    await handle.terminate()
    await record(studio, job_id, "r0/failed", EventKind.FAILED, status=JobStatus.FAILED)
    letter = DeadLetter(
        kind="film",
        job_id=UUID(job_id),
        rev=0,
        stage="post",
        workflow_id=handle.id,
        run_id="r",
        failure_type="StorageFull",
        message="No space is left.",
        attempts=1,
        occurred_at=datetime.now(UTC),
    )
    for _ in range(letters):
        await works.deps.queues.send_dead_letter(letter)
    return job_id


async def redriven(root: httpx.AsyncClient, message: str) -> httpx.Response:
    """Run again what a letter tells of, with the patience that a busy machine asks for."""
    return await insist(lambda: root.post(f"/admin/dead-letters/{message}/redrive", json=WHY))


async def relaying(works: Works) -> None:
    """Deliver what the outbox holds, for ever."""
    while True:
        await works.relay()
        await asyncio.sleep(0.05)


@asynccontextmanager
async def at_work(works: Works) -> AsyncIterator[None]:
    """A relay that runs."""
    task = asyncio.create_task(relaying(works))
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_film_that_failed_is_made_once_more_and_once_only(studio: Studio, works: Works) -> None:
    root, anna = await administrator(studio), await arrive(studio, "anna@example.org")
    job_id = await failed_film(studio, works, anna, letters=2)  # at least once: a letter may arrive twice
    first, second = await letters_of(root, job_id)
    async with at_work(works), works.working():
        answers = await asyncio.gather(*(redriven(root, first) for _ in range(5)))
        done = [answer for answer in answers if answer.status_code == 200]
        assert len(done) == 1, [answer.text for answer in answers]
        assert {answer.status_code for answer in answers} == {200, 404}
        assert done[0].json() == {"kind": "film", "job_id": job_id, "rev": 1, "shot": None}
        problem(await root.post(f"/admin/dead-letters/{second}/redrive", json=WHY), 409)
        result = await works.client.get_workflow_handle(f"film-{job_id}-r1").result()
    job = (await anna.get(f"/jobs/{job_id}")).json()
    assert (job["status"], job["progress"], job["error"]) == ("completed", 100, None)
    assert result["output"]["key"] == f"jobs/{job_id}/output/r1/final.mp4"
    assert [one["number"] for one in (await anna.get(f"/jobs/{job_id}/versions")).json()] == [0, 1]
    [act] = await acts(root, target_id=job_id)
    assert (act["act"], act["reason"]) == ("letter_redriven", WHY["reason"])
    assert (act["before"]["rev"], act["after"]["rev"]) == (0, 1)
    assert await letters_of(root, job_id) == [second]
    assert (await root.post(f"/admin/dead-letters/{second}/discard", json=WHY)).status_code == 204


async def test_a_letter_stays_until_temporal_has_accepted(studio: Studio, works: Works) -> None:
    root, anna = await administrator(studio), await arrive(studio, "anna@example.org")
    job_id = await failed_film(studio, works, anna)
    [message] = await letters_of(root, job_id)
    problem(await root.post(f"/admin/dead-letters/{message}/redrive", json=WHY), 503)  # no relay runs
    assert await letters_of(root, job_id) == [message]
    async with at_work(works):
        answer = await redriven(root, message)
    assert (answer.status_code, answer.json()["rev"]) == (200, 1)
    assert await letters_of(root, job_id) == []
    assert len(await acts(root, target_id=job_id)) == 1
    await works.client.get_workflow_handle(f"film-{job_id}-r1").terminate()


async def test_a_film_that_is_made_once_more_is_paid_for_as_it_was(studio: Studio, works: Works) -> None:
    root, anna = await administrator(studio), await arrive(studio, "anna@example.org")
    user = UUID(await user_id_of(studio, "anna@example.org"))
    job_id = await failed_film(studio, works, anna)
    await reserve(studio.db, user, 2, UUID(job_id))
    await settle(studio.db, UUID(job_id), 0)
    [message] = await letters_of(root, job_id)
    await reserve(studio.db, user, 2)  # somebody else's film has taken what there was
    problem(await root.post(f"/admin/dead-letters/{message}/redrive", json=WHY), 402)
    assert await letters_of(root, job_id) == [message]
    async with studio.db.begin() as session:
        await ledger.grant(session, user_id=user, credits=5, reason="Sorry", key=f"sorry-{job_id}")
    async with at_work(works):
        assert (await redriven(root, message)).status_code == 200
    assert (await anna.get("/credits")).json()["reserved"] == 4
    await works.client.get_workflow_handle(f"film-{job_id}-r1").terminate()


async def test_a_shot_that_failed_is_tried_again_where_its_film_waits(studio: Studio, works: Works) -> None:
    root, anna = await administrator(studio), await arrive(studio, "anna@example.org")
    broken = refusing_one_shot(works)
    path = await project(anna)
    assert (await anna.put(f"{path}/script", content=PIER)).status_code == 201
    async with at_work(works), works.working(broken):
        ordered = await order(anna, path.rpartition("/")[2], width=320, height=180, fps="12")
        job_id = ordered.json()["job_id"]
        while not (found := await letters_of(root, job_id)):
            await asyncio.sleep(0.1)
        while (await anna.get(f"/jobs/{job_id}")).json()["status"] != "needs_attention":
            await asyncio.sleep(0.1)
        broken.times = 0
        answer = await redriven(root, found[0])
        assert answer.status_code == 200, answer.text
        assert (answer.json()["kind"], answer.json()["rev"]) == ("shot", 0)
        result = await works.client.get_workflow_handle(f"film-{job_id}-r0").result()
    assert not result["stand_ins"]
    assert await letters_of(root, job_id) == []
    assert [one["act"] for one in await acts(root, target_id=job_id)] == ["letter_redriven"]


async def test_what_is_discarded_is_gone_and_written_down(studio: Studio, works: Works) -> None:
    root, anna = await administrator(studio), await arrive(studio, "anna@example.org")
    job_id = await failed_film(studio, works, anna)
    [message] = await letters_of(root, job_id)
    await works.deps.queues._on_dead_letters("send_message", MessageBody="a ticket that crashed its workers")
    assert (await root.post(f"/admin/dead-letters/{message}/discard", json=WHY)).status_code == 204
    assert await letters_of(root, job_id) == []
    [act] = await acts(root, target_id=message)
    assert (act["act"], act["target_kind"], act["before"]["job_id"]) == ("letter_discarded", "dead_letter", job_id)
    assert "message" not in act["before"]
    [other] = [one["message_id"] for one in (await root.get("/admin/dead-letters")).json() if one["letter"] is None]
    assert "discard" in problem(await root.post(f"/admin/dead-letters/{other}/redrive", json=WHY), 409)["detail"]
    assert (await root.post(f"/admin/dead-letters/{other}/discard", json=WHY)).status_code == 204
    for what in ("redrive", "discard"):
        problem(await root.post(f"/admin/dead-letters/{other}/{what}", json=WHY), 404)
    assert (await anna.get(f"/jobs/{job_id}")).json()["status"] == "failed"
