"""Water and what lies at it."""

from __future__ import annotations

from film.render.storyboard.colour import darker, mix
from film.render.storyboard.kit import buildings as b
from film.render.storyboard.kit import nature as n
from film.render.storyboard.sets_outdoor.land import white
from film.render.storyboard.stage import Stage


def sea(s: Stage) -> None:
    """Open water, waves and a sail far off."""
    n.water(s, s.hz, s.h * 1.1)
    y = s.hz + s.h * 0.03
    x, t = s.w * s.layout.uniform(0.15, 0.35), s.h * 0.07
    s.poly(((x, y - t), (x + t * 0.4, y - t * 0.15), (x, y - t * 0.15)), "#f1ece0", 0.3)
    s.poly(
        ((x - t * 0.3, y - t * 0.12), (x + t * 0.4, y - t * 0.12), (x + t * 0.25, y), (x - t * 0.2, y)), "#6d4a3a", 0.4
    )
    foam = s.col("#eef6f8")
    for index, far in enumerate((0.5, 0.2, -0.05)):
        yy, run = s.ground(far), s.w / (7 - index)
        tall = s.m(yy, 0.34 if s.weather.value in {"storm", "wind"} else 0.16)
        data, crest = [f"M{-run:.1f} {yy + tall * 4:.1f}V{yy:.1f}"], [f"M{-run:.1f} {yy:.1f}"]
        count = 9 - index
        for _ in range(count):
            bend = (
                f"q{run * 0.3:.1f} {-tall * 1.6:.1f} {run * 0.62:.1f} {-tall * 0.4:.1f}"
                f"q{run * 0.12:.1f} {tall * 0.5:.1f} {run * 0.38:.1f} {tall * 0.4:.1f}"
            )
            data.append(bend)
            crest.append(bend)
        data.append(f"V{s.h * 1.2:.1f}H{-run:.1f}Z")
        s.path("".join(data), darker("#2f6f94", 0.08 + 0.09 * index), max(0.0, far) * 0.6)
        s.c.stroke("".join(crest), foam, max(1.5, tall * 0.16), opacity=0.65)


def beach(s: Stage) -> None:
    """Sand and surf; palms where the story is set in the tropics, else dune grass, rocks and a boat drawn up."""
    s.ridge(s.hz + 1, s.h * 0.05, 5, "#6f8f8a", 0.85)
    shore = s.ground(0.5)
    n.water(s, s.hz, shore + s.h * 0.06, "#2f8aa0")
    edge = [f"M{-0.05 * s.w:.1f} {shore:.1f}"]
    for _ in range(6):
        edge.append(
            f"q{s.w * 0.05:.1f} {s.h * 0.035:.1f} {s.w * 0.1:.1f} {s.h * 0.008:.1f}t{s.w * 0.1:.1f} {-s.h * 0.006:.1f}"
        )
    line = "".join(edge)
    s.path(line + f"V{s.h * 1.1:.1f}H{-0.05 * s.w:.1f}Z", s.soil("#cfae7c", 0.2), 0.1)
    s.c.push(f"translate(0 {s.h * 0.035:.1f})")
    s.path(line + f"V{s.h * 1.1:.1f}H{-0.05 * s.w:.1f}Z", s.soil(white(s, "#ecd3a0"), 0.15))
    s.c.pop()
    s.c.stroke(line, s.col("#ffffff"), 7, opacity=0.85)
    if "palms" in s.traits:
        n.palm(s, s.w * 0.10, s.ground(0.2), 5.2)
        n.palm(s, s.w * 0.90, s.ground(0.4), 5.0)
    else:
        _shore(s)
    for _ in range(7):
        n.rock(
            s,
            s.layout.uniform(0, 1) * s.w,
            s.ground(s.layout.uniform(-0.1, 0.35)),
            s.layout.uniform(0.15, 0.4),
            "#b09c86",
        )


