"""Who the people of a story are: its names and nouns weighed by what they do, and gathered by person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from film.script.evidence import Key, lower_words
from film.script.genders import learn_genders
from film.script.kinship import Kinship
from film.script.mergers import Names
from film.script.naming import PLACE_NOUNS, Mention, scan, singular_role
from film.script.people import (
    FEMALE_NAMES,
    KIN,
    MALE_NAMES,
    MATTER,
    TITLE_WORDS,
    TITLES,
    YOUNG,
    gender_of,
    gender_of_name,
)
from film.script.persons import Evidence, Person, add
from film.script.references import ELDERS, noun_of
from film.script.witness import ENOUGH, Witness

_THEIRS = frozenset(["mrs", "miss", "lady"])
"""Titles of those whom a bare surname does not mean, where a man has it, too."""
_FOND = frozenset("old young little poor dear".split())
_HEADS = {
    "m": frozenset(["mister", "sir", "lord", "uncle", "grandfather"]),
    "f": frozenset(["mrs", "lady", "aunt", "grandmother"]),
}
"""Titles of those who are grown and whom kin may be kin of."""
_AGED = frozenset(["lady", "old lady", "old woman", "old man", "old gentleman"])
"""Nouns of those who may get a title and a name as the story goes on."""
_CHILDREN = frozenset(["son", "daughter"])
_LIVES = 2.5
"""So much must tell for a name that somebody was once `in`."""
_LONG_NAME = 4
_SHORT_TEXT = 80
_TELLING = re.compile(r"\b(?:he|she)\b")
_BOTH = 2
"""So often a story says `Mr. Bell` that `Will` is his son, where there is a Mrs. Bell."""
_TOLD_OF = 4
"""How often a story says `he` or `she` at least of whom it tells."""


class People:
    """The people of a story, and the words that mean each of them."""

    def __init__(
        self,
        narration: Sequence[Sequence[Mention]],
        texts: Sequence[str],
        speech: Iterable[str] = (),
        speakers: Iterable[str] = (),
        same: Mapping[str, str] | None = None,
    ) -> None:
        """Find the people.

        Args:
            narration: The mentions in each piece of narration, as `scan` yields them.
            texts: Those pieces.
            speech: What is spoken: who is called by name in it is somebody.
            speakers: Phrases that are known to mean somebody who speaks.
            same: For nouns, each with `old` or `young` where that tells two apart, how the story calls whoever they
                always mean.
        """
        self._meant = dict(same or {})
        self._meanings: dict[str, Person] = {}
        self._told = Witness(self._meant)
        for mentions, text in zip(narration, texts, strict=True):
            self._told.narrates(mentions, text)
        for words in speakers:
            for mention in scan(words):
                self._told.speaks(mention)
        spoken = list(speech)
        self._told.hears(spoken)
        self._short = sum(len(text) for text in texts) < _SHORT_TEXT * 6
        self._lower = lower_words(texts, {key[1][0] for key in self._told.names if len(key[1]) == 1})
        self.persons: list[Person] = []
        self._by_key: dict[Key, Person] = {}
        self._by_role: dict[str, Person] = {}
        self._by_word: dict[str, list[Person]] = {}
        self._folded: dict[str, str] = {}
        self._gather()
        for person in self.persons:
            if not person.role and len(person.key[1]) < _LONG_NAME:
                for word in {person.key[1][0], person.key[1][-1]}:
                    self._by_word.setdefault(word, []).append(person)
        self._settle_meanings()
        self._find_protagonist(texts)
        self._hear_titles(spoken)
        learn_genders(self.persons, self.of, narration, texts)
        self.kinship = Kinship(self, narration, texts)

    def of(self, mention: Mention) -> Person | None:
        """Whoever a mention means, or None."""
        if not mention.role:
            found = self._by_key.get((mention.title, mention.core)) or self._by_one_word(mention)
            if found is not None:
                return found
            return self._by_role.get(mention.core[-1]) if mention.article else None
        noun = self._told.known_noun(mention)
        if noun:
            return self._meanings.get(noun)
        return self._role_person(mention.core[0]) or self._by_key.get(("", mention.core))

    def _role_person(self, role: str) -> Person | None:
        """Whoever a noun means; `the old man` is `the man` where nobody tells them apart."""
        return self._by_role.get(role) or self._by_role.get(self._folded.get(role, ""))

    def _by_one_word(self, mention: Mention) -> Person | None:
        """Who alone has a word in their name: `Darcy`, of whom narration tells as `Mr. Darcy` only."""
        if len(mention.core) > 1 or mention.article:
            return None
        found = self._by_word.get(mention.core[0], ())
        sex = TITLES.get(mention.title, "")
        fitting = [one for one in found if not sex or one.gender in {"", sex}]
        if not mention.title and len(fitting) > 1:
            fitting = [one for one in fitting if one.key[0] not in _THEIRS]
        return fitting[0] if len(fitting) == 1 else None

    def is_meaning(self, words: str) -> bool:
        """Whether some words are a phrase that means somebody who has a name."""
        return noun_of(words) in self._meant

    def named(self, words: str) -> Person | None:
        """Whoever a phrase means: the last of those it names, since `Scrooge's nephew` is the nephew."""
        if words.lower() in self._meanings:
            return self._meanings[words.lower()]
        found = [person for person in map(self.of, scan(words)) if person is not None]
        return found[-1] if found else None

    def _is_person(self, key: Key, found: Evidence) -> bool:
        title, core = key
        if found.sure:
            return True
        if (core[-1] in PLACE_NOUNS and len(core) > 1) or core[0] in TITLES and len(core) == 1 and not found.written:
            return False
        if not title and len(core) == 1 and core[0] in self._lower and found.opening == found.count:
            return False
        if (
            not title
            and len(core) == 1
            and found.opening == found.count
            and singular_role(core[0]) not in {"", core[0]}
        ):
            return False
        if not title and found.led == found.count and core[0] not in FEMALE_NAMES and core[0] not in MALE_NAMES:
            return False
        if not title and found.placed and found.score < _LIVES and core[0] not in FEMALE_NAMES | MALE_NAMES:
            return False
        if not title and len(core) == 1 and core[0] in MATTER and found.opening >= found.count - 1:
            return False
        return found.score >= (0.1 if self._short else ENOUGH)

    def _gather(self) -> None:
        names = Names(self._told.names, self._told.beside)
        total: dict[Key, Evidence] = {}
        for key, found in self._told.names.items():
            root = names.root(key)
            if root not in total:
                total[root] = Evidence(first=found.first)
            add(total[root], found)
        kept = {key: found for key, found in total.items() if self._is_person(key, found)}
        for key, found in kept.items():
            self._found(key, found, role=False)
        for key in self._told.names:
            if names.root(key) in self._by_key:
                self._by_key[key] = self._by_key[names.root(key)]
        self._gather_roles()
        self.persons.sort(key=lambda person: person.first)

    def _found(self, key: Key, found: Evidence, role: bool) -> Person:
        names = {key: self._told.names[key]} if not role else {}
        best = names[key].written.most_common(1)[0][0] if not role else key[1][0]
        if role and all(written.split()[-1][0].isupper() for written in found.written):
            best = best.capitalize()
        if not role and best.split()[0].lower() in {"the", "a", "an", "his", "her", "my", "their", "our", "that"}:
            best = best.split(maxsplit=1)[-1]
        if not role and best.split()[0].lower() in _FOND and len(best.split()) > 1:
            best = best.split(maxsplit=1)[-1]
        gender = found.gender or gender_of(best) or ("" if role else gender_of_name(best))
        person = Person(key, best, role, gender, found.score, found.count, found.first, Counter(found.written))
        self.persons.append(person)
        if role:
            self._by_role[key[1][0]] = person
        else:
            self._by_key[key] = person
        return person

    def _fold(self) -> None:
        """Take `the old man` for `the man`, where there is no young one, and no name that is told to be the man's."""
        for role in [role for role in self._told.roles if " " in role]:
            age, base = role.split()
            other = f"{'young' if age == 'old' else 'old'} {base}"
            if other not in self._told.roles and not self._told.same.get(base) and base not in self._meant:
                self._folded[role] = base
                found = self._told.roles.pop(role)
                if base in self._told.roles:
                    add(self._told.roles[base], found)
                else:
                    self._told.roles[base] = found
                self._told.same.setdefault(base, Counter()).update(self._told.same.pop(role, Counter()))

    def _gather_roles(self) -> None:
        self._fold()
        titled: dict[str, set[int]] = {}
        people = list(self.persons)
        numbers = {id(person): number for number, person in enumerate(people)}
        for number, person in enumerate(people):
            heads = {TITLE_WORDS.get(key[0], key[0]) for key in (person.key,) if key[0]} | {person.key[1][-1]}
            for head in heads:
                titled.setdefault(head, set()).add(number)
        for key in self._told.names:
            owner = self._by_key.get(key)
            if owner is not None and key[0]:
                titled.setdefault(key[0], set()).add(numbers[id(owner)])
        for role, found in self._told.roles.items():
            same = (
                self._same_as(role)
                or self._kin_of(role, people)
                or (people[next(iter(titled[role]))] if len(titled.get(role, ())) == 1 else None)
            )
            if same is not None:
                self._by_role[role] = same
                same.mentions += found.count
                same.score += found.score
                same.gender = same.gender or found.gender or gender_of(role)
                same.first = min(same.first, found.first)
                same.written.update(found.written)
            elif found.sure or found.score >= (
                0.1 if self._short else ENOUGH * (1 + 2 * (found.plural == found.count))
            ):
                self._found(("", (role,)), found, role=True)

    def _hear_titles(self, speech: Iterable[str]) -> None:
        """Know men and women by the titles that speech alone gives them: `Mr. Lusk`, and `Mr. Voe` of Hallam Voe."""
        names = [one for words in speech for one in scan(words) if not one.role and not one.plural]
        firsts: dict[str, set[str]] = {}
        for one in names:
            if not one.title and len(one.core) > 1:
                firsts.setdefault(one.core[-1], set()).add(one.core[0])
        for one in names:
            sex = TITLES.get(one.title, "")
            words = {one.core[-1], *firsts.get(one.core[-1], ())} if sex else ()
            who = {id(person): person for word in words for person in self._by_word.get(word, ())}
            for person in who.values() if len(who) == 1 else ():
                person.gender = person.gender or sex

    def _kin_of(self, role: str, people: Sequence[Person]) -> Person | None:
        """Who `the aunt`, `the old lady` or `the son` is: the one lady of a story, the one Ned Bell beside a Mrs. Bell.

        Whoever the story tells of beside the noun, in one sentence, is somebody else.
        """
        sex = gender_of(role)
        if not sex or not (role in ELDERS or role in _AGED or role in _CHILDREN):
            return None
        if role in _CHILDREN:
            families = {one.key[1][-1] for one in people if one.key[0] in {"mister", "mrs"}}
            fitting = [
                one
                for one in people
                if not one.key[0] and len(one.key[1]) > 1 and one.key[1][-1] in families and one.gender in {"", sex}
            ]
        else:
            first = self._told.roles[role].first if role in _AGED else 0
            least = 1 if role in _AGED else _BOTH
            heads = (one for one in people if one.key[0] in _HEADS[sex] and one.key[0] != role)
            fitting = [one for one in heads if one.mentions >= least and one.first > first]
        fitting = [one for one in fitting if (role, one.key) not in self._told.together]
        return fitting[0] if len(fitting) == 1 else None

    def _find_protagonist(self, texts: Sequence[str]) -> None:
        """Know whom a story tells of by every noun for them, where it never gives them a name.

        It is whoever alone of their sex has a part in it, and without one, the noun that first brings somebody in.
        """
        count = Counter(word for text in texts for word in _TELLING.findall(text.lower()))
        most = max(count, key=lambda word: count[word], default="")
        gender = {"she": "f", "he": "m"}.get(most, "")
        if count[most] < _TOLD_OF:
            return
        nouns = {
            noun: found
            for noun, found in self._told.roles.items()
            if noun not in KIN and gender_of(noun) == gender and found.plural < found.count
        }
        people = [one for one in self.persons if one.gender in {gender, ""} and not (one.role and one.key[1][0] in KIN)]
        if not people and nouns:
            first = min(nouns, key=lambda noun: nouns[noun].first)
            people = [self._found(("", (first,)), nouns[first], role=True)]
        if not people or any(not one.role or one.key[1][0] not in YOUNG for one in people):
            return
        self._unite(sorted(people, key=lambda one: one.first), {noun: nouns[noun] for noun in nouns.keys() & YOUNG})

    def _unite(self, people: Sequence[Person], nouns: Mapping[str, Evidence]) -> None:
        """Make one of some people whom nouns mean: `a poor little girl`, and then `the little maiden`."""
        one, *others = people
        for other in others:
            self.persons.remove(other)
            self._by_role[other.key[1][0]] = one
        for noun, found in nouns.items():
            if noun != one.key[1][0]:
                self._by_role[noun] = one
                one.mentions += found.count
                one.first = min(one.first, found.first)
                one.written.update(found.written)

    def _settle_meanings(self) -> None:
        """Give the nouns that always mean somebody to them; who is called by nothing else has the first of them."""
        for noun, who in self._meant.items():
            known = self._meanings.get(who.lower()) or self._named_so(who)
            written = Counter(self._told.called.get(noun, [noun]))
            if known is None:
                found = Evidence(count=written.total(), first=self._told.rank, written=written)
                known = self._found(("", (noun,)), found, role=True)
                self._meanings[who.lower()] = known
            self._meanings[noun] = known
            known.mentions += written.total()
            known.gender = known.gender or gender_of(noun)
            known.written.update(written)

    def _named_so(self, who: str) -> Person | None:
        found = [
            self._role_person(one.core[0]) if one.role else self.of(one)
            for one in scan(who)
            if not one.role or noun_of(who) == one.core[0]
        ]
        return next((one for one in reversed(found) if one is not None), None)

    def _same_as(self, role: str) -> Person | None:
        owners = {id(person): person for person in map(self._by_key.get, self._told.same.get(role, ())) if person}
        return next(iter(owners.values())) if len(owners) == 1 else None


def survey(
    texts: Sequence[str],
    speech: Iterable[str] = (),
    speakers: Iterable[str] = (),
    same: Mapping[str, str] | None = None,
) -> People:
    """Find the people of a story.

    Args:
        texts: Its narration.
        speech: What is spoken in it.
        speakers: Phrases that mean somebody who speaks.
        same: For nouns, how the story calls whoever they always mean.

    Returns:
        The people.
    """
    return People([list(scan(text)) for text in texts], texts, speech, speakers, same)
