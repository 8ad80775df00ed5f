"""Scenes of a story, which has no headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from film.direction.cast import Cast
from film.direction.furnishings import room_of
from film.direction.places import is_exterior, mentioned
from film.direction.scenes import Locations, SceneDraft, refuse_too_many, weather_of
from film.direction.storycast import prose_cast
from film.direction.storyplaces import (
    FURNITURE,
    NOWHERE,
    Setting,
    any_setting,
    last_setting,
    leading_setting,
    opening_setting,
)
from film.direction.times import time_told
from film.direction.words import sentences
from film.script.voices import TELLER
from schemas.enums import ElementKind, IntExt, Place, TimeOfDay, Weather
from schemas.script import Element, Location, Scene, Screenplay, Span

_PART = r"(?:morning|day|afternoon|evening|night|noon|dawn|dusk|week|month|year|spring|summer|autumn|winter|midnight)"
_TIME_PASSES = re.compile(
    rf"\b(?:next|following|that|the same)\s+{_PART}\b|\bone\s+(?:\w+\s+){{0,2}}{_PART}\b"
    r"|\b(?:later|afterwards)\b|\b(?:weeks?|months?|years?|days?|hours?|time)\s+(?:had\s+)?(?:passed|went|elapsed)\b"
    r"|\b(?:at|by|towards?)\s+(?:dawn|dusk|sunrise|sunset|midnight|noon|nightfall|night|evening|daybreak)\b"
    r"|\bat (?:first light|last)\b"
    r"|^\W*it was (?:nearly |almost |already |just |not yet |still |past |after )?(?:dawn|dusk|morning|evening|night|"
    r"noon|midnight|"
    r"daybreak|sunrise|sunset|dark|light)\b"
    r"|\bin the (?:morning|evening|afternoon|small hours|dead of night|middle of the night)\b"
    r"|\b(?:when|as|before|after)\s+(?:\w+\s+){0,3}(?:morning|night|evening|dawn|day|mid-day|midday|noon|midnight|dusk)"
    r"(?:\s+\w+)?\s*(?:came|fell|broke|dawned|,)"
    r"|\bafter\s+(?:an?|two|three|four|five|six|seven|ten|many|several|some)\s+(?:\w+\s+)?(?:hours?|days?|weeks?|"
    r"months?|years?)\b"
    r"|\bthe next\s+(?:two|three|four|few|five|six|several)\s+(?:hours|days|weeks|months|years)\b"
    r"|\bit (?:got|grew|was getting|became) (?:light|dark)\b"
    r"|\bonce upon a time\b"
    r"|^\W*(?:at|by|towards?|about|around|just (?:before|after)) "
    r"(?:half past |(?:a )?quarter (?:past|to) |nearly |almost )?"
    r"(?:\d{1,2}(?:[:.]\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?: o['’]clock\b|:\d\d|,? (?:in the|that) (?:morning|afternoon|evening|night)\b)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:Meanwhile|Elsewhere|Far away|Across (?:the )?town|"
    r"In another (?:part|place)|At that (?:very )?moment,? (?:in|on|at))\b"
)
_INDOORS = re.compile(
    r"(?<![\w-])(?:(?:by|at|from|out of|through) (?:the|a|her|his|their) (?:\w+ )?window|"
    r"(?:opened|closed|shut|locked|bolted) the door|"
    r"on the (?:sofa|couch|hearth|rug|carpet|mantelpiece|mantel)|up the stairs|upstairs|downstairs)(?![\w-])"
)
"""What a story's people do inside, where it names no place that they are at."""
_ROOM = Setting("room", Place.ROOM, IntExt.INT)
_FIRST = 4
"""Among so many elements of a scene its place is looked for; one named later is another scene's."""
_OPENING = 4
"""In so many sentences of a scene its time of day is looked for."""
_WHICHEVER = frozenset(["room", "chamber"])
_WAYS = frozenset({Place.STAIRS, Place.CORRIDOR})
"""From where `the room` is another place."""
_VAGUE = frozenset({Place.ROOM, Place.LIVING_ROOM, Place.HOUSE})
"""Rooms that what stands in them tells better."""
_NEW_CAST = 3
"""Of so many paragraphs none may name whom the scene has, for its cast to have changed."""


