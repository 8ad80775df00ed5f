"""Who speaks a quoted line of prose, as far as the prose says so."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence

from film.script.evidence import acts
from film.script.naming import Mention
from film.script.people import gender_of
from film.script.saying import SAYING
from film.script.survey import People, Person
from film.script.tags import Tag, after_quote, before_quote

_PRONOUNS = frozenset("he she it they we i".split())
_TURNS = 6
_UNKNOWN = 2
_MEMORY = 12
_ADDRESSED = re.compile(
    r"(?:^|[,.!?;—]\s*)(?:(?i:oh|o|ah|no|yes|my|dear|my dear|old|come|well|now|look|and)[ ,]+){0,2}"
    r"(?P<who>(?:[A-Z][\w’'\-]*\.?\s){0,3}[A-Z][\w’'\-]*|[a-z]+)(?=[,.!?;:—…]|$)"
)
_LED = re.compile(r"[\s,;]*(?:[A-Z][^.!?;]{0,60}?,? )?\b([Hh]e|[Ss]he)\b")
_I_AM = re.compile(r"(?:I am|I[’']m|My name is) ((?:the )?(?:[A-Z][\w’'\-]*\.?\s?)+)(?=[,.!?;]|$)")
_NARRATED_GAP = 2
"""After so many paragraphs without speech a conversation is over."""


class Attributor:
    """Remembers who spoke and who was spoken of, so that alternating lines and pronouns find their speaker."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._turns: deque[str] = deque(maxlen=_TURNS)
        self._recent: deque[Person] = deque(maxlen=_MEMORY)
        self._acting: deque[Person] = deque(maxlen=_MEMORY)
        self._words: dict[int, str] = {}
        self._speaker: str | None = None
        self._guess: str | None = None
        self._here: list[Person] = []
        self._plural = ""
        self._pending: str | None = None
        self._quiet = 0
        self._continues = False
        self._addressed: set[int] = set()
        self._subject: Person | None = None
        self._focus: dict[str, Person] = {}

    def begin(self, continues: bool = False) -> None:
        """Enter a paragraph: another one may speak in it.

        Args:
            continues: Whether the speech of the paragraph before was left open and goes on here.
        """
        self._quiet = 0 if self._speaker is not None else self._quiet + 1
        if self._speaker is not None:
            self._turns.append(self._speaker)
        self._continues = continues and self._speaker is not None
        if not self._continues:
            self._speaker = None
        self._subject = self._here[-1] if self._here and self._quiet else None
        self._turn_away()
        self._here = []
        if self._quiet >= _NARRATED_GAP:
            self._addressed = set()
            self._turns.clear()

    def rest(self) -> None:
        """A break in the story: nobody's turn is left over."""
        self._turns.clear()
        self._speaker = self._pending = None
        self._addressed = set()

    def narrated(self, mentions: Sequence[Mention], text: str, ends: bool = False) -> None:
        """Note whom a piece of narration names.

        Args:
            mentions: What `scan` finds in it.
            text: The piece.
            ends: Whether it ends its paragraph: `She turned and said:` tells who speaks in the next.
        """
        for mention in mentions:
            if mention.plural:
                self._plural = mention.text
            person = self._people.of(mention)
            if person is None:
                continue
            if mention.plural:
                continue
            self._note(person, mention.text)
            if (acts(mention) or not self._here) and not mention.owned:
                self._here.append(person)
                self._focus_on(person)
        self._followed(mentions, text)
        if ends and text.rstrip().endswith((":", ",")):
            tag = before_quote(text)
            self._pending = self._resolve(tag) if tag and self._is_somebody(tag) else None
        elif ends and text:
            self._pending = None

    def _turn_away(self) -> None:
        """Forget whose turn it was where a paragraph of narration tells of somebody who has not been speaking."""
        if not self._quiet or not self._here:
            return
        speaking = [self._person(words) for words in list(self._turns)[-2:]]
        if any(person not in speaking for person in self._here):
            self._turns.clear()

    def _focus_on(self, person: Person) -> None:
        if person in self._acting:
            self._acting.remove(person)
        self._acting.append(person)
        for sex in (person.gender,) if person.gender else ("m", "f"):
            self._focus[sex] = person

    def _followed(self, mentions: Sequence[Mention], text: str) -> None:
        """Keep with whom a narration goes on to tell of: `All day he flew`."""
        first = _LED.match(text[: mentions[0].start] if mentions else text[:120])
        person = self._focus.get("m" if first[1].lower() == "he" else "f") if first else None
        if person is not None:
            self._here.insert(0, person)

    def speaker(self, before: str, after: str, spoken: str = "") -> str | None:
        """Name whoever speaks the next quotation of the paragraph.

        Args:
            before: The narration between the paragraph's start, or its last quotation, and this one.
            after: The narration from it to the next quotation, or to the paragraph's end.
            spoken: What is said: whoever is called by name in it does not speak.

        Returns:
            The speaker in the words of the prose, or None where nothing tells.
        """
        addressed = self._called(spoken)
        self._speaker = self._find(before, after, addressed, spoken)
        self._pending = None
        for person in addressed:
            self._note(person, person.name)
        self._addressed = {id(person) for person in addressed} or self._addressed
        return self._speaker

    def _find(self, before: str, after: str, addressed: list[Person], spoken: str) -> str | None:
        behind = after_quote(after)
        ahead = before_quote(before) if before.strip() else None
        if self._continues and not (behind and behind.explicit):
            self._continues = False
            return self._speaker
        for tag in (behind, ahead):
            if tag is not None and tag.explicit and (tag is behind or _leads(before)):
                found = self._resolve(tag, addressed)
                if found is not None:
                    return found
        if self._speaker is not None:
            return self._speaker
        if self._pending is not None and not before.strip():
            return self._pending
        for tag in (ahead, behind):
            if tag is not None and self._is_somebody(tag):
                found = self._resolve(tag, addressed)
                if found is not None:
                    return found
        introduced = _I_AM.match(spoken)
        if introduced and self._people.named(introduced[1]) is not None:
            return introduced[1].rstrip(" .")
        return self._other(addressed)

    def _is_somebody(self, tag: Tag) -> bool:
        return tag.explicit or tag.who.lower() in _PRONOUNS or self._people.named(tag.who) is not None

    def _called(self, spoken: str) -> list[Person]:
        """Whom a speech addresses by name at its head or end."""
        found: list[Person] = []
        for part in (spoken[:80], spoken[-60:] if len(spoken) > 80 else ""):
            for match in _ADDRESSED.finditer(part):
                person = self._people.named(match["who"])
                if person is not None and person not in found:
                    found.append(person)
        return found[:2]

    def _note(self, person: Person, words: str) -> None:
        if person in self._recent:
            self._recent.remove(person)
        self._recent.append(person)
        self._words[id(person)] = words

    def _resolve(self, tag: Tag, addressed: Sequence[Person] = ()) -> str | None:
        word = tag.who.lower()
        if word not in _PRONOUNS:
            person = self._people.named(tag.who)
            if person is not None:
                self._note(person, tag.who)
                self._focus_on(person)
            return tag.who
        if word in {"i", "we"}:
            return "I"
        if self._speaker is not None:
            return self._speaker
        if word == "they":
            return self._plural or self._other(addressed)
        wanted = {"he": "m", "she": "f"}.get(word, "")
        return self._meant(wanted, addressed)

    def _meant(self, wanted: str, addressed: Sequence[Person]) -> str | None:
        """Whom `he` or `she` means: who acts in this paragraph, whose turn it is, who was named last."""
        partner = self._partner(addressed)
        turn = self._person(partner)
        last = self._turns[-1] if self._turns else None
        rest = [person for person in reversed(self._recent) if person not in addressed]
        spoke = self._person(last)
        order: list[Person | None] = [one for one in reversed(self._here) if one not in addressed]
        order += [self._subject, turn, spoke if partner is None else None]
        order += [one for one in rest if one is not spoke] + rest + list(addressed)
        fitting = _fitting(list(dict.fromkeys(one for one in order if one is not None)), wanted)
        if not fitting and partner is not None and turn is None and gender_of(partner) in {"", wanted}:
            return partner
        if not fitting:
            return None
        if wanted and not fitting[0].gender:
            fitting[0].gender = wanted
        return self._text(fitting[0])

    def _text(self, person: Person) -> str:
        return self._words.get(id(person), person.name)

    def _person(self, words: str | None) -> Person | None:
        return self._people.named(words) if words is not None and words != "I" else None

    def _partner(self, addressed: Sequence[Person]) -> str | None:
        """The other one of a conversation: who spoke last before the last one."""
        last = self._turns[-1] if self._turns else None
        avoided = {id(person) for person in addressed}
        known = self._person(last)
        for words in reversed(self._turns):
            person = self._person(words)
            same = words == last or (person is not None and person is known)
            if not same and id(person) not in avoided:
                return words
        return None

    def _other(self, addressed: Sequence[Person]) -> str | None:
        last = self._turns[-1] if self._turns else None
        known = self._person(last)
        told = [*self._here, self._subject] if self._subject is not None else self._here
        others = [one for one in told if one is not known and one not in addressed]
        if others:
            return self._text(others[0])
        partner = self._partner(addressed)
        if partner is not None:
            return partner
        likely = dict.fromkeys([*reversed(self._acting), *reversed(self._recent)])
        rest = [one for one in likely if one is not known and one not in addressed]
        called = [one for one in rest if id(one) in self._addressed]
        for person in [*called, *rest]:
            return self._text(person)
        return last


def _fitting(order: Sequence[Person], wanted: str) -> list[Person]:
    """Those a pronoun may mean, the likeliest first: one of known sex goes before two of whom nothing is known."""
    ranked = [
        (rank + (0 if wanted and person.gender == wanted else _UNKNOWN), rank)
        for rank, person in enumerate(order)
        if person.gender in {"", wanted}
    ]
    return [order[rank] for _, rank in sorted(ranked)]


def _leads(before: str) -> bool:
    return before.rstrip().endswith((",", ":", "—", "–", "-", "…", "."))


def attributes(after: str) -> bool:
    """Whether what follows a quotation says who speaks it."""
    tag = after_quote(after)
    return tag is not None and tag.explicit


__all__ = ["SAYING", "Attributor", "attributes"]
