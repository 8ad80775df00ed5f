"""Which vehicle somebody drives, by the words that name it, and the colours by which some are known."""

from __future__ import annotations

import re
from collections.abc import Mapping

VEHICLES: Mapping[str, str] = {
    "truck": r"truck|lorry|pickup|fire ?engine|fire ?truck|digger|dumper|tanker truck",
    "van": r"van|minivan|ambulance|camper|motorhome|hearse",
    "bus": r"bus|minibus|school ?bus|coach|trolley ?bus",
    "tractor": r"tractor|bulldozer|combine harvester|harvester|forklift",
    "car": r"car|taxi|cab|jeep|limousine|limo|automobile|sedan|convertible|police car|squad car",
}
"""What drivers sit in, by names of `film.prompting.verbs.MOUNTS`, and what a script calls it."""
_TOLD = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{name}>{words})" for name, words in VEHICLES.items()) + r")s?\b", re.IGNORECASE
)
DRAWN_AS: Mapping[str, str] = {
    "taxi": "car",
    "police car": "car",
    "ambulance": "van",
    "fire engine": "truck",
    "pickup": "truck",
}
"""Vehicles among the things that are driven as others, by names of `film.prompting.thing_names.THINGS`."""
LIVERY: Mapping[str, str] = {
    "taxi": "#e0b03a",
    "ambulance": "#e8e4da",
    "police car": "#23304f",
    "fire engine": "#c8302a",
}
"""Their colours where the script tells none, as #rrggbb."""


def vehicle_told(words: str) -> str:
    """Find which vehicle words name: one of `VEHICLES`, the first of several; empty for none."""
    found = _TOLD.search(words)
    return found.lastgroup or "" if found else ""


def words_of_vehicle(words: str) -> str:
    """The words themselves that name a vehicle, in lower case; empty for none."""
    found = _TOLD.search(words)
    return found[0].lower() if found else ""
