"""What a scene's place is besides its family: a wheelhouse, a village's street, snow on the ground."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from film.direction.identity import place_name
from schemas.enums import ElementKind, IntExt, Place, ScriptFormat, Weather
from schemas.script import Breakdown, Scene

TRAITS: tuple[str, ...] = (
    "western",
    "market",
    "wheelhouse",
    "ferry",
    "ship",
    "palms",
    "village",
    "period",
    "roofs",
    "clocks",
    "garage",
    "forge",
    "barn",
    "tent",
    "court",
    "graves",
    "pitch",
    "battlefield",
    "farm",
    "meadow",
    "quarry",
    "desert",
    "woods",
    "track",
    "fair",
    "lift",
    "attic",
    "gallery",
    "gym",
    "snow",
)
"""All names a picture knows."""

_VEHICLE_YARD = r"garages?|mechanics?|tyres?|tires?|car repair|auto ?shop|motor ?bikes?|body ?shop|engine block"
_POWERED = (
    r"ferry|ferries|ferry ?boat|ferryman|steamers?|steam ?ships?|steam ?boat|liner|cruise|freighter|tanker|cargo"
    r"|trawler|tug|tugboat|destroyer|battleship|warship|navy|coast ?guard|container|icebreaker|motor ?boat|fishing boat"
)
_OLD_TIMES_WORDS = (
    r"medieval|middle ages|knights|the (?:old |young )?(?:king|queen)|squires?|horse-drawn|stagecoach|coachman|gaslight"
    r"|gas ?lamps?|lamplighter|cobbled|cobblestones?|cobbles|once upon a time|victorian|(?:in|of|year|circa) 1[0-8]\d\d"
    r"|musketeers?|town crier|minstrel|farthings?|shillings?|saloon|gunslingers?|prospectors?|muskets?|footm[ae]n"
)
_COURT = r"court ?rooms?|court ?houses?|court|tribunal|trial|inquest|old bailey"
_WEST = (
    r"saloons?|gunslingers?|tumbleweeds?|six-?shooters?|wild west|frontier town|livery stable|hitching (?:post|rail)"
)
_GRAVES = r"cemeter(?:y|ies)|grave ?yards?|church ?yards?|grave ?sides?|graves?|burial \w+|boot hill|necropolis|tombs"
_TROPICAL = r"tropic\w*|palms?|palm trees?|coconuts?|lagoon|castaways?|desert island|caribbean|hawaii\w*|polynesia\w*"
_HAMLET_WORDS = r"villages?|villagers?|hamlet|small town|market town|country town|parish|steeple"
_METROPOLIS_WORDS = r"city|cities|downtown|metropolis|skyscrapers?|subway|taxis?|traffic|cabs?|neon|avenue|apartment"


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


class Sign(NamedTuple):
    """Words that say something of a place."""

    words: re.Pattern[str]
    letters: tuple[str, ...]
    """In small letters, what each of them holds one of: most scenes hold none."""

    def may_be_in(self, small: str) -> bool:
        """Whether a text, in small letters, leaves it open that one of the words is in it."""
        return any(letters in small for letters in self.letters)

    def is_in(self, text: str, small: str) -> bool:
        """Whether one of the words is in a text, which is also given in small letters."""
        return self.may_be_in(small) and self.words.search(text) is not None


_OLD_TIMES = Sign(
    _any(_OLD_TIMES_WORDS),
    ("medieval", "middle ages", "knights", "the king", "the old king", "the young king", "the queen", "the old queen",
     "the young queen", "squire", "horse-drawn", "stagecoach", "coachman", "gaslight", "gas lamp", "gaslamp",
     "lamplighter", "cobble", "once upon a time", "victorian", " 1", "musket", "town crier", "minstrel", "farthing",
     "shilling", "saloon", "gunslinger", "prospector", "footm"),
)  # fmt: skip
_WESTERN = Sign(
    _any(_WEST),
    ("saloon", "gunslinger", "tumbleweed", "shooter", "wild west", "frontier town", "livery stable", "hitching"),
)
_ISLES = Sign(
    _any(_TROPICAL),
    ("tropic", "palm", "coconut", "lagoon", "castaway", "desert island", "caribbean", "hawaii", "polynesia"),
)
_DESERT = Sign(
    _any(r"saguaros?|tumbleweeds?|mesas|the (?:open |hot |burning )?desert(?! island)"),
    ("saguaro", "tumbleweed", "mesas", "desert"),
)
_HAMLET = Sign(_any(_HAMLET_WORDS), ("village", "hamlet", "town", "parish", "steeple"))
_METROPOLIS = Sign(
    _any(_METROPOLIS_WORDS),
    ("city", "cities", "downtown", "metropolis", "skyscraper", "subway", "taxi", "traffic", "cab", "neon", "avenue",
     "apartment"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rule:
    trait: str
    places: frozenset[Place]
    words: re.Pattern[str]
    story: Sign | None = None
    """What says it for every such place of the story, wherever it stands."""
    inside: bool | None = None
    named: bool = False
    """Whether only the place's name and heading say it, and not what happens there."""


