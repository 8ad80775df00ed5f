"""What a film tells while it is made: events for its users, live details for the Temporal Web UI."""

from __future__ import annotations

from datetime import datetime
from types import TracebackType
from typing import Any

from temporalio import workflow

from schemas.enums import JobStatus
from schemas.events import EventKind, NewEvent
from schemas.jobs import FilmInput
from schemas.stages import PIPELINE, STAGE_ROWS, Stage
from workflows import steps


class Logbook:
    """Keeps job events, stage times and the Web UI's table in step with one another."""

    def __init__(self, film: FilmInput) -> None:
        """Open the book of one film.

        Args:
            film: The job's input.
        """
        self._film = film
        self._number = 0
        self._notes: list[str] = []
        self._attention: list[str] = []
        self._running: Stage | None = None
        self.status = JobStatus.QUEUED
        self.stage: str = PIPELINE[0].stage
        self.progress = 0
        self.seconds: dict[str, float] = {}

    class StageEntry:
        """An async context manager that tells of a stage's beginning and end, and measures it."""

        def __init__(self, log: Logbook, stage: Stage) -> None:
            self._log = log
            self._stage = stage
            self._began: datetime | None = None

        async def __aenter__(self) -> None:
            """Tell that the stage begins."""
            self._began = workflow.now()
            await self._log._begin(self._stage)

        async def __aexit__(
            self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
        ) -> None:
            """Tell that it ended, unless it failed: then the film tells."""
            if error is None and self._began is not None:
                await self._log._finish(self._stage, (workflow.now() - self._began).total_seconds())

    def during(self, stage: Stage) -> StageEntry:
        """Wrap a stage."""
        return Logbook.StageEntry(self, stage)

    def next_number(self) -> int:
        """Number events that may happen repeatedly; deterministic, as all of a workflow's state is."""
        self._number += 1
        return self._number

    def note(self, line: str) -> None:
        """Add a line to the Web UI's details."""
        self._notes.append(line)
        self.show()

    def attention(self, shots: list[str]) -> None:
        """Show which shots wait for a decision."""
        self._attention = shots
        self.show()

    async def event(
        self,
        kind: EventKind,
        message: str,
        *,
        once: str | None = None,
        status: JobStatus | None = None,
        progress: int | None = None,
        stage: Stage | None = None,
        data: dict[str, Any] | None = None,
    ) -> None:
        """Record an event.

        Args:
            kind: What it tells.
            message: A sentence for the user.
            once: What makes it different from other events of its kind.
            status: The job's new status, if it changes.
            progress: The job's new progress in percent, if it moves.
            stage: The job's new step, if it changes.
            data: More, for programs.
        """
        if status is not None:
            self.status = status
        if progress is not None:
            self.progress = max(self.progress, progress)
        self.show()
        await self._record(
            NewEvent(
                job_id=self._film.job_id,
                rev=self._film.rev,
                key=self._key(kind, once),
                kind=kind,
                stage=stage,
                progress=progress,
                status=status,
                message=message,
                data=data or {},
            )
        )

    async def counted(self, kind: EventKind, stage: Stage, message: str, *, once: str, count: int, of: int) -> None:
        """Record that a part of a stage's work is done; the job's progress follows the sum of all parts."""
        before, after = _reach(stage)
        await self._record(
            NewEvent(
                job_id=self._film.job_id,
                rev=self._film.rev,
                key=self._key(kind, once),
                kind=kind,
                stage=stage,
                message=message,
                count=count,
                count_of=of,
                progress_from=before,
                progress_to=after,
            )
        )

    async def passed(self, stage: Stage, *, within: Stage, seconds: float) -> None:
        """Record a stage that took place within another: its seconds move from the other to itself."""
        seconds = min(seconds, self.seconds[within])
        self.seconds[within] = round(self.seconds[within] - seconds, 3)
        await self._finish(stage, seconds)

    async def end(self, kind: EventKind, status: JobStatus, message: str, data: dict[str, Any] | None = None) -> None:
        """Record the film's end."""
        self._running = None
        await self.event(
            kind, message, status=status, progress=100 if status is JobStatus.COMPLETED else None, data=data
        )

    async def _begin(self, stage: Stage) -> None:
        self._running = stage
        self.stage = stage
        await self.event(EventKind.STAGE_STARTED, STAGE_ROWS[stage].title, once=stage, stage=stage)

    async def _finish(self, stage: Stage, seconds: float) -> None:
        self.seconds[stage.value] = round(seconds, 3)
        self._running = None
        await self.event(
            EventKind.STAGE_FINISHED,
            f"{STAGE_ROWS[stage].title} took {seconds:.2f} s",
            once=stage,
            stage=stage,
            progress=STAGE_ROWS[stage].progress_to,
            data={"seconds": round(seconds, 3)},
        )

    async def _record(self, event: NewEvent) -> None:
        await steps.tell("record_event", event, summary=event.key)

    def _key(self, kind: EventKind, once: str | None) -> str:
        return f"r{self._film.rev}/{kind}" if once is None else f"r{self._film.rev}/{kind}/{once}"

    def show(self) -> None:
        """Write the Web UI's live details: a table of stages, and what needs somebody."""
        lines = [f"**{self._film.title}** · {self.status} · {self.progress} %", ""]
        lines += self._notes
        lines += ["", "| stage | state | seconds |", "|---|---|---|"]
        lines += [self._row(row.stage, row.title) for row in PIPELINE]
        lines += [f"\n**Needs attention:** {', '.join(self._attention)}"] if self._attention else []
        workflow.set_current_details("\n".join(lines))

    def _row(self, stage: Stage, title: str) -> str:
        if stage.value in self.seconds:
            return f"| {title} | done | {self.seconds[stage.value]:.2f} |"
        return f"| {title} | {'running' if self._running is stage else ''} | |"


def _reach(stage: Stage) -> tuple[int, int]:
    """Return a job's progress before and after a stage, in percent."""
    stages = [row.stage for row in PIPELINE]
    at = stages.index(stage)
    return (PIPELINE[at - 1].progress_to if at else 0), PIPELINE[at].progress_to
