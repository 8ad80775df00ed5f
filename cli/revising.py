"""`studio revise`: a film is changed. What that costs is said first, then it is made."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import typer
from pydantic import ValidationError

from activities.artifacts import ArtifactCache
from activities.forecast import Forecast, forecast
from api.usecases.decide import is_waiting
from api.usecases.judge_script import judge_script, judge_words
from api.usecases.plan_revision import NewScript, Plan, plan_revision
from api.usecases.recast_film import planned
from api.usecases.revise_film import order_revision
from api.usecases.revise_waiting import revise_waiting
from cli import output
from cli.cast import read_cast, words_of
from cli.client import Client, connected
from cli.film import complain, print_figures
from cli.lab import Lab
from cli.orders import MAX_SEED, check_output, printable, read_script
from cli.tokens import tokens_of
from cli.watching import Watcher, make_display
from film.script import open_script
from infrastructure.ids import new_id
from infrastructure.settings import Settings
from schemas.cast import FilmCast
from schemas.edits import MAX_WORDS, Changes, ShotChange, ShotPlace
from schemas.enums import JobStatus, Movement, ShotSize, Tier
from schemas.errors import InvalidRequest
from workers.connecting import connect_temporal

_PLACE = re.compile(r"(s\d{3,}-\d{3,})\s+(after|before)\s+(s\d{3,}-\d{3,})", re.IGNORECASE)


@dataclass(frozen=True)
class RevisionOrder:
    """The arguments of `studio revise`, as given."""

    job_id: UUID
    output: Path
    shot: str | None = None
    prompt: str | None = None
    seed: str | None = None
    duration: float | None = None
    move: Movement | None = None
    size: ShotSize | None = None
    remove: tuple[str, ...] = ()
    order: tuple[str, ...] = field(default=())
    tier: Tier | None = None
    script: Path | None = None
    cast: Path | None = None
    """A file of who the people are: `cli.cast.read_cast`. The film has this cast from then on."""
    yes: bool = False
    keep_open: bool = False

    def changes(self) -> Changes:
        """Say what is asked for.

        Raises:
            InvalidRequest: A value cannot be used; the sentence says which can.
        """
        values = self._of_the_shot()
        if values and self.shot is None:
            raise InvalidRequest("Say which shot is to be changed: --shot, such as s002-004.")
        if self.shot is not None and not values:
            raise InvalidRequest(
                f"Say what is to be changed in {self.shot}: --prompt, --seed, --duration, --move or --size."
            )
        try:
            return Changes(
                shots=(ShotChange(shot=self.shot, **values),) if self.shot is not None else (),
                removed=self.remove,
                order=tuple(_place(words) for words in self.order),
                tier=self.tier,
                recast=self.cast is not None,
            )
        except ValidationError as error:
            raise InvalidRequest(_complaint(error)) from error

    def _of_the_shot(self) -> dict[str, Any]:
        prompt = None if self.prompt is None else self.prompt.strip()
        if prompt is not None and not prompt.removeprefix("+").strip():
            raise InvalidRequest(
                "--prompt is empty; write what the shot shall show, or +words to add to what it shows."
            )
        if prompt is not None and len(prompt) > MAX_WORDS:
            raise InvalidRequest(f"--prompt has {len(prompt)} characters; a shot is told in {MAX_WORDS} at most.")
        adds = prompt is not None and prompt.startswith("+")
        values = {
            "prompt": None if adds else prompt,
            "added": prompt.removeprefix("+").strip() if adds and prompt else None,
            "seed": None if self.seed is None else _seed(self.seed),
            "duration_s": self.duration,
            "movement": self.move,
            "size": self.size,
        }
        return {name: value for name, value in values.items() if value is not None}


def _seed(seed: str) -> int:
    if seed == "new":
        return secrets.randbelow(MAX_SEED)
    if not seed.isascii() or not seed.isdigit() or int(seed) >= MAX_SEED:
        raise InvalidRequest(f"--seed {seed} is no seed; write a number from 0 to {MAX_SEED - 1}, or new.")
    return int(seed)


def _place(words: str) -> ShotPlace:
    match = _PLACE.fullmatch(words.strip())
    if match is None:
        raise InvalidRequest(f'--order "{words}" is no order; write it as "s001-004 after s001-001", or before.')
    shot, side, anchor = (group.lower() for group in match.groups())
    return ShotPlace.model_validate({"shot": shot, "anchor": anchor, "side": side})


def _complaint(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    if first["type"] == "string_pattern_mismatch":
        return f"{first['input']} is not a shot's number; it looks like s002-004."
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}."


def revise(order: RevisionOrder, *, as_json: bool) -> int:
    """Change a film.

    Args:
        order: What is wanted.
        as_json: Whether to print one JSON object at the end, and to ask nothing.

    Returns:
        The exit code: 0 when the film was delivered, 2 when the input was at fault, 1 otherwise.
    """
    changes = order.changes()
    check_output(order.output, order.script)
    if order.script is not None and order.cast is not None:
        raise InvalidRequest("Give --script or --cast: one after the other, a revision each.")
    new = _New(None if order.script is None else _read(order.script), read_cast(order.cast))
    return asyncio.run(_revise(order, changes, new, as_json=as_json))


@dataclass(frozen=True)
class _New:
    """What a film is directed from anew."""

    script: NewScript | None
    cast: FilmCast | None

    def judge(self, settings: Settings) -> None:
        """Hold it against the installation's policy, off the event loop."""
        if self.script is not None:
            judge_script(self.script.text, self.script.file_name, settings)
        if words := words_of(self.cast):
            judge_words(words, settings)

    async def plan(self, job_id: UUID, changes: Changes, client: Client) -> Plan:
        """Think a revision through."""
        if self.cast is not None:
            return await planned(job_id, changes, db=client.db, store=client.store, cast=self.cast)
        return await plan_revision(job_id, changes, db=client.db, store=client.store, script=self.script)


