"""What is asked of a film, in the words of the API."""

from __future__ import annotations

import uuid

import pytest
from pydantic import ValidationError

from api.models.revisions import ChangeFilm
from film.direction import direct
from film.direction.castlist import add_person
from film.direction.edits import edits_asked
from film.script import read
from schemas.cast import MAX_ID, MAX_NAME, CastList, Person

LONG = "Mara " * (MAX_NAME // 5 - 1) + "Vosss"
SCRIPT = "INT. KITCHEN - DAY\n\nMARA\nHe is gone.\n\nTOM\nWho?\n"


def test_whoever_has_the_longest_name_is_changed_by_it_and_by_their_id() -> None:
    cast = add_person(CastList(), Person(person_id=uuid.uuid4(), film_id="", name=LONG, aliases=("MARA",))).film_cast()
    film = direct(read(SCRIPT, "a.fountain"), kept=cast.members)
    (member,) = cast.members
    assert len(member.name) == MAX_NAME
    for who in (member.id, member.name):
        asked = ChangeFilm.model_validate({"cast": [{"character": who, "description": "a woman in a red coat"}]})
        assert edits_asked(film, asked.changes()).cast.keys() == {member.id}
        asked = ChangeFilm.model_validate({"cast": [{"character": "tom", "into": who}]})
        assert edits_asked(film, asked.changes()).cast["tom"].into == member.id
    with pytest.raises(ValidationError, match="at most 240"):
        ChangeFilm.model_validate({"cast": [{"character": "x" * (MAX_ID + 1), "description": "a woman"}]})
