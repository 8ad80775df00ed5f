"""Houses, castles, ruins, churches."""

from __future__ import annotations

from film.render.storyboard.colour import darker, mix
from film.render.storyboard.kit import buildings as b
from film.render.storyboard.kit import nature as n
from film.render.storyboard.sets_outdoor.land import path, white
from film.render.storyboard.stage import Stage
from schemas.enums import ShotSize

WALLS = ("#e4d3b3", "#d8b48c", "#efe6d4", "#c9a08a", "#b9c0ac")
ROOFS = ("#9b4e3c", "#7a4a40", "#5f5a63", "#a8683f")


def village(s: Stage) -> None:
    """Gabled houses about a green, a steeple behind."""
    s.ridge(s.hz + 2, s.h * 0.13, 5, white(s, "#6d8f6a"), 0.75)
    s.floor_plane(white(s, "#86a55b"))
    y = s.ground(0.84)
    steeple(s, s.w * 0.44, y, s.m(y, 9), 0.55)
    rows = [(0.8, (0.02, 0.2, 0.56, 0.72, 0.88)), (0.6, (-0.06, 0.74))]
    if s.picture.size is ShotSize.EWS:
        # From far away there is room for the nearer houses too.
        rows += [(0.66, (0.14, 0.58)), (0.34, (-0.1, 0.86))]
    for far, xs in sorted(rows, reverse=True):
        y = s.ground(far)
        for x in xs:
            b.house(
                s,
                x * s.w,
                y,
                s.m(y, s.layout.uniform(4.2, 5.4)),
                s.m(y, 3.6),
                s.layout.choice(WALLS),
                s.layout.choice(ROOFS),
                d=s.depth(y) * 0.7,
            )
    path(s, white(s, "#cdb58a"), 0.5, 1.1, 0.85)
    n.tree(s, s.w * 0.3, s.ground(0.62), 4.4)
    b.fence(s, s.ground(0.44), 0.8, "#8a6b4d", (0.2, 0.8))
    n.grass(s, 60, white(s, "#5d7f3c"))


def house(s: Stage) -> None:
    """One house with a garden path."""
    s.ridge(s.hz + 2, s.h * 0.10, 6, white(s, "#5f8560"), 0.7)
    s.floor_plane(white(s, "#7da254"))
    y = s.ground(0.58)
    w = s.m(y, 6.6)
    b.house(s, s.w * 0.52 - w * 0.5, y, w, s.m(y, 4.2), s.layout.choice(WALLS), s.layout.choice(ROOFS), d=0.12)
    path(s, white(s, "#cdb58a"), 0.0, 0.6, 0.58)
    for x in (-0.62, -0.5, 0.56, 0.68):
        n.bush(s, s.w * 0.52 + w * x, s.ground(0.54), 1.5)
    n.tree(s, s.w * 0.1, s.ground(0.5), 6.5)
    n.tree(s, s.w * 0.92, s.ground(0.66), 6.5, "#6b8f45")
    b.fence(s, s.ground(0.3), 0.85, "#efe8da", (0.40, 0.62))
    n.grass(s, 60, white(s, "#587d3a"))


def steeple(s: Stage, x: float, y: float, t: float, d: float) -> None:
    """A church's tower standing at (x, y), `t` pixels high."""
    s.rect(x - t * 0.09, y - t * 0.62, t * 0.18, t * 0.62, "#d9ccb4", d)
    s.poly(((x - t * 0.11, y - t * 0.62), (x, y - t), (x + t * 0.11, y - t * 0.62)), "#5f5a63", d)
    s.line(x, y - t * 1.1, x, y - t, "#3f3a40", max(1.5, t * 0.012), d)
    s.line(x - t * 0.03, y - t * 1.07, x + t * 0.03, y - t * 1.07, "#3f3a40", max(1.5, t * 0.012), d)
    s.rect(x - t * 0.03, y - t * 0.56, t * 0.06, t * 0.14, "#3c3540", d, r=t * 0.03)


