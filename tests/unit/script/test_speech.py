"""Speech in prose, in every custom of marking it, and whose it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.script import read
from film.script.prose import read_prose
from schemas.enums import ElementKind
from schemas.script import Element
from tests.effort import tries


def elements(text: str) -> tuple[Element, ...]:
    return read(text, "story.txt").elements


def said(text: str) -> list[tuple[str | None, str]]:
    return [(one.speaker, one.text) for one in elements(text) if one.kind is ElementKind.DIALOGUE]


def told(text: str) -> list[str]:
    return [one.text for one in elements(text) if one.kind is ElementKind.ACTION]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ('"Go," said Anna. "Now."', ["Go,", "Now."]),
        ("“He said ‘never’ to me,” said Anna.", ["He said ‘never’ to me,"]),
        ("‘He said “never” to me,’ said Anna. ‘I don’t mind.’", ["He said “never” to me,", "I don’t mind."]),
        ("'Don't go,' said Anna. 'The boys' hats are wet.'", ["Don't go,", "The boys' hats are wet."]),
        ("«Komm», sagte er. «Schnell!»", ["Komm", "Schnell!"]),
        ("„Komm her.“ Er stand auf.", ["Komm her."]),
        ("「行こう。」 Anna stood.", ["行こう。"]),
        ("「行こう」と彼は言った。「早く」", ["行こう", "早く"]),
        ("『静かに』と老人が言った。", ["静かに"]),
        ("他说：“去海边。”", ["去海边。"]),
        ("“好，”她说。“走吧！”", ["好，", "走吧！"]),
        ("＂Go,＂ said Anna. ＂Now.＂", ["Go,", "Now."]),
        ("‹Viens›, dit Anna.", ["Viens"]),
        ("«Странно, — подумал он. — Никого».", ["Странно, — подумал он. — Никого"]),
        ("“We shall never” (she shook her head), “never sell it.”", ["We shall never", "never sell it."]),
        ("“It is absurd,” said the others; “he has no boat”; and they went.", ["It is absurd,", "he has no boat"]),
        ("He stood up. “I come from ‘Hart and Sons.’”", ["I come from ‘Hart and Sons.’"]),
        ("—Hola —dijo Juan—. ¿Qué tal?", ["Hola", "¿Qué tal?"]),
        ("— Come in, — said the old man. — It is cold.", ["Come in,", "It is cold."]),
        ("—Come up, he said sternly. You are late.", ["Come up,", "You are late."]),
        ("—I don't know—maybe never.", ["I don't know—maybe never."]),
    ],
)
def test_marks(text: str, spoken: list[str]) -> None:
    assert [words for _, words in said(text)] == spoken


@pytest.mark.parametrize(
    "text",
    [
        "The boys’ hats and the girls’ shoes lay in ’tis-and-’twas disorder.",
        "It was the sailors' inn, in the '60s, an' all o' them sang.",
        "They called it “the machine” and feared it.",
        "Everyone called her simply “the lady.”",
        "We ate at the “Blue Lion,” which was shut.",
        "The boat was called “The Grey Goose.”",
        "The sign over the door read: “Boats for hire. Ask within.”",
        "Over the bench was painted “Keep off.”",
        "The note said, “Come at once.”",
        "She drew a small “g,” and wiped it out.",
        "彼は「自由」という言葉が好きだった。",
    ],
)
def test_apostrophes_and_words_in_quotes_are_no_speech(text: str) -> None:
    assert said(text) == []


def test_single_marks_within_double_ones_are_no_speech_of_their_own() -> None:
    text = "“First,” said Anna.\n\n“Second,” said Bo.\n\nShe read ‘the last word.’ again."
    assert [words for _, words in said(text)] == ["First,", "Second,"]


def test_a_speech_goes_on_over_paragraphs_that_each_open_it() -> None:
    text = (
        "“It was long ago,” said Anna. “We were young.\n\n“We had a boat.\n\n“It sank.”\n\n“And then?” asked Bo."
        "\n\n“Then nothing.”"
    )
    assert [who for who, _ in said(text)] == ["Anna", "Anna", "Anna", "Anna", "Bo", "Anna"]


@pytest.mark.parametrize(
    "first", ["„Komm“, sagte Anna. „Es ist spät.“", "« Viens ici. »", "‹Viens ici.›", "＂Go now.＂", "‘Go now.’"]
)
def test_speech_that_opens_a_story_is_no_title(first: str) -> None:
    assert said(f"{first}\n\nThe rain fell on the pier all night.")


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Emil set it down. “You are colder than brass.”", ["Emil"]),
        ("“You are cold.” Emil set it down.", ["Emil"]),
        ("“Stop,” cried the old man.", ["the old man"]),
        ("“Stop,” replied softly the captain of the guard.", ["the captain of the guard"]),
        ("“Stop,” the March Hare went on.", ["the March Hare"]),
        ("“Stop,” hastily added Doctor Andrei Ilyich Zubov.", ["Doctor Andrei Ilyich Zubov"]),
        ("“Stop,” said I.", ["I"]),
        ("“Stop!” cried the voice of Marley.", ["Marley"]),
        ("“Much!”—Marley’s voice, no doubt about it.", ["Marley"]),
        ("Anna came in with Bo, looked about, and said at last: “Nobody.”", ["Anna"]),
        ("Anna turned to Bo and asked quietly:\n\n“Where is it?”", ["Anna"]),
        ("Anna met Bo.\n\n“My dear Bo, you are late.”\n\n“I am sorry.”", ["Anna", "Bo"]),
        ("“Who are you?” asked Anna.\n\n“I am Mr. Crane.”\n\nMr. Crane bowed.", ["Anna", "Mr. Crane"]),
    ],
)
def test_speakers(text: str, speakers: list[str]) -> None:
    assert [who for who, _ in said(text)] == speakers


def test_two_speak_in_turn_and_a_pronoun_means_who_fits() -> None:
    text = (
        "Clara stood at the gate, and her uncle came down the path.\n\n“You are early,” he said.\n\n"
        "“The train was early,” she said.\n\n“Was it cold?”\n\n“Very.”\n\nShe took off her glove.\n\n“Come in.”"
    )
    who = [speaker for speaker, _ in said(text)]
    assert who[0] == who[2]
    assert (who[0] or "").endswith("uncle")
    assert who[1] == who[3] == "Clara"


def test_who_is_titled_otherwise_is_somebody_else() -> None:
    text = (
        "“Have you heard?” said Mrs. Hale.\n\nMr. Hale had not.\n\n“But it is so,” returned she.\n\n"
        "“Indeed,” said Mr. Hale."
    )
    assert [who for who, _ in said(text)] == ["Mrs. Hale", "Mrs. Hale", "Mr. Hale"]


def test_a_verb_of_speaking_before_a_name_is_no_part_of_the_speech() -> None:
    text = "“Yes,” Anna said, and left. “No,” she added."
    assert told(text) == ["Anna said, and left.", "she added."]


_NAMES = st.sampled_from(["Anna", "Mr. Bell", "the old keeper", "he", "She", "Doctor Ilya Vetrov", "I", "a voice"])
_LINES = st.sampled_from(
    ["Come in", "I don’t know", "Where is the boys’ boat", "He said ‘never’", "Well—no", "Mr. Bell, my dear", "Oh"]
)
_PIECES = st.one_of(
    st.tuples(st.sampled_from(["“{}!”", '"{},"', "‘{},’", "«{}.»", "—{}", "“{}", "'{}?'"]), _LINES).map(
        lambda both: both[0].format(both[1])
    ),
    st.tuples(st.sampled_from(["said {}.", "{} went on", "{} walked into the kitchen.", "asked {},"]), _NAMES).map(
        lambda both: both[0].format(both[1])
    ),
    st.sampled_from(["\n\n", " ", " — ", "In the morning it rained. ", "’tis ", "\n", '"', "’", "* * *\n\n"]),
)


@settings(max_examples=tries(300, 30))
@given(st.lists(_PIECES, min_size=1, max_size=30).map("".join))
def test_every_word_is_in_the_elements_once_and_in_order(text: str) -> None:
    title, found, _ = read_prose(text)
    kept = title + "".join(element.text for element in found)
    assert [letter for letter in kept if letter.isalnum()] == [letter for letter in text if letter.isalnum()]
    at = 0
    for element in found:
        assert at <= element.span.start < element.span.end <= len(text)
        at = element.span.end
