"""Where ships are steered from."""

from __future__ import annotations

import math

from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.kit import room as r
from film.render.storyboard.stage import Stage
from film.render.storyboard.weather import lightning, rain, snow
from schemas.enums import Weather


def wheelhouse(s: Stage) -> None:
    """Forward windows over the sea, a console beneath them, the wheel, a compass, a lantern."""
    box = r.room(s, "#8a6240", "#6d4a30", ceiling="#6f5038", far=0.42, high=0.05, narrow=0.08)
    boards = "".join(f"M{box.x(i / 22):.1f} {box.y(0.58):.1f}V{box.y1:.1f}" for i in range(1, 22))
    s.c.stroke(boards, s.col("#5b3f29"), 2.4)
    _windows(s, box)
    _console(s, box)
    y = s.ground(0.2)
    _binnacle(s, s.w * 0.24, y)
    _wheel(s, s.w * 0.5, s.ground(0.16), s.m(s.ground(0.16)))
    _telegraph(s, s.w * 0.72, y)
    _lantern(s, s.w * 0.58, box.y(0.26), box.h * 0.14)


def _windows(s: Stage, box: r.Room) -> None:
    x, y, w, h = box.x(0.03), box.y(0.13), box.w * 0.94, box.h * 0.4
    light = s.light
    s.rect(x - 12, y - 12, w + 24, h + 24, "#5b3f29", r=6)
    s.c.clip(f"M{x:.1f} {y:.1f}h{w:.1f}v{h:.1f}h{-w:.1f}Z")
    s.c.rect(x, y, w, h * 0.7, s.c.linear(((0, light.zenith, 1), (1, light.horizon, 1))), ink=False)
    if light.sun_seen:
        s.sun_in_window = True
        s.c.circle(x + w * light.sun_x, y + h * (0.22 if light.sun_y < 0.7 else 0.52), h * 0.09, light.sun, ink=False)
    rough = {Weather.STORM: 0.13, Weather.RAIN: 0.06, Weather.WIND: 0.09}.get(s.weather, 0.03)
    tone = s.col("#2f6f94")
    bow = [(0.52, light.horizon, 0.65), (0.62, tone, 0.25), (0.76, tone, 0.0)]
    for index, (top, other, share) in enumerate(bow):
        level, run = y + h * top, w / (5 - index)
        data = f"M{x - run:.1f} {y + h * 1.2:.1f}V{level:.1f}"
        for _ in range(8):
            data += (
                f"q{run * 0.3:.1f} {-h * rough * 1.7:.1f} {run * 0.6:.1f} {-h * rough * 0.3:.1f}"
                f"t{run * 0.4:.1f} {h * rough * 0.3:.1f}"
            )
        shade = mix(darker(tone, 0.12 * index), other, share)
        s.c.path(data + f"V{y + h * 1.2:.1f}Z", shade, ink=False)
        s.c.stroke(data, mix(shade, "#ffffff", 0.35), 1.6, opacity=0.5)
    # The bow, seen ahead.
    s.c.path(
        f"M{x + w * 0.3:.1f} {y + h * 1.05:.1f}Q{x + w * 0.42:.1f} "
        f"{y + h * 0.82:.1f} {x + w * 0.5:.1f} {y + h * 0.72:.1f}"
        f"Q{x + w * 0.58:.1f} {y + h * 0.82:.1f} {x + w * 0.7:.1f} {y + h * 1.05:.1f}Z",
        s.col("#d9d0bc"),
        ink=False,
    )
    s.c.stroke(f"M{x + w * 0.5:.1f} {y + h * 0.74:.1f}v{-h * 0.26:.1f}", s.col("#3b3a3f"), 3)
    if s.weather is Weather.STORM:
        lightning(s.c, s.detail, x + w * s.detail.uniform(0.15, 0.4), y, y + h * 0.56, 2.6 * s.h / 720)
    if s.weather in {Weather.RAIN, Weather.STORM}:
        rain(s.c, s.detail, (x, y, w * 1.05, h), 130, s.h / 720)
        runs = "".join(
            f"M{x + w * s.detail.random():.1f} {y + h * s.detail.uniform(0, 0.5):.1f}q2 "
            f"{h * 0.1:.1f} -1 {h * 0.2:.1f}t1 {h * 0.16:.1f}"
            for _ in range(26)
        )
        s.c.stroke(runs, "#e6f0f8", 1.6, opacity=0.35)
    if s.weather is Weather.SNOW:
        snow(s.c, s.detail, (x, y, w, h), 70, s.h / 720)
    if s.weather is Weather.FOG:
        s.c.rect(x, y, w, h, mix(light.haze, "#ffffff", 0.3), opacity=0.6)
    for part in (0.1, 0.5, 0.86):
        s.c.poly(
            (
                (x + w * part, y + h),
                (x + w * (part + 0.05), y + h),
                (x + w * (part + 0.1), y),
                (x + w * (part + 0.05), y),
            ),
            "#ffffff",
            opacity=0.07,
        )
    s.c.pop()
    for index in range(1, 5):
        s.rect(x + w * index / 5 - 8, y, 16, h, "#5b3f29")
    s.rect(x - 20, y + h + 8, w + 40, 12, lighter("#6b4a30", 0.12))
    s.sills.append((box.x(0.3), y + h + 8, s.m(box.y1)))
    s.glow(x + w / 2, y + h / 2, h * 1.4, light.horizon, 0.22)


