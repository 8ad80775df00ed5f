"""Which room a scene is in by what stands in it, where no word says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from schemas.enums import Place

_STANDS: tuple[tuple[Place, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (place, re.compile(rf"\b(?:{sure})\b", re.IGNORECASE), re.compile(rf"\b(?:{also})\b", re.IGNORECASE))
    for place, sure, also in (
        (
            Place.KITCHEN,
            r"(?:the|a|an|over the|kitchen) sink|oven|cooker|the range|larder|dresser|frying pan|saucepans?|fridge|"
            r"refrigerator|worktop|stove|hob",
            r"kettle|teapot|dough|loaf|flour|bacon|pan|pans|tap|crockery|dishes|jug|tea towel|table|eggs?|cupboards?",
        ),
        (
            Place.BEDROOM,
            r"(?:the|her|his) bed|bedside|wardrobe|mattress|eiderdown|pillows?|nightstand|dressing table",
            r"sheets?|blankets?|curtains?|nightgown|pyjamas|alarm clock|slippers",
        ),
        (
            Place.BATHROOM,
            r"bathtub|the bath|shower curtain|washbasin|toilet|lavatory",
            r"towels?|mirror|taps?|soap|toothbrush|sink|tiles",
        ),
        (
            Place.OFFICE,
            r"filing cabinets?|typewriter|switchboard|in-tray|swivel chair|photocopier|whiteboard",
            r"desk|desks|telephone|papers|files|folders?|lamp|computer|blinds",
        ),
        (
            Place.CLASSROOM,
            r"blackboard|pupils|school desks|rows of desks",
            r"chalk|teacher|desks|satchels?|bell",
        ),
        (
            Place.WORKSHOP,
            r"workbench|lathe|anvil|vice|bandsaw",
            r"tools|shavings|hammer|chisels?|planks?|glue",
        ),
        (
            Place.HOSPITAL,
            r"drip|stretcher|operating table|heart monitor|bedpan|ward",
            r"nurse|doctor|bed|bandages?|patient|chart",
        ),
        (
            Place.BAR,
            r"beer pump|barstools?|the bar|bottles behind",
            r"pints?|bartender|barman|landlady|landlord|glasses|jukebox|darts",
        ),
    )
)
_ENOUGH = 3
"""So much must speak for a room: what stands in no other counts two, what may stand elsewhere counts one."""


def room_of(texts: Iterable[str]) -> Place | None:
    """Tell a room from its furniture.

    Args:
        texts: What is told of a scene; what is said in it does not count.

    Returns:
        The room that most speaks for, each thing counted once; None where too little does.
    """
    text = " ".join(texts)
    best: Place | None = None
    most = _ENOUGH - 1
    for place, sure, also in _STANDS:
        certain = {match.group().lower() for match in sure.finditer(text)}
        if not certain:
            continue
        count = 2 * len(certain) + len({match.group().lower() for match in also.finditer(text)})
        if count > most:
            best, most = place, count
    return best
