"""A film as it is asked for: what comes with the order, and whether it can be made here."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from uuid import UUID

from infrastructure.settings import Settings
from schemas.artifact import ArtifactRef
from schemas.cast import FilmCast
from schemas.enums import MotionKind, RendererName
from schemas.errors import InvalidRequest
from schemas.graphics import Graphics
from schemas.jobs import FilmOptions
from schemas.painting import Painting
from schemas.sound import SoundOrder
from schemas.style import StyleSpec


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


@dataclass(frozen=True)
class OwnFiles:
    """The user's own pictures and files that came with an order, by their sha256: looked at, and found to be of use."""

    pictures: Mapping[str, bytes]
    graphics: Mapping[str, bytes]


async def look_at(
    request: FilmRequest, settings: Settings, *, check_aids: CheckAids, check_graphics: CheckGraphics
) -> OwnFiles:
    """See that a film can be made here, and that what came with its order is what the order names, and can be used.

    Raises:
        InvalidRequest: It cannot, or something is missing, or came without being named.
        ModelRefused: A LoRA, a refiner, an upscaler or a reference picture cannot be used.
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
    return OwnFiles(pictures, files)


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


def _reference_pictures(request: FilmRequest) -> dict[str, bytes]:
    """See that the pictures that came are those that are named; return them by their digests."""
    painting = request.options.painting
    named = [reference.sha256 for reference in painting.references] if painting else []
    given = {hashlib.sha256(picture).hexdigest(): picture for picture in request.references}
    if set(named) != set(given):
        raise InvalidRequest("The reference pictures that came with the order are not those that it names.")
    return given


def _must_have_sounds(request: FilmRequest) -> None:
    """See that the sounds that came are those that are named."""
    named = {file.sha256 for file in request.sound.files} if request.sound is not None else set()
    if named != set(request.sounds):
        raise InvalidRequest("The sounds that came with the order are not those that it names.")
