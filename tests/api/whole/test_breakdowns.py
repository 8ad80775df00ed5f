"""Breakdowns that wait for their review, over HTTP: read, quoted, changed once, and made as they were approved."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import httpx
import pytest

from infrastructure.db.repositories.events import Events
from schemas.events import EventKind
from tests.api.governing import arrive
from tests.api.people import Studio, insist, problem
from tests.api.test_jobs import order
from tests.api.test_projects import project
from tests.api.whole.conftest import until
from tests.studio import SCRIPT as PIER
from tests.studio import Studio as Works

pytestmark = pytest.mark.lab
ANNA = "anna@example.org"
Json = dict[str, Any]


async def ordered(person: httpx.AsyncClient) -> str:
    """Order a film that waits for its review; return its id."""
    path = await project(person)
    assert (await person.put(f"{path}/script", content=PIER)).status_code == 201
    answer = await order(person, path.rpartition("/")[2], width=320, height=180, fps=12, review=True)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["job_id"])


async def read(person: httpx.AsyncClient, job_id: str) -> tuple[Json, str]:
    """A film's breakdown, and its ETag."""
    answer = await person.get(f"/jobs/{job_id}/breakdown")
    assert answer.status_code == 200, answer.text
    shown: Json = answer.json()
    return shown, answer.headers["etag"]


async def change(
    person: httpx.AsyncClient, job_id: str, etag: str | None = None, key: str | None = None, **asked: Any
) -> httpx.Response:
    """Ask for a change; again where the film did not answer in time, as the API tells everybody to."""
    headers = {"Idempotency-Key": key or uuid.uuid4().hex, **({} if etag is None else {"If-Match": etag})}
    while True:
        answer = await person.post(f"/jobs/{job_id}/revisions", json=asked, headers=headers)
        if answer.status_code != 503:
            return answer


def shots_of(shown: Json) -> dict[str, Json]:
    """All shots, by number."""
    return {shot["number"]: shot for scene in shown["scenes"] for shot in scene["shots"]}


async def test_a_breakdown_is_changed_in_all_ways_and_made_so(studio: Studio, making: Works) -> None:
    anna = await arrive(studio, ANNA)
    job_id = await ordered(anna)
    await until(studio, job_id, EventKind.AWAITING_REVIEW)
    shown, etag = await read(anna, job_id)
    assert shown["changeable"] is True
    assert [scene["slugline"] for scene in shown["scenes"]] == ["EXT. HARBOUR - DUSK", "INT. KITCHEN - NIGHT"]
    assert {one["id"] for one in shown["characters"]} == {"mara", "tom"}
    assert shown["frames"] == sum(shot["frames"] for shot in shots_of(shown).values())
    assert shown["order"] == list(shots_of(shown))
    said = [line["text"] for shot in shots_of(shown).values() for line in shot["lines"]]
    assert said == ["He said he would be here.", "I never left."]
    again = await anna.get(f"/jobs/{job_id}/breakdown", headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)

    first, second, last = shown["order"][0], shown["order"][1], shown["order"][-1]
    asked: Json = {
        "cast": [{"character": "MARA", "name": "Captain Vane", "description": "60, grey hair, a green coat"}],
        "shots": [{"shot": first, "prompt": "Gulls over a harbour.", "size": "EWS", "duration_s": 2.5}],
        "order": [{"shot": last, "anchor": first, "side": "before"}],
    }
    quoted = (await anna.post(f"/jobs/{job_id}/revisions/quote", json=asked)).json()
    changed = await change(anna, job_id, etag, **asked)
    assert (changed.status_code, changed.json()) == (202, {"revision": None}), changed.text
    now, then = await read(anna, job_id)
    assert then == changed.headers["etag"] != etag
    assert quoted["seconds"] == pytest.approx(now["seconds"])
    assert (quoted["credits"], quoted["set_aside"]) == (0, None)  # a draft costs nothing
    assert sorted(quoted["shots"]) == sorted(now["order"])
    vane = next(one for one in now["characters"] if one["id"] == "mara")
    assert (vane["name"], vane["description"]) == ("Captain Vane", "60, grey hair, a green coat")
    assert vane["edited"] == ["name", "description"]
    shot = shots_of(now)[first]
    assert (shot["words"], shot["size"], shot["frames"]) == ("Gulls over a harbour.", "EWS", 30)
    assert set(shot["edited"]) == {"prompt", "size", "duration"}
    assert now["order"][:2] == ["s002-001", first]  # the first of its scene now, and numbered so
    moved = shots_of(now)["s002-001"]
    assert (moved["words"], moved["edited"]) == (shots_of(shown)[last]["words"], ["order"])

    merged = await change(anna, job_id, then, cast=[{"character": "tom", "into": "Captain Vane"}], removed=[second])
    assert merged.status_code == 202, merged.text
    key = {"Idempotency-Key": uuid.uuid4().hex}
    approved = await insist(lambda: anna.post(f"/jobs/{job_id}/approve", headers=key))
    assert approved.status_code == 200, approved.text
    await until(studio, job_id, EventKind.COMPLETED)
    made, _ = await read(anna, job_id)
    assert [one["name"] for one in made["characters"]] == ["Captain Vane"]
    assert len(made["order"]) == len(shown["order"]) - 1
    assert made["seconds"] == pytest.approx((await finished(studio, job_id))["duration_s"])


async def finished(studio: Studio, job_id: str) -> Json:
    """What is said of a film that was made."""
    event = await until(studio, job_id, EventKind.COMPLETED)
    summary: Json = event.data["summary"]
    return summary


