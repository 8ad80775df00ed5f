"""What each shot of a film is, while it is made and afterwards, with its picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from api.apart import apart
from api.usecases.shot_readings import FilmState, ShotReadings
from infrastructure.db.engine import Database
from infrastructure.db.repositories.events import Events
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.versions import Versions
from infrastructure.db.tables import VersionRow
from infrastructure.settings import Settings
from schemas.errors import ArtifactMissing, Conflict, InputError, InvalidRequest, NotFound
from schemas.events import EventKind, JobEvent
from schemas.versions import ShotReport, ShotState


class ShotStatus(StrEnum):
    """What a shot is to whoever watches its film."""

    MADE = "made"
    """Its picture stands, as the newest revision asks for it."""
    OUTDATED = "outdated"
    """The film shows it, and the newest revision asks for another picture, which is not drawn yet."""
    MISSING = "missing"
    """There is no picture of it: it was not drawn yet, or has expired."""
    STAND_IN = "stand_in"
    """It could not be drawn: the draft stands in for it."""
    PARKED = "parked"
    """It could not be drawn, and waits for a decision: retry or skip."""


@dataclass(frozen=True)
class ShotsAsked:
    """A question about a film's shots: what goes to another process."""

    newest: dict[str, Any]
    """Columns of the newest revision's `VersionRow`."""
    current: dict[str, Any] | None
    """Those of the version that is the film; None before there is one."""
    decided: dict[str, Any] = field(default_factory=dict)
    """See `activities.shot_states.shot_reports`."""

    @property
    def versions(self) -> tuple[VersionRow, VersionRow | None]:
        """The rows."""
        current = None if self.current is None else VersionRow.model_validate(self.current)
        return VersionRow.model_validate(self.newest), current


class ListShots(Protocol):
    """Says what shots are, as `studio shots` does; `cli.shots.list_shots` does. It runs in a process of its own."""

    def __call__(self, settings: Settings, asked: ShotsAsked, /) -> list[ShotReport]:
        """List all shots of a film, in the order of the newest revision.

        Raises:
            InputError: The script makes no film.
            ArtifactMissing: What the film was made from is gone.
        """


@dataclass(frozen=True)
class ShotSeen:
    """A shot, and what it is."""

    report: ShotReport
    status: ShotStatus
    code: str = ""
    """The name of what went wrong, where it waits: see `schemas.errors`."""
    message: str = ""
    """Why it waits, where it does."""


async def shots_of(
    user_id: UUID,
    job_id: UUID,
    after: str | None,
    limit: int,
    *,
    db: Database,
    settings: Settings,
    listing: ListShots,
    readings: ShotReadings,
) -> Sequence[ShotSeen]:
    """List shots of a user's film: of its newest revision, held against the version that is the film.

    A list that begins is of the film as it is now; one that goes on is of what its first page was read from, for as
    long as that is kept (`shot_readings.KEPT_S`). Which shots wait for a decision is as of now in both.

    Args:
        user_id: Whose film it is.
        job_id: The film.
        after: Number of the last shot that is known; None begins.
        limit: How many at most.
        db: The database.
        settings: The installation's.
        listing: Says what they are.
        readings: What was read of films lately, in this process.

    Raises:
        NotFound: They have no such film.
        InvalidRequest: There is no shot of that number.
        Conflict: It has no shots to be listed: its script makes no film, or has expired.
        DependencyDown: So many ask that its turn did not come.
    """
    async with db.begin() as session:
        job = await Jobs(session).owned(user_id, job_id)
        if job is None:
            raise NotFound("There is no such film.")
        versions = {one.rev: one for one in await Versions(session).of_job(job_id)}
        told = _folded(await Events(session).decisions(job_id, job.rev))
    asked = ShotsAsked(
        newest=versions[job.rev].model_dump(),
        current=None if job.version is None else versions[job.version].model_dump(),
        decided={"seeds": told.seeds, "stand_ins": sorted(told.stand_ins)},
    )
    state = FilmState(job.rev, job.version, job.last_seq)
    try:
        reports = await readings.of(job_id, state, lambda: apart(listing, settings, asked), begins=after is None)
    except ArtifactMissing as error:
        raise Conflict("What this film was made from has expired; order it again.") from error
    except InputError as error:
        raise Conflict(f"This film has no shots: {error}") from error
    first = 0 if after is None else _behind(after, reports)
    parked = {} if job.status.terminal else told.parked
    return [_seen(report, parked) for report in reports[first : first + limit]]


def _behind(shot: str, reports: Sequence[ShotReport]) -> int:
    """Find the place behind a shot.

    Raises:
        InvalidRequest: There is no such shot.
    """
    for place, report in enumerate(reports, 1):
        if report.id == shot:
            return place
    raise InvalidRequest(f"cursor: there is no shot {shot}; leave it out to begin.")


@dataclass
class _Told:
    """What events have told of single shots, by number."""

    parked: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The name of what went wrong, and why in a sentence."""
    seeds: dict[str, int] = field(default_factory=dict)
    stand_ins: set[str] = field(default_factory=set)


def _folded(events: Sequence[JobEvent]) -> _Told:
    told = _Told()
    for event in events:
        shot = str(event.data["shot"])
        if event.kind is EventKind.SHOT_PARKED:
            told.parked[shot] = str(event.data.get("error_type", "")), str(event.data.get("message", ""))
            continue
        told.parked.pop(shot, None)
        if event.kind is EventKind.SHOT_STAND_IN:
            told.stand_ins.add(shot)
        elif event.data.get("seed") is not None:
            told.seeds[shot] = int(event.data["seed"])
    return told


def _seen(report: ShotReport, parked: dict[str, tuple[str, str]]) -> ShotSeen:
    if report.id in parked:
        return ShotSeen(report, ShotStatus.PARKED, *parked[report.id])
    if report.state is ShotState.FAILED:
        return ShotSeen(report, ShotStatus.STAND_IN)
    if report.picture is not None:
        return ShotSeen(report, ShotStatus.MADE)
    return ShotSeen(report, ShotStatus.OUTDATED if report.state is ShotState.STALE else ShotStatus.MISSING)
