"""Divides scenes into moments: what each action, line, note and title gives the shots to show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from film.direction.camera import camera_in, is_camera_line
from film.direction.cast import NARRATOR, Cast
from film.direction.company import together
from film.direction.doers import joining
from film.direction.figures import literal
from film.direction.focus import shift_in
from film.direction.insets import divided, noted
from film.direction.leaving import leaving
from film.direction.moments import Line, Moment, props_in, told_with
from film.direction.narration import subtitles
from film.direction.notes import note_in
from film.direction.orders import Orders
from film.direction.pieces import goes_on, is_bare, is_told_with, manner_end, pieces, spaced, tag_end, trimmed_span
from film.direction.pronouns import Remembered
from film.direction.scenes import SceneDraft, is_fade
from film.direction.timing import (
    action_seconds,
    is_silence,
    pause_seconds,
    silence_seconds,
    speech_seconds,
    split_speech,
)
from film.direction.titles import centred_title, cuts_in, is_for_readers, is_marker, parts_company, titles_in
from film.direction.words import Range, tokens, trim
from film.script.sameness import follows
from schemas.enums import ElementKind, ScriptFormat, ShotSize
from schemas.script import Element, Span

_OVER_PLACE_S = 3.0
"""How long a place is shown for words over it that nothing else follows, in seconds."""
_LEADS_IN = re.compile(r"\b(?:IN|UP|FROM)\b")
"""What a transition noted after a shot says that is not about its end: any other joins it to the next."""
_UNSEEN = re.compile(
    r"\(\s*(?:V\.?\s*O|O\.?\s*S|O\.?\s*C|on |over |from |through |via |filtered|pre-?\s?lap|recorded|"
    r"voice-?\s?mail|(?:phone|radio|tv|intercom|speaker|comms?)\b)|VOICE\b|\b(?:V\.O|O\.S)\.",
    re.IGNORECASE,
)
"""What in a cue says that the speaker is not in the picture."""
_HEARD_ONLY = re.compile(
    r"\(\s*(?:filtered|from\s|through\s+(?:the\s+)?(?:phone|door|wall|radio|intercom|speaker)|on\s+speaker|"
    r"V\.?\s*O\.?\s*\)|O\.?\s*S\.?\s*\)|off[- ](?:screen|camera))",
    re.IGNORECASE,
)
"""What in a parenthetical says so."""
_READ = re.compile(r"(?:[:,]|\breads?|\bsays)\s*[\"“][^\"”\n]{2,300}[\"”]")
"""Words that stand on a thing: nobody whom they tell of is there."""
_VOICE_OVER = re.compile(r"\(\s*(?:pre-?\s?lap)|\(\s*V\.?\s*O|\bV\.O\.", re.IGNORECASE)
_OFF_SCREEN = re.compile(r"\(\s*O\.?\s*[SC]\b|\bO\.S\.", re.IGNORECASE)
_SHOWN = frozenset({ElementKind.ACTION, ElementKind.LYRIC})
_ONLY_A_PAUSE = re.compile(r"\W*(?:an?\s+)?(?:\w+\s+)?(?:beat|pause|silence)\W*", re.IGNORECASE)


class MomentReader:
    """Divides scenes into moments, one scene after the other: transitions reach over scene ends, and pronouns may."""

    def __init__(self, cast: Cast, kind: ScriptFormat) -> None:
        self.cast = cast
        self.narrated = kind is ScriptFormat.PROSE
        self.memory = Remembered(cast)
        self.pending: tuple[str, ...] = ()

    @property
    def left_over(self) -> tuple[str, ...]:
        """Transitions that no moment followed."""
        return self.pending

    def read(self, draft: SceneDraft) -> list[Moment]:
        """Divide a scene into moments.

        Args:
            draft: The scene.

        Returns:
            Moments in the order of the script; every line of dialogue is in exactly one of them.
        """
        cues = (self.cast.of(one.text) for one in draft.elements if one.kind is ElementKind.CHARACTER)
        self.memory.begin(who for who in cues if who)
        scene = _Scene(self)
        for element in draft.elements:
            scene.add(element)
        return scene.end()


class _Scene:
    """One scene as it is read: its moments so far, and what waits for the next one."""

    def __init__(self, film: MomentReader) -> None:
        self._film = film
        self._there: dict[str, None] = {}
        """Who has been seen in the scene and has not left."""
        self._found: list[Moment] = []
        self._speaker: str | None = None
        self._manner = ""
        self._seen = True
        self._over = self._away = False
        self._apart = any(parts_company(text) for text in film.pending)
        """Whether those who speak are at different places."""
        self._begun = False
        """Whether the speech has had a line."""
        self._step = 0
        self._last_end: int | None = None
        """Where the action or line that stands last ends, its notes included, if nothing came between."""
        self._before: Element | None = None
        """The element before the one that is read."""
        self._notes: list[str] = []
        self._titles: list[str] = []
        self._titled: Element | None = None
        self._camera_line: Element | None = None

    def add(self, element: Element) -> None:
        """Read one more element."""
        kind = element.kind
        if kind is ElementKind.NOTE:
            self._note(element)
            return
        self._read(element)
        self._before = element

    def _read(self, element: Element) -> None:
        kind = element.kind
        self._last_end = None
        if kind is ElementKind.CHARACTER:
            self._speaker, self._manner, self._begun = self._film.cast.of(element.text), "", False
            self._seen = not _is_unseen(element.text)
            self._over, self._away = (False, False) if self._seen else _heard_from(element.text)
        elif kind is ElementKind.PARENTHETICAL:
            self._manner = element.text
            if self._seen and _HEARD_ONLY.match(element.text):
                self._seen, self._over = False, True
        elif kind is ElementKind.DIALOGUE or (kind is ElementKind.LYRIC and self._speaker):
            self._speech(element)
        elif kind is ElementKind.TRANSITION or is_fade(element) or self._is_marker(element):
            self._film.pending = (*self._film.pending, element.text)
            self._speaker = None
            apart = parts_company(element.text)
            self._apart = self._apart if apart is None else apart
        elif kind is ElementKind.ACTION and not self._film.narrated and is_for_readers(element.text):
            self._speaker = None
        elif kind in _SHOWN:
            self._speaker = None
            self._action(element)
        elif kind is ElementKind.CENTERED and not self._film.narrated and (words := centred_title(element.text)):
            self._speaker = None
            self._title(words, element)
        else:
            self._speaker = None

    def end(self) -> list[Moment]:
        """The scene's moments; what still waits goes to the last one."""
        if self._camera_line is not None:
            line, self._camera_line = self._camera_line, None
            self._put(self._shown(line, (0, len(line.text))), line)
        if self._found:
            if self._titles:
                self._title_last()
            for text in self._notes:
                self._order_last(text)
        elif self._titles and self._titled is not None:
            self._put([Moment(span=self._titled.span, seconds=_OVER_PLACE_S, step=self._step)], self._titled)
        return self._found

    def _is_marker(self, element: Element) -> bool:
        return element.kind is ElementKind.ACTION and not self._film.narrated and is_marker(element.text)

    def _note(self, element: Element) -> None:
        """A note at the end of a line, or right under it, is about that line; any other about what follows."""
        if self._last_end is not None and element.span.start - self._last_end <= 1 and self._found:
            self._order_last(element.text)
            self._last_end = element.span.end
        else:
            self._notes.append(element.text)

    def _noted(self, text: str, people: tuple[str, ...]) -> Orders | None:
        return note_in(text, people, self._film.cast, self._film.memory.meant)

    def _asked(self, text: str, people: tuple[str, ...]) -> Orders | None:
        return camera_in(text, people, self._film.cast, self._film.memory.meant)

    def _order_last(self, text: str) -> None:
        moment = self._found[-1]
        orders = self._noted(text, moment.cast)
        if orders is not None and orders.transition and not _LEADS_IN.search(orders.transition):
            self._film.pending = (*self._film.pending, orders.transition)
            orders = replace(orders, transition="")
        self._found[-1] = _ordered(moment, orders)

    def _title_last(self) -> None:
        words = " / ".join([self._found[-1].title] * bool(self._found[-1].title) + self._titles)
        self._found[-1] = self._found[-1]._replace(title=words)
        self._titles = []

    def _title(self, words: str, element: Element) -> None:
        """Put words over the shot before, or over the next one where there is none yet or it is of a speech."""
        self._titles.append(words)
        self._titled = element
        if self._found and not self._found[-1].spoken:
            self._title_last()

    def _speech(self, element: Element) -> None:
        film = self._film
        who = self._speaker or (film.cast.of(element.speaker) if element.speaker else None) or NARRATOR
        seen = (self._seen or self._speaker is None) and who != NARRATOR
        if seen:
            film.memory.note([who])
        pause = pause_seconds(self._manner)
        manner = "" if self._manner and _ONLY_A_PAUSE.fullmatch(self._manner) else self._manner
        people = film.cast.seen_as(who) if seen else ()
        if film.narrated and who == NARRATOR:
            people = film.memory.present  # whichever of them speaks, both are there
        made: list[Moment] = []
        for stretch in divided(element, lambda note: self._noted(note, people) is not None):
            first = len(made)
            for begin, end in split_speech(element.text[stretch.start : stretch.end]):
                part = (stretch.start + begin, stretch.start + end)
                opens = not made and not (self._begun and self._speaker)
                line = Line(who, spaced(element.text[part[0] : part[1]]), trimmed_span(element, part), opens=opens)
                made.append(
                    Moment(
                        span=line.span,
                        lines=(line,),
                        cast=people,
                        manner=manner,
                        seconds=line.seconds,
                        pause=0.0 if made else pause,
                        dual=element.dual and opens,
                        voice_over=self._over and not seen,
                        away=self._away and not seen,
                        apart=self._apart,
                        step=self._step,
                    )
                )
            self._obey(made, -1 if stretch.behind else first, stretch.notes)
        self._begun, self._manner = True, ""
        if self._film.narrated and made and self._resumes(element, who):
            self._tell(made)
        self._put(made, element)

    def _resumes(self, element: Element, who: str) -> bool:
        """Whether a speech is the second half of one whose tag stands between, as of `"No," said Ann, "not yet"`."""
        tag, before = self._before, self._found[-1] if self._found else None
        if tag is None or before is None or not before.spoken or before.lines[0].character != who:
            return False
        told = before.span.end == tag.span.end or (not before.action and before.manner == _bare(tag.text))
        return told and follows(tag, element) and tag.text.rstrip()[-1:] in _DIVIDES

    def _obey(self, made: list[Moment], which: int, notes: Iterable[str]) -> None:
        for note in notes:
            made[which] = _ordered(made[which], self._noted(note, made[which].cast))

    def _action(self, element: Element) -> None:
        begin = 0
        if self._film.narrated:
            begin = self._without_tag(element)
        elif is_camera_line(element.text):
            if self._camera_line is not None:
                self._put(self._shown(self._camera_line, (0, len(self._camera_line.text))), self._camera_line)
            self._camera_line = element
            return
        for (start, end), words, is_title in [] if self._film.narrated else _marks(element.text):
            self._put(self._shown(element, (begin, start)), element)
            begin = max(begin, end)
            if is_title:
                self._title(words, element)
            else:
                self._film.pending = (*self._film.pending, words)
        made = self._shown(element, (begin, len(element.text)))
        if self._film.narrated and made and self._tells_of_speech(element, begin):
            self._tell(made)
        self._put(made, element)

    def _tells_of_speech(self, element: Element, begin: int) -> bool:
        """Whether narration goes on, behind a tag or with it, to what whoever spoke just before it does meanwhile."""
        before, speech = self._found[-1] if self._found else None, self._before
        if before is None or speech is None or not before.spoken or before.action:
            return False
        goes_on_so = element.text[begin : begin + 1].islower() if begin else is_told_with(element.text)
        return speech.kind is ElementKind.DIALOGUE and follows(speech, element) and goes_on_so

    def _tell(self, made: list[Moment]) -> None:
        """Put the first of some moments into the one before it, where one shot holds both."""
        both = told_with(self._found[-1], made[0])
        if both is not None:
            self._found[-1] = both
            del made[0]

    def _without_tag(self, element: Element) -> int:
        """Give `said Anna` to the speech before it, whose manner it tells; what follows it is narration."""
        if not self._found or not self._found[-1].spoken:
            return 0
        told = manner_end(element.text)
        if told:
            self._found[-1] = self._found[-1]._replace(manner=_bare(element.text[:told]))
        return tag_end(element.text)

    def _shown(self, element: Element, part: Range) -> list[Moment]:
        """The moments of an action, or of a part of one."""
        begin, stop = trim(element.text, part)
        found: list[Moment] = []
        narrated = self._film.narrated
        parts = [(start + begin, end + begin) for start, end in pieces(element.text[begin:stop], narrated)]
        inside = noted(element, parts)
        for number, (start, end) in enumerate(parts):
            text = element.text[start:end]
            words = text.strip()
            if part != (0, len(element.text)) and not narrated and not tokens(words):
                continue  # a stop that a title left behind
            span = trimmed_span(element, (start, end))
            people = self._film.memory.resolve(words if narrated else _READ.sub(" ", words))
            if not narrated:
                people = tuple(dict.fromkeys((*people, *self._film.cast.numbered_in(words))))
            if not narrated and len(self._there) > 1:
                memory = self._film.memory
                people = together(words, people, tuple(self._there), memory.recent, memory.sex, self._film.cast.by_id)
            if goes_on(words) if narrated else not people and is_bare(words):
                people = self._going_on(words, people, found, not narrated or bool(begin))
            seconds = silence_seconds(words) if is_silence(words) else action_seconds(words)
            props = props_in(words if narrated else literal(words))
            found.append(
                Moment(
                    span=span,
                    action=words,
                    lines=_told(element, (start, end)) if narrated else (),
                    cast=people,
                    props=props,
                    joined_by=joining(words, people, self._film.cast) if people and props else (),
                    seconds=max(seconds, speech_seconds(words) if narrated else 0.0),
                    orders=None if narrated else self._asked(words, people),
                    step=self._step,
                    shift=shift_in(words, people, self._film.cast),
                )
            )
            self._obey(found, -1, inside.get(number, ()))
        return found

    def _going_on(self, words: str, people: tuple[str, ...], found: Sequence[Moment], tagged: bool) -> tuple[str, ...]:
        """Who is in a part of a sentence without a subject: whoever the part before it is about, or who just spoke."""
        before = found or (self._found if tagged else [])
        who = before[-1].cast[:1] if before else ()
        told, whom, _ = before[-1].action.rpartition(", who ") if before else ("", "", "")
        if whom:  # `she met Pim, who sat in his doorway | with a cap over his eyes`
            who = tuple(self._film.cast.mentions(told)[-1:])
        if found and not who and not self._film.cast.mentions(words):
            return ()  # whoever acts has no name: `and flew over his head`
        self._film.memory.note(who)
        return tuple(dict.fromkeys((*who, *people)))

    def _put(self, made: list[Moment], element: Element) -> None:
        """Add an element's moments, and give the first what has waited for it."""
        if not made:
            return
        self._step += 1
        self._last_end = element.span.end
        for moment in made:
            self._there.update(dict.fromkeys(moment.cast))
            for who in leaving(moment.action, moment.cast, self._film.cast) if not moment.spoken else ():
                self._there.pop(who, None)
        if self._camera_line is not None:
            line, self._camera_line = self._camera_line, None
            if made[0].orders is not None and made[0].orders.aimed and not made[0].orders.noted:
                made = [*self._shown(line, (0, len(line.text))), *made]  # each is a picture of its own
            else:
                made[0] = self._under_camera_line(made[0], line)
        for text in self._notes:
            made[0] = _ordered(made[0], self._noted(text, made[0].cast))
        if self._titles:
            made[0] = made[0]._replace(title=" / ".join(self._titles))
        if self._film.pending:
            made[0] = made[0]._replace(entered_by=(*self._film.pending, *made[0].entered_by))
        self._notes, self._titles, self._film.pending = [], [], ()
        self._found += made

    def _under_camera_line(self, moment: Moment, line: Element) -> Moment:
        """A moment as a line in capitals above it asks for: `ANGLE ON BOB`."""
        people = tuple(dict.fromkeys((*self._film.cast.mentions(line.text), *moment.cast)))
        orders = self._asked(line.text, people)
        if orders is not None and orders.things and not orders.subjects and orders.size is ShotSize.MS and moment.cast:
            orders = replace(orders, subjects=None)  # `ANGLE ON THE DOOR`, and who comes through it
        return moment._replace(
            action=f"{line.text} {moment.action}".strip(),
            cast=moment.cast if moment.spoken else people,
            props=tuple(dict.fromkeys((*props_in(line.text), *moment.props))),
            orders=orders.over(moment.orders) if orders else moment.orders,
            span=Span(start=min(line.span.start, moment.span.start), end=max(line.span.end, moment.span.end)),
        )


