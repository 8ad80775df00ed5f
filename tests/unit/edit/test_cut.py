from __future__ import annotations

import cv2
import numpy as np
import pytest

from film.edit.cut import Media, make_cut
from film.edit.poster import poster
from film.edit.timeline import read_timeline, write_timeline
from film.motion import plan_move
from schemas.enums import Movement, ScriptFormat, ShotSize, TransitionKind
from schemas.errors import ArtifactMissing
from schemas.script import Breakdown, Dialogue, SceneGraph, Shot, Span
from tests.unit.edit.films import sha

SPAN = Span(start=0, end=1)


def shot(number: int, frames: int, **fields: object) -> Shot:
    plain = {"id": f"s001-{number:03d}", "scene": 0, "size": ShotSize.MS, "frames": frames, "span": SPAN}
    return Shot.model_validate({**plain, "duration_s": frames / 24, **fields})


def breakdown() -> Breakdown:
    shots = (
        shot(1, 60, movement=Movement.PUSH_IN, transition_in=TransitionKind.FADE, transition_in_frames=12),
        shot(2, 48, dialogue=(Dialogue(character="narrator", text="It rained.", span=SPAN, start_frame=6, frames=24),)),
        shot(3, 72, movement=Movement.PAN_LEFT, transition_in=TransitionKind.DISSOLVE, transition_in_frames=18),
        shot(4, 30, transition_out=TransitionKind.FADE, transition_out_frames=24),
    )
    return Breakdown(
        title="Rain",
        format=ScriptFormat.PROSE,
        characters=(),
        locations=(),
        elements=(),
        scenes=(),
        shots=shots,
        graph=SceneGraph(),
        fps=24,
        runtime_s=210 / 24,
    )


def test_a_cut_holds_the_shots_with_their_pictures_moves_and_subtitles() -> None:
    plan = breakdown()
    moves = {shot.id: plan_move(shot, width=1280, height=720, fps=24) for shot in plan.shots}
    media = {shot.id: Media(f"k/{shot.id}.png", sha(shot.id)) for shot in plan.shots}
    cut = make_cut(plan, moves, media, width=1280, height=720)
    assert cut.frames == plan.frames
    assert [item.shot for item in cut.items] == [shot.id for shot in plan.shots]
    assert [item.media_key for item in cut.items] == [f"k/{shot.id}.png" for shot in plan.shots]
    assert [item.move for item in cut.items] == [moves[shot.id] for shot in plan.shots]
    assert [(item.transition_in.value, item.transition_in_frames) for item in cut.items] == [
        ("fade", 12),
        ("cut", 0),
        ("dissolve", 18),
        ("cut", 0),
    ]
    assert [(cue.start, cue.end, cue.text) for cue in cut.cues] == [(66, 90, "It rained.")]
    assert read_timeline(write_timeline(cut)) == cut


def test_a_shot_without_a_picture_is_named() -> None:
    plan = breakdown()
    moves = {shot.id: plan_move(shot, width=1280, height=720, fps=24) for shot in plan.shots}
    with pytest.raises(ArtifactMissing, match="s001-001 has no keyframe"):
        make_cut(plan, moves, {}, width=1280, height=720)


def test_a_poster_is_a_jpeg_of_the_asked_width() -> None:
    picture = np.full((180, 320, 3), (40, 90, 200), np.uint8)
    png = cv2.imencode(".png", picture)[1].tobytes()
    for width in (160, 640):
        decoded = np.asarray(cv2.imdecode(np.frombuffer(poster(png, width), np.uint8), cv2.IMREAD_COLOR), np.uint8)
        assert decoded.shape == (width * 9 // 16, width, 3)
        assert np.abs(decoded.astype(int) - (40, 90, 200)).max() < 6
    with pytest.raises(ArtifactMissing):
        poster(b"", 320)
    with pytest.raises(ArtifactMissing):
        poster(b"no picture", 320)
