"""Whose a surname is that several bear, and whose a trade before a surname: `BRADDOCK`, `DETECTIVE BRADDOCK`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from film.direction.nameparts import DISTINCT, Name, Use, answer
from film.direction.words import tokens
from film.script.people import COURTESY, TITLE_WORDS


def bearer_of(short: str, groups: Sequence[Sequence[str]], use: Use, parsed: Mapping[str, Name]) -> str | None:
    """Find the one of several people with a surname whom a cue of nothing else means.

    It is the only one who has been introduced by then, or the only one who has no other cue, as long as whoever else
    bears it is called otherwise, and never answered under their own name by that cue. What is not clear stays apart.

    Args:
        short: The cue.
        groups: The names of each of the people.
        use: How the names are used.
        parsed: The parts of each name.

    Returns:
        A name of theirs, or None.
    """
    if short in use.introduced or len(parsed[short].core) != 1:
        return None
    at = use.first.get(short, 0)
    bearers = [group for group in _apart(groups) if not _courtesy_alone(group, parsed)]
    before = [group for group in bearers if _told(group, use) and min(use.first.get(name, at) for name in group) < at]
    for some in (before, [group for group in before if _uncued(group, use)]):
        clear = len(some) == 1 and not any(_uncued(group, use) for group in bearers if group is not some[0])
        if clear and not answer(use, [short], some[0]):
            return some[0][0]
    return None


def titled(short: str, groups: Sequence[Sequence[str]], use: Use, parsed: Mapping[str, Name]) -> str | None:
    """Find whom a trade and a surname mean: `DETECTIVE BRADDOCK`, where the action has `BRICK BRADDOCK, a detective`.

    It is the only one of that surname, of whom the introduction tells the trade or who is introduced before and has no
    cue of their own.

    Args:
        short: The cue.
        groups: The names of each of the people.
        use: How the names are used.
        parsed: The parts of each name.

    Returns:
        A name of theirs, or None.
    """
    few = parsed[short]
    if short in use.introduced or len(few.core) != 1 or not few.titles - COURTESY:
        return None
    bearers = [
        group
        for group in _apart(groups)
        if short not in group and any(parsed[name].core[-1:] == few.core for name in group)
    ]
    if len(bearers) != 1 or not _told(bearers[0], use) or answer(use, [short], bearers[0]):
        return None
    (group,) = bearers
    if any(parsed[name].titles - COURTESY - few.titles for name in group):
        return None
    words = {TITLE_WORDS.get(word, word) for name in group for word in tokens(use.introduced.get(name, ""))}
    at = use.first.get(short, 0)
    before = min(use.first.get(name, at) for name in group) < at
    return group[0] if few.titles <= words or (before and _uncued(group, use)) else None


def silent_bearer(short: str, groups: Sequence[Sequence[str]], use: Use, parsed: Mapping[str, Name]) -> str | None:
    """Find whom a cue means that is an end of the name of somebody introduced before, who has no other cue: `MAMA`.

    Args:
        short: The cue.
        groups: The names of each of the people.
        use: How the names are used.
        parsed: The parts of each name.

    Returns:
        A name of theirs, or None.
    """
    few = parsed[short].core
    if short in use.introduced or not few or parsed[short].titles:
        return None
    at = use.first.get(short, 0)
    found = [group for group in _apart(groups) if short not in group and any(_ends(few, parsed[one]) for one in group)]
    if len(found) != 1 or not _told(found[0], use) or not _uncued(found[0], use):
        return None
    return found[0][0] if min(use.first.get(name, at) for name in found[0]) < at else None


def _ends(few: tuple[str, ...], many: Name) -> bool:
    """Whether a name begins or ends with some words, and nothing in the rest tells two people apart."""
    core, size = many.core, len(few)
    if size >= len(core) or (core[:size] != few and core[-size:] != few):
        return False
    rest = core[size:] if core[:size] == few else core[:-size]
    return all(word.isalpha() and word.lower() not in DISTINCT for word in rest)


def _apart(groups: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Each group once."""
    return list({id(group): group for group in groups}.values())


def _courtesy_alone(group: Sequence[str], parsed: Mapping[str, Name]) -> bool:
    """Whether somebody is only called by another's name: `MRS. SOTO`."""
    names = [parsed[name] for name in group]
    return all(len(name.core) == 1 and name.titles and name.titles <= {"mrs", "lady", "madam"} for name in names)


def _told(group: Sequence[str], use: Use) -> bool:
    return any(name in use.introduced for name in group)


def _uncued(group: Sequence[str], use: Use) -> bool:
    return not any(name in use.cues for name in group)
