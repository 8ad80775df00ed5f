"""Houses, façades, walls, lamps, vehicles: what stands outside."""

from __future__ import annotations

from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.stage import Stage

LIT = ("#ffd27a", "#ffc15a", "#ffe0a0")


def pane(
    s: Stage, x: float, y: float, w: float, h: float, d: float, *, lit: bool | None = None, frame: str = ""
) -> None:
    """A window seen from outside; lit from within when lamps burn, unless told."""
    burning = s.light.lamps and s.layout.random() < 0.62 if lit is None else lit
    if frame:
        s.rect(x - w * 0.14, y - h * 0.08, w * 1.28, h * 1.16, frame, d)
    if burning:
        colour = mix(s.layout.choice(LIT), s.light.haze, min(0.7, d * 0.5))
        s.c.rect(x, y, w, h, colour, ink=False)
        if w > 14:
            s.glow(x + w / 2, y + h / 2, max(w, h) * 1.5, s.light.warm, 0.30)
    else:
        s.rect(x, y, w, h, mix("#52687c", s.light.middle, 0.4), d)
        s.c.poly(((x, y + h * 0.55), (x, y), (x + w * 0.8, y)), "#ffffff", opacity=0.14)
    if w > 7:
        s.rect(x + w * 0.46, y, w * 0.08, h, "#3a3236", d)
        s.rect(x, y + h * 0.47, w, h * 0.06, "#3a3236", d)


def house(
    s: Stage,
    x: float,
    y: float,
    w: float,
    h: float,
    wall: str,
    roof: str,
    *,
    d: float,
    floors: int = 2,
    door: bool = True,
    chimney: bool = True,
) -> None:
    """A house with a gabled roof; (x, y) is the lower left corner, `w` and `h` in pixels without the roof."""
    s.shadow(x + w * 0.5, y, w * 0.6, h * 0.04, 0.28)
    if chimney:
        s.rect(x + w * 0.68, y - h - w * 0.42, w * 0.1, w * 0.34, darker(roof, 0.2), d)
    s.rect(x, y - h, w, h, wall, d)
    s.c.rect(x + w * 0.62, y - h, w * 0.38, h, s.light.shade, opacity=0.16)
    cap = mix(roof, "#f1f5fa", 0.85) if s.light.snowy else roof
    s.poly(((x - w * 0.09, y - h), (x + w * 0.5, y - h - w * 0.4), (x + w * 1.09, y - h)), cap, d)
    s.c.poly(
        ((x + w * 0.5, y - h - w * 0.4), (x + w * 1.09, y - h), (x + w * 0.62, y - h)), s.light.shade, opacity=0.22
    )
    rows, columns = floors, max(2, int(w / (h / floors) * 1.4))
    for row in range(rows):
        for column in range(columns):
            cx = x + w * (column + 0.5) / columns
            cy = y - h + h * (row + 0.28) / rows
            if door and row == rows - 1 and column == columns // 2:
                s.rect(cx - w * 0.07, y - h / rows * 0.72, w * 0.14, h / rows * 0.72, darker(roof, 0.15), d)
                s.c.circle(cx + w * 0.045, y - h / rows * 0.34, max(1.0, w * 0.008), s.col("#e3c069"), ink=False)
                continue
            pane(s, cx - w * 0.06, cy, w * 0.12, h / rows * 0.44, d, frame=lighter(wall, 0.4))


def block(
    s: Stage, x: float, y: float, w: float, h: float, wall: str, *, d: float, storey: float, shop: bool = False
) -> None:
    """A town house or an office block with a flat roof; (x, y) is the lower left corner."""
    s.rect(x, y - h, w, h, wall, d)
    s.c.rect(x + w * 0.7, y - h, w * 0.3, h, s.light.shade, opacity=0.15)
    s.rect(x - w * 0.02, y - h - storey * 0.1, w * 1.04, storey * 0.18, lighter(wall, 0.2), d)
    columns = max(2, round(w / (storey * 0.85)))
    base = y - (storey * 1.1 if shop else storey * 0.2)
    rows = max(1, int((base - (y - h)) / storey))
    for row in range(min(rows, 14)):
        for column in range(columns):
            cw = w / columns
            pane(
                s,
                x + cw * (column + 0.24),
                y - h + storey * (row + 0.3),
                cw * 0.52,
                storey * 0.56,
                d,
                frame=lighter(wall, 0.28) if storey > 26 else "",
            )
    if shop:
        _shop_front(s, x, y, w, storey, wall, d)


