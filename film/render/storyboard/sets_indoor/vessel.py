"""Inside of what moves."""

from __future__ import annotations

from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.kit import room as r
from film.render.storyboard.sky import stars
from film.render.storyboard.stage import Stage


def _outside(s: Stage, x: float, y: float, w: float, h: float) -> None:
    """What passes by: sky, hills, trees."""
    light = s.light
    s.c.rect(x, y, w, h, light.middle, ink=False)
    s.c.rect(x, y + h * 0.45, w, h * 0.55, light.horizon, ink=False)
    far = mix(light.horizon, light.middle, 0.7)
    s.c.path(
        f"M{x:.1f} {y + h * 0.7:.1f}Q{x + w * 0.3:.1f} {y + h * 0.45:.1f} {x + w * 0.55:.1f}"
        f" {y + h * 0.68:.1f}T{x + w:.1f} {y + h * 0.58:.1f}V{y + h:.1f}H{x:.1f}Z",
        far,
        ink=False,
    )
    green = mix(darker("#5d8a52", 0.6 if light.night else 0.0), light.horizon, 0.25)
    s.c.rect(x, y + h * 0.78, w, h * 0.22, green, ink=False)


def car(s: Stage) -> None:
    """The inside of a car: windscreen, road ahead, dashboard, wheel, seats."""
    w, h = s.w, s.h
    trim = s.col("#3b3a40")
    s.c.rect(-0.1 * w, -0.1 * h, 1.2 * w, 1.2 * h, trim, ink=False)
    glass = (
        f"M{w * 0.06:.1f} {h * 0.60:.1f}L{w * 0.16:.1f} {h * 0.13:.1f}"
        f"Q{w * 0.5:.1f} {h * 0.07:.1f} {w * 0.84:.1f} {h * 0.13:.1f}L{w * 0.94:.1f} {h * 0.60:.1f}"
        f"Q{w * 0.5:.1f} {h * 0.53:.1f} {w * 0.06:.1f} {h * 0.60:.1f}Z"
    )
    s.c.clip(glass)
    _outside(s, 0, h * 0.05, w, h * 0.56)
    s.poly(((w * 0.47, h * 0.42), (w * 0.53, h * 0.42), (w * 0.86, h * 0.62), (w * 0.14, h * 0.62)), "#5a5b60")
    for index in range(3):
        y = h * (0.44 + 0.055 * index)
        s.rect(w * 0.5 - 3 - index * 2, y, 6 + index * 4, h * 0.025, "#efe2ae")
    for part in (0.16, 0.26, 0.76, 0.88):
        s.oval(w * part, h * 0.43, w * 0.045, h * 0.06, "#4d7a45", 0.3)
    if s.light.lamps:
        for part in (0.485, 0.515):
            s.c.circle(w * part, h * 0.435, 3, "#fff3c4", ink=False)
            s.glow(w * part, h * 0.435, h * 0.1, "#fff0c8", 0.8)
    if s.light.wet:
        for _ in range(60):
            s.c.ellipse(
                s.detail.uniform(0.08, 0.92) * w,
                s.detail.uniform(0.12, 0.58) * h,
                2.6,
                4.4,
                "#e4eef6",
                opacity=0.55,
                ink=False,
            )
        s.c.stroke(
            f"M{w * 0.3:.1f} {h * 0.58:.1f}L{w * 0.44:.1f} {h * 0.24:.1f}"
            f"M{w * 0.62:.1f} {h * 0.58:.1f}L{w * 0.76:.1f} {h * 0.24:.1f}",
            "#17161b",
            6,
        )
    s.c.pop()
    s.c.stroke(glass, s.col("#25242a"), 12)
    s.rect(w * 0.43, h * 0.10, w * 0.14, h * 0.06, "#1f1e24", r=8)
    s.c.rect(w * 0.437, h * 0.11, w * 0.126, h * 0.042, mix(s.light.middle, s.light.shade, 0.25), r=6, ink=False)
    s.path(
        f"M{-0.1 * w:.1f} {h * 0.68:.1f}Q{w * 0.5:.1f} {h * 0.52:.1f} {1.1 * w:.1f} {h * 0.68:.1f}"
        f"V{h * 1.1:.1f}H{-0.1 * w:.1f}Z",
        "#4f4a4a",
    )
    s.path(
        f"M{-0.1 * w:.1f} {h * 0.74:.1f}Q{w * 0.5:.1f} {h * 0.6:.1f} {1.1 * w:.1f} {h * 0.74:.1f}"
        f"V{h * 1.1:.1f}H{-0.1 * w:.1f}Z",
        "#37343a",
    )
    for part in (0.24, 0.32):
        s.c.circle(w * part, h * 0.70, h * 0.038, s.col("#1c1b20"), ink=False)
        s.c.stroke(f"M{w * part:.1f} {h * 0.70:.1f}l{h * 0.018:.1f} {-h * 0.02:.1f}", "#ff8a4a", 3)
        s.glow(w * part, h * 0.70, h * 0.06, "#8fd3e8", 0.35)
    s.c.rect(w * 0.46, h * 0.67, w * 0.1, h * 0.09, "#16303a", r=6, ink=False)
    s.c.stroke(
        f"M{w * 0.47:.1f} {h * 0.74:.1f}l{w * 0.02:.1f} {-h * 0.03:.1f}"
        f"l{w * 0.02:.1f} {h * 0.012:.1f}l{w * 0.03:.1f} {-h * 0.04:.1f}",
        "#5cc9e0",
        3,
    )
    cx, cy, rr = w * 0.28, h * 0.86, h * 0.21
    s.c.ellipse(cx, cy, rr, rr * 0.92, "none", ink=False)
    s.c.stroke(
        f"M{cx - rr:.1f} {cy:.1f}a{rr:.1f} {rr * 0.92:.1f} 0 1 0 {2 * rr:.1f} 0"
        f"a{rr:.1f} {rr * 0.92:.1f} 0 1 0 {-2 * rr:.1f} 0",
        s.col("#1b1a1f"),
        20,
    )
    s.c.stroke(f"M{cx - rr:.1f} {cy:.1f}H{cx + rr:.1f}M{cx:.1f} {cy:.1f}V{cy + rr * 0.9:.1f}", s.col("#1b1a1f"), 16)
    s.c.circle(cx, cy, rr * 0.26, s.col("#2b2a30"))


