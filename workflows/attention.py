"""Shots that failed for good and wait for somebody: who they are, and what is told of them."""

from __future__ import annotations

from temporalio import workflow
from temporalio.common import SearchAttributeKey
from temporalio.exceptions import ApplicationError

from schemas.enums import JobStatus, ShotOutcome
from schemas.events import EventKind
from schemas.jobs import ParkedShot, ShotCommand, ShotDecision, ShotReleased
from workflows.logbook import Logbook

NEEDS_ATTENTION = SearchAttributeKey.for_bool("NeedsAttention")


class Attention:
    """Keeps the parked shots of a film, and the job's status in step with them."""

    def __init__(self, log: Logbook) -> None:
        """Begin with none.

        Args:
            log: The film's.
        """
        self._log = log
        self._parked: dict[str, ParkedShot] = {}

    @property
    def parked(self) -> tuple[ParkedShot, ...]:
        """The shots that wait, in the order in which they were parked."""
        return tuple(self._parked.values())

    def must_hold(self, command: ShotCommand) -> None:
        """Refuse a command about a shot that does not wait.

        Raises:
            ApplicationError: It does not; the sentence says which do.
        """
        if command.shot not in self._parked:
            waiting = ", ".join(self._parked) or "none"
            raise ApplicationError(
                f"Shot {command.shot} does not wait for a decision; waiting: {waiting}.", type="NotParked"
            )

    async def park(self, shot: ParkedShot) -> None:
        """Take note of a shot that failed for good."""
        self._parked[shot.shot] = shot
        self._changed()
        await self._log.event(
            EventKind.SHOT_PARKED,
            f"Shot {shot.shot} needs attention: {shot.message}",
            once=f"parked-{shot.shot}-{self._log.next_number()}",
            status=JobStatus.NEEDS_ATTENTION,
            data=shot.model_dump(mode="json"),
        )

    async def decide(self, decision: ShotDecision, scene_id: str) -> None:
        """Hand a decision on to the shot's scene, which alone can act on it."""
        self._unpark(decision.shot)
        await workflow.get_external_workflow_handle(scene_id).signal("decide_shot", decision)
        await self._log.event(
            EventKind.SHOT_RESUMED,
            f"Decided: shot {decision.shot} is {'skipped' if decision.skip else 'tried again'}.",
            once=f"decided-{decision.shot}-{self._log.next_number()}",
            status=self._status(),
        )

    async def release(self, shot: ShotReleased) -> None:
        """Take note of how a parked shot ended."""
        self._unpark(shot.shot)
        stand_in = shot.outcome is ShotOutcome.STAND_IN
        await self._log.event(
            EventKind.SHOT_STAND_IN if stand_in else EventKind.SHOT_RESUMED,
            f"Shot {shot.shot}: {'the draft stands in for it, ' if stand_in else ''}{shot.reason}.",
            once=f"released-{shot.shot}-{self._log.next_number()}",
            status=self._status(),
            data=shot.model_dump(mode="json"),
        )

    def _unpark(self, shot: str) -> None:
        self._parked.pop(shot, None)
        self._changed()

    def _changed(self) -> None:
        self._log.attention(self._parked.values())
        workflow.upsert_search_attributes([NEEDS_ATTENTION.value_set(bool(self._parked))])

    def _status(self) -> JobStatus:
        return JobStatus.NEEDS_ATTENTION if self._parked else JobStatus.RUNNING
