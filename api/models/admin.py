"""Bodies of `/admin`: users, the audit log, and how the installation is doing."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, Strict, model_validator

from api.models.base import Answer, Body
from schemas.audit import AuditAct, TargetKind
from schemas.credits import MAX_CREDITS
from schemas.enums import JobStatus, Tier
from schemas.messages import DeadLetter
from schemas.people import Role


def _said(text: str) -> str:
    plain = text.strip()
    if not plain:
        raise ValueError("may not be empty")
    return plain


Reason = Annotated[
    str,
    Field(min_length=1, max_length=1000, examples=["Asked for by the user in ticket 4711."]),
    AfterValidator(_said),
]
"""Why something is done: kept in the audit log."""


class Reasoned(Body):
    """Something that is done for a reason."""

    reason: Reason


class ChangeUser(Reasoned):
    """What of an account is changed; what is left out stays."""

    role: Role | None = None
    tier: Tier | None = None
    disabled: Annotated[bool, Strict()] | None = None
    """Whether it is shut: its sessions end, and its keys work no more while it is."""

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.role is None and self.tier is None and self.disabled is None:
            raise ValueError("name at least one of role, tier and disabled")
        return self


class GiveCredits(Reasoned):
    """Credits for somebody. The reason stands in their history, too, for ever: name nobody in it."""

    credits: Annotated[int, Strict(), Field(ge=1, le=MAX_CREDITS, examples=[20])]


class UserShown(Answer):
    """An account."""

    user_id: UUID
    email: str
    role: Role
    tier: Tier
    created_at: datetime
    email_verified_at: datetime | None
    last_login_at: datetime | None
    disabled_at: datetime | None
    """When it was shut; None while it is open."""


class UserCounted(UserShown):
    """An account, and what belongs to it."""

    projects: int
    films: dict[JobStatus, int]
    """How many stand where; a status that none has is left out."""
    sessions: int
    """Where they are signed in."""
    keys: int
    """Keys that were not revoked."""


class AuditShown(Answer):
    """Something that an administrator, a moderator or the operator did."""

    audit_id: UUID
    at: datetime
    actor_id: UUID | None
    """None for the operator, who works with the installation's database itself, and for the software."""
    actor: str | None
    """Their address; None where their account is gone, too."""
    role: str
    """In which role they did it: moderator, admin or operator; payments, where the software handled a payment."""
    act: AuditAct
    target_kind: TargetKind
    target_id: UUID
    reason: str
    request_id: str
    before: dict[str, Any]
    """What was there before, of what was changed."""
    after: dict[str, Any]


class FilmNamed(Answer):
    """A film of somebody."""

    title: str = Field(examples=["The Last Ferry"])
    user_id: UUID
    email: str = Field(examples=["anna@example.org"])
    """Of whoever ordered it."""
    status: JobStatus = Field(examples=["needs_attention"])
    """How it stands now."""
    rev: int = Field(examples=[0])
    """The revision that it has by now: where it is another than the letter's, the film has moved on."""


class DeadLetterShown(Answer):
    """What failed for good."""

    message_id: str
    """Of the message in the queue."""
    receives: int
    """How often it was looked at, this time included."""
    letter: DeadLetter | None
    """What it says; None for what no workflow has sent, such as a ticket that crashed its workers."""
    film: FilmNamed | None
    """The film that it tells of; None for what tells of none, and where the film is gone."""
    body: str | None
    """The message as it is, where it is no letter: its first 2,000 characters."""


class Redriven(Answer):
    """What a dead letter has become."""

    kind: Literal["shot", "film"]
    job_id: UUID
    rev: int
    """The revision that runs: a film's next one, or that whose shot is tried again."""
    shot: str | None
    """Number of the shot that is tried again; None for a film."""


class Part(Answer):
    """A part of the installation."""

    healthy: bool
    said: str = ""
    """What is wrong; empty where nothing is."""


class DatabaseHealth(Part):
    """The database."""

    revision: str | None = None
    """The newest migration that it has."""


class QueueDepth(Answer):
    """A queue of messages."""

    name: str
    waiting: int
    in_hand: int
    """Received, and not done with."""


class QueuesHealth(Part):
    """The queues of GPU demand and of dead letters; how old their oldest message is, SQS tells CloudWatch alone."""

    queues: list[QueueDepth] = []


class TaskQueue(Answer):
    """A queue of Temporal's tasks, and who works on it."""

    name: str
    needed: bool
    """Whether this installation makes no films without a worker of it."""
    workflow_pollers: int
    activity_pollers: int
    """Workers that have asked for a task within the last two minutes."""


class TemporalHealth(Part):
    """Temporal, and the workers."""

    task_queues: list[TaskQueue] = []


class OutboxHealth(Part):
    """What the relay must still pass on: commands for Temporal, and letters."""

    commands: int | None = None
    oldest_command_s: float | None = None
    """Age of the oldest, in seconds; None where nothing waits."""
    letters: int | None = None
    oldest_letter_s: float | None = None
    letters_given_up: int | None = None
    """Letters that nobody would take, and that are tried no more."""


class FilmsHealth(Part):
    """Films, by where they stand."""

    by_status: dict[JobStatus, int] = {}


class SystemHealth(Answer):
    """How the installation is doing."""

    healthy: bool
    """Whether all its parts are."""
    database: DatabaseHealth
    store: Part
    queues: QueuesHealth
    temporal: TemporalHealth
    outbox: OutboxHealth
    films: FilmsHealth
