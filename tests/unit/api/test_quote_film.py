"""Quotes of painted films: what an order would refuse about pictures is refused before anything is ordered."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest

from accounts import ledger
from api.craft import Craft
from api.usecases import quote_film
from api.usecases.measure_film import Measured
from film.direction import direct
from film.script import read
from infrastructure.db.repositories.casts import KeptCast
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.settings import Settings
from schemas.cast import CastList, Person
from schemas.choices import FilmChoice
from schemas.enums import RendererName
from schemas.errors import InvalidRequest, ModelRefused
from schemas.jobs import FilmOptions
from schemas.painting import Painting, PaintingChoice, ReferenceChoice
from schemas.references import ReferenceKind
from tests.studio import SCRIPT
from tests.unit.api.files import PROJECT, USER, database, file, have

FILM = direct(read(SCRIPT, "pier.fountain"), fps=24)
WHO = FILM.characters[0]
PINNED = UUID(int=9)


class Door:
    """Quotes; all but pictures is as it should be."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.checked: list[int] = []
        self.pins: tuple[UUID, ...] = ()
        self.adapter = True
        measured = Measured(len(FILM.scenes), len(FILM.shots), FILM.frames, FILM.characters)
        script = SimpleNamespace(key="k", sha256="0" * 64, file_name="pier.fountain")
        nothing = {"must_be_there": None, "must_be_made_here": None, "script_of": script, "measure_film": measured}
        for name, found in nothing.items():
            monkeypatch.setattr(quote_film, name, _answering(found, later=name != "must_be_made_here"))
        monkeypatch.setattr(quote_film, "cast_of", self._cast)
        monkeypatch.setattr(ledger, "balance", _answering(SimpleNamespace(credits=100)))
        monkeypatch.setattr(Jobs, "pace", _answering(None))

    async def quote(self, *pictures: ReferenceChoice) -> int:
        """Quote a film; return its shots."""
        options = FilmOptions(renderer=RendererName.SDXL)
        choice = FilmChoice(options=options, painting=PaintingChoice(references=pictures))
        craft = SimpleNamespace(
            check_style=lambda _name: None,
            plan_painting=lambda _renderer, _choice: Painting(model="0" * 64),
            plan_lettering=lambda _choice: (options.graphics, ()),
            must_be_said=None,
            check_aids=self._check_aids,
        )
        store = SimpleNamespace(get_bytes=_answering(SCRIPT.encode()))
        quoted = await quote_film.quote_film(
            cast(Any, SimpleNamespace(user_id=USER)),
            PROJECT,
            choice,
            db=database(),
            store=cast(Any, store),
            settings=Settings(),
            craft=cast(Craft, craft),
        )
        return quoted.shots

    async def _cast(self, *_arguments: Any, **_more: Any) -> KeptCast:
        person = Person(person_id=UUID(int=3), film_id=WHO.id, name=WHO.name, pictures=self.pins)
        return KeptCast(CastList(people=(person,)), 1, {PINNED: f"{2:064x}"})

    def _check_aids(self, painting: Painting, pictures: Mapping[str, bytes] | None) -> None:
        assert pictures is None
        self.checked.append(len(painting.references))
        if painting.references and not self.adapter:
            raise ModelRefused("no IP-Adapter")


def _answering(found: Any, *, later: bool = True) -> Any:
    async def answer(*_arguments: Any, **_more: Any) -> Any:
        return found

    return answer if later else lambda *_arguments: found


def showing(who: str, number: int) -> ReferenceChoice:
    return ReferenceChoice(character=who, sha256=f"{number:064x}")


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Door:
    have(monkeypatch, file(1, ReferenceKind.CHARACTER), file(2, ReferenceKind.CHARACTER), file(3, ReferenceKind.VOICE))
    return Door(monkeypatch)


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (showing("Nobody Known", 1), "shows Nobody Known, who is not in this film"),
        (showing(WHO.name, 4), "upload it first"),
        (showing(WHO.name, 3), "upload it first"),
    ],
)
async def test_pictures_of_nobody_and_those_that_are_not_there_are_not_quoted(
    door: Door, picture: ReferenceChoice, words: str
) -> None:
    with pytest.raises(InvalidRequest, match=words):
        await door.quote(picture)


async def test_a_model_that_takes_no_pictures_is_told_of_where_one_is_ordered_or_kept(door: Door) -> None:
    assert await door.quote(showing(WHO.name, 1)) == len(FILM.shots)
    door.pins = (PINNED,)
    assert await door.quote() == len(FILM.shots)
    assert door.checked == [1, 1]
    door.adapter = False
    with pytest.raises(ModelRefused):
        await door.quote()
    door.pins = ()
    with pytest.raises(ModelRefused):
        await door.quote(showing(WHO.name, 1))
    assert await door.quote() == len(FILM.shots)
