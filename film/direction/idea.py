"""A one-line idea becomes a small film of three acts: somebody at a place, an encounter, what is left after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from film.direction.cast import NARRATOR, Cast
from film.direction.kept import with_kept
from film.direction.moments import Line, Moment, Plan, props_in
from film.direction.places import is_exterior, mentioned, place_of
from film.direction.prose import prose_cast
from film.direction.scenes import Locations, SceneDraft, weather_of
from film.direction.sluglines import time_in
from film.direction.timing import split_speech
from film.direction.vocabulary import EXPRESSIONS, PROPS, WEATHERS
from film.direction.words import forms, singular, slug, tokens, unique
from film.script.people import ROLES
from schemas.cast import CastMember
from schemas.enums import (
    Angle,
    ElementKind,
    Expression,
    IntExt,
    Movement,
    Place,
    Pose,
    ScriptFormat,
    ShotSize,
    TimeOfDay,
    Weather,
)
from schemas.script import Character, Element, Location, Scene, Screenplay

_MOST_WORDS = 40
_SHOT_S = 2.7
_HOMES: dict[str, Place] = {
    word: place
    for place, words in {
        Place.SEA: "lighthouse sailor captain fisherman whale pirate storm ship boat",
        Place.HARBOUR: "ferryman gull seal",
        Place.FIELD: "farmer shepherd horse scarecrow sheep goat beekeeper",
        Place.FOREST: "hunter wolf fox bear owl witch elf hermit fairy",
        Place.CITY: "robot taxi detective cop thief stranger spy",
        Place.STREET: "postman mailman dog cat lamplighter conductor",
        Place.SPACE: "astronaut alien",
        Place.CASTLE: "king queen prince princess knight dragon giant ghost",
        Place.DESERT: "nomad wanderer camel",
        Place.GARDEN: "gardener flower tree bee",
        Place.PARK: "child boy girl kid kite balloon",
    }.items()
    for word in words.split()
}
_ROOMS: dict[str, Place] = {
    word: place
    for place, words in {
        Place.WORKSHOP: "clockmaker watchmaker carpenter mechanic tailor engineer robot artist painter",
        Place.KITCHEN: "baker cook chef grandmother grandma mother",
        Place.LABORATORY: "scientist wizard witch",
        Place.CLASSROOM: "teacher student",
        Place.HOSPITAL: "doctor nurse",
        Place.LIBRARY: "librarian writer poet",
        Place.SPACESHIP: "astronaut alien",
        Place.CASTLE: "king queen prince princess knight",
        Place.SHIP: "sailor captain pirate ferryman fisherman",
        Place.BEDROOM: "child boy girl kid",
        Place.THEATRE: "clown magician dancer singer musician",
    }.items()
    for word in words.split()
}
_DETAILS: dict[str, str] = {
    "keeper": "lamp", "lighthouse": "lamp", "astronaut": "radio", "detective": "flashlight", "clockmaker": "clock",
    "watchmaker": "clock", "baker": "bread", "writer": "book", "librarian": "book", "sailor": "lantern",
    "captain": "telescope", "postman": "letter", "gardener": "flower", "king": "crown", "queen": "crown",
    "knight": "sword", "musician": "violin", "child": "kite", "boy": "kite", "girl": "balloon", "fisherman": "net",
    "ferryman": "lantern", "scientist": "bottle", "robot": "flower", "painter": "picture", "witch": "candle",
}  # fmt: skip
_GOOD = re.compile(
    r"\b(?:befriend|friend|love|find|save|help|learn|discover|meet|teach|return|dance|grow|win|heal|free)\w*", re.I
)
_BAD = re.compile(
    r"\b(?:fight|lose|lost|kill|die|steal|betray|hunt|war|destroy|break|fear|haunt|escape|chase)\w*", re.I
)
_OBJECT = re.compile(
    r"\b(?:befriend|meet|love|fight|find|discover|teach|save|help|marr|chase|hunt|tame|adopt|rescue)\w*\s+(?:with\s+)?"
    r"((?:an?|the|his|her|their)\s+(?:(?!(?:in|on|at|to|with|who|that|which|and|or|but|from|of|by|through|under|over|"
    r"after|before|while|when|until|for|into|near|across|behind|inside|beneath|without|again|as)\b)[\w'’\-]+"
    r"(?:\s+|(?=\W|$))){1,4})",
    re.I,
)
"""Whom or what somebody meets: `a lost dog`, up to the word that ends the phrase."""


@dataclass(frozen=True, slots=True)
class Idea:
    """What a line gives a film to work with."""

    text: str
    element: Element
    hero: str | None
    """Id of the first character."""
    name: str
    """The words that introduce the hero."""
    other: str | None
    """Id of whoever the hero meets."""
    outdoors: Place
    indoors: Place
    weather: Weather
    detail: str
    """A thing that stands for the hero."""
    feeling: Expression
    """The hero's, at the beginning."""
    outcome: Expression
    """The hero's, at the end."""


