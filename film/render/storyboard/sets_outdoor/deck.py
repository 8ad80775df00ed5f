"""The deck of a ship under power: a ferry, a steamer, a trawler."""

from __future__ import annotations

from film.render.storyboard.colour import darker, mix
from film.render.storyboard.kit import nature as n
from film.render.storyboard.stage import Stage


def ferry_deck(s: Stage) -> None:
    """Planks to the rail, the sea beyond, the deckhouse with its funnel, a lifebelt, benches."""
    n.water(s, s.hz, s.ground(0.3))
    y = s.ground(0.52)
    s.path(
        f"M{-0.1 * s.w:.1f} {s.h * 1.1:.1f}V{s.ground(0.38):.1f}Q{s.w * 0.3:.1f} {y:.1f} {s.w * 0.5:.1f} {y:.1f}"
        f"T{1.1 * s.w:.1f} {s.ground(0.38):.1f}V{s.h * 1.1:.1f}Z",
        s.soil("#9a8262", 0.15),
    )
    planks = "".join(
        f"M{s.w * (0.5 + (i - 8) * 0.2):.1f} {s.h * 1.1:.1f}L{s.w * (0.5 + (i - 8) * 0.07):.1f} {y + 6:.1f}"
        for i in range(17)
    )
    s.c.stroke(planks, s.col("#6a5236"), 2, opacity=0.6)
    if s.light.wet:
        for part in (0.3, 0.62, 0.46):
            yy = s.ground(0.1 + 0.3 * (part - 0.3))
            s.c.ellipse(s.w * part, yy, s.m(yy, 0.9), s.m(yy, 0.06), s.light.horizon, opacity=0.3, ink=False)
    _rail(s, y)
    _lifebelt(s, s.w * 0.2, s.ground(0.42))
    _bench(s, s.w * 0.3, s.ground(0.32))
    _deckhouse(s)


def _rail(s: Stage, y: float) -> None:
    far = s.ground(0.38)
    for up, width in ((1.05, 6.0), (0.72, 3.0), (0.4, 3.0)):
        a, b = far - s.m(far, up), y - s.m(y, up)
        s.c.stroke(
            f"M{-0.1 * s.w:.1f} {a:.1f}Q{s.w * 0.3:.1f} {b:.1f} {s.w * 0.5:.1f} {b:.1f}T{1.1 * s.w:.1f} {a:.1f}",
            s.col("#eceae0", 0.05),
            width,
        )
    for index in range(17):
        x = s.w * index / 16
        part = abs(x / s.w - 0.5) * 2
        base = y + (far - y) * part**1.6
        s.rect(x - 2.5, base - s.m(base, 1.05), 5, s.m(base, 1.05), "#eceae0", 0.05)


def _lifebelt(s: Stage, x: float, y: float) -> None:
    m = s.m(y)
    cy, rr = y - m * 0.62, m * 0.3
    ring = f"M{x - rr:.1f} {cy:.1f}a{rr:.1f} {rr:.1f} 0 1 0 {2 * rr:.1f} 0a{rr:.1f} {rr:.1f} 0 1 0 {-2 * rr:.1f} 0"
    s.c.stroke(ring, s.col("#f2ede2"), m * 0.16)
    for dx, dy in ((-0.7, -0.7), (0.7, -0.7), (-0.7, 0.7), (0.7, 0.7)):
        s.c.line_to(
            x + rr * dx * 0.78, cy + rr * dy * 0.78, x + rr * dx * 1.22, cy + rr * dy * 1.22, s.col("#c8402f"), m * 0.15
        )


def _bench(s: Stage, x: float, y: float) -> None:
    m = s.m(y)
    s.shadow(x, y, m * 1.0, m * 0.08)
    for leg in (-0.8, 0.74):
        s.rect(x + m * leg, y - m * 0.42, m * 0.08, m * 0.42, "#4b4e55")
    s.rect(x - m * 0.95, y - m * 0.48, m * 1.9, m * 0.1, "#a8773f")
    for up in (0.72, 0.9):
        s.rect(x - m * 0.95, y - m * up, m * 1.9, m * 0.09, "#b98850")
    s.tops.append((x - m * 0.4, y - m * 0.48, m))


