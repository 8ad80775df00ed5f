"""What a cue says: who speaks, without how or from where; and who speaks together."""

from __future__ import annotations

import re

from film.direction.vocabulary import GENERIC

_EXTENSION = re.compile(r"[(\[][^()\[\]]*[)\]]?")
_LOOSE = re.compile(
    r"(?:\s+|\s*[-–—,/:]\s*)(?:V\.?\s?/?O\.?|O\.?\s?/?S\.?|O\.?\s?/?C\.?|CONT['’]?D?\.?|CONTINU(?:ED|ING)|PRE-?\s?LAP|FILTERED|"
    r"SUBTITLED|VOICE-?\s?OVER|OFF-?\s?(?:SCREEN|CAMERA)|INTO\s+(?:THE\s+)?(?:PHONE|TELEPHONE|RADIO|"
    r"INTERCOM|SPEAKER|TV|T\.V\.|SCREEN))$",
    re.IGNORECASE,
)
_LONGEST_LOOSE = 40
"""More characters than any of them has."""
_VOICE_OF = re.compile(
    r"^(?:THE )?VOICE OF (?P<of>.*)$|^(?P<whose>.*?)['’](?:S VOICE|VOICE|S INNER VOICE|S RECORDED VOICE|S THOUGHTS)$",
    re.IGNORECASE,
)
_ON_AIR = re.compile(
    r"\s+(?:ON|OVER)\s+(?:THE\s+)?(?:PHONE|TELEPHONE|RADIO|TV|T\.V\.|SCREEN|MONITOR|SPEAKER|INTERCOM|TAPE|VIDEO|VOICEMAIL)$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:/|&|\+|,|\bAND\b)\s*(?:AND\s+)?", re.IGNORECASE)
COLLECTIVE = frozenset("all both everyone everybody together others".split()) | {
    "all three",
    "all four",
    "all together",
    "the others",
    "the two",
    "both of them",
    "all of them",
}
"""Cues of whoever is there, in lower case."""


def cue_name(cue: str) -> str:
    """Take extensions off a cue: `ANNA (V.O.) (CONT'D)` becomes `ANNA`.

    Args:
        cue: As written. Extensions stand in parentheses or brackets; the usual ones also without. `ANNA'S VOICE` is
            hers. `VOICE ON RADIO` keeps its end: nothing else is known of whoever speaks.

    Returns:
        The name; the whole cue where nothing else is left of it.
    """
    name = _without_loose(" ".join(_EXTENSION.sub(" ", cue).split()).rstrip("^:").strip())
    if (told := _ON_AIR.search(name)) and name[: told.start()].split()[-1].lower() not in GENERIC:
        name = name[: told.start()]
    voice = _VOICE_OF.match(name)
    if voice:
        name = voice["of"] or voice["whose"] or name
    return name.strip(" ,;:") or cue.strip()


def _without_loose(name: str) -> str:
    """Take off one extension after the other, each looked for at the end alone: a cue may have a thousand of them."""
    end = len(name)
    while (found := _LOOSE.search(name, max(0, end - _LONGEST_LOOSE), end)) and found.start():
        end = found.start()
    return name[:end]


def names_together(name: str) -> tuple[str, ...]:
    """Who speaks together under a cue: `JOHN AND MARY`, `JOHN/MARY`; empty where it names one.

    Args:
        name: A cue without its extensions.
    """
    parts = tuple(part.strip() for part in _AND.split(name))
    return parts if len(parts) > 1 and all(parts) else ()


def is_collective(name: str) -> bool:
    """Whether a cue means whoever is there: `ALL`, `BOTH`."""
    return name.lower() in COLLECTIVE
