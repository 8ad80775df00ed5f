"""Trees, rocks, water, grass."""

from __future__ import annotations

import math

from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.stage import Stage


def tree(s: Stage, x: float, y: float, metres: float, colour: str = "#4d7a3f", d: float | None = None) -> None:
    """A broad-leaved tree standing at (x, y)."""
    d = s.depth(y) if d is None else d
    t = s.m(y, metres)
    if s.light.snowy:
        bare_tree(s, x, y, t, d)
        return
    trunk = "#5b4331"
    s.shadow(x, y, t * 0.3, t * 0.035, 0.22)
    s.path(
        f"M{x - t * 0.045:.1f} {y:.1f}Q{x - t * 0.02:.1f} {y - t * 0.3:.1f} {x - t * 0.03:.1f} {y - t * 0.5:.1f}"
        f"H{x + t * 0.03:.1f}Q{x + t * 0.02:.1f} {y - t * 0.3:.1f} {x + t * 0.05:.1f} {y:.1f}Z",
        trunk,
        d,
    )
    blobs = [
        (s.layout.uniform(-0.24, 0.24), s.layout.uniform(-0.86, -0.5), s.layout.uniform(0.15, 0.22)) for _ in range(6)
    ]
    blobs.append((0.0, -0.68, 0.27))
    shade = darker(colour, 0.3)
    top = mix(colour, "#f4f7fb", 0.7) if s.light.snowy else lighter(colour, 0.16)
    for tint, dx, dy, scale in ((shade, 0.02, 0.02, 1.04), (colour, -0.015, -0.02, 0.94)):
        data = "".join(_disc(x + (bx + dx) * t, y + (by + dy) * t, r * t * scale) for bx, by, r in blobs)
        s.path(data, tint, d)
    s.c.path(
        "".join(_disc(x + (bx - 0.05) * t, y + (by - 0.06) * t, r * t * 0.5) for bx, by, r in blobs[:4]),
        s.col(top, d),
        ink=False,
    )


def bare_tree(s: Stage, x: float, y: float, t: float, d: float) -> None:
    """A bare tree standing at (x, y), in winter with snow on its branches; `t` is its height in pixels."""
    s.shadow(x, y, t * 0.16, t * 0.025, 0.2)
    thick: list[tuple[str, float]] = []
    snow: list[str] = []

    def grow(px: float, py: float, angle: float, long: float, width: float, left: int) -> None:
        ex, ey = px + long * math.sin(angle), py - long * math.cos(angle)
        thick.append((f"M{px:.1f} {py:.1f}L{ex:.1f} {ey:.1f}", width))
        if left < 3 and abs(angle) > 0.35:
            lift = width * 0.45
            snow.append(f"M{px:.1f} {py - lift:.1f}L{ex:.1f} {ey - lift:.1f}")
        if left:
            for turn in (-0.55, 0.1, 0.6) if left > 1 else (-0.45, 0.45):
                grow(
                    ex,
                    ey,
                    angle + turn + s.layout.uniform(-0.14, 0.14),
                    long * s.layout.uniform(0.58, 0.72),
                    width * 0.6,
                    left - 1,
                )

    grow(x, y, s.layout.uniform(-0.06, 0.06), t * 0.4, max(1.6, t * 0.07), 3)
    bark = s.col("#4f4038", d)
    for width in sorted({width for _, width in thick}, reverse=True):
        s.c.stroke("".join(data for data, own in thick if own == width), bark, max(0.8, width))
    if s.light.snowy:
        s.c.stroke("".join(snow), s.col("#f1f5fa", d * 0.7), max(0.8, t * 0.012))


def _disc(x: float, y: float, r: float) -> str:
    return f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0Z"


def pine(s: Stage, x: float, y: float, metres: float, colour: str = "#2f5a48", d: float | None = None) -> None:
    """A conifer standing at (x, y)."""
    d = s.depth(y) if d is None else d
    t = s.m(y, metres)
    s.rect(x - t * 0.025, y - t * 0.16, t * 0.05, t * 0.16, "#4c382b", d)
    for index in range(4):
        base = y - t * (0.1 + 0.2 * index)
        half = t * (0.23 - 0.045 * index)
        tip = base - t * 0.34
        s.poly(((x - half, base), (x, tip), (x + half, base), (x, base + t * 0.03)), colour, d)
        s.c.poly(((x, tip), (x + half, base), (x, base + t * 0.03)), s.col(darker(colour, 0.3), d), ink=False)
        if s.light.snowy:
            s.c.poly(
                (
                    (x, tip),
                    (x - half * 0.7, base - t * 0.07),
                    (x - half * 0.2, base - t * 0.11),
                    (x + half * 0.4, base - t * 0.14),
                ),
                s.col("#eef4fa", d),
                ink=False,
            )


