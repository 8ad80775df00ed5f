"""Notes to the camera: `[[close on her hand]]`, `[[pan left, 4s]]`, `[[Anna's POV]]`."""

from __future__ import annotations

import re
from dataclasses import replace

from film.direction.aims import Meant, aim_of, nobody_known
from film.direction.camera import aimed_at, seen_by
from film.direction.camera_words import FOLLOWED, unmade_in, words_in
from film.direction.cast import Cast
from film.direction.focus import ASKED, pull_in
from film.direction.openings import raised
from film.direction.orders import Orders
from film.direction.viewpoints import View, shoulder_in, view_in
from film.direction.words import tokens
from schemas.enums import ShotSize

_HELD_S = 2.0
"""How much longer a shot is held on a bare `hold`."""
_MOST_NOTE_WORDS = 16
_LONGEST_TARGET = 200
"""In characters: how much of a text is looked at for who is meant."""
_NUMBERS = {word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_NUMBERS |= {"a": 1, "an": 1}
_LED_ON = re.compile(r"(?: (?:ON|TO|WITH|ACROSS|OVER|ALONG|AROUND|AFTER)|TRACKING)$")
_PRONOUNS = frozenset("him her them both he she they us everyone everybody".split())
_LENGTH = re.compile(
    r"(?:HOLD(?:ING)?(?: (?:IT|THIS|THE SHOT|ON [\w' -]+?))?|STAY|LASTS?)?(?: FOR)?\s*"
    r"(?P<number>\d{1,6}(?:\.\d+)?|AN?|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN)\s*-?"
    r"(?:S|SECS?|SECONDS?|(?P<minutes>M|MINS?|MINUTES?))"
)
_HOLD = re.compile(r"(?:LONG )?HOLD(?: (?:IT|THIS|THE SHOT))?|HOLD ON [\w' -]+")
_TRANSITION = re.compile(
    r"(?:SLOW |QUICK )?(?:DISSOLVE|CROSS[- ]?FADE|WIPE|FLASH TO WHITE|"
    r"FADE (?:IN|OUT|UP|(?:IN |OUT |UP )?(?:TO|FROM) (?:BLACK|WHITE))|"
    r"(?:SMASH |HARD |MATCH |JUMP )?CUT(?: TO (?:BLACK|WHITE))?)(?: TO)?"
)
_CROSSES = re.compile(r"(?:CROSS|JUMP|BREAK)(?:ES|ING|S)? THE (?:LINE|AXIS)")
_MANNER = re.compile(
    r"^(?:THE CAMERA |CAMERA |WE(?:'RE| ARE)? )?"
    r"(?:(?:A |AN |VERY |SLOW(?:LY)? |QUICK(?:LY)? |FAST |GENTL[EY] |THEN )*)"
)
_NO_MANNER = re.compile(r"^(?:A |AN |THE )?(?:SLOW[- ]MO(?:TION)?|(?:SLOW|QUICK)[- ]ZOOM)\b")
_MOST_OWNER_WORDS = 5
_DIVIDES = re.compile(r"[,;\n]|(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)\.(?=\s|$)|\bthen\b")
_SHOWS = re.compile(r"\s*(?::|[–—-]+\s|OF\s)")
_FROM = re.compile(r"^(?:SEEN |SHOT )?FROM\s+")


def note_in(text: str, people: tuple[str, ...], cast: Cast, meant: Meant = nobody_known) -> Orders | None:
    """Read a note to the camera: `close on her hand`, `pan left, 4s`, `hold 3 seconds`, `dissolve`, `angle low`.

    Args:
        text: The note, without its brackets.
        people: Who is in the shot it stands at.
        cast: Who is called how.
        meant: Whom a pronoun means.

    Returns:
        The orders, None for a note of another kind: one of which any part is no direction.
    """
    if "?" in text or len(text) > _LONGEST_TARGET or len(tokens(text)) > _MOST_NOTE_WORDS:
        return None
    orders = Orders(noted=True)
    for clause in _clauses(text):
        found = _clause(clause, people, cast, meant)
        if found is None:
            return None
        orders = replace(found, noted=True).over(orders)
    return orders if orders != Orders(noted=True) else None


def _clauses(text: str) -> list[str]:
    return [part.strip() for part in _DIVIDES.split(text) if part.strip()]


def _clause(text: str, people: tuple[str, ...], cast: Cast, meant: Meant) -> Orders | None:
    words = " ".join(raised(text).upper().replace("’", "'").split())
    length = _LENGTH.fullmatch(words)
    if length:
        number = _NUMBERS.get(length["number"].lower()) or float(length["number"])
        return Orders(seconds=number * (60.0 if length["minutes"] else 1.0)) if number else None
    if _HOLD.fullmatch(words):
        return _held(words, people, cast, meant)
    if _TRANSITION.fullmatch(words):
        return Orders(transition=words)
    if _CROSSES.fullmatch(words):
        return Orders(crosses=True)
    view = view_in(words, people, cast, meant, noted=True)
    if view is not None:
        return _seen(words, view, people, cast, meant)
    manner = None if _NO_MANNER.match(words) else _MANNER.match(words)
    begin = manner.end() if manner else 0
    if ASKED.match(words, begin):
        pulled = pull_in(text.upper(), people, cast)
        return Orders(focus=pulled[0]) if pulled else None
    if words.startswith("ON ", begin):
        named = tuple(cast.mentions(words[begin:]))
        pronoun = next((word for word in tokens(words[begin:]) if word in _PRONOUNS), "")
        named = named or (pronoun and (meant(pronoun) or people)) or ()
        return Orders(subjects=named) if named else None
    return _pictured(text, words[begin:], people, cast, meant)


def _held(words: str, people: tuple[str, ...], cast: Cast, meant: Meant) -> Orders:
    """A hold, on whoever or whatever it names."""
    orders = Orders(longer_s=_HELD_S)
    aim = aim_of(words.partition("HOLD ON ")[2], people, cast, meant)
    if aim.things:
        return replace(orders, size=ShotSize.CU, subjects=aim.subjects, things=aim.things)
    return replace(orders, subjects=aim.subjects) if aim.subjects else orders


def _seen(words: str, view: View, people: tuple[str, ...], cast: Cast, meant: Meant) -> Orders | None:
    """What a point of view shows, where the clause says no more than whose it is and what it is of."""
    led = words[: view.start].strip()
    if len(tokens(words[view.start : view.end])) > _MOST_OWNER_WORDS or (led and not _FROM.fullmatch(f"{led} ")):
        return None
    rest = words[view.end :].strip(" :-–—.")
    if rest and not FOLLOWED.match(rest) and not _SHOWS.match(words[view.end :]):
        return None
    orders = Orders(size=ShotSize.MS)
    if rest:
        return replace(orders.at(aim_of(rest, people, cast, meant)), viewers=view.viewers)
    return seen_by(orders, view, people)


def _pictured(text: str, words: str, people: tuple[str, ...], cast: Cast, meant: Meant) -> Orders | None:
    """What the camera words of a clause ask for."""
    plain = " ".join(text.upper().split())
    unmade = unmade_in(plain)
    said, end = words_in(words, leading=True)
    shoulder = shoulder_in(words, people, cast, meant)
    if shoulder is not None and (shoulder.start == 0 or said is not None):
        target = aim_of(words[shoulder.end :], people, cast, meant).subjects or people
        return Orders(size=ShotSize.MS, subjects=target, shoulder=shoulder.owner, unmade=unmade)
    if said is None:
        return (
            Orders(unmade=unmade) if unmade and _MANNER.sub("", plain).startswith(_MANNER.sub("", unmade[0])) else None
        )
    target_words = words[end:]
    if not _LED_ON.search(words[:end]) and not FOLLOWED.match(target_words):
        return None
    orders = Orders(*said, unmade=unmade)
    return aimed_at(orders, words, aim_of(_as_written(text, target_words), people, cast, meant))


def _as_written(text: str, target: str) -> str:
    """The end of a clause as it was typed, where capitals stand for nothing else."""
    typed = " ".join(text.replace("’", "'").split())
    end = typed[len(typed) - len(target) :]
    return end if end.upper() == target else target
