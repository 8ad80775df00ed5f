"""The things that props can be, as a picture shows them: which of those that a word may name, in which colour."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from film.prompting.colours import COLOURS, MATERIALS, colour_named
from film.prompting.nouns import tokens, told_of
from film.prompting.thing_names import thing_named
from schemas.enums import Place
from schemas.script import Shot

_VESSELS = frozenset(
    "boat ship ferry vessel sailboat yacht schooner steamer ferryboat steamship liner trawler tug freighter".split()
)
_ABOARD: dict[Place, frozenset[str]] = {
    Place.SHIP: _VESSELS,
    Place.CAR: frozenset(
        "car taxi cab truck van bus jeep lorry pickup ambulance tractor minibus limousine minivan camper".split()
    ),
    Place.TRAIN: frozenset({"train", "tram", "locomotive", "bus", "carriage"}),
    Place.SPACESHIP: frozenset({"rocket", "spacecraft", "ship", "spaceship", "shuttle", "starship"}),
    Place.SKY: frozenset({"plane", "airplane"}),
}
"""What a place is itself: whoever is aboard does not see it go by."""
_ANOTHER = frozenset("another other second passing distant paper toy model small tiny enemy".split())
_AFLOAT = frozenset({Place.SHIP, Place.SEA, Place.HARBOUR})
_OPENS = re.compile(
    r"\bopen(?:s|ed|ing)?\s+(?:[\w'’]+\s+){0,2}(?:door|gate)s?\b|\b(?:door|gate)s?\s+(?:\w+\s+)?(?:opens?|opened|"
    r"flies open|swings|creaks|is open|stands open)\b",
    re.IGNORECASE,
)


class Thing(NamedTuple):
    """A prop as a picture shows it."""

    name: str
    """One of `THINGS`."""
    paint: str = ""
    """Its colour as #rrggbb; empty where the script tells none."""


def things(
    words: Iterable[str],
    limit: int = 4,
    *,
    action: str = "",
    place: Place = Place.ROOM,
    paints: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Thing, ...]:
    """Find what the words of a shot name, each thing once, in order.

    Args:
        words: The shot's props, as words of the script.
        limit: How many are shown at most.
        action: What happens in the shot: it tells a paper boat from a boat, and a red one from a blue one.
        place: Where it happens. A ferry's deck is the ferry: it is not seen from there.
        paints: The colours that the film tells of a word elsewhere; see `paints_of`.

    Returns:
        The things, without those that no picture shows.
    """
    found: dict[str, Thing] = {}
    for word in words:
        name = thing_named(word)
        if name is None and word not in _SPECIAL:
            continue
        told = (*told_of(word, action), *tokens(word)[:-1])
        if word in _ABOARD.get(place, ()) and not _ANOTHER.intersection(told):
            continue
        if word == "cab" and _LORRY.search(action):
            continue  # it is where the driver of a lorry sits
        if name == "flames" and word != "fire" and _SMALL.search(action):
            continue  # it is the match's
        if word == "water" and _AFLOAT_ON.search(action):
            continue  # `toward the water`: no glass of it
        name = _special(word, told, action, place) or name
        if name is not None:
            paint = next((COLOURS[colour] for colour in map(colour_named, told) if colour), "")
            paint = paint or next((MATERIALS[each] for each in told if each in MATERIALS), paints.get(word, ""))
            found.setdefault(name, Thing(name, paint))
    return tuple(found.values())[:limit]


_AFLOAT_ON = re.compile(
    r"(?<![\w-])(?:in|into|on|onto|towards?|through|over|across|under|from|along|by|above|below|beneath|off|out of|at|"
    r"near|to) the (?:\w+ )?water(?![\w-])",
    re.IGNORECASE,
)
_SMALL = re.compile(r"(?<![\w-])(?:match|matches|candles?|lamp|lighter|taper|lantern)(?![\w-])", re.IGNORECASE)
"""What burns with no more than a flame."""
_LORRY = re.compile(r"(?<![\w-])(?:truck|lorry|tractor|crane|locomotive)\b", re.IGNORECASE)
_CARRIED = frozenset().union(_VESSELS, *_ABOARD.values())


def paints_of(shots: Iterable[Shot]) -> dict[str, str]:
    """Find what colour a film's vessels and vehicles are, so that a red ferry stays red where it is just the ferry.

    Args:
        shots: The film's.

    Returns:
        The colour as #rrggbb of each word that is told one colour, and one only, in all the film.
    """
    told: dict[str, set[str]] = {}
    for shot in shots:
        for word in _CARRIED.intersection(shot.props):
            told.setdefault(word, set()).update(
                COLOURS[colour] for colour in map(colour_named, told_of(word, shot.action)) if colour
            )
    return {word: next(iter(paints)) for word, paints in told.items() if len(paints) == 1}


_POLICE = frozenset("police patrol squad cop cops sheriff".split())
_SPECIAL = frozenset({"wheel", "boat", "ship", "plane", "airplane", "vessel", "craft", "door", "gate"})
"""Words that name one thing here, and another there."""

_ABLAZE = re.compile(
    r"\b(?:on fire|catch\w* fire|caught fire|sets? fire|burn(?:s|ed|ing)? down|blaz\w+|engulf\w*|rag(?:es?|ed|ing)|"
    r"flames|inferno|forest fire|wildfire|open(?:s|ed)? fire)\b",
    re.IGNORECASE,
)
_HEARTHS = frozenset(
    map(Place, "room living_room bedroom kitchen library bar restaurant castle office corridor".split())
)
"""Where a fire burns in its fireplace, unless the house does."""


def _special(word: str, told: Sequence[str], action: str, place: Place) -> str | None:
    if word == "car" and _POLICE.intersection(told):
        return "police car"
    if word == "truck" and "fire" in told:
        return "fire engine"
    if word == "truck" and "pickup" in told:
        return "pickup"
    if word == "wheel" and place in _AFLOAT:
        return "helm"
    if "paper" in told and word in {"boat", "ship"}:
        return "paper boat"
    if "paper" in told and word in {"plane", "airplane"}:
        return "paper plane"
    if word == "fire" and not _ABLAZE.search(action):
        return "hearth" if place in _HEARTHS else "fire"
    if place in {Place.SPACE, Place.SPACESHIP} and word in {"ship", "vessel", "craft"}:
        return "spaceship"
    if word in {"door", "gate"} and _OPENS.search(action):
        return "open door"
    return None


@lru_cache(maxsize=1024)
def named_in(word: str, action: str) -> str | None:
    """What a noun of an action names, by all that the action tells of it: one of `THINGS`, or None."""
    return next((thing.name for thing in things((word,), action=action)), None)