def detail_words() -> frozenset[str]:
    """The things that may stand for a hero, as words of a script."""
    return frozenset(_DETAILS.values()) | {"window"}


def is_idea(screenplay: Screenplay) -> bool:
    """Whether a script is no more than an idea: a sentence or two of prose in which nobody speaks."""
    shown = [element for element in screenplay.elements if element.text]
    return (
        screenplay.format is ScriptFormat.PROSE
        and len(screenplay.elements) == 1
        and len(shown) == 1
        and "\n" not in shown[0].text.strip()
        and shown[0].kind is ElementKind.ACTION
        and 0 < len(tokens(shown[0].text)) <= _MOST_WORDS
    )


def develop(
    screenplay: Screenplay, kept: Sequence[CastMember] = ()
) -> tuple[Cast, list[SceneDraft], tuple[Location, ...], list[list[Moment]]]:
    """Develop an idea into a film of three scenes.

    Everything is taken from the line, or follows by rule from what it names: a keeper has a lamp, a lighthouse
    stands by the sea, a friendship ends in a smile.

    Args:
        screenplay: For which `is_idea` holds.
        kept: People whom its project keeps.

    Returns:
        Cast, scenes, locations, and the moments of each scene.
    """
    cast = with_kept(_cast(screenplay), kept, screenplay.elements)
    idea = _read(screenplay, cast)
    locations = Locations()
    start = time_in(idea.text) or TimeOfDay.DUSK
    # The weather holds until the calm end, unless it is what the hero meets: then it comes with the encounter.
    before = Weather.CLEAR if _is_weather(idea.other) else idea.weather
    plans = (
        (idea.outdoors, start, before, 0.2, _arrival(idea)),
        (idea.indoors, start, before, 0.3, _at_home(idea)),
        (idea.outdoors, TimeOfDay.NIGHT, idea.weather, 0.6, _encounter(idea)),
        (idea.outdoors, TimeOfDay.DAWN, Weather.CLEAR, 0.2, _afterwards(idea)),
    )
    drafts: list[SceneDraft] = []
    for index, (place, time, weather, tension, _) in enumerate(plans):
        scene = Scene(
            index=index,
            int_ext=IntExt.EXT if is_exterior(place) else IntExt.INT,
            location=locations.at(place.value.replace("_", " "), place).id,
            place=place,
            time_of_day=time,
            weather=weather,
            span=idea.element.span,
            tension=tension,
        )
        elements = (idea.element,) if index == 0 else ()
        drafts.append(SceneDraft(scene=scene, elements=elements, elapsed=index > 1))
    return cast, drafts, locations.all(), [moments for *_, moments in plans]


def _is_weather(who: str | None) -> bool:
    """Whether somebody is a storm, a cloud, the wind."""
    return who is not None and any(names & set(who.split("-")) for _, names in WEATHERS)


def _cast(screenplay: Screenplay) -> Cast:
    """The characters of the line; one of its things becomes one where somebody meets it: a storm, a star."""
    people = list(prose_cast(screenplay.elements).characters)
    text = screenplay.elements[-1].text
    met = _OBJECT.search(text)
    if met and not any(name in tokens(met[1]) for person in people for name in tokens(person.name)):
        head = _object_head(met[1])
        if head and head not in PROPS and not mentioned(head):
            people.append(Character(id=slug(head), name=head, description=met[1].strip()))
    several = [singular(word) for word in tokens(text) if word != singular(word) and singular(word) in ROLES]
    if not people and several:
        taken: set[str] = set()
        people = [Character(id=unique(slug(several[0]), taken), name=several[0]) for _ in range(2)]
    if not people:
        noun = re.search(
            r"\b(?:an?|the)\s+((?:[\w'’\-]+\s+){0,3}?[\w'’\-]+?)(?=\s+(?:who|that|and|in|on|at|with|\w+s)\b)",
            text,
            re.I,
        )
        if noun:
            head = tokens(noun[1])[-1]
            people.append(Character(id=slug(head), name=head, description=noun.group()))
    return Cast(people)


def _object_head(phrase: str) -> str:
    words = tokens(phrase)[1:]
    known = [word for word in words if word in ROLES or any(word in names for _, names in WEATHERS)]
    nouns = [word for word in words if not word.endswith("ly")]
    return known[-1] if known else nouns[-1] if nouns else ""


