"""How long a film in work will still take: the one place where that is worked out.

What is done of the film took a known time. Films of its kind took their times, too, and of each of them it is known how
the rest compares with what was done at this point. So many times as long as it has taken, the film will take on; eight
in ten of those films lie within the range that is told. So a film of any length on machines of any speed is measured by
itself, and the figure is the surer the more of it is done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from infrastructure.db.engine import Database
from infrastructure.db.repositories.jobs import FEW
from infrastructure.db.repositories.paces import Paces, Worked
from infrastructure.db.tables import JobRow
from schemas.enums import JobStatus
from schemas.stages import PIPELINE, Stage, progress_of

PARTS: Final = ((Stage.SCRIPT, Stage.PROMPTS), (Stage.KEYFRAMES, Stage.MOTION), (Stage.COMPOSITION,), (Stage.POST,))
"""What follows one another: the camera's moves are planned while keyframes are drawn."""
UNSURE: Final = 2.0
"""Where too few films were made to compare with: it may take half as long as the table of stages says, or twice."""

Parts = tuple[float, ...]
"""A figure for each of `PARTS`."""


@dataclass(frozen=True)
class Left:
    """A range of seconds."""

    least: float
    most: float


async def time_left(job: JobRow, *, db: Database) -> Left | None:
    """Say how long a film will still take.

    Args:
        job: The film.
        db: The database.

    Returns:
        Seconds until it can be downloaded. None where nobody can say: it is not being worked on, nothing of it is drawn
        yet, or it is a revision, of which any part may stand already.
    """
    if job.status is not JobStatus.RUNNING or job.rev or job.current_step is None:
        return None
    at, share = standing(Stage(job.current_step), job.progress)
    if at == 0 or (at == 1 and share == 0):
        return None
    options = job.film_input.options
    async with db.begin() as session:
        paces = Paces(session)
        worked = await paces.worked(job.job_id, job.rev)
        films = await paces.lately(options.renderer, options.motion)
    return estimate(at, share, worked, [parts_of(stages) for stages in films])


def standing(stage: Stage, progress: int) -> tuple[int, float]:
    """Say where a film stands.

    Args:
        stage: Its present stage.
        progress: Percent of the whole film.

    Returns:
        Which of `PARTS` it is in, and which share of that is done.
    """
    before, after = progress_of(stage)
    share = min(1.0, max(0.0, (progress - before) / (after - before)))
    at = next(index for index, stages in enumerate(PARTS) if stage in stages)
    return at, 1.0 if stage is Stage.MOTION else share


def parts_of(stages: Mapping[str, float]) -> Parts:
    """Sum up what a film took, by its stages' names, in `PARTS`."""
    return tuple(sum(stages.get(stage.value, 0.0) for stage in part) for part in PARTS)


def estimate(at: int, share: float, worked: Worked, films: Sequence[Parts]) -> Left | None:
    """Say how long a film will still take, by how films of its kind went on from where it stands.

    Args:
        at: The part that it is in.
        share: What is done of that.
        worked: How long it has been worked on.
        films: What other films took.

    Returns:
        The range; None where nothing can be compared.
    """
    known = sorted(one for one in (_left(at, share, worked, film) for film in films) if one is not None)
    if len(known) >= FEW:
        return Left(_among(known, 0.1), _among(known, 0.9))
    guess = _left(at, share, worked, _TABLE)
    return None if guess is None else Left(round(guess / UNSURE, 1), round(guess * UNSURE, 1))


def _left(at: int, share: float, worked: Worked, film: Parts) -> float | None:
    """Say how long a film will still take if it goes on as another did; None where that says nothing."""
    last = at == len(PARTS) - 1
    done = sum(film[:at]) + (0.0 if last else share * film[at])
    if done <= 0:
        return None
    if last:  # it tells of no shares: what it should take is held against the clock
        return max(0.0, (worked.seconds - worked.in_stage) * film[at] / done - worked.in_stage)
    # Shares were told when something happened last. Since then time has passed, and more is done than anybody knows.
    left = (worked.seconds - worked.since) * (sum(film) - done) / done
    return max(left - worked.since, left / 2)


def _among(ordered: Sequence[float], share: float) -> float:
    return round(ordered[round(share * (len(ordered) - 1))], 1)


_TABLE: Final = parts_of({row.stage.value: float(row.progress_to - progress_of(row.stage)[0]) for row in PIPELINE})
"""The shares of `PIPELINE`, as if they were seconds."""