def castle(s: Stage) -> None:
    """Towers and battlements on a hill."""
    s.peaks(s.hz + 4, s.h * 0.22, 5, "#7f8fa3", 0.9)
    y = s.ground(0.8)
    s.ridge(y + s.h * 0.02, s.h * 0.08, 3, white(s, "#6f8a5c"), 0.5)
    x, t = s.w * 0.54, s.h * 0.44
    y -= s.h * 0.015
    stone, d = "#9c948c", 0.3
    s.rect(x - t * 0.62, y - t * 0.42, t * 1.24, t * 0.46, stone, d)
    _battlements(s, x - t * 0.62, y - t * 0.42, t * 1.24, t * 0.05, stone, d)
    for dx, w, tall, cap in (
        (-0.62, 0.2, 0.72, True),
        (0.62, 0.2, 0.66, True),
        (-0.24, 0.24, 0.86, False),
        (0.2, 0.3, 1.0, True),
    ):
        s.rect(x + t * (dx - w / 2), y - t * tall, t * w, t * tall + t * 0.03, stone, d)
        s.c.rect(x + t * (dx + w * 0.14), y - t * tall, t * w * 0.36, t * tall + t * 0.03, s.light.shade, opacity=0.24)
        _battlements(s, x + t * (dx - w / 2 - 0.02), y - t * tall, t * (w + 0.04), t * 0.05, stone, d)
        if cap:
            s.poly(
                (
                    (x + t * (dx - w * 0.62), y - t * tall - t * 0.04),
                    (x + t * dx, y - t * (tall + w * 1.3)),
                    (x + t * (dx + w * 0.62), y - t * tall - t * 0.04),
                ),
                "#7b4450",
                d,
            )
            s.poly(
                (
                    (x + t * dx, y - t * (tall + w * 1.3)),
                    (x + t * dx, y - t * (tall + w * 1.3 + 0.09)),
                    (x + t * (dx + 0.12), y - t * (tall + w * 1.3 + 0.06)),
                    (x + t * dx, y - t * (tall + w * 1.3 + 0.03)),
                ),
                s.light.accent,
                d,
            )
        for up in (0.55, 0.75):
            if up < tall - 0.08:
                b.pane(s, x + t * (dx - 0.02), y - t * up, t * 0.04, t * 0.08, d)
    s.path(
        f"M{x - t * 0.1:.1f} {y + t * 0.04:.1f}v{-t * 0.2:.1f}"
        f"a{t * 0.1:.1f} {t * 0.12:.1f} 0 0 1 {t * 0.2:.1f} 0v{t * 0.2:.1f}Z",
        "#3a302c",
        d,
    )
    s.floor_plane(white(s, "#7b9857"), y + t * 0.04)
    path(s, white(s, "#c4ab80"), 0.35, 0.9, 0.76)
    for far, off in ((0.6, -6), (0.5, 5), (0.3, -3.8)):
        n.pine(s, s.w * 0.5 + s.m(s.ground(far), off), s.ground(far), 4.2)
    n.grass(s, 60, white(s, "#5d7a40"))


def _battlements(s: Stage, x: float, y: float, w: float, tooth: float, colour: str, d: float) -> None:
    s.rect(x, y - tooth * 0.2, w, tooth, colour, d)
    count = max(2, int(w / tooth / 2))
    for index in range(count):
        s.rect(x + w * (index + 0.2) / count, y - tooth * 1.1, w * 0.6 / count, tooth, colour, d)


