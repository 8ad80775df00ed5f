from __future__ import annotations

import pytest

from film.motion.choice import choose_motion, continues, instead_of
from film.motion.flow import FlowRefusal
from schemas.enums import Angle, MotionKind, MovedBy, ShotSize, TransitionKind
from schemas.errors import MotionRefused
from schemas.motion import MotionFigures, ShotMotion
from schemas.script import Shot, Span
from schemas.timeline import CameraMove, Framing

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
    assert not continues(SHOT, other)
    chosen = choose_motion(MotionKind.FLOW, SHOT, other, MOVES, layers=True)
    assert chosen.kind is MovedBy.PARALLAX
    assert "the camera moves instead" in chosen.said


def test_what_can_be_done_is_done_and_needs_no_words() -> None:
    following = changed(id="s001-002", action="She waits.")
    for asked, kind in (
        (MotionKind.CAMERA, MovedBy.PARALLAX),
        (MotionKind.FLOW, MovedBy.FLOW),
        (MotionKind.VIDEO, MovedBy.VIDEO),
    ):
        assert choose_motion(asked, SHOT, following, MOVES, layers=True) == ShotMotion(shot=SHOT.id, kind=kind)
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
