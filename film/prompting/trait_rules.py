"""By which words a place is built otherwise than its family: a courtroom, a quarry, a forge. A row each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.enums import Place

_VEHICLE_YARD = r"garages?|mechanics?|tyres?|tires?|car repair|auto ?shop|motor ?bikes?|body ?shop|engine block"
_POWERED = (
    r"ferry|ferries|ferry ?boat|ferryman|steamers?|steam ?ships?|steam ?boat|liner|cruise|freighter|tanker|cargo"
    r"|trawler|tug|tugboat|destroyer|battleship|warship|navy|coast ?guard|container|icebreaker|motor ?boat|fishing boat"
)
OLD_TIMES_WORDS = (
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


def whole_words(words: str) -> re.Pattern[str]:
    """Whole words, whatever their case."""
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """When a scene's place has a trait."""

    trait: str
    places: frozenset[Place]
    words: re.Pattern[str]
    story: re.Pattern[str] | None = None
    """What says it for every such place of the story, wherever it stands."""
    inside: bool | None = None
    named: bool = False
    """Whether only the place's name and heading say it, and not what happens there."""


WORKSHOPS = frozenset({Place.WORKSHOP})
RULES: tuple[Rule, ...] = (
    Rule(
        "wheelhouse",
        frozenset({Place.SHIP}),
        whole_words(r"wheel ?house|pilot ?house|ship's bridge|bridge of|helm|helms\w+|the wheel|ship's wheel"),
        inside=True,
    ),
    Rule("ferry", frozenset({Place.SHIP, Place.SEA}), whole_words(_POWERED), inside=False),
    Rule(
        "ship",
        frozenset({Place.SEA}),
        whole_words(r"ships?|galleons?|schooners?|yachts?|sailboat|frigate|brig"),
        inside=False,
    ),
    Rule("palms", frozenset({Place.BEACH}), whole_words(_TROPICAL + r"|islands?|jungle"), whole_words(_TROPICAL)),
    Rule("roofs", frozenset({Place.ROOFTOP}), whole_words(r"roofs|rooftops|house ?tops")),
    Rule("court", frozenset({Place.OFFICE}), whole_words(_COURT), inside=True, named=True),
    Rule(
        "court",
        frozenset({Place.OFFICE}),
        whole_words(r"jury box|jurors|the jury|gavel|witness (?:stand|box)|courtroom|your honou?r"),
        inside=True,
    ),
    Rule("graves", frozenset({Place.FIELD, Place.GARDEN}), whole_words(_GRAVES), inside=False, named=True),
    Rule(
        "graves",
        frozenset({Place.FIELD}),
        whole_words(r"(?:grave|tomb|head)stones?|open graves?|among the graves|mausoleum"),
        inside=False,
    ),
    *(
        Rule(trait, frozenset({place}), whole_words(words), inside=inside, named=True)
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
    Rule(
        "western",
        frozenset({Place.STREET, Place.VILLAGE, Place.CITY}),
        whole_words(_WEST),
        whole_words(_WEST),
        inside=False,
    ),
    Rule(
        "desert",
        frozenset({Place.ROAD}),
        whole_words(r"cact(?:us|i)|mesas?|saguaros?|tumbleweeds?|sand dunes"),
        whole_words(r"saguaros?|tumbleweeds?|mesas|the (?:open |hot |burning )?desert(?! island)"),
        inside=False,
    ),
)
"""The first that hold count, all of them."""
CRAFTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("clocks", whole_words(r"clocks?|watch ?makers?|clock ?makers?\w*|clockwork|horolog\w+|pocket ?watch\w*")),
    ("garage", whole_words(_VEHICLE_YARD)),
    ("forge", whole_words(r"forge|smithy|blacksmiths?|anvil")),
    ("barn", whole_words(r"barn|stables?|hay|haystack|shed|coop|hen ?house")),
    ("tent", whole_words(r"tents?|marquee|wigwam|tepee|yurt")),
)
