"""Reference pictures, which strangers have made, are decoded in a process of their own, and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest

from api.craft import Craft
from api.usecases import order_film
from api.usecases.given_files import Heard
from api.usecases.measure_film import Measured
from api.usecases.plan_revision import Plan
from api.usecases.recast_film import with_pictures
from film.direction import direct
from film.script import read
from infrastructure.db.repositories.casts import KeptCast
from infrastructure.db.repositories.versions import Versions
from infrastructure.settings import Settings
from schemas.cast import CastList, FilmCast
from schemas.choices import FilmChoice
from schemas.enums import RendererName, Tier
from schemas.errors import ModelRefused
from schemas.jobs import FilmOptions
from schemas.painting import Painting, PaintingChoice, Reference, ReferenceChoice
from schemas.references import ReferenceKind
from tests.studio import SCRIPT
from tests.unit.api.files import PROJECT, USER, database, file, have, shelf

pytestmark = pytest.mark.asyncio(loop_scope="function")  # the processes of a loop go with its first test
FILM = direct(read(SCRIPT, "pier.fountain"), fps=24)
WHO = FILM.characters[0]
PAINTED = FilmOptions(renderer=RendererName.SDXL, painting=Painting(model="0" * 64))


def look(process: int, spoilt: bool, painting: Painting, pictures: Mapping[str, bytes]) -> None:
    """Look at pictures, as `check_aids` does."""
    assert os.getpid() != process, "it was decoded where all else waits for it"
    assert len(pictures) == len(painting.references) == 1
    if spoilt:
        raise ModelRefused("a picture cannot be read")


def craft(*, spoilt: bool) -> Craft:
    found = SimpleNamespace(
        check_style=lambda _name: None,
        plan_painting=lambda _renderer, _choice: PAINTED.painting,
        plan_filming=lambda _motion: None,
        plan_lettering=lambda _choice: (PAINTED.graphics, ()),
        hear=None,
        check_graphics=None,
        check_aids=partial(look, os.getpid(), spoilt),
    )
    return cast(Craft, found)


@pytest.fixture(autouse=True)
def _picture(monkeypatch: pytest.MonkeyPatch) -> None:
    have(monkeypatch, file(1, ReferenceKind.CHARACTER))


async def test_those_of_a_recast() -> None:
    shows = Reference(character=WHO.id, sha256=f"{1:064x}")
    film = SimpleNamespace(user_id=USER, project_id=PROJECT, options=PAINTED)
    asked = dict.fromkeys(
        ("base", "asked", "edits", "script", "breakdown", "before", "since", "old_script", "old_edits")
    )
    plan = Plan(film=cast(Any, film), new_cast=FilmCast(pictures=(shows,)), **cast(Any, asked))
    done = await with_pictures(plan, db=database(), store=shelf()[1], craft=craft(spoilt=False))
    assert [ref.sha256 for ref in done.lent] == [shows.sha256]
    with pytest.raises(ModelRefused):
        await with_pictures(plan, db=database(), store=shelf()[1], craft=craft(spoilt=True))


def _answering(found: Any) -> Any:
    async def answer(*_arguments: Any, **_more: Any) -> Any:
        return found

    return answer


async def test_those_of_an_order(monkeypatch: pytest.MonkeyPatch) -> None:
    submitted: list[Any] = []

    async def submit(request: Any, *, check_aids: Any, **_more: Any) -> None:
        check_aids(request.options.painting, dict.fromkeys(request.references))
        submitted.append(request)

    script = SimpleNamespace(key="k", sha256="0" * 64, original_key="o", file_name="pier.fountain")
    answers = {
        "project_of": SimpleNamespace(locator="a", title="A"),
        "script_of": script,
        "cast_of": KeptCast(CastList(people=()), 0, {}),
        "measure_film": Measured(len(FILM.scenes), len(FILM.shots), FILM.frames, FILM.characters),
        "hear_sounds": Heard(),
    }
    for name, found in answers.items():
        monkeypatch.setattr(order_film, name, _answering(found))
    monkeypatch.setattr(order_film, "must_be_made_here", lambda *_arguments: None)
    monkeypatch.setattr(order_film, "submit_film", submit)
    monkeypatch.setattr(Versions, "get", _answering(None))
    shelved, _ = shelf()

    async def get_bytes(ref: Any, **_more: Any) -> bytes:
        return SCRIPT.encode() if isinstance(ref, str) else await type(shelved).get_bytes(shelved, ref)

    monkeypatch.setattr(shelved, "get_bytes", get_bytes, raising=False)
    shows = ReferenceChoice(character=WHO.name, sha256=f"{1:064x}")
    choice = FilmChoice(options=PAINTED, painting=PaintingChoice(references=(shows,)))
    who = cast(Any, SimpleNamespace(user_id=USER, tier=Tier.PRO))
    for spoilt in (False, True):
        given = {"db": database(), "store": cast(Any, shelved), "settings": Settings(), "craft": craft(spoilt=spoilt)}
        ordered = order_film.order_film(who, PROJECT, choice, "a-key-of-mine", **cast(Any, given))
        if spoilt:
            with pytest.raises(ModelRefused):
                await ordered
        else:
            await ordered
    assert len(submitted) == 1
    assert submitted[0].job_id != UUID(int=0)
