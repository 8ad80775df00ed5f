"""The tables of films. They hold what was validated by `schemas`, and constraints for what must never be.

Columns of users, projects and jobs are those of `specification.md` 2.4, and what the rest needs. Times are
`timestamptz`.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field

from infrastructure.db.columns import Row, id_column, json_column, one_of, time_column, words_of
from infrastructure.ids import new_id
from schemas.artifact import ArtifactRef
from schemas.enums import JobStatus, Tier
from schemas.jobs import FilmInput
from schemas.people import Role

REVISION = "0014"
"""The newest migration these tables need. Revisions are numbered, so that a newer database is told from an older."""


class CommandKind(StrEnum):
    """What the relay tells Temporal."""

    START = "start"
    CANCEL = "cancel"


class RenderOutcome(StrEnum):
    """How an act of making ended."""

    MADE = "made"
    FAILED = "failed"
    DRAINED = "drained"
    """Handed back by a worker that was told to stop."""


class UserRow(Row, table=True):
    """Somebody who makes films."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(one_of("tier", Tier), name="tier"),
        CheckConstraint("credits >= 0", name="credits"),
        CheckConstraint(one_of("role", Role), name="role"),
        CheckConstraint("credits_monthly BETWEEN 0 AND credits", name="credits_monthly"),
        CheckConstraint("credits_reserved >= 0", name="credits_reserved"),
        CheckConstraint("credits_owed >= 0", name="credits_owed"),
        CheckConstraint("credits = 0 OR credits_owed = 0", name="owes_or_has"),
        Index("ix_users_credit_reset_date", "credit_reset_date"),
        Index("ix_users_created_at", "created_at", "user_id"),
    )

    user_id: UUID = Field(default_factory=new_id, sa_column=id_column(primary=True))
    email: str = Field(sa_column=Column(String(255), unique=True, nullable=False))
    password_hash: str | None = Field(default=None, sa_column=Column(String(255)))
    tier: Tier = Field(default=Tier.FREE, sa_column=Column(words_of(Tier), nullable=False, server_default="free"))
    credits: int = Field(default=3, sa_column=Column(Integer, nullable=False, server_default="3"))
    """What can be spent: the running balance of the ledger (`money.py`). It moves with an entry there, or the database
    refuses; what a new user begins with gets its entry from a trigger."""
    credits_monthly: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    """Those of `credits` that lapse when the month ends. A new user's all do."""
    credits_reserved: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    """Set aside for films in work; not among `credits`."""
    credits_owed: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    """Spent before their purchase was paid back. Above zero, nothing can be reserved."""
    ledger_entries: int = Field(default=0, sa_column=Column(BigInteger, nullable=False, server_default="0"))
    """How many entries the user's ledger has."""
    credit_reset_date: date = Field(default=None, sa_column=Column(Date, nullable=False))
    """First day, in UTC, of the month whose allowance is due next; a trigger sets a new user's."""
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    last_login_at: datetime | None = Field(default=None, sa_column=time_column())
    role: Role = Field(default=Role.USER, sa_column=Column(words_of(Role), nullable=False, server_default="user"))
    email_verified_at: datetime | None = Field(default=None, sa_column=time_column())
    """When its owner showed that the address is theirs; nobody signs in before."""
    disabled_at: datetime | None = Field(default=None, sa_column=time_column())
    """When it was shut; who signs in, and who is signed in, is refused from then on."""


