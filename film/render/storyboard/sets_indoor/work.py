"""Where people work, learn and are healed."""

from __future__ import annotations

from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.kit import furniture as f
from film.render.storyboard.kit import room as r
from film.render.storyboard.sets_indoor.crafts import desk_lamp, hand_tools, vise
from film.render.storyboard.stage import Stage


def office(s: Stage) -> None:
    """Desks with screens before a wall of windows. In old times papers and a lamp are on them."""
    old = "period" in s.traits
    walls = ("#b08a62", "#7d5a3e") if old else ("#c3cad0", "#77808a")
    box = r.room(s, *walls, ceiling="#e9ecee", high=0.11, boards=old, tiles=not old)
    for index in range(4):
        r.window(
            s,
            box.x(0.04 + 0.24 * index),
            box.y(0.14),
            box.w * 0.2,
            box.h * 0.5,
            frame="#8d969e",
            panes=2,
            shaft=index == 2,
        )
    for x in (0.25, 0.75) if not old else ():
        r.ceiling_light(s, box.x(x), box.y0 - s.h * 0.01, s.w * 0.16, -s.h * 0.05)
    f.shelf(s, box.x(0.03), s.ground(0.36), 0.9, 1.5, 3, "#9aa3aa", "books")
    for x, far in ((0.24, 0.3), (0.52, 0.32), (0.82, 0.28)):
        y = s.ground(far)
        m = s.m(y)
        f.chair(s, box.x(x) - m * 0.35, s.ground(far + 0.04), "#3b414b")
        up = f.table(s, box.x(x), y, 1.6, 0.74, "#b89468")
        if old:
            desk_lamp(s, box.x(x) + m * 0.4, up, m)
        else:
            f.screen(s, box.x(x) + m * 0.2, up, m * 0.6, m * 0.52)
        s.rect(box.x(x) - m * 0.5, up - m * 0.1, m * 0.3, m * 0.1, "#f2efe6")
    f.plant(s, box.x(1.0), s.ground(0.2), 1.5)


def classroom(s: Stage) -> None:
    """Rows of school desks before a blackboard."""
    box = r.room(s, "#d9cfae", "#a3784f", far=0.5)
    s.rect(box.x(0.16), box.y(0.16), box.w * 0.52, box.h * 0.42, "#8a6a48")
    s.rect(box.x(0.175), box.y(0.185), box.w * 0.49, box.h * 0.37, "#2f5147")
    chalk = "".join(
        f"M{box.x(0.2 + 0.15 * i):.1f} {box.y(0.3 + 0.05 * (i % 2)):.1f}"
        f"q{box.w * 0.03:.1f} {-box.h * 0.07:.1f} {box.w * 0.06:.1f} 0"
        f"t{box.w * 0.05:.1f} {box.h * 0.02:.1f}"
        for i in range(3)
    )
    s.c.stroke(chalk, s.col("#e9efe6"), 2.4, opacity=0.8)
    s.c.stroke(
        f"M{box.x(0.5):.1f} {box.y(0.48):.1f}l{box.w * 0.04:.1f} {-box.h * 0.14:.1f}"
        f"l{box.w * 0.05:.1f} {box.h * 0.14:.1f}Z",
        s.col("#e9efe6"),
        2.2,
        opacity=0.8,
    )
    r.window(s, box.x(0.77), box.y(0.14), box.w * 0.17, box.h * 0.46, view="trees")
    x, y = box.x(0.08), box.y(0.2)
    s.c.circle(x, y, box.h * 0.06, s.col("#3a3a40"))
    s.c.circle(x, y, box.h * 0.05, s.col("#f6f0dd"), ink=False)
    s.c.stroke(f"M{x:.1f} {y - box.h * 0.036:.1f}V{y:.1f}h{box.h * 0.025:.1f}", s.col("#2c2b2d"), 2)
    f.table(s, box.x(0.42), s.ground(0.45), 1.8, 0.8, "#7d5636")
    for far, count in ((0.32, 5), (0.12, 4)):
        y = s.ground(far)
        for index in range(count):
            x = s.w * (index + 0.5) / count
            f.chair(s, x - s.m(y, 0.1), s.ground(far - 0.05), "#8d6a45")
            f.table(s, x, y, 0.95, 0.7, "#c09763")


