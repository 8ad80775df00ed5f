"""Streets and roofs of villages and old towns."""

from __future__ import annotations

import math

from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.kit import buildings as b
from film.render.storyboard.kit import nature as n
from film.render.storyboard.sets_outdoor.land import white
from film.render.storyboard.sets_outdoor.village import ROOFS, WALLS, steeple
from film.render.storyboard.stage import Stage

SNOW = "#f1f5fa"


def lane(s: Stage) -> None:
    """A lane of cobbles between gabled houses, a well, a steeple at its end, lamps on the walls."""
    s.ridge(s.hz + 2, s.h * 0.12, 5, white(s, "#6d8f6a"), 0.75)
    y = s.ground(0.86)
    steeple(s, s.w * 0.47, y, s.m(y, 12), 0.5)
    s.floor_plane(white(s, "#8d857a"))
    _cobbles(s)
    for far in (0.84, 0.72, 0.56, 0.32):
        for side in (-1, 1):
            # As many side by side as the frame is wide; the outermost first.
            room = max(1, math.ceil((0.56 * s.w / s.m(s.ground(far)) - 3.2) / 4.7))
            for beyond in range(min(room, 3) - 1, -1, -1):
                _gable(s, side, far, 3.2 + 4.7 * beyond)
    y = s.ground(0.3)
    _lamp(s, s.w * 0.5 + s.m(y, 2.6), y)
    y = s.ground(0.56)
    _lamp(s, s.w * 0.5 - s.m(y, 2.7), y)
    _well(s, s.w * 0.5 - s.m(s.ground(0.44), 1.5), s.ground(0.44))


def _cobbles(s: Stage) -> None:
    rows: list[str] = []
    for index in range(15):
        y = s.ground(0.8 - 0.075 * index)
        t = s.m(y, 0.42)
        for column in range(-5, 6):
            x = s.w * 0.5 + (column + 0.5 * (index % 2)) * t
            rows.append(f"M{x - t * 0.34:.1f} {y:.1f}q{t * 0.34:.1f} {-t * 0.22:.1f} {t * 0.68:.1f} 0")
    s.c.stroke("".join(rows), s.col(white(s, "#5f584f")), 2, opacity=0.5 if not s.light.snowy else 0.35)


def _gable(s: Stage, side: int, far: float, off: float) -> None:
    """A house that turns its gable to us, `off` metres from the middle of the lane, and its wall along it."""
    y, back = s.ground(far), s.ground(min(0.93, far + 0.1))
    m, mb = s.m(y), s.m(back)
    d = s.depth(y) * 0.6
    near_x, far_x = s.w * 0.5 + side * m * off, s.w * 0.5 + side * mb * off
    wide, tall, peak = m * 4.4, m * s.layout.uniform(2.9, 3.5), m * 2.1
    tall_b = tall * mb / m
    wall, roof = s.layout.choice(WALLS), s.layout.choice(ROOFS)
    out = near_x + side * wide
    s.poly(((near_x, y), (near_x, y - tall), (far_x, back - tall_b), (far_x, back)), darker(wall, 0.14), d)
    cap = mix(roof, SNOW, 0.9) if s.light.snowy else roof
    ridge, ridge_b = (near_x + out) / 2, far_x + side * mb * 2.2
    s.poly(
        (
            (near_x - side * m * 0.25, y - tall + m * 0.1),
            (ridge, y - tall - peak),
            (ridge_b, back - tall_b - peak * mb / m),
            (far_x - side * mb * 0.25, back - tall_b + mb * 0.1),
        ),
        darker(cap, 0.08),
        d,
    )
    s.rect(min(near_x, out), y - tall, wide, tall, wall, d)
    s.poly(((near_x, y - tall), (ridge, y - tall - peak), (out, y - tall)), wall, d)
    for a, c in ((near_x - side * m * 0.25, ridge), (out + side * m * 0.25, ridge)):
        s.c.stroke(
            f"M{a:.1f} {y - tall + m * 0.14:.1f}L{c:.1f} {y - tall - peak:.1f}",
            s.col(cap, d),
            m * (0.26 if s.light.snowy else 0.2),
        )
    _timber(s, near_x, out, y - tall, peak, m, d)
    s.rect(ridge + side * m * 0.7, y - tall - peak * 0.95, m * 0.4, m * 0.9, darker(roof, 0.2), d)
    if s.light.snowy:
        s.rect(ridge + side * m * 0.66, y - tall - peak * 0.98, m * 0.48, m * 0.14, SNOW, d)
    for level in (0.18, 0.62):
        for part in (0.2, 0.55):
            x = near_x + side * wide * part
            b.pane(
                s, min(x, x + side * m * 0.8), y - tall + tall * level, m * 0.8, m * 0.8, d, frame=lighter(wall, 0.35)
            )
            if s.light.snowy:
                s.rect(min(x, x + side * m * 0.8) - m * 0.1, y - tall + tall * level + m * 0.8, m, m * 0.1, SNOW, d)
    x = near_x + side * wide * 0.82
    s.rect(
        min(x, x + side * m * 0.8), y - m * 1.7, m * 0.8, m * 1.7, s.layout.choice(("#6b4327", "#3f5f55", "#7a3a36")), d
    )
    if s.light.snowy:
        _drift(s, min(near_x, out), y, wide, m, d)
    a, c = (near_x + (far_x - near_x) * part for part in (0.3, 0.6))
    ya, yc = (y + (back - y) * part for part in (0.3, 0.6))
    ta, tc = (m + (mb - m) * part for part in (0.3, 0.6))
    corners = ((a, ya - ta * 1.0), (a, ya - ta * 2.0), (c, yc - tc * 2.0), (c, yc - tc * 1.0))
    if s.light.lamps and s.layout.random() < 0.7:
        s.c.poly(corners, mix("#ffd27a", s.light.haze, d * 0.4), ink=False)
    else:
        s.poly(corners, mix("#4a5e70", s.light.middle, 0.35), d)


