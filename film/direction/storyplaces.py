"""Where a story is, by its prepositions: `in the railway buffet`, `At the parsonage the windows were dark`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from film.direction.places import is_exterior, mentioned, place_of
from film.direction.words import forms, sentences, tokens
from film.script.people import CREATURES, FEMALE_NAMES, MALE_NAMES, TITLES
from schemas.enums import IntExt, Place

_INSIDE = frozenset("in into inside within aboard entered".split())
_OUTSIDE = frozenset("outside before behind".split())
_TOWARDS = (
    _INSIDE
    | _OUTSIDE
    | frozenset(
        "at on onto to through across along down up over under beneath beside reached near round around towards "
        "toward past upon by crossed swept paced climbed descended ascended mounted approached unlocked".split()
    )
)
_STOPS = _TOWARDS | frozenset(
    "from by and but with for while as when that which who was were is are of or then he she they it i we where had "
    "has him them without until after".split()
)
_DETERMINERS = frozenset("the a an his her my their our its this that every each one some no".split())
_MOVES = frozenset(
    "went came walked ran sat stood entered returned arrived drove led flew climbed reached hurried crossed lay waited "
    "met dined slept stepped wandered followed descended ascended rushed rode sailed swam crept passed strolled "
    "marched lived dwelt settled stopped arrives arrive goes comes walks runs sits stands enters returns climbs flies "
    "drives steps waits gathered knelt worked played stayed hid got fell travelled traveled took brought carried "
    "found moved retired withdrew dropped alighted landed leaned hung sitting standing walking waiting "
    "camped rested pacing paced strolling running riding driving hurrying wandering seated crouched kneeling "
    "sleeping lounging "
    "lying busy alone shown go come pedalled pedaled cycled galloped trotted trudged limped hobbled raced dashed "
    "scrambled stumbled tiptoed slipped sneaked hiked rolled jumped leapt ducked burst sped drifted floated paddled "
    "rowed stormed tramped headed squeezed swung raced skipped waded fluttered bounded bustled darted flitted glided "
    "hastened strode sauntered swooped scurried scuttled lurched staggered shuffled plodded ambled".split()
)
_BE = frozenset("was were is are am been be".split())
_LOOKS = frozenset("looked look looks looking gazed gazes gazing stared stares staring peered peers glanced".split())
_AWAY = frozenset("out down over across up through".split())
_RELATIVE = frozenset("who which that whose whom if would could whether".split())
_UP = frozenset("up down out across back round over off through".split())
_PASSING = CREATURES | frozenset(
    "car van truck lorry bus tram train cart carriage coach cab taxi boat ship barge tug steamer motorcycle bicycle "
    "plane ball leaf bird".split()
)
"""What goes by where people are, and takes them nowhere: `a police car rolled past the end of the street`."""
_TAKEN = frozenset("took caught boarded take catch board takes catches boards".split())
_CAPITALS = re.compile(r"(?<![\w-])([A-Z][\w'’]+)\.? [A-Z][\w'’]+")
_IN_FRONT = re.compile(r"\bin front of\b", re.IGNORECASE)
_ROOMS = (("room", Place.ROOM), ("shop", Place.SHOP), ("yard", Place.GARDEN), ("house", Place.HOUSE))
_BUILDINGS = frozenset({Place.CASTLE, Place.CAVE, Place.RUIN, Place.STATION})
"""Families built outdoors that one can be inside of."""
_RIDDEN = frozenset("bus train tram subway metro airplane aeroplane plane airliner jet".split())
_RIDES = frozenset(["on", "onto"])
"""Who is `on the bus` is in it."""
_ON_TOP = frozenset("on onto over across up upon along".split())
_ONLY_LAST = frozenset("plain field bridge flat pipe den mine bank court cell port ward deck front".split())
"""Words that name a place only as the last of a phrase: `in a flat voice` is nowhere."""
NOWHERE = frozenset(["pipe"])
FURNITURE = frozenset("bed desk fireplace altar bookshelves shower helm".split())
"""What stands in a room: who goes to it has not left the room."""
_SMALL_BOATS = frozenset("rowboat raft canoe dinghy skiff punt kayak motorboat speedboat launch coracle".split())
"""Boats that are no place of their own: who is in one is on the water."""
_ROWED = frozenset(["rowing", "row"])
_ON_THE_WAY = tuple((word,) for word in "along across through down up by over past under".split())
"""Who goes home along the road is not there yet."""
_COUNTS = frozenset("two three four five six ten twenty few several many more".split())
_DURING, _OPENS = frozenset("at over during".split()), 4
"""`That evening at supper`: so early in a sentence a meal tells where they are."""
_MEALS = frozenset("breakfast lunch luncheon dinner supper tea table".split())
_WISHES = frozenset("ready wanted wished hoped about meant used asked like how refused afraid going want order".split())
_LIES = frozenset("was were lay stood looked seemed smelt smelled felt grew became had".split())
_TO_THEMSELVES = re.compile(r"\bhad (the [a-z]+(?: [a-z]+)?) to (?:\w+sel(?:f|ves))\b", re.IGNORECASE)
_REACHED = frozenset("entered reached unlocked swept paced".split())
"""What follows these is where somebody is."""
_BEFORE = 6
_PHRASE = 6
_SUBJECT_WORDS = 4
_LEADING = 3
"""So many phrases at most may stand between a verb and the place that it leads to."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A place that a story is at."""

    name: str
    place: Place
    int_ext: IntExt