def library(s: Stage) -> None:
    """Walls of books, a ladder, a reading table with a lamp."""
    box = r.room(s, "#7a5a40", "#7d5636", ceiling="#8f7658", high=0.02)
    y = s.ground(0.39)
    tall = (box.y1 - box.y0) / s.m(y) * 0.97
    for x in (0.1, 0.36, 0.64, 0.9):
        f.shelf(s, box.x(x), y, box.w * 0.25 / s.m(y), tall, 8)
    r.window(s, box.x(0.455), box.y(0.1), box.w * 0.09, box.h * 0.5, view="trees")
    x = box.x(0.27)
    s.c.stroke(
        f"M{x:.1f} {box.y1 + 14:.1f}L{x + box.w * 0.06:.1f} {box.y(0.16):.1f}"
        f"M{x + box.w * 0.04:.1f} {box.y1 + 14:.1f}L{x + box.w * 0.095:.1f} {box.y(0.16):.1f}",
        s.col("#b98a55"),
        5,
    )
    for step in range(8):
        p = step / 8
        s.line(
            x + box.w * 0.06 * p,
            box.y1 + 14 - (box.y1 - box.y(0.16)) * p,
            x + box.w * (0.04 + 0.056 * p),
            box.y1 + 14 - (box.y1 - box.y(0.16)) * p,
            "#b98a55",
            4,
        )
    for cx in (0.2, 0.78):
        yy = s.ground(0.2)
        up = f.table(s, box.x(cx), yy, 2.0, 0.78, "#8a5a38")
        m = s.m(yy)
        s.rect(box.x(cx) - m * 0.02, up - m * 0.34, m * 0.04, m * 0.34, "#b9934a")
        s.path(
            f"M{box.x(cx) - m * 0.24:.1f} {up - m * 0.32:.1f}"
            f"q0 {-m * 0.17:.1f} {m * 0.24:.1f} {-m * 0.17:.1f}t{m * 0.24:.1f} {m * 0.17:.1f}Z",
            "#2f7a55",
        )
        s.glow(box.x(cx), up - m * 0.25, m * 1.5, s.light.warm, 0.7 if s.light.lamps else 0.3)
        s.poly(
            (
                (box.x(cx) + m * 0.35, up),
                (box.x(cx) + m * 0.55, up - m * 0.05),
                (box.x(cx) + m * 0.78, up),
                (box.x(cx) + m * 0.55, up + m * 0.03),
            ),
            "#f3ead6",
        )


def hospital(s: Stage) -> None:
    """A ward: beds, a drip, a monitor, curtains."""
    box = r.room(s, "#cfe0de", "#a9bcbc", ceiling="#f2f6f6", boards=False, tiles=True)
    s.rect(box.x0, box.y(0.6), box.w, box.h * 0.04, "#7fb0ac")
    r.window(s, box.x(0.4), box.y(0.14), box.w * 0.2, box.h * 0.36, frame="#f4f6f5", view="trees")
    s.rect(box.x(0.64), box.y(0.08), box.w * 0.3, 6, "#a9b2b6")
    s.path(
        f"M{box.x(0.84):.1f} {box.y(0.09):.1f}h{box.w * 0.1:.1f}v{box.h * 0.74:.1f}"
        f"h{-box.w * 0.09:.1f}q{box.w * 0.02:.1f} {-box.h * 0.4:.1f} {-box.w * 0.01:.1f}"
        f" {-box.h * 0.74:.1f}Z",
        "#9fc9c4",
    )
    x, y, t = box.x(0.14), box.y(0.3), box.h * 0.045
    s.rect(x - t * 2.2, y - t * 2.2, t * 4.4, t * 4.4, "#ffffff", r=4)
    s.rect(x - t * 0.55, y - t * 1.6, t * 1.1, t * 3.2, "#c9403c")
    s.rect(x - t * 1.6, y - t * 0.55, t * 3.2, t * 1.1, "#c9403c")
    for bx in (0.2, 0.76):
        f.bed(s, box.x(bx), s.ground(0.2), "#8fc0cf", 1.7, metal=True)
    yy = s.ground(0.24)
    m = s.m(yy)
    x = box.x(0.4)
    s.rect(x - 2, yy - m * 2.0, 5, m * 2.0, "#b9c1c6")
    s.line(x - m * 0.2, yy - m * 2.0, x + m * 0.2, yy - m * 2.0, "#b9c1c6", 4)
    s.rect(x + m * 0.08, yy - m * 1.95, m * 0.24, m * 0.42, "#dff1f3", r=6)
    s.c.stroke(
        f"M{x + m * 0.2:.1f} {yy - m * 1.5:.1f}q{m * 0.1:.1f} {m * 0.6:.1f} {-m * 0.6:.1f} {m * 0.8:.1f}", "#cfe6ea", 2
    )
    x = box.x(0.54)
    s.rect(x - m * 0.05, yy - m * 1.1, m * 0.1, m * 1.1, "#9aa3a8")
    s.rect(x - m * 0.42, yy - m * 1.7, m * 0.84, m * 0.62, "#e4e8e8", r=6)
    s.c.rect(x - m * 0.35, yy - m * 1.63, m * 0.7, m * 0.46, "#12302c", ink=False)
    s.c.stroke(
        f"M{x - m * 0.33:.1f} {yy - m * 1.4:.1f}h{m * 0.2:.1f}l{m * 0.05:.1f} {-m * 0.14:.1f}"
        f"l{m * 0.07:.1f} {m * 0.28:.1f}l{m * 0.05:.1f} {-m * 0.14:.1f}h{m * 0.28:.1f}",
        "#5cf0a0",
        2.6,
    )
    s.glow(x, yy - m * 1.4, m * 0.9, "#5cf0a0", 0.25)


