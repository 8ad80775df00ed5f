"""Which names of a screenplay are one person's."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from film.direction.ages import age_in
from film.direction.nameparts import DISTINCT, Name, Use, answer, parsed_name
from film.direction.surnames import bearer_of, silent_bearer, titled
from film.direction.vocabulary import GENERIC
from film.direction.words import singular, tokens
from film.script.people import COURTESY, FEMALE_NAMES, MALE_NAMES, ROLES, TITLES, gender_of

_EPITHETS = frozenset("big little small tall short fat thin".split())
"""Those of them that a name may also just be worn with: `BIG TOM` is `TOM` where there is no other."""
_TIMES_OF_LIFE = frozenset("young old older younger teen teenage teenaged adult kid baby child little future".split())
"""Those that tell one person at two ages: `YOUNG ELENA` is `YOUNG VASQUEZ` where Elena is Vasquez."""
_NOT_SURNAMES_OF = frozenset("mrs lady madam".split())
"""Courtesies of somebody who is called by another's name: `MRS. STERNE` is not `STERNE`."""
_GROWN_UP = 20
_ANYBODY = frozenset("man woman boy girl voice person figure guy kid child somebody someone".split())
_OFFICES = frozenset("king queen prince princess emperor empress tsar pope president governor mayor sheriff".split())
"""Of these there is one where it has an article: `THE MAYOR`."""
_LEADERS = _OFFICES | frozenset(
    "captain admiral judge senator professor coach principal commander colonel general major chief count baron duke "
    "bishop pastor reverend ambassador chancellor minister commissioner".split()
)
"""Of these there is one in a scene: `JUDGE` and `JUDGE PECK`."""


_MOST_WORDS = 12
"""Of longer names only the first and last so many words are looked up as somebody else's: a cue may be endless."""


class _Clusters:
    """Names that are one person's, by a root: the longest of them."""

    def __init__(self, names: Collection[str]) -> None:
        self._owner = {name: name for name in names}
        self._members = {name: [name] for name in names}

    def root(self, name: str) -> str:
        while self._owner[name] != name:
            name = self._owner[name]
        return name

    def members(self, name: str) -> list[str]:
        return self._members[self.root(name)]

    def join(self, name: str, root: str) -> None:
        name, root = self.root(name), self.root(root)
        if name != root:
            self._owner[name] = root
            self._members[root] += self._members.pop(name)

    def all(self) -> dict[str, str]:
        return {name: self.root(name) for name in self._owner}


def owners(use: Use) -> dict[str, str]:
    """Find for every name the name it is an alias of; itself for most.

    Two cues are one person where the shorter is an end of the longer, does not merely name a kind of person,
    may be nobody else's of the script, and the two never answer each other; or where the action says so. What is not
    clear stays apart.

    Args:
        use: How the names are used.

    Returns:
        The owner of each name, in one step.
    """
    names = [*use.cues, *(name for name in use.introduced if name not in use.cues)]
    parsed = {name: parsed_name(name) for name in names}
    rank = {name: number for number, name in enumerate(names)}
    ends: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        core = parsed[name].core
        lengths = (*range(1, min(len(core), _MOST_WORDS) + 1), len(core)) if core else ()
        found = {end for length in lengths for end in (core[:length], core[-length:])}
        for end in {*found, *parsed[name].nicknames}:
            ends.setdefault(end, []).append(name)
        for title in parsed[name].titles & _LEADERS:
            ends.setdefault((title.upper(),), []).append(name)
    clusters = _Clusters(names)
    several: dict[str, list[str]] = {}
    for short in sorted(names, key=lambda name: (-len(parsed[name].core), -len(parsed[name].titles), rank[name])):
        if short not in use.cues:
            continue
        may = [name for name in ends.get(parsed[short].core, ()) if _may_be(short, name, parsed)]
        roots = list(dict.fromkeys(clusters.root(name) for name in may))
        roots = [root for root in roots if root != clusters.root(short)]
        if len(roots) > 1:
            several[short] = roots
        elif len(roots) == 1 and _clear(short, may, clusters.members(roots[0]), use, parsed):
            clusters.join(short, roots[0])
    for one, other in use.same:
        clusters.join(one, other)
    for short in use.cues:
        if clusters.root(short) == short and len(clusters.members(short)) == 1:
            groups = [clusters.members(name) for name in several.get(short, names)]
            ways = (bearer_of,) if short in several else (titled, silent_bearer)
            bearer = next((whose for way in ways if (whose := way(short, groups, use, parsed))), None)
            if bearer:
                clusters.join(short, bearer)
    _ages(use, names, parsed, clusters)
    return clusters.all()


