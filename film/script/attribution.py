"""Who speaks the quoted lines of prose: gathers what the prose says of each, then decides over whole conversations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from film.script.focus import Focus, is_companion
from film.script.hearing import listen
from film.script.leads import LAPSE, SENTENCE, is_tag, leads_to_letter, revealed, told_apart
from film.script.leads import leads as leads_on
from film.script.naming import Mention
from film.script.people import gender_of
from film.script.phrases import PRONOUNS
from film.script.survey import People
from film.script.tags import Tag, after_quote, before_quote, is_answer
from film.script.turns import ACTS, CALLED, Turn, decide
from film.script.voices import Voice, Voices, known_as

_SEX = {"he": "m", "she": "f"}
_OTHERS = re.compile(r"(?:the|that) (?:other|latter|former)(?: (?:one|man|woman|boy|girl))?", re.IGNORECASE)
_TO = re.compile(r"\b(?:to|at|with|towards?|upon|after|regarding|facing|watching|eyeing)(?: \w+)?\s$")
_ACTION = 30
"""So many characters of narration behind a speech are more than a tag."""
_NEAR = 80
"""So far before a name its preposition stands at most, in characters."""
_SOMEBODY = frozenset("somebody someone anybody nobody".split())
_NAMED_ALONE = -1.5
"""Against who is named by a whole speech, and acts beside it: they may say who they are."""
_GONE = -4.0
_PRESENT = 0.3
"""How much of what tells for somebody's turn tells for whom a phrase means."""
_ENTERS = 1.5
_SPOKEN_OF = -1.0
_ACTED_LAST, _ACTED = 3.0, 2.0
_TOLD_SAID = 2.0
_TOLD_LAST, _TOLD = 1.4, 0.8
_BESIDE = 0.5
"""How much of that counts for who acts in a clause beside."""
_FOCUS = 1.6
_NAMED, _FADES, _PAST = 1.0, 0.2, 0.7


