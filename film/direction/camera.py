"""What the script itself asks of the camera: `CLOSE ON the letter.`, `ANNA'S POV`, notes such as `[[pan left, 4s]]`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from film.direction.aims import Aim, Meant, aim_of, nobody_known
from film.direction.cast import Cast
from film.direction.focus import ASKED, Pull, pull_in
from film.direction.openings import raised
from film.direction.vocabulary import GROUPS
from film.direction.words import tokens
from film.script.naming import PLACE_NOUNS
from film.script.people import CREATURES, ROLES
from schemas.enums import Angle, Movement, ShotSize

_HELD_S = 2.0
"""How much longer a shot is held on a bare `hold`."""
_MOST_NOTE_WORDS = 16
_LINE_WORDS = 8
_LONGEST_NAME, _LONGEST_TARGET = 60, 200
"""In characters: how much of a text is looked at for who is meant."""
_NUMBERS = {word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_NUMBERS |= {"a": 1, "an": 1}

_WRITTEN: tuple[tuple[str, ShotSize | None, Angle | None, Movement | None], ...] = (
    ("MEDIUM CLOSE[- ]?UP|MCU", ShotSize.MCU, None, None),
    ("EXTREME CLOSE[- ]?UP|ECU|XCU|EXTREMELY CLOSE|MACRO", ShotSize.ECU, None, None),
    ("CLOSE ON|CLOSE[- ]?UP|CLOSER ON|CLOSER|CLOSE SHOT|TIGHT ON|TIGHT SHOT|CU|INSERT", ShotSize.CU, None, None),
    ("AERIAL|BIRD'S[- ]EYE|DRONE SHOT", ShotSize.EWS, Angle.HIGH, None),
    ("EXTREME WIDE|ESTABLISHING|VERY WIDE|EWS", ShotSize.EWS, None, None),
    ("WIDE SHOT|WIDE ON|WIDER|LONG SHOT|MASTER SHOT", ShotSize.WS, None, None),
    ("FULL SHOT|FULL FIGURE", ShotSize.FS, None, None),
    ("MEDIUM SHOT|TWO[- ]SHOT|MED SHOT|MEDIUM ON", ShotSize.MS, None, None),
    ("OVERHEAD|TOP SHOT|FROM ABOVE", None, Angle.OVERHEAD, None),
    ("LOW ANGLE|ANGLE LOW|FROM BELOW|WORM'S[- ]EYE", None, Angle.LOW, None),
    ("HIGH ANGLE|ANGLE HIGH", None, Angle.HIGH, None),
    ("DUTCH ANGLE|ANGLE DUTCH|CANTED|DUTCH", None, Angle.DUTCH, None),
    ("PUSH(?:ES|ING)? IN|DOLL(?:Y|IES) IN|ZOOMS? IN|MOVES? IN|MOVING IN|CREEPS? IN|CLOSES? IN", None, None,
     Movement.PUSH_IN),
    ("PULL(?:S|ING)? (?:BACK|OUT)|DOLL(?:Y|IES) (?:OUT|BACK)|ZOOMS? OUT|CRANES? UP|WIDEN", None, None,
     Movement.PULL_OUT),
    ("PAN(?:S|NING)? LEFT|TRACK(?:S|ING)? LEFT", None, None, Movement.PAN_LEFT),
    ("PAN(?:S|NING)? (?:TO|RIGHT|ACROSS|OVER|ALONG)|PANNING(?! (?:UP|DOWN))|TRACK(?:S|ING)? RIGHT", None, None,
     Movement.PAN_RIGHT),
    ("TRACKING(?! (?:LEFT|RIGHT))|TRACKS? WITH", None, None, Movement.PUSH_IN),
    ("TILT(?:S|ING)? DOWN|PAN(?:S|NING)? DOWN", None, None, Movement.TILT_DOWN),
    ("TILT(?:S|ING)? UP|PAN(?:S|NING)? UP", None, None, Movement.TILT_UP),
    ("STATIC|LOCKED[- ]OFF|NO MOVE(?:MENT)?", None, None, Movement.STATIC),
    ("(?:REVERSE |NEW |ANOTHER )?ANGLE ON|REVERSE ANGLE|REVERSE ON", ShotSize.MS, None, None),
    ("P\\.?O\\.?V\\b\\.?|POINT OF VIEW", ShotSize.MS, None, None),
)  # fmt: skip
"""Phrases that mean the camera wherever they stand in capitals."""
_LEADING: tuple[tuple[str, ShotSize | None, Angle | None, Movement | None], ...] = (
    ("CLOSE", ShotSize.CU, None, None),
    ("WIDE", ShotSize.WS, None, None),
    ("FULL", ShotSize.FS, None, None),
    ("MEDIUM", ShotSize.MS, None, None),
    ("ANGLE", ShotSize.MS, None, None),
    ("PAN", None, None, Movement.PAN_RIGHT),
    ("TRACK", None, None, Movement.PUSH_IN),
    ("TILT", None, None, Movement.TILT_UP),
    ("STILL", None, None, Movement.STATIC),
)
"""Words that mean the camera only where a sentence or a note begins with them, and a stop or a preposition follows."""
_FOLLOWS = r"(?=\s*(?:$|[.,:;]|[-–—]\s|(?:ON|OF|TO|AT|FROM|OVER|WITH|ACROSS|ALONG|UP|DOWN|SHOT|ANGLE|VIEW|IN)\b))"
_LED_ON = re.compile(r" (?:ON|TO|WITH|ACROSS|OVER)$")
_FOLLOWED = re.compile(_FOLLOWS)
_TABLE = tuple(
    (re.compile(rf"\b(?:{words})(?!\w)"), size, angle, move) for words, size, angle, move in _WRITTEN
)  # fmt: skip
_OPENINGS = tuple(
    (re.compile(rf"(?:{words})\b" + _FOLLOWS), size, angle, move) for words, size, angle, move in _LEADING
)
_ANY = re.compile("|".join(pattern.pattern for pattern, *_ in _TABLE))
_FILLING = frozenset("a an and the on then very slow slowly shot angle camera".split())
_CAPITALS = re.compile(r"[A-Z]{2}")
_POV = re.compile(r"\b(?:P\.?O\.?V|POINT OF VIEW)\b")
_LIVING = CREATURES | ROLES | GROUPS
_INSERT = re.compile(r"\bINSERT\b")
_OWNER = re.compile(r"([\w.'’ \-]+?)['’]S?\s+(?:P\.?O\.?V|POINT OF VIEW)\b")
_PRONOUNS = frozenset("him her them both he she they us everyone everybody".split())
_WIDE = frozenset({ShotSize.EWS, ShotSize.WS, ShotSize.FS})
"""Sizes that show a place, whatever they are of."""

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
    r"^(?:THE CAMERA |CAMERA )?(?:(?:A |AN |VERY |SLOW(?:LY)? |QUICK(?:LY)? |FAST |GENTL[EY] |THEN )*)"
)


@dataclass(frozen=True, slots=True)
class Orders:
    """What the script itself asks of a shot. None is what it leaves open."""

    size: ShotSize | None = None
    angle: Angle | None = None
    movement: Movement | None = None
    subjects: tuple[str, ...] | None = None
    """Who is in the picture; empty for a thing, or for what somebody sees."""
    things: tuple[str, ...] = ()
    """What it is of, as words of the script."""
    missing: str = ""
    """What it should be of and cannot show by itself, in the script's words."""
    seconds: float | None = None
    """How long the shot shall last."""
    longer_s: float = 0.0
    transition: str = ""
    """How the shot comes in, in the words of a written transition."""
    crosses: bool = False
    """Whether the camera crosses the line."""
    focus: Pull | None = None
    """Where the focus moves."""
    reverse: bool = False
    """Whether it is of whomever the shot before did not show."""
    noted: bool = False
    """Whether they stand in a note."""

    @property
    def frames_picture(self) -> bool:
        """Whether they say anything of where the camera stands."""
        said = (self.size, self.angle, self.movement, self.subjects, self.focus, self.missing or None)
        return any(one is not None for one in said)

    @property
    def aimed(self) -> bool:
        """Whether they say what the picture is of."""
        return self.subjects is not None or bool(self.missing)

    def at(self, aim: Aim) -> Orders:
        """These orders, for a picture of something: what a wide one cannot show by itself is part of its place."""
        place = self.size in _WIDE or not PLACE_NOUNS.isdisjoint(tokens(aim.missing))
        if aim.missing and aim.subjects is None and place:
            aim = Aim(())
        return replace(self, subjects=aim.subjects, things=aim.things, missing=aim.missing)

    def over(self, other: Orders | None) -> Orders:
        """These orders, with what they leave open taken from others."""
        if other is None:
            return self
        aimed = self if self.aimed else other
        return Orders(
            size=self.size or other.size,
            angle=self.angle or other.angle,
            movement=self.movement or other.movement,
            subjects=aimed.subjects,
            things=aimed.things,
            missing=aimed.missing,
            seconds=self.seconds or other.seconds,
            longer_s=self.longer_s or other.longer_s,
            transition=self.transition or other.transition,
            crosses=self.crosses or other.crosses,
            focus=self.focus or other.focus,
            reverse=self.reverse or other.reverse,
            noted=self.noted or other.noted,
        )


