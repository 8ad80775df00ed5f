"""`studio film`: order a film, watch it being made, bring it home."""

from __future__ import annotations

import asyncio
import importlib
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psutil

from cli import output
from cli.lab import Lab, LabState
from cli.lab.config import models_folder
from cli.lab_models import Asked, must_have
from cli.lettering import Source, plan_lettering
from cli.orders import FilmOrder, check_output, printable, read_script, read_settings
from cli.painting import plan_filming, plan_painting
from schemas.artifact import job_key
from schemas.cast import FilmCast
from schemas.enums import DirectedBy, JobStatus, ProfileName, SubtitleMode
from schemas.errors import INPUT_ERROR_CODES, StudioError
from schemas.jobs import FilmOptions
from schemas.stages import PIPELINE
from schemas.style import StyleSpec

if TYPE_CHECKING:
    from cli.watching import Ending
    from film.sound.ordering import SoundPlan
    from infrastructure.settings import Settings
    from infrastructure.storage import ObjectStore

__all__ = ["FilmOrder", "make"]

_LOADING_S = 900.0
"""How long a GPU worker may take to verify and load its model, in seconds."""

_PARTLY = "A language model directed, and the rules where its answer could not be used."


@dataclass(frozen=True)
class _Script:
    """A script that was read and can be filmed."""

    original: bytes
    text: str
    encoding: str
    title: str
    options: FilmOptions
    references: tuple[bytes, ...]
    files: tuple[bytes, ...]
    sound: SoundPlan | None
    cast: FilmCast | None


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
    settings = read_settings()
    style = order.look(settings.styles)
    options = order.options(style.name)
    script = _understand(order, options, original, style, settings)
    lab = Lab()
    try:
        # The servers take their time to start; the clients' modules are imported meanwhile.
        with ThreadPoolExecutor(1) as beside:
            starting = beside.submit(lab.up, None if as_json else output.tell)
            importlib.import_module("cli.watching")
            state = starting.result()
        for asked in _asked_of_gpus(script.options, settings):
            must_have(lab, asked)
            lab.wait_for(asked.worker, _LOADING_S)
        return asyncio.run(_make(order, style, script, state, began, as_json=as_json))
    finally:
        if order.stop:
            lab.down()


def _asked_of_gpus(options: FilmOptions, settings: Settings) -> list[Asked]:
    """List what a film needs of the lab's GPU workers."""
    device = settings.gpu_device if "gpu_device" in settings.model_fields_set else None
    needs = [
        ("worker-sdxl", "STUDIO_SDXL_MODEL", settings.sdxl_model, options.painting),
        ("worker-ltx", "STUDIO_LTX_MODEL", settings.ltx_model, options.video),
    ]
    return [
        Asked(worker, variable, model, what.model, device)
        for worker, variable, model, what in needs
        if what is not None
    ]


def _understand(
    order: FilmOrder, options: FilmOptions, original: bytes, style: StyleSpec, settings: Settings
) -> _Script:
    """Read, judge and direct the script, so that one that cannot be filmed is refused before anything starts."""
    from api.usecases.judge_script import judge_script, judge_style, judge_words
    from cli.cast import read_cast, words_of
    from film.direction import direct
    from film.edit.cards import runtime_of_shots
    from film.script import open_script

    name = printable(Path(order.script.name))
    script = open_script(original, name)
    judge_script(script.text, name, settings)
    judge_style(style, settings)
    cast = read_cast(order.cast)
    kept = cast.members if cast is not None else ()
    if words := words_of(cast):
        judge_words(words, settings)
    breakdown = direct(script.screenplay, fps=options.fps, runtime_s=options.runtime_s, kept=kept)
    lettering = plan_lettering(order.lettering, Source(breakdown, script.text))
    shots_s = runtime_of_shots(options.runtime_s, lettering.graphics, options.fps)
    if shots_s != options.runtime_s:  # Title and credits take of the film's time: what is left must do, too.
        breakdown = direct(script.screenplay, fps=options.fps, runtime_s=shots_s, kept=kept)
    painting = plan_painting(order.painting, order.renderer, settings.sdxl_model, breakdown.characters)
    options = options.model_copy(
        update={
            "painting": painting.painting,
            "video": plan_filming(order.motion, settings.ltx_model),
            "graphics": lettering.graphics,
        }
    )
    sound = order.sound.plan(breakdown)
    return _Script(
        original=original,
        text=script.text,
        encoding=script.encoding,
        title=breakdown.title,
        options=options,
        references=painting.references,
        files=lettering.files,
        sound=sound,
        cast=cast,
    )


