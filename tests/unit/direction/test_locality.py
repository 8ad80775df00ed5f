"""A shot's picture, move and length survive edits elsewhere in the script."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest

from benchmarks.analysis import screenplay
from film.direction import direct
from film.motion import plan_move
from film.prompting import write_prompts
from film.script import read
from schemas.enums import ElementKind, RendererName
from schemas.prompt import KeyframeSpec
from schemas.script import Breakdown, Shot
from tests.effort import tries

_SCENES = 100
_CHANGES = tries(50, 4)
_BLOCKS = 4
_OTHER = {"answer": "reason", "number": "colours", "weather": "quarrel"}
"""Words that say nothing to the camera: no places, things, feelings, seasons or times of day."""
_ADDED = (
    "INT. NORWOOD PANTRY - DAY\n\nANNA ABEL takes a jar.\n\nANNA ABEL\nWho has eaten all of the plums?\n\n"
    "Nobody answers."
)


@cache
def scenes() -> tuple[str, ...]:
    """A hundred short scenes, each with a heading that says where and when it plays."""
    found: list[list[str]] = []
    for block in screenplay(200, seed=7).split("\n\n")[1:-1]:
        if block.startswith(("INT.", "EXT.")):
            found.append([])
        if len(found[-1]) < _BLOCKS:
            found[-1].append(block.replace(" - CONTINUOUS", " - DAY").replace(" - LATER", " - NIGHT"))
    return tuple("\n\n".join(scene) for scene in found[:_SCENES])


@cache
def script() -> str:
    return "\n\n".join(scenes())


def film(text: str) -> Breakdown:
    return direct(read(text, "long.fountain"))


Spec = tuple[object, ...]
Made = list[tuple[Shot, Spec]]


def made(breakdown: Breakdown) -> Made:
    """Each shot with all that its picture and its motion are made of."""
    prompts = write_prompts(breakdown, style="cinematic", width=640, height=360, project_seed=3).prompts
    found: Made = []
    for shot, prompt in zip(breakdown.shots, prompts, strict=True):
        drawn, painted = (KeyframeSpec.of(prompt, renderer) for renderer in RendererName)
        move = plan_move(shot, width=640, height=360, fps=24)
        joins = (shot.transition_in, shot.transition_in_frames, shot.transition_out, shot.transition_out_frames)
        found.append((shot, (drawn, painted, move, shot.frames, joins)))
    return found


@cache
def before() -> Made:
    return made(film(script()))


def changes() -> list[tuple[int, int, str]]:
    """Where words stand that are changed, spread over the script: start and end of their element, and the new text."""
    elements = [
        e for e in read(script(), "long.fountain").elements if e.kind in {ElementKind.ACTION, ElementKind.DIALOGUE}
    ]
    usable = [e for e in elements if any(f" {word}" in e.text for word in _OTHER)]
    step = len(usable) // _CHANGES
    found = []
    for element in usable[::step][:_CHANGES]:
        old = script()[element.span.start : element.span.end]
        word = next(word for word in _OTHER if f" {word}" in old)
        found.append((element.span.start, element.span.end, old.replace(word, _OTHER[word], 1)))
    return found


_TELLING = ("terror", "danger", "panic", "slowly")
"""Words that make their own line tense or calm."""


def test_there_are_a_hundred_scenes_and_fifty_changes() -> None:
    assert len({shot.scene for shot, _ in before()}) == _SCENES
    assert len(changes()) == _CHANGES


@pytest.mark.parametrize("number", range(_CHANGES))
def test_a_changed_word_touches_the_shots_of_its_line_alone(number: int) -> None:
    touches_its_line_alone(*changes()[number])


@pytest.mark.parametrize("number", range(0, _CHANGES, 4))
def test_a_word_that_tells_how_tense_it_is_touches_the_shots_of_its_line_alone(number: int) -> None:
    start, end, new = changes()[number]
    neutral = next(word for word in _OTHER.values() if f" {word}" in new)
    touches_its_line_alone(start, end, new.replace(neutral, _TELLING[number % len(_TELLING)], 1))


def touches_its_line_alone(start: int, end: int, new: str) -> None:
    text = script()[:start] + new + script()[end:]
    assert text != script()
    shift = len(text) - len(script())
    after = made(film(text))
    old = [spec for shot, spec in before() if shot.span.end <= start or shot.span.start >= end]
    others = [spec for shot, spec in after if shot.span.end <= start or shot.span.start >= end + shift]
    assert others == old
    assert after != before()


@pytest.mark.parametrize("nth", [5, 0, -1][: tries(3, 1)])
def test_a_new_scene_leaves_the_others_as_they_were(nth: int) -> None:
    """Put in before one that names somebody before it says `he` or `she`."""
    named = [at for at, scene in enumerate(scenes()) if at and not re.match(".*\n\n(?:He|She|They) ", scene)]
    at = named[nth]
    after = pictures(film("\n\n".join([*scenes()[:at], _ADDED, *scenes()[at:]])))
    assert [scene for number, scene in enumerate(after) if number != at] == pictures(film(script()))


@pytest.mark.parametrize("nth", [5, 0, -1][: tries(3, 1)])
def test_a_scene_taken_out_leaves_the_others_as_they_were(nth: int) -> None:
    """One that introduces nobody, and whose place is its own."""
    places = Counter(scene.split("\n")[0].split(" - ")[0] for scene in scenes())
    own = [
        at
        for at, scene in enumerate(scenes()[1:-1], 1)
        if places[scene.split("\n")[0].split(" - ")[0]] == 1 and not re.search("[A-Z]{2} ?[A-Z]+, ", scene)
    ]
    at = own[nth]
    after = pictures(film("\n\n".join([*scenes()[:at], *scenes()[at + 1 :]])))
    assert after == [scene for number, scene in enumerate(pictures(film(script()))) if number != at]


def pictures(breakdown: Breakdown) -> list[list[Spec]]:
    """Of each scene, what the pictures, moves and lengths of its shots are made of; how scenes are joined is not."""
    found: list[list[Spec]] = [[] for _ in breakdown.scenes]
    for shot, spec in made(breakdown):
        found[shot.scene].append(spec[:-1])
    return found
