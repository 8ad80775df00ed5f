"""The plan of a picture: what a draughtsman needs to know of a shot."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from film.prompting.things import things
from schemas.enums import FigureKind, Place, Pose, ShotSize, Side
from schemas.prompt import Figure, Palette, Picture
from schemas.script import Look, Scene, Shot, Staging

MAX_FIGURES = 5
"""More bodies than this are a crowd."""

_CROWD = re.compile(
    r"\b(crowds?|people|passengers|audience|guests|customers|soldiers|students|pupils|villagers|spectators|mob|"
    r"commuters|protesters|onlookers|workers|dancers|patrons|everyone|tourists|shoppers|crew|"
    r"congregation|pedestrians)\b",
    re.IGNORECASE,
)


_EMBRACE = re.compile(
    r"\binto (?:\w+['’]s?|his|her|their|each other['’]s) (?:\w+ )?arms\b|\b(?:hug|embrace)(?:s|ged|d)?\b|"
    r"\bhugging\b|\bembracing\b|\bin each other['’]s arms\b|\bthrows? (?:his|her) arms (?:a?round)\b",
    re.IGNORECASE,
)
_CLOSE = frozenset({ShotSize.MS, ShotSize.MCU, ShotSize.CU, ShotSize.ECU})


def plan_picture(
    shot: Shot,
    scene: Scene,
    looks: Mapping[str, Look],
    palette: Palette,
    layout_seed: int,
    traits: tuple[str, ...] = (),
    paints: Mapping[str, str] = MappingProxyType({}),
) -> Picture:
    """Plan a shot's picture.

    Args:
        shot: The shot.
        scene: Its scene.
        looks: The look of each character, by id.
        palette: The style's colours.
        layout_seed: Seeds the set; equal for all shots at one place.
        traits: What the scene's place is besides its family; see `film.prompting.traits`.
        paints: The colours that the film tells of vessels and vehicles; see `film.prompting.things.paints_of`.

    Returns:
        The plan. It holds none of the script's words: props are named by `film.prompting.things.THINGS`.
    """
    staged = {staging.character: staging for staging in shot.staging}
    present = [subject for subject in shot.subjects if subject in looks]
    figures = tuple(
        _figure(staged.get(subject, Staging(character=subject)), looks[subject]) for subject in present[:MAX_FIGURES]
    )
    figures = _embraced(figures, shot.action)
    place = Place.SHIP if _aboard(scene.place, figures, traits) else scene.place
    shown = things(shot.props, action=shot.action, place=place, paints=paints)
    # A close shot of what cannot be drawn would be a close shot of nothing: it shows the place instead.
    size = ShotSize.WS if shot.size in _CLOSE and not figures and not shown else shot.size
    if any(figure.pose is Pose.EMBRACE for figure in figures) and size is ShotSize.EWS:
        # Two dots do not embrace.
        size = ShotSize.WS
    return Picture(
        int_ext=scene.int_ext,
        place=place,
        time_of_day=scene.time_of_day,
        weather=scene.weather,
        size=size,
        angle=shot.angle,
        figures=figures,
        props=tuple(thing.name for thing in shown),
        paints=tuple(thing.paint for thing in shown) if any(thing.paint for thing in shown) else (),
        traits=traits,
        crowd=len(present) > MAX_FIGURES or _CROWD.search(shot.action) is not None,
        palette=palette,
        layout_seed=layout_seed,
    )


def _aboard(place: Place, figures: tuple[Figure, ...], traits: tuple[str, ...]) -> bool:
    """Whether those seen at sea stand on a deck: where a ship of some size is told of, nobody walks on water."""
    people = any(figure.look.kind in {FigureKind.ADULT, FigureKind.CHILD} for figure in figures)
    return place is Place.SEA and people and bool({"ferry", "ship"}.intersection(traits))


def _embraced(figures: tuple[Figure, ...], action: str) -> tuple[Figure, ...]:
    """The first two people of a shot in each other's arms, where its action says so."""
    people = [figure for figure in figures if figure.look.kind in {FigureKind.ADULT, FigureKind.CHILD}][:2]
    if len(people) < 2 or _EMBRACE.search(action) is None:
        return figures
    closer = {
        figure.character: figure.model_copy(update={"pose": Pose.EMBRACE, "facing": facing, "side": side})
        for figure, facing, side in zip(people, (Side.RIGHT, Side.LEFT), (Side.LEFT, Side.RIGHT), strict=True)
    }
    if figures[0].side is Side.RIGHT or (len(people) > 1 and people[1].side is Side.LEFT):
        sides = {people[0].character: (Side.RIGHT, Side.LEFT), people[1].character: (Side.LEFT, Side.RIGHT)}
        closer = {
            who: figure.model_copy(update={"side": sides[who][0], "facing": sides[who][1]})
            for who, figure in closer.items()
        }
    return tuple(closer.get(figure.character, figure) for figure in figures)


def _figure(staging: Staging, look: Look) -> Figure:
    return Figure(
        character=staging.character,
        look=look,
        pose=staging.pose,
        expression=staging.expression,
        side=staging.side,
        facing=staging.facing,
    )
