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


def test_whoever_tells_a_story_is_seen_doing_what_they_tell_of_themselves() -> None:
    made = story(
        "I stood at the gate with my husband. I opened the letter.\n\n“Is it bad?” asked Piet, taking off his hat.\n\n"
        "I dropped the letter. Piet looked at me.\n\n“Yes,” I said, and I sat down.\n"
    )
    (teller,) = [one for one in made.characters if "I" in one.aliases]
    assert "a woman" in teller.description
    seen = {shot.action: shot.subjects for shot in made.shots if shot.action}
    assert teller.id in next(who for action, who in seen.items() if "opened the letter" in action)
    assert set(next(who for action, who in seen.items() if action.endswith("looked at me."))) == {"piet", teller.id}


def test_whoever_tells_a_story_is_in_it_though_they_never_speak() -> None:
    made = story("I ran to the gate. I saw Nora.\n\nI waved and I called.\n\nNora turned to me, and I stopped.\n")
    assert any("I" in one.aliases for one in made.characters)
