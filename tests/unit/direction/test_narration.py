"""Where the narration of a story is divided into shots."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from film.direction import direct
from film.direction.narration import MOST_CHARACTERS, MOST_WORDS, narration, subtitles
from film.direction.timing import LINE
from film.script import read
from tests.effort import tries


def parts(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in narration(text)]


@pytest.mark.parametrize(
    ("text", "divided"),
    [
        # A relative clause stays with whoever it tells of.
        (
            "At the last table of the cafe she found an old porter in a green cap, who was shelling peas into a hat.",
            ["At the last table of the cafe she found an old porter in a green cap, who was shelling peas into a hat."],
        ),
        # A clause with a subject of its own can stand alone.
        (
            "The baker carried the last tray of buns out to the cart in the yard, and his daughter locked the door "
            "behind him.",
            [
                "The baker carried the last tray of buns out to the cart in the yard,",
                "and his daughter locked the door behind him.",
            ],
        ),
        # A second verb stays with its subject where there is room.
        (
            "The dog put its paws on the counter of the shop, looked at the sausages for a while and sneezed.",
            ["The dog put its paws on the counter of the shop, looked at the sausages for a while and sneezed."],
        ),
        # Two short sentences share a shot, two long ones do not.
        ("He sat down. It was a stool.", ["He sat down. It was a stool."]),
        (
            "The lamp on the landing had gone out in the night. Nora felt along the wall for the switch.",
            ["The lamp on the landing had gone out in the night.", "Nora felt along the wall for the switch."],
        ),
        # Of what is too long, parts that end with a comma come before any that do not.
        (
            "She was mending a net on the quay at Port Ardle, with a needle between her teeth and tar on both of her "
            "hands, beneath a lantern that nobody had lit for a year.",
            [
                "She was mending a net on the quay at Port Ardle, with a needle between her teeth and tar on both of "
                "her hands,",
                "beneath a lantern that nobody had lit for a year.",
            ],
        ),
    ],
)
def test_narration_is_divided_where_it_can_stand_alone(text: str, divided: list[str]) -> None:
    assert parts(text) == divided


@given(st.text(alphabet="aA bW,.;—\n’1", max_size=400))
def test_narration_loses_nothing_and_no_subtitle_is_too_long(text: str) -> None:
    found = narration(text)
    assert "".join(text[start:end] for start, end in found) == (text if text.strip() else "")
    for start, end in found:
        assert end - start <= MOST_CHARACTERS + len(text[start:end]) - len(text[start:end].strip()) + 1
        assert "".join(text[slice(*part)] for part in subtitles(text, (start, end))) == text[start:end]
        assert all(len(text[slice(*part)].strip()) <= LINE for part in subtitles(text, (start, end)))


def test_a_sentence_without_an_end_is_divided_all_the_same() -> None:
    found = parts("word " * tries(900, 90))
    assert all(len(part.split()) <= MOST_WORDS for part in found)


def test_a_shot_of_two_subtitles_tells_its_words_once_and_in_order() -> None:
    text = (
        "THE NET\n\nRosa came down to the harbour before it was light.\n\nShe was mending a net on the quay at Port "
        "Ardle, with a needle between her teeth and tar on both of her hands. The boat came in.\n\n"
        + 'Nobody was on board of it.\n\n"Where is he?" said Rosa.\n\n'
        * 4
    )
    shot = next(one for one in direct(read(text, "net.txt")).shots if one.action.startswith("She was"))
    assert [line.text.strip() for line in shot.dialogue] == [
        "She was mending a net on the quay at Port Ardle,",
        "with a needle between her teeth and tar on both of her hands.",
    ]
    assert shot.dialogue[1].start_frame == shot.dialogue[0].start_frame + shot.dialogue[0].frames
