"""Where people buy, eat, drink and are entertained."""

from __future__ import annotations

from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.kit import furniture as f
from film.render.storyboard.kit import room as r
from film.render.storyboard.stage import Stage


def shop(s: Stage) -> None:
    """Shelves of goods, a counter with a till."""
    box = r.room(s, "#d3c39a", "#a58a6a", tiles=True)
    y = s.ground(0.38)
    for x, goods in ((0.12, "tins"), (0.36, "boxes"), (0.6, "bottles")):
        f.shelf(s, box.x(x), y, box.w * 0.22 / s.m(y), 2.7, 5, "#8a6a45", goods)
    r.window(s, box.x(0.76), box.y(0.2), box.w * 0.2, box.h * 0.46, panes=1)
    y = s.ground(0.18)
    m, left, up = f.box(s, box.x(0.8), y, 2.6, 1.0, "#7d5636")
    s.rect(left - m * 0.06, up - m * 0.04, m * 2.72, m * 0.12, "#c29a63")
    x = left + m * 0.6
    s.poly(
        (
            (x - m * 0.3, up - m * 0.1),
            (x - m * 0.26, up - m * 0.4),
            (x + m * 0.26, up - m * 0.4),
            (x + m * 0.3, up - m * 0.1),
        ),
        "#9b3f3a",
    )
    s.rect(x - m * 0.2, up - m * 0.6, m * 0.4, m * 0.2, "#cfd6cf")
    for index in range(3):
        jar = left + m * (1.3 + 0.35 * index)
        s.c.rect(
            jar - m * 0.12, up - m * 0.42, m * 0.24, m * 0.36, s.col(("#e0857f", "#e8c05c", "#7fc09a")[index]), r=6
        )
        s.rect(jar - m * 0.13, up - m * 0.48, m * 0.26, m * 0.07, "#b9934a")
    y = s.ground(0.16)
    m = s.m(y)
    for dx, tone in ((-0.4, "#c9473c"), (0.1, "#e0a53a"), (0.6, "#7fa34a")):
        x = box.x(0.16) + m * dx
        s.poly(
            ((x - m * 0.24, y), (x - m * 0.3, y - m * 0.34), (x + m * 0.3, y - m * 0.34), (x + m * 0.24, y)), "#b58a52"
        )
        for bx in (-0.18, 0.0, 0.18):
            s.oval(x + m * bx, y - m * 0.4, m * 0.11, m * 0.1, tone)
    r.pendant(s, box.x(0.5), box.y(0.1), s.m(s.ground(0.25), 0.3), "#9b3f3a")


def bar(s: Stage) -> None:
    """A counter with stools before shelves of bottles."""
    box = r.room(s, "#6f4438", "#5b4030", ceiling="#4a342c")
    s.rect(box.x(0.14), box.y(0.08), box.w * 0.72, box.h * 0.56, "#3b2a26")
    s.c.rect(box.x(0.15), box.y(0.1), box.w * 0.7, box.h * 0.5, mix(s.col("#c97f3f"), "#ffb45c", 0.3), opacity=0.5)
    metre = s.m(box.y1) * 1.3
    f.shelf(s, box.x(0.5), box.y(0.64), box.w * 0.7 / metre, box.h * 0.55 / metre, 3, "#8a5a38", "bottles", metre)
    s.glow(box.x(0.5), box.y(0.35), box.w * 0.5, "#ff9d4a", 0.42)
    y = s.ground(0.33)
    m = s.m(y)
    x0, x1 = box.x(0.04), box.x(0.96)
    up = y - m * 1.1
    s.rect(x0, up, x1 - x0, m * 1.1, "#7a4a30")
    for index in range(9):
        s.rect(x0 + (x1 - x0) * (index + 0.1) / 9, up + m * 0.22, (x1 - x0) / 9 * 0.8, m * 0.74, "#5f3826")
    s.rect(x0 - m * 0.1, up - m * 0.08, x1 - x0 + m * 0.2, m * 0.16, "#b0723f")
    s.line(x0, y - m * 0.14, x1, y - m * 0.14, "#c9a24a", m * 0.06)
    for part, tone in ((0.16, "#e0b04a"), (0.4, "#c9d8d8"), (0.72, "#a8422e"), (0.88, "#e0b04a")):
        gx = x0 + (x1 - x0) * part
        s.c.rect(gx - m * 0.06, up - m * 0.3, m * 0.12, m * 0.22, s.col(tone), r=2)
    tx = x0 + (x1 - x0) * 0.56
    for k in (-0.16, 0.0, 0.16):
        s.rect(tx + m * k - m * 0.03, up - m * 0.5, m * 0.06, m * 0.42, "#c9a24a")
    y2 = s.ground(0.22)
    m2 = s.m(y2)
    for part in (0.14, 0.32, 0.68, 0.86):
        x = x0 + (x1 - x0) * part
        s.shadow(x, y2, m2 * 0.25, m2 * 0.05)
        s.rect(x - m2 * 0.04, y2 - m2 * 0.75, m2 * 0.08, m2 * 0.75, "#8d8478")
        s.oval(x, y2 - m2 * 0.02, m2 * 0.22, m2 * 0.05, "#8d8478")
        s.rect(x - m2 * 0.24, y2 - m2 * 0.84, m2 * 0.48, m2 * 0.13, s.light.accent, r=m2 * 0.06)
    for part in (0.2, 0.5, 0.8):
        r.pendant(s, box.x(part), box.y(0.12), s.m(s.ground(0.3), 0.24), "#a8422e")


