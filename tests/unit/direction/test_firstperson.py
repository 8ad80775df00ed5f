"""Stories that say `I`: who tells them, and whom somebody brings in."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.script import read
from schemas.script import Breakdown

_STUDY = (
    "I found my friend Lucas in the study with a very thin, grey-haired lady.\n\n"
    "“You come at the right hour, {called},” said Lucas.\n\n“I feared that you were busy,” I said.\n\n"
    "“Not at all. This lady, Mrs. Aldous, has lost her parrot.”\n\n"
    "The thin lady rose from her chair and bowed.\n\n“Sit down,” said Lucas.\n\n“With pleasure,” I answered."
)


def story(text: str) -> Breakdown:
    return direct(read(text, "story.txt"))


def names(made: Breakdown) -> dict[str, int]:
    return {one.name: one.speeches for one in made.characters}


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("my dear Hartwell", "Hartwell"),
        ("dear Dr. Hartwell", "Dr. Hartwell"),
        ("Simon", "Simon"),
        ("my dear fellow", "Narrator"),
        ("Doctor", "Narrator"),
        ("my dear Lucas", "Narrator"),
    ],
)
def test_who_tells_a_story_has_the_name_that_the_others_call_them_by(called: str, name: str) -> None:
    assert names(story(_STUDY.format(called=called)))[name] == 2


def test_who_tells_a_story_is_seen_where_they_speak() -> None:
    made = story(_STUDY.format(called="my dear Hartwell"))
    speaking = [shot for shot in made.shots if any(line.character == "hartwell" for line in shot.dialogue)]
    assert speaking
    assert all("hartwell" in {one.character for one in shot.staging} for shot in speaking)


def test_who_says_their_own_name_has_it() -> None:
    text = "I stood at the gate.\n\n“Who is there?” asked Nora.\n\n“I am Piet,” I said.\n\n“Come in,” said Nora."
    assert names(story(text)) == {"Nora": 2, "Piet": 1}


def test_nobody_tells_a_story_in_which_nobody_says_i() -> None:
    assert set(names(story("Nora sat by the gate.\n\n“Who is there, Piet?” she asked."))) == {"Nora"}


def test_whom_somebody_introduces_exists_and_is_whom_the_noun_means() -> None:
    made = story(_STUDY.format(called="my dear Hartwell"))
    assert {"Lucas", "Mrs. Aldous", "Hartwell"} == set(names(made))
    (rising,) = [shot for shot in made.shots if "rose from her chair" in shot.action]
    assert [one.character for one in rising.staging] == ["mrs-aldous"]
