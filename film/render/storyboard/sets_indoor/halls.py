"""Halls: churches, prisons, throne rooms, stations."""

from __future__ import annotations

from film.render.storyboard.colour import mix
from film.render.storyboard.kit import room as r
from film.render.storyboard.stage import Stage


def church(s: Stage) -> None:
    """A nave with arches, stained glass, pews and an altar."""
    box = r.room(
        s, "#b9ad9a", "#8f8577", ceiling="#8f8577", far=0.74, high=-0.06, narrow=0.27, boards=False, tiles=True
    )
    vx = s.w / 2
    glass = ("#c9403c", "#3f6fb0", "#e0b04a", "#3f8f6a", "#8a4fa0")
    cx, top, half = box.x(0.5), box.y(0.34), box.w * 0.17
    s.path(
        f"M{cx - half * 1.15:.1f} {box.y(0.74):.1f}V{top:.1f}"
        f"Q{cx - half:.1f} {top - half * 1.5:.1f} {cx:.1f} {top - half * 2.1:.1f}"
        f"Q{cx + half:.1f} {top - half * 1.5:.1f} {cx + half * 1.15:.1f} {top:.1f}"
        f"V{box.y(0.74):.1f}Z",
        "#8a7f70",
    )
    shape = (
        f"M{cx - half:.1f} {box.y(0.72):.1f}V{top:.1f}"
        f"Q{cx - half * 0.9:.1f} {top - half * 1.3:.1f} {cx:.1f} {top - half * 1.8:.1f}"
        f"Q{cx + half * 0.9:.1f} {top - half * 1.3:.1f} {cx + half:.1f} {top:.1f}V{box.y(0.72):.1f}Z"
    )
    s.c.clip(shape)
    for row in range(9):
        for column in range(4):
            tone = mix(glass[(row * 3 + column * 2) % 5], s.light.horizon if not s.light.night else "#101830", 0.3)
            s.c.rect(
                cx - half + half * column / 2,
                top - half * 1.9 + row * half * 0.5,
                half * 0.48,
                half * 0.48,
                tone,
                ink=False,
            )
    s.c.pop()
    s.glow(cx, top, half * 3.4, mix(s.light.sun, "#ffffff", 0.2), 0.45 if not s.light.night else 0.12)
    for far in (0.7, 0.5, 0.2):
        y = s.ground(far)
        t, d = s.m(y), s.depth(y) * 0.4
        for side in (-1, 1):
            x = vx + side * t * 2.9
            s.rect(x - t * 0.22, y - t * 3.4, t * 0.44, t * 3.4, "#cabfab", d)
            s.c.rect(x + t * 0.06, y - t * 3.4, t * 0.16, t * 3.4, s.light.shade, opacity=0.2)
            s.rect(x - t * 0.32, y - t * 3.55, t * 0.64, t * 0.2, "#d9cfbb", d)
            s.rect(x - t * 0.3, y - t * 0.16, t * 0.6, t * 0.16, "#a89c88", d)
        s.c.stroke(
            f"M{vx - t * 2.9:.1f} {y - t * 3.5:.1f}"
            f"C{vx - t * 2.7:.1f} {y - t * 5.4:.1f} {vx - t * 0.6:.1f} {y - t * 6.2:.1f} {vx:.1f}"
            f" {y - t * 6.5:.1f}C{vx + t * 0.6:.1f} {y - t * 6.2:.1f} {vx + t * 2.7:.1f}"
            f" {y - t * 5.4:.1f} {vx + t * 2.9:.1f} {y - t * 3.5:.1f}",
            s.col("#cabfab", d),
            t * 0.3,
        )
    y = s.ground(0.7)
    m = s.m(y)
    s.rect(vx - m * 0.9, y - m * 1.0, m * 1.8, m * 1.0, "#f0e9da")
    s.rect(vx - m * 0.05, y - m * 2.1, m * 0.1, m * 1.0, "#c9a24a")
    s.rect(vx - m * 0.3, y - m * 1.85, m * 0.6, m * 0.1, "#c9a24a")
    for side in (-1, 1):
        s.glow(vx + side * m * 0.7, y - m * 1.3, m * 0.8, s.light.warm, 0.7)
        s.c.rect(vx + side * m * 0.7 - 2, y - m * 1.3, 4, m * 0.3, "#fff6dd", ink=False)
    s.poly(
        (
            (vx - m * 0.5, y),
            (vx + m * 0.5, y),
            (vx + s.m(s.h * 1.1, 0.55), s.h * 1.1),
            (vx - s.m(s.h * 1.1, 0.55), s.h * 1.1),
        ),
        mix("#9b2f38", s.light.accent, 0.2),
    )
    for far in (0.58, 0.47, 0.33, 0.14):
        y = s.ground(far)
        t = s.m(y)
        for side in (-1, 1):
            x0, x1 = sorted((vx + side * t * 0.8, vx + side * t * 2.5))
            s.rect(x0, y - t * 0.95, x1 - x0, t * 0.6, "#7a5236")
            s.rect(x0, y - t * 0.98, x1 - x0, t * 0.08, "#a3744c")
            s.rect(x0, y - t * 0.4, t * 0.1, t * 0.4, "#5f3f2a")
            s.rect(x1 - t * 0.1, y - t * 0.4, t * 0.1, t * 0.4, "#5f3f2a")


