"""The table of what must still go: objects in the store, and films in work, of rows that were deleted."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, Integer, String, Text, Uuid
from sqlmodel import Field

from infrastructure.db.columns import Row, id_column, time_column
from infrastructure.ids import new_id


class RemovalRow(Row, table=True):
    """Objects of a project or a film that is no more. Triggers write it when its row is deleted, whoever does that."""

    __tablename__ = "removals"
    __table_args__ = (Index("ix_removals_project_id", "project_id"), Index("ix_removals_next_try_at", "next_try_at"))

    removal_id: UUID = Field(default_factory=new_id, sa_column=id_column(primary=True))
    project_id: UUID = Field(sa_column=Column(Uuid, nullable=False))
    """Whose they were: no foreign key, since it is gone."""
    workflow_id: str | None = Field(default=None, sa_column=Column(String(255)))
    """Who still writes there, and is called off first; None where nobody does."""
    prefix: str = Field(sa_column=Column(Text, nullable=False))
    """All objects whose keys begin so are deleted."""
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    next_try_at: datetime = Field(default=None, sa_column=time_column(default=True))
    """Not claimed before."""
    swept_at: datetime | None = Field(default=None, sa_column=time_column())
    """When they were deleted. It is done once more later: somebody may have been writing just then."""
    attempts: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    """How often it was claimed in vain."""
    last_error: str | None = Field(default=None, sa_column=Column(Text))
