"""Who speaks or acts: one person under several cues is one."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from film.direction.ages import age_in
from film.direction.aliases import owners
from film.direction.cues import cue_name, is_collective
from film.direction.groups import trades, with_members
from film.direction.introductions import InCapitals, capitals, introductions
from film.direction.misspelt import misspelt
from film.direction.nameless import nameless
from film.direction.nameparts import DISTINCT, Use
from film.direction.presence import Presence
from film.direction.reveals import Turn, reveals
from film.direction.spelling import Spelling
from film.direction.words import slug, tokens, unique
from film.script.accents import without_accents
from film.script.people import ROLES, TITLE_WORDS, TITLES
from film.script.voices import TELLER
from schemas.enums import ElementKind
from schemas.script import Character, Element

NARRATOR = "narrator"
"""Who speaks the narration of prose."""

_OWNED = re.compile(r"[A-Z][a-z]+['’]s\s")
_IRREGULAR = {"man": "men", "woman": "women", "child": "children", "policeman": "policemen", "thief": "thieves"}
_INDEFINITE = frozenset("a an another".split())
_ARTICLES = frozenset("the a an his her my their our".split())


class Cast:
    """The characters of a script, and the words by which they are called."""

    def __init__(
        self,
        people: Sequence[Character],
        phrases: Mapping[str, str] | None = None,
        genders: Mapping[str, str] | None = None,
    ) -> None:
        """Learn by which words they are called.

        Args:
            people: The characters.
            phrases: Ids by other words that mean them, as a story writes them: `the captain of the guard`.
            genders: By id, `m` or `f` where a story's pronouns tell.
        """
        self.characters = tuple(people)
        self._phrases = dict(phrases or {})
        self.genders = dict(genders or {})
        self.by_id = {person.id: person for person in people}
        self._called: dict[tuple[str, ...], str] = {}
        shared: set[tuple[str, ...]] = set()
        for person in people:
            for name in _names(person):
                self._called.setdefault(_words(name), person.id)
                if "-" in name:
                    self._called.setdefault(_words(name.replace("-", " ")), person.id)
        self._nouns: set[tuple[str, ...]] = set()
        """Ends of names that are anybody's: `mouse` of `MAMA MOUSE`."""
        for person in people:
            for part in self._parts(person):
                if part[0] in ROLES and part not in self._called:
                    self._nouns.add(part)
                if self._called.get(part, person.id) != person.id:
                    shared.add(part)
                self._called.setdefault(part, person.id)
        full = {_words(name) for person in people for name in _names(person)}
        for part in shared - full:
            self._called.pop(part, None)
        self._called.pop((), None)
        self._heard: dict[str, str | None] = {}
        """Who is meant by each name that was asked for: a screenplay repeats its cues."""
        self._seen_as: dict[str, tuple[str, ...]] = {}
        self._numbered: dict[str, tuple[str, ...]] | None = None
        self._exactly = {name: person.id for person in people for name in (person.name, *person.aliases)}
        self._lengths: dict[str, list[int]] = {}
        for words in self._called:
            self._lengths.setdefault(words[0], []).append(len(words))
        for first, lengths in self._lengths.items():
            self._lengths[first] = sorted(set(lengths), reverse=True)

    def changed(self, people: Sequence[Character]) -> Cast:
        """The same cast with more known of its characters; their names stay."""
        return Cast(people, self._phrases, self.genders)

    def renamed(self, people: Sequence[Character], meant: Callable[[str, str], str]) -> Cast:
        """The cast with others for its characters.

        Args:
            people: They.
            meant: Given words of a story and the id of whom they meant, the id of whom they mean now.
        """
        return Cast(people, {phrase: meant(phrase, who) for phrase, who in self._phrases.items()}, self.genders)

    def members(self, who: str) -> tuple[str, ...]:
        """Ids of those who speak together as a character; empty for one person."""
        person = self.by_id.get(who)
        return person.members if person is not None else ()

    def seen_as(self, who: str) -> tuple[str, ...]:
        """Whom the picture shows when a character speaks: the members of a group; nobody new for `ALL`."""
        if who not in self._seen_as:
            person = self.by_id.get(who)
            alone = person is not None and not is_collective(person.name)
            self._seen_as[who] = (person.members if person else ()) or ((who,) if alone else ())
        return self._seen_as[who]

    @staticmethod
    def _parts(person: Character) -> list[tuple[str, ...]]:
        """Ends of a name by which somebody may be called: `doctor`, `zubov` of `Dr. Andrei Zubov`."""
        words = _words(person.name)
        if len(words) < 2 or person.members:
            return []
        title = TITLE_WORDS.get(words[0], words[0]) if words[0] in TITLES else ""
        rest = words[1:] if title else words
        edges = [rest[-1], rest[0]] if rest[0] not in _ARTICLES else [rest[-1]]
        edges += [title] if title not in {"", "mister", "mrs", "miss", "sir", "madam"} else []
        return [(word,) for word in edges if len(word) > 2 and word not in DISTINCT]

    def of(self, name: str) -> str | None:
        """Id of whoever is called by a name or cue, or None."""
        if name not in self._heard:
            self._heard[name] = self._find(name)
        return self._heard[name]

    def _find(self, name: str) -> str | None:
        if name in self._phrases:
            return self._phrases[name]
        bare = cue_name(name)
        words = _words(bare)
        found = self._called.get(words) or self._exactly.get(bare)
        if found is None and words[:1] and (words[0] in _ARTICLES or _OWNED.match(name)):
            found = self._called.get(words[1:]) or self._called.get(words[-1:])
        return found

    def called(self, word: str) -> str | None:
        """Id of whoever a single lower-case word names, or None."""
        return self._called.get((word,))

    def numbered_in(self, text: str) -> tuple[str, ...]:
        """Ids of those whom a noun in a text means together: `Two cops enter`, where `COP 1` and `COP 2` speak."""
        if self._numbered is None:
            held: dict[str, list[str]] = {}
            for person in self.characters:
                words = tokens(person.name)
                if len(words) > 1 and words[-1].isdigit():
                    noun = words[-2]
                    held.setdefault(_IRREGULAR.get(noun, f"{noun}s"), []).append(person.id)
            self._numbered = {noun: tuple(some) for noun, some in held.items() if len(some) > 1}
        if not self._numbered:
            return ()
        return next((self._numbered[word] for word in tokens(text) if word in self._numbered), ())

    def mentions(self, text: str) -> list[str]:
        """Ids of those a text names as being there, in the order of their first mention."""
        text = without_accents(text)
        words = tokens(text)
        if self._lengths.keys().isdisjoint(words):
            return []
        found: dict[str, None] = {}
        there: Presence | None = None
        after = 0
        for at, first in enumerate(words):
            if at < after or first not in self._lengths:
                continue
            for length in self._lengths[first]:
                who = self._called.get(words[at : at + length]) if at + length <= len(words) else None
                if (
                    who
                    and words[at : at + length] in self._nouns
                    and not _INDEFINITE.isdisjoint(words[max(0, at - 2) : at])
                ):
                    who = None  # `a small mouse` is not `MAMA MOUSE`
                if who:
                    there = there or Presence(text, words)
                    if there.of(at, length):
                        found.setdefault(who)
                    after = at + length
                    break
        return list(found)