def prison(s: Stage) -> None:
    """A cell: brick, a bunk, a barred window; bars in front."""
    box = r.room(s, "#7f8482", "#62625f", ceiling="#5d605f", boards=False)
    lines = "".join(f"M{box.x0:.1f} {box.y(i / 10):.1f}H{box.x1:.1f}" for i in range(1, 10))
    lines += "".join(
        f"M{box.x((c + 0.5 * (i % 2)) / 11):.1f} {box.y(i / 10):.1f}v{box.h / 10:.1f}"
        for i in range(10)
        for c in range(11)
    )
    s.c.stroke(lines, s.col("#5b605e"), 2, opacity=0.7)
    x, y, w, h = box.x(0.41), box.y(0.12), box.w * 0.18, box.h * 0.22
    r.window(s, x, y, w, h, frame="#5d605f", view="none", panes=1)
    for index in range(1, 6):
        s.rect(x + w * index / 6 - 3, y, 6, h, "#2b2d30")
    y = s.ground(0.28)
    m, bx = s.m(y), box.x(0.12)
    s.rect(bx - m * 0.9, y - m * 0.5, m * 2.1, m * 0.1, "#3b3f42")
    s.rect(bx - m * 0.9, y - m * 0.64, m * 2.1, m * 0.16, "#a8a08c", r=4)
    s.rect(bx - m * 0.85, y - m * 0.74, m * 0.5, m * 0.14, "#d9d3c0", r=5)
    for off in (-0.86, 1.1):
        s.rect(bx + m * off, y - m * 0.5, m * 0.08, m * 0.5, "#3b3f42")
    x = box.x(0.88)
    s.path(
        f"M{x - m * 0.26:.1f} {y - m * 0.42:.1f}h{m * 0.52:.1f}"
        f"q0 {m * 0.3:.1f} {-m * 0.2:.1f} {m * 0.42:.1f}h{-m * 0.14:.1f}"
        f"q{-m * 0.18:.1f} {-m * 0.12:.1f} {-m * 0.18:.1f} {-m * 0.42:.1f}Z",
        "#d9dcd9",
    )
    step = s.w / 13
    for index in range(14):
        bar_x = index * step
        if not 0.40 < bar_x / s.w < 0.62:
            s.rect(bar_x - 7, -0.1 * s.h, 14, 1.2 * s.h, "#2b2d31")
            s.c.rect(bar_x - 4, -0.1 * s.h, 3, 1.2 * s.h, "#8d9499", opacity=0.5)
    for y in (s.h * 0.06, s.h * 0.8):
        for x0, x1 in ((-0.1, 0.41), (0.61, 1.1)):
            s.rect(x0 * s.w, y, (x1 - x0) * s.w, 14, "#2b2d31")


