"""Below deck."""

from __future__ import annotations

from film.render.storyboard.colour import mix
from film.render.storyboard.kit import furniture as f
from film.render.storyboard.kit import room as r
from film.render.storyboard.stage import Stage


def cabin(s: Stage) -> None:
    """A cabin: portholes, bunk, a table with a chart and a lantern, nets on the wall, rope."""
    box = r.room(s, "#8a6240", "#6d4a30", ceiling="#7a5538")
    boards = "".join(f"M{box.x0:.1f} {box.y(i / 9):.1f}H{box.x1:.1f}" for i in range(1, 9))
    s.c.stroke(boards, s.col("#5b3f29"), 3)
    for part in (0.26, 0.52, 0.78):
        cx, cy, rr = box.x(part), box.y(0.32), box.h * 0.12
        s.c.circle(cx, cy, rr * 1.28, s.col("#c9a24a"))
        disc = (
            f"M{cx - rr:.1f} {cy:.1f}a{rr:.1f} {rr:.1f} 0 1 0 {2 * rr:.1f} 0a{rr:.1f} {rr:.1f} 0 1 0 {-2 * rr:.1f} 0Z"
        )
        s.c.clip(disc)
        s.c.rect(cx - rr, cy - rr, 2 * rr, 2 * rr, mix(s.light.middle, s.light.horizon, 0.5), ink=False)
        s.c.path(
            f"M{cx - rr:.1f} {cy + rr * 0.3:.1f}q{rr * 0.5:.1f} {-rr * 0.3:.1f} {rr:.1f} 0"
            f"t{rr:.1f} 0v{rr:.1f}h{-2 * rr:.1f}Z",
            mix(s.col("#2f6f94"), s.light.horizon, 0.2),
            ink=False,
        )
        s.c.pop()
        s.glow(cx, cy, rr * 2.6, s.light.horizon, 0.3)
    _beams(s, box)
    f.bed(s, box.x(0.14), s.ground(0.24), "#3f5f86", 1.5)
    s.rect(box.x(0.02), box.y(0.3), box.w * 0.15, box.h * 0.025, "#5b3f29")
    for index, (tone, tall) in enumerate((("#8f3f3a", 0.1), ("#3f5f7a", 0.12), ("#c9a24a", 0.09), ("#4f7050", 0.11))):
        s.rect(box.x(0.03 + 0.018 * index), box.y(0.3 - tall), box.w * 0.015, box.h * tall, tone)
    y = s.ground(0.24)
    m = s.m(y)
    up = f.table(s, box.x(0.72), y, 1.7)
    f.chair(s, box.x(0.72) + m * 1.1, s.ground(0.22), right=False)
    s.poly(
        (
            (box.x(0.66), up + m * 0.03),
            (box.x(0.68), up - m * 0.06),
            (box.x(0.8), up - m * 0.06),
            (box.x(0.82), up + m * 0.03),
        ),
        "#e9dcb8",
    )
    s.c.stroke(
        f"M{box.x(0.69):.1f} {up:.1f}q{m * 0.2:.1f} {-m * 0.06:.1f} {m * 0.36:.1f} {m * 0.01:.1f}", s.col("#b8402f"), 2
    )
    _table_lantern(s, box.x(0.72) + m * 0.62, up, m)
    s.rect(box.x(0.72) - m * 0.66, up - m * 0.12, m * 0.14, m * 0.14, "#d9d2c2", r=m * 0.02)
    _hung_net(s, box)
    _coil(s, box.x(0.4), s.ground(0.16))
    f.box(s, box.x(0.95), s.ground(0.2), 0.8, 0.5, "#7a4f2e")
    r.pendant(s, box.x(0.5), box.y(0.18), s.m(s.ground(0.24), 0.2), "#c9a24a")


def _beams(s: Stage, box: r.Room) -> None:
    for part in (0.02, 0.34, 0.66, 0.98):
        s.rect(box.x(part) - box.w * 0.012, box.y0, box.w * 0.024, box.h, "#5b3f29")
    s.rect(box.x0, box.y(0.02), box.w, box.h * 0.05, "#5b3f29")


def _table_lantern(s: Stage, x: float, up: float, m: float) -> None:
    """A lantern standing on a table."""
    s.rect(x - m * 0.1, up - m * 0.05, m * 0.2, m * 0.05, "#3d4148")
    s.c.rect(
        x - m * 0.075, up - m * 0.25, m * 0.15, m * 0.2, "#ffd678" if s.light.lamps else s.col("#cdd6d2"), ink=False
    )
    s.poly(
        (
            (x - m * 0.1, up - m * 0.25),
            (x - m * 0.05, up - m * 0.33),
            (x + m * 0.05, up - m * 0.33),
            (x + m * 0.1, up - m * 0.25),
        ),
        "#3d4148",
    )
    s.c.stroke(
        f"M{x - m * 0.06:.1f} {up - m * 0.32:.1f}Q{x:.1f} {up - m * 0.46:.1f} {x + m * 0.06:.1f} {up - m * 0.32:.1f}",
        s.col("#3d4148"),
        2.4,
    )
    if s.light.lamps:
        s.glow(x, up - m * 0.15, m * 1.6, s.light.warm, 0.7)


def _hung_net(s: Stage, box: r.Room) -> None:
    """A fishing net on the wall, with its floats, and an oilskin on a hook."""
    x0, x1, y0 = box.x(0.8), box.x(0.97), box.y(0.14)
    deep = box.h * 0.3
    mesh = ""
    for index in range(7):
        x = x0 + (x1 - x0) * index / 6
        sag = deep * (0.6 + 0.4 * (1 - abs(index - 3) / 3))
        mesh += f"M{x:.1f} {y0:.1f}q{box.w * 0.012:.1f} {sag * 0.5:.1f} {-box.w * 0.004:.1f} {sag:.1f}"
    for row in range(1, 5):
        y = y0 + deep * row / 5.2
        mesh += f"M{x0:.1f} {y:.1f}Q{(x0 + x1) / 2:.1f} {y + deep * 0.16:.1f} {x1:.1f} {y:.1f}"
    s.c.stroke(mesh, s.col("#9aa38a"), 1.8, opacity=0.85)
    s.c.stroke(f"M{x0:.1f} {y0:.1f}Q{(x0 + x1) / 2:.1f} {y0 + deep * 0.06:.1f} {x1:.1f} {y0:.1f}", s.col("#c9b27a"), 3)
    for index in range(4):
        s.c.circle(x0 + (x1 - x0) * (0.1 + 0.27 * index), y0 + deep * 0.04, box.h * 0.018, s.col("#d9772f"))


def _coil(s: Stage, x: float, y: float) -> None:
    """A coil of rope on the floor."""
    m = s.m(y)
    s.shadow(x, y, m * 0.42, m * 0.08)
    for lift, rx in ((0.05, 0.38), (0.12, 0.36), (0.19, 0.33)):
        s.c.stroke(
            f"M{x - m * rx:.1f} {y - m * lift:.1f}a{m * rx:.1f} {m * 0.1:.1f} 0 1 0 "
            f"{2 * m * rx:.1f} 0a{m * rx:.1f} {m * 0.1:.1f} 0 1 0 {-2 * m * rx:.1f} 0",
            s.col(("#a8854c", "#c09a5c", "#b08a52")[int(lift * 14) % 3]),
            m * 0.07,
        )
