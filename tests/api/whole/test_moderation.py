"""Films that moderation holds: only a moderator lets them go on."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import httpx
import pytest

from infrastructure.db.repositories.jobs import Jobs
from schemas.enums import JobStatus
from schemas.events import EventKind
from tests.api.governing import acts, administrator, arrive, moderator, user_id_of
from tests.api.people import Studio, insist, problem
from tests.api.test_jobs import order, record
from tests.api.test_projects import project
from tests.api.whole.conftest import until
from tests.studio import Studio as Works

pytestmark = pytest.mark.lab
ANNA, WHY = "anna@example.org", "it is a court drama"
SCRIPT = """\
INT. COURT - DAY

The WITNESS, 40, stands up. Nobody speaks.

WITNESS
She was raped.

The judge nods.
"""


async def held(person: httpx.AsyncClient, **options: Any) -> str:
    """Order a film that moderation holds; return its id."""
    path = await project(person)
    assert (await person.put(f"{path}/script", content=SCRIPT)).status_code == 201
    ordered = await order(person, path.rpartition("/")[2], width=320, height=180, fps=12, **options)
    assert ordered.status_code == 202, ordered.text
    return str(ordered.json()["job_id"])


async def approve(person: httpx.AsyncClient, job_id: str) -> httpx.Response:
    """Approve a film of one's own; again where it did not answer in time."""
    key = {"Idempotency-Key": uuid.uuid4().hex}
    return await insist(lambda: person.post(f"/jobs/{job_id}/approve", headers=key))


async def queue(person: httpx.AsyncClient, **which: str) -> list[dict[str, Any]]:
    """What waits."""
    answer = await person.get("/admin/moderation", params=which)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def decide(person: httpx.AsyncClient, item: dict[str, Any], what: str) -> httpx.Response:
    """Decide about a film; again where it did not answer in time."""
    return await insist(lambda: decide_once(person, item, what))


async def decide_once(person: httpx.AsyncClient, item: dict[str, Any], what: str) -> httpx.Response:
    """Decide about a film, whatever the answer is."""
    return await person.post(f"/admin/moderation/{item['item_id']}/{what}", json={"reason": WHY})


async def test_a_film_is_held_until_a_moderator_lets_it_go_on(studio: Studio, making: Works) -> None:
    root, mod, anna = await administrator(studio), await moderator(studio), await arrive(studio, ANNA)
    bert = await arrive(studio, "bert@example.org")
    job_id = await held(anna)
    waiting = await until(studio, job_id, EventKind.AWAITING_REVIEW)
    assert "sexual violence (line 6)" in waiting.message
    seen = await anna.get(f"/jobs/{job_id}")
    assert (seen.json()["status"], seen.json()["held"]) == ("awaiting_review", True)
    assert [one["held"] for one in (await anna.get("/jobs")).json()["items"]] == [True]
    problem(await approve(anna, job_id), 403)
    problem(await approve(bert, job_id), 404)
    (item,) = await queue(mod)
    assert (item["job_id"], item["title"], item["status"]) == (job_id, "Rain", "awaiting_review")
    assert item["user_id"] == await user_id_of(studio, ANNA)
    shown = (await mod.get(f"/admin/moderation/{item['item_id']}")).json()
    (passage,) = shown["passages"]
    assert [(flag["line"], flag["severity"]) for flag in passage["flags"]] == [(6, "severe")]
    lines = {line["number"]: line["text"] for line in passage["lines"]}
    assert (lines[3], lines[6]) == ("The WITNESS, 40, stands up. Nobody speaks.", "She was raped.")

    approved = await decide(mod, item, "approve")
    assert (approved.status_code, approved.json()["state"], approved.json()["waits"]) == (200, "approved", False)
    await until(studio, job_id, EventKind.APPROVED)
    assert not (await anna.get(f"/jobs/{job_id}")).json()["held"]
    assert (await decide(root, item, "approve")).json() == approved.json() | {"status": "running"}
    problem(await decide(root, item, "refuse"), 409)
    assert await queue(mod) == []
    assert [one["item_id"] for one in await queue(mod, state="approved")] == [item["item_id"]]
    (act,) = await acts(root, target_id=job_id)
    assert (act["act"], act["role"], act["reason"]) == ("film_approved", "moderator", WHY)
    await until(studio, job_id, EventKind.COMPLETED)


