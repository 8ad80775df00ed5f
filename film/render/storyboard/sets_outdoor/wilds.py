"""Roads through the wild, and what is dug out of it."""

from __future__ import annotations

from film.render.storyboard.colour import darker, lighter
from film.render.storyboard.kit import buildings as b
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
    s.c.rect(-0.1 * s.w, -0.1 * s.h, 1.2 * s.w, s.hz + 0.14 * s.h, s.col("#6f9072", 0.6), ink=False)
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


def western(s: Stage) -> None:
    """The only street of a town in the west: wooden false fronts, porches, a water tower, dust."""
    for x, w, tall in ((0.4, 0.12, 0.1), (0.6, 0.16, 0.13)):
        left, right = (x - w / 2) * s.w, (x + w / 2) * s.w
        top = s.hz - tall * s.h
        s.poly(((left, s.hz + 4), (left + w * s.w * 0.12, top), (right - w * s.w * 0.15, top + 6), (right, s.hz + 4)),
               "#b5674a", 0.7)  # fmt: skip
    s.floor_plane(white(s, "#cfa877"))
    _way(s, 2.2, dirt=True)
    _water_tower(s, s.w * 0.5 + s.m(s.ground(0.86), 3.0), s.ground(0.86))
    walls = list(s.layout.sample(("#9a7652", "#8a8078", "#a8644a", "#b59a6c", "#7a6a58", "#6f7f78"), 6)) * 2
    for index, far in enumerate((0.84, 0.72, 0.56, 0.3)):
        for side in (-1, 1):
            _false_front(s, side, far, walls[2 * index + (side > 0)])
    for side, far in ((-1, 0.14), (1, 0.4)):
        y = s.ground(far)
        m, x = s.m(y), s.w * 0.5 + side * s.m(y, 2.0)
        s.line(x - m * 0.7, y - m * 0.95, x + m * 0.7, y - m * 0.95, "#7d5636", m * 0.1)
        for leg in (-0.6, 0.6):
            s.rect(x + m * leg - m * 0.05, y - m * 0.95, m * 0.1, m * 0.95, "#6b4a30")


def _false_front(s: Stage, side: int, far: float, wall: str) -> None:
    """A house whose wooden front is higher than it is; its porch runs along the street."""
    y, back = s.ground(far), s.ground(min(0.93, far + 0.12))
    m, mb, vx = s.m(y), s.m(back), s.w * 0.5
    d = s.depth(y) * 0.55
    near, away = vx + side * m * 3.5, vx + side * mb * 3.5
    wide, tall = m * 4.4, m * s.layout.uniform(3.3, 4.3)
    s.poly(((near, y), (near, y - tall * 0.8), (away, back - tall * 0.8 * mb / m), (away, back)), darker(wall, 0.24), d)
    post, post_b = vx + side * m * 2.5, vx + side * mb * 2.5
    s.poly(((near, y), (post, y), (post_b, back), (away, back)), "#9a7a54", d)
    for part in (1.0, 0.5, 0.0):
        x, py, k = post + (post_b - post) * part, y + (back - y) * part, m + (mb - m) * part
        s.rect(x - k * 0.06, py - k * 2.4, k * 0.12, k * 2.4, "#6b4a30", d)
    s.poly(
        ((near, y - m * 2.7), (post, y - m * 2.35), (post_b, back - mb * 2.35), (away, back - mb * 2.7)), "#7a4f34", d
    )
    left = min(near, near + side * wide)
    s.rect(left, y - tall * 0.8, wide, tall * 0.8, wall, d)
    s.poly(((left, y - tall * 0.8), (left, y - tall), (left + wide * 0.18, y - tall),
            (left + wide * 0.18, y - tall * 1.14),
            (left + wide * 0.82, y - tall * 1.14), (left + wide * 0.82, y - tall), (left + wide, y - tall),
            (left + wide, y - tall * 0.8)), wall, d)  # fmt: skip
    boards = "".join(f"M{left:.1f} {y - tall * up / 10:.1f}h{wide:.1f}" for up in range(1, 10))
    s.c.stroke(boards, s.col(darker(wall, 0.28), d), max(1.0, m * 0.03), opacity=0.6)
    s.rect(left + wide * 0.22, y - tall * 1.07, wide * 0.56, tall * 0.13, lighter(wall, 0.34), d)
    for part in (0.12, 0.66):
        b.pane(s, left + wide * part, y - m * 1.9, wide * 0.2, m * 1.05, d, frame=lighter(wall, 0.3))
    s.rect(left + wide * 0.4, y - m * 2.1, wide * 0.2, m * 2.1, darker(wall, 0.5), d)
    s.rect(left - m * 0.1, y - m * 0.16, wide + m * 0.2, m * 0.18, "#9a7a54", d)


def _water_tower(s: Stage, x: float, y: float) -> None:
    m, d = s.m(y), s.depth(y) * 0.6
    for leg in (-1.1, -0.4, 0.4, 1.1):
        s.line(x + m * leg * 1.2, y, x + m * leg, y - m * 5.0, "#54391f", max(1.2, m * 0.16), d)
    s.rect(x - m * 1.4, y - m * 7.4, m * 2.8, m * 2.5, "#7d5636", d)
    s.poly(((x - m * 1.6, y - m * 7.4), (x, y - m * 8.5), (x + m * 1.6, y - m * 7.4)), "#5d3f28", d)
