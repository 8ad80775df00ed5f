"""How a look at an installation is shown."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from rich.console import Console

from api.usecases.look_around import Around, JobsNow, WorkerNow, WorkNow
from cli.lab import LabStatus, ServiceStatus
from cli.overview import Look
from cli.overview_views import OnScreen, as_plain, lines_of
from infrastructure.db.repositories.overview import OpenFilm, Waiting
from infrastructure.gpus import GpuUse, look_at_gpus
from infrastructure.queueing import Depth
from schemas.enums import JobStatus
from schemas.stages import Queue

AT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
FILM = OpenFilm(UUID(int=7), 0, JobStatus.RUNNING, "keyframes", 42, 80.4)
BUSY = Look(
    Around(
        AT,
        JobsNow({JobStatus.RUNNING: 3, JobStatus.COMPLETED: 9}, (FILM,), Waiting(2, 61.0)),
        (Depth("ai-film-studio-jobs-x", 4, 1), Depth("ai-film-studio-jobs-dlq-x", 1, 0)),
        (
            WorkNow(Queue.FILM_CPU, 0, 0.0, (WorkerNow("[red]host[/]:1", "1.4.0", 3.0),)),
            WorkNow(Queue.GPU_KEYFRAME, 5, 3700.0, ()),
        ),
        (),
    ),
    LabStatus(Path("/lab"), True, True, (ServiceStatus("postgres", 12, "running", 0, None, True, 30.0),)),
    (GpuUse(0, "A10G", 97, 3 << 30, 24 << 30), GpuUse(1, "A10G", None, 0, 24 << 30)),
)
AWAY = Look(Around(AT, None, None, None, ("Temporal at x:1 [does] not answer.",)), None, ())


def drawn(look: Look) -> str:
    console = Console(file=io.StringIO(), force_terminal=True, width=120, height=60, color_system=None)
    with OnScreen(console) as screen:
        screen.show(look)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_lines_say_what_they_are_about() -> None:
    assert list(lines_of(BUSY)) == [
        "at        2026-03-01 12:30:00 UTC",
        "service   postgres: running, up 0:00:30",
        "jobs      9 completed, 3 running; 2 to be told to Temporal, for 0:01:01; of the open ones the 1 oldest:",
        f"job       {UUID(int=7)}: running, keyframes, 42 %, 0:01:20",
        "queue     ai-film-studio-jobs-x: 4 waiting, 1 in hand",
        "queue     ai-film-studio-jobs-dlq-x: 1 waiting, 0 in hand",
        "worker    film-cpu: 0 waiting; [red]host[/]:1 (1.4.0)",
        "worker    gpu-keyframe: 5 waiting for 1:01:40; nobody asks",
        "gpu       0 A10G: 97 % busy, 3.0 of 24.0 GiB",
        "gpu       1 A10G: busy unknown, 0.0 of 24.0 GiB",
    ]


def test_what_is_away_is_named_and_so_is_that_there_is_no_gpu() -> None:
    assert list(lines_of(AWAY)) == [
        "at        2026-03-01 12:30:00 UTC",
        "gpu       none on this machine",
        "away      Temporal at x:1 [does] not answer.",
    ]
    assert "GPU: none on this machine" in drawn(AWAY)
    assert "Temporal at x:1 [does] not answer." in drawn(AWAY)


def test_a_terminal_shows_all_of_it_and_takes_no_word_for_a_colour() -> None:
    shown = drawn(BUSY)
    for word in (str(UUID(int=7)), "[red]host[/]:1 (1.4.0)", "ai-film-studio-jobs-dlq-x", "97 % busy", "postgres"):
        assert word in shown


def test_programs_get_plain_json() -> None:
    plain = json.loads(json.dumps(as_plain(BUSY)))
    assert plain["jobs"]["open"][0] == {
        "job_id": str(UUID(int=7)), "rev": 0, "status": "running", "step": "keyframes", "progress": 42, "since_s": 80.4,
    }  # fmt: skip
    assert plain["jobs"]["by_status"] == {"running": 3, "completed": 9}
    assert plain["workers"][1] == {"queue": "gpu-keyframe", "waiting": 5, "oldest_s": 3700.0, "workers": []}
    nothing = json.loads(json.dumps(as_plain(AWAY)))
    assert (nothing["services"], nothing["jobs"], nothing["queues"], nothing["workers"]) == (None,) * 4
    assert nothing["gpus"] == []
    assert nothing["away"] == ["Temporal at x:1 [does] not answer."]


def test_the_driver_is_asked_and_need_not_be_there() -> None:
    for gpu in look_at_gpus():
        assert gpu.memory_bytes >= gpu.memory_used >= 0
