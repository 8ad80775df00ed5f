"""The things that props can be: what a script may call them, and the one name a picture knows them by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from film.prompting.colours import COLOURS, MATERIALS, colour_named
from film.prompting.gates import letters_of
from film.prompting.verbs import VERBS
from schemas.enums import Place, Pose
from schemas.script import Shot

_WORDS: dict[str, str] = {
    "phone": "phone telephone cellphone smartphone mobile handset receiver",
    "letter": "letter envelope note postcard telegram message invitation summons",
    "paper": "paper papers document documents page contract form receipt "
    "ticket tickets menu bill file folder folders dossier leaflet",
    "lantern": "lantern oil-lamp",
    "lamp": "lamp lamplight",
    "flashlight": "flashlight torchlight",
    "candle": "candle candles candlestick",
    "car": "car taxi cab police-car automobile jeep limousine van ambulance",
    "boat": "boat ship sailboat yacht schooner vessel galleon",
    "rowboat": "rowboat canoe dinghy raft lifeboat skiff",
    "ferry": "ferry steamer ferryboat steamship liner trawler tug freighter",
    "paper boat": "",
    "helm": "helm",
    "net": "net nets",
    "sled": "sled sledge sleigh toboggan",
    "kite": "kite",
    "telescope": "telescope spyglass binoculars",
    "window": "window",
    "gun": "gun handgun pistol revolver weapon blaster laser guns pistols",
    "book": "book diary notebook journal novel bible ledger album books textbook comic magazine",
    "cup": "cup mug tea coffee teacup",
    "glass": "glass drink whiskey whisky wine beer champagne juice milk water",
    "bottle": "bottle flask vial potion jar jug medicine canteen beaker test-tube pills decanter",
    "key": "key keys keyring",
    "umbrella": "umbrella parasol",
    "suitcase": "suitcase handbag bag luggage briefcase backpack satchel sack",
    "knife": "knife dagger scissors scalpel razor cleaver machete",
    "flower": "flower flowers rose bouquet tulip",
    "camera": "camera photographer-camera camcorder",
    "photo": "photo photograph picture portrait painting frame x-ray",
    "clock": "clock watch pocketwatch compass stopwatch",
    "hat": "hat cap fedora bonnet",
    "ring": "ring bracelet necklace jewel diamond",
    "ball": "ball football basketball snowball",
    "bicycle": "bicycle bike",
    "computer": "computer laptop monitor screen keyboard tablet",
    "radio": "radio speaker walkie-talkie transmitter",
    "guitar": "guitar cello ukulele lute banjo harp",
    "piano": "piano organ keyboard-instrument",
    "map": "map chart blueprint plan",
    "box": "box parcel package crate chest carton",
    "money": "money cash coin coins bills banknote wallet purse gold",
    "door": "door gate doorway doorknob",
    "open door": "",
    "chair": "chair stool armchair",
    "table": "table desk",
    "bread": "bread sandwich loaf pie toast croissant crust crusts biscuit cookie baguette",
    "apple": "apple fruit orange pear peach plum tomato potato potatoes onion turnip pumpkin lemon",
    "fish": "fish",
    "rope": "rope chain chains cable whip lasso leash noose",
    "hammer": "hammer tool wrench screwdriver mallet gavel",
    "plane": "plane airplane aircraft jet airliner bomber",
    "rocket": "rocket missile",
    "train": "train locomotive tram",
    "bell": "bell",
    "mirror": "mirror",
    "cigarette": "cigarette cigar pipe",
    "syringe": "syringe hypodermic",
    "skull": "skull bone bones skeleton",
    "crown": "crown tiara",
    "star": "star medal badge",
    "heart": "heart",
    "fire": "campfire bonfire",
    "tree": "tree branch oak",
    "stump": "stump log",
    "stretcher": "stretcher gurney",
    "scales": "scales",
    "egg": "egg eggs",
    "flames": "fire flame flames blaze",
    "sword": "sword blade sabre rapier swords",
    "rifle": "rifle shotgun musket rifles carbine",
    "bow": "bow arrow",
    "axe": "axe hatchet",
    "shovel": "shovel spade",
    "broom": "broom mop rake",
    "bomb": "bomb grenade dynamite",
    "cannon": "cannon",
    "pen": "pen pencil quill",
    "chalk": "chalk",
    "brush": "brush paintbrush",
    "newspaper": "newspaper newspapers",
    "scroll": "scroll parchment",
    "cards": "cards poker",
    "pot": "pot pan kettle teapot saucepan cauldron",
    "plate": "plate food meal dish dishes dinner lunch breakfast pizza meat tray",
    "bowl": "bowl soup stew porridge",
    "spoon": "spoon fork ladle",
    "cake": "cake cupcake",
    "basket": "basket",
    "bucket": "bucket buckets pail",
    "barrel": "barrel keg cask",
    "chest": "chest treasure trunk",
    "gift": "gift present",
    "balloon": "balloon balloons",
    "doll": "doll teddy toy teddy-bear",
    "baby": "baby infant newborn",
    "cat": "",
    "chicken": "",
    "violin": "violin fiddle",
    "trumpet": "trumpet flute saxophone bugle clarinet",
    "drum": "drum drums",
    "microphone": "microphone",
    "flag": "flag banner",
    "torch": "torch torches",
    "orb": "orb crystal gem jewel stone-of pearl",
    "wand": "wand sceptre scepter",
    "crutch": "crutch crutches cane staff stick walking-stick",
    "bench": "bench",
    "bed": "",
    "gravestone": "grave gravestone tombstone",
    "ladder": "ladder",
    "anchor": "anchor",
    "shell": "shell shells seashell",
    "stone": "stone rock stones rocks pebble brick",
    "paper plane": "",
    "helmet": "helmet",
    "mask": "mask",
    "shoe": "shoe shoes boot boots slipper sandal",
    "dress": "dress gown",
    "coat": "coat jacket overcoat raincoat cloak",
    "shirt": "shirt sweater blouse jumper",
    "scarf": "scarf shawl",
    "blanket": "blanket quilt sheet rug",
    "lever": "lever",
    "button": "button switch",
    "tent": "tent",
    "snowman": "snowman",
    "statue": "statue monument bust",
    "truck": "truck lorry pickup tractor",
    "bus": "bus coach-bus",
    "motorcycle": "motorcycle motorbike scooter",
    "stagecoach": "stagecoach carriage wagon cart coach buggy",
    "tank": "tank tanks",
    "helicopter": "helicopter chopper",
    "spaceship": "spaceship spacecraft starship shuttle probe ufo saucer",
    "wheelchair": "wheelchair",
    "sofa": "sofa couch settee",
    "stove": "oven",
    "case": "cello-case guitar-case violin-case instrument-case",
    "cloth": "cloth rag towel handkerchief napkin duster bandage bandages",
    "pillow": "pillow pillows cushion",
    "match": "match matches lighter matchstick",
    "cage": "cage birdcage",
    "hourglass": "hourglass",
    "globe": "globe",
    "cradle": "cradle crib",
    "typewriter": "typewriter",
    "gramophone": "gramophone phonograph record-player jukebox",
    "television": "television tv telly",
    "vase": "vase urn pitcher",
    "yarn": "yarn wool knitting thread",
    "microscope": "microscope",
    "trophy": "trophy goblet chalice grail",
    "pram": "pram stroller perambulator",
    "glove": "glove gloves mitten mittens",
    "nest": "nest",
    "feather": "feather feathers plume",
    "cross": "crucifix rosary cross",
    "shield": "shield",
    "spear": "spear lance javelin harpoon",
    "pitchfork": "pitchfork",
    "oar": "oar oars",
    "rod": "rod fishing-rod",
    "coffin": "coffin casket",
    "wheelbarrow": "wheelbarrow handcart",
    "placard": "placard poster signpost signboard",
    "handcuffs": "handcuffs cuffs shackles manacles",
    "fountain": "fountain",
    "hay": "hay haystack bale bales",
    "pickaxe": "pickaxe",
    "scythe": "scythe sickle",
    "hearth": "hearth fireplace fireside",
}
_NAMES = {word: name for name, words in _WORDS.items() for word in words.split()}

THINGS: tuple[str, ...] = tuple(_WORDS)
"""All names a picture knows."""

AT_HAND: Mapping[Pose | None, frozenset[str]] = {
    Pose.DRINK: frozenset({"cup", "glass", "bottle", "bowl"}),
    Pose.EAT: frozenset({"bread", "apple", "cake", "fish", "egg", "bowl", "plate", "spoon", "chicken"}),
    Pose.READ: frozenset({"book", "letter", "paper", "newspaper", "map", "scroll", "photo", "phone", "ring"}),
    Pose.WRITE: frozenset({"pen", "brush", "chalk", "computer"}),
    Pose.FIGHT: frozenset(
        "sword knife axe gun rifle hammer crutch bow torch spear pitchfork scythe pickaxe broom bottle oar".split()
    ),
    Pose.AIM: frozenset({"gun", "rifle", "bow"}),
    Pose.DIG: frozenset({"shovel"}),
    Pose.SWEEP: frozenset({"broom"}),
}
"""What the hands can be busy with in some poses; other things that are named lie about."""


_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


@lru_cache(maxsize=8192)
def thing_named(word: str) -> str | None:
    """Find what a word of a script names.

    Args:
        word: A noun or a noun phrase, such as `the old brass keys`.

    Returns:
        One of `THINGS`, or None for what no picture shows. The last noun of a phrase decides.
    """
    for token in reversed(_WORD.findall(word.lower())):
        for form in (token, token.removesuffix("s"), token.removesuffix("es")):
            if form in _NAMES:
                return _NAMES[form]
    return None


_VESSELS = frozenset(
    "boat ship ferry vessel sailboat yacht schooner steamer ferryboat steamship liner trawler tug freighter".split()
)
_ABOARD: dict[Place, frozenset[str]] = {
    Place.SHIP: _VESSELS,
    Place.CAR: frozenset({"car", "taxi", "cab", "truck", "van", "bus", "jeep"}),
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
        told = (*_told_of(word, action), *_tokens(word)[:-1])
        if word in _ABOARD.get(place, ()) and not _ANOTHER.intersection(told):
            continue
        name = _special(word, told, action, place) or name
        if name is not None:
            paint = next((COLOURS[colour] for colour in map(colour_named, told) if colour), "")
            paint = paint or next((MATERIALS[each] for each in told if each in MATERIALS), paints.get(word, ""))
            paint = paint or _LIVERY.get(word, "")
            found.setdefault(name, Thing(name, paint))
    return tuple(found.values())[:limit]


_LIVERY: dict[str, str] = {
    "taxi": "#e0b03a",
    "cab": "#e0b03a",
    "ambulance": "#e8e4da",
    "police-car": "#33629c",
    "fire": "",
}
"""The colours by which some vehicles are known."""
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


@lru_cache(maxsize=64)
def _tokens(text: str) -> tuple[str, ...]:
    """The words of a text, in lower case; several ask for those of one action."""
    return tuple(letters_of(text) if text.isascii() and "-" not in text else _WORD.findall(text.lower()))


_ENDS = frozenset("a an the his her their its my our your of in on at with and or to from by is are was".split())


def _told_of(word: str, action: str) -> tuple[str, ...]:
    """The words that stand before a noun where an action names it: `her wet paper boat` tells wet and paper of it."""
    words, places = _placed(action)
    told: list[str] = []
    for at in places.get(word.removesuffix("s"), ()):
        for before in reversed(words[max(0, at - 3) : at]):
            if before in _ENDS:
                break
            told.append(before)
    return tuple(told)


@lru_cache(maxsize=4)
def _placed(action: str) -> tuple[Sequence[str], Mapping[str, Sequence[int]]]:
    """The words of an action up to a dash, and where each stands, by the word without its `s`: asked for by several."""
    words = _tokens(action.split("—")[0])
    places: dict[str, list[int]] = {}
    for at, each in enumerate(words):
        places.setdefault(each.removesuffix("s"), []).append(at)
    return words, places


_BEFORE_NOUNS = frozenset("a an the his her their its my our two three some of with another old gold small".split())
_WORN_AS = frozenset({"hat", "dress", "coat", "shirt", "scarf", "helmet", "shoe", "mask", "crown", "star", "glove"})
_NO_NOUNS = frozenset(
    "drink plan note watch light message page star heart frame picture water stick gold jewel match matches cross "
    "file rod bust thread cuffs wool plume".split()
)
"""Words that are seldom the thing: in an action that the director took no prop from, they are not shown."""


def nouns_in(action: str) -> tuple[str, ...]:
    """The things that an action names beyond a shot's props, as words: each after an article or its like.

    What somebody wears is no prop.
    """
    words = _tokens(action)
    found: dict[str, None] = {}
    for at, word in enumerate(words):
        name = thing_named(word)
        if name is None or word in _NO_NOUNS or name in _WORN_AS or name in {"door", "window"}:
            continue
        plural = word.endswith("s") and not word.endswith("ss")
        if at + 1 < len(words) and words[at + 1] not in VERBS and thing_named(words[at + 1]):
            continue
        if not is_noun(words, at) or not (_BEFORE_NOUNS.intersection(words[max(0, at - 3) : at]) or plural):
            continue
        found.setdefault(word)
    return tuple(found)


_ALSO_VERBS = frozenset(
    "ring rings fire fires fired drinks glasses coaches chains ropes plates cards stars notes".split()
)


def is_noun(words: Sequence[str], at: int) -> bool:
    """Whether a word that may be a verb, or what is worn on a nose, is a thing here: after an article or its like."""
    if words[at] not in VERBS and words[at] not in _ALSO_VERBS:
        return True
    return bool(_BEFORE_NOUNS.intersection(words[max(0, at - 1) : at])) and words[at] != "glasses"


def props_of(props: Iterable[str], action: str) -> tuple[str, ...]:
    """The props of a shot that its action does not use as verbs: `the bell rings` shows no ring."""
    words = _tokens(action)
    kept = []
    for prop in props:
        last = (_tokens(prop) or ("",))[-1]
        forms = (last, last + "s", last + "es", last + "ed")
        places = [at for at, word in enumerate(words) if word in forms]
        if thing_named(prop) in _WORN_AS and {"in", "wearing", "with"} & set(words):
            continue
        if not places or any(is_noun(words, at) for at in places):
            kept.append(prop)
    return tuple(kept)


@lru_cache(maxsize=1024)
def named_in(word: str, action: str) -> str | None:
    """What a noun of an action names, by all that the action tells of it: one of `THINGS`, or None."""
    return next((thing.name for thing in things((word,), action=action)), None)
