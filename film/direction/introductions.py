"""How a screenplay introduces its people: a name in capitals, an age, a few words, what is worn."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from film.direction.vocabulary import VERBS
from film.direction.words import placed_tokens, sentences, singular, tokens
from film.script.people import ROLES

_UPPER = "A-Z" + "".join(filter(str.isupper, map(chr, range(0xC0, 0x530))))
"""Capitals of Latin, Greek, Cyrillic and Armenian letters, as part of a character class."""
_CAPITAL_WORD = rf"[{_UPPER}][{_UPPER}.'’\-]*[{_UPPER}.]"
CAPS = re.compile(rf"(?<![\w'’]){_CAPITAL_WORD}(?:[ \t\n]+(?:{_CAPITAL_WORD}|#?\d{{1,2}}(?!\w)))*(?![\w])")
_AGE = re.compile(r"\s*(?:,\s*|\()\s*(?:mid|late|early|about|around|teen|\d)[^.]{0,40}|\s*\(", re.IGNORECASE)
_APPOSITIVE = re.compile(r",\s+(?:an?|the|his|her|their|\d)\s+([^.;!?]{0,80})", re.IGNORECASE)
_ROLE_BEFORE = re.compile(
    rf"\b(?:an?|the|his|her|their)\s+(?:[\w'’\-]+\s+){{0,3}}?(?:{'|'.join(sorted(ROLES))})"
    r"(?:\s+(?:of|aged|about)\s+[\w\-]+)?(?:,\s+|\s+(?:named|called)\s+)$",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"\b(?:who|he|she|his|her|him|eyes|hair|beard|face|dressed|wearing|years?|aged|looking|of)\b|[\w]+(?:ist|er|or|ian|man|woman)\b"
)
_WORN_LATER = re.compile(r"\b(?:wearing|dressed (?:in|as)|clad in|in (?:his|her) \w+ies)\s[^.;!?,]{2,80}")
_WORN = re.compile(
    r"(?:He|She|They|His|Her|Their|Both)\b[^.!?]{0,60}?\b(?:wears?|wearing|wore|dressed|clad|hair|beard|glasses|spectacles|"
    r"bald|scar|tattoos?|eyes|uniform|coat|suit|dress|years old)\b"
)
_LONGEST = 200
_LONGEST_WITH_LOOK = 360
_BEFORE = 60


def capitals(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The phrases in capitals of an action, each without a possessive ending."""
    for match in CAPS.finditer(text):
        name = re.sub(r"['’]S$", "", " ".join(match.group().rstrip(".").split()))
        if len(name) >= 2:
            yield name, match


def introductions(actions: Iterable[str], cues: Collection[str]) -> dict[str, str]:
    """Find the people that the action introduces.

    Args:
        actions: Texts of action.
        cues: Names that have cues, in capitals.

    Returns:
        By name in capitals the words that introduce them: their first in capitals; for a name that has cues also
        `Anna (30s)` and `Anna, a nurse`.
    """
    found: dict[str, str] = {}
    plain = _by_first_word(cues)
    for text in actions:
        for name, match in capitals(text):
            if name in found:
                continue
            head = tokens(name)[-1] if tokens(name) else ""
            several = singular(head) != head and singular(head) in ROLES
            before = _ROLE_BEFORE.search(text, max(0, match.start() - _BEFORE), match.start())
            described = _described(text, match.end()) and len(name.split()) <= 4 and not several
            if name in cues or before or head in ROLES or described:
                start = before.start() if before else match.start()
                found[name] = description(text, start, match.end())
        for name, start, end in _plainly(text, plain):
            if not found.get(name, "").strip(name) and _described(text, end):
                found[name] = description(text, start, end)
    return found


def _by_first_word(cues: Collection[str]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in cues:
        words = tokens(name)
        if words:
            table.setdefault(words[0], []).append((words, name))
    return {word: sorted(names, key=lambda one: -len(one[0]))[:_MOST_NAMES] for word, names in table.items()}


_MOST_NAMES = 40


def _plainly(text: str, plain: dict[str, list[tuple[tuple[str, ...], str]]]) -> Iterator[tuple[str, int, int]]:
    """Where an action names somebody who has cues, with a capital letter only."""
    placed = list(placed_tokens(text))
    for at, (word, start) in enumerate(placed):
        for words, name in plain.get(word, ()):
            run = placed[at : at + len(words)]
            end = run[-1][1] + len(words[-1])
            if tuple(one for one, _ in run) == words and text[start].isupper() and not text[start:end].isupper():
                yield name, start, end
                break


def _described(text: str, end: int) -> bool:
    age = _AGE.match(text, end)
    if age and any(letter.isdigit() for letter in age.group()[:24]):
        return True
    if age and re.match(r"\s*(?:,\s*|\()\s*(?:(?:mid|late|early)\b[\s-]|teen)", age.group(), re.IGNORECASE):
        return True
    who = _APPOSITIVE.match(text, end)
    if who is None:
        return False
    words = tokens(who[1])[:8]
    return any(word in ROLES or singular(word) in ROLES for word in words) or bool(_PERSONAL.search(who[1]))


def description(text: str, start: int, end: int) -> str:
    """The words from a name up to the first verb, or to the end of the sentence; then what is worn.

    Args:
        text: The action.
        start: Where the introduction begins.
        end: Where the name ends.

    Returns:
        The script's words; parts that do not follow each other are divided by a comma or full stop.
    """
    stop = min(len(text), start + _LONGEST)
    sentence = re.compile(r"[.!?](?=\s|$)").search(text, end, stop)
    limit = full = end if end > stop else sentence.start() if sentence else stop
    for word, at in placed_tokens(text[end:limit]):
        if text[end + at : end + at + 2].isupper() and len(word) > 1:
            limit = full = end + at
            break
        if word in VERBS and not _nominal(text, end + at):
            limit = end + at
            break
    words = text[start:limit].rstrip(" ,;:-–—\n\t")
    words = re.sub(r"[\s,]+(?:and|with|or)$", "", words)
    words = words if len(words) > end - start else text[start:end]
    for part in _worn(text, limit, full):
        words += (". " if part[0].isupper() else ", ") + part.rstrip(".")
    return words


def _worn(text: str, limit: int, full: int) -> list[str]:
    """What is worn: later in the sentence, and in the sentences right after it."""
    parts: list[str] = []
    later = _WORN_LATER.search(text, limit, max(limit, full))
    if later:
        parts.append(later.group().rstrip())
    rest = text[full : full + _LONGEST_WITH_LOOK].lstrip(".!?) ")
    for start, end in sentences(rest)[:2]:
        if end == len(rest) and len(text) > full + _LONGEST_WITH_LOOK:
            break
        if not _WORN.match(rest[start:end]):
            break
        parts.append(rest[start:end])
    return parts


def _nominal(text: str, at: int) -> bool:
    """Whether the word at an offset stands where a noun or adjective does: after an article or a possessive."""
    before = tokens(text[max(0, at - 14) : at])[-1:]
    return bool(before) and before[0] in {"a", "an", "the", "his", "her", "their", "very", "of", "in", "with"}
