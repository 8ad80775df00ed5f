"""What failed for good is put where somebody looks."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import activity

from activities.deps import Deps
from schemas.messages import DeadLetter


@dataclass
class DeadLetterActivities:
    """Sends dead letters."""

    deps: Deps

    @activity.defn
    async def send_dead_letter(self, letter: DeadLetter) -> None:
        """Send a letter to the dead letter queue."""
        await self.deps.queues.send_dead_letter(letter)
