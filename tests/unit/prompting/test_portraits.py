"""What somebody looks like is found in whichever sentence says it."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.prompting.colours import COLOURS
from film.prompting.faces import HAIR
from film.prompting.fragments import fragments_in, noun_in
from film.prompting.sexes import with_sexes
from film.prompting.sheets import dressed, sheets_of
from film.script import read
from schemas.enums import FigureKind
from schemas.script import Breakdown, Look

TOLD = (
    'Anna Reed opened the door of the mill. "Who is there?" asked Anna.\n\n'
    '"Only me," said Tobias. {}\n\n'
    'Anna laughed. "Come in," she said.\n\nTobias sat down by the stove and drank his tea.\n'
)


def story(sentence: str) -> Breakdown:
    return direct(read(TOLD.format(sentence), "a.txt"))


def look(sentence: str, who: str = "tobias") -> Look:
    return sheets_of(story(sentence))[who].look


@pytest.mark.parametrize(
    ("sentence", "hair"),
    [
        ("He was bald as an egg.", "bald"),
        ("Tobias scratched his bald head.", "bald"),
        ("Tobias had long white hair.", "long"),
        ("He had thick black curls.", "curly"),
    ],
)
def test_hair_is_as_any_sentence_says(sentence: str, hair: str) -> None:
    assert look(sentence).hair == hair


def test_the_colour_of_hair_is_as_any_sentence_says() -> None:
    assert look("Tobias pushed back his red hair.").hair_colour == HAIR["red"]
    assert look("Anna pinned up her red hair.", "anna-reed").hair_colour == HAIR["red"]


def test_beard_spectacles_coat_and_age_are_as_any_sentence_says() -> None:
    told = look(
        "He was seventy, a thin man with a white beard, and he wore a yellow coat. Tobias wiped his spectacles."
    )
    assert told.beard
    assert told.glasses
    assert told.old
    assert told.top == COLOURS["yellow"]
    assert told.build < 1


@pytest.mark.parametrize(
    "sentence",
    ["Tobias, the goat, shook himself.", "Tobias was a big white goat.", "It was her goat, Tobias."],
)
def test_an_animal_is_what_a_sentence_says(sentence: str) -> None:
    told = look(sentence)
    assert (told.kind, told.species) == (FigureKind.COW, "goat")


@pytest.mark.parametrize(
    "sentence",
    [
        "He was as stubborn as a goat.",
        "Tobias was a bear of a man.",
        "He was a boy when the war began.",
        "Tobias gave Anna the goat.",
    ],
)
def test_who_is_only_compared_is_no_animal_and_who_was_a_boy_is_none(sentence: str) -> None:
    assert look(sentence).kind is FigureKind.ADULT


def test_her_hair_is_not_his() -> None:
    assert look("Anna pinned up her red hair.") == look("")
    assert look("He had no beard.") == look("He sat down.")


def test_words_of_the_introduction_stand() -> None:
    text = "INT. MILL - DAY\n\nTOBIAS, 30, a man with long brown hair, waits.\n\nTobias scratches his bald head.\n"
    film = direct(read(text, "a.fountain"))
    assert sheets_of(film)["tobias"].look.hair == "long"


def test_a_cast_that_is_kept_looks_as_the_film_does() -> None:
    film = story("He was bald as an egg.")
    kept = next(one for one in dressed(film) if one.id == "tobias")
    assert "bald" in kept.description


def test_fragments_are_of_people() -> None:
    assert noun_in("big white goat, who could not see") == ("big white goat", True)
    assert noun_in("bear of a man") is None or noun_in("bear of a man") == ("man", False)
    assert noun_in("sudden noise") is None
    assert not list(fragments_in("in a hurry, with two glasses of wine"))


def test_a_judge_wears_a_wig_where_the_story_tells_of_wigs_and_a_gown_in_court_alone() -> None:
    text = "INT. COURTROOM - DAY\n\nJUDGE BELL, 60, sits. The barristers adjust their {}.\n"
    worn = {
        word: sheets_of(direct(read(text.format(word), "a.fountain")))["judge-bell"].look for word in ("wigs", "ties")
    }
    assert worn["wigs"].headwear == "wig"
    text = text.replace("The barristers adjust their {}.", "The jury waits.")
    plain = sheets_of(direct(read(text, "a.fountain")))["judge-bell"].look
    assert (plain.headwear, plain.garb) == ("", "gown")


def _look_of(text: str, who: str) -> Look:
    film = direct(read(text, "looks.txt"))
    return sheets_of(film, with_sexes(film))[who].look


def test_what_follows_on_what_somebody_is_to_others_is_seen() -> None:
    text = "It was only Lisbet, the miller's youngest, a barefoot girl of nine in a torn blue dress. Lisbet waved.\n"
    look = _look_of(text, "lisbet")
    assert look.kind is FigureKind.CHILD


def test_a_colour_of_hair_and_how_it_is_worn_are_both_seen() -> None:
    text = (
        "Mrs. Vane opened the door. She was a tall woman of fifty with her grey hair in a tight bun.\n\n"
        "Mrs. Vane spoke.\n"
    )
    look = _look_of(text, "mrs-vane")
    assert (look.hair, look.hair_colour) == ("bun", "#a3a5a8")


def test_a_description_ends_with_its_paragraph() -> None:
    text = (
        "Wendell was bald, and he had once opened a safe. He was wearing slippers.\n\n“I am here,” said Priya. "
        "She had green hair.\n\nWendell looked at Priya.\n"
    )
    (wendell,) = [one for one in direct(read(text, "looks.txt")).characters if one.name == "Wendell"]
    assert "Priya" not in wendell.description