def _names(person: Character) -> tuple[str, ...]:
    """By what others call somebody: whoever tells a story is `I` to nobody but themselves."""
    return (person.name, *(name for name in person.aliases if name != TELLER))


def _words(name: str) -> tuple[str, ...]:
    """The words of a name as texts are searched for them: without accents."""
    return tokens(without_accents(name))


def screenplay_cast(elements: Sequence[Element]) -> Cast:
    """Find the characters of a screenplay: who has a cue, who is introduced in capitals, who acts without a name.

    Two cues are one person where `film.direction.aliases` finds it clear. A cue of several (`JOHN AND MARY`) is a
    character of its own that knows its members.

    Args:
        elements: The screenplay's elements.

    Returns:
        The cast, in the order of first appearance.
    """
    spelling = Spelling()
    cues: dict[str, int] = {}
    written: dict[str, str] = {}
    scenes: dict[str, set[int | None]] = {}
    turns: list[Turn] = []
    heard: dict[str, str] = {}
    for number, element in enumerate(elements):
        if element.kind is ElementKind.CHARACTER:
            if element.text not in heard:
                bare = cue_name(element.text)
                heard[element.text] = spelling.of(bare.upper())
                written.setdefault(heard[element.text], bare)
            name = heard[element.text]
            cues[name] = cues.get(name, 0) + 1
            goes_on = name not in scenes or element.scene not in scenes[name]
            scenes.setdefault(name, set()).add(element.scene)
            turns.append(Turn(name, element.scene, number, goes_on and "CONT" in element.text.upper()))
    actions = [element.text for element in elements if element.kind is ElementKind.ACTION]
    written_large = {text: list(capitals(text)) for text in actions}
    introduced = introductions([(text, written_large[text]) for text in actions], cues, spelling)
    names = {*cues, *introduced}
    first = _in_order(elements, names, heard, spelling, written_large)
    order = {name: number for number, name in enumerate(first)}
    answers = _answers(turns)
    same = [
        *reveals(elements, turns, spelling, names),
        *trades(cues, introduced, answers),
        *misspelt(cues, introduced, answers, lambda name: any(name.lower() in tokens(text) for text in actions)),
    ]
    owner = owners(Use(cues, introduced, answers, scenes, order, same))
    aliases: dict[str, list[str]] = {}
    for name, who in owner.items():
        if name != who:
            aliases.setdefault(who, []).append(name)
    others = spelling.others()
    taken: set[str] = {NARRATOR} - {slug(name) for name in cues}
    people: list[Character] = []
    for name in sorted(first, key=lambda one: min(order[each] for each in (one, *aliases.get(one, ())))):
        if owner[name] != name:
            continue
        mine = [name, *aliases.get(name, ())]
        words = next((introduced[one] for one in mine if _tells(one, introduced)), "")
        spelt = [written.get(one, one) for one in mine[1:]]
        spelt += [other for one in mine for other in others.get(one, ()) if tokens(other) != tokens(one)]
        people.append(
            Character(
                id=unique(slug(name), taken),
                name=written.get(name, name),
                aliases=tuple(spelt),
                description=words,
                speeches=sum(cues.get(one, 0) for one in mine),
                age=next((age for one in mine if (age := _age(one, introduced.get(one, ""))) is not None), None),
            )
        )
    people = with_members(people, actions)
    return Cast([*people, *nameless(actions, people, taken, _Company(elements, Cast(people)))])


