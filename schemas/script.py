"""The breakdown: a script as elements, scenes and shots, each linked to the text it comes from.

All spans are half-open and count code points of the stored, decoded text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain
from typing import Annotated, NamedTuple

from pydantic import Field

from schemas.base import Document, is_none
from schemas.cast import Settled
from schemas.enums import (
    Angle,
    DirectedBy,
    ElementKind,
    Expression,
    FadeColour,
    FigureKind,
    FocusOn,
    IntExt,
    Movement,
    Place,
    Pose,
    ScriptFormat,
    ShotSize,
    Side,
    SkippedKind,
    TimeOfDay,
    TransitionKind,
    Weather,
    is_black,
)
from schemas.rate import FrameRate

Index = Annotated[int, Field(ge=0)]


def _is_false(value: bool) -> bool:
    return not value


def _is_nothing(sentences: tuple[str, ...]) -> bool:
    return not sentences


def _is_empty(text: str) -> bool:
    return not text


class Span(Document):
    """A half-open range of code points: `text[start:end]`."""

    start: Index
    end: Index

    def model_post_init(self, _: object, /) -> None:
        """Check the order, once: a validator of the model would do so again in every document that holds the span."""
        if self.end < self.start:
            raise ValueError(f"span ends at {self.end}, before it starts at {self.start}")


class Run(NamedTuple):
    """Where a run of an element's visible text stands in the source.

    The run goes from `at` to the next run's `at`, or to the end of the text. Where it is as long as its source, it is
    the source letter by letter; where it is not (an entity of XML), the whole run stands for the whole source.
    """

    at: int
    """Offset in the element's text."""
    start: int
    """Offset in the script of the source's first character."""
    end: int
    """Offset in the script just after its last."""


class Inset(NamedTuple):
    """A note that stands inside an element's text, and is no part of it."""

    at: int
    """Offset in the element's text of the character it stands before."""
    text: str


class Element(Document):
    """One element of the script, in the order of the script."""

    kind: ElementKind
    text: str
    """What a reader would see: markers, emphasis and indentation removed."""
    span: Span
    """The element's source, markers included."""
    scene: int | None = None
    """Index of the scene it belongs to; None before the first."""
    dual: bool = False
    """Whether it is part of a speech spoken at the same time as the one before."""
    number: str | None = None
    """The scene number of a heading, as written; None where there is none."""
    speaker: str | None = None
    """Who speaks a line of prose, in the words of the prose; a screenplay's speakers are in its cues."""
    runs: tuple[Run, ...] = ()
    """Where the text stands inside the span, in order; empty where it is the source itself, from end to end."""
    notes: tuple[Inset, ...] = ()
    """The notes inside the span, in order."""


class Skipped(Document):
    """A stretch of the script that belongs to no element."""

    kind: SkippedKind
    span: Span


class Screenplay(Document):
    """A script as read, before anyone directs it.

    Every character of the script belongs to exactly one element or one skipped stretch.
    """

    title: str
    format: ScriptFormat
    elements: tuple[Element, ...]
    """In the order of the script; their spans are disjoint."""
    skipped: tuple[Skipped, ...] = ()
    """What lies between the elements, in the order of the script."""


class Look(Document):
    """How a character looks in every picture: drawn from these, described by these."""

    kind: FigureKind = FigureKind.ADULT
    hair: str = "short"
    """One of short, long, bun, bald, curly, cap, hat, hood."""
    hair_colour: str = "#3b2a20"
    skin: str = "#d9a57f"
    top: str = "#45617d"
    """Colour of what is worn above the waist, as #rrggbb; an animal's coat, a machine's body."""
    bottom: str = "#2f3440"
    """Colour of what is worn below the waist, as #rrggbb."""
    build: Annotated[float, Field(ge=0.6, le=1.4)] = 1.0
    """Breadth in relation to the average; 1.0 is average."""
    beard: bool = False
    glasses: bool = False
    dress: bool = False
    """Whether a skirt, dress, robe or long coat is worn."""
    garb: str = ""
    """What the trade wears over it all, by a name of `film.prompting.trades.GARBS`; empty for plain clothes."""
    headwear: str = ""
    """What the trade wears on the head, by a name of `film.prompting.trades.HEADWEAR`; empty for nothing."""
    female: Annotated[bool, Field(exclude_if=_is_false)] = False
    """Whether the body is a woman's or a girl's."""
    hat_colour: Annotated[str, Field(exclude_if=_is_empty)] = ""
    """Colour of a cap, hat or hood, as #rrggbb; that of the clothes where empty."""
    old: Annotated[bool, Field(exclude_if=_is_false)] = False
    """Whether age shows: in the face, the back and the hair."""
    species: Annotated[str, Field(exclude_if=_is_empty)] = ""
    """What sets an animal apart from others of its kind, by a name of `film.prompting.species.SPECIES`."""


