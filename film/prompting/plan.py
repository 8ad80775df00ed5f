"""The plan of a picture: what a draughtsman needs to know of a shot."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from film.prompting.blocking import MAX_FIGURES, ONE_AT_A_TIME, embraced, faced, figure_of, spread
from film.prompting.colours import COLOURS, colour_named
from film.prompting.doings import IDLE
from film.prompting.framing import size_for
from film.prompting.looks import look_of
from film.prompting.nouns import nouns_in, props_of, tokens
from film.prompting.seen import Seen
from film.prompting.senses import plain, told_in
from film.prompting.thing_names import THINGS, thing_named
from film.prompting.things import Thing, things
from film.prompting.vehicles import DRAWN_AS, LIVERY, VEHICLES, vehicle_told, words_of_vehicle
from film.prompting.whereabouts import place_told
from schemas.base import unchecked
from schemas.enums import Angle, FigureKind, IntExt, Place, Pose, ShotSize, Side
from schemas.prompt import Figure, Palette, Picture
from schemas.script import Character, Look, Scene

_picture = unchecked(Picture)

_CROWD = frozenset(
    "crowd crowds people passengers audience guests customers soldiers students pupils villagers spectators mob "
    "commuters protesters onlookers workers dancers patrons everyone tourists shoppers crew congregation "
    "pedestrians".split()
)
_WORD = re.compile(r"\w+")


def plan_picture(
    seen: Seen,
    scene: Scene,
    looks: Mapping[str, Look],
    palette: Palette,
    layout_seed: int,
    traits: tuple[str, ...] = (),
    paints: Mapping[str, str] = MappingProxyType({}),
) -> Picture:
    """Plan a shot's picture.

    Args:
        seen: What of the shot is seen.
        scene: Its scene.
        looks: The look of each character, by id.
        palette: The style's colours.
        layout_seed: Seeds the set; equal for all shots at one place.
        traits: What the scene's place is besides its family; see `film.prompting.traits`.
        paints: The colours that the film tells of vessels and vehicles; see `film.prompting.things.paints_of`.

    Returns:
        The plan. It holds none of the script's words: props are named by `film.prompting.thing_names.THINGS`.
    """
    acts = seen.acts
    figures = faced(embraced(_cast(seen, looks)))
    place = Place.SHIP if _aboard(scene.place, figures, traits) else scene.place
    int_ext = scene.int_ext
    if figures and (place is Place.CAR or _in_a_car(scene.heading or "")):
        # Whoever is in a car is seen in its window, with the road behind.
        vehicle = vehicle_told(f"{scene.heading or ''} {scene.location}") or "car"
        figures = tuple(_driven(figure, index, vehicle) for index, figure in enumerate(figures))
        place, int_ext = Place.ROAD, IntExt.EXT
    if int_ext is not IntExt.EXT and any(figure.on in VEHICLES and figure.pose is Pose.DRIVE for figure in figures):
        place, int_ext = Place.ROAD, IntExt.EXT  # `He drives her home`: on the way
    if int_ext is not IntExt.EXT and any(figure.pose is Pose.WADE for figure in figures):
        place, int_ext = Place.RIVER, IntExt.EXT
    if place is Place.SPACESHIP and int_ext is IntExt.EXT:
        place = Place.SPACE
    figures = tuple([_robed(_aboard_of(figure, place), traits) for figure in figures])
    action = plain(seen.action) if seen.action else ""
    if action and (elsewhere := place_told(action)) is not None and place is not elsewhere and place not in _MOVING:
        place, int_ext = elsewhere, IntExt.EXT
    shown = _shown(seen, action, place, paints, looks)
    loose, carried = _divided(shown, figures, _ridden(seen, action, figures, looks), paints)
    if scene.place is Place.CAR and figures:
        carried = _painted(carried, figures[0].on, f"{scene.heading or ''} {scene.location}", paints)
    if "garland" in acts.events:
        loose = tuple(thing for thing in loose if thing.name not in _STRUNG)
    props = (*loose, *carried)
    return _picture(
        int_ext=int_ext,
        place=place,
        time_of_day=scene.time_of_day,
        weather=scene.weather,
        size=seen.size if seen.rack else size_for(seen, figures, [thing.name for thing in loose]),
        angle=seen.angle if seen.angle is not Angle.OVERHEAD or not figures or _ordered(seen) else Angle.HIGH,
        figures=figures,
        props=tuple([thing.name for thing in props]),
        paints=tuple([thing.paint for thing in props]) if any(one.paint for one in (*shown, *carried)) else (),
        traits=traits,
        crowd=acts.crowd or (len(figures) < 3 and _tells_of_a_crowd(action)),
        crowd_pose=acts.crowd_pose,
        events=acts.events,
        palette=palette,
        layout_seed=layout_seed,
        focus_on=seen.rack.end if seen.rack else None,
        behind=_behind(seen, figures),
    )


def _tells_of_a_crowd(action: str) -> bool:
    return bool(action) and not _CROWD.isdisjoint(_WORD.findall(action.casefold()))


def _shown(seen: Seen, action: str, place: Place, paints: Mapping[str, str], cast: Container[str]) -> tuple[Thing, ...]:
    """The things that a shot's props and its action, read by its sense, name; a dog called Button is none."""
    words = seen.props
    if action:
        words = (*props_of(told_in(words, seen.action, action), action), *nouns_in(action))
        words = tuple([word for word in words if word not in cast or word in action])
    return things(words, action=action, place=place, paints=paints) if words else ()


