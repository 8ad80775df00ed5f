"""Words to be read over the picture, and lines of a script that are addressed to the reader alone."""

from __future__ import annotations

import re

from film.direction.words import Range

_TITLE = re.compile(
    r"(?:^|(?<=[.!?…:]\s)|(?<=[.!?…]\s\s)|(?<=\n))"
    r"(?:SUPER(?:IMPOSED?)?|(?:MAIN |OPENING |END )?TITLES?(?: CARDS?)?|CAPTION|CHYRON|LOWER THIRD|ON[- ]SCREEN TEXT|"
    r"LEGEND|INTERTITLE|TEXT ON(?: THE)? SCREEN|(?:Super(?:imposed?)?|Title card|Lower third|Caption|"
    r"Chyron|On[- ]screen text|Text on(?: the)? screen)(?=:))(?: (?:OVER|UP|READS?)[^:\n]{0,30})?"
    r"(?:\s*:\s*|\s+[-–—]{1,2}\s+|\s+(?=[\"“]))"
    r"(?:[\"“](?P<quoted>[^\"”]+)[\"”][.]?|(?P<plain>[^\n]+))"
)
_JUMPS = r"(?:FLASH[- ]?(?:BACK|FORWARD)|DREAM|NIGHTMARE|MEMORY|VISION|FANTASY|HALLUCINATION)(?: SEQUENCE)?S?"
_MARKER = re.compile(
    rf"(?:(?:BEGIN|START|INTO|END|BACK FROM|RESUME)(?: OF)? )?(?:{_JUMPS}|MONTAGE|SERIES OF SHOTS|INTERCUTS?)"
    r"(?: (?:BEGINS|ENDS|OVER|SEQUENCE))?[.:]*"
    r"|(?:BEGIN |END )?(?:MONTAGE|SERIES OF SHOTS|INTERCUT)(?:\s*[-–—:/]+\s*|\s+)[^\n]{1,60}"
    r"|BACK TO (?:SCENE|PRESENT|THE PRESENT|PRESENT DAY|REALITY)[.:]*"
    r"|(?:(?:MUCH|A LITTLE|SOME TIME|MOMENTS|MINUTES|HOURS|DAYS|WEEKS|MONTHS|YEARS) )?LATER[.:]*"
)
_NUMBER = r"[A-Z]{0,2}\d{1,4}[A-Z]{0,2}"
_NUMBERS = rf"{_NUMBER}(?:\s*(?:[-–,&]|AND|TO|THRU|THROUGH)\s*(?:{_NUMBER}|[A-Z]))*"
_FOR_READERS = re.compile(
    rf"(?:{_NUMBERS}\s+)?(?:SCENES?\s+)?(?:{_NUMBERS}\s+)?(?:(?:IS|ARE)\s+)?OMIT(?:TED)?\.?(?:\s+{_NUMBERS})?"
    r"|(?:(?:ROLL|BEGIN|START|END|OPENING|MAIN|CLOSING|RUN|OVER|UNDER)\s+)*(?:END\s+|OPENING\s+|MAIN\s+)?"
    r"(?:CREDITS|TITLES|TITLE SEQUENCE|CREDIT SEQUENCE)(?:\s+(?:ROLL|BEGIN|END|SEQUENCE|OVER|RUN))*[.:]?"
    r"|(?:OVER|IN|ON|UNDER)\s+(?:A\s+)?(?:BLACK|BLACKNESS|DARKNESS|WHITE)(?:\s+SCREEN)?[.:]?|(?:BLACK|WHITE)(?:\s+SCREEN)?[.:]"
    r"|(?:A\s+)?(?:SERIES\s+OF\s+)?(?:QUICK|VARIOUS|RAPID|SMASH|JUMP|FLASH)\s+(?:CUTS|SHOTS|FLASHES)[.:]?"
    r"|BACK\s+(?:TO|AT|ON|IN|WITH)\s+[^\n.:]{1,40}[.:]?|(?:END\s+)?(?:TEASER|TAG|COLD\s+OPEN)[.:]?|END\s+OF\s+[^\n]{1,30}"
)
_CUT_IN = re.compile(
    r"(?:^|(?<=[.!?…\"”)\-–—]\s)|(?<=\n))(?:(?:SMASH|HARD|MATCH|JUMP|QUICK|SLOW|TIME|FLASH|SLAM)[ -])?"
    r"(?:(?:CUT|DISSOLVE|WIPE|SMASH|FADE|FLASH)(?: (?:BACK|UP|OUT|IN))? TO(?: (?:BLACK|WHITE)[.:]|:)|"
    r"FADE OUT[.:]|FADE IN:)(?=\s|$)"
)
_DIVISION = re.compile(
    r"(?:END (?:OF )?)?"
    r"(?:(?:THE )?(?:TEASER|COLD OPEN(?:ING)?|TAG|COMMERCIAL BREAK)|ACT (?:[IVX]+|\d+|[A-Z]+)|EPISODE)[.:]?"
)
"""What divides an episode: nobody reads it in the film."""
_CONTINUED = re.compile(r"\((?:continued|more|cont['’]?d\.?)\)", re.IGNORECASE)
_LONGEST_MARKER = 80
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
    return len(text) < _LONGEST_MARKER and text.isupper() and _MARKER.fullmatch(text.strip()) is not None


def is_for_readers(text: str) -> bool:
    """Whether an action is nothing to be seen: `12 OMITTED 12`, `OVER BLACK:`, `ROLL CREDITS`, `BACK TO THE BAR`."""
    text = text.strip()
    if _CONTINUED.fullmatch(text):
        return True
    return len(text) < _LONGEST_MARKER and text.isupper() and _FOR_READERS.fullmatch(text) is not None


def parts_company(text: str) -> bool | None:
    """Whether those who speak are at different places from here on: `INTERCUT` begins it, and `END INTERCUT` ends it.

    Args:
        text: A marker, or a transition.

    Returns:
        None where it says nothing of it.
    """
    if "INTERCUT" not in text.upper():
        return None
    return not text.upper().lstrip().startswith(("END", "BACK FROM"))


def cuts_in(text: str) -> list[tuple[Range, str]]:
    """Find transitions that stand in the midst of an action: `Anna runs. SMASH CUT TO:`.

    Args:
        text: The action.

    Returns:
        The range of each, and its words.
    """
    if " TO" not in text and "FADE " not in text:
        return []
    return [(match.span(), match.group()) for match in _CUT_IN.finditer(text)]


def is_elsewhen(heading: str) -> bool:
    """Whether a heading sets its scene in a memory or a dream: `INT. HOUSE - NIGHT - FLASHBACK`."""
    return _ELSEWHEN.search(heading.upper()) is not None
