"""Vehicles with somebody at the wheel: cars, lorries, vans, buses, tractors. In the figure's units, facing right.

Each is drawn in two parts: what lies behind whoever drives it, and what hides all of them that is below the window.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker, lighter
from film.render.storyboard.mount_parts import Lit


class _Build(NamedTuple):
    """The shape of a vehicle, as path data; the ground is y = 40."""

    paint: str
    """Its colour where the script tells none, as #rrggbb."""
    cabin: str
    """What is seen of its inside, and its roof."""
    glass: str
    pillars: str
    """Lines of the body's colour before the glass."""
    body: str
    seams: str
    wheels: tuple[tuple[float, float, float], ...]
    """Each x, y and radius."""
    lamp: tuple[float, float]
    bumper: tuple[float, float]
    """From where to where the bumper goes."""
    wheel: str = "M176 -268L236 -380"
    """What the driver's hands are on."""


CARS: Mapping[str, _Build] = {
    "car": _Build(
        "#b8402f",
        "M-560 -300L-400 -540Q-380 -566 -330 -568H130Q180 -566 210 -540L400 -300Z",
        "M-500 -300L-380 -510H130L330 -300Z",
        "M-540 -304L-390 -548Q-370 -572 -330 -572H130Q176 -572 206 -544L390 -302M-133 -572V-290",
        "M-800 -70Q-820 -250 -720 -286L-520 -306H380L640 -262Q760 -240 770 -70Q770 -40 740 -40H-770Q-800 -40 -800 -70Z",
        "M-133 -290V-60M300 -300Q310 -160 250 -60",
        ((-520, -64, 112), (480, -64, 112)),
        (740, -190),
        (-820, 790),
    ),
    "truck": _Build(
        "#5f7a52",
        "M-430 -440V-790Q-430 -810 -410 -810H220Q250 -810 262 -790L330 -440Z",
        "M-380 -440V-760H220L284 -440Z",
        "M-430 -440V-800Q-430 -812 -410 -812H222Q250 -812 262 -786L330 -436M-120 -810V-440",
        "M-440 -446H330L640 -420Q700 -410 704 -340V-90H-1880V-190H-470V-446Z",
        "M-120 -440V-120M300 -430V-120M600 -380V-130M640 -370V-130M-470 -190H-1880",
        ((-1560, -92, 136), (-1240, -92, 136), (470, -92, 136)),
        (686, -300),
        (560, 730),
        "M170 -440L232 -540",
    ),
    "van": _Build(
        "#8fa3b0",
        "M-330 -390V-720H180Q240 -720 280 -670L470 -390Z",
        "M-190 -390V-670H180L400 -390Z",
        "M-200 -386V-700M180 -716Q240 -716 276 -670L470 -386",
        "M-1180 -60V-700Q-1180 -740 -1140 -740H170Q220 -740 250 -716L170 -690H-210V-386H470"
        "L640 -330Q690 -310 690 -200V-60Z",
        "M-210 -386V-70M-620 -730V-70M320 -380Q330 -200 250 -70M-1180 -250H690",
        ((-800, -70, 116), (450, -70, 116)),
        (662, -250),
        (-1190, 700),
        "M180 -350L240 -450",
    ),
    "bus": _Build(
        "#d9a12f",
        "M-2000 -500V-900Q-2000 -930 -1970 -930H300Q350 -930 356 -880L390 -470H-2000Z",
        "M-1960 -490V-840H300L340 -470H-1960Z",
        "M-1640 -930V-470M-1320 -930V-470M-1000 -930V-470M-680 -930V-470M-360 -930V-470"
        "M-60 -930V-470M300 -930L390 -470",
        "M-2060 -60V-480H400Q470 -470 474 -380V-60ZM-2060 -850V-930Q-2060 -980 -2010 -980H300Q360 -980 366 -920"
        "L372 -850Z",
        "M-60 -470V-80M200 -470V-80M-2060 -300H470M-2060 -250H470",
        ((-1500, -84, 130), (330, -84, 130)),
        (446, -190),
        (-2070, 490),
        "M190 -470L250 -570",
    ),
    "tractor": _Build(
        "#3f7d43",
        "M-150 -240Q-60 -330 60 -330V-200H-150Z",
        "M-150 -240h1v1h-1Z",
        "M-190 -330V-940H190M190 -940V-420",
        "M120 -470H560Q640 -466 646 -380V-230H120ZM-60 -250H180V-150H-60Z",
        "M380 -460V-240M420 -460V-240M460 -460V-240M300 -470V-700",
        ((-150, -236, 280), (520, -98, 142)),
        (640, -380),
        (0, 0),
        "M120 -500L196 -590",
    ),
}
"""Each by its name of `film.prompting.verbs.MOUNTS`."""

_LOADS: Mapping[str, str] = {"truck": "M-1880 -190V-900Q-1880 -930 -1850 -930H-500Q-470 -930 -470 -900V-190Z"}
"""What a vehicle carries behind whoever drives it."""


def vehicle_behind(c: Canvas, kind: str, lit: Lit) -> None:
    """Draw what of a vehicle lies behind whoever drives it.

    Args:
        c: The layer, in the figure's group.
        kind: A key of `CARS`.
        lit: Lights a colour.
    """
    build = CARS[kind]
    c.path(build.cabin, lit("#39434d"))
    c.path(build.glass, lit("#9fc4d4"))
    c.stroke(build.wheel, lit("#1f2226"), 16)


def vehicle_before(c: Canvas, kind: str, lit: Lit, paint: str) -> None:
    """Draw the body of a vehicle, before whoever drives it; in its own colour where `paint` is empty."""
    build = CARS[kind]
    body, dark, chrome = lit(paint or build.paint), lit("#26252c"), lit("#c3c9ce")
    if kind in _LOADS:
        c.path(_LOADS[kind], lighter(body, 0.3))
        c.stroke("M-1640 -920V-200M-1400 -920V-200M-1160 -920V-200M-920 -920V-200M-680 -920V-200", body, 9)
    if kind != "tractor":  # which is open: all others hide the feet
        first, last = build.wheels[0][0], build.wheels[-1][0]
        c.rect(min(first, last), -100, abs(last - first), 116, darker(dark, 0.4), ink=False)
    c.path(build.body, body)
    c.stroke(build.pillars, body, 34)
    c.stroke(build.seams, darker(body, 0.28), 7)
    for x, y, r in build.wheels:
        c.circle(x, y, r, dark)
        c.circle(x, y, r * 0.46, chrome, ink=False)
        c.circle(x, y, r * 0.18, dark, ink=False)
    c.ellipse(*build.lamp, 26, 34, "#fff0b8", ink=False)
    left, right = build.bumper
    if right > left:
        c.rect(left, -80, right - left, 26, chrome, r=10)
