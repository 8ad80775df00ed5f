"""Lifts, attics, tents: rooms of one's own shape."""

from __future__ import annotations

from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.kit import furniture as f
from film.render.storyboard.kit import room as r
from film.render.storyboard.stage import Stage


def lift(s: Stage) -> None:
    """A lift: steel doors, a panel of buttons, a rail, the floor's number as bars of light."""
    box = r.room(s, "#9a6a48", "#5f5a58", ceiling="#e9eef0", far=0.26, high=0.08, narrow=0.2, boards=False)
    s.rect(box.x(0.1), box.y(0.14), box.w * 0.66, box.h * 0.86, "#5d666c")
    for left in (0.12, 0.435):
        s.rect(box.x(left), box.y(0.16), box.w * 0.307, box.h * 0.84, "#a9b2b8")
        s.c.rect(box.x(left + 0.03), box.y(0.16), box.w * 0.05, box.h * 0.84, "#ffffff", opacity=0.22, ink=False)
        s.c.rect(box.x(left + 0.24), box.y(0.16), box.w * 0.06, box.h * 0.84, s.light.shade, opacity=0.16, ink=False)
    s.line(box.x(0.431), box.y(0.16), box.x(0.431), box.y1, "#26292c", 5)
    s.rect(box.x(0.33), box.y(0.03), box.w * 0.2, box.h * 0.08, "#15181b", r=6)
    lit = "#ff9a4a"
    x, y, k = box.x(0.37), box.y(0.07), box.h * 0.025
    s.c.path(f"M{x - k:.1f} {y + k * 0.7:.1f}L{x:.1f} {y - k:.1f}L{x + k:.1f} {y + k * 0.7:.1f}Z", lit, ink=False)
    for index in range(4):
        s.c.rect(box.x(0.41 + 0.025 * index), y - k, k * 0.7, k * 2, lit if index < 3 else "#4a2c1c", ink=False)
    s.glow(box.x(0.43), y, box.w * 0.12, lit, 0.4)
    s.rect(box.x(0.83), box.y(0.34), box.w * 0.12, box.h * 0.36, "#c9c4b8", r=6)
    for row in range(5):
        for column in range(2):
            bx, by = box.x(0.865 + 0.05 * column), box.y(0.39 + 0.062 * row)
            on = (row, column) == (1, 0)
            s.c.circle(bx, by, box.w * 0.013, "#ffd27a" if on else s.col("#f4f2ea"))
            if on:
                s.glow(bx, by, box.w * 0.06, "#ffd27a", 0.7)
    for x0, x1 in ((-0.1 * s.w, box.x0), (box.x1, 1.1 * s.w)):
        s.rect(x0, box.y(0.62), x1 - x0, box.h * 0.025, "#d9dde0")
    for x in (0.3, 0.7):
        r.ceiling_light(s, box.x(x), box.y0, s.w * 0.14, -s.h * 0.04)


def attic(s: Stage) -> None:
    """An attic: the slope of the roof with its rafters, a round window, trunks, what nobody needs."""
    box = r.room(s, "#b08c64", "#8f6b4a", ceiling="#6f5238", far=0.42, high=-0.05, narrow=0.1)
    boards = "".join(f"M{box.x(index / 14):.1f} {box.y0:.1f}V{box.y1:.1f}" for index in range(1, 14))
    s.c.stroke(boards, s.col("#8f6f4c"), 2)
    x, y, k = box.x(0.5), box.y(0.36), box.h * 0.15
    r.window(s, x - k, y - k, 2 * k, 2 * k, frame="#5d4230", view="roofs", panes=2)
    for side in (-1, 1):
        apex, foot = s.w / 2 + side * box.w * 0.1, s.w / 2 + side * box.w * 0.62
        edge = s.w / 2 + side * s.w * 0.75
        low = box.y(0.66)
        s.poly(
            ((apex, -0.12 * s.h), (edge, -0.12 * s.h), (edge, low + s.h * 0.3), (foot, low)),
            darker("#8a6747", 0.1 if side < 0 else 0.24),
        )
        for part in (0.0, 0.34, 0.72):
            x0, x1 = apex + (edge - apex) * part * 0.55, foot + (edge - foot) * part * 1.6
            s.c.stroke(
                f"M{x0:.1f} {-0.12 * s.h:.1f}L{x1:.1f} {low + s.h * 0.3 * part:.1f}",
                s.col("#54391f"),
                s.m(box.y1, 0.16),
            )
    for px, far, w, h, tone in (
        (0.12, 0.3, 1.3, 0.62, "#6d4a2e"),
        (0.22, 0.22, 0.9, 0.5, "#a8824f"),
        (0.86, 0.3, 1.1, 0.7, "#7a5a3a"),
    ):
        yy = s.ground(far)
        m, left, up = f.box(s, s.w * px, yy, w, h, tone)
        s.rect(left, up + m * h * 0.28, m * w, m * 0.06, darker(tone, 0.35))
        for strap in (0.18, 0.76):
            s.rect(left + m * w * strap, up, m * w * 0.06, m * h, "#c9a24a" if w > 1.0 else darker(tone, 0.3))
    yy = s.ground(0.24)
    f.picture(s, s.w * 0.72, yy - s.m(yy, 0.5), s.m(yy, 0.7), s.m(yy, 0.9), 2)
    f.chair(s, s.w * 0.93, s.ground(0.18), "#6b4a30", right=False)
    s.c.stroke(
        f"M{s.w * 0.03:.1f} {s.h * 0.06:.1f}q{s.w * 0.06:.1f} {s.h * 0.02:.1f} {s.w * 0.1:.1f} {-s.h * 0.08:.1f}"
        f"M0 {s.h * 0.12:.1f}q{s.w * 0.1:.1f} {s.h * 0.02:.1f} {s.w * 0.17:.1f} {-s.h * 0.16:.1f}",
        "#ffffff",
        1.6,
        opacity=0.35,
    )
    s.c.line_to(s.w * 0.36, -0.1 * s.h, s.w * 0.36, s.h * 0.12, s.col("#26211f"), 3)
    s.c.circle(s.w * 0.36, s.h * 0.14, s.h * 0.018, "#fff0c0" if s.light.lamps else s.col("#d9d2c0"), ink=False)
    if s.light.lamps:
        s.glow(s.w * 0.36, s.h * 0.14, s.h * 0.3, s.light.warm, 0.7)


