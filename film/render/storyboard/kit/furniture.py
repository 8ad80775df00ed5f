"""Furniture. Each piece stands on the ground at (x, y), its middle; sizes are in metres."""

from __future__ import annotations

from film.render.storyboard.colour import darker, lighter
from film.render.storyboard.stage import Stage

BOOKS = ("#9b3f3a", "#3f5f7a", "#c9a24a", "#4f7050", "#6d4a6b", "#d9cdb4", "#7a5638")


def box(
    s: Stage, x: float, y: float, w: float, h: float, colour: str, *, top: float = 0.12, d: float | None = None
) -> tuple[float, float, float]:
    """A box with a visible top.

    Returns:
        Pixels a metre at its place, its left edge and its upper edge.
    """
    d = s.depth(y) * 0.6 if d is None else d
    m = s.m(y)
    left, up = x - m * w / 2, y - m * h
    s.shadow(x, y, m * w * 0.55, m * 0.06, 0.3)
    s.rect(left, up, m * w, m * h, colour, d)
    rise = m * top * (1.0 if s.hz < up else 0.0)
    if rise:
        s.poly(
            ((left, up), (left + m * w * 0.04, up - rise), (left + m * w * 0.96, up - rise), (left + m * w, up)),
            lighter(colour, 0.2),
            d,
        )
    return m, left, up


def table(
    s: Stage, x: float, y: float, w: float = 1.6, h: float = 0.75, colour: str = "#9a6f48", cloth: str = ""
) -> float:
    """A table.

    Returns:
        The height of its top on the frame.
    """
    d, m = s.depth(y) * 0.6, s.m(y)
    up = y - m * h
    s.shadow(x, y, m * w * 0.5, m * 0.07, 0.3)
    for side in (-1, 1):
        s.rect(x + side * m * w * 0.43 - m * 0.035, up, m * 0.07, m * h, darker(colour, 0.25), d)
    s.poly(
        (
            (x - m * w * 0.5, up),
            (x - m * w * 0.44, up - m * 0.16),
            (x + m * w * 0.44, up - m * 0.16),
            (x + m * w * 0.5, up),
        ),
        cloth or lighter(colour, 0.12),
        d,
    )
    s.rect(x - m * w * 0.5, up, m * w, m * 0.07, darker(cloth or colour, 0.12), d)
    if cloth:
        s.poly(
            (
                (x - m * w * 0.5, up),
                (x + m * w * 0.5, up),
                (x + m * w * 0.47, up + m * 0.25),
                (x, up + m * 0.18),
                (x - m * w * 0.47, up + m * 0.25),
            ),
            darker(cloth, 0.08),
            d,
        )
    s.tops.append((x - m * w * 0.22, up - m * 0.06, m))
    return up - m * 0.08


def chair(s: Stage, x: float, y: float, colour: str = "#7a5334", *, right: bool = True) -> None:
    """A chair; its back is on the left when whoever sits in it looks right."""
    d, m = s.depth(y) * 0.6, s.m(y)
    f = 1 if right else -1
    s.shadow(x, y, m * 0.3, m * 0.05)
    for leg in (-0.2, 0.2):
        s.rect(x + m * leg - m * 0.025, y - m * 0.45, m * 0.05, m * 0.45, darker(colour, 0.2), d)
    s.rect(x - m * 0.24, y - m * 0.48, m * 0.48, m * 0.07, colour, d)
    s.rect(x - f * m * 0.22 - m * 0.03, y - m * 0.98, m * 0.06, m * 0.52, colour, d)
    s.rect(x - f * m * 0.22 - m * 0.05, y - m * 1.0, m * 0.1, m * 0.2, lighter(colour, 0.1), d)


