"""Where the figures stand in the frame, and how large: the grammar of shot sizes."""

from __future__ import annotations

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import mix
from film.render.storyboard.dressing import WIDE, beside, crowd, divide, insert, skiff, spot, stand
from film.render.storyboard.figures import anatomy, draw_figure
from film.render.storyboard.props import METRES
from film.render.storyboard.stage import Stage
from schemas.enums import FigureKind, Place, Pose, ShotSize, Side
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
    if picture.crowd and picture.size is not ShotSize.ECU:
        crowd(s, c if picture.size in WIDE else s.c)
    if not picture.figures or s.picture.figures == ():
        return insert(s, c, held + standing, picture, reach)
    if picture.size in WIDE:
        _wide(s, c, picture, reach, held, standing)
    else:
        _close(s, c, picture, reach, held, standing)
    return True


def _columns(picture: Picture, s: Stage, table: dict[Side, float], gap: float) -> list[float]:
    """Spread figures that were given one side, and lean a little so that no two shots are the same."""
    taken: list[float] = []
    for figure in picture.figures:
        x = table[figure.side] + s.detail.uniform(-0.015, 0.015)
        step = 0
        while any(abs(x - other) < gap for other in taken) and step < 8:
            step += 1
            x = table[figure.side] + gap * ((step + 1) // 2) * (1 if step % 2 else -1)
        taken.append(min(0.93, max(0.07, x)))
    return taken


def _wide(s: Stage, c: Canvas, picture: Picture, reach: float, held: list[str], standing: list[str]) -> None:
    size = picture.size
    foot = {ShotSize.EWS: s.ground(0.30), ShotSize.WS: s.foot, ShotSize.FS: min(s.h * 0.95, s.foot * 1.02)}[size]
    metre = {ShotSize.EWS: s.m(s.ground(0.30)), ShotSize.WS: s.u, ShotSize.FS: reach * 0.43}[size]
    if size is ShotSize.FS:
        main = anatomy(picture.figures[0])
        metre = min(reach * 0.76 / main.metres, reach * 0.62)
    columns = _columns(picture, s, _COLUMN, min(0.3, metre * 0.62 / s.w))
    ground = foot
    for index, thing in enumerate(standing):
        x = s.w * (0.72 if columns[0] < 0.5 else 0.28) + index * metre * 0.5
        y, k = spot(s, thing, ground)
        # Nothing on the ground is larger than the people in the shot are important.
        stand(s, c, thing, x, y, min(metre * k, 0.46 * s.h / METRES[thing]))
    order = sorted(range(len(picture.figures)), key=lambda index: -index)
    for index in order:
        figure = picture.figures[index]
        body = anatomy(figure)
        least = {ShotSize.EWS: 1.0, ShotSize.WS: 0.7, ShotSize.FS: 0.0}[size]
        scale = metre * max(body.metres, least) / body.height
        back = 0.0 if index == 0 else metre * 0.06 * index
        lift = metre * 0.2 if figure.look.kind is FigureKind.CLOUD else 0.0
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
            held=held[0] if held and index == 0 else None,
            lit_right=s.light.sun_x > 0.5,
        )
    if picture.place is Place.SEA and anatomy(picture.figures[0]).human:
        skiff(s, c, [s.w * column for column in columns], foot, metre)
    for thing in held[1:]:
        stand(s, c, thing, s.w * 0.5 + metre * 0.5, foot, metre)


_COMPANION = {
    FigureKind.BIRD: (0.36, 0.34),
    FigureKind.CAT: (0.5, 0.34),
    FigureKind.DOG: (0.6, 0.3),
    FigureKind.HORSE: (0.95, 0.0),
}
"""An animal beside a human in a medium shot: its size, and how much lower its head is, in fractions of the frame."""


def _close(s: Stage, c: Canvas, picture: Picture, reach: float, held: list[str], standing: list[str]) -> None:
    size = picture.size
    solo = size in {ShotSize.CU, ShotSize.ECU}
    head = _HEAD[size] * min(reach, s.w * (0.86 if solo else 1.05))
    for thing in standing[:1]:
        stand(s, s.c, thing, s.w * (0.75 if picture.figures[0].side is Side.LEFT else 0.25), s.ground(0.12), s.u)
    shown = picture.figures[: 2 if size is not ShotSize.MS else 4]
    columns = _columns(picture, s, _CLOSE_COLUMN if solo else _COLUMN, 0.30 if size is ShotSize.MS else 0.34)
    if picture.figures[0].pose is Pose.LIE and not solo and anatomy(picture.figures[0]).human:
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
        main = figure is picture.figures[0]
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
        lies = figure.pose is Pose.LIE and body.human
        hx, hy = (body.head[0], body.head[1])
        if lies:
            # The head of a body turned by 74° about its feet.
            hx, hy = hx * 0.2756 + hy * 0.9613, -hx * 0.9613 + hy * 0.2756
            y += s.h * 0.14
        if solo and body.human and not lies and figure.facing is not Side.CENTRE:
            # A turned head is centred on its eyes.
            hx += 11.0
        layer = c if main or size is ShotSize.MS else s.c
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
            held=held[0] if held and main and not solo else None,
            shadow=False,
            upright=lies,
            lit_right=s.light.sun_x > 0.5,
        )
    if solo and held:
        beside(s, c, held[0], s.w * (0.80 if columns[0] < 0.5 else 0.20), reach)


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
