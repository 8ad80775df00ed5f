"""Parks, woods, fields, mountains, deserts."""

from __future__ import annotations

from film.render.storyboard.colour import darker, mix
from film.render.storyboard.kit import buildings as b
from film.render.storyboard.kit import nature as n
from film.render.storyboard.stage import Stage


def white(s: Stage, colour: str) -> str:
    """Cover a ground's colour with snow where it snows."""
    return mix(colour, "#eaf0f6", 0.86) if s.light.snowy else colour


def path(s: Stage, colour: str, bend: float, half: float, far: float = 0.9) -> None:
    """A path that bends away from the camera, `half` as many metres wide, until `far`."""
    y0, y1 = s.h * 1.1, s.ground(far)
    x0, x1 = s.w * 0.5 + bend * s.w * 0.1, s.w * 0.5 + bend * s.w * 0.08
    mid = (y0 + y1) / 2 - (y0 - y1) * 0.12
    a, c = s.m(y0, half), max(2.0, s.m(y1, half))
    s.path(
        f"M{x0 - a:.1f} {y0:.1f}Q{x0 - bend * s.w * 0.16:.1f} {mid:.1f} {x1 - c:.1f} {y1:.1f}H{x1 + c:.1f}"
        f"Q{x0 - bend * s.w * 0.16 + a * 0.9:.1f} {mid:.1f} {x0 + a:.1f} {y0:.1f}Z",
        s.soil(colour, 0.2),
        0.05,
    )


def park(s: Stage) -> None:
    """Lawns with trees, a path, benches and lamps."""
    s.ridge(s.hz + 2, s.h * 0.07, 9, "#5d8a62", 0.75)
    s.floor_plane(white(s, "#7fae58"))
    path(s, white(s, "#d8c49a"), 1.0, 1.1)
    for far, off in ((0.82, -9), (0.8, 7), (0.7, -5.5), (0.66, 5.2), (0.42, -4.3), (0.36, 4.4)):
        n.tree(
            s,
            s.w * 0.5 + s.m(s.ground(far), off),
            s.ground(far),
            s.layout.uniform(4.2, 5.6),
            s.layout.choice(("#4f8a45", "#6a9a3f", "#3f7a4f")),
        )
    n.grass(s, 60, white(s, "#5a8a3e"))
    y = s.ground(0.34)
    b.bench(s, s.w * 0.5 - s.m(y, 2.3), y)
    for far, off in ((0.62, 1.7), (0.12, -2.6)):
        b.street_lamp(s, s.w * 0.5 + s.m(s.ground(far), off), s.ground(far), 3.4)


def garden(s: Stage) -> None:
    """Flower beds before a hedge and a house, with a picket fence."""
    y = s.ground(0.74)
    s.floor_plane(white(s, "#74a552"))
    b.house(s, s.w * 0.58, y, s.m(y, 7.5), s.m(y, 4.4), "#e6d8bd", "#9b4e3c", d=0.35)
    for index in range(9):
        n.bush(s, s.w * (index + 0.3) / 8.5, s.ground(0.68), 2.4, "#487a44")
    b.fence(s, s.ground(0.58), 1.0, "#f0eadc", (0.44, 0.56))
    path(s, white(s, "#cdbb9b"), 0.0, 0.7, 0.62)
    n.tree(s, s.w * 0.12, s.ground(0.5), 4.6, "#6f9a49")
    for _ in range(70):
        far = s.layout.uniform(-0.1, 0.5)
        y = s.ground(far)
        side = s.layout.choice((-1, 1))
        x, t = s.w * 0.5 + side * s.m(y, s.layout.uniform(1.1, 3.2)), s.m(y, 0.1)
        s.line(x, y, x, y - t * 2.6, "#4a7a3a", max(1.2, t * 0.22))
        s.oval(
            x, y - t * 2.8, t, t * 0.85, s.layout.choice(("#d9475c", "#f2b33d", "#f4ead8", "#a45bb5", s.light.accent))
        )


