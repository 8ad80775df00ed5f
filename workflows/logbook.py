"""What a film tells while it is made: events for its users, live details for the Temporal Web UI."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from types import TracebackType
from typing import Any

from temporalio import workflow

from schemas.enums import JobStatus
from schemas.events import EventKind, NewEvent
from schemas.jobs import FilmInput, ParkedShot
from schemas.stages import PIPELINE, STAGE_ROWS, Stage, progress_of
from workflows import steps
from workflows.wording import ROWS, counted, plain, table

TOLD = frozenset(EventKind) - {
    EventKind.STAGE_STARTED,
    EventKind.STAGE_FINISHED,
    EventKind.SHOTS_MADE,
    EventKind.SEGMENT_MADE,
}
"""Events that the details retell: the others are in their tables."""
LAST = 20
"""How many of them."""


class Logbook:
    """Keeps job events, stage times and the Web UI's table in step with one another."""

    def __init__(self, film: FilmInput) -> None:
        """Open the book of one film.

        Args:
            film: The job's input.
        """
        self._film = film
        self._number = 0
        self._scope = ""
        self._scenes: dict[str, tuple[int, str]] = {}
        self._done: dict[Stage, int] = {}
        self._story: list[str] = []
        self._parked: tuple[ParkedShot, ...] = ()
        self._reached: Stage | None = None
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

    def scope(self, scenes: int, shots: int, seconds: float) -> None:
        """Show how long the film is going to be."""
        self._scope = f"{counted(scenes, 'scene')}, {counted(shots, 'shot')}, {seconds:.1f} s of film"
        self.show()

    def scenes(self, shots: Mapping[str, int]) -> None:
        """Show which scenes there are.

        Args:
            shots: The number of shots of each, by name.
        """
        self._scenes = {name: (number, "") for name, number in shots.items()}
        self.show()

    def scene(self, name: str, state: str) -> None:
        """Show where a scene stands."""
        self._scenes[name] = (self._scenes[name][0], state)
        self.show()

    def worked(self, stage: Stage, count: int, *, of: int) -> None:
        """Let the progress shown follow the work that is done; the job's own follows its events.

        Args:
            stage: The stage.
            count: Units of its work that were done since.
            of: All of them.
        """
        self._done[stage] = self._done.get(stage, 0) + count
        before, after = progress_of(stage)
        self.progress = max(self.progress, before + round((after - before) * min(1.0, self._done[stage] / of)))

    def attention(self, parked: Iterable[ParkedShot]) -> None:
        """Show which shots wait for a decision."""
        self._parked = tuple(parked)
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
        if kind in TOLD:
            self._story = [*self._story, f"- {workflow.now():%H:%M:%S} {plain(message)}"][-LAST:]
        self.show()
        more = {"progress": progress, "status": status, "data": data or {}}
        await self._record(self._news(kind, once, stage, message, **more))

    def _news(self, kind: EventKind, once: str | None, stage: Stage | None, message: str, **more: Any) -> NewEvent:
        return NewEvent(
            job_id=self._film.job_id,
            rev=self._film.rev,
            key=self._key(kind, once),
            kind=kind,
            stage=stage,
            message=message,
            **more,
        )

    async def counted(
        self,
        kind: EventKind,
        stage: Stage,
        message: str,
        *,
        once: str,
        count: int,
        of: int,
        data: dict[str, Any] | None = None,
    ) -> None:
        """Record that a part of a stage's work is done; the job's progress follows the sum of all parts."""
        before, after = progress_of(stage)
        self.worked(stage, count, of=of)
        self.show()
        part = {"count": count, "count_of": of, "progress_from": before, "progress_to": after, "data": data or {}}
        await self._record(self._news(kind, once, stage, message, **part))

    async def passed(self, stage: Stage, *, within: Stage, seconds: float) -> None:
        """Record a stage that took place within another: its seconds move from the other to itself."""
        seconds = min(seconds, self.seconds[within])
        self.seconds[within] = round(self.seconds[within] - seconds, 3)
        await self._finish(stage, seconds)

    async def end(self, kind: EventKind, status: JobStatus, message: str, data: dict[str, Any] | None = None) -> None:
        """Record the film's end."""
        await self.event(
            kind, message, status=status, progress=100 if status is JobStatus.COMPLETED else None, data=data
        )

    async def _begin(self, stage: Stage) -> None:
        self._reached = stage
        self.stage = stage
        await self.event(EventKind.STAGE_STARTED, f"{STAGE_ROWS[stage].title} begins", once=stage, stage=stage)

    async def _finish(self, stage: Stage, seconds: float) -> None:
        self.seconds[stage.value] = round(seconds, 3)
        self._reached = None
        await self.event(
            EventKind.STAGE_FINISHED,
            f"{STAGE_ROWS[stage].title} took {seconds:.2f} s",
            once=stage,
            stage=stage,
            progress=STAGE_ROWS[stage].progress_to,
            data={"seconds": round(seconds, 3)},
        )

    async def _record(self, event: NewEvent) -> None:
        await steps.tell("record_event", event, summary=event.message)

    def _key(self, kind: EventKind, once: str | None) -> str:
        return f"r{self._film.rev}/{kind}" if once is None else f"r{self._film.rev}/{kind}/{once}"

    def show(self) -> None:
        """Write the Web UI's live details: who is waited for, tables of stages and scenes, and what happened."""
        status = self.status.replace("_", " ")
        lines = [f"### “{plain(self._film.title)}” · {status} · {self.progress} %", "", self._scope, *self._waiting()]
        lines += table(("Stage", "State", "Time"), [self._row(row.stage, row.title) for row in PIPELINE])
        shown = islice(self._scenes.items(), ROWS)
        scenes = [(plain(name), str(shots), plain(state)) for name, (shots, state) in shown]
        lines += table(("Scene", "Shots", "State"), scenes, of=len(self._scenes)) if scenes else []
        lines += ["", "**What happened** (UTC)", "", *self._story] if self._story else []
        workflow.set_current_details("\n".join(lines))

    def _waiting(self) -> list[str]:
        job = self._film.job_id
        if self.status is JobStatus.AWAITING_REVIEW:
            return ["", f"**Waits for an approval:** `studio approve {job}`, or `studio cancel {job}`"]
        lines = []
        for parked in () if self.status.terminal else self._parked:
            lines += [
                "",
                f"**Waits for a decision on shot {parked.shot}:** {plain(parked.message)} "
                f"Try again: `studio retry {job} --shot {parked.shot}`. "
                f"Let the draft stand in: `studio skip {job} --shot {parked.shot}`.",
            ]
        return lines

    def _row(self, stage: Stage, title: str) -> tuple[str, str, str]:
        if stage.value in self.seconds:
            return title, "done", f"{self.seconds[stage.value]:.2f} s"
        if self._reached is not stage:
            return title, "", ""
        return title, "stopped" if self.status.terminal else "running", ""
