"""The plan of a picture: what a draughtsman needs to know of a shot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from film.prompting.acts import Doing, ShotActs
from film.prompting.blocking import (
    BIG,
    LONG,
    MAX_FIGURES,
    OF_A_ROOM,
    ONE_AT_A_TIME,
    embraced,
    figure_of,
    size_for,
    spread,
)
from film.prompting.colours import COLOURS, colour_named
from film.prompting.looks import look_of
from film.prompting.senses import plain, told_in
from film.prompting.things import THINGS, Thing, nouns_in, props_of, things
from film.prompting.whereabouts import place_told
from schemas.enums import Angle, FigureKind, IntExt, Place, Pose, ShotSize, Side
from schemas.prompt import Figure, Palette, Picture
from schemas.script import Character, Look, Scene, Shot

_CROWD = re.compile(
    r"\b(crowds?|people|passengers|audience|guests|customers|soldiers|students|pupils|villagers|spectators|mob|"
    r"commuters|protesters|onlookers|workers|dancers|patrons|everyone|tourists|shoppers|crew|"
    r"congregation|pedestrians)\b",
    re.IGNORECASE,
)


def plan_picture(
    shot: Shot,
    scene: Scene,
    looks: Mapping[str, Look],
    palette: Palette,
    layout_seed: int,
    traits: tuple[str, ...] = (),
    paints: Mapping[str, str] = MappingProxyType({}),
    acts: ShotActs | None = None,
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
        acts: What is done in the shot; see `film.prompting.acts.acts_of`.

    Returns:
        The plan. It holds none of the script's words: props are named by `film.prompting.things.THINGS`.
    """
    acts = acts or ShotActs()
    figures = embraced(_cast(shot, looks, acts))
    place = Place.SHIP if _aboard(scene.place, figures, traits) else scene.place
    int_ext = scene.int_ext
    if figures and (place is Place.CAR or _in_a_car(scene.heading or "")):
        # Whoever is in a car is seen in its window, with the road behind.
        figures = tuple(_driven(figure, index) for index, figure in enumerate(figures))
        place, int_ext = Place.ROAD, IntExt.EXT
    if place is Place.SPACESHIP and int_ext is IntExt.EXT:
        place = Place.SPACE
    figures = tuple(_aboard_of(figure, place) for figure in figures)
    seen = plain(shot.action)
    if (elsewhere := place_told(seen)) is not None and place is not elsewhere and place not in _MOVING:
        place, int_ext = elsewhere, IntExt.EXT
    words = (*props_of(told_in(shot.props, shot.action, seen), seen), *nouns_in(seen)) if seen else shot.props
    busy = {figure.held for figure in figures} | {_SEEN_AS.get(figure.on, figure.on) for figure in figures}
    shown = things(words, action=seen, place=place, paints=paints) if words else ()
    loose = tuple(thing for thing in shown if thing.name not in busy)
    if "garland" in acts.events:
        loose = tuple(thing for thing in loose if thing.name not in _STRUNG)
    busy = {figure.held for figure in figures} | {figure.on for figure in figures}
    horse = next(
        (look.top for who, look in looks.items() if look.kind is FigureKind.HORSE and who in shot.subjects), ""
    )
    carried = tuple(Thing(name, _paint(name, shown) or _worn(name, figures)) for name in sorted(busy) if name in THINGS)
    ridden = "horse" in busy and _coat_told(seen, horse)
    carried += (Thing("horse", ridden),) if ridden else ()
    big = any(thing.name in BIG or thing.name in LONG for thing in loose)
    small = bool(loose) and not big and loose[0].name not in OF_A_ROOM
    rack = shot.rack if shot.racks else None
    behind = rack.behind if rack and any(figure.character == rack.behind for figure in figures) else ""
    return Picture(
        int_ext=int_ext,
        place=place,
        time_of_day=scene.time_of_day,
        weather=scene.weather,
        size=shot.size if rack else size_for(shot, figures, bool(loose), big, small),
        angle=shot.angle if shot.angle is not Angle.OVERHEAD or not figures or _ordered(shot) else Angle.HIGH,
        figures=figures,
        props=tuple(thing.name for thing in (*loose, *carried)),
        paints=tuple(thing.paint for thing in (*loose, *carried)) if any(t.paint for t in (*shown, *carried)) else (),
        traits=traits,
        crowd=acts.crowd or (len(figures) < 3 and _CROWD.search(seen) is not None),
        crowd_pose=acts.crowd_pose,
        events=acts.events,
        palette=palette,
        layout_seed=layout_seed,
        focus_on=rack.end if rack else None,
        behind=behind,
    )


_MOVING = frozenset({Place.SHIP, Place.SPACESHIP, Place.SPACE, Place.TRAIN, Place.CAR})
"""Where whoever is aboard stays, whatever goes by."""
_STRUNG = frozenset({"lantern", "lamp", "flag", "balloon", "rope"})
_HORSE = re.compile(r"\b((?:[a-z-]+ ){1,2})(?:horse|pony|mare|stallion|donkey|mule|camel)\b", re.IGNORECASE)


