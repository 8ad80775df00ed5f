"""Courtrooms, galleries, gymnasiums: rooms that a public is let into."""

from __future__ import annotations

from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.kit import furniture as f
from film.render.storyboard.kit import room as r
from film.render.storyboard.stage import Stage

_WOOD, _DARK, _RAIL = "#7d5334", "#5d3c26", "#a87648"


def court(s: Stage) -> None:
    """A courtroom: the judge's bench under an emblem, witness box, jury box, counsel's tables, the bar."""
    box = r.room(s, "#9a6d48", "#8a5240", ceiling="#e6dcc6", far=0.5, high=0.04, narrow=0.12)
    for index in range(10):
        x, w = box.x((index + 0.08) / 10), box.w / 10 * 0.84
        s.rect(x, box.y(0.37), w, box.h * 0.58, _WOOD)
        s.rect(x + w * 0.14, box.y(0.43), w * 0.72, box.h * 0.44, darker(_WOOD, 0.14))
    s.rect(box.x0, box.y(0.32), box.w, box.h * 0.035, _DARK)
    _emblem(s, box.x(0.5), box.y(0.2), box.h * 0.1)
    y = s.ground(0.46)
    m, cx = s.m(y), s.w / 2
    for side in (-1, 1):
        x = cx + side * m * 3.4
        s.rect(x - m * 0.04, y - m * 3.4, m * 0.08, m * 3.4, "#c9a24a")
        s.c.circle(x, y - m * 3.44, m * 0.1, s.col("#c9a24a"))
        s.path(
            f"M{x:.1f} {y - m * 3.3:.1f}q{side * m * 0.7:.1f} {m * 0.3:.1f} {side * m * 0.62:.1f} {m * 1.9:.1f}"
            f"q{-side * m * 0.3:.1f} {m * 0.2:.1f} {-side * m * 0.62:.1f} {m * 0.1:.1f}Z",
            ("#8f2f33", "#2f4a7a")[side > 0],
        )
    s.rect(cx - m * 0.5, y - m * 2.75, m, m * 1.4, "#5a2630", r=m * 0.24)
    _bench(s, cx, y, m)
    _witness_box(s, cx + s.m(s.ground(0.4), 4.2), s.ground(0.4))
    _jury_box(s, cx - s.m(s.ground(0.4), 4.6), s.ground(0.4))
    for side in (-1, 1):
        y = s.ground(0.22)
        x = cx + side * s.m(y, 2.5)
        f.chair(s, x + s.m(y, 0.2), s.ground(0.26), _DARK, right=side < 0)
        up = f.table(s, x, y, 2.1, 0.78, _WOOD)
        s.rect(x - s.m(y, 0.5), up - s.m(y, 0.03), s.m(y, 0.4), s.m(y, 0.05), "#f4ecd8")
    _bar(s)
    for part in (0.24, 0.76):
        r.pendant(s, box.x(part), box.y(0.06), s.m(s.ground(0.3), 0.2), "#c9a24a")


def _emblem(s: Stage, x: float, y: float, size: float) -> None:
    """The scales of justice on a disc of gold."""
    gold = s.col("#d9b04f")
    s.c.circle(x, y, size, gold)
    s.c.circle(x, y, size * 0.86, s.col("#4a2f20"), ink=False)
    k = size * 0.55
    s.c.stroke(
        f"M{x:.1f} {y - k:.1f}V{y + k * 0.9:.1f}M{x - k:.1f} {y - k * 0.6:.1f}H{x + k:.1f}"
        f"M{x - k * 0.4:.1f} {y + k * 0.9:.1f}h{k * 0.8:.1f}",
        gold,
        size * 0.08,
    )
    for side in (-1, 1):
        px = x + side * k
        s.c.path(
            f"M{px - k * 0.4:.1f} {y:.1f}h{k * 0.8:.1f}q{-k * 0.1:.1f} {k * 0.4:.1f} {-k * 0.4:.1f} {k * 0.4:.1f}"
            f"q{-k * 0.3:.1f} 0 {-k * 0.4:.1f} {-k * 0.4:.1f}Z",
            gold,
            ink=False,
        )
        s.c.stroke(f"M{px:.1f} {y - k * 0.6:.1f}L{px - k * 0.38:.1f} {y:.1f}M{px:.1f} {y - k * 0.6:.1f}"
                   f"L{px + k * 0.38:.1f} {y:.1f}", gold, size * 0.04)  # fmt: skip


