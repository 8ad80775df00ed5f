"""What a screenplay says to its readers alone or in the midst of an action, and who is heard from elsewhere."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.script import read
from schemas.enums import ShotSize, TransitionKind
from schemas.script import Breakdown

_PEOPLE = "ANNA (30) and BOB (40) wait.\n\n"


def film(body: str) -> Breakdown:
    made = direct(read(f"INT. HOUSE - DAY\n\n{_PEOPLE}{body}\n", "a.fountain"))
    assert sum(shot.frames for shot in made.shots) == round(made.runtime_s * 24)
    return made


def actions(body: str) -> list[str]:
    return [shot.action for shot in film(body).shots][1:]


@pytest.mark.parametrize(
    "marker",
    [
        "2 OMITTED 2",
        "OMITTED",
        "A12-15 OMIT A12-15",
        "SCENES 4 THRU 6 OMITTED",
        "OVER BLACK:",
        "BLACK SCREEN.",
        "ROLL CREDITS.",
        "END CREDITS",
        "OPENING TITLES OVER:",
        "QUICK CUTS:",
        "BACK TO THE BAR",
        "TAG",
        "MONTAGE - ANNA LEAVES TOWN",
        "BEGIN MONTAGE: THE CITY",
        "MONTAGE ENDS",
        "INTERCUT - ANNA / BOB ON THE PHONE",
        "INTERCUT PHONE CONVERSATION",
        "END INTERCUT",
        "SMASH TO BLACK.",
        "HARD CUT TO BLACK.",
    ],
)
def test_what_is_said_to_readers_is_no_picture(marker: str) -> None:
    assert actions(f"Anna nods.\n\n{marker}\n\nBob nods.") == ["Anna nods.", "Bob nods."]


@pytest.mark.parametrize(
    "line", ["THE BAR EXPLODES.", "BACKS AGAINST THE WALL.", "SCENES OF JOY.", "BLACK SMOKE RISES."]
)
def test_capitals_that_tell_of_something_are_a_picture(line: str) -> None:
    assert actions(f"Anna nods.\n\n{line}") == ["Anna nods.", line]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Anna nods. DISSOLVE TO:\n\nBob nods.", TransitionKind.DISSOLVE),
        ("Anna nods. DISSOLVE TO: Bob nods.", TransitionKind.DISSOLVE),
        ("Anna nods.\nDISSOLVE TO:\nBob nods.", TransitionKind.DISSOLVE),
        ("Anna nods. SMASH CUT TO:\n\nBob nods.", TransitionKind.CUT),
        ("Anna nods. FADE TO BLACK.\n\nBob nods.", TransitionKind.FADE),
    ],
)
def test_transitions_in_the_midst_of_an_action_are_made(body: str, kind: TransitionKind) -> None:
    first, second = film(body).shots[1:]
    assert (first.action, second.action) == ("Anna nods.", "Bob nods.")
    assert second.transition_in is kind or (first.transition_out is kind)


def test_words_that_only_look_like_a_transition_stay() -> None:
    assert actions("Anna cuts to the door. She fades to nothing.")[0].startswith("Anna cuts to the door.")


def test_an_intercut_shows_nobody_beside_who_is_elsewhere() -> None:
    talk = "BOB\nStay.\n\nANNA\nNo.\n\nBOB\nStay, I say, until I come back for you.\n\nANNA\nNo, I say, I shall not."
    shots = film(f"INTERCUT - PHONE CALL\n\n{talk}").shots[1:]
    assert [shot.subjects for shot in shots] == [("bob",), ("anna",), ("bob",), ("anna",)]
    again = film(f"INTERCUT - PHONE CALL\n\nAnna nods.\n\nEND INTERCUT\n\n{talk}").shots[2:]
    assert any(len(shot.subjects) == 2 for shot in again)


@pytest.mark.parametrize("cue", ["ANNA (FILTERED)", "ANNA (PRE-LAP)", "ANNA (VIA RADIO)", "ANNA (PHONE)"])
def test_a_voice_from_elsewhere_is_heard_over_who_hears_it(cue: str) -> None:
    shot = film(f"Bob nods.\n\nBOB\nHello?\n\n{cue}\nIt is me, of course, who else.").shots[-1]
    assert (shot.rule, shot.subjects) == ("off_screen", ("bob",))


def test_a_parenthetical_may_say_that_somebody_is_heard_alone() -> None:
    shot = film("Bob nods.\n\nBOB\nHello?\n\nANNA\n(filtered)\nIt is me, of course, who else.").shots[-1]
    assert (shot.rule, shot.subjects) == ("off_screen", ("bob",))
    seen = film("Bob nods.\n\nBOB\nHello?\n\nANNA\n(into phone)\nIt is me, of course, who else.").shots[-1]
    assert "anna" in seen.subjects


def test_text_on_a_screen_is_read_and_shows_nobody_it_tells_of() -> None:
    title = film('Anna nods.\n\nText on screen: "He knows."').shots[-1]
    assert (title.action, title.title) == ("Anna nods.", "He knows.")
    sign = film('Anna nods.\n\nA sign reads: "BOB IS HERE".').shots[-1]
    assert (sign.rule, sign.size, sign.subjects) == ("insert", ShotSize.ECU, ())


def test_the_star_of_a_revision_is_no_part_of_what_is_shown_or_said() -> None:
    shots = film("Anna nods.   *\n\nBOB *\nWhere is she? *\nGone. *\n\nThe door, *\na window. *").shots[1:]
    assert [shot.action for shot in shots] == ["Anna nods.", "", "The door, a window."]
    assert "".join(line.text for shot in shots for line in shot.dialogue) == "Where is she?\nGone."
