"""What happened to a job, as its users see it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from schemas.base import Message
from schemas.enums import JobStatus


class EventKind(StrEnum):
    """What an event tells."""

    QUEUED = "queued"
    REVISED = "revised"
    """A film that waits is made otherwise than it was ordered; `data` holds its new `input`, and what was `asked`."""
    RESTORED = "restored"
    """An earlier version is the job's film again; `data` holds its number as `version`."""
    FLAGGED = "flagged"
    """Moderation found lines of the script; `data` holds a `schemas.moderation.Flag` for each."""
    REFUSED = "refused"
    """A moderator has refused the film: the message says why, and its cancelling follows."""
    STARTED = "started"
    STAGE_STARTED = "stage_started"
    STAGE_FINISHED = "stage_finished"
    DIRECTED = "directed"
    """A language model was asked to direct: what it directed, and where the rules took over."""
    SHOTS_MADE = "shots_made"
    SEGMENT_MADE = "segment_made"
    AWAITING_REVIEW = "awaiting_review"
    APPROVED = "approved"
    SHOT_PARKED = "shot_parked"
    SHOT_RESUMED = "shot_resumed"
    SHOT_STAND_IN = "shot_stand_in"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


SHOT_EVENTS = (EventKind.SHOT_PARKED, EventKind.SHOT_RESUMED, EventKind.SHOT_STAND_IN)
"""What tells of a single shot; `data` names it as `shot`."""


class NewEvent(Message):
    """An event to be recorded; the input of the activity `record_event`.

    Recording the same key twice has the effect of recording it once.
    """

    job_id: UUID
    rev: int = 0
    key: str
    """Unique within the job, and the same in every attempt to record it."""
    kind: EventKind
    stage: str | None = None
    """Becomes the job's current_step."""
    progress: Annotated[int, Field(ge=0, le=100)] | None = None
    """A lower value than the job's present one is ignored."""
    status: JobStatus | None = None
    """Becomes the job's status. A terminal status is never left again within a revision."""
    message: str = ""
    """A sentence for the user; on a failure it becomes the job's error_message."""
    data: dict[str, Any] = {}
    count: Annotated[int, Field(ge=0)] | None = None
    """For events that each tell of a part of the work: how many units this one adds."""
    count_of: Annotated[int, Field(gt=0)] | None = None
    """All units. Progress then moves from `progress_from` to `progress_to` with the sum of the counts of this
    kind of event in the job's revision, and `progress` is not looked at."""
    progress_from: Annotated[int, Field(ge=0, le=100)] = 0
    progress_to: Annotated[int, Field(ge=0, le=100)] = 100


class JobEvent(Message):
    """A recorded event."""

    job_id: UUID
    seq: int
    """1, 2, 3 … within the job, without gaps; the event id of the event stream."""
    kind: EventKind
    stage: str | None
    progress: int
    """The job's progress after the event."""
    status: JobStatus
    """The job's status after the event."""
    message: str
    data: dict[str, Any]
    at: datetime
