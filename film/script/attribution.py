"""Who speaks a quoted line of prose, as far as the prose says so."""

from __future__ import annotations

import re

from film.script.people import FEMALE, MALE, ROLES

SAYING = (
    "said says asked asks replied replies answered answers whispered whispers shouted shouts cried cries called calls "
    "murmured murmurs muttered mutters added adds exclaimed exclaims told tells explained explains repeated repeats "
    "began continued continues laughed laughs sighed sighs sobbed yelled yells screamed screams hissed growled "
    "agreed insisted promised announced breathed mumbled snapped begged barked croaked sang smiled nodded"
).split()
"""Verbs that attribute speech."""

_SAY = "|".join(SAYING)
_ROLE = "|".join(sorted(ROLES))
_NAME = r"(?:(?:Mr|Mrs|Ms|Dr|St)\.?\s+)?[A-Z][\w'’\-]+(?:\s+[A-Z][\w'’\-]+){0,2}"
_ARTICLE = r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Mm]y|[Tt]heir|[A-Z][a-z]+['’]s)"
_KNOWN = rf"{_ARTICLE}(?:\s+[\w\-]+){{0,3}}?\s+(?:{_ROLE})\b"
_ANY = rf"{_ARTICLE}(?:\s+[a-z\-]+){{1,2}}?"
_PRONOUN = r"(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|I)\b"
_END = r"(?=[.,;:!?]|$|\s+(?:and|as|in|on|with|to|at|from|[a-z]+ing|[a-z]+ly)\b)"
_AFTER = re.compile(
    rf"\s*,?\s*(?:(?:{_SAY})\s+(?P<after>{_KNOWN}|{_PRONOUN}|{_ANY}{_END}|{_NAME}\b)"
    rf"|(?P<who>{_KNOWN}|{_PRONOUN}|{_ANY}|{_NAME})\s+(?:\w+ly\s+)?(?:{_SAY})\b)"
)
_BEFORE = re.compile(
    rf"(?:^|[.!?;,]\s+|\band\s+)(?P<who>{_KNOWN}|{_PRONOUN}|{_ANY}|{_NAME})"
    rf"\s+(?:[\w'’]+\s+){{0,8}}?(?:{_SAY})\b[^.!?\"”]{{0,60}}[,:.]\s*$"
)
_SUBJECT = re.compile(rf"(?:^|[.!?]\s+)(?P<who>{_KNOWN}|{_NAME})(?=,?\s+[a-z])")
_MENTION = re.compile(rf"{_KNOWN}|{_NAME}")
_PRONOUNS = frozenset("he she it they i".split())
_NOT_NAMES = frozenset(
    "the a an and but or so then when while if as at in on of for from to with by not no yes he she it they we you i "
    "his her their my your its this that these those there here what who how why where once one two all some "
    "after before now later outside inside above below behind suddenly finally perhaps every each".split()
)
_WINDOW = 240
_MEMORY = 12


def attributes(after: str) -> bool:
    """Whether what follows a quotation says who speaks it."""
    return _AFTER.match(after[:_WINDOW]) is not None


class Attributor:
    """Remembers who spoke and who was spoken of, so that alternating lines and pronouns find their speaker."""

    def __init__(self) -> None:
        self._turns: list[str] = []
        self._speaker: str | None = None
        self._mentioned: list[str] = []

    def begin(self) -> None:
        """Enter a paragraph: another one may speak in it."""
        if self._speaker is not None:
            self._turns.append(self._speaker)
        self._speaker = None

    def narrated(self, text: str) -> None:
        """Note whom a piece of narration names.

        Args:
            text: Narration, in the order of the story.
        """
        for match in _MENTION.finditer(text):
            name = _name(match.group())
            if name is not None:
                self._mentioned = [one for one in self._mentioned[-_MEMORY:] if one != name]
                self._mentioned.append(name)

    def speaker(self, before: str, after: str) -> str | None:
        """Name whoever speaks the next quotation of the paragraph.

        Args:
            before: The narration between the paragraph's start, or its last quotation, and this one.
            after: The narration from it to the next quotation, or to the paragraph's end.

        Returns:
            The speaker in the words of the prose, or None where nothing tells.
        """
        match = _AFTER.match(after[:_WINDOW]) or _BEFORE.search(before[-_WINDOW:])
        named = self._resolve(next(word for word in match.groups() if word)) if match else None
        if named is None and self._speaker is None and before.strip():
            subject = _SUBJECT.search(before[-_WINDOW:])
            named = _name(subject["who"]) if subject else None
        self._speaker = named or self._speaker or self._other()
        return self._speaker

    def _resolve(self, who: str) -> str | None:
        word = who.lower()
        if word not in _PRONOUNS:
            return _name(who)
        if self._speaker is not None or word == "i":
            return self._speaker or "I"
        wanted, other = (FEMALE, MALE) if word == "she" else (MALE, FEMALE)
        heads = [(name, name.lower().split()[-1]) for name in reversed(self._mentioned)]
        fitting = [name for name, head in heads if head in wanted]
        fitting += [name for name, head in heads if head not in other]
        return fitting[0] if fitting else self._turns[-1] if self._turns else None

    def _other(self) -> str | None:
        """The partner in a conversation of two: whoever spoke before the last one."""
        if len(self._turns) >= 2 and self._turns[-1] != self._turns[-2]:
            return self._turns[-2]
        last = self._turns[-1] if self._turns else None
        return next((name for name in reversed(self._mentioned) if name != last), last)


def _name(who: str) -> str | None:
    words = " ".join(who.split()).rstrip(",.;:")
    words = re.sub(r"[’']s$", "", words)
    first = words.split()[0].lower()
    if words.lower() in _NOT_NAMES:
        return None
    if first in _NOT_NAMES and first not in {"the", "a", "an", "his", "her", "my", "their"}:
        return None
    return words
