"""`studio film`: order a film, watch it being made, bring it home."""

from __future__ import annotations

import asyncio
import importlib
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psutil

from cli import output
from cli.lab import Lab, LabState
from cli.orders import FilmOrder, check_output, printable, read_script
from schemas.enums import JobStatus
from schemas.errors import INPUT_ERROR_CODES, StudioError
from schemas.jobs import FilmOptions
from schemas.stages import PIPELINE

if TYPE_CHECKING:
    from cli.watching import Ending

__all__ = ["FilmOrder", "make"]


@dataclass(frozen=True)
class _Script:
    """A script that was read and can be filmed."""

    original: bytes
    text: str
    encoding: str
    title: str


def make(order: FilmOrder, *, as_json: bool) -> int:
    """Make a film.

    Args:
        order: What is wanted.
        as_json: Whether to print one JSON object at the end.

    Returns:
        The exit code: 0 when the film was delivered, 2 when the input was at fault, 1 otherwise.

    Raises:
        StudioError: Something was wrong before a job existed.
    """
    began = psutil.Process().create_time()
    original = read_script(order.script)
    check_output(order.output, order.script)
    options = order.options()
    script = _understand(order, original)
    lab = Lab()
    try:
        # The servers take their time to start; the clients' modules are imported meanwhile.
        with ThreadPoolExecutor(1) as beside:
            starting = beside.submit(lab.up, None if as_json else output.tell)
            importlib.import_module("cli.watching")
            state = starting.result()
        return asyncio.run(_make(order, options, script, state, began, as_json=as_json))
    finally:
        if order.stop:
            lab.down()


def _understand(order: FilmOrder, original: bytes) -> _Script:
    """Read and direct the script, so that one that cannot be filmed is refused before anything starts."""
    from film.direction import direct
    from film.script import open_script

    name = printable(Path(order.script.name))
    script = open_script(original, name)
    breakdown = direct(script.screenplay, fps=order.fps)
    return _Script(original, script.text, script.encoding, breakdown.title)


async def _make(
    order: FilmOrder, options: FilmOptions, script: _Script, lab: LabState, began: float, *, as_json: bool
) -> int:
    from accounts.identity import local_user
    from api.usecases.submit_film import FilmRequest, submit_film
    from cli.client import connected
    from cli.watching import Watcher, make_display

    async with connected(lab) as client:
        user = await local_user(client.db)
        submitted = await submit_film(
            FilmRequest(
                user_id=user.user_id,
                locator=order.project or printable(order.script.resolve()),
                title=script.title,
                file_name=printable(Path(order.script.name)),
                original=script.original,
                text=script.text,
                options=options,
                job_id=order.job_id,
            ),
            db=client.db,
            store=client.store,
            settings=client.settings,
        )
        job_id = submitted.film.job_id
        if not as_json:
            output.tell(f"script read as {script.encoding}")
            output.tell(f"job {job_id}")
        with make_display(script.title, quiet=as_json) as display:
            watcher = Watcher(client, job_id, display, keep_open=order.keep_open)
            ending = await watcher.until_end()
        if ending.status is not JobStatus.COMPLETED:
            return _complain(ending, job_id)
        await client.store.get_file(ending.output_key, order.output.absolute(), sha256=ending.output_sha256)
    report = _report(order, ending, job_id, submitted.film.workflow_id, lab, time.time() - began)
    _print(report, as_json=as_json)
    return 0


def _complain(ending: Ending, job_id: UUID) -> int:
    output.complain(ending.message)
    if ending.status is JobStatus.FAILED:
        output.tell(f"The job was {job_id}; what is finished stays and is not made again.")
    return 2 if ending.error_type in INPUT_ERROR_CODES else StudioError.exit_code


def _report(
    order: FilmOrder, ending: Ending, job_id: UUID, workflow_id: str, lab: LabState, wall_s: float
) -> dict[str, Any]:
    summary = ending.summary
    return {
        "job_id": str(job_id),
        "workflow_id": workflow_id,
        "output": os.fspath(order.output.absolute()),
        "duration_s": summary["duration_s"],
        "scenes": summary["scenes"],
        "shots": summary["shots"],
        "stand_ins": summary["stand_ins"],
        "wall_s": round(wall_s, 3),
        "stages": {row.stage.value: summary["stages"][row.stage.value] for row in PIPELINE},
        "temporal_ui": f"{lab.temporal_ui_url}/namespaces/default/workflows/{workflow_id}",
    }


def _print(report: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        output.say_json(report)
        return
    output.say(f"{report['output']}")
    output.say(
        f"{report['duration_s']:.1f} s of film, scenes: {report['scenes']}, shots: {report['shots']}, "
        f"made in {report['wall_s']:.1f} s"
    )
    if report["stand_ins"]:
        output.say(f"The draft stands in for {', '.join(report['stand_ins'])}.")
    output.say("  ".join(f"{stage} {seconds:.1f} s" for stage, seconds in report["stages"].items()))
    output.say(f"How it was made: {report['temporal_ui']}")
