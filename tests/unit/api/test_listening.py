"""Listening to the sounds of an order takes minutes: nobody's quote waits for it, and nobody listens in vain."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest

from accounts.prices import prices
from api.apart import apart
from api.usecases import order_film
from api.usecases.given_files import LISTENERS, Heard, ScriptFile, hear_sounds
from infrastructure.db.repositories.casts import KeptCast
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.versions import Versions
from infrastructure.settings import Settings
from schemas.cast import CastList
from schemas.choices import FilmChoice
from schemas.enums import Tier
from schemas.errors import Conflict
from schemas.jobs import FilmOptions
from schemas.references import ReferenceKind
from schemas.sound import MusicChoice, SoundChoice
from tests.studio import SCRIPT
from tests.unit.api.files import PROJECT, USER, Shelf, database, file, have

pytestmark = pytest.mark.asyncio(loop_scope="function")  # the processes of a loop go with its first test

MUSIC = SoundChoice(music=MusicChoice(sha256=f"{1:064x}"))


class Records(Shelf):
    """A store with sounds in it."""

    async def get_file(self, _ref: Any, path: Path) -> None:
        """Fetch one."""
        path.write_bytes(b"la")


def listen(place: str, *_of: Any) -> None:
    """Say that it has begun, and listen until it is told to end."""
    Path(place, "begun").write_text("begun")
    Path(place, "end").read_text()


async def test_a_quote_waits_for_no_listener(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    have(monkeypatch, file(1, ReferenceKind.MUSIC))
    places = [tmp_path / str(number) for number in range(LISTENERS)]
    for place in places:
        place.mkdir()
        for name in ("begun", "end"):
            os.mkfifo(place / name)

    async def order(place: Path) -> Heard:
        return await hear_sounds(
            USER,
            PROJECT,
            MUSIC,
            ScriptFile(str(place), "pier.fountain"),
            FilmOptions(),
            db=database(),
            store=cast(Any, Records()),
            settings=Settings(work_dir=tmp_path),
            hear=listen,
        )

    orders = [asyncio.create_task(order(place)) for place in places]
    for place in places:
        await asyncio.to_thread((place / "begun").read_text)
    assert await apart(len, "a film") == 6
    for place in places:
        await asyncio.to_thread((place / "end").write_text, "enough")
    assert [len(heard.files) for heard in await asyncio.gather(*orders)] == [1] * LISTENERS


def _answering(found: Any) -> Any:
    async def answer(*_arguments: Any, **_more: Any) -> Any:
        return found

    return answer


@pytest.mark.parametrize("there", [False, True])
async def test_nobody_listens_for_who_has_no_room_for_a_film(monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    rows = [None, SimpleNamespace(request_key="another's") if there else None]
    listened: list[bool] = []

    async def hear(*_arguments: Any, **_more: Any) -> Heard:
        listened.append(True)
        return Heard()

    async def newest(*_arguments: Any) -> Any:
        return rows.pop(0)

    script = SimpleNamespace(key="k", sha256="0" * 64, original_key="o", file_name="pier.fountain")
    answers: dict[str, Any] = {
        "project_of": SimpleNamespace(locator="a", title="A"),
        "script_of": script,
        "cast_of": KeptCast(CastList(people=()), 0, {}),
        "submit_film": None,
    }
    for name, found in answers.items():
        monkeypatch.setattr(order_film, name, _answering(found))
    monkeypatch.setattr(order_film, "hear_sounds", hear)
    monkeypatch.setattr(Versions, "get", newest)
    monkeypatch.setattr(Jobs, "count_open", _answering(prices().terms(Tier.FREE).films_at_once))
    craft = SimpleNamespace(
        check_style=lambda _name: None,
        plan_painting=lambda _renderer, _choice: None,
        plan_filming=lambda _motion: None,
        plan_lettering=lambda _choice: (FilmOptions().graphics, ()),
        hear=None,
        check_graphics=None,
        check_aids=None,
    )
    ordered = order_film.order_film(
        cast(Any, SimpleNamespace(user_id=UUID(int=2), tier=Tier.FREE)),
        PROJECT,
        FilmChoice(options=FilmOptions(), sound=MUSIC),
        "a-key-of-mine",
        db=database(),
        store=cast(Any, SimpleNamespace(get_bytes=_answering(SCRIPT.encode()))),
        settings=Settings(),
        craft=cast(Any, craft),
    )
    if there:  # the same order, asked twice at once, has taken the room
        await ordered
    else:
        with pytest.raises(Conflict, match="at once; wait until one is ready"):
            await ordered
    assert len(listened) == there
