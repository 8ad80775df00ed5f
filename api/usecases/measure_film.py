"""How long a film of a script would be, and who is in it: found in a process of its own, since it takes seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.apart import apart
from film.direction import direct
from film.script import read
from schemas.cast import CastMember
from schemas.jobs import FilmOptions
from schemas.script import Character


@dataclass(frozen=True)
class Measured:
    """What a script makes as a film."""

    scenes: int
    shots: int
    frames: int
    cast: tuple[Character, ...]


async def measure_film(text: str, file_name: str, options: FilmOptions, kept: Sequence[CastMember] = ()) -> Measured:
    """Direct a script by the rules, and count.

    Args:
        text: The script, decoded.
        file_name: A hint at its format.
        options: Frames a second, and for how long.
        kept: Whom its project keeps.

    Raises:
        InvalidScript: There is nothing in it that could be shown.
        InvalidRequest: Not everything can be said in the runtime that is asked for.
        DependencyDown: So many ask at once that its turn did not come.
        ProcessDied: Directing it took more memory than there is.
    """
    return await apart(_measure, text, file_name, options, kept)


def _measure(text: str, file_name: str, options: FilmOptions, kept: Sequence[CastMember]) -> Measured:
    film = direct(read(text, file_name), fps=options.fps, runtime_s=options.runtime_s, kept=kept)
    return Measured(len(film.scenes), len(film.shots), film.frames, film.characters)