def _drift(s: Stage, x: float, y: float, w: float, m: float, d: float) -> None:
    """Snow heaped along a wall, less before the door."""
    data, steps = f"M{x - m * 0.2:.1f} {y + m * 0.12:.1f}", 5
    for _ in range(steps):
        tall, run = m * s.layout.uniform(0.12, 0.34), (w + m * 0.4) / steps
        data += f"q{run * 0.5:.1f} {-tall * 2:.1f} {run:.1f} 0"
    s.path(data + "Z", SNOW, d)


def _timber(s: Stage, a: float, c: float, y: float, peak: float, m: float, d: float) -> None:
    """The beams of a gable, on plaster that shows them."""
    if s.layout.random() < 0.4:
        return
    beam = "#5b4331"
    s.line(a, y, c, y, beam, m * 0.1, d)
    s.line((a + c) / 2, y, (a + c) / 2, y - peak * 0.8, beam, m * 0.09, d)
    for part in (0.28, 0.72):
        x = a + (c - a) * part
        s.line(x, y, (a + c) / 2, y - peak * 0.5, beam, m * 0.07, d)


def _lamp(s: Stage, x: float, y: float) -> None:
    b.street_lamp(s, x, y, 3.0)


def _well(s: Stage, x: float, y: float) -> None:
    m = s.m(y)
    s.shadow(x, y, m * 0.8, m * 0.1)
    s.rect(x - m * 0.6, y - m * 0.7, m * 1.2, m * 0.7, "#8f8a82", s.depth(y) * 0.5, r=m * 0.1)
    s.c.ellipse(x, y - m * 0.7, m * 0.6, m * 0.12, s.col("#5f5a54", s.depth(y) * 0.5))
    for side in (-1, 1):
        s.rect(x + side * m * 0.52 - m * 0.05, y - m * 1.7, m * 0.1, m * 1.1, "#6b4a30")
    cap = SNOW if s.light.snowy else "#7a4a40"
    s.poly(((x - m * 0.85, y - m * 1.6), (x, y - m * 2.2), (x + m * 0.85, y - m * 1.6)), cap)
    s.line(x, y - m * 1.6, x, y - m * 1.0, "#3b3128", 2)


def roofs(s: Stage) -> None:
    """The roofs of a village, seen from above them: chimneys that smoke, a steeple, hills; a ridge to stand on."""
    s.peaks(s.hz - s.h * 0.08, s.h * 0.16, 5, "#7f93ab", 0.85, snow=s.light.snowy)
    s.ridge(s.hz - s.h * 0.06, s.h * 0.1, 5, white(s, "#6d8f6a"), 0.7)
    s.c.rect(-0.1 * s.w, s.hz - s.h * 0.08, 1.2 * s.w, s.h, s.col(white(s, "#7d9c57"), 0.45), ink=False)
    for _ in range(16):
        x = s.layout.uniform(-0.02, 1.02) * s.w
        (n.pine if s.layout.random() < 0.5 else n.tree)(
            s, x, s.hz - s.h * 0.02, 5 / max(0.02, s.k(s.hz + s.h * 0.1)) * 0.1
        )
    for row, (level, size) in enumerate(((0.0, 0.075), (0.07, 0.11), (0.16, 0.16), (0.28, 0.23))):
        base = s.hz + s.h * level
        count = 11 - 2 * row
        for index in range(count):
            x = s.w * ((index + s.layout.uniform(0.25, 0.75)) / count * 1.16 - 0.08)
            _house_above(s, x, base + s.h * s.layout.uniform(-0.012, 0.012), s.h * size, 0.5 - 0.12 * row)
        if row == 1:
            steeple(s, s.w * s.layout.choice((0.28, 0.66)), base + s.h * 0.02, s.h * 0.42, 0.35)
    _own_ridge(s)


