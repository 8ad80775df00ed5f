"""Who speaks a quoted line of prose, as far as the prose says so."""

from __future__ import annotations

import re

SAYING = (
    "said says asked asks replied replies answered answers whispered whispers shouted shouts cried cries called calls "
    "murmured murmurs muttered mutters added adds exclaimed exclaims told tells explained explains repeated repeats "
    "began continued continues laughed laughs sighed sighs sobbed yelled yells screamed screams hissed growled "
    "agreed insisted promised announced breathed mumbled snapped begged barked croaked sang smiled nodded"
).split()
"""Verbs that attribute speech."""

_SAY = "|".join(SAYING)
_TITLES = r"(?:(?:Mr|Mrs|Ms|Dr|St)\.?\s+)?"
_NAME = _TITLES + r"[A-Z][\w'’\-]+(?:\s+[A-Z][\w'’\-]+){0,2}"
_NOUN = r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Mm]y|[Tt]heir)(?:\s+[a-z\-]+){1,3}?"
_PRONOUN = r"[Hh]e|[Ss]he|[Ii]t|[Tt]hey|I"
_WHO = rf"(?P<who>{_NAME}|{_NOUN}|{_PRONOUN})"
_AFTER = re.compile(
    rf"\s*,?\s*(?:(?:{_SAY})\s+(?P<after>{_NAME}|{_NOUN}|{_PRONOUN})(?=[\s.,;:!?]|$)"
    rf"|(?P<who>{_NAME}|{_NOUN}|{_PRONOUN})\s+(?:\w+ly\s+)?(?:{_SAY})\b)"
)
_BEFORE = re.compile(rf"(?:^|[.!?;,]\s+|\band\s+){_WHO}\s+(?:[\w'’]+\s+){{0,8}}?(?:{_SAY})\b[^.!?\"”]{{0,60}}[,:.]\s*$")
_SUBJECT = re.compile(rf"(?:^|[.!?]\s+)(?P<who>{_NAME}|[Tt]he(?:\s+[a-z\-]+){{1,2}})(?=\s+[a-z])")
_PRONOUNS = frozenset("he she it they i".split())
_NOT_NAMES = frozenset(
    "the a an and but or so then when while if as at in on of for from to with by not no yes he she it they we you i "
    "his her their my your its this that these those there here what who how why where once one two all some "
    "after before now later outside inside above below behind suddenly finally perhaps every each".split()
)
_WINDOW = 240


class Attributor:
    """Remembers who spoke, paragraph by paragraph, so that alternating lines and pronouns find their speaker."""

    def __init__(self) -> None:
        self._turns: list[str] = []
        self._speaker: str | None = None
        self._subject: str | None = None
        self._paragraph_quotes = 0

    def begin(self, paragraph: str) -> None:
        """Enter a paragraph.

        Args:
            paragraph: Its source.
        """
        if self._speaker is not None:
            self._turns.append(self._speaker)
        self._speaker = None
        self._paragraph_quotes = 0
        subject = _SUBJECT.search(paragraph[:_WINDOW])
        name = _name(subject["who"]) if subject else None
        if name is not None:
            self._subject = name

    def speaker(self, before: str, after: str) -> str | None:
        """Name whoever speaks the next quotation of the paragraph.

        Args:
            before: The narration between the paragraph's start, or its last quotation, and this one.
            after: The narration from it to the next quotation, or to the paragraph's end.

        Returns:
            The speaker in the words of the prose, or None where nothing tells.
        """
        self._paragraph_quotes += 1
        match = _AFTER.match(after[:_WINDOW]) or _BEFORE.search(before[-_WINDOW:])
        named = self._resolve(next(word for word in match.groups() if word)) if match else None
        if named is None and self._speaker is None and before.strip():
            subject = _SUBJECT.search(before[-_WINDOW:])
            named = _name(subject["who"]) if subject else None
        if named is None:
            named = self._speaker or self._other()
        self._speaker = named
        return named

    def _resolve(self, who: str) -> str | None:
        if who.lower() not in _PRONOUNS:
            return _name(who)
        if self._speaker is not None:
            return self._speaker
        if who == "I":
            return "I"
        return self._subject or (self._turns[-1] if self._turns else None)

    def _other(self) -> str | None:
        """The partner in a conversation of two: whoever spoke before the last one."""
        if len(self._turns) >= 2 and self._turns[-1] != self._turns[-2]:
            return self._turns[-2]
        if self._subject is not None and self._turns and self._subject != self._turns[-1]:
            return self._subject
        return self._turns[-1] if self._turns else self._subject


def _name(who: str) -> str | None:
    words = " ".join(who.split()).rstrip(",.;:")
    words = re.sub(r"[’']s$", "", words)
    first = words.split()[0].lower()
    if first in _NOT_NAMES and first not in {"the", "a", "an", "his", "her", "my", "their"}:
        return None
    return words
