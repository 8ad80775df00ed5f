"""What a line is by its looks: somebody's name above a speech, a transition, a page's own furniture."""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST_CUE = 60
_LONGEST_EXTENSIONS = 140
_EXTENSION = re.compile(r"\([^()]*\)?")
_RUNNING_ON = re.compile(r"(?:[!…,;]|--|[–—]|\.\.\.|\bTO:)$|:\s+\S|^[-–—•*]+\s|^\d+\)\s|^[\"“'‘].*[\"”'’]$")
"""What shouts, breaks off, goes on, lists or quotes is no name."""
_LITTLE_WORDS = re.compile(r"\s(?:AND|OR|OF|IN|ON|AT|BY|FOR|FROM|WITH|INTO|TO|AS|IS|ARE|THE)$")
"""A line that ends in one of these goes on below."""
_ABBREVIATED = re.compile(
    r"(?:^|[\s.\-])(?:[^\W\d_]|JR|SR|ESQ|ST|SGT|CPL|PVT|LT|CPT|CAPT|COL|GEN|MAJ|DR|MR|MRS|MS|PH\.D|INC|CO|CONT|ETC)\.$"
)
"""Names that may end in a full stop: `MARTIN JR.`, `MR. T.`, `J.R.`"""
_ALONE = r"(?=$|:|\.$|\s*[-–—\"“'])"
_DIRECTION = re.compile(
    r"(?:CLOSE(?:R ON| ON| UP|-UP|UP| SHOT|R?$)|(?:ANOTHER |WIDE |LOW |HIGH |REVERSE |NEW )?ANGLE|INSERT|ON|WE|BACK TO|"
    r"(?:EXTREME |VERY )?(?:WIDE|LONG|MEDIUM|TIGHT|TWO|ESTABLISHING|AERIAL|TRACKING|MASTER)(?: SHOT|-SHOT$)|"
    r"(?:SMASH |JUMP |MATCH |HARD )?CUT(?: TO| BACK|$)|(?:SLOW )?FADES?(?: IN| OUT| UP| TO|$)|DISSOLVES?(?: TO|$)|"
    r"WIPES?(?: TO|$)|IRIS (?:IN|OUT)|(?:CUT|FADE|SMASH) (?:TO )?BLACK|FLASH TO WHITE|BLACK ?OUT|"
    r"OVER (?:BLACK|CREDITS|TITLES?)|"
    rf"SUPER{_ALONE}|SUPERIMPOSED?|"
    rf"(?:MAIN |OPENING |END |CLOSING )?(?:TITLE|CREDIT)S?(?: CARD| OVER| SEQUENCE|{_ALONE})|"
    r"(?:CAPTION|CHYRON|SUBTITLE|HEADLINE|LEGEND|GRAPHIC|TEXT|CARD)S?:|"
    r"POV|MONTAGE|INTERCUT(?:TING)?|(?:QUICK )?FLASH(?:BACK|FORWARD|CUT|E)S?|SERIES OF|"
    rf"(?:(?:MUCH|MOMENTS?|MINUTES?|HOURS?|DAYS?|WEEKS?|MONTHS?|YEARS?)\s+)?LATER{_ALONE}|"
    r"CONTINUOUS|CONTINUED|OMITTED|FREEZE FRAME|SPLIT SCREEN|THE END|ROLL (?:CREDITS|TITLES)|"
    r"(?:BEGIN|START|END|RESUME)(?:S|NING|ING)? (?:OF|MONTAGE|FLASHBACK|INTERCUT|DREAM|SERIES|CREDITS|TITLES?)"
    r")(?![\w'’\-])"
)
"""How the camera, the cutting room and the title designer are spoken to."""
_NO_NAME_ENDS = re.compile(r"\b(?:POV|P\.O\.V\.?|READS?:?)$")
_BYLINE = re.compile(
    r"by$|based (?:up)?on\b|(?:an? )?(?:original )?(?:"
    r"(?:written|screenplay|teleplay|story|script|directed|created|adapted)\b.{0,20}\bby\b|"
    r"(?:screenplay|teleplay|script)$)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"\(?(?:CONTINUED|MORE|CONT['’]?D\.?)\)?:?(?:\s*\(\d{1,3}\))?|CONTINUED(?: FROM PREVIOUS PAGE)?:?|"
    r"\(CONTINUED ON (?:THE )?NEXT PAGE\)|(?:PAGE )?\d{1,3}\.|PAGE \d{1,3}"
)


def is_transition(line: str) -> bool:
    """Whether a line is a transition by its looks: upper case, ending in `TO:` without a space after it."""
    return line.endswith("TO:") and line.isupper()


def is_furniture(line: str) -> bool:
    """Whether a line that stands alone is the printed page's own: `(CONTINUED)`, `CONTINUED: (2)`, `12.`."""
    return len(line) <= _LONGEST_CUE and _FURNITURE.fullmatch(line) is not None


def is_upper(line: str) -> bool:
    """Whether a line is in upper case: it has a capital, and no letter that could be one and is not.

    `GROßVATER` is: ß has no capital that writers use. So is `AGENTE Nº 5`.
    """
    if line.isupper():
        return True
    letters = (letter for letter in line if letter.islower())
    return any(map(str.isupper, line)) and all(len(one.upper()) > 1 or one.upper() == one for one in letters)


def is_cue(line: str) -> bool:
    """Whether a line names a speaker by its looks.

    Fountain calls every line in upper case with a blank line before it and none after it a cue. What no reader of
    the printed page takes for a name is left out: `BANG!`, `CLOSE ON THE LETTER`, `A SHOT RINGS OUT.`

    Args:
        line: Without the white space around it.

    Returns:
        Whether it is in upper case before and between any extensions in parentheses, and may be a name.
    """
    plain = line.rstrip("^").rstrip()
    name = plain.split("(", 1)[0].strip()
    if len(name) > _LONGEST_CUE or len(plain) > _LONGEST_CUE + _LONGEST_EXTENSIONS or ")" in name:
        return False
    if not is_upper(name) or (name != plain and not _extensions_only(plain)):
        return False
    return _may_be_a_name(name, plain)


@lru_cache(maxsize=1024)
def _may_be_a_name(name: str, plain: str) -> bool:
    """Whether capitals may name somebody, without their extensions and with them: a screenplay repeats its cues."""
    if _RUNNING_ON.search(plain) or _RUNNING_ON.search(name) or _LITTLE_WORDS.search(name):
        return False
    if name.endswith(".") and not _ABBREVIATED.search(name):
        return False
    return not _DIRECTION.match(name) and not _NO_NAME_ENDS.search(name)


def _extensions_only(cue: str) -> bool:
    """Whether all between a cue's parentheses is in upper case: `BOB (40), a man` introduces somebody."""
    return not any(letter.islower() for letter in _EXTENSION.sub("", cue))


def is_byline(line: str) -> bool:
    """Whether a line says who wrote the script: what stands above it is a title, no speaker."""
    return len(line) <= _LONGEST_CUE and _BYLINE.match(line) is not None


def revised(line: str) -> int:
    """Where a line ends that has the star of a revision in its margin, or else its length."""
    bare = line[:-1].rstrip() if line.endswith("*") else line
    return len(bare) if len(bare) < len(line) - 1 else len(line)