def _divided(
    shown: tuple[Thing, ...], figures: Sequence[Figure], ridden: Sequence[Thing], paints: Mapping[str, str]
) -> tuple[tuple[Thing, ...], tuple[Thing, ...]]:
    """Things that lie about, and those that somebody holds, stands at or rides."""
    held = {figure.held for figure in figures if figure.held}
    mounts = {figure.on for figure in figures if figure.on}
    if not held and not mounts:
        return shown, ()  # and nobody rides
    busy = held | {_SEEN_AS.get(mount, mount) for mount in mounts}
    loose = tuple(thing for thing in shown if thing.name not in busy and DRAWN_AS.get(thing.name) not in mounts)
    carried = (
        Thing(name, _paint(name, shown) or paints.get(name, "") or _worn(name, figures))
        for name in sorted(_KNOWN & (held | mounts))
    )
    return loose, (*carried, *ridden)


def _ridden(seen: Seen, action: str, figures: Sequence[Figure], looks: Mapping[str, Look]) -> tuple[Thing, ...]:
    """The horse that is ridden, where its colour is known."""
    if "horse" not in [thing for figure in figures for thing in (figure.held, figure.on)]:
        return ()
    own = (look.top for who, look in looks.items() if look.kind is FigureKind.HORSE and who in seen.subjects)
    coat = _coat_told(action, next(own, ""))
    return (Thing("horse", coat),) if coat else ()


def _behind(seen: Seen, figures: Sequence[Figure]) -> str:
    """Who stands behind the others, where the focus moves and they are in the picture."""
    behind = seen.rack.behind if seen.rack else ""
    return behind if behind and any(figure.character == behind for figure in figures) else ""


_KNOWN = frozenset(THINGS)
_MOVING = frozenset({Place.SHIP, Place.SPACESHIP, Place.SPACE, Place.TRAIN, Place.CAR})
"""Where whoever is aboard stays, whatever goes by."""
_STRUNG = frozenset({"lantern", "lamp", "flag", "balloon", "rope"})
_HORSE = re.compile(r"(?<![a-z-])\b((?:[a-z-]+ ){1,2})(?:horse|pony|mare|stallion|donkey|mule|camel)\b", re.IGNORECASE)


def _coat_told(action: str, own: str) -> str:
    """The colour of a ridden horse: as the action tells it, or as the film knows the horse."""
    told = (colour_named(word) for match in _HORSE.finditer(action) for word in match[1].lower().split())
    return next((COLOURS[colour] for colour in told if colour), own)


def _worn(name: str, figures: Sequence[Figure]) -> str:
    """The colour of a hat in the hand of whoever wore it."""
    holder = next((figure for figure in figures if figure.held == name and name == "hat"), None)
    return holder.look.hat_colour if holder else ""


_ORDERED = frozenset({"note", "script_camera", "planned"})
_CLOSE_UPS = frozenset({ShotSize.CU, ShotSize.ECU})
_GLAZED = frozenset({Place.SPACESHIP, Place.SHIP, Place.TRAIN, Place.CAR, Place.SPACE})


def _robed(figure: Figure, traits: tuple[str, ...]) -> Figure:
    """Gowns and wigs are for the courtroom: elsewhere a judge is dressed as others are."""
    look = figure.look
    if look.garb != "gown" or "court" in traits:
        return figure
    plain = {"garb": "", "dress": False, "headwear": "" if look.headwear == "wig" else look.headwear}
    return figure.model_copy(update={"look": look.model_copy(update=plain)})


def _aboard_of(figure: Figure, place: Place) -> Figure:
    """Doors and windows of vessels are the set's own, or of steel."""
    if not figure.on:
        return figure
    if figure.on == "window" and place in _GLAZED:
        return figure.model_copy(update={"on": ""})
    if figure.on == "door" and place in {Place.SPACESHIP, Place.SPACE, Place.LABORATORY}:
        return figure.model_copy(update={"on": "hatch"})
    return figure


_SEEN_AS = {"armchair": "chair", "desk": "table", "top": "table", "counter": "plate", "board": "chalk", "hatch": "door"}
"""Mounts that are things as well, where their names differ."""


def _paint(name: str, shown: Sequence[Thing]) -> str:
    as_told = (
        thing.paint or LIVERY.get(thing.name, "") for thing in shown if name in {thing.name, DRAWN_AS.get(thing.name)}
    )
    return next(as_told, "")


