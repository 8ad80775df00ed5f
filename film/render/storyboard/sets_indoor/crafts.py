"""Workshops by what is made in them."""

from __future__ import annotations

import math

from film.render.storyboard.colour import darker
from film.render.storyboard.kit import furniture as f
from film.render.storyboard.kit import room as r
from film.render.storyboard.stage import Stage


def _dial(s: Stage, x: float, y: float, rr: float, rim: str, hour: float) -> None:
    s.c.circle(x, y, rr, s.col(rim))
    s.c.circle(x, y, rr * 0.8, s.col("#f6efda"), ink=False)
    ticks = "".join(
        f"M{x + rr * 0.62 * math.sin(a):.1f} {y - rr * 0.62 * math.cos(a):.1f}"
        f"L{x + rr * 0.74 * math.sin(a):.1f} {y - rr * 0.74 * math.cos(a):.1f}"
        for a in (math.pi * i / 6 for i in range(12))
    )
    s.c.stroke(ticks, s.col("#3a3128"), max(1.0, rr * 0.06))
    for turn, long, width in ((hour / 12, 0.42, 0.1), (hour % 1, 0.62, 0.07)):
        a = 2 * math.pi * turn
        s.c.line_to(
            x, y, x + rr * long * math.sin(a), y - rr * long * math.cos(a), s.col("#2b2523"), max(1.2, rr * width)
        )


def _pendulum_clock(s: Stage, x: float, y: float, w: float, hour: float, wood: str) -> None:
    """A case that hangs on the wall, its dial above and its pendulum below; (x, y) is its upper middle."""
    h = w * 2.5
    s.poly(((x - w * 0.6, y), (x, y - w * 0.42), (x + w * 0.6, y)), darker(wood, 0.12))
    s.rect(x - w / 2, y, w, h, wood)
    s.rect(x - w * 0.38, y + w * 1.04, w * 0.76, h - w * 1.2, darker(wood, 0.5))
    swing = s.detail.uniform(-0.16, 0.16) * w
    s.c.line_to(x, y + w * 1.05, x + swing, y + w * 2.05, s.col("#d9ac48"), max(1.4, w * 0.05))
    s.c.circle(x + swing, y + w * 2.08, w * 0.14, s.col("#e0b85a"))
    _dial(s, x, y + w * 0.54, w * 0.42, "#c9a24a", hour)


def _cuckoo(s: Stage, x: float, y: float, w: float, hour: float) -> None:
    """A clock like a little house, with weights on chains."""
    s.rect(x - w * 0.36, y, w * 0.72, w * 0.7, "#6b4327")
    s.poly(((x - w * 0.56, y + w * 0.1), (x, y - w * 0.44), (x + w * 0.56, y + w * 0.1)), "#8a5a34")
    s.rect(x - w * 0.09, y - w * 0.14, w * 0.18, w * 0.18, "#3a2416", r=3)
    _dial(s, x, y + w * 0.38, w * 0.24, "#4d3020", hour)
    for side, drop in ((-0.14, 1.3), (0.14, 1.05)):
        s.c.line_to(x + w * side, y + w * 0.7, x + w * side, y + w * drop, s.col("#b9934a"), 2)
        s.c.ellipse(x + w * side, y + w * drop, w * 0.06, w * 0.13, s.col("#7a5a34"))


def desk_lamp(s: Stage, x: float, y: float, m: float) -> None:
    """A lamp on a jointed arm, standing at (x, y) and bent over the bench."""
    s.rect(x - m * 0.14, y - m * 0.05, m * 0.28, m * 0.05, "#8f6a2e")
    arm = f"M{x:.1f} {y:.1f}L{x - m * 0.16:.1f} {y - m * 0.42:.1f}L{x + m * 0.16:.1f} {y - m * 0.66:.1f}"
    s.c.stroke(arm, s.col("#b98a3a"), m * 0.035)
    s.path(f"M{x + m * 0.04:.1f} {y - m * 0.66:.1f}L{x + m * 0.2:.1f} "
        f"{y - m * 0.76:.1f}L{x + m * 0.42:.1f} {y - m * 0.5:.1f}"
           f"L{x + m * 0.12:.1f} {y - m * 0.44:.1f}Z", "#2f6b55")  # fmt: skip
    s.c.ellipse(x + m * 0.27, y - m * 0.46, m * 0.15, m * 0.04, "#ffedc0", ink=False)
    s.glow(x + m * 0.27, y - m * 0.4, m * 1.5, s.light.warm, 0.75 if s.light.lamps else 0.35)
    s.front.poly(
        ((x + m * 0.12, y - m * 0.46), (x + m * 0.42, y - m * 0.48), (x + m * 0.8, y), (x - m * 0.1, y)),
        s.light.warm, opacity=0.22,
    )  # fmt: skip


