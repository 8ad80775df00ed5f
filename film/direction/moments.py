"""Moments: what the script gives one shot to show, before anyone decides where the camera stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from film.direction.cast import NARRATOR, Cast
from film.direction.scenes import SceneDraft, is_fade
from film.direction.timing import TYPICAL_S, action_seconds, speech_seconds, split_speech
from film.direction.vocabulary import HANDLING, PROPS
from film.direction.words import Range, forms, sentences, tokens
from film.script.attribution import SAYING
from film.script.coverage import part_span
from film.script.people import FEMALE, MALE
from schemas.enums import Angle, ElementKind, Expression, Movement, Pose, ScriptFormat, ShotSize
from schemas.script import Element, Span

_PRONOUNS = {"he": 1, "she": 1, "him": 1, "her": 1, "his": 1, "it": 0, "they": 2, "them": 2, "their": 2}
_SAY_TAG_WORDS = 6
_UNSEEN = re.compile(
    r"\(\s*(?:V\.?\s*O|O\.?\s*S|O\.?\s*C|on |over |from |through )|VOICE\b|\b(?:V\.O|O\.S)\.", re.IGNORECASE
)
"""What in a cue says that the speaker is not in the picture."""
_WORN = frozenset("hat coat scarf glove gloves shoe shoes boot boots glasses".split())
_FEMALE = FEMALE | {"she", "her"}
_MALE = MALE | {"he", "his"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is decided about a moment's picture beforehand."""

    size: ShotSize
    angle: Angle = Angle.EYE
    movement: Movement | None = None
    pose: Pose | None = None
    expression: Expression | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What is spoken, in whole or in part."""

    character: str
    text: str
    span: Span
    opens: bool = True
    """Whether it begins a speech."""

    @property
    def seconds(self) -> float:
        """How long it is heard."""
        return speech_seconds(self.text)


@dataclass(frozen=True, slots=True)
class Moment:
    """What one shot shows and what is heard in it."""

    span: Span
    action: str = ""
    lines: tuple[Line, ...] = ()
    cast: tuple[str, ...] = ()
    """Who is in it, the most important first."""
    props: tuple[str, ...] = ()
    manner: str = ""
    """The parenthetical of a speech."""
    seconds: float = 0.0
    """How long what is seen takes; what is heard may take longer."""
    entered_by: tuple[str, ...] = ()
    """Transitions written before it."""
    plan: Plan | None = None
    """How a rule that made the moment wants it seen; None where the script made it."""

    @property
    def spoken(self) -> bool:
        """Whether somebody in the story speaks: narration is heard over the picture and is no speech."""
        return bool(self.lines) and self.lines[0].character != NARRATOR

    @property
    def heard(self) -> float:
        """Seconds of speech."""
        return sum(line.seconds for line in self.lines)


class Remembered:
    """Whom a pronoun means: those last named."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._recent: list[str] = []
        self._gender = {person.id: _gender(f"{person.name} {person.description}") for person in cast.characters}

    def note(self, people: Iterable[str]) -> None:
        """Remember somebody as just named."""
        for who in people:
            if who in self._recent:
                self._recent.remove(who)
            self._recent.append(who)

    def resolve(self, text: str) -> tuple[str, ...]:
        """Who is in a sentence: those named, else those its pronouns mean."""
        named = self._cast.mentions(text)
        self.note(reversed(named))
        words = tokens(text)
        if named and not any(word in {"they", "them"} for word in words):
            extra = [word for word in words if word in {"he", "she", "him"}]
            others = [who for who in self._meant(extra) if who not in named] if len(named) == 1 and extra else []
            return (*named, *others[:1])
        found = self._meant(word for word in words if word in _PRONOUNS)
        return tuple(dict.fromkeys([*named, *found]))

    def _meant(self, words: Iterable[str]) -> list[str]:
        found: dict[str, None] = {}
        for word in words:
            if _PRONOUNS[word] == 2:
                for who in self._recent[-2:]:
                    found.setdefault(who)
            elif _PRONOUNS[word] == 1:
                wanted = "f" if word in {"she", "her"} else "m"
                fitting = [who for who in reversed(self._recent) if self._gender.get(who) == wanted]
                fitting += [who for who in reversed(self._recent) if self._gender.get(who) == ""]
                if fitting:
                    found.setdefault(fitting[0])
        return list(found)


