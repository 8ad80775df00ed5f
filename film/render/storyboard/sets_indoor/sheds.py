"""Garages, forges and barns."""

from __future__ import annotations

from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.kit import furniture as f
from film.render.storyboard.kit import room as r
from film.render.storyboard.sets_indoor.crafts import hand_tools, vise
from film.render.storyboard.stage import Stage


def garage(s: Stage) -> None:
    """A car on the floor, tyres, a tool board, a rolling door, strip lights."""
    box = r.room(s, "#9aa0a2", "#6f7276", ceiling="#7d8488", far=0.4, boards=False)
    s.rect(box.x(0.34), box.y(0.2), box.w * 0.4, box.h * 0.8, "#7f8a91")
    slats = "".join(f"M{box.x(0.34):.1f} {box.y(0.2 + 0.066 * i):.1f}h{box.w * 0.4:.1f}" for i in range(1, 12))
    s.c.stroke(slats, s.col("#5d666c"), 2.4)
    hand_tools(s, box.x(0.04), box.y(0.18), box.w * 0.24, box.h * 0.24)
    for part in (0.25, 0.75):
        r.ceiling_light(s, box.x(part), box.y0, s.w * 0.16, -s.h * 0.05)
    y = s.ground(0.34)
    m = s.m(y)
    up = f.table(s, box.x(0.14), y, 1.9, 0.86, "#7d5b3d")
    vise(s, box.x(0.14) + m * 0.5, up, m)
    f.box(s, box.x(0.1), up + 3, 0.5, 0.24, "#b8453a", d=0.0)
    y = s.ground(0.26)
    m = s.m(y)
    for x, lift in ((0.9, 0.0), (0.9, 0.26), (0.9, 0.52), (0.98, 0.0)):
        s.c.rect(box.x(x) - m * 0.36, y - m * (lift + 0.25), m * 0.72, m * 0.25, s.col("#2b2b30"), r=m * 0.1)
        s.c.stroke(f"M{box.x(x) - m * 0.3:.1f} {y - m * (lift + 0.12):.1f}h{m * 0.6:.1f}", s.col("#4b4b52"), 2)
    _car_front(s, s.w * 0.52, s.ground(0.3))
    s.c.ellipse(
        s.w * 0.36,
        s.ground(0.06),
        s.m(s.ground(0.06), 0.5),
        s.m(s.ground(0.06), 0.07),
        "#1c1b20",
        opacity=0.5,
        ink=False,
    )


def _car_front(s: Stage, x: float, y: float) -> None:
    """A car seen from the front, its bonnet up."""
    m, paint = s.m(y), s.layout.choice(("#8e3b35", "#3f5873", "#c0a14a"))
    s.shadow(x, y, m * 1.1, m * 0.1, 0.4)
    for side in (-1, 1):
        s.c.rect(x + side * m * 0.72 - m * 0.13, y - m * 0.4, m * 0.26, m * 0.4, s.col("#1d1d22"), r=m * 0.06)
    s.poly(
        (
            (x - m * 0.66, y - m * 0.9),
            (x - m * 0.5, y - m * 1.42),
            (x + m * 0.5, y - m * 1.42),
            (x + m * 0.66, y - m * 0.9),
        ),
        "#4a5a66",
    )
    s.poly(
        (
            (x - m * 0.72, y - m * 0.9),
            (x - m * 0.62, y - m * 1.62),
            (x + m * 0.62, y - m * 1.62),
            (x + m * 0.72, y - m * 0.9),
        ),
        darker(paint, 0.2),
    )
    s.rect(x - m * 0.86, y - m * 0.92, m * 1.72, m * 0.66, paint, r=m * 0.14)
    s.rect(x - m * 0.5, y - m * 0.62, m, m * 0.26, "#26262c", r=m * 0.05)
    for side in (-1, 1):
        s.c.circle(x + side * m * 0.64, y - m * 0.56, m * 0.13, s.col("#e9e6d4"))
    s.rect(x - m * 0.9, y - m * 0.32, m * 1.8, m * 0.12, "#aab3ba", r=m * 0.04)


