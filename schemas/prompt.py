"""Stage 2's result: what each picture shall show, as words for a painter and as a plan for a draughtsman."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from schemas.base import Document, is_none
from schemas.enums import (
    Angle,
    Expression,
    FocusOn,
    IntExt,
    Place,
    Pose,
    RendererName,
    ShotSize,
    Side,
    Texture,
    TimeOfDay,
    Weather,
)
from schemas.painting import Painting
from schemas.script import Look

Seed = Annotated[int, Field(ge=0, lt=2**63)]
PixelSize = Annotated[int, Field(ge=16, le=4096, multiple_of=2)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


def _is_empty(text: str) -> bool:
    return not text


def _is_false(value: bool) -> bool:
    return not value


def _is_nothing(names: tuple[str, ...]) -> bool:
    return not names


def _stands(pose: Pose) -> bool:
    return pose is Pose.STAND


class Figure(Document):
    """One body in the picture."""

    character: str
    look: Look
    pose: Pose
    expression: Expression
    side: Side
    facing: Side
    stance: Annotated[Pose, Field(exclude_if=_stands)] = Pose.STAND
    """What the legs do where the pose leaves it open: who reads may stand, sit or lie."""
    held: Annotated[str, Field(exclude_if=_is_empty)] = ""
    """What is in their hands, by a name of `film.prompting.thing_names.THINGS`; empty for nothing."""
    on: Annotated[str, Field(exclude_if=_is_empty)] = ""
    """What carries them or stands before them, by a name of `film.prompting.verbs.MOUNTS`; empty for the ground."""
    speaks: Annotated[bool, Field(exclude_if=_is_false)] = False
    """Whether the mouth is open in speech, whatever the body does."""


class Palette(Document):
    """The colours of a style, as #rrggbb."""

    sky: Colour
    ground: Colour
    accent: Colour
    shadow: Colour
    light: Colour
    saturation: Annotated[float, Field(ge=0, le=2)] = 1.0
    contrast: Annotated[float, Field(ge=0, le=2)] = 1.0
    line: Annotated[float, Field(ge=0, le=6)] = 0.0
    """Width of outlines at 1280×720, in pixels; 0 for none."""
    texture: Texture = Texture.NONE
    """What the picture seems to be drawn on."""


class Picture(Document):
    """What a draughtsman needs to know of a shot. It holds none of the script's words."""

    int_ext: IntExt
    place: Place
    time_of_day: TimeOfDay
    weather: Weather
    size: ShotSize
    angle: Angle
    figures: tuple[Figure, ...] = ()
    props: tuple[str, ...] = ()
    paints: tuple[str, ...] = ()
    """The colour of each of the props as #rrggbb, empty where the script tells none; in the order of `props`."""
    traits: tuple[str, ...] = ()
    """What the place is besides its family and what lies on it, by names of `film.prompting.traits.TRAITS`."""
    crowd: bool = False
    crowd_pose: Annotated[Pose, Field(exclude_if=_stands)] = Pose.STAND
    """What a crowd does."""
    events: Annotated[tuple[str, ...], Field(exclude_if=_is_nothing)] = ()
    """What happens that is neither a body nor a thing, by names of `film.prompting.verbs.EVENTS`."""
    palette: Palette
    layout_seed: Seed
    """Seeds the set itself: equal for all shots of a location, so that a place stays the same place."""
    focus_on: Annotated[FocusOn | None, Field(exclude_if=is_none)] = None
    """Where the focus ends in a shot in which it moves: all is drawn sharp then, and depths lie well apart."""
    behind: Annotated[str, Field(exclude_if=_is_empty)] = ""
    """The figure, by its character's id, that stands behind the others in such a picture."""

    def same_set_up(self, other: Picture) -> bool:
        """Say whether another picture could be a later frame of the same run of the camera.

        It could where both show the same people, or the same things where nobody is seen, at the same place in the
        same size and from the same angle, whatever those people do.
        """
        return self._set_up() == other._set_up()

    def _set_up(self) -> tuple[object, ...]:
        seen = tuple(sorted(figure.character for figure in self.figures)) or self.props
        where = (self.int_ext, self.place, self.layout_seed, self.time_of_day, self.weather)
        return *where, self.size, self.angle, self.focus_on, self.behind, self.crowd, bool(self.figures), seen


class ShotPrompt(Document):
    """Everything a renderer may use to make one keyframe."""

    shot: str
    scene: int
    positive: str
    """Who and what, for a painter's first text encoder; the only words for a painter that has one."""
    negative: str
    seed: Seed
    width: PixelSize
    height: PixelSize
    style: str
    picture: Picture
    positive_2: str = ""
    """Where, when and in which manner, for a painter's second text encoder."""
    negative_2: str = ""
    left_out: tuple[str, ...] = ()
    """Phrases for which the encoders had no room, the most important first; those of the negative come last."""


class FilmPrompts(Document):
    """The prompts of a film, in the order of its shots."""

    style: str
    width: PixelSize
    height: PixelSize
    prompts: tuple[ShotPrompt, ...]


class KeyframeSpec(Document):
    """All that a keyframe depends on, and nothing else: hashed, it is the keyframe's name.

    The shot's id is not part of it, so that a picture survives edits elsewhere in the script.
    """

    renderer: RendererName
    width: PixelSize
    height: PixelSize
    seed: Seed
    positive: str = ""
    negative: str = ""
    positive_2: Annotated[str, Field(exclude_if=_is_empty)] = ""
    """What the second text encoder reads; left out of the name where there is none, as in names given before it was."""
    negative_2: Annotated[str, Field(exclude_if=_is_empty)] = ""
    picture: Picture | None = None
    stand_in: bool = False
    """Whether only the place is drawn, for a shot that could not be made."""
    painting: Annotated[Painting | None, Field(exclude_if=is_none)] = None
    """How it is painted; left out of the name of what is drawn."""

    @classmethod
    def of(
        cls, prompt: ShotPrompt, renderer: RendererName, *, stand_in: bool = False, painting: Painting | None = None
    ) -> KeyframeSpec:
        """Take from a prompt what the renderer's picture depends on.

        Args:
            prompt: The shot's prompt.
            renderer: Who will make the picture. The draughtsman does not read the words, the painter not the plan.
            stand_in: Ask for the draft that stands in for a shot that could not be made; always drawn.
            painting: How the film is painted; of its reference pictures those are taken whose characters are seen.
        """
        common = {"width": prompt.width, "height": prompt.height, "seed": prompt.seed}
        if stand_in or renderer is RendererName.STORYBOARD:
            return cls(renderer=RendererName.STORYBOARD, picture=prompt.picture, stand_in=stand_in, **common)
        words = {key: getattr(prompt, key) for key in ("positive", "negative", "positive_2", "negative_2")}
        if painting is not None:
            painting = painting.for_characters(frozenset(figure.character for figure in prompt.picture.figures))
        return cls(renderer=renderer, painting=painting, **words, **common)
