"""Medium shots and closer: faces where the eye looks for them, what is held beside them, who lies along the frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from film.render.storyboard.anatomy import FLIES, HUMAN_METRES, anatomy, hand_of
from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import mix
from film.render.storyboard.dressing import beside, ledge, paint_of, stand
from film.render.storyboard.events import happen
from film.render.storyboard.figures import draw_figure
from film.render.storyboard.measures import metres_of
from film.render.storyboard.rows import COLUMN, in_hand, spread_out, together, within_reach
from film.render.storyboard.stage import Stage
from schemas.enums import FigureKind, FocusOn, Pose, ShotSize, Side
from schemas.prompt import Figure, Picture

_CLOSE_COLUMN = {Side.LEFT: 0.36, Side.CENTRE: 0.5, Side.RIGHT: 0.64}
_HEAD = {ShotSize.MS: 0.30, ShotSize.MCU: 0.43, ShotSize.CU: 0.66, ShotSize.ECU: 2.35}
"""Height of the head in close sizes, in fractions of the frame's."""

_EYES = {ShotSize.MS: 0.27, ShotSize.MCU: 0.33, ShotSize.CU: 0.44, ShotSize.ECU: 0.54}
"""Where the middle of the head lies, down from the top: headroom shrinks as the camera nears."""
_HEADS_A_METRE = 3.75
"""How many heads high a metre is."""
_FARTHER = 0.84
"""Size of whoever hears what another in the picture says, in that of who says it."""
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


def close(s: Stage, c: Canvas, picture: Picture, reach: float, held: list[str], standing: list[str]) -> None:
    """Draw the figures of a medium shot or a closer one, by where their heads are.

    Args:
        s: The stage, its set built.
        c: The layer of the figures.
        picture: The plan.
        reach: What sizes are fractions of, in logical pixels.
        held: Things that a hand can hold.
        standing: Things on the ground.
    """
    size = picture.size
    solo = size in {ShotSize.CU, ShotSize.ECU}
    head = _HEAD[size] * min(reach, s.w * (0.86 if solo else 1.05))
    mounts = {figure.on for figure in picture.figures} | {figure.held for figure in picture.figures}
    if picture.focus_on is FocusOn.SET:
        # What the focus goes to stands behind whoever it leaves; what nobody holds does as well.
        kept = [in_hand(picture, held, index) for index in range(len(picture.figures))]
        free = [thing for thing in (*held, *standing) if thing not in {*kept, *mounts}]
        held = [thing for thing in held if thing in kept]
        standing = []
        for thing in free[:1]:
            _stand_away(s, thing, 0.7 if picture.figures[0].side is not Side.RIGHT else 0.3)
    for thing in [thing for thing in standing if thing not in mounts][:1]:
        stand(s, s.c, thing, s.w * (0.75 if picture.figures[0].side is Side.LEFT else 0.25), s.ground(0.12), s.u)
    shown = picture.figures[: 2 if size is not ShotSize.MS else 4]
    level = _level(s, picture, shown, head) if size is ShotSize.MS else None
    head *= 1.0 if level is None else _WITH_A_CHILD
    columns = spread_out(picture, s, _CLOSE_COLUMN if solo else COLUMN, 0.30 if size is ShotSize.MS else 0.34)
    kiss = any(figure.pose is Pose.KISS for figure in picture.figures)
    columns = together(picture, columns, head * (0.29 if kiss else 0.36) / s.w)
    if size is ShotSize.MS:
        columns = within_reach(picture, columns, head * _HEADS_A_METRE / s.w)
    birds = [figure for figure in shown if figure.look.kind is FigureKind.BIRD]
    bearer = next((figure for figure in shown if anatomy(figure).human and figure.pose not in _LIES), None)
    if not birds or bearer is None:
        birds, bearer = [], None
    if picture.figures[0].pose in _LIES and not solo and anatomy(picture.figures[0]).human:
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
        # Of two who talk the one whose words are heard is nearer.
        hears = len(shown) > 1 and _hears(figure, shown)
        body = anatomy(figure)
        share = 1.0 if main else {ShotSize.MS: 0.9, ShotSize.MCU: 0.72, ShotSize.CU: 0.5}[size]
        share = _FARTHER if hears and size is ShotSize.MS else share
        mixed = any(anatomy(other).human for other in shown) and figure.look.kind in _COMPANION
        share, lower = _COMPANION[figure.look.kind] if mixed and size is ShotSize.MS else (share, 0.0 if main else 0.05)
        scale = head * share / body.size * (1.0 if body.human else 1.05)
        x, y = s.w * columns[index], s.h * (_EYES[size] + lower)
        if solo and not main:
            x = s.w * (0.16 if columns[0] > 0.5 else 0.84)
        mirror = -1 if figure.facing is Side.LEFT else 1
        child = figure.look.kind is FigureKind.CHILD and len(shown) > 1
        y += s.h * 0.13 if child and size is ShotSize.MS and level is None else 0.0
        lies = figure.pose in _LIES and body.human
        hx, hy = (body.head[0], body.head[1])
        if lies:
            # The head of a body turned by 74° about its feet.
            hx, hy = hx * 0.2756 + hy * 0.9613, -hx * 0.9613 + hy * 0.2756
            y += s.h * 0.14
        elif level is not None and body.human:
            scale = level.metre * body.metres / body.height
            y = min(level.ground + scale * hy, _LOWEST * s.h)
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
            _behind(s, figure, x, y, scale)
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
            held=None if solo or figure is bearer else in_hand(picture, held, picture.figures.index(shown[index])),
            paint=paint_of(picture, figure.held or figure.on or (held[0] if held else "")),
            shadow=False,
            upright=lies,
            lit_right=s.light.sun_x > 0.5,
        )
        if figure is bearer and not solo:
            _on_hand(s, layer, birds, figure, (x - mirror * scale * hx, y - scale * hy, scale))
    free = [thing for thing in held if thing not in {one.held for one in picture.figures}]
    if not solo and free and free[0] != in_hand(picture, held, 0):
        ledge(s, c, free[0], 0.8 if columns and columns[0] < 0.55 else 0.2, reach)
    happen(s, c, picture, s.w * (columns[0] if columns else 0.5), s.h * 0.55, reach)
    if solo and held and not picture.behind:  # it would hide whoever is there
        beside(s, c, held[0], picture.figures[0], s.w * (0.80 if columns[0] < 0.5 else 0.20), reach)


