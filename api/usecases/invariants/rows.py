"""Invariants that the database alone can tell: money, tenants, outboxes."""

from __future__ import annotations

from api.usecases.invariants.base import MOST_OF_A_KIND, Checked, Installation, counted
from infrastructure.db.repositories.contradictions import Contradictions


async def ledger(on: Installation) -> Checked:
    """Look at the entries of the ledger, and at what users have."""
    return Checked(on.money.entries, counted(on.money.entries, "entry", "entries"), on.money.wrong_entries)


async def purchases(on: Installation) -> Checked:
    """Look at what was bought, and at what Stripe has said of it."""
    async with on.db.begin() as session:
        found = await Contradictions(session).purchases(MOST_OF_A_KIND)
    looked_at = max(on.money.purchases, found.looked_at)
    return Checked(looked_at, counted(looked_at, "purchase"), [*on.money.wrong_purchases, *found.faults])


async def reservations(on: Installation) -> Checked:
    """Look at what was set aside for films."""
    return Checked(on.money.reservations, counted(on.money.reservations, "reservation"), on.money.wrong_reservations)


async def refunds(on: Installation) -> Checked:
    """Look at films that were paid for in advance and not delivered."""
    async with on.db.begin() as session:
        found = await Contradictions(session).refunds(MOST_OF_A_KIND)
    return Checked(found.looked_at, counted(found.looked_at, "film") + " not delivered", found.faults)


async def tenants(on: Installation) -> Checked:
    """Look at whose everything is, and where it lies."""
    async with on.db.begin() as session:
        found = await Contradictions(session).tenants(MOST_OF_A_KIND)
    return Checked(found.looked_at, counted(found.looked_at, "row") + " of somebody", found.faults)


async def deliveries(on: Installation) -> Checked:
    """Look at commands for Temporal, at letters, at news for webhooks, and at what is to be removed."""
    async with on.db.begin() as session:
        found = await Contradictions(session).deliveries(MOST_OF_A_KIND)
    return Checked(found.looked_at, counted(found.looked_at, "message") + " of outboxes", found.faults)
