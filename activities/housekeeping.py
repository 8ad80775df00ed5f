"""What an installation does by itself: allowances, abandoned reservations, and what nobody needs any more."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from temporalio import activity

from accounts import ledger
from activities.deps import Deps
from activities.heartbeat import heartbeats
from infrastructure.forgetting import forget
from infrastructure.references import SWEPT_AT_ONCE, sweep_references
from infrastructure.sweeping import sweep
from schemas.housekeeping import AllowancesRenewed, BygonesForgotten, ChoreInput, ReservationsReleased, StoreSwept

log = structlog.get_logger(__name__)


@dataclass
class HousekeepingActivities:
    """The chores. Each may be done twice, at once too, and has its effect once."""

    deps: Deps

    @activity.defn
    async def renew_allowances(self, given: ChoreInput) -> AllowancesRenewed:
        """Give everybody the allowance of the month in which the round began, where it is due."""
        async with heartbeats():
            users = await ledger.renew_allowances(self.deps.db, given.at)
        log.info("allowances renewed", users=users, month=f"{given.at:%Y-%m}")
        return AllowancesRenewed(users=users)

    @activity.defn
    async def release_abandoned(self, _given: ChoreInput) -> ReservationsReleased:
        """Give back what is still set aside for films that were not delivered."""
        async with heartbeats():
            found = await ledger.release_abandoned(self.deps.db)
        for one in found:
            log.warning("a film was not settled by its workflow", job=str(one.job_id), rev=one.rev, credits=one.credits)
        return ReservationsReleased(films=len(found), credits=sum(one.credits for one in found))

    @activity.defn
    async def sweep_store(self, _given: ChoreInput) -> StoreSwept:
        """Delete what was deleted of projects, and what no row knows, and end uploads that nobody finished."""
        async with heartbeats():
            while await sweep_references(self.deps.db, self.deps.store) == SWEPT_AT_ONCE:
                pass
            swept = await sweep(self.deps.db, self.deps.store)
        log.info("store swept", **swept.model_dump())
        return swept

    @activity.defn
    async def forget_bygones(self, _given: ChoreInput) -> BygonesForgotten:
        """Delete sessions, links, letters and news of webhooks that have done nothing for long."""
        async with heartbeats():
            rows = await forget(self.deps.db)
        log.info("bygones forgotten", **rows)
        return BygonesForgotten(rows=rows)