def train(s: Stage) -> None:
    """A compartment: benches face each other, a large window between, a luggage rack."""
    box = r.room(s, "#8a5f45", "#5b463a", ceiling="#b39b7c", far=0.3, high=0.08, narrow=0.1, boards=False)
    x, y, w, h = box.x(0.26), box.y(0.18), box.w * 0.48, box.h * 0.42
    s.rect(x - 14, y - 14, w + 28, h + 28, "#5b3a28", r=14)
    s.c.clip(f"M{x:.1f} {y:.1f}h{w:.1f}v{h:.1f}h{-w:.1f}Z")
    _outside(s, x, y, w, h)
    for index in range(3):
        px = x + w * (0.14 + 0.36 * index)
        s.c.rect(px, y, w * 0.012, h, s.col("#4b3a2d"), ink=False)
        s.c.rect(px - w * 0.04, y + h * 0.14, w * 0.09, h * 0.025, s.col("#4b3a2d"), ink=False)
    s.c.stroke(
        f"M{x:.1f} {y + h * 0.2:.1f}q{w * 0.18:.1f} {h * 0.08:.1f} {w * 0.36:.1f} 0t{w * 0.36:.1f} 0t{w * 0.36:.1f} 0",
        s.col("#2b2a2c"),
        2,
    )
    speed = "".join(
        f"M{x + w * s.detail.random():.1f} {y + h * s.detail.uniform(0.78, 0.98):.1f}h{w * 0.14:.1f}" for _ in range(10)
    )
    s.c.stroke(speed, "#ffffff", 2, opacity=0.35)
    s.c.poly(((x, y + h * 0.6), (x, y + h * 0.3), (x + w * 0.35, y), (x + w * 0.6, y)), "#ffffff", opacity=0.12)
    s.c.pop()
    s.glow(x + w / 2, y + h / 2, h * 1.3, s.light.horizon, 0.22)
    s.rect(box.x(0.36), y + h + 18, box.w * 0.28, 12, "#6d4a33")
    s.c.stroke(
        f"M{box.x(0.02):.1f} {box.y(0.1):.1f}H{box.x(0.98):.1f}M{box.x(0.02):.1f} {box.y(0.14):.1f}H{box.x(0.98):.1f}",
        s.col("#c9a24a"),
        5,
    )
    for cx, tone, wide in ((0.1, "#7a4a30", 0.1), (0.88, "#3f5f5a", 0.12)):
        s.rect(box.x(cx) - box.w * wide / 2, box.y(0.0), box.w * wide, box.h * 0.1, tone, r=6)
    seat = mix("#3f6b62", s.light.accent, 0.2)
    y = s.ground(0.06)
    m = s.m(y)
    for side in (-1, 1):
        ex = box.x(0.5) + side * box.w * 0.47
        s.rect(min(ex, ex + side * m * 0.5), box.y(0.34), m * 0.5, y - box.y(0.34), darker(seat, 0.15), r=m * 0.1)
        s.rect(min(ex - side * m * 0.62, ex + side * m * 0.5), y - m * 0.5, m * 1.12, m * 0.26, seat, r=m * 0.06)
        s.rect(min(ex - side * m * 0.56, ex + side * m * 0.5), y - m * 0.26, m * 1.06, m * 0.26, "#4d3628")
        s.rect(min(ex - side * m * 0.04, ex + side * m * 0.5), box.y(0.34), m * 0.54, m * 0.22, "#efe6d2", r=m * 0.06)
    if s.light.lamps:
        for part in (0.12, 0.88):
            s.c.circle(box.x(part), box.y(0.26), 10, "#ffe2a3", ink=False)
            s.glow(box.x(part), box.y(0.26), s.h * 0.28, s.light.warm, 0.65)


