"""What a scene's place is besides its family: a wheelhouse, a village's street, snow on the ground."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from film.prompting.trait_rules import CRAFTS, OLD_TIMES_WORDS, RULES, WORKSHOPS, Rule, whole_words
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

_HAMLET_WORDS = r"villages?|villagers?|hamlet|small town|market town|country town|parish|steeple"
_METROPOLIS_WORDS = r"city|cities|downtown|metropolis|skyscrapers?|subway|taxis?|traffic|cabs?|neon|avenue|apartment"


class Sign(NamedTuple):
    """Words that say something of a place."""

    words: re.Pattern[str]
    letters: tuple[str, ...]
    """In small letters, what each of them holds one of: most scenes hold none."""

    def may_be_in(self, small: str) -> bool:
        """Whether a text, in small letters, leaves it open that one of the words is in it."""
        return any(letters in small for letters in self.letters)


_OLD_TIMES = whole_words(OLD_TIMES_WORDS)
_HAMLET = Sign(whole_words(_HAMLET_WORDS), ("village", "hamlet", "town", "parish", "steeple"))
_METROPOLIS = Sign(
    whole_words(_METROPOLIS_WORDS),
    ("city", "cities", "downtown", "metropolis", "skyscraper", "subway", "taxi", "traffic", "cab", "neon", "avenue",
     "apartment"),
)  # fmt: skip


_BUILT = frozenset({Place.STREET, Place.ALLEY, Place.ROOFTOP, Place.CITY, Place.ROAD})

# Idioms that name snow or a season and mean neither: a snow-white dress, a winter coat, the spring of a clock.
_IDIOMS = Sign(
    re.compile(
        r"\bsnow[- ]white\b"
        r"|\b(?:winter|summer|spring)[- ](?:coats?|jackets?|boots|clothes|dress\w*|hats?|gloves|onions?)\b"
        r"|\bsnow ?globes?\b|\bice[- ]?cream\b"
        r"|\b(?:like|(?:white|cold|pure|pale|quiet|soft|silent|light) as) (?:the |a |fresh |new |driven |first )*"
        r"(?:snow\w*|frost|ice|winter|spring|summer)\b",
        re.IGNORECASE,
    ),
    ("snow", "winter", "summer", "spring", "ice", "frost"),
)
_SNOWY = Sign(
    whole_words(
        r"arctic|antarctic|tundra|winter\w*"
        r"|snow\w*|blizzards?|sleighs?|sleds?|icicles?|frost\w*|frozen (?:lake|river|ground|pond|fields?)"
        r"|christmas"
    ),
    ("arctic", "tundra", "winter", "snow", "blizzard", "sleigh", "sled", "icicle", "frost", "frozen", "christmas"),
)
_BARE = Sign(
    whole_words(
        r"(?:in|the|that|next|this|early|late|of|until|following|one) (?:spring|summer|autumn|fall)"
        r"|(?:spring|summer|autumn) (?:came|comes|has come|had come|arrived|arrives|morning|day|evening|night|sun|rain)"
        r"|(?:spring|summer)time|midsummer|the snow (?:\w+ )?(?:melted|melts|gone)|thaw(?:ed|s)?|heat ?wave|blossoms?"
        r"|(?:green|sunny|hot) (?:grass|meadows?|hills?|fields?|leaves|day|afternoon)"
    ),
    ("spring", "summer", "autumn", "fall", "snow", "thaw", "heat", "blossom", "green", "sunny", "hot"),
)
SIGNS = (_HAMLET, _METROPOLIS, _IDIOMS, _SNOWY, _BARE)
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
    texts = _texts(breakdown)
    told = [texts.get(scene.index, "") for scene in breakdown.scenes]
    called = {scene.index: f"{_name(scene, breakdown)} \n{scene.heading or ''}" for scene in breakdown.scenes}
    story = " \n".join((breakdown.title, *told))
    snow = winter = _first([breakdown.title, *told[:1]], _SNOWY, _BARE)
    hamlet = settled = _first(told, _HAMLET, _METROPOLIS)
    told_on = breakdown.format is ScriptFormat.PROSE
    period = bool(_OLD_TIMES.search(story))
    places = {scene.place for scene in breakdown.scenes}
    storied = {rule.trait for rule in RULES if rule.story and rule.places & places and rule.story.search(story)}
    found: dict[int, tuple[str, ...]] = {}
    for scene, text in zip(breakdown.scenes, told, strict=True):
        snow = _last(text, _SNOWY, _BARE, snow if told_on else winter) or scene.weather is Weather.SNOW
        if told_on or scene.place in _BUILT:
            hamlet = _last(text, _HAMLET, _METROPOLIS, hamlet if told_on else settled)
        name = called[scene.index]
        names = {rule.trait for rule in RULES if _holds(rule, scene, name if rule.named else text, storied)}
        if scene.place in _BUILT:
            names |= {"village"} if hamlet else set()
            names |= {"period"} if period else set()
        if scene.place is Place.OFFICE and period:
            names.add("period")
        if scene.place in WORKSHOPS:
            names |= set(_craft(_name(scene, breakdown), text, story))
        if snow and scene.place not in _SNOWLESS and "palms" not in names:
            names.add("snow")
        found[scene.index] = tuple(trait for trait in TRAITS if trait in names)
    return found


def traits_at(name: str, scene: Scene, around: Collection[str]) -> tuple[str, ...]:
    """Find what a place is besides its family to which a story goes within a scene.

    Args:
        name: What it is called, such as `churchyard`.
        scene: The scene, as it would be there.
        around: The traits of the scene that it is gone to from: what holds for all the story holds there, too.
    """
    names = {rule.trait for rule in RULES if rule.named and _holds(rule, scene, name, ())}
    names |= {"period", "village", "western"}.intersection(around) if scene.place in _BUILT else set()
    names |= {"snow"}.intersection(around) if scene.place not in _SNOWLESS else set()
    if scene.place in WORKSHOPS:
        names |= set(_craft(name, "", ""))
    return tuple(trait for trait in TRAITS if trait in names)


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


def _name(scene: Scene, breakdown: Breakdown) -> str:
    return next((place.name for place in breakdown.locations if place.id == scene.location), scene.location)


def _holds(rule: Rule, scene: Scene, text: str, storied: Collection[str]) -> bool:
    """Whether a scene's place has a trait: by its own words, or where the whole story says so."""
    if scene.place not in rule.places:
        return False
    if rule.inside is not None and rule.inside is (scene.int_ext is IntExt.EXT):
        return False
    return rule.trait in storied or bool(rule.words.search(text))


def _craft(name: str, text: str, story: str) -> Sequence[str]:
    """What is made in a workshop: by its name, else by what happens in it, else by the story."""
    for words in (name, text, story):
        hits = [
            (match.start(), trait)
            for trait, pattern in CRAFTS
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
