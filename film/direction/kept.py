"""A cast that is kept: the characters of a script, as the project they belong to knows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache

from film.direction.cast import NARRATOR, Cast
from film.direction.cues import cue_name
from film.direction.spelling import spellings
from film.direction.words import tokens, unique
from film.script.accents import without_accents
from schemas.cast import CastMember
from schemas.enums import ElementKind
from schemas.script import Character, Element


@lru_cache(maxsize=16384)
def name_keys(name: str) -> tuple[str, ...]:
    """By what a name is one with its other spellings, and with cues that say how somebody is heard.

    Args:
        name: A name or a cue: `Mara (40)`, `MARA (V.O.)` and `mára` are one.

    Returns:
        Its keys: one, or two where it has hyphens (`film.direction.spelling`).
    """
    return tuple(" ".join(words) for words in spellings(cue_name(name)))


class Claims:
    """Whose each name is in a cast that is kept."""

    def __init__(self, members: Sequence[CastMember]) -> None:
        """Learn their names; where two claim one, the first has it."""
        self.members = tuple(members)
        self._exactly: dict[str, CastMember] = {}
        for place in (0, 1):  # the spelling with hyphens as spaces goes before the one without them
            for member in members:
                for name in (member.name, *member.aliases):
                    for key in name_keys(name)[place : place + 1]:
                        self._exactly.setdefault(key, member)
        self._by_id = {member.id: member for member in members}
        self._called = Cast([Character(id=one.id, name=one.name, aliases=one.aliases) for one in members])

    def exactly(self, name: str) -> CastMember | None:
        """Whose a name is, as it stands."""
        return next((self._exactly[key] for key in name_keys(name) if key in self._exactly), None)

    def by_part(self, name: str) -> CastMember | None:
        """Who is meant by a part of their name, as `ZUBOV` means Andrei Zubov, or by a trade's article."""
        return self._by_id.get(self._called.of(name) or "")


def with_kept(cast: Cast, members: Sequence[CastMember], elements: Iterable[Element]) -> Cast:
    """Make the people of a script those whom its project keeps.

    A name that a member has is theirs, whomever the script's own reading gave it to; what nobody claims goes with whom
    that reading found it to be one with. So each cue means exactly one character. Names and looks of members are the
    kept ones in every film; who is not kept stays as the script has them.

    Args:
        cast: The characters as the script is read by itself.
        members: Those who are kept; whoever is not in the script is not in its film.
        elements: The script's elements, in which speeches are counted again where people were joined or parted.

    Returns:
        The cast, in the order of first appearance. The same cast where nobody is kept.
    """
    if not members:
        return cast
    claims = Claims(members)
    owners = _owners(cast.characters, claims)
    taken = {NARRATOR, *(member.id for member in members)}
    renamed: dict[str, str] = {}
    """By the ids of the script's own reading those of the film."""
    places: dict[str, list[tuple[str, Character]]] = {}
    """Of each character of the film, in order, by which names of whom the script has them."""
    for person in cast.characters:
        owned = owners[person.id]
        if owned:
            renamed[person.id] = owned[person.name].id
        else:
            renamed[person.id] = person.id if person.id == NARRATOR else unique(person.id, taken)
        for name in (person.name, *person.aliases):
            who = owned[name].id if owned else renamed[person.id]
            places.setdefault(who, []).append((name, person))
    by_id = {member.id: member for member in members}
    people = []
    for who, found in places.items():
        names, persons = [name for name, _ in found], [person for _, person in found]
        kept = by_id.get(who)
        people.append(_stays(persons[0], renamed) if kept is None else _character(kept, names, persons, renamed))
    there = by_id.keys() & places.keys()
    joined = cast.renamed(people, lambda phrase, who: _meant(phrase, who, claims, renamed, there))
    return _counted(joined, elements, there)


def _owners(people: Sequence[Character], claims: Claims) -> dict[str, dict[str, CastMember]]:
    """Say of each person of a script whose each of their names is; of who is not kept, nothing."""
    exactly = {one.id: {name: claims.exactly(name) for name in (one.name, *one.aliases)} for one in people}
    there = {member.id for names in exactly.values() for member in names.values() if member is not None}
    # A part of a name means somebody only where the script has one by it, and nobody under the whole name.
    parts = {
        one.id: claims.by_part(one.name) for one in people if not one.members and not any(exactly[one.id].values())
    }
    meant = Counter(member.id for member in parts.values() if member is not None)
    found: dict[str, dict[str, CastMember]] = {}
    for one in people:
        names = exactly[one.id]
        leading = names[one.name] or next((member for member in names.values() if member is not None), None)
        part = parts.get(one.id)
        if part is not None and part.id not in there and meant[part.id] == 1:
            leading = part
        if leading is None or (one.id == NARRATOR and _narrates(leading, one.name)):
            found[one.id] = {}
        else:
            found[one.id] = {name: member or leading for name, member in names.items()}
    return found


def _narrates(member: CastMember, name: str) -> bool:
    """Whether who is kept under the narrator's name is that voice, and not somebody who is seen.

    Somebody with another name who has the narrator's for an alias is both.
    """
    aliases = {key for alias in member.aliases for key in name_keys(alias)}
    return not aliases & set(name_keys(name))


def _character(
    member: CastMember, names: Sequence[str], people: Sequence[Character], renamed: Mapping[str, str]
) -> Character:
    """Write a member down as a character: names and looks are the kept ones, and what is not told is the script's."""
    known = {_words(name) for name in (member.name, *member.aliases)}
    others = {words: name for name in reversed(names) if (words := _words(name)) not in known}
    told = next((one.description for one in people if one.description), "")
    age = next((one.age for one in people if one.age is not None), None)
    together = dict.fromkeys(renamed[who] for one in people for who in one.members)
    return Character(
        id=member.id,
        name=member.name,
        aliases=(*member.aliases, *reversed(others.values())),
        description=member.description or told,
        age=member.age if member.description or member.age is not None else age,
        # Whoever is kept under the name of several, and under no other, is the several of this script.
        members=tuple(who for who in together if who != member.id) if all(one.members for one in people) else (),
        settled=member.settled,
    )


def _words(name: str) -> tuple[str, ...]:
    """By what a character is found under a name: it has each spelling of a script that is not one with another so."""
    return tokens(without_accents(name))


def _stays(person: Character, renamed: Mapping[str, str]) -> Character:
    """Leave somebody as the script has them, under an id that no member has."""
    together = tuple(dict.fromkeys(renamed[who] for who in person.members))
    return person.model_copy(update={"id": renamed[person.id], "members": together})


def _meant(phrase: str, who: str, claims: Claims, renamed: Mapping[str, str], there: Container[str]) -> str:
    """Say whom a story's phrase means, such as `the captain of the guard`."""
    member = claims.exactly(phrase)
    return member.id if member is not None and member.id in there else renamed[who]


def _counted(cast: Cast, elements: Iterable[Element], kept: Container[str]) -> Cast:
    """Count the speeches of those who are kept: the script's own reading counted those of people it saw as others."""
    speeches: Counter[str | None] = Counter()
    for element in elements:
        if element.kind is ElementKind.CHARACTER:
            speeches[cast.of(element.text)] += 1
        elif element.speaker:
            speeches[cast.of(element.speaker)] += 1
    return cast.changed(
        [one.model_copy(update={"speeches": speeches[one.id]}) if one.id in kept else one for one in cast.characters]
    )
