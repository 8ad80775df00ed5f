from __future__ import annotations

from itertools import pairwise

import pytest

from film.direction import direct
from film.motion.choice import choose_motion, instead_of, shown_move
from film.motion.flow import FlowRefusal
from film.prompting import write_prompts
from film.prompting.continuity import continues
from film.script import read
from schemas.enums import Angle, FocusOn, MotionKind, MovedBy, ShotSize, TransitionKind
from schemas.errors import MotionRefused
from schemas.motion import MotionFigures, ShotMotion
from schemas.prompt import Picture
from schemas.script import Rack, Shot, Span
from schemas.timeline import CameraMove, FocusPull, Framing

WHOLE = Framing(x=0.5, y=0.5, scale=1.0)
STANDS = CameraMove(start=WHOLE, end=WHOLE, frames=48)
MOVES = CameraMove(start=WHOLE, end=Framing(x=0.5, y=0.5, scale=0.9), frames=48)
SHOT = Shot(
    id="s001-001",
    scene=0,
    size=ShotSize.MS,
    subjects=("anna", "bo"),
    frames=48,
    duration_s=2.0,
    span=Span(start=0, end=1),
)


def changed(**fields: object) -> Shot:
    return SHOT.model_copy(update=fields)


LETTERS = """\
INT. KITCHEN - NIGHT

MARA, 30, in a red coat, stands at the door.

Mara drinks from a cup.

Mara writes a letter.

Mara holds a letter.
"""


def drawn(script: str) -> list[tuple[Shot, Picture]]:
    film = direct(read(script, "a.fountain"))
    prompts = write_prompts(film, style="cinematic", width=320, height=180, project_seed=0).prompts
    return [(shot, prompt.picture) for shot, prompt in zip(film.shots, prompts, strict=True)]


DRAWN = drawn(LETTERS)
ELSEWHERE, PICTURE = DRAWN[0][1], DRAWN[1][1]


@pytest.mark.parametrize(
    "other",
    [
        None,
        changed(scene=1),
        changed(size=ShotSize.CU),
        changed(angle=Angle.LOW),
        changed(subjects=("anna",)),
        changed(transition_in=TransitionKind.DISSOLVE),
    ],
)
def test_a_shot_that_shows_something_else_does_not_continue(other: Shot | None) -> None:
    assert not continues(SHOT, other, PICTURE, ELSEWHERE if other else None)
    chosen = choose_motion(MotionKind.FLOW, SHOT, other, MOVES, layers=True)
    assert chosen.kind is MovedBy.PARALLAX
    assert "the camera moves instead" in chosen.said


def test_shots_that_are_drawn_in_one_set_up_go_on_though_the_rules_gave_them_two_sizes() -> None:
    (wide, place), *near = DRAWN
    assert not continues(wide, near[0][0], place, near[0][1])
    for (shot, picture), (after, then) in pairwise(near):
        assert shot.size is not after.size
        assert picture.size is then.size
        assert continues(shot, after, picture, then)
        later = after.model_copy(update={"transition_in": TransitionKind.DISSOLVE})
        assert not continues(shot, later, picture, then)
        assert not continues(shot, after.model_copy(update={"scene": 1}), picture, then)


def test_without_anybody_it_is_the_same_things_that_go_on() -> None:
    nobody = PICTURE.model_copy(update={"figures": (), "props": ("lamp",)})
    assert nobody.same_set_up(nobody.model_copy(update={"events": ("fire",)}))
    assert not nobody.same_set_up(nobody.model_copy(update={"props": ("letter",)}))
    assert not nobody.same_set_up(PICTURE)


def test_what_can_be_done_is_done_and_needs_no_words() -> None:
    following = changed(id="s001-002", action="She waits.")
    for asked, kind in (
        (MotionKind.CAMERA, MovedBy.PARALLAX),
        (MotionKind.FLOW, MovedBy.FLOW),
        (MotionKind.VIDEO, MovedBy.VIDEO),
    ):
        chosen = choose_motion(asked, SHOT, following, MOVES, layers=True, leads=True)
        assert chosen == ShotMotion(shot=SHOT.id, kind=kind)
    assert choose_motion(MotionKind.CAMERA, SHOT, None, MOVES, layers=False).kind is MovedBy.CAMERA
    assert choose_motion(MotionKind.CAMERA, SHOT, None, STANDS, layers=True).kind is MovedBy.CAMERA


