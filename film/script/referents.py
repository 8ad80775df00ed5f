"""Whom a phrase without a name means where it is written: `said the old man`, with two men in the room."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from film.script.kinship import Kinship
from film.script.naming import Mention
from film.script.people import CREATURES, KIN, ROLES, TITLES
from film.script.references import ELDERS, SPOUSES, YOUNGER, Reference, refers
from film.script.survey import People
from film.script.voices import MANY, Voice, Voices

_GROWN = frozenset("mister mrs sir lord lady madam doctor captain colonel major general judge".split())
_NO_WIFE = frozenset(["miss", "master"])
_ALIKE = {
    noun: frozenset(titles.split()) | frozenset(nouns.split())
    for nouns, titles in (
        (
            "soldier officer warrior veteran",
            "sergeant-major sergeant captain major colonel general lieutenant corporal private",
        ),
        ("sailor seaman skipper mariner officer", "captain bosun boatswain admiral commander mate"),
        (
            "policeman detective officer cop constable inspector",
            "inspector sergeant constable detective officer sheriff",
        ),
        ("priest clergyman parson vicar monk friar", "father reverend bishop abbot friar brother pope"),
        ("physician surgeon doctor", "doctor professor"),
        ("scholar teacher scientist", "professor doctor"),
        ("nobleman squire", "sir lord count baron duke squire"),
        ("nun", "sister mother"),
    )
    for noun in nouns.split()
}
"""Nouns for what somebody is, each with the titles that those who are it have."""
_SERVANTS = frozenset(
    "butler maid servant footman valet waiter waitress attendant porter coachman driver cook nurse parlourmaid "
    "housekeeper steward stewardess cabman cabby messenger clerk barman barmaid conductor guard".split()
)
"""Those who come in, say a word and go: their noun is nobody else's."""
_GUESTS = frozenset("visitor caller guest newcomer new-comer arrival stranger client".split())
"""Nouns for who came last."""
_PRESENT = 12
"""Among so many who were told of last is whoever a phrase means."""
_KNOWN = 3.0
"""For whom the story has called so."""
_FITS, _MAY = 1.0, 0.3
_ALIKE_FITS = 2.0
"""For who has no name but another noun for the same: `the cop`, of `a policeman`."""
_UNLIKELY, _CLASHES = -1.5, -4.0
_OWN_KIN, _OWN = -0.4, -1.0
"""For somebody whom the story knows by nothing else than the phrase."""


