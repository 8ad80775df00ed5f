"""What was changed about a film after it was made: the edits that lie between its script and a revision of it.

Shots are known by their keys (`schemas.script.Shot.key`), which stay what they are when other shots are removed or
moved, and when the script is edited elsewhere. Their numbers (`s002-004`) say where they stand in one version.
"""

from __future__ import annotations

import operator
from typing import Annotated, Literal

from pydantic import Field

from schemas.artifact import ArtifactRef
from schemas.base import Document, Message, is_none
from schemas.cast import MAX_ID
from schemas.enums import Movement, ShotSize, Tier
from schemas.jobs import FilmInput, ShotNumber
from schemas.prompt import Seed

MAX_WORDS = 2000
"""Most characters of what a shot shall show."""

MAX_SHOT_S = 600
"""Longest shot, in seconds."""

MAX_NAME = 100
"""Most characters of somebody's name."""

ShotKey = str
CharacterId = str
Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME)]
Who = Annotated[str, Field(min_length=1, max_length=MAX_ID)]
"""Somebody by their id, as long as one of a cast that is kept may be, or by a name."""
Words = Annotated[str, Field(min_length=1, max_length=MAX_WORDS)]


def _is_false(value: bool) -> bool:
    return not value


def _is_empty(cast: dict[str, CharacterEdit]) -> bool:
    return not cast


class ShotEdit(Document):
    """What is otherwise in one shot than its script says."""

    prompt: Annotated[Words | None, Field(exclude_if=is_none)] = None
    """What it shows, instead of the script's words."""
    added: Annotated[Words | None, Field(exclude_if=is_none)] = None
    """What it shows besides."""
    seed: Annotated[Seed | None, Field(exclude_if=is_none)] = None
    """Draw it with this seed instead of its own."""
    frames: Annotated[int | None, Field(gt=0, exclude_if=is_none)] = None
    """Its length."""
    movement: Annotated[Movement | None, Field(exclude_if=is_none)] = None
    """How its camera moves; a focus that moves is then left where it is."""
    size: Annotated[ShotSize | None, Field(exclude_if=is_none)] = None
    stand_in: Annotated[bool, Field(exclude_if=_is_false)] = False
    """Whether the draft stands in for it, since it could not be drawn; until its picture is edited again."""

    @property
    def redraws(self) -> bool:
        """Whether it asks for another picture than the script's."""
        return any(value is not None for value in (self.prompt, self.added, self.seed, self.size))

    @property
    def words(self) -> tuple[str, ...]:
        """What is edited, in words."""
        named = {
            "prompt": self.prompt or self.added,
            "seed": self.seed is not None,
            "duration": self.frames,
            "move": self.movement,
            "size": self.size,
        }
        return tuple(name for name, value in named.items() if value)


class CharacterEdit(Document):
    """What is otherwise about somebody of a film than its script says."""

    name: Annotated[Name | None, Field(exclude_if=is_none)] = None
    description: Annotated[Words | None, Field(exclude_if=is_none)] = None
    """How they look, instead of the script's words: what they are drawn and painted from."""
    into: Annotated[CharacterId | None, Field(exclude_if=is_none)] = None
    """Who they are in truth: the two are one, and this one looks as that one does."""


class Placement(Document):
    """A shot that stands elsewhere than the script has it: right behind, or right before, another one."""

    shot: ShotKey
    anchor: ShotKey
    before: Annotated[bool, Field(exclude_if=_is_false)] = False


class Edits(Document):
    """All edits of a film, applied to its script's breakdown: the cast, shots, their order, then what is removed."""

    cast: Annotated[dict[CharacterId, CharacterEdit], Field(exclude_if=_is_empty)] = {}
    shots: dict[ShotKey, ShotEdit] = {}
    order: tuple[Placement, ...] = ()
    """One after another: each is said of the order that those before it leave."""
    removed: tuple[ShotKey, ...] = ()

    @property
    def keys(self) -> frozenset[ShotKey]:
        """Every shot that is spoken of."""
        placed = {key for place in self.order for key in (place.shot, place.anchor)}
        return frozenset({*self.shots, *self.removed, *placed})

    @property
    def rearranges(self) -> bool:
        """Whether shots are moved or removed."""
        return bool(self.order or self.removed)


