"""Where the lines of a script are said in a film, and what of either is not in the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from film.script.saying import SAYING
from film.script.second_reader import TAG_WORDS, Spoken

_SAYING = frozenset(SAYING)

_REACH = 4000
"""How far into the film, in characters, the next known line is looked for after one that differs."""
_NEXT = 6
"""How many lines after it are looked for."""


class Alignment(NamedTuple):
    """How lines and film fit together."""

    missing: list[Spoken]
    """Lines that the film does not say where they belong."""
    extra: list[str]
    """What it says instead, or besides."""


def align(film: str, lines: Sequence[Spoken]) -> Alignment:
    """Walk through lines and film together; after a difference go on where both agree again.

    Where words may be missing, there can be several places in the film at which a line ends. All are followed: a good
    film must not be refused because its next line begins with the same words.

    Args:
        film: What it says, a line of a subtitle a line, single spaces between words.
        lines: What it should say, in order.
    """
    missing: list[Spoken] = []
    extra: list[str] = []
    places = {0}
    for number, line in enumerate(lines):
        ends = {end for place in places for end in _ends(film, place, line)}
        if not ends:
            at = max(places)
            found = _resumed(film, at, lines[number : number + _NEXT])
            if found > at:
                extra.append(film[at:found])
            ends = _ends(film, found, line)
            if not ends:
                missing.append(line)
                ends = {found}
        places = ends
    if all(film[place:].strip() for place in places):
        extra.append(film[max(places) :])
    return Alignment(missing, extra)


def _ends(film: str, at: int, line: Spoken) -> set[int]:
    """The places after a line that is said at a place in the film; none where it is not said there."""
    words = line.text.split()
    found = {at} if line.optional else set()
    for left_out in range(min(len(words), TAG_WORDS) + 1 if line.tagged else 1):
        if left_out and not any(word.strip(".,;:!?—–-").lower() in _SAYING for word in words[:left_out]):
            continue  # What is left out must tell who speaks.
        end = _match(film, at, " ".join(words[left_out:]))
        if end is not None:
            found.add(end)
    return found


def _match(film: str, at: int, words: str) -> int | None:
    """Match words at a place. Where a subtitle breaks its line, a space may stand, or a long word go on."""
    if not words:
        return at
    end = at + len(words)
    if film[at:end].replace("\n", " ") == words:
        return end + 1 if end >= len(film) or film[end] in " \n" else None
    for letter in words:
        if at < len(film) and film[at] == "\n" and letter != " ":
            at += 1
        if at >= len(film) or (film[at] != letter and not (letter == " " and film[at] == "\n")):
            return None
        at += 1
    return at + 1 if at >= len(film) or film[at] in " \n" else None


def _resumed(film: str, at: int, lines: Sequence[Spoken]) -> int:
    """The next place at which one of some lines is said, by itself and not as a part of what differs."""
    wanted = [line for line in lines if not line.optional and not line.tagged]
    place = at
    while 0 <= place < min(len(film), at + _REACH):
        if any(_ends(film, place, line) for line in wanted):
            return place
        place = film.find("\n", place) + 1 or len(film)
    return at


def spaced(text: str) -> str:
    """A text with single spaces alone."""
    return " ".join(text.split())
