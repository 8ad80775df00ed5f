"""`studio approve|retry|skip|cancel`: answering a film that is being made."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from pydantic import ValidationError

from api.usecases.cancel_film import cancel_film
from api.usecases.decide import approve_film, retry_shot, skip_shot
from cli import output
from cli.client import Client, connected
from cli.lab import Lab
from infrastructure.ids import new_id
from schemas.errors import InvalidRequest
from schemas.jobs import FilmState, ShotCommand
from workers.connecting import connect_temporal

T = TypeVar("T")


def approve_job(job_id: UUID) -> None:
    """Let a film go on that waits for its review."""

    async def ask(client: Client) -> FilmState:
        temporal = await connect_temporal(client.settings)
        return await approve_film(job_id, key=str(new_id()), db=client.db, client=temporal)

    _with_lab(ask)
    output.say("Approved: the film goes on.")


def retry_job_shot(job_id: UUID, shot: str, seed: int | None) -> None:
    """Try a shot again that failed for good."""
    command = _command(shot, seed)

    async def ask(client: Client) -> FilmState:
        temporal = await connect_temporal(client.settings)
        return await retry_shot(job_id, command, key=str(new_id()), db=client.db, client=temporal)

    _report(_with_lab(ask))


def skip_job_shot(job_id: UUID, shot: str) -> None:
    """Let the draft stand in for a shot that failed for good."""
    command = _command(shot, None)

    async def ask(client: Client) -> FilmState:
        temporal = await connect_temporal(client.settings)
        return await skip_shot(job_id, command, key=str(new_id()), db=client.db, client=temporal)

    _report(_with_lab(ask))


def cancel_job(job_id: UUID) -> None:
    """Call a film off."""

    async def ask(client: Client) -> bool:
        return await cancel_film(job_id, db=client.db)

    output.say("The film is being cancelled." if _with_lab(ask) else "There was nothing left to cancel.")


def _command(shot: str, seed: int | None) -> ShotCommand:
    try:
        return ShotCommand(shot=shot, seed=seed)
    except ValidationError as error:
        raise InvalidRequest(f"--shot {shot} is not a shot's number; it looks like s002-004.") from error


def _with_lab(ask: Callable[[Client], Awaitable[T]]) -> T:
    async def run() -> T:
        async with connected(Lab().up()) as client:
            return await ask(client)

    return asyncio.run(run())


def _report(state: FilmState) -> None:
    waiting = "; ".join(f"{shot.shot}: {shot.message}" for shot in state.parked)
    output.say(f"{state.status}, {state.progress} %{'; waiting for a decision: ' + waiting if waiting else ''}")
