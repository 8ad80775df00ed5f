"""The tables of money: what was reserved, captured, bought and given back.

The ledger. Rows are added and never changed nor deleted, not even with their user: they name nobody, and refer to
users and jobs that may be gone. What `users.credits` is at any time follows from them, and the database sees to it
(migration 0004): an entry's postings, which one statement writes, sum to 0 and to its amount; at commit its balance
continues the one before, and a user's credits are what the last entry says.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, String, Text, UniqueConstraint, Uuid, text
from sqlalchemy import ForeignKey as References
from sqlmodel import Field

from infrastructure.db.columns import Row, id_column, one_of, time_column, words_of
from infrastructure.ids import new_id
from schemas.credits import CreditAccount, EntryType

_ENDINGS = "type IN ('capture', 'release')"
_DIRECTION = """
    CASE WHEN type = 'reserve' THEN amount < 0
         WHEN type = 'closing' THEN amount <= 0
         WHEN type IN ('allowance', 'refund') THEN true
         ELSE amount >= 0 END
"""


class TransactionRow(Row, table=True):
    """An entry of the ledger. Append-only."""

    __tablename__ = "credit_transactions"
    __table_args__ = (
        UniqueConstraint("user_id", "seq"),
        UniqueConstraint("job_id", "rev", "type"),
        UniqueConstraint("type", "request_key"),
        Index("uq_credit_transactions_ending", "job_id", "rev", unique=True, postgresql_where=text(_ENDINGS)),
        Index("ix_credit_transactions_purchase_id", "purchase_id", postgresql_where=text("purchase_id IS NOT NULL")),
        CheckConstraint(one_of("type", EntryType), name="type"),
        CheckConstraint("seq >= 1", name="seq"),
        CheckConstraint("balance_after >= 0", name="balance_after"),
        CheckConstraint(_DIRECTION, name="direction"),
        CheckConstraint(
            "num_nonnulls(job_id, rev) = CASE WHEN type IN ('reserve', 'capture', 'release') THEN 2 ELSE 0 END",
            name="film",
        ),
        CheckConstraint(
            "(request_key IS NOT NULL) = (type IN ('allowance', 'grant', 'purchase', 'refund'))", name="request_key"
        ),
        CheckConstraint("(purchase_id IS NOT NULL) = (type = 'refund')", name="purchase"),
    )

    transaction_id: UUID = Field(default_factory=new_id, sa_column=id_column(primary=True))
    user_id: UUID = Field(sa_column=id_column())
    """Whose it is, or was: no foreign key, since the ledger outlives its user."""
    seq: int = Field(sa_column=Column(BigInteger, nullable=False))
    """1, 2, 3 … without gaps within the user's ledger."""
    type: EntryType = Field(sa_column=Column(words_of(EntryType), nullable=False))
    amount: int = Field(sa_column=Column(Integer, nullable=False))
    """By how much `users.credits` moved."""
    balance_after: int = Field(sa_column=Column(Integer, nullable=False))
    """`users.credits` after it."""
    description: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    """For the user to read; it names nobody."""
    job_id: UUID | None = Field(default=None, sa_column=Column(Uuid, nullable=True))
    """The film, for the types that are about one: no foreign key, as above."""
    rev: int | None = Field(default=None, sa_column=Column(Integer, nullable=True))
    request_key: str | None = Field(default=None, sa_column=Column(String(255), nullable=True))
    """What makes it happen once: unique for its type."""
    purchase_id: UUID | None = Field(
        default=None, sa_column=Column(Uuid, References("credit_transactions.transaction_id"), nullable=True)
    )
    """The purchase that a refund takes back; one whose amount is above zero undoes others: a dispute was won."""
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))


class PostingRow(Row, table=True):
    """What one account gained or lost by an entry. Append-only; those of one entry sum to 0."""

    __tablename__ = "credit_postings"
    __table_args__ = (
        CheckConstraint(one_of("account", CreditAccount), name="account"),
        CheckConstraint("amount <> 0", name="amount"),
    )

    transaction_id: UUID = Field(
        sa_column=Column(Uuid, References("credit_transactions.transaction_id"), primary_key=True, nullable=False)
    )
    account: CreditAccount = Field(sa_column=Column(words_of(CreditAccount), primary_key=True, nullable=False))
    amount: int = Field(sa_column=Column(Integer, nullable=False))
