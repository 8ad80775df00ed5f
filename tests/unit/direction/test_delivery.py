"""Hands and faces say what is said, and how."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.direction.delivery import face_of, gesture_of
from film.script import read
from schemas.enums import Expression, Pose
from schemas.script import Shot, Staging


@pytest.mark.parametrize(
    ("said", "gesture"),
    [
        ("Who sleeps above it?", Pose.SHRUG),
        ("Stop! You can't go in.", Pose.HALT),
        ("Good morning, Anna.", Pose.WAVE),
        ("Give me the key.", Pose.GIVE),
        ("It is late. Look at the tower.", Pose.POINT),
        ("I swear it was closed.", Pose.VOW),
        ("Aye, sir.", Pose.SALUTE),
        ("Perhaps it rains tomorrow.", Pose.THINK),
        ("Hush. They are coming.", Pose.WHISPER),
        ("The bread is in the oven.", Pose.TALK),
        ("Nothing stops him.", Pose.TALK),
        ("Notes are kept.", Pose.TALK),
        ("Yes, sir.", Pose.TALK),
        ("Yes, ma'am. At once.", Pose.TALK),
        ("Yes, Captain.", Pose.SALUTE),
        ("Sir, yes, sir!", Pose.SALUTE),
        ("No, sir. Not even for ready money.", Pose.TALK),
        ("No. It was closed.", Pose.TALK),
        ("Never on a Sunday.", Pose.TALK),
        ("Don't gobble.", Pose.TALK),
        ("Wait until he is old.", Pose.TALK),
        ("Stop by on Monday.", Pose.TALK),
        ("No! Come back!", Pose.HALT),
        ("Don't move.", Pose.HALT),
        ("Wait a moment.", Pose.HALT),
        ("Wait", Pose.HALT),
        ("Enough. I am tired.", Pose.HALT),
    ],
)
def test_hands_do_what_a_line_says(said: str, gesture: Pose) -> None:
    assert gesture_of(said, "") is gesture


@pytest.mark.parametrize(
    ("manner", "gesture"),
    [
        ("whispering", Pose.WHISPER),
        ("pointing at the door", Pose.POINT),
        ("coldly", Pose.FOLD),
        ("beat", Pose.TALK),
        ("saluting", Pose.SALUTE),
        ("holding up a hand", Pose.HALT),
        ("warning her", Pose.HALT),
    ],
)
def test_how_a_line_is_spoken_goes_before_what_it_says(manner: str, gesture: Pose) -> None:
    assert gesture_of("The bread is in the oven.", manner) is gesture


def test_faces_show_how_a_line_is_spoken() -> None:
    assert face_of("laughing") is Expression.LAUGHING
    assert face_of("through her tears") is Expression.CRYING
    assert face_of("cried Madame Ruiz") is Expression.SURPRISED
    assert face_of("to the others") is None


def spoken(text: str) -> list[Shot]:
    film = direct(read(f"INT. ROOM - DAY\n\nANNA and BO wait.\n\n{text}", "a.fountain"))
    return [shot for shot in film.shots if shot.dialogue]


def of(shot: Shot, who: str) -> Staging:
    return next(one for one in shot.staging if one.character == who)


def test_a_gesture_and_a_face_are_those_of_whoever_speaks() -> None:
    (shot,) = spoken("ANNA\nWait. The bread is warm.\n")
    assert of(shot, "anna").pose is Pose.HALT
    (shot,) = spoken("ANNA\n(weary)\nWait. The bread is warm.\n")
    assert of(shot, "anna").expression is Expression.SAD
    assert all(one.expression is Expression.NEUTRAL for one in shot.staging if one.character != "anna")


def test_who_lies_does_not_gesture() -> None:
    film = direct(read("INT. ROOM - DAY\n\nANNA lies on the floor.\n\nANNA\nStop that.\n", "a.fountain"))
    (shot,) = (one for one in film.shots if one.dialogue)
    assert of(shot, "anna").pose is Pose.LIE


def test_whom_a_line_calls_by_name_is_whom_it_is_spoken_to() -> None:
    film = direct(
        read(
            "INT. ROOM - DAY\n\nANNA, BO and CY wait.\n\nBO\nWe are late.\n\nCY\nI know.\n\n"
            "ANNA\nBo, close the door.\n",
            "a.fountain",
        )
    )
    called = next(shot for shot in film.shots if any("close the door" in line.text for line in shot.dialogue))
    assert set(called.subjects) <= {"anna", "bo"}


def test_a_sentence_without_a_subject_is_about_whoever_was_told_of() -> None:
    film = direct(
        read("INT. ROOM - DAY\n\nANNA, 30, opens a box.\n\nLooks inside. Freezes.\n\nLights flicker.\n", "a.fountain")
    )
    subjects = {shot.action: shot.subjects for shot in film.shots}
    assert next(who for action, who in subjects.items() if action.startswith("Looks")) == ("anna",)
    assert next(who for action, who in subjects.items() if action.startswith("Lights")) == ()