class _Level(NamedTuple):
    """The ground on which people of different ages stand beside each other, out of the frame."""

    metre: float
    """How many logical pixels a metre of them is."""
    ground: float
    """Its height."""


def _level(s: Stage, picture: Picture, shown: Sequence[Figure], head: float) -> _Level | None:
    """Where children stand beside adults in a medium shot: they are as tall beside them as in a wide one.

    Args:
        s: The stage.
        picture: The plan.
        shown: Whom it shows.
        head: How tall the head of an adult is without a child beside them.

    Returns:
        What they stand on; None where all are of one age, or one of them stands behind the focus.
    """
    upright = [figure for figure in shown if figure.look.kind in HUMAN_METRES and figure.pose not in _LIES]
    if picture.behind or {figure.look.kind for figure in upright} != HUMAN_METRES.keys():
        return None
    adult = next(anatomy(figure) for figure in upright if figure.look.kind is FigureKind.ADULT)
    metre = head * _WITH_A_CHILD / adult.size * adult.height / adult.metres
    bodies = [anatomy(figure) for figure in upright]
    tallest = max(-body.head[1] * metre * body.metres / body.height for body in bodies)
    return _Level(metre, s.h * _TALLEST + tallest)


_WITH_A_CHILD = 0.8
"""How large an adult is drawn beside a child, in the size of one who is not: both are seen."""
_TALLEST = 0.21
"""Where the middle of the head of the tallest lies then, down from the top."""
_LOWEST = 0.8
"""Where the middle of a head lies at most, so that whoever sits low is seen."""
_LIES = frozenset({Pose.LIE, Pose.SLEEP})


def _hears(figure: Figure, shown: tuple[Figure, ...]) -> bool:
    """Whether somebody only hears what another in the picture says."""
    return not figure.speaks and any(one.speaks for one in shown)


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


def _behind(s: Stage, figure: Figure, x: float, y: float, scale: float) -> None:
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
