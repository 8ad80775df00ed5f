"""Where people live."""

from __future__ import annotations

from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.kit import furniture as f
from film.render.storyboard.kit import room as r
from film.render.storyboard.stage import Stage

PAINTS = ("#cdb99a", "#a9b8ae", "#c9a58f", "#b3b4c4", "#d6c8a4", "#9fb0bb")


def room(s: Stage) -> None:
    """A plain room: window, table, lamp, door."""
    box = r.room(s, s.layout.choice(PAINTS), "#9a7552")
    r.window(s, box.x(0.38), box.y(0.16), box.w * 0.24, box.h * 0.44, view="hills")
    r.door(s, box.x(0.08), box.y1, box.h * 0.68)
    f.picture(s, box.x(0.82), box.y(0.34), box.w * 0.13, box.h * 0.2, 1)
    f.table(s, box.x(0.84), s.ground(0.3), 1.5)
    f.chair(s, box.x(0.68), s.ground(0.28))
    f.floor_lamp(s, box.x(0.28), s.ground(0.36))
    f.rug(s, s.w * 0.5, s.ground(0.16), 3.0, s.light.accent)


def living_room(s: Stage) -> None:
    """Sofa, window, shelf, lamp, rug."""
    box = r.room(s, s.layout.choice(PAINTS), "#8f6a48")
    r.window(
        s, box.x(0.36), box.y(0.14), box.w * 0.28, box.h * 0.42, view="trees", curtains=darker(s.light.accent, 0.1)
    )
    f.shelf(s, box.x(0.12), s.ground(0.38), 1.5, 2.5, 5)
    f.picture(s, box.x(0.84), box.y(0.3), box.w * 0.15, box.h * 0.2, 2)
    f.rug(s, s.w * 0.5, s.ground(0.14), 3.6, mix(s.light.accent, "#7a3f46", 0.4))
    f.sofa(s, box.x(0.52), s.ground(0.32), "#5f7a82", 2.4)
    f.floor_lamp(s, box.x(0.86), s.ground(0.34))
    f.plant(s, box.x(0.99), s.ground(0.26), 1.3)
    f.table(s, box.x(0.3), s.ground(0.2), 0.9, 0.45)


def bedroom(s: Stage) -> None:
    """Bed, night table with lamp, wardrobe, window."""
    box = r.room(s, s.layout.choice(PAINTS), "#a3805c")
    r.window(s, box.x(0.66), box.y(0.14), box.w * 0.22, box.h * 0.44, view="trees", curtains="#8fa3b8")
    s.rect(box.x(0.015), box.y(0.26), box.w * 0.19, box.h * 0.74, "#7d5c40")
    s.line(box.x(0.11), box.y(0.28), box.x(0.11), box.y(0.98), "#4d3626", 3)
    f.picture(s, box.x(0.4), box.y(0.24), box.w * 0.16, box.h * 0.16)
    f.bed(s, box.x(0.42), s.ground(0.2), mix(s.light.accent, "#3f5f86", 0.5), 2.1)
    f.box(s, box.x(0.68), s.ground(0.3), 0.5, 0.5, "#7d5c40")
    y = s.ground(0.3) - s.m(s.ground(0.3), 0.5)
    t = s.m(s.ground(0.3), 0.55)
    s.rect(box.x(0.68) - t * 0.05, y - t * 0.4, t * 0.1, t * 0.4, "#3f3a3a")
    shade = (
        (box.x(0.68) - t * 0.3, y - t * 0.35),
        (box.x(0.68) - t * 0.18, y - t * 0.8),
        (box.x(0.68) + t * 0.18, y - t * 0.8),
        (box.x(0.68) + t * 0.3, y - t * 0.35),
    )
    if s.light.lamps:
        s.c.poly(shade, "#ffdf9c")
        s.glow(box.x(0.68), y - t * 0.5, t * 3.2, s.light.warm, 0.9)
    else:
        s.poly(shade, "#efe0bd")
    f.rug(s, box.x(0.8), s.ground(0.12), 1.8, s.light.accent)


