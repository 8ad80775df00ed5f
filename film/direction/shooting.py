"""Shoots scenes: each moment becomes a shot, by the rules of the grammar, in the order of the script."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from film.direction.cast import Cast
from film.direction.closing_in import close_in, nearer
from film.direction.delivery import addressed
from film.direction.grammar import set_up
from film.direction.identity import Content
from film.direction.lengths import Length, dialogue_in, length_of
from film.direction.moments import Moment, joined
from film.direction.moves import Operator, meanings
from film.direction.pacing import tension_at, tension_of_moment
from film.direction.scenes import SceneDraft
from film.direction.situation import TENSE, Setup, Situation
from film.direction.staging import Stage
from film.direction.titles import is_elsewhen
from film.direction.transitions import Join, read_transitions
from schemas.base import unchecked
from schemas.enums import ElementKind, Movement
from schemas.rate import Rate, seconds_of
from schemas.script import Scene, Shot, Span, Staging

_ESTABLISHING_S = 3.0
_SHORT_LINE_S = 1.5
_SHARED_S = 4.4
_DUAL_S = 9.0
"""Longest two speeches at the same time that share a shot, in seconds."""
_REACH = 8
"""How many moments away a partner in conversation is looked for."""
_AHEAD = 3
"""How many moments ahead: who comes much later is not there yet."""
_shot = unchecked(Shot)


class Take(NamedTuple):
    """A shot before its length is settled."""

    moment: Moment
    setup: Setup
    scene: Scene
    number: int
    tension: float
    movement: Movement
    staging: tuple[Staging, ...]
    length: Length
    join: Join
    """How it is joined to the one before."""
    last: bool

    @property
    def content(self) -> Content:
        """What the shot's key is made from."""
        setup, moment = self.setup, self.moment
        return Content(
            setup.size,
            setup.angle,
            setup.rack,
            setup.subjects,
            self.staging,
            moment.props,
            " ".join(moment.action.split()),
            tuple([(line.character, line.text) for line in moment.lines]),
        )

    @property
    def limits(self) -> tuple[str, ...]:
        """What the script asks of the shot and it does not do."""
        asked = self.moment.orders.limits if self.moment.orders is not None else ()
        return tuple([said for said in (self.setup.limit, *asked, self.length.limit) if said])

    def shot(self, content: Content, key: str, frames: int, fps: Rate) -> Shot:
        """The shot.

        Args:
            content: What the key is made from.
            key: From `film.direction.identity.Keys`.
            frames: How long it is.
            fps: Frames a second.
        """
        moment = self.moment
        return _shot(
            id=f"s{self.scene.index + 1:03d}-{self.number + 1:03d}",
            scene=self.scene.index,
            rule=self.setup.rule,
            tension=self.tension,
            size=content.size,
            angle=content.angle,
            movement=self.movement,
            rack=content.rack,
            subjects=content.subjects,
            staging=content.staging,
            props=content.props,
            action=content.action,
            title=moment.title,
            dialogue=dialogue_in(moment, self.length, frames, fps, self.last),
            frames=frames,
            duration_s=seconds_of(frames, fps),
            span=moment.span,
            limits=self.limits,
            key=key,
        )


def paired(moments: Sequence[Moment]) -> list[Moment]:
    """Put short lines that answer each other into one moment, which is then seen as a shot of two."""
    found: list[Moment] = []
    for moment in moments:
        if found and _pair(found[-1], moment):
            found[-1] = joined(found[-1], moment)
        else:
            found.append(moment)
    return found


def _pair(before: Moment, moment: Moment) -> bool:
    if not (before.spoken and moment.spoken and before.cast and moment.cast):
        return False
    if (
        before.apart
        or moment.apart
        or before.action
        or moment.action
        or moment.entered_by
        or before.orders
        or moment.orders
        or moment.pause
    ):
        return False
    lines = (*before.lines, *moment.lines)
    if not moment.dual and (moment.manner or max([line.seconds for line in lines]) > _SHORT_LINE_S):
        return False
    if len({line.character for line in lines}) != 2:
        return False
    return before.heard + moment.heard <= (_DUAL_S if moment.dual else _SHARED_S)