def _deckhouse(s: Stage) -> None:
    y = s.ground(0.3)
    m = s.m(y)
    left, tall = s.w * 0.66, m * 2.5
    top = y - tall
    paint, white = "#b23a32", "#efe9da"
    # The funnel stands behind the upper deck.
    fx = left + m * 1.9
    s.poly(
        (
            (fx, top - m * 0.3),
            (fx + m * 0.16, top - m * 2.2),
            (fx + m * 1.16, top - m * 2.2),
            (fx + m * 1.1, top - m * 0.3),
        ),
        paint,
    )
    s.rect(fx + m * 0.13, top - m * 1.9, m * 1.02, m * 0.34, white)
    s.rect(fx + m * 0.12, top - m * 2.3, m * 1.08, m * 0.24, "#2b2a2e")
    for index, (dx, dy, rr) in enumerate(((0.9, -2.6, 0.34), (1.5, -2.9, 0.46), (2.3, -3.1, 0.56))):
        s.c.circle(
            fx + m * dx, top + m * dy, m * rr, mix(s.light.haze, "#ffffff", 0.25), opacity=0.5 - 0.12 * index, ink=False
        )
    s.rect(left + m * 0.5, top - m * 0.5, s.w * 1.2 - left, m * 0.5, white, 0.05)
    s.rect(left - m * 0.3, top - m * 0.06, s.w * 1.2 - left, m * 0.16, paint)
    s.rect(left, top + m * 0.1, s.w * 1.2 - left, tall - m * 0.1, white)
    s.c.rect(left, top + m * 0.1, s.w * 1.2 - left, m * 0.3, s.light.shade, opacity=0.16)
    s.rect(left, y - m * 0.36, s.w * 1.2 - left, m * 0.36, darker(white, 0.14))
    # A door, then windows.
    s.rect(left + m * 0.5, y - m * 2.02, m * 0.92, m * 2.02, darker(paint, 0.1), r=m * 0.1)
    _pane(s, left + m * 0.72, y - m * 1.8, m * 0.48, m * 0.56)
    s.c.circle(left + m * 1.3, y - m * 0.98, m * 0.05, s.col("#e3c069"), ink=False)
    for index in range(4):
        _pane(s, left + m * (1.9 + 1.1 * index), y - m * 1.72, m * 0.74, m * 0.72)
    s.line(left + m * 0.1, top - m * 0.06, left + m * 0.1, top - m * 1.0, "#eceae0", 3)
    s.line(left + m * 0.1, top - m * 0.9, s.w * 1.1, top - m * 0.9, "#eceae0", 3)
    s.shadow(left + m * 1.4, y, m * 2.0, m * 0.08)
    if s.light.lamps:
        lx, ly = left + m * 0.24, top + m * 0.5
        s.c.circle(lx, ly, m * 0.1, "#fff0c0", ink=False)
        s.glow(lx, ly, m * 2.4, s.light.warm, 0.7)


def _pane(s: Stage, x: float, y: float, w: float, h: float) -> None:
    s.rect(x - w * 0.08, y - h * 0.08, w * 1.16, h * 1.16, "#8d8a80", r=w * 0.16)
    if s.light.lamps:
        s.c.rect(x, y, w, h, "#ffd27a", r=w * 0.12, ink=False)
        s.glow(x + w / 2, y + h / 2, w * 1.6, s.light.warm, 0.3)
    else:
        s.rect(x, y, w, h, mix("#52687c", s.light.middle, 0.4), r=w * 0.12)
        s.c.poly(((x, y + h * 0.55), (x, y), (x + w * 0.8, y)), "#ffffff", opacity=0.16)
