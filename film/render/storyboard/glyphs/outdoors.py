"""Farm and field, arms of old, what the dead and the arrested are given. In a box from -50 to 50."""

from __future__ import annotations

from collections.abc import Mapping

from film.render.storyboard.glyphs.base import DARK, GOLD, STEEL, WOOD, Shape, disc

OUTDOORS: Mapping[str, tuple[Shape, ...]] = {
    "cross": (
        ("M-7 -50h14v22h24v14h-24v62h-14v-62h-24v-14h24Z", "#8a5c38"),
        ("M-7 -50h5v22h-5ZM-31 -28h62v4h-62Z", "#b07f50"),
    ),
    "shield": (
        ("M-40 -44Q0 -54 40 -44Q44 16 0 48Q-44 16 -40 -44Z", "#8f2f33"),
        ("M-40 -44Q0 -54 40 -44Q44 16 0 48Q-44 16 -40 -44Z", GOLD, 6),
        ("M-6 -44h12v78h-12ZM-36 -14h72v12h-72Z", GOLD),
    ),
    "spear": (
        ("M-2.6 -24h5.2v72h-5.2Z", WOOD),
        ("M0 -50L9 -34L4 -20H-4L-9 -34Z", STEEL),
        ("M-5 -22h10v6h-10Z", "#b8402f"),
    ),
    "pitchfork": (
        ("M-2.6 -16h5.2v64h-5.2Z", WOOD),
        ("M-16 -48V-26Q-14 -14 0 -14Q14 -14 16 -26V-48M0 -48V-14", "#5b6068", 4.5),
    ),
    "oar": (
        ("M-3 -48h6v66h-6Z", "#b98a55"),
        ("M-10 12h20q4 26 -4 36h-12q-8 -10 -4 -36Z", "#c9a06a"),
        ("M-9 24h18v6h-18Z", "#b8402f"),
    ),
    "rod": (
        ("M-42 46L40 -48", "#7a5232", 4),
        ("M-42 46L-24 26", "#2b2c33", 8),
        (disc(-22, 30, 7), STEEL),
        ("M40 -48Q48 -10 46 30", "#d6dde2", 1.8),
        (disc(46, 32, 5), "#d8402f"),
    ),
    "coffin": (
        ("M-46 6L-38 -8H40L48 6V40H-46Z", "#7a4a2a"),
        ("M-46 6L-38 -8H40L48 6Z", "#a06a40"),
        ("M-46 6H48", "#5a3419", 4),
        ("M-6 -4h4v-3h4v3h4v3h-4v5h-4v-5h-4Z", GOLD),
        ("M-34 18q8 10 16 0M18 18q8 10 16 0", GOLD, 4),
        ("M-40 40h8v8h-8ZM34 40h8v8h-8Z", "#4a2c18"),
    ),
    "wheelbarrow": (
        ("M-26 -22H36L22 12H-14Z", "#5f7a52"),
        ("M-20 -24Q6 -40 30 -24Z", "#6b4a2e"),
        ("M-26 -14L-50 -22M-10 12L-18 44M-14 12L30 16", WOOD, 6),
        (disc(32, 30, 17), DARK),
        (disc(32, 30, 8), STEEL),
    ),
    "placard": (
        ("M-3 -4h6v52h-6Z", WOOD),
        ("M-40 -50h80v50h-80Z", "#f4efe2"),
        ("M-40 -50h80v50h-80Z", "#b8402f", 4),
        ("M-26 -36h52M-26 -25h36M-26 -14h46", "#3a3d45", 5),
    ),
    "handcuffs": (
        ("M-46 14A20 20 0 1 0 -6 14A20 20 0 1 0 -46 14M6 14A20 20 0 1 0 46 14A20 20 0 1 0 6 14", STEEL, 8),
        ("M-8 6Q0 -14 8 6", "#7d868f", 5),
        ("M-30 -10h10v-8h-10ZM20 -10h10v-8h-10Z", "#6a717a"),
    ),
    "fountain": (
        ("M-4 -30h8v50h-8Z", "#a9aeb2"),
        ("M-22 -14Q0 -6 22 -14Q20 2 0 4Q-20 2 -22 -14Z", "#b9bec2"),
        ("M0 -32Q-4 -50 -16 -40Q-24 -30 -22 -12"
         "M0 -32Q4 -50 16 -40Q24 -30 22 -12M-20 -6Q-34 4 -34 24M20 -6Q34 4 34 24", "#bfe4f2", 4),
        ("M-48 18Q0 32 48 18L42 44Q0 52 -42 44Z", "#8d9298"),
        (disc(0, 20, 46, 8), "#7fb8d4"),
    ),
    "hay": (
        ("M-46 40Q-40 -20 -16 -42Q0 -50 16 -42Q40 -20 46 40Q0 52 -46 40Z", "#d9b04f"),
        ("M-24 -22L-36 30M-6 -34L-12 38M10 -34L16 38M26 -16L34 32M-40 12L-18 6M18 10L42 16M-10 -8L14 -2", "#a67f2c", 3),
    ),
    "pickaxe": (
        ("M-3.4 -36h6.8v84h-6.8Z", WOOD),
        ("M-48 -20Q0 -62 48 -20Q0 -44 -48 -20Z", "#6a717a"),
        ("M-6 -46h12v14h-12Z", "#3a3d45"),
    ),
    "scythe": (
        ("M10 -44Q2 0 -4 46", WOOD, 5),
        ("M4 -10h14M0 14h14", WOOD, 4),
        ("M12 -46Q-30 -56 -48 -24Q-24 -42 10 -38Z", STEEL),
    ),
}  # fmt: skip
"""Each by its name of `film.prompting.thing_names.THINGS`."""
