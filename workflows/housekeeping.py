"""HousekeepingWorkflow: what an installation does by itself, started by schedules (`workers.schedules`)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError, is_cancelled_exception

from schemas.housekeeping import (
    AllowancesRenewed,
    BygonesForgotten,
    Chore,
    ChoreInput,
    HousekeepingInput,
    HousekeepingResult,
    ReservationsReleased,
    StoreSwept,
)
from workflows import steps
from workflows.wording import counted


@workflow.defn(name="HousekeepingWorkflow")
class HousekeepingWorkflow:
    """Does the chores of a round, one after the other. One that cannot be done does not keep the others from it."""

    @workflow.init
    def __init__(self, given: HousekeepingInput) -> None:
        """Prepare."""
        self._given = given
        self._done = HousekeepingResult()
        self._said: list[str] = []

    @workflow.run
    async def run(self, given: HousekeepingInput) -> HousekeepingResult:
        """Do them.

        Returns:
            What was done.

        Raises:
            ApplicationError: A chore could not be done; those after it were done all the same. The next round does it.
        """
        begun = ChoreInput(at=workflow.now())
        how: dict[Chore, Callable[[ChoreInput], Awaitable[str]]] = {
            Chore.RENEW_ALLOWANCES: self._renew,
            Chore.RELEASE_ABANDONED: self._release,
            Chore.SWEEP_STORE: self._sweep,
            Chore.FORGET_BYGONES: self._forget,
        }
        left: list[str] = []
        for chore in given.chores:
            try:
                said = await how[chore](begun)
            except ActivityError as error:
                if is_cancelled_exception(error):
                    raise
                said = f"{chore} was not done: {steps.words_of(error)[1]}"
                left.append(said)
            self._said.append(said)
            workflow.set_current_details("\n".join(f"- {line}" for line in self._said))
        if left:
            raise ApplicationError(" ".join(left), type="ChoresLeft", non_retryable=True)
        return self._done

    async def _renew(self, begun: ChoreInput) -> str:
        renewed = await steps.run(
            "renew_allowances", begun, AllowancesRenewed, summary=f"allowances of {begun.at:%B %Y}"
        )
        self._done = self._done.model_copy(update={"renewed": renewed})
        return f"{counted(renewed.users, 'user')} got the allowance of {begun.at:%B %Y}"

    async def _release(self, begun: ChoreInput) -> str:
        released = await steps.run(
            "release_abandoned", begun, ReservationsReleased, summary="credits of films that were not delivered"
        )
        self._done = self._done.model_copy(update={"released": released})
        return f"{counted(released.credits, 'credit')} of {counted(released.films, 'film')} went back"

    async def _sweep(self, begun: ChoreInput) -> str:
        swept = await steps.run("sweep_store", begun, StoreSwept, summary="what nobody knows in the store")
        self._done = self._done.model_copy(update={"swept": swept})
        return swept.note or (
            f"{swept.deleted} of {counted(swept.looked_at, 'object')} deleted, {swept.bytes / 1e6:.1f} MB, and "
            f"{counted(swept.uploads, 'upload')} ended"
        )

    async def _forget(self, begun: ChoreInput) -> str:
        forgotten = await steps.run(
            "forget_bygones", begun, BygonesForgotten, summary="what no longer does anything in the database"
        )
        self._done = self._done.model_copy(update={"forgotten": forgotten})
        return f"{counted(sum(forgotten.rows.values()), 'row')} that did nothing any more went from the database"
