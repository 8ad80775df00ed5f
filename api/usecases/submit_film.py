"""Asking for a film: one door for the API and the command line."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

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
from schemas.artifact import ArtifactRef, artifact_key, graphics_key, project_key, reference_key, sound_key
from schemas.base import canonical_json
from schemas.cast import FilmCast
from schemas.enums import JobStatus, MotionKind, RendererName
from schemas.errors import InvalidRequest, InvalidSound
from schemas.events import EventKind, NewEvent
from schemas.graphics import Graphics
from schemas.jobs import FilmInput, FilmOptions
from schemas.painting import Painting
from schemas.sound import SoundOrder
from schemas.stages import stage_versions
from schemas.style import StyleSpec

SOURCE = "source"
"""Scripts and styles are artifacts, too: kept under the digest of their text, beside what the stages make."""

TITLE_LENGTH = 120


@dataclass(frozen=True)
class FilmRequest:
    """What a user asks for. The script was read before: it is text that can be shown."""

    user_id: UUID
    locator: str
    """How the user finds the project again: its name, or the script's path."""
    title: str
    file_name: str
    original: bytes
    """The script as it was given."""
    text: str
    """The script, decoded; all spans count its code points."""
    options: FilmOptions
    style: StyleSpec | None = None
    """The style whole, by the name that the options give; None where every worker has it."""
    references: tuple[bytes, ...] = ()
    """The reference pictures that `options.painting` names by their sha256: PNG, JPEG or WebP."""
    files: tuple[bytes, ...] = ()
    """The files that `options.graphics` names by their sha256: a font, a logo, credits."""
    sound: SoundOrder | None = None
    """What shall be heard; its files were decoded before."""
    sounds: Mapping[str, Path | ArtifactRef] = field(default_factory=dict)
    """The files that `sound` names, by their sha256; references to those that films find already."""
    cast: FilmCast | None = None
    """Who its project keeps; None where it keeps nobody."""
    job_id: UUID | None = None
    """Chosen by whoever may ask twice; the second time finds the first job."""
    asked: str | None = None
    """A digest of what was asked for, before it was held against the project: asked again, it is the same film,
    whatever the project has become since. None compares the films."""


class CheckAids(Protocol):
    """Says whether what an order adds to a painter can be used; `film.render.ordered.check_aids` does."""

    def __call__(self, painting: Painting, pictures: Mapping[str, bytes] | None, /) -> None:
        """Look at LoRA, refiner, upscaler and reference pictures, off the event loop.

        Args:
            painting: How the film is painted.
            pictures: The reference pictures that it names, by their sha256; None where they are not looked at yet.

        Raises:
            InvalidRequest: A number cannot be used.
            ModelRefused: One cannot be used; the sentence names it.
        """
        ...


class CheckGraphics(Protocol):
    """Says whether a user's font, logo and credits can be used; `film.edit.graphics.check_graphics` does."""

    def __call__(self, graphics: Graphics, files: Mapping[str, bytes], /) -> None:
        """Look at the files, off the event loop.

        Args:
            graphics: What is asked for.
            files: For each sha256 that it names, the file.

        Raises:
            InvalidRequest: One cannot be used; the sentence names it.
        """
        ...


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
    must_be_made_here(request.options, settings)
    _must_be_whole(request.options)
    pictures = _reference_pictures(request)
    _must_have_sounds(request)
    if request.options.painting is not None:
        await asyncio.to_thread(check_aids, request.options.painting, pictures)
    files = {hashlib.sha256(data).hexdigest(): data for data in request.files}
    if set(files) != set(request.options.graphics.files):
        raise InvalidRequest("The files that came with the order are not those that its graphics name.")
    await asyncio.to_thread(check_graphics, request.options.graphics, files)
    verdict = await asyncio.to_thread(_judge, request, settings)
    title = short_title(request.title)
    async with db.begin() as session:
        project = await Projects(session).ensure(request.user_id, request.locator, title)
    references = await _store_files(pictures, reference_key, project.project_id, store)
    graphics = await _store_files(files, graphics_key, project.project_id, store)
    sounds = await _store_sounds(request.sounds, project.project_id, store)
    film = FilmInput(
        job_id=request.job_id or new_id(),
        project_id=project.project_id,
        user_id=request.user_id,
        title=title,
        script=await _store_script(request, project.project_id, store),
        file_name=request.file_name,
        options=request.options,
        versions=stage_versions(),
        style=await _store_document(request.style, project.project_id, store),
        sound=await _store_document(request.sound, project.project_id, store),
        cast=await _store_document(request.cast, project.project_id, store),
        review_reason=verdict.review_reason,
    )
    async with db.begin() as session:
        await Projects(session).set_script(project.project_id, store.uri(project_key(project.project_id, "script.txt")))
        for ref in (film.script, film.style, film.sound, film.cast, *references, *graphics, *sounds):
            if ref is not None:
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


