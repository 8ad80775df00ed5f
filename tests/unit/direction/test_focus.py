"""A focus that moves within a shot: what the script asks for, and where the grammar moves it by itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.prompting import write_prompts
from film.script import read
from schemas.enums import FocusOn, Movement, ShotSize
from schemas.script import Rack, Shot
from tests.effort import tries

_SCRIPT = """INT. KITCHEN - NIGHT

ANNA (30) sits at the table. BO (40) stands at the stove.

ANNA
Is it still raining?

BO
It never stopped.

{}
"""

TO_BO = Rack(start=FocusOn.NEAR, end=FocusOn.FAR, behind="bo")
TO_SET = Rack(start=FocusOn.NEAR, end=FocusOn.SET)
TO_NEAR = Rack(start=FocusOn.SET, end=FocusOn.NEAR)


def last(body: str) -> Shot:
    return direct(read(_SCRIPT.format(body), "a.fountain")).shots[-1]


@pytest.mark.parametrize(
    ("action", "rack", "subjects"),
    [
        ("RACK FOCUS TO BO, who turns.", TO_BO, ("anna", "bo")),
        ("Rack focus to Bo.", TO_BO, ("anna", "bo")),
        ("RACK FOCUS from Anna to Bo.", TO_BO, ("anna", "bo")),
        ("FOCUS ON Bo.", TO_BO, ("anna", "bo")),
        ("FOCUS SHIFTS TO BO.", TO_BO, ("anna", "bo")),
        ("RACK TO BO.", TO_BO, ("anna", "bo")),
        ("RACK FOCUS TO BO\n\nHe turns off the stove.", TO_BO, ("anna", "bo")),
        ("PULL FOCUS FROM BO TO ANNA.", Rack(start=FocusOn.NEAR, end=FocusOn.FAR, behind="anna"), ("bo", "anna")),
        (
            "RACK FOCUS BACK TO ANNA.",
            Rack(start=FocusOn.FAR, end=FocusOn.NEAR, behind="bo"),
            ("anna", "bo"),
        ),
        ("Anna waits. PULL FOCUS to the window.", TO_SET, ("anna",)),
        ("RACK FOCUS TO the letter in Anna's hand.", TO_NEAR, ("anna",)),
    ],
)
def test_the_script_moves_the_focus(action: str, rack: Rack, subjects: tuple[str, ...]) -> None:
    shot = last(action)
    assert (shot.rule, shot.rack, shot.subjects) == ("script_camera", rack, subjects)
    assert (shot.size, shot.movement) == (ShotSize.MS, Movement.STATIC)
    assert shot.racks


@pytest.mark.parametrize(
    ("note", "rack"),
    [
        ("focus: Bo", TO_BO),
        ("rack focus to Bo", TO_BO),
        ("pull focus from Anna to Bo", TO_BO),
        ("slowly rack focus to Bo, 4s", TO_BO),
        ("focus on the window", TO_SET),
    ],
)
def test_a_note_moves_the_focus(note: str, rack: Rack) -> None:
    shot = last(f"Anna sighs. [[{note}]]")
    assert (shot.rule, shot.rack) == ("note", rack)
    assert shot.subjects[0] == "anna"


def test_a_note_sets_size_move_and_length_beside_the_focus() -> None:
    shot = last("Anna sighs. [[close-up, push in, rack focus to Bo, 6 seconds]]")
    assert (shot.size, shot.movement, shot.rack) == (ShotSize.CU, Movement.PUSH_IN, TO_BO)
    assert shot.duration_s == pytest.approx(6.0, abs=1.1)


@pytest.mark.parametrize(
    "action",
    [
        "Behind Anna, Bo rises from his chair.",
        "Behind her, Bo turns. Anna waits.",
        "Bo appears behind Anna.",
        "Bo steps out behind Anna without a sound.",
    ],
)
def test_attention_that_goes_to_somebody_behind_takes_the_focus_with_it(action: str) -> None:
    shot = last(action)
    assert (shot.rule, shot.rack, shot.subjects) == ("rack_focus", TO_BO, ("anna", "bo"))
    assert (shot.size, shot.movement) == (ShotSize.MS, Movement.STATIC)


@pytest.mark.parametrize(
    "action",
    [
        "Anna closes the door behind her. Bo waits.",
        "Bo looks at the rain behind Anna.",
        "Behind Anna, the door opens.",
        "Behind the house, Anna and Bo wait.",
        "Anna and Bo wait.",
        "The FOCUS GROUP waits with Bo.",
        "Anna hangs a coat on the RACK on the wall.",
        "Anna loses her focus on the game.",
        "Anna sighs. [[focus on the budget?]]",
    ],
)
def test_nothing_else_moves_it(action: str) -> None:
    assert last(action).rack is None


def test_a_written_size_is_kept_though_the_focus_cannot_move_in_it() -> None:
    shot = last("Anna sighs. [[wide shot, rack focus to Bo]]")
    assert (shot.size, shot.rack, shot.racks) == (ShotSize.WS, TO_BO, False)


def test_whoever_a_note_alone_brings_in_has_a_place() -> None:
    """Somebody of another scene, of whom this one knows no side."""
    elsewhere = "EXT. YARD - DAY\n\nCY (9) waits.\n\nCY\nHello.\n\n"
    for note in ("on Cy", "focus: Cy", "rack focus from Cy to Anna"):
        shots = direct(read(elsewhere + _SCRIPT.format(f"Anna sighs. [[{note}]]"), "a.fountain")).shots
        assert "cy" in shots[-1].subjects
        assert {staging.character for staging in shots[-1].staging} == set(shots[-1].subjects)


def test_a_picture_between_whose_depths_the_focus_moves_is_drawn_for_it() -> None:
    film = direct(read(_SCRIPT.format("Bo appears behind Anna."), "a.fountain"))
    *others, shot = write_prompts(film, style="cinematic", width=320, height=180, project_seed=1).prompts
    assert (shot.picture.focus_on, shot.picture.behind) == (FocusOn.FAR, "bo")
    assert all(prompt.picture.focus_on is None for prompt in others)
    assert all("focus_on" not in prompt.picture.model_dump() for prompt in others)


words = st.sampled_from(
    "RACK FOCUS PULL FROM BACK TO ON behind Behind Anna Bo her him the letter window , . : who rises\n [[ ]]".split(" ")
)


@settings(max_examples=tries(80, 15), deadline=None)
@given(st.lists(words, max_size=14), st.text(max_size=20))
def test_no_words_break_it(pieces: list[str], more: str) -> None:
    for shot in direct(read(_SCRIPT.format(" ".join([*pieces, more])), "a.fountain")).shots:
        assert shot.rack is None or not shot.rack.behind or shot.rack.behind in shot.subjects
        assert len(set(shot.subjects)) == len(shot.subjects)
