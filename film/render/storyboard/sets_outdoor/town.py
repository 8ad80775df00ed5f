"""Streets and roofs of a city."""

from __future__ import annotations

from film.render.storyboard.colour import darker, lighter
from film.render.storyboard.kit import buildings as b
from film.render.storyboard.stage import Stage

WALLS = ("#b5745a", "#c9a878", "#8b8f96", "#a5624f", "#9aa58c", "#c7b8a2", "#7d6a78")


def skyline(s: Stage, base: float, height: float, d: float, colour: str = "#5b6678", count: int = 26) -> None:
    """A city's outline on the horizon."""
    x = -0.05 * s.w
    while x < 1.05 * s.w:
        w, tall = s.w * s.layout.uniform(0.5, 1.3) / count, height * s.layout.uniform(0.3, 1.0)
        s.rect(x, base - tall, w, tall + 4, colour, d)
        if s.light.lamps:
            for _ in range(5):
                wx, wy = x + w * s.layout.uniform(0.1, 0.8), base - tall * s.layout.uniform(0.1, 0.9)
                s.c.rect(wx, wy, w * 0.09, w * 0.12, "#ffd587", opacity=0.85)
        x += w * s.layout.uniform(0.85, 1.15)


def street(s: Stage) -> None:
    """A street that runs into depth between houses with shops, windows and lamps."""
    skyline(s, s.hz + 2, s.h * 0.16, 0.85)
    s.floor_plane("#6b6c70")
    vx, near = s.w * 0.5, s.h * 1.15
    for side in (-1, 1):
        walk = [
            (vx + side * s.m(near, 4.4), near),
            (vx + side * s.m(s.hz + 4, 4.4), s.hz + 4),
            (vx + side * s.m(s.hz + 4, 2.9), s.hz + 4),
            (vx + side * s.m(near, 2.9), near),
        ]
        s.poly(walk, "#a09a92", 0.1)
        s.c.line_to(*walk[3], *walk[2], s.col("#d7d0c4", 0.2), 2.5)
    for index in range(7):
        y0, y1 = s.ground(0.96 - 0.02 * index - 0.16 * index), s.ground(0.90 - 0.16 * index)
        s.poly(
            ((vx - s.m(y0, 0.07), y0), (vx + s.m(y0, 0.07), y0), (vx + s.m(y1, 0.07), y1), (vx - s.m(y1, 0.07), y1)),
            "#dcd4bf",
            0.1,
        )
    walls = tuple(s.layout.sample(WALLS, 5))
    for side in (-1, 1):
        b.perspective_row(s, side, walls if side < 0 else walls[::-1], 3.0, shops=True)
    for far in (0.72, 0.45, 0.05):
        for side in (-1, 1):
            b.street_lamp(s, vx + side * s.m(s.ground(far), 3.1), s.ground(far), 4.2)
    y = s.ground(0.6)
    b.car(s, vx + s.m(y, 2.1), y, s.layout.choice(("#8e3b35", "#3f5873", "#c0a14a")), right=False, metres=3.6)
    if s.light.wet:
        for _ in range(14):
            y = s.layout.uniform(s.ground(0.7), s.h)
            s.c.ellipse(
                s.layout.uniform(0.25, 0.75) * s.w,
                y,
                s.m(y, 0.8),
                s.m(y, 0.07),
                s.light.horizon,
                opacity=0.35,
                ink=False,
            )


def alley(s: Stage) -> None:
    """A narrow passage between brick walls, with fire escapes, bins and one lamp."""
    skyline(s, s.hz + 2, s.h * 0.3, 0.6, count=40)
    s.floor_plane("#55545a")
    vx, near, far = s.w * 0.5, s.h * 1.2, s.ground(0.84)
    for side, wall in ((-1, "#7d4f43"), (1, "#6a4a48")):
        x0, x1 = vx + side * s.m(near, 1.75), vx + side * s.m(far, 1.75)
        top = far - s.m(far, 13)
        s.poly(((x0, near), (x0, -s.h * 1.4), (x1, top), (x1, far)), wall, 0.05)
        rows = []
        for index in range(16):
            up = index * 0.62
            rows.append(f"M{x0:.1f} {near - s.m(near, up):.1f}L{x1:.1f} {far - s.m(far, up):.1f}")
        s.c.stroke("".join(rows), s.col(darker(wall, 0.4)), 1.6, opacity=0.45)
        for part in (0.25, 0.6):
            px = x0 + (x1 - x0) * (1 - (1 - part) ** 2.2)
            py = near + (far - near) * (1 - (1 - part) ** 2.2)
            t = s.m(py)
            s.rect(px - t * 0.2 - (t * 0.3 if side > 0 else -t * 0.0), py - t * 4.4, t * 0.5, t * 1.0, "#2b2a30", 0.2)
            if s.light.lamps:
                s.c.rect(
                    px - t * 0.16 - (t * 0.3 if side > 0 else 0), py - t * 4.3, t * 0.42, t * 0.8, "#ffc867", ink=False
                )
            for rung in range(3):
                s.line(
                    px - side * t * 0.9,
                    py - t * (3.0 + rung * 0.35),
                    px,
                    py - t * (3.0 + rung * 0.35),
                    "#23222a",
                    3,
                    0.1,
                )
            s.line(px - side * t * 0.9, py - t * 3.0, px - side * t * 0.9, py - t * 3.9, "#23222a", 3, 0.1)
    for x, metres, colour in ((-1.15, 1.05, "#4b5a55"), (-0.7, 0.8, "#7a6148")):
        y = s.ground(0.22)
        t = s.m(y, metres)
        cx = vx + s.m(y, x)
        s.shadow(cx, y, t * 0.5, t * 0.08)
        s.rect(cx - t * 0.35, y - t, t * 0.7, t, colour)
        s.rect(cx - t * 0.4, y - t * 1.08, t * 0.8, t * 0.12, lighter(colour, 0.15))
    lx, ly = vx + s.m(s.ground(0.5), 1.3), s.ground(0.5) - s.m(s.ground(0.5), 3.2)
    s.rect(lx, ly - 8, s.m(s.ground(0.5), 0.5), 5, "#1f1f25")
    s.c.circle(lx, ly, s.m(s.ground(0.5), 0.12), "#ffe2a3", ink=False)
    s.glow(lx, ly, s.h * 0.34, s.light.warm, 0.75 if s.light.lamps else 0.25)
    s.c.poly(
        ((lx - 6, ly), (lx + 6, ly), (lx + s.h * 0.13, s.h * 0.97), (lx - s.h * 0.3, s.h * 0.97)),
        s.light.warm,
        opacity=0.10,
    )
    s.front.rect(
        0, 0, s.w, s.h, s.front.linear(((0, s.light.shade, 0.35), (0.5, s.light.shade, 0.05), (1, s.light.shade, 0.3)))
    )


