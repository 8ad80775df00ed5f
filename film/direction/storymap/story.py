"""What a story map shows: scenes in time, and who is in them, taken from a breakdown."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from film.direction.cast import NARRATOR
from film.direction.identity import place_name, scene_numbers
from schemas.enums import TimeOfDay
from schemas.rate import seconds_of
from schemas.script import Breakdown

MOST_PEOPLE = 25
"""More lines than this cannot be told apart; the rest of the cast is counted."""

LONGEST_ABSENCE = 7
"""A line that is in none of more scenes than this in a row is interrupted."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has a line in the map."""

    name: str
    stretches: tuple[tuple[int, int], ...]
    """First and last scene of each stretch of the line."""


@dataclass(frozen=True, slots=True)
class Column:
    """A scene."""

    title: str
    """The name of its place."""
    number: str
    """Empty where the script numbers other scenes and not this one."""
    place: int
    """Index into the map's places."""
    time: TimeOfDay
    start_s: float
    members: dict[int, int]
    """Index of each person in it → how many lines they speak."""
    talks: tuple[tuple[int, int], ...]
    """Pairs of persons who speak to each other in it."""
    others: int
    """How many more of the cast are in it."""
    props: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """All that is drawn."""

    title: str
    seconds: float
    shots: int
    columns: tuple[Column, ...]
    people: tuple[Person, ...]
    places: tuple[str, ...]
    unseen: int
    """How many of the cast have no line of their own."""


def story_of(film: Breakdown) -> Story:
    """Collect what a story map shows.

    Args:
        film: The breakdown.

    Returns:
        The story; people in the order of their first scenes.
    """
    spoken, present, props, starts = _by_scene(film)
    shown = _who_matters(spoken, present)
    index = {who: at for at, who in enumerate(shown)}
    names = {location.id: location.name for location in film.locations}
    titles = [" ".join(place_name(scene, names).split()) for scene in film.scenes]
    places = list(dict.fromkeys(title.casefold() for title in titles))
    talks, numbers = _talks(film, index), scene_numbers(film.scenes)
    columns = tuple(
        Column(
            title=titles[at],
            number=numbers[scene.index],
            place=places.index(titles[at].casefold()),
            time=scene.time_of_day,
            start_s=starts[at],
            members={index[who]: spoken[at][who] for who in present[at] if who in index},
            talks=tuple(talks[at]),
            others=sum(who not in index for who in present[at]),
            props=tuple(props[at]),
        )
        for at, scene in enumerate(film.scenes)
    )
    called = {person.id: person.name for person in film.characters}
    people = tuple(
        Person(called[who], _stretches([at for at, column in enumerate(columns) if index[who] in column.members]))
        for who in shown
    )
    everybody = {who for group in present for who in group}
    return Story(
        title=film.title,
        seconds=film.runtime_s,
        shots=len(film.shots),
        columns=columns,
        people=people,
        places=tuple(next(title for title in titles if title.casefold() == place) for place in places),
        unseen=len(everybody) - len(shown),
    )


def _talks(film: Breakdown, index: dict[str, int]) -> dict[int, list[tuple[int, int]]]:
    """Who speaks to whom in which scene, each pair once, from the scene graph."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for edge in film.graph.edges:
        if edge.relation == "speaks_to":
            one, two = (index.get(end.removeprefix("character:"), -1) for end in (edge.source, edge.target))
            if 0 <= one < two:
                for scene in edge.scenes:
                    found[scene].append((one, two))
    return found


def _by_scene(
    film: Breakdown,
) -> tuple[list[Counter[str]], list[dict[str, None]], list[dict[str, None]], list[float]]:
    """Of each scene: lines by speaker, who is there, what things act, and when it begins."""
    known = {person.id for person in film.characters}
    spoken: list[Counter[str]] = [Counter() for _ in film.scenes]
    present: list[dict[str, None]] = [{} for _ in film.scenes]
    props: list[dict[str, None]] = [{} for _ in film.scenes]
    starts: list[float] = [0.0] * len(film.scenes)
    begun: set[int] = set()
    elapsed = 0
    for shot in film.shots:
        at = shot.scene
        if at not in begun:
            begun.add(at)
            starts[at] = seconds_of(elapsed, film.fps)
        elapsed += shot.frames
        spoken[at].update(line.character for line in shot.dialogue if line.character != NARRATOR)
        there = (*shot.subjects, *(line.character for line in shot.dialogue))
        present[at] |= dict.fromkeys(who for who in there if who in known)
        props[at] |= dict.fromkeys(shot.props)
    return spoken, present, props, starts


def _who_matters(spoken: list[Counter[str]], present: list[dict[str, None]]) -> list[str]:
    """Those with the most scenes and lines, in the order in which they come."""
    weight: Counter[str] = Counter()
    for lines, there in zip(spoken, present, strict=True):
        for who in there:
            weight[who] += 2 + lines[who]
    order = list(dict.fromkeys(who for there in present for who in there))
    most = sorted(order, key=lambda who: (-weight[who], order.index(who)))[:MOST_PEOPLE]
    return [who for who in order if who in set(most)]


def _stretches(scenes: list[int]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for at in scenes:
        if found and at - found[-1][1] <= LONGEST_ABSENCE + 1:
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return tuple(found)