def _house_above(s: Stage, x: float, y: float, t: float, d: float) -> None:
    """A house among others: a wall with its windows, and much roof; `t` is its height in pixels."""
    wide = t * s.layout.uniform(1.25, 1.6)
    wall, roof = s.layout.choice(WALLS), s.layout.choice(ROOFS)
    cap = mix(roof, s.layout.choice((SNOW, "#dfe8f2", "#e8eef5")), 0.86) if s.light.snowy else roof
    side = s.layout.choice((-1, 1))
    s.rect(x - wide / 2, y - t * 0.2, wide, t * 0.75, wall, d)
    s.c.rect(x - wide / 2, y - t * 0.16, wide, t * 0.12, s.light.shade, opacity=0.3)
    for part in (-0.3, 0.0, 0.3):
        b.pane(s, x + wide * part - t * 0.07, y + t * 0.02, t * 0.15, t * 0.2, d)
    s.poly(
        (
            (x - wide * 0.58, y - t * 0.14),
            (x - wide * 0.4, y - t * 0.8),
            (x + wide * 0.4, y - t * 0.8),
            (x + wide * 0.58, y - t * 0.14),
        ),
        cap,
        d,
    )
    s.c.poly(
        (
            (x + side * wide * 0.1, y - t * 0.8),
            (x + side * wide * 0.4, y - t * 0.8),
            (x + side * wide * 0.58, y - t * 0.14),
            (x + side * wide * 0.2, y - t * 0.14),
        ),
        s.light.shade,
        opacity=0.2,
    )
    s.c.stroke(
        f"M{x - wide * 0.4:.1f} {y - t * 0.8:.1f}H{x + wide * 0.4:.1f}", s.col(darker(cap, 0.16), d), max(1.0, t * 0.03)
    )
    if s.light.snowy:
        s.c.stroke(
            f"M{x - wide * 0.57:.1f} {y - t * 0.13:.1f}H{x + wide * 0.57:.1f}", s.col(SNOW, d * 0.6), max(1.5, t * 0.05)
        )
    cx = x - side * wide * 0.2
    s.rect(cx - t * 0.08, y - t * 1.06, t * 0.17, t * 0.42, darker(roof, 0.25), d)
    if s.light.snowy:
        s.rect(cx - t * 0.1, y - t * 1.1, t * 0.21, t * 0.07, SNOW, d)
        if t > s.h * 0.09:
            for puff in range(3):
                s.c.circle(cx + t * 0.1 * puff * puff * 0.6, y - t * (1.2 + 0.2 * puff), t * (0.08 + 0.03 * puff),
                           mix(s.light.haze, "#ffffff", 0.4), opacity=0.55 - 0.13 * puff, ink=False)  # fmt: skip


def _own_ridge(s: Stage) -> None:
    """The roof that the camera, or whoever is up here, stands on."""
    y = s.ground(0.1) if s.picture.figures else s.h * 0.94
    roof = mix("#7a4a40", SNOW, 0.9) if s.light.snowy else "#7a4a40"
    s.poly(
        (
            (-0.1 * s.w, y + s.h * 0.03),
            (0.5 * s.w, y),
            (1.1 * s.w, y + s.h * 0.03),
            (1.1 * s.w, s.h * 1.2),
            (-0.1 * s.w, s.h * 1.2),
        ),
        roof,
    )
    if not s.light.snowy:
        rows = "".join(f"M{-0.1 * s.w:.1f} {y + s.h * (0.05 + 0.05 * i):.1f}H{1.1 * s.w:.1f}" for i in range(6))
        s.c.stroke(rows, s.col(darker(roof, 0.3)), 2, opacity=0.6)
    s.c.stroke(
        f"M{-0.1 * s.w:.1f} {y + s.h * 0.03:.1f}L{0.5 * s.w:.1f} {y:.1f}L{1.1 * s.w:.1f} {y + s.h * 0.03:.1f}",
        s.col(lighter(roof, 0.2)),
        6,
    )