def ruin(s: Stage) -> None:
    """Broken columns and walls, overgrown."""
    s.ridge(s.hz + 2, s.h * 0.14, 5, white(s, "#6d8a6f"), 0.8)
    s.floor_plane(white(s, "#8f9464"))
    stone = "#c2b79f"
    for far, xs in ((0.66, (0.12, 0.27, 0.42, 0.6, 0.74, 0.9)), (0.3, (0.06, 0.94))):
        y = s.ground(far)
        for x in xs:
            t, d = s.m(y, s.layout.choice((1.6, 3.2, 4.4, 5.0))), s.depth(y) * 0.7
            half, px = s.m(y, 0.36), x * s.w
            s.shadow(px, y, half * 1.8, half * 0.3)
            s.poly(
                (
                    (px - half, y),
                    (px - half * 0.86, y - t),
                    (px - half * 0.2, y - t * 1.05),
                    (px + half * 0.3, y - t * 0.96),
                    (px + half * 0.86, y - t * 1.02),
                    (px + half, y),
                ),
                stone,
                d,
            )
            s.c.rect(px + half * 0.25, y - t * 0.95, half * 0.65, t * 0.95, s.light.shade, opacity=0.22)
            s.rect(px - half * 1.3, y - half * 0.5, half * 2.6, half * 0.5, darker(stone, 0.1), d)
            for groove in (-0.4, 0.0):
                s.line(
                    px + half * groove,
                    y - half * 0.6,
                    px + half * groove,
                    y - t * 0.92,
                    darker(stone, 0.3),
                    1.6,
                    d,
                    o=0.6,
                )
    y = s.ground(0.66)
    t = s.m(y, 5.4)
    s.c.stroke(
        f"M{s.w * 0.42:.1f} {y - t * 0.8:.1f}Q{s.w * 0.51:.1f} {y - t * 1.2:.1f} {s.w * 0.6:.1f} {y - t * 0.8:.1f}",
        s.col(stone, 0.3),
        s.m(y, 0.55),
    )
    for _ in range(10):
        far = s.layout.uniform(0.0, 0.6)
        n.rock(s, s.layout.uniform(0, 1) * s.w, s.ground(far), s.layout.uniform(0.5, 1.3), stone)
    for _ in range(7):
        n.bush(s, s.layout.uniform(0, 1) * s.w, s.ground(s.layout.uniform(0.3, 0.7)), 1.3)
    n.grass(s, 80, white(s, "#6a7a3f"))


def church(s: Stage) -> None:
    """A country church with a steeple, seen from the churchyard."""
    s.ridge(s.hz + 2, s.h * 0.1, 6, white(s, "#6a8a66"), 0.75)
    s.floor_plane(white(s, "#7d9c57"))
    y = s.ground(0.6)
    x, t = s.w * 0.6, s.m(y, 8.5)
    steeple(s, x - t * 0.3, y, t * 1.1, 0.1)
    s.rect(x - t * 0.22, y - t * 0.4, t * 0.7, t * 0.4, "#e0d4bc", 0.1)
    s.poly(
        (
            (x - t * 0.25, y - t * 0.4),
            (x - t * 0.12, y - t * 0.62),
            (x + t * 0.42, y - t * 0.62),
            (x + t * 0.52, y - t * 0.4),
        ),
        "#5f5a63",
        0.1,
    )
    for dx in (-0.1, 0.06, 0.22, 0.38):
        lit = "#ffcf73" if s.light.lamps else mix("#46586b", s.light.middle, 0.3)
        s.c.path(
            f"M{x + t * (dx - 0.03):.1f} {y - t * 0.1:.1f}v{-t * 0.13:.1f}"
            f"a{t * 0.03:.1f} {t * 0.05:.1f} 0 0 1 {t * 0.06:.1f} 0v{t * 0.13:.1f}Z",
            lit,
            ink=False,
        )
    s.path(
        f"M{x - t * 0.35:.1f} {y:.1f}v{-t * 0.16:.1f}"
        f"a{t * 0.05:.1f} {t * 0.07:.1f} 0 0 1 {t * 0.1:.1f} 0v{t * 0.16:.1f}Z",
        "#4a3428",
        0.1,
    )
    for _ in range(9):
        far = s.layout.uniform(0.1, 0.5)
        yy = s.ground(far)
        gx, g = s.layout.choice((s.layout.uniform(0.02, 0.4), s.layout.uniform(0.7, 0.98))) * s.w, s.m(yy, 0.8)
        s.path(
            f"M{gx - g * 0.3:.1f} {yy:.1f}v{-g * 0.6:.1f}"
            f"a{g * 0.3:.1f} {g * 0.3:.1f} 0 0 1 {g * 0.6:.1f} 0v{g * 0.6:.1f}Z",
            "#8f8f8c",
            s.depth(yy) * 0.6,
        )
    path(s, white(s, "#cdb990"), 0.2, 0.7, 0.6)
    n.tree(s, s.w * 0.13, s.ground(0.45), 6.2, "#4a6f42")
    n.grass(s, 60, white(s, "#587a3c"))
