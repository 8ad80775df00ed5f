"""Payments: where a purchase stands, and what of its money went back."""

from __future__ import annotations

from enum import StrEnum


class CheckoutStatus(StrEnum):
    """Where a purchase stands. In the order of their rank: what is told late never takes back what ranks higher."""

    OPEN = "open"
    """Not paid yet: its page can be opened."""
    PROCESSING = "processing"
    """Its user has agreed, and the money is still on its way, as with a bank transfer."""
    EXPIRED = "expired"
    """Nobody paid in time."""
    FAILED = "failed"
    """The money that was on its way never came."""
    PAID = "paid"

    @property
    def rank(self) -> int:
        """Its place in that order."""
        return list(CheckoutStatus).index(self)


class ClaimState(StrEnum):
    """What became of money that was claimed back. In the order of their rank, as above."""

    INQUIRY = "inquiry"
    """A bank asks, and no money has moved."""
    REFUNDED = "refunded"
    """We have paid it back."""
    DISPUTED = "disputed"
    """A bank has taken it until it is decided whose it is."""
    LOST = "lost"
    """It is theirs."""
    WON = "won"
    """It is ours."""

    @property
    def rank(self) -> int:
        """Its place in that order."""
        return list(ClaimState).index(self)

    @property
    def takes(self) -> bool:
        """Whether the money is gone, and so are the credits."""
        return self in {ClaimState.REFUNDED, ClaimState.DISPUTED, ClaimState.LOST}


class EventOutcome(StrEnum):
    """What became of an event."""

    HANDLED = "handled"
    """The purchase that it is about is as it says."""
    HELD = "held"
    """It is about a payment of which no purchase is known yet: it is applied when that comes."""
    IGNORED = "ignored"
    """It is about nothing of ours, or of a kind that changes nothing here."""
    REFUSED = "refused"
    """It does not go together with what was sold: nothing was credited, and an administrator should look."""
    ORPHANED = "orphaned"
    """Its money came after the account was deleted: an administrator should pay it back."""
    REPEATED = "repeated"
    """It was here before. Never stored."""
