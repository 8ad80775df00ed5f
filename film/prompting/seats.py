"""What people and animals are told to be on: seats, walls, branches."""

from __future__ import annotations

import re

from film.prompting.openings import spelled
from film.prompting.verbs import Act, act_of

_SEATS = """
bench: bench|pew
stump: stump|log
rock: rock|stone|boulder
box: box|crate|trunk|chest|suitcase|workbench
barrel: barrel|keg|cask
chair: chair|stool
wall: wall
fence: fence|railing|gate
"""
"""What else people sit on, by the nouns that name it."""


_SEAT_ACTS = {
    noun: act_of(f"stance=sit on={name}", 4)
    for name, nouns in (row.split(": ") for row in _SEATS.strip().splitlines())
    for noun in nouns.split("|")
}
_SITS = r"s[ia]t(?:s|ting)?|seated|perche[sd]|slumps?"
SEATING = spelled(_SITS)
"""Of these a text holds one that tells of a seat."""
_SEATED = re.compile(
    rf"\b(?:{_SITS}) (?:\w+ ){{0,2}}?(?:on|upon|astride) "
    rf"(?:an?|the|his|her|their|its) (?:[\w-]+ ){{0,2}}?({'|'.join(_SEAT_ACTS)})\b"
)


def seat_told(clause: str) -> tuple[int, Act] | None:
    """On what somebody sits down, and where in a clause, in small letters, that is told; None where it is not."""
    match = _SEATED.search(clause)
    return (match.start(), _SEAT_ACTS[match[1]]) if match else None


_PERCHES = """
chair: chair|stool
sofa: armchair|sofa|couch|settee
bed: bed|blanket|quilt|pillow|bunk|mattress
table: table|desk|counter|bar|worktop
piano: piano
bench: bench
stump: stump|log
box: box|crate|trunk|chest
barrel: barrel|keg|cask
stove: stove
stone: stone|rock|boulder
gravestone: gravestone|tombstone|headstone|cross
wall: wall|windowsill|sill|ledge
fence: fence|railing|gate|post
roof: roof|chimney|rooftop
branch: tree|branch|bough|oak|apple|elm|pine|treetop
rafter: rafter|rafters|beam|beams
"""
_PERCH_NOUNS = {
    noun: name
    for name, nouns in (row.split(": ") for row in _PERCHES.strip().splitlines())
    for noun in nouns.split("|")
}
PERCHING = frozenset(_PERCH_NOUNS)
"""Of these a text holds one that tells what an animal is on."""
_PERCHED = re.compile(
    r"\b(?:on|upon|onto|atop|in|from|into)(?: top of)? (?:an?|the|his|her|their|its|one|some) (?:[\w-]+ ){0,2}?"
    rf"({'|'.join(_PERCH_NOUNS)})\b"
)


def perch_told(clause: str) -> str:
    """What an animal is on, by a name of `MOUNTS`; empty where a clause, in small letters, tells of nothing."""
    for match in _PERCHED.finditer(clause):
        name = _PERCH_NOUNS[match[1]]
        if name in {"branch", "rafter"} or not match[0].startswith(("in ", "into ")):
            return name
    return ""


NEEDED: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = ((_SEATED, SEATING), (_PERCHED, PERCHING))
"""For each pattern words of which it needs one."""
