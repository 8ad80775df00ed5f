"""Where the figures stand in the frame, and how large: the grammar of shot sizes."""

from __future__ import annotations

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import mix
from film.render.storyboard.figures import anatomy, draw_figure
from film.render.storyboard.props import GLOWING, METRES, STANDING, draw_glyph
from film.render.storyboard.stage import Stage
from schemas.enums import Expression, FigureKind, Place, Pose, ShotSize, Side
from schemas.prompt import Figure, Picture
from schemas.script import Look

_COLUMN = {Side.LEFT: 0.32, Side.CENTRE: 0.5, Side.RIGHT: 0.68}
_CLOSE_COLUMN = {Side.LEFT: 0.36, Side.CENTRE: 0.5, Side.RIGHT: 0.64}
_HEAD = {ShotSize.MS: 0.30, ShotSize.MCU: 0.43, ShotSize.CU: 0.66, ShotSize.ECU: 2.35}
"""Height of the head in close sizes, in fractions of the frame's."""

_EYES = {ShotSize.MS: 0.27, ShotSize.MCU: 0.33, ShotSize.CU: 0.44, ShotSize.ECU: 0.54}
"""Where the middle of the head lies, down from the top: headroom shrinks as the camera nears."""

WIDE = frozenset({ShotSize.EWS, ShotSize.WS, ShotSize.FS})


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
    held, standing = _divide(s, picture)
    if picture.crowd and picture.size is not ShotSize.ECU:
        _crowd(s, c if picture.size in WIDE else s.c)
    if not picture.figures or s.picture.figures == ():
        return _insert(s, c, held + standing, picture, reach)
    if picture.size in WIDE:
        _wide(s, c, picture, reach, held, standing)
    else:
        _close(s, c, picture, reach, held, standing)
    return True


def _divide(s: Stage, picture: Picture) -> tuple[list[str], list[str]]:
    """Tell things in a hand from things on the ground: a boat or a tree inside a house is a small one."""
    standing = [thing for thing in picture.props if thing in STANDING and not (s.inside and METRES[thing] > 3)]
    return [thing for thing in picture.props if thing not in standing], standing


_SHORE = {Place.HARBOUR: 0.62, Place.SEA: 0.5, Place.BEACH: 0.66, Place.SHIP: 0.8, Place.RIVER: 0.5, Place.BRIDGE: 0.7}
"""How far the water is: 0 at the figures' feet, 1 at the horizon."""


def _spot(s: Stage, thing: str, ground: float) -> tuple[float, float]:
    """Say on what ground a thing stands, and how its scale compares with the figures': boats float."""
    if thing == "boat" and s.picture.place in _SHORE:
        far = _SHORE[s.picture.place]
        return s.hz + (ground - s.hz) * (1 - far), max(0.4, 1 - far)
    k = 0.55 if METRES.get(thing, 0.0) > 3 else 0.92
    return s.hz + (ground - s.hz) * k, k


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
        y, k = _spot(s, thing, ground)
        # Nothing on the ground is larger than the people in the shot are important.
        _stand(s, c, thing, x, y, min(metre * k, 0.46 * s.h / METRES[thing]))
    order = sorted(range(len(picture.figures)), key=lambda index: -index)
    for index in order:
        figure = picture.figures[index]
        body = anatomy(figure)
        least = {ShotSize.EWS: 1.0, ShotSize.WS: 0.7, ShotSize.FS: 0.0}[size]
        scale = metre * max(body.metres, least) / body.height
        back = 0.0 if index == 0 else metre * 0.06 * index
        lift = metre * 0.2 if figure.look.kind is FigureKind.CLOUD else 0.0
        draw_figure(
            c, s.front, figure, s.light, s.w * columns[index], foot - back - lift, scale, depth=0.3 if size is ShotSize.EWS else 0.0,
            stool=True, held=held[0] if held and index == 0 else None, lit_right=s.light.sun_x > 0.5,
        )  # fmt: skip
    if picture.place is Place.SEA and anatomy(picture.figures[0]).human:
        _skiff(s, c, [s.w * column for column in columns], foot, metre)
    for thing in held[1:]:
        _stand(s, c, thing, s.w * 0.5 + metre * 0.5, foot, metre)


