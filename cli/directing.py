"""A script, read and directed as the film of it would be: by the rules, and by a language model where one is set."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from cli.orders import parse_runtime, printable, read_script
from film.direction import direct
from film.direction.model import direct_with
from film.script import Script, open_script
from schemas.cast import FilmCast
from schemas.rate import Rate
from schemas.script import Breakdown


def read_and_direct(
    path: Path, runtime: str | None, fps: Rate = 24, cast: FilmCast | None = None
) -> tuple[Script, Breakdown]:
    """Read a script and direct it.

    Args:
        path: Its file.
        runtime: How long the film shall last, as `cli.orders.parse_runtime` reads it; None for as long as it plays.
        fps: Frames a second.
        cast: Who its people are; None leaves it to the script.

    Returns:
        The script, and its breakdown.

    Raises:
        InvalidScript: It cannot be read, or holds nothing that can be shown.
        InvalidRequest: `runtime` is no length, or too short for all that is said.
    """
    seconds = None if runtime is None else parse_runtime(runtime)
    script = open_script(read_script(path), printable(Path(path.name)))
    breakdown = direct(script.screenplay, fps=fps, runtime_s=seconds, kept=cast.members if cast else ())
    if os.environ.get("STUDIO_DIRECTOR_URL"):
        breakdown = asyncio.run(_directed(breakdown, exact=seconds is not None))
    return script, breakdown


async def _directed(breakdown: Breakdown, *, exact: bool) -> Breakdown:
    """Let the language model direct that the settings name."""
    from infrastructure.settings import Settings
    from workers.director import director_of

    async with director_of(Settings()) as director:
        return breakdown if director is None else await direct_with(director, breakdown, exact=exact)