async def test_of_two_who_change_it_at_once_one_is_refused(studio: Studio, making: Works) -> None:
    anna = await arrive(studio, ANNA)
    job_id = await ordered(anna)
    await until(studio, job_id, EventKind.AWAITING_REVIEW)
    shown, etag = await read(anna, job_id)
    shot = shown["order"][0]
    page = await anna.get(f"/jobs/{job_id}/breakdown", params={"limit": 1})
    cursor = page.json()["next"]
    assert (page.json()["order"], page.headers["etag"], cursor in page.headers["link"]) == ([shot], etag, True)
    rest = await anna.get(f"/jobs/{job_id}/breakdown", params={"cursor": cursor})
    assert (rest.json()["order"], rest.json()["next"]) == (shown["order"][1:], None)
    takes: list[Json] = [{"shots": [{"shot": shot, "duration_s": seconds}]} for seconds in (2, 3, 4)]
    answers = await asyncio.gather(*(change(anna, job_id, etag, **take) for take in takes))
    assert sorted(answer.status_code for answer in answers) == [202, 412, 412]
    won = next(take for take, answer in zip(takes, answers, strict=True) if answer.status_code == 202)
    now, then = await read(anna, job_id)
    assert shots_of(now)[shot]["seconds"] == won["shots"][0]["duration_s"]
    problem(await anna.get(f"/jobs/{job_id}/breakdown", params={"cursor": cursor}), 412)
    for outdated in (etag, '"nonsense"'):
        problem(await change(anna, job_id, outdated, removed=[shot]), 412)
    assert (await read(anna, job_id))[1] == then
    # Whoever does not say what they have read changes what there is.
    assert (await change(anna, job_id, "*", shots=[{"shot": shot, "duration_s": 5}])).status_code == 202
    await called_off(studio, anna, job_id)


async def test_whoever_read_a_film_that_is_made_anew_is_refused_from_the_first_moment(
    studio: Studio, making: Works
) -> None:
    anna = await arrive(studio, ANNA)
    job_id = await ordered(anna)
    await until(studio, job_id, EventKind.AWAITING_REVIEW)
    key = {"Idempotency-Key": uuid.uuid4().hex}
    assert (await insist(lambda: anna.post(f"/jobs/{job_id}/approve", headers=key))).status_code == 200
    await until(studio, job_id, EventKind.COMPLETED)
    shown, etag = await read(anna, job_id)
    first, second = shown["order"][:2]
    assert (await change(anna, job_id, etag, shots=[{"shot": first, "duration_s": 2}])).status_code == 202
    problem(await change(anna, job_id, etag, removed=[second]), 412)  # it has not been begun, has nothing to read
    await called_off(studio, anna, job_id)


async def test_asking_again_changes_nothing_again(studio: Studio, making: Works) -> None:
    anna = await arrive(studio, ANNA)
    job_id = await ordered(anna)
    await until(studio, job_id, EventKind.AWAITING_REVIEW)
    shown, etag = await read(anna, job_id)
    key, gone = uuid.uuid4().hex, shown["order"][1]
    answers = await asyncio.gather(*(change(anna, job_id, etag, key, removed=[gone]) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {202}, [answer.text for answer in answers]
    late = await change(anna, job_id, etag, key, removed=[gone])
    assert (late.status_code, late.headers["idempotent-replayed"]) == (202, "true")
    assert len((await read(anna, job_id))[0]["order"]) == len(shown["order"]) - 1
    problem(await change(anna, job_id, None, key, removed=[shown["order"][0]]), 422)
    async with studio.db.begin() as session:
        told = await Events(session).after(uuid.UUID(job_id), 0)
    assert [event.data["key"] for event in told if event.kind is EventKind.REVISED] == [key]
    await called_off(studio, anna, job_id)


REFUSED: list[tuple[Json, str]] = [
    ({}, "Nothing is to be changed"),
    ({"cast": [{"character": "Nobody", "name": "X"}]}, "There is no Nobody in this film"),
    ({"cast": [{"character": "mara"}]}, "Nothing is to be changed about MARA"),
    ({"cast": [{"character": "mara", "name": "X" * 101}]}, "name"),
    ({"cast": [{"character": "mara", "looks": "old"}]}, "looks"),
    ({"removed": ["s009-001"]}, "There is no shot s009-001"),
    ({"cast": [{"character": "mara", "description": "she was raped"}]}, "These words are not used here"),
]


async def test_what_cannot_be_done_is_said(studio: Studio, making: Works) -> None:
    anna = await arrive(studio, ANNA)
    job_id = await ordered(anna)
    await until(studio, job_id, EventKind.AWAITING_REVIEW)
    _, etag = await read(anna, job_id)
    for asked, told in REFUSED:
        assert told in str(problem(await change(anna, job_id, etag, **asked), 422))
    assert (await read(anna, job_id))[1] == etag
    await called_off(studio, anna, job_id)


async def test_before_a_script_is_read_there_is_no_breakdown(studio: Studio, works: Works) -> None:
    anna = await arrive(studio, ANNA)
    job_id = await ordered(anna)
    problem(await anna.get(f"/jobs/{job_id}/breakdown"), 409)
    await anna.post(f"/jobs/{job_id}/cancel")
    await works.relay()


async def called_off(studio: Studio, person: httpx.AsyncClient, job_id: str) -> None:
    """Leave nothing running."""
    assert (await person.post(f"/jobs/{job_id}/cancel")).status_code == 202
    await until(studio, job_id, EventKind.CANCELLED)