async def test_a_film_is_refused_and_its_user_is_told(studio: Studio, making: Works) -> None:
    root, mod, anna = await administrator(studio), await moderator(studio), await arrive(studio, ANNA)
    job_id = await held(anna)
    await until(studio, job_id, EventKind.AWAITING_REVIEW)
    (item,) = await queue(mod)
    assert (await decide(mod, item, "refuse")).json()["state"] == "refused"
    await until(studio, job_id, EventKind.CANCELLED)
    assert (await decide(mod, item, "refuse")).status_code == 200  # says the same, and does nothing
    problem(await decide(mod, item, "approve"), 409)
    job = (await anna.get(f"/jobs/{job_id}")).json()
    assert job["status"] == "cancelled"
    assert (job["error"]["code"], WHY in job["error"]["message"]) == ("Refused", True)
    await studio.deliver()
    (letter,) = [letter for letter in studio.box.to(ANNA) if "refused" in letter["Subject"]]
    assert WHY in letter.get_content()
    assert "“Rain”" in letter.get_content()
    (act,) = await acts(root, target_id=job_id)
    assert (act["act"], act["after"]) == ("film_refused", {"state": "refused", "revision": 0})
    assert (await anna.get("/jobs")).json()["items"][0]["job_id"] == job_id
    problem(await approve(anna, job_id), 422)


async def test_a_film_that_its_user_wants_to_see_waits_for_both(studio: Studio, making: Works) -> None:
    mod, anna = await moderator(studio), await arrive(studio, ANNA)
    job_id = await held(anna, review=True)
    await until(studio, job_id, EventKind.AWAITING_REVIEW)
    problem(await approve(anna, job_id), 403)
    (item,) = await queue(mod)
    etag = {"If-None-Match": (await anna.get(f"/jobs/{job_id}")).headers["etag"]}
    assert (await decide(mod, item, "approve")).json()["status"] == "awaiting_review"
    again = await anna.get(f"/jobs/{job_id}", headers=etag)  # no event tells of it
    assert (again.status_code, again.json()["held"]) == (200, False)
    assert (await approve(anna, job_id)).status_code == 200
    await until(studio, job_id, EventKind.APPROVED)
    assert (await anna.post(f"/jobs/{job_id}/cancel")).status_code == 202
    await until(studio, job_id, EventKind.CANCELLED)


async def test_of_two_who_decide_at_once_one_has_decided(studio: Studio, making: Works) -> None:
    mod, anna = await moderator(studio), await arrive(studio, ANNA)
    job_id = await held(anna)
    await until(studio, job_id, EventKind.AWAITING_REVIEW)
    (item,) = await queue(mod)
    answers = await asyncio.gather(*(decide(mod, item, what) for what in ["approve", "refuse"] * 4))
    assert sorted(answer.status_code for answer in answers) == [200] * 4 + [409] * 4
    (state,) = {answer.json()["state"] for answer in answers if answer.status_code == 200}
    ends = EventKind.COMPLETED if state == "approved" else EventKind.CANCELLED
    await until(studio, job_id, ends)


async def test_a_film_that_was_called_off_waits_no_more(studio: Studio, making: Works) -> None:
    mod, anna = await moderator(studio), await arrive(studio, ANNA)
    job_id = await held(anna)
    (item,) = await queue(mod)
    assert (await anna.post(f"/jobs/{job_id}/cancel")).status_code == 202
    await until(studio, job_id, EventKind.CANCELLED)
    assert await queue(mod) == []
    for what in ("approve", "refuse"):
        problem(await decide(mod, item, what), 409)


async def test_without_temporal_nothing_is_let_go_on_and_anything_refused(studio: Studio, cut_off: str) -> None:
    mod, anna = await moderator(studio), await arrive(studio, ANNA)
    job_id = await held(anna)
    (item,) = await queue(mod)
    problem(await decide(mod, item, "approve"), 409)  # it has not begun: no relay works
    mod.base_url = httpx.URL(f"{cut_off}/api/v1")
    problem(await decide_once(mod, item, "approve"), 503)
    assert [one["item_id"] for one in await queue(mod)] == [item["item_id"]]
    assert (await decide(mod, item, "refuse")).status_code == 200
    await record(studio, job_id, "end", EventKind.CANCELLED, status=JobStatus.CANCELLED)
    async with studio.db.begin() as session:
        job = await Jobs(session).get(uuid.UUID(job_id))
    assert job is not None
    assert (job.status, job.error_type) == (JobStatus.CANCELLED, "Refused")