def _gender(description: str) -> str:
    words = set(tokens(description))
    female, male = bool(words & _FEMALE), bool(words & _MALE)
    return "f" if female and not male else "m" if male and not female else ""


_ALSO_VERBS = frozenset("watch light match ring record stick stone rock bed saw rose".split())
"""Things whose names are verbs as well: things only after an article or its like."""


def props_in(text: str) -> tuple[str, ...]:
    """Things in a text that can be drawn, in order, in their singular; `watch` and `light` the verbs are left out."""
    words = tokens(text)
    found: dict[str, None] = {}
    for at, word in enumerate(words):
        hit = next((form for form in forms(word) if form in PROPS), None)
        if hit is None or (hit in HANDLING and words[at - 1 : at] not in (("a",), ("the",), ("his",), ("her",))):
            continue
        if word == "glasses" or (hit in _ALSO_VERBS and not _is_noun(words, at)):
            continue
        if any(word in PROPS and word not in HANDLING for word in words[at + 1 : at + 2]):
            continue
        if hit in _WORN and {"in", "with", "wearing", "wears"}.intersection(words[max(0, at - 4) : at]):
            continue
        found.setdefault(hit)
    return tuple(found)


def _is_noun(words: Sequence[str], at: int) -> bool:
    return bool(at) and words[at - 1] in {
        "a",
        "an",
        "the",
        "his",
        "her",
        "their",
        "its",
        "of",
        "my",
        "old",
        "gold",
        "small",
        "wet",
    }


class MomentReader:
    """Divides scenes into moments, one scene after the other: pronouns and transitions reach over scene ends."""

    def __init__(self, cast: Cast, kind: ScriptFormat) -> None:
        self._cast = cast
        self._narrated = kind is ScriptFormat.PROSE
        self._memory = Remembered(cast)
        self._pending: tuple[str, ...] = ()

    @property
    def left_over(self) -> tuple[str, ...]:
        """Transitions that no moment followed."""
        return self._pending

    def read(self, draft: SceneDraft) -> list[Moment]:
        """Divide a scene into moments.

        Args:
            draft: The scene.

        Returns:
            Moments in the order of the script; every line of dialogue is in exactly one of them.
        """
        found: list[Moment] = []
        speaker: str | None = None
        manner = ""
        seen = True
        for element in draft.elements:
            made: list[Moment] = []
            if element.kind is ElementKind.CHARACTER:
                speaker, manner = self._cast.of(element.text), ""
                seen = not _UNSEEN.search(element.text)
            elif element.kind is ElementKind.PARENTHETICAL:
                manner = element.text
            elif element.kind is ElementKind.DIALOGUE or (element.kind is ElementKind.LYRIC and speaker):
                seen = seen or speaker is None
                made = _speech(element, speaker or self._speaker(element), manner, self._memory, seen)
                manner = ""
            elif element.kind is ElementKind.TRANSITION or is_fade(element):
                self._pending = (*self._pending, element.text)
                speaker = None
            elif element.kind in {ElementKind.ACTION, ElementKind.LYRIC}:
                speaker = None
                found, rest = self._without_tag(element, found)
                made = _action(element, self._memory, self._narrated, rest)
            elif element.kind is not ElementKind.NOTE:
                speaker = None
            if made and self._pending:
                made[0] = replace(made[0], entered_by=self._pending)
                self._pending = ()
            found += made
        return found

    def _without_tag(self, element: Element, found: list[Moment]) -> tuple[list[Moment], int]:
        """Give `said Anna` to the speech before it, whose manner it tells; what follows it is narration."""
        end = tag_end(element.text) if self._narrated and found and found[-1].spoken else 0
        if end:
            tag = element.text[:end].strip(" ,.;:—–-")
            found = [*found[:-1], replace(found[-1], manner=tag)]
        return found, end

    def _speaker(self, element: Element) -> str:
        return (self._cast.of(element.speaker) if element.speaker else None) or NARRATOR


