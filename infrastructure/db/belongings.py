"""The tables of what projects have besides their scripts: pictures, sounds and fonts of the user's own, and a cast."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, String, text
from sqlmodel import Field

from infrastructure.db.columns import Row, id_column, json_column, one_of, time_column, words_of
from infrastructure.ids import new_id
from schemas.references import ReferenceKind, ReferenceState


class ReferenceRow(Row, table=True):
    """A picture, a sound or a font: announced, then uploaded by its user, then looked at."""

    __tablename__ = "project_references"
    __table_args__ = (
        CheckConstraint(one_of("kind", ReferenceKind), name="kind"),
        CheckConstraint(one_of("state", ReferenceState), name="state"),
        CheckConstraint("bytes > 0", name="bytes"),
        CheckConstraint("state <> 'ready' OR completed_at IS NOT NULL", name="ready_is_complete"),
        CheckConstraint("state = 'ready' OR upload_until IS NOT NULL", name="is_swept"),
        # One file is one thing of a kind: announcing it again finds it.
        Index(
            "uq_project_references_file",
            "project_id",
            "kind",
            "sha256",
            unique=True,
            postgresql_where=text("state <> 'gone'"),
        ),
        Index("ix_project_references_project_id_created_at", "project_id", "created_at", "reference_id"),
        Index("ix_project_references_upload_until", "upload_until", postgresql_where=text("upload_until IS NOT NULL")),
    )

    reference_id: UUID = Field(default_factory=new_id, sa_column=id_column(primary=True))
    project_id: UUID = Field(sa_column=id_column("projects.project_id"))
    kind: ReferenceKind = Field(sa_column=Column(words_of(ReferenceKind), nullable=False))
    state: ReferenceState = Field(
        default=ReferenceState.AWAITED,
        sa_column=Column(words_of(ReferenceState), nullable=False, server_default="awaited"),
    )
    name: str = Field(sa_column=Column(String(255), nullable=False))
    """What its user calls it: whom it shows, or a title."""
    media_type: str = Field(sa_column=Column(String(100), nullable=False))
    bytes: int = Field(sa_column=Column(BigInteger, nullable=False))
    """Its size, as announced; what is ready has it."""
    sha256: str = Field(sa_column=Column(String(64), nullable=False))
    """Likewise."""
    width: int | None = Field(default=None, sa_column=Column(Integer))
    """Of a picture that is ready, in pixels."""
    height: int | None = Field(default=None, sa_column=Column(Integer))
    samples: int | None = Field(default=None, sa_column=Column(BigInteger))
    """Of a sound that is ready: see `schemas.references.Examined`."""
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    completed_at: datetime | None = Field(default=None, sa_column=time_column())
    upload_until: datetime | None = Field(default=None, sa_column=time_column())
    """When it is swept: until then something may lie, or still come, where it is uploaded. None once that is done."""


class CastRow(Row, table=True):
    """The cast that a project keeps; a project without one has no row. Written whole, with the project's row held."""

    __tablename__ = "project_casts"

    project_id: UUID = Field(sa_column=id_column("projects.project_id", primary=True))
    version: int = Field(default=1, sa_column=Column(Integer, nullable=False, server_default="1"))
    """Raised by each change of anybody in it."""
    people: list[dict[str, Any]] = Field(sa_column=json_column())
    """A `schemas.cast.Person` each, in the order in which they were taken in."""
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    updated_at: datetime = Field(default=None, sa_column=time_column(default=True))
