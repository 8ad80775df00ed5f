"""Which lines of the script stand beside which shot."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from film.direction.cast import Cast
from film.direction.notes import note_in
from schemas.enums import ElementKind, ScriptFormat
from schemas.script import Breakdown, Element, Shot, Span

_UNSEEN = {ElementKind.HEADING, ElementKind.PAGE_BREAK}
_DIRECTED = {ElementKind.ACTION, ElementKind.DIALOGUE, ElementKind.LYRIC}
_NOBODY = Cast(())
_SPEECH = {ElementKind.DIALOGUE, ElementKind.LYRIC, ElementKind.PARENTHETICAL}


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of the script, as a reader of its page would see it."""

    kind: ElementKind
    text: str
    """Verbatim, with the line ends that were typed; a format's marks and emphasis are not seen."""
    again: bool = False
    """Whether the shot before had these very words: an idea's only sentence stands beside all of its film."""
    ours: bool = False
    """Whether it is a reminder that does not stand here in the script: who goes on speaking in a divided speech."""
    loose: bool = False
    """Whether no shot covers it: a cue, a transition, a note."""


def lines_by_shot(film: Breakdown, text: str) -> tuple[tuple[Line, ...], ...]:
    """Share the script out to the shots.

    What a shot covers stands beside it, and a note at the end of a line beside that line. What else no shot covers
    (cues, transitions, other notes) stands beside the shot that follows it in its scene, or the scene's last; so the
    sheet holds the whole script, in its order. Headings are left out: they head their scenes.

    Args:
        film: The breakdown.
        text: The script that its spans count.

    Returns:
        For each shot, in the order of the film, its lines from top to bottom.
    """
    elements = [element for element in film.elements if element.kind not in _UNSEEN]
    cues = _cues(elements)
    covered = _covered(film.shots, elements)
    homes = _homes(film.shots, elements, {at for found in covered for at in found})
    windows = _windows(film.shots, elements, covered)
    quoted = text if film.format is ScriptFormat.PROSE else ""
    found: list[tuple[Line, ...]] = []
    before: tuple[range, Span] | None = None
    for index, (shot, own) in enumerate(zip(film.shots, covered, strict=True)):
        again = before == (own, shot.span) and len(own) > 0
        here = sorted({*own, *homes.get(index, ())})
        found.append(tuple(_lines(here, windows[index], elements, cues, quoted, again=again)))
        before = (own, shot.span)
    return tuple(found)


def visible(element: Element, span: Span, quoted: str = "") -> str:
    """Cut out of an element's text what stands in a span of the script.

    Args:
        element: The element.
        span: Any span; what lies outside the element is left aside.
        quoted: The script, where quotation marks that stand around the words shall be seen.

    Returns:
        The words, without white space around them; empty where the span holds none of them.
    """
    runs = element.runs or ((0, element.span.start, element.span.end),)
    ends = [*(run[0] for run in runs[1:]), len(element.text)]
    words = ""
    for (at, start, end), stop in zip(runs, ends, strict=True):
        if stop - at == end - start:
            first, last = max(start, span.start), min(end, span.end)
            words += element.text[at + first - start : at + last - start] if first < last else ""
        elif start < span.end and span.start < end:
            words += element.text[at:stop]
    if quoted and words and element.kind is ElementKind.DIALOGUE:
        if span.start <= runs[0][1]:
            words = _marks(quoted[element.span.start : runs[0][1]]) + words
        if span.end >= runs[-1][2]:
            words += _marks(quoted[runs[-1][2] : element.span.end])
    return words.strip()


def _marks(between: str) -> str:
    """Quotation marks that a speech of prose stands in; nothing where it is anything else."""
    return "" if any(letter.isalnum() for letter in between) else between


def _covered(shots: Sequence[Shot], elements: Sequence[Element]) -> list[range]:
    """For each shot, which elements its span touches; elements are disjoint and in order."""
    starts = [element.span.start for element in elements]
    ends = [element.span.end for element in elements]
    return [range(bisect_right(ends, shot.span.start), bisect_left(starts, shot.span.end)) for shot in shots]


def _windows(shots: Sequence[Shot], elements: Sequence[Element], covered: Sequence[range]) -> list[dict[int, Span]]:
    """For each shot, what it shows of each element that it touches.

    What lies between the spans of two shots, such as a story's `said Anna`, goes with the later one, and what is left
    at an element's end with its last: nothing is lost.
    """
    last = {at: index for index, found in enumerate(covered) for at in found}
    told: dict[int, int] = {}
    windows: list[dict[int, Span]] = []
    for index, (shot, found) in enumerate(zip(shots, covered, strict=True)):
        here: dict[int, Span] = {}
        for at in found:
            span = elements[at].span
            start = min(max(shot.span.start, span.start), told.get(at, span.start))
            end = span.end if last[at] == index else min(shot.span.end, span.end)
            here[at] = Span(start=start, end=max(start, end))
            told[at] = max(told.get(at, span.start), end)
        windows.append(here)
    return windows


def _homes(shots: Sequence[Shot], elements: Sequence[Element], covered: set[int]) -> dict[int, list[int]]:
    """Beside which shot each element stands that no shot covers."""
    by_scene: dict[int | None, list[int]] = {None: list(range(len(shots)))}
    for index, shot in enumerate(shots):
        by_scene.setdefault(shot.scene, []).append(index)
    homes: dict[int, list[int]] = {}
    for at, element in enumerate(elements):
        if at in covered:
            continue
        own = by_scene.get(element.scene) or by_scene[None]
        directed = _directed(elements, at)
        shown = [index for index in own if shots[index].span.start < directed.end] if directed is not None else []
        if shown:
            homes.setdefault(shown[-1], []).append(at)
            continue
        later = next((index for index in own if shots[index].span.start >= element.span.end), own[-1])
        homes.setdefault(later, []).append(at)
    return homes


def _directed(elements: Sequence[Element], at: int) -> Span | None:
    """The line that a note is about: that at whose end it stands, or right under which; None for any other element.

    A note of a transition leads to what follows.
    """
    note = elements[at]
    line = elements[at - 1] if at else note
    if note.kind is not ElementKind.NOTE or line.kind not in _DIRECTED or note.span.start - line.span.end > 1:
        return None
    orders = note_in(note.text, (), _NOBODY)
    return line.span if orders is None or not orders.transition else None


def _cues(elements: Sequence[Element]) -> dict[int, int]:
    """For each line of a speech, the cue above it; prose has none."""
    found: dict[int, int] = {}
    cue: int | None = None
    for at, element in enumerate(elements):
        if element.kind is ElementKind.CHARACTER:
            cue = at
        elif element.kind in _SPEECH and cue is not None:
            found[at] = cue
        elif element.kind is not ElementKind.NOTE:
            cue = None
    return found


def _lines(
    here: Sequence[int],
    windows: Mapping[int, Span],
    elements: Sequence[Element],
    cues: dict[int, int],
    quoted: str,
    *,
    again: bool,
) -> Iterator[Line]:
    shown = set(here)
    for at in here:
        element = elements[at]
        text = visible(element, windows.get(at, element.span), quoted)
        if not text:
            continue
        if element.kind in _SPEECH and at in cues and cues[at] not in shown:
            shown.add(cues[at])
            yield Line(ElementKind.CHARACTER, elements[cues[at]].text.strip(), ours=True)
        loose = at not in windows
        yield Line(element.kind, text, again=again and not loose, loose=loose)