def _console(s: Stage, box: r.Room) -> None:
    y = s.ground(0.36)
    m = s.m(y)
    x0, x1, up = box.x(0.1), box.x(0.9), y - m * 0.92
    s.rect(x0, up, x1 - x0, m * 0.92, "#86603c", 0.05)
    s.poly(((x0, up), (x0 + m * 0.2, up - m * 0.2), (x1 - m * 0.2, up - m * 0.2), (x1, up)), "#b08455", 0.05)
    for index in range(7):
        x = x0 + (x1 - x0) * (0.1 + 0.135 * index)
        if index == 3:
            continue
        s.c.ellipse(x, up - m * 0.1, m * 0.13, m * 0.06, s.col("#c9a24a"))
        s.c.ellipse(x, up - m * 0.1, m * 0.1, m * 0.045, "#efe6cc" if s.light.lamps else s.col("#efe6cc"), ink=False)
        s.c.line_to(x, up - m * 0.1, x + m * 0.05, up - m * 0.13, "#8f2f2a", 2)
    for index in range(3):
        x = x0 + (x1 - x0) * (0.12 + 0.3 * index)
        s.rect(x, up + m * 0.18, m * 0.9, m * 0.56, darker("#86603c", 0.2), 0.05)
    s.tops.append((x0 + m * 0.7, up - m * 0.08, m))


def _binnacle(s: Stage, x: float, y: float) -> None:
    m = s.m(y)
    s.shadow(x, y, m * 0.34, m * 0.07)
    s.poly(((x - m * 0.24, y), (x - m * 0.17, y - m * 0.9), (x + m * 0.17, y - m * 0.9), (x + m * 0.24, y)), "#6b4327")
    s.oval(x, y - m * 0.92, m * 0.27, m * 0.1, "#b98a3a")
    s.path(f"M{x - m * 0.25:.1f} {y - m * 0.93:.1f}a{m * 0.25:.1f} {m * 0.3:.1f} 0 0 1 {m * 0.5:.1f} 0Z", "#d3a84e")
    s.c.ellipse(x, y - m * 1.02, m * 0.14, m * 0.1, mix("#dff1f3", s.light.horizon, 0.3), ink=False)
    s.c.path(
        f"M{x - m * 0.02:.1f} {y - m * 1.02:.1f}L{x + m * 0.02:.1f} "
        f"{y - m * 1.1:.1f}L{x + m * 0.05:.1f} {y - m * 1.02:.1f}Z",
        "#b8322e",
        ink=False,
    )
    for side in (-1, 1):
        s.oval(x + side * m * 0.32, y - m * 0.86, m * 0.1, m * 0.1, "#8f2f2a" if side < 0 else "#2f6b4a")


