"""Whom an action tells of: characters by their names and pronouns, others by what they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from film.direction.presence import SAID_BEFORE, only_said_to_be
from film.direction.sex import sex_told
from film.prompting.somebody import NUMBERS, Mention, is_somebody, noun_of, somebody_at
from film.prompting.species import BEASTS, species_named
from film.prompting.verbs import VERBS
from film.script.evidence import PAST
from film.script.people import FEMALE, MALE, TITLES
from film.script.voices import TELLER
from schemas.script import Character

WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|\d+")
_MOST = 64
"""So many people at most are read of one clause."""
_ARTICLES = frozenset("the a an of and old young".split())
_NAMELESS = frozenset(TITLES) | frozenset("the old young little big a an of and der la le de von van".split())


@dataclass(frozen=True, slots=True)
class Names:
    """Words by which an action calls the film's characters."""

    ids: Mapping[str, tuple[str, ...]]
    female: Mapping[str, bool]
    beasts: frozenset[str] = frozenset()
    """Those who are animals or machines, and may be `it`."""

    @classmethod
    def of(cls, characters: Sequence[Character]) -> Names:
        """Collect the words of all names; titles and articles name nobody."""
        found: dict[str, dict[str, None]] = {}
        gender: dict[str, bool] = {}
        for one in characters:
            words = [word for name in (one.name, *one.aliases) for word in WORD.findall(name.lower())]
            own = [word for word in words if word not in _NAMELESS]
            own = own or [word for word in words if word not in _ARTICLES]
            own = [*own, "me"] if TELLER in one.aliases else own
            for word in own:
                found.setdefault(word, {}).setdefault(one.id)
            about = set(WORD.findall(f"{one.name} {one.description}".lower()))
            if about & (FEMALE | {"she", "her", "mrs", "miss", "ms"}):
                gender[one.id] = True
            elif about & (MALE | {"he", "his", "mr"}):
                gender[one.id] = False
            elif (told := sex_told(f"{one.name} {one.description}".lower())) is not None:
                gender[one.id] = told
        beasts = frozenset(one.id for one in characters if _is_beast(one))
        return cls({word: tuple(ids) for word, ids in found.items()}, gender, beasts)

    def is_beast(self, one: Mention) -> bool:
        """Whether somebody is one animal or one machine."""
        return one.bodies == 1 and (one.noun in BEASTS if one.extra else one.id in self.beasts)

    def sex_of(self, one: Mention) -> bool | None:
        """Whether somebody is a woman or a girl; None where nothing tells."""
        if one.extra:
            return True if one.noun in FEMALE else False if one.noun in MALE else None
        return self.female.get(one.id)

    def called(self, word: str, near: Sequence[str]) -> str:
        """Id of whoever a word names, rather one of those near; empty for nobody, or for one of several."""
        ids = self.ids.get(word)
        if not ids:
            return ""
        close = [one for one in ids if one in near]
        return close[0] if close else ids[0] if len(ids) == 1 else ""


def _is_beast(one: Character) -> bool:
    """Whether a character is an animal or a machine, by the name or by how the introduction begins."""
    about = " ".join(one.description.lower().split()[:3])
    return any(species is not None for species in (species_named(one.name.lower()), species_named(about)))


def mentions_in(
    action: str,
    words: Sequence[tuple[str, int]],
    names: Names,
    present: Sequence[str],
    last: Sequence[Mention],
    near: Sequence[str] = (),
    it: Mention | None = None,
) -> tuple[Mention, ...]:
    """Find whom a clause tells of.

    Args:
        action: The action.
        words: The clause's words in lower case, each with its offset in the action.
        names: The film's characters.
        present: Ids of those in the frame, the most important first.
        last: Whom a pronoun may mean besides them, the likeliest first.
        near: Ids of those who were in the frame before, in the same scene, the last first.
        it: The animal or machine that was told of last, which an `it` that does something means.

    Returns:
        Everybody once, in order.
    """
    return tuple(islice(_mentions(action, words, names, present, last, near, it), _MOST))


def _mentions(
    action: str,
    words: Sequence[tuple[str, int]],
    names: Names,
    present: Sequence[str],
    last: Sequence[Mention],
    near: Sequence[str],
    it: Mention | None,
) -> Iterator[Mention]:
    taken: set[str] = set()
    apposed: range | None = None
    """Where a noun only says what somebody is who was named before: `PETER, 40, a bald man`."""
    for index, (word, at) in enumerate(words):
        plain = word.removesuffix("'s")
        if word != plain and names.called(plain, present):
            continue
        if plain not in names.ids and plain not in _WITHOUT_NAMES and not is_somebody(word):
            continue
        end = at + len(word)
        who = names.called(plain, present)
        if index and words[index - 1][0] == "no":
            continue
        if index > 2 and only_said_to_be([one for one, _ in words[max(0, index - SAID_BEFORE) : index]]):
            continue
        led = index and words[index - 1][0] in LEAD
        if who and not (plain in VERBS and index and not led and action[at].islower()):
            apposed = _apposed(action, words, end) if apposed is None else apposed
            if who not in taken:
                taken.add(who)
                before = [one for one, _ in words[max(0, index - 2) : index]]
                several = next((NUMBERS[one] for one in reversed(before) if one in NUMBERS), 4)
                last_of_it = _named_on(words, index, who, names, present)
                yield Mention(who, at, last_of_it, bodies=several if noun_of(plain)[1] else 1)
            continue
        if plain == "it" and it is not None and _begins(words, index) and _acts_next(words, index):
            if it.id not in taken:
                taken.add(it.id)
                yield it._replace(start=at, end=end, here=True, object=False)
            continue
        if plain in _PRONOUNS and (plain != "it" or len(present) == 1):
            for one in _meant(plain, names, present, last, near):
                if one.id not in taken:
                    taken.add(one.id)
                    yield one._replace(start=at, end=end, here=True, object=False)
            continue
        if plain in _OBJECTS and _is_object(action, words, index):
            doer = taken or {one.id for one in last[:1]}
            for one in _done_to(plain, names, (*present, *near), last, doer):
                taken.add(one.id)
                yield one._replace(start=at, end=end, here=True, object=True)
            continue
        if extra := somebody_at(words, index):
            named = (
                index + 1 < len(words)
                and names.called(words[index + 1][0], present)
                and action[words[index + 1][1]].isupper()
            )
            named = named or _of_a_house(action, words, index)
            if extra.id not in taken and not named and at not in (apposed or ()):
                taken.add(extra.id)
                if apposed is None and action.startswith((", a ", ", an "), end):
                    apposed = _apposed(action, words, end)  # `The dog, an old mastiff, sneezed`
                yield extra


