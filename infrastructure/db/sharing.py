"""The table of links by which people without an account watch a film."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, DateTime, Index
from sqlmodel import Field

from infrastructure.db.columns import Row, id_column, time_column
from infrastructure.ids import new_id


class ShareRow(Row, table=True):
    """A link to a film. What makes it secret is not here: it is signed with the installation's secret."""

    __tablename__ = "shares"
    __table_args__ = (
        CheckConstraint("expires_at > created_at", name="lasts"),
        Index("ix_shares_job_id_created_at", "job_id", "created_at"),
    )

    share_id: UUID = Field(default_factory=new_id, sa_column=id_column(primary=True))
    job_id: UUID = Field(sa_column=id_column("jobs.job_id"))
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    expires_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    revoked_at: datetime | None = Field(default=None, sa_column=time_column())
    """When its user ended it before its time."""
