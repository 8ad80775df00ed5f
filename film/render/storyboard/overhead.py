"""Seen from straight above: floors by what they are made of, and what stands on them as a plan shows it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from film.render.storyboard.anatomy import HUMAN_METRES
from film.render.storyboard.body import cloth_of
from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.props import draw_glyph
from film.render.storyboard.stage import Stage
from schemas.enums import Place, Pose, Side
from schemas.prompt import Figure

_FLOORS: dict[Place, tuple[str, str]] = {
    Place.STREET: ("road", "#66676c"),
    Place.ALLEY: ("stone", "#5d5c62"),
    Place.CITY: ("road", "#5f6268"),
    Place.ROAD: ("road", "#5a5b60"),
    Place.BRIDGE: ("road", "#75736f"),
    Place.STATION: ("rails", "#7b756c"),
    Place.ROOFTOP: ("stone", "#857d75"),
    Place.PARK: ("trees", "#7fae58"),
    Place.GARDEN: ("flowers", "#74a552"),
    Place.FOREST: ("trees", "#5b6b3c"),
    Place.FIELD: ("rows", "#d9b04f"),
    Place.MOUNTAIN: ("rocks", "#7f8768"),
    Place.DESERT: ("dunes", "#e0b272"),
    Place.LANDSCAPE: ("trees", "#86ab56"),
    Place.CAVE: ("rocks", "#5b525c"),
    Place.BEACH: ("shore", "#ecd3a0"),
    Place.SEA: ("water", "#2f6f94"),
    Place.RIVER: ("shore", "#6f9a52"),
    Place.HARBOUR: ("pier", "#2f6a84"),
    Place.SHIP: ("boards", "#a98257"),
    Place.VILLAGE: ("trees", "#86a55b"),
    Place.HOUSE: ("boards", "#8f6a48"),
    Place.CASTLE: ("stone", "#6f675f"),
    Place.RUIN: ("rocks", "#8f9464"),
    Place.CHURCH: ("stone", "#8f8577"),
    Place.SKY: ("clouds", "#7fb0dc"),
    Place.SPACE: ("craters", "#b9b6bd"),
    Place.KITCHEN: ("tiles", "#b58a62"),
    Place.BATHROOM: ("tiles", "#8fa3a6"),
    Place.HOSPITAL: ("tiles", "#a9bcbc"),
    Place.OFFICE: ("tiles", "#77808a"),
    Place.LABORATORY: ("tiles", "#8fa0aa"),
    Place.SPACESHIP: ("tiles", "#474f5b"),
    Place.PRISON: ("stone", "#62625f"),
    Place.BASEMENT: ("stone", "#5c564f"),
    Place.WAREHOUSE: ("stone", "#77736c"),
}
"""What the ground of a place is; boards where nothing else is said."""

_FURNITURE: dict[Place, str] = {
    Place.KITCHEN: "table",
    Place.RESTAURANT: "table",
    Place.BAR: "counter",
    Place.OFFICE: "table",
    Place.BEDROOM: "bed",
    Place.HOSPITAL: "bed",
    Place.CLASSROOM: "desks",
    Place.LIBRARY: "counter",
    Place.LIVING_ROOM: "rug",
    Place.HOUSE: "rug",
    Place.ROOM: "table",
    Place.SHOP: "counter",
    Place.LABORATORY: "counter",
    Place.CHURCH: "pews",
    Place.THEATRE: "pews",
    Place.PRISON: "bed",
    Place.BATHROOM: "bed",
    Place.TRAIN: "pews",
    Place.CAR: "pews",
    Place.WORKSHOP: "counter",
    Place.WAREHOUSE: "desks",
    Place.STAIRS: "pews",
    Place.CORRIDOR: "rug",
}


def paint_overhead(s: Stage, figures: Sequence[Figure], props: Sequence[str], metre: float, people: Canvas) -> None:
    """Paint a picture seen from straight above.

    Args:
        s: The stage; its sharp layer gets the ground, and `people` takes its place.
        figures: Who is in it.
        props: What is in it.
        metre: Pixels a metre.
        people: The layer of the figures and the props.
    """
    kind, colour = _FLOORS.get(s.picture.place, ("boards", "#9a7552"))
    if s.light.snowy and kind in {"trees", "rocks", "rows", "flowers", "road"} and not s.inside:
        colour = mix(colour, "#eaf0f6", 0.8)
    s.c.rect(-0.3 * s.w, -0.3 * s.h, 1.6 * s.w, 1.6 * s.h, s.col(s.soil(colour, 0.15)), ink=False)
    _floor(s, kind, colour, metre)
    _furnish(s, _FURNITURE.get(s.picture.place, ""), metre)
    s.c = people
    spread = {Side.LEFT: 0.34, Side.CENTRE: 0.5, Side.RIGHT: 0.66}
    for index, thing in enumerate(props):
        x, y = s.w * (0.5 + 0.16 * (index - 0.5)), s.h * 0.72
        size = metre * 0.55 / 100
        s.shadow(x + metre * 0.1, y + metre * 0.12, metre * 0.3, metre * 0.26)
        s.c.push(f"translate({x:.1f} {y:.1f}) scale({size:.3f})")
        draw_glyph(s.c, thing, s.col)
        s.c.pop()
    for index, figure in enumerate(figures):
        _person(
            s,
            figure,
            s.w * spread[figure.side],
            s.h * (0.46 + 0.12 * ((index * 2) % 3 - 1) * (len(figures) > 1)),
            metre,
        )


def _floor(s: Stage, kind: str, colour: str, metre: float) -> None:
    w, h, rng = s.w, s.h, s.layout
    dark, pale = s.col(darker(colour, 0.3)), s.col(lighter(colour, 0.3))
    if kind in {"boards", "tiles", "stone"}:
        step = metre * {"boards": 0.22, "tiles": 0.6, "stone": 0.8}[kind]
        lines = "".join(f"M0 {step * i:.1f}H{w:.1f}" for i in range(int(h / step) + 1))
        across = step if kind == "tiles" else step * (6 if kind == "boards" else 1.6)
        for row in range(int(h / step) + 1):
            offset = 0.0 if kind == "tiles" else (row % 3) * across / 3
            lines += "".join(
                f"M{offset + across * i:.1f} {step * row:.1f}v{step:.1f}" for i in range(int(w / across) + 1)
            )
        s.c.stroke(lines, dark, 2, opacity=0.5)
    elif kind == "road":
        s.c.rect(0, 0, w, h * 0.16, s.col("#a09a92"))
        s.c.rect(0, h * 0.84, w, h * 0.16, s.col("#a09a92"))
        for index in range(int(w / metre / 1.6) + 1):
            s.c.rect(index * metre * 1.6, h * 0.49, metre * 0.9, metre * 0.12, s.col("#efe2ae"), ink=False)
        for index in range(int(w / metre / 0.8) + 1):
            s.c.stroke(
                f"M{index * metre * 0.8:.1f} 0v{h * 0.16:.1f}M{index * metre * 0.8:.1f} {h * 0.84:.1f}v{h * 0.16:.1f}",
                s.col("#857f78"),
                2,
            )
    elif kind == "rails":
        for index in range(int(w / metre / 0.6) + 1):
            s.c.rect(index * metre * 0.6, h * 0.06, metre * 0.22, h * 0.2, s.col("#3d332c"), ink=False)
        for y in (0.1, 0.22):
            s.c.line_to(0, h * y, w, h * y, s.col("#b9bec4"), 5)
        s.c.line_to(0, h * 0.33, w, h * 0.33, s.col("#e3c24c"), 7)
    elif kind in {"water", "pier", "shore"}:
        if kind == "shore":
            s.c.path(
                f"M0 0H{w:.1f}V{h * 0.3:.1f}q{-w * 0.12:.1f} {h * 0.1:.1f} {-w * 0.25:.1f} 0"
                f"t{-w * 0.25:.1f} 0t{-w * 0.25:.1f} 0t{-w * 0.25:.1f} 0Z",
                s.col("#2f8aa0"),
            )
            s.c.stroke(
                f"M{w:.1f} {h * 0.3:.1f}q{-w * 0.12:.1f} {h * 0.1:.1f} {-w * 0.25:.1f} 0"
                f"t{-w * 0.25:.1f} 0t{-w * 0.25:.1f} 0t{-w * 0.25:.1f} 0",
                "#ffffff",
                8,
                opacity=0.8,
            )
        area = 0.28 if kind == "shore" else 1.0
        for _ in range(int(50 * area)):
            x, y, run = rng.uniform(0, w), rng.uniform(0, h * area), metre * rng.uniform(0.4, 1.0)
            s.c.stroke(
                f"M{x:.1f} {y:.1f}q{run / 2:.1f} {-run * 0.25:.1f} {run:.1f} 0",
                mix(pale, "#ffffff", 0.3),
                3,
                opacity=0.5,
            )
        if kind == "pier":
            s.c.rect(w * 0.2, 0, w * 0.6, h, s.col("#9a7a56"))
            s.c.stroke(
                "".join(f"M{w * 0.2:.1f} {h * i / 16:.1f}h{w * 0.6:.1f}" for i in range(17)), s.col("#5d4530"), 3
            )
    else:
        for _ in range(70):
            x, y, r = rng.uniform(0, w), rng.uniform(0, h), metre * rng.uniform(0.04, 0.14)
            tone = {"flowers": rng.choice(("#d9475c", "#f2b33d", "#f4ead8")), "clouds": "#ffffff"}.get(kind)
            s.c.circle(x, y, r, s.col(tone) if tone else dark, opacity=0.6, ink=False)
        for _ in range(9 if kind in {"trees", "rocks", "clouds", "craters"} else 0):
            angle = rng.uniform(0, 2 * math.pi)
            x, y = (
                w / 2 + math.cos(angle) * w * rng.uniform(0.36, 0.55),
                h / 2 + math.sin(angle) * h * rng.uniform(0.42, 0.6),
            )
            r = metre * rng.uniform(0.7, 1.3)
            s.shadow(x + r * 0.3, y + r * 0.35, r, r, 0.3)
            tone = {"trees": "#4f8a45", "rocks": "#8d8a86", "clouds": "#ffffff", "craters": "#8d8a92"}[kind]
            for part in (1.0, 0.72, 0.42):
                s.c.circle(
                    x - r * 0.1 * (1 - part),
                    y - r * 0.1 * (1 - part),
                    r * part,
                    s.col(lighter(tone, 0.25 * (1 - part))),
                    ink=part == 1.0,
                )
        if kind in {"rows", "dunes"}:
            for index in range(14):
                y = h * index / 13
                s.c.stroke(
                    f"M0 {y:.1f}q{w * 0.25:.1f} {-metre * 0.3:.1f} {w * 0.5:.1f} 0t{w * 0.5:.1f} 0",
                    dark,
                    5,
                    opacity=0.45,
                )


def _furnish(s: Stage, kind: str, m: float) -> None:
    w, h = s.w, s.h
    wood = "#9a6f48"

    def slab(x: float, y: float, a: float, b: float, colour: str, r: float = 8) -> None:
        s.c.rect(x - a / 2 + m * 0.1, y - b / 2 + m * 0.14, a, b, s.light.shade, r=r, opacity=0.3)
        s.rect(x - a / 2, y - b / 2, a, b, colour, r=r)

    if kind == "table":
        for x in (0.2, 0.8):
            slab(w * x, h * 0.26, m * 1.7, m * 1.0, wood)
            for side in (-1, 1):
                slab(w * x + side * m * 0.4, h * 0.26 + m * 0.85, m * 0.45, m * 0.45, darker(wood, 0.3))
    elif kind == "counter":
        slab(w * 0.5, h * 0.1, w * 0.9, m * 0.7, wood)
        for index in range(7):
            s.oval(w * (0.14 + 0.12 * index), h * 0.1 + m * 0.75, m * 0.2, m * 0.2, s.light.accent)
    elif kind == "bed":
        slab(w * 0.2, h * 0.4, m * 1.6, m * 2.1, "#8fa9c0")
        s.rect(w * 0.2 - m * 0.6, h * 0.4 - m * 0.95, m * 1.2, m * 0.45, "#fbfbf8", r=10)
    elif kind in {"desks", "pews"}:
        for row in range(3):
            for column in range(4 if kind == "desks" else 2):
                x = w * (column + 0.5) / (4 if kind == "desks" else 2)
                slab(x, h * (0.12 + 0.38 * row), m * (1.0 if kind == "desks" else 3.0), m * 0.5, wood)
    elif kind == "rug":
        s.oval(w * 0.5, h * 0.5, m * 1.9, m * 1.4, s.light.accent)
        s.oval(w * 0.5, h * 0.5, m * 1.6, m * 1.15, lighter(s.light.accent, 0.25))
        slab(w * 0.16, h * 0.5, m * 0.9, m * 2.1, "#5f7a82", 16)


def _person(s: Stage, figure: Figure, x: float, y: float, m: float) -> None:
    cloth = cloth_of(figure, s.light, 0.0)
    human = figure.look.kind in HUMAN_METRES
    turn = {Side.LEFT: 180.0, Side.RIGHT: 0.0, Side.CENTRE: 90.0}[figure.facing]
    k = m / 100 * (1.5 if human else 1.2) * (0.8 if figure.look.kind.value == "child" else 1.0)
    s.c.path(
        f"M{x:.1f} {y - m * 0.2:.1f}L{x + m * 1.7:.1f} {y + m * 0.9:.1f}"
        f"L{x + m * 1.35:.1f} {y + m * 1.25:.1f}L{x - m * 0.1:.1f} {y + m * 0.25:.1f}Z",
        s.light.shade,
        opacity=0.32,
    )
    s.c.push(f"translate({x:.1f} {y:.1f}) rotate({turn:.0f}) scale({k:.3f})")
    line, s.c.line = s.c.line, s.c.line / k
    if not human:
        s.c.ellipse(0, 0, 38, 16, cloth.top[0])
        s.c.circle(40, 0, 15, cloth.top[0])
        s.c.stroke("M-36 0q-14 8 -24 0", cloth.top[1], 6)
    elif figure.pose is Pose.LIE:
        s.c.rect(-120, -13, 84, 12, cloth.bottom[0], r=6)
        s.c.rect(-120, 2, 84, 12, cloth.bottom[1], r=6)
        s.c.rect(-52, -19, 62, 38, cloth.top[0], r=12)
        s.c.ellipse(26, 0, 15, 14, cloth.skin[0])
        s.c.path("M26 -15a16 16 0 0 1 0 30q12 -14 0 -30Z", cloth.hair)
    else:
        stride = 22 if figure.pose in {Pose.WALK, Pose.RUN} else 6
        s.c.ellipse(stride, -9, 13, 6, cloth.shoes)
        s.c.ellipse(-stride * 0.6, 9, 13, 6, cloth.shoes)
        reach = 34 if figure.pose in {Pose.POINT, Pose.HOLD, Pose.FIGHT, Pose.TALK} else 10
        s.c.path(f"M-4 -28Q14 -34 {reach} -22L{reach} -13Q10 -20 -4 -16Z", cloth.top[1])
        s.c.circle(reach, -17, 6, cloth.skin[0])
        s.c.path("M-4 28Q10 32 16 22L12 13Q4 20 -4 16Z", cloth.top[1])
        s.c.ellipse(0, 0, 17, 31 * figure.look.build, cloth.top[0])
        s.c.ellipse(3, 0, 16, 14, cloth.hair if figure.look.hair != "bald" else cloth.skin[0])
        s.c.path("M14 -8Q24 0 14 8Z", cloth.skin[0], ink=False)
    s.c.line = line
    s.c.pop()
