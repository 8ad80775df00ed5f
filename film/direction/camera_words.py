"""The words by which a script speaks of its camera: sizes, angles and moves. Tables, and how they are looked up."""

from __future__ import annotations

import re
from typing import NamedTuple

from schemas.enums import Angle, Movement, ShotSize


class Words(NamedTuple):
    """What camera words say; None is what they leave open."""

    size: ShotSize | None = None
    angle: Angle | None = None
    movement: Movement | None = None


_Row = tuple[str, Words]


def _size(size: ShotSize) -> Words:
    return Words(size=size)


def _angle(angle: Angle) -> Words:
    return Words(angle=angle)


def _move(move: Movement) -> Words:
    return Words(movement=move)


_WRITTEN: tuple[_Row, ...] = (
    ("MEDIUM CLOSE[- ]?UP|MCU", _size(ShotSize.MCU)),
    ("EXTREME CLOSE[- ]?UP|ECU|XCU|EXTREMELY CLOSE|MACRO", _size(ShotSize.ECU)),
    ("CLOSE ON|CLOSE[- ]?UP|CLOSER ON|CLOSER|CLOSE SHOT|TIGHT ON|TIGHT SHOT|CU|INSERT", _size(ShotSize.CU)),
    ("AERIAL|BIRD'S[- ]EYE|DRONE SHOT", Words(ShotSize.EWS, Angle.HIGH)),
    ("EXTREME WIDE|ESTABLISHING|VERY WIDE|EWS", _size(ShotSize.EWS)),
    ("WIDE SHOT|WIDE ON|WIDER|LONG SHOT|MASTER SHOT", _size(ShotSize.WS)),
    ("FULL SHOT|FULL FIGURE", _size(ShotSize.FS)),
    ("MEDIUM SHOT|TWO[- ]SHOT|MED SHOT|MEDIUM ON", _size(ShotSize.MS)),
    ("OVERHEAD|TOP SHOT|FROM ABOVE", _angle(Angle.OVERHEAD)),
    ("LOW ANGLE|ANGLE LOW|FROM BELOW|WORM'S[- ]EYE", _angle(Angle.LOW)),
    ("HIGH ANGLE|ANGLE HIGH", _angle(Angle.HIGH)),
    ("DUTCH ANGLE|ANGLE DUTCH|CANTED|DUTCH", _angle(Angle.DUTCH)),
    ("PUSH(?:ES|ING)? (?:[A-Z]+LY )?IN|DOLL(?:Y|IES|YING) (?:IN|WITH|FORWARD|AFTER)|ZOOM(?:S|ING)? IN|MOVES? IN|"
     "MOVING IN|CREEPS? IN|CLOSES? IN|TRACK(?:S|ING)? (?:IN|FORWARD)|(?:CRANE|BOOM)S? DOWN|"
     "(?:CRASH|SMASH|SNAP|SLOW|QUICK)[- ]ZOOM(?! OUT)|DOLLY[- ]ZOOM", _move(Movement.PUSH_IN)),
    ("PULL(?:S|ING)? (?:[A-Z]+LY )?(?:BACK|OUT)|DOLL(?:Y|IES|YING) (?:OUT|BACK)|ZOOM(?:S|ING)? OUT|"
     "TRACK(?:S|ING)? (?:BACK|OUT)|(?:CRANE|BOOM)S? UP|WIDEN", _move(Movement.PULL_OUT)),
    ("PAN(?:S|NING)? LEFT|(?:TRACK(?:S|ING)?|DOLL(?:Y|IES|YING)) LEFT", _move(Movement.PAN_LEFT)),
    ("PAN(?:S|NING)? (?:TO|RIGHT|ACROSS|OVER|ALONG|AROUND|FROM|WITH)|PANNING(?! (?:UP|DOWN))|"
     "(?:WHIP|SWISH|FLASH)[- ]PAN(?:S|NING)?(?! (?:UP|DOWN))|"
     "(?:TRACK(?:S|ING)?|DOLL(?:Y|IES|YING)) (?:RIGHT|ALONG|PAST|ACROSS)", _move(Movement.PAN_RIGHT)),
    ("TRACKING(?! (?:LEFT|RIGHT|BACK|OUT|ALONG|PAST|ACROSS))|TRACKS? WITH", _move(Movement.PUSH_IN)),
    ("TILT(?:S|ING)? DOWN|PAN(?:S|NING)? DOWN", _move(Movement.TILT_DOWN)),
    ("TILT(?:S|ING)? UP|PAN(?:S|NING)? UP", _move(Movement.TILT_UP)),
    ("HOLD(?:S|ING)? ON(?! TO\\b|[.!])|STATIC|LOCKED[- ]OFF|NO MOVE(?:MENT)?|FREEZE[- ]FRAME", _move(Movement.STATIC)),
    ("(?:REVERSE |NEW |ANOTHER )?ANGLE ON|REVERSE ANGLE|REVERSE ON", _size(ShotSize.MS)),
    ("P\\.?O\\.?V\\b\\.?|POINT OF VIEW", _size(ShotSize.MS)),
    ("OTS|O\\.T\\.S\\.|OVER[- ](?:THE[- ]|HIS |HER |THEIR |[A-Z][A-Z.'’ -]{0,38}['’]S? )SHOULDER", _size(ShotSize.MS)),
)  # fmt: skip
"""Phrases that mean the camera wherever they stand in capitals."""
_LEADING: tuple[_Row, ...] = (
    ("CLOSE", _size(ShotSize.CU)),
    ("WIDE", _size(ShotSize.WS)),
    ("FULL", _size(ShotSize.FS)),
    ("MEDIUM", _size(ShotSize.MS)),
    ("ANGLE", _size(ShotSize.MS)),
    ("PAN", _move(Movement.PAN_RIGHT)),
    ("TRACK|DOLLY|ZOOM|PUSH|CREEP", _move(Movement.PUSH_IN)),
    ("TILT", _move(Movement.TILT_UP)),
    ("CRANE|CRANE SHOT", _move(Movement.PULL_OUT)),
    ("STILL", _move(Movement.STATIC)),
)
"""Words that mean the camera only where a sentence or a note begins with them, and a stop or a preposition follows."""
_FOLLOWS = (
    r"(?=\s*(?:$|[.,:;]|[-–—]\s|"
    r"(?:ON|OF|TO|TOWARDS?|AT|FROM|OVER|WITH|ACROSS|ALONG|UP|DOWN|SHOT|ANGLE|VIEW|IN|CLOSER)\b))"
)
FOLLOWED = re.compile(_FOLLOWS)
_TABLE = tuple((re.compile(rf"\b(?:{words})(?!\w)"), said) for words, said in _WRITTEN)
OPENINGS = tuple((re.compile(rf"(?:{words})\b" + _FOLLOWS), said) for words, said in _LEADING)
ANY = re.compile("|".join(pattern.pattern for pattern, _ in _TABLE))

