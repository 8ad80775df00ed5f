"""The things that props can be: what a script may call them, and the one name a picture knows them by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from film.prompting.colours import COLOURS, colour_named
from schemas.enums import Place
from schemas.script import Shot

_WORDS: dict[str, str] = {
    "phone": "phone telephone cellphone smartphone mobile handset",
    "letter": "letter envelope note postcard telegram message",
    "paper": "paper papers document documents page contract newspaper ticket form receipt",
    "lantern": "lantern torch oil-lamp",
    "lamp": "lamp lamplight",
    "flashlight": "flashlight",
    "candle": "candle candles candlestick",
    "car": "car taxi cab truck van police-car automobile jeep limousine bus",
    "boat": "boat ship sailboat yacht schooner vessel",
    "rowboat": "rowboat canoe dinghy raft lifeboat skiff",
    "ferry": "ferry steamer ferryboat steamship liner trawler tug freighter",
    "paper boat": "",
    "helm": "helm",
    "net": "net nets",
    "sled": "sled sledge sleigh toboggan",
    "kite": "kite",
    "telescope": "telescope spyglass binoculars",
    "window": "window",
    "gun": "gun pistol revolver rifle weapon shotgun",
    "book": "book diary notebook journal novel bible ledger album",
    "cup": "cup mug tea coffee teacup",
    "glass": "glass drink whiskey wine beer champagne",
    "bottle": "bottle flask vial potion jar",
    "key": "key keys keyring",
    "umbrella": "umbrella parasol",
    "suitcase": "suitcase bag luggage briefcase backpack satchel trunk",
    "knife": "knife dagger blade sword scissors",
    "flower": "flower flowers rose bouquet tulip",
    "camera": "camera photographer-camera camcorder",
    "photo": "photo photograph picture portrait painting frame",
    "clock": "clock watch pocketwatch alarm",
    "hat": "hat cap fedora helmet",
    "ring": "ring bracelet necklace jewel diamond",
    "ball": "ball football basketball balloon",
    "bicycle": "bicycle bike motorcycle",
    "computer": "computer laptop monitor screen keyboard tablet television tv",
    "radio": "radio speaker microphone walkie-talkie transmitter",
    "guitar": "guitar violin cello ukulele",
    "piano": "piano organ keyboard-instrument",
    "map": "map chart blueprint plan",
    "box": "box parcel package crate chest carton",
    "money": "money cash coin coins bill bills wallet purse",
    "door": "door gate doorway doorknob",
    "open door": "",
    "chair": "chair stool armchair",
    "table": "table desk bench",
    "bread": "bread food cake pie sandwich loaf plate meal soup",
    "apple": "apple fruit orange pear",
    "fish": "fish",
    "rope": "rope chain cable",
    "hammer": "hammer tool wrench axe shovel screwdriver",
    "plane": "plane airplane aircraft jet helicopter",
    "rocket": "rocket spacecraft missile probe",
    "train": "train locomotive tram",
    "bell": "bell",
    "mirror": "mirror",
    "cigarette": "cigarette cigar pipe",
    "syringe": "syringe needle",
    "skull": "skull bone bones",
    "crown": "crown tiara",
    "star": "star medal badge",
    "heart": "heart",
    "fire": "fire flame flames bonfire campfire",
    "tree": "tree branch",
    "egg": "egg eggs",
}
_NAMES = {word: name for name, words in _WORDS.items() for word in words.split()}

THINGS: tuple[str, ...] = tuple(_WORDS)
"""All names a picture knows."""


def thing_named(word: str) -> str | None:
    """Find what a word of a script names.

    Args:
        word: A noun or a noun phrase, such as `the old brass keys`.

    Returns:
        One of `THINGS`, or None for what no picture shows. The last noun of a phrase decides.
    """
    tokens = re.findall(r"[a-z]+(?:-[a-z]+)*", word.lower())
    for token in reversed(tokens):
        for form in (token, token.removesuffix("s"), token.removesuffix("es")):
            if form in _NAMES:
                return _NAMES[form]
    return None


_VESSELS = frozenset(
    "boat ship ferry vessel sailboat yacht schooner steamer ferryboat steamship liner trawler tug freighter".split()
)
_ABOARD: dict[Place, frozenset[str]] = {
    Place.SHIP: _VESSELS,
    Place.CAR: frozenset({"car", "taxi", "cab", "truck", "van", "bus"}),
    Place.TRAIN: frozenset({"train", "tram", "locomotive"}),
    Place.SPACESHIP: frozenset({"rocket", "spacecraft", "ship"}),
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


@dataclass(frozen=True, slots=True)
class Thing:
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
        told = (*_told_of(word, action), *_tokens(word)[:-1])
        if word in _ABOARD.get(place, ()) and not _ANOTHER.intersection(told):
            continue
        name = _special(word, told, action, place) or thing_named(word)
        if name is not None:
            paint = next((COLOURS[colour] for colour in map(colour_named, told) if colour), paints.get(word, ""))
            found.setdefault(name, Thing(name, paint))
    return tuple(found.values())[:limit]


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
                COLOURS[colour] for colour in map(colour_named, _told_of(word, shot.action)) if colour
            )
    return {word: next(iter(paints)) for word, paints in told.items() if len(paints) == 1}


def _special(word: str, told: Sequence[str], action: str, place: Place) -> str | None:
    if word == "wheel" and place in _AFLOAT:
        return "helm"
    if "paper" in told and word in {"boat", "ship"}:
        return "paper boat"
    if word in {"door", "gate"} and _OPENS.search(action):
        return "open door"
    return None


def _tokens(text: str) -> list[str]:
    return re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower())


_ENDS = frozenset("a an the his her their its my our your of in on at with and or to from by is are was".split())


def _told_of(word: str, action: str) -> tuple[str, ...]:
    """The words that stand before a noun where an action names it: `her wet paper boat` tells wet and paper of it."""
    words = _tokens(action.split("—")[0])
    told: list[str] = []
    for at, each in enumerate(words):
        if each.removesuffix("s") != word.removesuffix("s"):
            continue
        for before in reversed(words[max(0, at - 3) : at]):
            if before in _ENDS:
                break
            told.append(before)
    return tuple(told)
