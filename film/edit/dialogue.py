"""Whether a finished film says what its script says: every line once, verbatim, in order, and slowly enough to read.

The subtitles are read back from the film's own track and compared with two readings of the script. They must be what
our reader found, or the film is refused. Where a second, independent reader found something else, one of the two is
mistaken, and nobody here can tell which: that is reported with the film.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

from film.direction.legibility import LINE, READING_SPEED, columns
from film.direction.scenes import is_fade
from film.edit.alignment import Alignment, align, spaced
from film.edit.cues import LINES
from film.edit.subtitles import Shown, read_subtitles
from film.script.second_reader import READERS, SecondReading, Spoken
from schemas.enums import ElementKind, ScriptFormat
from schemas.errors import DialogueLost
from schemas.jobs import DialogueFigures
from schemas.script import Breakdown, Dialogue, Element, Span

_SPOKEN = frozenset({ElementKind.DIALOGUE, ElementKind.LYRIC, ElementKind.ACTION})
_HARD = "Subtitles that are hard to read:"
_QUOTED = 60
"""Characters of a line that a message quotes."""
_SAID = 3
"""Differences between the readers that are told one by one."""
_ROUNDING = 0.01
"""Relative error of a rate that is read from rounded times."""

_WORD = re.compile(r"[^\W_]+")


def lines_of(breakdown: Breakdown) -> tuple[Spoken, ...]:
    """List what a film must say.

    Args:
        breakdown: Its elements are used, as the script was read; not its shots.

    Returns:
        Dialogue, and lyrics that are sung in a speech, of a screenplay; dialogue and narration of prose.
    """
    found = _of_prose if breakdown.format is ScriptFormat.PROSE else _of_screenplay
    return tuple(line for line in found(breakdown.elements) if line.text.strip())


def _of_screenplay(elements: Sequence[Element]) -> Iterator[Spoken]:
    speaking = False
    for element in elements:
        if element.kind is ElementKind.DIALOGUE or (element.kind is ElementKind.LYRIC and speaking):
            yield Spoken(element.text)
        elif element.kind is ElementKind.CHARACTER:
            speaking = True
        elif element.kind not in {ElementKind.PARENTHETICAL, ElementKind.NOTE}:
            speaking = False


def _of_prose(elements: Sequence[Element]) -> Iterator[Spoken]:
    before: ElementKind | None = None
    for element in elements:
        if element.kind is ElementKind.DIALOGUE:
            yield Spoken(element.text)
        elif element.kind is ElementKind.ACTION:
            # `THE END` is for readers, except where it is all there is.
            yield Spoken(element.text, tagged=before is ElementKind.DIALOGUE, optional=is_fade(element))
        before = element.kind


def check_dialogue(path: Path, lines: Sequence[Spoken], second: SecondReading) -> DialogueFigures:
    """Read the subtitles of a finished film back, and compare them with its script.

    Args:
        path: The film.
        lines: What it must say, from `lines_of`.
        second: What another reader found, from `film.script.second_reader.read_again`.

    Returns:
        The figures, and warnings for what is not an error.

    Raises:
        DialogueLost: A line is missing, altered or out of order, or the film says what no line says.
        RenderRefused: The subtitles cannot be read.
    """
    return compare_dialogue(read_subtitles(path), lines, second)


def is_rearranged(script: Breakdown, film: Breakdown) -> bool:
    """Whether lines were knowingly removed, or moved, with the shots they are spoken in.

    Args:
        script: The breakdown of the script.
        film: That of the film.
    """
    return [line.span for line in _heard(script)] != [line.span for line in _heard(film)]


def check_rearranged(path: Path, script: Breakdown, film: Breakdown, second: SecondReading) -> DialogueFigures:
    """Check a film from which shots were removed, or in which they were moved.

    The film must say the lines of the shots that it has, in their order; and the shots of the script, before they were
    edited, what the script says. The second reader is held against these: it knows the script, and of no edits.

    Args:
        path: The film.
        script: The breakdown of the script.
        film: That of the film.
        second: As in `check_dialogue`.

    Returns:
        The figures; lines are those that the film was left with.

    Raises:
        DialogueLost: As in `check_dialogue`.
        RenderRefused: The subtitles cannot be read.
    """
    return compare_rearranged(read_subtitles(path), script, film, second)


def compare_rearranged(
    shown: Sequence[Shown], script: Breakdown, film: Breakdown, second: SecondReading
) -> DialogueFigures:
    """Compare subtitles with an edited film's lines; arguments, result and errors as for `check_rearranged`."""
    whole = [Shown(0.0, 60.0, line.text) for line in _heard(script)]
    read = compare_dialogue(whole, lines_of(script), second)
    kept = [Spoken(line.text) for line in _heard(film)]
    found = compare_dialogue(shown, kept, SecondReading(second.reader, tuple(kept)))
    spoken = [element.span for element in script.elements if element.kind in _SPOKEN]
    left, all_ = ({_home(line, spoken) for line in _heard(of)} for of in (film, script))
    readers = [warning for warning in read.warnings if not warning.startswith(_HARD)]
    return found.model_copy(
        update={
            "lines": len(left),
            "verbatim": len(left),
            "removed": len(all_ - left),
            "second_lines": read.second_lines,
            "second_found": read.second_found,
            "second_reader_agrees": read.second_reader_agrees,
            "warnings": (*readers, *(warning for warning in found.warnings if warning.startswith(_HARD)))[: _SAID + 1],
        }
    )


