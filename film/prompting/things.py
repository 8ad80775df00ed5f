"""The things that props can be: what a script may call them, and the one name a picture knows them by."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORDS: dict[str, str] = {
    "phone": "phone telephone cellphone smartphone mobile handset",
    "letter": "letter envelope note postcard telegram message",
    "paper": "paper papers document documents page contract newspaper ticket form receipt",
    "lantern": "lantern lamp torch flashlight oil-lamp",
    "candle": "candle candles candlestick",
    "car": "car taxi cab truck van police-car automobile jeep limousine bus",
    "boat": "boat rowboat ship canoe sailboat dinghy ferry vessel raft",
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
    "chair": "chair stool armchair",
    "table": "table desk bench",
    "bread": "bread food cake pie sandwich loaf plate meal soup",
    "apple": "apple fruit orange pear",
    "fish": "fish",
    "rope": "rope chain cable",
    "hammer": "hammer tool wrench axe shovel screwdriver",
    "plane": "plane airplane aircraft jet helicopter kite",
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


def things(words: Iterable[str], limit: int = 4) -> tuple[str, ...]:
    """Find what the words of a shot name, each thing once, in order, at most `limit`."""
    found = (thing_named(word) for word in words)
    return tuple(dict.fromkeys(name for name in found if name is not None))[:limit]
