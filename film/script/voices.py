"""Who may be speaking: people that the story knows, phrases that it uses but once, and the narrator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from film.script.people import CREATURES, gender_of
from film.script.persons import Person
from film.script.survey import People

TELLER = "I"
"""How a story calls whoever tells it."""
MANY = "p"
"""The gender of several: neither `he` nor `she` means them."""
_ELDERLY = {
    **dict.fromkeys("mamma mama mum mummy ma mother".split(), "f"),
    **dict.fromkeys("papa dad daddy pa father".split(), "m"),
}
_MANY = re.compile(r"(?:the|some|several|all|two|three|both|many|other)\b.*[^su]s$", re.IGNORECASE)


@dataclass(eq=False, slots=True)
class Voice:
    """Somebody who may speak; there is one object for each."""

    words: str
    """How the prose called them last."""
    person: Person | None = None
    gender: str = ""
    tags: int = 0
    """How often a verb of speaking names them in the whole story."""

    @property
    def mute(self) -> bool:
        """Whether it is an animal that the story never lets speak."""
        return not self.tags and self.person is not None and self.person.role and self.person.key[1][-1] in CREATURES

    @property
    def name(self) -> str:
        """What the story calls them by name, or else by its last words."""
        return self.person.name if self.person is not None and not self.person.role else self.words

    @property
    def passing(self) -> bool:
        """Whether the story knows them by no more than `a large woman` so far."""
        return self.person is not None and self.person.role and self.words.lower().startswith(("a ", "an "))


def known_as(person: Person) -> str:
    """The name of somebody, or the noun by which alone they are known."""
    return f"the {person.name}" if person.role and person.name[:1].islower() else person.name


class Voices:
    """All voices of a story."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._of: dict[int, Voice] = {}
        self._phrases: dict[str, Voice] = {}
        self.narrator = Voice(TELLER)

    def of(self, person: Person, words: str | None = None) -> Voice:
        """The voice of a person.

        Args:
            person: One of the story's.
            words: How the prose calls them here; from then on it is what the voice is called.
        """
        voice = self._of.get(id(person))
        if voice is None:
            voice = self._of[id(person)] = Voice(words or known_as(person), person, person.gender)
        if words and not words.lower().startswith(("a ", "an ")):
            voice.words = known_as(person) if self._people.is_meaning(words) else words
        return voice

    def named(self, phrase: str) -> Voice:
        """The voice that a phrase means; where it means nobody known, a voice of its own."""
        person = self._people.named(phrase)
        if person is not None:
            return self.of(person)
        sex = MANY if _MANY.match(phrase) else gender_of(phrase)
        return self._phrases.setdefault(phrase.lower(), Voice(phrase, gender=sex))

    def elder(self, word: str) -> Voice | None:
        """Whom those mean who call somebody `Papa`, where only one may be called so."""
        sex = _ELDERLY.get(word.lower(), gender_of(word))
        person = self._people.kinship.elder(sex) if sex else None
        return self.of(person) if person is not None else None

    def all(self) -> Iterator[Voice]:
        """The voices of those whom the story has told of so far, in the order of their first words."""
        return iter(self._of.values())

    def known(self, phrase: str) -> Voice | None:
        """The voice of the person that a phrase means, or None."""
        person = self._people.named(phrase)
        return self.of(person) if person is not None else None
