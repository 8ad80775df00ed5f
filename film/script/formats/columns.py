"""Where the columns of a printed screenplay are: action, dialogue, cues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from film.script.cues import is_cue
from film.script.formats.rows import Row, is_scene_number
from film.script.headings import is_heading
from schemas.enums import ElementKind

_CUE_INDENT = 60.0
"""A cue stands at least so many points right of the action."""
_DIALOGUE_INDENT = 15.0
_NEAR = 6.0


@dataclass(frozen=True)
class Columns:
    """Positions in points from the left edge of the page."""

    action: float
    dialogue: float
    cue: float
    middle: float
    """Of the text's width."""
    slack: float
    """How far from its column a row may begin."""
    limits: dict[ElementKind, float]
    """Where rows of a kind end at most."""
    speeches: int
    """How many rows look like cues."""
    slugs: int
    """How many rows look like scene headings."""


def is_slug(words: str) -> bool:
    """Whether words are a scene heading as they are printed: in upper case."""
    return is_heading(words) and words[:3].isupper()


def measure(found: Sequence[Row]) -> Columns:
    """Find the columns of a document."""
    slugs = [row for row in found if any(is_slug(cell.text) for cell in row.cells)]
    lefts = [cell.left for row in slugs for cell in row.cells if is_slug(cell.text)]
    action = _most_common(lefts) if lefts else _leftmost(found)
    speeches = list(_speeches(found, action))
    cue = _most_common([cue.left for cue, _ in speeches]) if speeches else action + 2 * _CUE_INDENT
    spoken = [row.left for _, row in speeches if not row.text.startswith("(")]
    dialogue = _most_common(spoken) if spoken else action + _CUE_INDENT
    words = [cell for row in found for cell in row.cells if not is_scene_number(cell.text)]
    right = max((cell.right for cell in words if abs(cell.left - action) < _NEAR), default=action + 400)
    said = max((cell.right for cell in words if abs(cell.left - dialogue) < _NEAR), default=dialogue + 240)
    return Columns(
        action=action,
        dialogue=dialogue,
        cue=cue,
        middle=(action + max((cell.right for cell in words), default=right)) / 2,
        slack=max(4.0, min(12.0, (dialogue - action) / 4)),
        limits={
            ElementKind.ACTION: right,
            ElementKind.HEADING: right,
            ElementKind.DIALOGUE: said,
            ElementKind.PARENTHETICAL: float("-inf"),
        },
        speeches=len(speeches),
        slugs=len(slugs),
    )


def _speeches(found: Sequence[Row], action: float) -> Iterable[tuple[Row, Row]]:
    """Rows that look like cues, each with the row below it."""
    for row, below in zip(found, found[1:], strict=False):
        if (
            len(row.cells) == 1
            and row.left > action + _CUE_INDENT
            and is_cue(row.text)
            and not below.gap
            and not below.first
            and action + _DIALOGUE_INDENT < below.left < row.left
        ):
            yield row, below


def _most_common(values: Iterable[float]) -> float:
    counts = Counter(round(value) for value in values)
    return float(counts.most_common(1)[0][0])


def _leftmost(found: Sequence[Row]) -> float:
    """The leftmost position at which rows often begin."""
    counts = Counter(round(row.left) for row in found)
    often = max(counts.values(), default=0) * 0.2
    return float(min((left for left, count in counts.items() if count >= often), default=72))