class _Company:
    """Who is in the scene of an action, as far as it has been told."""

    def __init__(self, elements: Sequence[Element], cast: Cast) -> None:
        self._elements = elements
        self._cast = cast
        self._places = [at for at, element in enumerate(elements) if element.kind is ElementKind.ACTION]

    def __call__(self, number: int, before: str) -> Sequence[Character]:
        """Find them.

        Args:
            number: Which of the actions it is.
            before: Its text so far.
        """
        at = self._places[number]
        scene = self._elements[at].scene
        found = dict.fromkeys(self._cast.mentions(before))
        while at and self._elements[at - 1].scene == scene:
            at -= 1
            element = self._elements[at]
            if element.kind is ElementKind.ACTION:
                found.update(dict.fromkeys(self._cast.mentions(element.text)))
            elif element.kind is ElementKind.CHARACTER and (who := self._cast.of(element.text)):
                found.update(dict.fromkeys(self._cast.seen_as(who)))
        return [self._cast.by_id[who] for who in found]


def _answers(turns: Sequence[Turn]) -> set[frozenset[str]]:
    """Pairs of cues that follow each other in a scene."""
    return {
        frozenset((one.name, other.name))
        for one, other in zip(turns, turns[1:], strict=False)
        if one.name != other.name and one.scene == other.scene and not other.goes_on
    }


def _tells(name: str, introduced: Mapping[str, str]) -> bool:
    """Whether an introduction holds more than the name."""
    return tokens(introduced.get(name, "")) not in ((), tokens(name))


def _age(name: str, words: str) -> int | None:
    return age_in(words[len(name) :] if words.upper().startswith(name) else words)


def _in_order(
    elements: Iterable[Element],
    names: Collection[str],
    heard: Mapping[str, str],
    spelling: Spelling,
    written_large: Mapping[str, Sequence[InCapitals]],
) -> list[str]:
    """Names by first appearance, as a cue or in capitals in the action."""
    order: dict[str, None] = {}
    for element in elements:
        if element.kind is ElementKind.CHARACTER:
            order.setdefault(heard[element.text])
        elif element.kind is ElementKind.ACTION:
            for name, _ in written_large[element.text]:
                if (known := spelling.known(name)) in names:
                    order.setdefault(known)
    return [*(name for name in order if name in names), *sorted(set(names) - order.keys())]


__all__ = ["NARRATOR", "Cast", "cue_name", "screenplay_cast"]
