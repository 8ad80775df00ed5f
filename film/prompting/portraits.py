"""What a story says of somebody's looks beside their introduction, in any of its sentences.

Prose tells of people by and by: `Pickle, the goat, …`, `He was bald as an egg.`, `She pinned up her red hair.` What
such sentences say is added to the words that introduce whoever they are about, where those do not say it themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from film.direction.ages import age_in
from film.direction.sex import sex_told
from film.direction.words import sentences
from film.prompting.fragments import NOUNS, Fragment, fragments_in, is_told, names_kind, noun_in, owned, tells_cut
from film.prompting.species import species_named
from schemas.enums import ElementKind, ScriptFormat
from schemas.script import Breakdown, Character

_LETTERS = (
    "hair", "bald", "beard", "moustache", "mustache", "whiskers", "braid", "plait", "pigtail", "curls", "spectacles",
    "glasses", "shave", "blond",
)  # fmt: skip
"""What each word of looks that counts in any script holds one of, in small letters."""
_BEGINS = re.compile(
    r"\W*(?:[Tt]hen |[Nn]ow |[Bb]ut |[Aa]nd )?(?P<who>He|he|She|she|It|it) (?P<verb>is|was|had|has|wore|wears) "
    r"(?!not\b|never\b|been\b|to\b)(?P<told>[^.;:!?—–\n]{2,120})"
)
_IS = re.compile(
    r"(?:,? who)? (?P<verb>is|was|had|has|wore|wears) (?!not\b|never\b|been\b|to\b)(?P<told>[^.;:!?—–\n]{2,120})"
)
_BESIDE = re.compile(r",? (?P<article>the|an?|his|her|their|our|my) (?P<told>[^.;:!?—–\n]{2,60})")
_BESIDES = re.compile(r",? (?:the|an?|his|her|their|our|my) [^,.;:!?—–\n]{2,40}, an? (?P<told>[^,.;:!?—–\n]{2,80})")
"""What stands behind what somebody is to others: `Lisbet, the miller's youngest, a barefoot girl of nine`."""
_CALLED = re.compile(
    r"(?<![\w'’-])(?:an?|the|his|her|their|our|my|[A-Z]\w+['’]s) (?P<told>(?:[a-z][\w-]*,? ){1,4})"
    r"(?:(?:(?:who|that) (?:was|is) )?(?:called|named|by the name of) |, )?$"
)
_NAMING = 60
"""In so many characters before a name stands what calls somebody by it."""
_THEIRS = re.compile(rf"['’]s (?P<words>(?:[a-z][\w-]*,? ){{0,3}}?)(?P<what>{NOUNS})s?(?![\w-])")
_SOME = re.compile(r"(?<![\w-])[Aa]n? $")
_HIS = re.compile(
    rf"(?<![\w-])(?P<whose>his|her|its) (?P<words>(?:[a-z][\w-]*,? ){{0,3}}?)(?P<what>{NOUNS})s?(?![\w-])"
)
_ONCE = re.compile(r"(?<![\w-])(?:when|once|then|before|until|if)(?![\w-])")
"""What follows on what somebody was and is no more: `He was a boy when …`."""
_ARTICLE = re.compile(r"(?:an?|the|his|her|their|our|my) ")
_BACK = 2
"""So many paragraphs back `he` may be named at most."""
_NEAR, _TAIL = 6, 600
"""So many sentences of a paragraph, and so many last characters of one before it, are searched for whom `he` means."""
_MOST = 400_000
"""Characters of a script that are read at most."""


def portrayed(
    breakdown: Breakdown, people: Sequence[Character], sexed: Sequence[Character] | None = None
) -> tuple[Character, ...]:
    """Take a cast, each with what the script says of their looks outside of their introduction.

    Whoever is kept for all films of a project looks as their own words say, and nothing is added.

    Args:
        breakdown: Stage 1's result.
        people: Its cast.
        sexed: The same people, each with what the script tells of man or woman; `people` where they are not given.

    Returns:
        The cast: to some descriptions a few words are added, what somebody is in front of them, the rest behind.
    """
    texts = list(_texts(breakdown))
    told = breakdown.format is ScriptFormat.PROSE
    if not told and not any(_tells(text) for text in texts):
        return tuple(people)
    names = names_of(people)
    sexes = {one.id: sex_told(f"{one.name} {one.description}".lower()) for one in (people if sexed is None else sexed)}
    reader = _Reader(names, sexes, texts, told)
    found = reader.read()
    return tuple(one if one.settled is not None else _with(one, found.get(one.id, ())) for one in people)


def names_of(people: Sequence[Character]) -> dict[str, str]:
    """Map what people are called, in small letters, to their ids; what two are called names neither."""
    names: dict[str, str] = {}
    shared: set[str] = set()
    for person in people:
        for name in {person.name.lower(), *(alias.lower() for alias in person.aliases)} - {""}:
            if names.setdefault(name, person.id) != person.id:
                shared.add(name)
    return {name: who for name, who in names.items() if name not in shared}


def _tells(text: str) -> bool:
    small = text.casefold()
    return any(letters in small for letters in _LETTERS)


def _texts(breakdown: Breakdown) -> Iterator[str]:
    """What is told in a script, in paragraphs; never what is only spoken."""
    read = 0
    if not breakdown.elements:
        yield from (shot.action for shot in breakdown.shots if shot.action)
    for element in breakdown.elements:
        if element.kind is ElementKind.ACTION and read < _MOST:
            read += len(element.text)
            yield element.text


class _Reader:
    """Reads a script for what it says of people's looks."""

    def __init__(self, names: Mapping[str, str], sexes: Mapping[str, bool | None], texts: Sequence[str], prose: bool):
        self._names = dict(names)
        self._sexes = sexes
        self._texts = texts
        self._prose = prose
        self._found: dict[str, list[Fragment]] = {}
        self._beasts = frozenset(who for name, who in names.items() if species_named(name))

    def read(self) -> Mapping[str, Sequence[Fragment]]:
        """Find what is said of each person."""
        if not self._names:
            return {}
        called = "|".join(map(re.escape, sorted(self._names, key=len, reverse=True)))
        self._anybody = re.compile(rf"(?<![\w-])(?:{called})(?![\w-])", re.IGNORECASE)
        for number, text in enumerate(self._texts):
            if self._prose or _tells(text):
                self._paragraph(number, text)
        return self._found

    def _paragraph(self, number: int, text: str) -> None:
        ranges = sentences(text)
        for index, (start, end) in enumerate(ranges):
            sentence = text[start:end]
            named = list(self._anybody.finditer(sentence))
            if self._prose:
                for match in named:
                    self._named(sentence, match)
            self._features(sentence, named, number, text, ranges[:index])

    def _named(self, sentence: str, match: re.Match[str]) -> None:
        """What a sentence of prose says of whom it names, right beside the name."""
        who = self._names[match[0].lower()]
        before = sentence[max(0, match.start() - _NAMING) : match.start()]
        if (calls := _CALLED.search(before)) and (noun := noun_in(calls["told"].strip(" ,"))):
            self._add(who, Fragment("kind", noun[0]))
        beside = _BESIDE.match(sentence, match.end()) if sentence[match.end() : match.end() + 1] == "," else None
        if beside is not None and (noun := noun_in(beside["told"].lower())):
            self._add(who, Fragment("kind", noun[0]))
            self._all(who, beside["told"])
        elif beside is not None and (more := _BESIDES.match(sentence, match.end())):
            if noun := noun_in(more["told"].lower()):
                self._add(who, Fragment("kind", noun[0]))
                self._all(who, more["told"])
        elif (is_ := _IS.match(sentence, match.end())) is not None:
            self._complement(who, is_["verb"], is_["told"])

    def _complement(self, who: str, verb: str, told: str) -> None:
        small = told.lower()
        article = _ARTICLE.match(small)
        now = _ONCE.search(small) is None
        if now and verb in {"is", "was"} and article and (noun := noun_in(small[article.end() :])):
            self._add(who, Fragment("kind", noun[0]))
        self._all(who, told)

    def _features(
        self,
        sentence: str,
        named: Sequence[re.Match[str]],
        number: int,
        text: str,
        before: Sequence[tuple[int, int]],
    ) -> None:
        """What a sentence says of somebody's hair and clothes, and of whom it calls he or she."""
        for match in named:
            some = _SOME.search(sentence, max(0, match.start() - 4), match.start())  # `a man's jacket` is anybody's
            if not some and (theirs := _THEIRS.match(sentence, match.end())):
                self._owned(self._names[match[0].lower()], theirs)
        begins = _BEGINS.match(sentence)
        if begins is not None and begins["told"][0].isupper():
            begins = None  # `He was Anselm`: about whoever that is
        who = self._meant(begins["who"].lower(), (), number, text, before) if begins else ""
        if begins and who and (begins["who"].lower() != "it" or who in self._beasts):
            self._complement(who, begins["verb"], begins["told"])
        for match in _HIS.finditer(sentence):
            ahead = [self._names[one[0].lower()] for one in named if one.start() < match.start()]
            if who := self._meant(match["whose"], ahead, number, text, before):
                self._owned(who, match)

    def _meant(self, word: str, ahead: Sequence[str], number: int, text: str, before: Sequence[tuple[int, int]]) -> str:
        """Whom a pronoun means: the one of its sex who is named before it, in the nearest sentence that names one."""
        woman = {"she": True, "her": True, "he": False, "his": False}.get(word)
        if found := self._one_of(ahead, woman):
            return found
        if any(self._fits(who, woman) for who in ahead):
            return ""
        for start, end in reversed(before[-_NEAR:]):
            people = [self._names[one[0].lower()] for one in self._anybody.finditer(text[start:end])]
            if any(self._fits(who, woman) for who in people):
                return next(who for who in people if self._fits(who, woman))
        for other in self._texts[max(0, number - _BACK) : number][::-1]:
            people = [self._names[one[0].lower()] for one in self._anybody.finditer(other[-_TAIL:])]
            if fits := {who for who in people if self._fits(who, woman)}:
                return fits.pop() if len(fits) == 1 else ""
        return ""

    def _one_of(self, people: Sequence[str], woman: bool | None) -> str:
        """The only one of some people who may be meant; empty for none and for several."""
        fits = {who for who in people if self._fits(who, woman)}
        return fits.pop() if len(fits) == 1 else ""

    def _fits(self, who: str, woman: bool | None) -> bool:
        return woman is None or self._sexes[who] in {woman, None}

    def _owned(self, who: str, match: re.Match[str]) -> None:
        if (told := owned(match["words"].lower(), match["what"].lower())) is not None:
            self._add(who, told)

    def _all(self, who: str, told: str) -> None:
        for fragment in fragments_in(told.lower(), beast=who in self._beasts):
            self._add(who, fragment)

    def _add(self, who: str, fragment: Fragment) -> None:
        self._found.setdefault(who, []).append(fragment)


def _with(person: Character, found: Sequence[Fragment]) -> Character:
    """A person with those fragments in their description that it does not tell itself, the first about each thing."""
    own = person.description.lower()
    kind = "" if _is_somebody(person) else _kind(found)
    added: dict[str, str] = {}
    for fragment in found:
        if fragment.about == "kind" or (fragment.about == "old" and person.age is not None):
            continue
        about = "cut" if fragment.about == "hair" and tells_cut(fragment.words) else fragment.about
        if about not in added and not is_told(fragment.about, own):
            added[about] = fragment.words
    if not kind and not added:
        return person
    words = ", ".join(part for part in (kind, person.description, *added.values()) if part)
    age = person.age if person.age is not None else age_in(f", {added['old']}") if "old" in added else None
    return person.model_copy(update={"description": words, "age": age})


def _kind(found: Sequence[Fragment]) -> str:
    return next((fragment.words for fragment in found if fragment.about == "kind"), "")


def _is_somebody(person: Character) -> bool:
    """Whether the words that introduce somebody say what they are."""
    return names_kind(f"{person.name} {person.description}".lower())