def _shop_front(s: Stage, x: float, y: float, w: float, storey: float, wall: str, d: float) -> None:
    s.rect(x + w * 0.06, y - storey * 0.82, w * 0.58, storey * 0.66, mix(wall, "#2d2b33", 0.7), d)
    pane(s, x + w * 0.09, y - storey * 0.78, w * 0.52, storey * 0.56, d, lit=s.light.lamps)
    s.rect(x + w * 0.72, y - storey * 0.82, w * 0.18, storey * 0.82, darker(wall, 0.5), d)
    stripes = 7
    for index in range(stripes):
        colour = s.light.accent if index % 2 == 0 else "#f0e6d4"
        left = x + w * 0.03 + w * 0.66 * index / stripes
        s.poly(
            (
                (left, y - storey * 1.0),
                (left + w * 0.66 / stripes, y - storey),
                (left + w * 0.67 / stripes, y - storey * 0.8),
                (left - w * 0.01, y - storey * 0.8),
            ),
            colour,
            d,
        )


def street_lamp(s: Stage, x: float, y: float, metres: float = 4.0) -> None:
    """A street lamp standing at (x, y); it glows when lamps burn."""
    d, t = s.depth(y), s.m(y, metres)
    s.shadow(x, y, t * 0.08, t * 0.015)
    s.rect(x - t * 0.014, y - t, t * 0.028, t, "#2b2d33", d)
    s.rect(x - t * 0.03, y - t * 0.08, t * 0.06, t * 0.08, "#2b2d33", d)
    s.poly(
        (
            (x - t * 0.05, y - t * 0.99),
            (x - t * 0.065, y - t * 1.12),
            (x + t * 0.065, y - t * 1.12),
            (x + t * 0.05, y - t * 0.99),
        ),
        "#cfc7a8",
        d,
    )
    s.poly(((x - t * 0.08, y - t * 1.12), (x, y - t * 1.19), (x + t * 0.08, y - t * 1.12)), "#2b2d33", d)
    if s.light.lamps:
        s.c.circle(x, y - t * 1.05, t * 0.045, "#fff0c0", ink=False)
        s.glow(x, y - t * 1.05, t * 0.62, s.light.warm, 0.8)
        s.front.ellipse(x, y, t * 0.5, t * 0.1, s.front.radial(((0, s.light.warm, 0.4), (1, s.light.warm, 0.0))))


