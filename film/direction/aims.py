"""What a camera is sent to: somebody, somebody's hand, a thing, or what cannot be shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from film.direction.cast import Cast
from film.direction.drawn import BODY, DRAWN, FACES
from film.direction.words import forms, tokens

_LONGEST = 200
"""In characters: how much of a text is looked at for who is meant."""
_BEFORE = re.compile(
    r"^[\s.,:;–—-]*(?:(?:ON|OF|TO|AT|IN|WITH|INTO|TOWARDS?|ACROSS|OVER|SHOT|ANGLE|VIEW|the camera)\b[\s:–—-]*)*",
    re.IGNORECASE,
)
_END = re.compile(
    r"[.,;:!?\n]|\s+[–—-]+\s+|\s+(?:in|on|at|of|from|with|as|by|under|into|onto|over|behind|through|while|who)\s", re.I
)
_OWNED = re.compile(
    r"(?:\b(?P<whose>his|her|their|its|my)|['’]s|s['’])\s+(?:[\w-]+\s+)*?(?P<thing>[\w-]+)\s*$", re.IGNORECASE
)
_OWNER_ALONE = re.compile(r"['’]s$", re.IGNORECASE)
"""`CLOSE ON Bob's.`, behind a sentence of somebody else's hand."""
_PRONOUNS = frozenset("him her them both he she they us everyone everybody".split())
_NOBODY = frozenset("nothing nobody this that it one something somebody someone what".split())
"""What says nothing of where the camera goes."""
Meant = Callable[[str], tuple[str, ...]]
"""Whom a pronoun means."""


class Aim(NamedTuple):
    """What a picture is of, as far as the script says."""

    subjects: tuple[str, ...] | None = None
    """Who is in it: nobody where it is of a thing, None where that is left open."""
    things: tuple[str, ...] = ()
    """What it is of, as words of the script."""
    missing: str = ""
    """What it should be of and cannot show by itself, in the script's words."""


def nobody_known(_: str) -> tuple[str, ...]:
    """Whom a pronoun means where nobody has been told of."""
    return ()


def aim_of(text: str, people: tuple[str, ...], cast: Cast, meant: Meant = nobody_known) -> Aim:
    """Read what a camera is sent to.

    Args:
        text: What follows its words: `the lantern in Anna's hands`.
        people: Who is in the shot.
        cast: Who is called how.
        meant: Whom a pronoun means.
    """
    begin = _BEFORE.match(text)
    rest = text[begin.end() if begin else 0 :][:_LONGEST]
    if rest[:1] in tuple('"“'):
        return Aim(())  # what is written there
    stop = _END.search(rest)
    target = (rest[: stop.start()] if stop else rest).strip()
    target = _OWNER_ALONE.sub("", target)
    words = tokens(target)
    if not words:
        return Aim()
    owned = _OWNED.search(target)
    if owned:
        whose = tuple(cast.mentions(target)) or meant((owned["whose"] or "").lower()) or people[:1]
        return _part(owned["thing"].lower(), whose or None, words, target)
    named = tuple(cast.mentions(target))
    if named:
        return Aim(named)
    if words[0] in _PRONOUNS:
        return Aim(meant(words[0]) or people)
    if not _PRONOUNS.isdisjoint(words) or not _NOBODY.isdisjoint(words):
        return Aim()
    return _part(words[-1], None, words, target)


def _part(last: str, whose: tuple[str, ...] | None, words: tuple[str, ...], target: str) -> Aim:
    """What is seen of somebody, or a thing: by the last word of what the camera is sent to."""
    if last in FACES:
        return Aim(whose)
    if last in BODY:
        return Aim(whose, missing=target)
    things = _things(words)
    return Aim((), things) if things else Aim(None, missing=target)


def _things(words: tuple[str, ...]) -> tuple[str, ...]:
    """The things among words: of two side by side the second, as in `door key`."""
    known = [next((form for form in forms(word) if form in DRAWN), "") for word in words]
    return tuple(dict.fromkeys(name for name, after in zip(known, [*known[1:], ""], strict=True) if name and not after))
