"""How a screenplay introduces its people: a name in capitals, an age, a few words, what is worn."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from film.direction.acting import acts, enters, is_known, plainly_acting
from film.direction.cues import names_together
from film.direction.describing import description, is_person
from film.direction.spelling import Spelling
from film.direction.words import placed_tokens, singular, tokens
from film.script.accents import without_accents
from film.script.naming import NOT_NAMES, PLACE_NOUNS
from film.script.people import FEMALE_NAMES, MALE_NAMES, ROLES, TITLES, gender_of

_UPPER = "A-Z" + "".join(filter(str.isupper, map(chr, range(0xC0, 0x530))))
"""Capitals of Latin, Greek, Cyrillic and Armenian letters, as part of a character class."""
_REST = rf"[{_UPPER}.'’\-]*[{_UPPER}.]"
_CAPITAL_WORD = rf"[{_UPPER}]{_REST}"
_NICKNAME = rf"[\"“]{_CAPITAL_WORD}(?:[ ]{_CAPITAL_WORD}){{0,2}}[\"”](?=[ ][{_UPPER}]{{2}})"
# A pattern that begins with the capital, and then looks behind it, passes over small letters without a look at each.
CAPS = re.compile(
    rf"[{_UPPER}](?<![\w'’].){_REST}"
    rf"(?:[ \t\n]+(?:{_CAPITAL_WORD}|[{_UPPER}]\.(?=[ ][{_UPPER}]{{2}})|{_NICKNAME}|#?\d{{1,6}}(?!\w)))*(?![\w])"
)
_AGE = re.compile(
    r"(?:\s*(?:,|\(|[–—]|--)\s*|\s+is\s+(?=\d\d|in\s+h))(?:(?:in\s+)?(?:his|her|their)\s+)?"
    r"(?:(?:pushing|approaching|nearing)\s|(?:(?:mid|late|early|middle)\b[\s-]|teen|(?:about|around|barely|almost|nearly|maybe)\s+\w|[1-9]\d?(?!\d|,\d)"
    r"|\w+(?:ties|teens)\b|\w+[\s-]?something\b|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b|age[d]?\s+\w))",
    re.IGNORECASE,
)
_APPOSITIVE = re.compile(r"(?:,|\s[–—]|\s--)\s+((?:an?|the|his|her|their|\d\d)\s+[^.;!?]{0,80})", re.IGNORECASE)
_BARE = re.compile(
    r",\s+(?P<words>(?!(?:with|and|or|for|to|in|at|on|of|from|by|like|his|her|their|my|our|its|an?|the|this|that|no|not|now|then)\b)"
    r"(?:[a-z][\w’'\-]*\s+){0,4}[a-z][\w’'\-]*)(?=\s*[,(–—]|\s--|\s*\.(?:\s|$))"
)
"""An apposition without an article: `ANNA BRADDOCK, retired police detective,`."""
_THIS_IS = re.compile(
    r"(?:\.|(?<=\.))\s+(?:He|She)(?:['’]s| is)\s+(?:about\s+|barely\s+)?(?:\d\d?\b|in\s+(?:his|her)\s)"
)
"""What tells of somebody in the sentence after their name: `This is OLAF. He is 61.`"""
_LABELLED = re.compile(r"\s*:\s*(?:\d\d?|(?:early|mid|late)\b[\s-]\w+)\s*(?=[,.;]|$)")
"""How a list of people begins: `EVA: 44, blonde.`"""
_OF_ONE_AGE = re.compile(
    r"\s*,\s+(?P<age>\d{1,2})(?:,\s+(?!(?:and|or|an?|the|his|her)\b)[a-z]+(?<!s)(?!\w)|\s*(?:[.;]|$))"
)
"""An age behind several names, and what several do: `ANA and INA, 12, play.`"""
_ASIDE = re.compile(r"\s*\(([^)]{0,60})\)")
_LED = r"(?:an?|the|his|her|their|and|or)\b"
_ROLE_BEFORE = re.compile(
    rf"\b(?:an?|the|his|her|their|[A-Z][a-z]+['’]s)\s+(?:\w[\w'’\-]*\s+|(?!{_LED})\w[\w'’\-]*,\s+(?!{_LED})){{0,3}}?(?:{'|'.join(sorted(ROLES))})"
    r"(?:\s+(?:of|aged|about)\s+[\w\-]+)?(?:,\s+|\s+(?:named|called)\s+|\s+\(|\s+)$|\b(?:an?\s+)?(?:young|old|elderly|little|tall)\s+$",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:eyes|hair|haired|beard|bearded|face|faced|dressed|years?|aged|handsome|pretty|heavyset|bald|blonde?|"
    r"who\s+(?:is|has|looks|wears)|himself|herself)\b",
    re.IGNORECASE,
)
_TRADE = re.compile(r"[a-z]{3,}(?:ist|ian|man|woman|eer|cop|smith|keeper|maker|worker|driver|dealer|leader|teacher)")
_NOT_BODIES = frozenset(
    "street st saint ss uss hms rms airport monument memorial building center centre institute clinic restaurant bar "
    "diner cafe café pub tavern motel mall store shop supermarket prison jail penitentiary magazine post tribune "
    "express journal chronicle plaza boulevard drive highway lake mount mt fort stadium arena express hq headquarters "
    "tv radio records airlines airways beer whiskey whisky cola inc ltd corp llc world war festival prize award "
    "edition volume gun rifle pistol car truck van bus machine sedan mustang chevy chevrolet ford cadillac buick "
    "jan feb mar apr jun jul aug sep sept oct nov dec january february march april june july august september october "
    "november december monday tuesday wednesday thursday friday saturday sunday summer winter autumn spring bang boom "
    "crash beat pause silence super title close angle".split()
)
"""Words of the names of places, houses, ships, papers, things and days; and what is no name."""
_BETWEEN_NAMES = re.compile(r"\s*(?:,\s*(?:and\s+)?|\band\s+|&\s*)")
_ALL_OF_THEM = re.compile(
    r"\b(?:both|all|each|identical|twins?|triplets|brothers|sisters|siblings|in\s+their|(?:two|three|four|five|a\s+pair|a\s+couple)\b)|,\s+(\w+s)\s"
)
_WHAT_THEY_DO = re.compile(
    r"(?<=\w),\s+[a-z]+\s+(?:the|an?|on|in|at|to|into|up|down|his|her|their|each|over|around|past|hands)\b[^,]*$"
)
_BEFORE = 60
_MOST_NAMES = 40
_LONGEST_PHRASE = 160
_MOST_TRIES = 20
"""So often one text may name somebody before it describes them."""
_MOST_TOGETHER = 12
"""So many people at most are introduced as one."""


_ENTERING = frozenset("ENTER EXIT EXEUNT RE-ENTER".split())
"""What stands before the names of those who come and go: `ENTER JOHN`."""
_KIN_OF_ONE_ANOTHER = frozenset("TWINS TRIPLETS BROTHERS SISTERS SIBLINGS".split())
"""What stands before the names of several: `TWINS ANA and INA`."""
InCapitals = tuple[str, re.Match[str]]
"""A phrase in capitals without a possessive ending, and where it stands."""


def capitals(text: str) -> Iterator[InCapitals]:
    """The phrases in capitals of an action, each without a possessive ending."""
    for match in CAPS.finditer(text):
        name = re.sub(r"['’]S$", "", " ".join(match.group().rstrip(".").split()))
        first, _, rest = name.partition(" ")
        if first in _ENTERING and rest:
            name = rest
        elif first in _KIN_OF_ONE_ANOTHER and rest and rest.split()[0].lower() not in NOT_NAMES:
            name = rest
        if len(name) >= 2:
            yield name, match


def introductions(
    actions: Iterable[tuple[str, Sequence[InCapitals]]], cues: Collection[str], spelling: Spelling
) -> dict[str, str]:
    """Find the people that the action introduces.

    Args:
        actions: Texts of action, each with what `capitals` finds in it.
        cues: Names that have cues, in capitals.
        spelling: How names are spelt; it learns those of the people found.

    Returns:
        By name in capitals the words that introduce them: their first in capitals; for a name that has cues also
        `Anna (30s)` and `Anna, a nurse`. Where several are introduced as one (`EDDIE and TEDDY, both 8`), the words
        are everybody's.
    """
    found: dict[str, str] = {}
    acting: dict[str, str] = {}
    plain = _by_first_word(cues)
    for text, placed in actions:
        for name in plainly_acting(text):
            acting.setdefault(name.upper(), name)
        tried: Counter[str] = Counter()
        for number, (written, match) in enumerate(placed):
            name = spelling.known(written)
            tried[name] += 1
            if tried[name] > _MOST_TRIES or found.get(name, "").strip(name):
                continue
            words = _introduced(text, name, match, cues, name in found) or ""
            if words in {"", match.group().rstrip(".")} and (words or not _nobody(text, tokens(name), match)):
                words = _shared(text, placed, number) or words or _acting(text, placed, number, cues)
            elif number and _BETWEEN_NAMES.fullmatch(text[placed[number - 1][1].end() : match.start()]):
                words = _WHAT_THEY_DO.sub("", words)
            if not words:
                if acts(text, written, match.end() - len(written), match.end()):
                    acting.setdefault(name, written)
                continue
            if name not in found or len(words) > len(name):
                found[spelling.of(written)] = words
        for name, start, end in _plainly(text, plain):
            tried[name] += 1
            untold = tried[name] <= 2 * _MOST_TRIES and not found.get(name, "").strip(name)
            if untold and _described(text, end):
                found[name] = description(text, start, end)
    for name in [name for name in found if name.startswith("THE ") and name not in cues and name[4:] in found]:
        del found[name]  # `A GUARD` and then `THE GUARD`
    known = [*cues, *found]
    return found | {name: words for name, words in acting.items() if not is_known(name, known)}


def _introduced(text: str, name: str, match: re.Match[str], cues: Collection[str], again: bool) -> str | None:
    """The words that introduce a name in capitals; None where it is nobody's."""
    words = tokens(name)
    head = words[-1] if words else ""
    several = singular(head) != head and singular(head) in ROLES
    before = _ROLE_BEFORE.search(text, max(0, match.start() - _BEFORE), match.start())
    if name not in cues:
        if again or _nobody(text, words, match):
            return None
        described = _described(text, match.end()) and len(words) <= 4 and not several
        if head in ROLES and len(words) == 1 and _APPOSED.search(text, max(0, match.start() - _BEFORE), match.start()):
            return None
        named = gender_of(words[0]) != "" or text[: match.start()].endswith(("his is ", "eet "))
        listed = named and bool(_LABELLED.match(text, match.end()) or _THIS_IS.match(text, match.end()))
        called = (before and len(words) <= 4) or head in ROLES or described or listed
        if not called and not _is_whole_name(name, words, cues, bool(_BARE.match(text, match.end()))):
            return None
    elif again and not _described(text, match.end()):
        return None
    end = match.start() + len(match.group().rstrip("."))
    return description(text, before.start() if before else match.start(), end)