def kitchen(s: Stage) -> None:
    """Stove, counter, wall cupboards, window, table."""
    box = r.room(s, "#d9cba4", "#b58a62", tiles=True)
    y = s.ground(0.36)
    m = s.m(y)
    base, top = box.y1 + 2, box.y1 - m * 0.92
    cupboard = s.layout.choice(("#6f8f86", "#5f7f96", "#a8674f", "#8c9a62"))
    s.rect(box.x0, box.y(0.42), box.w, top - box.y(0.42), "#ece5d3")
    tiles = "".join(f"M{box.x(i / 22):.1f} {box.y(0.42):.1f}V{top:.1f}" for i in range(1, 22))
    tiles += "".join(f"M{box.x0:.1f} {box.y(0.42) + (top - box.y(0.42)) * i / 5:.1f}H{box.x1:.1f}" for i in range(1, 5))
    s.c.stroke(tiles, s.col("#bdb49d"), 1.2)
    s.rect(box.x0, top, box.w, base - top, cupboard)
    s.rect(box.x0, top - m * 0.07, box.w, m * 0.09, "#6b4d36")
    for index in range(9):
        x = box.x((index + 0.08) / 9)
        if index not in {6, 7}:
            s.rect(x, top + m * 0.1, box.w / 9 * 0.84, m * 0.72, lighter(cupboard, 0.12))
            s.c.circle(x + box.w / 9 * 0.72, top + m * 0.2, m * 0.025, s.col("#e9d9a8"), ink=False)
    for index in (0, 1, 6, 7, 8):
        s.rect(box.x((index + 0.04) / 9), box.y(0.06), box.w / 9 * 0.92, box.h * 0.3, cupboard)
        s.rect(box.x((index + 0.14) / 9), box.y(0.09), box.w / 9 * 0.72, box.h * 0.24, lighter(cupboard, 0.12))
    r.window(s, box.x(0.27), box.y(0.12), box.w * 0.3, box.h * 0.38, view="trees", curtains="#e9d9b0", shaft=True)
    x0, x1 = box.x(6 / 9), box.x(8 / 9)
    s.rect(x0, top - m * 0.03, x1 - x0, base - top, "#e6e6e4")
    s.rect(x0 + (x1 - x0) * 0.12, top + m * 0.3, (x1 - x0) * 0.76, m * 0.4, "#2c2d33")
    s.c.rect(x0 + (x1 - x0) * 0.18, top + m * 0.36, (x1 - x0) * 0.64, m * 0.26, "#e08a3c", opacity=0.65)
    for knob in range(4):
        s.c.circle(x0 + (x1 - x0) * (0.2 + 0.2 * knob), top + m * 0.12, m * 0.045, s.col("#34343a"), ink=False)
    px, py = (x0 + x1) / 2 - m * 0.15, top - m * 0.05
    s.rect(px - m * 0.22, py - m * 0.3, m * 0.44, m * 0.3, "#b8453a", r=m * 0.03)
    s.rect(px - m * 0.26, py - m * 0.34, m * 0.52, m * 0.06, "#8f342c")
    for puff in range(3):
        s.c.stroke(
            f"M{px + m * (0.1 * puff - 0.1):.1f} {py - m * 0.4:.1f}"
            f"q{m * 0.08:.1f} {-m * 0.12:.1f} 0 {-m * 0.24:.1f}t0 {-m * 0.22:.1f}",
            "#ffffff",
            m * 0.03,
            opacity=0.4,
        )
    s.poly(
        (
            (x0 - m * 0.05, box.y(0.34)),
            (x0 + (x1 - x0) * 0.28, box.y(0.16)),
            (x0 + (x1 - x0) * 0.72, box.y(0.16)),
            (x1 + m * 0.05, box.y(0.34)),
        ),
        "#9aa0a2",
    )
    up = f.table(s, box.x(0.22), s.ground(0.06), 1.7, 0.76, "#a8784c")
    m2 = s.m(s.ground(0.06))
    s.oval(box.x(0.22), up, m2 * 0.26, m2 * 0.06, "#f2ede2")
    for dx, tone in ((-0.1, "#c9473c"), (0.06, "#e0a53a"), (-0.02, "#7fa34a")):
        s.oval(box.x(0.22) + m2 * dx, up - m2 * 0.06, m2 * 0.075, m2 * 0.075, tone)
    f.chair(s, box.x(0.22) - m2 * 1.0, s.ground(0.02))
    r.pendant(s, box.x(0.22), box.y(0.18), s.m(s.ground(0.2), 0.3), "#b8453a")


