"""Words to be read over the picture, and lines of a script that are addressed to the reader alone."""

from __future__ import annotations

import re

from film.direction.words import Range

_TITLE = re.compile(
    r"(?:^|(?<=[.!?…:]\s)|(?<=[.!?…]\s\s)|(?<=\n))"
    r"(?:SUPER(?:IMPOSED?)?|(?:MAIN |OPENING |END )?TITLES?(?: CARDS?)?|CAPTION|CHYRON|LOWER THIRD|ON[- ]SCREEN TEXT|"
    r"LEGEND|INTERTITLE)(?: (?:OVER|UP|READS?)[^:\n]{0,30})?"
    r"(?:\s*:\s*|\s+[-–—]{1,2}\s+|\s+(?=[\"“]))"
    r"(?:[\"“](?P<quoted>[^\"”]+)[\"”][.]?|(?P<plain>[^\n]+))"
)
_JUMPS = r"(?:FLASH[- ]?(?:BACK|FORWARD)|DREAM|NIGHTMARE|MEMORY|VISION|FANTASY|HALLUCINATION)(?: SEQUENCE)?S?"
_MARKER = re.compile(
    rf"(?:(?:BEGIN|START|INTO|END|BACK FROM|RESUME)(?: OF)? )?(?:{_JUMPS}|MONTAGE|SERIES OF SHOTS|INTERCUTS?)"
    r"(?: (?:BEGINS|ENDS|OVER|SEQUENCE))?[.:]*"
    r"|BACK TO (?:SCENE|PRESENT|THE PRESENT|PRESENT DAY|REALITY)[.:]*"
    r"|(?:(?:MUCH|A LITTLE|SOME TIME|MOMENTS|MINUTES|HOURS|DAYS|WEEKS|MONTHS|YEARS) )?LATER[.:]*"
)
_DIVISION = re.compile(
    r"(?:END (?:OF )?)?"
    r"(?:(?:THE )?(?:TEASER|COLD OPEN(?:ING)?|TAG|COMMERCIAL BREAK)|ACT (?:[IVX]+|\d+|[A-Z]+)|EPISODE)[.:]?"
)
"""What divides an episode: nobody reads it in the film."""
_ELSEWHEN = re.compile(rf"\b{_JUMPS}\b")


def titles_in(text: str) -> list[tuple[Range, str]]:
    """Find words to be read over the picture: `SUPER: "Three years later."`.

    Args:
        text: An action.

    Returns:
        The range of each in the action, its keyword included, and its words.
    """
    if ":" not in text and '"' not in text and "“" not in text and " - " not in text:
        return []
    return [
        (match.span(), " ".join((match["quoted"] or match["plain"]).split()))
        for match in _TITLE.finditer(text)
        if (match["quoted"] or match["plain"]).strip()
    ]


def centred_title(text: str) -> str:
    """Give the words of a line in the middle of the page, such as `THE END`, to be read over the picture.

    Args:
        text: The line.

    Returns:
        Its words on one line; nothing where it divides an episode for whoever makes it (`END OF ACT ONE`).
    """
    words = " ".join(text.split())
    return "" if _DIVISION.fullmatch(words.upper()) or not any(map(str.isalnum, words)) else words


def is_marker(text: str) -> bool:
    """Whether an action only tells the reader where the story is: `BACK TO SCENE`, `FLASHBACK:`, `LATER`."""
    return len(text) < 40 and text.isupper() and _MARKER.fullmatch(text.strip()) is not None


def is_elsewhen(heading: str) -> bool:
    """Whether a heading sets its scene in a memory or a dream: `INT. HOUSE - NIGHT - FLASHBACK`."""
    return _ELSEWHEN.search(heading.upper()) is not None
