"""Whether the money is right: what must hold of the ledger at any time."""

from __future__ import annotations

from dataclasses import dataclass, field

from accounts.ledger import SETTLED_WITHIN_S
from infrastructure.db.engine import Database
from infrastructure.db.repositories.money import Money
from schemas.credits import EntryType

MOST_OF_A_KIND = 100
"""Faults of one kind that are listed at most."""


@dataclass
class MoneyFindings:
    """What was looked at, and what was wrong."""

    entries: int = 0
    purchases: int = 0
    """Those of the entries that are one."""
    reservations: int = 0
    wrong_entries: list[str] = field(default_factory=list)
    """Entries that do not add up, and users who have something else than the ledger says."""
    wrong_purchases: list[str] = field(default_factory=list)
    wrong_reservations: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """All that was wrong."""
        return self.wrong_entries + self.wrong_purchases + self.wrong_reservations


async def verify_money(db: Database) -> MoneyFindings:
    """Look at the whole ledger.

    It holds when the postings of each entry sum to 0; each entry continues the balance of the one before, without
    gaps; no account of credits was ever below zero; every user has exactly what the ledger says, and who is gone has
    nothing; each film's revision was reserved for once and ended once at most, with nothing left of what was set
    aside; each purchase is there once, and was not paid back beyond what was bought; and no film that ended is still
    reserved for.

    Args:
        db: The database. It may be at work.

    Returns:
        What was found.

    Raises:
        DependencyDown: The database does not answer.
    """
    async with db.begin() as session:
        money = Money(session)
        counted = await money.entries()
        findings = MoneyFindings(
            entries=sum(counted.values()),
            purchases=counted.get(EntryType.PURCHASE, 0),
            reservations=counted.get(EntryType.RESERVE, 0),
            wrong_entries=await money.faults(MOST_OF_A_KIND, "ledger"),
            wrong_purchases=await money.faults(MOST_OF_A_KIND, "purchases"),
            wrong_reservations=await money.faults(MOST_OF_A_KIND, "reservations"),
        )
        for one in await money.open_after(SETTLED_WITHIN_S, MOST_OF_A_KIND):
            findings.wrong_reservations.append(
                f"{one.job_id}: film whose revision {one.rev} is {one.status or 'deleted'}, and {one.credits} credits "
                "are still set aside for it"
            )
    return findings