def camera_in(text: str, people: tuple[str, ...], cast: Cast, meant: Meant = nobody_known) -> Orders | None:
    """Read what an action says of its camera.

    Args:
        text: The action. Camera words count in capitals, or where it begins with them and they are nothing else.
        people: Who is in it.
        cast: Who is called how.
        meant: Whom a pronoun means.

    Returns:
        The orders, None where it says nothing of the camera.
    """
    capitals = raised(text)
    if not _CAPITALS.search(capitals):
        return None
    orders, end = _read(capitals)
    pulled = pull_in(capitals, people, cast)
    if orders is None:
        return Orders(focus=pulled[0]) if pulled else None
    orders = replace(orders, focus=pulled[0] if pulled else None)
    view = _POV.search(capitals)
    if view:
        owner = _OWNER.search(capitals, max(0, view.start() - _LONGEST_NAME), view.end())
        whose = cast.mentions(owner[1]) if owner else people[:1]
        return replace(orders, subjects=tuple(who for who in people if who not in whose))
    own = text[end:].lstrip()[:1] == "." and not _INSERT.search(capitals)  # a size for the sentence behind it
    aim = Aim() if own else aim_of(text[end:], people, cast, meant)
    if aim.subjects is None and not _LIVING.isdisjoint(tokens(aim.missing)):
        aim = Aim(())  # somebody without a name, who is drawn by what is told of them
    return _aimed(orders, capitals, aim)


