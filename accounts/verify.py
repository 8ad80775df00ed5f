"""Whether the money is right: what must hold of the ledger at any time."""

from __future__ import annotations

from dataclasses import dataclass, field

from accounts.ledger import SETTLED_WITHIN_S
from infrastructure.db.engine import Database
from infrastructure.db.repositories.money import Money

MOST_OF_A_KIND = 100
"""Faults of one kind that are listed at most."""


@dataclass
class MoneyFindings:
    """What was looked at, and what was wrong."""

    entries: int = 0
    faults: list[str] = field(default_factory=list)


async def verify_money(db: Database) -> MoneyFindings:
    """Look at the whole ledger.

    It holds when the postings of each entry sum to 0; each entry continues the balance of the one before, without
    gaps; no account of credits was ever below zero; every user has exactly what the ledger says, and who is gone has
    nothing; each film's revision was reserved for once and ended once at most, with nothing left of what was set
    aside; no purchase was paid back beyond what was bought; and no film that ended is still reserved for.

    Args:
        db: The database. It may be at work.

    Returns:
        What was found.

    Raises:
        DependencyDown: The database does not answer.
    """
    async with db.begin() as session:
        money = Money(session)
        findings = MoneyFindings(await money.entries(), await money.faults(MOST_OF_A_KIND))
        for one in await money.open_after(SETTLED_WITHIN_S, MOST_OF_A_KIND):
            findings.faults.append(
                f"{one.job_id}: film whose revision {one.rev} is {one.status or 'deleted'}, and {one.credits} credits "
                "are still set aside for it"
            )
    return findings
