"""A project's cast, over HTTP: suggested, kept, edited, and used by its films."""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from typing import Any

import httpx
import pytest

from infrastructure.db.repositories.jobs import Jobs
from schemas.cast import MAX_ALIASES, MAX_NAME
from tests.api.governing import arrive
from tests.api.people import Studio, problem
from tests.api.test_jobs import order
from tests.api.test_projects import project
from tests.api.test_references import picture, put
from tests.unit.script.test_moderation import FORBIDDEN

pytestmark = pytest.mark.lab

SCRIPT = """\
INT. KITCHEN - DAY

MARA (40), a woman in a red coat, reads a letter.

MARA
He is gone.

TOM
Who?

INT. HALL - NIGHT

MOTHER
Go to bed, Tom.
"""


async def written(person: httpx.AsyncClient, script: str = SCRIPT) -> str:
    """Make a project with a script; return the path of its cast."""
    path = await project(person)
    assert (await person.put(f"{path}/script", content=script.encode())).status_code == 201
    return f"{path}/cast"


async def add(person: httpx.AsyncClient, path: str, name: str, *aliases: str, **more: Any) -> dict[str, Any]:
    """Take somebody in."""
    added = await person.post(path, json={"name": name, "aliases": aliases, **more})
    assert added.status_code == 201, added.text
    told: dict[str, Any] = added.json()
    assert added.headers["location"] == f"/api/v1{path}/{told['member_id']}"
    return told


async def names(person: httpx.AsyncClient, path: str) -> list[tuple[str, ...]]:
    """By which names each member goes."""
    members = (await person.get(path)).json()["members"]
    return [(one["name"], *one["aliases"]) for one in members]


async def quoted(person: httpx.AsyncClient, path: str) -> int:
    """How many are in a film of the project, as it is quoted."""
    project_id = path.split("/")[2]
    characters: int = (await person.post("/quotes", json={"project_id": project_id})).json()["characters"]
    return characters


async def test_a_cast_is_suggested_kept_and_merged_and_films_have_it(studio: Studio) -> None:
    anna = await arrive(studio, "anna@example.org")
    path = await written(anna)
    assert (await anna.get(path)).json() == {"version": 0, "members": []}
    suggested = (await anna.get(f"{path}-suggestions")).json()
    assert {one["name"] for one in suggested} == {"MARA", "TOM", "MOTHER"}
    assert await quoted(anna, path) == 3
    problem(await anna.post(f"{path}-suggestions", json={"names": ["Nobody"]}), 422)
    for _ in range(2):
        some = await anna.post(f"{path}-suggestions", json={"names": ["tom"]})
        assert [one["name"] for one in some.json()["members"]] == ["TOM"]
    for _ in range(2):  # keeping again keeps nobody twice
        kept = (await anna.post(f"{path}-suggestions", json={})).json()
    assert (kept["version"], len(kept["members"])) == (2, 3)
    assert {one["looks"] for one in kept["members"]} == {one["looks"] for one in suggested}
    assert (await anna.get(f"{path}-suggestions")).json() == []
    by_name = {one["name"]: one["member_id"] for one in kept["members"]}

    mara, mother = f"{path}/{by_name['MARA']}", by_name["MOTHER"]
    renamed = await anna.patch(mara, json={"name": "Mara (40)", "description": "a woman in a green dress"})
    assert (renamed.json()["character"], renamed.json()["aliases"]) == ("mara", [])  # it answers to MARA as it is
    one = (await anna.post(f"{mara}/merge", json={"other": mother})).json()
    assert (one["name"], one["aliases"]) == ("Mara (40)", ["MOTHER"])
    assert await quoted(anna, path) == 2
    problem(await anna.get(f"{path}/{mother}"), 404)
    told = problem(await anna.post(path, json={"name": "Mother"}), 409)
    assert "“Mother” is a name of Mara (40), and a name belongs to one member" in told["detail"]

    ordered = await order(anna, path.split("/")[2])
    assert ordered.status_code == 202, ordered.text
    async with studio.db.begin() as session:
        job = await Jobs(session).get(uuid.UUID(ordered.json()["job_id"]))
    assert job is not None
    assert job.film_input.cast is not None
    back = await anna.post(f"{mara}/split", json={"aliases": ["mother"]})
    assert (back.status_code, back.json()["member_id"]) == (201, mother)
    assert await quoted(anna, path) == 3
    assert (await anna.delete(mara)).status_code == 204
    assert await names(anna, path) == [("TOM",), ("MOTHER",)]


