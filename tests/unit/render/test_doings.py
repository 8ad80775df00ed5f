"""What figures do, hold and sit on, and what happens around them, is drawn and told apart."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from film.prompting.verbs import EVENTS, MOUNTS
from film.render.storyboard.events import PAINTERS
from film.render.storyboard.poses import ARMS
from schemas.enums import Expression, FigureKind, Pose, Side
from schemas.script import Look
from tests.effort import some
from tests.unit.render.pictures import TOM, apart, figure, pixels, spec

_BEFORE_THE_HANDS = {
    "table": Pose.EAT,
    "desk": Pose.WRITE,
    "counter": Pose.WORK,
    "stove": Pose.WORK,
    "piano": Pose.PLAY,
}
_STANCE = {"bed": Pose.LIE, "sofa": Pose.LIE}
_AS_ANOTHER = {"stool", "chair", "arms", "desk"}
"""Drawn as what somebody sits on anyway, as a table, or with whoever carries them."""


def on(mount: str, **changes: Any) -> Any:
    pose = {"car": Pose.DRIVE, "horse": Pose.RIDE, "bicycle": Pose.RIDE, "motorcycle": Pose.RIDE, "rowboat": Pose.ROW}
    body = figure(
        on=mount,
        pose=pose.get(mount, _BEFORE_THE_HANDS.get(mount, _STANCE.get(mount, Pose.SIT))),
        stance=_STANCE.get(mount, Pose.SIT),
        **changes,
    )
    return pixels(spec(body, size="WS", place="room", int_ext="int"))


def test_every_mount_is_seen_and_like_no_other() -> None:
    drawn = {mount: on(mount) for mount in MOUNTS if mount not in _AS_ANOTHER}
    near = {pair for pair in combinations(drawn, 2) if apart(drawn[pair[0]], drawn[pair[1]]) < 0.003}
    assert not near


def test_every_event_is_seen_and_like_no_other() -> None:
    assert set(PAINTERS) == set(EVENTS)
    drawn = {event: pixels(spec(figure(), events=(event,), size="FS")) for event in EVENTS}
    drawn["nothing"] = pixels(spec(figure(), size="FS"))
    near = {pair for pair in combinations(drawn, 2) if apart(drawn[pair[0]], drawn[pair[1]]) < 0.003}
    assert not near


def test_every_event_is_seen_where_nobody_is() -> None:
    empty = pixels(spec())
    for event in EVENTS:
        assert apart(empty, pixels(spec(events=(event,)))) > 0.003, event


@pytest.mark.parametrize("kind", [FigureKind.ADULT, FigureKind.CHILD])
def test_every_pose_has_arms_and_is_drawn_in_every_size(kind: FigureKind) -> None:
    assert set(ARMS) == set(Pose)
    for pose in some(Pose):
        for size in ("EWS", "WS", "FS", "MS"):
            pixels(spec(figure(Look(kind=kind), pose=pose), size=size, width=160, height=90))


def test_hands_are_busy_while_legs_sit_lie_or_kneel() -> None:
    stances = (Pose.STAND, Pose.SIT, Pose.KNEEL)
    drawn = [pixels(spec(figure(pose=Pose.READ, held="book", stance=stance), size="FS")) for stance in stances]
    assert all(apart(one, other) > 0.01 for one, other in combinations(drawn, 2))


def test_what_each_holds_is_in_their_own_hands() -> None:
    def two(left: str, right: str) -> Any:
        one = figure(held=left, pose=Pose.HOLD, side=Side.LEFT, facing=Side.RIGHT)
        other = figure(held=right, pose=Pose.HOLD, side=Side.RIGHT, facing=Side.LEFT)
        return pixels(spec(one, other, size="FS"))

    swapped = apart(two("flower", "sword"), two("sword", "flower"))
    assert swapped > 0.004


def test_who_speaks_has_an_open_mouth() -> None:
    silent, speaking = (pixels(spec(figure(speaks=speaks), size="CU")) for speaks in (False, True))
    assert apart(silent, speaking) > 0.001


def test_age_and_sex_are_seen_in_a_face() -> None:
    def face(**changes: bool) -> Any:
        return pixels(spec(figure(TOM.model_copy(update={"beard": False, **changes})), size="CU"))

    drawn = [face(), face(old=True), face(female=True)]
    assert all(apart(one, other) > 0.003 for one, other in combinations(drawn, 2))


def test_a_large_thing_leaves_room_indoors() -> None:
    alone = pixels(spec(figure(), place="stairs", int_ext="int"))
    for thing in ("ferry", "bus", "spaceship", "train"):
        assert apart(alone, pixels(spec(figure(), place="stairs", int_ext="int", props=(thing,)))) < 0.3


def test_a_crowd_is_seen_doing_something() -> None:
    assert apart(pixels(spec(crowd=True)), pixels(spec(crowd=True, crowd_pose=Pose.CHEER))) > 0.003


def test_somebody_asleep_sleeps_in_the_bed_and_not_on_the_floor() -> None:
    def sleeper(bed: str) -> Any:
        body = figure(pose=Pose.SLEEP, stance=Pose.LIE, expression=Expression.ASLEEP, on=bed)
        return pixels(spec(body, size="FS", place="bedroom", int_ext="int"))

    assert apart(sleeper("bed"), sleeper("")) > 0.05


_TOLD_APART = (
    "stand talk point wade lean kick pour reach listen shrug halt whisper vow fold think push pull carry crawl kneel "
    "climb dance throw wave salute give work"
).split()


def test_deeds_are_told_apart_by_the_body_alone() -> None:
    drawn = {pose: pixels(spec(figure(pose=pose), size="FS", place="room", int_ext="int")) for pose in _TOLD_APART}
    near = {pair for pair in combinations(drawn, 2) if apart(drawn[pair[0]], drawn[pair[1]]) < 0.003}
    assert not near


def test_whoever_is_poured_for_has_a_cup_and_whoever_wades_has_water_about_the_legs() -> None:
    dry, wet = (pixels(spec(figure(pose=pose), size="FS")) for pose in ("walk", "wade"))
    assert apart(dry[120:], wet[120:]) > 0.2
    empty, full = (pixels(spec(figure(pose=pose, held="bottle"), size="FS")) for pose in ("hold", "pour"))
    assert apart(empty, full) > 0.01


def test_who_hears_is_smaller_than_who_speaks() -> None:
    def two(first: bool) -> Any:
        one = figure(pose="talk", side=Side.LEFT, facing=Side.RIGHT, speaks=first)
        other = figure(pose="stand", side=Side.RIGHT, facing=Side.LEFT, speaks=not first, character="bo")
        return pixels(spec(one, other, size="MS"))

    assert apart(two(True), two(False)) > 0.02