def _cog(s: Stage, x: float, y: float, rr: float, colour: str) -> None:
    data = "M" + "L".join(
        f"{x + rr * (1.0 if i % 2 else 0.8) * math.cos(a):.1f} {y + rr * (1.0 if i % 2 else 0.8) * math.sin(a):.1f}"
        for i, a in enumerate(math.pi * i / 10 for i in range(20))
    )
    s.c.path(data + "Z", s.col(colour))
    s.c.circle(x, y, rr * 0.3, s.col(darker(colour, 0.5)), ink=False)


def vise(s: Stage, x: float, up: float, m: float) -> None:
    """A vise on a bench whose top is at `up`; `m` is pixels a metre."""
    s.rect(x - m * 0.14, up - m * 0.2, m * 0.12, m * 0.2, "#4a535c")
    s.rect(x + m * 0.03, up - m * 0.2, m * 0.1, m * 0.2, "#5b656e")
    s.rect(x - m * 0.2, up - m * 0.08, m * 0.5, m * 0.05, "#6a747d")
    s.line(x + m * 0.3, up - m * 0.14, x + m * 0.3, up + m * 0.02, "#8d979f", m * 0.03)


def hand_tools(s: Stage, x: float, y: float, w: float, h: float) -> None:
    """A board on the wall with small tools in a row; (x, y) is its upper left corner, sizes in pixels."""
    s.rect(x, y, w, h, "#7d5f42")
    count = max(5, round(w / (h * 0.36)))
    for index in range(count):
        cx, top = x + w * (index + 0.5) / count, y + h * 0.14
        long = h * (0.42 + 0.14 * ((index * 5) % 3))
        t = h * 0.05
        kind = index % 4
        s.rect(cx - t, top, 2 * t, long * 0.55, ("#b8453a", "#c29a63", "#3f6f86", "#8a5a34")[kind], r=t)
        steel = "#aab3ba"
        if kind == 0:
            s.rect(cx - t * 0.4, top + long * 0.55, t * 0.8, long * 0.5, steel)
        elif kind == 1:
            s.rect(cx - t * 3, top - t, t * 6, t * 2.6, "#5b6066")
        elif kind == 2:
            s.poly(
                (
                    (cx - t * 1.6, top + long * 0.55),
                    (cx + t * 1.6, top + long * 0.55),
                    (cx + t * 0.5, top + long),
                    (cx - t * 0.5, top + long),
                ),
                steel,
            )
        else:
            s.c.stroke(
                f"M{cx - t:.1f} {top + long * 0.55:.1f}l{t * 0.6:.1f} {long * 0.45:.1f}M"
                f"{cx + t:.1f} {top + long * 0.55:.1f}l{-t * 0.6:.1f} {long * 0.45:.1f}",
                s.col(steel),
                t,
            )


