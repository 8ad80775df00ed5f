"""Projects and their scripts, over HTTP."""

from __future__ import annotations

import asyncio
import uuid
from functools import partial
from pathlib import Path

import httpx
import pytest

from tests.api.people import Studio, insist, problem

pytestmark = pytest.mark.lab
EXAMPLES = Path(__file__).parents[2] / "examples"
SCRIPT = "INT. KITCHEN - DAY\n\nAnna opens the window.\n\nANNA\nIt rains.\n"


async def project(person: httpx.AsyncClient, title: str = "Rain") -> str:
    """Make a project; return its path."""
    made = await person.post("/projects", json={"title": title})
    assert made.status_code == 201, made.text
    assert made.headers["location"] == f"/api/v1/projects/{made.json()['project_id']}"
    return f"/projects/{made.json()['project_id']}"


async def test_a_project_is_made_read_renamed_and_deleted(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    path = await project(anna, "  Rain\n again ")
    read = await anna.get(path)
    assert read.json()["title"] == "Rain again"
    assert read.json()["has_script"] is False
    etag = read.headers["etag"]
    renamed = await anna.patch(path, json={"title": "Sun"}, headers={"If-Match": etag})
    assert renamed.json()["title"] == "Sun"
    problem(await anna.patch(path, json={"title": "Snow"}, headers={"If-Match": etag}), 412)
    problem(await anna.patch(path, json={"title": "Snow"}, headers={"If-Match": "x"}), 422)
    problem(await anna.patch(path, json={"title": "Snow", "status": "done"}), 422)
    problem(await anna.patch(path, json={"title": " "}), 422)
    assert (await anna.delete(path)).status_code == 204
    problem(await anna.get(path), 404)
    problem(await anna.delete(path), 404)


async def test_what_is_anothers_answers_as_what_is_not(studio: Studio) -> None:
    anna, bert = await studio.person("anna@example.org"), await studio.person("bert@example.org")
    hers, missing = await project(anna), f"/projects/{uuid.uuid4()}"
    for method, suffix, body in (
        ("GET", "", {}),
        ("PATCH", "", {"json": {"title": "Mine"}}),
        ("DELETE", "", {}),
        ("PUT", "/script", {"content": SCRIPT}),
        ("GET", "/script", {}),
        ("GET", "/scripts", {}),
    ):
        answers = [problem(await bert.request(method, path + suffix, **body), 404) for path in (hers, missing)]
        assert answers[0]["detail"] == answers[1]["detail"]
    assert (await anna.get(hers)).json()["title"] == "Rain"
    assert (await bert.get("/projects")).json()["items"] == []
    stranger = studio.client()
    problem(await stranger.get(hers), 401)


async def test_scripts_are_kept_in_versions_as_they_were_given(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    path = await project(anna)
    problem(await anna.get(f"{path}/script"), 404)
    first = await anna.put(f"{path}/script", content=SCRIPT, params={"name": "rain.fountain"})
    assert first.status_code == 201, first.text
    told = first.json()
    assert (told["number"], told["format"], told["characters"]) == (1, "fountain", len(SCRIPT))
    second = await anna.put(f"{path}/script", content=SCRIPT.replace("rains", "snows").encode("utf-16"))
    assert second.json()["number"] == 2
    assert (await anna.get(f"{path}/script")).text == SCRIPT.replace("rains", "snows")
    assert (await anna.get(f"{path}/script", params={"number": 1})).text == SCRIPT
    assert [one["number"] for one in (await anna.get(f"{path}/scripts")).json()] == [2, 1]
    assert (await anna.get(path)).json()["has_script"] is True
    problem(await anna.get(f"{path}/script", params={"number": 3}), 404)


async def test_two_who_edit_one_script_are_told(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    path = await project(anna)
    etag = (await anna.get(path)).headers["etag"]
    both = await asyncio.gather(
        *(anna.put(f"{path}/script", content=f"{SCRIPT}\n{n}", headers={"If-Match": etag}) for n in range(2))
    )
    assert sorted(one.status_code for one in both) == [201, 412]
    assert len((await anna.get(f"{path}/scripts")).json()) == 1


async def test_twenty_versions_at_once_are_twenty(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    path = await project(anna)
    await asyncio.gather(*(insist(partial(anna.put, f"{path}/script", content=f"{SCRIPT}\n{n}")) for n in range(20)))
    assert [one["number"] for one in (await anna.get(f"{path}/scripts")).json()] == list(range(20, 0, -1))


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.*")), ids=lambda path: path.name)
async def test_examples_are_read(studio: Studio, example: Path) -> None:
    anna = await studio.person("anna@example.org")
    path = await project(anna)
    answer = await anna.put(f"{path}/script", content=example.read_bytes(), params={"name": example.name})
    if example.suffix in {".fountain", ".fdx", ".txt", ".md"}:
        assert answer.status_code == 201, answer.text


@pytest.mark.parametrize(
    "data", [b"", b"   \n", b"\x00\x01\x02\x03" * 100, b"%PDF-1.4 nothing", b"x" * (6 * 1024 * 1024)]
)
async def test_what_is_no_script_is_refused_in_a_sentence(studio: Studio, data: bytes) -> None:
    anna = await studio.person("anna@example.org")
    path = await project(anna)
    told = problem(await anna.put(f"{path}/script", content=data, params={"name": "../../etc/passwd"}), 422)
    assert told["type"] == "/problems/InvalidScript"
    assert "etc" not in told["detail"].partition("passwd")[0]
    assert (await anna.get(f"{path}/scripts")).json() == []


async def test_lists_come_in_pages_that_skip_and_repeat_nothing(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    for number in range(7):
        await project(anna, f"Film {number}")
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = await anna.get("/projects", params={"limit": 3, **cursor})
        seen += [one["title"] for one in page.json()["items"]]
        if page.json()["next"] is None:
            assert "link" not in page.headers
            break
        cursor = {"cursor": page.json()["next"]}
        assert f"cursor={page.json()['next']}" in page.headers["link"]
        await project(anna, "In between")
    assert seen == [f"Film {number}" for number in range(6, -1, -1)]
    found = (await anna.get("/projects", params={"search": "film 3"})).json()["items"]
    assert [one["title"] for one in found] == ["Film 3"]
    assert (await anna.get("/projects", params={"search": "%"})).json()["items"] == []
    for cursor_text in ("x", "é", "A" * 32, "A" * 99):
        answer = await anna.get("/projects", params={"cursor": cursor_text})
        assert answer.status_code in {200, 422}
    problem(await anna.get("/projects", params={"limit": 0}), 422)


async def test_a_key_that_reads_does_not_write(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    path = await project(anna)
    key = (await anna.post("/auth/api-keys", json={"name": "read", "scopes": ["read"]})).json()["key"]
    program = studio.client(key)
    assert (await program.get(path)).status_code == 200
    problem(await program.patch(path, json={"title": "x"}), 403)
    problem(await program.post("/projects", json={"title": "x"}), 403)
    problem(await program.put(f"{path}/script", content=SCRIPT), 403)
    problem(await program.delete(path), 403)
