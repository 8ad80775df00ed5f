"""What the action says of the camera: `CLOSE ON the letter.`, `ANNA'S POV`, `The camera pulls back`."""

from __future__ import annotations

import re
from dataclasses import replace

from film.direction.aims import Aim, Meant, aim_of, nobody_known
from film.direction.camera_words import ANY, OPENINGS, unmade_in, words_in
from film.direction.cast import Cast
from film.direction.focus import ASKED, pull_in
from film.direction.openings import raised
from film.direction.orders import Orders
from film.direction.viewpoints import View, shoulder_in, view_in
from film.direction.vocabulary import GROUPS
from film.direction.words import tokens
from film.script.people import CREATURES, ROLES
from schemas.enums import ShotSize

_FAR = frozenset({ShotSize.EWS, ShotSize.WS, ShotSize.FS})
_LINE_WORDS = 8
_FILLING = frozenset("a an and the on then very slow slowly shot angle camera we".split())
_CAPITALS = re.compile(r"[A-Z]{2}")
_LIVING = CREATURES | ROLES | GROUPS | {f"{role}s" for role in ROLES} | {"men", "women", "children", "mice", "wolves"}
_INSERT = re.compile(r"\bINSERT\b")
_POSSESSIVE = re.compile(r"\b[\w.]+['’]s?\s", re.IGNORECASE)


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
    unmade = unmade_in(capitals, text)
    said, end = words_in(capitals)
    pulled = pull_in(capitals, people, cast)
    if said is None:
        focus = pulled[0] if pulled else None
        return Orders(focus=focus, unmade=unmade) if focus or unmade else None
    orders = Orders(*said, focus=pulled[0] if pulled else None, unmade=unmade)
    view = view_in(capitals, people, cast, meant)
    if view:
        named = () if view.said else tuple(cast.mentions(text[view.end :]))
        return replace(seen_by(orders, view, people), subjects=named) if named else seen_by(orders, view, people)
    shoulder = shoulder_in(capitals, people, cast, meant)
    if shoulder:
        told = tuple(who for who in people if who != shoulder.owner)
        return replace(orders, subjects=told or people, shoulder=shoulder.owner)
    own = text[end:].lstrip()[:1] == "." and not _INSERT.search(capitals)  # a size for the sentence behind it
    aim = Aim() if own else aim_of(text[end:], people, cast, meant)
    if aim.subjects is None and not _LIVING.isdisjoint(tokens(_POSSESSIVE.sub("", aim.missing))):
        # Somebody without a name, who is drawn by what is told of them; those who are seen from afar are all of a line.
        aim = Aim(people if orders.size in _FAR else ())
    return aimed_at(orders, capitals, aim)


def seen_by(orders: Orders, view: View, people: tuple[str, ...]) -> Orders:
    """Orders for what somebody sees: everybody of a line but them."""
    return replace(orders, subjects=tuple(who for who in people if who not in view.viewers), viewers=view.viewers)


def aimed_at(orders: Orders, words: str, aim: Aim) -> Orders:
    """Orders for a picture of something: a size is of it, a move or an angle of the people whom it goes to.

    Args:
        orders: They.
        words: The words that they are read from, in capitals.
        aim: What these are sent to.
    """
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
    """Whether a sentence is camera words for the one behind it: a move, an angle, a size of nothing (`CLOSE-UP`)."""
    text = raised(text)
    if not is_camera_line(text) or ASKED.search(text):
        return False
    said = words_in(text)[0]
    return said is None or said.size is None or _is_bare(text)


def _is_bare(text: str) -> bool:
    """Whether a text in capitals is camera words and nothing else."""
    rest = ANY.sub(" ", text)
    opening = next((match for pattern, _ in OPENINGS if (match := pattern.match(rest.lstrip()))), None)
    return _FILLING.issuperset(tokens(rest.lstrip()[opening.end() :] if opening else rest))


def has_camera(sentence: str) -> bool:
    """Whether a sentence speaks of the camera, and so asks for a shot of its own."""
    sentence = raised(sentence)
    if not _CAPITALS.search(sentence):
        return False
    return (
        words_in(sentence)[0] is not None or ASKED.search(sentence) is not None or bool(unmade_in(sentence, sentence))
    )