def _is_whole_name(name: str, words: Sequence[str], cues: Collection[str], told: bool) -> bool:
    """Whether capitals are the whole name of somebody whose cues have its ends: `FRANK MALONE`, cue `MALONE`."""
    if names_together(name):
        return False  # `INTERCUT - ANNA AND BOB`
    parts = name.replace('"', "").replace("“", "").replace("”", "").split()
    if not 1 < len(parts) <= 5 or not any(part in cues for part in (parts if told else parts[1:])):
        return False
    first = words[0]
    return first in TITLES or first in FEMALE_NAMES or first in MALE_NAMES or (parts[0] in cues and parts[-1] in cues)


_APPOSED = re.compile(rf"[{_UPPER}]{{2}}(?:\s*\([^)]*\))?,\s+(?:\d+,\s+)?an?\s+(?:[\w\-]+\s+){{0,3}}$")


def _nobody(text: str, words: Sequence[str], match: re.Match[str]) -> bool:
    """Whether capitals without a cue are a place, a ship, a paper, a month, or words that are read or heard."""
    if _SENDER.search(text, max(0, match.start() - _BEFORE), match.start()):
        return True
    if not words or re.search(r"['’]S$", match.group()):
        return True  # `O'MALLEY'S` is a bar, and `ANNA'S coat` is no Anna
    named = len(words) > 1 and (words[0] in TITLES or gender_of(words[0]) != "")
    if not named and (any(word in _NOT_BODIES for word in words) or words[-1] in PLACE_NOUNS):
        return True
    if words[0] in NOT_NAMES - {"the"}:
        return True
    return _quoted(text, match.start()) or (words[0] == "the" and words[-1] not in ROLES)


