"""Films that cost something, over HTTP: quoted, set aside, called off, and never more than somebody has."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from accounts import ledger
from infrastructure.db.engine import Database
from infrastructure.db.repositories.directory import Directory
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.mail import Mail
from schemas.enums import JobStatus, Tier
from schemas.events import EventKind
from schemas.models import ModelManifest
from schemas.painting import LoraUse
from schemas.people import Role
from tests.api.conftest import empty, serving, settings_of
from tests.api.governing import arrive, user_id_of
from tests.api.people import Studio, problem
from tests.api.test_jobs import order, record, scripted
from tests.api.test_references import picture, put
from tests.mailbox import Mailbox

pytestmark = pytest.mark.lab

PAINTED: dict[str, Any] = {"renderer": "sdxl", "width": 128, "height": 128, "fps": 12}


@pytest.fixture(scope="module")
def models(tiny: tuple[Path, ModelManifest], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models: one that paints, and two LoRAs, of which one goes with it."""
    from tests.unit.sdxl.others import write_lora

    folder = tmp_path_factory.mktemp("models")
    shutil.copytree(tiny[0], folder / "tiny")
    (folder / "loras").mkdir()
    write_lora(folder / "loras" / "ink.safetensors", folder / "tiny")
    write_lora(folder / "loras" / "wide.safetensors", folder / "tiny", width=768)
    return folder