class Referents:
    """Knows who of a story may be meant by which phrase."""

    def __init__(self, people: People, voices: Voices) -> None:
        self._people = people
        self._voices = voices
        self._kin = people.kinship
        self._seen: dict[Voice, None] = {}
        self._settled: set[Voice] = set()
        self._asked: set[Voice] = set()
        self._last_met: Voice | None = None
        self._brought: set[Voice] = set()
        """Those whom `a` brought in: `a stout widow` may be `the woman` from then on."""

    @property
    def kinship(self) -> Kinship:
        """Whose kin they are."""
        return self._kin

    def meets(self, voice: Voice, mention: Mention | None = None) -> None:
        """Notice that the story tells of somebody.

        Args:
            voice: They.
            mention: How narration names them, where it does.
        """
        if voice not in self._seen and voice not in self._asked and mention is not None and mention.role:
            told = refers(mention.text)
            if told is not None and told.fresh:
                self._brought.add(voice)
            if mention.core[-1] not in KIN or (told is not None and told.fresh):
                if told is None or told.fresh or not self._anybody(told):
                    self._settled.add(voice)
        if voice not in self._seen and voice.person is not None and (not voice.person.role or voice in self._brought):
            self._last_met = voice
        self._seen.pop(voice, None)
        self._seen[voice] = None

    def hears(self, voice: Voice, phrase: str) -> None:
        """Notice that a tag names somebody.

        Args:
            voice: They.
            phrase: How the tag calls them: whom `a man` brings in is `the man` from then on.
        """
        told = refers(phrase)
        if told is not None and told.fresh and voice not in self._seen:
            self._brought.add(voice)
            self._settled.add(voice)
        self.meets(voice)

    def has_met(self, voice: Voice) -> bool:
        """Whether the story has told of somebody already."""
        return voice in self._seen

    def narrated(self, mention: Mention) -> Voice | None:
        """Who alone is meant by a noun in narration, of those who have a name or were brought in by another."""
        if not mention.role or mention.article in {"a", "an"}:
            return None
        found = self._meant(mention.text)
        if found is None:
            return None
        ranked = sorted(found, key=lambda voice: -found[voice])
        best = ranked[0]
        sure = found[best] >= _FITS and (len(ranked) == 1 or found[ranked[1]] < found[best])
        return best if sure and best is not self._voices.named(mention.text) else None

    def _anybody(self, told: Reference) -> bool:
        """Whether narration may mean somebody by a noun who was there before."""
        fitting = self._fitting(told, narrated=told.described)
        return bool(fitting) if told.described else any(fit >= _FITS for fit in fitting.values())

    def is_another(self, phrase: str) -> bool:
        """Whether a phrase brings in somebody who has no other name than one who was there before: `a man`."""
        told = refers(phrase)
        if told is None or not told.fresh:
            return False
        voice = self._voices.known(phrase)
        return voice is not None and voice in self._settled and voice not in self._brought

    def meant(self, phrase: str) -> dict[Voice, float] | None:
        """Find who may be meant by the phrase of a tag.

        Args:
            phrase: Such as `the old man`.

        Returns:
            Each with how well the phrase fits; None where it is a name, or means one alone.
        """
        found = self._meant(phrase)
        if found is not None:
            self._asked.add(self._voices.named(phrase))
        return found

    def _meant(self, phrase: str) -> dict[Voice, float] | None:
        told = refers(phrase)
        if told is None or told.fresh or told.owner == "my":
            return None
        if not told.kin and not told.described and (told.head not in ROLES or told.head in _SERVANTS):
            return None
        own = self._voices.named(phrase)
        if own.gender == MANY or (own.person is not None and not own.person.role):
            return None
        if own in self._settled or (own.person is not None and own.person.key[1][-1] in CREATURES):
            return None
        found = self._fitting(told)
        if not found:
            return None
        found[own] = _OWN_KIN if told.kin else _OWN
        return found

    def _fitting(self, told: Reference, narrated: bool = False) -> dict[Voice, float]:
        """Who of those present a phrase fits; narration calls those who have no name by their one noun."""
        found: dict[Voice, float] = {}
        for voice in self._present(told):
            unnamed = voice.person is not None and voice.person.role
            fit = self._fit(told, voice) if not (narrated and unnamed and not told.young) else None
            if fit is not None:
                found[voice] = fit
        return found

    def _present(self, told: Reference) -> Iterable[Voice]:
        present = list(islice(reversed(self._seen), _PRESENT))[::-1]
        if told.head in SPOUSES:
            for voice in list(present):
                spouse = self._kin.spouse(voice.person)
                if spouse is not None:
                    present.append(self._voices.of(spouse))
        return dict.fromkeys(present)

    def _fit(self, told: Reference, voice: Voice) -> float | None:
        person = voice.person
        if voice.gender == MANY or (told.gender and voice.gender and told.gender != voice.gender) or voice.mute:
            return None
        if voice is self._voices.narrator or (person is None and told.kin):
            return None
        if person is not None and person.role and not told.kin and person.key[1][0] in _ALIKE.get(told.head, ()):
            return _ALIKE_FITS
        if person is not None and person.role and not self._may_be(told, voice):
            return None
        if told.owner and person is not None and not person.role and told.owner.split()[-1].lower() in person.key[1]:
            return None
        words = self._kin.words(person)
        title = person.key[0] if person is not None else ""
        if told.head in words:
            return _KNOWN
        if told.kin:
            return self._kin_fit(told, title, words)
        grown = title in _GROWN or bool(words & ELDERS)
        if told.old:
            return _CLASHES if words & YOUNGER else _FITS if grown else 0.0
        if told.young:
            return None if title in _GROWN else _CLASHES if grown else _FITS if words & YOUNGER else 0.0
        if told.head in _GUESTS:
            return _FITS if voice is self._last_met else 0.0
        if told.described:
            return 0.0
        if title in TITLES and not TITLES[title] and title not in _ALIKE.get(told.head, ()):
            return None
        return _FITS if title in _ALIKE.get(told.head, ()) else _UNLIKELY if words & YOUNGER else -_MAY

    def _kin_fit(self, told: Reference, title: str, words: set[str]) -> float | None:
        if told.head in ELDERS:
            if title in _NO_WIFE or words & YOUNGER:
                return _CLASHES
            return _FITS if words & ELDERS else _MAY if title in _GROWN else _UNLIKELY
        if told.head in YOUNGER:
            if title in _GROWN or words & ELDERS:
                return _CLASHES
            return _FITS if words & YOUNGER else _MAY
        return None

    def _may_be(self, told: Reference, voice: Voice) -> bool:
        """Whether somebody who has no name may be called so."""
        other = refers(voice.words) or (refers(f"the {voice.person.name}") if voice.person is not None else None)
        if other is None:
            return False
        if told.kin or other.kin:
            return (told.young and other.young) or (told.head in YOUNGER and other.young)
        if (told.old and other.young) or (told.young and other.old):
            return False
        return told.described and voice in self._brought
