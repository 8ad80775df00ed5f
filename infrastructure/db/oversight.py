"""The tables of those who watch over an installation: what they did, and what waits for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Text, UniqueConstraint, Uuid
from sqlmodel import Field

from infrastructure.db.columns import Row, id_column, json_column, one_of, time_column, words_of
from infrastructure.ids import new_id
from schemas.audit import AuditAct, TargetKind
from schemas.moderation import ItemState


class AuditRow(Row, table=True):
    """Something that an administrator, a moderator or the operator did. Append-only, and kept when its people go."""

    __tablename__ = "audit_log"
    __table_args__ = (
        Index("ix_audit_log_at", "at", "audit_id"),
        Index("ix_audit_log_actor_id_at", "actor_id", "at"),
        Index("ix_audit_log_target_id_at", "target_id", "at"),
    )

    audit_id: UUID = Field(default_factory=new_id, sa_column=id_column(primary=True))
    actor_id: UUID | None = Field(default=None, sa_column=Column(Uuid))
    """No foreign key: what somebody did stays when their account goes."""
    role: str = Field(sa_column=Column(String(50), nullable=False))
    act: AuditAct = Field(sa_column=Column(words_of(AuditAct), nullable=False))
    target_kind: TargetKind = Field(sa_column=Column(words_of(TargetKind), nullable=False))
    target_id: UUID = Field(sa_column=Column(Uuid, nullable=False))
    reason: str = Field(sa_column=Column(Text, nullable=False))
    request_id: str = Field(default="", sa_column=Column(String(64), nullable=False, server_default=""))
    before: dict[str, Any] = Field(sa_column=json_column())
    after: dict[str, Any] = Field(sa_column=json_column())
    at: datetime = Field(default=None, sa_column=time_column(default=True))


class ModerationRow(Row, table=True):
    """A film that moderation holds: it waits until a moderator lets it go on, or refuses it."""

    __tablename__ = "moderation_items"
    __table_args__ = (
        UniqueConstraint("job_id", "rev"),
        CheckConstraint(one_of("state", ItemState), name="state"),
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided"),
        Index("ix_moderation_items_state_created_at", "state", "created_at", "item_id"),
    )

    item_id: UUID = Field(default_factory=new_id, sa_column=id_column(primary=True))
    job_id: UUID = Field(sa_column=id_column("jobs.job_id"))
    rev: int = Field(sa_column=Column(Integer, nullable=False))
    state: ItemState = Field(
        default=ItemState.OPEN, sa_column=Column(words_of(ItemState), nullable=False, server_default="open")
    )
    held_for: str = Field(sa_column=Column(Text, nullable=False))
    """Why it is held: the sentence that its user has read."""
    flags: list[dict[str, Any]] = Field(sa_column=json_column())
    """A `schemas.moderation.Flag` for each line that was found."""
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    decided_at: datetime | None = Field(default=None, sa_column=time_column())
    decided_by: UUID | None = Field(default=None, sa_column=Column(Uuid))
    """Who decided; None while nobody has, and for the operator."""
    reason: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    """Why it was decided so."""