@pytest.fixture(scope="module")
def painting_address(
    environment: dict[str, str], models: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """An API whose installation has a model to paint with."""
    more = {"STUDIO_MODELS": str(models), "STUDIO_SDXL_MODEL": "tiny"}
    with serving(environment | more, tmp_path_factory.mktemp("painting") / "api.log") as url:
        yield url


@pytest.fixture
async def studio(painting_address: str, environment: dict[str, str], box: Mailbox) -> AsyncIterator[Studio]:
    """That studio, without anybody in it."""
    await empty(environment)
    box.letters.clear()
    settings = settings_of(environment)
    db = Database(settings.database_url, pool_size=2)
    opened = Studio(painting_address, db, box, Mail(settings), settings)
    yield opened
    await opened.close()
    await db.close()


async def credits(person: httpx.AsyncClient) -> tuple[int, int]:
    """What somebody has to spend, and what is set aside."""
    told = (await person.get("/credits")).json()
    return told["credits"], told["reserved"]


async def rich(studio: Studio, email: str, more: int) -> httpx.AsyncClient:
    """Somebody with the widest tier, and so many credits besides the three of everybody."""
    person = await arrive(studio, email)
    user_id = uuid.UUID(await user_id_of(studio, email))  # the API, once asked, would remember their tier
    async with studio.db.begin() as session:
        await Directory(session).change(user_id, role=Role.USER, tier=Tier.STUDIO, disabled=False)
        if more:
            await ledger.grant(session, user_id=user_id, credits=more, reason="A test", key=f"test-{user_id}")
    return person


async def end(studio: Studio, job: dict[str, Any]) -> None:
    """Let a film have been called off, as the workflow would say."""
    await record(studio, job["job_id"], "r0/cancelled", EventKind.CANCELLED, status=JobStatus.CANCELLED)
    async with studio.db.begin() as session:
        await ledger.settle(session, job_id=uuid.UUID(job["job_id"]), rev=0, captured=0)


async def test_a_painted_film_is_quoted_and_its_price_is_set_aside(studio: Studio) -> None:
    anna = await arrive(studio, "anna@example.org")
    project_id = await scripted(anna)
    quote = (await anna.post("/quotes", json={"project_id": project_id, **PAINTED})).json()
    assert (quote["credits"], quote["balance"]) == (1, 3)
    choice = {"steps": 3, "guidance": 4.5, "scheduler": "dpm"}
    ordered = await order(anna, project_id, **PAINTED, painting=choice, at_most=quote["credits"])
    assert ordered.status_code == 202, ordered.text
    assert await credits(anna) == (2, 1)
    (entry, _) = (await anna.get("/credits/history")).json()["items"]
    assert (entry["type"], entry["amount"], entry["job_id"]) == ("reserve", -1, ordered.json()["job_id"])
    await end(studio, ordered.json())
    assert await credits(anna) == (3, 0)


async def test_who_lacks_the_credits_is_told_and_nothing_is_left(studio: Studio) -> None:
    anna = await arrive(studio, "anna@example.org")
    project_id = await scripted(anna)
    told = problem(await order(anna, project_id, **PAINTED, runtime_s=200), 402)
    assert told["type"] == "/problems/InsufficientCredits"
    assert "costs 4 credits and the account has 3" in told["detail"]
    told = problem(await order(anna, project_id, **PAINTED, runtime_s=100, at_most=1), 409)
    assert "costs 2 credits, not 1" in told["detail"]
    assert (await anna.get("/jobs")).json()["items"] == []
    assert await credits(anna) == (3, 0)


async def test_fifty_clicks_with_one_key_are_paid_once(studio: Studio) -> None:
    anna = await arrive(studio, "anna@example.org")
    project_id = await scripted(anna)
    answers = await asyncio.gather(*(order(anna, project_id, "the-same-click", **PAINTED) for _ in range(50)))
    assert {one.status_code for one in answers} == {202}
    assert len({one.json()["job_id"] for one in answers}) == 1
    assert await credits(anna) == (2, 1)


async def test_fifty_keys_on_credit_for_seven_make_seven(studio: Studio) -> None:
    anna = await rich(studio, "anna@example.org", more=4)
    project_id = await scripted(anna)
    answers = await asyncio.gather(*(order(anna, project_id, seed=number, **PAINTED) for number in range(50)))
    assert sorted(one.status_code for one in answers) == [202] * 7 + [402] * 43
    assert await credits(anna) == (0, 7)
    assert len((await anna.get("/jobs", params={"limit": 100})).json()["items"]) == 7


async def test_fifty_keys_make_as_many_as_the_tier_has_at_once(studio: Studio) -> None:
    anna = await rich(studio, "anna@example.org", more=100)
    project_id = await scripted(anna)
    answers = await asyncio.gather(*(order(anna, project_id, seed=number, **PAINTED) for number in range(50)))
    assert sorted(one.status_code for one in answers) == [202] * 10 + [409] * 40
    assert await credits(anna) == (93, 10)


@pytest.mark.parametrize(
    "options",
    [
        {"painting": {"steps": 30}},
        {**PAINTED, "painting": {"steps": 0}},
        {**PAINTED, "painting": {"steps": "30"}},
        {**PAINTED, "painting": {"guidance": 31}},
        {**PAINTED, "painting": {"model": "00"}},
        {**PAINTED, "painting": {"scheduler": "nobody's"}},
        {"motion": "video"},
        {**PAINTED, "at_most": -1},
        {**PAINTED, "at_most": True},
    ],
)
async def test_a_painting_that_cannot_be_is_refused(studio: Studio, options: dict[str, Any]) -> None:
    anna = await arrive(studio, "anna@example.org")
    problem(await order(anna, await scripted(anna), **options), 422)
    assert (await anna.get("/jobs")).json()["items"] == []
    assert await credits(anna) == (3, 0)


async def give_picture(person: httpx.AsyncClient, project_id: str, data: bytes) -> str:
    """Upload a picture; return its digest."""
    digest = hashlib.sha256(data).hexdigest()
    body = {"name": "Anna", "kind": "character", "media_type": "image/png", "bytes": len(data), "sha256": digest}
    announced = (await person.post(f"/projects/{project_id}/references", json=body)).json()
    assert (await put(announced, data)).status_code == 200
    path = f"/projects/{project_id}/references/{announced['reference']['reference_id']}/complete"
    assert (await person.post(path)).status_code == 200
    return digest


async def test_a_character_looks_as_a_picture_of_the_project_shows(studio: Studio, whole: dict[str, str]) -> None:
    anna = await arrive(studio, "anna@example.org")
    project_id = await scripted(anna)
    digest = await give_picture(anna, project_id, picture(size=(300, 300)))
    pictures = [{"character": "anna", "sha256": digest, "weight": 0.5}]
    ordered = await order(anna, project_id, **PAINTED, painting={"pictures": pictures})
    assert ordered.status_code == 202, ordered.text
    async with studio.db.begin() as session:
        job = await Jobs(session).get(uuid.UUID(ordered.json()["job_id"]))
    assert job is not None
    painting = job.film_input.options.painting
    assert painting is not None
    assert [(one.sha256, one.weight) for one in painting.references] == [(digest, 0.5)]
    await end(studio, ordered.json())

    nobody = [{"character": "Nobody", "sha256": digest}]
    told = problem(await order(anna, project_id, **PAINTED, painting={"pictures": nobody}), 422)
    assert "shows Nobody, who is not in this film; in it are" in told["detail"]
    missing = [{"character": "Anna", "sha256": "0" * 64}]
    told = problem(await order(anna, project_id, **PAINTED, painting={"pictures": missing}), 422)
    assert "has no file" in told["detail"]
    problem(await order(anna, project_id, painting={"pictures": pictures}), 422)
    bert = await arrive(studio, "bert@example.org")
    his = await order(bert, await scripted(bert), **PAINTED, painting={"pictures": pictures})
    assert "has no file" in problem(his, 422)["detail"]


async def test_a_film_is_painted_with_a_lora_of_the_installation(
    studio: Studio, whole: dict[str, str], models: Path
) -> None:
    anna = await arrive(studio, "anna@example.org")
    project_id = await scripted(anna)
    assert (await anna.get("/loras")).json() == [{"name": "ink"}]
    asked = {**PAINTED, "painting": {"lora": {"name": "ink", "scale": 0.7}}}
    assert (await anna.post("/quotes", json={"project_id": project_id, **asked})).status_code == 200
    ordered = await order(anna, project_id, **asked)
    assert ordered.status_code == 202, ordered.text
    async with studio.db.begin() as session:
        job = await Jobs(session).get(uuid.UUID(ordered.json()["job_id"]))
    assert job is not None
    painting = job.film_input.options.painting
    assert painting is not None
    # As `--lora ink:0.7` has it: the file's own digest is in the keyframes' names.
    data = (models / "loras" / "ink.safetensors").read_bytes()
    assert painting.lora == LoraUse(sha256=hashlib.sha256(data).hexdigest(), scale=0.7)
    await end(studio, ordered.json())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({**PAINTED, "painting": {"lora": {"name": "oil"}}}, "no LoRA “oil”; it has: ink, wide."),
        ({**PAINTED, "painting": {"lora": {"name": "../tiny"}}}, "no LoRA “../tiny”"),
        ({**PAINTED, "painting": {"lora": {"name": "wide"}}}, "The LoRA “wide” is a LoRA for another model"),
        ({"painting": {"lora": {"name": "ink"}}}, "this film is drawn"),
    ],
)
async def test_a_lora_that_cannot_be_had_is_refused_before_anything_is_set_aside(
    studio: Studio, options: dict[str, Any], said: str
) -> None:
    anna = await arrive(studio, "anna@example.org")
    project_id = await scripted(anna)
    told = problem(await order(anna, project_id, **options), 422)["detail"]
    assert said in told
    assert "/models" not in told
    assert problem(await anna.post("/quotes", json={"project_id": project_id, **options}), 422)["detail"] == told
    assert await credits(anna) == (3, 0)


