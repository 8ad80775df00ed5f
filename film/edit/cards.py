"""Cards: a film's title and its credits, as pictures of words that are cut in before and behind its shots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from film.edit.cut import shifted
from film.edit.safe import em_of, safe_box
from schemas.enums import MediaKind, TransitionKind
from schemas.errors import InvalidRequest
from schemas.graphics import MAX_CREDIT_LINES, Credits, Graphics, TitleCard
from schemas.rate import Rate
from schemas.timeline import CameraMove, Cut, CutItem, Framing

TITLE_SECONDS = 4
"""A title stays at least so long, its fades included."""

TITLE_READING = 14
"""Characters of a title that are read in a second."""

CREDIT_SECONDS = Fraction(3, 4)
"""Time for each line of the credits."""

LEAST_CREDITS_SECONDS = 3

TITLE_FADE, CREDITS_FADE = Fraction(3, 5), Fraction(2, 5)
"""Seconds in which a card comes from black, and in which it goes."""

LEADING = 1.5
"""From one line of the credits to the next, in ems."""

_WHOLE = Framing(x=0.5, y=0.5, scale=1.0)


class Card(NamedTuple):
    """A card before it is drawn."""

    id: str
    """`title`, `credits-01` and so on: stands where a shot's number does."""
    name: str
    """What an editor sees on the clip."""
    words: tuple[str, ...]
    """Its lines; `role: name` in credits, and an empty one between groups."""
    frames: int
    fade: int
    """Frames in which it comes, and in which it goes."""

    def spec(self, width: int, height: int, lettering: Mapping[str, Any]) -> dict[str, Any]:
        """What its picture depends on."""
        kind = "title" if self.id == "title" else "credits"
        return {"card": kind, "words": list(self.words), "width": width, "height": height, "lettering": dict(lettering)}


def card_frames(graphics: Graphics, fps: Rate) -> int:
    """Count the frames that a film's cards add to its shots.

    Args:
        graphics: What is asked for.
        fps: Frames a second.
    """
    title = _title_frames(graphics.card, fps) if graphics.card is not None else 0
    return title + (_credits_frames(graphics.credits.lines, fps) if graphics.credits is not None else 0)


def cards_around(graphics: Graphics, fps: Rate) -> tuple[int, int]:
    """Count the frames that cards take before a film's shots, and behind them."""
    before = _title_frames(graphics.card, fps) if graphics.card is not None else 0
    return before, card_frames(graphics, fps) - before


def runtime_of_shots(runtime_s: float | None, graphics: Graphics, fps: Rate) -> float | None:
    """Say how long the shots may last where the whole film has a length: what its cards leave.

    Raises:
        InvalidRequest: They leave nothing.
    """
    if runtime_s is None:
        return None
    cards = float(Fraction(card_frames(graphics, fps)) / Fraction(fps))
    if cards >= runtime_s:
        raise InvalidRequest(
            f"Title and credits alone take {cards:.1f} s of a film of {runtime_s:g} s; give it more time, or leave "
            "one of them out."
        )
    return runtime_s - cards


def _title_frames(card: TitleCard, fps: Rate) -> int:
    reading = 2 + Fraction(len(card.title) + len(card.subtitle), TITLE_READING)
    return round(max(Fraction(TITLE_SECONDS), reading) * fps)


def _credits_frames(lines: int, fps: Rate) -> int:
    return round(max(Fraction(LEAST_CREDITS_SECONDS), 1 + CREDIT_SECONDS * lines) * fps)


def read_credits(text: str) -> tuple[tuple[str, ...], ...]:
    """Divide a text of credits into groups of lines.

    Args:
        text: A credit a line; an empty line parts groups.

    Returns:
        The groups, none of them empty.

    Raises:
        InvalidRequest: There are no lines in it, or too many.
    """
    lines = [" ".join(line.split()) for line in text.lstrip("\ufeff").split("\n")]
    groups: list[list[str]] = [[]]
    for line in lines:
        if line:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    count = sum(map(len, groups))
    if not 1 <= count <= MAX_CREDIT_LINES:
        raise InvalidRequest(f"The credits have {count} lines; 1 to {MAX_CREDIT_LINES} can be shown.")
    return tuple(tuple(group) for group in groups if group)


def title_card(card: TitleCard, fps: Rate) -> Card:
    """Plan the card of a title."""
    words = (card.title, *([card.subtitle] if card.subtitle else []))
    return Card("title", f"Title: {card.title}"[:120], words, _title_frames(card, fps), round(TITLE_FADE * fps))


def credit_cards(text: str, asked: Credits, width: int, height: int, fps: Rate) -> list[Card]:
    """Divide credits among cards.

    Args:
        text: The credits.
        asked: What was asked for; the time follows from its lines.
        width: Of the frame, in pixels.
        height: Likewise.
        fps: Frames a second.

    Returns:
        The cards; together they last as long as `card_frames` says.

    Raises:
        InvalidRequest: The text holds no credits.
    """
    pages = _paged(read_credits(text), _rows(width, height))
    frames = _credits_frames(asked.lines, fps)
    weights = [sum(bool(line) for line in page) for page in pages]
    whole, passed, cards = sum(weights), 0, []
    for number, (page, weight) in enumerate(zip(pages, weights, strict=True), start=1):
        start = number - 1 + (frames - len(pages)) * passed // whole
        passed += weight
        length = number + (frames - len(pages)) * passed // whole - start
        cards.append(Card(f"credits-{number:02d}", f"Credits {number}", page, length, round(CREDITS_FADE * fps)))
    return cards


def _rows(width: int, height: int) -> int:
    """How many lines of credits stand below each other on a card."""
    return max(2, int(0.86 * safe_box(width, height).height / (LEADING * em_of(width, height))))


def _paged(groups: Iterable[tuple[str, ...]], rows: int) -> list[tuple[str, ...]]:
    """Divide groups among cards: a group stays together where it fits."""
    pages: list[list[str]] = []
    for group in groups:
        if pages and len(pages[-1]) + 1 + len(group) <= rows:
            pages[-1] += ["", *group]
            continue
        rest = list(group)
        while rest:
            pages.append(rest[:rows])
            rest = rest[rows:]
    return [tuple(page) for page in pages]


def item_of(card: Card, key: str, sha256: str) -> CutItem:
    """Give a card its place in the cut.

    Args:
        card: The card.
        key: Where its picture lies.
        sha256: Of its picture.
    """
    fade = min(card.fade, max((card.frames - 1) // 2, 0))
    kind = TransitionKind.FADE if fade else TransitionKind.CUT
    return CutItem(
        shot=card.id,
        name=card.name,
        media_key=key,
        media_sha256=sha256,
        media_kind=MediaKind.CARD,
        move=CameraMove(start=_WHOLE, end=_WHOLE, frames=card.frames),
        frames=card.frames,
        transition_in=kind,
        transition_in_frames=fade,
        transition_out=kind,
        transition_out_frames=fade,
    )


def with_cards(cut: Cut, before: Sequence[CutItem], after: Sequence[CutItem]) -> Cut:
    """Set cards before and behind a film's shots; its subtitles and captions move along.

    Args:
        cut: The film, its transitions fitted: what its first shot would dissolve from is no card.
        before: Cards before its first shot.
        after: Cards behind its last.
    """
    late = sum(item.frames for item in before)
    return cut.model_copy(
        update={
            "items": (*before, *cut.items, *after),
            "cues": tuple(shifted(cue, late) for cue in cut.cues),
            "captions": tuple(shifted(caption, late) for caption in cut.captions),
        }
    )