def _aimed(orders: Orders, words: str, aim: Aim) -> Orders:
    """What a size is of; a move or an angle leaves that open, but for the people whom it goes to."""
    if orders.size:
        return replace(orders.at(_of_a_thing(words, aim)), reverse=not aim.subjects and "REVERSE" in words)
    return replace(orders, subjects=aim.subjects) if aim.subjects and not aim.missing else orders


def _of_a_thing(words: str, aim: Aim) -> Aim:
    """What an insert is of: nobody, but for whose hand it is."""
    return aim if aim.missing or not _INSERT.search(words) else aim._replace(subjects=())


def is_camera_line(text: str) -> bool:
    """Whether an action is nothing but a word to the camera, about what follows: `ANGLE ON BOB`, `INSERT - LETTER`."""
    text = raised(text)
    if not text.isupper() or len(tokens(text)) > _LINE_WORDS or text[-1:] in "!?" or "\n" in text:
        return False
    return has_camera(text)


def is_before_sentence(text: str) -> bool:
    """Whether a sentence is camera words for the one behind it: a move, an angle, or a size of nothing: `CLOSE-UP.`."""
    text = raised(text)
    orders = _read(text)[0] if is_camera_line(text) and not ASKED.search(text) else None
    return orders is not None and (orders.size is None or _is_bare(text))