def _shore(s: Stage) -> None:
    """A northern shore: rocks in the surf, a rowing boat drawn up, grass on the dunes at either side."""
    for x, far, wide in ((0.9, 0.56, 2.6), (0.98, 0.5, 3.2), (0.82, 0.6, 1.4), (0.03, 0.62, 1.8)):
        n.rock(s, x * s.w, s.ground(far), wide, "#6d6a6b")
    y = s.ground(0.3)
    x, t = s.w * 0.17, s.m(y, 3.4)
    s.shadow(x, y, t * 0.5, t * 0.04, 0.3)
    s.c.push(f"rotate(-5 {x:.1f} {y:.1f})")
    s.path(
        f"M{x - t * 0.5:.1f} {y - t * 0.24:.1f}Q{x:.1f} {y - t * 0.14:.1f} {x + t * 0.54:.1f} {y - t * 0.3:.1f}"
        f"Q{x + t * 0.42:.1f} {y:.1f} {x + t * 0.24:.1f} {y:.1f}H{x - t * 0.3:.1f}"
        f"Q{x - t * 0.46:.1f} {y - t * 0.04:.1f} {x - t * 0.5:.1f} {y - t * 0.24:.1f}Z",
        s.layout.choice(("#3f6b7d", "#8f4232", "#5e7a54")),
    )
    s.c.stroke(
        f"M{x - t * 0.5:.1f} {y - t * 0.24:.1f}Q{x:.1f} {y - t * 0.14:.1f} {x + t * 0.54:.1f} {y - t * 0.3:.1f}",
        s.col("#e9dfca"),
        t * 0.03,
    )
    s.line(x + t * 0.1, y - t * 0.2, x + t * 0.34, y - t * 0.42, "#a8773f", t * 0.02)
    s.c.pop()
    for left, right, tall in ((-0.1, 0.24, 0.5), (0.8, 1.12, 0.62)):
        y = s.ground(-0.02)
        a, c, m = left * s.w, right * s.w, s.m(y)
        s.path(
            f"M{a:.1f} {s.h * 1.1:.1f}V{y - m * tall:.1f}Q{(a + c) / 2:.1f} "
            f"{y - m * tall * 1.5:.1f} {c:.1f} {s.h * 1.1:.1f}Z"
            if left < 0.5
            else f"M{c:.1f} {s.h * 1.1:.1f}V{y - m * tall:.1f}Q{(a + c) / 2:.1f} "
            f"{y - m * tall * 1.5:.1f} {a:.1f} {s.h * 1.1:.1f}Z",
            s.soil(white(s, "#d9c08c"), 0.15),
        )
        blades = ""
        for _ in range(40):
            part = s.layout.random()
            px = a + (c - a) * part
            py = y - m * tall + m * (tall + 0.5) * (part if left < 0.5 else 1 - part) * s.layout.uniform(0.8, 1.2)
            sway, long = s.layout.uniform(-0.2, 0.3) * m, m * s.layout.uniform(0.3, 0.62)
            blades += f"M{px:.1f} {py:.1f}q{sway * 0.2:.1f} {-long * 0.7:.1f} {sway:.1f} {-long:.1f}"
        s.c.stroke(blades, s.col(white(s, "#7d8a4c")), max(1.4, m * 0.02), opacity=0.9)