def forest(s: Stage) -> None:
    """Trunks in depth, undergrowth, shafts of light."""
    s.c.rect(-0.1 * s.w, -0.1 * s.h, 1.2 * s.w, s.hz + 0.14 * s.h, s.col("#6f9072", 0.55), ink=False)
    s.floor_plane(white(s, "#5b6b3c"))
    for far, count, metres in ((0.86, 22, 9.0), (0.78, 16, 8.5)):
        for _ in range(count):
            n.pine(s, s.layout.uniform(-0.05, 1.05) * s.w, s.ground(far), metres, "#38634c")
    path(s, white(s, "#8a7350"), -0.8, 0.75)
    for far, count in ((0.68, 11), (0.48, 7)):
        y = s.ground(far)
        for _ in range(count):
            x = s.layout.uniform(-0.03, 1.03) * s.w
            if abs(x - 0.5 * s.w) > s.m(y, 1.3):
                n.trunk(s, x, y, s.m(y, s.layout.uniform(0.45, 0.75)), "#55443a", s.depth(y))
                n.bush(s, x + s.m(y, s.layout.uniform(-1, 1)), y, 1.5, "#4f7040")
    y = s.ground(0.06)
    for x in (0.05, 0.93):
        n.trunk(s, x * s.w, y, s.m(y, 0.85), "#3f332d")
    top = s.col("#2f5238")
    for x in (0.0, 0.2, 0.42, 0.68, 0.9, 1.0):
        r = s.h * s.layout.uniform(0.1, 0.2)
        s.c.ellipse(x * s.w, -r * 0.1, r * 1.6, r, top, ink=False)
    n.grass(s, 90, white(s, "#49602f"), 0.55)
    if not s.light.night and s.light.sun_seen:
        for x in (0.3, 0.46, 0.64):
            s.front.poly(
                ((x * s.w, 0), ((x + 0.05) * s.w, 0), ((x - 0.06) * s.w, s.h * 0.9), ((x - 0.2) * s.w, s.h * 0.9)),
                s.light.sun,
                opacity=0.13,
            )
    elif s.light.night:
        s.front.poly(
            ((0.55 * s.w, 0), (0.66 * s.w, 0), (0.52 * s.w, s.h * 0.9), (0.3 * s.w, s.h * 0.9)), "#a9bfe8", opacity=0.12
        )


def field(s: Stage) -> None:
    """Wheat to the horizon, a lone tree, far hills."""
    s.ridge(s.hz + 1, s.h * 0.09, 6, "#6d8a86", 0.85)
    gold = white(s, "#d9b04f")
    s.floor_plane(gold)
    n.tree(s, s.w * s.layout.uniform(0.66, 0.82), s.ground(0.78), 8.5, "#5d7f43")
    for row in range(13):
        far = 0.86 - 0.07 * row
        y = s.ground(far)
        t = s.m(y, 0.75)
        step = max(2.4, t * 0.16)
        data: list[str] = []
        x = -0.02 * s.w
        while x < 1.02 * s.w and len(data) < 130:
            sway = s.layout.uniform(-0.14, 0.3) * t
            data.append(
                f"M{x:.1f} {y + 2:.1f}q{sway * 0.2:.1f} {-t * 0.6:.1f} {sway:.1f} {-t * s.layout.uniform(0.7, 1.1):.1f}"
            )
            x += step * s.layout.uniform(0.7, 1.3) * (1 + max(0, row - 6) * 0.25)
        s.c.stroke(
            "".join(data), s.col(darker(gold, 0.10 + 0.09 * (row % 3)), max(0.0, s.depth(y) - 0.1)), max(1.2, t * 0.05)
        )


def mountain(s: Stage) -> None:
    """Snow-capped peaks, pines, rocks."""
    s.peaks(s.hz + s.h * 0.02, s.h * 0.42, 6, "#74879f", 0.75, snow=True)
    s.peaks(s.hz + s.h * 0.03, s.h * 0.26, 6, "#5f7183", 0.5, snow=s.light.snowy)
    s.ridge(s.hz + s.h * 0.05, s.h * 0.06, 6, white(s, "#5c7558"), 0.45)
    s.floor_plane(white(s, "#7f8768"), s.hz + s.h * 0.03)
    for _ in range(22):
        far = s.layout.uniform(0.5, 0.84)
        n.pine(s, s.layout.uniform(0, 1) * s.w, s.ground(far), s.layout.uniform(3, 5))
    for _ in range(9):
        n.rock(s, s.layout.uniform(0, 1) * s.w, s.ground(s.layout.uniform(0.0, 0.6)), s.layout.uniform(0.6, 1.6))
    n.grass(s, 50, white(s, "#65704a"))