def setting_of(words: Sequence[str], preposition: str) -> Setting | None:
    """Find the place of a noun phrase.

    Args:
        words: The phrase's words, in lower case.
        preposition: What leads to it: `in the house` is inside, `at the house` in front of it.

    Returns:
        The place with the words that name it, or None.
    """
    kept = [word for word in words if word not in _DETERMINERS]
    if kept[-1:] == ["bank"] and preposition in {"on", "along", "by", "upon"}:
        return Setting("bank", Place.RIVER, IntExt.EXT)
    if kept and (kept[-1] in _SMALL_BOATS or (kept[-1] == "boat" and not _ROWED.isdisjoint(kept))):
        return Setting(kept[-1], Place.RIVER, IntExt.EXT)
    for end in range(len(kept), 0, -1):
        last = kept[end - 1]
        pair = "-".join(kept[max(0, end - 2) : end])
        if last == "roof" and preposition not in _ON_TOP:
            continue
        if last == "steps" and (preposition == "in" or (end > 1 and kept[end - 2] in _COUNTS)):
            continue  # `crossed the yard in three steps`
        if (
            last in NOWHERE
            or (last == "stages" and preposition == "by")
            or (last in _ONLY_LAST and (end < len(kept) or len(kept) == len(words)))
        ):
            continue
        hit = next((form for form in (pair, *forms(last)) if mentioned(form)), None)
        if hit is not None:
            name = " ".join(kept[end - 2 : end]) if hit == pair and end > 1 else hit
            return _seen(name, hit, preposition)
        for ending, place in _ROOMS:
            if last.endswith(ending) and len(last) > len(ending) + 2:
                inside = preposition not in _OUTSIDE and place is not Place.GARDEN
                place = Place.LIVING_ROOM if place is Place.HOUSE and preposition in _INSIDE else place
                return Setting(last, place, IntExt.EXT if is_exterior(place) or not inside else IntExt.INT)
    return None


def _seen(name: str, hit: str, preposition: str) -> Setting:
    natural = mentioned(hit)[0][1]
    if preposition in _INSIDE or (preposition in _RIDES and hit in _RIDDEN):
        place = place_of((hit,), IntExt.INT) or natural
        inside = not is_exterior(place) or place in _BUILDINGS
    elif preposition in _OUTSIDE:
        place, inside = place_of((hit,), IntExt.EXT) or natural, False
    else:
        place, inside = natural, not is_exterior(natural)
    if hit == "home":
        place, inside = Place.LIVING_ROOM, True
    return Setting(name, place, IntExt.INT if inside else IntExt.EXT)


