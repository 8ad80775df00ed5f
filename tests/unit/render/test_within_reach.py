"""Who has hold of somebody is drawn near enough to have it."""

from __future__ import annotations

import pytest

from film.render.storyboard.rows import within_reach
from schemas.enums import Pose, Side
from schemas.prompt import Picture
from tests.unit.render.pictures import ANNA, figure, spec


def two(pose: Pose, other: Pose, held: str = "") -> Picture:
    left = figure(pose=pose, side=Side.LEFT, facing=Side.RIGHT, held=held)
    right = figure(ANNA, character="anna", pose=other, side=Side.RIGHT, facing=Side.LEFT)
    picture = spec(left, right, size="FS").picture
    assert picture is not None
    return picture


@pytest.mark.parametrize("pose", [Pose.GIVE, Pose.FIGHT, Pose.DANCE])
def test_two_who_do_the_same_are_within_reach(pose: Pose) -> None:
    left, right = within_reach(two(pose, pose), [0.1, 0.9], 0.25)
    assert 0.1 < left < right < 0.9


def test_whoever_is_pushed_is_within_reach_of_who_pushes() -> None:
    left, right = within_reach(two(Pose.PUSH, Pose.STAND), [0.1, 0.9], 0.25)
    assert right - left == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("pose", "other"), [(Pose.STAND, Pose.STAND), (Pose.GIVE, Pose.STAND), (Pose.READ, Pose.FIGHT)]
)
def test_others_keep_their_places(pose: Pose, other: Pose) -> None:
    assert within_reach(two(pose, other), [0.2, 0.7], 0.25) == [0.2, 0.7]


def test_a_weapon_keeps_them_apart() -> None:
    bare, armed = (within_reach(two(Pose.FIGHT, Pose.FIGHT, held=held), [0.3, 0.7], 0.2) for held in ("", "sword"))
    assert armed[1] - armed[0] > bare[1] - bare[0]


def test_nobody_is_moved_out_of_the_picture() -> None:
    for column in (0.0, 1.0):
        left, right = within_reach(two(Pose.GIVE, Pose.GIVE), [column, column], 0.3)
        assert 0.0 < left < right < 1.0
