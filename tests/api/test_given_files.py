"""Films ordered with files of their project: music, voices, a logo, a font."""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest

from cli.lettering import LetteringOrder, Source, plan_lettering
from cli.sound import SoundArguments
from film.direction import direct
from film.edit.cards import runtime_of_shots
from film.script import read
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.storage import ObjectStore
from schemas.artifact import graphics_key, sound_key
from schemas.base import canonical_json
from schemas.jobs import FilmInput
from tests.api.people import Studio, problem
from tests.api.test_jobs import order
from tests.api.test_projects import project
from tests.api.test_references import FONT, picture, put, sound
from tests.studio import SCRIPT

pytestmark = [pytest.mark.lab, pytest.mark.usefixtures("whole")]


async def scripted(person: httpx.AsyncClient) -> str:
    """Make a project of a script in which two lines are said."""
    path = await project(person)
    assert (await person.put(f"{path}/script?name=pier.fountain", content=SCRIPT.encode())).status_code == 201
    return path.rpartition("/")[2]


async def give(person: httpx.AsyncClient, project_id: str, data: bytes, kind: str, name: str) -> dict[str, Any]:
    """Let a project have a file."""
    media_type = {"logo": "image/png", "font": "font/ttf", "character": "image/png"}.get(kind, "audio/wav")
    body = {"name": name, "kind": kind, "media_type": media_type, "bytes": len(data), "sha256": _sha256(data)}
    announced = await person.post(f"/projects/{project_id}/references", json=body)
    assert announced.status_code == 201, announced.text
    assert (await put(announced.json(), data)).status_code == 200
    reference_id = announced.json()["reference"]["reference_id"]
    done = await person.post(f"/projects/{project_id}/references/{reference_id}/complete")
    assert done.status_code == 200, done.text
    found: dict[str, Any] = done.json()
    return found


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


async def film_of(studio: Studio, ordered: httpx.Response) -> FilmInput:
    """What the workflow of a film is given."""
    assert ordered.status_code == 202, ordered.text
    async with studio.db.begin() as session:
        job = await Jobs(session).get(uuid.UUID(ordered.json()["job_id"]))
    assert job is not None
    return job.film_input


async def test_the_same_files_are_the_same_film_as_by_the_command(studio: Studio, tmp_path: Path) -> None:
    anna = await studio.person("anna@example.org")
    project_id = await scripted(anna)
    music, first, second, logo = sound(3), sound(0.7), sound(0.9), picture(9, (200, 100))
    given = {}
    for data, kind, name in (
        (music, "music", "theme.wav"),
        (second, "voice", "2 Tom.wav"),
        (first, "voice", "1 Anna.wav"),
        (logo, "logo", "logo.png"),
        (FONT, "font", "light.ttf"),
    ):
        given[name] = await give(anna, project_id, data, kind, name)
        folder = tmp_path / kind
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    asked: dict[str, Any] = {
        "width": 320,
        "height": 180,
        "runtime_s": 40.0,
        "sound": {
            "music": {"sha256": _sha256(music), "gain_db": -4.0, "duck_db": 9.0, "once": True},
            "voices": [{"sha256": _sha256(second)}, {"sha256": _sha256(first)}],
        },
        "lettering": {
            "title": "Rain",
            "logo": {"sha256": _sha256(logo), "corner": "lower-left"},
            "font": _sha256(FONT),
        },
    }
    quoted = await anna.post("/quotes", json={"project_id": project_id, **asked})
    assert quoted.status_code == 200, quoted.text
    film = await film_of(studio, await order(anna, project_id, **asked))

    breakdown = direct(read(SCRIPT, "pier.fountain"), fps=24, runtime_s=40.0)
    lettering = LetteringOrder(
        title_card="Rain", logo=f"{tmp_path}/logo/logo.png:lower-left", font=tmp_path / "font" / "light.ttf"
    )
    graphics = plan_lettering(lettering, Source(breakdown, SCRIPT)).graphics
    assert film.options.graphics == graphics
    shots = direct(read(SCRIPT, "pier.fountain"), fps=24, runtime_s=runtime_of_shots(40.0, graphics, 24))
    arguments = SoundArguments(
        music=tmp_path / "music" / "theme.wav", voices=tmp_path / "voice", music_gain=-4, duck=9, once=True
    )
    plan = arguments.plan(shots)
    assert plan is not None
    assert film.sound is not None
    assert film.sound.sha256 == _sha256(canonical_json(plan.order).encode())

    # What is deleted now, the film has all the same.
    for row in given.values():
        gone = await anna.delete(f"/projects/{project_id}/references/{row['reference_id']}")
        assert gone.status_code == 204
    keys = [sound_key(film.project_id, _sha256(data)) for data in (music, first, second)]
    keys += [graphics_key(film.project_id, _sha256(data)) for data in (logo, FONT)]
    async with ObjectStore(studio.settings) as store:
        found = await asyncio.gather(*(store.head(key) for key in keys))
    assert [ref and ref.sha256 for ref in found] == [_sha256(data) for data in (music, first, second, logo, FONT)]


def voices(*asked: tuple[bytes, str | None]) -> dict[str, Any]:
    return {"voices": [{"sha256": _sha256(data), **({"says": says} if says else {})} for data, says in asked]}