def bathroom(s: Stage) -> None:
    """Tiles, bathtub, basin with mirror."""
    box = r.room(s, "#b9d3d3", "#8fa3a6", tiles=True, boards=False)
    tiles = "".join(f"M{box.x(i / 18):.1f} {box.y(0.35):.1f}V{box.y1:.1f}" for i in range(1, 18))
    tiles += "".join(f"M{box.x0:.1f} {box.y(0.35 + 0.081 * i):.1f}H{box.x1:.1f}" for i in range(8))
    s.c.stroke(tiles, s.col("#e9f3f1"), 2.2, opacity=0.8)
    r.window(s, box.x(0.74), box.y(0.12), box.w * 0.15, box.h * 0.28, view="trees", shaft=False)
    x, w, h = box.x(0.22), box.w * 0.17, box.h * 0.34
    s.rect(x - w * 0.06, box.y(0.12), w * 1.12, h * 1.06, "#e4d7b8", r=6)
    s.c.rect(x, box.y(0.14), w, h, mix(s.col("#cfe3ea"), "#ffffff", 0.25), r=4, ink=False)
    s.c.poly(
        ((x, box.y(0.14) + h * 0.7), (x + w * 0.6, box.y(0.14)), (x + w * 0.85, box.y(0.14)), (x, box.y(0.14) + h)),
        "#ffffff",
        opacity=0.35,
    )
    y = s.ground(0.38)
    m = s.m(y)
    cx = x + w / 2
    s.rect(cx - m * 0.1, y - m * 0.75, m * 0.2, m * 0.75, "#eef1ef")
    s.path(
        f"M{cx - m * 0.5:.1f} {y - m * 0.95:.1f}h{m:.1f}"
        f"q0 {m * 0.28:.1f} {-m * 0.35:.1f} {m * 0.28:.1f}h{-m * 0.3:.1f}"
        f"q{-m * 0.35:.1f} 0 {-m * 0.35:.1f} {-m * 0.28:.1f}Z",
        "#fbfbf8",
    )
    s.c.stroke(
        f"M{cx:.1f} {y - m * 0.96:.1f}v{-m * 0.2:.1f}q0 {-m * 0.08:.1f} {m * 0.12:.1f} {-m * 0.06:.1f}",
        s.col("#a9b2b8"),
        m * 0.05,
    )
    y = s.ground(0.2)
    m = s.m(y)
    cx = box.x(0.76)
    s.shadow(cx, y, m * 1.1, m * 0.1)
    s.path(
        f"M{cx - m * 1.05:.1f} {y - m * 0.72:.1f}H{cx + m * 1.05:.1f}"
        f"Q{cx + m * 1.0:.1f} {y - m * 0.1:.1f} {cx + m * 0.7:.1f} {y - m * 0.08:.1f}"
        f"H{cx - m * 0.7:.1f}Q{cx - m:.1f} {y - m * 0.1:.1f} {cx - m * 1.05:.1f}"
        f" {y - m * 0.72:.1f}Z",
        "#fbfbf8",
    )
    s.rect(cx - m * 1.12, y - m * 0.78, m * 2.24, m * 0.1, "#ffffff", r=m * 0.05)
    for foot in (-0.6, 0.6):
        s.oval(cx + m * foot, y - m * 0.05, m * 0.09, m * 0.06, "#c9a24a")
    for _ in range(12):
        s.c.circle(
            cx + m * s.layout.uniform(-0.9, 0.9),
            y - m * s.layout.uniform(0.78, 0.95),
            m * s.layout.uniform(0.05, 0.12),
            "#ffffff",
            opacity=0.75,
            ink=False,
        )


def corridor(s: Stage) -> None:
    """A long passage with doors on both sides and lights in the ceiling."""
    box = r.room(s, "#b3ab97", "#7a6656", far=0.86, high=0.40, narrow=0.42, boards=False)
    r.window(s, box.x(0.3), box.y(0.2), box.w * 0.4, box.h * 0.5, view="none", shaft=False)
    vx = s.w / 2
    for far in (0.74, 0.56, 0.28):
        y0, y1 = s.ground(far), s.ground(far + 0.1)
        for side in (-1, 1):
            half = (box.x1 - vx) / s.m(box.y1)
            xs = [vx + side * half * s.m(y) for y in (y0, y1)]
            ts = [s.m(y, 2.1) for y in (y0, y1)]
            s.poly(((xs[0], y0), (xs[0], y0 - ts[0]), (xs[1], y1 - ts[1]), (xs[1], y1)), "#6f4d35", 0.1)
            s.c.circle(
                xs[0] + (xs[1] - xs[0]) * 0.2, (y0 - ts[0] * 0.48), max(2, ts[0] * 0.02), s.col("#e3c069"), ink=False
            )
    for far in (0.8, 0.66, 0.42, 0.02):
        y = s.ground(far)
        t = s.m(y)
        top = s.hz - (s.hz - box.y0) * t / s.m(box.y1)
        r.ceiling_light(s, vx, top, t * 0.9, -t * 0.12)
    s.poly(
        ((box.x(0.3), box.y1), (box.x(0.7), box.y1), (vx + s.m(s.h, 0.8), s.h * 1.1), (vx - s.m(s.h, 0.8), s.h * 1.1)),
        mix(s.light.accent, "#5f2f36", 0.5),
    )
    s.front.rect(
        0,
        0,
        s.w,
        s.h,
        s.front.radial(((0, s.light.shade, 0.0), (0.6, s.light.shade, 0.0), (1, s.light.shade, 0.55)), r=0.72),
    )


