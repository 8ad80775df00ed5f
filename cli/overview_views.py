"""How a look at an installation is shown: live on a terminal, as lines elsewhere, as JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from datetime import timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from api.usecases.look_around import JobsNow, WorkNow
from cli import output
from cli.services import service_table
from infrastructure.gpus import GpuUse
from infrastructure.queueing import Depth

if TYPE_CHECKING:
    from cli.overview import Look

NO_GPU = "none on this machine"
_LAB_GONE = "the lab does not run any more"
_GIB = 1 << 30


class View(Protocol):
    """Shows one look after the other."""

    def show(self, look: Look) -> None:
        """Show a look.

        Raises:
            BrokenPipeError: Nobody reads any more.
        """
        ...


def view(*, as_json: bool) -> AbstractContextManager[View]:
    """Choose how to show: live on a terminal, lines elsewhere, JSON where it is asked for."""
    if as_json:
        return nullcontext(JsonLines())
    console = Console()
    return OnScreen(console) if console.is_terminal else nullcontext(Lines())


class JsonLines:
    """One JSON object a look, a line each."""

    def show(self, look: Look) -> None:
        """Print it."""
        output.say(json.dumps(as_plain(look), ensure_ascii=False))
        sys.stdout.flush()


class Lines:
    """A paragraph a look, for logs and pipes."""

    def show(self, look: Look) -> None:
        """Print it."""
        for line in lines_of(look):
            output.say(line)
        output.say("")
        sys.stdout.flush()


class OnScreen:
    """Tables on a terminal, drawn anew at each look."""

    def __init__(self, console: Console) -> None:
        """Prepare.

        Args:
            console: A terminal.
        """
        self._live = Live(console=console, auto_refresh=False, vertical_overflow="crop")

    def __enter__(self) -> OnScreen:
        """Begin to draw."""
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, and leave what was seen last."""
        self._live.stop()

    def show(self, look: Look) -> None:
        """Draw it."""
        self._live.update(Group(*_tables(look)), refresh=True)


def as_plain(look: Look) -> dict[str, Any]:
    """Turn a look into what JSON can say. What is away is null, and named in `away`."""
    around = look.around
    jobs = around.jobs
    return {
        "at": around.at.isoformat(),
        "services": None if look.lab is None else [asdict(service) for service in look.lab.services],
        "jobs": None
        if jobs is None
        else {
            "by_status": {status.value: count for status, count in jobs.by_status.items()},
            "open": [film._asdict() | {"job_id": str(film.job_id), "status": film.status.value} for film in jobs.open],
            "commands": jobs.commands._asdict(),
        },
        "queues": None if around.queues is None else [asdict(depth) for depth in around.queues],
        "workers": None if around.work is None else [asdict(one) for one in around.work],
        "gpus": [asdict(gpu) for gpu in look.gpus],
        "away": list(around.away),
    }


def lines_of(look: Look) -> Iterator[str]:
    """Tell of a look in lines, each of which begins with what it is about."""
    around = look.around
    yield f"at        {around.at:%Y-%m-%d %H:%M:%S} UTC"
    if look.lab is not None:
        for service in look.lab.services:
            yield f"service   {service.name}: {service.state}, up {_span(service.uptime_s)}"
        if not look.lab.running:
            yield f"service   {_LAB_GONE}"
    if around.jobs is not None:
        yield f"jobs      {_counts(around.jobs)}"
        for film in around.jobs.open:
            step = film.step or "not begun"
            yield f"job       {film.job_id}: {film.status}, {step}, {film.progress} %, {_span(film.since_s)}"
    for depth in around.queues or ():
        yield f"queue     {depth.name}: {depth.waiting} waiting, {depth.in_hand} in hand"
    for work in around.work or ():
        yield f"worker    {work.queue}: {_backlog(work)}; {_hands(work) or 'nobody asks'}"
    for gpu in look.gpus:
        yield f"gpu       {gpu.index} {gpu.name}: {_busy(gpu)}, {_memory(gpu)}"
    if not look.gpus:
        yield f"gpu       {NO_GPU}"
    for sentence in around.away:
        yield f"away      {sentence}"


def _tables(look: Look) -> Iterator[RenderableType]:
    around = look.around
    yield Text(f"{around.at:%Y-%m-%d %H:%M:%S} UTC", style="bold")
    for sentence in (*around.away, *((_LAB_GONE,) if look.lab is not None and not look.lab.running else ())):
        yield Text(sentence, style="red")
    if look.lab is not None and look.lab.services:
        yield service_table(look.lab)
    yield Text("")
    yield from _job_tables(around.jobs)
    yield _queue_table(around.queues, around.work)
    yield Text("")
    yield _gpu_table(look.gpus) if look.gpus else Text(f"GPU: {NO_GPU}", style="dim")


def _job_tables(jobs: JobsNow | None) -> Iterator[RenderableType]:
    if jobs is None:
        return
    yield Text(f"jobs: {_counts(jobs)}")
    if jobs.open:
        table = Table("job", "status", "step", "%", "since", show_edge=False)
        for film in jobs.open:
            table.add_row(str(film.job_id), film.status, film.step or "", str(film.progress), _span(film.since_s))
        yield table
    yield Text("")


def _queue_table(depths: tuple[Depth, ...] | None, works: tuple[WorkNow, ...] | None) -> Table:
    table = Table("queue", "waiting", "oldest", "in hand", "workers", show_edge=False)
    for work in works or ():
        oldest = _span(work.oldest_s) if work.waiting else ""
        table.add_row(work.queue, str(work.waiting), oldest, "", Text(_hands(work)))
    for depth in depths or ():
        table.add_row(depth.name, str(depth.waiting), "", str(depth.in_hand), "")
    return table


def _gpu_table(gpus: tuple[GpuUse, ...]) -> Table:
    table = Table("GPU", "busy", "memory", show_edge=False)
    for gpu in gpus:
        table.add_row(Text(f"{gpu.index} {gpu.name}"), _busy(gpu), _memory(gpu))
    return table


def _counts(jobs: JobsNow) -> str:
    found = [f"{count} {status.value}" for status, count in sorted(jobs.by_status.items())]
    more = sum(count for status, count in jobs.by_status.items() if not status.terminal) - len(jobs.open)
    told = [", ".join(found) or "none yet"]
    waiting = jobs.commands
    if waiting.waiting:
        told.append(f"{waiting.waiting} to be told to Temporal, for {_span(waiting.oldest_s or 0)}")
    if more > 0:
        told.append(f"of the open ones the {len(jobs.open)} oldest:")
    return "; ".join(told)


def _backlog(work: WorkNow) -> str:
    return f"{work.waiting} waiting" + (f" for {_span(work.oldest_s)}" if work.waiting else "")


def _hands(work: WorkNow) -> str:
    return ", ".join(one.identity + (f" ({one.build})" if one.build else "") for one in work.workers)


def _busy(gpu: GpuUse) -> str:
    return "busy unknown" if gpu.busy_percent is None else f"{gpu.busy_percent} % busy"


def _memory(gpu: GpuUse) -> str:
    return f"{gpu.memory_used / _GIB:.1f} of {gpu.memory_bytes / _GIB:.1f} GiB"


def _span(seconds: float) -> str:
    return str(timedelta(seconds=round(seconds)))