class Crew:
    """Shoots scene after scene. All it remembers from one to the next is which places the audience has seen."""

    def __init__(self, cast: Cast, fps: Rate) -> None:
        self._cast = cast
        self._fps = fps
        self._seen: set[tuple[str, str]] = set()
        self._elsewhen = False

    def shoot(self, draft: SceneDraft, moments: Sequence[Moment], last: bool) -> list[Take]:
        """Shoot a scene.

        Args:
            draft: The scene.
            moments: What it holds.
            last: Whether the film ends with it.

        Returns:
            Its shots, at least one.
        """
        scene = draft.scene
        place = (scene.location, scene.time_of_day.value)
        new_place = place not in self._seen
        self._seen.add(place)
        elsewhen = is_elsewhen(scene.heading or "")
        elapsed = draft.elapsed or elsewhen is not self._elsewhen
        self._elsewhen = elsewhen
        group = paired(moments)
        if not group or (new_place and group[0].spoken and not _framed(group[0])):
            group = _established(draft, group)
        steps = max(1, group[-1].step)
        bases = [tension_at(scene.tension, moment.step / steps) for moment in group]
        tensions = [tension_of_moment(base, moment) for base, moment in zip(bases, group, strict=True)]
        tense = [base < TENSE <= tension for base, tension in zip(bases, tensions, strict=True)]
        shooting = _Scene(scene, group, new_place, self._cast)
        # One thing after the other for all shots, and not all things for one shot after the other: what is done again
        # and again lies ready in the processor.
        staged = [shooting.next(base, nears) for base, nears in zip(bases, tense, strict=True)]
        setups = close_in([setup for setup, _, _ in staged], tense)
        ends = len(group) - 1 if last else -1
        lengths = [
            length_of(moment, tension, self._fps, number == ends)
            for number, (moment, tension) in enumerate(zip(group, tensions, strict=True))
        ]
        return [
            Take(
                moment=moment,
                setup=setup,
                scene=scene,
                number=number,
                tension=tension,
                movement=movement,
                staging=staging,
                length=length,
                join=read_transitions(moment.entered_by, number == 0 and elapsed),
                last=number == ends,
            )
            for number, (moment, setup, (_, staging, movement), tension, length) in enumerate(
                zip(group, setups, staged, tensions, lengths, strict=True)
            )
        ]


def _framed(moment: Moment) -> bool:
    """Whether the script itself says how a moment is seen."""
    return moment.orders is not None and moment.orders.frames_picture


def _established(draft: SceneDraft, group: list[Moment]) -> list[Moment]:
    """The scene with a shot of its place before it, which takes over what leads into the scene."""
    span = draft.scene.span
    heading = next(
        (one.span for one in draft.elements if one.kind is ElementKind.HEADING), Span(start=span.start, end=span.start)
    )
    first = group[0] if group else None
    place = Moment(
        span=heading,
        seconds=_ESTABLISHING_S,
        entered_by=first.entered_by if first else (),
        title=first.title if first else "",
    )
    rest = [first._replace(entered_by=(), title="")] if first else []
    return [place, *rest, *group[1:]]


class _Scene:
    """One scene as it is shot: whom the audience has seen so far, and from where."""

    def __init__(self, scene: Scene, group: Sequence[Moment], new_place: bool, cast: Cast) -> None:
        self._scene = scene
        self._group = group
        self._voices = [moment.cast[0] if moment.cast and moment.spoken else "" for moment in group]
        """Who is seen to speak in each moment; empty where nobody is."""
        self._new_place = new_place
        self._cast = cast
        self._stage = Stage(cast, group)
        self._operator = Operator()
        self._at = 0
        self._turn = self._part = 0
        self._setup: Setup | None = None

    def next(self, tension: float, nears: bool) -> tuple[Setup, tuple[Staging, ...], Movement]:
        """Set up the next moment's shot.

        Args:
            tension: The scene's at that point, without what the moment says.
            nears: Whether the moment's own words may bring the camera closer.
        """
        moment, stage, at = self._group[self._at], self._stage, self._at
        opens = not moment.lines or moment.lines[0].opens
        self._part = 0 if opens else self._part + 1
        listening = moment.silent and at > 0 and self._group[at - 1].spoken
        situation = Situation(
            scene=self._scene,
            number=at,
            new_place=self._new_place,
            tension=tension,
            present=stage.present,
            turn=self._turn,
            speech_part=self._part,
            partner=self._partner(at) if moment.spoken else None,
            listener=self._partner(at - 1) if listening else None,
            previous=self._setup,
            last=at == len(self._group) - 1,
        )
        setup = set_up(moment, situation)
        if moment.orders is not None and moment.orders.crosses:
            stage.cross()
        if setup.rack is None:  # where the focus moves, one stands behind the other
            apart = stage.apart(setup.subjects)
            if apart != setup.subjects:
                setup = setup._replace(subjects=apart)
        staging = stage.place(moment, nearer(setup) if nears else setup)
        movement = self._operator.choose(meanings(moment, setup, situation, staging), setup.movement)
        self._turn += moment.spoken and opens
        self._setup = setup
        self._at += 1
        return setup, staging, movement

    def _partner(self, at: int) -> str | None:
        """Whom the speaker of a moment speaks to.

        It is whom the line calls by name, else who spoke last before, else who answers, else who else is there.
        """
        moment, voices = self._group[at], self._voices
        if moment.apart and moment.cast:
            return None
        own = [line.character for line in moment.lines]
        here = {*moment.cast, *own, *self._stage.gone}
        called = (self._cast.called(name.lower()) for name in addressed(self._group[at].said)) if voices[at] else ()
        for who in called:
            if who and who not in here and who in self._stage.present:
                return who
        for near in chain(reversed(voices[max(0, at - _REACH) : at]), voices[at + 1 : at + 1 + _AHEAD]):
            if near and near not in here:
                return near
        there = next((who for who in reversed(self._stage.present) if who not in here), None)
        if there is None and moment.voice_over and own[0] in self._stage.present:
            return own[0]  # their thoughts
        return there
