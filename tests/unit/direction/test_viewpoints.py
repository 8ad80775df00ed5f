"""What the script asks of its camera beyond sizes: through whose eyes, over whose shoulder, and what no shot does."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.script import read
from schemas.enums import Movement, ShotSize
from schemas.script import Shot

_PEOPLE = "ANNA, a tall woman, and BO, an old man, wait by the door.\n\n"


def shots(body: str) -> tuple[Shot, ...]:
    made = direct(read(f"INT. HOUSE - DAY\n\n{_PEOPLE}{body}\n", "a.fountain"))
    assert sum(shot.frames for shot in made.shots) == round(made.runtime_s * 24)
    return made.shots


def last(body: str) -> Shot:
    return shots(body)[-1]


@pytest.mark.parametrize(
    ("body", "subjects"),
    [
        ("Bo nods. [[Anna's POV]]", ("bo",)),
        ("[[Anna's POV]]\n\nBo nods.", ("bo",)),
        ("Anna and Bo nod. [[POV Bo]]", ("anna",)),
        ("Bo nods. [[from Anna's point of view]]", ("bo",)),
        ("Anna waits. [[her POV]]", ()),
        ("ANNA'S POV\n\nBo nods.", ("bo",)),
        ("ANNA'S POV - Bo nods.", ("bo",)),
        ("From Bo's point of view: Anna at the window.", ("anna",)),
        ("Anna's POV: Bo at the gate.", ("bo",)),
        ("POV ANNA - Bo rises.", ("bo",)),
        ("Bo stares. ANNA'S POV: the empty street.", ()),
        ("BO\nHello. [[Anna's POV]]", ("bo",)),
        ("ANNA\nHello.\n\nANNA\nAre you there? [[Anna's POV]]\n\nBO\nYes.", ("bo",)),
    ],
)
def test_a_point_of_view_shows_what_is_seen_and_not_who_sees(body: str, subjects: tuple[str, ...]) -> None:
    asked = [shot for shot in shots(body) if shot.rule in {"note", "script_camera"}]
    assert [(shot.size, shot.subjects) for shot in asked] == [(ShotSize.MS, subjects)]


def test_a_note_that_only_speaks_of_a_view_is_no_direction() -> None:
    assert last("Bo nods. [[check the POV with Jim]]").rule != "note"


_MOVES = [
    ("push in on Anna", Movement.PUSH_IN),
    ("move in on Anna", Movement.PUSH_IN),
    ("close in on Anna", Movement.PUSH_IN),
    ("track with Anna", Movement.PUSH_IN),
    ("follow Anna", Movement.PUSH_IN),
    ("dolly with Anna", Movement.PUSH_IN),
    ("pull back from Anna", Movement.PULL_OUT),
    ("crane up over Anna", Movement.PULL_OUT),
    ("pan to Anna", Movement.PAN_RIGHT),
    ("pan left to Anna", Movement.PAN_LEFT),
    ("tilt down to Anna", Movement.TILT_DOWN),
    ("tilt up to Anna", Movement.TILT_UP),
]


@pytest.mark.parametrize(("words", "movement"), _MOVES)
@pytest.mark.parametrize(
    "sentence", ["We {}.", "We slowly {}.", "The camera begins to {}.", "Bo nods as we {}.", "Bo nods. [[we {}]]"]
)
def test_what_we_do_is_what_the_camera_does(words: str, movement: Movement, sentence: str) -> None:
    shot = last(sentence.format(words))
    assert shot.rule in {"note", "script_camera"}
    assert (shot.movement, shot.subjects) == (movement, ("anna",))


@pytest.mark.parametrize(
    ("action", "movement"),
    [
        ("Whip pan to Bo.", Movement.PAN_RIGHT),
        ("WHIP PAN to Bo.", Movement.PAN_RIGHT),
        ("Slow push in on Bo.", Movement.PUSH_IN),
        ("Quick zoom on Bo.", Movement.PUSH_IN),
        ("Crane up over Bo.", Movement.PULL_OUT),
        ("Dolly with Bo.", Movement.PUSH_IN),
        ("We dolly left past Bo.", Movement.PAN_LEFT),
        ("We hold on Bo.", Movement.STATIC),
        ("The camera lingers on Bo.", Movement.STATIC),
        ("CAMERA PUSHES IN on Bo.", Movement.PUSH_IN),
        ("Anna rises, and the camera pulls back to show Bo.", Movement.PULL_OUT),
    ],
)
def test_moves_in_any_words_go_to_whom_they_name(action: str, movement: Movement) -> None:
    shot = last(action)
    assert (shot.rule, shot.movement, shot.subjects) == ("script_camera", movement, ("bo",))


@pytest.mark.parametrize(
    "action",
    [
        "They move in on Bo.",
        "Anna tracks in mud.",
        "She looks over Bo's shoulder.",
        "Handheld radios crackle.",
        "We see Bo at the window.",
        "Creeping in through the window, Bo grins.",
        "The moving men close in.",
    ],
)
def test_words_that_only_look_like_moves(action: str) -> None:
    shot = last(action)
    assert shot.rule != "script_camera"
    assert not shot.limits


@pytest.mark.parametrize(
    ("body", "subjects"),
    [
        ("OVER BO'S SHOULDER: Anna smiles.", ("anna", "bo")),
        ("Over Bo's shoulder, we see Anna.", ("anna", "bo")),
        ("OTS BO - Anna smiles.", ("anna", "bo")),
        ("OVER THE SHOULDER on Bo.", ("bo", "anna")),
        ("Anna smiles. [[over Bo's shoulder]]", ("anna", "bo")),
        ("Bo smiles. [[over the shoulder]]", ("bo", "anna")),
        ("BO\nHello. [[OTS]]", ("bo", "anna")),
        ("BO\nHello. [[over her shoulder]]", ("bo", "anna")),
    ],
)
def test_over_the_shoulder_both_are_seen_and_the_shot_says_what_it_cannot(body: str, subjects: tuple[str, ...]) -> None:
    shot = last(body)
    assert (shot.size, shot.subjects) == (ShotSize.MS, subjects)
    assert shot.limits == ("Over the shoulder, both are seen: nobody is shown from behind.",)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Handheld: Bo runs.", "Handheld"),
        ("SLOW MOTION: Bo runs.", "SLOW MOTION"),
        ("Bo falls in slow motion.", "in slow motion"),
        ("SPLIT SCREEN\n\nBo nods.", "SPLIT SCREEN"),
        ("The camera circles Bo.", "circles"),
        ("Bo runs. [[handheld]]", "HANDHELD"),
        ("Bo runs. [[close on Bo, slow motion]]", "SLOW MOTION"),
    ],
)
def test_what_no_shot_does_is_said(body: str, words: str) -> None:
    shot = last(body)
    assert shot.subjects == ("bo",)
    assert shot.limits == (f"“{words}” cannot be done: the shot is made without it.",)


@pytest.mark.parametrize(
    "notes",
    [
        "[[close on the door]] [[close on the dragon]]",
        "[[close on the dragon]] [[close on the door]]",
        "[[close on the door, close on the dragon]]",
        "[[close on the door]]\n[[close on the dragon]]",
    ],
)
def test_two_notes_at_one_line_are_both_asked_for_or_said(notes: str) -> None:
    first, shot, after = shots(f"Bo nods. {notes}\n\nAnna waits.")
    assert (shot.rule, shot.size, shot.props, shot.subjects) == ("note", ShotSize.CU, ("door",), ())
    assert len(shot.limits) == 1
    assert "“the dragon”" in shot.limits[0]
    assert not first.limits
    assert not after.limits


def test_two_notes_of_two_people_show_both() -> None:
    assert last("Bo nods. [[on Anna]] [[on Bo]]").subjects == ("anna", "bo")
    assert last("Bo nods. [[on Anna]] [[low angle]]").subjects == ("anna",)


def test_a_camera_line_above_another_is_a_picture_of_its_own() -> None:
    pushed, closed = shots("CAMERA PUSHES IN ON BO.\n\nCLOSE ON Anna.")[-2:]
    assert (pushed.movement, pushed.subjects) == (Movement.PUSH_IN, ("bo",))
    assert (closed.size, closed.subjects) == (ShotSize.CU, ("anna",))


def test_a_hold_is_on_whom_it_names() -> None:
    shot = last("Bo nods. [[hold on Anna, 5s]]")
    assert (shot.subjects, shot.duration_s) == (("anna",), 5.0)
    thing = last("Bo nods. [[hold on the door]]")
    assert (thing.size, thing.subjects, thing.props) == (ShotSize.CU, (), ("door",))
    assert last("Bo nods. Hold on his face.").movement is Movement.STATIC


def test_whoever_comes_through_what_an_angle_is_on_is_seen() -> None:
    shot = last("ANGLE ON THE DOOR\n\nBo bursts out.")
    assert (shot.rule, shot.subjects) == ("script_camera", ("bo",))
    assert last("CLOSE ON THE DOOR\n\nBo bursts out.").subjects == ()


def test_what_a_view_is_of_may_stand_behind_a_colon() -> None:
    shot = last("Bo nods. [[Anna's POV: the door]]")
    assert (shot.rule, shot.subjects, shot.props) == ("note", (), ("door",))


def test_people_without_names_are_seen_from_afar() -> None:
    assert last("EXTREME WIDE: the two of them, the sky.").size is ShotSize.EWS
    shot = shots("CARL (40) and DAN (41) enter. Anna leaves. Bo leaves.\n\nWIDER: the two men, the street.")[-1]
    assert (shot.size, set(shot.subjects)) == (ShotSize.WS, {"carl", "dan"})


def test_whose_alone_is_whose_hand_it_is() -> None:
    assert last("CLOSE ON Anna's hand.\n\nCLOSE ON Bo's.").subjects == ("bo",)
