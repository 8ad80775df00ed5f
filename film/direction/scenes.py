"""Scenes: where and when each plays, and what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from film.direction.figures import literal
from film.direction.places import is_exterior, mentioned, place_of_scene
from film.direction.sluglines import Slugline, read_slugline, time_in
from film.direction.vocabulary import WEATHERS
from film.direction.words import slug, tokens, unique
from film.script.limits import MAX_SCENES
from schemas.enums import ElementKind, IntExt, Place, TimeOfDay, Weather
from schemas.errors import InvalidScript
from schemas.script import Element, Location, Scene, Screenplay, Span

_STORMS_OUT = re.compile(r"\bstorms?\s+(?:out|off|in|into|past|away|through|up|down)\b|\bthunder\s*bolt", re.IGNORECASE)
_FIGURES = re.compile(
    r"\b(?:storms?|hail|rain|shower|clouds?|gale|gust|flurry|blizzard|wave|mist|fog)\s+of\s+"
    r"(?!rain|snow|sleet|wind|fog|mist)"
    r"|(?<![\w-])(?:(?:had|has|have|did|does|would|will|could|can)(?: not|n['’]t| never)|never|no longer) (?:yet )?"
    r"(?:rain|snow|hail)(?:ed|s)?(?![\w-])|(?<![\w-])(?:sign|hope|drop|prayed|praying|wait\w*|promise|smell|talk) "
    r"(?:of|for) "
    r"(?:the )?(?:rain|snow)(?![\w-])"
    r"|\bsnow[-\s]white\b|\bwinds?\s+(?:up|down|back|the|a|an|his|her|its|their|my|through|around|along|between|past)\b"
    r"|\b(?:no|not an?|without(?: an?)?|never an?|nor|like(?:\s+(?:an?|the))?|as an?|"
    r"(?:white|cold|pure|pale|quiet|soft|silent|light|fast)\s+as(?:\s+(?:an?|the))?)\s+(?:\w+\s+)?"
    r"(?:wind|breeze|clouds?|rain|snow|storm|fog|mist)\b"
    r"|\b(?:last|next|every|each)\s+(?:winter|summer|autumn|spring|night|year)['’]?s?\s+(?:rains?|snows?|storms?|"
    r"fogs?)\b",
    re.IGNORECASE,
)
"""Words of the weather that tell of something else, or of none."""
_WINTER = re.compile(r"\b(?:mid-?)?winter\b", re.IGNORECASE)
_RAIN_ENDS = re.compile(
    r"\b(?:rain|snow|storm|fog|mist)\s+(?:has\s+|had\s+|was\s+)?(?:stop|end|eas|pass|cease|clear|lift|thin)\w*",
    re.IGNORECASE,
)
_UNMARKED = re.compile(
    r"(?:FADE (?:IN|OUT|UP|TO BLACK|TO WHITE|FROM BLACK|FROM WHITE)|"
    r"(?:(?:SMASH|HARD|SLAM|QUICK|SLOW|JUMP) )?CUT TO (?:BLACK|WHITE)|"
    r"(?:SMASH|SLAM) TO (?:BLACK|WHITE)|(?:BLACK|WHITE) ?OUT|FLASH TO WHITE|WIPE TO|"
    r"IRIS (?:IN|OUT)(?: ON [A-Z ]{1,30})?|INTERCUT(?: WITH)?|THE END|FIN|END OF \w+|CONTINUED|MORE)[.:]*"
)
_WEATHER_WORDS = frozenset().union(*(names for _, names in WEATHERS))
"""Words of a scene of which each one tells fully; in a longer scene it takes more of them."""
_ACTION = {ElementKind.ACTION, ElementKind.LYRIC}
_SHOWN = _ACTION | {ElementKind.DIALOGUE, ElementKind.CHARACTER}


@dataclass(frozen=True, slots=True)
class SceneDraft:
    """A scene with its elements, on the way to shots."""

    scene: Scene
    elements: tuple[Element, ...]
    elapsed: bool
    """Whether time has passed since the scene before."""


class Locations:
    """The places of a script, each known once under however many scenes it has."""

    def __init__(self) -> None:
        self._known: dict[str, Location] = {}
        self._ids: set[str] = set()

    def at(self, name: str, place: Place) -> Location:
        """Find a location by its name, or note it; its family stays the one it was first seen as."""
        key = re.sub(r"^(?:the|an?)\s+", "", " ".join(tokens(name))) + ("|out" if is_exterior(place) else "|in")
        if key not in self._known:
            identity = unique(slug(name, place.value), self._ids)
            self._known[key] = Location(id=identity, name=name or place.value.replace("_", " "), place=place)
        return self._known[key]

    def all(self) -> tuple[Location, ...]:
        """All of them, in the order of their first scenes."""
        return tuple(self._known.values())


def screenplay_scenes(screenplay: Screenplay) -> tuple[list[SceneDraft], tuple[Location, ...]]:
    """Divide a screenplay at its headings.

    What is spoken before the first heading, and the action around it, is shown in the first scene; without
    speech, what stands there (a dedication, `FADE IN:`) is for readers and is not shown.

    Args:
        screenplay: As read.

    Returns:
        The scenes and the locations they are set in.

    Raises:
        InvalidScript: There are more scenes than a film may have.
    """
    headings = sum(element.kind is ElementKind.HEADING for element in screenplay.elements)
    refuse_too_many(headings, screenplay.title)
    groups: list[list[Element]] = []
    prelude: list[Element] = []
    for element in screenplay.elements:
        if element.scene is None:
            prelude.append(element)
        elif element.scene == len(groups):
            groups.append([element])
        else:
            groups[-1].append(element)
    spoken = any(element.kind in {ElementKind.CHARACTER, ElementKind.DIALOGUE} for element in prelude)  # or sung
    opening = [one for one in prelude if spoken or one.kind is ElementKind.TRANSITION or is_fade(one)]
    locations = Locations()
    drafts: list[SceneDraft] = []
    for index, group in enumerate(groups):
        before = drafts[-1].scene if drafts else None
        lead = opening if index == 0 else []
        drafts.append(_draft(index, group, lead, before, locations))
    return drafts, locations.all()


def refuse_too_many(scenes: int, title: str) -> None:
    """Refuse a script that has more scenes than a film may have.

    Args:
        scenes: How many there are.
        title: The script's.

    Raises:
        InvalidScript: There are more than `MAX_SCENES`.
    """
    if scenes > MAX_SCENES:
        raise InvalidScript(f"{title!r} has {scenes:,} scenes; a film has at most {MAX_SCENES:,}: divide the script.")


def is_fade(element: Element) -> bool:
    """Whether an action is really an unmarked transition, such as `FADE IN:`, or a word to readers: `THE END`."""
    return element.kind is ElementKind.ACTION and _UNMARKED.fullmatch(element.text.strip()) is not None


def _draft(
    index: int, group: Sequence[Element], lead: Sequence[Element], before: Scene | None, locations: Locations
) -> SceneDraft:
    heading = next((one for one in group if one.kind is ElementKind.HEADING), None)
    words = [element.text for element in group if element.kind is ElementKind.ACTION]
    slugline = read_slugline(heading.text) if heading else Slugline(None, "", None, False)
    int_ext = slugline.int_ext or _guess_int_ext(slugline.location, words, before)
    if not slugline.location and before is not None and heading is None:
        place, location = before.place, before.location
    else:
        place = place_of_scene(slugline.location, words, int_ext)
        location = locations.at(slugline.location, place).id
    scene = Scene(
        index=index,
        number=heading.number if heading else None,
        heading=heading.text if heading else None,
        int_ext=int_ext,
        location=location,
        place=place,
        time_of_day=slugline.time or (before.time_of_day if before else _time(words)),
        weather=_weather(slugline.location, words, int_ext, before if _goes_on(heading, before) else None),
        span=Span(start=group[0].span.start, end=group[-1].span.end),
    )
    elapsed = slugline.elapsed or (
        before is not None and slugline.time is not None and slugline.time is not before.time_of_day
    )
    return SceneDraft(scene=scene, elements=(*lead, *group), elapsed=elapsed and before is not None)


def _weather(name: str, words: Sequence[str], int_ext: IntExt, before: Scene | None) -> Weather:
    """The weather of a scene; where only its heading says `WINTER`, there is snow outside."""
    found = weather_of([name, *words], before)
    winter = found is Weather.CLEAR and int_ext is not IntExt.INT and _WINTER.search(name)
    return Weather.SNOW if winter else found


def _guess_int_ext(name: str, words: Iterable[str], before: Scene | None) -> IntExt:
    places = mentioned(name) or ([] if before else mentioned(" ".join(map(literal, words))))
    if places:
        return IntExt.EXT if is_exterior(places[0][1]) else IntExt.INT
    return before.int_ext if before else IntExt.EXT


def _goes_on(heading: Element | None, before: Scene | None) -> bool:
    return before is not None and heading is not None and "CONTINUOUS" in heading.text.upper()


def _time(words: Iterable[str]) -> TimeOfDay:
    return next((time for time in (time_in(text) for text in words) if time), TimeOfDay.DAY)


def weather_of(texts: Iterable[str], before: Scene | None = None) -> Weather:
    """The weather that a scene's words name: the hardest, where they name several.

    Args:
        texts: Its location's name and its action; what is said in dialogue is not seen.
        before: The scene it goes on from without a break, whose weather it keeps where it names none.

    Returns:
        The weather; CLEAR unless something says otherwise.
    """
    told = list(texts)
    if _may_tell_of_weather({word for text in told for word in tokens(text)}):
        text = _FIGURES.sub(" ", _STORMS_OUT.sub(" ", " ".join(told)))
        words = set(tokens(_RAIN_ENDS.sub(" ", text)))
        for weather, names in WEATHERS:
            if words & names:
                return weather
        if _RAIN_ENDS.search(text):
            return Weather.CLOUDY
    return before.weather if before else Weather.CLEAR


def _may_tell_of_weather(words: Iterable[str]) -> bool:
    """Whether one of some words is of the weather, or holds one: `rain-soaked`."""
    if not _WEATHER_WORDS.isdisjoint(words):
        return True
    joined = " ".join([word for word in words if not word.isalnum()])
    return bool(joined) and any(word in joined for word in _WEATHER_WORDS)
