"""Credits: what an account's ledger says, entry by entry."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from schemas.base import Message

MAX_CREDITS = 1_000_000
"""More cannot be bought, granted or asked for at once."""


class EntryType(StrEnum):
    """Why credits move."""

    OPENING = "opening"
    """What an account begins with: its first month's allowance."""
    ALLOWANCE = "allowance"
    """A new month's allowance; what was left of the last one's lapses."""
    GRANT = "grant"
    """Given by the house."""
    PURCHASE = "purchase"
    REFUND = "refund"
    """A purchase, or a part of one, was paid back: its credits leave the account. They come back where a bank had taken
    the money and it was decided that it is ours."""
    RESERVE = "reserve"
    """Set aside for a film that was asked for."""
    CAPTURE = "capture"
    """A film was delivered: its price is taken from what was reserved, and the rest goes back."""
    RELEASE = "release"
    """A film came to nothing: all that was reserved goes back."""
    CLOSING = "closing"
    """The account was deleted, and what was in it lapsed."""


class CreditAccount(StrEnum):
    """Where credits lie, or come from. The first four are a user's own, the others the house's."""

    MONTHLY = "monthly"
    """To spend, until the month ends."""
    LASTING = "lasting"
    """To spend, whenever."""
    RESERVED = "reserved"
    """Set aside for films in work."""
    DEBT = "debt"
    """Below zero where a purchase was paid back after its credits were spent."""
    ALLOWANCES = "allowances"
    GRANTS = "grants"
    SALES = "sales"
    EARNED = "earned"
    """What films cost."""
    LAPSED = "lapsed"


SPENDABLE = (CreditAccount.MONTHLY, CreditAccount.LASTING)
"""What `users.credits` is the sum of."""


class LedgerEntry(Message):
    """One movement of a user's credits. It is never changed: what was wrong is put right by another one."""

    transaction_id: UUID
    user_id: UUID
    seq: int
    """1, 2, 3 … without gaps within the user's ledger."""
    type: EntryType
    amount: int
    """By how much the balance changed; below zero where it fell."""
    balance_after: int
    """Credits that can be spent, after it."""
    description: str
    created_at: datetime
    job_id: UUID | None = None
    """The film it is about, for the types that are about one; `rev` is the film's revision."""
    rev: int | None = None
    request_key: str | None = None
    """What makes it happen once, of the types that are about no film."""
    purchase_id: UUID | None = None
    """The purchase that was paid back."""
    postings: dict[CreditAccount, int]
    """What each account gained, or lost where below zero. The sum is 0."""


class Balance(Message):
    """What a user has."""

    credits: int
    """To spend, in all."""
    monthly: int
    """Those of them that lapse when the month ends."""
    reserved: int
    """Set aside for films in work; not among `credits`."""
    owed: int
    """Owed for what was paid back after it was spent: whatever comes in pays for it first."""
    resets_on: date
    """First day, in UTC, of the month whose allowance is due next."""


class Settlement(Message):
    """How a reservation ended."""

    captured: int
    released: int
    settled_now: bool
    """Whether this call has ended it; False where it had ended before, in the way that is told here."""