def trunk(s: Stage, x: float, y: float, width: float, colour: str = "#4a3a30", d: float = 0.0) -> None:
    """A tree so near that only its trunk is in the frame; `width` in pixels."""
    w = width / 2
    s.path(
        f"M{x - w * 1.5:.1f} {y:.1f}Q{x - w:.1f} {y - 3 * w:.1f} {x - w * 0.9:.1f} {-0.1 * s.h:.1f}H{x + w * 0.8:.1f}"
        f"Q{x + w:.1f} {y - 3 * w:.1f} {x + w * 1.7:.1f} {y:.1f}Q{x:.1f} {y + w * 0.5:.1f} {x - w * 1.5:.1f} {y:.1f}Z",
        colour,
        d,
    )
    s.c.path(
        f"M{x + w * 0.25:.1f} {y + 2:.1f}Q{x + w * 0.4:.1f} {y - 3 * w:.1f} {x + w * 0.3:.1f}"
        f" {-0.1 * s.h:.1f}H{x + w * 0.8:.1f}"
        f"Q{x + w:.1f} {y - 3 * w:.1f} {x + w * 1.7:.1f} {y:.1f}Z",
        s.light.shade,
        opacity=0.28,
    )


def bush(s: Stage, x: float, y: float, metres: float, colour: str = "#56803f", d: float | None = None) -> None:
    """A bush standing at (x, y), `metres` wide."""
    d = s.depth(y) if d is None else d
    t = s.m(y, metres)
    if s.light.snowy:
        colour = mix(colour, "#eef4fa", 0.6)
    parts = ((-0.3, 0.24), (0.0, 0.34), (0.3, 0.26))
    s.path("".join(_disc(x + bx * t, y - r * t * 0.7, r * t) for bx, r in parts), darker(colour, 0.28), d)
    s.c.path(
        "".join(_disc(x + bx * t - t * 0.04, y - r * t * 0.86, r * t * 0.8) for bx, r in parts),
        s.col(colour, d),
        ink=False,
    )


def rock(s: Stage, x: float, y: float, metres: float, colour: str = "#7c7a78", d: float | None = None) -> None:
    """A boulder lying at (x, y), `metres` wide."""
    d = s.depth(y) if d is None else d
    t = s.m(y, metres)
    a, b = s.layout.uniform(0.4, 0.65), s.layout.uniform(0.3, 0.5)
    s.shadow(x, y, t * 0.6, t * 0.08, 0.25)
    s.poly(
        (
            (x - t * 0.5, y),
            (x - t * 0.4, y - t * b),
            (x - t * 0.05, y - t * a),
            (x + t * 0.3, y - t * b * 0.9),
            (x + t * 0.5, y),
        ),
        colour,
        d,
    )
    s.c.poly(
        (
            (x - t * 0.05, y - t * a),
            (x + t * 0.3, y - t * b * 0.9),
            (x + t * 0.5, y),
            (x + t * 0.05, y),
            (x + t * 0.1, y - t * a * 0.5),
        ),
        s.light.shade,
        opacity=0.3,
    )
    if s.light.snowy:
        s.poly(
            (
                (x - t * 0.4, y - t * b),
                (x - t * 0.05, y - t * a),
                (x + t * 0.3, y - t * b * 0.9),
                (x, y - t * a * 0.75),
            ),
            "#f1f5fa",
            d,
        )


def grass(s: Stage, count: int, colour: str, top: float = 0.7) -> None:
    """Tufts of grass over the ground, from `top` (distance, 0–1) to the lower edge."""
    near: dict[int, list[str]] = {}
    start = s.ground(top)
    for _ in range(count):
        y = start + (s.h * 1.02 - start) * s.layout.random() ** 0.8
        x, t = s.layout.uniform(-0.02, 1.02) * s.w, s.m(y, 0.22)
        near.setdefault(int(4 * s.depth(y)), []).append(
            f"M{x:.1f} {y:.1f}q{-t * 0.2:.1f} {-t * 0.6:.1f} {-t * 0.35:.1f} {-t:.1f}"
            f"m{t * 0.35:.1f} {t:.1f}q0 {-t * 0.7:.1f} {t * 0.08:.1f} {-t * 1.2:.1f}"
            f"m{-t * 0.08:.1f} {t * 1.2:.1f}q{t * 0.2:.1f} {-t * 0.5:.1f} {t * 0.42:.1f} {-t * 0.9:.1f}"
        )
    for depth, data in sorted(near.items(), reverse=True):
        s.c.stroke("".join(data), s.col(colour, depth / 5), max(0.8, s.u * 0.02 * (1.2 - depth / 4)), opacity=0.8)