def _skiff(s: Stage, c: Canvas, columns: list[float], foot: float, metre: float) -> None:
    """Whoever is out at sea stands in a boat."""
    left, right = min(columns) - metre * 1.1, max(columns) + metre * 1.3
    top, keel = foot - metre * 0.34, foot + metre * 0.30
    c.bounds.append((left - metre, top - metre, right + metre, keel + metre))
    hull = f"M{left:.1f} {top:.1f}H{right:.1f}Q{right - metre * 0.2:.1f} {keel:.1f} {right - metre * 0.7:.1f} {keel:.1f}H{left + metre * 0.5:.1f}Q{left + metre * 0.1:.1f} {keel:.1f} {left:.1f} {top:.1f}Z"
    c.path(hull, s.light.lit("#8f4232"))
    c.rect(left, top, right - left, metre * 0.11, s.light.lit("#efe6d2"))
    c.path(f"M{left - metre * 0.3:.1f} {keel - metre * 0.04:.1f}Q{(left + right) / 2:.1f} {keel - metre * 0.22:.1f} {right + metre * 0.3:.1f} {keel - metre * 0.04:.1f}V{keel + metre * 0.2:.1f}H{left - metre * 0.3:.1f}Z",
           s.light.lit("#2b658a"), ink=False)  # fmt: skip


_COMPANION = {FigureKind.BIRD: (0.36, 0.34), FigureKind.CAT: (0.5, 0.34), FigureKind.DOG: (0.6, 0.3), FigureKind.HORSE: (0.95, 0.0)}
"""An animal beside a human in a medium shot: its size, and how much lower its head is, in fractions of the frame."""


def _close(s: Stage, c: Canvas, picture: Picture, reach: float, held: list[str], standing: list[str]) -> None:
    size = picture.size
    solo = size in {ShotSize.CU, ShotSize.ECU}
    head = _HEAD[size] * min(reach, s.w * (0.86 if solo else 1.05))
    for thing in standing[:1]:
        _stand(s, s.c, thing, s.w * (0.75 if picture.figures[0].side is Side.LEFT else 0.25), s.ground(0.12), s.u)
    shown = picture.figures[: 2 if size is not ShotSize.MS else 4]
    columns = _columns(picture, s, _CLOSE_COLUMN if solo else _COLUMN, 0.30 if size is ShotSize.MS else 0.34)
    if picture.figures[0].pose is Pose.LIE and not solo and anatomy(picture.figures[0]).human:
        _lying(s, c, picture.figures[0], columns[0], head)
        shown = shown[1:2]
        columns = columns[1:2]
    if size is ShotSize.ECU:
        columns = [0.5] * len(columns)
        shown = shown[:1]
    if shown and shown[0] is picture.figures[0] and len(shown) == 1 and not solo and shown[0].side is Side.CENTRE and shown[0].facing is not Side.CENTRE:
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
            layer, s.front, figure, s.light, x - mirror * scale * hx, y - scale * hy, scale, stool=size is ShotSize.MS,
            held=held[0] if held and main and not solo else None, shadow=False, upright=lies, lit_right=s.light.sun_x > 0.5,
        )  # fmt: skip
    if solo and held:
        _beside(s, c, held[0], s.w * (0.80 if columns[0] < 0.5 else 0.20), reach)


def _beside(s: Stage, c: Canvas, thing: str, x: float, reach: float) -> None:
    """A thing held up beside a face."""
    k = 0.0046 * reach
    y = s.h * 0.74
    c.bounds.append((x - 60 * k, y - 60 * k, x + 60 * k, y + 60 * k))
    if thing in GLOWING:
        s.front.glow(x, y, 0.7 * s.h, GLOWING[thing], 0.7)
    line, c.line = c.line, c.line / k
    c.push(f"translate({x:.1f} {y:.1f}) scale({k:.3f})")
    draw_glyph(c, thing, lambda colour: mix(s.light.lit(colour), colour, 0.7 if thing in GLOWING else 0.3))
    c.pop()
    c.line = line


def _lying(s: Stage, c: Canvas, figure: Figure, column: float, head: float) -> None:
    """Somebody who lies, in a medium shot: along the frame, on a bed or on the ground."""
    body = anatomy(figure)
    scale = min(head * 0.72 / body.size, 0.86 * s.w / body.height)
    mirror = -1 if figure.facing is Side.LEFT else 1
    y = s.h * 0.80
    c.bounds.append((0.0, 0.0, s.w, s.h))
    cloth = s.light.lit("#d9d6cc") if s.inside else s.light.lit(s.soil("#6f7a52"))
    c.rect(-0.1 * s.w, y - 26 * scale, 1.2 * s.w, s.h, c.linear(((0, cloth, 1), (1, mix(cloth, s.light.shade, 0.5), 1))), ink=False)
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
        s.c, s.front, figure, s.light, px - mirror * scale * shrink * body.head[0], py - scale * shrink * body.head[1],
        scale * shrink, depth=0.15, shadow=False,
    )  # fmt: skip