class ShotChange(Message):
    """One shot to be changed, by its number in the version that the change is asked of."""

    shot: ShotNumber
    prompt: Words | None = None
    added: Words | None = None
    seed: Seed | None = None
    duration_s: float | None = None
    movement: Movement | None = None
    size: ShotSize | None = None


class ShotPlace(Message):
    """One shot to be moved, by numbers likewise."""

    shot: ShotNumber
    anchor: ShotNumber
    side: Literal["before", "after"] = "after"


class CharacterChange(Message):
    """Somebody to be changed, by their id, their name or an alias in the version that the change is asked of."""

    character: Who
    name: Name | None = None
    description: Words | None = None
    into: Who | None = None


class Changes(Message):
    """What somebody asks to be changed about a film."""

    cast: Annotated[tuple[CharacterChange, ...], Field(exclude_if=operator.not_)] = ()
    shots: tuple[ShotChange, ...] = ()
    removed: tuple[ShotNumber, ...] = ()
    order: tuple[ShotPlace, ...] = ()
    tier: Tier | None = None
    recast: Annotated[bool, Field(exclude_if=_is_false)] = False
    """Whether it shall have the cast that its project keeps by now, instead of the one that it was ordered with."""

    @property
    def empty(self) -> bool:
        """Whether nothing is asked."""
        return not (self.cast or self.shots or self.removed or self.order or self.tier or self.recast)

    @property
    def words(self) -> str:
        """All that somebody has written, a paragraph each."""
        told = [text for shot in self.shots for text in (shot.prompt, shot.added)]
        told += [text for one in self.cast for text in (one.name, one.description)]
        return "\n\n".join(text for text in told if text)


class RevisionCommand(Message):
    """Input of the Update `revise`: a film that waits is to be made otherwise."""

    film: FilmInput
    """What the workflow was given, as it is to be from now on."""
    asked: Changes
    builds_on: Annotated[str | None, Field(exclude_if=is_none)] = None
    """Digest of the edits that these continue, empty for none: they are refused where the film has others by now. None
    from whoever does not say."""


def digest_of(edits: ArtifactRef | None) -> str:
    """Say which edits a film has, in a word; empty for none."""
    return "" if edits is None else edits.sha256


def compose(first: Edits, then: Edits) -> Edits:
    """Join edits that were made one after the other into what both come to.

    Args:
        first: The earlier ones.
        then: The later ones, of the film that the earlier ones leave.

    Returns:
        Edits of the script's breakdown that come to the same.
    """
    cast = dict(first.cast)
    for who, change in then.cast.items():
        cast[who] = cast[who].model_copy(update=change.model_dump(exclude_none=True)) if who in cast else change
    shots = dict(first.shots)
    for key, edit in then.shots.items():
        shots[key] = _joined(shots[key], edit) if key in shots else edit
    gone = dict.fromkeys((*first.removed, *then.removed))
    return Edits(cast=cast, shots=shots, order=(*first.order, *then.order), removed=tuple(gone))


def one_behind_the_other(words: str, added: str) -> str:
    """Put one sentence behind another.

    Args:
        words: What comes first; may be empty.
        added: What comes behind it; may be empty.
    """
    first, then = words.strip(), added.strip()
    if not first or not then:
        return first or then
    return f"{first.rstrip('.')}. {then[:1].upper()}{then[1:]}"


def _joined(first: ShotEdit, then: ShotEdit) -> ShotEdit:
    before = None if then.prompt else first.added
    added = then.added if before is None else before if then.added is None else one_behind_the_other(before, then.added)
    return ShotEdit(
        prompt=then.prompt or first.prompt,
        added=added and added[:MAX_WORDS],
        seed=first.seed if then.seed is None else then.seed,
        frames=then.frames or first.frames,
        movement=then.movement or first.movement,
        size=then.size or first.size,
        stand_in=then.stand_in or (first.stand_in and not then.redraws),
    )
