"""What carries a figure or stands before it: beds, tables, horses, cars, doors. In the figure's units, facing right.

A metre is 375 units. What is behind the body is drawn first, what hides parts of it afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker, lighter
from film.render.storyboard.creatures import horse
from film.render.storyboard.mount_parts import (
    FAR,
    METRE,
    Lit,
    bed_behind,
    blanket,
    coffin_behind,
    counter,
    crates,
    lectern,
    litter_behind,
    partition,
    piano,
    post,
    put,
    table,
    upholstered,
)
from film.render.storyboard.skeleton import Skeleton, capsule
from film.render.storyboard.vehicles import CARS, vehicle_before, vehicle_behind
from schemas.enums import Expression, Pose

_SEATS: Mapping[str, tuple[float, float]] = {"stump": (-30, 40), "box": (-36, 40), "barrel": (-46, 46)}
"""Things that people sit on: where in their box they begin and end."""

_RISE: Mapping[str, float] = {
    "horse": 250.0,
    "bicycle": 74.0,
    "motorcycle": 52.0,
    "bed": 128.0,
    "sofa": 100.0,
    "top": 270.0,
    "stretcher": 190.0,
    "truck": 170.0,
    "van": 70.0,
    "bus": 190.0,
    "tractor": 190.0,
}
"""How much higher than on the ground somebody is who rides or lies on it."""


def rise_of(on: str, legs: Pose) -> float:
    """How far above the ground a mount lifts whoever is on it, in local units."""
    if on == "bed" and legs is not Pose.LIE:
        return 0.0
    if on in {"sofa", "stretcher"} and legs is not Pose.LIE:
        return 0.0
    return _RISE.get(on, 0.0)


def reach_of(on: str) -> tuple[float, float]:
    """How far a mount goes beyond the figure, backwards and forwards, in local units."""
    if on in CARS:
        return 1900.0, FAR
    if on in {"door", "window", "hatch", "board"}:
        return 900.0, FAR
    return 560.0, 760.0 if on not in {"stretcher", "coffin"} else 1000.0


def behind(c: Canvas, on: str, bones: Skeleton, lit: Lit, paint: str, sky: str) -> None:
    """Draw what of a mount lies behind the body.

    Args:
        c: The layer, in the figure's group.
        on: A name of `film.prompting.verbs.MOUNTS`.
        bones: The body.
        lit: Lights a colour.
        paint: The colour that the script gives it, as #rrggbb; its own where empty.
        sky: What is seen of the sky through a window, as #rrggbb: already the colour of the hour.
    """
    seat = bones.hips[0][1] + 34
    if on == "bed":
        bed_behind(c, bones, lit)
    elif on in {"armchair", "sofa", "throne"}:
        upholstered(c, on, seat, lit)
    elif on == "bench":
        wood, dark = lit(paint or "#8a5c38"), lit("#4a3122")
        c.rect(-260, seat - 6, 520, 22, wood, r=4)
        c.rect(-260, seat - 130, 520, 22, wood, r=4)
        c.path(capsule((-220, seat), 9, (-220, -4), 8) + capsule((220, seat), 9, (220, -4), 8), dark)
    elif on in _SEATS:
        top, low = _SEATS[on]
        put(c, on, 0, 6, (6 - seat) / METRE * 100 / (low - top), lit, paint)
    elif on == "fence":
        wood = lit("#a98a62")
        c.rect(-300, seat, 600, 30, wood, r=5)
        c.stroke("".join(f"M{x} {seat - 40:.0f}V6" for x in (-270, -90, 90, 270)), lighter(wood, 0.1), 34)
    elif on == "rock":
        c.path(f"M-170 0L-140 {seat:.0f}L-40 {seat - 20:.0f}L90 {seat + 4:.0f}L150 0Z", lit("#80858a"))
    elif on == "horse":
        c.push("translate(10 0) scale(2.75)")
        line, c.line = c.line, c.line / 2.75
        horse(c, lit(paint or "#7a4f34"), Pose.RUN if bones.legs is Pose.RIDE else Pose.STAND, Expression.NEUTRAL)
        c.path("M-40 -206Q0 -192 44 -206L50 -166Q4 -154 -44 -166Z", lit("#5a2c22"))
        c.line = line
        c.pop()
    elif on == "bicycle":
        put(c, "bicycle", 24, 10, 1.75, lit, paint)
    elif on == "motorcycle":
        put(c, "motorcycle", 20, 10, 2.05, lit, paint)
    elif on == "wheelchair":
        put(c, "wheelchair", -10, 6, 1.25, lit)
    elif on == "ladder":
        wood, dark = lit("#b98850"), lit("#8f6434")
        c.stroke("M60 60V-1500M190 60V-1500", wood, 20)
        c.stroke("".join(f"M60 {y}H190" for y in range(0, -1480, -96)), dark, 15)
    elif on == "tree":
        c.path("M70 30Q96 -400 84 -900H250Q240 -400 280 30Z", lit("#6d4a30"))
        c.path(capsule((160, -620), 34, (-190, -800), 16), lit("#6d4a30"))
        for x, y, r in ((120, -1020, 330), (-160, -960, 210), (420, -940, 240)):
            c.circle(x, y, r, lit("#4f8a48"))
    elif on == "wall":
        c.rect(84, -900, FAR, 980, lit("#9c8d7c"), ink=False)
        mortar = lit("#7d6f60")
        c.stroke("".join(f"M84 {y}H1400" for y in range(-820, 60, 84)), mortar, 5)
        c.rect(60, -930, FAR, 44, lit("#b5a692"))
    elif on in {"door", "window"}:
        partition(c, on, lit, sky)
    elif on == "hatch":
        steel = lit("#59626b")
        c.rect(190, -FAR, FAR, FAR + 14, steel, ink=False)
        c.rect(190, 14, FAR, 3000, darker(steel, 0.4), ink=False)
        c.rect(236, -800, 400, 814, lit("#c3ccd4"), r=60)
        c.rect(266, -770, 340, 784, "#0d1420", r=46, ink=False)
        c.rect(430, -770, 176, 784, lit("#8d97a0"), r=20)
        c.rect(210, -440, 18, 70, "#ff5a4a", r=6, ink=False)
    elif on == "top":
        wood = lit("#8f603a")
        c.rect(-300, -276, 600, 34, lighter(wood, 0.1), r=6)
        for x in (-270, 240):
            c.rect(x, -244, 30, 250, darker(wood, 0.3))
    elif on == "easel":
        wood = lit("#8a5c38")
        c.stroke("M130 20L250 -760L370 20M250 -700V20", wood, 20)
        c.path("M120 -700L380 -720V-330L120 -310Z", lit("#fbf7ec"))
        c.path("M150 -520Q220 -600 270 -520T360 -540V-360L150 -345Z", lit("#5f8f5a"), ink=False)
        c.circle(320, -620, 34, lit("#e0903a"), ink=False)
    elif on == "board":
        c.rect(40, -860, 900, 520, lit("#7a5638"))
        c.rect(60, -840, 860, 480, lit("#2f4a40"))
        chalk = lit("#dfe8e0")
        c.stroke("M150 -760h150M150 -700h260M150 -640h90", chalk, 9)
        c.stroke("M520 -560l120 -160l120 160Z", chalk, 7)
    elif on in CARS:
        vehicle_behind(c, on, lit)
    elif on == "post":
        post(c, lit)
    elif on == "stretcher":
        litter_behind(c, bones, lit, _RISE[on])
    elif on == "coffin":
        coffin_behind(c, lit)
    elif on == "rowboat":
        c.path("M-420 -120Q0 -60 470 -140L440 -60H-380Z", lit("#5d3d26"))


def before(c: Canvas, on: str, bones: Skeleton, lit: Lit, small: float, paint: str, held: str) -> None:
    """Draw what of a mount hides parts of the body; see `behind`.

    `held` lies on a table before it; `small` is its size in relation to an adult's, for what is made for children.
    """
    if on in {"table", "desk"}:
        table(c, bones, lit, small, held)
    elif on in {"counter", "stove"}:
        counter(c, on, lit, small)
    elif on == "piano":
        piano(c, lit)
    elif on == "lectern":
        lectern(c, lit, small)
    elif on in {"bed", "stretcher"} and bones.legs is Pose.LIE:
        blanket(c, bones, lit)
    elif on in {"armchair", "throne"}:
        seat = bones.hips[0][1] + 34
        colour = lit("#7a4a52" if on == "armchair" else "#b8902f")
        c.rect(-96, seat - 74, 170, 34, lighter(colour, 0.1), r=16)
        c.rect(-96, seat - 50, 150, 46, colour, r=10)
    elif on == "helm":
        put(c, "helm", 190, -150, 1.15, lit)
        c.rect(178, -190, 24, 190, lit("#5f3b24"))
    elif on == "hiding":
        crates(c, lit, small)
    elif on in CARS:
        vehicle_before(c, on, lit, paint)
    elif on == "rowboat":
        hull, rim = lit(paint or "#7f5636"), lit("#b98a58")
        c.path("M-430 -130Q0 -50 480 -150Q440 10 320 36H-270Q-390 20 -430 -130Z", hull)
        c.stroke("M-430 -130Q0 -50 480 -150", rim, 22)
        c.stroke("M150 -250L-160 90", lit("#c9a06a"), 13)
        c.path(capsule((-130, 56), 24, (-190, 122), 12), lit("#c9a06a"))
