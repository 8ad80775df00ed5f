"""Whoever a story tells of by a noun and names later is one person."""

from __future__ import annotations

from film.direction import direct
from film.script import read
from schemas.script import Breakdown, Character


def story(text: str) -> Breakdown:
    return direct(read(text, "a.txt"))


def named(film: Breakdown, name: str) -> Character:
    return next(one for one in film.characters if one.name == name)


INTRODUCED = (
    'A girl of nine with two red braids came into the shop. "Good morning," said the girl. "I am Tilda."\n\n'
    '"I am busy," said Mr. Bramble.\n\nTilda put a coin on the counter. "Please," said Tilda.\n'
)


def test_who_says_her_name_is_the_girl_that_the_story_told_of() -> None:
    film = story(INTRODUCED)
    tilda = named(film, "Tilda")
    assert "braids" in tilda.description
    assert tilda.age == 9
    assert "girl" in tilda.aliases
    assert "girl" not in {one.id for one in film.characters}
    assert {line.character for shot in film.shots for line in shot.dialogue} <= {"tilda", "mr-bramble", "narrator"}


def test_a_name_with_a_noun_behind_it_is_one_person() -> None:
    film = story(
        'The postman knocked. "A letter," said the postman.\n\nHe was Anselm the postman, and he was late.\n\n'
        '"Come in," said Mrs. Ruiz. "Gladly," said Anselm.\n'
    )
    assert "postman" in named(film, "Anselm").aliases


GOAT = (
    "A goat came in behind Mr. Bramble, and it walked straight into the stove.\n\n"
    "Mr. Bramble sighed. He patted the chair, and Pickle jumped up. The goat looked at him.\n\n"
    "Pickle galloped out of the door with the hat. Nobody could stop the {0}.\n\n"
    '"Thief!" cried Mrs. Ruiz. Pickle sniffed. Then the goat trotted home.\n'
)


def test_who_does_what_only_animals_do_and_is_never_beside_one_is_that_animal() -> None:
    film = story(GOAT.format("goat"))
    pickle = named(film, "Pickle")
    assert "goat" in (*pickle.aliases, pickle.description.split()[-1])
    assert "goat" not in {one.id for one in film.characters}


def test_whoever_leads_the_animal_is_none() -> None:
    film = story(GOAT.format("goat") + "\nPickle led the goat to the river, and the goat drank.\n")
    assert "goat" in {one.id for one in film.characters}


def test_a_shop_called_by_a_trade_has_nobody_in_it() -> None:
    film = story('Mr. Bramble unlocked his barber shop. He swept the floor. "Good," said Mr. Bramble.\n')
    assert {one.id for one in film.characters} == {"mr-bramble"}


def test_a_part_of_a_sentence_goes_on_with_whom_the_part_before_it_is_about() -> None:
    film = story(
        "Mr. Bramble unlocked the shop early that morning because of the rain, and rolled up the striped blind "
        'over the window with both hands. "Good," said Mr. Bramble, picking up the broom from the corner.\n'
    )
    told = [shot for shot in film.shots if shot.action.startswith(("and rolled", "picking"))]
    assert told
    assert all(shot.subjects[:1] == ("mr-bramble",) for shot in told)


def test_who_answers_to_a_name_is_called_by_it() -> None:
    told = (
        'An old man with a red beard slept on the nets.\n\n"You are late, Ivo," said Nell Varga.\n\n'
        '"I am never late," said the old man. {}\n\nIvo took the rope. "Get in," said Ivo.\n'
    )
    ivo = named(story(told.format("")), "Ivo")
    assert "man" in ivo.aliases
    assert "beard" in ivo.description
    assert "man" not in named(story(told.format("A young man looked in at the door.")), "Ivo").aliases
