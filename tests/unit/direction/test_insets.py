"""Notes inside a speech or an action direct the words that they stand at, and the words stay as they are."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.script import read
from schemas.enums import ElementKind, ShotSize
from schemas.script import Breakdown


def _film(words: str) -> Breakdown:
    text = f"INT. ROOM - DAY\n\n{words}\n\nShe goes.\n"
    play = read(text, "a.fountain")
    film = direct(play)
    said = " ".join(line.text for shot in film.shots for line in shot.dialogue).split()
    spoken = (one.text for one in play.elements if one.kind is ElementKind.DIALOGUE)
    assert said == " ".join(spoken).split()
    for shot in film.shots:
        for line in shot.dialogue:
            assert text[line.span.start : line.span.end].split()[0] == line.text.split()[0]
    return film


def _noted(film: Breakdown) -> list[str]:
    """What is said in the shots that a note frames."""
    return [
        " ".join(" ".join(line.text for line in shot.dialogue).split()) for shot in film.shots if shot.rule == "note"
    ]


@pytest.mark.parametrize(
    ("speech", "noted"),
    [
        ("Take it. [[CLOSE ON the ring]] It was his.", ["It was his."]),
        ("[[CLOSE ON the ring]] Take it. It was his.", ["Take it. It was his."]),
        ("Take it. [[CLOSE ON the ring]]\nIt was his.", ["Take it."]),
        ("Wait.\nTake it.\n[[CLOSE ON the ring]]\nIt was his.", ["Take it."]),
        ("Wait.\nTake it [[CLOSE ON the ring]].\nIt was his.", ["Take it ."]),
        ("Take it. It was his. [[CLOSE ON the ring]]", ["Take it. It was his."]),
        ("Take [[who?]] it. It [[check the date]] was his.", []),
        ("One. [[close on the ring]] Two. [[close on the lamp]] Three.", ["Two.", "Three."]),
        ("(softly)\nOne. [[close on the ring]] Two.", ["Two."]),
    ],
)
def test_a_note_in_a_speech_directs_the_words_it_stands_at(speech: str, noted: list[str]) -> None:
    assert _noted(_film(f"ANNA\n{speech}")) == noted


def test_it_frames_as_one_beside_an_action_does() -> None:
    film = _film("ANNA\nTake it. [[CLOSE ON the ring]] It was his.")
    shot = next(shot for shot in film.shots if shot.rule == "note")
    assert shot.size is ShotSize.CU
    assert shot.subjects == ()
    held = _film("ANNA\nTake it. [[hold 6 seconds]] It was his.")
    assert [shot.duration_s for shot in held.shots if shot.dialogue and "his" in shot.dialogue[0].text] == [6.0]


def test_a_note_in_an_action_directs_the_sentence_it_stands_in() -> None:
    long = "Anna crosses the whole of the long cold room to the table by the window, as slowly as she can. "
    film = _film(f"{long}She lifts [[CLOSE ON the ring]] the ring. {long}")
    assert [shot.action for shot in film.shots if shot.rule == "note"] == ["She lifts the ring."]


def test_a_note_that_directs_nothing_changes_nothing() -> None:
    plain, noted = (_film(f"ANNA\nTake it.{note} It was his.") for note in ("", "[[why?]]"))
    assert [shot.dialogue[0].text for shot in plain.shots if shot.dialogue] == [
        shot.dialogue[0].text for shot in noted.shots if shot.dialogue
    ]
