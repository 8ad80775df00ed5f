"""Where an action takes place when it says so itself, whatever its scene is called."""

from __future__ import annotations

import re

from schemas.enums import Place

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
