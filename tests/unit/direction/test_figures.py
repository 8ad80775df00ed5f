"""Figures of speech set no place, and no thing in a picture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from film.direction import direct
from film.direction.figures import literal
from film.script import read
from schemas.enums import Place


def place(action: str, heading: str = "EXT. SOMEWHERE - DAY") -> Place:
    return direct(read(f"{heading}\n\n{action}\n", "a.fountain")).scenes[0].place


@pytest.mark.parametrize(
    "action",
    [
        "RUTH (50s), an expert in her field, ducks in.",
        "She is the best in her field.",
        "EDMUND (30), a bridge player of some renown, rises.",
        "ANNA waits. She is street smart.",
        "Bob looks out on a sea of faces.",
        "He stands there like a man on a mountain.",
        "As if the sea were near, he smiles.",
        "BOB, big as a barn, waits.",
        "A court reporter types.",
        "CATHERINE (60), a ship in full sail, waits.",
        "Anna has it all in her field of vision.",
        "They are on the road to ruin.",
    ],
)
def test_a_figure_of_speech_sets_no_place(action: str) -> None:
    assert place(action) is Place.LANDSCAPE


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("A farmer works in his field.", Place.FIELD),
        ("ANNA (40), alone on the beach, reads.", Place.BEACH),
        ("They lie in a forest of pines.", Place.FOREST),
        ("The sea. Anna would like a boat.", Place.SEA),
        ("The streets of the city.", Place.STREET),
    ],
)
def test_a_place_that_is_told_of_is_set(action: str, expected: Place) -> None:
    assert place(action) is expected


@pytest.mark.parametrize(
    ("action", "props"),
    [
        ("CATHERINE (60), a ship in full sail, waits.", ()),
        ("HOLLIS, a surgeon, hands like shovels, rises.", ()),
        ("She runs like a train.", ()),
        ("She takes a shovel.", ("shovel",)),
    ],
)
def test_a_figure_of_speech_is_no_thing(action: str, props: tuple[str, ...]) -> None:
    assert direct(read(f"EXT. SOMEWHERE - DAY\n\n{action}\n", "a.fountain")).shots[-1].props == props


@given(st.text(alphabet="aA, as like field of the sea-("))
def test_a_text_keeps_its_length(text: str) -> None:
    assert len(literal(text)) == len(text)
