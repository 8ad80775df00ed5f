"""What Stripe told and nobody heard: it is asked for, and taken by the same door as events (ADR 21).

A purchase that waits is asked about by itself. What went back of payments is asked for in Stripe's own lists, which are
short, and whose entries know their payments, however long ago these were made.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from accounts.payments import take
from infrastructure.db.engine import Database
from infrastructure.db.payments import ClaimRow
from infrastructure.db.repositories.checkouts import Checkouts
from infrastructure.db.repositories.claims import Claims
from infrastructure.payments import Payments

LATE: Final = timedelta(minutes=10)
"""After how long a purchase of which nothing was heard is asked about."""
REFUNDS: Final = timedelta(days=30)
"""How long ago something was paid back that is still asked for: ten times as long as Stripe repeats an event."""
DISPUTES: Final = timedelta(days=180)
"""How long ago a dispute began that is still asked for: banks take some three months to decide one."""


async def reconcile_purchases(
    *, db: Database, payments: Payments, late: timedelta = LATE, limit: int = 100
) -> list[UUID]:
    """Ask Stripe about purchases of whose end nothing was heard, as if their events had come.

    Run as often as you like, at once too: the older a purchase, the more rarely it is asked about.

    Args:
        db: The database.
        payments: Stripe.
        late: How old purchases are at least.
        limit: How many are asked about at most.

    Returns:
        Those that stand otherwise now.

    Raises:
        NotSetUp: Nothing is sold here.
        DependencyDown: Stripe or the database does not answer; what was found until then is kept.
    """
    payments.must_sell()
    async with db.begin() as session:
        waiting = await Checkouts(session).claim_late(late, limit)
    moved = []
    for one in waiting:
        assert one.session_id is not None
        before = one.status
        for told in await payments.look(one.session_id):
            async with db.begin() as session:
                await take(session, told, f"asked about {one.session_id}")
        async with db.begin() as session:
            now = await Checkouts(session).get(one.checkout_id)
        if now is not None and now.status is not before:
            moved.append(one.checkout_id)
    return moved


async def reconcile_claims(
    *, db: Database, payments: Payments, refunds: timedelta = REFUNDS, disputes: timedelta = DISPUTES
) -> list[UUID]:
    """Ask Stripe what of payments went back, and take what was not heard of our purchases, as if its events had come.

    Run as often as you like, at once too, and while events come: what is known already changes nothing.

    Args:
        db: The database. No connection is held while Stripe is asked.
        payments: Stripe.
        refunds: How long ago it was paid back at most.
        disputes: How long ago a bank asked for it at most.

    Returns:
        Purchases of which something was not known.

    Raises:
        NotSetUp: Nothing is sold here.
        DependencyDown: Stripe or the database does not answer; what was found until then is kept.
    """
    payments.must_sell()
    now = datetime.now(UTC)
    found: dict[UUID, None] = {}
    async for page in payments.claims(now - refunds, now - disputes):
        async with db.begin() as session:
            unheard = await Claims(session).unheard([ClaimRow.model_validate(vars(one)) for one in page])
        for told in page:
            if told.claim_id not in unheard:
                continue
            async with db.begin() as session:
                _, checkout_id = await take(session, told, f"asked about {told.claim_id}")
            if checkout_id is not None:
                found[checkout_id] = None
    return list(found)
