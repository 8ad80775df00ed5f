"""What a job's users see, written by one activity alone."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import activity

from accounts import ledger
from activities.deps import Deps
from activities.settling import worth
from infrastructure import metrics
from infrastructure.db.repositories.events import Events
from schemas.errors import Gone
from schemas.events import NewEvent
from schemas.stages import Stage


@dataclass
class ProjectionActivities:
    """Projects what workflows say onto the database."""

    deps: Deps

    @activity.defn
    async def record_event(self, event: NewEvent) -> None:
        """Record an event and move the job with it, in one transaction. The same key twice has one effect.

        A film's end and the end of what was set aside for it are one: neither is ever there without the other. The
        end of a film that was deleted meanwhile is nobody's any more: nothing is written, and nothing is wrong.

        Raises:
            Gone: The film was deleted meanwhile, and goes on.
        """
        ended = event.status is not None and event.status.terminal
        captured = await worth(event, self.deps) if ended else 0
        try:
            async with self.deps.db.begin() as session:
                number = await Events(session).record(event)
                if ended:
                    await ledger.settle(session, job_id=event.job_id, rev=event.rev, captured=captured)
        except Gone:
            if not ended:
                raise
        else:
            if ended and number is not None:
                _count(event)


def _count(event: NewEvent) -> None:
    """Count a film that has ended, and how long its stages took."""
    if event.status is not None:
        metrics.FILMS_ENDED.labels(event.status.value).inc()
    took = event.data.get("summary", {}).get("stages", {})
    for stage in Stage:
        if stage.value in took:
            metrics.STAGE_SECONDS.labels(stage.value).observe(took[stage.value])