def test_a_shot_longer_than_the_video_model_can_make_is_made_by_it_in_pieces() -> None:
    chosen = choose_motion(MotionKind.VIDEO, changed(frames=300), None, STANDS, layers=False)
    assert chosen == ShotMotion(shot=SHOT.id, kind=MovedBy.VIDEO)


def test_a_refusal_becomes_a_sentence_on_the_shot() -> None:
    refused = MotionRefused("There are no in-betweens: the two keyframes are the same picture.", reason="equal")
    asked = ShotMotion(shot=SHOT.id, kind=MovedBy.FLOW)
    got = instead_of(asked, refused, SHOT, MOVES, layers=False)
    assert refused.reason == FlowRefusal.EQUAL
    assert got.kind is MovedBy.CAMERA
    assert got.said == "There are no in-betweens: the two keyframes are the same picture; the camera moves instead."


def test_the_films_figures_count_all_and_name_the_first() -> None:
    motions = [ShotMotion(shot=f"s001-{n:03d}", kind=MovedBy.CAMERA, said="Why.") for n in range(1, 9)]
    figures = MotionFigures.of([ShotMotion(shot="s002-001", kind=MovedBy.VIDEO), *motions])
    assert figures.shots == {"camera": 8, "video": 1}
    assert figures.otherwise == 8
    assert figures.notes[0] == "s001-001: Why."
    assert figures.notes[-1] == "And 3 more shots."
    assert len(figures.notes) == 6
    assert MotionFigures.of([]) == MotionFigures()


RACKED = changed(rack=Rack(start=FocusOn.NEAR, end=FocusOn.FAR, behind="bo"))
PULL = FocusPull(start=1.0, end=2.0, first=10, frames=24)
RACKS = STANDS.model_copy(update={"focus": PULL})


def test_the_focus_moves_where_there_are_layers() -> None:
    chosen = choose_motion(MotionKind.CAMERA, RACKED, None, RACKS, layers=True)
    assert chosen == ShotMotion(shot=SHOT.id, kind=MovedBy.FOCUS)
    assert shown_move(chosen, RACKS) == RACKS
    refused = choose_motion(MotionKind.FLOW, RACKED, None, RACKS, layers=True)
    assert refused.kind is MovedBy.FOCUS
    assert refused.said.endswith("the focus moves instead.")


@pytest.mark.parametrize(
    ("asked", "shot", "layers", "kind", "why"),
    [
        (MotionKind.CAMERA, RACKED, False, MovedBy.CAMERA, "a painted picture has no layers"),
        (MotionKind.VIDEO, RACKED, True, MovedBy.VIDEO, "a video model's clip has no layers"),
        (MotionKind.FLOW, RACKED, True, MovedBy.FLOW, "a clip made by optical flow has no layers"),
        (MotionKind.CAMERA, RACKED.model_copy(update={"size": ShotSize.WS}), True, MovedBy.CAMERA, "a wide shot"),
        (MotionKind.CAMERA, RACKED.model_copy(update={"size": ShotSize.ECU}), True, MovedBy.CAMERA, "nobody behind"),
        (MotionKind.CAMERA, RACKED.model_copy(update={"angle": Angle.OVERHEAD}), True, MovedBy.CAMERA, "from straight"),
    ],
)
def test_a_focus_that_cannot_move_is_said_and_not_shown(
    asked: MotionKind, shot: Shot, layers: bool, kind: MovedBy, why: str
) -> None:
    move = RACKS if shot.racks else STANDS
    chosen = choose_motion(asked, shot, changed(id="s001-002"), move, layers=layers, leads=True)
    assert chosen.kind is kind
    assert chosen.said.startswith("The focus stays where it is, since ")
    assert why in chosen.said
    assert shown_move(chosen, move).focus is None
    assert MotionFigures.of([chosen]).notes == (f"{SHOT.id}: {chosen.said}",)


def test_a_clip_that_is_refused_leaves_the_focus_to_the_layers() -> None:
    asked = choose_motion(MotionKind.VIDEO, RACKED, None, RACKS, layers=True)
    got = instead_of(asked, MotionRefused("Its clip failed."), RACKED, RACKS, layers=True)
    assert got == ShotMotion(shot=SHOT.id, kind=MovedBy.FOCUS, said="Its clip failed; the focus moves instead.")
    painted = instead_of(asked, MotionRefused("Its clip failed."), RACKED, RACKS, layers=False)
    assert painted.kind is MovedBy.CAMERA
    assert "the picture stands instead. The focus stays where it is" in painted.said