def workshop(s: Stage) -> None:
    """A joiner's bench with a vise and a lamp, tools on the wall, shelves, timber, a saw-horse."""
    box = r.room(s, "#c9b28c", "#8f7050", ceiling="#94806a")
    hand_tools(s, box.x(0.3), box.y(0.16), box.w * 0.34, box.h * 0.26)
    r.window(s, box.x(0.06), box.y(0.16), box.w * 0.17, box.h * 0.36, view="trees")
    metre = s.m(box.y1)
    f.shelf(s, box.x(0.75), box.y(0.42), box.w * 0.16 / metre, box.h * 0.28 / metre, 2, "#7d5f42", "tins", metre)
    y = s.ground(0.3)
    m = s.m(y)
    up = f.table(s, box.x(0.5), y, 3.0, 0.9, "#a8773f")
    vise(s, box.x(0.5) - m * 1.0, up, m)
    s.rect(box.x(0.5) - m * 0.3, up - m * 0.07, m * 0.9, m * 0.07, "#d3ac70")
    s.c.stroke(
        f"M{box.x(0.5) + m * 0.1:.1f} {up - m * 0.09:.1f}q{m * 0.06:.1f} {-m * 0.12:.1f} {m * 0.14:.1f} 0",
        s.col("#e6c48a"),
        m * 0.03,
    )
    desk_lamp(s, box.x(0.5) + m * 0.8, up, m)
    for index in range(5):
        s.poly(
            (
                (box.x(0.93) + index * 13, box.y1 + 10),
                (box.x(0.95) + index * 12, box.y(0.12)),
                (box.x(0.95) + 9 + index * 12, box.y(0.12)),
                (box.x(0.93) + 9 + index * 13, box.y1 + 10),
            ),
            ("#c79a63", "#b58850")[index % 2],
        )
    _saw_horse(s, box.x(0.12), s.ground(0.2))
    r.pendant(s, box.x(0.38), box.y(0.1), s.m(s.ground(0.25), 0.32), "#3f5f4a")


def _saw_horse(s: Stage, x: float, y: float) -> None:
    m = s.m(y)
    s.shadow(x, y, m * 0.6, m * 0.07)
    for dx in (-0.42, 0.42):
        for lean in (-0.14, 0.14):
            s.line(x + m * dx, y - m * 0.6, x + m * (dx + lean), y, "#8a5a34", m * 0.06)
    s.rect(x - m * 0.6, y - m * 0.68, m * 1.2, m * 0.1, "#a8773f")
    s.rect(x - m * 0.85, y - m * 0.76, m * 1.8, m * 0.08, "#d3ac70")


