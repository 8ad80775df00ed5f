"""Asking for a film: one door for the API and the command line."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from api.usecases.film_request import CheckAids, CheckGraphics, FilmRequest, look_at
from api.usecases.film_sources import SOURCE, store_order
from api.usecases.judge_script import Verdict, judge_script, judge_style
from film.script.moderation import describe
from infrastructure.db.engine import Database
from infrastructure.db.repositories.artifacts import Artifacts
from infrastructure.db.repositories.commands import Commands
from infrastructure.db.repositories.events import Events
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.moderation import Moderation
from infrastructure.db.repositories.projects import Projects
from infrastructure.db.repositories.versions import Versions
from infrastructure.db.tables import CommandKind
from infrastructure.ids import new_id
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.artifact import project_key
from schemas.enums import JobStatus
from schemas.errors import InvalidRequest
from schemas.events import EventKind, NewEvent
from schemas.jobs import FilmInput
from schemas.stages import stage_versions

TITLE_LENGTH = 120


class Admit(Protocol):
    """Says whether a user may have one more film, and on what terms: part of the transaction that creates it."""

    async def __call__(self, session: AsyncSession, film: FilmInput, /) -> None:
        """Look at a film that was just created; whatever is raised undoes it.

        Args:
            session: The transaction.
            film: The film.

        Raises:
            StudioError: The user may not have it.
        """
        ...


@dataclass(frozen=True)
class Submitted:
    """A job that exists."""

    film: FilmInput
    new: bool
    """False where a job with this id had been submitted before."""


async def submit_film(
    request: FilmRequest,
    *,
    db: Database,
    store: ObjectStore,
    settings: Settings,
    check_aids: CheckAids,
    check_graphics: CheckGraphics,
    admit: Admit | None = None,
) -> Submitted:
    """Create a job and the command that will start it, in one transaction. Temporal is not waited for.

    Args:
        request: What is asked for.
        db: The database.
        store: Where the script goes.
        settings: Says which renderers this installation has.
        check_aids: Looks at what the order adds to a painter.
        check_graphics: Looks at the user's own font, logo and credits.
        admit: Says whether the user may have one more film; None where all may.

    Returns:
        The job. Submitting one id twice has the effect of submitting it once.

    Raises:
        InvalidRequest: The renderer or the style is not to be had here, or the id belongs to a job that asks for
            something else.
        ModelRefused: A LoRA, a refiner, an upscaler or a reference picture cannot be used.
        InvalidScript: The installation's policy refuses the script; the sentence names line and category.
    """
    own = await look_at(request, settings, check_aids=check_aids, check_graphics=check_graphics)
    verdict = await asyncio.to_thread(_judge, request, settings)
    title = short_title(request.title)
    async with db.begin() as session:
        project = await Projects(session).ensure(request.user_id, request.locator, title)
    sources = await store_order(request, own, project.project_id, store)
    film = FilmInput(
        job_id=request.job_id or new_id(),
        project_id=project.project_id,
        user_id=request.user_id,
        title=title,
        script=sources.script,
        file_name=request.file_name,
        options=request.options,
        versions=stage_versions(),
        style=sources.style,
        sound=sources.sound,
        cast=sources.cast,
        review_reason=verdict.review_reason,
    )
    async with db.begin() as session:
        await Projects(session).set_script(project.project_id, store.uri(project_key(project.project_id, "script.txt")))
        for ref in sources.all:
            await Artifacts(session).keep(project.project_id, SOURCE, ref.sha256, ref)
        new = await Jobs(session).create(film, request.asked)
        if new:
            if admit is not None:
                await admit(session, film)
            await Events(session).record(
                NewEvent(
                    job_id=film.job_id,
                    key="r0/queued",
                    kind=EventKind.QUEUED,
                    status=JobStatus.QUEUED,
                    progress=0,
                    message=f"“{film.title}” is queued.",
                )
            )
            if verdict.review_reason:
                await Moderation(session).hold(film, verdict.flags)
            if verdict.flags:
                await Events(session).record(_flagged(film, verdict))
            await Commands(session).add(film.job_id, film.rev, CommandKind.START, film.model_dump(mode="json"))
    return Submitted(film, new) if new else Submitted(await _existing(film, request.asked, db), new=False)


def short_title(title: str) -> str:
    """Bring a title to one line of at most `TITLE_LENGTH` characters: it stands where there is no room for more."""
    line = " ".join(title.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"


def _judge(request: FilmRequest, settings: Settings) -> Verdict:
    if request.style is not None:
        if request.style.name != request.options.style:
            raise InvalidRequest(
                f"The options name the style “{request.options.style}”, but “{request.style.name}” came with them."
            )
        judge_style(request.style, settings)
    return judge_script(request.text, request.file_name, settings)


def _flagged(film: FilmInput, verdict: Verdict) -> NewEvent:
    return NewEvent(
        job_id=film.job_id,
        key="r0/flagged",
        kind=EventKind.FLAGGED,
        message=f"Found in the script: {describe(verdict.flags)}.",
        data={"flags": [flag.model_dump(mode="json") for flag in verdict.flags]},
    )


async def _existing(film: FilmInput, asked: str | None, db: Database) -> FilmInput:
    """Find the job that was submitted before, and see that it asks for the same."""
    async with db.begin() as session:
        first = await Versions(session).get(film.job_id, film.rev)  # whatever it was revised to since
    if first is None:
        raise InvalidRequest(f"Job {film.job_id} was deleted while it was submitted again.")
    before = first.film_input
    if asked is not None and first.request_key == asked:
        return before
    same = {"script", "options", "user_id", "project_id"}
    # A job from before styles travelled has none to compare.
    styled = before.style in {None, film.style}
    alike = styled and before.sound == film.sound and before.cast == film.cast
    if not alike or before.model_dump(include=same) != film.model_dump(include=same):
        raise InvalidRequest(
            f"Job {film.job_id} exists and asks for another film; leave --job-id out, or choose a new one."
        )
    return before
