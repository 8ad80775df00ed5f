"""Whom phrases without a name mean, who is silent, and what nobody speaks."""

from __future__ import annotations

import pytest

from film.direction.storycast import prose_cast
from film.script import read
from film.script.references import refers
from film.script.sameness import same_people
from schemas.enums import ElementKind


def speakers(text: str) -> list[str | None]:
    return [one.speaker for one in read(text, "story.txt").elements if one.kind is ElementKind.DIALOGUE]


def cast(text: str) -> dict[str, int]:
    return {one.name: one.speeches for one in prose_cast(read(text, "story.txt").elements).characters}


_BELLS = (
    "Mr. Bell put down his paper, and Mrs. Bell her knitting. Mr. Bell looked at the clock.\n\n"
    "“Is it late?” asked Ned Bell, yawning.\n\n"
    "“It is ten,” said his father.\n\n“Then I am late,” said Ned.\n\n“You are always late,” said his mother."
)


def test_what_begins_the_next_paragraph_is_no_tag_of_the_speech_before_it() -> None:
    text = "A small bird sat on the sill.\n\n“Sing,” whispered Emil. “Only once.”\n\nThe bird sang. Emil wept.\n"
    assert same_people(read(text, "a.txt").elements) == {}


def test_who_is_meant_by_words_for_kin_is_one_person_of_the_cast() -> None:
    assert cast(_BELLS) == {"Mr. Bell": 1, "Mrs. Bell": 1, "Ned Bell": 2}


def test_whose_nephew_somebody_is_they_are_the_uncle_of() -> None:
    text = (
        "Gripp counted. Gripp’s nephew came in.\n\n“A fine day, uncle!” said Gripp’s nephew.\n\n"
        "“Fiddle!” said Gripp.\n\n"
        "“You cannot mean it,” said the nephew.\n\n“I do,” returned the uncle."
    )
    assert speakers(text)[1::2] == ["Gripp", "Gripp"]
    assert cast(text) == {"Gripp": 2, "nephew": 2}


@pytest.mark.parametrize("tag", ["said he", "cried he, laughing"])
def test_whom_a_line_calls_by_name_does_not_speak_it(tag: str) -> None:
    text = (
        "Mr. Wynn stood by Mr. Ash, and watched the dancers.\n\n"
        f"“Come, Wynn,” {tag}, “you must dance.”\n\n“I will not.”"
    )
    assert speakers(text) == ["Mr. Ash", "Mr. Ash", "Mr. Wynn"]


def test_who_went_out_does_not_answer() -> None:
    text = (
        "Nora, Piet and Emil sat down.\n\n“It is cold,” said Nora.\n\n“It is winter,” said Piet.\n\n"
        "Piet went out, and Emil poked the fire.\n\n“Is there wood?”\n\n“There is,” said Nora."
    )
    assert speakers(text)[2] == "Emil"


def test_who_is_told_of_as_a_voice_is_who_it_turns_out_to_be() -> None:
    text = "“Good day!” cried a cheerful voice. It was the voice of Emil, who had not knocked.\n\n“Knock,” said Nora."
    assert speakers(text) == ["Emil", "Nora"]


def test_somebody_is_nobody_known() -> None:
    assert speakers("Nora and Piet listened.\n\n“Fire!” cried somebody below.\n\n“Run,” said Nora.") == [None, "Nora"]


@pytest.mark.parametrize(
    "text",
    [
        "The sign over the door read: “H. Pinsky. Loans.” Nora went in.",
        "He tossed the paper to her. It ran: “Come at once. Emil.” She came.",
        "At the ominous word “liberality,” Emil frowned.",
        "A card said “Rooms,” and under it a smaller one, “No Pets.” Nora rang.",
        "He was called “Jim” by all, and the name “James Bell.” hung on the door.",
    ],
)
def test_what_is_written_nobody_speaks(text: str) -> None:
    assert speakers(text) == []


def test_a_word_before_an_article_is_no_name() -> None:
    text = "Emil had no coal. Wherefore the clerk put on his hat, and Emil sneezed.\n\n“Coal,” said the clerk."
    assert "Wherefore" not in cast(text)


@pytest.mark.parametrize(
    ("phrase", "noun", "owner"),
    [
        ("the old man", "old man", ""),
        ("her father", "father", "her"),
        ("Mr. Gripp’s nephew", "nephew", "Mr. Gripp"),
        ("his lady", "wife", "his"),
        ("a stout widow in a bonnet", "widow", ""),
    ],
)
def test_phrases_are_read(phrase: str, noun: str, owner: str) -> None:
    found = refers(phrase)
    assert found is not None
    assert (found.noun, found.owner) == (noun, owner)


@pytest.mark.parametrize("phrase", ["Anna", "old Mr. Bell", "her cousin Emil", "he", "the other"])
def test_names_and_pronouns_are_no_such_phrases(phrase: str) -> None:
    assert refers(phrase) is None


def test_who_is_told_apart_in_a_tag_is_somebody_of_their_own() -> None:
    text = (
        "Mara Corrie stood on the pier, because Mr. Lusk had sent her. He was ill.\n\n"
        "“You're not him,” said the man with the tractor.\n\n“No,” said Mara.\n"
    )
    assert speakers(text) == ["the man with the tractor", "Mara"]


def test_whoever_comes_back_is_among_those_who_are_there() -> None:
    text = (
        "Ines walked down to the shop. She telephoned. “Ten,” she said. “Well, then,” said Mr. Lusk.\n\n"
        "When she got back to the shed Hallam had lit the stove. She dug out the corks, and she struck each plug.\n\n"
        "“That's us finished,” said Hallam.\n\n“Have you a bath?”\n\n“A what?”\n\n“A tub.”\n"
    )
    assert speakers(text) == ["Ines", "Mr. Lusk", "Hallam", "Ines", "Hallam", "Ines"]


@pytest.mark.parametrize(
    ("text", "sexes"),
    [
        ("Lusk wept, and she left him. “Sit down, Mr. Lusk,” said Ann.", {"lusk": "m"}),
        ("Hallam sat, and she left him. “Hallam Voe,” he said. “Good day, Mr. Voe,” said Ann.", {"hallam": "m"}),
        ("Ann left. When she came back Tove had lit the stove. She sat, and her hands shook. Tove rose.", {"tove": ""}),
    ],
)
def test_titles_that_speech_gives_tell_men_from_women(text: str, sexes: dict[str, str]) -> None:
    genders = prose_cast(read(text, "story.txt").elements).genders
    assert {who: genders[who] for who in sexes} == sexes


def test_a_kind_of_thing_is_no_animal() -> None:
    assert set(cast("The crane held a net for sheep feed. Ines counted. “Ten,” said Ines.")) == {"Ines"}