def laboratory(s: Stage) -> None:
    """Benches with flasks, screens, cold light."""
    box = r.room(s, "#c6d5dc", "#8fa0aa", ceiling="#eef4f6", boards=False, tiles=True)
    for x in (0.25, 0.75):
        r.ceiling_light(s, box.x(x), box.y0, s.w * 0.18, -s.h * 0.05)
    s.rect(box.x(0.06), box.y(0.12), box.w * 0.34, box.h * 0.3, "#e6edf0")
    metre = s.m(box.y1)
    f.shelf(s, box.x(0.23), box.y(0.42), box.w * 0.34 / metre, box.h * 0.3 / metre, 2, "#dfe6e9", "bottles", metre)
    r.window(s, box.x(0.7), box.y(0.14), box.w * 0.22, box.h * 0.36, frame="#dfe6e9")
    glow = mix("#5ce0c8", s.light.accent, 0.3)
    s.rect(box.x(0.45), box.y(0.14), box.w * 0.2, box.h * 0.3, "#20262e")
    s.c.rect(box.x(0.46), box.y(0.16), box.w * 0.18, box.h * 0.26, darker(glow, 0.6), ink=False)
    helix = [f"M{box.x(0.48):.1f} {box.y(0.29):.1f}", f"M{box.x(0.48):.1f} {box.y(0.29):.1f}"]
    for _ in range(4):
        helix[0] += f"q{box.w * 0.018:.1f} {-box.h * 0.12:.1f} {box.w * 0.036:.1f} 0"
        helix[1] += f"q{box.w * 0.018:.1f} {box.h * 0.12:.1f} {box.w * 0.036:.1f} 0"
    s.c.stroke("".join(helix), glow, 3)
    s.glow(box.x(0.55), box.y(0.29), box.w * 0.2, glow, 0.3)
    for x, far, w in ((0.22, 0.24, 2.4), (0.78, 0.24, 2.4)):
        y = s.ground(far)
        m, left, up = f.box(s, box.x(x), y, w, 0.9, "#dfe6e9")
        for index in range(5):
            fx, tone = left + m * (0.3 + 0.45 * index), ("#5cc9e0", "#7fe07a", "#e08a5c", "#c97fe0", "#e0d25c")[index]
            base = up - m * 0.04
            if index % 2:
                s.c.path(
                    f"M{fx - m * 0.04:.1f} {base - m * 0.4:.1f}v{m * 0.14:.1f}"
                    f"l{-m * 0.12:.1f} {m * 0.26:.1f}h{m * 0.32:.1f}"
                    f"l{-m * 0.12:.1f} {-m * 0.26:.1f}v{-m * 0.14:.1f}Z",
                    "#eaf6f8",
                    opacity=0.7,
                )
                s.c.poly(
                    (
                        (fx - m * 0.12, base - m * 0.12),
                        (fx + m * 0.12, base - m * 0.12),
                        (fx + m * 0.16, base),
                        (fx - m * 0.16, base),
                    ),
                    tone,
                    ink=False,
                )
            else:
                s.c.rect(fx - m * 0.05, base - m * 0.32, m * 0.1, m * 0.32, "#eaf6f8", r=4, opacity=0.7)
                s.c.rect(fx - m * 0.05, base - m * 0.2, m * 0.1, m * 0.2, tone, r=4, ink=False)
            s.glow(fx, base - m * 0.1, m * 0.3, tone, 0.3)


def warehouse(s: Stage) -> None:
    """Racks and crates under a truss roof."""
    box = r.room(s, "#8a8f92", "#77736c", ceiling="#5d646a", far=0.66, high=0.05, narrow=0.24, boards=False)
    s.rect(box.x(0.3), box.y(0.42), box.w * 0.4, box.h * 0.58, "#5f6a70")
    lines = "".join(f"M{box.x(0.3):.1f} {box.y(0.42 + 0.058 * i):.1f}h{box.w * 0.4:.1f}" for i in range(1, 10))
    s.c.stroke(lines, s.col("#434b50"), 2)
    for far in (0.6, 0.42, 0.1):
        y = s.ground(far)
        t = s.m(y)
        top = s.hz - (s.hz - box.y0) * t / s.m(box.y1)
        half = (box.x1 - s.w / 2) * t / s.m(box.y1)
        s.c.stroke(
            f"M{s.w / 2 - half:.1f} {top + t * 0.5:.1f}H{s.w / 2 + half:.1f}M{s.w / 2 - half:.1f} {top:.1f}"
            + f"l{half / 4:.1f} {t * 0.5:.1f}l{half / 4:.1f} {-t * 0.5:.1f}" * 4,
            s.col("#3b4147"),
            max(2, t * 0.05),
        )
        for x in (-0.4, 0.4):
            s.c.ellipse(s.w / 2 + half * x, top + t * 0.7, t * 0.3, t * 0.08, "#fff0c8", ink=False)
            s.glow(s.w / 2 + half * x, top + t * 0.8, t * 2.2, s.light.warm, 0.35)
    for far, sides in ((0.56, (-1, 1)), (0.36, (-1, 1)), (0.14, (-1, 1))):
        y = s.ground(far)
        for side in sides:
            f.shelf(s, s.w / 2 + side * s.m(y, 3.4), y, 2.2, 3.6, 3, "#b5562f", "boxes")
    for x, far, w in ((-1.6, 0.24, 0.9), (1.9, 0.3, 1.0), (-2.3, 0.2, 0.7)):
        y = s.ground(far)
        _, left, up = f.box(s, s.w / 2 + s.m(y, x), y, w, w * 0.8, "#b58a52")
        s.c.stroke(f"M{left:.1f} {up:.1f}l{s.m(y, w):.1f} {s.m(y, w * 0.8):.1f}", s.col(lighter("#7d5a33", 0.05)), 4)