def stairs(s: Stage) -> None:
    """A staircase that rises across the frame, with a banister."""
    box = r.room(s, "#b8a68c", "#7f5f45", far=0.34, high=0.02)
    r.window(s, box.x(0.08), box.y(0.12), box.w * 0.16, box.h * 0.5, view="trees", panes=2)
    count = 11
    x0, x1, y0, y1 = box.x(0.22), box.x(1.05), box.y1 + s.h * 0.05, box.y(0.06)
    sx, sy = (x1 - x0) / count, (y0 - y1) / count
    for index in range(count):
        x, y = x0 + sx * index, y0 - sy * (index + 1)
        s.rect(x, y, x1 - x + s.w * 0.2, sy, "#94694a" if index % 2 else "#8a6043")
        s.rect(x - 4, y, x1 - x + s.w * 0.2, sy * 0.22, "#c29468")
        s.rect(x + sx * 0.1, y, sx * 2.4, sy * 0.2, mix(s.light.accent, "#7a2f36", 0.4))
    for index in range(count):
        x, y = x0 + sx * (index + 0.3), y0 - sy * (index + 1)
        s.rect(x, y - s.h * 0.15, 6, s.h * 0.15, "#efe6d4")
    s.c.line_to(x0 - 6, y0 - sy - s.h * 0.15, x1, y1 - s.h * 0.15, s.col("#5b3a28"), 13)
    s.rect(x0 - 14, y0 - sy - s.h * 0.2, 20, s.h * 0.2 + sy, "#5b3a28")
    s.oval(x0 - 4, y0 - sy - s.h * 0.21, 14, 14, "#6f4a34")
    f.picture(s, box.x(0.62), box.y(0.1), box.w * 0.08, box.h * 0.14, 1)
    r.pendant(s, box.x(0.42), box.y(0.16), s.m(s.ground(0.2), 0.28))


def basement(s: Stage) -> None:
    """A cellar: stone walls, pipes, boxes, one bulb."""
    box = r.room(s, "#6f6a68", "#5c564f", ceiling="#4f4a47", high=0.16, boards=False)
    stones = ""
    for row in range(8):
        y = box.y(row / 8)
        stones += f"M{box.x0:.1f} {y:.1f}H{box.x1:.1f}"
        for column in range(12):
            x = box.x((column + (row % 2) * 0.5) / 12)
            stones += f"M{x:.1f} {y:.1f}v{box.h / 8:.1f}"
    s.c.stroke(stones, s.col("#4a4544"), 2.2, opacity=0.7)
    for up, width in ((0.1, 12), (0.19, 7)):
        s.c.stroke(
            f"M{box.x0:.1f} {box.y(up):.1f}H{box.x(0.7):.1f}"
            f"q{box.w * 0.04:.1f} 0 {box.w * 0.04:.1f} {box.h * 0.1:.1f}V{box.y1:.1f}",
            s.col("#8a5f45"),
            width,
        )
    f.shelf(s, box.x(0.14), s.ground(0.37), 1.6, 1.9, 4, "#5b4632", "tins")
    for far, x, w in ((0.3, 0.86, 0.8), (0.28, 0.97, 0.6), (0.22, 0.9, 0.7)):
        f.box(s, box.x(x), s.ground(far), w, w * 0.8, "#a58357")
    f.box(s, box.x(0.88), s.ground(0.3) - s.m(s.ground(0.3), 0.64), 0.5, 0.45, "#b8935f")
    x, y = box.x(0.5), box.y(0.18)
    s.c.line_to(x, -0.1 * s.h, x, y, s.col("#26242a"), 2.4)
    s.c.circle(x, y + s.h * 0.016, s.h * 0.016, "#fff3c4", ink=False)
    s.glow(x, y, s.h * 0.62, s.light.warm, 0.7)
    s.front.rect(
        0,
        0,
        s.w,
        s.h,
        s.front.radial(((0, s.light.shade, 0.0), (0.5, s.light.shade, 0.05), (1, s.light.shade, 0.6)), cy=0.4, r=0.75),
    )
