"""What a film that has ended has cost: what was delivered of it, and nothing else."""

from __future__ import annotations

from accounts.prices import prices
from activities.deps import Deps
from infrastructure.db.repositories.credits import Credits
from infrastructure.db.repositories.versions import Versions
from schemas.enums import JobStatus, MotionKind, MovedBy
from schemas.events import NewEvent
from schemas.jobs import FilmInput, FilmOptions, FilmResult


async def worth(event: NewEvent, deps: Deps) -> int:
    """Say how many credits a film has cost that ends with an event.

    Shots in whose place a draft stands cost nothing, nor do those of a revision that stood before it, nor does motion
    that no shot has got.

    Args:
        event: The film's last.
        deps: Where its order and its breakdown are read.

    Returns:
        Credits: 0 where nothing was delivered, or nothing was set aside.

    Raises:
        ArtifactMissing: The breakdown of the film, which was made a moment ago, is gone.
    """
    if event.status is not JobStatus.COMPLETED:
        return 0
    async with deps.db.begin() as session:
        reserved = await Credits(session).reservation(event.job_id, event.rev)
        ordered = await Versions(session).get(event.job_id, event.rev)
    if reserved is None or ordered is None:
        return 0
    film = ordered.film_input
    result = FilmResult.model_validate({**event.data["summary"], "output": event.data["output"]})
    return prices().film(_delivered(film.options, result), await _frames(film, result, deps))


def _delivered(options: FilmOptions, result: FilmResult) -> FilmOptions:
    """The options as they were met: where nothing but the camera moves in any shot, no other motion is paid for."""
    made = any(result.motion.shots.get(kind.value) for kind in (MovedBy.FLOW, MovedBy.VIDEO))
    return options if made else options.model_copy(update={"motion": MotionKind.CAMERA})


async def _frames(film: FilmInput, result: FilmResult, deps: Deps) -> int:
    """How many frames are paid for."""
    if result.breakdown is None:  # a worker of an older version took part, which does not name it
        return result.frames
    breakdown = await deps.artifacts.load_shots(result.breakdown)
    free = set(result.stand_ins)
    paid = {shot.id for shot in breakdown.shots} if film.charged is None else set(film.charged)
    return sum(shot.frames for shot in breakdown.shots if shot.id in paid - free)