def _bench(s: Stage, cx: float, y: float, m: float) -> None:
    """The judge's, on its dais."""
    s.rect(cx - m * 2.9, y - m * 0.28, m * 5.8, m * 0.3, _DARK)
    s.rect(cx - m * 2.3, y - m * 1.62, m * 4.6, m * 1.36, _WOOD)
    for index in range(5):
        x = cx - m * 2.14 + m * 0.88 * index
        s.rect(x, y - m * 1.36, m * 0.74, m * 0.96, darker(_WOOD, 0.22), r=m * 0.05)
    s.rect(cx - m * 2.46, y - m * 1.76, m * 4.92, m * 0.17, _RAIL)
    s.rect(cx - m * 0.9, y - m * 1.84, m * 0.5, m * 0.08, "#f4ecd8")
    s.rect(cx + m * 0.6, y - m * 1.9, m * 0.34, m * 0.14, "#6b4228", r=m * 0.04)
    s.line(cx + m * 0.9, y - m * 1.82, cx + m * 1.3, y - m * 1.8, "#6b4228", m * 0.06)
    s.tops.append((cx - m * 1.4, y - m * 1.76, m))


def _witness_box(s: Stage, x: float, y: float) -> None:
    m = s.m(y)
    s.shadow(x, y, m * 1.0, m * 0.08)
    s.rect(x - m * 0.34, y - m * 1.75, m * 0.68, m * 0.8, _DARK, r=m * 0.1)
    s.rect(x - m * 0.9, y - m * 1.08, m * 1.8, m * 1.08, _WOOD)
    for part in (-0.76, -0.2, 0.36):
        s.rect(x + m * part, y - m * 0.88, m * 0.42, m * 0.7, darker(_WOOD, 0.2))
    s.rect(x - m * 1.0, y - m * 1.18, m * 2.0, m * 0.14, _RAIL)
    s.line(x - m * 0.3, y - m * 1.18, x - m * 0.12, y - m * 1.5, "#26252c", m * 0.05)
    s.c.circle(x - m * 0.12, y - m * 1.52, m * 0.08, s.col("#26252c"), ink=False)


def _jury_box(s: Stage, x: float, y: float) -> None:
    """Two rows of chairs behind a rail."""
    m = s.m(y)
    for row, up in ((0, 0.62), (1, 0.3)):
        for index in range(5):
            px = x + m * (-1.9 + 0.86 * index + 0.3 * row)
            s.rect(
                px - m * 0.3,
                y - m * (1.5 + up),
                m * 0.6,
                m * 0.9,
                mix("#6a2a30", "#2a1c20", 0.3 * (1 - row)),
                r=m * 0.14,
            )
    s.rect(x - m * 2.4, y - m * 1.1, m * 4.4, m * 1.1, _WOOD)
    for index in range(5):
        s.rect(x - m * 2.26 + m * 0.86 * index, y - m * 0.9, m * 0.72, m * 0.72, darker(_WOOD, 0.2))
    s.rect(x - m * 2.5, y - m * 1.2, m * 4.6, m * 0.14, _RAIL)


def _bar(s: Stage) -> None:
    """The rail between the court and the public, with a gap to come through."""
    y = s.ground(0.06)
    m = s.m(y)
    for x0, x1 in ((-0.1, 0.26), (0.74, 1.1)):
        left, right = s.w * x0, s.w * x1
        for index in range(9):
            s.rect(left + (right - left) * (index + 0.3) / 9, y - m * 0.86, m * 0.07, m * 0.86, _DARK)
        s.rect(left, y - m * 0.92, right - left, m * 0.12, _RAIL)
        s.rect(left, y - m * 0.1, right - left, m * 0.1, _DARK)


def gallery(s: Stage) -> None:
    """A museum: pictures in frames on pale walls, a bust on its pillar, a rope before them, a bench."""
    box = r.room(s, "#e6dfd2", "#b08a62", ceiling="#f4f0e8", far=0.46, high=0.0, narrow=0.11)
    for x, y, w, h, kind in ((0.14, 0.4, 0.16, 0.36, 1), (0.4, 0.36, 0.24, 0.44, 0), (0.68, 0.4, 0.14, 0.34, 2)):
        f.picture(s, box.x(x), box.y(y), box.w * w, box.h * h, kind)
        s.rect(box.x(x) - box.w * 0.03, box.y(y - h / 2) - box.h * 0.07, box.w * 0.06, box.h * 0.03, "#b8902f")
        s.glow(box.x(x), box.y(y), box.h * h * 0.9, s.light.warm, 0.3)
    y = s.ground(0.38)
    m, x = s.m(y), box.x(0.9)
    f.box(s, x, y, 0.7, 1.15, "#f1ede4")
    stone, base = "#cfcabd", y - m * 1.2
    s.path(f"M{x - m * 0.3:.1f} {base:.1f}q0 {-m * 0.4:.1f} {m * 0.22:.1f} {-m * 0.44:.1f}v{-m * 0.12:.1f}"
           f"h{m * 0.16:.1f}v{m * 0.12:.1f}q{m * 0.22:.1f} {m * 0.04:.1f} {m * 0.22:.1f} {m * 0.44:.1f}Z",
           stone)  # fmt: skip
    s.oval(x, base - m * 0.72, m * 0.19, m * 0.25, stone)
    y = s.ground(0.3)
    m = s.m(y)
    posts = [box.x(part) for part in (0.06, 0.3, 0.54, 0.78)]
    for a, b in zip(posts, posts[1:], strict=False):
        s.c.stroke(f"M{a:.1f} {y - m * 0.8:.1f}Q{(a + b) / 2:.1f} {y - m * 0.45:.1f} {b:.1f} {y - m * 0.8:.1f}",
                   s.col("#8f2433"), m * 0.07)  # fmt: skip
    for px in posts:
        s.shadow(px, y, m * 0.18, m * 0.04)
        s.rect(px - m * 0.035, y - m * 0.88, m * 0.07, m * 0.88, "#c9a24a")
        s.c.circle(px, y - m * 0.92, m * 0.08, s.col("#c9a24a"))
    y = s.ground(0.12)
    m = s.m(y)
    s.shadow(s.w * 0.78, y, m * 1.0, m * 0.08)
    s.rect(s.w * 0.78 - m * 0.9, y - m * 0.46, m * 1.8, m * 0.14, "#3a3130")
    for leg in (-0.8, 0.7):
        s.rect(s.w * 0.78 + m * leg, y - m * 0.34, m * 0.1, m * 0.34, "#26211f")


