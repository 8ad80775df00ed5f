"""The bookkeeper: asks about purchases of whose end nothing was heard. Part of the relay's process."""

from __future__ import annotations

import asyncio

import structlog

from infrastructure.db.engine import Database
from infrastructure.settings import Settings
from schemas.errors import DependencyDown

SWEEP_S = 300.0
"""How often purchases are looked at."""

log = structlog.get_logger(__name__)


async def keep_books(settings: Settings, db: Database, sweep_s: float = SWEEP_S) -> None:
    """Look for purchases whose events were lost, until cancelled; survive whatever is away meanwhile.

    Args:
        settings: Say by which key Stripe is asked; without one, nothing is sold and nothing is done.
        db: Where purchases wait.
        sweep_s: How often.
    """
    if settings.stripe_secret_key is None:
        return
    # Stripe's library takes 30 MB: an installation that sells nothing goes without.
    from accounts.payments import reconcile
    from infrastructure.payments import Payments

    payments = Payments(settings)
    try:
        while True:
            try:
                moved = await reconcile(db=db, payments=payments)
            except DependencyDown as error:
                log.warning("purchases wait", reason=str(error))
            else:
                if moved:
                    log.warning("events of Stripe's were lost", checkouts=[str(one) for one in moved])
            await asyncio.sleep(sweep_s)
    finally:
        await payments.close()
