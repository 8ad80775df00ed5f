"""Shots that failed for good and wait for somebody: who they are, and what is told of them."""

from __future__ import annotations

import asyncio

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
        self._order = asyncio.Lock()
        """What is told is recorded in the order in which it happened: the last word is the job's status."""

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
        await self._tell(EventKind.SHOT_PARKED, shot.shot, f"Shot {shot.shot} needs attention: {shot.message}", shot)

    async def decide(self, decision: ShotDecision, scene_id: str) -> None:
        """Hand a decision on to the shot's scene, which alone can act on it."""
        self._unpark(decision.shot)
        await workflow.get_external_workflow_handle(scene_id).signal("decide_shot", decision)
        words = f"Decided: shot {decision.shot} is {'skipped' if decision.skip else 'tried again'}."
        await self._tell(EventKind.SHOT_RESUMED, decision.shot, words, decision)

    async def release(self, shot: ShotReleased) -> None:
        """Take note of how a parked shot ended."""
        self._unpark(shot.shot)
        stand_in = shot.outcome is ShotOutcome.STAND_IN
        words = f"Shot {shot.shot}: {'the draft stands in for it, ' if stand_in else ''}{shot.reason}."
        await self._tell(EventKind.SHOT_STAND_IN if stand_in else EventKind.SHOT_RESUMED, shot.shot, words, shot)

    async def _tell(
        self, kind: EventKind, shot: str, words: str, told: ParkedShot | ShotDecision | ShotReleased
    ) -> None:
        async with self._order:
            await self._log.event(
                kind,
                words,
                once=f"{shot}-{self._log.next_number()}",
                status=JobStatus.NEEDS_ATTENTION if self._parked else JobStatus.RUNNING,
                data=told.model_dump(mode="json"),
            )

    def _unpark(self, shot: str) -> None:
        self._parked.pop(shot, None)
        self._changed()

    def _changed(self) -> None:
        self._log.attention(self._parked.values())
        workflow.upsert_search_attributes([NEEDS_ATTENTION.value_set(bool(self._parked))])