_WORKSHOPS = frozenset({Place.WORKSHOP})
_RULES: tuple[_Rule, ...] = (
    _Rule(
        "wheelhouse",
        frozenset({Place.SHIP}),
        _any(r"wheel ?house|pilot ?house|ship's bridge|bridge of|helm|helms\w+|the wheel|ship's wheel"),
        inside=True,
    ),
    _Rule("ferry", frozenset({Place.SHIP, Place.SEA}), _any(_POWERED), inside=False),
    _Rule(
        "ship", frozenset({Place.SEA}), _any(r"ships?|galleons?|schooners?|yachts?|sailboat|frigate|brig"), inside=False
    ),
    _Rule("palms", frozenset({Place.BEACH}), _any(_TROPICAL + r"|islands?|jungle"), _ISLES),
    _Rule("roofs", frozenset({Place.ROOFTOP}), _any(r"roofs|rooftops|house ?tops")),
    _Rule("court", frozenset({Place.OFFICE}), _any(_COURT), inside=True, named=True),
    _Rule(
        "court",
        frozenset({Place.OFFICE}),
        _any(r"jury box|jurors|the jury|gavel|witness (?:stand|box)|courtroom|your honou?r"),
        inside=True,
    ),
    _Rule("graves", frozenset({Place.FIELD, Place.GARDEN}), _any(_GRAVES), inside=False, named=True),
    _Rule(
        "graves",
        frozenset({Place.FIELD}),
        _any(r"(?:grave|tomb|head)stones?|open graves?|among the graves|mausoleum"),
        inside=False,
    ),
    *(
        _Rule(trait, frozenset({place}), _any(words), inside=inside, named=True)
        for trait, place, inside, words in (
            (
                "pitch",
                Place.FIELD,
                False,
                r"pitch|stadium|(?:foot|soft|base)ball \w+|(?:soccer|cricket|rugby|playing|"
                r"sports?) \w+|touchline|ballpark",
            ),
            ("battlefield", Place.FIELD, False, r"battle ?fields?|trench(?:es)?|front ?line|no man['’]s land|war zone"),
            ("farm", Place.FIELD, False, r"farms?|farm ?yards?|barn ?yards?|ranch|homestead|corral|paddock"),
            (
                "meadow",
                Place.FIELD,
                False,
                r"meadows?|pastures?|hills?|hill ?sides?|hilltop|moors?|heath|downs|prairie|"
                r"plains?|camp|camp ?site|encampment|tents?|steppe|grass ?land|savannah?|clearing|knoll|ridge",
            ),
            ("quarry", Place.MOUNTAIN, False, r"quarr(?:y|ies)|gravel pit|clay pit|open[- ]cast"),
            ("track", Place.DESERT, False, r"trails?|tracks?|roads?|paths?|highway"),
            ("market", Place.STREET, False, r"markets?|market ?place|bazaar|souk|stalls?"),
            ("market", Place.VILLAGE, False, r"markets?|market ?place|market square|bazaar|fair|souk|stalls?"),
            ("fair", Place.PARK, False, r"fair ?grounds?|fun ?fair|fair|circus|carnival|amusement|carousel|midway"),
            ("lift", Place.STAIRS, True, r"elevators?|lifts?"),
            ("attic", Place.BEDROOM, True, r"attics?|garret|loft"),
            ("gallery", Place.LIBRARY, True, r"museums?|galler(?:y|ies)|exhibitions?|auction\w*"),
            ("gym", Place.WAREHOUSE, True, r"gym\w*|dojo|boxing|ring|training \w+"),
            ("desert", Place.ROAD, False, r"deserts?|dunes?|wasteland|canyon|badlands|mesa|mojave|nevada|arizona"),
            ("woods", Place.ROAD, False, r"forests?|woods?|woodland|jungle|pines?|grove"),
        )
    ),
    _Rule(
        "western",
        frozenset({Place.STREET, Place.VILLAGE, Place.CITY}),
        _WESTERN.words,
        _WESTERN,
        inside=False,
    ),
    _Rule(
        "desert",
        frozenset({Place.ROAD}),
        _any(r"cact(?:us|i)|mesas?|saguaros?|tumbleweeds?|sand dunes"),
        _DESERT,
        inside=False,
    ),
)
_RULES_OF = {place: tuple(rule for rule in _RULES if place in rule.places) for place in Place}
_CRAFTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("clocks", _any(r"clocks?|watch ?makers?|clock ?makers?\w*|clockwork|horolog\w+|pocket ?watch\w*")),
    ("garage", _any(_VEHICLE_YARD)),
    ("forge", _any(r"forge|smithy|blacksmiths?|anvil")),
    ("barn", _any(r"barn|stables?|hay|haystack|shed|coop|hen ?house")),
    ("tent", _any(r"tents?|marquee|wigwam|tepee|yurt")),
)
_BUILT = frozenset({Place.STREET, Place.ALLEY, Place.ROOFTOP, Place.CITY, Place.ROAD})

