"""Whom a text means: those it names, and those its pronouns stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from film.direction.cast import Cast
from film.direction.words import tokens
from film.script.people import CREATURES, FEMALE, MALE, TITLES

_PRONOUNS = {"he": 1, "she": 1, "him": 1, "her": 1, "his": 1, "it": 0, "they": 2, "them": 2, "their": 2}
_SEVERAL, _ANOTHER = frozenset({"they", "them"}), frozenset({"he", "she", "him"})
_NUMBERS = frozenset("two three four five six several some many dozens hundreds".split())
_STATES = frozenset("was is had has would could will might seemed took rained snowed looked smelled smelt only".split())
"""What an `it` that is no animal does as well."""
_FEMALE = FEMALE | {"she", "her"}
_MALE = MALE | {"he", "his"}


class Remembered:
    """Whom a pronoun means: those last named in the scene, else who speaks in it, else those of the scene before."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._recent: list[str] = []
        self._speakers: list[str] = []
        self._before: list[str] = []
        self._fresh = True
        """Whether nothing has been told in the scene yet: a `they` may then mean those of the scene before."""
        self._creatures = {
            person.id
            for person in cast.characters
            if CREATURES.intersection(tokens(f"{person.name} {person.description}"))
        }
        """Whom `it` may mean, where it begins a sentence: `A bird falls. It does not move.`"""
        self._gender = {
            person.id: _gender(f"{person.name} {person.description}")
            or _titled(person.name)
            or cast.genders.get(person.id, "")
            for person in cast.characters
        }

    def begin(self, speakers: Iterable[str] = ()) -> None:
        """Begin a scene in which certain people will speak."""
        self._speakers = list(dict.fromkeys(speakers))[::-1]
        if self._recent:
            self._before, self._recent = self._recent, []
        self._fresh = True

    def note(self, people: Iterable[str]) -> None:
        """Remember somebody as just named."""
        for who in people:
            if who in self._recent:
                self._recent.remove(who)
            self._recent.append(who)

    def resolve(self, text: str) -> tuple[str, ...]:
        """Who is in a sentence: those named, else those its pronouns mean."""
        named = self._cast.mentions(text)
        self.note(reversed(named))
        words = tokens(text)
        if named and _SEVERAL.isdisjoint(words):
            extra = [word for word in words if word in _ANOTHER]
            others = self._meant(extra, named) if len(named) == 1 and extra else []
            return (*named, *others[:1])
        several = not named and words and words[0] in _NUMBERS  # `Two riders reined in their horses`
        found = [] if several else self._meant([word for word in words if word in _PRONOUNS])
        if not named and words[:1] == ("it",) and not _STATES.intersection(words[1:2]):
            found += [who for who in reversed(self._recent) if who in self._creatures][:1]
        self._fresh = False
        return tuple(dict.fromkeys([*named, *found]))

    def _meant(self, words: Iterable[str], apart: Sequence[str] = ()) -> list[str]:
        found: dict[str, None] = {}
        for word in dict.fromkeys(words):
            if _PRONOUNS[word] == 2:
                others = (self._speakers or self._before)[-2:] if self._fresh else []
                for who in self._recent[-2:] or others:
                    found.setdefault(who)
            elif _PRONOUNS[word] == 1:
                fitting = self._fitting("f" if word in {"she", "her"} else "m", apart)
                if fitting:
                    found.setdefault(fitting)
        return list(found)

    def _fitting(self, wanted: str, apart: Sequence[str] = ()) -> str | None:
        """The last one named of a gender, of this scene if anybody in it may be meant; but for some."""
        last = [who for who in self._recent if who not in apart][-1:]
        if last and last[0] not in self._creatures and self._gender.get(last[0]) in {wanted, ""}:
            return last[0]  # `His name was Ambry. He took off his hat.`
        for people in (self._recent, self._speakers, self._before):
            for gender in (wanted, ""):
                for who in reversed(people):
                    if who not in apart and self._gender.get(who) == gender and (gender or who not in self._creatures):
                        return who
        return None


def _gender(description: str) -> str:
    words = set(tokens(re.sub(r"\b\w+['’]s\b", " ", description)))  # `a man's overcoat` says nothing of its wearer
    female, male = bool(words & _FEMALE), bool(words & _MALE)
    return "f" if female and not male else "m" if male and not female else ""


def _titled(name: str) -> str:
    """What the title before a name says of a man or a woman: `Mr. Bramble`, `Madame Ruiz`."""
    return TITLES.get((tokens(name) or ("",))[0], "")