async def test_an_order_that_is_repeated_is_the_first_whatever_became_of_the_cast_since(studio: Studio) -> None:
    anna = await arrive(studio, "anna@example.org")
    path = await written(anna)
    await add(anna, path, "Tom")
    project_id, key = path.split("/")[2], uuid.uuid4().hex
    first = await order(anna, project_id, key, width=320, height=180)
    await add(anna, path, "Mara", description="a woman in a green coat")
    script = SCRIPT.replace("letter", "book").encode()
    assert (await anna.put(path.replace("/cast", "/script"), content=script)).status_code == 201
    again = await order(anna, project_id, key, width=320, height=180, at_most=5)
    assert (again.status_code, again.headers["idempotent-replayed"]) == (202, "true"), again.text
    assert again.json()["job_id"] == first.json()["job_id"]
    problem(await order(anna, project_id, key, width=640, height=360), 422)


async def test_one_who_was_read_as_two_people_under_one_name_is_split(studio: Studio) -> None:
    anna = await arrive(studio, "anna@example.org")
    path = await written(anna, SCRIPT.replace("MOTHER", "CYBER TOM"))
    tom = await add(anna, path, "Tom", "CYBER TOM", "РОБОТ ТОМ", "机器人汤姆", female=False)
    assert await quoted(anna, path) == 2
    problem(await anna.post(f"{path}/{tom['member_id']}/split", json={"aliases": ["Tom"]}), 422)
    problem(await anna.post(f"{path}/{tom['member_id']}/split", json={"aliases": []}), 422)
    body = {"aliases": ["CYBER TOM", "робот том", "机器人汤姆"]}
    cyber = (await anna.post(f"{path}/{tom['member_id']}/split", json=body)).json()
    assert (cyber["character"], cyber["aliases"]) == ("cyber-tom", ["РОБОТ ТОМ", "机器人汤姆"])
    assert await names(anna, path) == [("Tom",), ("CYBER TOM", "РОБОТ ТОМ", "机器人汤姆")]
    assert await quoted(anna, path) == 3


async def test_who_edits_what_was_changed_meanwhile_is_told(studio: Studio) -> None:
    anna = await arrive(studio, "anna@example.org")
    path = await written(anna)
    tom, mara = [f"{path}/{(await add(anna, path, name))['member_id']}" for name in ("Tom", "Mara")]
    etag = {"If-Match": (await anna.get(tom)).headers["etag"]}
    assert (await anna.patch(tom, json={"age": 30}, headers=etag)).headers["etag"] == '"2"'
    told = problem(await anna.patch(tom, json={"age": 31}, headers=etag), 412)
    assert "Tom was changed meanwhile, and is at version 2" in told["detail"]
    problem(await anna.post(f"{tom}/split", json={"aliases": ["Tom"]}, headers=etag), 412)
    problem(await anna.post(f"{tom}/merge", json={"other": mara.rpartition("/")[2]}, headers=etag), 412)
    problem(await anna.delete(tom, headers=etag), 412)
    problem(await anna.delete(tom, headers={"If-Match": "x"}), 422)
    assert (await anna.patch(mara, json={"age": None})).json()["age"] is None
    many = await asyncio.gather(*(anna.patch(tom, json={"age": age}, headers={"If-Match": '"2"'}) for age in range(8)))
    assert sorted(one.status_code for one in many) == [200] + [412] * 7


async def test_names_that_many_take_at_once_are_one_members(studio: Studio) -> None:
    anna = await arrive(studio, "anna@example.org")
    path = await written(anna)
    many = await asyncio.gather(*(anna.post(path, json={"name": f"P{n}", "aliases": ["SAME"]}) for n in range(8)))
    assert sorted(one.status_code for one in many) == [201] + [409] * 7
    assert len(await names(anna, path)) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"name": ""},
        {"name": "x" * (MAX_NAME + 1)},
        {"name": "Tom", "aliases": ["x"] * (MAX_ALIASES + 1)},
        {"name": "Tom", "aliases": "TOMMY"},
        {"name": "Tom", "description": "x" * 1001},
        {"name": "Tom", "age": 131},
        {"name": "Tom", "age": "30"},
        {"name": "Tom", "female": 1},
        {"name": "Tom\x00"},
        {"name": "Tom", "character": "mine"},
        {"name": "Tom", "pictures": []},
        {"description": "nobody"},
    ],
)
async def test_who_cannot_be_is_refused(studio: Studio, body: dict[str, Any]) -> None:
    anna = await arrive(studio, "anna@example.org")
    path = await written(anna)
    problem(await anna.post(path, json=body), 422)
    tom = f"{path}/{(await add(anna, path, 'Thomas'))['member_id']}"
    if body.keys() & {"character", "pictures"} or body.get("name") != "Tom":
        problem(await anna.patch(tom, json=body | ({} if "name" in body else {"name": None})), 422)


