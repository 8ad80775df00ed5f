"""Open ground that somebody keeps: graveyards, meadows, playing fields, farmyards; and what war leaves of it."""

from __future__ import annotations

from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.kit import buildings as b
from film.render.storyboard.kit import nature as n
from film.render.storyboard.sets_outdoor.land import path, white
from film.render.storyboard.sets_outdoor.village import steeple
from film.render.storyboard.stage import Stage


def graveyard(s: Stage) -> None:
    """Rows of gravestones and crosses, an iron fence, a bare tree, a chapel behind."""
    s.ridge(s.hz + 2, s.h * 0.1, 6, white(s, "#5f7a66"), 0.8)
    s.floor_plane(white(s, "#6d8556"))
    y = s.ground(0.84)
    steeple(s, s.w * 0.2, y, s.m(y, 11), 0.5)
    y = s.ground(0.8)
    t = s.m(y, 1.5)
    pales = "".join(f"M{s.w * index / 44 - 0.05 * s.w:.1f} {y:.1f}v{-t:.1f}" for index in range(50))
    s.c.stroke(pales, s.col("#26292c", 0.45), max(1.5, t * 0.06))
    s.c.stroke(f"M{-0.1 * s.w:.1f} {y - t * 0.82:.1f}H{1.1 * s.w:.1f}"
               f"M{-0.1 * s.w:.1f} {y - t * 0.2:.1f}H{1.1 * s.w:.1f}",
               s.col("#26292c", 0.45), max(1.5, t * 0.06))  # fmt: skip
    path(s, white(s, "#b8aa88"), 0.25, 0.75, 0.8)
    y = s.ground(0.56)
    n.bare_tree(s, s.w * 0.86, y, s.m(y, 6.0), s.depth(y) * 0.6)
    for far, count, room in ((0.7, 11, 0.03), (0.54, 8, 0.06), (0.36, 6, 0.12), (0.14, 4, 0.3)):
        y = s.ground(far)
        for index in range(count):
            x = (index + 0.5 + s.layout.uniform(-0.2, 0.2)) / count
            if abs(x - 0.5) > room:
                _stone(s, s.w * x, y, s.layout.randrange(4))
    n.grass(s, 70, white(s, "#55703f"))


def _stone(s: Stage, x: float, y: float, kind: int) -> None:
    """One grave: a rounded stone, a cross, a pillar or a slab, with the mound before it."""
    m, d = s.m(y), s.depth(y) * 0.6
    stone = ("#a9aba6", "#8f9490", "#b8b3a6", "#9aa0a3")[kind]
    s.oval(x + m * 0.05, y + m * 0.05, m * 0.5, m * 0.09, white(s, "#7a6a4c"), d)
    if kind == 1:
        s.rect(x - m * 0.09, y - m * 1.15, m * 0.18, m * 1.15, stone, d)
        s.rect(x - m * 0.36, y - m * 0.86, m * 0.72, m * 0.17, stone, d)
        s.rect(x - m * 0.28, y - m * 0.14, m * 0.56, m * 0.14, darker(stone, 0.15), d)
    elif kind == 2:
        s.poly(((x - m * 0.2, y), (x - m * 0.13, y - m * 1.3), (x, y - m * 1.5), (x + m * 0.13, y - m * 1.3),
                (x + m * 0.2, y)), stone, d)  # fmt: skip
        s.rect(x - m * 0.3, y - m * 0.2, m * 0.6, m * 0.2, darker(stone, 0.15), d)
    else:
        half, tall = (0.3, 0.62) if kind else (0.34, 0.5)
        s.path(f"M{x - m * half:.1f} {y:.1f}v{-m * tall:.1f}a{m * half:.1f} {m * half:.1f} 0 0 1 {2 * m * half:.1f} 0"
               f"v{m * tall:.1f}Z", stone, d)  # fmt: skip
        s.c.path(f"M{x + m * half * 0.45:.1f} {y:.1f}v{-m * (tall + half * 0.7):.1f}"
                 f"l{m * half * 0.55:.1f} {m * half * 0.5:.1f}"
                 f"v{m * (tall + half * 0.2):.1f}Z", s.light.shade, opacity=0.25)  # fmt: skip
        marks = "".join(
            f"M{x - m * half * 0.5:.1f} {y - m * up:.1f}h{m * half * (1.0 - 0.3 * (up < 0.4)):.1f}"
            for up in (0.62, 0.5, 0.38)
        )
        s.c.stroke(marks, s.col(darker(stone, 0.35), d), max(1.2, m * 0.035))