async def _make(
    order: FilmOrder,
    style: StyleSpec,
    script: _Script,
    lab: LabState,
    began: float,
    *,
    as_json: bool,
) -> int:
    from accounts.identity import local_user
    from api.usecases.film_request import FilmRequest
    from api.usecases.submit_film import submit_film
    from cli.client import connected
    from cli.watching import Watcher, make_display
    from film.edit.graphics import check_graphics
    from film.render.ordered import check_aids
    from infrastructure.tracing import span

    async with connected(lab) as client:
        user = await local_user(client.db)
        with span("studio film"):
            submitted = await submit_film(
                FilmRequest(
                    user_id=user.user_id,
                    locator=order.project or printable(order.script.resolve()),
                    title=script.title,
                    file_name=printable(Path(order.script.name)),
                    original=script.original,
                    text=script.text,
                    options=script.options,
                    style=style,
                    references=script.references,
                    files=script.files,
                    sound=script.sound.order if script.sound is not None else None,
                    sounds=script.sound.files if script.sound is not None else {},
                    cast=script.cast,
                    job_id=order.job_id,
                ),
                db=client.db,
                store=client.store,
                settings=client.settings,
                check_aids=partial(check_aids, models_folder()),
                check_graphics=check_graphics,
            )
        job_id = submitted.film.job_id
        if not as_json:
            output.tell(f"script read as {script.encoding}")
            output.tell(f"job {job_id}")
        with make_display(script.title, quiet=as_json) as display:
            watcher = Watcher(client, job_id, display, keep_open=order.keep_open)
            ending = await watcher.until_end()
        if ending.status is not JobStatus.COMPLETED:
            return complain(ending, job_id)
        await client.store.get_file(ending.output_key, order.output.absolute(), sha256=ending.output_sha256)
        if script.options.graphics.subtitles is SubtitleMode.SIDECAR:
            await _bring_subtitles(client.store, job_id, order.output.absolute())
    report = _report(order, ending, job_id, submitted.film.workflow_id, lab, time.time() - began)
    _print(report, as_json=as_json)
    return 0


async def _bring_subtitles(store: ObjectStore, job_id: UUID, film: Path) -> None:
    """Bring the subtitles home beside the film, as .srt and .vtt; a film in which nobody speaks has none."""
    for suffix in (".srt", ".vtt"):
        key = job_key(job_id, "output", f"subtitles{suffix}")
        if await store.exists(key):
            await store.get_file(key, film.with_suffix(suffix))


def complain(ending: Ending, job_id: UUID) -> int:
    """Say why there is no film, and return the exit code."""
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
        "dialogue": summary.get("dialogue"),
        "consistency": summary.get("consistency"),
        "directed_by": summary.get("directed_by", DirectedBy.RULES.value),
        "director_notes": summary.get("director_notes", []),
        "motion": summary.get("motion", {}),
        "sound": summary.get("sound"),
        "profile": summary.get("profile", ProfileName.H264.value),
        "profile_note": summary.get("profile_note", ""),
        "kept": summary.get("kept"),
        "notes": summary.get("notes", []),
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
    print_figures(report)
    if report["directed_by"] != DirectedBy.RULES:
        output.say("A language model directed." if report["directed_by"] == DirectedBy.MODEL else _PARTLY)
    for note in [*report["notes"], *report["motion"].get("notes", [])]:
        output.say(note)
    if report["director_notes"]:
        output.say(f"The rules directed {'; '.join(report['director_notes'])}.")
    output.say("  ".join(f"{stage} {seconds:.1f} s" for stage, seconds in report["stages"].items()))
    output.say(f"How it was made: {report['temporal_ui']}")


def print_figures(report: dict[str, Any]) -> None:
    """Say what was made anew, what stands in, how alike people look, how the dialogue fares, and what is heard."""
    _print_kept(report["kept"])
    if report["profile_note"]:
        output.say(report["profile_note"])
    if report["stand_ins"]:
        output.say(f"The draft stands in for {', '.join(report['stand_ins'])}.")
    _print_likeness(report["consistency"])
    _print_dialogue(report["dialogue"])
    _print_sound(report["sound"])


def _print_kept(kept: dict[str, int] | None) -> None:
    """Say how much of the film was made before it was ordered; None where nobody counted."""
    if kept is None:
        return

    def share(things: str, done: str) -> str:
        of, stood = kept[things], kept[f"{things}_kept"]
        return f"{of - stood} of {of} {things if of != 1 else things.removesuffix('s')} {done}, {stood} kept"

    output.say(f"{share('pictures', 'drawn')}; {share('segments', 'encoded')}")


def _print_likeness(found: dict[str, Any] | None) -> None:
    """Say how alike each character looks from shot to shot, or why that is not known; None where nothing is painted."""
    if found is None:
        return
    if found["characters"]:
        scores = ", ".join(f"{one['character']} {one['score']:.2f}" for one in found["characters"])
        output.say(f"Likeness from shot to shot, 1 at most, by {found['eye']}: {scores}.")
    else:
        said = found.get("said") or "nobody is seen in two painted pictures."
        output.say(f"Likeness: {said[0].lower()}{said[1:]}")


def _print_sound(found: dict[str, Any] | None) -> None:
    """Say what is heard; None for a silent film."""
    if found is None:
        return
    if found["lufs"] is not None:
        voices = f", voices: {found['voices']}" if found["voices"] else ""
        music = "music" if found["music"] else "no music"
        output.say(f"Sound: {music}{voices}; {found['lufs']:.1f} LUFS, peaks {found['peak_dbtp']:.1f} dBTP.")
    for note in found["notes"]:
        output.say(note)


def _print_dialogue(found: dict[str, Any] | None) -> None:
    """Say how the film's subtitles compare with its script; None where nobody looked."""
    if found is None:
        return
    if found["lines"]:
        output.say(
            f"Dialogue: {found['verbatim']} of {found['lines']} lines verbatim and in order, at most "
            f"{found['cps_max']:.1f} characters a second; {found['second_reader']} "
            f"{'agrees' if found['second_reader_agrees'] else 'differs'}."
        )
    if found.get("removed"):
        output.say(f"Left out with their shots: {found['removed']} lines.")
    for warning in found["warnings"]:
        output.say(f"Warning: {warning}")
