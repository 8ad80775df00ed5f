"""Breakdowns made by hand."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.enums import IntExt, Place, Pose, ScriptFormat, ShotSize, Side, TimeOfDay, Weather
from schemas.script import Breakdown, Character, Location, Scene, SceneGraph, Shot, Span, Staging

SPAN = Span(start=0, end=1)

CAST = (
    Character(id="anna", name="ANNA", description="an old woman in a red coat, her grey hair in a bun"),
    Character(id="otto", name="OTTO", description="a ferryman with a white beard and a blue cap"),
    Character(id="rex", name="REX", description="a black dog"),
    Character(id="mia", name="MIA", description="8, curious, with glasses"),
)


def scene(index: int, **changes: object) -> Scene:
    plain = {
        "index": index,
        "int_ext": IntExt.EXT,
        "location": "pier",
        "place": Place.HARBOUR,
        "time_of_day": TimeOfDay.DUSK,
        "weather": Weather.FOG,
        "span": SPAN,
    }
    return Scene.model_validate({**plain, **changes})


def shot(scene_index: int, number: int, action: str, **changes: object) -> Shot:
    plain = {
        "id": f"s{scene_index + 1:03d}-{number:03d}",
        "scene": scene_index,
        "size": ShotSize.WS,
        "action": action,
        "subjects": ("anna",),
        "frames": 48,
        "duration_s": 2.0,
        "span": SPAN,
        "props": ("the brass lantern",),
        "staging": (Staging(character="anna", pose=Pose.WALK, side=Side.LEFT, facing=Side.RIGHT),),
    }
    return Shot.model_validate({**plain, **changes})


def breakdown(scenes: Sequence[Scene], shots: Sequence[Shot]) -> Breakdown:
    return Breakdown(
        title="Ferry",
        format=ScriptFormat.FOUNTAIN,
        characters=CAST,
        locations=(
            Location(id="pier", name="The Pier", place=Place.HARBOUR),
            Location(id="hut", name="The Hut", place=Place.ROOM),
        ),
        elements=(),
        scenes=tuple(scenes),
        shots=tuple(shots),
        graph=SceneGraph(),
        fps=24,
        runtime_s=sum(each.frames for each in shots) / 24,
    )