def _telegraph(s: Stage, x: float, y: float) -> None:
    m = s.m(y)
    s.shadow(x, y, m * 0.26, m * 0.06)
    s.rect(x - m * 0.06, y - m * 0.95, m * 0.12, m * 0.95, "#b98a3a")
    s.rect(x - m * 0.18, y - m * 0.08, m * 0.36, m * 0.08, "#8f6a2e")
    s.oval(x, y - m * 1.1, m * 0.24, m * 0.24, "#d3a84e")
    s.oval(x, y - m * 1.1, m * 0.18, m * 0.18, "#f2ead2")
    for part in range(5):
        angle = math.radians(-60 + 30 * part)
        px, py = x + m * 0.13 * math.sin(angle), y - m * 1.1 - m * 0.13 * math.cos(angle)
        s.c.circle(px, py, m * 0.015, s.col("#3a3128"), ink=False)
    s.line(x, y - m * 1.1, x + m * 0.2, y - m * 1.42, "#8f6a2e", m * 0.05)
    s.oval(x + m * 0.2, y - m * 1.42, m * 0.05, m * 0.05, "#2b2523")


def _wheel(s: Stage, x: float, y: float, m: float) -> None:
    """A ship's wheel on its stand, seen from behind it."""
    cy, out = y - m * 0.95, m * 0.62
    s.shadow(x, y, m * 0.4, m * 0.07, 0.35)
    s.poly(((x - m * 0.22, y), (x - m * 0.1, cy), (x + m * 0.1, cy), (x + m * 0.22, y)), "#5d3d26")
    spokes, grips = "", ""
    for index in range(8):
        angle = math.pi * (index / 4 + 0.06)
        ux, uy = math.cos(angle), math.sin(angle)
        spokes += f"M{x:.1f} {cy:.1f}L{x + out * ux:.1f} {cy + out * uy:.1f}"
        grips += f"M{x + out * 0.8 * ux:.1f} {cy + out * 0.8 * uy:.1f}L{x + out * ux:.1f} {cy + out * uy:.1f}"
    rr = out * 0.7
    rim = f"M{x - rr:.1f} {cy:.1f}a{rr:.1f} {rr:.1f} 0 1 0 {2 * rr:.1f} 0a{rr:.1f} {rr:.1f} 0 1 0 {-2 * rr:.1f} 0"
    s.c.stroke(spokes, s.col("#7a4f2e"), m * 0.05)
    s.c.stroke(grips, s.col("#a06c3e"), m * 0.075)
    s.c.stroke(rim, s.col("#8a5a34"), m * 0.12)
    s.c.stroke(rim, s.col("#c08a54"), m * 0.03)
    s.oval(x, cy, m * 0.13, m * 0.13, "#8a5a34")
    s.oval(x, cy, m * 0.06, m * 0.06, "#d3a84e")


def _lantern(s: Stage, x: float, y: float, size: float) -> None:
    burns = s.light.lamps
    s.c.line_to(x, -0.1 * s.h, x, y - size * 0.5, s.col("#2b2a2e"), 3)
    s.c.stroke(
        f"M{x - size * 0.3:.1f} {y - size * 0.3:.1f}Q{x:.1f} "
        f"{y - size * 0.8:.1f} {x + size * 0.3:.1f} {y - size * 0.3:.1f}",
        s.col("#2b2a2e"),
        3,
    )
    s.poly(
        (
            (x - size * 0.36, y - size * 0.26),
            (x - size * 0.2, y - size * 0.46),
            (x + size * 0.2, y - size * 0.46),
            (x + size * 0.36, y - size * 0.26),
        ),
        "#3d4148",
    )
    s.c.poly(
        (
            (x - size * 0.3, y - size * 0.26),
            (x + size * 0.3, y - size * 0.26),
            (x + size * 0.36, y + size * 0.4),
            (x - size * 0.36, y + size * 0.4),
        ),
        "#ffd678" if burns else s.col("#cdd6d2"),
        ink=False,
    )
    if burns:
        s.c.path(
            f"M{x - size * 0.09:.1f} {y + size * 0.34:.1f}Q{x - size * 0.14:.1f} {y:.1f} {x:.1f} "
            f"{y - size * 0.16:.1f}Q{x + size * 0.14:.1f} {y:.1f} {x + size * 0.09:.1f} {y + size * 0.34:.1f}Z",
            "#ff8f2e",
            ink=False,
        )
        s.glow(x, y, size * 5.0, s.light.warm, 0.75)
    s.rect(x - size * 0.42, y + size * 0.4, size * 0.84, size * 0.14, "#3d4148")