def desert(s: Stage) -> None:
    """Dunes, mesas, cacti."""
    for x, w, tall in ((0.12, 0.16, 0.13), (0.34, 0.08, 0.08), (0.78, 0.2, 0.16)):
        left, right = (x - w / 2) * s.w, (x + w / 2) * s.w
        s.poly(
            (
                (left, s.hz + 4),
                (left + w * s.w * 0.1, s.hz - tall * s.h),
                (right - w * s.w * 0.14, s.hz - tall * s.h * 0.97),
                (right, s.hz + 4),
            ),
            "#b5674a",
            0.7,
        )
    s.floor_plane(white(s, "#e0b272"))
    for far, colour in ((0.8, "#d9a766"), (0.55, "#e4b876"), (0.25, "#d6a562")):
        s.ridge(s.ground(far), s.m(s.ground(far), 0.9), 4, white(s, colour), s.depth(s.ground(far)) * 0.7, rough=1.0)
    if "track" in s.traits:
        path(s, white(s, "#c08f58"), 0.7, 1.0, 0.92)
    for far, off in ((0.66, -6), (0.5, 4.4), (0.3, -3.1), (0.7, 9)):
        n.cactus(s, s.w * 0.5 + s.m(s.ground(far), off), s.ground(far), s.layout.uniform(1.8, 2.8))
    for _ in range(6):
        n.rock(s, s.layout.uniform(0, 1) * s.w, s.ground(s.layout.uniform(0.0, 0.5)), 0.6, "#a5714f")


def landscape(s: Stage) -> None:
    """Rolling hills, a few trees."""
    s.peaks(s.hz + 4, s.h * 0.2, 5, "#7f93ab", 0.9)
    s.ridge(s.hz + 2, s.h * 0.13, 5, white(s, "#6f9272"), 0.75)
    s.ridge(s.hz + s.h * 0.04, s.h * 0.09, 4, white(s, "#7a9f58"), 0.5)
    s.floor_plane(white(s, "#86ab56"), s.hz + s.h * 0.06)
    path(s, white(s, "#cbb384"), 1.3, 0.7, 0.75)
    for far, off in ((0.72, -8), (0.62, -6.4), (0.6, 6.2), (0.5, 5.0), (0.34, -4.2)):
        n.tree(s, s.w * 0.5 + s.m(s.ground(far), off), s.ground(far), s.layout.uniform(3.4, 5))
    n.grass(s, 100, white(s, "#5f8a3c"))


def cave(s: Stage) -> None:
    """A cavern with stalactites, seen towards its mouth."""
    rock = s.col("#4a4350")
    s.c.rect(-0.1 * s.w, -0.1 * s.h, 1.2 * s.w, 1.2 * s.h, s.col("#3a3542"), ink=False)
    mx, my, r = s.w * 0.56, s.ground(0.72), s.h * 0.24
    s.c.path(
        f"M{mx - r:.1f} {my:.1f}Q{mx - r * 1.1:.1f} {my - r * 1.5:.1f} {mx - r * 0.1:.1f}"
        f" {my - r * 1.6:.1f}Q{mx + r * 1.1:.1f} {my - r * 1.4:.1f} {mx + r:.1f} {my:.1f}Z",
        mix(s.light.horizon, s.light.middle, 0.3),
        ink=False,
    )
    s.glow(mx, my - r * 0.7, r * 2.4, mix(s.light.horizon, "#ffffff", 0.2), 0.6)
    s.floor_plane("#5b525c", my)
    s.c.poly(((mx - r, my), (mx + r, my), (mx + r * 1.7, s.h), (mx - r * 2.0, s.h)), s.light.horizon, opacity=0.16)
    for depth, count in ((0.35, 12), (0.0, 9)):
        tone = mix(rock, s.light.horizon, depth * 0.5)
        for index in range(count):
            x, half, tall = (
                s.w * (index + s.layout.random()) / count,
                s.w * s.layout.uniform(0.02, 0.05),
                s.h * s.layout.uniform(0.12, 0.34) * (1.1 - depth),
            )
            s.c.poly(((x - half, -2), (x + half * 0.1, tall), (x + half, -2)), tone)
    for x, side in ((0, 1), (s.w, -1)):
        s.c.path(
            f"M{x:.1f} {-20}C{x + side * s.w * 0.24:.1f} {s.h * 0.1:.1f}"
            f" {x + side * s.w * 0.06:.1f} {s.h * 0.4:.1f} {x + side * s.w * 0.15:.1f}"
            f" {s.h * 0.7:.1f}"
            f"L{x + side * s.w * 0.2:.1f} {s.h * 1.05:.1f}H{x:.1f}Z",
            darker(rock, 0.3),
        )
    for _ in range(9):
        n.rock(
            s, s.layout.uniform(0, 1) * s.w, s.ground(s.layout.uniform(0.0, 0.6)), s.layout.uniform(0.5, 1.2), "#6a6068"
        )
    s.front.rect(0, 0, s.w, s.h, s.light.shade, opacity=0.12)