_DIVIDES = frozenset(",;:-–—")
"""With what narration ends that stands in the midst of a sentence which somebody speaks."""


def _bare(tag: str) -> str:
    """A tag without the signs around it."""
    return tag.strip(" ,.;:—–-")


def _marks(text: str) -> list[tuple[Range, str, bool]]:
    """What in an action is no action, in order: words over the picture (True), and transitions."""
    titles = titles_in(text)
    cuts = [
        cut for cut in cuts_in(text) if not any(start < cut[0][1] and cut[0][0] < end for (start, end), _ in titles)
    ]
    return sorted([*((*title, True) for title in titles), *((*cut, False) for cut in cuts)])


def _heard_from(cue: str) -> tuple[bool, bool]:
    """Whether an unseen speaker is no part of the scene, and whether they are elsewhere in it."""
    return _VOICE_OVER.search(cue) is not None, _OFF_SCREEN.search(cue) is not None


@lru_cache(maxsize=1024)
def _is_unseen(cue: str) -> bool:
    """Whether a cue says that its speaker is not in the picture."""
    return _UNSEEN.search(cue) is not None


def _told(element: Element, part: Range) -> tuple[Line, ...]:
    """The narration that is heard over a shot, a subtitle a line."""
    return tuple(
        Line(NARRATOR, spaced(element.text[start:end]), trimmed_span(element, (start, end)))
        for start, end in subtitles(element.text, part)
    )


def _ordered(moment: Moment, orders: Orders | None) -> Moment:
    if orders is None:
        return moment
    if orders.transition:
        moment = moment._replace(entered_by=(*moment.entered_by, orders.transition))
    return moment._replace(orders=orders.over(moment.orders), props=orders.things or moment.props)