_UNMADE = re.compile(
    r"\bIN SLOW[- ]MO(?:TION)?\b|\bSLOW[- ]MO(?:TION)?\b|\bTIME[- ]LAPSE\b|\bSPLIT[- ]SCREEN\b|\bFREEZE[- ]FRAME\b|"
    r"\bDOLLY[- ]ZOOM\b|\bVERTIGO (?:SHOT|EFFECT)\b|\bHAND[- ]?HELD\b|\bSTEADI-?CAM\b|\bSHAKY[- ]?CAM\b|"
    r"\bFISH[- ]?EYE\b|\bNIGHT[- ]VISION\b|\b(?:CIRCL(?:ES?|ING)|ORBIT(?:S|ING)?|ARC(?:S|ING)?) (?:AROUND|ROUND)\b"
)
_CIRCLES = re.compile(r"(?:WE |(?:THE )?CAMERA )?(?:CIRCL(?:ES?|ING)|ORBIT(?:S|ING)?)\b")


def unmade_in(text: str, written: str = "") -> tuple[str, ...]:
    """Find what a text in capitals asks of the camera and no shot does: `SLOW MOTION`, `HANDHELD`.

    Args:
        text: Its camera words in capitals.
        written: The same as it stands in the script; empty for a note, in which words count that elsewhere are
            anybody's.

    Returns:
        The words, as they are written.
    """
    found = [_whole(written or text, *match.span()) for match in _UNMADE.finditer(text)]
    if not written and not found and (match := _CIRCLES.match(text)):
        found = [match.group()]
    return tuple(dict.fromkeys(" ".join(words.split()) for words in found))


def _whole(text: str, start: int, end: int) -> str:
    """A stretch of a text, without the end of a word that it begins in."""
    words = text[start:end]
    return words if not text[start - 1 : start].isalnum() or " " not in words else words.partition(" ")[2]


def words_in(text: str, leading: bool = False) -> tuple[Words | None, int]:
    """Read camera words in capitals.

    Args:
        text: The text.
        leading: Whether it must begin with them.

    Returns:
        What they say, None where there are none; and where the first of them ends.
    """
    size: ShotSize | None = None
    angle: Angle | None = None
    move: Movement | None = None
    ends: list[tuple[int, int]] = []
    for pattern, said in _TABLE if ANY.search(text) else ():
        match = pattern.match(text) if leading else pattern.search(text)
        if match:
            size, angle, move = size or said.size, angle or said.angle, move or said.movement
            ends.append((match.start(), match.end()))
    if not ends:
        begin = len(text) - len(text.lstrip(' \t"“(['))
        for pattern, said in OPENINGS:
            match = pattern.match(text, begin)
            if match:
                return said, match.end()
        return None, 0
    first = min(ends)
    return Words(size, angle, move), max(end for start, end in ends if start == first[0])