def tent(s: Stage) -> None:
    """A tent of canvas: its pole, the flaps open on the country, cots, a chest, a lantern."""
    canvas = "#cdb688"
    s.c.rect(-0.1 * s.w, -0.1 * s.h, 1.2 * s.w, 1.2 * s.h, s.col(darker(canvas, 0.2)), ink=False)
    base, top, cx = s.ground(0.5), s.h * 0.22, s.w / 2
    count = 12
    for index in range(count):
        x0, x1 = (cx + s.w * 1.5 * (part / count - 0.5) for part in (index, index + 1))
        tone = darker(canvas, 0.06 + 0.1 * (index % 2))
        s.poly(((cx, -0.3 * s.h), (x0, top), (x1, top)), tone)
        s.rect(min(x0, x1), top, abs(x1 - x0) + 1, base - top, darker(canvas, 0.02 + 0.08 * (index % 2)))
    s.c.stroke(f"M{-0.1 * s.w:.1f} {top:.1f}" + f"q{s.w * 0.05:.1f} {s.h * 0.035:.1f} {s.w * 0.1:.1f} 0" * 12,
               s.col(darker(canvas, 0.3)), 4)  # fmt: skip
    m = s.m(base)
    door = (
        f"M{cx - m * 1.3:.1f} {base:.1f}L{cx - m * 0.25:.1f} {top:.1f}"
        f"H{cx + m * 0.25:.1f}L{cx + m * 1.3:.1f} {base:.1f}Z"
    )
    s.c.path(door, mix(s.light.horizon, s.light.middle, 0.35), ink=False)
    s.c.clip(door)
    s.c.rect(cx - m * 1.4, base - m * 0.5, m * 2.8, m * 0.6, mix(s.col("#6f8f5a"), s.light.horizon, 0.3), ink=False)
    s.c.pop()
    for side in (-1, 1):
        s.path(f"M{cx + side * m * 0.25:.1f} {top:.1f}L{cx + side * m * 1.3:.1f} {base:.1f}h{side * m * 0.4:.1f}"
               f"q{-side * m * 0.3:.1f} {-m * 1.4:.1f} {-side * m * 0.9:.1f} {top - base + m * 0.2:.1f}Z",
               lighter(canvas, 0.12))  # fmt: skip
    s.glow(cx, base - m, m * 2.4, s.light.horizon, 0.3 if not s.light.night else 0.1)
    s.floor_plane("#8f7a54", base)
    f.rug(s, cx, s.ground(0.16), 3.6, "#8a3f38")
    for side in (-1, 1):
        y = s.ground(0.26)
        m, x = s.m(y), cx + side * s.m(y, 2.9)
        s.shadow(x, y, m * 1.1, m * 0.08)
        s.rect(x - m, y - m * 0.46, m * 2.0, m * 0.14, "#6b4a30")
        s.rect(x - m, y - m * 0.6, m * 2.0, m * 0.18, "#7f8f6a" if side < 0 else "#a8554a", r=m * 0.06)
        s.rect(x - side * m * 0.2 + side * m * 0.6 - m * 0.3, y - m * 0.74, m * 0.6, m * 0.2, "#efe9dc", r=m * 0.08)
        for leg in (-0.9, 0.8):
            s.rect(x + m * leg, y - m * 0.34, m * 0.1, m * 0.34, "#54391f")
    y = s.ground(0.34)
    f.box(s, cx + s.m(y, 1.9), y, 0.9, 0.55, "#7a4a2a")
    y = s.ground(0.3)
    s.rect(cx - s.m(y, 1.36), -0.1 * s.h, s.m(y, 0.12), y + 0.1 * s.h, "#7a5a3a")
    lx, ly = cx - s.m(y, 1.0), s.h * 0.3
    s.line(lx, 0, lx, ly, "#26211f", 3)
    s.rect(lx - 11, ly, 22, 34, "#3a3130", r=4)
    s.c.rect(lx - 7, ly + 6, 14, 22, "#ffd27a", ink=False)
    s.glow(lx, ly + 16, s.h * (0.34 if s.light.lamps else 0.16), s.light.warm, 0.7 if s.light.lamps else 0.35)
