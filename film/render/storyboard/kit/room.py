"""Rooms: walls, floors, windows, doors, lamps."""

from __future__ import annotations

from dataclasses import dataclass

from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.stage import Stage
from film.render.storyboard.weather import lightning, rain, snow
from schemas.enums import Weather


@dataclass(frozen=True)
class Room:
    """The back wall of a room, on the frame."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def w(self) -> float:
        """Width in pixels."""
        return self.x1 - self.x0

    @property
    def h(self) -> float:
        """Height in pixels."""
        return self.y1 - self.y0

    def x(self, part: float) -> float:
        """From the left edge (0) to the right (1)."""
        return self.x0 + part * self.w

    def y(self, part: float) -> float:
        """From the ceiling (0) to the floor (1)."""
        return self.y0 + part * self.h


def room(
    s: Stage,
    wall: str,
    floor: str,
    *,
    ceiling: str = "#e8e0d2",
    far: float = 0.4,
    high: float = 0.09,
    narrow: float = 0.13,
    boards: bool = True,
    tiles: bool = False,
    skirting: str = "",
) -> Room:
    """Build an empty room in one-point perspective.

    Args:
        s: The stage.
        wall: Colour of the walls.
        floor: Colour of the floor.
        ceiling: Colour of the ceiling.
        far: How far the back wall is: 0 at the figures, 1 at the horizon.
        high: Where the ceiling meets the back wall, in fractions of the frame at eye level.
        narrow: Where the side walls meet the back wall, in fractions of the frame.
        boards: Whether the floor has boards that run into depth.
        tiles: Whether it has tiles.
        skirting: Colour of the skirting board; darker than the wall where not given.
    """
    lift = s.hz / s.h - 0.57
    r = Room(narrow * s.w, (high + lift * 0.7) * s.h, (1 - narrow) * s.w, s.ground(far))
    w, h = s.w, s.h
    vx, vy = w / 2, s.hz

    def out(x: float, y: float) -> tuple[float, float]:
        # Far enough to leave the frame, however small the back wall is.
        reach = 1.3 * max(w / r.w, 2.0) * 1.6
        return vx + (x - vx) * reach, vy + (y - vy) * reach

    tl, tr, bl, br = out(r.x0, r.y0), out(r.x1, r.y0), out(r.x0, r.y1), out(r.x1, r.y1)
    light = s.light
    s.poly(((r.x0, r.y0), (r.x1, r.y0), tr, tl), ceiling)
    s.poly(((r.x0, r.y1), (r.x1, r.y1), br, bl), s.soil(floor, 0.12))
    s.poly(((r.x0, r.y0), (r.x0, r.y1), bl, tl), darker(wall, 0.10))
    s.poly(((r.x1, r.y0), (r.x1, r.y1), br, tr), darker(wall, 0.2))
    s.rect(r.x0, r.y0, r.w, r.h, wall)
    if boards or tiles:
        lines = []
        count = 12
        for index in range(count + 1):
            x = r.x(index / count)
            ex, ey = out(x, r.y1)
            lines.append(f"M{x:.1f} {r.y1:.1f}L{ex:.1f} {ey:.1f}")
        if tiles:
            lines += [f"M{-0.1 * w:.1f} {s.ground(far - 0.12 * i):.1f}H{1.1 * w:.1f}" for i in range(1, 9)]
        s.c.stroke("".join(lines), s.col(darker(floor, 0.35)), 1.8, opacity=0.4)
    s.c.rect(r.x0, r.y1, r.w, (h - r.y1) * 0.12, light.shade, opacity=0.16)
    base = skirting or darker(wall, 0.3)
    s.rect(r.x0, r.y1 - r.h * 0.035, r.w, r.h * 0.035, base)
    for x, (ex, ey) in ((r.x0, bl), (r.x1, br)):
        s.poly(((x, r.y1), (x, r.y1 - r.h * 0.035), (ex, ey - r.h * 0.14), (ex, ey)), darker(base, 0.12))
    s.c.line_to(r.x0, r.y0, r.x0, r.y1, light.shade, 2, opacity=0.35)
    s.c.line_to(r.x1, r.y0, r.x1, r.y1, light.shade, 2, opacity=0.35)
    s.c.line_to(r.x0, r.y0, r.x1, r.y0, light.shade, 2, opacity=0.35)
    soft = s.front
    soft.rect(0, 0, w, h * 0.3, soft.linear(((0, light.shade, 0.34), (1, light.shade, 0.0))))
    return r


def window(
    s: Stage,
    x: float,
    y: float,
    w: float,
    h: float,
    *,
    frame: str = "#e6ddcc",
    view: str = "city",
    panes: int = 2,
    curtains: str = "",
    shaft: bool = True,
) -> None:
    """A window seen from inside: sky, weather and what lies outside; daylight falls in through it."""
    light, edge = s.light, max(3.0, w * 0.045)
    s.rect(x - edge, y - edge, w + 2 * edge, h + 2 * edge, frame)
    s.c.rect(x, y, w, h, light.middle, ink=False)
    s.c.rect(x, y + h * 0.4, w, h * 0.6, mix(light.middle, light.horizon, 0.5), ink=False)
    s.c.rect(x, y + h * 0.66, w, h * 0.34, light.horizon, ink=False)
    s.c.clip(f"M{x:.1f} {y:.1f}h{w:.1f}v{h:.1f}h{-w:.1f}Z")
    if light.sun_seen and not s.sun_in_window:
        s.sun_in_window = True
        r = min(w, h) * (0.1 if light.night else 0.13)
        s.c.circle(x + w * 0.68, y + h * (0.25 if light.sun_y < 0.7 else 0.62), r, light.sun, ink=False)
        if light.night:
            for _ in range(8):
                s.c.circle(x + s.detail.random() * w, y + s.detail.random() * h * 0.6, 1.4, "#eef2ff", ink=False)
    _view(s, x, y, w, h, view)
    scale = s.h / 720 * 0.7
    if s.weather in {Weather.RAIN, Weather.STORM}:
        rain(s.c, s.detail, (x, y, w * 1.1, h), 34, scale)
    if s.weather is Weather.STORM:
        lightning(s.c, s.detail, x + w * 0.4, y, y + h * 0.7, 2.4 * scale)
    if s.weather is Weather.SNOW:
        snow(s.c, s.detail, (x, y, w, h), 30, scale)
    if s.weather is Weather.FOG:
        s.c.rect(x, y, w, h, mix(light.haze, "#ffffff", 0.3), opacity=0.55)
    s.c.poly(((x, y + h * 0.7), (x, y + h * 0.3), (x + w * 0.45, y), (x + w * 0.8, y)), "#ffffff", opacity=0.10)
    s.c.pop()
    for index in range(1, panes):
        s.rect(x + w * index / panes - edge * 0.35, y, edge * 0.7, h, frame)
    s.rect(x, y + h * 0.5 - edge * 0.35, w, edge * 0.7, frame)
    s.rect(x - edge * 1.8, y + h + edge, w + edge * 3.6, edge * 0.9, lighter(frame, 0.15))
    s.sills.append((x + w * 0.5, y + h + edge, s.m(s.ground(0.4))))
    if curtains:
        for side in (-1, 1):
            cx = x - w * 0.16 if side < 0 else x + w * 1.16
            s.path(
                f"M{cx - side * w * 0.06:.1f} {y - edge * 2:.1f}h{side * w * 0.3:.1f}"
                f"q{-side * w * 0.02:.1f} {h * 0.5:.1f} {-side * w * 0.2:.1f} {h * 0.72:.1f}"
                f"l{side * w * 0.02:.1f} {h * 0.5:.1f}h{-side * w * 0.14:.1f}Z",
                curtains,
            )
            for fold in (0.02, 0.1):
                s.line(
                    cx + side * w * fold, y, cx + side * w * fold * 0.6, y + h * 1.15, darker(curtains, 0.25), 2, o=0.6
                )
        s.rect(x - w * 0.28, y - edge * 2.6, w * 1.56, edge * 0.8, "#4d3a2c")
    if not light.night:
        bright = 0.32 if light.sun_seen else 0.16
        s.glow(x + w / 2, y + h / 2, max(w, h) * 1.0, mix(light.horizon, light.sun, 0.5), bright)
        if shaft and light.sun_seen:
            floor = s.ground(0.06)
            drift = (0.5 - (x + w / 2) / s.w) * s.w * 0.5
            s.front.poly(
                ((x, y), (x + w, y), (x + w + drift + w * 0.25, floor), (x + drift - w * 0.25, floor)),
                light.sun,
                opacity=0.13,
            )
    else:
        s.glow(x + w / 2, y + h / 2, max(w, h) * 0.9, "#8fa8e6", 0.16)


def _view(s: Stage, x: float, y: float, w: float, h: float, view: str) -> None:
    far = mix(s.light.horizon, s.light.middle, 0.55)
    near = mix(far, s.light.shade, 0.42)
    if view == "city":
        for colour, low, count in ((mix(far, s.light.shade, 0.2), 0.42, 6), (near, 0.26, 5)):
            for index in range(count):
                bw, bh = w / count * 1.05, h * (low + s.layout.uniform(-0.16, 0.14))
                s.c.rect(x + w * index / count, y + h - bh, bw, bh, colour, ink=False)
                if s.light.lamps:
                    for _ in range(3):
                        s.c.rect(
                            x + w * index / count + bw * s.layout.uniform(0.1, 0.8),
                            y + h - bh * s.layout.uniform(0.2, 0.9),
                            bw * 0.1,
                            bw * 0.14,
                            "#ffd587",
                            ink=False,
                        )
    elif view == "hills":
        s.c.path(
            f"M{x:.1f} {y + h * 0.72:.1f}Q{x + w * 0.3:.1f} {y + h * 0.5:.1f} {x + w * 0.6:.1f}"
            f" {y + h * 0.7:.1f}T{x + w:.1f} {y + h * 0.62:.1f}V{y + h:.1f}H{x:.1f}Z",
            far,
            ink=False,
        )
        green = s.col("#5d8a52" if not s.light.snowy else "#e4ebf2") if not s.light.night else near
        s.c.path(
            f"M{x:.1f} {y + h * 0.82:.1f}Q{x + w * 0.4:.1f} {y + h * 0.7:.1f} {x + w:.1f}"
            f" {y + h * 0.86:.1f}V{y + h:.1f}H{x:.1f}Z",
            mix(green, s.light.horizon, 0.25),
            ink=False,
        )
    elif view == "trees":
        for part in (0.08, 0.3, 0.5, 0.74, 0.95):
            r = w * 0.16
            s.c.circle(
                x + w * part,
                y + h * s.layout.uniform(0.72, 0.86),
                r,
                mix(s.col("#4d7a45" if not s.light.snowy else "#dfe7ee"), s.light.horizon, 0.2),
                ink=False,
            )
    elif view == "roofs":
        for part, low in ((-0.05, 0.3), (0.3, 0.42), (0.66, 0.34)):
            bx, bw, top = x + w * part, w * 0.46, y + h * (1 - low)
            s.c.rect(bx + bw * 0.08, top, bw * 0.84, h * low, mix(s.col("#c9a08a"), s.light.horizon, 0.25), ink=False)
            roof = s.col("#eef3f8" if s.light.snowy else "#7a4a40")
            s.c.poly(
                ((bx, top), (bx + bw / 2, top - h * 0.2), (bx + bw, top)), mix(roof, s.light.horizon, 0.2), ink=False
            )
            s.c.rect(bx + bw * 0.4, top + h * 0.06, bw * 0.2, h * 0.1, "#ffd587" if s.light.lamps else near, ink=False)
    elif view == "sea":
        s.c.rect(x, y + h * 0.6, w, h * 0.4, mix(s.col("#2f6f94"), s.light.horizon, 0.25), ink=False)


def door(s: Stage, x: float, y: float, h: float, colour: str = "#7a5638", *, ajar: bool = False) -> None:
    """A door; (x, y) is the lower left corner, `h` its height in pixels."""
    w = h * 0.44
    s.rect(x - w * 0.09, y - h * 1.04, w * 1.18, h * 1.04, lighter(colour, 0.25))
    if ajar:
        s.c.rect(x, y - h, w, h, s.light.warm, ink=False)
        s.glow(x + w / 2, y - h / 2, h * 0.7, s.light.warm, 0.4)
        s.poly(((x, y), (x, y - h), (x - w * 0.35, y - h * 0.96), (x - w * 0.35, y + h * 0.05)), colour)
        return
    s.rect(x, y - h, w, h, colour)
    for top, tall in ((0.92, 0.36), (0.5, 0.4)):
        s.rect(x + w * 0.16, y - h * top, w * 0.68, h * tall, darker(colour, 0.16))
    s.c.circle(x + w * 0.88, y - h * 0.47, max(1.6, w * 0.045), s.col("#e3c069"), ink=False)


def pendant(s: Stage, x: float, y: float, size: float, colour: str = "#3c3a40") -> None:
    """A lamp that hangs from the ceiling down to `y`."""
    s.c.line_to(x, -0.1 * s.h, x, y - size * 0.5, s.col("#2b2a2e"), max(1.5, size * 0.05))
    s.path(
        f"M{x - size:.1f} {y:.1f}Q{x - size * 0.8:.1f} {y - size * 0.8:.1f} {x:.1f}"
        f" {y - size * 0.85:.1f}Q{x + size * 0.8:.1f} {y - size * 0.8:.1f} {x + size:.1f} {y:.1f}Z",
        colour,
    )
    s.c.ellipse(x, y, size * 0.9, size * 0.12, "#ffedc0" if s.light.lamps else s.col("#efe4c8"), ink=False)
    if s.light.lamps:
        s.glow(x, y + size * 0.3, size * 5.5, s.light.warm, 0.55)
        s.front.poly(
            ((x - size, y), (x + size, y), (x + size * 4.2, s.h), (x - size * 4.2, s.h)), s.light.warm, opacity=0.08
        )


def ceiling_light(s: Stage, x: float, y: float, w: float, h: float) -> None:
    """A fluorescent panel in the ceiling."""
    s.c.poly(((x - w * 0.5, y), (x + w * 0.5, y), (x + w * 0.42, y + h), (x - w * 0.42, y + h)), "#f4fbff", ink=False)
    s.glow(x, y + h, w * 1.1, "#e8f4ff", 0.3)
