"""What a version of a script changes, told over HTTP."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import httpx
import pytest

from api.usecases.compare_scripts import MOST_LINES, MOST_SCENES, MOST_SHOTS, MOST_WORDS
from tests.api.gate import PREFIX, Gate
from tests.api.people import problem
from tests.api.things import somebody

pytestmark = pytest.mark.lab

FIRST = """INT. KITCHEN - DAY

Anna opens the window.

ANNA
It rains.

EXT. PIER - NIGHT

Tom waits by a lamp.

TOM
She is late.
"""
SECOND = FIRST.replace("It rains.", "It snows.") + "\nINT. STATION - DAWN\n\nA train leaves.\n"


class Writer:
    """Somebody who writes a script, version by version."""

    def __init__(self, gate: Gate, headers: dict[str, str], project_id: str) -> None:
        self._client, self._headers = gate.client, headers
        self._path = f"{PREFIX}/projects/{project_id}"

    async def hands_in(self, text: str) -> int:
        answer = await self._client.put(f"{self._path}/script", content=text.encode(), headers=self._headers)
        assert answer.status_code == 201, answer.text
        number: int = answer.json()["number"]
        return number

    async def asks(self, number: object, **query: str | int) -> httpx.Response:
        path = f"{self._path}/scripts/{number}/diff"
        return await self._client.get(path, params=query, headers=self._headers)

    async def sees(self, number: int, **query: str | int) -> dict[str, Any]:
        answer = await self.asks(number, **query)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture
async def writer(gate: Gate) -> Writer:
    who = await somebody(gate.stage)
    headers = {"Authorization": f"Bearer {await who.token()}"}
    made = await gate.client.post(f"{PREFIX}/projects", json={"title": "The Pier"}, headers=headers)
    return Writer(gate, headers, made.json()["project_id"])


async def test_what_changed_is_told_by_line_scene_and_shot(writer: Writer) -> None:
    for text in (FIRST, SECOND):
        await writer.hands_in(text)
    seen = await writer.sees(2)
    assert (seen["number"], seen["against"], seen["complete"]) == (2, 1, True)
    assert [(scene["change"], scene["old"], scene["new"]) for scene in seen["scenes"]] == [
        ("changed", 0, 0),
        ("retimed", 1, 1),  # it does not end the film any more
        ("new", None, 2),
    ]
    (said,) = [shot for shot in seen["scenes"][0]["shots"] if shot["change"] == "changed"]
    assert ("It rains." in said["before"], "It snows." in said["text"]) == (True, True)
    counted = {"same": 0, "moved": 0, "retimed": 1, "changed": 1, "new": 1, "gone": 0}
    assert seen["scene_counts"] == counted
    assert seen["shot_counts"]["new"] == len(seen["scenes"][2]["shots"]) >= 1
    assert 0 < seen["draw"] <= seen["shots"]
    assert 0 < seen["seconds_touched"] < seen["seconds"]
    first, second = seen["lines"]
    assert first == {"old_line": 6, "old": ["It rains."], "new_line": 6, "new": ["It snows."]}
    assert (second["old"], "A train leaves." in second["new"]) == ([], True)
    lines = SECOND.splitlines()
    assert lines[second["new_line"] - 1 :] == second["new"]


async def test_any_two_versions_can_be_compared(writer: Writer) -> None:
    for text in (FIRST, SECOND, FIRST):
        await writer.hands_in(text)
    back = await writer.sees(1, against=2)
    assert [scene["change"] for scene in back["scenes"]] == ["changed", "retimed", "gone"]
    for same in (await writer.sees(3, against=1), await writer.sees(2, against=2)):
        assert (same["scenes"], same["lines"], same["draw"], same["complete"]) == ([], [], 0, True)


async def test_an_answer_is_bounded_however_much_changed(writer: Writer, gate: Gate) -> None:
    def script(word: str) -> str:
        scene = "INT. ROOM {n} - DAY\n\nAnna {word}s the {long}window {n}.\n\nANNA\nNow I {word} {n}.\n\n"
        long = word * (2 * MOST_WORDS)
        return "".join(scene.format(n=n, word=word, long=long if n < 3 else "") for n in range(700))

    for text in (script("open"), script("paint")):
        await writer.hands_in(text)
    task = asyncio.ensure_future(writer.asks(2))
    meanwhile = 0
    while not task.done():  # directing takes a while, and the API answers others
        assert (await gate.client.get("/healthz")).status_code == 200
        meanwhile += 1
    assert meanwhile > 3
    answer = await task
    assert answer.status_code == 200
    seen = answer.json()
    assert not seen["complete"]
    assert len(answer.content) < 1_000_000
    assert len(seen["scenes"]) == MOST_SCENES
    assert sum(len(scene["shots"]) for scene in seen["scenes"]) <= MOST_SHOTS
    assert sum(len(one["old"]) + len(one["new"]) for one in seen["lines"]) == MOST_LINES
    assert all(len(line) <= MOST_WORDS for one in seen["lines"] for line in one["old"] + one["new"])
    assert sum(seen["scene_counts"].values()) == 700


async def test_versions_that_are_not_there_are_named(writer: Writer) -> None:
    await writer.hands_in(FIRST)
    assert "version 1 is the first" in problem(await writer.asks(1), 422)["detail"]
    assert "There is no version 2." in problem(await writer.asks(2), 404)["detail"]
    assert "There is no version 7." in problem(await writer.asks(1, against=7), 404)["detail"]
    for number, query in ((0, {}), ("x", {}), (2**31, {}), (1, {"against": 0}), (1, {"against": "x"})):
        problem(await writer.asks(number, **query), 422)


async def test_a_version_of_which_there_is_no_film_is_named(writer: Writer) -> None:
    await writer.hands_in(FIRST)
    number = await writer.hands_in("Title: Nothing yet\nAuthor: Anna\n\n[[ to be written ]]\n")
    told = problem(await writer.asks(number), 422)
    assert told["detail"].startswith(f"Version {number}: ")


async def test_a_strangers_script_is_not_there(writer: Writer, gate: Gate) -> None:
    for text in (FIRST, SECOND):
        await writer.hands_in(text)
    stranger = await somebody(gate.stage)
    headers = {"Authorization": f"Bearer {await stranger.token()}"}
    thief = Writer(gate, headers, writer._path.rpartition("/")[2])
    problem(await thief.asks(2), 404)
    problem(await Writer(gate, headers, str(uuid.uuid4())).asks(2), 404)
