"""Roads, bridges and railways."""

from __future__ import annotations

from film.render.storyboard.colour import mix
from film.render.storyboard.kit import buildings as b
from film.render.storyboard.kit import nature as n
from film.render.storyboard.sets_outdoor.town import skyline
from film.render.storyboard.stage import Stage


def road(s: Stage) -> None:
    """A country road that winds to the hills, with poles and wires; in old times a track of earth."""
    old = "period" in s.traits
    s.ridge(s.hz, s.h * 0.16, 5, "#5f7f8c", 0.9)
    s.ridge(s.hz + 2, s.h * 0.08, 7, "#6b8a5c", 0.65)
    s.floor_plane(_season(s, "#7f9a56"))
    n.grass(s, 90, _season(s, "#5d7a3e"), 0.8)
    vx, near = s.w * 0.5, s.h * 1.15
    s.poly(
        ((vx - s.m(near, 2.6), near), (vx - 3, s.hz + 1), (vx + 3, s.hz + 1), (vx + s.m(near, 2.6), near)),
        "#5a5b60" if not old else _season(s, "#b0926a"),
        0.0,
    )
    for index in range(8 if not old else 0):
        y0, y1 = s.ground(0.93 - 0.17 * index), s.ground(0.86 - 0.17 * index)
        s.poly(
            ((vx - s.m(y0, 0.06), y0), (vx + s.m(y0, 0.06), y0), (vx + s.m(y1, 0.06), y1), (vx - s.m(y1, 0.06), y1)),
            "#efe2ae",
            0.05,
        )
    last: tuple[float, float] | None = None
    for far in (0.86, 0.72, 0.48, 0.05) if not old else ():
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