def shelf(
    s: Stage,
    x: float,
    y: float,
    w: float,
    h: float,
    rows: int = 5,
    colour: str = "#6b4a30",
    goods: str = "books",
    metre: float | None = None,
) -> None:
    """A shelf full of books, bottles, boxes or tins; one that hangs on a wall is told how large a metre is there."""
    d, m = (s.depth(y) * 0.6, s.m(y)) if metre is None else (0.1, metre)
    left, top = x - m * w / 2, y - m * h
    s.rect(left, top, m * w, m * h, darker(colour, 0.35), d)
    tall = m * h / rows
    for row in range(rows):
        base = top + tall * (row + 1) - m * 0.05
        cx = left + m * 0.06
        groups: dict[str, list[str]] = {}
        while cx < left + m * w - m * 0.12:
            bw = m * s.layout.uniform(0.05, 0.11) * (2.4 if goods == "boxes" else 1.0)
            bh = tall * s.layout.uniform(0.5, 0.8)
            tone = (
                s.layout.choice(BOOKS)
                if goods in {"books", "tins"}
                else s.layout.choice(("#b08a5c", "#9a744a", "#c29c6c"))
            )
            if goods == "bottles":
                tone = s.layout.choice(("#3f7a58", "#a8622e", "#c9b27a", "#5a3f6b", "#8fb3b8"))
                groups.setdefault(tone, []).append(
                    f"M{cx:.1f} {base:.1f}v{-bh * 0.6:.1f}"
                    f"q0 {-bh * 0.12:.1f} {bw * 0.32:.1f} {-bh * 0.16:.1f}v{-bh * 0.24:.1f}"
                    f"h{bw * 0.3:.1f}v{bh * 0.24:.1f}"
                    f"q{bw * 0.32:.1f} {bh * 0.04:.1f} {bw * 0.32:.1f} {bh * 0.16:.1f}"
                    f"v{bh * 0.6:.1f}Z"
                )
            elif bw + cx < left + m * w:
                groups.setdefault(tone, []).append(f"M{cx:.1f} {base:.1f}v{-bh:.1f}h{bw * 0.92:.1f}v{bh:.1f}Z")
            cx += bw * (1.25 if goods == "bottles" else 1.0)
        for tone, data in groups.items():
            s.c.path("".join(data), s.col(tone, d), ink=False)
        s.rect(left, base, m * w, m * 0.06, colour, d)
    for side in (left, left + m * w - m * 0.07):
        s.rect(side, top, m * 0.07, m * h, colour, d)


def sofa(s: Stage, x: float, y: float, colour: str, w: float = 2.0) -> None:
    """A sofa seen from the front."""
    d, m = s.depth(y) * 0.6, s.m(y)
    s.shadow(x, y, m * w * 0.58, m * 0.07, 0.35)
    s.rect(x - m * w * 0.5, y - m * 0.95, m * w, m * 0.7, darker(colour, 0.12), d, r=m * 0.12)
    s.rect(x - m * w * 0.48, y - m * 0.5, m * w * 0.96, m * 0.4, colour, d, r=m * 0.06)
    for side in (-1, 1):
        s.rect(x + side * m * w * 0.5 - m * 0.14, y - m * 0.68, m * 0.28, m * 0.62, lighter(colour, 0.06), d, r=m * 0.1)
        s.rect(x + side * m * w * 0.45 - m * 0.04, y - m * 0.08, m * 0.08, m * 0.08, "#3a2a20", d)
    s.line(x, y - m * 0.5, x, y - m * 0.12, darker(colour, 0.3), 2, d)
    for off, tone in ((-0.26, s.light.accent), (0.28, "#e9ddc4")):
        s.c.push(f"rotate({off * 40:.0f} {x + m * w * off:.1f} {y - m * 0.66:.1f})")
        s.rect(x + m * w * off - m * 0.19, y - m * 0.84, m * 0.38, m * 0.36, tone, d, r=m * 0.06)
        s.c.pop()


def floor_lamp(s: Stage, x: float, y: float, metres: float = 1.7) -> None:
    """A standard lamp; it burns when lamps burn."""
    d, t = s.depth(y) * 0.6, s.m(y, metres)
    s.shadow(x, y, t * 0.1, t * 0.02)
    s.rect(x - t * 0.012, y - t * 0.8, t * 0.024, t * 0.8, "#3a3130", d)
    s.oval(x, y, t * 0.1, t * 0.02, "#3a3130", d)
    shade = ((x - t * 0.16, y - t * 0.74), (x - t * 0.1, y - t), (x + t * 0.1, y - t), (x + t * 0.16, y - t * 0.74))
    if s.light.lamps:
        s.c.poly(shade, "#ffdf9c")
        s.glow(x, y - t * 0.85, t * 0.9, s.light.warm, 0.85)
    else:
        s.poly(shade, "#e6d3a8", d)


