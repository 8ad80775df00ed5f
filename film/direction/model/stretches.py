"""What a model is given to direct: stretches of the script as numbered beats, made from the rules' breakdown.

Words, spans and times stay here. The model sees numbers and answers with numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from film.direction.timing import BREATH_S, frames_of
from film.direction.transitions import Join
from film.direction.words import tokens
from schemas.enums import FadeColour, Side, TransitionKind
from schemas.rate import Rate
from schemas.script import Breakdown, Character, Dialogue, Location, Scene, Shot, Span

MOST_BEATS = 40
"""Beats of one stretch. A longer scene is several: answers get worse as they get longer."""

_WRITTEN = frozenset({"note", "script_camera"})
"""Rules by which the script itself directs."""
_SIDES = (Side.LEFT, Side.RIGHT, Side.CENTRE)


@dataclass(frozen=True, slots=True)
class Beat:
    """The least that a shot can hold: an action, a line, or both where they belong together."""

    number: int
    """Counted from 1 within the stretch."""
    shot: str
    """Id of the rules' shot that holds it."""
    span: Span
    action: str
    lines: tuple[Dialogue, ...]
    """`start_frame` counts from the beat's first line."""
    lead: int
    """Frames before the first line."""
    frames: int
    """From there to the end of what is heard; all of it where nothing is."""
    tail: int
    """Frames a shot goes on after it, where it ends the shot."""
    camera: Shot | None
    """The rules' shot of it, where the script itself says what its camera does."""
    moves: bool
    """Whether the script also says how that camera moves."""

    @property
    def empty(self) -> bool:
        """Whether nothing of the script is in it: a look at the place, which the rules put there."""
        return not self.action and not self.lines


@dataclass(frozen=True, slots=True)
class Stretch:
    """A scene, or as much of one as one answer can hold."""

    scene: Scene
    part: int
    """Counted from 1."""
    parts: int
    location: Location
    shots: tuple[Shot, ...]
    """As the rules directed it."""
    beats: tuple[Beat, ...]
    people: tuple[Character, ...]
    """Who is in the scene: nobody else may be shown."""
    sides: Mapping[str, Side]
    """Where each of them stands, through all of the scene: the 180° line."""
    props: tuple[str, ...]
    """Things of the scene that can be shown."""
    join: Join
    """How the rules join its first shot to what was before; the script may say so."""
    ending: int
    """Frames that the last shot is held after its last word; 0 unless the film ends here."""


def joins_of(shots: Sequence[Shot]) -> list[Join]:
    """Read from directed shots how each is joined to the one before."""
    left: list[FadeColour | None] = [None]
    left += [shot.transition_out_via if shot.transition_out is TransitionKind.FADE else None for shot in shots]
    return [
        Join(shot.transition_in, leaves=leaves, via=shot.transition_in_via)
        for shot, leaves in zip(shots, left, strict=False)
    ]


def stretches_of(breakdown: Breakdown) -> list[Stretch]:
    """Divide a breakdown into what a model is asked about.

    A stretch ends where a scene does, where the script or the passing of time puts a transition, and after
    `MOST_BEATS`: so what is joined stays joined, whatever is answered.

    Args:
        breakdown: The rules'.

    Returns:
        Stretches in order; their shots are the breakdown's.
    """
    joins = {shot.id: join for shot, join in zip(breakdown.shots, joins_of(breakdown.shots), strict=True)}
    places = {location.id: location for location in breakdown.locations}
    names = _names(breakdown.characters)
    order = {person.id: person for person in breakdown.characters}
    found: list[Stretch] = []
    for index, group in groupby(breakdown.shots, key=lambda shot: shot.scene):
        shots = tuple(group)
        scene = breakdown.scenes[index]
        people = _people(shots, names, order)
        sides = _sides(people, shots)
        props = tuple(dict.fromkeys(prop for shot in shots for prop in shot.props))
        parts = list(_parts(shots, joins, breakdown.fps))
        for number, (part, beats) in enumerate(parts, 1):
            found.append(
                Stretch(
                    scene=scene,
                    part=number,
                    parts=len(parts),
                    location=places[scene.location],
                    shots=part,
                    beats=beats,
                    people=people,
                    sides=sides,
                    props=props,
                    join=joins[part[0].id],
                    ending=_ending(part[-1]) if part[-1] is breakdown.shots[-1] else 0,
                )
            )
    return found