class ProjectRow(Row, table=True):
    """A script and all that is made of it."""

    __tablename__ = "projects"
    __table_args__ = (
        UniqueConstraint("user_id", "locator"),
        Index("ix_projects_user_id_created_at", "user_id", "created_at"),
    )

    project_id: UUID = Field(default_factory=new_id, sa_column=id_column(primary=True))
    user_id: UUID = Field(sa_column=id_column("users.user_id"))
    locator: str = Field(sa_column=Column(Text, nullable=False))
    """How its user finds it again: a name, or the path of the script. Unique for the user."""
    title: str = Field(sa_column=Column(String(255), nullable=False))
    script: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    """S3 URI of the decoded text; empty until one was stored."""
    status: str = Field(default="draft", sa_column=Column(String(50), nullable=False, server_default="draft"))
    thumbnail_url: str | None = Field(default=None, sa_column=Column(Text))
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    updated_at: datetime = Field(default=None, sa_column=time_column(default=True))
    version: int = Field(default=1, sa_column=Column(Integer, nullable=False, server_default="1"))
    """Raised by each change that a user makes: who changes an older one is told so."""


class ScriptRow(Row, table=True):
    """A version of a project's script, as its user handed it in. Append-only."""

    __tablename__ = "scripts"

    project_id: UUID = Field(sa_column=id_column("projects.project_id", primary=True))
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    """1, 2, 3 … within the project."""
    file_name: str = Field(sa_column=Column(String(255), nullable=False))
    key: str = Field(sa_column=Column(Text, nullable=False))
    """Of the decoded text, which spans index."""
    original_key: str = Field(sa_column=Column(Text, nullable=False))
    """Of the file as it was given."""
    sha256: str = Field(sa_column=Column(String(64), nullable=False))
    """Of the text, as UTF-8."""
    format: str = Field(sa_column=Column(String(50), nullable=False))
    characters: int = Field(sa_column=Column(Integer, nullable=False))
    """Code points of the text."""
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))