def _painted(carried: Sequence[Thing], vehicle: str, told: str, paints: Mapping[str, str]) -> tuple[Thing, ...]:
    """What is carried, and the vehicle that a scene plays in, in its colour: as its heading or the film tells it."""
    others = tuple(thing for thing in carried if thing.name != vehicle)
    word = words_of_vehicle(told)
    paint = next((COLOURS[colour] for colour in map(colour_named, tokens(told)) if colour), "")
    paint = paint or paints.get(word, "") or LIVERY.get(thing_named(word) or "", "")
    return (*others, Thing(vehicle, paint)) if paint else tuple(carried)


def _ordered(seen: Seen) -> bool:
    return seen.rule in _ORDERED


def _cast(seen: Seen, looks: Mapping[str, Look]) -> tuple[Figure, ...]:
    """Everybody in the frame: those the camera is on, those to whom they do something, those without a name."""
    acts = seen.acts
    doings, counts = dict(acts.doings), dict(acts.counts)
    staged = {staging.character: staging for staging in seen.staging}
    present = [subject for subject in seen.subjects if subject in looks]
    if seen.size not in _CLOSE_UPS or not _ordered(seen):
        present += [who for who in acts.drawn_in if who in looks and who not in present]
        if not present:
            present = [who for who in doings if who in looks]
    owned = any(doing.face for doing in doings.values())
    others_act = any(extra.doing.pose for extra in acts.extras)
    found = []
    for who in present[:MAX_FIGURES]:
        at = staged.get(who)
        if at is not None and others_act and doings.get(who, IDLE).pose is None:
            at = at.model_copy(update={"pose": Pose.STAND})  # what the words tell is somebody else's deed
        figure = figure_of(who, looks[who], at, doings.get(who, IDLE), who in seen.speakers, owned)
        found.append(figure)
        for number in range(1, counts.get(who, 1)):
            # A group that the film treats as one character is still several people.
            other = _stranger(f"{who}-{number}", _singular(who))
            on = "" if figure.on in ONE_AT_A_TIME else figure.on
            found.append(figure.model_copy(update={"character": f"~{who}-{number}", "look": other, "on": on}))
    found = found[:MAX_FIGURES]
    for extra in acts.extras:
        for number in range(extra.count):
            if len(found) >= MAX_FIGURES:
                break
            who = f"{extra.id}-{number + 1}"
            look = _stranger(who, extra.noun, extra.words)
            doing = extra.doing if not number or extra.doing.on not in ONE_AT_A_TIME else extra.doing._replace(on="")
            found.append(figure_of(who, look, None, doing, False, owned))
    if any(figure.on == "horse" for figure in found):
        # The horse that is told of is the one that is ridden.
        found = [figure for figure in found if figure.look.kind is not FigureKind.HORSE]
    return spread(tuple(found), staged)


@lru_cache(maxsize=1024)
def _stranger(identity: str, name: str, words: str = "") -> Look:
    """What somebody looks like who is no character of the film: shot after shot tells of the same few."""
    return look_of(Character(id=identity, name=name, description=words))


def _singular(identity: str) -> str:
    return identity.replace("-", " ").removeprefix("the ").removesuffix("s")


_BOTH_SIDES = re.compile(r"(?:INT\.?\s*/\s*EXT|EXT\.?\s*/\s*INT|I/E)\W", re.IGNORECASE)
_CAR = re.compile(
    r"(?<![\w-])(?:CAR|TAXI|CAB|TRUCK|VAN|JEEP|LIMOUSINE|LORRY|PICKUP|AMBULANCE|TRACTOR|BUS|MINIBUS)\b", re.IGNORECASE
)


def _in_a_car(heading: str) -> bool:
    """Whether a heading plays both inside and outside of a car: `INT./EXT. TAXI`."""
    if "/" not in heading:
        return False
    sides = _BOTH_SIDES.search(heading)
    return sides is not None and _CAR.search(heading, sides.end()) is not None


def _driven(figure: Figure, index: int, vehicle: str) -> Figure:
    """Somebody in a car or another vehicle: the first drives, as far as the script leaves the hands free."""
    idle = figure.pose in {Pose.STAND, Pose.WALK, Pose.SIT, Pose.TALK, Pose.DRIVE, Pose.RUN}
    pose = (Pose.DRIVE if index == 0 else Pose.SIT) if idle else figure.pose
    on = vehicle if figure.look.kind in {FigureKind.ADULT, FigureKind.CHILD} else ""
    changes = {"stance": Pose.SIT, "pose": pose, "on": on, "facing": Side.RIGHT, "side": Side.CENTRE}
    return figure.model_copy(update=changes)


def _aboard(place: Place, figures: tuple[Figure, ...], traits: tuple[str, ...]) -> bool:
    """Whether those seen at sea stand on a deck: where a ship of some size is told of, nobody walks on water."""
    if place is not Place.SEA or _SHIPS.isdisjoint(traits):
        return False
    return any(figure.look.kind in {FigureKind.ADULT, FigureKind.CHILD} for figure in figures)


_SHIPS = frozenset({"ferry", "ship"})