@dataclass(slots=True)
class _Group:
    """The elements of a scene, and where and when it is as far as its beginning says."""

    elements: list[Element] = field(default_factory=list)
    setting: Setting | None = None
    elapsed: bool = False


def prose_scenes(screenplay: Screenplay, cast: Cast | None = None) -> tuple[list[SceneDraft], tuple[Location, ...]]:
    """Divide a story where its place, its time or its people change.

    Args:
        screenplay: A story.
        cast: Its characters; found from the story where they are not given.

    Returns:
        The scenes and their locations; a story that names no place is set in a landscape by day.

    Raises:
        InvalidScript: There are more scenes than a film may have.
    """
    groups = _groups(screenplay.elements, cast or prose_cast(screenplay.elements))
    refuse_too_many(len(groups), screenplay.title)
    locations = Locations()
    names: dict[str, str] = {}
    drafts: list[SceneDraft] = []
    for index, group in enumerate(groups):
        drafts.append(_draft(index, group, drafts[-1].scene if drafts else None, locations, names))
    return drafts, locations.all()


def _groups(elements: Sequence[Element], cast: Cast) -> list[_Group]:
    """Elements of each scene: a break, or an action that leads elsewhere or to another time, begins a new one."""
    changes = _cast_changes(elements, cast)
    groups: list[_Group] = []
    here: Setting | None = None
    going: Setting | None = None
    broken = True
    before: Element | None = None
    for number, element in enumerate(elements):
        if element.kind in {ElementKind.PAGE_BREAK, ElementKind.SECTION}:
            broken = True
            continue
        begins = _begins_paragraph(before, element)
        before = element
        told = element.kind is ElementKind.ACTION and begins
        named = (opening_setting(element.text) or leading_setting(element.text)) if told else None
        time = told and _passes(element.text)
        late = here is None and bool(groups) and len(groups[-1].elements) >= _FIRST
        told_of = named or (going if begins else None)
        if late and not broken and told_of is not None and told_of.name in _WHICHEVER:
            here = groups[-1].setting = told_of  # `She came into the room`: they have been there all along
            late = False
        moved = named is not None and (late or (here is not None and not _same(named, here)))
        gone = going is not None and begins and (late or (here is not None and not _same(going, here)))
        if broken or not groups or moved or gone or time or number in changes:
            setting = named or (going if gone else None)
            groups.append(_Group(setting=setting, elapsed=bool(time)))
            here = setting or (None if broken else here)
            broken, going = False, None
        groups[-1].elements.append(element)
        if element.kind is ElementKind.ACTION:
            # What frames speech, `said Nell, wringing out her jacket`, tells of where they are anyway.
            told_on = element.text if begins or not element.text[:1].islower() else _behind_first(element.text)
            going = last_setting(told_on) or going
            if here is None and len(groups[-1].elements) <= _FIRST:
                here = groups[-1].setting = named or _first_setting(elements, number)
                going = None if here is None else going
    return groups


def _behind_first(text: str) -> str:
    """A text without its first sentence."""
    ranges = sentences(text)
    return text[ranges[0][1] :] if ranges else ""


def _first_setting(elements: Sequence[Element], number: int) -> Setting | None:
    """Where a scene begins: the place it is at, else the room its furniture tells of, else a place spoken of."""
    text = elements[number].text
    sure = any_setting(text, sure_only=True)
    if sure is not None:
        return sure
    ahead = [one.text for one in elements[number : number + 2 * _FIRST] if one.kind is ElementKind.ACTION]
    room = room_of(ahead)
    if room is not None:
        return Setting(room.value.replace("_", " "), room, IntExt.INT)
    return _ROOM if _INDOORS.search(text) else any_setting(text)


def _begins_paragraph(before: Element | None, element: Element) -> bool:
    """Whether an element begins a paragraph: speech and what frames it stand side by side on a line."""
    if before is None or (before.kind is element.kind is ElementKind.ACTION):
        return True
    if before.kind in {ElementKind.PAGE_BREAK, ElementKind.SECTION}:
        return True
    return element.span.start - before.span.end > 1 and not element.text[:1].islower()


def _passes(text: str) -> bool:
    """Whether time passes in a paragraph's first sentence."""
    ranges = sentences(text[:600])
    opening = text[: ranges[0][1]] if ranges else text
    return bool(_TIME_PASSES.search(opening) or _ELSEWHERE.match(opening))