async def test_a_voice_that_says_nothing_in_the_film_is_refused_before_anything_is_ordered(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    project_id = await scripted(anna)
    one, two = sound(0.6), sound(0.8)
    await give(anna, project_id, one, "voice", "Anna, slowly")
    await give(anna, project_id, two, "voice", "2")
    for given, said in (
        (voices((one, None)), "The voice Anna, slowly is named after no line"),
        (voices((one, "3")), "The voice Anna, slowly is for line 3; the film has 2"),
        (voices((one, "s009-001")), "for shot s009-001; the film has none"),
        (voices((one, "2"), (two, None)), "The voices 2 and Anna, slowly are of one line"),
    ):
        asked = {"project_id": project_id, "sound": given}
        told = problem(await anna.post("/quotes", json=asked), 422)
        assert said in told["detail"]
        assert problem(await order(anna, project_id, sound=given), 422)["detail"] == told["detail"]
    assert (await anna.get("/jobs")).json()["items"] == []
    film = await film_of(studio, await order(anna, project_id, sound=voices((one, "1"), (two, None))))
    assert film.sound is not None


async def test_a_sound_that_is_silent_for_as_long_as_the_film_lasts_is_refused(studio: Studio) -> None:
    anna = await studio.person("anna@example.org")
    project_id = await scripted(anna)
    late = sound(1, after_s=60)
    await give(anna, project_id, late, "music", "Late")
    asked: dict[str, Any] = {"sound": {"music": {"sha256": _sha256(late)}}, "runtime_s": 30}
    told = problem(await order(anna, project_id, **asked), 422)
    assert told["type"] == "/problems/InvalidSound"
    assert "The music Late is silent as far as the film would play it" in told["detail"]
    assert (await anna.get("/jobs")).json()["items"] == []


async def test_what_is_anothers_answers_as_what_is_missing_or_something_else(studio: Studio) -> None:
    anna, bert = await studio.person("anna@example.org"), await studio.person("bert@example.org")
    theirs, mine = await scripted(anna), await scripted(bert)
    tone, logo = sound(0.6), picture(3)
    await give(anna, theirs, tone, "music", "Theme")
    await give(anna, theirs, tone, "voice", "1")
    await give(anna, theirs, logo, "logo", "Logo")
    await give(anna, theirs, FONT, "font", "Light")
    awaited = {"name": "2", "kind": "voice", "media_type": "audio/wav", "bytes": 9, "sha256": "1" * 64}
    await bert.post(f"/projects/{mine}/references", json=awaited)
    other = picture(4)
    await give(bert, mine, other, "character", "Anna")  # a picture of his, which is no logo

    def asked(data: str, kind: str) -> dict[str, Any]:
        orders: dict[str, dict[str, Any]] = {
            "music": {"sound": {"music": {"sha256": data}}},
            "voice": {"sound": {"voices": [{"sha256": data, "says": "1"}]}},
            "logo": {"lettering": {"logo": {"sha256": data}}},
            "font": {"lettering": {"font": data}},
        }
        return orders[kind]

    for kind, found in (("music", tone), ("voice", tone), ("logo", logo), ("font", FONT)):
        quoted = await anna.post("/quotes", json={"project_id": theirs, **asked(_sha256(found), kind)})
        assert quoted.status_code == 200, quoted.text
        for digest in (_sha256(found), "0" * 64, "1" * 64, _sha256(other)):
            for refused in (
                await order(bert, mine, **asked(digest, kind)),
                await bert.post("/quotes", json={"project_id": mine, **asked(digest, kind)}),
            ):
                told = problem(refused, 422)["detail"]
                assert told == f"This project has no file of kind “{kind}” {digest} that can be used; upload it first."
        problem(await order(bert, theirs, **asked(_sha256(found), kind)), 404)
    assert (await bert.get("/jobs")).json()["items"] == []


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"sound": {"music": {"sha256": "0"}}}, "/sound/music/sha256"),
        ({"sound": {"music": {"sha256": "0" * 64, "gain_db": 25}}}, "/sound/music/gain_db"),
        ({"sound": {"music": {"sha256": "0" * 64, "duck_db": "12"}}}, "/sound/music/duck_db"),
        ({"sound": {"music": {"sha256": "0" * 64, "once": 1}}}, "/sound/music/once"),
        ({"sound": {"music": {"sha256": "0" * 64, "path": "/etc/passwd"}}}, "/sound/music/path"),
        ({"sound": {"voices": [{"sha256": "0" * 64, "says": "../1"}]}}, "/sound/voices/0/says"),
        ({"sound": {"voices": [{"sha256": "0" * 64, "says": "1\n"}]}}, "/sound/voices/0/says"),
        ({"sound": {"voices": [{"sha256": "0" * 64}] * 501}}, "/sound/voices"),
        ({"lettering": {"logo": {"sha256": "0" * 64, "corner": "middle"}}}, "/lettering/logo/corner"),
        ({"lettering": {"font": "light.ttf"}}, "/lettering/font"),
    ],
)
async def test_orders_are_held_against_what_may_be(studio: Studio, wrong: dict[str, Any], where: str) -> None:
    anna = await studio.person("anna@example.org")
    told = problem(await order(anna, await scripted(anna), **wrong), 422)
    assert [fault["pointer"] for fault in told["errors"]] == [where]
