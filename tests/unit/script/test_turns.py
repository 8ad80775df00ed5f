"""Whose turn it is in conversations of prose: what a tag tells of the speeches around it."""

from __future__ import annotations

import pytest

from film.script import read
from schemas.enums import ElementKind


def speakers(text: str) -> list[str | None]:
    return [one.speaker for one in read(text, "story.txt").elements if one.kind is ElementKind.DIALOGUE]


def test_a_later_tag_tells_of_the_untagged_lines_before_it() -> None:
    text = (
        "Nora and Piet sat in the ferry office.\n\n“Is the boat in?”\n\n“Not yet.”\n\n“Then we wait.”\n\n"
        "“I always wait,” said Piet.\n\n“Do you?” asked Nora."
    )
    assert speakers(text) == ["Nora", "Piet", "Nora", "Piet", "Nora"]


def test_whoever_is_called_by_name_is_spoken_to() -> None:
    text = (
        "Nora met Piet at the gate.\n\n“You are late, Piet.”\n\n“The road was bad, Nora.”\n\n"
        "Piet shook the rain from his hat.\n\n“Come in, Piet.”"
    )
    assert speakers(text) == ["Nora", "Piet", "Nora"]


def test_who_is_spoken_of_is_rather_not_the_speaker() -> None:
    text = "“Nora has the key,” said Piet.\n\n“And where is Nora?” asked Emil.\n\n“Nora sleeps.”"
    assert speakers(text)[2] == "Piet"


def test_pronouns_tell_two_apart_by_what_the_story_says_elsewhere() -> None:
    text = (
        "Vasko tied the boat, and he whistled. Ilse watched from the pier; she was cold.\n\n"
        "“Is it deep?” she asked.\n\n"
        "“Deep enough,” he said.\n\nHe looked at her.\n\n“You can swim,” he said.\n\n“Badly,” she said."
    )
    assert speakers(text) == ["Ilse", "Vasko", "Vasko", "Ilse"]


def test_an_animal_that_never_speaks_is_not_who_he_means() -> None:
    text = (
        "Vasko whistled, and the dog came. He gave the dog a bone. The dog growled.\n\n“Good,” he said.\n\n"
        "“Whose is it?” asked Ilse."
    )
    assert speakers(text) == ["Vasko", "Ilse"]


def test_who_acts_in_a_clause_beside_does_not_take_over() -> None:
    text = "Ilse laughed when the queen came in. “At last,” she said."
    assert speakers(text) == ["Ilse"]


@pytest.mark.parametrize("tag", ["said the other", "answered the latter", "was the reply"])
def test_the_other_one_is_not_who_spoke_last(tag: str) -> None:
    text = f"Nora and Piet waited.\n\n“Listen,” said Nora.\n\n“I hear it,” said Piet.\n\n“What is it?” {tag}."
    assert speakers(text) == ["Nora", "Piet", "Nora"]


def test_whom_somebody_turns_to_does_not_speak() -> None:
    text = (
        "Piet let Emil in. Emil shook the snow from his boots.\n\n“Sit,” said Piet.\n\nEmil sat down.\n\n"
        "“It is late,” he said, turning to Emil."
    )
    assert speakers(text) == ["Piet", "Piet"]


def test_a_narrators_friend_is_whom_they_talk_with() -> None:
    text = (
        "I met Sandor on the stairs, and he was pale.\n\n“You look ill,” I said.\n\nMy friend leaned on the wall.\n\n"
        "“It is the heat,” he said.\n\n“It is winter,” I said."
    )
    assert speakers(text) == ["I", "Sandor", "I"]


def test_two_quotations_with_nothing_between_them_are_two_people() -> None:
    text = "“Ready?” asked Nora.\n\n“Ready,” said Piet.\n\n“Now?” “Now.”"
    assert speakers(text) == ["Nora", "Piet", "Nora", "Piet"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ilse turned round. “No!” Away she ran.", "Ilse"),
        ("One evening her mother said, “Sleep now.”", "her mother"),
        ("Nora opened the door with a frown and a nod, and said: “You.”", "Nora"),
        ("The clerk took his hat and went out, but turned suddenly and called: “Wait!”", "The clerk"),
        ("“Wait,” said Nora’s low, tired voice.", "Nora"),
        ("“Wait,” said one of the sailors.", "one of the sailors"),
        ("“Wait,” said a very small boy.", "a very small boy"),
        ("“Wait,” said everyone.", "everyone"),
        ("“Wait,” the abbot was saying.", "the abbot"),
        ("Nora ran into the yard, crying: “Fire!”", "Nora"),
        ("Nora looked up. Presently she said: “Rain.”", "Nora"),
        ("—Espera —dijo Marta.", "Marta"),
        ("„Warte“, sagte Marta.", "Marta"),
        ("«Attends», dit Marta.", "Marta"),
        ("— Постой, — сказала Марта.", "Марта"),
    ],
)
def test_tags(text: str, who: str) -> None:
    assert speakers(text) == [who]


def test_what_a_letter_says_is_nobodys_speech() -> None:
    text = "Nora opened the telegram. It ran as follows:\n\n“Arriving Tuesday. Keep a lamp lit.”\n\n“Good,” said Piet."
    assert speakers(text) == [None, "Piet"]


def test_whoever_is_called_within_a_quotation_may_speak() -> None:
    text = (
        "“Tell me all,” said Nora.\n\n“He came to me, and he said, ‘Piet, my boy, the boat is sold.’ "
        "That was in May,” said Piet.\n\n“And you?”\n\n“I said nothing. ‘Piet,’ he said, ‘go home.’”"
    )
    assert speakers(text) == ["Nora", "Piet", "Nora", "Piet"]


def test_a_break_leaves_nobodys_turn_over() -> None:
    text = "“Go,” said Nora.\n\n“I go,” said Piet.\n\n* * *\n\nEmil lit the stove.\n\n“Cold,” he said."
    assert speakers(text)[-1] == "Emil"


def test_whoever_acted_in_the_last_sentence_is_meant_before_who_spoke_earlier() -> None:
    text = (
        "“Is the nest empty?” asked Ilse. She was cold.\n\n“Not quite,” said Piet.\n\n***\n\n"
        "Boys were at work by the pier. Old Mrs. Kolb laid aside her knitting.\n\n"
        "“You are brave,” she said.\n\n“Piet is brave.”\n\n“He says it was you.”\n\nIlse laughed."
    )
    assert speakers(text)[2:] == ["Old Mrs. Kolb", "Ilse", "Old Mrs. Kolb"]


def test_after_a_while_a_pronoun_means_who_speaks_most_and_not_a_stranger() -> None:
    text = (
        "Ilse went to market. She was late.\n\n“What is that?” asked Ilse.\n\n“A goose,” said Mrs. Kolb.\n\n"
        "“I take it,” said Ilse.\n\n“Nine crowns,” said Mrs. Kolb.\n\n"
        "At six o’clock the table was laid.\n\nThe door opened and Piet came in. He was pale.\n\n"
        "“Piet, dearest,” she cried, “sit down.”"
    )
    assert speakers(text)[-2:] == ["Ilse", "Ilse"]


def test_whom_a_later_time_brings_is_meant_by_its_pronoun() -> None:
    text = (
        "“It is mine,” said the priest.\n\n“Ours,” said Ilse. She laughed.\n\n"
        "Many years later Ilse told it to her nephew in the garden. “And then?” he asked.\n\n“Nothing,” said Ilse."
    )
    assert speakers(text)[2] == "her nephew"
