"""Who the people of a story are: its names and nouns weighed by what they do, and gathered by person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from film.script.evidence import PLACED, Key, does, fits, lower_words, weight_of
from film.script.genders import learn_genders
from film.script.kinship import Kinship
from film.script.naming import PLACE_NOUNS, Mention, scan, singular_role
from film.script.people import COURTESY, FEMALE_NAMES, KIN, MALE_NAMES, MATTER, TITLE_WORDS, TITLES, YOUNG, gender_of
from film.script.references import ELDERS, noun_of

_VOCATIVE = re.compile(
    r"(?:^|[,!?.—]\s+(?:my\s+|dear\s+|my dear\s+|old\s+|poor\s+|O\s+|oh\s+)*)"
    r"(?P<who>(?:[A-Z][\w’'\-]*\.?\s){0,2}[A-Z][\w’'\-]*)(?=[,.!?;—…]|\s*$)"
)
_DEAR = re.compile(r"\b(?:[Mm]y )?[Dd]ear (?P<who>(?:[A-Z][\w’'\-]*\.?\s){0,2}[A-Z][\w’'\-]*)")
_BROUGHT = re.compile(
    r"\b(?:(?:[Tt]his|[Hh]ere) (?:is |(?P<noun>[a-z]+)(?:,| is) )|[Mm]eet |[Ii]ntroduce (?:you to )?)"
    r"(?:(?:my|our|the) (?:\w+ )?(?P<kind>[a-z]+),? )?(?P<who>(?:[A-Z][\w’'\-]*\.?\s){0,3}[A-Z][\w’'\-]+)"
)
_JOINED = re.compile(
    r"\s*(?:,?\s+(?:named|called|who was called|whose name (?:was|is))|\s(?:was|is)\s(?:called|named)|,)?\s*", re.I
)
_THERE_IS = re.compile(r"\bthere (?:once )?(?:was|were|is|are) (?:once )?(?:\w+ )?$", re.IGNORECASE)
_THEIRS = frozenset(["mrs", "miss", "lady"])
"""Titles of those whom a bare surname does not mean, where a man has it, too."""
_BRINGS = frozenset("a an another some one no every".split())
"""Articles of those who were not told of before."""
_FOND = frozenset("old young little poor dear".split())
_HEADS = {
    "m": frozenset(["mister", "sir", "lord", "uncle", "grandfather"]),
    "f": frozenset(["mrs", "lady", "aunt", "grandmother"]),
}
"""Titles of those who are grown and whom kin may be kin of."""
_AGED = frozenset(["lady", "old lady", "old woman", "old man", "old gentleman"])
"""Nouns of those who may get a title and a name as the story goes on."""
_CHILDREN = frozenset(["son", "daughter"])
_TITLED = re.compile(r"(?<![\w-])(?P<title>[A-Z][a-z]+(?:-[A-Z][a-z]+)?)\.? [A-Z][\w’'-]+")
_DETERMINERS = frozenset("the a an his her their my our its he she it they we you i there this that".split())
_LIVES = 2.5
"""So much must tell for a name that somebody was once `in`."""
_SPELT = {"madame": ["mme"], "mademoiselle": ["mlle"], "doctor": ["dr"], "captain": ["capt"], "professor": ["prof"]}
_NEAR = 24
_LONG_NAME = 4
_SHORT_TEXT = 80
_MOST_KEYS = 400
_ENOUGH = 1.0
_BESIDE = re.compile(r"[^.!?;]{1,60}")
_TELLING = re.compile(r"\b(?:he|she)\b")
_BOTH = 2
"""So often a story says `Mr. Bell` that `Will` is his son, where there is a Mrs. Bell."""
_TOLD_OF = 4
"""How often a story says `he` or `she` at least of whom it tells."""


@dataclass(slots=True, eq=False)
class Person:
    """Somebody of a story."""

    key: Key
    """Title and words of the longest name; for a noun an empty title and the noun."""
    name: str
    role: bool
    gender: str = ""
    score: float = 0.0
    mentions: int = 0
    first: int = 0
    """Rank of the first mention among all mentions."""
    written: Counter[str] = field(default_factory=Counter)
    """How the text calls them, each with its count."""


@dataclass(slots=True)
class _Evidence:
    score: float = 0.0
    count: int = 0
    first: int = 0
    opening: int = 0
    led: int = 0
    """How often an article or a pronoun follows it at the start of a sentence: `Wherefore the clerk`."""
    placed: int = 0
    plural: int = 0
    gender: str = ""
    sure: bool = False
    written: Counter[str] = field(default_factory=Counter)


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
        self._called: dict[str, list[str]] = {}
        """How the narration writes the nouns that are known to mean somebody."""
        self._names: dict[Key, _Evidence] = {}
        self._roles: dict[str, _Evidence] = {}
        self._same: dict[str, Counter[Key]] = {}
        self._beside: dict[Key, set[Key]] = {}
        """For a man's title and surname, the names without a title that stand beside it in a sentence."""
        self._together: set[tuple[str, Key]] = set()
        """Nouns and names that stand beside each other in a sentence."""
        self._rank = 0
        for mentions, text in zip(narration, texts, strict=True):
            self._weigh(mentions, text)
        for words in speakers:
            for mention in scan(words):
                self._note(mention, 3.0, sure=True)
        said = list(speech)
        self._address(said)
        self._introduce(said)
        self._title(said)
        self._short = sum(len(text) for text in texts) < _SHORT_TEXT * 6
        self._lower = lower_words(texts, {key[1][0] for key in self._names if len(key[1]) == 1})
        self._owner: dict[Key, Key] = {}
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
        learn_genders(self.persons, self.of, narration, texts)
        self.kinship = Kinship(self, narration, texts)

    def of(self, mention: Mention) -> Person | None:
        """Whoever a mention means, or None."""
        if not mention.role:
            found = self._by_key.get((mention.title, mention.core)) or self._by_one_word(mention)
            if found is not None:
                return found
            return self._by_role.get(mention.core[-1]) if mention.article else None
        noun = self.known_noun(mention)
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

    def known_noun(self, mention: Mention) -> str:
        """The noun of a mention, where it is one that always means somebody."""
        if not self._meant or not mention.role or mention.plural:
            return ""
        noun = noun_of(mention.text)
        who = self._meant.get(noun, "")
        # `A young lady` brings in whoever is `the niece` from then on, and nobody who has a name
        return noun if who and (mention.article not in _BRINGS or who[0].islower()) else ""

    def is_meaning(self, words: str) -> bool:
        """Whether some words are a phrase that means somebody who has a name."""
        return noun_of(words) in self._meant

    def named(self, words: str) -> Person | None:
        """Whoever a phrase means: the last of those it names, since `Scrooge's nephew` is the nephew."""
        if words.lower() in self._meanings:
            return self._meanings[words.lower()]
        found = [person for person in map(self.of, scan(words)) if person is not None]
        return found[-1] if found else None

    def _note(self, mention: Mention, weight: float, sure: bool = False) -> None:
        self._rank += 1
        noun = self.known_noun(mention)
        if noun:
            self._called.setdefault(noun, []).append(mention.text)
            return
        table: _Evidence
        if mention.role:
            table = self._roles.setdefault(mention.core[0], _Evidence(first=self._rank))
        else:
            table = self._names.setdefault((mention.title, mention.core), _Evidence(first=self._rank))
        table.score += weight
        table.count += 1
        table.opening += mention.opens
        table.led += mention.opens and mention.after in _DETERMINERS
        table.placed += mention.before in PLACED
        table.plural += mention.plural
        table.gender = table.gender or mention.gender
        table.sure = table.sure or sure
        table.written[mention.text] += 1

    def _weigh(self, mentions: Sequence[Mention], text: str) -> None:
        before: Mention | None = None
        named: Mention | None = None
        for mention in mentions:
            weight, sure = weight_of(mention)
            there = _THERE_IS.search(text, max(0, mention.start - _NEAR), mention.start)
            self._note(mention, weight + 2.0 if there else weight, sure)
            if before is not None and before.role is not mention.role:
                self._join(before, mention, text)
                if _BESIDE.fullmatch(text, before.end, mention.start):
                    role, name = (before, mention) if before.role else (mention, before)
                    self._together.add((role.core[0], (name.title, name.core)))
            if not mention.role:
                if named is not None and _BESIDE.fullmatch(text, named.end, mention.start):
                    self._put_beside(named, mention)
                named = mention
            before = mention

    def _put_beside(self, first: Mention, second: Mention) -> None:
        for one, other in ((first, second), (second, first)):
            if one.title in COURTESY and not other.title:
                self._beside.setdefault((one.title, one.core), set()).add((other.title, other.core))

    def _join(self, first: Mention, second: Mention, text: str) -> None:
        """Note that a name and a noun are one: `a girl named Mara`, `Mara, the ferryman`, `his wife Anna`."""
        between = text[first.end : second.start]
        if len(between) > 24 or first.owned or (second.owned and "," in between) or not _JOINED.fullmatch(between):
            return
        role, name = (first, second) if first.role else (second, first)
        if role.plural or (first.role and not first.article):
            return
        if role is second and "," not in between and not (role.article == "the" and does(role)):
            return
        if not between.strip() and not role.article:
            return
        rest = text[second.end : second.end + 6]
        listed = "," in between and (rest.startswith((" and ", " or ")) or second.after in {"and", "or"})
        if listed or (role is second and role.article not in {"the", "a", "an", "his", "her", "my", "their", "our"}):
            return
        if role.gender and name.gender and role.gender != name.gender:
            return
        self._same.setdefault(role.core[0], Counter())[(name.title, name.core)] += 1
        self._names[(name.title, name.core)].score += _ENOUGH

    def _address(self, speech: Iterable[str]) -> None:
        for words in speech:
            for who, _ in called(words):
                for mention in scan(who):
                    key = (mention.title, mention.core)
                    if key in self._names:
                        self._names[key].score += 0.5

    def _introduce(self, speech: Iterable[str]) -> None:
        """Note whom a speech brings in: `This gentleman, Mr. Bell`, `This is Anna`; they are whom the noun means."""
        for found in (one for words in speech for one in _BROUGHT.finditer(words)):
            noun = singular_role(found["noun"] or found["kind"] or "")
            mention = next(scan(found["who"]), None)
            if mention is None or mention.role or mention.plural:
                continue
            if mention.title or noun or mention.core[0] in FEMALE_NAMES or mention.core[0] in MALE_NAMES:
                self._note(mention, 3.0, sure=True)
                if noun and noun in self._roles:
                    self._same.setdefault(noun, Counter())[mention.title, mention.core] += 1

    def _title(self, speech: Iterable[str]) -> None:
        """Note the names that speech gives to a rank or a trade of the narration: `Sergeant Moss`, of `the sergeant`."""
        for found in (one for words in speech for one in _TITLED.finditer(words)):
            title = found["title"].lower()
            title = TITLE_WORDS.get(title, title)
            if title in self._roles and not TITLES.get(title, "m"):
                mention = next(scan(found.group()), None)
                if mention is not None and mention.title:
                    self._note(mention, 3.0)

    def _is_person(self, key: Key, found: _Evidence) -> bool:
        title, core = key
        if found.sure:
            return True
        if (core[-1] in PLACE_NOUNS and len(core) > 1) or core[0] in TITLES and len(core) == 1 and not found.written:
            return False
        if not title and len(core) == 1 and core[0] in self._lower and found.opening == found.count:
            return False
        if not title and found.led == found.count and core[0] not in FEMALE_NAMES and core[0] not in MALE_NAMES:
            return False
        if not title and found.placed and found.score < _LIVES and core[0] not in FEMALE_NAMES | MALE_NAMES:
            return False
        if not title and len(core) == 1 and core[0] in MATTER and found.opening >= found.count - 1:
            return False
        return found.score >= (0.1 if self._short else _ENOUGH)

    def _gather(self) -> None:
        self._merge_names()
        total: dict[Key, _Evidence] = {}
        for key, found in self._names.items():
            root = self._root(key)
            if root not in total:
                total[root] = _Evidence(first=found.first)
            _add(total[root], found)
        kept = {key: found for key, found in total.items() if self._is_person(key, found)}
        for key, found in kept.items():
            self._found(key, found, role=False)
        for key in self._names:
            if self._root(key) in self._by_key:
                self._by_key[key] = self._by_key[self._root(key)]
        self._gather_roles()
        self.persons.sort(key=lambda person: person.first)

    def _found(self, key: Key, found: _Evidence, role: bool) -> Person:
        names = {key: self._names[key]} if not role else {}
        best = names[key].written.most_common(1)[0][0] if not role else key[1][0]
        if role and all(written.split()[-1][0].isupper() for written in found.written):
            best = best.capitalize()
        if not role and best.split()[0].lower() in {"the", "a", "an", "his", "her", "my", "their", "our", "that"}:
            best = best.split(maxsplit=1)[-1]
        if not role and best.split()[0].lower() in _FOND and len(best.split()) > 1:
            best = best.split(maxsplit=1)[-1]
        gender = found.gender or gender_of(best)
        person = Person(key, best, role, gender, found.score, found.count, found.first, Counter(found.written))
        self.persons.append(person)
        if role:
            self._by_role[key[1][0]] = person
        else:
            self._by_key[key] = person
        return person

    def _fold(self) -> None:
        """Take `the old man` for `the man`, where there is no young one, and no name that is told to be the man's."""
        for role in [role for role in self._roles if " " in role]:
            age, base = role.split()
            other = f"{'young' if age == 'old' else 'old'} {base}"
            if other not in self._roles and not self._same.get(base) and base not in self._meant:
                self._folded[role] = base
                found = self._roles.pop(role)
                if base in self._roles:
                    _add(self._roles[base], found)
                else:
                    self._roles[base] = found
                self._same.setdefault(base, Counter()).update(self._same.pop(role, Counter()))

    def _gather_roles(self) -> None:
        self._fold()
        titled: dict[str, set[int]] = {}
        people = list(self.persons)
        numbers = {id(person): number for number, person in enumerate(people)}
        for number, person in enumerate(people):
            heads = {TITLE_WORDS.get(key[0], key[0]) for key in (person.key,) if key[0]} | {person.key[1][-1]}
            for head in heads:
                titled.setdefault(head, set()).add(number)
        for key in self._names:
            owner = self._by_key.get(key)
            if owner is not None and key[0]:
                titled.setdefault(key[0], set()).add(numbers[id(owner)])
        for role, found in self._roles.items():
            same = self._same_as(role) or self._kin_of(role, people) or (people[next(iter(titled[role]))] if len(titled.get(role, ())) == 1 else None)
            if same is not None:
                self._by_role[role] = same
                same.mentions += found.count
                same.score += found.score
                same.gender = same.gender or found.gender or gender_of(role)
                same.first = min(same.first, found.first)
                same.written.update(found.written)
            elif found.sure or found.score >= (
                0.1 if self._short else _ENOUGH * (1 + 2 * (found.plural == found.count))
            ):
                self._found(("", (role,)), found, role=True)

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
            first = self._roles[role].first if role in _AGED else 0
            least = 1 if role in _AGED else _BOTH
            heads = (one for one in people if one.key[0] in _HEADS[sex] and one.key[0] != role)
            fitting = [one for one in heads if one.mentions >= least and one.first > first]
        fitting = [one for one in fitting if (role, one.key) not in self._together]
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
            for noun, found in self._roles.items()
            if noun not in KIN and gender_of(noun) == gender and found.plural < found.count
        }
        people = [one for one in self.persons if one.gender in {gender, ""} and not (one.role and one.key[1][0] in KIN)]
        if not people and nouns:
            first = min(nouns, key=lambda noun: nouns[noun].first)
            people = [self._found(("", (first,)), nouns[first], role=True)]
        if not people or any(not one.role or one.key[1][0] not in YOUNG for one in people):
            return
        self._unite(sorted(people, key=lambda one: one.first), {noun: nouns[noun] for noun in nouns.keys() & YOUNG})

    def _unite(self, people: Sequence[Person], nouns: Mapping[str, _Evidence]) -> None:
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
            written = Counter(self._called.get(noun, [noun]))
            if known is None:
                found = _Evidence(count=written.total(), first=self._rank, written=written)
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
        owners = {id(person): person for person in map(self._by_key.get, self._same.get(role, ())) if person}
        return next(iter(owners.values())) if len(owners) == 1 else None

    def _root(self, key: Key) -> Key:
        while self._owner.get(key, key) != key:
            key = self._owner[key]
        return key

    def _merge_names(self) -> None:
        """Take shorter names for the person of the one longer name they fit: `Zubov` for `Doctor Andrei Zubov`."""
        by_word: dict[str, list[Key]] = {}
        order = sorted(self._names, key=lambda key: (-len(key[1]), -bool(key[0]), self._names[key].first))
        for key in order:
            longer = [
                other
                for other in by_word.get(key[1][0], ())
                if self._root(other) == other and fits(key, other) and other != key and not self._apart(key, other)
            ]
            if len(longer) > 1 and not key[0]:
                plain = [other for other in longer if other[0] not in {"mrs", "miss", "lady"}]
                longer = plain if len(plain) == 1 else self._dominant(longer)
            if not longer and not key[0] and len(key[1]) == 1 and key[1][0] in TITLES:
                longer = [other for other in self._names if other[0] and self._addressed_as(other, key[1][0])]
            if len(longer) == 1:
                self._owner[key] = longer[0]
            for word in key[1]:
                keys = by_word.setdefault(word, [])
                if len(keys) < _MOST_KEYS:
                    keys.append(key)

    def _addressed_as(self, key: Key, title: str) -> bool:
        """Whether somebody is called by a title in one of its spellings: `Madame` is `Mme. Odile`, not `Mrs. Bell`."""
        firsts = {written.split()[0].lower().rstrip(".") for written in self._names[key].written}
        return bool(firsts & {title, *_SPELT.get(title, ())})

    def _apart(self, key: Key, longer: Key) -> bool:
        """Whether a man of a title and a surname is told beside whoever bears it: `Mr. White and his son Herbert`."""
        if key[0] not in COURTESY or longer[0]:
            return False
        given = self._names.get(("", longer[1][:1]))
        if key[0] == "mister" and len(longer[1]) > 1 and given is not None and self._names[key].count >= _BOTH and ("mrs", longer[1][-1:]) in self._names:
            return True
        return any(one[1][-1] != key[1][-1] and fits(one, longer) for one in self._beside.get(key, ()))

    def _dominant(self, keys: list[Key]) -> list[Key]:
        ranked = sorted(keys, key=lambda key: -self._names[key].count)
        first, second = (self._names[key].count for key in ranked[:2])
        return ranked[:1] if first >= 3 * second else []


def _add(total: _Evidence, found: _Evidence) -> None:
    total.score += found.score
    total.count += found.count
    total.opening += found.opening
    total.led += found.led
    total.placed += found.placed
    total.first = min(total.first, found.first)
    total.gender = total.gender or found.gender
    total.sure = total.sure or found.sure
    total.written.update(found.written)


def called(words: str) -> Iterator[tuple[str, bool]]:
    """The names by which a speech calls somebody, each with whether it says `dear` before it."""
    for found in _VOCATIVE.finditer(words):
        yield found["who"], False
    for found in _DEAR.finditer(words):
        yield found["who"], True


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