def hall(s: Stage) -> None:
    """The hall of a castle: stone, banners, a throne, torches."""
    box = r.room(s, "#8f867c", "#6f675f", ceiling="#5b524b", far=0.56, high=0.02, narrow=0.18, boards=False, tiles=True)
    rows = "".join(f"M{box.x0:.1f} {box.y(i / 12):.1f}H{box.x1:.1f}" for i in range(1, 12))
    s.c.stroke(rows, s.col("#6d655d"), 2, opacity=0.5)
    for x in (0.16, 0.84):
        w = box.w * 0.12
        s.poly(
            (
                (box.x(x) - w / 2, box.y(0.1)),
                (box.x(x) + w / 2, box.y(0.1)),
                (box.x(x) + w / 2, box.y(0.62)),
                (box.x(x), box.y(0.72)),
                (box.x(x) - w / 2, box.y(0.62)),
            ),
            s.light.accent,
        )
        s.c.circle(box.x(x), box.y(0.34), w * 0.26, s.col("#e9c95c"), ink=False)
    for x in (0.32, 0.6):
        r.window(s, box.x(x), box.y(0.1), box.w * 0.08, box.h * 0.36, view="hills", frame="#6d655d", panes=1)
    y = s.ground(0.52)
    m, cx = s.m(y), s.w / 2
    s.rect(cx - m * 2, y - m * 0.25, m * 4, m * 0.4, "#5f5750")
    s.rect(cx - m * 0.55, y - m * 2.4, m * 1.1, m * 1.6, "#7d2f36")
    s.poly(((cx - m * 0.65, y - m * 2.4), (cx, y - m * 3.0), (cx + m * 0.65, y - m * 2.4)), "#c9a24a")
    s.rect(cx - m * 0.7, y - m * 0.95, m * 1.4, m * 0.7, "#c9a24a")
    s.poly(
        (
            (cx - m * 0.8, y + m * 0.15),
            (cx + m * 0.8, y + m * 0.15),
            (cx + s.m(s.h * 1.1, 0.8), s.h * 1.1),
            (cx - s.m(s.h * 1.1, 0.8), s.h * 1.1),
        ),
        mix("#8f2430", s.light.accent, 0.2),
    )
    for x in (0.06, 0.44, 0.56, 0.94):
        fx, fy = box.x(x), box.y(0.5)
        s.rect(fx - 5, fy, 10, box.h * 0.12, "#3b2a20")
        s.c.path(
            f"M{fx - 11:.1f} {fy:.1f}Q{fx - 13:.1f} {fy - 18:.1f} {fx:.1f} {fy - 38:.1f}"
            f"Q{fx + 13:.1f} {fy - 18:.1f} {fx + 11:.1f} {fy:.1f}Z",
            "#ffb03a",
            ink=False,
        )
        s.glow(fx, fy - 14, s.h * 0.2, s.light.warm, 0.7)


def concourse(s: Stage) -> None:
    """A station's hall: an arched window, a clock, benches."""
    box = r.room(s, "#c9bda5", "#9a9086", far=0.6, high=0.0, narrow=0.16, boards=False, tiles=True)
    cx, half, y = box.x(0.5), box.w * 0.3, box.y(0.62)
    shape = (
        f"M{cx - half:.1f} {y:.1f}V{box.y(0.4):.1f}"
        f"A{half:.1f} {half * 0.95:.1f} 0 0 1 {cx + half:.1f} {box.y(0.4):.1f}V{y:.1f}Z"
    )
    s.c.path(shape, mix(s.light.horizon, s.light.middle, 0.4))
    bars = (
        "".join(f"M{cx + half * k:.1f} {y:.1f}V{box.y(0.4) - half * 0.9:.1f}" for k in (-0.6, -0.2, 0.2, 0.6))
        + f"M{cx - half:.1f} {box.y(0.4):.1f}h{2 * half:.1f}"
    )
    s.c.clip(shape)
    s.c.stroke(bars, s.col("#6d6254"), 6)
    s.c.pop()
    s.glow(cx, box.y(0.35), half * 1.5, s.light.horizon, 0.35)
    cy, rr = box.y(0.16), box.h * 0.085
    s.line(cx, 0, cx, cy, "#3b342c", 5)
    s.c.circle(cx, cy, rr, s.col("#3b342c"))
    s.c.circle(cx, cy, rr * 0.85, "#fbf4de", ink=False)
    s.c.stroke(f"M{cx:.1f} {cy - rr * 0.62:.1f}V{cy:.1f}L{cx + rr * 0.4:.1f} {cy + rr * 0.2:.1f}", "#2c2b2d", 4)
    for x in (0.06, 0.94):
        r.door(s, box.x(x) - box.h * 0.1, box.y1, box.h * 0.46, "#4f6b62")
    for far, xs in ((0.4, (0.14, 0.86)), (0.2, (0.04, 0.96))):
        yy = s.ground(far)
        for x in xs:
            m = s.m(yy)
            s.rect(box.x(x) - m, yy - m * 0.5, m * 2, m * 0.12, "#8a5a38")
            s.rect(box.x(x) - m, yy - m * 0.95, m * 2, m * 0.4, "#9b6b44")
            for leg in (-0.9, 0.85):
                s.rect(box.x(x) + m * leg, yy - m * 0.45, m * 0.08, m * 0.45, "#3b342c")
