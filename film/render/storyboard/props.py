"""Things, each as a few shapes in a box from -50 to 50; a new thing is one row.

A shape is path data, a colour, and the width of the line if it is a line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker, lighter, luminance

Shape = tuple[str, str] | tuple[str, str, float]


def _o(x: float, y: float, rx: float, ry: float | None = None) -> str:
    ry = rx if ry is None else ry
    return f"M{x - rx:g} {y:g}a{rx:g} {ry:g} 0 1 0 {2 * rx:g} 0a{rx:g} {ry:g} 0 1 0 {-2 * rx:g} 0Z"


DARK, STEEL, GOLD, WOOD, PAPER = "#26252c", "#a9b2ba", "#d9ac48", "#8a5c38", "#f4ecd8"

GLYPHS: Mapping[str, tuple[Shape, ...]] = {
    "phone": (
        ("M-24 -48h48q6 0 6 6v84q0 6 -6 6h-48q-6 0 -6 -6v-84q0 -6 6 -6Z", DARK),
        ("M-25 -40h50v74h-50Z", "#7fd0ea"),
        ("M-25 -40h32l-32 50Z", "#b5e6f5"),
        (_o(0, 41, 4), "#5d6068"),
    ),
    "letter": (
        ("M-50 -32h100v66h-100Z", PAPER),
        ("M-50 34L-8 -2h16L50 34", "#d9ccb0", 2.5),
        ("M-50 -32L0 10L50 -32", "#b9a98a", 3.5),
        (_o(0, 8, 11), "#b8322e"),
    ),
    "paper": (
        ("M-34 -46h52l18 18v76h-70Z", PAPER),
        ("M18 -46v18h18Z", "#d6c9ac"),
        ("M-22 -18h34M-22 -4h44M-22 10h44M-22 24h30", "#9a937f", 3),
    ),
    "lantern": (
        ("M-14 -40Q0 -58 14 -40", DARK, 4),
        ("M-20 -38h40l6 12h-52Z", "#3d4148"),
        ("M-22 -26h44l4 54h-52Z", "#ffd678"),
        ("M-6 24Q-12 4 0 -14Q12 4 6 24Z", "#ff8f2e"),
        ("M-22 -26l-4 54M22 -26l4 54M0 -26v54", "#3d4148", 4),
        ("M-30 28h60l4 14h-68Z", "#3d4148"),
    ),
    "candle": (
        ("M-12 -10h24v46h-24Z", "#f6ecd2"),
        ("M-12 -10h10v46h-10Z", "#fffaf0"),
        ("M0 -10v-8", DARK, 3),
        ("M-9 -20Q-10 -34 0 -48Q10 -34 9 -20Q0 -14 -9 -20Z", "#ffb03a"),
        ("M-4 -21Q-4 -30 0 -36Q4 -30 4 -21Z", "#fff3c4"),
        ("M-34 36h68q-4 10 -16 12h-36q-12 -2 -16 -12Z", GOLD),
    ),
    "car": (
        ("M-50 18v-16q2 -8 14 -10l14 -20h36l18 20q16 2 18 12v14Z", "#b8402f"),
        ("M-18 -10l10 -12h12v12Z", "#a9d0e0"),
        ("M9 -10v-12h11l12 12Z", "#a9d0e0"),
        (_o(-27, 20, 12), DARK),
        (_o(28, 20, 12), DARK),
        (_o(-27, 20, 5), STEEL),
        (_o(28, 20, 5), STEEL),
        (_o(48, 4, 3), "#fff0b8"),
    ),
    "boat": (
        ("M-48 14h96q-6 24 -22 26h-54q-14 -4 -20 -26Z", "#8f4232"),
        ("M-48 14h96v7h-94Z", PAPER),
        ("M-3 -48h6v60h-6Z", WOOD),
        ("M8 -44L44 6H8Z", "#f6efe0"),
        ("M-8 -36L-34 6h26Z", "#e0d3b8"),
    ),
    "gun": (
        ("M-48 -22h84v20h-50q-2 6 -8 8l6 34h-24l-8 -40q-4 -10 0 -22Z", "#3a3d45"),
        ("M-48 -22h84v7h-84Z", "#565b66"),
        ("M-12 -2q2 16 16 14", "#2a2c33", 4),
        ("M-38 4l6 36h20l-6 -34Z", "#5f3f2a"),
    ),
    "book": (
        ("M-46 -34Q-22 -44 0 -30Q22 -44 46 -34v64Q22 22 0 36Q-22 22 -46 30Z", "#8f2f33"),
        ("M-42 -32Q-20 -40 0 -28v60Q-20 20 -42 26Z", PAPER),
        ("M42 -32Q20 -40 0 -28v60Q20 20 42 26Z", "#e6dabf"),
        (
            "M-34 -20q14 -4 26 2M-34 -8q14 -4 26 2M-34 4q14 -4 26 2M34 -20q-14 -4 -26 2M34 -8q-14 -4 -26 2",
            "#a89a7c",
            2.4,
        ),
    ),
    "cup": (
        ("M-34 -22h56v34q0 24 -28 24t-28 -24Z", "#f1ece0"),
        ("M22 -12q24 -2 20 16q-4 14 -22 12", "#e0d6c2", 8),
        (_o(-6, -22, 28, 6), "#6b3d22"),
        ("M-16 -32q-8 -8 0 -16M2 -32q-8 -8 0 -16", "#ffffff", 3),
    ),
    "glass": (
        ("M-26 -44h52q2 42 -20 48v32h18v8h-48v-8h18v-32q-22 -6 -20 -48Z", "#d6e9ef"),
        ("M-24 -22h48q-4 20 -24 24q-20 -4 -24 -24Z", "#a8283a"),
    ),
    "bottle": (
        ("M-8 -48h16v24q14 8 14 24v44q0 6 -6 6h-32q-6 0 -6 -6v-44q0 -16 14 -24Z", "#2f6b4a"),
        ("M-22 4h44v24h-44Z", PAPER),
        ("M-9 -50h18v9h-18Z", GOLD),
    ),
    "key": (
        ("M-8 -7h54v14h-8v14h-10v-14h-8v10h-9v-10h-19Z", GOLD),
        (_o(-26, 0, 22) + _o(-26, 0, 11), GOLD),
        (_o(-26, 0, 10), "#5f4a20"),
    ),
    "umbrella": (
        ("M-50 0Q-44 -46 0 -46Q44 -46 50 0Q38 -10 26 0Q13 -10 0 0Q-13 -10 -26 0Q-38 -10 -50 0Z", "#b3343a"),
        ("M0 -46Q-26 -30 -26 0Q-13 -10 0 0Z", "#d0505a"),
        ("M0 -2v42q0 9 9 9t9 -9", DARK, 4),
        ("M0 -52v8", DARK, 4),
    ),
    "suitcase": (
        ("M-16 -28v-12h32v12", DARK, 6),
        ("M-46 -28h92q4 0 4 4v56q0 6 -6 6h-88q-6 0 -6 -6v-56q0 -4 4 -4Z", "#94602f"),
        ("M-30 -28h10v66h-10ZM20 -28h10v66h-10Z", "#5f3b1d"),
        ("M-7 -8h14v10h-14Z", GOLD),
    ),
    "knife": (
        ("M-6 -5L46 -12Q50 4 28 10L-6 10Z", "#d3dbe2"),
        ("M-48 -6h44v16h-40q-6 0 -4 -16Z", "#5f3b24"),
        ("M-7 -10h6v24h-6Z", GOLD),
    ),
    "flower": (
        ("M0 -4Q4 20 -2 48", "#3f7a3f", 5),
        ("M0 24Q22 8 30 20Q20 34 0 30Z", "#4f8f48"),
        (
            "".join(
                _o(15 * x, -20 + 15 * y, 12) for x, y in ((1, 0), (0.3, 0.95), (-0.8, 0.6), (-0.8, -0.6), (0.3, -0.95))
            ),
            "#d8405c",
        ),
        (_o(0, -20, 9), "#f2c24a"),
    ),
    "camera": (
        ("M-18 -30h26l6 10h-38Z", "#3a3d45"),
        ("M-48 -20h96v56h-96Z", DARK),
        ("M-48 -20h96v12h-96Z", STEEL),
        (_o(0, 10, 22), "#4a4e58"),
        (_o(0, 10, 15), "#16304a"),
        (_o(-5, 5, 5), "#8fc4e6"),
        (_o(36, -14, 4), "#d8402f"),
    ),
    "photo": (
        ("M-42 -48h84v96h-84Z", "#fbf7ec"),
        ("M-34 -40h68v64h-68Z", "#8fb6cc"),
        ("M-34 24v-20l20 -16l18 18l14 -10l16 14v14Z", "#5f8a5a"),
        (_o(0, -8, 9), "#e2b48f"),
        ("M-16 24q0 -22 16 -22t16 22Z", "#9b3f3a"),
    ),
    "clock": (
        (_o(0, 0, 47), "#7d5636"),
        (_o(0, 0, 39), "#fbf5e2"),
        ("M0 -24V0L17 10", DARK, 5),
        ("M0 -36v6M36 0h-6M0 36v-6M-36 0h6", DARK, 4),
    ),
    "hat": (
        ("M-50 20Q0 2 50 20Q40 36 0 36Q-40 36 -50 20Z", "#4a3a30"),
        ("M-30 18Q-34 -34 -8 -28Q0 -22 10 -28Q34 -34 30 18Q0 26 -30 18Z", "#5d4a3c"),
        ("M-31 6Q0 14 31 6V18Q0 26 -31 18Z", "#8f2f33"),
    ),
    "ring": (
        (_o(0, 14, 32) + _o(0, 14, 24), GOLD),
        (_o(0, 14, 23), "#6a5228"),
        ("M-16 -32h32l10 12L0 2L-26 -20Z", "#c8f0fa"),
        ("M-16 -32L-8 -20L0 2L8 -20L16 -32", "#8fd0e6", 2),
    ),
    "ball": (
        (_o(0, 0, 44), "#d8503c"),
        ("M-44 0Q0 -22 44 0M0 -44Q-22 0 0 44", "#fbeedb", 5),
        (_o(-15, -17, 9, 6), "#f0917f"),
    ),
    "lamp": (
        ("M-26 36h52q6 0 6 8v4h-64v-4q0 -8 6 -8Z", "#8f6a2e"),
        ("M-4 -6h8v44h-8Z", GOLD),
        ("M-4 26q-12 -8 0 -18M4 26q12 -8 0 -18", GOLD, 4),
        ("M-16 -50h32l26 46h-84Z", "#ffdf9a"),
        ("M-16 -50h12l-16 46h-22Z", "#fff0c4"),
        ("M-42 -4h84", "#c98f4a", 4),
    ),
    "flashlight": (
        ("M20 -18L50 -34V34L20 18Z", "#fff0b8"),
        ("M-46 -9h46v18h-46q-4 0 -4 -4v-10q0 -4 4 -4Z", "#3a3d45"),
        ("M0 -14h14l8 -6v40l-8 -6h-14Z", STEEL),
        ("M-26 -12h12", "#b8322e", 5),
    ),
    "rowboat": (
        ("M30 -2L-8 30M18 -6L-20 26", "#c9a06a", 4),
        ("M-50 2Q0 16 50 -2Q44 34 24 36H-28Q-44 32 -50 2Z", "#7f5636"),
        ("M-50 2Q0 16 50 -2L48 6Q0 24 -48 10Z", "#b98a58"),
        ("M-40 22Q0 30 42 16", "#5d3d26", 2.5),
    ),
    "ferry": (
        ("M-6 -40h16v24h-16Z", "#2a2c33"),
        ("M-6 -34h16v7h-16Z", PAPER),
        ("M8 -42q8 -8 18 -4t20 -4", "#d9dcdf", 5),
        ("M-22 -50v20M-22 -48h-9", "#5d6068", 2),
        ("M-34 -20h62v16h-62Z", "#f4f0e4"),
        ("M-44 -4h86v18h-86Z", "#e9e2d0"),
        ("M-30 -30h22v12h-22Z", "#f4f0e4"),
        ("M-28 -28h8v6h-8ZM-18 -28h8v6h-8Z", "#5b87a0"),
        ("".join(f"M{x} -16h7v6h-7Z" for x in (-28, -17, -6, 5, 16)), "#5b87a0"),
        ("".join(f"M{x} 1h8v7h-8Z" for x in (-36, -24, -12, 0, 12, 24)), "#5b87a0"),
        ("M-50 12H50L42 34q-2 4 -8 4h-70q-6 0 -8 -4Z", "#a8362f"),
        ("M-50 12H50l-1 5h-98Z", PAPER),
        ("M-44 30h88l-2 4q-2 4 -8 4h-70q-6 0 -8 -4Z", "#4a2a2a"),
        ("M-48 12v-9M-44 12v-9M44 12v-9M48 12v-9M-50 4h8M42 4h8", "#f4f0e4", 1.6),
    ),
    "paper boat": (
        ("M-26 10L0 -44L26 10Z", "#fbf8ee"),
        ("M0 -44L26 10H0Z", "#dcd7c8"),
        ("M-50 -4L-20 12H20L50 -4L30 34H-30Z", "#f4f0e4"),
        ("M0 34L50 -4L30 34Z", "#d3cdbc"),
        ("M-50 -4L-20 12L0 34L-30 34Z", "#fffdf6"),
        ("M-34 20h16M-30 26h20", "#b9b3a2", 1.6),
    ),
    "helm": (
        ("M0 -48V48M-48 0H48M-34 -34L34 34M34 -34L-34 34", "#6b4327", 7),
        ("M-48 0h12M36 0h12M0 -48v12M0 36v12M-34 -34l8 8M26 26l8 8M34 -34l-8 8M-26 26l-8 8", "#8f5c34", 9),
        ("M-32 0a32 32 0 1 0 64 0a32 32 0 1 0 -64 0", "#8f5c34", 9),
        ("M-32 0a32 32 0 1 0 64 0a32 32 0 1 0 -64 0", "#c08a54", 2),
        (_o(0, 0, 11), "#8f5c34"),
        (_o(0, 0, 6), GOLD),
    ),
    "net": (
        ("M-46 -30Q0 -44 46 -30Q58 16 30 36Q0 48 -30 36Q-58 16 -46 -30Z", "#8f9a84"),
        (
            "M-44 -18Q0 -32 44 -18M-48 -2Q0 -16 48 -2M-46 14Q0 0 46 14M-38 30Q0 16 38 30"
            "M-34 -34Q-44 0 -26 38M-16 -38Q-22 0 -10 42M4 -39Q2 0 6 42M22 -36Q28 0 22 40M38 -32Q46 0 34 34",
            "#5a6653",
            2.4,
        ),
        ("M-46 -30Q0 -44 46 -30", "#c9b27a", 5),
        (_o(-34, -34, 7) + _o(-10, -39, 7) + _o(14, -38, 7) + _o(38, -32, 7), "#d9772f"),
    ),
    "sled": (
        ("M-44 30H34Q50 30 48 10", "#b03a30", 5),
        ("M-36 30V14M4 30V14M26 30V14", WOOD, 5),
        ("M-46 4H34q6 0 6 5t-6 5h-80Z", "#c08a54"),
        ("M-44 9h82", "#8f5c34", 2),
        ("M40 8Q52 -10 50 -30", "#d8cdb4", 2.4),
    ),
    "kite": (
        ("M0 -48L30 -12L0 30L-30 -12Z", "#d8503c"),
        ("M0 -48L30 -12H0Z", "#f2c24a"),
        ("M0 -12V30L-30 -12Z", "#3f7aa8"),
        ("M0 30Q14 36 2 42T10 50", "#5d4430", 2.4),
    ),
    "telescope": (
        ("M-46 4l30 -12l8 20l-30 12q-10 -4 -8 -20Z", "#6b4a2e"),
        ("M-16 -8l30 -12l9 22l-30 12Z", GOLD),
        ("M14 -20l30 -13q12 6 10 22l-30 14Z", "#8f5c34"),
        ("M44 -33q12 6 10 22", "#d6e9ef", 4),
        ("M-17 -8l8 20M14 -20l9 22", "#7a5a24", 3),
    ),
    "window": (
        ("M-46 -46h92v88h-92Z", "#e6ddcc"),
        ("M-38 -38h76v72h-76Z", "#7fb0cc"),
        ("M-38 8Q-10 -6 10 6T38 2V34H-38Z", "#5f8a6a"),
        ("M0 -38V34M-38 -2H38", "#e6ddcc", 5),
        ("M-50 42h100v7h-100Z", "#f4ecd8"),
    ),
    "open door": (
        ("M-32 -50h64v100h-64Z", "#6d4328"),
        ("M-26 -45h52v95h-52Z", "#ffcf86"),
        ("M-26 -45h20v95h-20Z", "#ffe2a8"),
        ("M26 -45L46 -50V50L26 50Z", "#94603a"),
        ("M30 -34L42 -37V-4L30 -4ZM30 8L42 8V40L30 38Z", "#7a4c2c"),
        (_o(43, 4, 2.4), GOLD),
    ),
    "bicycle": (
        ("M-48 16a20 20 0 1 0 40 0a20 20 0 1 0 -40 0M8 16a20 20 0 1 0 40 0a20 20 0 1 0 -40 0", DARK, 4.5),
        ("M-28 16L-12 -20H18L28 16M-12 -20L2 16H-28M2 16L18 -20L14 -34H26", "#b8322e", 5),
        ("M-22 -26h20", DARK, 6),
    ),
    "computer": (
        ("M-40 -40h80v54h-80Z", DARK),
        ("M-34 -34h68v42h-68Z", "#6fc6dc"),
        ("M-28 -26h30M-28 -16h44M-28 -6h22", "#dff6fb", 3.4),
        ("M-48 18h96l6 18h-108Z", STEEL),
        ("M-36 22h72l3 8h-78Z", "#6d747c"),
    ),
    "radio": (
        ("M20 -28L40 -50", STEEL, 3),
        ("M-46 -28h92v62h-92Z", "#8f5c34"),
        (_o(-20, 3, 20), "#3a2a1e"),
        ("M-34 -6h28M-36 3h32M-34 12h28", "#b98a55", 2.6),
        ("M8 -16h30v12h-30Z", "#f2d894"),
        (_o(14, 16, 6), GOLD),
        (_o(33, 16, 6), GOLD),
    ),
    "guitar": (
        ("M10 -14L40 -46l7 6L17 -7Z", "#5f3b24"),
        ("M-34 2q14 -22 30 -18q18 -8 24 6q4 12 -8 20q2 18 -18 28q-22 8 -34 -8q-6 -16 6 -28Z", "#c27f3c"),
        (_o(-6, 10, 9), "#3a2416"),
        ("M-22 26L42 -42", "#f2e6cc", 1.6),
    ),
    "piano": (
        ("M-50 -36h100v34h-100Z", "#2a2226"),
        ("M-50 -2h100v20h-100Z", "#f7f1e4"),
        ("".join(f"M{x} -2h6v12h-6Z" for x in (-42, -28, -8, 6, 20, 38)), DARK),
        ("M-48 18h10v28h-10ZM38 18h10v28h-10Z", "#2a2226"),
    ),
    "map": (
        ("M-48 -30l30 -8l34 10l32 -10v66l-32 10l-34 -10l-30 8Z", "#e9d7a6"),
        ("M-18 -38v66M16 -28v66", "#b79f68", 2.4),
        ("M-38 18q14 -26 26 -14t22 -8t26 -10", "#b8402f", 4),
        (_o(38, -14, 5), "#b8402f"),
        ("M-40 -14q12 -8 18 2", "#5f8fa8", 5),
    ),
    "box": (
        ("M-44 -18h88v58h-88Z", "#b98850"),
        ("M-44 -18l14 -18h60l14 18Z", "#d8ab70"),
        ("M-7 -36h14v76h-14Z", "#8f6234"),
        ("M-44 -18h88", "#8f6234", 2),
    ),
    "money": (
        ("M-48 -24h88v44h-88Z", "#6f9f6a"),
        ("M-40 -12h96v44h-96Z", "#8fbf86"),
        (_o(8, 10, 13), "#5f8f5c"),
        ("M-32 -4h80v28h-80Z", "#4f7f4e", 2.4),
    ),
    "door": (
        ("M-32 -50h64v100h-64Z", "#6d4328"),
        ("M-26 -45h52v95h-52Z", "#94603a"),
        ("M-18 -36h36v32h-36ZM-18 8h36v32h-36Z", "#7a4c2c"),
        (_o(18, 4, 4), GOLD),
    ),
    "chair": (
        ("M-26 -48h8v96h-8Z", WOOD),
        ("M-26 -42h14v38h-14Z", "#a8713f"),
        ("M-26 2h54v10h-54Z", "#a8713f"),
        ("M20 10h8v38h-8Z", WOOD),
    ),
    "table": (
        ("M-50 -12h100v10h-100Z", "#a8713f"),
        ("M-42 -2h9v44h-9ZM33 -2h9v44h-9Z", WOOD),
        ("M-50 -12l10 -10h80l10 10Z", "#c58f58"),
    ),
    "bread": (
        ("M-48 18Q-54 -20 -20 -26Q20 -34 44 -16Q58 6 44 22Q0 34 -48 18Z", "#c9853f"),
        ("M-26 -18l12 26M-6 -22l12 28M14 -22l12 28", "#eec07a", 6),
    ),
    "apple": (
        ("M0 -16Q-14 -28 -32 -14Q-44 12 -24 38Q-12 48 0 40Q12 48 24 38Q44 12 32 -14Q14 -28 0 -16Z", "#c8322c"),
        ("M0 -18Q0 -34 8 -44", "#5f3b24", 4),
        ("M4 -30Q18 -46 32 -36Q22 -22 4 -30Z", "#5f9a40"),
        (_o(-16, 0, 5, 9), "#ec7a6c"),
    ),
    "fish": (
        ("M-22 0Q8 -34 44 0Q8 34 -22 0Z", "#6f9fb5"),
        ("M-18 0L-48 -22Q-38 0 -48 22Z", "#4f7f98"),
        (_o(28, -5, 4), DARK),
        ("M12 -14Q4 0 12 14", "#4f7f98", 3),
    ),
    "rope": (("M-38 -20q38 -24 76 0t-76 20t76 20t-76 12", "#b08a52", 10), ("M-38 -20q38 -24 76 0", "#d3b27a", 4)),
    "hammer": (("M-5 -20h10v68h-10Z", WOOD), ("M-36 -42h52q20 0 24 16h-22q-4 6 -10 6h-44Z", "#6a717a")),
    "plane": (
        ("M-48 4Q-20 -10 34 -8Q50 -4 48 4Q40 12 -20 12Q-40 12 -48 4Z", "#e6eaee"),
        ("M-6 4L-30 40h14L20 4Z", "#b9c4cc"),
        ("M-40 0L-50 -26h12L-22 -4Z", "#b8402f"),
        ("M-10 -2h30", "#4f6f8a", 4),
    ),
    "rocket": (
        ("M0 -50Q24 -20 18 24h-36Q-24 -20 0 -50Z", "#e8ecef"),
        ("M-18 4L-36 34L-16 26ZM18 4L36 34L16 26Z", "#b8402f"),
        (_o(0, -12, 9), "#4f8fb5"),
        ("M-12 24h24L0 50Z", "#ffb03a"),
    ),
    "train": (
        ("M-44 -30h60v52h-60Z", "#34566b"),
        ("M16 -14h24q8 0 8 8v28h-32Z", "#b8402f"),
        ("M28 -34h10v20h-10Z", DARK),
        ("M-36 -22h18v18h-18ZM-10 -22h18v18h-18Z", "#ffe2a0"),
        (_o(-28, 26, 11) + _o(0, 26, 11) + _o(30, 26, 11), DARK),
        ("M24 -40q10 -12 22 -6", "#e6e6e6", 7),
    ),
    "bell": (
        ("M0 -44Q26 -40 28 0Q30 20 42 30H-42Q-30 20 -28 0Q-26 -40 0 -44Z", GOLD),
        (_o(0, 36, 8), "#8f6a24"),
        ("M-16 -22Q-20 0 -24 20", "#f2d48a", 5),
    ),
    "mirror": (
        (_o(0, -12, 34, 38), "#b98a3f"),
        (_o(0, -12, 27, 31), "#cfe6ee"),
        ("M-20 2L10 -34h12L-12 14Z", "#ffffff"),
        ("M-5 26h10v24h-10Z", "#b98a3f"),
    ),
    "cigarette": (
        ("M-46 -5h72v11h-72Z", "#f7f2e6"),
        ("M-46 -5h22v11h-22Z", "#c98a4a"),
        ("M26 -5h9v11h-9Z", "#ff7a2e"),
        ("M36 -8q10 -14 0 -22t4 -20", "#d6dade", 4),
    ),
    "syringe": (
        ("M-22 -10h48v20h-48Z", "#dff1f6"),
        ("M-22 -10h26v20h-26Z", "#7fd0a8"),
        ("M26 -3h24v4h-24Z", STEEL),
        ("M-44 -4h22v8h-22Z", STEEL),
        ("M-50 -14h7v28h-7Z", STEEL),
    ),
    "skull": (
        ("M-38 -6Q-40 -48 0 -48Q40 -48 38 -6Q36 12 22 18v20h-44v-20Q-36 12 -38 -6Z", "#ece4cf"),
        (_o(-15, -4, 11, 12) + _o(15, -4, 11, 12), DARK),
        ("M0 6l7 12h-14Z", DARK),
        ("M-10 26v12M0 26v12M10 26v12", "#8f866f", 3),
    ),
    "crown": (
        ("M-46 34L-50 -24L-24 4L0 -38L24 4L50 -24L46 34Z", GOLD),
        ("M-46 20h92v14h-92Z", "#b98a2e"),
        (_o(0, -38, 6) + _o(-50, -24, 5) + _o(50, -24, 5), "#c8322c"),
    ),
    "star": (
        ("M0 -48L13 -16L48 -14L20 8L30 42L0 22L-30 42L-20 8L-48 -14L-13 -16Z", "#f2c24a"),
        ("M0 -48L0 22L-30 42L-20 8L-48 -14L-13 -16Z", "#d9a030"),
    ),
    "heart": (
        ("M0 44C-60 4 -46 -40 -20 -40Q-6 -40 0 -24Q6 -40 20 -40C46 -40 60 4 0 44Z", "#d0343f"),
        (_o(-20, -20, 8, 6), "#f08a8a"),
    ),
    "fire": (
        ("M-34 40L34 26M-34 26L34 40", "#5f3b24", 10),
        ("M-26 30Q-38 -4 -8 -24Q-8 -8 2 -8Q0 -32 12 -48Q14 -24 28 -6Q36 16 24 30Z", "#ff8a2e"),
        ("M-12 30Q-18 8 0 -4Q2 8 10 6Q18 20 10 30Z", "#ffe07a"),
    ),
    "tree": (
        ("M-6 10h12v40h-12Z", "#6d4a30"),
        (_o(0, -16, 32) + _o(-22, 2, 20) + _o(22, 2, 20), "#4f8a48"),
        (_o(-8, -22, 16), "#6fa85c"),
    ),
    "egg": (
        ("M0 -44C28 -40 36 8 30 24C22 48 -22 48 -30 24C-36 8 -28 -40 0 -44Z", "#f2e4cb"),
        (_o(-10, -10, 7, 12), "#fff7e6"),
    ),
}
"""What each of `film.prompting.things.THINGS` looks like."""

METRES: Mapping[str, float] = {
    "car": 4.4,
    "boat": 4.5,
    "rowboat": 3.2,
    "ferry": 11.0,
    "helm": 1.1,
    "sled": 1.1,
    "window": 1.3,
    "open door": 2.2,
    "telescope": 0.6,
    "bicycle": 1.8,
    "piano": 1.6,
    "table": 1.5,
    "chair": 1.0,
    "door": 2.2,
    "tree": 5.0,
    "train": 7.0,
    "plane": 8.0,
    "rocket": 6.0,
    "fire": 1.1,
    "box": 0.7,
    "suitcase": 0.75,
    "guitar": 1.0,
    "umbrella": 1.0,
}
"""Size of what is larger than a hand, in metres; everything else is drawn at `HAND_METRES`."""

HAND_METRES = 0.34
"""Things in a hand are drawn a little too large: a picture is read in a second."""

AFLOAT = frozenset({"boat", "rowboat", "ferry"})
"""What floats where there is water."""

MOUNTED = frozenset({"door", "open door", "window"})
"""What is part of a wall: it is shown with its wall round it, and nowhere without."""

STANDING = (
    frozenset("car bicycle piano table chair tree train plane rocket fire box helm sled".split()) | AFLOAT | MOUNTED
)
"""What stands on the ground rather than being held."""

PAINTED: Mapping[str, tuple[str, ...]] = {
    "car": ("#b8402f",),
    "boat": ("#8f4232",),
    "rowboat": ("#7f5636",),
    "ferry": ("#a8362f",),
    "train": ("#34566b",),
    "door": ("#94603a", "#6d4328", "#7a4c2c"),
    "open door": ("#94603a", "#6d4328", "#7a4c2c"),
    "umbrella": ("#b3343a", "#d0505a"),
    "bicycle": ("#b8322e",),
    "suitcase": ("#94602f", "#5f3b1d"),
    "book": ("#8f2f33",),
    "hat": ("#5d4a3c", "#4a3a30"),
    "flower": ("#d8405c",),
    "ball": ("#d8503c", "#f0917f"),
    "cup": ("#f1ece0", "#e0d6c2"),
    "bottle": ("#2f6b4a",),
    "phone": (DARK,),
    "box": ("#b98850", "#d8ab70", "#8f6234"),
    "chair": ("#a8713f", WOOD),
    "table": ("#a8713f", "#c58f58"),
    "kite": ("#d8503c",),
    "sled": ("#c08a54",),
    "paper boat": ("#fbf8ee", "#f4f0e4", "#fffdf6", "#dcd7c8", "#d3cdbc"),
    "apple": ("#c8322c", "#ec7a6c"),
    "heart": ("#d0343f",),
}
"""Which of a thing's colours are its paint, the main one first: what a script's `red` or `blue` means."""

GLOWING: Mapping[str, str] = {
    "lantern": "#ffc46a",
    "candle": "#ffc46a",
    "lamp": "#ffd58a",
    "flashlight": "#fff0b8",
    "open door": "#ffcf86",
    "fire": "#ff9a3a",
    "phone": "#a8e4ff",
    "computer": "#a8e4ff",
    "cigarette": "#ff8a3a",
}
"""What gives light."""


FEET: Mapping[str, int] = {
    "letter": 36,
    "lantern": 42,
    "car": 32,
    "boat": 40,
    "gun": 40,
    "book": 36,
    "cup": 36,
    "glass": 44,
    "bottle": 50,
    "key": 22,
    "umbrella": 51,
    "suitcase": 38,
    "knife": 14,
    "flower": 50,
    "camera": 36,
    "clock": 47,
    "hat": 36,
    "ring": 46,
    "ball": 46,
    "flashlight": 34,
    "rowboat": 36,
    "ferry": 38,
    "paper boat": 34,
    "helm": 52,
    "net": 44,
    "sled": 32,
    "kite": 52,
    "telescope": 24,
    "window": 49,
    "open door": 50,
    "bicycle": 38,
    "computer": 36,
    "radio": 34,
    "guitar": 41,
    "piano": 46,
    "map": 40,
    "box": 40,
    "money": 32,
    "door": 50,
    "table": 42,
    "bread": 28,
    "apple": 44,
    "fish": 22,
    "rope": 41,
    "plane": 40,
    "rocket": 50,
    "train": 37,
    "bell": 44,
    "mirror": 50,
    "cigarette": 6,
    "syringe": 14,
    "skull": 40,
    "crown": 34,
    "star": 42,
    "heart": 44,
    "fire": 45,
    "tree": 50,
    "egg": 42,
}
"""How far below its middle a thing ends, where that is not 48: what it stands on lies there."""


def draw_glyph(c: Canvas, thing: str, lit: Callable[[str], str], paint: str = "") -> None:
    """Draw a thing into the canvas's present group, in a box from -50 to 50.

    Args:
        c: The layer.
        thing: A key of `GLYPHS`.
        lit: Lights a colour.
        paint: The colour that the script gives it, as #rrggbb; its own where empty.
    """
    own = PAINTED.get(thing, ()) if paint else ()
    for shape in GLYPHS[thing]:
        colour = shape[1]
        if colour in own:
            # Lighter and darker parts stay lighter and darker than the main one.
            step = luminance(colour) - luminance(own[0])
            colour = lighter(paint, min(0.6, 2 * step)) if step > 0 else darker(paint, min(0.6, -2 * step))
        if len(shape) == 3:
            c.stroke(shape[0], lit(colour), shape[2])
        else:
            c.path(shape[0], lit(colour))
