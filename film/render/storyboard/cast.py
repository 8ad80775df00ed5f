"""Where the figures stand in the frame, and how large: the grammar of shot sizes."""

from __future__ import annotations

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import mix
from film.render.storyboard.dressing import (
    WIDE,
    beside,
    crowd,
    divide,
    hung,
    ledge,
    paint_of,
    skiff,
    spot,
    stand,
)
from film.render.storyboard.events import happen
from film.render.storyboard.figures import FLIES, anatomy, bones_of, draw_figure, hand_of
from film.render.storyboard.inserts import insert
from film.render.storyboard.mounts import METRE, rise_of
from film.render.storyboard.poses import STANCES
from film.render.storyboard.props import AIRBORNE, METRES, metres_of
from film.render.storyboard.stage import Stage
from schemas.enums import FigureKind, FocusOn, Place, Pose, ShotSize, Side
from schemas.prompt import Figure, Picture

_COLUMN = {Side.LEFT: 0.32, Side.CENTRE: 0.5, Side.RIGHT: 0.68}
_CLOSE_COLUMN = {Side.LEFT: 0.36, Side.CENTRE: 0.5, Side.RIGHT: 0.64}
_HEAD = {ShotSize.MS: 0.30, ShotSize.MCU: 0.43, ShotSize.CU: 0.66, ShotSize.ECU: 2.35}
"""Height of the head in close sizes, in fractions of the frame's."""

_EYES = {ShotSize.MS: 0.27, ShotSize.MCU: 0.33, ShotSize.CU: 0.44, ShotSize.ECU: 0.54}
"""Where the middle of the head lies, down from the top: headroom shrinks as the camera nears."""


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
        _close(s, c, picture, reach, held, standing)
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


def _in_hand(picture: Picture, held: list[str], index: int) -> str | None:
    """What a figure holds: what the plan says, and else the first thing that is held, for the first who holds."""
    figure = picture.figures[index]
    if figure.held or picture.focus_on is FocusOn.SET:
        return figure.held or None
    if index or any(other.held for other in picture.figures) or figure.pose not in {Pose.HOLD, Pose.GIVE, Pose.STAND}:
        return None
    return held[0] if held else None


def _columns(picture: Picture, s: Stage, table: dict[Side, float], gap: float) -> list[float]:
    """Spread figures that were given one side, and lean a little so that no two shots are the same."""
    if len(picture.figures) > 2:
        return _in_a_row(picture, s, gap)
    taken: list[float] = []
    for figure in picture.figures:
        x = table[figure.side] + s.detail.uniform(-0.015, 0.015)
        step = 0
        while any(abs(x - other) < gap for other in taken) and step < 8:
            step += 1
            x = table[figure.side] + gap * ((step + 1) // 2) * (1 if step % 2 else -1)
        taken.append(min(0.93, max(0.07, x)))
    return taken


def _in_a_row(picture: Picture, s: Stage, gap: float) -> list[float]:
    """Three and more stand side by side across the frame, those on the left side of the line first."""
    sides = (Side.LEFT, Side.CENTRE, Side.RIGHT)
    order = sorted(range(len(picture.figures)), key=lambda index: sides.index(picture.figures[index].side))
    half = min(0.38, 0.5 * gap * (len(order) - 1))
    step = 2 * half / (len(order) - 1)
    places = {index: 0.5 - half + step * rank + s.detail.uniform(-0.01, 0.01) for rank, index in enumerate(order)}
    return [places[index] for index in range(len(order))]


def _together(picture: Picture, columns: list[float], half: float) -> list[float]:
    """Bring those who embrace into each other's arms: `half` the distance between them, in fractions of the frame."""
    pair = [index for index, figure in enumerate(picture.figures) if figure.pose in {Pose.EMBRACE, Pose.KISS}][:2]
    if len(pair) < 2:
        return columns
    middle = sum(columns[index] for index in pair) / 2
    left, right = sorted(pair, key=lambda index: columns[index])
    return [
        middle - half if index == left else middle + half if index == right else x for index, x in enumerate(columns)
    ]


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
    return max(lifts, default=0.0) / METRE


def _wide(s: Stage, c: Canvas, picture: Picture, reach: float, held: list[str], standing: list[str]) -> None:
    size = picture.size
    crowded = len(picture.figures) > 3
    foot = {ShotSize.EWS: s.ground(_far(s)), ShotSize.WS: s.foot, ShotSize.FS: min(s.h * 0.95, s.foot * 1.02)}[size]
    metre = {ShotSize.EWS: s.m(s.ground(_far(s))), ShotSize.WS: s.u, ShotSize.FS: reach * 0.43}[size]
    if size is ShotSize.FS:
        tallest = max(anatomy(figure).metres for figure in picture.figures)
        metre = min(reach * 0.76 / (tallest + _highest(picture)), reach * 0.62)
        metre *= 0.86 if crowded else 1.0
    columns = _columns(picture, s, _COLUMN, min(0.3, metre * 0.62 / s.w, 0.8 / len(picture.figures)))
    columns = _together(picture, columns, metre * 0.145 / s.w)
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
    driver = next((figure for figure in picture.figures if figure.on == "car"), None)
    for index in order:
        figure = picture.figures[index]
        if (figure.on == "car" and figure is not driver) or figure.on == "arms":
            continue
        body = anatomy(figure)
        bird = figure.look.kind is FigureKind.BIRD
        if bird and size is not ShotSize.FS and _lone_bird(s, c, figure, columns[index], metre):
            continue
        least = _LEAST[size][bird]
        scale = metre * max(body.metres, least) / body.height
        back = 0.0 if index == 0 else metre * 0.06 * index
        lift = metre * 0.2 if figure.look.kind is FigureKind.CLOUD else 0.0
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
            depth=0.3 if size is ShotSize.EWS else 0.0,
            stool=True,
            held=_in_hand(picture, held, index),
            paint=paint_of(picture, _in_hand(picture, held, index) or figure.on),
            lit_right=s.light.sun_x > 0.5,
            aboard=[one for one in picture.figures if one.on == "car" and one is not driver]
            if figure is driver
            else (),
        )
    _in_arms(s, c, picture, columns, foot, metre)
    main = anatomy(picture.figures[0])
    happen(s, c, picture, s.w * columns[0], foot - metre * main.metres * 0.55, reach)
    if rows:
        skiff(s, c, [s.w * column for column in columns], foot, metre, paint_of(picture, own))
    kept = [_in_hand(picture, held, index) for index in range(len(picture.figures))]
    for thing in (thing for thing in held if thing not in kept):
        if s.inside and s.tops:
            # What nobody holds lies on the table.
            x, y, pixels = s.framed(*s.tops[0])
            stand(s, c, thing, x, y, min(pixels, 0.3 * s.h / metres_of(thing)))
        else:
            stand(s, c, thing, s.w * columns[0] + metre * (0.9 if columns[0] < 0.55 else -0.9), foot,
                  min(metre, 0.3 * s.h / metres_of(thing)))  # fmt: skip


