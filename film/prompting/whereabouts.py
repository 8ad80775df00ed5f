"""Where an action takes place when it says so itself, whatever its scene is called."""

from __future__ import annotations

import re

from film.direction.storyplaces import FURNITURE, Setting, settings_in, subject_setting
from film.direction.words import sentences
from schemas.enums import Place, ScriptFormat
from schemas.script import Breakdown, Scene

_WALKS = (
    r"(?:walk(?:s|ed|ing)?|go(?:es)?|went|c[ao]me|comes|r[ua]ns?|running|hurr(?:y|ies|ied)|stroll(?:s|ed)?|wander(?:s|ed)?|"
    r"cross(?:es|ed|ing)?|march(?:es|ed)?|r[io]des?|dr[io]ves?|fle[ed]s?|stumbl(?:es|ed)|trudg(?:es|ed)|stands?|stood|"
    r"stops?|stopped|waits?|waited|meets?|met|leans?|leaned)"
)
_TOLD: tuple[tuple[Place, re.Pattern[str]], ...] = (
    (
        Place.BRIDGE,
        re.compile(
            rf"\b{_WALKS}\b[^.;!?]{{0,40}}\b(?:over|across|on|onto) (?:the|a|an|that|this) (?:[\w-]+ ){{0,2}}?bridge\b"
            r"|\bcross(?:es|ed|ing)? (?:the|a) (?:[\w-]+ ){0,2}?bridge\b",
            re.IGNORECASE,
        ),
    ),
)


def place_told(seen: str) -> Place | None:
    """Find where an action plays by what it says of the way that somebody goes.

    Args:
        seen: The action, read by `film.prompting.senses.plain`.

    Returns:
        The family of places, always outside; None where the action says nothing of it, and its scene counts.
    """
    if "bridge" not in seen.lower():
        return None
    return next((place for place, pattern in _TOLD if pattern.search(seen)), None)


_MOVING = frozenset({Place.SHIP, Place.TRAIN, Place.CAR, Place.SPACESHIP})
_ABOARD = re.compile(
    r"(?<![\w-])(?:aboard|on board|in|into|inside|on|onto|took|caught|boarded)(?![\w-])", re.IGNORECASE
)
"""What says of a vessel that somebody is in it: who wades `out to the ferry` is not yet."""
_FURTHER = re.compile(
    r"(?:and )?(?:then )?(?:(?:up|down|out|on|away|back|off) )?(?:through|into|across|along|over|down|up) (?:the|an?) "
)
"""How a part of a sentence goes on whose verb of motion stands in the part before."""
_LOOKED, _NEAR = re.compile(r"(?<![\w-])(?:look|gaz|star|peer|glanc)\w*", re.IGNORECASE), 24
"""So near the end of the part before a verb of looking leads to what follows."""
_ENDS = frozenset(".!?")
_WAYS = frozenset({Place.STAIRS, Place.CORRIDOR})
"""From where `the room` is another place."""
_HABIT = re.compile(r"(?<![\w-])(?:lived|dwelt|lives|used to|had once|years ago)(?![\w-])", re.IGNORECASE)
"""What is told of other times: `The old woman lived in the forest`."""
_STAYS = FURNITURE | {"room", "chamber", "house", "home", "door", "window", "stairs", "steps"}
"""Parts of where one is: who goes there has not gone elsewhere."""


def settings_of(breakdown: Breakdown) -> dict[str, Setting]:
    """Find where the shots of a story play that goes elsewhere within a scene.

    A story's scenes change between paragraphs; `Then they sat on the platform` may stand in the midst of one. Where a
    sentence says by its verb where somebody is, its shot plays there, and so do those that follow in the scene.

    Args:
        breakdown: Stage 1's result.

    Returns:
        By a shot's id, where it plays; shots that play where their scene does are left out, and so are screenplays,
        whose headings say it.
    """
    found: dict[str, Setting] = {}
    if breakdown.format is not ScriptFormat.PROSE:
        return found
    scenes = {scene.index: scene for scene in breakdown.scenes}
    here: Setting | None = None
    last = -1
    before = ""
    for shot in breakdown.shots:
        scene = scenes[shot.scene]
        if shot.scene != last:
            here, last, before = None, shot.scene, ""
        told = _last_told(shot.action, before, scene) if shot.action else None
        before = shot.action
        if told is not None:
            here = None if _is_at(scene, told) else told
        if here is not None:
            found[shot.id] = here
    return found


def _last_told(action: str, before: str, scene: Scene) -> Setting | None:
    """The last place that an action says by its verb that somebody is at, or that it tells of as where they are."""
    found = None
    if _FURTHER.match(action) and not _LOOKED.search(
        before[-_NEAR:]
    ):  # `She followed the tracks over the bridge | and up through the wood`
        action = f"They went {action}"
    elif action[:1].islower() and before and before[-1:] not in _ENDS:
        # A part of a sentence: what leads to its place may stand in the part before.
        last = sentences(before)[-1]
        before = before[last[0] : last[1]]
        known = [one for one, sure in settings_in(before) if sure]
        both = [one for one, sure in settings_in(f"{before} {sentences_first(action)}") if sure]
        first_end = sentences(action)[0][1]
        found = both[-1] if len(both) > len(known) and _may_be_at(both[-1], before + action) else None
        action = action[first_end:]
    for start, end in sentences(action):
        sentence = action[start:end]
        if _HABIT.search(sentence):
            continue
        if (told := subject_setting(sentence)) is not None and (told.name not in _STAYS or scene.place in _WAYS):
            found = told
        for setting, sure in settings_in(sentence):
            found = setting if sure and _may_be_at(setting, action) else found
    return found


def _may_be_at(setting: Setting, action: str) -> bool:
    return setting.name not in _STAYS and (setting.place not in _MOVING or _ABOARD.search(action) is not None)


def sentences_first(action: str) -> str:
    """The first sentence of an action."""
    start, end = sentences(action)[0]
    return action[start:end]


def _is_at(scene: Scene, told: Setting) -> bool:
    """Whether a scene plays at a place anyway."""
    return scene.place is told.place and scene.int_ext is told.int_ext