def _heard(film: Breakdown) -> list[Dialogue]:
    return [line for shot in film.shots for line in sorted(shot.dialogue, key=lambda line: line.start_frame)]


def _home(line: Dialogue, spoken: Sequence[Span]) -> int:
    """The line of the script that a piece of speech belongs to: where it begins."""
    at = bisect_right([span.start for span in spoken], line.span.start) - 1
    return spoken[at].start if at >= 0 else line.span.start


def compare_dialogue(shown: Sequence[Shown], lines: Sequence[Spoken], second: SecondReading) -> DialogueFigures:
    """Compare subtitles with a script; arguments, result and errors as for `check_dialogue`."""
    film = "\n".join(spaced(line) for cue in shown for line in cue.text.split("\n"))
    ours = align(film, lines)
    if ours.missing or ours.extra:
        raise DialogueLost(_complaint(ours, lines))
    form = _words if second.reader == READERS[ScriptFormat.PROSE] else _unmarked
    again = [line._replace(text=form(line.text)) for line in second.lines]
    again = [line for line in again if line.text]
    theirs = align("\n".join(filter(None, map(form, film.split("\n")))), again)
    agrees = not (second.trouble or theirs.missing or theirs.extra)
    reads = [_cps(cue) for cue in shown]
    widest = max((columns(line) for cue in shown for line in cue.text.split("\n")), default=0)
    warnings = [*_differences(second, theirs), *_hurried(reads, widest, shown)]
    told = sum(not line.optional for line in lines)
    return DialogueFigures(
        lines=told,
        verbatim=told - len(ours.missing),
        missing=len(ours.missing),
        cues=len(shown),
        cps_max=round(max(reads, default=0.0), 2),
        columns_max=widest,
        second_reader=second.reader,
        second_lines=sum(not line.optional for line in again),
        second_found=sum(not line.optional for line in again) - len(theirs.missing),
        second_reader_agrees=agrees,
        warnings=tuple(warnings[: _SAID + 1]),
    )


def _unmarked(text: str) -> str:
    """A line without what marks emphasis and song in Fountain: readers differ in what they leave of it."""
    return spaced(re.sub(r"[*_~\\]", "", text))


def _words(text: str) -> str:
    """The words of a line alone: where a quotation begins and ends, prose has punctuation that nobody says."""
    return " ".join("".join(_WORD.findall(word)) for word in text.split() if _WORD.search(word))


def _quoted(text: str) -> str:
    words = spaced(text)
    return f"“{words}”" if len(words) <= _QUOTED else f"“{words[:_QUOTED].rstrip()}…”"


def _complaint(found: Alignment, lines: Sequence[Spoken]) -> str:
    if found.missing:
        lost = f"{len(found.missing)} of {len(lines)} lines of the script, first {_quoted(found.missing[0].text)}"
        instead = f"; it says {_quoted(found.extra[0])} instead" if found.extra else ""
        return f"The film's subtitles do not show {lost}{instead}. Please report this with the script."
    return f"The film's subtitles say {_quoted(found.extra[0])}, which the script does not. Please report this."


def _differences(second: SecondReading, found: Alignment) -> Iterator[str]:
    """Say where the second reader differs, a few cases by name."""
    if second.trouble:
        yield f"The dialogue was not checked by a second reader: {second.trouble}."
        return
    told = [f"it reads {_quoted(line.text)} as spoken, which the film does not say" for line in found.missing]
    told += [f"it does not read {_quoted(text)} as spoken, which the film says" for text in found.extra]
    for what in told[: _SAID if len(told) <= _SAID else _SAID - 1]:
        yield f"A second reader ({second.reader}) differs: {what}."
    if len(told) > _SAID:
        yield f"It differs in {len(told) - _SAID + 1} more places."


def _cps(cue: Shown) -> float:
    return len(spaced(cue.text)) / max(cue.end_s - cue.start_s, 1e-6)


def _hurried(reads: Sequence[float], widest: int, shown: Sequence[Shown]) -> Iterator[str]:
    fast = sum(rate > READING_SPEED * (1 + _ROUNDING) for rate in reads)
    large = sum(cue.text.count("\n") >= LINES for cue in shown)
    if fast or large or widest > LINE:
        yield (
            f"{_HARD} {fast} ask for more than {READING_SPEED} characters a second, {large} "
            f"have more than {LINES} lines, and the widest line has {widest} columns."
        )
