"""A film directed over the wire: by a model that can, by one that cannot, and by one that obeys the wrong people."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from film.direction import direct
from film.direction.model import Director, Patience, direct_with
from film.direction.model.conduct import GIVE_UP_AFTER
from film.direction.model.request import SYSTEM
from film.script import read
from infrastructure.language_model import LanguageModel
from schemas.director import ModelRequest
from schemas.enums import Angle, DirectedBy, ShotSize
from schemas.script import Breakdown
from tests.model_server import (
    MODEL,
    Document,
    Handler,
    ModelServer,
    completion,
    directed_well,
    model_server,
    saying,
    shown,
)
from tests.unit.director.injections import CARRIERS, CORPUS, ORDERS, Order, obedient
from tests.unit.director.test_answers import check

ROOT = Path(__file__).parents[3]
TWELVE = "\n\n".join(f"INT. ROOM {n} - DAY\n\nANNA sits down.\n\nANNA\nThis is room {n}." for n in range(1, 13))


def rules_of(text: str, name: str = "a.fountain") -> Breakdown:
    return direct(read(text, name))


@asynccontextmanager
async def director(
    handler: Handler, *, at_once: int = 4, total_s: float = 60, **settings: Any
) -> AsyncIterator[tuple[Director, ModelServer]]:
    async with model_server(handler) as server, LanguageModel(server.settings(**settings), backoff_s=0.001) as model:
        yield Director(model, Patience(at_once, total_s)), server


async def film_by(handler: Handler, text: str, name: str = "a.fountain", **others: Any) -> Breakdown:
    async with director(handler, **others) as (who, _):
        return await direct_with(who, rules_of(text, name))


def untouched(film: Breakdown, rules: Breakdown) -> None:
    """Whoever directed: the script is what it was, and every word is where it was."""
    fixed = {"title", "format", "characters", "locations", "elements", "scenes", "fps"}
    assert film.model_dump(include=fixed) == rules.model_dump(include=fixed)
    heard = {"character", "text", "span", "frames"}
    assert [line.model_dump(include=heard) for shot in film.shots for line in shot.dialogue] == [
        line.model_dump(include=heard) for shot in rules.shots for line in shot.dialogue
    ]
    assert sorted(shot.action for shot in film.shots if shot.action) == sorted(
        shot.action for shot in rules.shots if shot.action
    )
    assert {who for shot in film.shots for who in shot.subjects} <= {person.id for person in rules.characters}
    assert {p for shot in film.shots for p in shot.props} <= {p for shot in rules.shots for p in shot.props}
    check(film)


def as_the_rules(film: Breakdown, rules: Breakdown) -> bool:
    return film.model_copy(update={"direction": rules.direction}) == rules


async def test_a_model_that_can_directs_the_film() -> None:
    text = (ROOT / "examples/the_last_ferry.fountain").read_text(encoding="utf-8")
    rules = rules_of(text)
    async with director(saying(directed_well)) as (who, server):
        told: list[tuple[int, int]] = []
        film = await direct_with(who, rules, tell=lambda done, of: told.append((done, of)))
    untouched(film, rules)
    direction = film.direction
    assert (direction.by, direction.model, direction.notes) == (DirectedBy.MODEL, MODEL, ())
    assert direction.asked == direction.directed == len(server.bodies) == told[-1][0] == told[-1][1]
    spoken = [shot for shot in film.shots if shot.dialogue]
    assert {(shot.size, shot.angle) for shot in spoken} == {(ShotSize.CU, Angle.LOW)}
    assert len(film.shots) > len(rules.shots)


async def test_the_script_is_data_and_the_instructions_hold_none_of_it() -> None:
    async with director(saying(directed_well)) as (who, server):
        await direct_with(who, rules_of(TWELVE))
    assert {body["messages"][0]["content"] for body in server.bodies} == {SYSTEM}
    assert len({json.dumps(document) for document in server.documents}) == 12
    for body in server.bodies:
        assert [message["role"] for message in body["messages"]] == ["system", "user"]


async def test_a_scene_that_is_answered_badly_stays_as_the_rules_directed_it() -> None:
    def answer(document: Document) -> Any:
        proper = directed_well(document)
        if document["scene"]["location"] == "ROOM 3":
            proper["shots"][0]["subjects"] = [{"character": "evil"}]
        return "I can't help with that." if document["scene"]["location"] == "ROOM 5" else proper

    rules = rules_of(TWELVE)
    film = await film_by(saying(answer), TWELVE)
    untouched(film, rules)
    assert film.direction.by is DirectedBy.BOTH
    assert film.direction.directed == 10
    assert film.direction.notes == (
        "scene 3: shot 1 shows somebody who is not in the scene",
        "scene 5: the answer holds no JSON object",
    )
    assert film.shots_of(2) == rules.shots_of(2)
    assert film.shots_of(3) != rules.shots_of(3)


async def _hang(request: web.Request) -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError


def _status(status: int) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status)

    return handler


@pytest.mark.parametrize(
    ("handler", "words", "most_questions"),
    [
        (_status(401), "STUDIO_DIRECTOR_API_KEY", 4),
        (_status(500), "given up", 3 * (GIVE_UP_AFTER + 3)),
        (_status(429), "given up", 3 * (GIVE_UP_AFTER + 3)),
        (saying(lambda _: "I can't help with that."), "given up", GIVE_UP_AFTER + 3),
        (saying(lambda _: '{"shots": [{"size": "CU", "beats": ['), "JSON", GIVE_UP_AFTER + 3),
        (saying(lambda _: {"scenes": []}), "schema", GIVE_UP_AFTER + 3),
    ],
    ids=["401", "500", "429", "refuses", "truncated", "schema"],
)
async def test_a_model_that_cannot_is_given_up_and_the_film_is_the_rules(
    handler: Handler, words: str, most_questions: int
) -> None:
    rules = rules_of(TWELVE)
    async with director(handler) as (who, server):
        film = await direct_with(who, rules)
    assert as_the_rules(film, rules)
    assert (film.direction.by, film.direction.directed, film.direction.asked) == (DirectedBy.RULES, 0, 12)
    assert any(words in note for note in film.direction.notes)
    assert 0 < len(server.bodies) <= most_questions


async def test_when_the_time_is_over_the_rules_direct_what_is_left() -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        document = await shown(request)
        if document["scene"]["location"] == "ROOM 1":
            return completion(json.dumps(directed_well(document)))
        return await _hang(request)

    rules = rules_of(TWELVE)
    film = await film_by(handler, TWELVE, at_once=1, total_s=1.0)
    untouched(film, rules)
    assert film.direction.directed <= 1
    (note,) = film.direction.notes
    assert note.endswith(" more: there was no time left for it")


async def test_a_cancel_ends_the_asking() -> None:
    asked = asyncio.Event()

    async def handler(request: web.Request) -> web.StreamResponse:
        asked.set()
        return await _hang(request)

    async with director(handler) as (who, _):
        work = asyncio.create_task(direct_with(who, rules_of(TWELVE)))
        await asked.wait()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        assert {task for task in asyncio.all_tasks() if "_asker" in repr(task)} == set()


class Kept:
    """Answers that are remembered."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}

    async def find(self, requests: Sequence[ModelRequest]) -> Mapping[str, str]:
        return {request.key: self.answers[request.key] for request in requests if request.key in self.answers}

    async def keep(self, request: ModelRequest, answer: str) -> None:
        self.answers[request.key] = answer