def _stand(s: Stage, c: Canvas, thing: str, x: float, y: float, metre: float) -> None:
    size = METRES.get(thing, 0.5) * metre
    k = size / 100
    c.bounds.append((x - size * 0.6, y - size, x + size * 0.6, y + size * 0.2))
    c.ellipse(x, y, size * 0.46, size * 0.06, s.light.shade, opacity=0.35, ink=False)
    line, c.line = c.line, c.line / k if k else 0.0
    c.push(f"translate({x:.1f} {y - size * 0.42:.1f}) scale({k:.4f})")
    draw_glyph(c, thing, s.light.lit)
    c.pop()
    c.line = line
    if thing in GLOWING:
        s.front.glow(x, y - size * 0.4, size * 2.2, GLOWING[thing], 0.7)


def _insert(s: Stage, c: Canvas, things: list[str], picture: Picture, reach: float) -> bool:
    """A shot without figures: things large in the frame, on a table or on the ground, when it is a close one."""
    if not things:
        return False
    if picture.size in WIDE:
        metre = s.u if picture.size is not ShotSize.FS else reach * 0.43
        for index, thing in enumerate(things):
            bigger = 1.0 if thing in METRES else 2.2
            y, k = _spot(s, thing, s.foot) if thing == "boat" else (s.foot, 1.0)
            _stand(s, c, thing, s.w * (0.62 - 0.24 * index), y, metre * bigger * k)
        return False
    top = s.h * 0.72
    c.bounds.append((0.0, 0.0, s.w, s.h))
    if not (set(things) & STANDING):
        wood = s.light.lit("#7a5438")
        c.rect(-0.1 * s.w, top, 1.2 * s.w, s.h * 0.5, c.linear(((0, mix(wood, s.light.warm, 0.25), 1), (1, mix(wood, s.light.shade, 0.5), 1))), ink=False)
        c.line_to(-0.1 * s.w, top, 1.1 * s.w, top, mix(wood, s.light.warm, 0.5), 3)
    scale = {ShotSize.MS: 0.42, ShotSize.MCU: 0.5, ShotSize.CU: 0.62, ShotSize.ECU: 0.8}[picture.size] * reach
    for index, thing in enumerate(things[:2]):
        size = scale * (1.0 if index == 0 else 0.55)
        x = s.w * (0.5 if len(things) == 1 else (0.42, 0.74)[index]) + s.detail.uniform(-0.02, 0.02) * s.w
        y = top + s.h * (0.12 if index == 0 else 0.05)
        k = size / 100
        c.ellipse(x + size * 0.06, y + size * 0.02, size * 0.5, size * 0.08, s.light.shade, opacity=0.5, ink=False)
        line, c.line = c.line, c.line / k
        c.push(f"translate({x:.1f} {y - size * 0.46:.1f}) scale({k:.4f})")
        draw_glyph(c, thing, lambda colour: mix(s.light.lit(colour), colour, 0.35))
        c.pop()
        c.line = line
        s.front.glow(x, y - size * 0.4, size * 1.1, GLOWING.get(thing, s.light.warm), 0.7 if thing in GLOWING else 0.22)
    return True


_COATS = ("#5f6b78", "#7a6a5c", "#6b5a66", "#56685a", "#8a7a68", "#4f5868")


def _crowd(s: Stage, c: Canvas) -> None:
    """People in the middle distance, quiet in colour."""
    for far in (0.62, 0.44):
        y = s.ground(far)
        count = 9 if far > 0.5 else 6
        for index in range(count):
            x = s.w * ((index + s.detail.uniform(0.15, 0.85)) / count)
            adult = s.detail.random() < 0.86
            look = Look(
                kind=FigureKind.ADULT if adult else FigureKind.CHILD, top=s.detail.choice(_COATS), bottom="#3a3d46",
                hair=s.detail.choice(("short", "long", "hat", "bun", "cap")), hair_colour=s.detail.choice(("#2b2320", "#5b3a25", "#a3a5a8")),
                skin=s.detail.choice(("#e3b08a", "#a56d47", "#7b4c30")), dress=s.detail.random() < 0.3,
            )  # fmt: skip
            figure = Figure(
                character="", look=look, pose=s.detail.choice((Pose.STAND, Pose.WALK, Pose.TALK)), expression=Expression.NEUTRAL,
                side=Side.CENTRE, facing=s.detail.choice((Side.LEFT, Side.RIGHT)),
            )  # fmt: skip
            body = anatomy(figure)
            draw_figure(c, s.front, figure, s.light, x, y, s.m(y, body.metres) / body.height, depth=s.depth(y) * 0.9)
