from __future__ import annotations

import pytest

from film.direction import direct
from film.prompting import write_prompts
from film.prompting.faces import HAIR
from film.script import read
from schemas.enums import FigureKind


def cast_of(action: str, before: str = "") -> list[str]:
    breakdown = direct(read(f"EXT. FIELD - DAY\n\n{before}{action}\n", "x.fountain"))
    return [character.id for character in breakdown.characters]


@pytest.mark.parametrize(
    ("action", "who"),
    [
        ("A woman sleeps.", ["woman"]),
        ("Two old soldiers wait by the road.", ["soldier"]),
        ("Rain. A small dog runs past. The dog barks.", ["dog"]),
        ("Children throw snowballs.", ["child"]),
        ("Girls dance.", ["girl"]),
        ("The king of nothing. Rain.", []),
        ("Man overboard.", []),
        ("The kingdom wakes.", []),
    ],
)
def test_whoever_acts_without_a_name_is_somebody(action: str, who: list[str]) -> None:
    assert cast_of(action) == who


def test_who_is_described_by_a_noun_is_not_somebody_else() -> None:
    assert cast_of("The woman sits.", "GRETA, a blonde woman, walks in.\n\n") == ["greta"]


def test_they_are_in_the_picture() -> None:
    breakdown = direct(read("EXT. FIELD - DAY\n\nA woman sleeps.\n", "x.fountain"))
    assert any(shot.subjects == ("woman",) for shot in breakdown.shots)


_STORY = (
    "All day it had rained. Along the dyke came a small boy, with a basket on his back. His mother had sent him. "
    "He slipped, and he sat down in the mud. He did not cry. The wind took his cap, and he ran after it. "
    "The little lad fell again. The rain ran out of his long fair hair.\n\nNobody helped him. "
    "He went home, and he slept.\n"
)


def test_a_story_that_names_nobody_tells_of_one_person_by_every_noun_for_them() -> None:
    breakdown = direct(read(_STORY, "dyke.txt"))
    child, mother = breakdown.characters
    assert mother.name == "mother"
    assert {child.name, *child.aliases} == {"boy", "lad"}
    alone = [shot for shot in breakdown.shots if shot.subjects == (child.id,)]
    assert len(alone) >= 4
    prompts = write_prompts(breakdown, style="cinematic", width=640, height=360, project_seed=1).prompts
    [look] = {figure.look for one in prompts for figure in one.picture.figures if figure.character == child.id}
    assert (look.kind, look.hair_colour) == (FigureKind.CHILD, HAIR["golden"])


def test_a_story_of_named_people_has_nobody_more() -> None:
    named = _STORY.replace("a small boy", "a small boy called Piet").replace("little lad", "boy")
    breakdown = direct(read(named, "dyke.txt"))
    assert [character.name for character in breakdown.characters] == ["Piet", "mother"]


def test_matter_that_begins_a_sentence_is_nobody() -> None:
    told = (
        "Nils climbed to the attic, and Nils opened the hatch. Snow spun round the rafters. Umbrellas turned inside "
        "out in the yard. Water dripped on the beams. Nils shut the hatch again, and he sat down on the floor.\n"
    )
    assert [character.name for character in direct(read(told, "attic.txt")).characters] == ["Nils"]
