"""What a job's users see, written by one activity alone."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import activity

from activities.deps import Deps
from infrastructure.db.repositories.events import Events
from schemas.events import NewEvent


@dataclass
class ProjectionActivities:
    """Projects what workflows say onto the database."""

    deps: Deps

    @activity.defn
    async def record_event(self, event: NewEvent) -> None:
        """Record an event and move the job with it, in one transaction. The same key twice has one effect."""
        async with self.deps.db.begin() as session:
            await Events(session).record(event)