class Attributor:
    """Follows a story paragraph by paragraph, and tells in the end who speaks each of its quotations."""

    def __init__(self, people: People, tags: Sequence[str] = ()) -> None:
        """Begin a story.

        Args:
            people: Its people.
            tags: Phrases that a verb of speaking names anywhere in it.
        """
        self._people = people
        self._voices = Voices(people)
        self._focus = Focus(people, self._voices)
        self._turns: list[Turn] = []
        self._of: list[int] = []
        self._turn: Turn | None = None
        self._continues = False
        self._pending: Tag | None = None
        self._letter = False
        self._gap = 0
        self._fresh = True
        self._spoke = False
        for phrase, count in Counter(tags).items():
            voice = self._voices.narrator if phrase.lower() in {"i", "we"} else self._voices.known(phrase)
            if voice is not None:
                voice.tags += count

    def begin(self, continues: bool = False) -> None:
        """Enter a paragraph: another one may speak in it.

        Args:
            continues: Whether the speech of the paragraph before was left open and goes on here.
        """
        self._gap = 0 if self._spoke else self._gap + 1
        self._continues = continues and self._turn is not None
        if not self._continues:
            self._turn = None
        called = self._turns[-1].addressed if self._spoke and self._turns else ()
        self._spoke = False
        self._focus.begin()
        self._focus.hear(called)

    def rest(self) -> None:
        """A break in the story: nobody's turn is left over."""
        self._fresh, self._turn, self._pending, self._spoke = True, None, None, False
        self._focus.rest()

    def narrated(self, mentions: Sequence[Mention], text: str, ends: bool = False) -> None:
        """Follow a piece of narration.

        Args:
            mentions: What `scan` finds in it.
            text: The piece.
            ends: Whether it ends its paragraph: `She turned and said:` tells who speaks in the next.
        """
        if not self._spoke and not self._continues and LAPSE.match(text.lstrip()):
            self._fresh, self._turn = True, None
            self._focus.lapse()
        self._focus.read(mentions, text)
        if ends and text.strip() and not (self._spoke and is_tag(text)):
            self._letter = leads_to_letter(text)
            tag = before_quote(text)
            leads = text.rstrip().endswith((":", ","))
            said = tag is not None and (tag.explicit or (leads and self._is_somebody(tag)))
            self._pending = tag if said and tag is not None else None
            if self._pending is not None and not leads:
                self._pending = Tag(self._pending.who, self._pending.end, explicit=False)

    def spoke(self, before: str, after: str, spoken: str, beside: Sequence[Mention] = ()) -> None:
        """Note the next quotation.

        Args:
            before: The narration between the paragraph's start, or its last quotation, and this one.
            after: The narration from it to the next quotation, or to the paragraph's end.
            spoken: What is said: whoever is called by name in it does not speak.
            beside: What `scan` finds in `after`.
        """
        self._spoke = True
        behind = after_quote(after)
        ahead = before_quote(before) if before.strip() else None
        if ahead is not None and ahead.explicit and not leads_on(before):
            ahead = Tag(ahead.who, ahead.end, explicit=False)
        tag = next((one for one in (behind, ahead) if one is not None and one.explicit), None)
        tag = told_apart(revealed(tag, after), after) if tag is not None and tag is behind else tag
        if self._turn is None or self._changes(tag, before):
            self._turn = self._begun(before, ahead)
        turn = self._turn
        self._of.append(len(self._turns) - 1)
        continued, self._continues = self._continues, False
        self._tagged(turn, tag)
        turn.other = turn.other or is_answer(after)
        if behind is not None and behind.explicit:
            self._turned_to(turn, behind, after, beside)
        turn.acted = len(after) > _ACTION and (behind is None or SENTENCE.search(after, behind.end) is not None)
        if behind is not None and not behind.explicit and tag is None:
            self._beat(turn, behind)
        if not continued:
            self._heard(turn, spoken)

    def speakers(self) -> list[str | None]:
        """Who speaks each quotation noted, in the words of the prose; None where nothing tells."""
        chosen = decide(self._turns)
        found: list[str | None] = []
        for number in self._of:
            voice = chosen[number]
            found.append(None if voice is None else self._turns[number].words.get(voice, voice.words))
        return found

    def _is_somebody(self, tag: Tag) -> bool:
        return tag.explicit or tag.who.lower() in PRONOUNS or self._people.named(tag.who) is not None

    def _changes(self, tag: Tag | None, before: str) -> bool:
        """Whether somebody else than before speaks in the same paragraph."""
        turn = self._turn
        if self._continues or turn is None:
            return False
        if not any(letter.isalnum() for letter in before) and tag is None:
            return True
        if tag is None:
            return False
        sex = _SEX.get(tag.who.lower(), "")
        if turn.voice is not None:
            if sex:
                return turn.voice.gender not in {"", sex}
            meant = self._focus.referents.meant(tag.who)
            if meant is not None:
                return turn.voice not in meant
            return tag.who.lower() not in PRONOUNS and self._voice(tag.who) is not turn.voice
        if sex:
            return turn.wanted not in {"", sex}
        if turn.only is not None:
            return self._voice(tag.who) not in turn.only
        voice = self._voice(tag.who)
        return bool(turn.wanted) and voice is not None and voice.gender not in {"", turn.wanted}

    def _voice(self, who: str) -> Voice | None:
        if who.lower() in {"i", "we"}:
            return self._voices.narrator
        return (self._focus.companion() if is_companion(who) else None) or self._voices.named(who)

    def _begun(self, before: str, ahead: Tag | None) -> Turn:
        """Begin a turn with what the narration before it tells."""
        turn = Turn(gap=self._gap, fresh=self._fresh)
        self._fresh, self._gap = False, 0
        self._turns.append(turn)
        for voice, weight in self._told(bool(before.strip())):
            turn.support[voice] = max(turn.support.get(voice, 0.0), weight)
        for voice in self._focus.entered:
            turn.support[voice] = turn.support.get(voice, 0.0) + _ENTERS
        for voice in self._focus.gone.intersection(self._focus.recent):
            turn.against[voice] = _GONE
        turn.led = len(before) > _ACTION and SENTENCE.search(before) is not None
        for rank, voice in enumerate(reversed(self._focus.recent)):
            named = max(0.0, _NAMED - _FADES * rank) * (_PAST if voice in self._focus.past else 1.0)
            turn.support[voice] = turn.support.get(voice, 0.0) + named
        narrator = self._voices.narrator
        if narrator.tags and narrator not in turn.support:
            turn.support[narrator] = 0.0
        turn.words = {voice: voice.words for voice in turn.support}
        if self._letter and not before.strip():
            turn.silent = True
        self._letter = False
        if self._pending is not None and not before.strip():
            if self._pending.explicit:
                self._tagged(turn, self._pending)
            else:
                self._beat(turn, self._pending, _TOLD_SAID)
        self._pending = None
        if ahead is not None and not ahead.explicit and before.strip():
            self._beat(turn, ahead)
        return turn

    def _told(self, here: bool) -> Iterator[tuple[Voice, float]]:
        """Who acts in the narration before a speech, and how much that tells."""
        acting = self._focus.acting if here else self._focus.before
        told = self._turns[-1].gap or (len(self._turns) > 1 and self._turns[-2].acted)
        last, earlier = (_ACTED_LAST, _ACTED) if here else (_TOLD_LAST, _TOLD) if told else (0.4, 0.2)
        for number, voice in enumerate(acting):
            beside = _BESIDE if voice in self._focus.aside else 1.0
            yield voice, beside * (last if number == len(acting) - 1 else earlier)

    def _tagged(self, turn: Turn, tag: Tag | None) -> None:
        """Add what a tag says."""
        if tag is None or turn.voice is not None:
            return
        word = tag.who.lower()
        if word in _SEX:
            turn.wanted = _SEX[word]
            meant = self._focus.meant(turn.wanted)
            if meant is not None:
                turn.support[meant] = turn.support.get(meant, 0.0) + _FOCUS
                meant.tags += meant.gender == turn.wanted and not meant.passing
                turn.words.setdefault(meant, meant.words)
        elif _OTHERS.fullmatch(word):
            turn.other = True
            turn.wanted = turn.wanted or gender_of(word)
        elif word in {"they", "it"}:
            if word == "they":
                turn.stranger = not self._focus.plural
                turn.voice = self._voices.named(self._focus.plural) if self._focus.plural else None
        else:
            self._named(turn, tag.who)

    def _named(self, turn: Turn, who: str) -> None:
        """Add whom a tag names, or may mean."""
        word = who.lower()
        if word in _SOMEBODY:
            turn.stranger = True
            return
        turn.only = None if is_companion(word) else self._focus.referents.meant(who)
        if turn.only is not None:
            own = turn.own = self._voices.named(who)
            for voice in turn.only:
                turn.only[voice] += _PRESENT * turn.support.get(voice, 0.0)
                turn.words[voice] = voice.name
            if not (own.person and self._people.is_meaning(who)):
                turn.words[own] = who
            elif own.person.role:
                turn.words[own] = known_as(own.person)
            return
        if self._focus.referents.is_another(who):
            turn.stranger = True
            return
        turn.voice = self._voice(who)
        if turn.voice is not None and word not in PRONOUNS and not is_companion(word):
            person = turn.voice.person
            turn.words[turn.voice] = known_as(person) if person and self._people.is_meaning(who) else who
            self._focus.speaks(turn.voice, who)

    def _turned_to(self, turn: Turn, tag: Tag, after: str, beside: Sequence[Mention]) -> None:
        """Add who is named behind a tag: `he said, turning to the visitor`."""
        stop = SENTENCE.search(after, tag.end)
        for mention in beside:
            if tag.end <= mention.start < (stop.start() if stop else len(after)) and not mention.owned:
                person = self._people.of(mention)
                if person is not None and _TO.search(after, max(0, mention.start - _NEAR), mention.start):
                    turn.against[self._voices.of(person)] = CALLED

    def _beat(self, turn: Turn, tag: Tag, weight: float = ACTS) -> None:
        """Add what somebody does beside a speech: `Emil nodded`."""
        word = tag.who.lower()
        if _OTHERS.fullmatch(word):
            turn.other = True
            return
        fitting = self._focus.referents.meant(tag.who)
        if fitting is not None:
            for voice, fit in fitting.items():
                turn.support[voice] = turn.support.get(voice, 0.0) + weight + fit
                turn.words.setdefault(voice, voice.name)
            return
        if word in _SEX:
            if not turn.wanted and weight == ACTS:
                turn.wanted = _SEX[word]
            meant = self._focus.meant(_SEX[word])
        else:
            meant = self._voices.narrator if word == "i" else self._voices.known(tag.who)
        if meant is not None:
            turn.support[meant] = turn.support.get(meant, 0.0) + weight
            turn.words.setdefault(meant, meant.words)

    def _teller(self, voice: Voice) -> Voice:
        """Whom a name means of whom narration has not told: whoever tells the story, if that one speaks in it."""
        named = voice.person is not None and not voice.person.role and not voice.tags
        return self._voices.narrator if named and self._voices.narrator.tags else voice

    def _heard(self, turn: Turn, spoken: str) -> None:
        """Add what a speech itself tells."""
        heard = listen(spoken, self._voices)
        narrator = self._voices.narrator
        called = [voice if self._focus.referents.has_met(voice) else self._teller(voice) for voice in heard.called]
        if not called and heard.other and narrator.tags:
            called = [narrator]
        for voice in called:
            shown = len(spoken.split()) == 1 and turn.support.get(voice, 0.0) >= ACTS
            turn.against[voice] = _NAMED_ALONE if shown else CALLED
            turn.support.setdefault(voice, 0.0)
            turn.words.setdefault(voice, voice.words)
            if voice.person is not None:
                self._focus.note(voice)
        turn.addressed |= frozenset(called)
        turn.asks = spoken.rstrip().endswith("?")
        if heard.speaker is not None:
            turn.support[heard.speaker] = turn.support.get(heard.speaker, 0.0) + ACTS
            turn.words[heard.speaker] = heard.name
        for voice in heard.spoken_of:
            turn.against.setdefault(voice, _SPOKEN_OF)
