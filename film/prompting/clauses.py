"""Clauses of an action, and who acts in each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from film.prompting.doers import LEAD, WORD, Names, mentions_in
from film.prompting.gates import letters_of
from film.prompting.openings import spelled
from film.prompting.somebody import Mention
from film.prompting.thing_names import thing_named
from film.prompting.verbs import VERBS
from film.script.evidence import PAST

_PLAIN_WORD = re.compile(r"[a-z]+(?:['\-][a-z]+)*|\d+")
"""`WORD` for small letters without accents, which are read in half the time."""
_SIGNS = re.compile(r"[.;:!?—–…]+")
_STOP = re.compile(
    rf"{_SIGNS.pattern}|,\s+(?:and|while|as|but|then|who)\b|\b(?:while|but|then)\b|\bas\b(?= \w+ \w+s\b)"
)
_STOPPING = frozenset("and while as but then who".split())
"""Of these a text holds one that is divided by more than signs."""
_AND = re.compile(r"(?:,|(?<![\s,]))\s+and\s+", re.IGNORECASE)
_VERBS_OF_FINDING = (
    r"sees?|saw|finds?|found|watch(?:es|ed)?|hears?|heard|notic(?:es|ed)|spots?|spotted|discover(?:s|ed)?"
)
_FINDS = re.compile(rf"\b(?:{_VERBS_OF_FINDING})\b", re.IGNORECASE)
_FINDING = spelled(_VERBS_OF_FINDING)
_DOING = re.compile(
    r"\b(?:(?i:the|an?|his|her|their|two|three)\s+(?:[\w-]+\s+)?[\w-]+|[A-Z][\w'’-]+)\s+"
    r"(?:asleep|dead|unconscious|\w{2,}ing)\b"
)
_FIRST_PART, _SECOND_PART = 99, 4
"""Among so many first words the verb stands of what is before an `and`, and behind it."""


_WHO = re.compile(r",\s+(?:and\s+)?who$", re.IGNORECASE)
_BEFORE_WHO = 12
"""So far before a clause stands the word that makes it tell of whoever was named last, in characters."""


class Clause(NamedTuple):
    """A stretch of an action with one doer, or several who do the same."""

    text: str
    start: int
    words: tuple[tuple[str, int], ...]
    """In lower case, each with its offset in the action."""
    mentions: tuple[Mention, ...]
    subjects: tuple[Mention, ...]
    said: frozenset[str]
    """The words of the whole action in small letters, parted at all that is none: what phrases in it are made of."""

    turned: bool = False
    """Whether its subject stands behind its verb."""

    @property
    def end(self) -> int:
        """Offset just after it."""
        return self.start + len(self.text)


def clauses_of(
    action: str,
    names: Names,
    present: Sequence[str],
    before: Sequence[Mention] = (),
    near: Sequence[str] = (),
    it: Mention | None = None,
    actor: Mention | None = None,
) -> Iterator[Clause]:
    """Divide an action into clauses, with whoever acts in each.

    Args:
        action: What happens, in the script's words.
        names: The film's characters.
        present: Ids of those in the frame, the most important first.
        before: Those without a name of whom the shots before told, the last first; `she` may be one of them.
        near: Ids of those who were in the frame before, in the same scene, the last first; `her` may be one of them.
        it: The animal or machine that was told of last.
        actor: Whoever acted last in the shot before; one without a name acts on where the action goes on with it.

    Yields:
        The clauses in order. One that names nobody before its verb goes on with whoever acted before, unless it is
        about a thing: `a light rises and falls` tells of no person's fall.
    """
    last: tuple[Mention, ...] = tuple(Mention(who, 0, 0, here=False) for who in present[:1])
    if not last and actor is not None and action[:1].islower():
        last = (actor._replace(start=0, end=0, here=False),)
    gone = tuple([one._replace(start=0, end=0, here=False) for one in before])
    said = frozenset(letters_of(action))
    met: list[Mention] = []
    small = action.lower() if action.isascii() else None
    for start, end in _pieces(action, said):
        text = action[start:end]
        words = _words(action, small, start, end)
        if not words:
            continue
        if met and _WHO.search(action, max(0, start - _BEFORE_WHO), start):
            last = (met[-1]._replace(start=0, end=0, here=False),)
        mentions = mentions_in(action, words, names, present, (*last, *gone), near, it)
        verb = next((at for word, at in words if word in VERBS and not inside(at, mentions)), end)
        own = tuple([one for one in mentions if one.start < verb and not one.object])
        if own:
            own = own if _joined(action, own) else own[:1]
        turned = not own and _is_turned(words, verb)
        if turned:
            own = tuple([one for one in mentions if one.start > verb and not one.object])[:1]
        if not own and _a_thing_does(words, verb):
            last = ()
        last = own or tuple([one._replace(start=0, end=0, here=False) for one in last])
        met = [one for one in mentions if not one.crowd]
        it = next((one for one in reversed(own or mentions) if names.is_beast(one)), it)
        yield Clause(text, start, words, mentions, last, said, turned)


def _words(action: str, small: str | None, start: int, end: int) -> tuple[tuple[str, int], ...]:
    """The words of a stretch of an action, in small letters; without accents, all of the action is given in them."""
    if small is not None:
        return tuple([(match[0], match.start()) for match in _PLAIN_WORD.finditer(small, start, end)])
    return tuple([(match[0].lower().replace("’", "'"), match.start()) for match in WORD.finditer(action, start, end)])


_OWN_BODY = frozenset(
    "hand hands eye eyes face head arm arms fingers finger feet foot leg legs knee knees lip lips mouth voice shoulder "
    "shoulders body back fist fists smile heart breath gaze jaw chin hair tears brow".split()
)


_NO_DEEDS = frozenset(
    "now then there here still soon again only even just outside inside suddenly somewhere all both half that this "
    "what not once perhaps maybe so yet".split()
)


def _begins_with_a_deed(before: Sequence[str]) -> bool:
    """Whether words begin as of somebody's deed that is in no table: `hung her coat on the nail and …`."""
    if len(before) < 2 or before[0] in LEAD or before[0] in PREPOSITIONS or before[0] in _NO_DEEDS:
        return False
    return before[1] in LEAD and not before[0].endswith("ly") and thing_named(before[0]) is None