_SENDER = re.compile(
    r"\b(?:text|message|call|e?-?mail|letter|note|card|tweet|caller id|signed)(?:\s+from|:)\s+$", re.IGNORECASE
)
"""What stands before the name of somebody who is not there: `A text from MOM`."""


def _quoted(text: str, at: int) -> bool:
    """Whether a quotation that began in its line goes on at an offset."""
    begin = text.rfind("\n", 0, at) + 1
    plain, opening, closing = (
        bisect_left(places, at) - bisect_left(places, begin) for places in _quotation_marks(text)
    )
    return plain % 2 == 1 or opening > closing


@lru_cache(maxsize=4)
def _quotation_marks(text: str) -> tuple[list[int], ...]:
    """Where a text has plain, opening and closing quotation marks: asked for once, not for each name of a line."""
    return tuple([found.start() for found in re.finditer(mark, text)] for mark in '"“”')


def _acting(text: str, placed: Sequence[InCapitals], number: int, cues: Collection[str]) -> str:
    """The name of somebody who does something together with others: `CARL, DORA and EMIL enter`; or nothing."""
    first, last = number, number
    while first and number - first < _MOST_TOGETHER and _joined(text, placed, first - 1):
        first -= 1
    while last + 1 < min(len(placed), number + _MOST_TOGETHER) and _joined(text, placed, last):
        last += 1
    entering = placed[first][1].group().split()[0] in _ENTERING or enters(text, placed[first][1].start())
    if last == first or not (entering or _THEY_DO.match(text, placed[last][1].end())):
        return ""
    names = [name for name, _ in placed[first : last + 1]]
    known = any(name in cues or gender_of(name.split()[0].lower()) for name in names)
    return names[number - first] if known and all(len(name.split()) < 3 for name in names) else ""