def settings_in(text: str) -> list[tuple[Setting, bool]]:
    """The places at which a sentence says that somebody is, or to which they go, in order.

    Args:
        text: One sentence.

    Returns:
        Each with whether the sentence says so by its verb, or by beginning with it: other places are only spoken of.
    """
    words = tokens(_CAPITALS.sub(_unless_a_person, _IN_FRONT.sub("before", text)))
    found: list[tuple[Setting, bool]] = []
    after = -1
    for at, word in enumerate(words):
        if word in _TAKEN and (ride := words[at + 2 : at + 3]) and words[at + 1] in _DETERMINERS and ride[0] in _RIDDEN:
            found.append((Setting(ride[0], place_of(ride, IntExt.INT) or Place.TRAIN, IntExt.INT), True))
        homewards = word == "home" and words[max(0, at - 1)] in _MOVES and words[max(0, at - 2)] != "to"
        if homewards and words[at + 1 : at + 2] not in _ON_THE_WAY:  # `to go home she did not venture`: not there
            found.append((Setting("home", Place.LIVING_ROOM, IntExt.INT), True))
        if word not in _TOWARDS:
            continue
        setting = _phrase_setting(words, at)
        meal = word in _DURING and words[at + 1 : at + 2] and words[at + 1] in _MEALS
        if meal and (at <= _OPENS or (word == "at" and _goes(words, at))):
            found.append((Setting("dining-room", Place.LIVING_ROOM, IntExt.INT), True))
        elif setting is not None and at == after:
            after = at + 1 + len(_phrase(words, at + 1))
            # `in the kitchen at the farm` and `on the island, in the kitchen` are both the kitchen;
            # `down the stairs to the street` ends in the street
            if word in {"to", "into"}:
                found[-1] = (setting, found[-1][1])
            elif found[-1][0].int_ext is IntExt.EXT and setting.int_ext is IntExt.INT:
                found[-1] = (setting, found[-1][1])
        elif setting is not None:
            after = at + 1 + len(_phrase(words, at + 1))
            found.append((setting, at <= 1 or word in _REACHED or _goes(words, at)))
    return found


def _unless_a_person(name: re.Match[str]) -> str:
    """Nothing of a name that begins as a person's: `Tobias Marsh` is no marsh, and `Fish Street` a street."""
    first = name[1].lower()
    return "somebody" if first in FEMALE_NAMES or first in MALE_NAMES or first in TITLES else name[0]


def _passes_by(before: Sequence[str]) -> bool:
    """Whether what moves is somebody else's: `a fox ran`, `a small grey cat crept`."""
    verb = next((at for at, word in enumerate(before) if word in _MOVES or word in _BE), len(before))
    head = next((word for word in reversed(before[:verb]) if not word.endswith("ly")), "")
    return head in _PASSING and not _INDEFINITE.isdisjoint(before[:verb])


_INDEFINITE = frozenset("a an another some two three".split())


def _phrase_setting(words: Sequence[str], at: int) -> Setting | None:
    """The place after the preposition at an index; `the middle of the forest` is the forest."""
    phrase = _phrase(words, at + 1)
    end = at + 1 + len(phrase)
    setting = setting_of(phrase, words[at]) if phrase else None
    if setting is None and phrase and words[end : end + 1] == ("of",):
        setting = setting_of(_phrase(words, end + 1), words[at])
    return setting


def _phrase(words: Sequence[str], start: int) -> Sequence[str]:
    end = start
    while end < len(words) and end - start < _PHRASE and words[end] not in _STOPS:
        if end > start and words[end] in _DETERMINERS:
            break
        end += 1
    return words[start:end]


def _goes(words: Sequence[str], at: int) -> bool:
    """Whether a verb of being or going leads to the preposition at an index."""
    at = _led_by(words, at)
    before = words[max(0, at - _BEFORE) : at]
    if _looks_there(before) or _passes_by(before):
        return False
    opens = at <= _BEFORE and words[0] == "that"  # `That evening she sat in the kitchen`
    if _RELATIVE.intersection(before[1:] if opens else before):
        return False
    if "go" in before and before.index("go") > 1 and before[before.index("go") - 2] in _WISHES:
        return False  # `ready to go to the office`
    if any(word in _LOOKS and words[number + 1] in _AWAY for number, word in enumerate(words[: max(0, at - 1)])):
        return False  # `She stood at the window and looked out at a cat on the fence in the yard`
    if at > 1 and words[0] == "it" and words[1] in _BE and at < _BEFORE * 2:
        return True  # `It was now deep dusk in the forest`
    return bool(_MOVES.intersection(before)) or (bool(before) and before[-1] in _BE)


