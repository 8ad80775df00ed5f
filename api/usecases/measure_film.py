"""How long a film of a script would be, found in a process of its own: directing hundreds of pages takes seconds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import anyio
from anyio import to_process

from film.direction import direct
from film.script import read
from schemas.errors import DependencyDown
from schemas.jobs import FilmOptions

PROCESSES = 2
"""How many scripts are directed at once; others wait for their turn."""
PATIENCE_S = 60.0
"""How long one may take, its turn included."""


@dataclass(frozen=True)
class Measured:
    """What a script makes as a film."""

    scenes: int
    shots: int
    characters: int
    frames: int


async def measure_film(text: str, file_name: str, options: FilmOptions) -> Measured:
    """Direct a script by the rules, and count.

    Args:
        text: The script, decoded.
        file_name: A hint at its format.
        options: Frames a second, and for how long.

    Raises:
        InvalidScript: There is nothing in it that could be shown.
        InvalidRequest: Not everything can be said in the runtime that is asked for.
        DependencyDown: So many ask at once that its turn did not come.
    """
    try:
        with anyio.fail_after(PATIENCE_S):
            return await to_process.run_sync(_measure, text, file_name, options, cancellable=True, limiter=_turns())
    except TimeoutError as error:
        raise DependencyDown(f"Directing the script took more than {PATIENCE_S:g} s.") from error


@cache
def _turns() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(PROCESSES)


def _measure(text: str, file_name: str, options: FilmOptions) -> Measured:
    film = direct(read(text, file_name), fps=options.fps, runtime_s=options.runtime_s)
    return Measured(len(film.scenes), len(film.shots), len(film.characters), film.frames)