def meadow(s: Stage) -> None:
    """Green hills, grass with flowers, a lone tree, a hedge."""
    s.peaks(s.hz + 4, s.h * 0.12, 4, "#8fa3b3", 0.9)
    s.ridge(s.hz + 4, s.h * 0.15, 3, white(s, "#6f9a62"), 0.75)
    s.ridge(s.hz + s.h * 0.03, s.h * 0.1, 3, white(s, "#7fae56"), 0.5)
    s.floor_plane(white(s, "#86b552"), s.hz + s.h * 0.05)
    for index in range(7):
        y = s.ground(0.78)
        n.bush(s, s.w * (0.02 + 0.07 * index), y, 2.2, "#4f7f46")
    y = s.ground(0.62)
    n.tree(s, s.w * s.layout.uniform(0.74, 0.88), y, 7.0, "#4f8a45")
    n.grass(s, 170, white(s, "#5f923c"), 0.85)
    if s.light.snowy:
        return
    for _ in range(90):
        far = s.layout.random() ** 0.7 * 0.8 - 0.1
        y = s.ground(far)
        t = s.m(y, 0.055)
        tone = s.layout.choice(("#f4f0e4", "#f2c94a", "#d9506a", "#f4f0e4", "#8f6fc0"))
        s.oval(s.layout.uniform(-0.02, 1.02) * s.w, y - t * 2, t, t * 0.8, tone, s.depth(y) * 0.5)


def pitch(s: Stage) -> None:
    """A playing field: mown stripes, white lines, a goal, stands full of people, floodlights."""
    y = s.ground(0.84)
    s.rect(-0.1 * s.w, y - s.h * 0.2, 1.2 * s.w, s.h * 0.2 + 4, "#8d949c", 0.4)
    for row in range(7):
        top = y - s.h * 0.19 + s.h * 0.026 * row
        dots: dict[str, list[str]] = {}
        for index in range(70):
            x = s.w * (index + s.layout.uniform(-0.3, 0.3)) / 68 - 0.02 * s.w
            tone = s.layout.choice(("#c0453f", "#e6e2d8", "#33507a", "#d9b04f", "#7a5a48"))
            dots.setdefault(tone, []).append(f"M{x - 4:.1f} {top:.1f}a4 4.6 0 1 0 8 0a4 4.6 0 1 0 -8 0Z")
        for tone, data in dots.items():
            s.c.path("".join(data), s.col(tone, 0.35), ink=False)
    s.rect(-0.1 * s.w, y - s.h * 0.215, 1.2 * s.w, s.h * 0.02, "#5d666e", 0.4)
    s.rect(-0.1 * s.w, y - s.h * 0.012, 1.2 * s.w, s.h * 0.03, s.light.accent, 0.3)
    s.floor_plane(white(s, "#5f9a4a"), y + s.h * 0.016)
    for index in range(6):
        y0, y1 = s.ground(0.8 - 0.18 * index), s.ground(0.71 - 0.18 * index)
        s.c.rect(
            -0.1 * s.w, y0, 1.2 * s.w, y1 - y0, s.col(white(s, "#6fae55"), s.depth(y0) * 0.6), opacity=0.7, ink=False
        )
    for x in (0.08, 0.92):
        s.rect(s.w * x - 4, s.h * 0.04, 8, y - s.h * 0.04, "#5d666e", 0.3)
        s.rect(s.w * x - s.h * 0.06, s.h * 0.02, s.h * 0.12, s.h * 0.06, "#dfe6ea", 0.2)
        if s.light.lamps:
            s.glow(s.w * x, s.h * 0.05, s.h * 0.34, "#f4f8ff", 0.75)
    y = s.ground(0.66)
    m, x = s.m(y), s.w * 0.5
    net = "".join(
        f"M{x + m * dx:.1f} {y:.1f}V{y - m * 2.4:.1f}" for dx in (-3.2, -2.4, -1.6, -0.8, 0, 0.8, 1.6, 2.4, 3.2)
    )
    net += "".join(f"M{x - m * 3.66:.1f} {y - m * up:.1f}h{m * 7.32:.1f}" for up in (0.5, 1.0, 1.5, 2.0))
    s.c.stroke(net, "#ffffff", 1.2, opacity=0.4)
    s.c.stroke(
        f"M{x - m * 3.66:.1f} {y:.1f}v{-m * 2.44:.1f}h{m * 7.32:.1f}v{m * 2.44:.1f}", s.col("#ffffff", 0.1), m * 0.16
    )
    far, near = s.ground(0.64), s.ground(0.2)
    lines = f"M{-0.1 * s.w:.1f} {far:.1f}H{1.1 * s.w:.1f}"
    lines += f"M{x - s.m(far, 6):.1f} {far:.1f}L{x - s.m(near, 6):.1f} {near:.1f}"
    lines += f"H{x + s.m(near, 6):.1f}L{x + s.m(far, 6):.1f} {far:.1f}"
    s.c.stroke(lines, s.col("#f4f8f0", 0.1), 4)