def _begins(words: Sequence[tuple[str, int]], index: int) -> bool:
    """Whether a pronoun begins what is told: it is no object then."""
    return index == 0 or words[index - 1][0] in _JOINING


_JOINING = frozenset("and then but when as where while till until before after there so".split())


def _acts_next(words: Sequence[tuple[str, int]], index: int) -> bool:
    """Whether the word behind a pronoun, or behind an adverb there, is a deed of a body: `it slowly lifted`."""
    after = [word for word, _ in words[index + 1 : index + 3]]
    after = after[1:] if after and after[0].endswith("ly") or after[:1] in (["had"], ["has"]) else after[:1]
    if not after or after[0] in _OF_THINGS:
        return False
    act = VERBS.get(after[0])
    return (act is not None and act.pose is not None) or after[0] in PAST or after[0].endswith("ed")


_OF_THINGS = frozenset(
    "took takes left leaves came comes went goes fell falls rained snowed hailed poured seemed looked happened "
    "appeared occurred lasted turned stopped grew got became felt meant made told cost needed sounded smelled smelt "
    "tasted helped mattered began started read said rang struck hung held".split()
)
"""What time, weather and things do as well: `it took an hour`."""


LEAD = frozenset("the a an this that his her its their another one".split())
"""What leads a noun."""
_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "both"})
_OBJECTS = frozenset({"him", "her"})
_WITHOUT_NAMES = _PRONOUNS | _OBJECTS
_NO_NOUN = frozenset(
    "a an the some something nothing one another and but as when while who that what how with by at in into on onto "
    "over under out off up down away back again aside to toward towards from for of across around round through past "
    "until before after behind beside hard close tight tightly gently softly quietly slowly firmly roughly once twice "
    "instead too also alone his my your it this both all".split()
)
"""What may stand behind `her` where it is not hers: `hands her the letter`, `hits her hard`."""


def _named_on(words: Sequence[tuple[str, int]], index: int, who: str, names: Names, present: Sequence[str]) -> int:
    """Where a name ends that begins with a word: `DOCTOR AMBROSE FELL` falls nowhere."""
    last = index
    while last + 1 < len(words) and words[last + 1][1] == words[last][1] + len(words[last][0]) + 1:
        if names.called(words[last + 1][0], present) != who:
            break
        last += 1
    return words[last][1] + len(words[last][0])


def _of_a_house(action: str, words: Sequence[tuple[str, int]], index: int) -> bool:
    """Whether a noun is the last of a name, as of an inn: `the Drowned Rat`."""
    if not index:
        return False
    before, word = (action[at : at + len(text)] for text, at in words[index - 1 : index + 1])
    return word.istitle() and before.istitle() and words[index - 1][0] not in LEAD


def _apposed(action: str, words: Sequence[tuple[str, int]], met: int) -> range:
    """Where, behind the name that ends at `met`, words tell of whoever it is: from a comma up to the next verb."""
    comma = action.find(",", met)
    verb = next((start for word, start in words if start >= met and word in VERBS), len(action))
    return range(comma + 1, verb + 1) if comma >= 0 else range(0)


def _is_object(action: str, words: Sequence[tuple[str, int]], index: int) -> bool:
    """Whether a pronoun names somebody to whom something is done, rather than whose a thing is: `her hat`."""
    word, at = words[index]
    if not index or word != "her":
        return index > 0
    if index + 1 == len(words):
        return True
    after, start = words[index + 1]
    return after in _NO_NOUN or bool(action[at + len(word) : start].strip())


def _done_to(
    word: str, names: Names, near: Sequence[str], last: Sequence[Mention], doers: Collection[str]
) -> Sequence[Mention]:
    """Whom `him` or `her` means: another than who does it, those in the frame first."""
    people = [one for one in (*(Mention(who, 0, 0) for who in near), *last) if one.id not in doers]
    woman = word == "her"
    fits = (one for one in people if names.sex_of(one) is woman or (names.sex_of(one) is None and not one.extra))
    return tuple(islice(fits, 1))


def _meant(
    word: str, names: Names, present: Sequence[str], last: Sequence[Mention], near: Sequence[str]
) -> Sequence[Mention]:
    if word in {"they", "we", "both"}:
        last = [one for one in last if not one.extra or one.here]
        return [Mention(who, 0, 0) for who in present] if len(present) > 1 or not last else last
    if word == "it":
        return last[:1]
    woman = word == "she"
    people = [*last, *(Mention(who, 0, 0) for who in present)]
    known = [one for one in people if names.sex_of(one) is woman]
    known = known or [one for one in people if names.sex_of(one) is None and not one.extra]
    return (known or [Mention(who, 0, 0) for who in near if names.female.get(who) is woman])[:1]
