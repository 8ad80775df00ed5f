"""The colours that scripts name."""

from __future__ import annotations

from collections.abc import Mapping

COLOURS: Mapping[str, str] = {
    "red": "#c0392f",
    "blue": "#33629c",
    "green": "#3f7d54",
    "yellow": "#e0b03a",
    "white": "#e8e4da",
    "black": "#25262b",
    "grey": "#83888e",
    "brown": "#75492f",
    "orange": "#d9752f",
    "purple": "#6d4a8e",
    "pink": "#dd8295",
    "teal": "#2f8584",
    "navy": "#27375c",
    "beige": "#cdb894",
    "golden": "#d7a640",
    "silver": "#b4bbc2",
    "crimson": "#a3202f",
    "turquoise": "#3aa6a6",
}
_SYNONYMS = {
    "gray": "grey",
    "scarlet": "red",
    "blond": "golden",
    "blonde": "golden",
    "gold": "golden",
    "ginger": "orange",
    "violet": "purple",
    "khaki": "beige",
    "tan": "beige",
    "dark": "black",
    "pale": "white",
    "auburn": "brown",
    "rusty": "orange",
    "bright-red": "red",
    "iron-grey": "grey",
    "iron-gray": "grey",
    "steel-grey": "grey",
    "charcoal": "grey",
    "white-blonde": "golden",
    "chestnut": "brown",
    "leopard-print": "golden",
    "leopard": "golden",
    "mustard": "yellow",
    "burgundy": "crimson",
    "maroon": "crimson",
    "camel": "beige",
    "sandy": "golden",
    "copper": "orange",
    "coppery": "orange",
    "cream": "white",
    "ivory": "white",
    "olive": "green",
    "army": "green",
    "emerald": "green",
    "lilac": "purple",
    "lavender": "purple",
    "mauve": "purple",
    "rose": "pink",
    "denim": "blue",
    "indigo": "navy",
}


MATERIALS: Mapping[str, str] = {
    "iron": "#5b6068",
    "steel": "#9aa4ad",
    "metal": "#8b949c",
    "tin": "#a7adb2",
    "brass": "#c39a45",
    "bronze": "#8a6a3c",
    "wooden": "#8a5c38",
    "wood": "#8a5c38",
    "oak": "#7a5232",
    "oaken": "#7a5232",
    "pine": "#b98a58",
    "stone": "#8d9298",
    "marble": "#dcdad4",
    "leather": "#7a4a2e",
    "clay": "#b0683f",
    "earthenware": "#b0683f",
    "straw": "#d9b968",
    "bone": "#e6dfca",
    "rusty": "#8f5434",
    "rusted": "#8f5434",
}
"""What things are made of, and the colour that this gives them."""


def colour_named(word: str) -> str | None:
    """Find the colour that a word names.

    Args:
        word: In lower case.

    Returns:
        A key of `COLOURS`, or None.
    """
    name = _SYNONYMS.get(word, word)
    return name if name in COLOURS else None