async def test_a_cast_that_is_kept_brings_its_pictures(studio: Studio, whole: dict[str, str]) -> None:
    anna = await arrive(studio, "anna@example.org")
    project_id = await scripted(anna)
    kept = await anna.post(f"/projects/{project_id}/cast-suggestions", json={})
    (member,) = kept.json()["members"]
    path = f"/projects/{project_id}/cast/{member['member_id']}"
    digests = [await give_picture(anna, project_id, picture(colour, size=(300, 300))) for colour in (1, 2)]
    listed = (await anna.get(f"/projects/{project_id}/references")).json()["items"]
    by_digest = {one["sha256"]: one["reference_id"] for one in listed}
    for digest in digests:
        assert (await anna.put(f"{path}/pictures/{by_digest[digest]}")).status_code == 200

    async def shown(**more: Any) -> tuple[list[tuple[str, str]], bool]:
        """Whom which pictures show in a film that is ordered, and whether it has a cast."""
        ordered = await order(anna, project_id, **PAINTED, **more)
        assert ordered.status_code == 202, ordered.text
        async with studio.db.begin() as session:
            job = await Jobs(session).get(uuid.UUID(ordered.json()["job_id"]))
        await end(studio, ordered.json())
        assert job is not None
        painting = job.film_input.options.painting
        assert painting is not None
        return [(one.character, one.sha256) for one in painting.references], job.film_input.cast is not None

    who = member["character"]
    assert await shown() == ([(who, digest) for digest in digests], True)
    assert await shown(painting={"pictures": [{"character": who, "sha256": digests[1]}]}) == ([(who, digests[1])], True)
    assert (await anna.delete(f"/projects/{project_id}/references/{by_digest[digests[0]]}")).status_code == 204
    assert await shown() == ([(who, digests[1])], True)
    assert (await anna.delete(path)).status_code == 204
    assert await shown() == ([], False)
