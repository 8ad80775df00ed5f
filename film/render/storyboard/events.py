"""What happens that is neither a body nor a thing: explosions, flames, splashes, sounds that can be seen."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker, mix
from film.render.storyboard.stage import Stage
from schemas.enums import ShotSize
from schemas.prompt import Picture


class Spot(NamedTuple):
    """Where something happens, in logical pixels."""

    x: float
    y: float
    r: float
    """How large it is."""


Painter = Callable[[Stage, Canvas, Spot], None]


def _star(x: float, y: float, r: float, inner: float, spikes: int, turn: float = 0.2) -> str:
    corners = []
    for index in range(2 * spikes):
        away = r if index % 2 == 0 else r * inner
        angle = turn + math.pi * index / spikes
        corners.append(f"{x + away * math.cos(angle):.1f} {y + away * math.sin(angle):.1f}")
    return "M" + "L".join(corners) + "Z"


def _puffs(c: Canvas, x: float, y: float, r: float, colour: str, seed: Stage, opacity: float) -> None:
    data = ""
    for dx, dy, k in ((0, 0, 0.5), (-0.4, -0.28, 0.42), (0.42, -0.34, 0.46), (0.05, -0.7, 0.5), (-0.3, -1.05, 0.42),
                      (0.36, -1.15, 0.46), (0.02, -1.5, 0.5)):  # fmt: skip
        px, py, pr = x + (dx + seed.detail.uniform(-0.06, 0.06)) * r, y + dy * r, k * r
        data += (
            f"M{px - pr:.1f} {py:.1f}a{pr:.1f} {pr:.1f} 0 1 0 {2 * pr:.1f} 0a{pr:.1f} {pr:.1f} 0 1 0 {-2 * pr:.1f} 0Z"
        )
    c.path(data, colour, opacity=opacity, ink=False)


def _explosion(s: Stage, c: Canvas, at: Spot) -> None:
    x, y, r = at
    _puffs(c, x, y, r * 0.9, "#4a403c", s, 0.85)
    c.path(_star(x, y, r, 0.56, 11), "#e8502a", ink=False)
    c.path(_star(x, y, r * 0.76, 0.55, 11, 0.4), "#ff9a36", ink=False)
    c.path(_star(x, y, r * 0.46, 0.55, 9), "#fff0b0", ink=False)
    for index in range(12):
        angle, away = s.detail.uniform(0, 6.28), r * s.detail.uniform(0.95, 1.35)
        c.path(
            _star(x + away * math.cos(angle), y + away * math.sin(angle), r * 0.06, 0.5, 4, index), "#3a302c", ink=False
        )
    s.front.glow(x, y, r * 2.4, "#ff9a3a", 0.75)


def _flames(s: Stage, c: Canvas, at: Spot) -> None:
    r = at.r
    base = 0.97 * s.h
    for colour, k in (("#e8502a", 1.0), ("#ff9a36", 0.7), ("#ffe07a", 0.4)):
        data = f"M{-0.05 * s.w:.1f} {s.h * 1.05:.1f}V{base:.1f}"
        tongues = 9
        step = 1.1 * s.w / tongues
        for index in range(tongues):
            px = -0.05 * s.w + step * index
            # Highest at the sides, so that whoever stands in the middle is seen.
            off = abs((index + 0.5) / tongues - 0.5) * 2
            tall = r * (0.35 + 1.2 * off) * k * s.detail.uniform(0.75, 1.2)
            data += (
                f"Q{px + step * 0.1:.1f} {base - tall * 0.6:.1f} {px + step * 0.45:.1f} {base - tall:.1f}"
                f"Q{px + step * 0.6:.1f} {base - tall * 0.3:.1f} {px + step:.1f} {base:.1f}"
            )
        c.path(data + f"V{s.h * 1.05:.1f}Z", colour, ink=False)
    s.front.glow(s.w * 0.5, base, s.w * 0.7, "#ff8a3a", 0.6)


def _smoke(s: Stage, c: Canvas, at: Spot) -> None:
    r = at.r
    tone = "#5f6166" if s.light.night else "#7d7f84"
    for dx in (-0.36 * s.w, 0.34 * s.w, 0.08 * s.w):
        _puffs(c, s.w * 0.5 + dx, s.h * 0.8, r * 1.1, tone, s, 0.5)


def _sparks(s: Stage, c: Canvas, at: Spot) -> None:
    r = at.r
    data = []
    for _ in range(46):
        px, py = s.detail.uniform(0.05, 0.95) * s.w, s.detail.uniform(0.0, 0.8) * s.h
        run = s.detail.uniform(14, 44)
        data.append(f"M{px:.1f} {py:.1f}l{s.detail.uniform(-12, 12):.1f} {run:.1f}")
    c.stroke("".join(data), "#ffd25a", 5)
    c.stroke("".join(data[:20]), "#fffbe0", 2.6)
    for part in (0.25, 0.7):
        c.path(_star(s.w * part, s.h * 0.1, r * 0.3, 0.4, 8), "#fff3b8", ink=False)
        s.front.glow(s.w * part, s.h * 0.1, r * 1.2, "#ffd25a", 0.7)


def _shatter(s: Stage, c: Canvas, at: Spot) -> None:
    r = at.r
    x, y = s.w * (0.72 if at.x < s.w * 0.55 else 0.28), s.h * 0.34
    c.path(_star(x, y, r * 0.34, 0.4, 9), "#1d2430", ink=False)
    rays = "".join(
        f"M{x:.1f} {y:.1f}L{x + r * math.cos(a):.1f} {y + r * math.sin(a):.1f}"
        for a in (0.3, 1.1, 1.9, 2.7, 3.6, 4.4, 5.3, 6.0)
    )
    c.stroke(rays, "#ffffff", 3.4)
    for _ in range(18):
        angle, away = s.detail.uniform(0, 6.28), r * s.detail.uniform(0.3, 1.05)
        px, py, k = x + away * math.cos(angle), y + away * math.sin(angle) + r * 0.2, r * s.detail.uniform(0.05, 0.13)
        c.path(f"M{px:.1f} {py - k:.1f}l{k:.1f} {k * 0.8:.1f}l{-k * 1.3:.1f} {k * 0.9:.1f}Z", "#e6f6fc", ink=False)


def _splash(s: Stage, c: Canvas, at: Spot) -> None:
    x = at.x
    r = at.r
    base = s.h * 1.02
    night = 0.3 if s.light.night else 0.0
    deep, mid, foam = (mix(colour, s.light.shade, night) for colour in ("#2f7aa3", "#6fb4d4", "#eef8fc"))
    for k, colour in ((1.0, deep), (0.72, mid)):
        c.path(
            f"M{x - 2.0 * r:.1f} {base:.1f}"
            f"Q{x - 1.3 * r:.1f} {base - 0.5 * r * k:.1f} {x - 0.7 * r:.1f} {base - 1.3 * r * k:.1f}"
            f"Q{x:.1f} {base - 2.0 * r * k:.1f} {x + 0.9 * r:.1f} {base - 1.5 * r * k:.1f}"
            f"Q{x + 1.2 * r:.1f} {base - 1.2 * r * k:.1f} {x + 1.0 * r:.1f} {base - 1.0 * r * k:.1f}"
            f"Q{x + 0.6 * r:.1f} {base - 1.3 * r * k:.1f} {x + 0.4 * r:.1f} {base - 0.8 * r * k:.1f}"
            f"Q{x + 0.5 * r:.1f} {base - 0.3 * r * k:.1f} {x + 1.9 * r:.1f} {base:.1f}Z",
            colour, ink=False,
        )  # fmt: skip
    data = ""
    for dx, dy, k in ((0.9, -1.5, 0.2), (1.08, -1.15, 0.16), (0.6, -1.68, 0.18), (0.2, -1.76, 0.15), (-1.5, -0.1, 0.3),
                      (-0.9, -0.04, 0.34), (-0.2, -0.02, 0.3), (0.5, -0.04, 0.32), (1.2, -0.06, 0.3)):  # fmt: skip
        px, py, pr = x + dx * r, base + dy * r, k * r
        data += (
            f"M{px - pr:.1f} {py:.1f}a{pr:.1f} {pr:.1f} 0 1 0 {2 * pr:.1f} 0a{pr:.1f} {pr:.1f} 0 1 0 {-2 * pr:.1f} 0Z"
        )
    for _ in range(16):
        px, py, pr = x + s.detail.uniform(-1.4, 1.9) * r, base - s.detail.uniform(0.8, 2.2) * r, s.detail.uniform(3, 9)
        data += (
            f"M{px - pr:.1f} {py:.1f}a{pr:.1f} {pr:.1f} 0 1 0 {2 * pr:.1f} 0a{pr:.1f} {pr:.1f} 0 1 0 {-2 * pr:.1f} 0Z"
        )
    c.path(data, foam, ink=False)


def _dark(s: Stage, c: Canvas, at: Spot) -> None:
    c.bounds.append((0.0, 0.0, s.w, s.h))
    c.rect(-10, -10, s.w + 20, s.h + 20, "#04060f", opacity=0.74, ink=False)
    c.glow(*at, "#8fa8e6", 0.12)


def _muzzle(s: Stage, c: Canvas, at: Spot) -> None:
    x, y, r = at
    side = 1 if x < s.w * 0.55 else -1
    px, py = x + side * r * 1.15, y - r * 0.38
    c.path(_star(px, py, r * 0.42, 0.36, 8), "#ff9a36", ink=False)
    c.path(_star(px, py, r * 0.24, 0.4, 8), "#fff6cc", ink=False)
    c.stroke(f"M{px + side * r * 0.5:.1f} {py:.1f}h{side * r * 1.4:.1f}", "#fff0b0", 5)
    s.front.glow(px, py, r * 1.4, "#ffc060", 0.7)


def _ring(s: Stage, c: Canvas, at: Spot) -> None:
    x, y, r = at
    tall = min(0.5 * r, 0.3 * s.h)
    for side in (-1, 1):
        for k in (0.62, 0.84, 1.06):
            px, dy = x + side * r * k, tall * k
            arc = f"M{px:.1f} {y - dy:.1f}Q{px + side * r * 0.22:.1f} {y:.1f} {px:.1f} {y + dy:.1f}"
            c.stroke(arc, "#fff0c0", 9)
            c.stroke(arc, "#d8402f", 4.5)


def _music(s: Stage, c: Canvas, at: Spot) -> None:
    x, y, r = at
    side = 1 if x < s.w * 0.55 else -1
    for index, (dx, dy) in enumerate(((0.75, -0.9), (1.25, -1.25), (1.7, -0.75))):
        px, py, k = x + side * dx * r, max(s.h * 0.1, y + dy * r), r * 0.16
        ink = "#fff6dc" if s.light.night or s.inside else "#2a2430"
        c.ellipse(px, py, k * 0.8, k * 0.58, ink, ink=False)
        c.line_to(px + k * 0.7, py, px + k * 0.7, py - k * 2.6, ink, k * 0.24)
        if index % 2:
            c.line_to(px + k * 0.7, py - k * 2.5, px + k * 2.2, py - k * 2.1, ink, k * 0.5)
            c.line_to(px + k * 2.2, py - k * 2.1, px + k * 2.2, py + k * 0.4, ink, k * 0.24)
            c.ellipse(px + k * 1.5, py + k * 0.4, k * 0.8, k * 0.58, ink, ink=False)
        else:
            c.stroke(
                f"M{px + k * 0.7:.1f} {py - k * 2.6:.1f}q{k * 1.3:.1f} {k * 0.6:.1f} {k * 0.7:.1f} {k * 1.6:.1f}",
                ink,
                k * 0.3,
            )


def _love(s: Stage, c: Canvas, at: Spot) -> None:
    r = at.r
    for dx, dy, k in ((0.0, -1.12, 0.26), (0.42, -1.36, 0.17), (-0.36, -1.34, 0.14)):
        px, py, z = s.w * 0.5 + dx * r, max(s.h * 0.12, s.h * 0.5 + dy * r), k * r
        c.path(f"M{px:.1f} {py + z:.1f}C{px - 1.5 * z:.1f} {py - 0.1 * z:.1f} {px - 0.9 * z:.1f} {py - z:.1f} {px:.1f} "
               f"{py - 0.3 * z:.1f}C{px + 0.9 * z:.1f} {py - z:.1f} {px + 1.5 * z:.1f} {py - 0.1 * z:.1f} {px:.1f} "
               f"{py + z:.1f}Z", "#e0405a", ink=False)  # fmt: skip


def _alarm(s: Stage, c: Canvas, at: Spot) -> None:
    r = at.r
    c.bounds.append((0.0, 0.0, s.w, s.h))
    for part in (0.12, 0.88):
        px = s.w * part
        c.rect(px - r * 0.2, -4, r * 0.4, r * 0.2, "#3a3036", ink=False)
        c.path(f"M{px - r * 0.17:.1f} {r * 0.2:.1f}h{r * 0.34:.1f}q0 {r * 0.3:.1f} {-r * 0.17:.1f} {r * 0.3:.1f}"
               f"t{-r * 0.17:.1f} {-r * 0.3:.1f}Z", "#ff3a2e", ink=False)  # fmt: skip
        s.front.glow(px, r * 0.35, r * 2.6, "#ff2a20", 0.85)
    c.rect(-10, -10, s.w + 20, s.h + 20, "#c01818", opacity=0.2, ink=False)


def _glow(s: Stage, c: Canvas, at: Spot) -> None:
    x, y, r = at
    s.front.glow(x, y, r * 2.2, "#ffe9a0", 0.75)
    for _ in range(16):
        px, py = x + s.detail.uniform(-1.5, 1.5) * r, y + s.detail.uniform(-1.3, 0.7) * r
        c.path(_star(px, py, r * s.detail.uniform(0.05, 0.11), 0.24, 4, 0.0), "#fff4c0", ink=False)


def _dust(s: Stage, c: Canvas, at: Spot) -> None:
    r = at.r
    for part in (0.1, 0.3, 0.72, 0.92):
        _puffs(c, s.w * part, s.h * 1.0, r * 0.7, "#b9a684", s, 0.6)
    for _ in range(14):
        px, py, k = s.detail.uniform(0, s.w), s.detail.uniform(0.1, 0.9) * s.h, r * s.detail.uniform(0.05, 0.14)
        c.path(_star(px, py, k, 0.7, 3, px), darker("#8d867a", 0.2), ink=False)


def _impact(s: Stage, c: Canvas, at: Spot) -> None:
    x, y, r = at
    side = 1 if x < s.w * 0.55 else -1
    px, py = x + side * r * 0.72, y - r * 0.5
    c.path(_star(px, py, r * 0.36, 0.42, 9), "#ffd23a", ink=False)
    c.path(_star(px, py, r * 0.2, 0.45, 9), "#fffbe4", ink=False)


def _garland(s: Stage, c: Canvas, at: Spot) -> None:
    """Lights on a line across the picture, as lanterns strung between trees."""
    for row, (high, sag) in enumerate(((0.1, 0.13), (0.2, 0.1))):
        top, low = high * s.h, sag * s.h
        line = f"M{-0.05 * s.w:.1f} {top:.1f}Q{0.5 * s.w:.1f} {top + 2 * low:.1f} {1.05 * s.w:.1f} {top:.1f}"
        c.stroke(line, "#4a4038", 2.5)
        for index in range(7):
            part = (index + 0.5 + 0.3 * row) / 7.4
            x, y = (1.1 * part - 0.05) * s.w, top + 4 * low * part * (1 - part)
            r, tone = 0.019 * s.h + 0.05 * at.r * 0.3, _LIGHTS[(index + row) % len(_LIGHTS)]
            c.line_to(x, y, x, y + r, "#4a4038", 2.5)
            c.ellipse(x, y + 2.1 * r, r * 1.05, r * 1.3, tone)
            c.ellipse(x, y + 2.1 * r, r * 0.5, r * 0.8, "#fff3cf", ink=False)
            s.front.glow(x, y + 2 * r, r * 5, "#ffc46a", 0.6 if s.light.night else 0.3)


_LIGHTS = ("#f0a53a", "#e0603c", "#f2cf5a", "#7fae6a")
PAINTERS: Mapping[str, Painter] = {
    "garland": _garland,
    "explosion": _explosion,
    "flames": _flames,
    "smoke": _smoke,
    "sparks": _sparks,
    "shatter": _shatter,
    "splash": _splash,
    "dark": _dark,
    "muzzle": _muzzle,
    "ring": _ring,
    "music": _music,
    "love": _love,
    "alarm": _alarm,
    "glow": _glow,
    "dust": _dust,
    "impact": _impact,
}
"""How each of `film.prompting.verbs.EVENTS` is drawn."""
_SHARE = {ShotSize.EWS: 0.24, ShotSize.WS: 0.3, ShotSize.FS: 0.34}


def happen(s: Stage, c: Canvas, picture: Picture, x: float, y: float, reach: float) -> None:
    """Draw a picture's events about (x, y).

    Args:
        s: The stage, its set built.
        c: The layer of the figures.
        picture: The plan.
        x: Where they happen, in logical pixels; most choose a place beside it, so that whoever is there is seen.
        y: The same.
        reach: What sizes are fractions of, in logical pixels.
    """
    if not picture.events:
        return
    c.bounds.append((0.0, 0.0, s.w, s.h))
    for name in picture.events:
        size = _SHARE.get(picture.size, 0.3) * reach
        at = x
        if picture.figures and name in {"explosion", "splash"}:
            at = s.w * (0.76 if x < 0.55 * s.w else 0.24)
        PAINTERS[name](s, c, Spot(at, y, size))
