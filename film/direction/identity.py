"""Which shot is which, whatever became of the script around it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from schemas.base import canonical_json
from schemas.script import Location, Scene, Shot

_DIGITS = 24
"""Hexadecimal digits of a key's digest: 96 bits, which no two contents will ever share."""


def identify(shots: Sequence[Shot], scenes: Iterable[Scene], locations: Iterable[Location]) -> tuple[Shot, ...]:
    """Give each shot its key: what its picture is made from.

    A key is a digest of what the shot says and of where and when its scene plays, and a count that tells apart shots
    that say the same. It does not depend on where they stand, so that an edit elsewhere leaves it.

    Args:
        shots: All shots of a film, in order.
        scenes: All scenes.
        locations: All locations.

    Returns:
        The same shots with their keys; no two keys are equal.
    """
    names = {location.id: location.name for location in locations}
    settings = {scene.index: _setting(scene, names) for scene in scenes}
    seen: Counter[str] = Counter()
    found = []
    for shot in shots:
        content = canonical_json({"shot": _content(shot), "scene": settings[shot.scene]})
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
        seen[digest] += 1
        found.append(shot.model_copy(update={"key": f"{digest}-{seen[digest]}"}))
    return tuple(found)


def picture_keys(shots: Iterable[Shot]) -> dict[str, str]:
    """Name what makes each shot's picture its own: what it says, and a count within its scene.

    Unlike `Shot.key` it does not count what says the same in other scenes, so that a scene put in elsewhere leaves it.

    Args:
        shots: With their keys.

    Returns:
        For each shot's id, a name; shots of one scene never share one.
    """
    seen: Counter[tuple[int, str]] = Counter()
    found = {}
    for shot in shots:
        content = content_key(shot)
        seen[shot.scene, content] += 1
        found[shot.id] = f"{content}-{seen[shot.scene, content]}"
    return found


def content_key(shot: Shot) -> str:
    """A shot's key without its count: equal for shots that say the same."""
    return shot.key.rpartition("-")[0]


def scene_numbers(scenes: Sequence[Scene]) -> dict[int, str]:
    """Number a film's scenes for people to read.

    Args:
        scenes: All scenes.

    Returns:
        For each scene's index its number: as the script writes it, and then empty for a scene that the script does not
        number; or its place in the film, from 1, in a script that numbers none. The two are never mixed, since `5` as
        written may stand beside the fifth.
    """
    if any(scene.number for scene in scenes):
        return {scene.index: scene.number or "" for scene in scenes}
    return {scene.index: str(scene.index + 1) for scene in scenes}


def place_name(scene: Scene, names: Mapping[str, str]) -> str:
    """The name of a scene's location, or its id where the location is not known."""
    return names.get(scene.location, scene.location)


def _setting(scene: Scene, names: Mapping[str, str]) -> dict[str, Any]:
    place = scene.model_dump(mode="json", include={"int_ext", "place", "time_of_day", "weather"})
    return {**place, "location": place_name(scene, names)}


def _content(shot: Shot) -> dict[str, Any]:
    # How the camera moves is not seen in a still, and depends on the shots before.
    kept = {"size", "angle", "rack", "subjects", "staging", "props", "action"}
    spoken = [(line.character, line.text) for line in shot.dialogue]
    return {**shot.model_dump(mode="json", include=kept), "dialogue": spoken}