def city(s: Stage) -> None:
    """Towers over a wide avenue."""
    skyline(s, s.hz + 2, s.h * 0.42, 0.9, count=18)
    skyline(s, s.hz + 4, s.h * 0.3, 0.65, "#4a566b", 14)
    s.floor_plane("#5f6268")
    y = s.ground(0.72)
    x = -0.06 * s.w
    while x < 1.06 * s.w:
        w = s.m(y, s.layout.uniform(4, 7))
        if not 0.40 * s.w < x + w / 2 < 0.60 * s.w:
            b.block(
                s,
                x,
                y,
                w,
                s.m(y, s.layout.uniform(9, 17)),
                s.layout.choice(WALLS),
                d=s.depth(y),
                storey=s.m(y, 2.2),
                shop=True,
            )
        x += w * 1.03
    for index in range(6):
        yy = s.ground(0.66 - 0.14 * index)
        s.rect(s.w * 0.5 - s.m(yy, 0.08), yy, s.m(yy, 0.16), s.m(yy, 0.3), "#ded7c4", 0.1)
    for far, off, right in ((0.55, -3.6, True), (0.4, 2.6, False), (0.6, 3.5, False)):
        yy = s.ground(far)
        b.car(
            s, s.w * 0.5 + s.m(yy, off), yy, s.layout.choice(("#d8b23d", "#a83a35", "#e6e4de", "#35506e")), right=right
        )
    for side in (-1, 1):
        b.street_lamp(s, s.w * 0.5 + side * s.m(s.ground(0.2), 3.0), s.ground(0.2), 4.4)


def rooftop(s: Stage) -> None:
    """A flat roof over the city, with a water tank, a vent and a parapet."""
    skyline(s, s.hz + s.h * 0.1, s.h * 0.42, 0.9, count=18)
    skyline(s, s.hz + s.h * 0.1, s.h * 0.26, 0.6, "#4a5468", 12)
    y = s.ground(0.62)
    s.floor_plane("#857d75", y)
    t = s.m(y, 0.95)
    s.rect(-0.1 * s.w, y - t, 1.2 * s.w, t, "#95796a", 0.15)
    s.rect(-0.1 * s.w, y - t * 1.15, 1.2 * s.w, t * 0.22, "#b39a88", 0.1)
    yy = s.ground(0.48)
    t, x = s.m(yy, 1.0), s.w * 0.80
    for leg in (-0.9, 0.0, 0.9):
        s.rect(x + t * leg - 3, yy - t * 1.6, 6, t * 1.6, "#3f352f")
    s.rect(x - t * 1.15, yy - t * 3.9, t * 2.3, t * 2.4, "#8a5c3e")
    s.c.rect(x + t * 0.3, yy - t * 3.9, t * 0.85, t * 2.4, s.light.shade, opacity=0.25)
    s.poly(((x - t * 1.3, yy - t * 3.9), (x, yy - t * 4.9), (x + t * 1.3, yy - t * 3.9)), "#5b4536")
    x = s.w * 0.18
    s.rect(x - t * 1.3, yy - t * 2.1, t * 2.2, t * 2.1, "#a49a90")
    s.rect(x - t * 0.6, yy - t * 1.7, t * 0.85, t * 1.7, "#4d5d63")
    s.rect(x - t * 1.45, yy - t * 2.25, t * 2.5, t * 0.25, "#7c736b")
    for off in (0.9, 1.3):
        s.c.stroke(
            f"M{x + t * (off + 0.9):.1f} {yy:.1f}v{-t * 0.8:.1f}q0 {-t * 0.3:.1f} {t * 0.3:.1f} {-t * 0.3:.1f}",
            s.col("#8d9296"),
            t * 0.16,
        )
