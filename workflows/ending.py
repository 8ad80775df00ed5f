"""How a film ends: joined and delivered, or undone and told."""

from __future__ import annotations

from collections.abc import Sequence

from temporalio import workflow
from temporalio.exceptions import is_cancelled_exception

from schemas.enums import JobStatus
from schemas.errors import Gone
from schemas.events import EventKind
from schemas.jobs import FilmInput, FilmResult, ParkedShot
from schemas.messages import DeadLetter
from schemas.payloads import AnalyzeResult, CutResult, DiscardInput, FinishInput, FinishResult, PublishInput
from schemas.stages import Stage
from workflows import attributes, steps
from workflows.compensation import Compensations
from workflows.logbook import Logbook

GONE = Gone.code
"""How activities fail once the film's job was deleted."""


class Ending:
    """The end of one film."""

    def __init__(self, log: Logbook) -> None:
        """Prepare for either end.

        Args:
            log: Where it is told.
        """
        self._log = log
        self._undo = Compensations()

    async def finish(self, film: FilmInput, cut: CutResult, script: AnalyzeResult) -> FinishResult:
        """Join a film whose segments stand, look at it, and upload it.

        Args:
            film: The job.
            cut: Its segments.
            script: What its script became.
        """
        self._undo.before(
            "discard_output",
            DiscardInput(film=film, reason="the film was not delivered"),
            summary="take back the undelivered film",
        )
        async with attributes.during(self._log, Stage.POST):
            return await steps.run(
                "finish_film",
                FinishInput(
                    film=film,
                    cut=cut,
                    breakdown=script.breakdown,
                    script_breakdown=script.script_breakdown,
                ),
                FinishResult,
                summary="join, subtitles, verify, upload",
            )

    async def deliver(self, film: FilmInput, result: FilmResult) -> None:
        """Say that the film can be downloaded: the last thing a film does, and the only one that says 100.

        From here on a cancel comes too late. It must not reach the activity: the job might be completed in the
        database, and its file then taken back by the compensation.

        Args:
            film: The job.
            result: What it became.
        """
        await steps.undisturbed(
            self._log.end(
                EventKind.COMPLETED,
                JobStatus.COMPLETED,
                f"“{film.title}” is finished: {result.duration_s:.1f} s of film, "
                f"{result.output.bytes / 1e6:.1f} MB, made in {_elapsed():.1f} s.{_warning(result)}",
                data={
                    "output": result.output.model_dump(mode="json"),
                    "summary": result.model_dump(mode="json", exclude={"output"}),
                },
            )
        )
        self._undo.dismiss()
        if film.rev:
            await steps.undisturbed(
                steps.try_to_tell("publish_version", PublishInput(film=film), summary="make this version the job's")
            )

    async def undo(self, film: FilmInput, error: BaseException, waiting: Sequence[ParkedShot]) -> None:
        """Undo what was not delivered, and say how the film ended. What is said last, users take for the end.

        Args:
            film: The job.
            error: Why it is not delivered: a failure, or a cancel.
            waiting: The shots that wait for a decision.
        """
        await self._undo.undo()
        stays = _stays(film)
        if is_cancelled_exception(error):
            await self._log.end(EventKind.CANCELLED, JobStatus.CANCELLED, f"{self._cancelled(waiting)}{stays}")
            return
        error_type, message = steps.words_of(error)
        # 2026-11-29: a film that was deleted while it was made has failed nobody, and nobody shall be told.
        deleted = error_type == GONE and workflow.patched("2026-11-29-deleted-films-end-quietly")
        if not deleted:
            await self._send_dead_letter(film, error_type, message)
        data = {"error_type": error_type}
        await self._log.end(EventKind.FAILED, JobStatus.FAILED, f"{message}{stays}", data=data)

    def _cancelled(self, waiting: Sequence[ParkedShot]) -> str:
        if self._log.status is JobStatus.AWAITING_REVIEW:
            return "The film was cancelled while it waited for its review."
        parked = ", ".join(shot.shot for shot in waiting)
        then = f", while {parked} waited for a decision" if parked else ""
        return f"The film was cancelled at {self._log.progress} %{then}."

    async def _send_dead_letter(self, film: FilmInput, error_type: str, message: str) -> None:
        info = workflow.info()
        letter = DeadLetter(
            kind="film",
            job_id=film.job_id,
            rev=film.rev,
            stage=self._log.stage,
            workflow_id=info.workflow_id,
            run_id=info.run_id,
            failure_type=error_type,
            message=message,
            attempts=1,
            occurred_at=workflow.now(),
        )
        await steps.try_to_tell("send_dead_letter", letter, summary="dead letter: the film failed")


def _elapsed() -> float:
    return (workflow.now() - workflow.info().workflow_start_time).total_seconds()


def _stays(film: FilmInput) -> str:
    """Say what the job still has when a revision of it is not delivered."""
    return "" if film.base is None else f" Version {film.base} of the film stays."


def _warning(result: FilmResult) -> str:
    """What the users of a finished film should look at."""
    warnings = (*(result.dialogue.warnings if result.dialogue else ()), *result.notes)
    return "".join(f" Warning: {warning}" for warning in warnings)
