"""Whom narration tells of: who acts in a paragraph, whom `he` and `she` mean, who was named last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from film.script.evidence import acts
from film.script.naming import Mention
from film.script.survey import People
from film.script.voices import Voice, Voices

_SUBJECT = re.compile(r"\b(?:[Hh]e|[Ss]he|I)\b")
_SEX = {"he": "m", "she": "f"}
_MEMORY = 8
_BODY = frozenset("face eyes voice hand hands heart mouth lips cheeks brow smile look head manner tone eye lip arms".split())
"""What acts for whom it belongs to: `Anna's face fell`."""


class Focus:
    """Follows a story's narration from paragraph to paragraph."""

    def __init__(self, people: People, voices: Voices) -> None:
        self._people = people
        self._voices = voices
        self._meant: dict[str, Voice] = {}
        self.recent: list[Voice] = []
        """Who was named, the last one last."""
        self.acting: list[Voice] = []
        """Who acts in this paragraph, in order; one who acts twice is there twice."""
        self.before: list[Voice] = []
        """Who acted in the last paragraph that told of anybody."""
        self.plural = ""
        """The last group named: `the children`."""

    def begin(self) -> None:
        """Enter a paragraph."""
        self.before = self.acting or self.before
        self.acting = []

    def rest(self) -> None:
        """A break in the story."""
        self.before, self.acting = [], []

    def meant(self, sex: str) -> Voice | None:
        """Whom `he` (`m`) or `she` (`f`) means here."""
        return self._meant.get(sex)

    def read(self, mentions: Sequence[Mention], text: str) -> None:
        """Follow a piece of narration.

        Args:
            mentions: What `scan` finds in it.
            text: The piece.
        """
        pronouns = [(found.start(), found.group().lower()) for found in _SUBJECT.finditer(text)]
        told = [*((one.start, one) for one in mentions), *pronouns]
        for _, one in sorted(told, key=lambda pair: pair[0]):
            if isinstance(one, str):
                voice = self._voices.narrator if one == "i" else self._meant.get(_SEX[one])
                if voice is not None:
                    self.acting.append(voice)
            else:
                self._named(one)

    def _named(self, mention: Mention) -> None:
        if mention.plural:
            self.plural = mention.text
            return
        person = self._people.of(mention)
        if person is None:
            return
        voice = self._voices.of(person, mention.text)
        self.note(voice)
        subject = acts(mention) and (not mention.owned or (mention.opens and mention.after in _BODY))
        if subject:
            self.acting.append(voice)
        for sex in (voice.gender,) if voice.gender else ("m", "f"):
            known = self._meant.get(sex)
            if known is None or (subject and not (voice.mute and not known.mute)):
                self._meant[sex] = voice

    def note(self, voice: Voice) -> None:
        """Remember that somebody was named."""
        if voice in self.recent:
            self.recent.remove(voice)
        self.recent.append(voice)
        del self.recent[:-_MEMORY]