def clock_workshop(s: Stage) -> None:
    """Clocks on every wall, a bench with a lamp, small tools, wheels and a clock taken apart."""
    box = r.room(s, "#a98f6c", "#7d5f42", ceiling="#857055", far=0.36)
    s.rect(box.x0, box.y(0.62), box.w, box.h * 0.38, "#7d5b3d")
    s.c.stroke(
        "".join(f"M{box.x(i / 16):.1f} {box.y(0.63):.1f}V{box.y1:.1f}" for i in range(1, 16)), s.col("#5b3f29"), 2.4
    )
    s.rect(box.x0, box.y(0.6), box.w, box.h * 0.03, "#5f4229")
    r.window(s, box.x(0.05), box.y(0.13), box.w * 0.17, box.h * 0.36, view="roofs")
    unit = box.h * 0.15
    _pendulum_clock(s, box.x(0.3), box.y(0.15), unit * 1.0, 10.15, "#6b4327")
    _cuckoo(s, box.x(0.42), box.y(0.19), unit * 1.15, 2.4)
    _dial(s, box.x(0.545), box.y(0.17), unit * 0.66, "#7a4a2c", 4.6)
    _dial(s, box.x(0.5), box.y(0.42), unit * 0.42, "#c9a24a", 8.1)
    _dial(s, box.x(0.6), box.y(0.43), unit * 0.36, "#3f5f7a", 11.7)
    _pendulum_clock(s, box.x(0.68), box.y(0.13), unit * 0.8, 6.05, "#8a5a34")
    hand_tools(s, box.x(0.74), box.y(0.16), box.w * 0.2, box.h * 0.2)
    _tall_clock(s, box.x(0.95), s.ground(0.3))
    s.rect(box.x(0.74), box.y(0.46), box.w * 0.16, box.h * 0.025, "#5f4229")
    for index in range(6):
        rr = unit * (0.13 + 0.03 * ((index * 7) % 3))
        _cog(s, box.x(0.755 + 0.026 * index), box.y(0.46) - rr, rr, ("#d3a84e", "#b9833a", "#c9c2b0")[index % 3])
    y = s.ground(0.26)
    m = s.m(y)
    up = f.table(s, box.x(0.46), y, 2.9, 0.86, "#8f6038")
    s.rect(box.x(0.46) - m * 1.3, up + m * 0.16, m * 0.6, m * 0.2, "#7a4f2e")
    s.rect(box.x(0.46) + m * 0.7, up + m * 0.16, m * 0.6, m * 0.2, "#7a4f2e")
    desk_lamp(s, box.x(0.46) + m * 0.02, up, m)
    _open_clock(s, box.x(0.46) + m * 0.86, up, m)
    for dx, rr in ((0.2, 0.05), (0.32, 0.035), (-0.2, 0.045), (-0.32, 0.03)):
        _cog(s, box.x(0.46) + m * dx, up - m * rr * 0.5, m * rr, "#d3a84e")
    s.c.stroke(f"M{box.x(0.46) + m * 0.42:.1f} {up:.1f}l{m * 0.2:.1f} {-m * 0.06:.1f}", s.col("#aab3ba"), m * 0.025)
    f.chair(s, box.x(0.46) - m * 0.1, s.ground(0.2), "#6b4327")


def _open_clock(s: Stage, x: float, up: float, m: float) -> None:
    """A mantel clock with its back off."""
    s.path(
        f"M{x - m * 0.24:.1f} {up:.1f}v{-m * 0.26:.1f}a{m * 0.24:.1f} "
        f"{m * 0.22:.1f} 0 0 1 {m * 0.48:.1f} 0v{m * 0.26:.1f}Z",
        "#5d3a22",
    )
    s.oval(x, up - m * 0.25, m * 0.17, m * 0.17, "#2b2017")
    _cog(s, x - m * 0.05, up - m * 0.27, m * 0.09, "#d3a84e")
    _cog(s, x + m * 0.07, up - m * 0.2, m * 0.06, "#b9833a")


def _tall_clock(s: Stage, x: float, y: float) -> None:
    """A grandfather clock standing at (x, y)."""
    m = s.m(y)
    s.shadow(x, y, m * 0.34, m * 0.06)
    s.rect(x - m * 0.3, y - m * 0.5, m * 0.6, m * 0.5, "#5d3a22")
    s.rect(x - m * 0.22, y - m * 1.5, m * 0.44, m * 1.0, "#6b4327")
    s.rect(x - m * 0.14, y - m * 1.42, m * 0.28, m * 0.84, "#2f2016")
    s.c.line_to(x, y - m * 1.4, x + m * 0.04, y - m * 0.86, s.col("#d9ac48"), 2.4)
    s.oval(x + m * 0.04, y - m * 0.82, m * 0.09, m * 0.09, "#e0b85a")
    s.rect(x - m * 0.3, y - m * 2.06, m * 0.6, m * 0.58, "#6b4327")
    s.path(
        f"M{x - m * 0.34:.1f} {y - m * 2.04:.1f}Q{x:.1f} {y - m * 2.4:.1f} {x + m * 0.34:.1f} {y - m * 2.04:.1f}Z",
        "#5d3a22",
    )
    _dial(s, x, y - m * 1.78, m * 0.23, "#c9a24a", 9.4)