def restaurant(s: Stage) -> None:
    """Laid tables with candles, windows, hanging lamps."""
    box = r.room(s, "#a8665a", "#7a5238", high=0.07)
    for x in (0.1, 0.4, 0.7):
        r.window(s, box.x(x), box.y(0.16), box.w * 0.2, box.h * 0.42, panes=2, curtains="#7a2f36")
    for x, far in ((0.2, 0.34), (0.52, 0.35), (0.84, 0.34), (0.02, 0.12), (0.98, 0.12)):
        y = s.ground(far)
        m, cx = s.m(y), box.x(x)
        f.chair(s, cx - m * 0.75, y, "#5b3826")
        f.chair(s, cx + m * 0.75, y, "#5b3826", right=False)
        up = f.table(s, cx, y, 1.2, 0.76, "#8a5a38", "#f4efe4")
        s.rect(cx - m * 0.025, up - m * 0.2, m * 0.05, m * 0.2, "#f6efe0")
        s.c.ellipse(cx, up - m * 0.25, m * 0.03, m * 0.06, "#ffc04a", ink=False)
        s.glow(cx, up - m * 0.24, m * 0.7, s.light.warm, 0.65)
        for side in (-1, 1):
            s.oval(cx + side * m * 0.34, up + m * 0.02, m * 0.14, m * 0.035, "#ffffff")
            s.c.path(
                f"M{cx + side * m * 0.2 - m * 0.05:.1f} {up - m * 0.18:.1f}h{m * 0.1:.1f}"
                f"q0 {m * 0.1:.1f} {-m * 0.05:.1f} {m * 0.1:.1f}t{-m * 0.05:.1f} {-m * 0.1:.1f}Z",
                "#a8323c",
                ink=False,
            )
    for part in (0.2, 0.52, 0.84):
        r.pendant(s, box.x(part), box.y(0.14), s.m(s.ground(0.3), 0.22), "#c9a24a")


def theatre(s: Stage) -> None:
    """A stage with red curtains and spotlights above rows of seats."""
    s.c.rect(-0.1 * s.w, -0.1 * s.h, 1.2 * s.w, 1.2 * s.h, s.col("#3a2026"), ink=False)
    x0, x1, y0, y1 = s.w * 0.14, s.w * 0.86, s.h * 0.12, s.ground(0.46)
    s.rect(x0, y0, x1 - x0, y1 - y0, "#2b2536")
    s.c.rect(x0, y0 + (y1 - y0) * 0.55, x1 - x0, (y1 - y0) * 0.45, s.col("#4f4466"), ink=False)
    s.poly(((x0, y1), (x0 + s.w * 0.05, y1 - s.h * 0.09), (x1 - s.w * 0.05, y1 - s.h * 0.09), (x1, y1)), "#b5834f")
    red = mix("#a8242e", s.light.accent, 0.15)
    for side in (-1, 1):
        edge = x0 if side < 0 else x1
        for fold in range(5):
            a = edge - side * s.w * 0.033 * fold
            tone = red if fold % 2 else darker(red, 0.3)
            s.path(
                f"M{a:.1f} {y0:.1f}h{-side * s.w * 0.034:.1f}"
                f"q{side * s.w * 0.012:.1f} {(y1 - y0) * 0.6:.1f} {side * s.w * 0.004:.1f}"
                f" {y1 - y0:.1f}h{side * s.w * 0.03:.1f}Z",
                tone,
            )
    swag = (
        f"M{x0:.1f} {y0 - s.h * 0.05:.1f}H{x1:.1f}v{s.h * 0.06:.1f}"
        + f"q{-(x1 - x0) / 12:.1f} {s.h * 0.1:.1f} {-(x1 - x0) / 6:.1f} 0" * 6
        + "Z"
    )
    s.path(swag, lighter(red, 0.06))
    s.rect(x0 - s.w * 0.03, y0 - s.h * 0.1, x1 - x0 + s.w * 0.06, s.h * 0.055, "#c9a24a")
    for edge in (x0 - s.w * 0.035, x1):
        s.rect(edge, y0 - s.h * 0.06, s.w * 0.035, y1 - y0 + s.h * 0.06, "#c9a24a")
    s.rect(x0 - s.w * 0.035, y1, x1 - x0 + s.w * 0.07, s.h * 0.05, "#6d4630")
    for x, to in ((0.3, 0.44), (0.7, 0.56)):
        s.front.poly(
            (
                (s.w * x - 6, 0),
                (s.w * x + 6, 0),
                (s.w * (to + 0.1), y1 - s.h * 0.03),
                (s.w * (to - 0.1), y1 - s.h * 0.03),
            ),
            "#fff0cf",
            opacity=0.22,
        )
        s.glow(s.w * to, y1 - s.h * 0.1, s.h * 0.22, "#fff0cf", 0.4)
    for far, count in ((0.3, 15), (0.16, 12), (-0.04, 9)):
        y = s.ground(far)
        t = s.w / count
        for index in range(-1, count + 1):
            x = s.w * (index + 0.5) / count
            s.rect(
                x - t * 0.43,
                y - t * 0.62,
                t * 0.86,
                t * 0.9,
                mix("#7d1f2a", "#1d1018", 0.2 + 0.15 * (far < 0.2)),
                r=t * 0.25,
            )
