"""Streets, roads, roofs."""

from __future__ import annotations

from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.kit import buildings as b
from film.render.storyboard.kit import nature as n
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


def road(s: Stage) -> None:
    """A country road that winds to the hills, with poles and wires."""
    s.ridge(s.hz, s.h * 0.16, 5, "#5f7f8c", 0.9)
    s.ridge(s.hz + 2, s.h * 0.08, 7, "#6b8a5c", 0.65)
    s.floor_plane(_season(s, "#7f9a56"))
    n.grass(s, 90, _season(s, "#5d7a3e"), 0.8)
    vx, near = s.w * 0.5, s.h * 1.15
    s.poly(
        ((vx - s.m(near, 2.6), near), (vx - 3, s.hz + 1), (vx + 3, s.hz + 1), (vx + s.m(near, 2.6), near)),
        "#5a5b60",
        0.0,
    )
    for index in range(8):
        y0, y1 = s.ground(0.93 - 0.17 * index), s.ground(0.86 - 0.17 * index)
        s.poly(
            ((vx - s.m(y0, 0.06), y0), (vx + s.m(y0, 0.06), y0), (vx + s.m(y1, 0.06), y1), (vx - s.m(y1, 0.06), y1)),
            "#efe2ae",
            0.05,
        )
    last: tuple[float, float] | None = None
    for far in (0.86, 0.72, 0.48, 0.05):
        y = s.ground(far)
        x, t = vx + s.m(y, 3.6), s.m(y, 5.2)
        s.rect(x - t * 0.012, y - t, t * 0.024, t, "#4b3a2d", s.depth(y))
        s.rect(x - t * 0.13, y - t * 0.94, t * 0.26, t * 0.02, "#4b3a2d", s.depth(y))
        if last:
            s.c.stroke(
                f"M{last[0]:.1f} {last[1]:.1f}Q{(last[0] + x) / 2:.1f}"
                f" {(last[1] + y - t * 0.94) / 2 + t * 0.1:.1f} {x:.1f} {y - t * 0.94:.1f}",
                s.col("#2b2a2c"),
                1.6,
            )
        last = (x, y - t * 0.94)
    for far, off in ((0.66, -6.0), (0.5, -4.6), (0.75, 6.0)):
        n.tree(s, vx + s.m(s.ground(far), off), s.ground(far), 5)


def _season(s: Stage, colour: str) -> str:
    return mix(colour, "#eaf0f6", 0.85) if s.light.snowy else colour


def bridge(s: Stage) -> None:
    """A suspension bridge over water, seen along its deck."""
    skyline(s, s.hz + 2, s.h * 0.12, 0.85)
    n.water(s, s.hz, s.h * 1.1)
    vx, near = s.w * 0.5, s.h * 1.2
    s.poly(
        ((vx - s.m(near, 3.4), near), (vx - 5, s.hz + 2), (vx + 5, s.hz + 2), (vx + s.m(near, 3.4), near)), "#75736f"
    )
    for index in range(7):
        y0, y1 = s.ground(0.92 - 0.17 * index), s.ground(0.86 - 0.17 * index)
        s.poly(
            ((vx - s.m(y0, 0.06), y0), (vx + s.m(y0, 0.06), y0), (vx + s.m(y1, 0.06), y1), (vx - s.m(y1, 0.06), y1)),
            "#e6ddc3",
            0.1,
        )
    for far in (0.82, 0.5):
        y = s.ground(far)
        t, d = s.m(y, 9.5), s.depth(y)
        for side in (-1, 1):
            x = vx + side * s.m(y, 3.2)
            s.rect(x - t * 0.03, y - t, t * 0.06, t * 1.1, "#a4493c", d)
        for up in (0.95, 0.6):
            s.rect(vx - s.m(y, 3.2), y - t * up, s.m(y, 6.4), t * 0.05, "#a4493c", d)
    for side in (-1, 1):
        y0, y1, yn = s.ground(0.82), s.ground(0.5), s.h * 1.1
        a, m, z = ((vx + side * s.m(y, 3.2), y) for y in (y0, y1, yn))
        ta, tm = s.m(y0, 9.5), s.m(y1, 9.5)
        s.c.stroke(
            f"M{vx:.1f} {s.hz:.1f}Q{(vx + a[0]) / 2:.1f} {s.hz:.1f} {a[0]:.1f} {a[1] - ta:.1f}"
            f"Q{(a[0] + m[0]) / 2:.1f} {m[1] - tm * 0.25:.1f} {m[0]:.1f} {m[1] - tm:.1f}"
            f"Q{(m[0] + z[0]) / 2:.1f} {z[1] - tm * 0.9:.1f} {z[0]:.1f} {z[1] - tm * 0.55:.1f}",
            s.col("#8d3f35", 0.1),
            4,
        )
        s.c.line_to(vx + side * 5, s.hz, vx + side * s.m(yn, 3.2), yn - s.m(yn, 1.0), s.col("#8d3f35", 0.1), 5)
        for index in range(14):
            y = s.ground(0.9 - 0.075 * index)
            x = vx + side * s.m(y, 3.2)
            s.line(x, y, x, y - s.m(y, 1.0), "#8d3f35", max(1.0, s.m(y, 0.05)), s.depth(y))