def _ages(use: Use, names: Sequence[str], parsed: Mapping[str, Name], clusters: _Clusters) -> None:
    """Join `YOUNG ELENA` and `YOUNG VASQUEZ` where Elena and Vasquez are one."""
    first: dict[tuple[str, str], str] = {}
    by_core: dict[tuple[str, ...], str] = {}
    for name in names:
        by_core.setdefault(parsed[name].core, name)
    for name in names:
        core = parsed[name].core
        grown = by_core.get(core[1:]) if core and core[0].lower() in _TIMES_OF_LIFE else None
        if grown is None:
            continue
        known = first.setdefault((core[0], clusters.root(grown)), name)
        if not answer(use, [name], clusters.members(known)):
            clusters.join(name, known)


def _clear(short: str, may: Sequence[str], group: Sequence[str], use: Use, parsed: Mapping[str, Name]) -> bool:
    """Whether a name that may be that of one other person only is clearly theirs."""
    may = [name for name in may if name in group]
    few = parsed[short]
    kind = singular(few.core[-1].lower()) if few.core else ""
    alike = any(_alike(few, parsed[name]) for name in may)
    if alike and kind not in _ANYBODY:
        return True
    if few.titles & COURTESY and answer(use, [short], _given_of(may, use, parsed)):
        return False
    if _sole(short, may, group, use, parsed):
        return True
    if answer(use, [short], group) or all(_married(few, parsed[name]) for name in may):
        return False
    told = any(name in use.introduced for name in group)
    if any(few.titles - COURTESY and few.titles <= parsed[name].titles for name in may):
        return True
    if short not in use.introduced and any(
        few.core == parsed[name].core and parsed[name].titles - COURTESY for name in may
    ):
        return True  # `OFFICER PIKE` and `PIKE`
    if _described(short, use) and told and any(name in use.cues for name in group):
        return any(few.core in parsed[name].nicknames for name in may)
    if any(_EPITHETS.intersection(_rest(few, parsed[name])) for name in may):
        return told and short not in use.introduced and use.first.get(short, 0) > min(map(_first(use), group))
    spoken = any(name in use.cues for name in group)
    apart = {scene for name in group for scene in use.scenes.get(name, ())}.isdisjoint(use.scenes.get(short, ()))
    if alike:
        return not apart
    if few.titles & COURTESY and not any(few.titles <= parsed[name].titles for name in may):
        return told and apart and short not in use.introduced and _grown(group, use, few)
    if any(few.core != parsed[name].core and _holds(few, parsed[name]) for name in may):
        office = few.the and few.core[0].lower() in _OFFICES
        return short not in use.introduced and (office or not apart)
    if kind in GENERIC and not few.titles:
        return not spoken or (short not in use.introduced and told)
    return told or not spoken or apart or short in use.introduced


def _sole(short: str, may: Sequence[str], group: Sequence[str], use: Use, parsed: Mapping[str, Name]) -> bool:
    """Whether a name that is introduced nowhere is that of the only one who is introduced by first name and surname.

    `VOSS` and `MS. VOSS` are `MARA VOSS` then, even where they speak right after `MARA`: of another Voss the script
    would tell. Somebody with a courtesy whom Mara answers is another, as a father is.
    """
    few = parsed[short]
    if short in use.introduced or len(few.core) != 1 or not few.titles <= COURTESY:
        return False
    for name in may:
        many = parsed[name]
        first = many.core[0].lower()
        known = first in FEMALE_NAMES or first in MALE_NAMES or many.core[0] in use.cues
        if name not in use.introduced or len(many.core) != 2 or few.core[0] not in many.core or not known:
            continue
        if few.titles and few.core[0] != many.core[-1]:
            continue
        if first in DISTINCT or first in ROLES or first in TITLES:
            continue
        if not few.titles or _grown(group, use, few):
            return True
    return False