def _coat_told(seen: str, own: str) -> str:
    """The colour of a ridden horse: as the action tells it, or as the film knows the horse."""
    told = (colour_named(word) for match in _HORSE.finditer(seen) for word in match[1].lower().split())
    return next((COLOURS[colour] for colour in told if colour), own)


def _worn(name: str, figures: Sequence[Figure]) -> str:
    """The colour of a hat in the hand of whoever wore it."""
    holder = next((figure for figure in figures if figure.held == name and name == "hat"), None)
    return holder.look.hat_colour if holder else ""


_GLAZED = frozenset({Place.SPACESHIP, Place.SHIP, Place.TRAIN, Place.CAR, Place.SPACE})


def _aboard_of(figure: Figure, place: Place) -> Figure:
    """Doors and windows of vessels are the set's own, or of steel."""
    if figure.on == "window" and place in _GLAZED:
        return figure.model_copy(update={"on": ""})
    if figure.on == "door" and place in {Place.SPACESHIP, Place.SPACE, Place.LABORATORY}:
        return figure.model_copy(update={"on": "hatch"})
    return figure


_SEEN_AS = {"armchair": "chair", "desk": "table", "top": "table", "counter": "plate", "board": "chalk", "hatch": "door"}
"""Mounts that are things as well, where their names differ."""


def _paint(name: str, shown: Sequence[Thing]) -> str:
    return next((thing.paint for thing in shown if thing.name == name), "")


def _ordered(shot: Shot) -> bool:
    return shot.rule in {"note", "script_camera", "planned"}


def _cast(shot: Shot, looks: Mapping[str, Look], acts: ShotActs) -> tuple[Figure, ...]:
    """Everybody in the frame: those the camera is on, those to whom they do something, those without a name."""
    staged = {staging.character: staging for staging in shot.staging}
    speakers = {line.character for line in shot.dialogue}
    present = [subject for subject in shot.subjects if subject in looks]
    if shot.size not in {ShotSize.CU, ShotSize.ECU} or not _ordered(shot):
        present += [who for who in acts.drawn_in if who in looks and who not in present]
        if not present:
            present = [who for who in acts.doings if who in looks]
    found = []
    for who in present[:MAX_FIGURES]:
        figure = figure_of(who, looks[who], staged.get(who), acts.doings.get(who, Doing()), who in speakers, acts)
        found.append(figure)
        for number in range(1, acts.counts.get(who, 1)):
            # A group that the film treats as one character is still several people.
            other = look_of(Character(id=f"{who}-{number}", name=_singular(who)))
            on = "" if figure.on in ONE_AT_A_TIME else figure.on
            found.append(figure.model_copy(update={"character": f"~{who}-{number}", "look": other, "on": on}))
    found = found[:MAX_FIGURES]
    for extra in acts.extras:
        for number in range(extra.count):
            if len(found) >= MAX_FIGURES:
                break
            who = f"{extra.id}-{number + 1}"
            look = look_of(Character(id=who, name=extra.noun, description=extra.words))
            doing = extra.doing if not number or extra.doing.on not in ONE_AT_A_TIME else replace(extra.doing, on="")
            found.append(figure_of(who, look, None, doing, False, acts))
    if any(figure.on == "horse" for figure in found):
        # The horse that is told of is the one that is ridden.
        found = [figure for figure in found if figure.look.kind is not FigureKind.HORSE]
    return spread(tuple(found), staged)


def _singular(identity: str) -> str:
    return identity.replace("-", " ").removeprefix("the ").removesuffix("s")


_BOTH_SIDES = re.compile(r"(?:INT\.?\s*/\s*EXT|EXT\.?\s*/\s*INT|I/E)\W", re.IGNORECASE)
_CAR = re.compile(r"\b(?:CAR|TAXI|CAB|TRUCK|VAN|JEEP|LIMOUSINE)\b", re.IGNORECASE)


def _in_a_car(heading: str) -> bool:
    """Whether a heading plays both inside and outside of a car: `INT./EXT. TAXI`."""
    sides = _BOTH_SIDES.search(heading)
    return sides is not None and _CAR.search(heading, sides.end()) is not None


def _driven(figure: Figure, index: int) -> Figure:
    """Somebody in a car: the first drives, as far as the script leaves the hands free."""
    idle = figure.pose in {Pose.STAND, Pose.WALK, Pose.SIT, Pose.TALK, Pose.DRIVE, Pose.RUN}
    pose = (Pose.DRIVE if index == 0 else Pose.SIT) if idle else figure.pose
    on = "car" if figure.look.kind in {FigureKind.ADULT, FigureKind.CHILD} else ""
    changes = {"stance": Pose.SIT, "pose": pose, "on": on, "facing": Side.RIGHT, "side": Side.CENTRE}
    return figure.model_copy(update=changes)


def _aboard(place: Place, figures: tuple[Figure, ...], traits: tuple[str, ...]) -> bool:
    """Whether those seen at sea stand on a deck: where a ship of some size is told of, nobody walks on water."""
    people = any(figure.look.kind in {FigureKind.ADULT, FigureKind.CHILD} for figure in figures)
    return place is Place.SEA and people and bool({"ferry", "ship"}.intersection(traits))
