"""Which shot is which, whatever became of the script around it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from schemas.base import canonical_json, quoted
from schemas.enums import Angle, ShotSize
from schemas.script import Location, Rack, Scene, Shot, Staging

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
    keys = Keys(scenes, locations)
    return tuple(shot.model_copy(update={"key": keys.key(_content(shot), shot.scene)}) for shot in shots)


class Content(NamedTuple):
    """What a shot says. How the camera moves is not seen in a still, and depends on the shots before."""

    size: ShotSize
    angle: Angle
    rack: Rack | None
    subjects: tuple[str, ...]
    staging: tuple[Staging, ...]
    props: tuple[str, ...]
    action: str
    dialogue: tuple[tuple[str, str], ...]
    """Who says what."""


class Keys:
    """Gives the shots of a film their keys, one after the other."""

    def __init__(self, scenes: Iterable[Scene], locations: Iterable[Location]) -> None:
        names = {location.id: location.name for location in locations}
        self._settings = {scene.index: canonical_json(_setting(scene, names)) for scene in scenes}
        self._given: defaultdict[str, int] = defaultdict(int)
        self._written: dict[tuple[object, ...], str] = {}
        """Stagings and lists of names as they are written: a film has few of them, and each in many shots."""

    def key(self, content: Content, scene: int) -> str:
        """The key of the next shot.

        Args:
            content: What it says.
            scene: Index of its scene.

        Returns:
            Its digest and how many shots have said the same so far: unique in the film.
        """
        text = f'{{"scene":{self._settings[scene]},"shot":{self._shot(content)}}}'
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
        self._given[digest] += 1
        return f"{digest}-{self._given[digest]}"

    def _shot(self, content: Content) -> str:
        """What a shot says, as `canonical_json` would write it; a focus that does not move is left out."""
        lines = ",".join([f"[{quoted(who)},{quoted(text)}]" for who, text in content.dialogue])
        rack = f'"rack":{self._one(content.rack)},' if content.rack is not None else ""
        return (
            f'{{"action":{quoted(content.action)},"angle":"{content.angle}","dialogue":[{lines}],'
            f'"props":{self._listed(content.props)},{rack}"size":"{content.size}",'
            f'"staging":[{",".join([self._one(one) for one in content.staging])}],'
            f'"subjects":{self._listed(content.subjects)}}}'
        )

    def _one(self, part: Staging | Rack) -> str:
        values = (type(part), *vars(part).values())
        written = self._written.get(values)
        if written is None:
            written = self._written[values] = _staged(part) if isinstance(part, Staging) else canonical_json(part)
        return written

    def _listed(self, texts: tuple[str, ...]) -> str:
        written = self._written.get(texts)
        if written is None:
            written = self._written[texts] = f"[{','.join([quoted(text) for text in texts])}]"
        return written


def _staged(staging: Staging) -> str:
    """A staging as `canonical_json` would write it: all of its fields are names."""
    return f"{{{','.join([f'{quoted(field)}:{quoted(name)}' for field, name in sorted(vars(staging).items())])}}}"


def picture_keys(shots: Iterable[Shot]) -> dict[str, str]:
    """Name what makes each shot's picture its own: what it says, and a count within its scene.

    Unlike `Shot.key` it does not count what says the same in other scenes, so that a scene put in elsewhere leaves it.

    Args:
        shots: With their keys.

    Returns:
        For each shot's id, a name; shots of one scene never share one.
    """
    seen: defaultdict[tuple[int, str], int] = defaultdict(int)
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


def _content(shot: Shot) -> Content:
    spoken = tuple((line.character, line.text) for line in shot.dialogue)
    return Content(shot.size, shot.angle, shot.rack, shot.subjects, shot.staging, shot.props, shot.action, spoken)
