"""Pictures that an order names show whom they were ordered for, whatever cast the film gets."""

from __future__ import annotations

from dataclasses import replace

from api.usecases.plan_revision import Plan
from api.usecases.recast_film import pictured
from film.direction import direct
from film.direction.successors import successors
from film.script import read
from infrastructure.db.repositories.casts import KeptCast
from infrastructure.db.tables import VersionRow
from infrastructure.ids import new_id
from schemas.cast import CastList, FilmCast, Person
from schemas.edits import Changes, Edits
from schemas.jobs import FilmOptions
from schemas.painting import Painting, Reference
from tests.conftest import film_input

TEXT = "INT. KITCHEN - NIGHT\n\nMARA\nYou left.\n\nTOM\nI never left.\n"
HERS, NOBODYS, PINNED = "a" * 64, "b" * 64, "c" * 64


def person(identity: str, name: str, *aliases: str, pictures: tuple[object, ...] = ()) -> Person:
    return Person.model_validate(
        {"person_id": new_id(), "film_id": identity, "name": name, "aliases": aliases, "pictures": pictures}
    )


def test_pictures_go_where_the_people_went() -> None:
    picture = new_id()
    cast = CastList(people=(person("mara-quinn", "Mara Quinn", "MARA"), person("mara", "Tom", pictures=(picture,))))
    old = direct(read(TEXT, "pier.fountain"))
    new = direct(read(TEXT, "pier.fountain"), kept=cast.film_cast().members)
    ordered = (Reference(character="mara", sha256=HERS), Reference(character="zoe", sha256=NOBODYS))
    film = film_input(new_id(), new_id()).model_copy(
        update={"options": FilmOptions(painting=Painting(model="e" * 64, references=ordered))}
    )
    plan = Plan(
        film=film,
        base=VersionRow(job_id=film.job_id, rev=0, asked={}, input=film.model_dump(mode="json")),
        asked=Changes(recast=True),
        edits=Edits(),
        script=new,
        breakdown=new,
        before=old,
        old_script=old,
        old_edits=Edits(),
        since=0,
        became=successors(old, new),
    )
    found = pictured(plan, FilmCast(), KeptCast(cast, 1, {picture: PINNED}))
    assert found.film.options.painting is not None
    assert found.film.options.painting.references == (
        Reference(character="mara-quinn", sha256=HERS),
        Reference(character="mara", sha256=PINNED),
    )
    assert found.new_cast is not None
    assert found.new_cast.pictures == (Reference(character="mara", sha256=PINNED),)

    given = replace(plan, new_cast=cast.film_cast())  # by `studio revise --cast`: it brings no pictures
    found = pictured(given, FilmCast(), None)
    assert found.film.options.painting is not None
    assert found.film.options.painting.references == (Reference(character="mara-quinn", sha256=HERS),)
    assert found.new_cast == cast.film_cast()
