"""Whose kin the people of a story are, as far as its words say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from film.script.naming import Mention
from film.script.people import KIN
from film.script.references import ELDERS, INVERSE, SPOUSES, YOUNGER, noun_of

if TYPE_CHECKING:
    from film.script.persons import Person
    from film.script.survey import People

_COUPLES = (("mister", "mrs"), ("sir", "lady"), ("lord", "lady"))
_TITLES = frozenset("aunt uncle grandmother grandfather".split())
"""Titles of kin; `Father` and `Sister` may be a priest's and a nun's."""
_POSSESSIVE = ("'s", "’s")
_HIS = {"his": "m", "her": "f"}
_WHOSE = re.compile(r"\b(his|her) (?:[a-z-]+ ){0,2}?[a-z-]+,? $", re.IGNORECASE)
_NEAR = 48


class Kinship:
    """By which words for kin each person of a story may be called."""

    def __init__(self, people: People, narration: Sequence[Sequence[Mention]], texts: Sequence[str]) -> None:
        """Read it from titles, from possessives (`Mr. Gripp's nephew`), and from words that two names share.

        Args:
            people: The story's people.
            narration: The mentions in each piece of narration.
            texts: Those pieces.
        """
        self._people = people
        self._words: dict[int, set[str]] = {}
        self._spouse: dict[int, Person] = {}
        self._elders: dict[str, Person | None] = {}
        self._by_word: dict[str, list[Person]] = {}
        for person in people.persons:
            if not person.role:
                for word in {person.key[1][0], person.key[1][-1]}:
                    self._by_word.setdefault(word, []).append(person)
        for person in people.persons:
            for noun in {noun_of(written) for written in person.written if not person.role}:
                if noun in ELDERS or noun in YOUNGER:
                    self._note(person, noun)
            if person.key[0] in _TITLES:
                self._note(person, person.key[0])
        self._marry()
        for mentions, text in zip(narration, texts, strict=True):
            for mention, owner in self._owned(mentions, text):
                self._read(mention, owner)

    def words(self, person: Person | None) -> set[str]:
        """The words for kin that are theirs: `uncle`, `husband`."""
        return self._words.get(id(person), set())

    def elder(self, sex: str) -> Person | None:
        """Who alone of a sex is somebody's parent, uncle or the like, so that those who call `Papa` mean them."""
        if sex not in self._elders:
            found = [one for one in self._people.persons if one.gender == sex and self.words(one) & ELDERS]
            self._elders[sex] = found[0] if len(found) == 1 else None
        return self._elders[sex]

    def spouse(self, person: Person | None) -> Person | None:
        """Whom a title tells to be married to somebody: `Mrs. Bell`, of `Mr. Bell`."""
        return self._spouse.get(id(person))

    def _note(self, person: Person, word: str) -> None:
        self._words.setdefault(id(person), set()).add(word)

    def _marry(self) -> None:
        """Take `Mr. Bell` and `Mrs. Bell`, `Sir Roger Maule` and `Lady Maule` for husband and wife."""
        by_name: dict[tuple[str, str], list[Person]] = {}
        for person in self._people.persons:
            if not person.role:
                by_name.setdefault((person.key[0], person.key[1][-1]), []).append(person)
        for title, name in list(by_name):
            for his, hers in _COUPLES:
                men, women = by_name[title, name], by_name.get((hers, name), [])
                if title == his and len(men) == 1 and len(women) == 1:
                    self._note(men[0], "husband")
                    self._note(women[0], "wife")
                    self._spouse[id(men[0])], self._spouse[id(women[0])] = women[0], men[0]

    def _owned(self, mentions: Sequence[Mention], text: str) -> Iterator[tuple[Mention, Person]]:
        """The kin that a piece of narration names, each with whose they are."""
        named: dict[str, Person] = {}
        for mention in mentions:
            if mention.role and mention.core[-1] in KIN:
                owner = self._owner(mention, named)
                if owner is not None:
                    yield mention, owner
            elif not mention.role:
                person = self._people.of(mention)
                if person is not None:
                    self._introduced(mention, person, named, text)
                    for sex in (person.gender,) if person.gender else ("m", "f"):
                        named[sex] = person

    def _introduced(self, mention: Mention, person: Person, named: Mapping[str, Person], text: str) -> None:
        """Read `her husband Emil`, `his daughter Anne`."""
        word = mention.before
        if word not in KIN or mention.core[0] in KIN:
            return
        self._note(person, word)
        whose = _WHOSE.search(text, max(0, mention.start - _NEAR), mention.start)
        other = named.get(_HIS[whose[1].lower()]) if whose else None
        if other is None or other is person or word not in INVERSE:
            return
        if other.gender or word in SPOUSES:
            self._note(other, INVERSE[word][other.gender == "f"])
        if word in SPOUSES:
            self._spouse.setdefault(id(person), other)
            self._spouse.setdefault(id(other), person)

    def _owner(self, mention: Mention, named: Mapping[str, Person]) -> Person | None:
        if mention.article.endswith(_POSSESSIVE):
            found = self._by_word.get(mention.article[:-2], ())
            return found[0] if len(found) == 1 else None
        return named.get(_HIS.get(mention.article, ""))

    def _read(self, mention: Mention, owner: Person) -> None:
        word = mention.core[-1]
        if word in INVERSE and (owner.gender or word in SPOUSES):
            self._note(owner, INVERSE[word][owner.gender == "f"])
        person = self._people.of(mention)
        if person is not None and not person.role and person is not owner:
            self._note(person, word)