_SAYINGS = "|".join(SAYING[: SAYING.index("smiled")])
_LEADING_TAG = re.compile(rf"\W*(?:{_SAYINGS})\s+(?:[\w'’.\-]+\s+){{0,3}}?[\w'’\-]+,\s+(?=\w)")
_TAG = re.compile(rf"^(?:(?:{_SAYINGS})\b.*|(?:[\w'’.\-]+\s+){{1,3}}?(?:{_SAYINGS})(?:\s+\w+ly)?)$", re.DOTALL)


def tag_end(text: str) -> int:
    """Where the narration after a quotation stops saying only who speaks: `said Anna.` The picture shows that.

    Args:
        text: Narration that follows quoted speech.

    Returns:
        The end of the tag, 0 where there is none.
    """
    leading = _LEADING_TAG.match(text)
    if leading:
        return leading.end()
    first = sentences(text)[:1]
    if not first:
        return 0
    words = text[: first[0][1]]
    if len(tokens(words)) > _SAY_TAG_WORDS or not _TAG.match(words.strip(" ,.;:—–-")):
        return 0
    return first[0][1]


def _trimmed_span(element: Element, part: Range) -> Span:
    """The source of a part of an element without the white space behind it."""
    start, end = part
    while end > start and element.text[end - 1].isspace():
        end -= 1
    return part_span(element, start, end)


def _speech(element: Element, who: str, manner: str, memory: Remembered, seen: bool) -> list[Moment]:
    if who != NARRATOR and seen:
        memory.note([who])
    found: list[Moment] = []
    for number, part in enumerate(split_speech(element.text)):
        text = element.text[part[0] : part[1]]
        line = Line(who, _spaced(text), _trimmed_span(element, part), opens=number == 0)
        cast = (who,) if seen and who != NARRATOR else ()
        found.append(Moment(span=line.span, lines=(line,), cast=cast, manner=manner, seconds=line.seconds))
    return found


def _spaced(text: str) -> str:
    """A part keeps one space of what divides it from the next, so that parts joined are the speech again."""
    words = text.rstrip()
    return words + " " if words != text else words


def _action(element: Element, memory: Remembered, narrated: bool, begin: int = 0) -> list[Moment]:
    found: list[Moment] = []
    while begin < len(element.text) and element.text[begin].isspace():
        begin += 1
    for start, end in _pieces(element.text[begin:], narrated):
        start, end = start + begin, end + begin
        text = element.text[start:end]
        span = _trimmed_span(element, (start, end))
        words = text.strip()
        lines = (Line(NARRATOR, _spaced(text), span),) if narrated else ()
        found.append(
            Moment(
                span=span,
                action=words,
                lines=lines,
                cast=memory.resolve(words),
                props=props_in(words),
                seconds=max(action_seconds(words), speech_seconds(words) if narrated else 0.0),
            )
        )
    return found


def _pieces(text: str, narrated: bool) -> list[Range]:
    """Divide action into what one shot holds: short sentences together; narration in parts that can be read."""
    if narrated:
        return split_speech(text)
    pieces: list[Range] = []
    for start, end in sentences(text):
        if pieces and action_seconds(text[pieces[-1][0] : end]) <= TYPICAL_S and not _stands_alone(text[start:end]):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    return pieces


def _stands_alone(sentence: str) -> bool:
    """Whether a sentence asks for a shot of its own: the script's camera, or a thing that acts."""
    words = set(tokens(sentence))
    return bool(_CAMERA.search(sentence)) or bool(props_in(sentence) and words & HANDLING)


_CAMERA = re.compile(r"\b(?:CLOSE|ANGLE|WIDE|INSERT|POV|PAN|TILT|PUSH|PULL|TRACK|AERIAL|OVERHEAD|REVERSE)\b")


def joined(first: Moment, second: Moment) -> Moment:
    """One moment of two neighbours."""
    return replace(
        first,
        span=Span(start=min(first.span.start, second.span.start), end=max(first.span.end, second.span.end)),
        action=" ".join(part for part in (first.action, second.action) if part),
        lines=(*first.lines, *second.lines),
        cast=tuple(dict.fromkeys((*first.cast, *second.cast))),
        props=tuple(dict.fromkeys((*first.props, *second.props))),
        seconds=first.seconds + second.seconds,
    )