def gym(s: Stage) -> None:
    """A gymnasium: wall bars, a hoop, a punching bag, mats, lines on the boards."""
    box = r.room(s, "#b7c0bf", "#c9935a", ceiling="#dfe5e4", far=0.56, high=0.0, narrow=0.15)
    s.rect(box.x0, box.y(0.62), box.w, box.h * 0.38, "#7f9aa0")
    for index in range(5):
        r.window(s, box.x(0.05 + 0.19 * index), box.y(0.06), box.w * 0.14, box.h * 0.2, frame="#8d969e", shaft=False)
    for left in (0.02, 0.14):
        for side in (0.0, 0.1):
            s.rect(box.x(left + side), box.y(0.34), box.w * 0.012, box.h * 0.66, "#a8773f")
        bars = "".join(f"M{box.x(left):.1f} {box.y(0.38 + 0.06 * i):.1f}h{box.w * 0.11:.1f}" for i in range(10))
        s.c.stroke(bars, s.col("#c08a54"), box.h * 0.018)
    x, y, k = box.x(0.5), box.y(0.42), box.h * 0.16
    s.rect(x - k * 1.1, y - k, k * 2.2, k * 1.4, "#f4f2ea")
    s.c.stroke(
        f"M{x - k * 0.44:.1f} {y - k * 0.5:.1f}h{k * 0.88:.1f}v{k * 0.62:.1f}h{-k * 0.88:.1f}Z", s.col("#c0392f"), 3
    )
    s.c.stroke(f"M{x - k * 0.4:.1f} {y + k * 0.3:.1f}h{k * 0.8:.1f}", s.col("#d9602f"), 5)
    s.c.stroke("".join(f"M{x + k * (0.2 * i - 0.36):.1f} {y + k * 0.34:.1f}l{-k * 0.06 * (i - 1.8):.1f} {k * 0.5:.1f}"
                       for i in range(5)), "#ffffff", 1.6, opacity=0.8)  # fmt: skip
    y0, vx = s.ground(0.3), s.w / 2
    s.c.ellipse(vx, y0, s.m(y0, 1.9), s.m(y0, 0.42), s.col("#d8a568"), ink=False)
    s.c.stroke(f"M{-0.1 * s.w:.1f} {y0:.1f}H{1.1 * s.w:.1f}", s.col("#f1ead8"), 4, opacity=0.8)
    y = s.ground(0.26)
    m, x = s.m(y), s.w * 0.82
    s.line(x, -0.1 * s.h, x, y - m * 2.3, "#3a3d45", m * 0.04)
    s.shadow(x, y, m * 0.36, m * 0.06)
    s.c.rect(x - m * 0.28, y - m * 2.3, m * 0.56, m * 1.5, s.col("#8f2f33"), r=m * 0.16)
    s.c.rect(x - m * 0.28, y - m * 1.96, m * 0.56, m * 0.1, s.col("#2b2b30"), ink=False)
    s.c.rect(x + m * 0.06, y - m * 2.24, m * 0.2, m * 1.36, s.light.shade, opacity=0.25)
    y = s.ground(0.16)
    for px in (0.16, 0.3):
        m = s.m(y)
        s.poly(((s.w * px - m * 0.9, y), (s.w * px - m * 0.7, y - m * 0.26), (s.w * px + m * 0.7, y - m * 0.26),
                (s.w * px + m * 0.9, y)), lighter("#2f5f9a", 0.1 if px > 0.2 else 0.0))  # fmt: skip
        s.rect(s.w * px - m * 0.9, y, m * 1.8, m * 0.09, "#274c7a")
