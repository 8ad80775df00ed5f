"""What people wear by their trade: a row each, from the nouns that name it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from film.prompting.openings import Table

GARBS: tuple[str, ...] = (
    "oilskin",
    "sweater",
    "stripes",
    "labcoat",
    "apron",
    "uniform",
    "vest",
    "overalls",
    "robe",
    "cassock",
    "gown",
)
"""What a draughtsman can put over plain clothes."""

HEADWEAR: tuple[str, ...] = (
    "knit",
    "peaked",
    "toque",
    "crown",
    "straw",
    "pointed",
    "coif",
    "veil",
    "helmet",
    "wig",
    "stetson",
)
"""What a draughtsman can put on a head besides the caps, hats and hoods that a script names."""


@dataclass(frozen=True, slots=True)
class Trade:
    """What a trade wears; an empty field leaves what the person would wear anyway."""

    garb: str = ""
    headwear: str = ""
    top: str = ""
    """Colour of what is worn above the waist, as #rrggbb."""
    bottom: str = ""
    long: bool | None = None
    """Whether it reaches below the knees; None leaves it to the person."""


_ROWS: tuple[tuple[str, Trade], ...] = (
    (r"fisher(?:man|men|woman)|trawlerman", Trade("oilskin", "knit", "#d3a437", "#3b4148", True)),
    (r"captain|skipper|admiral", Trade("uniform", "peaked", "#27375c", "#2b3040", False)),
    (r"sailor|deckhand|seaman|mariner", Trade("stripes", "knit", "#e6e2d8", "#27375c", False)),
    (r"pirate|buccaneer", Trade("stripes", "", "#e0d8c4", "#3b2f2a", False)),
    (r"ferryman|ferrywoman|lighthouse keeper|whaler", Trade("sweater", "", "", "#2f3644", False)),
    (r"farmer|farmhand|gardener|shepherd|shepherdess|beekeeper|scarecrow", Trade("overalls", "straw", "", "#4a6079")),
    (r"carpenter|mechanic|plumber|miner|joiner|builder", Trade("overalls", "", "", "#4a6079", False)),
    (r"clock ?maker|watchmaker|cobbler|shoemaker|tailor|blacksmith", Trade("apron", "", "", "", False)),
    (r"painter|sculptor", Trade("apron", "", "", "", False)),
    (r"nurse", Trade("apron", "coif", "#5f93a8", "#5f93a8")),
    (r"doctor|surgeon|physician|scientist|professor|pharmacist|chemist", Trade("labcoat", "", "#eceeea", "", True)),
    (r"chef|cook|baker|pastry", Trade("apron", "toque", "#eae6dc", "#4b4a4e", False)),
    (r"waiter|bartender|butler|barman", Trade("vest", "", "#26262c", "#26262c", False)),
    (r"waitress|barmaid|maid", Trade("apron", "", "#3a3a44")),
    (r"soldier|corporal|sergeant|lieutenant|colonel", Trade("uniform", "helmet", "#66704c", "#59623f", False)),
    (r"police\w*|cop|constable|officer", Trade("uniform", "peaked", "#2b3c66", "#242c40", False)),
    (r"guard|warden|conductor|postman|mailman|stationmaster|pilot", Trade("uniform", "peaked", "#3d4a63", "", False)),
    (r"firefighter|fireman", Trade("uniform", "helmet", "#a8762f", "#3b3a36", False)),
    (r"knight", Trade("uniform", "helmet", "#98a1aa", "#7d868f", False)),
    (r"king|queen|emperor|empress", Trade("robe", "crown", "#8f2638", "#4a2230", True)),
    (r"prince|princess", Trade("robe", "crown", "#5a4a9a", "#3a3260", True)),
    (r"priest|vicar|pastor|bishop|reverend", Trade("cassock", "", "#26252b", "#26252b", True)),
    (r"monk|friar", Trade("", "", "#6b4a33", "#6b4a33", True)),
    (r"nun", Trade("cassock", "veil", "#2b2b33", "#2b2b33", True)),
    (r"judge|magistrate|barrister", Trade("gown", "", "#26252b", "#26252b", True)),
    (
        r"sheriff|cowboy|cowgirl|gunslinger|rancher|marshal|bounty hunter|prospector|outlaw",
        Trade("", "stetson", "", "#4a5a72"),
    ),
    (r"astronaut|cosmonaut|spaceman", Trade("uniform", "helmet", "#dfe3e6", "#cfd5da", False)),
    (r"bride", Trade("", "veil", "#f4f1ea", "#f4f1ea", True)),
    (r"widow|mourner", Trade("", "", "#26252b", "#26252b", True)),
    (r"wizard|sorcerer|witch|magician", Trade("robe", "pointed", "#463a78", "#2f2850", True)),
)
_TRADES = Table(re.compile(rf"\b(?:{words})\b") for words, _ in _ROWS)
_OTHERS = re.compile(
    r"\b(?:with|of|to|from|by|for|like|beside|behind|towards?|against|over)\s+(?:an?|the|his|her|their|some)?\s*[^,.;]*"
    r"|\b(?:his|her|their|whose)\s+[^,.;]*|\b\w+['’]s?\s+(?=[a-z])"
)


def trade_of(words: str) -> Trade | None:
    """Find the trade that the words about a person name.

    Args:
        words: Their name and the phrase that introduces them, in lower case. `a boy with a soldier` is no soldier.

    Returns:
        What the trade wears; None where no trade is named, or none that can be told by its dress.
    """
    own = _OTHERS.sub(" ", words)
    hits = [(match.start(), row) for row, match in _TRADES.found(own)]
    return _ROWS[min(hits)[1]][1] if hits else None