def river(s: Stage) -> None:
    """A river that winds between banks with trees."""
    s.ridge(s.hz + 1, s.h * 0.12, 6, "#5f8373", 0.8)
    s.floor_plane(white(s, "#6f9a52"))
    y0, y1 = s.h * 1.1, s.ground(0.93)
    tone = mix(s.light.horizon, s.col("#2f6f94"), 0.62)
    x = s.w * 0.5
    a = s.m(y0, 2.3)
    stream = (
        f"M{x - a * 1.5:.1f} {y0:.1f}C{x - a * 1.1:.1f} {s.ground(0.2):.1f} {x + a * 0.55:.1f}"
        f" {s.ground(0.45):.1f} {x + a * 0.1:.1f} {s.ground(0.7):.1f}"
        f"Q{x - a * 0.1:.1f} {s.ground(0.85):.1f} {x + a * 0.05:.1f} {y1:.1f}h{a * 0.06:.1f}"
        f"Q{x + a * 0.1:.1f} {s.ground(0.85):.1f} {x + a * 0.42:.1f} {s.ground(0.68):.1f}"
        f"C{x + a * 1.5:.1f} {s.ground(0.4):.1f} {x + a * 0.3:.1f} {s.ground(0.2):.1f}"
        f" {x + a * 0.8:.1f} {y0:.1f}Z"
    )
    s.c.stroke(stream, s.col(white(s, "#a08a63")), 9)
    s.c.path(stream, tone, ink=False)
    ripples = []
    for _ in range(26):
        far = s.detail.uniform(-0.1, 0.6)
        y, run = s.ground(far), s.m(s.ground(far), 0.8)
        rx = x + a * (0.25 - 0.35 * (0.5 - far)) + s.detail.uniform(-0.8, 0.5) * s.m(y, 1.4)
        ripples.append(f"M{rx:.1f} {y:.1f}q{run * 0.5:.1f} {-run * 0.08:.1f} {run:.1f} 0")
    s.c.clip(stream)
    s.c.stroke("".join(ripples), mix(s.light.horizon, "#ffffff", 0.4), 2.6, opacity=0.7)
    s.c.pop()
    for far, off in ((0.8, -7), (0.78, 6), (0.62, -5.2), (0.55, 5.4), (0.36, 4.6)):
        n.tree(s, x + s.m(s.ground(far), off), s.ground(far), 4.8, "#4f8049")
    for _ in range(8):
        far = s.layout.uniform(0.0, 0.5)
        n.rock(s, x + s.layout.choice((-1.9, 2.4)) * s.m(s.ground(far)), s.ground(far), 0.6)
    n.grass(s, 70, white(s, "#557d3c"))


def harbour(s: Stage) -> None:
    """Boats at a pier, warehouses and a lighthouse behind."""
    y = s.hz + s.h * 0.015
    for index in range(9):
        x, w = s.w * (index / 8 - 0.05), s.w * s.layout.uniform(0.07, 0.11)
        b.house(
            s,
            x,
            y,
            w,
            w * s.layout.uniform(0.45, 0.7),
            s.layout.choice(("#c98f6a", "#d9c7a0", "#9fb0b0", "#b5655a")),
            "#7a4a40",
            d=0.6,
            door=False,
            chimney=False,
        )
    x, t = s.w * 0.86, s.h * 0.36
    s.poly(((x - t * 0.1, y), (x - t * 0.065, y - t), (x + t * 0.065, y - t), (x + t * 0.1, y)), "#efe8da", 0.4)
    for band in (0.2, 0.55):
        s.poly(
            (
                (x - t * (0.1 - 0.035 * band), y - t * band),
                (x - t * (0.095 - 0.035 * band), y - t * (band + 0.16)),
                (x + t * (0.095 - 0.035 * band), y - t * (band + 0.16)),
                (x + t * (0.1 - 0.035 * band), y - t * band),
            ),
            "#b8443a",
            0.35,
        )
    s.rect(x - t * 0.06, y - t * 1.1, t * 0.12, t * 0.1, "#3c3f48", 0.3)
    s.poly(((x - t * 0.08, y - t * 1.1), (x, y - t * 1.2), (x + t * 0.08, y - t * 1.1)), "#b8443a", 0.3)
    if s.light.lamps or s.weather.value in {"fog", "storm"}:
        s.c.circle(x, y - t * 1.05, t * 0.03, "#fff6cf", ink=False)
        s.glow(x, y - t * 1.05, t * 0.6, "#fff0b8", 0.8)
        s.front.poly(
            ((x, y - t * 1.05), (-0.02 * s.w, y - t * 1.5), (-0.02 * s.w, y - t * 0.75)), "#fff0b8", opacity=0.16
        )
    n.water(s, y, s.h * 1.1, "#2f6a84")
    for far, off, metres, colour, mast in (
        (0.78, -7.5, 4.4, "#a8463c", True),
        (0.7, 5.0, 4.6, "#3f6b86", True),
        (0.52, -4.4, 4.2, "#e5ddcb", False),
        (0.42, 4.2, 4.0, "#5e7a54", True),
    ):
        b.boat(s, s.w * 0.5 + s.m(s.ground(far), off), s.ground(far), metres, colour, mast=mast)
    _pier(s)