class Character(Document):
    """Somebody who speaks or acts."""

    id: str
    """Stable within the script: a slug of the name, such as `old-anna`."""
    name: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    """The words that introduce them, verbatim from the script; empty where there are none."""
    speeches: Index = 0
    """How many speeches they have."""
    age: Annotated[int, Field(ge=0, le=130)] | None = None
    """In years, from the introduction; the middle of a decade or range (`30s` is 35); None where it does not say."""
    importance: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Who matters how much: 1.0 for whoever leads; by speeches, scenes and mentions, as `film.direction.importance`."""
    members: tuple[str, ...] = ()
    """Ids of those who speak together under this name (`JOHN AND MARY`); empty for one person and for a crowd."""
    settled: Annotated[Settled | None, Field(exclude_if=is_none)] = None
    """What of their looks is settled for all films; None of who is in no cast that is kept."""


class Location(Document):
    """A place that scenes are set in."""

    id: str
    name: str
    place: Place


class Scene(Document):
    """A stretch of the script at one place and time."""

    index: Index
    number: str | None = None
    """The scene number as written, or None."""
    heading: str | None = None
    """The slugline as written, without its number; None in prose."""
    int_ext: IntExt
    location: str
    """Id of a `Location`."""
    place: Place
    time_of_day: TimeOfDay
    weather: Weather = Weather.CLEAR
    span: Span
    tension: Annotated[float, Field(ge=0, le=1)] = 0.5
    """Pace of a scene that was planned, 0 calm to 1 urgent: its shots get shorter and closer as it rises. That of a
    scene that is read stays even, and follows from each line."""


class Dialogue(Document):
    """A line, or part of a long one, that is spoken during a shot."""

    character: str
    """Id of a `Character`; `narrator` for narration of prose."""
    text: str
    """Verbatim."""
    span: Span
    start_frame: Index = 0
    """First frame of the shot at which it is heard."""
    frames: Annotated[int, Field(gt=0)] = 1
    """For how many frames of the shot."""


class Staging(Document):
    """What one subject of a shot does in the picture."""

    character: str
    """Id of a `Character`."""
    pose: Pose = Pose.STAND
    expression: Expression = Expression.NEUTRAL
    side: Side = Side.CENTRE
    facing: Side = Side.CENTRE
    """Where they look; CENTRE is at the camera."""


class Rack(Document):
    """A focus that moves within a shot: what is sharp at its beginning, and what at its end."""

    start: FocusOn
    end: FocusOn
    behind: Annotated[str, Field(exclude_if=_is_empty)] = ""
    """Id of the character who stands behind whoever is near; empty where the place does."""


_SHALLOW = frozenset({ShotSize.MS, ShotSize.MCU, ShotSize.CU, ShotSize.ECU})
"""Sizes for which a lens is long enough to leave something out of focus."""


class Shot(Document):
    """One run of the camera."""

    id: str
    """`s{scene:03d}-{shot:03d}`, both counted from 1."""
    scene: Index
    rule: str = ""
    """Name of the rule of film grammar that chose the shot, as in docs/directing.md."""
    tension: Annotated[float, Field(ge=0, le=1)] = 0.5
    """0 calm to 1 urgent: its scene's, and what the shot's own words add. The tensions of a scene's shots are its
    pacing curve."""
    size: ShotSize
    angle: Angle = Angle.EYE
    movement: Movement = Movement.STATIC
    rack: Annotated[Rack | None, Field(exclude_if=is_none)] = None
    """How the focus moves; None where it stays on the subjects."""
    subjects: tuple[str, ...] = ()
    """Ids of the characters in the frame, the most important first."""
    staging: tuple[Staging, ...] = ()
    """How those subjects are placed; in the order of `subjects`."""
    props: tuple[str, ...] = ()
    """Things that act in the shot, as words of the script: phone, letter, car."""
    action: str = ""
    """What happens, in the script's words; empty in a pure dialogue shot."""
    title: str = ""
    """Words to be read over the picture, such as a place and a year; without `SUPER:`."""
    dialogue: tuple[Dialogue, ...] = ()
    frames: Annotated[int, Field(gt=0)]
    """Length in the film. Dissolves use handles beyond it, so that the shots' frames sum to the film's."""
    duration_s: float
    """`frames / fps`."""
    transition_in: TransitionKind = TransitionKind.CUT
    transition_in_frames: Index = 0
    """Length of the transition in; 0 for a cut."""
    transition_in_via: Annotated[FadeColour, Field(exclude_if=is_black)] = FadeColour.BLACK
    """What a fade in comes from; left out where it is black, as in breakdowns written before."""
    transition_out: TransitionKind = TransitionKind.CUT
    """FADE where the shot goes to black or white before the next; never DISSOLVE or WIPE, which belong to the next."""
    transition_out_frames: Index = 0
    transition_out_via: Annotated[FadeColour, Field(exclude_if=is_black)] = FadeColour.BLACK
    """What a fade out goes to; left out likewise."""
    span: Span
    limits: Annotated[tuple[str, ...], Field(exclude_if=_is_nothing)] = ()
    """What the script asks of it and it does not do, in sentences."""
    key: str = ""
    """What its picture is made from, as a digest, with a count for shots that say the same: equal in two versions of a
    script where the shot is. Unique in a film; empty in breakdowns of older versions."""

    @property
    def racks(self) -> bool:
        """Whether the focus moves, and the shot is such that it can: from a long lens, and not from straight above.

        Nothing of whoever is behind is in the frame of an extreme close-up.
        """
        if self.rack is None or self.size not in _SHALLOW or self.angle is Angle.OVERHEAD:
            return False
        return self.size is not ShotSize.ECU or not self.rack.behind


