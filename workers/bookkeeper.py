"""The bookkeeper: asks Stripe about what nobody heard of purchases. Part of the relay's process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from uuid import UUID

import structlog

from infrastructure.db.engine import Database
from infrastructure.settings import Settings
from schemas.errors import DependencyDown

SWEEP_S = 300.0
"""How often purchases are looked at that wait."""
CLAIMS_S = 3600.0
"""How often it is asked what of payments went back. Stripe repeats an event for days before one is lost."""

log = structlog.get_logger(__name__)


async def keep_books(settings: Settings, db: Database, sweep_s: float = SWEEP_S, claims_s: float = CLAIMS_S) -> None:
    """Look for what was lost of Stripe's events, until cancelled; survive whatever is away meanwhile.

    Args:
        settings: Say by which key Stripe is asked; without one, nothing is sold and nothing is done.
        db: Where purchases are.
        sweep_s: How often purchases are looked at that wait to be paid.
        claims_s: How often it is asked what of payments went back.
    """
    if settings.stripe_secret_key is None:
        return
    # Stripe's library takes 30 MB: an installation that sells nothing goes without.
    from accounts.reconciling import reconcile_claims, reconcile_purchases
    from infrastructure.payments import Payments

    payments = Payments(settings)
    try:
        async with asyncio.TaskGroup() as books:
            books.create_task(_again(partial(reconcile_purchases, db=db, payments=payments), sweep_s))
            books.create_task(_again(partial(reconcile_claims, db=db, payments=payments), claims_s))
    finally:
        await payments.close()


async def _again(look: Callable[[], Awaitable[list[UUID]]], every_s: float) -> None:
    while True:
        try:
            moved = await look()
        except DependencyDown as error:
            log.warning("purchases wait", reason=str(error))
        except Exception:  # one that cannot be booked must not keep all others from it, for good
            log.exception("the books could not be kept")
        else:
            if moved:
                log.warning("events of Stripe's were lost", checkouts=[str(one) for one in moved])
        await asyncio.sleep(every_s)