def _in_arms(s: Stage, c: Canvas, picture: Picture, columns: list[float], foot: float, metre: float) -> None:
    """Whoever is carried, across the arms of whoever carries them."""
    bearer = next((i for i, figure in enumerate(picture.figures) if figure.pose is Pose.CARRY), None)
    for figure in picture.figures:
        if figure.on != "arms" or bearer is None:
            continue
        body = anatomy(figure)
        mirror = -1 if picture.figures[bearer].facing is Side.LEFT else 1
        lain = figure.model_copy(update={"on": "", "facing": picture.figures[bearer].facing})
        x, y = s.w * columns[bearer] + mirror * metre * 0.2, foot - metre * 1.0
        draw_figure(c, s.front, lain, s.light, x, y, metre * body.metres / body.height * 0.95, shadow=False)


_COMPANION = {
    FigureKind.CAT: (0.5, 0.34),
    FigureKind.DOG: (0.6, 0.3),
    FigureKind.HORSE: (0.95, 0.0),
    FigureKind.COW: (1.0, 0.1),
    FigureKind.PIG: (0.62, 0.34),
    FigureKind.BEAR: (1.3, 0.0),
    FigureKind.RABBIT: (0.4, 0.4),
    FigureKind.MOUSE: (0.24, 0.5),
    FigureKind.SNAKE: (0.5, 0.36),
    FigureKind.FISH: (0.9, 0.26),
    FigureKind.DRAGON: (1.9, 0.0),
}
"""An animal beside a human in a medium shot: its size, and how much lower its head is, in fractions of the frame."""


