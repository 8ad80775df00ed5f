"""Directs a script: from elements to scenes and shots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from film.direction.cast import NARRATOR, Cast, screenplay_cast
from film.direction.grammar import Setup, Situation, set_up
from film.direction.graph import scene_graph
from film.direction.idea import develop, is_idea
from film.direction.moments import Line, Moment, MomentReader, joined
from film.direction.moves import Operator, meanings
from film.direction.prose import prose_cast, prose_scenes
from film.direction.scenes import SceneDraft, screenplay_scenes
from film.direction.staging import Stage
from film.direction.timing import breath_frames, frames_of, shot_seconds
from film.direction.transitions import Join, join_shots, read_transitions
from film.script.collector import collector_held
from schemas.enums import Movement, ScriptFormat
from schemas.errors import InvalidScript
from schemas.script import Breakdown, Dialogue, Element, Location, Screenplay, Shot, Span

_ESTABLISHING_S = 3.0
_LAST_BREATH_S = 1.6
"""How long the last shot is held after the last word, in seconds: the film fades to black in it."""
_SHORT_LINE_S = 1.5
_SHARED_S = 4.4
_REACH = 8
"""How many moments away a partner in conversation is looked for."""
_AHEAD = 3
"""How many moments ahead: who comes much later is not there yet."""
_PLACE_MEMORY = 2
"""A place not seen for this many scenes is established again."""


@collector_held()
def direct(screenplay: Screenplay, *, fps: int = 24) -> Breakdown:
    """Break a screenplay or a story down into scenes and shots.

    The same screenplay always gives the same breakdown.

    Args:
        screenplay: As `film.script.read` returns it.
        fps: Frames a second of the film; every length is a whole number of frames.

    Returns:
        The breakdown. Each line of dialogue is in it exactly once, in the order of the script.

    Raises:
        InvalidScript: There is nothing in the script that could be shown: only a title page, notes or headings of
            nothing.
    """
    cast, drafts, locations, moments = _analysed(screenplay)
    if not drafts:
        raise _nothing(screenplay)
    if not any(group for group in moments) and not any(draft.scene.heading for draft in drafts):
        raise _nothing(screenplay)
    film = _Film(cast, fps)
    for draft, group in zip(drafts, moments, strict=True):
        film.shoot(draft, group, last=draft is drafts[-1])
    shots = tuple(join_shots(film.shots, film.joins, fps))
    scenes = tuple(draft.scene for draft in drafts)
    return Breakdown(
        title=screenplay.title,
        format=screenplay.format,
        characters=cast.characters,
        locations=locations,
        elements=_numbered(screenplay, drafts),
        scenes=scenes,
        shots=shots,
        graph=scene_graph(cast.characters, locations, scenes, shots),
        fps=fps,
        runtime_s=sum(shot.frames for shot in shots) / fps,
    )


def _nothing(screenplay: Screenplay) -> InvalidScript:
    return InvalidScript(f"{screenplay.title!r} holds nothing that can be shown: write a scene, an action or a line.")


def _analysed(screenplay: Screenplay) -> tuple[Cast, list[SceneDraft], tuple[Location, ...], list[list[Moment]]]:
    if is_idea(screenplay):
        return develop(screenplay)
    if screenplay.format is ScriptFormat.PROSE:
        cast = prose_cast(screenplay.elements)
        drafts, locations = prose_scenes(screenplay)
    else:
        cast = screenplay_cast(screenplay.elements)
        drafts, locations = screenplay_scenes(screenplay)
    reader = MomentReader(cast, screenplay.format)
    return cast, drafts, locations, [reader.read(draft) for draft in drafts]


def _numbered(screenplay: Screenplay, drafts: Sequence[SceneDraft]) -> tuple[Element, ...]:
    """The elements with their scenes: known from the headings in a screenplay, from the direction in prose."""
    if screenplay.format is not ScriptFormat.PROSE:
        return screenplay.elements
    numbered = []
    for element in screenplay.elements:
        scene = next(
            (d.scene.index for d in drafts if d.scene.span.start <= element.span.start < d.scene.span.end), None
        )
        numbered.append(element.model_copy(update={"scene": scene}))
    return tuple(numbered)


def paired(moments: Sequence[Moment]) -> list[Moment]:
    """Put short lines that answer each other into one moment, which is then seen as a shot of two."""
    found: list[Moment] = []
    for moment in moments:
        before = found[-1] if found else None
        if (
            before is not None
            and before.spoken
            and moment.spoken
            and before.cast
            and moment.cast
            and not moment.action
            and not before.action
            and not moment.entered_by
            and not moment.manner
            and max(line.seconds for line in (*before.lines, *moment.lines)) <= _SHORT_LINE_S
            and before.heard + moment.heard <= _SHARED_S
            and len({line.character for line in (*before.lines, *moment.lines)}) == 2
        ):
            found[-1] = joined(before, moment)
        else:
            found.append(moment)
    return found


def _partner(moments: Sequence[Moment], at: int, present: Sequence[str]) -> str | None:
    """Whom the speaker of a moment speaks to: who spoke last before, else who answers, else whoever else is there."""
    here = moments[at].cast
    for moment in [*reversed(moments[max(0, at - _REACH) : at]), *moments[at + 1 : at + 1 + _AHEAD]]:
        if moment.spoken and moment.cast and moment.cast[0] not in here:
            return moment.cast[0]
    return next((who for who in reversed(present) if who not in here), None)


class _Film:
    """The film as it grows, shot by shot."""

    def __init__(self, cast: Cast, fps: int) -> None:
        self.shots: list[Shot] = []
        self.joins: list[Join] = []
        self._cast = cast
        self._fps = fps
        self._operator = Operator()
        self._seen: dict[str, int] = {}

    def shoot(self, draft: SceneDraft, moments: Sequence[Moment], last: bool) -> None:
        """Shoot a scene; the last one's last shot is held until after its last word."""
        scene = draft.scene
        last_seen = self._seen.get(scene.location, -_PLACE_MEMORY - 1)
        new_place = scene.index - last_seen > _PLACE_MEMORY
        self._seen[scene.location] = scene.index
        group = paired(moments)
        if not group or (new_place and group[0].spoken):
            entered = group[0].entered_by if group else ()
            heading = Span(start=scene.span.start, end=scene.span.start + len(scene.heading or ""))
            group.insert(0, Moment(span=heading, seconds=_ESTABLISHING_S, entered_by=entered))
        stage = Stage(self._cast, group)
        setup: Setup | None = None
        turn = part = inserts = 0
        for number, moment in enumerate(group):
            opens = not moment.lines or moment.lines[0].opens
            part = 0 if opens else part + 1
            situation = Situation(
                scene=scene,
                number=number,
                progress=number / max(1, len(group) - 1),
                new_place=new_place,
                present=stage.present,
                turn=turn,
                speech_part=part,
                partner=_partner(group, number, stage.present),
                previous=setup,
                inserts=inserts,
            )
            setup = set_up(moment, situation)
            inserts += setup.rule == "insert"
            turn += moment.spoken
            setup = replace(setup, subjects=stage.apart(setup.subjects))
            self._add(moment, setup, situation, stage, last and number == len(group) - 1)
            elapsed = number == 0 and draft.elapsed
            self.joins.append(read_transitions(moment.entered_by if number or group[0] is moment else (), elapsed))

    def _add(self, moment: Moment, setup: Setup, situation: Situation, stage: Stage, last: bool) -> None:
        staging = stage.place(moment, setup)
        movement: Movement = self._operator.choose(meanings(moment, setup, situation, staging), setup.movement)
        dialogue, frames = self._timed(moment, situation)
        if last:
            frames = max(frames, dialogue_end(dialogue) + frames_of(_LAST_BREATH_S, self._fps))
        self.shots.append(
            Shot(
                id=f"s{situation.scene.index + 1:03d}-{situation.number + 1:03d}",
                scene=situation.scene.index,
                size=setup.size,
                angle=setup.angle,
                movement=movement,
                subjects=setup.subjects,
                staging=staging,
                props=moment.props,
                action=" ".join(moment.action.split()),
                dialogue=dialogue,
                frames=frames,
                duration_s=frames / self._fps,
                span=moment.span,
            )
        )

    def _timed(self, moment: Moment, situation: Situation) -> tuple[tuple[Dialogue, ...], int]:
        """Lay the lines one after the other into a shot, and find its length: calm shots longer, tense ones shorter."""
        at = breath_frames(self._fps)
        dialogue: list[Dialogue] = []
        for line in moment.lines:
            frames = frames_of(line.seconds, self._fps)
            dialogue.append(_dialogue(line, at, frames))
            at += frames
        heard = frames_of(shot_seconds(moment.heard), self._fps) if moment.lines else 0
        pace = 1.12 - 0.24 * situation.scene.tension
        seen = 0 if moment.spoken else frames_of(moment.seconds * pace, self._fps)
        return tuple(dialogue), max(heard, seen, at)


def dialogue_end(dialogue: Sequence[Dialogue]) -> int:
    """First frame of a shot after its last word."""
    return max((line.start_frame + line.frames for line in dialogue), default=0)


def _dialogue(line: Line, start: int, frames: int) -> Dialogue:
    return Dialogue(character=line.character, text=line.text, span=line.span, start_frame=start, frames=frames)


__all__ = ["NARRATOR", "direct", "paired"]