def farmyard(s: Stage) -> None:
    """A red barn with its doors, a silo, a farmhouse, bales of hay, a fence, bare earth."""
    s.ridge(s.hz + 2, s.h * 0.1, 5, white(s, "#6d8f66"), 0.8)
    s.floor_plane(white(s, "#8fa35c"))
    y = s.ground(0.66)
    b.house(s, s.w * 0.06, y, s.m(y, 5.0), s.m(y, 3.2), "#e9e2d2", "#6f5a50", d=s.depth(y) * 0.6)
    n.tree(s, s.w * 0.3, s.ground(0.7), 6.0, "#5f8a45")
    _barn(s, s.w * 0.7, s.ground(0.52))
    path(s, white(s, "#b89a6c"), 0.5, 2.2, 0.56)
    b.fence(s, s.ground(0.42), 0.95, "#9c8160", (0.3, 1.2))
    for x, far in ((0.1, 0.32), (0.2, 0.3), (0.15, 0.36)):
        y = s.ground(far)
        m = s.m(y)
        s.shadow(s.w * x, y, m * 0.7, m * 0.08)
        s.oval(s.w * x, y - m * 0.55, m * 0.62, m * 0.58, "#d9b458")
        s.c.stroke(f"M{s.w * x - m * 0.3:.1f} {y - m * 0.55:.1f}a{m * 0.3:.1f} {m * 0.28:.1f} 0 1 1 {m * 0.6:.1f} 0"
                   f"a{m * 0.2:.1f} {m * 0.2:.1f} 0 1 1 {-m * 0.4:.1f} 0",
                   s.col("#a67f2c"), max(1.4, m * 0.04))  # fmt: skip
    n.grass(s, 60, white(s, "#6a8a40"))


def _barn(s: Stage, x: float, y: float) -> None:
    m, d = s.m(y), s.depth(y) * 0.5
    red, cap = "#9a3a30", white(s, "#6b5f5c")
    s.rect(x + m * 3.0, y - m * 6.0, m * 1.7, m * 6.0, "#b9bfc4", d)
    s.path(f"M{x + m * 3.0:.1f} {y - m * 6:.1f}a{m * 0.85:.1f} {m * 0.85:.1f} 0 0 1 {m * 1.7:.1f} 0Z", "#d3d8dc", d)
    s.poly(((x - m * 2.8, y), (x - m * 2.8, y - m * 2.9), (x - m * 1.8, y - m * 4.3), (x, y - m * 5.1),
            (x + m * 1.8, y - m * 4.3), (x + m * 2.8, y - m * 2.9), (x + m * 2.8, y)), red, d)  # fmt: skip
    s.c.stroke(f"M{x - m * 3.0:.1f} {y - m * 2.75:.1f}L{x - m * 1.85:.1f} {y - m * 4.4:.1f}L{x:.1f} {y - m * 5.2:.1f}"
               f"L{x + m * 1.85:.1f} {y - m * 4.4:.1f}L{x + m * 3.0:.1f} {y - m * 2.75:.1f}",
               s.col(cap, d), m * 0.3)  # fmt: skip
    for off in (-1.2, 0.0):
        s.rect(x + m * off, y - m * 2.3, m * 1.2, m * 2.3, darker(red, 0.25), d)
        s.c.stroke(f"M{x + m * (off + 0.08):.1f} {y - m * 2.22:.1f}h{m * 1.04:.1f}v{m * 2.14:.1f}h{-m * 1.04:.1f}Z"
                   f"l{m * 1.04:.1f} {m * 2.14:.1f}", s.col("#f1ead8", d), max(1.5, m * 0.07))  # fmt: skip
    s.rect(x - m * 0.45, y - m * 3.9, m * 0.9, m * 0.8, "#3a2420", d)