def _close(s: Stage, c: Canvas, picture: Picture, reach: float, held: list[str], standing: list[str]) -> None:
    size = picture.size
    solo = size in {ShotSize.CU, ShotSize.ECU}
    head = _HEAD[size] * min(reach, s.w * (0.86 if solo else 1.05))
    mounts = {figure.on for figure in picture.figures} | {figure.held for figure in picture.figures}
    if picture.focus_on is FocusOn.SET:
        # What the focus goes to stands behind whoever it leaves; what nobody holds does as well.
        kept = [_in_hand(picture, held, index) for index in range(len(picture.figures))]
        free = [thing for thing in (*held, *standing) if thing not in {*kept, *mounts}]
        held = [thing for thing in held if thing in kept]
        standing = []
        for thing in free[:1]:
            _stand_away(s, thing, 0.7 if picture.figures[0].side is not Side.RIGHT else 0.3)
    for thing in [thing for thing in standing if thing not in mounts][:1]:
        stand(s, s.c, thing, s.w * (0.75 if picture.figures[0].side is Side.LEFT else 0.25), s.ground(0.12), s.u)
    shown = picture.figures[: 2 if size is not ShotSize.MS else 4]
    columns = _columns(picture, s, _CLOSE_COLUMN if solo else _COLUMN, 0.30 if size is ShotSize.MS else 0.34)
    kiss = any(figure.pose is Pose.KISS for figure in picture.figures)
    columns = _together(picture, columns, head * (0.29 if kiss else 0.36) / s.w)
    birds = [figure for figure in shown if figure.look.kind is FigureKind.BIRD]
    bearer = next(
        (figure for figure in shown if anatomy(figure).human and figure.pose not in {Pose.LIE, Pose.SLEEP}), None
    )
    if not birds or bearer is None:
        birds, bearer = [], None
    if picture.figures[0].pose in {Pose.LIE, Pose.SLEEP} and not solo and anatomy(picture.figures[0]).human:
        _lying(s, c, picture.figures[0], columns[0], head)
        shown = shown[1:2]
        columns = columns[1:2]
    if size is ShotSize.ECU:
        columns = [0.5] * len(columns)
        shown = shown[:1]
    if (
        shown
        and shown[0] is picture.figures[0]
        and len(shown) == 1
        and not solo
        and shown[0].side is Side.CENTRE
        and shown[0].facing is not Side.CENTRE
    ):
        columns[0] += 0.06 if shown[0].facing is Side.LEFT else -0.06
    for index in range(len(shown) - 1, -1, -1):
        figure = shown[index]
        if figure in birds:
            continue
        if figure is bearer and figure.pose is not Pose.TALK:
            figure = bearer = figure.model_copy(update={"pose": Pose.HOLD})
        main = index == 0 or (index == 1 and shown[0] in birds)
        body = anatomy(figure)
        share = 1.0 if main else {ShotSize.MS: 0.9, ShotSize.MCU: 0.72, ShotSize.CU: 0.5}[size]
        mixed = any(anatomy(other).human for other in shown) and figure.look.kind in _COMPANION
        share, lower = _COMPANION[figure.look.kind] if mixed and size is ShotSize.MS else (share, 0.0 if main else 0.05)
        scale = head * share / body.size * (1.0 if body.human else 1.05)
        x, y = s.w * columns[index], s.h * (_EYES[size] + lower)
        if solo and not main:
            x = s.w * (0.16 if columns[0] > 0.5 else 0.84)
        mirror = -1 if figure.facing is Side.LEFT else 1
        child = figure.look.kind is FigureKind.CHILD and len(shown) > 1
        y += s.h * 0.13 if child and size is ShotSize.MS else 0.0
        lies = figure.pose in {Pose.LIE, Pose.SLEEP} and body.human
        hx, hy = (body.head[0], body.head[1])
        if lies:
            # The head of a body turned by 74° about its feet.
            hx, hy = hx * 0.2756 + hy * 0.9613, -hx * 0.9613 + hy * 0.2756
            y += s.h * 0.14
        if solo and body.human and not lies and figure.facing is not Side.CENTRE:
            # A turned head is centred on its eyes.
            hx += 11.0
        if picture.behind:
            layer = s.c if figure.character == picture.behind else c
        else:
            layer = c if main or size is ShotSize.MS else s.c
        if picture.behind and layer is s.c:
            farther = _AWAY * head / body.size
            _draw_away(s, figure, min(max(x, 0.2 * s.w), 0.8 * s.w), s.h * (_EYES[size] + _LOWER), farther)
            continue
        if layer is s.c:
            # Behind the focus: the set's zoom is undone, so that the figure keeps its size.
            draw_behind(s, figure, x, y, scale)
            continue
        draw_figure(
            layer,
            s.front,
            figure,
            s.light,
            x - mirror * scale * hx,
            y - scale * hy,
            scale,
            stool=size is ShotSize.MS,
            held=None if solo or figure is bearer else _in_hand(picture, held, picture.figures.index(shown[index])),
            paint=paint_of(picture, figure.held or figure.on or (held[0] if held else "")),
            shadow=False,
            upright=lies,
            lit_right=s.light.sun_x > 0.5,
        )
        if figure is bearer and not solo:
            _on_hand(s, layer, birds, figure, (x - mirror * scale * hx, y - scale * hy, scale))
    free = [thing for thing in held if thing not in {one.held for one in picture.figures}]
    if not solo and free and free[0] != _in_hand(picture, held, 0):
        ledge(s, c, free[0], 0.8 if columns and columns[0] < 0.55 else 0.2, reach)
    happen(s, c, picture, s.w * (columns[0] if columns else 0.5), s.h * 0.55, reach)
    if solo and held and not picture.behind:  # it would hide whoever is there
        beside(s, c, held[0], picture.figures[0], s.w * (0.80 if columns[0] < 0.5 else 0.20), reach)