def _looks_there(before: Sequence[str]) -> bool:
    """Whether a verb of looking leads to a place: `gathered in the square and looked up at the sky`."""
    near = before[:-1] if before and before[-1] in _UP else before
    return bool(near) and near[-1] in _LOOKS


def _led_by(words: Sequence[str], at: int) -> int:
    """Where the prepositions begin that lead to the one at an index: `sat in a row on a bench on the platform`."""
    for _ in range(_LEADING):
        starts = range(at - 1, max(-1, at - 2 - _PHRASE), -1)
        at = next((one for one in starts if words[one] in _TOWARDS and _ends_at(words, one, at)), at)
    return at


def _ends_at(words: Sequence[str], preposition: int, end: int) -> bool:
    """Whether the phrase of a preposition ends at an index."""
    phrase = _phrase(words, preposition + 1)
    return bool(phrase) and phrase[0] in _DETERMINERS and preposition + 1 + len(phrase) == end


def opening_setting(text: str) -> Setting | None:
    """Where a paragraph begins: the first place its first sentence is at."""
    ranges = sentences(text)
    if not ranges:
        return None
    start, end = ranges[0]
    first = text[start:end]
    told = _as_subject(first)
    return told or next((setting for setting, sure in settings_in(first) if sure), None)


def _as_subject(sentence: str) -> Setting | None:
    """The place that a sentence tells of: `The room was close`, `We had the carriage to ourselves`."""
    alone = _TO_THEMSELVES.search(sentence)
    if alone:
        return setting_of(tokens(alone[1]), "in")
    words = tokens(sentence[:80])
    if words[:1] != ("the",):
        return None
    end = next((at for at, word in enumerate(words) if word in _LIES), 0)
    if not 1 < end <= _SUBJECT_WORDS or any(word in _STOPS for word in words[1:end]):
        return None
    setting = setting_of(words[1:end], "in")
    return setting if setting is not None and words[end - 1].endswith(setting.name.split()[-1]) else None


def subject_setting(text: str) -> Setting | None:
    """The place that a sentence tells of as where they are: `The forest was dark and very still`.

    Args:
        text: One sentence.

    Returns:
        The place; None where it may be looked at from elsewhere, as a house, a town or the sea may.
    """
    told = _as_subject(text)
    return None if told is None or told.name.split()[-1] in _SEEN_FROM_AFAR else told


_SEEN_FROM_AFAR = frozenset(
    "house home cottage hut church castle town village city sky sea river garden yard ship boat train car island "
    "mountain hill hills tower bridge bed desk door window lake ocean moon shop inn hotel palace fire school".split()
)


def leading_setting(text: str) -> Setting | None:
    """The place that a sentence of a paragraph begins with: `In the street a girl stopped`."""
    for start, end in sentences(text):
        opening = text[start : min(end, start + 120)]
        words = tokens(opening)
        if words and words[0] in _TOWARDS and _phrase_setting(words, 0) is not None:
            return settings_in(opening)[0][0]
    return None


def last_setting(text: str) -> Setting | None:
    """Where a paragraph ends: the last place that it is at."""
    found: Setting | None = None
    for start, end in sentences(text):
        for setting, sure in settings_in(text[start:end]):
            if sure and (found is None or setting.name not in FURNITURE):
                found = setting
    return found


def any_setting(text: str, *, sure_only: bool = False) -> Setting | None:
    """A place that a paragraph speaks of: one it is at, else any, unless only the sure ones count."""
    spoken: Setting | None = None
    for start, end in sentences(text):
        for setting, sure in settings_in(text[start:end]):
            if sure:
                return setting
            spoken = spoken or setting
    return None if sure_only else spoken
