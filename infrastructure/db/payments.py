"""The tables of payments: what was offered, what of its money was claimed back, and which events were handled.

What Stripe tells is kept as facts that can only grow, in rank or in amount: whichever order events come in, they leave
the same rows. None of them names anybody: who pays, and how, stays with Stripe.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, Integer, String, Text, Uuid, text
from sqlmodel import Field

from infrastructure.db.columns import Row, id_column, one_of, time_column, words_of
from schemas.payments import CheckoutStatus, ClaimState, EventOutcome

_WAITING = "status IN ('open', 'processing')"


class CheckoutRow(Row, table=True):
    """A purchase, from the moment that somebody is sent to pay. What was sold stands here, and nowhere else."""

    __tablename__ = "checkouts"
    __table_args__ = (
        CheckConstraint(one_of("status", CheckoutStatus), name="status"),
        CheckConstraint("credits > 0 AND price > 0", name="amounts"),
        CheckConstraint("(status = 'paid') = (payment_intent IS NOT NULL)", name="payment"),
        Index("ix_checkouts_user_id_created_at", "user_id", "created_at"),
        Index("ix_checkouts_waiting", "created_at", postgresql_where=text(_WAITING)),
    )

    checkout_id: UUID = Field(sa_column=id_column(primary=True))
    user_id: UUID = Field(sa_column=id_column())
    """Who buys: no foreign key, since money may come and go after they did."""
    package_id: str = Field(sa_column=Column(String(40), nullable=False))
    credits: int = Field(sa_column=Column(Integer, nullable=False))
    price: int = Field(sa_column=Column(Integer, nullable=False))
    """In the currency's smallest unit."""
    currency: str = Field(sa_column=Column(String(3), nullable=False))
    status: CheckoutStatus = Field(
        default=CheckoutStatus.OPEN, sa_column=Column(words_of(CheckoutStatus), nullable=False, server_default="open")
    )
    session_id: str | None = Field(default=None, sa_column=Column(String(255), unique=True, nullable=True))
    """Stripe's name for its page; None until Stripe has answered."""
    url: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    """Where to pay."""
    payment_intent: str | None = Field(default=None, sa_column=Column(String(255), unique=True, nullable=True))
    """Stripe's name for the payment that was made."""
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    asked_at: datetime | None = Field(default=None, sa_column=time_column())
    """When Stripe was last asked about it, since nothing was heard."""


class ClaimRow(Row, table=True):
    """What of a payment went back, or may: its refunds, all together, or a dispute. It may come before its purchase."""

    __tablename__ = "payment_claims"
    __table_args__ = (
        CheckConstraint(one_of("state", ClaimState), name="state"),
        CheckConstraint("amount >= 0", name="amount"),
        Index("ix_payment_claims_payment_intent", "payment_intent"),
    )

    claim_id: str = Field(sa_column=Column(String(255), primary_key=True, nullable=False))
    """Stripe's name for the charge that was refunded, or for the dispute."""
    payment_intent: str = Field(sa_column=Column(String(255), nullable=False))
    state: ClaimState = Field(sa_column=Column(words_of(ClaimState), nullable=False))
    amount: int = Field(sa_column=Column(BigInteger, nullable=False))
    """How much, in all, in the currency's smallest unit."""
    currency: str = Field(sa_column=Column(String(3), nullable=False))
    charged: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    """How much was paid, where the event says so."""
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))


class StripeEventRow(Row, table=True):
    """An event that was handled. What it says of people is not kept."""

    __tablename__ = "stripe_events"
    __table_args__ = (
        CheckConstraint(one_of("outcome", EventOutcome), name="outcome"),
        Index("ix_stripe_events_checkout_id", "checkout_id", postgresql_where=text("checkout_id IS NOT NULL")),
    )

    event_id: str = Field(sa_column=Column(String(255), primary_key=True, nullable=False))
    type: str = Field(sa_column=Column(String(255), nullable=False))
    object_id: str = Field(default="", sa_column=Column(String(255), nullable=False, server_default=""))
    """What it is about: Stripe's name for it."""
    livemode: bool = Field(sa_column=Column(Boolean, nullable=False))
    """Whether real money was moved."""
    created_at: datetime = Field(sa_column=time_column())
    """When it happened, as Stripe says."""
    received_at: datetime = Field(default=None, sa_column=time_column(default=True))
    outcome: EventOutcome = Field(
        default=EventOutcome.IGNORED,
        sa_column=Column(words_of(EventOutcome), nullable=False, server_default="ignored"),
    )
    checkout_id: UUID | None = Field(default=None, sa_column=Column(Uuid, nullable=True))
    """The purchase that it was about, where that was known when it came."""