def bed(s: Stage, x: float, y: float, blanket: str, w: float = 1.9, *, metal: bool = False) -> None:
    """A bed seen from its foot, its head against the wall."""
    d, m = s.depth(y) * 0.6, s.m(y)
    frame = "#c9ced2" if metal else "#6b4a30"
    deep = m * 0.55
    s.shadow(x, y, m * w * 0.6, m * 0.08, 0.35)
    s.rect(x - m * w * 0.43, y - deep - m * 1.05, m * w * 0.86, m * 0.8, frame, d, r=m * 0.08)
    s.poly(
        (
            (x - m * w * 0.5, y - m * 0.42),
            (x - m * w * 0.42, y - deep - m * 0.45),
            (x + m * w * 0.42, y - deep - m * 0.45),
            (x + m * w * 0.5, y - m * 0.42),
        ),
        "#f3eee4",
        d,
    )
    for off in (-0.2, 0.2):
        s.rect(x + m * w * off - m * w * 0.17, y - deep - m * 0.64, m * w * 0.34, m * 0.26, "#ffffff", d, r=m * 0.1)
    s.poly(
        (
            (x - m * w * 0.51, y - m * 0.42),
            (x - m * w * 0.455, y - deep * 0.55 - m * 0.42),
            (x + m * w * 0.455, y - deep * 0.55 - m * 0.42),
            (x + m * w * 0.51, y - m * 0.42),
        ),
        lighter(blanket, 0.1),
        d,
    )
    s.rect(x - m * w * 0.51, y - m * 0.43, m * w * 1.02, m * 0.36, blanket, d)
    for fold in (-0.3, 0.0, 0.26):
        s.line(x + m * w * fold, y - m * 0.4, x + m * w * fold * 1.04, y - m * 0.1, darker(blanket, 0.3), 2, d, o=0.5)
    for side in (-1, 1):
        s.rect(x + side * m * w * 0.49 - m * 0.05, y - m * 0.6, m * 0.1, m * 0.6, frame, d)


def picture(s: Stage, x: float, y: float, w: float, h: float, kind: int = 0) -> None:
    """A framed picture on a wall; (x, y) is its middle, sizes in pixels."""
    s.rect(x - w / 2, y - h / 2, w, h, "#4d3a2c")
    s.rect(x - w * 0.42, y - h * 0.4, w * 0.84, h * 0.8, ("#cfd8d2", "#e2cfae", "#b9c7d6")[kind % 3])
    s.poly(
        (
            (x - w * 0.42, y + h * 0.4),
            (x - w * 0.1, y - h * 0.12),
            (x + w * 0.1, y + h * 0.16),
            (x + w * 0.24, y),
            (x + w * 0.42, y + h * 0.4),
        ),
        ("#6f8f7a", "#b5745a", "#52708a")[kind % 3],
    )


def plant(s: Stage, x: float, y: float, metres: float = 1.2) -> None:
    """A potted plant."""
    d, t = s.depth(y) * 0.6, s.m(y, metres)
    s.shadow(x, y, t * 0.2, t * 0.04)
    for dx, dy in ((-0.28, 0.6), (0.3, 0.66), (-0.14, 0.92), (0.16, 1.0), (0.0, 0.78), (-0.36, 0.4), (0.38, 0.42)):
        s.path(
            f"M{x:.1f} {y - t * 0.25:.1f}Q{x + dx * t * 0.2:.1f} {y - dy * t * 0.9:.1f}"
            f" {x + dx * t:.1f} {y - dy * t:.1f}"
            f"Q{x + dx * t * 0.9:.1f} {y - dy * t * 0.55:.1f} {x:.1f} {y - t * 0.25:.1f}Z",
            "#4f8050" if dx < 0 else "#3f6b45",
            d,
        )
    s.poly(
        ((x - t * 0.14, y - t * 0.27), (x + t * 0.14, y - t * 0.27), (x + t * 0.1, y), (x - t * 0.1, y)), "#b56a4a", d
    )


def screen(s: Stage, x: float, y: float, w: float, h: float, glow: str = "#8fd3e8") -> None:
    """A lit screen on a stand; (x, y) is its foot, sizes in pixels. It shows bars, not text."""
    s.rect(x - w * 0.06, y - h * 0.3, w * 0.12, h * 0.3, "#2b2d33")
    s.rect(x - w * 0.2, y - h * 0.05, w * 0.4, h * 0.05, "#2b2d33")
    s.rect(x - w / 2, y - h, w, h * 0.76, "#22242a", r=h * 0.04)
    s.c.rect(x - w * 0.45, y - h * 0.95, w * 0.9, h * 0.66, darker(glow, 0.35), ink=False)
    for index in range(4):
        s.c.rect(
            x - w * 0.4, y - h * (0.88 - 0.13 * index), w * (0.3 + 0.13 * ((index * 7) % 4)), h * 0.05, glow, ink=False
        )
    s.glow(x, y - h * 0.6, w * 1.1, glow, 0.3)


def rug(s: Stage, x: float, y: float, w: float, colour: str) -> None:
    """A rug lying on the floor."""
    m = s.m(y)
    s.c.ellipse(x, y, m * w / 2, m * w * 0.13, s.col(colour), ink=False)
    s.c.ellipse(x, y, m * w * 0.42, m * w * 0.105, s.col(lighter(colour, 0.22)), ink=False)
    s.c.ellipse(x, y, m * w * 0.34, m * w * 0.083, s.col(colour), ink=False)
