"""Scenes of a story, which has no headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from film.direction.places import is_exterior, mentioned
from film.direction.scenes import Locations, SceneDraft, tension_of, weather_of
from film.direction.sluglines import time_in
from film.direction.storycast import prose_cast
from film.direction.words import forms, sentences, tokens
from schemas.enums import ElementKind, IntExt, Place, TimeOfDay, Weather
from schemas.script import Element, Location, Scene, Screenplay, Span

_TIME_PASSES = re.compile(
    r"\b(?:next|following|that|one|the same)\s+(?:morning|day|afternoon|evening|night|week|month|year)\b"
    r"|\b(?:next|following|that|one)\s+(?:spring|summer|autumn|winter)\b"
    r"|\b(?:later|years? (?:passed|went)|days? (?:passed|went)|hours? (?:passed|went))\b"
    r"|\b(?:at|by)\s+(?:dawn|dusk|sunrise|sunset|midnight|noon|nightfall|night|first light)\b"
    r"|\bin the (?:morning|evening|afternoon)\b|\bwhen (?:morning|night|evening|dawn) came\b",
    re.IGNORECASE,
)
_TOWARDS = frozenset(
    "in into inside at on onto to through across along down up over outside under beneath beside behind reached "
    "entered aboard".split()
)
_STOPS = _TOWARDS | frozenset("from by and but with for while as when that which who was were is are".split())


def prose_scenes(screenplay: Screenplay) -> tuple[list[SceneDraft], tuple[Location, ...]]:
    """Divide a story where its place or time changes.

    Args:
        screenplay: A story.

    Returns:
        The scenes and their locations; a story that names no place is set in a landscape by day.
    """
    groups = _groups(screenplay.elements)
    locations = Locations()
    drafts: list[SceneDraft] = []
    for index, group in enumerate(groups):
        drafts.append(_draft(index, group, drafts[-1].scene if drafts else None, locations))
    return drafts, locations.all()


def _groups(elements: Sequence[Element]) -> list[list[Element]]:
    """Elements of each scene: a break, or an action that leads elsewhere or to another time, begins a new one."""
    groups: list[list[Element]] = []
    place: str | None = None
    fresh = True
    for element in elements:
        if element.kind in {ElementKind.PAGE_BREAK, ElementKind.SECTION}:
            fresh = True
            continue
        moved = element.kind is ElementKind.ACTION and _moves_on(element.text, place, bool(groups))
        if fresh or moved or not groups:
            groups.append([])
            fresh = False
        groups[-1].append(element)
        if element.kind is ElementKind.ACTION:
            place = _place_named(element.text) or place
    return groups


def _moves_on(text: str, place: str | None, begun: bool) -> bool:
    if not begun or text[:1].islower():
        return False
    opening = text[: sentences(text)[0][1]] if sentences(text) else text
    if _TIME_PASSES.search(opening):
        return True
    named = _place_named(opening) or next((name for name in map(_place_leading, _sentences(text)) if name), None)
    return named is not None and place is not None and _family(named) is not _family(place)


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def _place_leading(sentence: str) -> str | None:
    """The place a sentence begins with: `In the street a girl stopped`."""
    words = tokens(sentence)
    return _place_named(" ".join(words[:5])) if words and words[0] in _TOWARDS else None


def _place_named(text: str) -> str | None:
    """The first place somebody is at or goes to: `into the old lighthouse` gives `lighthouse`."""
    words = tokens(text)
    for at, word in enumerate(words):
        if word not in _TOWARDS:
            continue
        for following in words[at + 1 : at + 7]:
            if following in _STOPS:
                break
            hit = next((form for form in forms(following) if mentioned(form)), None)
            if hit:
                return hit
    return None


def _opening_place(words: Sequence[str]) -> str | None:
    """The place that the first of a scene's paragraphs names: at the head of a sentence, or anywhere."""
    opening = words[0] if words else ""
    leading = next((name for name in map(_place_leading, _sentences(opening)) if name), None)
    return leading or _place_named(opening)


def _family(word: str) -> Place | None:
    found = mentioned(word)
    return found[0][1] if found else None


def _draft(index: int, group: Sequence[Element], before: Scene | None, locations: Locations) -> SceneDraft:
    words = [element.text for element in group if element.kind is ElementKind.ACTION]
    text = " ".join(words)
    named = _opening_place(words) or (mentioned(text)[0][0] if mentioned(text) and before is None else None)
    place = (_family(named) if named else None) or (before.place if before else Place.LANDSCAPE)
    location = locations.at(
        named or (before and next(p.name for p in locations.all() if p.id == before.location)) or "", place
    )
    elapsed = bool(before) and bool(_TIME_PASSES.search(text[:160]))
    scene = Scene(
        index=index,
        int_ext=IntExt.EXT if is_exterior(place) else IntExt.INT,
        location=location.id,
        place=location.place,
        time_of_day=_time(text) or (before.time_of_day if before else TimeOfDay.DAY),
        weather=weather_of(words, before if before and not elapsed else None)
        if words
        else (before.weather if before else Weather.CLEAR),
        span=Span(start=group[0].span.start, end=group[-1].span.end),
        tension=tension_of(words, group),
    )
    return SceneDraft(scene=scene, elements=tuple(group), elapsed=elapsed)


def _time(text: str) -> TimeOfDay | None:
    return next((time for time in (time_in(text[start:end]) for start, end in sentences(text)) if time), None)


__all__ = ["prose_cast", "prose_scenes"]
