"""Tools and arms. Each thing is a few shapes in a box from -50 to 50."""

from __future__ import annotations

from collections.abc import Mapping

from film.render.storyboard.glyphs.base import DARK, GOLD, RED, STEEL, WOOD, Shape, disc, spoked

TOOLS: Mapping[str, tuple[Shape, ...]] = {
    "gun": (
        ("M-48 -22h84v20h-50q-2 6 -8 8l6 34h-24l-8 -40q-4 -10 0 -22Z", "#3a3d45"),
        ("M-48 -22h84v7h-84Z", "#565b66"),
        ("M-12 -2q2 16 16 14", "#2a2c33", 4),
        ("M-38 4l6 36h20l-6 -34Z", "#5f3f2a"),
    ),
    "hammer": (("M-5 -20h10v68h-10Z", WOOD), ("M-36 -42h52q20 0 24 16h-22q-4 6 -10 6h-44Z", "#6a717a")),
    "rope": (("M-38 -20q38 -24 76 0t-76 20t76 20t-76 12", "#b08a52", 10), ("M-38 -20q38 -24 76 0", "#d3b27a", 4)),
    "sword": (
        ("M-4 24V-40L0 -50L4 -40V24Z", "#dfe6ec"),
        ("M0 24V-50L4 -40V24Z", STEEL),
        ("M-18 22h36v7h-36Z", GOLD),
        ("M-4 29h8v15h-8Z", "#5f3b24"),
        (disc(0, 46, 5), GOLD),
    ),
    "rifle": (
        ("M-50 6l4 14l26 -8l6 -10h30v-8h-40q-14 2 -26 12Z", "#7a4f2e"),
        ("M-18 -6h68v5h-68Z", "#3a3d45"),
        ("M-12 -12h26v7h-26Z", "#565b66"),
        ("M-14 6q0 9 8 8", "#2a2c33", 3),
    ),
    "bow": (
        ("M-14 -48Q34 0 -14 48", WOOD, 6),
        ("M-14 -48L-22 0L-14 48", "#e8e0cc", 1.8),
        ("M-22 0H44", "#5f3b24", 3),
        ("M40 -6L50 0L40 6Z", STEEL),
    ),
    "axe": (("M-4 -44h8v92h-8Z", WOOD), ("M4 -42Q30 -46 34 -30Q30 -12 4 -16Z", STEEL)),
    "shovel": (
        ("M-3 -46h6v62h-6Z", WOOD),
        ("M-12 -48h24v6h-24Z", "#5f3b24"),
        ("M-15 14h30v16q-4 16 -15 20q-11 -4 -15 -20Z", "#7d868f"),
    ),
    "broom": (
        ("M-2.5 -50h5v70h-5Z", "#b98a55"),
        ("M-16 18h32l8 32h-48Z", "#d9ac48"),
        ("M-12 20l-6 28M-3 20l-3 29M5 20l4 29M12 20l7 28", "#9c7428", 2),
        ("M-17 16h34v6h-34Z", RED),
    ),
    "bomb": (
        (disc(0, 8, 34), "#2b2c33"),
        ("M-8 -34h16v12h-16Z", "#45474f"),
        ("M0 -34q2 -14 16 -12", "#b08a52", 4),
        (disc(18, -46, 6), "#ffb03a"),
        (disc(-12, -4, 7), "#6a6d78"),
    ),
    "cannon": (
        ("M-40 -6L42 -26L46 -2L-34 22Q-48 14 -40 -6Z", "#3a3d45"),
        ("M38 -28l8 -2l6 28l-8 2Z", "#565b66"),
        *spoked(-8, 24, 24),
    ),
    "brush": (
        ("M-4 -6L28 -46L34 -42L6 0Z", "#b98a55"),
        ("M-12 6L2 -10L10 -2L-4 14Z", STEEL),
        ("M-14 8L-4 16Q-16 34 -34 38Q-28 18 -14 8Z", "#d8503c"),
    ),
    "crutch": (("M-12 -46h24M-9 -46L-2 6V48M9 -46L2 6V48M-6 -12h12", "#b98850", 5),),
    "torch": (
        ("M-6 0h12l-3 50h-6Z", WOOD),
        ("M-14 -6h28v12h-28Z", "#4a3122"),
        ("M-20 -8Q-24 -30 0 -50Q24 -28 20 -8Q0 4 -20 -8Z", "#ff8f2e"),
        ("M-10 -8Q-10 -22 0 -32Q12 -20 10 -8Q0 -2 -10 -8Z", "#ffe08a"),
    ),
    "flashlight": (
        ("M20 -18L50 -34V34L20 18Z", "#fff0b8"),
        ("M-46 -9h46v18h-46q-4 0 -4 -4v-10q0 -4 4 -4Z", "#3a3d45"),
        ("M0 -14h14l8 -6v40l-8 -6h-14Z", STEEL),
        ("M-26 -12h12", "#b8322e", 5),
    ),
    "telescope": (
        ("M-46 4l30 -12l8 20l-30 12q-10 -4 -8 -20Z", "#6b4a2e"),
        ("M-16 -8l30 -12l9 22l-30 12Z", GOLD),
        ("M14 -20l30 -13q12 6 10 22l-30 14Z", "#8f5c34"),
        ("M44 -33q12 6 10 22", "#d6e9ef", 4),
        ("M-17 -8l8 20M14 -20l9 22", "#7a5a24", 3),
    ),
    "syringe": (
        ("M-22 -10h48v20h-48Z", "#dff1f6"),
        ("M-22 -10h26v20h-26Z", "#7fd0a8"),
        ("M26 -3h24v4h-24Z", STEEL),
        ("M-44 -4h22v8h-22Z", STEEL),
        ("M-50 -14h7v28h-7Z", STEEL),
    ),
    "camera": (
        ("M-18 -30h26l6 10h-38Z", "#3a3d45"),
        ("M-48 -20h96v56h-96Z", DARK),
        ("M-48 -20h96v12h-96Z", STEEL),
        (disc(0, 10, 22), "#4a4e58"),
        (disc(0, 10, 15), "#16304a"),
        (disc(-5, 5, 5), "#8fc4e6"),
        (disc(36, -14, 4), "#d8402f"),
    ),
    "microphone": (
        ("M-7 -4h14l-4 54h-6Z", DARK),
        (disc(0, -22, 20), STEEL),
        ("M-18 -28h36M-20 -20h40M-8 -40v36M8 -40v36", "#6a717a", 2),
    ),
    "radio": (
        ("M20 -28L40 -50", STEEL, 3),
        ("M-46 -28h92v62h-92Z", "#8f5c34"),
        (disc(-20, 3, 20), "#3a2a1e"),
        ("M-34 -6h28M-36 3h32M-34 12h28", "#b98a55", 2.6),
        ("M8 -16h30v12h-30Z", "#f2d894"),
        (disc(14, 16, 6), GOLD),
        (disc(33, 16, 6), GOLD),
    ),
    "computer": (
        ("M-40 -40h80v54h-80Z", DARK),
        ("M-34 -34h68v42h-68Z", "#6fc6dc"),
        ("M-28 -26h30M-28 -16h44M-28 -6h22", "#dff6fb", 3.4),
        ("M-48 18h96l6 18h-108Z", STEEL),
        ("M-36 22h72l3 8h-78Z", "#6d747c"),
    ),
    "phone": (
        ("M-24 -48h48q6 0 6 6v84q0 6 -6 6h-48q-6 0 -6 -6v-84q0 -6 6 -6Z", DARK),
        ("M-25 -40h50v74h-50Z", "#7fd0ea"),
        ("M-25 -40h32l-32 50Z", "#b5e6f5"),
        (disc(0, 41, 4), "#5d6068"),
    ),
}
"""Each by its name of `film.prompting.things.THINGS`."""