def battlefield(s: Stage) -> None:
    """Churned earth, craters, broken trees and stakes, smoke."""
    s.ridge(s.hz + 2, s.h * 0.08, 7, white(s, "#6b6658"), 0.8)
    s.floor_plane(white(s, "#6f5f48"))
    smoke = mix("#4a4540", s.light.horizon, 0.35)
    for x in (0.16, 0.62, 0.86):
        puffs = "".join(
            f"M{s.w * x - r + dx:.1f} {s.hz - up:.1f}"
            f"a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0Z"
            for up, r, dx in ((4, 22, 0), (44, 32, 16), (96, 44, 40), (160, 58, 76), (236, 70, 120))
        )
        s.c.path(puffs, smoke, opacity=0.6, ink=False)
        s.glow(s.w * x, s.hz, s.h * 0.1, "#ff8a3a", 0.55)
    for x, far, t in ((0.1, 0.7, 3.4), (0.36, 0.78, 2.6), (0.76, 0.72, 3.0), (0.93, 0.5, 3.6)):
        y = s.ground(far)
        m, d = s.m(y), s.depth(y) * 0.6
        s.poly(((s.w * x - m * 0.2, y), (s.w * x - m * 0.1, y - m * t), (s.w * x, y - m * (t - 0.5)),
                (s.w * x + m * 0.1, y - m * (t + 0.2)), (s.w * x + m * 0.22, y)), "#3f352e", d)  # fmt: skip
        s.c.stroke(f"M{s.w * x:.1f} {y - m * t * 0.6:.1f}l{m * 0.7:.1f} {-m * 0.5:.1f}", s.col("#3f352e", d), m * 0.1)
    for x, far in ((0.28, 0.5), (0.68, 0.42), (0.12, 0.2), (0.86, 0.16)):
        y = s.ground(far)
        m = s.m(y)
        s.oval(s.w * x, y, m * 1.3, m * 0.26, darker("#6f5f48", 0.2))
        s.oval(s.w * x, y + m * 0.05, m * 0.95, m * 0.17, mix("#3f3a38", s.light.middle, 0.25))
    for far in (0.6, 0.3):
        y = s.ground(far)
        m = s.m(y)
        for index in range(9):
            x = s.w * (index + 0.3) / 8.5
            if abs(x - 0.5 * s.w) > m * 1.6:
                s.c.stroke(f"M{x - m * 0.3:.1f} {y:.1f}l{m * 0.6:.1f} {-m * 0.85:.1f}M{x + m * 0.3:.1f} {y:.1f}"
                           f"l{-m * 0.6:.1f} {-m * 0.85:.1f}",
                           s.col("#54463a", s.depth(y) * 0.5), m * 0.09)  # fmt: skip
    for x in (0.04, 0.12, 0.9, 0.98):
        y = s.ground(0.06)
        m = s.m(y)
        for up, off in ((0.0, 0.0), (0.0, 0.5), (0.26, 0.25)):
            s.c.rect(
                s.w * x + m * (off - 0.5),
                y - m * (0.26 + up),
                m * 0.52,
                m * 0.27,
                s.col(lighter("#9a8a66", 0.05)),
                r=m * 0.12,
            )
