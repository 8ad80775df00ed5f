"""The sound that a user ordered, checked before anything is started."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.errors import InvalidRequest
from schemas.script import Breakdown
from schemas.sound import Ducking

if TYPE_CHECKING:
    from film.sound.ordering import SoundPlan

GAIN = -60.0, 24.0
DUCK = 0.0, 60.0


@dataclass(frozen=True)
class SoundArguments:
    """The arguments of `studio film` about sound, as given."""

    music: Path | None = None
    voices: Path | None = None
    music_gain: float | None = None
    duck: float | None = None
    once: bool = False

    def plan(self, breakdown: Breakdown) -> SoundPlan | None:
        """Read the files, and find where in the film they belong.

        Args:
            breakdown: The film.

        Returns:
            What is heard; None where nothing was given.

        Raises:
            InvalidRequest: An option cannot be used.
            InvalidSound: A file cannot be heard, or is named after nothing in the film.
        """
        self._check()
        if self.music is None and self.voices is None:
            return None
        from film.sound.ordering import SoundRequest, plan_sound

        return plan_sound(
            SoundRequest(
                music=self.music,
                voices=self.voices,
                music_gain_db=self.music_gain or 0.0,
                duck_db=Ducking().depth_db if self.duck is None else self.duck,
                loop=not self.once,
            ),
            breakdown,
        )

    def _check(self) -> None:
        for option, value, (low, high) in (("--music-gain", self.music_gain, GAIN), ("--duck", self.duck, DUCK)):
            if value is not None and not (math.isfinite(value) and low <= value <= high):
                raise InvalidRequest(f"{option} {value:g} is out of range: it is {low:g} to {high:g} dB.")
        needs_music = {
            "--music-gain": self.music_gain is not None,
            "--music-once": self.once,
            "--duck": self.duck is not None,
        }
        for option, given in needs_music.items():
            if given and self.music is None:
                raise InvalidRequest(f"{option} is about the music; give some with --music FILE.")
