"""Watching a job: its events, as a progress bar for people or as nothing for programs."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Protocol
from uuid import UUID

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from api.usecases.cancel_film import cancel_film
from cli import output
from cli.client import Client
from infrastructure.db.listen import EVENTS_CHANNEL, Notifications, listen
from infrastructure.db.repositories.events import Events
from infrastructure.db.repositories.jobs import Jobs
from schemas.enums import JobStatus
from schemas.errors import ArtifactMissing, DependencyDown
from schemas.events import EventKind, JobEvent

LOOK_S = 1.0
"""How often events are looked for when no notification came."""

PATIENCE_S = 60.0
"""How long the database may be away before the command gives up. The film does not."""

_TOLD = {
    EventKind.FLAGGED,
    EventKind.REFUSED,
    EventKind.DIRECTED,
    EventKind.SHOT_PARKED,
    EventKind.SHOT_STAND_IN,
    EventKind.AWAITING_REVIEW,
}
"""What is told in words above the bars."""
_INTERRUPTS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True)
class Ending:
    """How a job ended."""

    status: JobStatus
    message: str = ""
    error_type: str | None = None
    output_key: str = ""
    output_sha256: str = ""
    summary: dict[str, Any] = field(default_factory=dict)


class Display(Protocol):
    """Shows what happens."""

    def show(self, event: JobEvent) -> None:
        """Show an event."""
        ...


class Silence:
    """Shows nothing."""

    def show(self, event: JobEvent) -> None:
        """Show nothing."""


class Lines:
    """Shows a line an event, for logs."""

    def show(self, event: JobEvent) -> None:
        """Print the event's sentence."""
        output.tell(f"{event.progress:3d} %  {event.message}")


class Bars:
    """Shows progress bars, for terminals."""

    def __init__(self, title: str, console: Console) -> None:
        """Prepare the bars.

        Args:
            title: The film's.
            console: A terminal.
        """
        self._progress = Progress(
            TextColumn("[bold]{task.description}"),
            BarColumn(bar_width=None),
            TextColumn("{task.percentage:3.0f} %"),
            TextColumn("{task.fields[now]}"),
            TimeElapsedColumn(),
            console=console,
        )
        self._film = self._progress.add_task(title, total=100, now="")
        self._shots = self._progress.add_task("shots", total=None, now="", visible=False)

    def __enter__(self) -> Bars:
        """Begin to draw."""
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop drawing, and leave the bars as they are."""
        self._progress.stop()

    def show(self, event: JobEvent) -> None:
        """Move the bars."""
        self._progress.update(self._film, completed=event.progress, now=event.stage or event.status.value)
        if event.kind is EventKind.SHOTS_MADE:
            self._progress.update(self._shots, visible=True, total=event.data["of"], advance=event.data["shots"])
        if event.kind in _TOLD:
            self._progress.console.print(event.message)


def make_display(title: str, *, quiet: bool) -> AbstractContextManager[Display]:
    """Choose how to show a job: bars on a terminal, lines elsewhere, nothing when only the result is wanted."""
    if quiet:
        return nullcontext(Silence())
    console = Console(stderr=True)
    return Bars(title, console) if console.is_terminal else nullcontext(Lines())


class Watcher:
    """Follows one job to its end."""

    def __init__(self, client: Client, job_id: UUID, display: Display, *, keep_open: bool, since: int = 0) -> None:
        """Watch a job.

        Args:
            client: Connections to the lab.
            job_id: The job.
            display: Where to show it.
            keep_open: Whether to wait for decisions on shots that failed, instead of cancelling the film.
            since: Number of the last event that is known: those up to it are not followed.
        """
        self._client = client
        self._job_id = job_id
        self._display = display
        self._keep_open = keep_open
        self._seq = since
        self._last_heard = time.monotonic()
        self._why_cancelled = ""

    async def until_end(self) -> Ending:
        """Follow the job; Ctrl-C cancels it, and a shot that failed for good does so too unless it is kept open."""
        interrupted = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in _INTERRUPTS:
            loop.add_signal_handler(number, interrupted.set)
        try:
            return await self._through_outages(interrupted)
        finally:
            for number in _INTERRUPTS:
                loop.remove_signal_handler(number)

    async def _through_outages(self, interrupted: asyncio.Event) -> Ending:
        """Follow the job; when the database is away for a while, go on when it is back. The film goes on meanwhile."""
        while True:
            try:
                async with listen(self._client.settings.database_url, EVENTS_CHANNEL) as notifications:
                    return await self._follow(notifications, interrupted)
            except DependencyDown:
                if time.monotonic() - self._last_heard > PATIENCE_S:
                    raise
                await asyncio.sleep(LOOK_S)

    async def _follow(self, notifications: Notifications, interrupted: asyncio.Event) -> Ending:
        pressed = asyncio.create_task(interrupted.wait())
        try:
            while True:
                for event in await self._new_events():
                    await self._react(event)
                    self._display.show(event)
                    self._seq = event.seq
                    if event.status.terminal:
                        return await self._ending()
                if pressed.done() and not self._why_cancelled:
                    for number in _INTERRUPTS:
                        asyncio.get_running_loop().remove_signal_handler(number)
                    output.tell("Cancelling the film … (Ctrl-C again: leave without waiting)")
                    await self._cancel("The film was cancelled; what is finished stays for the next time.")
                heard = asyncio.ensure_future(notifications.wait_for(LOOK_S))
                await asyncio.wait({heard} if pressed.done() else {heard, pressed}, return_when=asyncio.FIRST_COMPLETED)
                if heard.done():
                    heard.result()  # raises when the connection was lost
                else:
                    heard.cancel()
                    await asyncio.gather(heard, return_exceptions=True)
        finally:
            pressed.cancel()

    async def _new_events(self) -> list[JobEvent]:
        async with self._client.db.begin() as session:
            events = await Events(session).after(self._job_id, self._seq)
        self._last_heard = time.monotonic()
        return list(events)

    async def _react(self, event: JobEvent) -> None:
        if event.kind is EventKind.AWAITING_REVIEW:
            output.tell(f"The film waits for its review: studio approve {self._job_id}")
        if event.kind is EventKind.SHOT_PARKED:
            shot = event.data["shot"]
            output.tell(
                f"{event.message}\n"
                f"  studio retry {self._job_id} --shot {shot}    tries it again\n"
                f"  studio skip {self._job_id} --shot {shot}     lets the draft stand in for it"
            )
            if not self._keep_open:
                await self._cancel(
                    f"Shot {shot} failed for good, and the film was cancelled. What is finished stays: make the film "
                    "again, or with --keep-open to decide about the shot."
                )

    async def _cancel(self, why: str) -> None:
        await cancel_film(self._job_id, db=self._client.db)
        self._why_cancelled = why

    async def _ending(self) -> Ending:
        async with self._client.db.begin() as session:
            job = await Jobs(session).get(self._job_id)
        if job is None:
            raise ArtifactMissing(f"Job {self._job_id} was deleted.")
        if job.status is JobStatus.CANCELLED:
            return Ending(job.status, self._why_cancelled or "The film was cancelled by somebody else.")
        return Ending(
            JobStatus(job.status),
            job.error_message or "",
            job.error_type,
            job.output_key or "",
            job.output_sha256 or "",
            job.summary or {},
        )