def _parts(
    shots: Sequence[Shot], joins: Mapping[str, Join], fps: Rate
) -> Iterable[tuple[tuple[Shot, ...], tuple[Beat, ...]]]:
    part: list[Shot] = []
    beats: list[Beat] = []
    for shot in shots:
        made = list(_beats(shot, fps))
        if part and (joins[shot.id] != Join() or len(beats) + len(made) > MOST_BEATS):
            yield tuple(part), _numbered(beats)
            part, beats = [], []
        part.append(shot)
        beats += made
    yield tuple(part), _numbered(beats)


def _numbered(beats: Sequence[Beat]) -> tuple[Beat, ...]:
    return tuple(replace(beat, number=number) for number, beat in enumerate(beats, 1))


def _beats(shot: Shot, fps: Rate) -> Iterable[Beat]:
    """Divide a shot: a beat for each line, except that lines heard at the same time stay together."""
    camera, moves = _asked_for(shot)
    if not shot.dialogue:
        yield Beat(0, shot.id, shot.span, shot.action, (), 0, shot.frames, 0, camera, moves)
        return
    groups: list[list[Dialogue]] = []
    end = 0
    for line in shot.dialogue:
        if groups and line.start_frame < end:
            groups[-1].append(line)
        else:
            groups.append([line])
        end = max(end, line.start_frame + line.frames)
    at = 0
    for number, group in enumerate(groups):
        begins = group[0].start_frame
        ends = max(line.start_frame + line.frames for line in group)
        first, last = number == 0, number == len(groups) - 1
        yield Beat(
            number=0,
            shot=shot.id,
            span=_span([line.span for line in group], shot.span, first, last),
            action=shot.action if first else "",
            lines=tuple(line.model_copy(update={"start_frame": line.start_frame - begins}) for line in group),
            lead=begins - at,
            frames=ends - begins,
            tail=shot.frames - ends if last else frames_of(BREATH_S, fps),
            camera=camera if first else None,
            moves=moves and first,
        )
        at = ends


def _span(lines: Sequence[Span], shot: Span, first: bool, last: bool) -> Span:
    """The source of a part of a shot; what surrounds its lines belongs to the first and the last part."""
    start, end = min(span.start for span in lines), max(span.end for span in lines)
    return Span(start=min(start, shot.start) if first else start, end=max(end, shot.end) if last else end)


def _asked_for(shot: Shot) -> tuple[Shot | None, bool]:
    """Whether the script says what the camera does in a shot; how it moves is then the rules' as well."""
    asked = shot.rule in _WRITTEN
    return (shot if asked else None), asked


def _ending(shot: Shot) -> int:
    if not shot.dialogue:
        return 0
    return shot.frames - max(line.start_frame + line.frames for line in shot.dialogue)


def _names(characters: Sequence[Character]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Names and aliases as words, by their first word."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for person in characters:
        for name in (person.name, *person.aliases):
            words = tuple(tokens(name))
            if words:
                found.setdefault(words[0], []).append((words, person.id))
    return found


def _people(
    shots: Sequence[Shot],
    names: Mapping[str, Sequence[tuple[tuple[str, ...], str]]],
    characters: Mapping[str, Character],
) -> tuple[Character, ...]:
    """Who is seen, heard, or named by the action of a scene, in this order; a narrator is nobody."""
    here: dict[str, None] = {}
    for shot in shots:
        here.update(dict.fromkeys((*shot.subjects, *(line.character for line in shot.dialogue))))
        words = tuple(tokens(shot.action))
        for at, word in enumerate(words):
            here.update((who, None) for name, who in names.get(word, ()) if words[at : at + len(name)] == name)
    return tuple(characters[who] for who in here if who in characters)


def _sides(people: Sequence[Character], shots: Sequence[Shot]) -> dict[str, Side]:
    """The side on which the rules placed everybody; who was not in a picture yet gets the emptiest."""
    sides = {one.character: one.side for shot in shots for one in shot.staging}
    for person in people:
        if person.id not in sides:
            taken = list(sides.values())
            sides[person.id] = Side.CENTRE if len(people) == 1 else min(_SIDES, key=taken.count)
    return {person.id: sides[person.id] for person in people}