def car(s: Stage, x: float, y: float, colour: str, *, right: bool = True, metres: float = 4.2) -> None:
    """A car standing on the ground at (x, y), its middle."""
    d, t = s.depth(y), s.m(y, metres)
    f = 1 if right else -1
    s.shadow(x, y, t * 0.54, t * 0.05, 0.4)
    s.path(
        f"M{x - f * t * 0.5:.1f} {y - t * 0.06:.1f}L{x - f * t * 0.5:.1f} {y - t * 0.2:.1f}"
        f"Q{x - f * t * 0.46:.1f} {y - t * 0.25:.1f} {x - f * t * 0.34:.1f} {y - t * 0.25:.1f}"
        f"L{x - f * t * 0.22:.1f} {y - t * 0.37:.1f}H{x + f * t * 0.1:.1f}L{x + f * t * 0.24:.1f} {y - t * 0.25:.1f}"
        f"Q{x + f * t * 0.48:.1f} {y - t * 0.22:.1f} {x + f * t * 0.5:.1f} {y - t * 0.14:.1f}V{y - t * 0.06:.1f}Z",
        colour,
        d,
    )
    s.c.poly(
        (
            (x - f * t * 0.29, y - t * 0.25),
            (x - f * t * 0.2, y - t * 0.345),
            (x - f * t * 0.065, y - t * 0.345),
            (x - f * t * 0.065, y - t * 0.25),
        ),
        mix(s.col("#3b4a5a", d), s.light.middle, 0.35),
        ink=False,
    )
    s.c.poly(
        (
            (x - f * t * 0.04, y - t * 0.25),
            (x - f * t * 0.04, y - t * 0.345),
            (x + f * t * 0.09, y - t * 0.345),
            (x + f * t * 0.19, y - t * 0.25),
        ),
        mix(s.col("#3b4a5a", d), s.light.middle, 0.35),
        ink=False,
    )
    s.c.rect(x - t * 0.49, y - t * 0.1, t * 0.98, t * 0.045, s.light.shade, opacity=0.3)
    for wheel in (-0.3, 0.31):
        s.oval(x + f * t * wheel, y - t * 0.065, t * 0.078, t * 0.078, "#1d1d22", d)
        s.oval(x + f * t * wheel, y - t * 0.065, t * 0.038, t * 0.038, "#9aa0a6", d)
    s.c.ellipse(x + f * t * 0.475, y - t * 0.16, t * 0.02, t * 0.025, "#fff3c4", ink=False)
    s.c.ellipse(x - f * t * 0.485, y - t * 0.18, t * 0.014, t * 0.022, "#d43a30", ink=False)
    if s.light.lamps:
        s.glow(x + f * t * 0.5, y - t * 0.16, t * 0.4, "#fff0c8", 0.7)


def boat(
    s: Stage, x: float, y: float, metres: float, colour: str, *, mast: bool = True, d: float | None = None
) -> None:
    """A boat afloat at (x, y), `metres` long."""
    d = s.depth(y) if d is None else d
    t = s.m(y, metres)
    s.c.ellipse(x, y + t * 0.01, t * 0.5, t * 0.03, s.light.shade, opacity=0.35, ink=False)
    if mast:
        s.rect(x - t * 0.012, y - t * 1.02, t * 0.024, t * 0.9, "#5d4430", d)
        s.poly(((x + t * 0.03, y - t * 0.98), (x + t * 0.42, y - t * 0.2), (x + t * 0.03, y - t * 0.2)), "#efe7d6", d)
        s.poly(((x - t * 0.03, y - t * 0.88), (x - t * 0.3, y - t * 0.2), (x - t * 0.03, y - t * 0.2)), "#dccfb6", d)
    else:
        s.rect(x - t * 0.14, y - t * 0.3, t * 0.28, t * 0.2, "#ece4d2", d)
        s.rect(x - t * 0.09, y - t * 0.27, t * 0.06, t * 0.07, "#40566a", d)
        s.rect(x + t * 0.03, y - t * 0.27, t * 0.06, t * 0.07, "#40566a", d)
    s.path(
        f"M{x - t * 0.5:.1f} {y - t * 0.15:.1f}H{x + t * 0.54:.1f}"
        f"Q{x + t * 0.46:.1f} {y:.1f} {x + t * 0.36:.1f} {y + t * 0.02:.1f}H{x - t * 0.38:.1f}"
        f"Q{x - t * 0.48:.1f} {y:.1f} {x - t * 0.5:.1f} {y - t * 0.15:.1f}Z",
        colour,
        d,
    )
    s.rect(x - t * 0.5, y - t * 0.155, t * 1.03, t * 0.03, lighter(colour, 0.5), d)


def fence(s: Stage, y: float, metres: float, colour: str = "#8a6b4d", gap: tuple[float, float] = (2.0, 2.0)) -> None:
    """A wooden fence across the frame at ground `y`, with a gap between two fractions of its width."""
    d, t = s.depth(y), s.m(y, metres)
    x = -0.05 * s.w
    while x < 1.05 * s.w:
        if not gap[0] * s.w < x < gap[1] * s.w:
            s.poly(
                ((x, y), (x, y - t), (x + t * 0.09, y - t * 1.12), (x + t * 0.18, y - t), (x + t * 0.18, y)), colour, d
            )
            s.rect(x - t * 0.2, y - t * 0.78, t * 0.5, t * 0.1, darker(colour, 0.15), d)
            s.rect(x - t * 0.2, y - t * 0.36, t * 0.5, t * 0.1, darker(colour, 0.15), d)
        x += t * 0.36


