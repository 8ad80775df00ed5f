"""Where an action takes place when it says so itself, whatever its scene is called."""

from __future__ import annotations

import re

from film.direction.storyplaces import FURNITURE, Setting, settings_in
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
_ABOARD = re.compile(r"(?<![\w-])(?:aboard|on board|in|into|inside|on|onto)(?![\w-])", re.IGNORECASE)
"""What says of a vessel that somebody is in it: who wades `out to the ferry` is not yet."""
_FURTHER = re.compile(
    r"(?:and )?(?:then )?(?:(?:up|down|out|on|away|back|off) )?(?:through|into|across|along|over|down|up) (?:the|an?) "
)
"""How a part of a sentence goes on whose verb of motion stands in the part before."""
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
    for shot in breakdown.shots:
        if shot.scene != last:
            here, last = None, shot.scene
        told = _last_told(shot.action) if shot.action else None
        if told is not None:
            here = None if _is_at(scenes[shot.scene], told) else told
        if here is not None:
            found[shot.id] = here
    return found


def _last_told(action: str) -> Setting | None:
    """The last place that an action says by its verb that somebody is at."""
    found = None
    if _FURTHER.match(action):  # `She followed the tracks over the bridge | and up through the wood`
        action = f"They went {action}"
    for start, end in sentences(action):
        for setting, sure in settings_in(action[start:end]):
            aboard = setting.place not in _MOVING or _ABOARD.search(action)
            found = setting if sure and aboard and setting.name not in _STAYS else found
    return found


def _is_at(scene: Scene, told: Setting) -> bool:
    """Whether a scene plays at a place anyway."""
    return scene.place is told.place and scene.int_ext is told.int_ext
