"""Whom a text means: those it names, and those its pronouns stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from film.direction.cast import Cast
from film.direction.vocabulary import MENS_WEAR, WOMENS_WEAR
from film.direction.words import sentences, tokens
from film.script.people import CREATURES, FEMALE, FEMALE_NAMES, MALE, MALE_NAMES, TITLES
from film.script.voices import TELLER

_PRONOUNS = {"he": 1, "she": 1, "him": 1, "her": 1, "his": 1, "it": 0, "they": 2, "them": 2, "their": 2}
_TELLERS = frozenset({"i", "me", "we", "us"})
_FIRST = frozenset({"i", "we"})
"""By what whoever tells a story means themselves."""
_SEVERAL, _ANOTHER = frozenset({"they", "them"}), frozenset({"he", "she", "him"})
_SUBJECTS = frozenset({"he", "she"})
_GOES_ON = re.compile(r"[.!?]\s+(?:He|She|Her|His)\b")
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
            or _named(person.name)
            or _worn(person.description)
            or cast.genders.get(person.id, "")
            for person in cast.characters
        }
        self._words = {one.id: {*tokens(one.name), *tokens(" ".join(one.aliases))} for one in cast.characters}
        self._tells = bool(cast.genders)
        """Whether a story is told: there, whoever was named last goes on."""
        self._teller = cast.of(TELLER) if self._tells else None
        self._learnt: dict[str, str] = {}
        """Of whom nothing tells in their words, what a pronoun of the scene did."""

    def begin(self, speakers: Iterable[str] = ()) -> None:
        """Begin a scene in which certain people will speak."""
        self._speakers = list(dict.fromkeys(speakers))[::-1]
        if self._recent:
            self._before, self._recent = self._recent, []
        self._fresh = True
        self._learnt.clear()

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
        if self._teller is None or self._teller in named or _TELLERS.isdisjoint(words):
            return self._resolved(text, named, words)
        others = self._resolved(text, named, words)
        if not _FIRST.isdisjoint(words[:2]) or not others:
            return (self._teller, *others)
        return (*others, self._teller)

    def _resolved(self, text: str, named: list[str], words: Sequence[str]) -> tuple[str, ...]:
        """Who is in a sentence, but for whoever tells the story."""
        if len(named) == 1 and self._recent == named and not self._comes_later(named[0], words):
            self._learn(named[0], words)
        elif len(named) > 1 and not all(map(self._told, named)) and _GOES_ON.search(text):
            self._learn_along(text)
        if named and _SEVERAL.isdisjoint(words):
            extra = [word for word in words if word in _ANOTHER]
            others = self._meant(extra, named) if len(named) == 1 and extra else []
            if others and self._told(others[0]) and not self._told(named[0]):
                self.note(others[:1])  # `When she came back Hallam had lit the stove. She …`: not Hallam
            return (*named, *others[:1])
        several = not named and words and words[0] in _NUMBERS  # `Two riders reined in their horses`
        found = [] if several else self._meant([word for word in words if word in _PRONOUNS])
        if not named and words[:1] == ("it",) and not _STATES.intersection(words[1:2]):
            found += [who for who in reversed(self._recent) if who in self._creatures][:1]
        self._fresh = False
        return tuple(dict.fromkeys([*named, *found]))

    @property
    def recent(self) -> Sequence[str]:
        """Those who were last named in the scene, the last one last."""
        return self._recent

    def sex(self, who: str) -> str:
        """What is known of somebody: `m`, `f`, or nothing."""
        return self._gender.get(who, "")

    def meant(self, word: str) -> tuple[str, ...]:
        """Whom a pronoun means here; nobody where the word is none."""
        return tuple(self._meant([word])) if _PRONOUNS.get(word) else ()

    def _meant(self, words: Iterable[str], apart: Sequence[str] = ()) -> list[str]:
        found: dict[str, None] = {}
        for word in dict.fromkeys(words):
            if _PRONOUNS[word] == 2:
                speakers = [] if self._tells else self._speakers[-2:]
                others = (self._speakers or self._before)[-2:] if self._fresh else speakers
                for who in self._recent[-2:] or others:
                    found.setdefault(who)
            elif _PRONOUNS[word] == 1:
                fitting = self._fitting("f" if word in {"she", "her"} else "m", apart)
                if fitting:
                    found.setdefault(fitting)
        return list(found)

    def _fitting(self, wanted: str, apart: Sequence[str] = ()) -> str | None:
        """The last one named of a gender, of this scene if anybody in it may be meant; but for some.

        Of whom nothing else tells, it tells from now on that they were meant, where it could be nobody else.
        """
        last = [who for who in self._recent if who not in apart][-1:] if self._tells else []
        if last and last[0] not in self._creatures and self._told(last[0]) in {wanted, ""}:
            return last[0]  # `His name was Ambry. He took off his hat.`
        here = (self._recent, self._speakers)
        for people in here if any(here) else (self._before,):
            for gender in (wanted, ""):
                for who in reversed(people):
                    if who in apart or self._told(who) != gender or (not gender and who in self._creatures):
                        continue
                    if not gender and sum(not self._told(one) for one in people) == 1:
                        self._learnt[who] = wanted
                    return who
        known = [who for who in self._before if self._told(who) == wanted and who not in apart] if self._tells else []
        return known[-1] if known else None

    @property
    def present(self) -> tuple[str, ...]:
        """The two who talk with each other, as far as anything tells: those last named or heard in the scene."""
        return tuple((self._recent or self._speakers)[-2:])

    def _learn_along(self, text: str) -> None:
        """Learn of whoever alone is named in a sentence, where the next begins with a pronoun."""
        last: str | None = None
        for start, end in sentences(text):
            named = self._cast.mentions(text[start:end])
            if named:
                last = named[0] if len(named) == 1 else None
            elif last is not None:
                self._learn(last, tokens(text[start:end])[:1])

    def _told(self, who: str) -> str:
        return self._gender.get(who) or self._learnt.get(who, "")

    def _comes_later(self, who: str, words: Sequence[str]) -> bool:
        """Whether a pronoun means another one before somebody is named: `When she came back Hallam …`."""
        at = next((number for number, word in enumerate(words) if word in self._words[who]), 0)
        return not _SUBJECTS.isdisjoint(words[:at])

    def _learn(self, who: str, words: Sequence[str]) -> None:
        """Learn of the only one of a scene so far what their own pronouns tell: `Kim takes her coat`."""
        sexes = {"f" if word in {"she", "her"} else "m" for word in words if _PRONOUNS.get(word) == 1}
        if len(sexes) == 1 and not self._told(who):
            self._learnt[who] = sexes.pop()


_SOMEBODY_ELSE = re.compile(
    r"\b\w+['’]s\b|\b(?:his|her)(?=\s+(?:[\w-]+\s+){0,3}?(?:friend|partner|cousin|boss|neighbou?r|colleague|assistant|"
    r"doctor|lawyer|teacher|child|kid|roommate|lover|driver|rival|client|patient|guard|brother|son|father|husband|uncle|"
    r"nephew|grandfather|sister|daughter|mother|wife|aunt|niece|grandmother)s?\b)",
    re.IGNORECASE,
)


def _gender(description: str) -> str:
    # `a man's overcoat` says nothing of its wearer, nor `her best friend` of the friend.
    words = set(tokens(_SOMEBODY_ELSE.sub(" ", description)))
    female, male = bool(words & _FEMALE), bool(words & _MALE)
    return "f" if female and not male else "m" if male and not female else ""


def _titled(name: str) -> str:
    """What the title before a name says of a man or a woman: `Mr. Bramble`, `Madame Ruiz`."""
    return TITLES.get((tokens(name) or ("",))[0], "")


def _named(name: str) -> str:
    """What a common first name says."""
    first = [word for word in tokens(name) if word not in TITLES][:1]
    return "f" if FEMALE_NAMES.intersection(first) else "m" if MALE_NAMES.intersection(first) else ""


def _worn(description: str) -> str:
    """What is said by clothes and beards that one sex wears as a rule."""
    female, male = (pattern.search(description) is not None for pattern in (WOMENS_WEAR, MENS_WEAR))
    return "f" if female and not male else "m" if male and not female else ""