def _same(one: Setting, other: Setting) -> bool:
    """Whether two settings are one: `the room` is whichever room it was, and its bed stands in it."""
    if one.int_ext is not other.int_ext:
        return False
    vague = one.int_ext is IntExt.INT and (one.name in _WHICHEVER or one.name in FURNITURE)
    vague = vague and other.place not in _WAYS
    return vague or one.place is other.place


def _cast_changes(elements: Sequence[Element], cast: Cast) -> set[int]:
    """Where a story turns to other people: a paragraph of narration names some, and nobody of the scene for a while."""
    named: list[tuple[int, set[str]]] = []
    for number, element in enumerate(elements):
        if element.kind is ElementKind.ACTION:
            named.append((number, set(cast.mentions(element.text))))
        elif element.kind is ElementKind.DIALOGUE:
            who = cast.of(element.speaker) if element.speaker and element.speaker != TELLER else None
            named.append((number, {who or TELLER, *cast.mentions(element.text)}))
        else:
            named.append((number, set()))
    changes: set[int] = set()
    present: set[str] = set()
    since = 0
    for at, (number, people) in enumerate(named):
        element = elements[number]
        if element.kind in {ElementKind.PAGE_BREAK, ElementKind.SECTION}:
            present, since = set(), at
        opens = element.kind is ElementKind.ACTION and not _PRONOUN.search(element.text[:120])
        others = present and TELLER not in present and not present & people
        if people and others and opens and at - since >= _NEW_CAST - 1:
            ahead = [who for _, who in named[at : at + _NEW_CAST] if who]
            if len(ahead) == _NEW_CAST and not any(present & who for who in ahead):
                changes.add(number)
                present, since = set(), at
        present |= people
    return changes


_PRONOUN = re.compile(r"\b(?:I|[Hh]e|[Ss]he|[Tt]hey|[Hh]is|[Hh]er|[Tt]heir|[Hh]im|[Tt]hem|[Ww]e|my|our)\b")


def _draft(index: int, group: _Group, before: Scene | None, locations: Locations, names: dict[str, str]) -> SceneDraft:
    words = [element.text for element in group.elements if element.kind is ElementKind.ACTION]
    text = " ".join(words)
    setting = group.setting or (_spoken_of(words) if before is None else None)
    if setting is not None:
        place, name, int_ext = setting.place, setting.name, setting.int_ext
    elif before is not None:
        place, name, int_ext = before.place, names[before.location], before.int_ext
    else:
        place, name, int_ext = Place.LANDSCAPE, "", IntExt.EXT
    if place in _VAGUE and int_ext is not IntExt.EXT:
        furnished = room_of(words)
        if furnished is not None:
            place, name = furnished, name if setting is None and before else furnished.value.replace("_", " ")
    elif (
        setting is None
        and (before is None or _left_outside(before, group))
        and (furnished := room_of(words)) is not None
    ):
        place, name, int_ext = furnished, furnished.value.replace("_", " "), IntExt.INT
    location = locations.at(name, place)
    names.setdefault(location.id, name)
    scene = Scene(
        index=index,
        int_ext=int_ext,
        location=location.id,
        place=location.place,
        time_of_day=time_told(text, sentences_read=_OPENING if before else None)
        or (before.time_of_day if before else TimeOfDay.DAY),
        weather=weather_of(words, before if before and not group.elapsed else None)
        if words
        else (before.weather if before else Weather.CLEAR),
        span=Span(start=group.elements[0].span.start, end=group.elements[-1].span.end),
    )
    return SceneDraft(scene=scene, elements=tuple(group.elements), elapsed=group.elapsed and before is not None)


def _left_outside(before: Scene, group: _Group) -> bool:
    """Whether time has passed since a scene outside: what stands around now tells of a room."""
    return group.elapsed and before.int_ext is IntExt.EXT


def _spoken_of(words: Sequence[str]) -> Setting | None:
    """The first place that a story's first scene speaks of at all."""
    for text in words:
        found = [one for one in mentioned(text) if one[0] not in NOWHERE]
        if found:
            name, place = found[0]
            return Setting(name, place, IntExt.EXT if is_exterior(place) else IntExt.INT)
    return None


__all__ = ["prose_cast", "prose_scenes"]