def _joined(text: str, placed: Sequence[InCapitals], number: int) -> bool:
    """Whether two names stand side by side."""
    between = text[placed[number][1].end() : placed[number + 1][1].start()]
    return _BETWEEN_NAMES.fullmatch(between) is not None


_THEY_DO = re.compile(
    r"\s+(?:all |both |each )?(?:enter|exit|leave|arrive|walk|run|sit|stand|wait|laugh|talk|eat|drink|dance|sleep|look|"
    r"stare|watch|listen|rush|hurry|climb|step|come|go|rise|kneel|argue|whisper|play|work|smile|cry|sing|fight|gather|"
    r"emerge|approach|follow|embrace|kiss|hug|shake hands)\b(?!-)"
)
"""What people do together."""


def _shared(text: str, placed: Sequence[InCapitals], number: int) -> str | None:
    """What is said of somebody together with those named right after: `EDDIE and TEDDY (8), identical`."""
    name, match = placed[number]
    last = number
    while last + 1 < min(len(placed), number + _MOST_TOGETHER):
        between = text[placed[last][1].end() : placed[last + 1][1].start()]
        if not _BETWEEN_NAMES.fullmatch(between):
            break
        last += 1
    if last == number:
        return None
    end = placed[last][1].end()
    words = description(text, placed[last][1].start(), end)[len(placed[last][1].group().rstrip(".")) :]
    told = _ALL_OF_THEM.search(words)
    if told is None and (alike := _OF_ONE_AGE.match(text, end)):
        return f"{match.group()}, {alike['age']}"
    if told is None or (told[1] and not is_person(singular(told[1]))):
        return None
    words = _WHAT_THEY_DO.sub("", words)
    common = words[told.start() :].lstrip(" ,(") if told.group() == "all" else words
    return f"{match.group()}{common}" if common[:1] in " (,–—" else f"{match.group()}, {common}"


def _by_first_word(cues: Collection[str]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in cues:
        words = tokens(without_accents(name))
        if words:
            table.setdefault(words[0], []).append((words, name))
    return {word: sorted(names, key=lambda one: -len(one[0]))[:_MOST_NAMES] for word, names in table.items()}


def _plainly(text: str, plain: dict[str, list[tuple[tuple[str, ...], str]]]) -> Iterator[tuple[str, int, int]]:
    """Where an action names somebody who has cues, with a capital letter only."""
    bare = without_accents(text)
    for match in _CAPITALISED.finditer(bare):
        word = match.group().lower().replace("’", "'").removesuffix("'s")
        start = match.start()
        for words, name in plain.get(word, ()):
            stretch = bare[start : start + len(name) + 4]
            if stretch.isascii() and words[-1] not in stretch.lower():
                continue
            run = list(placed_tokens(stretch))[: len(words)] if len(words) > 1 else [(word, 0)]
            end = start + run[-1][1] + len(words[-1])
            if tuple(one for one, _ in run) == words and not text[start:end].isupper():
                yield name, start, end
                break


_CAPITALISED = re.compile(rf"[{_UPPER}](?<![\w'’\-].)[\w'’\-]*\w")


def _described(text: str, end: int) -> bool:
    """Whether the words after a name tell of a person: an age, a trade, a body."""
    if _AGE.match(text, end):
        return True
    bare = _BARE.match(text, end)
    if bare and (_is_somebody(bare["words"]) or _BODY.fullmatch(bare["words"].split()[-1])):
        return True
    aside = _ASIDE.match(text, end)
    if aside and (_is_somebody(aside[1]) or _BODY.search(aside[1])):
        return True
    who = _APPOSITIVE.match(text, end)
    return who is not None and (_is_somebody(who[1]) or _BODY.search(who[1][:60]) is not None)


_PHRASE = re.compile(r"[^,;:()]*?(?=\s+(?:of|in|with|who|that|which|from|on|at|by|for|to|and)\b|[,;:()]|$)")


def _is_somebody(words: str) -> bool:
    """Whether the noun of a phrase is a person's: `a tall nurse`, `her first officer`; not `a rusty freighter`."""
    words = words[:_LONGEST_PHRASE]
    phrase = _PHRASE.match(words)
    nouns = tokens(re.sub(r"\w+['’]s?\b(?=\s)", "", phrase.group() if phrase else words))[:8]
    for word in reversed(nouns[-3:] or ()):
        one = singular(word)
        if is_person(word) or is_person(one) or _TRADE.fullmatch(word):
            return True
        if word != nouns[-1] and one != word:
            break
    return False
