"""Roads through the wild, and what is dug out of it."""

from __future__ import annotations

from film.render.storyboard.colour import darker, lighter
from film.render.storyboard.kit import nature as n
from film.render.storyboard.sets_outdoor.land import desert, white
from film.render.storyboard.stage import Stage


def desert_road(s: Stage) -> None:
    """A road through the desert: asphalt with its line, or ruts in old times."""
    desert(s)
    _way(s, 2.3, dirt="period" in s.traits)
    y = s.ground(0.2)
    n.rock(s, s.w * 0.5 - s.m(y, 3.4), y, 0.9, "#a5714f")


def forest_road(s: Stage) -> None:
    """A road between two walls of trees."""
    s.c.rect(-0.1 * s.w, s.h * 0.1, 1.2 * s.w, s.hz - 0.05 * s.h, s.col("#6f9072", 0.6), ink=False)
    s.floor_plane(white(s, "#64743f"))
    _way(s, 2.0, dirt=bool({"period", "village"} & s.traits))
    vx = s.w * 0.5
    for far in (0.88, 0.8, 0.7, 0.58, 0.42, 0.22):
        y = s.ground(far)
        for off in (7.6, 5.2, 3.4):
            for side in (-1, 1):
                x = vx + side * s.m(y, off + s.layout.uniform(-0.4, 0.4))
                if -0.2 * s.w < x < 1.2 * s.w:
                    n.pine(s, x, y, s.layout.uniform(7.0, 9.5), s.layout.choice(("#2f5a48", "#38634c", "#3f6b45")))
        for side in (-1, 1):
            n.bush(s, vx + side * s.m(y, 3.0), y, 1.5, "#4f7040")
    n.grass(s, 60, white(s, "#4f6a34"), 0.6)


def _way(s: Stage, half: float, *, dirt: bool) -> None:
    vx, near = s.w * 0.5, s.h * 1.15
    tone = white(s, "#a88458") if dirt else "#57565a"
    s.poly(((vx - s.m(near, half), near), (vx - 3, s.hz + 2), (vx + 3, s.hz + 2), (vx + s.m(near, half), near)), tone)
    if dirt:
        for off in (-0.8, 0.8):
            s.c.path(
                f"M{vx + s.m(near, off - 0.22):.1f} {near:.1f}L{vx:.1f} {s.hz + 2:.1f}"
                f"L{vx + s.m(near, off + 0.22):.1f} {near:.1f}Z",
                s.col(darker(tone, 0.2)),
                ink=False,
            )
        return
    for index in range(8):
        y0, y1 = s.ground(0.93 - 0.17 * index), s.ground(0.86 - 0.17 * index)
        s.poly(
            ((vx - s.m(y0, 0.06), y0), (vx + s.m(y0, 0.06), y0), (vx + s.m(y1, 0.06), y1), (vx - s.m(y1, 0.06), y1)),
            "#efd98a",
            0.05,
        )


def quarry(s: Stage) -> None:
    """A pit cut down in pale steps, a digger on a ledge, rubble, water at the bottom."""
    stone = white(s, "#d3c9b4")
    s.ridge(s.hz - s.h * 0.18, s.h * 0.08, 6, white(s, "#6d8a5c"), 0.6)
    for step in range(6):
        top = s.hz - s.h * (0.19 - 0.055 * step)
        tall = s.h * 0.06
        shift = s.layout.uniform(-0.03, 0.03) * s.w
        pad = -0.1 * s.w
        face = [(pad, top)]
        for index in range(8):
            face.append((pad + 1.2 * s.w * (index + 0.5) / 8 + shift, top + s.layout.uniform(-6, 6)))
        face += [(1.1 * s.w, top), (1.1 * s.w, top + tall + 8), (pad, top + tall + 8)]
        s.poly(face, darker(stone, 0.22 if step % 2 else 0.3), 0.5 - 0.07 * step)
        s.c.rect(
            pad, top + tall * 0.8, 1.2 * s.w, tall * 0.34, s.col(lighter(stone, 0.1), 0.4 - 0.06 * step), ink=False
        )
        cracks = "".join(
            f"M{s.layout.uniform(0, 1) * s.w:.1f} {top + 6:.1f}l{s.layout.uniform(-8, 8):.1f} {tall * 0.62:.1f}"
            for _ in range(16)
        )
        s.c.stroke(cracks, s.col(darker(stone, 0.45), 0.4), 1.6, opacity=0.6)
    y = s.hz + s.h * 0.1
    s.floor_plane(stone, y)
    far = s.ground(0.62)
    s.oval(s.w * 0.3, far, s.m(far, 4.5), s.m(far, 0.5), "#5fa3a8", 0.2)
    _digger(s, s.w * 0.78, s.ground(0.66))
    for side in (-1, 1):
        edge = s.w / 2 + side * s.w * 0.62
        for step in range(3):
            reach, up = s.w * (0.3 - 0.09 * step), s.h * (0.62 + 0.13 * step)
            x = edge - side * reach
            s.poly(
                ((edge, up), (x, up), (x - side * 16, up + s.h * 0.13), (edge, up + s.h * 0.13)),
                darker(stone, 0.18 + 0.05 * step),
            )
            s.poly(((edge, up), (x, up), (x + side * 30, up - 12), (edge, up - 16)), lighter(stone, 0.12))
    for _ in range(16):
        x = s.layout.choice((s.layout.uniform(0.0, 0.32), s.layout.uniform(0.68, 1.0)))
        n.rock(s, s.w * x, s.ground(s.layout.uniform(0.0, 0.55)), s.layout.uniform(0.4, 1.0), "#bdb29c")


def _digger(s: Stage, x: float, y: float) -> None:
    m, d = s.m(y), s.depth(y) * 0.5
    paint = "#e0a52f"
    s.shadow(x, y, m * 2.0, m * 0.12)
    s.c.rect(x - m * 1.5, y - m * 0.8, m * 3.0, m * 0.8, s.col("#2b2b30", d), r=m * 0.38)
    s.rect(x - m * 1.3, y - m * 2.0, m * 2.4, m * 1.2, paint, d)
    s.rect(x - m * 0.4, y - m * 3.1, m * 1.3, m * 1.3, paint, d)
    s.rect(x - m * 0.25, y - m * 2.95, m * 0.85, m * 0.8, "#9fc4d4", d)
    s.c.stroke(f"M{x - m * 1.0:.1f} {y - m * 1.8:.1f}"
               f"L{x - m * 2.6:.1f} {y - m * 3.9:.1f}L{x - m * 4.0:.1f} {y - m * 1.6:.1f}",
               s.col(paint, d), m * 0.36)  # fmt: skip
    s.path(
        f"M{x - m * 4.4:.1f} {y - m * 1.7:.1f}h{m * 0.9:.1f}l{m * 0.1:.1f} {m * 1.1:.1f}h{-m * 1.2:.1f}Z", "#4a4a4f", d
    )
