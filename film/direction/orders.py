"""What the script itself asks of a shot, wherever it says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

from film.direction.aims import Aim
from film.direction.focus import Pull
from film.direction.words import tokens
from film.script.naming import PLACE_NOUNS
from schemas.enums import Angle, Movement, ShotSize

_WIDE = frozenset({ShotSize.EWS, ShotSize.WS, ShotSize.FS})
"""Sizes that show a place, whatever they are of."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What the script itself asks of a shot. None is what it leaves open."""

    size: ShotSize | None = None
    angle: Angle | None = None
    movement: Movement | None = None
    subjects: tuple[str, ...] | None = None
    """Who is in the picture; empty for a thing, or for what somebody sees."""
    things: tuple[str, ...] = ()
    """What it is of, as words of the script."""
    missing: str = ""
    """What it should be of and cannot show by itself, in the script's words."""
    seconds: float | None = None
    """How long the shot shall last."""
    longer_s: float = 0.0
    transition: str = ""
    """How the shot comes in, in the words of a written transition."""
    crosses: bool = False
    """Whether the camera crosses the line."""
    focus: Pull | None = None
    """Where the focus moves."""
    reverse: bool = False
    """Whether it is of whomever the shot before did not show."""
    viewers: tuple[str, ...] = ()
    """Through whose eyes it is seen."""
    shoulder: str | None = None
    """Over whose shoulder it is seen: an id, or nothing where that is left open; None for any other shot."""
    unmade: tuple[str, ...] = ()
    """What no shot does, in the script's words: `SLOW MOTION`."""
    noted: bool = False
    """Whether they stand in a note."""

    @property
    def frames_picture(self) -> bool:
        """Whether they say anything of where the camera stands."""
        said = (self.size, self.angle, self.movement, self.subjects, self.focus, self.missing or None, self.shoulder)
        return any(one is not None for one in said)

    @property
    def aimed(self) -> bool:
        """Whether they say what the picture is of."""
        return self.subjects is not None or bool(self.missing)

    @property
    def limits(self) -> tuple[str, ...]:
        """What no shot does, in sentences."""
        return tuple(
            [f"“{' '.join(words.split())}” cannot be done: the shot is made without it." for words in self.unmade]
        )

    def at(self, aim: Aim) -> Orders:
        """These orders, for a picture of something: what a wide one cannot show by itself is part of its place."""
        place = self.size in _WIDE or not PLACE_NOUNS.isdisjoint(tokens(aim.missing))
        if aim.missing and aim.subjects is None and place:
            aim = Aim(())
        return replace(self, subjects=aim.subjects, things=aim.things, missing=aim.missing)

    def over(self, other: Orders | None) -> Orders:
        """These orders, with what they leave open taken from others; two notes that aim somewhere are both obeyed."""
        if other is None:
            return self
        aimed = self if self.aimed else other
        if self.aimed and other.aimed and self.noted and other.noted:
            aimed = other._with_aim_of(self)
        return Orders(
            size=self.size or other.size,
            angle=self.angle or other.angle,
            movement=self.movement or other.movement,
            subjects=aimed.subjects,
            things=aimed.things,
            missing=aimed.missing,
            seconds=self.seconds or other.seconds,
            longer_s=self.longer_s or other.longer_s,
            transition=self.transition or other.transition,
            crosses=self.crosses or other.crosses,
            focus=self.focus or other.focus,
            reverse=self.reverse or other.reverse,
            viewers=self.viewers or other.viewers,
            shoulder=self.shoulder if self.shoulder is not None else other.shoulder,
            unmade=tuple(dict.fromkeys((*other.unmade, *self.unmade))),
            noted=self.noted or other.noted,
        )

    def _with_aim_of(self, other: Orders) -> Orders:
        """These orders, for a picture of what others ask for as well."""
        asked = [one.subjects for one in (self, other) if one.subjects is not None]
        return replace(
            self,
            subjects=tuple(dict.fromkeys(who for some in asked for who in some)) if asked else None,
            things=tuple(dict.fromkeys((*self.things, *other.things))),
            missing="” and “".join(dict.fromkeys(one for one in (self.missing, other.missing) if one)),
        )