def water(s: Stage, top: float, bottom: float, colour: str = "#2f6f94") -> None:
    """Water between two heights, reflecting the sky, with waves and the sun's path."""
    light = s.light
    tone = s.col(colour)
    far = mix(light.horizon, tone, 0.35)
    height = bottom - top
    for step in range(6):
        y = top + height * (step / 6) ** 1.6
        s.c.rect(-0.1 * s.w, y, 1.2 * s.w, bottom - y, mix(far, tone, step / 5), ink=False)
    storm = s.weather.value in {"storm", "wind"}
    crest = mix(light.horizon, "#ffffff", 0.35 if not light.night else 0.05)
    for opacity, count, shade in ((0.55, 26, crest), (0.35, 30, mix(tone, light.shade, 0.5))):
        data = []
        for _ in range(count):
            part = s.detail.random() ** 1.5
            y, run = top + height * part, s.w * (0.015 + 0.09 * part) * s.detail.uniform(0.6, 1.4)
            x, lift = s.detail.uniform(-0.05, 1.0) * s.w, run * (0.22 if storm else 0.07)
            data.append(
                f"M{x:.1f} {y:.1f}q{run * 0.5:.1f} {-lift:.1f} {run:.1f} 0"
                f"q{-run * 0.5:.1f} {-lift * 0.4:.1f} {-run:.1f} 0Z"
            )
        s.c.path("".join(data), shade, opacity=opacity, ink=False)
    if light.sun_seen:
        x = light.sun_x * s.w
        data = []
        for step in range(16):
            part = (step / 16) ** 1.3
            y, half = top + height * 0.9 * part + 1, s.w * (0.012 + 0.05 * part) * s.detail.uniform(0.5, 1.2)
            off = s.detail.uniform(-1, 1) * half * 0.6
            data.append(
                f"M{x + off - half:.1f} {y:.1f}q{half:.1f} {-2 - 4 * part:.1f} {2 * half:.1f} 0"
                f"q{-half:.1f} {2 + 4 * part:.1f} {-2 * half:.1f} 0Z"
            )
        s.c.path("".join(data), lighter(light.sun, 0.1), opacity=0.7, ink=False)


def palm(s: Stage, x: float, y: float, metres: float) -> None:
    """A palm tree standing at (x, y)."""
    d, t = s.depth(y), s.m(y, metres)
    top = (x + t * 0.16, y - t * 0.82)
    s.c.stroke(
        f"M{x:.1f} {y:.1f}Q{x + t * 0.02:.1f} {y - t * 0.5:.1f} {top[0]:.1f} {top[1]:.1f}",
        s.col("#7a5a3c", d),
        t * 0.05,
    )
    for dx, dy in ((-0.42, 0.1), (-0.34, -0.14), (-0.1, -0.26), (0.2, -0.22), (0.4, -0.04), (0.34, 0.18), (-0.2, 0.26)):
        ex, ey = top[0] + dx * t, top[1] + dy * t
        mx, my = top[0] + dx * t * 0.5, top[1] + dy * t * 0.5 - t * 0.13
        s.path(
            f"M{top[0]:.1f} {top[1]:.1f}Q{mx:.1f} {my:.1f} {ex:.1f} {ey:.1f}"
            f"Q{mx:.1f} {my + t * 0.1:.1f} {top[0]:.1f} {top[1]:.1f}Z",
            "#3f7d45" if dx < 0.1 else "#2f6238",
            d,
        )


def cactus(s: Stage, x: float, y: float, metres: float) -> None:
    """A saguaro standing at (x, y)."""
    d, t = s.depth(y), s.m(y, metres)
    s.shadow(x + t * 0.12, y, t * 0.3, t * 0.03, 0.25)
    green = s.col("#4c7a4b", d)
    for data in (
        f"M{x:.1f} {y:.1f}V{y - t:.1f}",
        f"M{x:.1f} {y - t * 0.4:.1f}H{x - t * 0.26:.1f}V{y - t * 0.7:.1f}",
        f"M{x:.1f} {y - t * 0.55:.1f}H{x + t * 0.24:.1f}V{y - t * 0.86:.1f}",
    ):
        s.c.stroke(data, green, t * 0.13)