class JobRow(Row, table=True):
    """A film that was asked for. Moved by `Events.record` alone once it was created."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint(one_of("status", JobStatus), name="status"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
        CheckConstraint("(progress = 100) = (status = 'completed')", name="done_is_completed"),
        CheckConstraint("status <> 'completed' OR output_key IS NOT NULL", name="completed_has_output"),
        CheckConstraint("output_bytes > 0", name="output_bytes"),
        CheckConstraint(
            "num_nonnulls(output_key, output_sha256, output_bytes, output_media_type) IN (0, 4)", name="output_whole"
        ),
        CheckConstraint("rev >= 0", name="rev"),
        Index("ix_jobs_created_at", "created_at"),
        Index("ix_jobs_project_id", "project_id"),
        Index("ix_jobs_user_id_created_at", "user_id", "created_at"),
        Index("ix_jobs_status", "status"),
    )

    job_id: UUID = Field(default_factory=new_id, sa_column=id_column(primary=True))
    project_id: UUID = Field(sa_column=id_column("projects.project_id"))
    user_id: UUID = Field(sa_column=id_column("users.user_id"))
    rev: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    """Revision that the columns below speak of; a closed film is changed by starting the next one."""
    workflow_id: str = Field(sa_column=Column(String(255), nullable=False))
    status: JobStatus = Field(
        default=JobStatus.QUEUED, sa_column=Column(words_of(JobStatus), nullable=False, server_default="queued")
    )
    progress: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    """Percent; never backwards within a revision, 100 exactly when completed."""
    current_step: str | None = Field(default=None, sa_column=Column(String(100)))
    last_seq: int = Field(default=0, sa_column=Column(BigInteger, nullable=False, server_default="0"))
    """Sequence number of the last event."""
    options: dict[str, Any] = Field(sa_column=json_column())
    """`FilmOptions`."""
    input: dict[str, Any] = Field(sa_column=json_column())
    """`FilmInput`."""
    output_url: str | None = Field(default=None, sa_column=Column(Text))
    """S3 URI of the film."""
    output_key: str | None = Field(default=None, sa_column=Column(Text))
    output_sha256: str | None = Field(default=None, sa_column=Column(String(64)))
    output_bytes: int | None = Field(default=None, sa_column=Column(BigInteger))
    output_media_type: str | None = Field(default=None, sa_column=Column(String(100)))
    summary: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
    version: int | None = Field(default=None, sa_column=Column(Integer))
    """Revision whose film is the job's, and which the columns of the output speak of; None before there is one. A
    revision that fails or is called off leaves it."""
    error_type: str | None = Field(default=None, sa_column=Column(String(100)))
    """Code of a class in `schemas.errors`."""
    error_message: str | None = Field(default=None, sa_column=Column(Text))
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    started_at: datetime | None = Field(default=None, sa_column=time_column())
    completed_at: datetime | None = Field(default=None, sa_column=time_column())
    """When the job came to an end, whichever it was."""

    @property
    def film_input(self) -> FilmInput:
        """What the workflow was, or will be, given."""
        return FilmInput.model_validate(self.input)

    @property
    def output(self) -> ArtifactRef | None:
        """The film, once there is one."""
        if self.output_key is None:
            return None
        return ArtifactRef.model_validate(
            {
                "key": self.output_key,
                "sha256": self.output_sha256,
                "bytes": self.output_bytes,
                "media_type": self.output_media_type,
            }
        )


class VersionRow(Row, table=True):
    """A revision of a film: what was asked for, and the film that came of it. A film's first is number 0."""

    __tablename__ = "job_versions"
    __table_args__ = (
        UniqueConstraint("job_id", "request_key"),
        CheckConstraint(one_of("status", JobStatus), name="status"),
        CheckConstraint("rev >= 0", name="rev"),
        CheckConstraint("status <> 'completed' OR output IS NOT NULL", name="completed_has_output"),
    )

    job_id: UUID = Field(sa_column=id_column("jobs.job_id", primary=True))
    rev: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    base: int | None = Field(default=None, sa_column=Column(Integer))
    """The version that it was asked of; None for the first."""
    request_key: str | None = Field(default=None, sa_column=Column(String(255)))
    """Idempotency key of the request; asking twice with one makes one revision. Of a film's first, whose key is in the
    job's id, a digest of what was asked for."""
    status: JobStatus = Field(
        default=JobStatus.QUEUED, sa_column=Column(words_of(JobStatus), nullable=False, server_default="queued")
    )
    asked: dict[str, Any] = Field(sa_column=json_column())
    """`schemas.edits.Changes`: what was asked of its base, by the numbers of that version's shots."""
    input: dict[str, Any] = Field(sa_column=json_column())
    """`FilmInput`."""
    output: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
    """`ArtifactRef` of its film."""
    summary: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
    message: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    """How it ended, where it did not end with a film."""
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    completed_at: datetime | None = Field(default=None, sa_column=time_column())

    @property
    def film_input(self) -> FilmInput:
        """What its workflow was, or will be, given."""
        return FilmInput.model_validate(self.input)

    @property
    def film(self) -> ArtifactRef | None:
        """Its film, where it has one."""
        return None if self.output is None else ArtifactRef.model_validate(self.output)