def station(s: Stage) -> None:
    """A railway platform: rails, a waiting train, a canopy with a clock."""
    skyline(s, s.hz, s.h * 0.14, 0.85)
    s.floor_plane("#7b756c")
    vx = s.w * 0.56
    y0, y1 = s.h * 1.2, s.hz + 3
    s.poly(((vx + s.m(y0, 0.7), y0), (vx + 2, y1), (vx + 10, y1), (vx + s.m(y0, 4.6), y0)), "#54504c")
    for index in range(12):
        y = s.ground(0.9 - 0.1 * index)
        s.rect(vx + s.m(y, 0.9), y, s.m(y, 2.2), s.m(y, 0.12), "#3d332c", s.depth(y) * 0.5)
    for off in (1.2, 2.7):
        s.c.line_to(vx + s.m(y0, off), y0, vx + 5, y1, s.col("#b9bec4", 0.1), 4)
    s.c.line_to(vx + s.m(y0, 0.45), y0, vx + 1, y1, s.col("#e3c24c"), 5)
    far, near = s.ground(0.80), s.ground(-0.1)
    xa, xb = vx + s.m(far, 3.4), vx + s.m(near, 3.4)
    ta, tb = s.m(far, 3.4), s.m(near, 3.4)
    s.poly(((xa, far), (xb, near), (xb, near - tb), (xa, far - ta)), "#31566b", 0.12)
    s.poly(
        ((xa, far - ta * 0.32), (xb, near - tb * 0.32), (xb, near - tb * 0.26), (xa, far - ta * 0.26)), "#d9a94b", 0.1
    )
    for index in range(5):
        p, q = 1 - (1 - (index + 0.15) / 5) ** 2, 1 - (1 - (index + 0.85) / 5) ** 2
        xs, ys, ts = ([a + (b_ - a) * (1 - v) for v in (p, q)] for a, b_ in ((xa, xb), (far, near), (ta, tb)))
        quad = (
            (xs[0], ys[0] - ts[0] * 0.45),
            (xs[1], ys[1] - ts[1] * 0.45),
            (xs[1], ys[1] - ts[1] * 0.8),
            (xs[0], ys[0] - ts[0] * 0.8),
        )
        s.c.poly(quad, mix(s.col("#2b3b47"), "#ffd98c", 0.9 if s.light.lamps else 0.15))
    s.poly(((xa, far), (xa - s.m(far, 1.9), far), (xa - s.m(far, 1.9), far - ta), (xa, far - ta)), "#264455", 0.2)
    s.c.circle(xa - s.m(far, 0.95), far - ta * 0.2, s.m(far, 0.14), "#fff2c0", ink=False)
    s.glow(xa - s.m(far, 0.95), far - ta * 0.2, s.h * 0.18, "#fff2c0", 0.7)
    _canopy(s, vx)


def _canopy(s: Stage, vx: float) -> None:
    for distance in (0.72, 0.45, 0.1):
        y = s.ground(distance)
        x, t = vx - s.m(y, 3.3), s.m(y, 4.0)
        s.rect(x - t * 0.02, y - t, t * 0.04, t, "#3c4b46", s.depth(y))
        s.c.stroke(
            f"M{x:.1f} {y - t * 0.8:.1f}Q{x + t * 0.05:.1f} {y - t:.1f} {x + t * 0.25:.1f} {y - t:.1f}",
            s.col("#3c4b46", s.depth(y)),
            t * 0.025,
        )
        b_y = y
        if s.light.lamps:
            s.glow(x + t * 0.2, b_y - t * 0.9, t * 0.5, s.light.warm, 0.6)
    y0, y1 = s.ground(-0.15), s.ground(0.85)
    s.poly(
        (
            (vx - s.m(y0, 6.0), y0 - s.m(y0, 4.2)),
            (vx - s.m(y1, 6.0), y1 - s.m(y1, 4.2)),
            (vx - s.m(y1, 1.4), y1 - s.m(y1, 4.0)),
            (vx - s.m(y0, 1.4), y0 - s.m(y0, 4.0)),
        ),
        "#4b5d56",
        0.1,
    )
    s.poly(
        (
            (vx - s.m(y0, 1.4), y0 - s.m(y0, 4.0)),
            (vx - s.m(y1, 1.4), y1 - s.m(y1, 4.0)),
            (vx - s.m(y1, 1.4), y1 - s.m(y1, 3.8)),
            (vx - s.m(y0, 1.4), y0 - s.m(y0, 3.75)),
        ),
        "#d8cfb8",
        0.1,
    )
    y = s.ground(0.35)
    cx, cy, r = vx - s.m(y, 2.0), y - s.m(y, 3.1), s.m(y, 0.36)
    s.line(cx, cy - r, cx, cy - r * 2.2, "#2c2b2d", 4)
    s.c.circle(cx, cy, r, s.col("#2c2b2d"))
    s.c.circle(cx, cy, r * 0.84, "#f6f0dd", ink=False)
    s.c.stroke(
        f"M{cx:.1f} {cy - r * 0.6:.1f}V{cy:.1f}L{cx + r * 0.42:.1f} {cy + r * 0.2:.1f}", "#2c2b2d", max(1.5, r * 0.1)
    )
    y = s.ground(0.3)
    b.bench(s, vx - s.m(y, 3.0), y, 1.7)


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
