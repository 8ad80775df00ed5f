"""Whom narration tells of: who acts in a paragraph, whom `he` and `she` mean, who was named last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from film.script.comings import LEAVES
from film.script.evidence import acts
from film.script.naming import Mention
from film.script.referents import Referents
from film.script.survey import People
from film.script.voices import Voice, Voices

_SUBJECT = re.compile(r"\b(?:[Hh]e|[Ss]he|I)\b")
_OBJECT = re.compile(r"\b(?:to|at|towards?|upon|on|by|beside|with|past|behind|after|near|over|asked|told) him\b")
_GOES, _HIM = "goes", "him"
_STOP = re.compile(r"[.!?…;:](?=[\"”’)]*\s)")
_SEX = {"he": "m", "she": "f"}
_MEMORY = 8
_ACTS = 200
"""So many acts of one paragraph are remembered."""
_NEAR = 4
"""Among so many named last, one who is known to be a woman is `she` rather than one of whom nothing is known."""
_BODY = frozenset(
    "face eyes voice hand hands heart mouth lips cheeks brow smile look head manner tone eye lip arms".split()
)
"""What acts for whom it belongs to: `Anna's face fell`."""

_PREPOSITIONS = frozenset(
    "of to from with by at on in into for upon like than around about over under beside behind beyond between among "
    "against near through towards toward without reached visited entered".split()
)
_CLAUSE = frozenset("when while because if though although where whom whether".split())
_NOBODY = frozenset(["every", "no"])
_INTRODUCED = frozenset("announce announced introduce introduced was is named called".split())
"""Before a name they tell who somebody is whom the story spoke of as `a woman` so far."""
_COMPANION = re.compile(r"my (?:\w+ )?(?:friend|companion|comrade)", re.IGNORECASE)


def is_companion(words: str) -> bool:
    """Whether a narrator means the other one of two by some words: `my poor friend`."""
    return _COMPANION.fullmatch(words) is not None


def _is_subject(mention: Mention) -> bool:
    if mention.owned:
        return mention.opens and mention.after in _BODY
    return mention.before not in _PREPOSITIONS and (acts(mention) or mention.before in _CLAUSE)


class Focus:
    """Follows a story's narration from paragraph to paragraph."""

    def __init__(self, people: People, voices: Voices) -> None:
        self._people = people
        self._voices = voices
        self.referents = Referents(people, voices)
        self._meant: dict[str, Voice] = {}
        self.recent: list[Voice] = []
        """Who was named, the last one last."""
        self.acting: list[Voice] = []
        """Who acts in this paragraph, in order; one who acts twice is there twice."""
        self.before: list[Voice] = []
        """Who acted in the last paragraph that told of anybody."""
        self.aside: set[Voice] = set()
        """Those of them who act only beside somebody else: `when Anna came in`."""
        self.past: set[Voice] = set()
        """Who was named before the last break in the story, and not since."""
        self.gone: set[Voice] = set()
        """Who went away, and did nothing since."""
        self.entered: set[Voice] = set()
        """Who acts in the last narration, and was not told of before."""
        self._main: Voice | None = None
        self._heard: dict[str, tuple[Voice, Voice]] = {}
        """Whom pronouns meant before somebody was called by name, and who that is."""
        self._before: dict[str, Voice] = {}
        """Whom pronouns meant before this sentence."""
        self._stale: set[str] = set()
        """Whom a pronoun means was not named since time passed."""
        self.plural = ""
        """The last group named: `the children`."""

    def begin(self) -> None:
        """Enter a paragraph."""
        self._stale.clear()
        for sex, (before, heard) in self._heard.items():
            if self._meant[sex] is heard and heard not in self.acting:
                self._meant[sex] = before
        self._heard.clear()
        self.before = self.acting or self.before
        self.acting = []
        if self.before is not self.acting:
            self.aside = {voice for voice in self.aside if voice in self.before}

    def rest(self) -> None:
        """A break in the story."""
        self.before, self.acting = [], []
        self.past = set(self.recent)
        self.gone.clear()
        self.entered.clear()

    def lapse(self) -> None:
        """Time passes: a pronoun means whoever speaks most in the story, until somebody else is named."""
        for sex, known in self._meant.items():
            others = (voice for voice in self._voices.all() if voice.gender == sex)
            most = max(others, key=lambda voice: voice.tags, default=known)
            self._meant[sex] = most if most.tags > known.tags else known
        self._stale = set(_SEX.values())

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
        stops = [(found.start(), "") for found in _STOP.finditer(text)]
        goes = [(found.start(), _GOES) for found in LEAVES.finditer(text)]
        told: list[tuple[int, Mention | str]] = [*((one.start, one) for one in mentions), *pronouns, *stops, *goes]
        told += [(found.start(), _HIM) for found in _OBJECT.finditer(text)]
        self._main = None
        self._before = dict(self._meant)
        if any(letter.isalnum() for letter in text):
            self.entered.clear()
        for _, one in sorted(told, key=lambda pair: pair[0]):
            if one == "":
                self._main = None
                self._before = dict(self._meant)
            elif one == _GOES:
                if self._main is not None:
                    self.gone.add(self._main)
            elif one == _HIM:
                self._passed_over("m")
            elif isinstance(one, str):
                voice = self._voices.narrator if one == "i" else self._meant.get(_SEX[one])
                if voice is not None:
                    self._acts(voice)
            else:
                self._named(one)

    def _passed_over(self, sex: str) -> None:
        """Let a pronoun mean whom it meant before a sentence in which somebody else does something to them."""
        known = self._before.get(sex)
        if known is not None and self._meant.get(sex) in self.acting[-_NEAR:]:
            self._meant[sex] = known

    def hear(self, voices: Iterable[Voice]) -> None:
        """Take those who were just called by name for whom the next pronoun means: it is theirs to answer."""
        for voice in voices:
            if voice.gender in self._meant and self.referents.has_met(voice):
                self._heard[voice.gender] = (self._meant[voice.gender], voice)
                self._meant[voice.gender] = voice

    def _named(self, mention: Mention) -> None:
        if mention.plural:
            self.plural = mention.text
            return
        person = self._people.of(mention) if mention.article not in _NOBODY else None
        if person is None:
            self._renew(mention)
            return
        fellow = self.companion() if is_companion(mention.text) else None
        voice = fellow or self.referents.narrated(mention) or self._voices.of(person, mention.text)
        subject = _is_subject(mention)
        if subject and not self.referents.has_met(voice):
            self.entered.add(voice)
        self.referents.meets(voice, mention)
        self.note(voice)
        main = self._main
        if subject:
            self._acts(voice)
        for sex in (voice.gender,) if voice.gender else ("m", "f"):
            known = self._meant.get(sex)
            introduced = known is not None and known.passing and voice.gender == sex and mention.before in _INTRODUCED
            anew = introduced or (voice.gender == sex and sex in self._stale)
            if known is None or anew or (subject and self._leads(voice, known, main, sex)):
                self._meant[sex] = voice
                self._stale.discard(sex)

    def _renew(self, mention: Mention) -> None:
        """Let a noun that is nobody else in the story be whom a pronoun means, in a paragraph of another time."""
        if mention.role and mention.article and not mention.owned and mention.gender in self._stale:
            self._stale.discard(mention.gender)
            self._meant[mention.gender] = self._voices.named(mention.text)

    def _acts(self, voice: Voice) -> None:
        self.gone.discard(voice)
        if self._main is None:
            self._main = voice
        elif self._main is not voice:
            self.aside.add(voice)
        self.acting.append(voice)
        if len(self.acting) > 2 * _ACTS:
            del self.acting[:-_ACTS]
        if self._main is voice:
            self.aside.discard(voice)

    def _leads(self, voice: Voice, known: Voice, main: Voice | None, sex: str) -> bool:
        """Whether a subject is from now on whom a pronoun means, rather than who was meant."""
        if voice.mute and not known.mute:
            return False
        near = known in self.recent[-_NEAR:] and known not in self.past
        if not voice.gender and known.gender == sex and near and voice not in self.entered:
            return False
        # `She smiled as the Empress came in`: who acts in a clause beside does not take over from the sentence's own
        return main is None or main is voice or known is not main

    def companion(self) -> Voice | None:
        """Whom a narrator calls `my friend`: whoever has a name and speaks, else who was named last."""
        named = [voice for voice in self.recent if voice.person is not None and not voice.person.role]
        speaking = [voice for voice in named if voice.tags]
        return (speaking or named)[-1] if named else None

    def speaks(self, voice: Voice, who: str) -> None:
        """Follow a tag that says who speaks, in words which are none of the story's people's."""
        self.referents.hears(voice, who)
        if voice.person is None and voice is not self._voices.narrator:
            self.note(voice)
            for sex in (voice.gender,) if voice.gender else ("m", "f"):
                if sex in _SEX.values():
                    self._meant[sex] = voice

    def note(self, voice: Voice) -> None:
        """Remember that somebody was named."""
        self.past.discard(voice)
        if voice in self.recent:
            self.recent.remove(voice)
        self.recent.append(voice)
        del self.recent[:-_MEMORY]
