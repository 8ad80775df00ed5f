"""Edits of a film: asked for in numbers, kept by keys, applied to the script's breakdown."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.direction.edits import apply_edits, edits_asked, frames_in, remembered
from film.script import read
from schemas.edits import Changes, Edits, Placement, ShotChange, ShotEdit, ShotPlace, compose
from schemas.enums import Movement, ShotSize, TransitionKind
from schemas.errors import InvalidRequest
from schemas.script import Breakdown
from tests.effort import tries

TEXT = """\
EXT. HARBOUR - DUSK

Fog over the water. MARA, 30, walks along the pier.

MARA
He said he would be here. He said it twice, and I believed him both times.

A gull screams. She turns.

DISSOLVE TO:

INT. KITCHEN - NIGHT

OLD TOM sits at the table and holds a letter.

TOM
I never left.

He burns the letter.

EXT. ROAD - DAY

A car comes to a halt.
"""
FILM = direct(read(TEXT, "pier.fountain"))
KEYS = [shot.key for shot in FILM.shots]
IDS = [shot.id for shot in FILM.shots]


def edits(keys: list[str]) -> st.SearchStrategy[Edits]:
    """Any edits of shots that are there, leaving at least one."""
    shot = st.sampled_from(keys)
    edit = st.builds(
        ShotEdit,
        prompt=st.none() | st.sampled_from(["A dog barks.", "Rain"]),
        added=st.none() | st.sampled_from(["snow falls", "a lamp"]),
        seed=st.none() | st.integers(0, 99),
        frames=st.none() | st.integers(1, 300),
        movement=st.none() | st.sampled_from(Movement),
        size=st.none() | st.sampled_from(ShotSize),
        stand_in=st.booleans(),
    )
    place = st.tuples(shot, shot, st.booleans()).filter(lambda one: one[0] != one[1])
    return st.builds(
        Edits,
        shots=st.dictionaries(shot, edit, max_size=4),
        order=st.lists(place.map(lambda one: Placement(shot=one[0], anchor=one[1], before=one[2])), max_size=4).map(
            tuple
        ),
        removed=st.lists(shot, unique=True, max_size=len(keys) - 1).map(tuple),
    )


def looks(film: Breakdown) -> list[tuple[object, ...]]:
    """What edits decide about shots: all but how their lines and transitions were fitted on the way."""
    return [(s.id, s.key, s.frames, s.duration_s, s.action, s.size, s.movement, s.rack, s.props) for s in film.shots]


@settings(max_examples=tries(200, 20), deadline=None)
@given(edits(KEYS))
def test_what_comes_of_edits_is_a_film(asked: Edits) -> None:
    film = apply_edits(FILM, asked).breakdown
    left = [key for key in KEYS if key not in asked.removed]
    assert Counter(shot.key for shot in film.shots) == Counter(left)
    for scene in film.scenes:
        shots = film.shots_of(scene.index)
        assert [shot.id for shot in shots] == [f"s{scene.index + 1:03d}-{at:03d}" for at in range(1, len(shots) + 1)]
    for before, shot in zip((None, *film.shots), film.shots, strict=False):
        assert shot.transition_in_frames + shot.transition_out_frames <= shot.frames
        assert not shot.transition_in.overlaps or before is not None
        if shot.transition_in.overlaps and before is not None:
            assert shot.transition_in_frames <= before.frames // 2
        assert all(line.start_frame + line.frames <= shot.frames for line in shot.dialogue)
        assert shot.duration_s == pytest.approx(shot.frames / film.fps)
    assert film.runtime_s == pytest.approx(film.frames / film.fps)
    assert {shot.scene for shot in film.shots} <= {scene.index for scene in film.scenes}
    assert film.elements == FILM.elements


@settings(max_examples=tries(200, 20), deadline=None)
@given(st.data())
def test_edits_composed_are_edits_one_after_the_other(data: st.DataObject) -> None:
    first = data.draw(edits(KEYS))
    once = apply_edits(FILM, first).breakdown
    then = data.draw(edits([shot.key for shot in once.shots]) if len(once.shots) > 1 else st.just(Edits()))
    twice = apply_edits(once, then).breakdown
    assert looks(twice) == looks(apply_edits(FILM, compose(first, then)).breakdown)


@settings(max_examples=tries(100, 20), deadline=None)
@given(edits(KEYS), edits(KEYS), edits(KEYS))
def test_composing_is_associative_and_has_a_neutral_element(one: Edits, two: Edits, three: Edits) -> None:
    assert compose(compose(one, two), three) == compose(one, compose(two, three))
    assert compose(one, Edits()) == compose(Edits(), one) == one


def test_no_edits_leave_the_film_as_it_is() -> None:
    assert apply_edits(FILM, Edits()).breakdown == FILM


def test_what_was_shortened_and_is_lengthened_again_is_as_it_was() -> None:
    speaking = next(shot for shot in FILM.shots if shot.dialogue)
    short = Edits(shots={speaking.key: ShotEdit(frames=20)})
    again = compose(short, Edits(shots={speaking.key: ShotEdit(frames=speaking.frames)}))
    assert apply_edits(FILM, short).breakdown != FILM
    assert apply_edits(FILM, again).breakdown == FILM


def test_the_film_begins_and_ends_as_it_did_whatever_stands_there() -> None:
    film = apply_edits(FILM, Edits(removed=(KEYS[0], KEYS[-1]))).breakdown
    assert film.shots[0].transition_in is FILM.shots[0].transition_in is TransitionKind.FADE
    assert film.shots[-1].transition_out is FILM.shots[-1].transition_out is TransitionKind.FADE
    moved = apply_edits(FILM, Edits(order=(Placement(shot=KEYS[0], anchor=KEYS[-1]),))).breakdown
    assert moved.shots[-1].key == KEYS[0]
    assert moved.shots[-1].transition_in is TransitionKind.CUT
    assert moved.shots[-2].transition_out is TransitionKind.CUT


def test_a_scene_whose_first_shot_is_removed_still_dissolves_in() -> None:
    first, second = FILM.shots_of(1)[:2]
    assert first.transition_in is TransitionKind.DISSOLVE
    film = apply_edits(FILM, Edits(removed=(first.key,))).breakdown
    (heir,) = [shot for shot in film.shots if shot.key == second.key]
    assert heir.transition_in is TransitionKind.DISSOLVE


def test_edits_of_shots_that_a_script_no_longer_has_are_named_and_without_effect() -> None:
    gone = Edits(shots={"gone-1": ShotEdit(seed=1)}, removed=("gone-2",))
    film, dropped = apply_edits(FILM, gone)
    assert film == FILM
    assert dropped == ("gone-1", "gone-2")


def test_numbers_become_keys() -> None:
    asked = Changes(
        shots=(ShotChange(shot=IDS[1], duration_s=2.5, seed=4),),
        removed=(IDS[2],),
        order=(ShotPlace(shot=IDS[3], anchor=IDS[0], side="before"),),
    )
    assert edits_asked(FILM, asked) == Edits(
        shots={KEYS[1]: ShotEdit(seed=4, frames=60)},
        removed=(KEYS[2],),
        order=(Placement(shot=KEYS[3], anchor=KEYS[0], before=True),),
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Changes(removed=("s009-001",)), "There is no shot s009-001"),
        (Changes(shots=(ShotChange(shot="s009-001", seed=1),)), "There is no shot s009-001"),
        (Changes(order=(ShotPlace(shot=IDS[0], anchor="s009-001"),)), "There is no shot s009-001"),
        (Changes(order=(ShotPlace(shot=IDS[0], anchor=IDS[0]),)), f"--order names {IDS[0]} twice"),
        (
            Changes(order=(ShotPlace(shot=IDS[0], anchor=IDS[1]), ShotPlace(shot=IDS[0], anchor=IDS[2]))),
            f"--order names {IDS[0]} twice",
        ),
        (Changes(removed=(IDS[0], IDS[0])), f"--remove names {IDS[0]} twice"),
        (Changes(removed=tuple(IDS)), "Every shot would be removed"),
        (Changes(removed=(IDS[0],), shots=(ShotChange(shot=IDS[0], seed=1),)), "removed and changed at once"),
        (Changes(shots=(ShotChange(shot=IDS[0], duration_s=0),)), "A shot of 0 s cannot be made"),
        (Changes(shots=(ShotChange(shot=IDS[0], duration_s=7200),)), "A shot of 7200 s cannot be made"),
        (Changes(shots=(ShotChange(shot=IDS[0], duration_s=float("nan")),)), "cannot be made"),
        (Changes(shots=(ShotChange(shot=IDS[0], duration_s=-1),)), "cannot be made"),
    ],
)
def test_what_cannot_be_asked_is_named(asked: Changes, said: str) -> None:
    with pytest.raises(InvalidRequest, match=said):
        edits_asked(FILM, asked)


@pytest.mark.parametrize(
    ("seconds", "fps", "frames"),
    [(4.5, 24, 108), (0.1, 24, 2), (1, Fraction(24000, 1001), 24), (10, Fraction(30000, 1001), 300), (0.02, 25, 1)],
)
def test_lengths_are_the_nearest_whole_frames(seconds: float, fps: int | Fraction, frames: int) -> None:
    assert frames_in(seconds, fps) == frames


def test_a_new_take_ends_a_stand_in_and_nothing_else_does() -> None:
    failed = remembered(FILM, {IDS[1]: 7}, [IDS[0]])
    assert failed == Edits(shots={KEYS[1]: ShotEdit(seed=7), KEYS[0]: ShotEdit(stand_in=True)})
    longer = compose(failed, Edits(shots={KEYS[0]: ShotEdit(frames=30)}))
    assert longer.shots[KEYS[0]].stand_in
    again = compose(longer, Edits(shots={KEYS[0]: ShotEdit(seed=2)}))
    assert again.shots[KEYS[0]] == ShotEdit(seed=2, frames=30)