class JobEventRow(Row, table=True):
    """What happened to a job. Append-only."""

    __tablename__ = "job_events"
    __table_args__ = (
        UniqueConstraint("job_id", "event_key"),
        CheckConstraint(one_of("status", JobStatus), name="status"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
    )

    job_id: UUID = Field(sa_column=id_column("jobs.job_id", primary=True))
    seq: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    """1, 2, 3 … without gaps within the job."""
    event_key: str = Field(sa_column=Column(Text, nullable=False))
    rev: int = Field(sa_column=Column(Integer, nullable=False))
    kind: str = Field(sa_column=Column(String(50), nullable=False))
    stage: str | None = Field(default=None, sa_column=Column(String(100)))
    progress: int = Field(sa_column=Column(Integer, nullable=False))
    """The job's progress after the event."""
    status: str = Field(sa_column=Column(String(50), nullable=False))
    """The job's status after the event."""
    message: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    data: dict[str, Any] = Field(sa_column=json_column())
    at: datetime = Field(default=None, sa_column=time_column(default=True))


class ArtifactRow(Row, table=True):
    """Something that was made and need not be made again."""

    __tablename__ = "artifacts"
    __table_args__ = (CheckConstraint("bytes > 0", name="bytes"), Index("ix_artifacts_key", "key"))

    project_id: UUID = Field(sa_column=id_column("projects.project_id", primary=True))
    stage: str = Field(sa_column=Column(String(100), primary_key=True))
    spec_hash: str = Field(sa_column=Column(String(64), primary_key=True))
    """What it was made from: `schemas.base.spec_hash`."""
    key: str = Field(sa_column=Column(Text, nullable=False))
    sha256: str = Field(sa_column=Column(String(64), nullable=False))
    bytes: int = Field(sa_column=Column(BigInteger, nullable=False))
    media_type: str = Field(sa_column=Column(String(100), nullable=False))
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    """When the object was last written."""

    @property
    def ref(self) -> ArtifactRef:
        """Where its bytes lie."""
        return ArtifactRef(key=self.key, sha256=self.sha256, bytes=self.bytes, media_type=self.media_type)


class RenderRow(Row, table=True):
    """One act of making, written before it begins. Append-only: what is done twice is seen here."""

    __tablename__ = "renders"
    __table_args__ = (Index("ix_renders_job_id_spec_hash", "job_id", "spec_hash"),)

    render_id: UUID = Field(default_factory=new_id, sa_column=id_column(primary=True))
    job_id: UUID = Field(sa_column=id_column("jobs.job_id"))
    rev: int = Field(sa_column=Column(Integer, nullable=False))
    label: str = Field(sa_column=Column(Text, nullable=False))
    """What people call it: `s002-004 keyframe`."""
    stage: str = Field(sa_column=Column(String(100), nullable=False))
    spec_hash: str = Field(sa_column=Column(String(64), nullable=False))
    round: int = Field(sa_column=Column(SmallInteger, nullable=False))
    """0, and one more each time somebody asked to try again a shot that had failed for good."""
    attempt: int = Field(sa_column=Column(SmallInteger, nullable=False))
    """Attempt of the activity, from 1."""
    worker: str = Field(sa_column=Column(Text, nullable=False))
    begun_at: datetime = Field(default=None, sa_column=time_column(default=True))


class RenderOutcomeRow(Row, table=True):
    """How an act of making ended. Append-only; a render without one ended with its worker."""

    __tablename__ = "render_outcomes"
    __table_args__ = (CheckConstraint(one_of("outcome", RenderOutcome), name="outcome"),)

    render_id: UUID = Field(sa_column=id_column("renders.render_id", primary=True))
    outcome: RenderOutcome = Field(sa_column=Column(words_of(RenderOutcome), nullable=False))
    message: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    at: datetime = Field(default=None, sa_column=time_column(default=True))


class CommandRow(Row, table=True):
    """Something Temporal must be told: the outbox, written in the same transaction as what it is about."""

    __tablename__ = "workflow_commands"
    __table_args__ = (
        UniqueConstraint("job_id", "rev", "kind"),
        CheckConstraint(one_of("kind", CommandKind), name="kind"),
        Index("ix_workflow_commands_unsent", "created_at", postgresql_where=text("sent_at IS NULL")),
    )

    command_id: UUID = Field(default_factory=new_id, sa_column=id_column(primary=True))
    job_id: UUID = Field(sa_column=id_column("jobs.job_id"))
    rev: int = Field(sa_column=Column(Integer, nullable=False))
    kind: CommandKind = Field(sa_column=Column(words_of(CommandKind), nullable=False))
    payload: dict[str, Any] = Field(sa_column=json_column())
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    next_try_at: datetime = Field(default=None, sa_column=time_column(default=True))
    """Not claimed before."""
    sent_at: datetime | None = Field(default=None, sa_column=time_column())
    attempts: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    """How often it was claimed."""
    last_error: str | None = Field(default=None, sa_column=Column(Text))