def _on_hand(s: Stage, c: Canvas, birds: list[Figure], bearer: Figure, placed: tuple[float, float, float]) -> None:
    """Birds on the hand of whoever is with them, or about their head on the wing: true to scale."""
    x, y = hand_of(bearer, *placed)
    metre = anatomy(bearer).height * placed[2] / anatomy(bearer).metres
    facing = Side.RIGHT if bearer.facing is Side.LEFT else Side.LEFT
    way = -1 if bearer.facing is Side.LEFT else 1
    for index, bird in enumerate(birds):
        body = anatomy(bird)
        flies = bird.pose in FLIES
        px = x + way * metre * (0.08 + 0.3 * index + (0.3 if flies else 0.0))
        py = y - metre * ((0.55 if flies else 0.04) + 0.1 * index)
        turned = bird.model_copy(update={"facing": facing})
        draw_figure(c, s.front, turned, s.light, px, py, metre * body.metres / body.height, shadow=False)


def _lying(s: Stage, c: Canvas, figure: Figure, column: float, head: float) -> None:
    """Somebody who lies, in a medium shot: along the frame, on a bed or on the ground."""
    body = anatomy(figure)
    scale = min(head * 0.72 / body.size, 0.86 * s.w / body.height)
    mirror = -1 if figure.facing is Side.LEFT else 1
    y = s.h * 0.80
    c.bounds.append((0.0, 0.0, s.w, s.h))
    cloth = s.light.lit("#d9d6cc") if s.inside else s.light.lit(s.soil("#6f7a52"))
    c.rect(
        -0.1 * s.w,
        y - 26 * scale,
        1.2 * s.w,
        s.h,
        c.linear(((0, cloth, 1), (1, mix(cloth, s.light.shade, 0.5), 1))),
        ink=False,
    )
    start = s.w * (column - mirror * 0.16)
    if s.inside:
        pillow = mix(s.light.lit("#f6f2e8"), "#f6f2e8", 0.3)
        c.rect(start - 110 * scale, y - 66 * scale, 220 * scale, 70 * scale, pillow, r=34 * scale)
    feet = start + mirror * body.height * 0.93 * scale - mirror * body.height * 0.48 * scale
    draw_figure(c, s.front, figure, s.light, feet, y, scale, lit_right=s.light.sun_x > 0.5)


_AWAY = 0.62
"""Size of whoever stands behind in a shot in which the focus moves, in that of whoever is near."""

_LOWER = 0.02
"""How much lower their head is: they stand on the same ground, and the camera at the height of eyes."""


def _draw_away(s: Stage, figure: Figure, x: float, y: float, scale: float) -> None:
    """Draw somebody on a layer between the set and the figures, at a place of the frame, whatever the camera does."""
    body = anatomy(figure)
    zoom, dx, dy = s.view
    mirror = -1 if figure.facing is Side.LEFT else 1
    px, py, scale = (x - dx) / zoom, (y - dy) / zoom, scale / zoom
    px, py = px - mirror * scale * body.head[0], py - scale * body.head[1]
    draw_figure(s.c, s.front, figure, s.light, px, py, scale, depth=0.15, shadow=False)


def _stand_away(s: Stage, thing: str, column: float) -> None:
    """Stand a thing behind the figures, where it is seen, and large enough to be looked at."""
    zoom, dx, dy = s.view
    metre = min(0.36 * s.h / metres_of(thing), 0.5 * s.h) / zoom
    stand(s, s.c, thing, (s.w * column - dx) / zoom, (0.88 * s.h - dy) / zoom, metre)


def draw_behind(s: Stage, figure: Figure, x: float, y: float, scale: float) -> None:
    """Draw somebody out of focus, on the set's layer: nearer its scale than the main figure's."""
    body = anatomy(figure)
    mirror = -1 if figure.facing is Side.LEFT else 1
    shrink = 0.48
    px, py = s.w * 0.5 + (x - s.w * 0.5) * 0.62, s.h * 0.5 + (y - s.h * 0.5) * 0.5
    draw_figure(
        s.c,
        s.front,
        figure,
        s.light,
        px - mirror * scale * shrink * body.head[0],
        py - scale * shrink * body.head[1],
        scale * shrink,
        depth=0.15,
        shadow=False,
    )
