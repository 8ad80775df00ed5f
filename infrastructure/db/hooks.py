"""The tables of webhooks: where programs of users are told something, and what they are told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from infrastructure.db.columns import Row, id_column, one_of, time_column, words_of
from infrastructure.ids import new_id
from schemas.hooks import ShutWhy


class WebhookRow(Row, table=True):
    """An address that is told what happens to a user's films."""

    __tablename__ = "webhooks"
    __table_args__ = (
        CheckConstraint(one_of("disabled_why", ShutWhy), name="disabled_why"),
        CheckConstraint("(disabled_at IS NULL) = (disabled_why IS NULL)", name="disabled"),
        CheckConstraint("(secret_before IS NULL) = (secret_before_until IS NULL)", name="secret_before"),
        Index("ix_webhooks_user_id_created_at", "user_id", "created_at"),
    )

    webhook_id: UUID = Field(default_factory=new_id, sa_column=id_column(primary=True))
    user_id: UUID = Field(sa_column=id_column("users.user_id"))
    url: str = Field(sa_column=Column(Text, nullable=False))
    events: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    """Of `schemas.hooks.HookEvent`: what it wants to be told."""
    secret: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """What it is signed with, sealed by `accounts.sealing`."""
    secret_before: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """What it was signed with before; signed with, too, for a while."""
    secret_before_until: datetime | None = Field(default=None, sa_column=time_column())
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    disabled_at: datetime | None = Field(default=None, sa_column=time_column())
    """Since when nothing is written for it, and what was written waits."""
    disabled_why: ShutWhy | None = Field(default=None, sa_column=Column(words_of(ShutWhy)))
    busy_until: datetime = Field(default=None, sa_column=time_column(default=True))
    """Until when somebody speaks with it: it is told one thing at a time. Then, since when nobody has."""


class DeliveryRow(Row, table=True):
    """Something that a webhook is told: written in the transaction of what it is about."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event_id"),
        Index("ix_webhook_deliveries_webhook_id_created_at", "webhook_id", "created_at", "delivery_id"),
        Index("ix_webhook_deliveries_due", "next_try_at", postgresql_where=text("next_try_at IS NOT NULL")),
        CheckConstraint("delivered_at IS NULL OR next_try_at IS NULL", name="delivered_waits_not"),
    )

    delivery_id: UUID = Field(default_factory=new_id, sa_column=id_column(primary=True))
    webhook_id: UUID = Field(sa_column=id_column("webhooks.webhook_id"))
    event_id: str = Field(sa_column=Column(String(100), nullable=False))
    """Names the event for receivers, the same however often it is told: the header `webhook-id`."""
    event: str = Field(sa_column=Column(String(50), nullable=False))
    """Of `schemas.hooks.HookEvent`."""
    job_id: UUID = Field(sa_column=Column(Uuid, nullable=False))
    """No foreign key: what is told stays when a film goes."""
    body: str = Field(sa_column=Column(Text, nullable=False))
    """What is sent, to the letter."""
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    attempts: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    """How often it was tried, since it was last asked for."""
    next_try_at: datetime | None = Field(
        default=None, sa_column=Column(time_column().type, nullable=True, server_default=text("clock_timestamp()"))
    )
    """Not tried before; None when it was delivered, or is given up."""
    tried_at: datetime | None = Field(default=None, sa_column=time_column())
    last_status: int | None = Field(default=None, sa_column=Column(SmallInteger))
    """HTTP's, of the last answer; None where there was none."""
    last_error: str | None = Field(default=None, sa_column=Column(Text))
    delivered_at: datetime | None = Field(default=None, sa_column=time_column())