def _pier(s: Stage) -> None:
    x, y0, y1 = s.w * 0.5, s.h * 1.15, s.ground(0.72)
    a, c = s.m(y0, 1.9), s.m(y1, 1.9)
    s.poly(((x - a, y0), (x - c, y1), (x + c, y1), (x + a, y0)), "#9a7a56")
    planks = []
    for index in range(18):
        y = s.ground(0.7 - 0.055 * index)
        planks.append(f"M{x - s.m(y, 1.9):.1f} {y:.1f}H{x + s.m(y, 1.9):.1f}")
    s.c.stroke("".join(planks), s.col("#5d4530"), 2, opacity=0.7)
    for far in (0.7, 0.56, 0.38, 0.12):
        y = s.ground(far)
        for side in (-1, 1):
            px, t = x + side * s.m(y, 1.9), s.m(y, 1.0)
            s.rect(px - t * 0.1, y - t * 0.7, t * 0.2, t * 1.1, "#6b4f37", s.depth(y) * 0.5)
            s.oval(px, y - t * 0.7, t * 0.1, t * 0.04, "#b3936b", s.depth(y) * 0.5)


def ship(s: Stage) -> None:
    """The deck of a ship, rail and mast, the sea all round."""
    n.water(s, s.hz, s.ground(0.3))
    y = s.ground(0.5)
    s.path(
        f"M{-0.1 * s.w:.1f} {s.h * 1.1:.1f}V{s.ground(0.34):.1f}"
        f"Q{s.w * 0.3:.1f} {y:.1f} {s.w * 0.5:.1f} {y:.1f}T{1.1 * s.w:.1f} {s.ground(0.34):.1f}"
        f"V{s.h * 1.1:.1f}Z",
        s.soil("#a98257", 0.15),
    )
    planks = "".join(
        f"M{s.w * (0.5 + (i - 6) * 0.2):.1f} {s.h * 1.1:.1f}L{s.w * (0.5 + (i - 6) * 0.07):.1f} {y + 6:.1f}"
        for i in range(13)
    )
    s.c.stroke(planks, s.col("#6f5033"), 2, opacity=0.6)
    rail = (
        f"Q{s.w * 0.3:.1f} {y - s.m(y, 1.0):.1f} {s.w * 0.5:.1f} {y - s.m(y, 1.0):.1f}"
        f"T{1.1 * s.w:.1f} {s.ground(0.34) - s.m(y, 1.25):.1f}"
    )
    s.c.stroke(f"M{-0.1 * s.w:.1f} {s.ground(0.34) - s.m(y, 1.25):.1f}" + rail, s.col("#e9dfca"), 7)
    for index in range(15):
        x = s.w * index / 14
        part = abs(x / s.w - 0.5) * 2
        base = y + (s.ground(0.34) - y) * part**1.6
        s.rect(x - 2.5, base - s.m(y, 1.0 + 0.2 * part), 5, s.m(y, 1.0 + 0.2 * part), "#e9dfca", 0.05)
    yy = s.ground(0.3)
    x, t = s.w * 0.72, s.m(yy, 1.0)
    s.rect(x - t * 0.14, -0.1 * s.h, t * 0.28, yy + 0.1 * s.h, "#6d4c33")
    s.rect(x - t * 3.0, s.h * 0.12, t * 6.0, t * 0.14, "#6d4c33")
    s.path(
        f"M{x - t * 2.9:.1f} {s.h * 0.14:.1f}H{x + t * 2.9:.1f}"
        f"Q{x + t * 2.2:.1f} {s.h * 0.28:.1f} {x + t * 2.7:.1f} {s.h * 0.42:.1f}H{x - t * 2.7:.1f}"
        f"Q{x - t * 2.2:.1f} {s.h * 0.28:.1f} {x - t * 2.9:.1f} {s.h * 0.14:.1f}Z",
        "#ece2cb",
    )
    for side in (-1, 1):
        s.line(x, 0, x + side * t * 4.2, yy, "#3c3128", 2.4)
    bx = s.w * 0.16
    s.rect(bx - t * 0.4, yy - t * 0.95, t * 0.8, t * 0.95, "#83593a", r=t * 0.12)
    for hoop in (0.25, 0.7):
        s.rect(bx - t * 0.42, yy - t * hoop, t * 0.84, t * 0.08, "#3b3a3f")