_TURNED = frozenset("sat stood lay sits stands lies hung perched slept crouched knelt waited came".split())


def _is_turned(words: Sequence[tuple[str, int]], verb: int) -> bool:
    """Whether the subject stands behind the verb: `On the step sat a cat`."""
    first, begin = words[0]
    if first not in PREPOSITIONS or begin == verb:
        return False
    word = next((number for number, (_, at) in enumerate(words) if at == verb), len(words))
    return word + 1 < len(words) and words[word][0] in _TURNED and words[word + 1][0] in LEAD


def _a_thing_does(words: Sequence[tuple[str, int]], verb: int) -> bool:
    """Whether the doer of a clause that names nobody before its verb is a thing: `Far out, a tiny light rises`."""
    before = [word for word, at in words if at < verb]
    while before and before[0] in _STOPPING:
        before = before[1:]  # `and the rain ran down`
    if len(before) == len(words) and len(before) > 2 and before[0] in LEAD and thing_named(before[1]):
        return before[2] in PAST or before[2].endswith("ed")  # `and the yacht dipped a foot in the water`
    if not before or len(before) == len(words):
        return False
    if before == ["it"]:
        return True
    if _begins_with_a_deed(before):
        return False
    led = any(
        word in LEAD
        and (not number or before[number - 1] not in PREPOSITIONS)
        and before[number + 1] not in PREPOSITIONS
        for number, word in enumerate(before[:-1])
    )
    if led:
        return not _OWN_BODY.intersection(before)
    return len(before) < 4 and thing_named(before[-1]) is not None and before[0] not in PREPOSITIONS


PREPOSITIONS = frozenset(
    "in on at of from to by for over under behind beside near into with without across along through after before "
    "around round inside outside against between above below down up then and".split()
)


def inside(at: int, mentions: Sequence[Mention]) -> bool:
    """Whether a place is in one of some mentions."""
    for one in mentions:
        if one.start <= at < one.end:
            return True
    return False


def _joined(action: str, own: Sequence[Mention]) -> bool:
    """Whether those named before the verb act together: `Jack and the sheriff`, and not `Anna with her son`."""
    between = action[own[0].end : own[-1].start].lower()
    return len(own) == 1 or " and " in between or between.strip() in {",", "&", "and"}


def _pieces(action: str, said: frozenset[str]) -> Iterator[tuple[int, int]]:
    joins, finds = "and" in said, not _FINDING.isdisjoint(said)
    divides = _SIGNS if _STOPPING.isdisjoint(said) else _STOP
    start = 0
    for match in (*divides.finditer(action), None):
        end = match.start() if match else len(action)
        for begin, stop in _divided(action, start, end) if joins else ((start, end),):
            if finds:
                yield from _found(action, begin, stop)
            else:
                yield begin, stop
        start = match.end() if match else end


def _divided(action: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut at each `and` that joins two doings rather than two doers or two things."""
    cuts = list(_AND.finditer(action, start, end))
    words = list(WORD.finditer(action, start, end)) if cuts else []
    places = [word.start() for word in words]
    verbs = [place for word, place in zip(words, places, strict=True) if word[0].lower() in VERBS]

    def has_verb(begin: int, stop: int, among: int) -> bool:
        last = bisect_left(places, begin) + among
        stop = min(stop, places[last]) if last < len(places) else stop
        return bisect_left(verbs, begin) < bisect_left(verbs, stop)

    at = start
    for match in cuts:
        if has_verb(at, match.start(), _FIRST_PART) and has_verb(match.end(), end, _SECOND_PART):
            yield at, match.start()
            at = match.end()
    yield at, end


def _found(action: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut before each whom somebody sees or finds doing something: `She found the cat asleep`."""
    if _FINDS.search(action, start, end):
        for match in _DOING.finditer(action, start, end):
            if match.start() > start:
                yield start, match.start()
                start = match.start()
    yield start, end