def forge(s: Stage) -> None:
    """A hearth of stone with its fire, the hood over it, an anvil, tongs on the wall."""
    box = r.room(s, "#6f655c", "#5b4f45", ceiling="#4a423b", far=0.38, boards=False)
    hand_tools(s, box.x(0.06), box.y(0.2), box.w * 0.28, box.h * 0.26)
    y = s.ground(0.34)
    m = s.m(y)
    x = box.x(0.68)
    s.poly(
        ((x - m * 0.9, y - m * 1.6), (x - m * 0.4, box.y0), (x + m * 0.4, box.y0), (x + m * 0.9, y - m * 1.6)),
        "#4d4a4a",
    )
    s.rect(x - m * 1.2, y - m * 0.9, m * 2.4, m * 0.9, "#7d7268")
    for row in range(3):
        for column in range(5):
            s.rect(
                x - m * 1.16 + m * 0.47 * column + m * 0.12 * (row % 2),
                y - m * (0.28 + 0.3 * row),
                m * 0.42,
                m * 0.26,
                ("#8a7f74", "#746a60")[(row + column) % 2],
            )
    s.c.ellipse(x, y - m * 0.92, m * 0.8, m * 0.12, s.col("#2b2523"))
    for dx, tall in ((-0.4, 0.4), (-0.1, 0.62), (0.2, 0.5), (0.46, 0.32)):
        s.c.path(f"M{x + m * (dx - 0.16):.1f} {y - m * 0.92:.1f}Q{x + m * (dx - 0.1):.1f} "
            f"{y - m * (0.92 + tall * 0.5):.1f} {x + m * dx:.1f} {y - m * (0.92 + tall):.1f}"
                 f"Q{x + m * (dx + 0.18):.1f} {y - m * (0.92 + tall * 0.4):.1f} "
                     f"{x + m * (dx + 0.16):.1f} {y - m * 0.92:.1f}Z", "#ff9a3a", ink=False)  # fmt: skip
        s.c.ellipse(x + m * dx, y - m * 0.98, m * 0.09, m * 0.1, "#ffe07a", ink=False)
    s.glow(x, y - m * 1.1, m * 3.2, "#ff9a3a", 0.75)
    y = s.ground(0.2)
    m = s.m(y)
    x = box.x(0.3)
    s.shadow(x, y, m * 0.5, m * 0.08)
    s.rect(x - m * 0.26, y - m * 0.5, m * 0.52, m * 0.5, "#6b4a30")
    s.path(f"M{x - m * 0.62:.1f} {y - m * 0.84:.1f}H{x + m * 0.42:.1f}v{m * 0.14:.1f}Q"
        f"{x + m * 0.16:.1f} {y - m * 0.66:.1f} {x + m * 0.22:.1f} {y - m * 0.5:.1f}"
           f"H{x - m * 0.22:.1f}Q{x - m * 0.14:.1f} {y - m * 0.68:.1f} "
               f"{x - m * 0.62:.1f} {y - m * 0.84:.1f}Z", "#4a4e55")  # fmt: skip
    s.oval(box.x(0.92), s.ground(0.24) - m * 0.3, m * 0.36, m * 0.3, "#5d4430")
    s.oval(box.x(0.92), s.ground(0.24) - m * 0.5, m * 0.34, m * 0.09, mix("#2f5a6b", s.light.shade, 0.3))


def barn(s: Stage) -> None:
    """Boards and posts, hay in bales and in the loft, a lantern, a fork."""
    box = r.room(s, "#8a6240", "#a98a54", ceiling="#6b4a30", far=0.4, high=0.02, boards=False)
    s.c.stroke("".join(f"M{box.x(i / 14):.1f} {box.y0:.1f}V{box.y1:.1f}" for i in range(15)), s.col("#5b3f29"), 3)
    r.window(s, box.x(0.44), box.y(0.34), box.w * 0.12, box.h * 0.26, view="hills", frame="#6b4a30")
    s.rect(box.x0, box.y(0.24), box.w * 0.36, box.h * 0.05, "#5b3f29")
    s.path(
        f"M{box.x0:.1f} {box.y(0.24):.1f}Q{box.x(0.1):.1f} {box.y(0.02):.1f} "
        f"{box.x(0.2):.1f} {box.y(0.12):.1f}T{box.x(0.35):.1f} {box.y(0.24):.1f}Z",
        "#d9b650",
    )
    for x in (0.36, 0.78):
        s.rect(box.x(x), box.y0, box.w * 0.025, box.y1 - box.y0 + 8, "#5d3d26")
    y = s.ground(0.28)
    m = s.m(y)
    for x, up in ((0.84, 0.0), (0.97, 0.0), (0.9, 0.55), (0.1, 0.0)):
        cx, top = box.x(x), y - m * (up + 0.55)
        s.rect(cx - m * 0.5, top, m, m * 0.55, "#d3ac48", r=4)
        s.c.stroke(
            f"M{cx - m * 0.25:.1f} {top:.1f}v{m * 0.55:.1f}M{cx + m * 0.25:.1f} {top:.1f}v{m * 0.55:.1f}",
            s.col("#8f6a2e"),
            3,
        )
        s.c.stroke(
            "".join(
                f"M{cx - m * 0.46 + m * 0.1 * i:.1f} {top + m * (0.1 + 0.14 * (i % 3)):.1f}l"
                f"{m * 0.07:.1f} {m * 0.03:.1f}"
                for i in range(9)
            ),
            s.col(lighter("#d3ac48", 0.3)),
            2,
        )
    s.tops.append((box.x(0.1), y - m * 0.55, m))
    x = box.x(0.68)
    s.line(x, y, x - m * 0.16, y - m * 1.7, "#8f6038", m * 0.05)
    s.c.stroke(
        f"M{x - m * 0.3:.1f} {y - m * 2.1:.1f}v{m * 0.3:.1f}q0 {m * 0.1:.1f} {m * 0.14:.1f} {m * 0.1:.1f}t"
        f"{m * 0.14:.1f} {-m * 0.1:.1f}v{-m * 0.3:.1f}M{x - m * 0.16:.1f} {y - m * 2.1:.1f}v{m * 0.42:.1f}",
        s.col("#6a717a"),
        m * 0.035,
    )
    r.pendant(s, box.x(0.58), box.y(0.2), m * 0.22, "#3d4148")