def spaceship(s: Stage) -> None:
    """A bridge: consoles, lit panels, a wide window on the stars."""
    w, h = s.w, s.h
    s.c.rect(-0.1 * w, -0.1 * h, 1.2 * w, 1.2 * h, s.col("#59626f"), ink=False)
    y0, y1 = h * 0.10, s.ground(0.62)
    glow = mix("#4fd8e8", s.light.accent, 0.25)
    shape = (
        f"M{w * 0.2:.1f} {y0:.1f}H{w * 0.8:.1f}L{w * 0.93:.1f} {(y0 + y1) / 2:.1f}"
        f"L{w * 0.86:.1f} {y1:.1f}H{w * 0.14:.1f}L{w * 0.07:.1f} {(y0 + y1) / 2:.1f}Z"
    )
    s.c.path(shape, "#070a18")
    s.c.clip(shape)
    s.c.glow(w * 0.3, h * 0.25, h * 0.4, "#5a2f88", 0.5)
    s.c.glow(w * 0.62, h * 0.4, h * 0.4, "#1f5a9a", 0.5)
    stars(s, 110)
    px, py, pr = w * 0.68, h * 0.42, h * 0.17
    s.c.circle(px, py, pr, "#4f86b5", ink=False)
    s.c.path(
        f"M{px - pr * 0.9:.1f} {py - pr * 0.2:.1f}q{pr * 0.5:.1f} {-pr * 0.4:.1f} {pr:.1f} 0"
        f"t{pr * 0.8:.1f} 0q{-pr * 0.4:.1f} {pr * 0.5:.1f} {-pr:.1f} {pr * 0.3:.1f}"
        f"t{-pr * 0.8:.1f} {-pr * 0.3:.1f}Z",
        "#7fb08a",
        ink=False,
    )
    s.c.path(
        f"M{px + pr * 0.2:.1f} {py - pr:.1f}A{pr * 1.2:.1f} {pr * 1.2:.1f} 0 0 1"
        f" {px - pr * 0.5:.1f} {py + pr:.1f}H{px + pr * 1.1:.1f}V{py - pr:.1f}Z",
        "#03040a",
        opacity=0.5,
        ink=False,
    )
    s.c.pop()
    s.c.stroke(shape, s.col("#8d99a8"), 14)
    for part in (0.36, 0.64):
        s.c.line_to(w * part, y0, w * (0.5 + (part - 0.5) * 1.4), y1, s.col("#8d99a8"), 9)
    s.poly(
        (
            (0 - w * 0.1, y1 + h * 0.05),
            (w * 0.14, y1),
            (w * 0.86, y1),
            (w * 1.1, y1 + h * 0.05),
            (w * 1.1, h * 1.1),
            (-w * 0.1, h * 1.1),
        ),
        "#474f5b",
    )
    lines = "".join(
        f"M{w * (0.14 + 0.72 * i / 8):.1f} {y1:.1f}L{w * (0.5 + (i - 4) * 0.3):.1f} {h * 1.1:.1f}" for i in range(9)
    )
    s.c.stroke(lines, s.col("#363d48"), 3)
    for side in (-1, 1):
        edge = w * 0.5 + side * w * 0.5
        s.poly(
            (
                (edge, h * 0.3),
                (edge - side * w * 0.13, h * 0.44),
                (edge - side * w * 0.17, s.ground(0.16)),
                (edge + side * w * 0.1, h * 1.05),
            ),
            "#39414d",
        )
        for row in range(5):
            for column in range(3):
                x, y = edge - side * w * (0.022 + 0.036 * column), h * (0.46 + 0.062 * row + 0.01 * column)
                tone = (glow, "#ffb84a", "#ff5a5a", "#7fe07a")[(row * 2 + column) % 4]
                s.c.rect(x - 9, y, 18, 9, tone, r=3, ink=False)
                s.glow(x, y + 4, 26, tone, 0.35)
    y = s.ground(0.42)
    m = s.m(y)
    for cx in (0.32, 0.5, 0.68):
        s.poly(
            (
                (w * cx - m * 0.8, y),
                (w * cx - m * 0.9, y - m * 0.85),
                (w * cx + m * 0.9, y - m * 0.85),
                (w * cx + m * 0.8, y),
            ),
            "#5f6b7a",
        )
        s.poly(
            (
                (w * cx - m * 0.9, y - m * 0.85),
                (w * cx - m * 0.75, y - m * 1.15),
                (w * cx + m * 0.75, y - m * 1.15),
                (w * cx + m * 0.9, y - m * 0.85),
            ),
            lighter("#5f6b7a", 0.2),
        )
        s.c.poly(
            (
                (w * cx - m * 0.7, y - m * 0.9),
                (w * cx - m * 0.6, y - m * 1.1),
                (w * cx + m * 0.6, y - m * 1.1),
                (w * cx + m * 0.7, y - m * 0.9),
            ),
            glow,
            ink=False,
        )
        s.glow(w * cx, y - m, m * 1.3, glow, 0.4)
        s.rect(w * cx - m * 0.7, y - m * 0.5, m * 1.4, m * 0.06, glow)
    s.front.rect(0, 0, w, h, glow, opacity=0.04)
