"""Where the figures stand in the frame, and how large: the grammar of shot sizes."""

from __future__ import annotations

from film.render.storyboard.anatomy import FLIES, anatomy, bones_of
from film.render.storyboard.canvas import Canvas
from film.render.storyboard.close import close
from film.render.storyboard.dressing import (
    WIDE,
    crowd,
    divide,
    hung,
    paint_of,
    skiff,
    spot,
    stand,
)
from film.render.storyboard.events import happen
from film.render.storyboard.figures import draw_figure
from film.render.storyboard.inserts import insert
from film.render.storyboard.measures import AIRBORNE, METRES, metres_of
from film.render.storyboard.mount_parts import METRE
from film.render.storyboard.mounts import rise_of
from film.render.storyboard.perches import perch_rise
from film.render.storyboard.poses import STANCES
from film.render.storyboard.rows import BORNE, COLUMN, in_hand, spread_out, together, within_reach
from film.render.storyboard.stage import Stage
from film.render.storyboard.vehicles import CARS
from schemas.enums import FigureKind, Place, Pose, ShotSize, Side
from schemas.prompt import Figure, Picture


def place_cast(s: Stage, c: Canvas, picture: Picture, reach: float) -> bool:
    """Draw a picture's figures, crowd and props.

    Args:
        s: The stage, its set built.
        c: The layer of the figures.
        picture: The plan.
        reach: What sizes are fractions of, in logical pixels.

    Returns:
        Whether anything stands before the set, so that the set may go out of focus.
    """
    held, standing = divide(s, picture)
    _fly(s, c, standing, picture)
    if picture.crowd and picture.size is not ShotSize.ECU:
        crowd(s, c if picture.size in WIDE else s.c)
    if not picture.figures or s.picture.figures == ():
        before_set = insert(s, c, held + standing, picture, reach)
        happen(s, c, picture, 0.5 * s.w, 0.55 * s.h, reach)
        return before_set
    if picture.size in WIDE:
        _wide(s, c, picture, reach, held, standing)
    else:
        close(s, c, picture, reach, held, standing)
    return True


def _fly(s: Stage, c: Canvas, standing: list[str], picture: Picture) -> None:
    """Take what is in the air out of doors from the things on the ground, and draw it there."""
    air = [thing for thing in standing if thing in AIRBORNE and not s.inside]
    if picture.size not in WIDE or not air:
        return
    crew = bool(picture.figures)
    for index, thing in enumerate(air):
        standing.remove(thing)
        size = (0.34 if crew else 0.5) * s.w
        x, y = s.w * ((0.66 if crew else 0.5) - 0.2 * index), s.h * ((0.2 if crew else 0.34) + 0.1 * index)
        hung(s, c, thing, x, y, size)


_LEAST = {ShotSize.EWS: (0.7, 0.42), ShotSize.WS: (0.6, 0.24), ShotSize.FS: (0.44, 0.3)}
"""What a body counts as at least, in metres, so that it is seen at all; and a bird."""


def _lone_bird(s: Stage, c: Canvas, figure: Figure, column: float, metre: float) -> bool:
    """A bird in a wide shot: on the wing against the sky, or on what it can sit on in a room.

    Returns:
        Whether it was drawn; else it sits on the ground, as anybody.
    """
    body = anatomy(figure)
    if figure.pose in FLIES:
        size = max(metre * body.metres, 0.1 * s.h)
        draw_figure(c, s.front, figure, s.light, s.w * column, s.h * 0.42, size / body.height, shadow=False)
        return True
    spots = s.sills if "window" in s.picture.props and s.sills else s.tops
    if not s.inside or not spots:
        return False
    x, y, pixels = min((s.framed(*spot) for spot in spots), key=lambda spot: abs(spot[0] / s.w - column))
    scale = max(pixels * body.metres, 0.05 * s.h) / body.height
    draw_figure(c, s.front, figure, s.light, x, y, scale)
    return True


def _far(s: Stage) -> float:
    """Where people stand in an extreme wide shot: small before a landscape, but near enough to be told apart."""
    return 0.3 if s.inside else -0.08


def _highest(picture: Picture) -> float:
    """How many metres above the ground the one stands who is carried or jumps highest."""
    humans = [bones_of(figure) for figure in picture.figures if anatomy(figure).human]
    mounts = [figure.on for figure in picture.figures if anatomy(figure).human]
    lifts = [STANCES[bones.legs].lift + rise_of(on, bones.legs) for bones, on in zip(humans, mounts, strict=True)]
    beasts = [perch_rise(figure.on) for figure in picture.figures if not anatomy(figure).human]
    return max((*(lift / METRE for lift in lifts), *beasts), default=0.0)


