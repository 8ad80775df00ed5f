"""A film ordered over HTTP with music, a voice, a logo and a font, and the same one by the command."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import av
import font_roboto
import httpx
import numpy as np
import pytest
from PIL import Image

from cli.lab import Lab, LabState
from tests.e2e.conftest import Command
from tests.e2e.people import DEADLINE_S, registered
from tests.studio import SCRIPT
from tests.unit.sound.sounds import heard, level_of_tone, loudness, noise, tone

pytestmark = [pytest.mark.lab, pytest.mark.timeout(1500)]

ADDRESS = "who.gives.files@example.org"
"""Nobody else's in this lab: Anna of docs/api.md registers there, too."""
TYPES = {"music": "audio/wav", "voice": "audio/wav", "logo": "image/png", "font": "font/ttf"}
RED = (210, 30, 40)


@pytest.fixture
def anna(lab: Lab, state: LabState) -> Iterator[httpx.Client]:
    """Somebody who has registered at the lab."""
    with registered(lab, state, ADDRESS) as client:
        yield client


def _given(tmp_path: Path) -> dict[str, Path]:
    """A file of each kind."""
    (tmp_path / "voices").mkdir()
    Image.new("RGB", (200, 100), RED).save(tmp_path / "logo.png")
    (tmp_path / "light.ttf").write_bytes(Path(font_roboto.RobotoLight).read_bytes())
    return {
        "music": tone(tmp_path / "theme.wav", 5),
        "voice": noise(tmp_path / "voices" / "2 Tom.wav", 1.5, seed=3),
        "logo": tmp_path / "logo.png",
        "font": tmp_path / "light.ttf",
    }


def _give(person: httpx.Client, project: str, kind: str, path: Path) -> tuple[str, str]:
    """Upload a file; return its sha256, and its path in the API."""
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    body = {"name": path.name, "kind": kind, "media_type": TYPES[kind], "bytes": len(data), "sha256": digest}
    announced = person.post(f"{project}/references", json=body).raise_for_status().json()
    headers = {name: value for name, value in announced["upload"]["headers"].items() if name != "content-length"}
    httpx.put(announced["upload"]["url"], content=data, headers=headers, timeout=60).raise_for_status()
    at = f"{project}/references/{announced['reference']['reference_id']}"
    person.post(f"{at}/complete").raise_for_status()
    return digest, at


def _finished(person: httpx.Client, job_id: str, into: Path, *, after: int = 0) -> Path:
    """Wait for a film, from one of its events on, and fetch it."""
    with person.stream("GET", f"/jobs/{job_id}/events?after={after}", timeout=DEADLINE_S) as events:
        for _line in events.iter_lines():
            pass  # until it has come to an end
    job = person.get(f"/jobs/{job_id}").json()
    assert job["status"] == "completed", job
    files = person.get(f"/jobs/{job_id}/downloads").raise_for_status().json()
    url = next(one["url"] for one in files if one["media_type"] == "video/mp4")
    into.write_bytes(httpx.get(url, timeout=60).raise_for_status().content)
    return into


def _pictures(path: Path) -> list[np.ndarray[Any, Any]]:
    with av.open(str(path)) as film:
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]


async def _made(state: LabState, project_id: str) -> set[tuple[str, str]]:
    """What a project's films consist of: stages, and what each thing was made from.

    Documents about a whole cut are left out: they are named after the timeline, which says where a project's media lie.
    """
    connection = await asyncpg.connect(state.environment()["STUDIO_DATABASE_URL"])
    rows = await connection.fetch(
        "SELECT stage, spec_hash FROM artifacts WHERE project_id = $1 AND stage <> 'source' "
        "AND NOT (stage IN ('composition', 'post') AND key LIKE '%.json')",
        project_id,
    )
    await connection.close()
    return {(row["stage"], row["spec_hash"]) for row in rows}


async def _project_of(state: LabState, job_id: str) -> str:
    connection = await asyncpg.connect(state.environment()["STUDIO_DATABASE_URL"])
    found = await connection.fetchval("SELECT project_id FROM jobs WHERE job_id = $1", job_id)
    await connection.close()
    return str(found)


async def test_a_film_with_files_of_the_project_is_that_of_the_command(
    studio: Command, state: LabState, anna: httpx.Client, script: Path, tmp_path: Path
) -> None:
    given = _given(tmp_path)
    project_id = anna.post("/projects", json={"title": "The Pier"}).raise_for_status().json()["project_id"]
    project = f"/projects/{project_id}"
    anna.put(f"{project}/script?name={script.name}", content=SCRIPT.encode()).raise_for_status()
    files = {kind: _give(anna, project, kind, path) for kind, path in given.items()}
    order = {
        "project_id": project_id,
        "width": 320,
        "height": 180,
        "fps": 12,
        "sound": {"music": {"sha256": files["music"][0]}, "voices": [{"sha256": files["voice"][0]}]},
        "lettering": {
            "title": "The Pier",
            "logo": {"sha256": files["logo"][0], "corner": "lower-left"},
            "font": files["font"][0],
        },
    }
    ordered = anna.post("/jobs", json=order, headers={"Idempotency-Key": "with-files-1"})
    assert ordered.status_code == 202, ordered.text
    job_id = ordered.json()["job_id"]
    for _, at in files.values():  # the film has what it was lent
        anna.delete(at).raise_for_status()
    film = _finished(anna, job_id, tmp_path / "ordered.mp4")

    assert loudness(film)[0] == pytest.approx(-16, abs=1)
    assert level_of_tone(heard(film), 440, 1, 2) > -40
    pictures = _pictures(film)
    corner = pictures[len(pictures) // 2][180 - 22 : 180 - 10, 14:30]
    assert np.abs(corner.astype(int) - RED).mean() < 25
    assert pictures[18].max() > 150  # the title's words, on their card

    options = ("--tier", "free", "--title-card", "The Pier", "--music", given["music"], "--voices", tmp_path / "voices")
    lettered = ("--logo", f"{given['logo']}:lower-left", "--font", given["font"])
    same = studio.film(script, tmp_path / "same.mp4", *options, *lettered).report
    assert await _made(state, project_id) == await _made(state, await _project_of(state, same["job_id"]))
    assert film.read_bytes() == (tmp_path / "same.mp4").read_bytes()

    # A revision keeps all of it.
    last = anna.get(f"/jobs/{job_id}").json()["last_event"]
    changed = {"shots": [{"shot": "s001-001", "seed": 7}]}
    anna.post(f"/jobs/{job_id}/revisions", json=changed, headers={"Idempotency-Key": "with-files-2"}).raise_for_status()
    revised = _finished(anna, job_id, tmp_path / "revised.mp4", after=last)
    assert revised.read_bytes() != film.read_bytes()
    assert np.array_equal(heard(revised), heard(film))
    again = _pictures(revised)[len(pictures) // 2][180 - 22 : 180 - 10, 14:30]
    assert np.abs(again.astype(int) - RED).mean() < 25