def _given_of(names: Sequence[str], use: Use, parsed: Mapping[str, Name]) -> list[str]:
    """Cues that have the first name of one of some people: `CARL` for `CARL LINDT`, whom `MR. LINDT` may answer."""
    first = {parsed[name].core[0] for name in names if len(parsed[name].core) > 1}
    return [cue for cue in use.cues if first.intersection(parsed[cue].core)] if first else []


def _described(name: str, use: Use) -> bool:
    """Whether somebody new is introduced under a name."""
    words = use.introduced.get(name, "")
    rest = words[len(name) :] if words.upper().startswith(name) else words
    return _SOMEBODY_NEW.match(rest) is not None or age_in(rest) is not None


_SOMEBODY_NEW = re.compile(r"[\s,(–—\-]+(?:\d|(?:an?|the|his|her|their|another)\s)|[^,(–—\-\s]", re.IGNORECASE)
"""How people are introduced, not only described: `TOM, a boy of nine`."""


def _married(few: Name, many: Name) -> bool:
    """Whether one bears the other's name only: `MRS. STERNE` is not `STERNE`, `LADY MACBETH` not `MACBETH`."""
    return few.core == many.core and bool(many.titles & _NOT_SURNAMES_OF - few.titles)


def _holds(few: Name, many: Name) -> bool:
    """Whether one is the office that the other holds: `THE MAYOR` and `MAYOR DALEY`."""
    return not few.titles and len(few.core) == 1 and few.core[0].lower() in many.titles & _LEADERS


def _addressed(few: Name, many: Name) -> bool:
    """Whether one is how strangers address the other: `MR. DARCY` and `FITZWILLIAM DARCY`."""
    if len(few.titles) != 1 or not few.titles <= COURTESY or many.titles or len(few.core) != 1 or len(many.core) != 2:
        return False
    (title,) = few.titles
    known = gender_of(many.core[0])
    fits = known == TITLES.get(title, "") or (title == "mister" and not known)
    return few.core[-1] == many.core[-1] and fits and not DISTINCT.intersection(_rest(few, many))


def _grown(group: Sequence[str], use: Use, few: Name) -> bool:
    """Whether somebody may be addressed with a courtesy: nobody's child, and a `MRS.` only who is surely grown up."""
    ages = [age for age in (age_in(use.introduced.get(name, "")) for name in group) if age is not None]
    return all(age >= _GROWN_UP for age in ages) and (bool(ages) or "mrs" not in few.titles)


def _first(use: Use) -> Callable[[str], int]:
    return lambda name: use.first.get(name, 0)


def _alike(one: Name, other: Name) -> bool:
    """Whether two names differ in an article alone: `THE WOLF` and `WOLF`."""
    return one.core == other.core and one.titles == other.titles


def _rest(few: Name, many: Name) -> set[str]:
    return {word.lower() for word in many.core} - {word.lower() for word in few.core}


def _may_be(short: str, name: str, parsed: Mapping[str, Name]) -> bool:
    """Whether one name is an end of the other, and nothing in the rest tells two people apart."""
    few, many = parsed[short], parsed[name]
    if name == short:
        return False
    if few.core in many.nicknames:
        return True
    if _holds(few, many):
        return True
    if not few.titles <= many.titles:
        return _addressed(few, many)
    if few.core == many.core:
        if few.titles == many.titles:
            return few.the is not many.the
        return bool(many.titles) and not few.titles
    if len(few.core) >= len(many.core):
        return False
    at_end = many.core[-len(few.core) :] == few.core
    if not at_end and many.core[: len(few.core)] != few.core:
        return False
    rest = many.core[: -len(few.core)] if at_end else many.core[len(few.core) :]
    if at_end and len(rest) == 1 and rest[0].lower() in _EPITHETS and few.core[-1].lower() not in GENERIC:
        return True
    return not any(
        word.lower() in DISTINCT
        or word.endswith("'S")
        or any(letter.isdigit() for letter in word)
        or not tokens(word)
        or (singular(word.lower()) in ROLES and not at_end)
        for word in rest
    )