def _wide(s: Stage, c: Canvas, picture: Picture, reach: float, held: list[str], standing: list[str]) -> None:
    size = picture.size
    crowded = len(picture.figures) > 3
    foot = {ShotSize.EWS: s.ground(_far(s)), ShotSize.WS: s.foot, ShotSize.FS: min(s.h * 0.95, s.foot * 1.02)}[size]
    metre = {ShotSize.EWS: s.m(s.ground(_far(s))), ShotSize.WS: s.u, ShotSize.FS: reach * 0.43}[size]
    if size is ShotSize.FS:
        tallest = max(anatomy(figure).metres for figure in picture.figures)
        if all(figure.look.kind is FigureKind.BIRD for figure in picture.figures):
            tallest = max(tallest, 0.7 * len(picture.figures))
        metre = min(reach * 0.76 / (tallest + _highest(picture)), reach * 0.62)
        metre *= 0.86 if crowded else 1.0
    columns = spread_out(picture, s, COLUMN, min(0.3, metre * 0.62 / s.w, 0.8 / len(picture.figures)))
    columns = together(picture, columns, metre * 0.145 / s.w)
    columns = within_reach(picture, columns, metre / s.w)
    ground = foot
    rows = picture.place is Place.SEA and anatomy(picture.figures[0]).human
    rows = rows and not any(figure.pose in {Pose.SWIM, Pose.ROW, Pose.FLY, Pose.FALL} for figure in picture.figures)
    own = next((thing for thing in standing if rows and thing in {"boat", "rowboat"}), "")
    mounts = {figure.on for figure in picture.figures} | {figure.held for figure in picture.figures}
    for index, thing in enumerate(thing for thing in standing if thing != own and thing not in mounts):
        way = -1 if picture.figures[0].facing is Side.LEFT or columns[0] > 0.6 else 1
        far_ = 0.7 + 0.4 * min(METRES[thing], 4.0) + 0.6 * index
        x = min(0.9 * s.w, max(0.1 * s.w, s.w * columns[0] + way * metre * far_))
        y, k = spot(s, thing, ground)
        # Nothing on the ground is larger than the people in the shot are important.
        stand(s, c, thing, x, y, min(metre * k, 0.46 * s.h / METRES[thing]))
    # Walls first: whoever comes through a door is seen in it.
    walled = {"door", "window", "hatch", "wall", "board"}
    order = sorted(range(len(picture.figures)), key=lambda index: (picture.figures[index].on not in walled, -index))
    driver = next((figure for figure in picture.figures if figure.on in CARS), None)
    for index in order:
        figure = picture.figures[index]
        if (figure.on in CARS and figure is not driver) or figure.on == "arms":
            continue
        body = anatomy(figure)
        bird = figure.look.kind is FigureKind.BIRD
        if bird and size is not ShotSize.FS and _lone_bird(s, c, figure, columns[index], metre):
            continue
        least = _LEAST[size][bird]
        scale = metre * max(body.metres, least) / body.height
        back = 0.0 if index == 0 else metre * 0.06 * index
        aloft = bird and figure.pose in FLIES and not s.inside
        lift = (0.3 + 0.13 * ((2 * index) % 3)) * s.h if aloft else 0.0
        lift += metre * 0.2 if figure.look.kind is FigureKind.CLOUD else 0.0
        lift += metre * 0.9 if figure.look.kind is FigureKind.DRAGON and figure.pose in FLIES else 0.0
        back += metre * 0.1 * (index % 2) if crowded else 0.0
        draw_figure(
            c,
            s.front,
            figure,
            s.light,
            s.w * columns[index],
            foot - back - lift,
            scale,
            shadow=not aloft,
            depth=0.3 if size is ShotSize.EWS else 0.0,
            stool=True,
            held=in_hand(picture, held, index),
            paint=paint_of(picture, in_hand(picture, held, index) or figure.on),
            lit_right=s.light.sun_x > 0.5,
            aboard=[one for one in picture.figures if one.on in CARS and one is not driver] if figure is driver else (),
        )
    _in_arms(s, c, picture, columns, foot, metre)
    main = anatomy(picture.figures[0])
    happen(s, c, picture, s.w * columns[0], foot - metre * main.metres * 0.55, reach)
    if rows:
        skiff(s, c, [s.w * column for column in columns], foot, metre, paint_of(picture, own))
    kept = [in_hand(picture, held, index) for index in range(len(picture.figures))]
    for thing in (thing for thing in held if thing not in kept):
        if picture.figures[0].pose is Pose.KICK:
            # It has just left the foot.
            x = s.w * columns[0] + metre * (-1.0 if picture.figures[0].facing is Side.LEFT else 1.0)
            hung(s, c, thing, x, foot - 0.5 * metre, metre * metres_of(thing))
        elif s.inside and s.tops:
            # What nobody holds lies on the table.
            x, y, pixels = s.framed(*s.tops[0])
            stand(s, c, thing, x, y, min(pixels, 0.3 * s.h / metres_of(thing)))
        else:
            stand(s, c, thing, s.w * columns[0] + metre * (0.9 if columns[0] < 0.55 else -0.9), foot,
                  min(metre, 0.3 * s.h / metres_of(thing)))  # fmt: skip


def _in_arms(s: Stage, c: Canvas, picture: Picture, columns: list[float], foot: float, metre: float) -> None:
    """Whoever is carried, across the arms of whoever carries them."""
    bearers = (i for i, figure in enumerate(picture.figures) if figure.pose is Pose.CARRY and figure.on not in BORNE)
    bearer = next(bearers, None)
    for figure in picture.figures:
        if figure.on != "arms" or bearer is None:
            continue
        body = anatomy(figure)
        mirror = -1 if picture.figures[bearer].facing is Side.LEFT else 1
        lain = figure.model_copy(update={"on": "", "facing": picture.figures[bearer].facing})
        x, y = s.w * columns[bearer] + mirror * metre * 0.2, foot - metre * 1.0
        draw_figure(c, s.front, lain, s.light, x, y, metre * body.metres / body.height * 0.95, shadow=False)