async def test_words_that_are_not_used_here_are_refused(studio: Studio) -> None:
    forbidden = FORBIDDEN.splitlines()[-1]
    anna = await arrive(studio, "anna@example.org")
    path = await written(anna)
    tom = f"{path}/{(await add(anna, path, 'Tom'))['member_id']}"
    for body in (
        {"name": forbidden},
        {"name": "Eve", "aliases": [forbidden]},
        {"name": "Eve", "description": forbidden},
    ):
        assert "not used here" in problem(await anna.post(path, json=body), 422)["detail"]
        assert "not used here" in problem(await anna.patch(tom, json=body), 422)["detail"]
    assert await names(anna, path) == [("Tom",)]


async def given(person: httpx.AsyncClient, path: str, colour: int, *, kind: str = "character") -> str:
    """Give a project a picture; return its id."""
    data = picture(colour, (300, 300))
    body = {
        "name": "A picture",
        "kind": kind,
        "media_type": "image/png",
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    references = path.replace("/cast", "/references")
    announced = (await person.post(references, json=body)).json()
    assert (await put(announced, data)).status_code == 200
    reference_id: str = announced["reference"]["reference_id"]
    assert (await person.post(f"{references}/{reference_id}/complete")).status_code == 200
    return reference_id


async def test_pictures_of_the_project_show_a_member_each(studio: Studio, whole: dict[str, str]) -> None:
    anna, bert = await arrive(studio, "anna@example.org"), await arrive(studio, "bert@example.org")
    path, other, his = await written(anna), await written(anna), await written(bert)
    tom, mara = [f"{path}/{(await add(anna, path, name))['member_id']}" for name in ("Tom", "Mara")]
    mine = await given(anna, path, 1)
    shown = await anna.put(f"{tom}/pictures/{mine}")
    assert shown.json()["pictures"] == [mine]
    assert (await anna.put(f"{tom}/pictures/{mine}")).json() == shown.json()
    assert "This picture shows Tom" in problem(await anna.put(f"{mara}/pictures/{mine}"), 409)["detail"]
    strangers = [await given(anna, other, 2), await given(bert, his, 3), str(uuid.uuid4())]
    details = {problem(await anna.put(f"{tom}/pictures/{one}"), 404)["detail"] for one in strangers}
    assert len(details) == 1
    style = await given(anna, path, 4, kind="style")
    assert "is no picture of somebody" in problem(await anna.put(f"{tom}/pictures/{style}"), 422)["detail"]
    problem(await anna.delete(f"{mara}/pictures/{mine}"), 404)
    for colour in range(5, 8):
        assert (await anna.put(f"{tom}/pictures/{await given(anna, path, colour)}")).status_code == 200
    fifth = await given(anna, path, 9)
    problem(await anna.put(f"{tom}/pictures/{fifth}"), 409)
    assert (await anna.delete(path.replace("/cast", f"/references/{mine}"))).status_code == 204
    assert len((await anna.get(tom)).json()["pictures"]) == 3  # what was deleted shows nobody
    taken = await anna.put(f"{tom}/pictures/{fifth}")
    assert len(taken.json()["pictures"]) == 4
    assert (await anna.delete(f"{tom}/pictures/{fifth}")).json()["pictures"] == taken.json()["pictures"][:3]


async def test_a_dossier_holds_the_cast_and_it_goes_with_its_project(studio: Studio, whole: dict[str, str]) -> None:
    anna = await arrive(studio, "anna@example.org")
    path = await written(anna)
    await add(anna, path, "Tom", description="a man in a blue coat")
    dossier = (await anna.get("/auth/me/export")).json()
    ((kept,),) = [one["cast"] for one in dossier["projects"]]
    assert [one["description"] for one in kept["people"]] == ["a man in a blue coat"]
    assert (await anna.delete(path.removesuffix("/cast"))).status_code == 204
    problem(await anna.get(path), 404)