def bench(s: Stage, x: float, y: float, metres: float = 1.8) -> None:
    """A park bench standing at (x, y)."""
    d, t = s.depth(y), s.m(y, metres)
    s.shadow(x, y, t * 0.55, t * 0.05)
    for leg in (-0.42, 0.38):
        s.rect(x + t * leg, y - t * 0.24, t * 0.04, t * 0.24, "#2b2d33", d)
    s.rect(x - t * 0.5, y - t * 0.27, t, t * 0.05, "#9a6b42", d)
    for bar in (0.36, 0.46):
        s.rect(x - t * 0.5, y - t * bar - t * 0.04, t, t * 0.06, "#8a5d38", d)


def perspective_row(s: Stage, side: int, walls: tuple[str, ...], storey: float, *, shops: bool) -> None:
    """Houses along one side of a street that runs to the middle of the horizon; `side` is -1 left or 1 right."""
    vx = s.w * 0.5
    # The nearest house begins outside the frame.
    near, far = s.ground(min(-0.22, 1 - 0.72 * s.w / (4.4 * s.u))), s.ground(0.86)
    edges = [near + (far - near) * (1 - (1 - i / 5) ** 2.0) for i in range(6)]
    for index in range(4, -1, -1):
        y0, y1 = edges[index], edges[index + 1]
        x0, x1 = (vx + side * s.m(y, 4.4) for y in (y0, y1))
        t0, t1 = (s.m(y, 1.0) * storey for y in (y0, y1))
        wall = walls[index % len(walls)]
        d = s.depth((y0 + y1) / 2)
        tall = s.layout.choice((2.4, 2.9, 3.4))
        s.poly(
            ((x0, y0), (x0, y0 - t0 * tall), (x1, y1 - t1 * tall), (x1, y1)),
            wall if side < 0 else darker(wall, 0.16),
            d,
        )
        s.poly(
            (
                (x0, y0 - t0 * tall),
                (x0 - side * t0 * 0.12, y0 - t0 * (tall + 0.12)),
                (x1 - side * t1 * 0.12, y1 - t1 * (tall + 0.12)),
                (x1, y1 - t1 * tall),
            ),
            darker(wall, 0.35),
            d,
        )
        for row in range(int(tall)):
            for a, b in ((0.14, 0.4), (0.58, 0.84)):
                _slanted(s, (x0, y0, t0), (x1, y1, t1), a, b, row, shops and row == 0, d)


def _slanted(
    s: Stage,
    near: tuple[float, float, float],
    far: tuple[float, float, float],
    a: float,
    b: float,
    row: int,
    shop: bool,
    d: float,
) -> None:
    def at(part: float, up: float) -> tuple[float, float]:
        x = near[0] + (far[0] - near[0]) * part
        y = near[1] + (far[1] - near[1]) * part
        t = near[2] + (far[2] - near[2]) * part
        return x, y - t * up

    low, high = (0.06, 0.74) if shop else (row + 0.26, row + 0.76)
    corners = (at(a, low), at(a, high), at(b, high), at(b, low))
    lit = s.light.lamps and s.layout.random() < (0.85 if shop else 0.55)
    if lit:
        s.c.poly(corners, mix(s.layout.choice(LIT), s.light.haze, d * 0.4), ink=False)
        (x0, y0), (x1, y1) = corners[0], corners[2]
        if abs(x1 - x0) > 16:
            s.glow((x0 + x1) / 2, (y0 + y1) / 2, abs(y1 - y0) * 1.1, s.light.warm, 0.28)
    else:
        s.poly(corners, mix("#4a5e70", s.light.middle, 0.35), d)
    if shop:
        top = (at(a - 0.06, 1.0), at(b + 0.06, 1.0), at(b + 0.06, 0.8), at(a - 0.06, 0.8))
        s.poly(top, s.layout.choice((s.light.accent, "#4c6b60", "#6b4c5e")), d)