def _read(screenplay: Screenplay, cast: Cast) -> Idea:
    element = next(one for one in screenplay.elements if one.text)
    text = element.text
    words = [form for word in tokens(text) for form in forms(word)]
    people = [person.id for person in cast.characters]
    named = [place for _, place in mentioned(text)]
    outdoors = next((place for place in named if is_exterior(place)), None)
    indoors = next((place for place in named if not is_exterior(place)), None)
    feelings = [EXPRESSIONS[word] for word in words if word in EXPRESSIONS]
    things = props_in(text)
    outcome = Expression.HAPPY if _GOOD.search(text) else Expression.SAD if _BAD.search(text) else Expression.SURPRISED
    return Idea(
        text=text,
        element=element,
        hero=people[0] if people else None,
        name=cast.characters[0].description if people else "",
        other=people[1] if len(people) > 1 else None,
        outdoors=outdoors or next((_HOMES[word] for word in words if word in _HOMES), Place.LANDSCAPE),
        indoors=indoors or _aboard(text) or next((_ROOMS[word] for word in words if word in _ROOMS), Place.ROOM),
        weather=weather_of([text]),
        detail=next((_DETAILS[word] for word in words if word in _DETAILS), things[0] if things else "window"),
        feeling=feelings[0] if feelings and feelings[0] is not outcome else Expression.NEUTRAL,
        outcome=outcome,
    )


def _aboard(text: str) -> Place | None:
    """The inside of the first vehicle that a line names, which is built outdoors: `rides the last bus home`."""
    for word, _ in mentioned(text):
        inside = place_of((word,), IntExt.INT)
        if inside in {Place.TRAIN, Place.CAR, Place.SHIP, Place.SPACESHIP}:
            return inside
    return None


def _moment(
    idea: Idea, cast: Sequence[str | None], plan: Plan, prop: str = "", lines: tuple[Line, ...] = (), action: str = ""
) -> Moment:
    return Moment(
        span=idea.element.span,
        action=action,
        lines=lines,
        cast=tuple(who for who in cast if who),
        props=(prop,) if prop else (),
        seconds=_SHOT_S,
        plan=plan,
    )


def _arrival(idea: Idea) -> list[Moment]:
    """Where it happens, the line itself heard over it, and who it happens to."""
    parts = split_speech(idea.text)
    lines = [Line(NARRATOR, idea.text[start:end], idea.element.span, opens=start == 0) for start, end in parts]
    moments = [
        _moment(idea, (), Plan(ShotSize.EWS, movement=Movement.PAN_RIGHT), lines=tuple(lines[:1]), action=idea.text)
    ]
    for line in lines[1:]:
        moments.append(_moment(idea, (), Plan(ShotSize.WS, movement=Movement.TILT_DOWN), lines=(line,)))
    walk = Plan(ShotSize.FS, movement=Movement.PAN_LEFT, pose=Pose.WALK, expression=idea.feeling)
    return [*moments, _moment(idea, (idea.hero,), walk, action=idea.name)]


def _at_home(idea: Idea) -> list[Moment]:
    """The hero's own place, a thing that stands for their life, and their face."""
    sit = Plan(ShotSize.WS, movement=Movement.PULL_OUT, pose=Pose.SIT, expression=idea.feeling)
    face = Plan(ShotSize.CU, movement=Movement.PUSH_IN, pose=Pose.SIT, expression=idea.feeling)
    return [
        _moment(idea, (idea.hero,), sit, idea.detail, action=idea.name),
        _moment(idea, (), Plan(ShotSize.CU, movement=Movement.TILT_DOWN), idea.detail),
        _moment(idea, (idea.hero,), face),
    ]


def _encounter(idea: Idea) -> list[Moment]:
    """The other one, or the world in its turmoil; the hero sees it; both in one picture."""
    other = Plan(ShotSize.WS, Angle.LOW, Movement.TILT_UP, Pose.STAND, Expression.NEUTRAL)
    sees = Plan(ShotSize.MCU, movement=Movement.PUSH_IN, pose=Pose.STAND, expression=Expression.SURPRISED)
    both = Plan(ShotSize.FS, movement=Movement.PAN_RIGHT, pose=Pose.STAND, expression=idea.outcome)
    return [
        _moment(idea, (idea.other,), other),
        _moment(idea, (idea.hero,), sees),
        _moment(idea, (idea.hero, idea.other), both, action=idea.text),
    ]


def _afterwards(idea: Idea) -> list[Moment]:
    """What it has made of the hero, and the place again, from further and further away."""
    face = Plan(ShotSize.MCU, movement=Movement.PUSH_IN, pose=Pose.STAND, expression=idea.outcome)
    end = Plan(ShotSize.EWS, movement=Movement.PULL_OUT, pose=Pose.STAND, expression=idea.outcome)
    return [_moment(idea, (idea.hero,), face), _moment(idea, (idea.hero, idea.other), end)]