def _is_bare(text: str) -> bool:
    """Whether a text in capitals is camera words and nothing else."""
    rest = _ANY.sub(" ", text)
    opening = next((match for pattern, *_ in _OPENINGS if (match := pattern.match(rest.lstrip()))), None)
    return _FILLING.issuperset(tokens(rest.lstrip()[opening.end() :] if opening else rest))


def has_camera(sentence: str) -> bool:
    """Whether a sentence speaks of the camera, and so asks for a shot of its own."""
    sentence = raised(sentence)
    if not _CAPITALS.search(sentence):
        return False
    return _read(sentence)[0] is not None or ASKED.search(sentence) is not None


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
        orders = found.over(orders)
    return orders if orders != Orders(noted=True) else None


def _clauses(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;\n]|\.(?!\d)|\bthen\b", text) if part.strip()]


def _clause(text: str, people: tuple[str, ...], cast: Cast, meant: Meant) -> Orders | None:
    words = " ".join(text.upper().replace("’", "'").split())
    length = _LENGTH.fullmatch(words)
    if length:
        number = _NUMBERS.get(length["number"].lower()) or float(length["number"])
        return Orders(seconds=number * (60.0 if length["minutes"] else 1.0)) if number else None
    if _HOLD.fullmatch(words):
        return Orders(longer_s=_HELD_S)
    if _TRANSITION.fullmatch(words):
        return Orders(transition=words)
    if _CROSSES.fullmatch(words):
        return Orders(crosses=True)
    manner = _MANNER.match(words)
    begin = manner.end() if manner else 0
    if ASKED.match(words, begin):
        pulled = pull_in(text.upper(), people, cast)
        return Orders(focus=pulled[0]) if pulled else None
    if words.startswith("ON ", begin):
        named = tuple(cast.mentions(words[begin:]))
        pronoun = next((word for word in tokens(words[begin:]) if word in _PRONOUNS), "")
        named = named or (pronoun and (meant(pronoun) or people)) or ()
        return Orders(subjects=named) if named else None
    orders, end = _read(words[begin:], leading=True)
    if orders is None:
        return None
    target = words[begin + end :]
    if not _LED_ON.search(words[begin : begin + end]) and not _FOLLOWED.match(target):
        return None
    if _POV.match(words, begin):
        return replace(orders, subjects=())
    return _aimed(orders, words, aim_of(_as_written(text, target), people, cast, meant))


def _as_written(text: str, target: str) -> str:
    """The end of a clause as it was typed, where capitals stand for nothing else."""
    typed = " ".join(text.replace("’", "'").split())
    end = typed[len(typed) - len(target) :]
    return end if end.upper() == target else target


def _read(text: str, leading: bool = False) -> tuple[Orders | None, int]:
    """Camera words in capitals, and where the first of them ends; with `leading`, the text must begin with them."""
    size: ShotSize | None = None
    angle: Angle | None = None
    move: Movement | None = None
    ends: list[tuple[int, int]] = []
    for pattern, its_size, its_angle, its_move in _TABLE if _ANY.search(text) else ():
        match = pattern.match(text) if leading else pattern.search(text)
        if match:
            size, angle, move = size or its_size, angle or its_angle, move or its_move
            ends.append((match.start(), match.end()))
    if not ends:
        begin = len(text) - len(text.lstrip(' \t"“(['))
        for pattern, size, angle, move in _OPENINGS:
            match = pattern.match(text, begin)
            if match:
                return Orders(size=size, angle=angle, movement=move), match.end()
        return None, 0
    first = min(ends)
    return Orders(size=size, angle=angle, movement=move), max(end for start, end in ends if start == first[0])