def _read(path: Path) -> NewScript:
    from film.direction import direct

    name = printable(Path(path.name))
    script = open_script(read_script(path), name)
    return NewScript(script.text, name, direct(script.screenplay).title)


async def _revise(order: RevisionOrder, changes: Changes, new: _New, *, as_json: bool) -> int:
    lab = Lab().up(None if as_json else output.tell)
    async with connected(lab) as client:
        await asyncio.to_thread(new.judge, client.settings)
        began = time.perf_counter()
        if new.script is None and await is_waiting(order.job_id, db=client.db):
            return await _revise_waiting(order, changes, client)
        plan = await new.plan(order.job_id, changes, client)
        cost = await quote(plan, client)
        if not as_json:
            for line in quoted(plan, cost):
                output.say(line)
        if not (order.yes or as_json) and not sys.stdin.isatty():
            raise InvalidRequest("Nobody is there to be asked; say --yes to make it.")
        if not (order.yes or as_json) and not typer.confirm("Make it?", default=True, err=True):
            output.say("Nothing was changed.")
            return 0
        film = await order_revision(plan, db=client.db, store=client.store, settings=client.settings)
        with make_display(film.title, quiet=as_json) as display:
            watcher = Watcher(client, order.job_id, display, keep_open=order.keep_open, since=plan.since)
            ending = await watcher.until_end()
        if ending.status is not JobStatus.COMPLETED:
            return complain(ending, order.job_id)
        await client.store.get_file(ending.output_key, order.output.absolute(), sha256=ending.output_sha256)
    report = {
        "job_id": str(order.job_id),
        "workflow_id": film.workflow_id,
        "version": film.rev,
        "base": film.base,
        "output": os.fspath(order.output.absolute()),
        "quote": {**asdict(cost), "draw": list(cost.draw)},
        "dropped": list(plan.dropped),
        **{
            name: ending.summary.get(name)
            for name in (
                "duration_s",
                "scenes",
                "shots",
                "stand_ins",
                "dialogue",
                "consistency",
                "sound",
                "profile_note",
                "kept",
            )
        },
        "wall_s": round(time.perf_counter() - began, 3),
        "temporal_ui": f"{lab.temporal_ui_url}/namespaces/default/workflows/{film.workflow_id}",
    }
    if as_json:
        output.say_json(report)
    else:
        output.say(f"{report['output']}")
        output.say(f"Version {film.rev}: {report['duration_s']:.1f} s of film, made in {report['wall_s']:.1f} s")
        print_figures(report)
    return 0


async def _revise_waiting(order: RevisionOrder, changes: Changes, client: Client) -> int:
    """Change a film that waits, where it runs. Nothing of what is changed was made yet: there is nothing to quote."""
    temporal = await connect_temporal(client.settings)
    state = await revise_waiting(
        order.job_id, changes, key=str(new_id()), db=client.db, store=client.store, client=temporal
    )
    output.say(f"The film is made so; it is {state.status.replace('_', ' ')}, {state.progress} %.")
    return 0


async def quote(plan: Plan, client: Client) -> Forecast:
    """Say what a planned revision would draw and encode."""
    return await forecast(
        plan.film,
        plan.script,
        plan.breakdown,
        plan.edits,
        cache=ArtifactCache(client.db, client.store),
        tokens=tokens_of(client.settings),
    )


def quoted(plan: Plan, cost: Forecast) -> list[str]:
    """Put a quote into words."""
    before, after = plan.before.runtime_s, cost.seconds
    length = f"{after:.1f} s" if abs(before - after) < 0.001 else f"{after:.1f} s instead of {before:.1f} s"
    lines = [
        f"Version {plan.film.rev}, from version {plan.base.rev}: {cost.shots} shots, {length}.",
        f"Draws {len(cost.draw)} of {cost.shots} pictures{_which(cost.draw)}; encodes {cost.encode} of {cost.segments} "
        f"segments, {cost.seconds_encoded:.1f} s of {after:.1f} s.",
    ]
    if cost.clips:
        lines.append(f"Makes {cost.clips} clips.")
    lost = _lines_left_out(plan)
    if lost:
        lines.append(f"{lost} of the script's lines are left out with their shots.")
    if plan.dropped:
        what = "script" if plan.new_cast is None else "film with this cast"
        lines.append(f"The {what} no longer has {', '.join(plan.dropped)}: what was edited there is dropped.")
    return lines


def _which(shots: tuple[str, ...]) -> str:
    named = ", ".join(shots[:5]) + (" …" if len(shots) > 5 else "")
    return f" ({named})" if shots else ""


def _lines_left_out(plan: Plan) -> int:
    kept = {line.span.start for shot in plan.breakdown.shots for line in shot.dialogue}
    return len({line.span.start for shot in plan.script.shots for line in shot.dialogue} - kept)