def character_named(who: str, cast: Sequence[Character]) -> Character | None:
    """Find somebody of a film by their id, their name or an alias, however these are capitalised.

    An id, as it stands, goes before anybody's name, and a name before an alias: ids outlive names, so that the id of
    one may be the name of another.
    """
    wanted = who.casefold()
    # Lazily, one pass after the other: an id is found without reading a name.
    passes = (
        (one for one in cast if one.id == who),
        (one for one in cast if one.name.casefold() == wanted),
        (one for one in cast if wanted in {alias.casefold() for alias in one.aliases}),
        (one for one in cast if one.id.casefold() == wanted),
    )
    return next(chain.from_iterable(passes), None)


class GraphNode(Document):
    """A vertex of the scene graph."""

    id: str
    kind: str
    """scene, character, location or prop."""
    label: str


class GraphEdge(Document):
    """A relation of the scene graph."""

    source: str
    target: str
    relation: str
    """appears_in, set_at, speaks_to, with, or follows."""
    scenes: tuple[int, ...] = ()


class SceneGraph(Document):
    """Who is where with whom, who speaks to whom, what follows what."""

    nodes: tuple[GraphNode, ...] = ()
    edges: tuple[GraphEdge, ...] = ()


class Direction(Document):
    """Who directed a film, and where it was not the one who was asked to."""

    by: DirectedBy = DirectedBy.RULES
    model: str = ""
    """Name of the language model that was asked; empty where none is set."""
    asked: Index = 0
    """Stretches of the script that were put to it: a scene each, unless a scene is long."""
    directed: Index = 0
    """Stretches of which its answer was used."""
    notes: tuple[str, ...] = ()
    """Where the rules took over, and why: a sentence a reason, in our words, never in the model's."""


class Breakdown(Document):
    """Stage 1's result: everything the script says, as a film would need it."""

    title: str
    format: ScriptFormat
    characters: tuple[Character, ...]
    locations: tuple[Location, ...]
    elements: tuple[Element, ...]
    scenes: tuple[Scene, ...]
    shots: tuple[Shot, ...]
    graph: SceneGraph
    fps: FrameRate
    runtime_s: float
    """`sum of frames / fps`."""
    direction: Direction = Direction()

    @property
    def frames(self) -> int:
        """Length of the film in frames."""
        return sum(shot.frames for shot in self.shots)

    def pacing_of(self, scene: int) -> tuple[tuple[float, float], ...]:
        """The pacing curve of one scene: for each shot when it begins, 0 to 1 of the scene, and its tension, 0 to 1."""
        shots = self.shots_of(scene)
        ends = tuple(accumulate(shot.frames for shot in shots))
        return tuple(
            (round((end - shot.frames) / ends[-1], 4), shot.tension) for end, shot in zip(ends, shots, strict=True)
        )

    def shots_of(self, scene: int) -> tuple[Shot, ...]:
        """The shots of one scene, in order."""
        return tuple(shot for shot in self.shots if shot.scene == scene)
