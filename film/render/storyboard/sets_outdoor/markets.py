"""Where stalls stand: markets and fairs."""

from __future__ import annotations

import math

from film.render.storyboard.colour import darker
from film.render.storyboard.sets_outdoor import lane, town, village
from film.render.storyboard.sets_outdoor.land import park
from film.render.storyboard.stage import Stage

_HEAPS = ("#d9503f", "#e0a53a", "#7fa34a", "#e9e2cf", "#8f5a9a", "#d98a3a")


def market(s: Stage) -> None:
    """A street or a square with stalls: striped awnings, heaps of fruit, crates."""
    old = bool({"village", "period"} & s.traits)
    (lane.lane if old else town.street)(s)
    _stalls(s)


def village_market(s: Stage) -> None:
    """Stalls on a village's green."""
    village.village(s)
    _stalls(s)


def _stalls(s: Stage) -> None:
    for far, offs in ((0.66, (-5.6, -2.9, 2.8, 5.5)), (0.42, (-3.5, 3.5)), (0.16, (-3.4, 3.4))):
        y = s.ground(far)
        for index, off in enumerate(offs):
            _stall(s, s.w * 0.5 + s.m(y, off), y, index + int(10 * far))


def _stall(s: Stage, x: float, y: float, number: int) -> None:
    m, d = s.m(y), s.depth(y) * 0.6
    paint = (s.light.accent, "#2f6b5a", "#b8453a", "#3f5f9a")[number % 4]
    s.shadow(x, y, m * 1.4, m * 0.12)
    for side in (-1, 1):
        s.rect(x + side * m * 1.2 - m * 0.05, y - m * 2.3, m * 0.1, m * 2.3, "#6b4a30", d)
    s.rect(x - m * 1.25, y - m * 0.95, m * 2.5, m * 0.95, "#9a6f48", d)
    s.rect(x - m * 1.25, y - m * 0.95, m * 2.5, m * 0.12, darker("#9a6f48", 0.3), d)
    for heap in range(4):
        tone, cx = _HEAPS[(number + heap) % 6], x + m * (-0.92 + 0.61 * heap)
        data = "".join(
            f"M{cx + m * dx - m * 0.11:.1f} {y - m * up:.1f}a{m * 0.11:.1f} {m * 0.11:.1f} 0 1 0 {m * 0.22:.1f} 0"
            f"a{m * 0.11:.1f} {m * 0.11:.1f} 0 1 0 {-m * 0.22:.1f} 0Z"
            for dx, up in ((-0.17, 1.02), (0.0, 1.04), (0.17, 1.02), (-0.09, 1.18), (0.09, 1.18), (0.0, 1.32))
        )
        s.c.path(data, s.col(tone, d))
    stripes = 8
    for index in range(stripes):
        left, w = x - m * 1.45 + m * 2.9 * index / stripes, m * 2.9 / stripes
        tone = paint if index % 2 == 0 else "#f0e8d6"
        s.poly(((left + (x - left) * 0.16, y - m * 2.75), (left + w + (x - left - w) * 0.16, y - m * 2.75),
                (left + w, y - m * 2.15), (left, y - m * 2.15)), tone, d)  # fmt: skip
        s.path(f"M{left:.1f} {y - m * 2.16:.1f}h{w:.1f}q{-w * 0.06:.1f} {m * 0.2:.1f} {-w * 0.5:.1f} {m * 0.2:.1f}"
               f"q{-w * 0.44:.1f} 0 {-w * 0.5:.1f} {-m * 0.2:.1f}Z", tone, d)  # fmt: skip
    if s.light.lamps:
        s.c.circle(x, y - m * 2.0, m * 0.09, "#fff0c0", ink=False)
        s.glow(x, y - m * 1.9, m * 1.5, s.light.warm, 0.7)


def fair(s: Stage) -> None:
    """A fairground: a big wheel, striped tents, flags on strings."""
    park(s)
    y = s.ground(0.74)
    _wheel(s, s.w * 0.24, y, s.m(y, 8.2))
    for x, far, tone in ((0.52, 0.72, "#b8453a"), (0.82, 0.6, s.light.accent), (1.0, 0.5, "#3f5f9a")):
        _big_top(s, s.w * x, s.ground(far), tone)
    flags: dict[str, list[str]] = {}
    for index in range(26):
        part = index / 25
        x = s.w * (1.1 * part - 0.05)
        top = s.h * (0.09 + 0.1 * abs(math.sin(part * math.pi * 3)))
        flags.setdefault(("#d9503f", "#f2c94a", "#3f7a9f", "#f4f0e4")[index % 4], []).append(
            f"M{x - 11:.1f} {top:.1f}h22l-11 24Z"
        )
    for tone, data in flags.items():
        s.c.path("".join(data), s.col(tone), ink=False)


def _wheel(s: Stage, x: float, y: float, tall: float) -> None:
    d, r = 0.4, tall * 0.44
    cy = y - tall * 0.54
    steel = s.col("#6d7f92", d)
    s.c.stroke(
        f"M{x:.1f} {cy:.1f}L{x - r * 0.5:.1f} {y:.1f}M{x:.1f} {cy:.1f}L{x + r * 0.5:.1f} {y:.1f}", steel, r * 0.06
    )
    rim = f"M{x - r:.1f} {cy:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0"
    spokes = "".join(
        f"M{x:.1f} {cy:.1f}L{x + r * math.cos(a):.1f} {cy + r * math.sin(a):.1f}"
        for a in (math.pi * index / 6 for index in range(12))
    )
    s.c.stroke(rim, steel, r * 0.07)
    s.c.stroke(spokes, steel, r * 0.025)
    for index in range(12):
        a = math.pi * index / 6
        px, py = x + r * math.cos(a), cy + r * math.sin(a)
        tone = ("#d9503f", "#f2c94a", "#3f9a7f")[index % 3]
        s.c.rect(px - r * 0.09, py, r * 0.18, r * 0.16, s.col(tone, d * 0.6), r=4)
        if s.light.lamps:
            s.c.circle(px, py, r * 0.035, "#fff0c0", ink=False)
            s.glow(px, py, r * 0.2, s.light.warm, 0.5)


def _big_top(s: Stage, x: float, y: float, tone: str) -> None:
    m, d = s.m(y), s.depth(y) * 0.5
    half, wall, peak = m * 2.9, m * 1.9, m * 4.2
    s.shadow(x, y, half * 1.1, m * 0.14)
    count = 10
    for index in range(count):
        left, right = (x - half + 2 * half * part / count for part in (index, index + 1))
        colour = tone if index % 2 == 0 else "#f0e8d6"
        s.poly(((left, y), (left, y - wall), (right, y - wall), (right, y)), darker(colour, 0.1), d)
        s.poly(((x, y - peak), (left - half * 0.06, y - wall), (right + half * 0.06, y - wall)), colour, d)
    s.path(f"M{x - m * 0.7:.1f} {y:.1f}L{x:.1f} {y - wall:.1f}L{x + m * 0.7:.1f} {y:.1f}Z", "#3a2420", d)
    s.line(x, y - peak, x, y - peak - m * 0.8, "#3a3130", max(1.5, m * 0.06), d)
    s.poly(((x, y - peak - m * 0.8), (x + m * 0.8, y - peak - m * 0.6), (x, y - peak - m * 0.4)), tone, d)
