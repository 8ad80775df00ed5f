"""Who may be speaking: people that the story knows, phrases that it uses but once, and the narrator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from film.script.people import CREATURES, gender_of
from film.script.survey import People, Person

TELLER = "I"
"""How a story calls whoever tells it."""
MANY = "p"
"""The gender of several: neither `he` nor `she` means them."""
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
    def passing(self) -> bool:
        """Whether the story knows them by no more than `a large woman` so far."""
        return self.person is not None and self.person.role and self.words.lower().startswith(("a ", "an "))


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
            voice = self._of[id(person)] = Voice(words or person.name, person, person.gender)
        if words and not words.lower().startswith(("a ", "an ")):
            voice.words = words
        return voice

    def named(self, phrase: str) -> Voice:
        """The voice that a phrase means; where it means nobody known, a voice of its own."""
        person = self._people.named(phrase)
        if person is not None:
            return self.of(person)
        sex = MANY if _MANY.match(phrase) else gender_of(phrase)
        return self._phrases.setdefault(phrase.lower(), Voice(phrase, gender=sex))

    def all(self) -> Iterator[Voice]:
        """The voices of those whom the story has told of so far, in the order of their first words."""
        return iter(self._of.values())

    def known(self, phrase: str) -> Voice | None:
        """The voice of the person that a phrase means, or None."""
        person = self._people.named(phrase)
        return self.of(person) if person is not None else None