# Idioms that name snow or a season and mean neither: a snow-white dress, a winter coat, the spring of a clock.
_IDIOMS = Sign(
    re.compile(
        r"\bsnow[- ]white\b"
        r"|\b(?:winter|summer|spring)[- ](?:coats?|jackets?|boots|clothes|dress\w*|hats?|gloves|onions?)\b"
        r"|\bsnow ?globes?\b|\bice[- ]?cream\b",
        re.IGNORECASE,
    ),
    ("snow", "winter", "summer", "spring", "ice"),
)
_SNOWY = Sign(
    _any(
        r"arctic|antarctic|tundra|winter\w*"
        r"|snow\w*|blizzards?|sleighs?|sleds?|icicles?|frost\w*|frozen (?:lake|river|ground|pond|fields?)"
        r"|christmas"
    ),
    ("arctic", "tundra", "winter", "snow", "blizzard", "sleigh", "sled", "icicle", "frost", "frozen", "christmas"),
)
_BARE = Sign(
    _any(
        r"(?:in|the|that|next|this|early|late|of|until|following|one) (?:spring|summer|autumn|fall)"
        r"|(?:spring|summer|autumn) (?:came|comes|has come|had come|arrived|arrives|morning|day|evening|night|sun|rain)"
        r"|(?:spring|summer)time|midsummer|the snow (?:\w+ )?(?:melted|melts|gone)|thaw(?:ed|s)?|heat ?wave|blossoms?"
        r"|(?:green|sunny|hot) (?:grass|meadows?|hills?|fields?|leaves|day|afternoon)"
    ),
    ("spring", "summer", "autumn", "fall", "snow", "thaw", "heat", "blossom", "green", "sunny", "hot"),
)
SIGNS = (_HAMLET, _METROPOLIS, _OLD_TIMES, _WESTERN, _ISLES, _DESERT, _IDIOMS, _SNOWY, _BARE)
_SNOWLESS = frozenset({Place.SEA, Place.SPACE, Place.SPACESHIP, Place.SKY, Place.DESERT, Place.CAVE})


