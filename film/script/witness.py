"""Gathers what a story's words tell of its names and nouns: who acts, who is called, who stands beside whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from film.script.evidence import PLACED, Key, does, weight_of
from film.script.naming import Mention, scan, singular_role
from film.script.people import COURTESY, FEMALE_NAMES, MALE_NAMES, TITLE_WORDS, TITLES
from film.script.persons import Evidence
from film.script.references import noun_of

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
    r"(?:\s+(?:himself|herself))?\s*"
    r"(?:,?\s+(?:named|called|who was called|whose name (?:was|is))|\s(?:was|is)\s(?:called|named)|,)?\s*",
    re.I,
)
_THERE_IS = re.compile(r"\bthere (?:once )?(?:was|were|is|are) (?:once )?(?:\w+ )?$", re.IGNORECASE)
_BRINGS = frozenset("a an another some one no every".split())
"""Articles of those who were not told of before."""
_TITLED = re.compile(r"(?<![\w-])(?P<title>[A-Z][a-z]+(?:-[A-Z][a-z]+)?)\.? [A-Z][\w’'-]+")
_DETERMINERS = frozenset("the a an his her their my our its he she it they we you i there this that".split())
_NEAR = 24
_BESIDE = re.compile(r"[^.!?;]{1,60}")
ENOUGH = 1.0
"""So much must tell for a name that it is somebody's."""


class Witness:
    """What is told of each name and noun."""

    def __init__(self, meant: Mapping[str, str]) -> None:
        """Begin a story.

        Args:
            meant: For nouns, how the story calls whoever they always mean.
        """
        self.meant = meant
        self.names: dict[Key, Evidence] = {}
        self.roles: dict[str, Evidence] = {}
        self.same: dict[str, Counter[Key]] = {}
        """For nouns, the names that are told to be theirs."""
        self.beside: dict[Key, set[Key]] = {}
        """For a man's title and surname, the names without a title that stand beside it in a sentence."""
        self.together: set[tuple[str, Key]] = set()
        """Nouns and names that stand beside each other in a sentence."""
        self.called: dict[str, list[str]] = {}
        """How the narration writes the nouns that are known to mean somebody."""
        self.rank = 0

    def narrates(self, mentions: Sequence[Mention], text: str) -> None:
        """Read a piece of narration."""
        self._weigh(mentions, text)

    def speaks(self, mention: Mention) -> None:
        """Note somebody of whom it is known that they speak."""
        self._note(mention, 3.0, sure=True)

    def hears(self, speech: Sequence[str]) -> None:
        """Read what is spoken."""
        self._address(speech)
        self._introduce(speech)
        self._title(speech)

    def known_noun(self, mention: Mention) -> str:
        """The noun of a mention, where it is one that always means somebody."""
        if not self.meant or not mention.role or mention.plural:
            return ""
        noun = noun_of(mention.text)
        who = self.meant.get(noun, "")
        # `A young lady` brings in whoever is `the niece` from then on, and nobody who has a name
        return noun if who and (mention.article not in _BRINGS or who[0].islower()) else ""

    def _note(self, mention: Mention, weight: float, sure: bool = False) -> None:
        self.rank += 1
        noun = self.known_noun(mention)
        if noun:
            self.called.setdefault(noun, []).append(mention.text)
            return
        table: Evidence
        if mention.role:
            table = self.roles.setdefault(mention.core[0], Evidence(first=self.rank))
        else:
            table = self.names.setdefault((mention.title, mention.core), Evidence(first=self.rank))
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
                    self.together.add((role.core[0], (name.title, name.core)))
            if not mention.role:
                if named is not None and _BESIDE.fullmatch(text, named.end, mention.start):
                    self._put_beside(named, mention)
                named = mention
            before = mention

    def _put_beside(self, first: Mention, second: Mention) -> None:
        for one, other in ((first, second), (second, first)):
            if one.title in COURTESY and not other.title:
                self.beside.setdefault((one.title, one.core), set()).add((other.title, other.core))

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
        self.same.setdefault(role.core[0], Counter())[(name.title, name.core)] += 1
        self.names[(name.title, name.core)].score += ENOUGH

    def _address(self, speech: Iterable[str]) -> None:
        for words in speech:
            for who, _ in called(words):
                for mention in scan(who):
                    key = (mention.title, mention.core)
                    if key in self.names:
                        self.names[key].score += 0.5

    def _introduce(self, speech: Iterable[str]) -> None:
        """Note whom a speech brings in: `This gentleman, Mr. Bell`, `This is Anna`; they are whom the noun means."""
        for found in (one for words in speech for one in _BROUGHT.finditer(words)):
            noun = singular_role(found["noun"] or found["kind"] or "")
            mention = next(scan(found["who"]), None)
            if mention is None or mention.role or mention.plural:
                continue
            if mention.title or noun or mention.core[0] in FEMALE_NAMES or mention.core[0] in MALE_NAMES:
                self._note(mention, 3.0, sure=True)
                if noun and noun in self.roles:
                    self.same.setdefault(noun, Counter())[mention.title, mention.core] += 1

    def _title(self, speech: Iterable[str]) -> None:
        """Note the names that speech gives to a rank or a trade that is told of: `Sergeant Moss`, `the sergeant`."""
        for found in (one for words in speech for one in _TITLED.finditer(words)):
            title = found["title"].lower()
            title = TITLE_WORDS.get(title, title)
            if title in self.roles and not TITLES.get(title, "m"):
                mention = next(scan(found.group()), None)
                if mention is not None and mention.title:
                    self._note(mention, 3.0)


def called(words: str) -> Iterator[tuple[str, bool]]:
    """The names by which a speech calls somebody, each with whether it says `dear` before it."""
    for found in _VOCATIVE.finditer(words):
        yield found["who"], False
    for found in _DEAR.finditer(words):
        yield found["who"], True