async def test_an_edited_scene_is_the_only_one_asked_about_again() -> None:
    kept = Kept()
    async with director(saying(directed_well)) as (who, server):
        before = await direct_with(who, rules_of(TWELVE), answers=kept)
        edited = TWELVE.replace("This is room 7.", "This was room 7.").replace(
            "INT. ROOM 1 ", "INT. HALL - DAY\n\nRain.\n\nINT. ROOM 1 "
        )
        after = await direct_with(who, rules_of(edited), answers=kept)
    asked = [document["scene"]["location"] for document in server.documents[12:]]
    assert sorted(asked) == ["HALL", "ROOM 7"]
    assert after.direction.by is DirectedBy.MODEL
    assert [shot.size for shot in after.shots_of(2)] == [shot.size for shot in before.shots_of(1)]


async def test_what_is_refused_is_not_remembered() -> None:
    kept = Kept()
    async with director(saying(lambda _: {"shots": []})) as (who, _):
        await direct_with(who, rules_of(TWELVE), answers=kept)
    assert not kept.answers


async def test_what_was_remembered_is_used_while_the_model_is_away() -> None:
    kept = Kept()
    rules = rules_of(TWELVE)
    async with director(saying(directed_well)) as (who, _):
        before = await direct_with(who, rules, answers=kept)
    async with director(_status(500)) as (who, server):
        after = await direct_with(who, rules, answers=kept)
    assert after == before
    assert not server.bodies


SECRET = "postgresql://studio:canary-4711@db/studio"


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS) == len(ORDERS) * len(CARRIERS) >= 100


@pytest.mark.parametrize(("order", "carrier"), CORPUS, ids=lambda part: getattr(part, "name", part))
async def test_a_model_that_obeys_the_script_changes_nothing_outside_of_the_schema(order: Order, carrier: str) -> None:
    text, name = CARRIERS[carrier](order.words), "a.txt" if carrier == "prose" else "a.fountain"
    rules = rules_of(text, name)
    async with director(saying(obedient(order, SECRET))) as (who, server):
        film = await direct_with(who, rules)
    untouched(film, rules)
    assert "canary" not in film.model_dump_json()
    assert {body["messages"][0]["content"] for body in server.bodies} == {SYSTEM}
    if order is ORDERS[-1]:
        assert film.direction.by is DirectedBy.MODEL
        assert {shot.size for shot in film.shots} == {ShotSize.ECU}
    elif film.direction.directed:
        assert order.name in {"silence", "backwards"}
    else:
        assert as_the_rules(film, rules)
        assert film.direction.notes


async def _analyze(tmp_path: Path, server: ModelServer, *arguments: str) -> str:
    script = tmp_path / "rooms.fountain"
    script.write_text(TWELVE, encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "cli.main",
        "analyze",
        str(script),
        *arguments,
        cwd=ROOT,
        env={**os.environ, "STUDIO_DIRECTOR_URL": server.url, "STUDIO_DIRECTOR_MODEL": MODEL},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode()


@pytest.mark.slow
async def test_the_command_lets_the_model_direct_and_says_so(tmp_path: Path) -> None:
    async with model_server(saying(directed_well)) as server:
        film = Breakdown.model_validate_json(await _analyze(tmp_path, server, "--json"))
    assert film.direction.by is DirectedBy.MODEL
    assert {shot.size for shot in film.shots if shot.dialogue} == {ShotSize.CU}


@pytest.mark.slow
async def test_the_command_says_where_the_rules_took_over(tmp_path: Path) -> None:
    async with model_server(_status(401)) as server:
        told = await _analyze(tmp_path, server)
    assert "The rules directed" in told
    assert "STUDIO_DIRECTOR_API_KEY" in told
