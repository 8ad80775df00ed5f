"""Through whose eyes, and over whose shoulder, a script wants something seen: `ANNA'S POV`, `OVER BOB'S SHOULDER`."""

from __future__ import annotations

import re
from typing import NamedTuple

from film.direction.aims import Meant
from film.direction.cast import Cast
from film.direction.words import tokens

_LONGEST_NAME = 60
"""In characters: how far from its words whose a view is is looked for."""
_POV = re.compile(r"(?<!\w)(?:P\.?O\.?V\b\.?|POINT OF VIEW\b)", re.IGNORECASE)
_BREAK = re.compile(r"(?<=\w\w)[.!?:;,]\s|\n|\s[–—-]+\s")
_OF_THEM = re.compile(r"\b(?P<whose>his|her|their|its|my)\s*$", re.IGNORECASE)
_AFTER = re.compile(r"\s*(?:(?:OF|FROM)\s|[–—-]+\s)?\s*(?P<who>[\w.'’ -]{1,60}?)\s*(?=$|[.:;,!?\n]|\s[–—-])", re.I)
_SHOULDER = re.compile(
    r"\b(?:OTS|O\.T\.S\.|OVER[- ](?:THE[- ]|(?P<whose>HIS|HER|THEIR) |(?P<who>[\w.'’ -]{1,40}?)['’]S? )SHOULDER)(?!\w)",
    re.IGNORECASE,
)
_SHOULDER_OF = re.compile(
    r"\s*(?:OF\s+|[–—-]+\s+)?(?P<who>[\w.'’ -]{1,60}?)\s*(?=$|[.:;,\n]|\s[–—-]|\s+(?:ON|TO|AS|WE)\b)", re.I
)


class View(NamedTuple):
    """A point of view: where its words stand, whose it is, and whether the script says whose."""

    start: int
    end: int
    viewers: tuple[str, ...]
    said: bool


class Shoulder(NamedTuple):
    """What is seen over somebody's shoulder: where its words stand, and whose it is; nothing where that is open."""

    start: int
    end: int
    owner: str


def view_in(text: str, people: tuple[str, ...], cast: Cast, meant: Meant, noted: bool = False) -> View | None:
    """Find a point of view that a text asks for.

    Args:
        text: The text; an action's camera words in capitals.
        people: Who is in the shot.
        cast: Who is called how.
        meant: Whom a pronoun means.
        noted: Whether the text is a note, in which a name behind the words is always whose view it is.
    """
    match = _POV.search(text)
    if match is None:
        return None
    before = _BREAK.split(text[max(0, match.start() - _LONGEST_NAME) : match.start()])[-1]
    pronoun = _OF_THEM.search(before)
    if pronoun:
        whose = meant(pronoun["whose"].lower()) or people[:1]
        return View(match.start() - len(before), match.end(), whose, True)
    named = tuple(cast.mentions(re.sub(r"['’]S?\s*$", "", before, flags=re.IGNORECASE)))
    if before.strip(' \t"“(') and (named or re.search(r"['’]S?\s*$", before, re.IGNORECASE)):
        return View(match.start() - len(before), match.end(), named, True)
    after = _AFTER.match(text, match.end())
    if after and (noted or after["who"].isupper()) and (who := cast.of(after["who"])) is not None:
        return View(match.start(), after.end(), (who,), True)
    return View(match.start(), match.end(), people[:1], False)


def shoulder_in(text: str, people: tuple[str, ...], cast: Cast, meant: Meant) -> Shoulder | None:
    """Find a shot over a shoulder that a text asks for.

    Args:
        text: The text, its camera words in capitals.
        people: Who is in the shot.
        cast: Who is called how.
        meant: Whom a pronoun means.
    """
    match = _SHOULDER.search(text)
    if match is None:
        return None
    if match["whose"]:
        return Shoulder(*match.span(), next(iter(meant(match["whose"].lower()) or people[:1]), ""))
    if match["who"]:
        return Shoulder(*match.span(), next(iter(cast.mentions(match["who"])), ""))
    after = _SHOULDER_OF.match(text, match.end())
    if after and tokens(after["who"]) and (who := cast.of(after["who"])) is not None:
        return Shoulder(match.start(), after.end(), who)
    return Shoulder(*match.span(), "")