def must_be_made_here(options: FilmOptions, settings: Settings) -> None:
    """See that this installation can make such a film.

    Raises:
        InvalidRequest: It lacks the renderer, or the video model.
    """
    available = settings.available_renderers
    if options.renderer not in available:
        raise InvalidRequest(
            f"Renderer {options.renderer} is not available in this installation; available: {', '.join(available)}."
        )
    if options.motion is MotionKind.VIDEO and not settings.ltx_model:
        raise InvalidRequest("No video model is available in this installation; `motion` may be camera or flow.")


def _must_be_whole(options: FilmOptions) -> None:
    if (options.renderer is RendererName.SDXL) != (options.painting is not None):
        raise InvalidRequest("A painted film needs to know its model, and a drawn one has none (`painting`).")
    if (options.motion is MotionKind.VIDEO) != (options.video is not None):
        raise InvalidRequest("A film of clips needs to know its model, and any other has none (`video`).")


def short_title(title: str) -> str:
    """Bring a title to one line of at most `TITLE_LENGTH` characters: it stands where there is no room for more."""
    line = " ".join(title.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"


async def _store_script(request: FilmRequest, project_id: UUID, store: ObjectStore) -> ArtifactRef:
    """Keep the text under its digest, for the job, and beside the project, for people.

    The job reads the former: the project's script may be replaced while the job is under way.
    """
    data = request.text.encode("utf-8")
    key = artifact_key(project_id, SOURCE, hashlib.sha256(data).hexdigest(), "txt")
    suffix = request.file_name.rpartition(".")[2].lower()
    original = f"original.{suffix}" if suffix.isalnum() and len(suffix) <= 10 else "original.bin"
    ref, *_ = await asyncio.gather(
        store.put_bytes(key, data, "text/plain; charset=utf-8"),
        store.put_bytes(project_key(project_id, "script.txt"), data, "text/plain; charset=utf-8"),
        store.put_bytes(project_key(project_id, original), request.original, "application/octet-stream"),
    )
    return ref


def _judge(request: FilmRequest, settings: Settings) -> Verdict:
    if request.style is not None:
        if request.style.name != request.options.style:
            raise InvalidRequest(
                f"The options name the style “{request.options.style}”, but “{request.style.name}” came with them."
            )
        judge_style(request.style, settings)
    return judge_script(request.text, request.file_name, settings)


async def _store_document(
    document: StyleSpec | SoundOrder | FilmCast | None, project_id: UUID, store: ObjectStore
) -> ArtifactRef | None:
    """Keep a document under its digest: a worker on another machine needs no file of this one."""
    if document is None:
        return None
    data = canonical_json(document).encode("utf-8")
    key = artifact_key(project_id, SOURCE, hashlib.sha256(data).hexdigest(), "json")
    return await store.put_bytes(key, data, "application/json")


def _reference_pictures(request: FilmRequest) -> dict[str, bytes]:
    """See that the pictures that came are those that are named; return them by their digests."""
    painting = request.options.painting
    named = [reference.sha256 for reference in painting.references] if painting else []
    given = {hashlib.sha256(picture).hexdigest(): picture for picture in request.references}
    if set(named) != set(given):
        raise InvalidRequest("The reference pictures that came with the order are not those that it names.")
    return given


async def _store_files(
    files: Mapping[str, bytes], key: Callable[[UUID, str], str], project_id: UUID, store: ObjectStore
) -> tuple[ArtifactRef, ...]:
    """Keep files of the user's own under their digests: the machine that paints, or encodes, is another."""
    return tuple(
        [
            await store.put_bytes(key(project_id, digest), data, "application/octet-stream")
            for digest, data in files.items()
        ]
    )


def _must_have_sounds(request: FilmRequest) -> None:
    """See that the sounds that came are those that are named."""
    named = {file.sha256 for file in request.sound.files} if request.sound is not None else set()
    if named != set(request.sounds):
        raise InvalidRequest("The sounds that came with the order are not those that it names.")


async def _store_sounds(
    sounds: Mapping[str, Path | ArtifactRef], project_id: UUID, store: ObjectStore
) -> tuple[ArtifactRef, ...]:
    """Keep the sounds under their digests; what stands already is not sent again."""
    kept = []
    for digest, path in sounds.items():
        if isinstance(path, ArtifactRef):
            kept.append(path)
            continue
        key = sound_key(project_id, digest)
        ref = await store.head(key) or await store.put_file(key, path, "application/octet-stream")
        if ref.sha256 != digest:
            await store.delete(key)
            raise InvalidSound(f"{path.name} has changed since it was read; order the film again.")
        kept.append(ref)
    return tuple(kept)


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