def traits_of(breakdown: Breakdown) -> dict[int, tuple[str, ...]]:
    """Find what the place of each scene is besides its family.

    The settlement that is named first holds from the beginning; the season only where the first scene, or the title,
    names it. What is named later holds in a story until it names another; in a screenplay, whose scenes jump between
    places and years, in its scene alone.

    Args:
        breakdown: Stage 1's result.

    Returns:
        Names of `TRAITS` for each scene, in their order, by the scene's index.
    """
    texts, places_named = _texts(breakdown), {place.id: place.name for place in breakdown.locations}
    told = [texts.get(scene.index, "") for scene in breakdown.scenes]
    named = {scene.index: place_name(scene, places_named) for scene in breakdown.scenes}
    called = {scene.index: f"{named[scene.index]} \n{scene.heading or ''}" for scene in breakdown.scenes}
    story = " \n".join((breakdown.title, *told))
    snow = winter = _first([breakdown.title, *told[:1]], _SNOWY, _BARE)
    hamlet = settled = _first(told, _HAMLET, _METROPOLIS)
    told_on = breakdown.format is ScriptFormat.PROSE
    small = story.casefold()
    period = _OLD_TIMES.is_in(story, small)
    places = {scene.place for scene in breakdown.scenes}
    storied = {rule.trait for rule in _RULES if rule.story and rule.places & places and rule.story.is_in(story, small)}
    found: dict[int, tuple[str, ...]] = {}
    for scene, text in zip(breakdown.scenes, told, strict=True):
        snow = _last(text, _SNOWY, _BARE, snow if told_on else winter) or scene.weather is Weather.SNOW
        if told_on or scene.place in _BUILT:
            hamlet = _last(text, _HAMLET, _METROPOLIS, hamlet if told_on else settled)
        name = called[scene.index]
        names = {
            rule.trait for rule in _RULES_OF[scene.place] if _holds(rule, scene, name if rule.named else text, storied)
        }
        if scene.place in _BUILT:
            names |= {"village"} if hamlet else set()
            names |= {"period"} if period else set()
        if scene.place is Place.OFFICE and period:
            names.add("period")
        if scene.place in _WORKSHOPS:
            names |= set(_craft(named[scene.index], text, story))
        if snow and scene.place not in _SNOWLESS and "palms" not in names:
            names.add("snow")
        found[scene.index] = tuple(trait for trait in TRAITS if trait in names)
    return found


def _texts(breakdown: Breakdown) -> dict[int, str]:
    """What is told of each scene: its location's name, heading and action; never what is only spoken of."""
    parts: dict[int, list[str]] = {}
    names = {location.id: location.name for location in breakdown.locations}
    for scene in breakdown.scenes:
        parts[scene.index] = [names.get(scene.location, ""), scene.heading or ""]
    for element in breakdown.elements:
        if element.scene in parts and element.kind is ElementKind.ACTION:
            parts[element.scene].append(element.text)
    for shot in breakdown.shots:
        if shot.scene in parts and shot.action and not breakdown.elements:
            parts[shot.scene].append(shot.action)
    return {index: " \n".join(words) for index, words in parts.items()}


def _holds(rule: _Rule, scene: Scene, text: str, storied: Collection[str]) -> bool:
    """Whether the place of a scene has what a rule about such places tells: by its words, or by those of the story."""
    if rule.inside is not None and rule.inside is (scene.int_ext is IntExt.EXT):
        return False
    return rule.trait in storied or bool(rule.words.search(text))


def _craft(name: str, text: str, story: str) -> Sequence[str]:
    """What is made in a workshop: by its name, else by what happens in it, else by the story."""
    for words in (name, text, story):
        hits = [
            (match.start(), trait)
            for trait, pattern in _CRAFTS
            if (trait != "tent" or words is name) and (match := pattern.search(words))
        ]
        if hits:
            return (min(hits)[1],)
    return ()


def _last(text: str, says: Sign, unsays: Sign, before: bool) -> bool:
    text, signs = _told(text, says, unsays)
    ends = {sign: [match.start() for match in sign.words.finditer(text)] for sign in signs}
    if not any(ends.values()):
        return before
    return max(ends.get(says, ()), default=-1) > max(ends.get(unsays, ()), default=-1)


def _first(texts: Sequence[str], says: Sign, unsays: Sign) -> bool:
    for text in texts:
        text, signs = _told(text, says, unsays)
        yes = says.words.search(text) if says in signs else None
        no = unsays.words.search(text) if unsays in signs else None
        if yes or no:
            return no is None or (yes is not None and yes.start() < no.start())
    return False


def _told(text: str, *signs: Sign) -> tuple[str, list[Sign]]:
    """A text without idioms, and those of some signs that it may hold."""
    small = text.casefold()
    found = [sign for sign in signs if sign.may_be_in(small)]
    return _IDIOMS.words.sub(" ", text) if found and _IDIOMS.may_be_in(small) else text, found
