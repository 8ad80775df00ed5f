"""Files of a project that an order names besides pictures of its cast: music, voices, a logo, a font."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Protocol
from uuid import UUID

import anyio

from api.apart import apart
from api.usecases.references import lend, usable
from api.usecases.take_references import turn
from infrastructure.db.belongings import ReferenceRow
from infrastructure.db.engine import Database
from infrastructure.references import kept_ref
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.artifact import ArtifactRef
from schemas.cast import CastMember
from schemas.errors import ArtifactMissing, InvalidSound, ProcessDied
from schemas.graphics import LetteringChoice
from schemas.jobs import FilmOptions
from schemas.references import ReferenceKind
from schemas.sound import MAX_SOUND_BYTES, NamedSound, NamedSounds, SoundChoice, SoundOrder

LISTENING_S = 180.0
"""How long listening to the sounds of an order may take, in seconds; an hour decodes in some 15."""
LISTENERS = 2
"""Orders whose sounds are listened to at once; others wait for their turn."""


class Hear(Protocol):
    """Listens to sounds of an order; `film.hearing.hear` does. It runs in a process of its own."""

    def __call__(
        self,
        text: str,
        file_name: str,
        options: FilmOptions,
        kept: Sequence[CastMember],
        sounds: NamedSounds,
        folder: Path,
        /,
    ) -> SoundOrder | None:
        """Find where in a script's film they belong; files lie in the folder, each under its sha256.

        Raises:
            InvalidSound: One cannot be heard, or says nothing in the film; the sentence names it.
        """
        ...


class MustBeSaid(Protocol):
    """Sees that voices say something; `film.hearing.must_be_said` does. It runs in a process of its own."""

    def __call__(
        self, text: str, file_name: str, options: FilmOptions, kept: Sequence[CastMember], sounds: NamedSounds, /
    ) -> None:
        """Look for each voice's line in a script's film.

        Raises:
            InvalidSound: One says nothing in it; the sentence names it.
        """
        ...


@dataclass(frozen=True)
class Heard:
    """What shall be heard in a film."""

    order: SoundOrder | None = None
    files: Mapping[str, ArtifactRef] = field(default_factory=dict)
    """By their sha256, where films look for them."""


@dataclass(frozen=True)
class ScriptFile:
    """A script that was read."""

    text: str
    file_name: str
    kept: Sequence[CastMember] = ()
    """Whom its project keeps."""


async def name_sounds(
    user_id: UUID, project_id: UUID, chosen: SoundChoice, *, db: Database
) -> tuple[NamedSounds, list[ReferenceRow]]:
    """Find the sounds that an order names.

    Args:
        user_id: Whose project it is.
        project_id: The project.
        chosen: What was ordered.
        db: The database.

    Returns:
        The sounds, as their user calls them, and their rows.

    Raises:
        InvalidRequest: The project has no such sound that can be used.
    """
    music = [] if chosen.music is None else [chosen.music.sha256]
    spoken = {voice.sha256 for voice in chosen.voices}
    beneath = await usable(user_id, project_id, music, db=db, kinds=(ReferenceKind.MUSIC,))
    voices = await usable(user_id, project_id, spoken, db=db, kinds=(ReferenceKind.VOICE,))
    names = {row.sha256: row.name for row in voices}
    named = NamedSounds(
        voices=tuple(
            NamedSound(sha256=voice.sha256, name=names[voice.sha256], says=voice.says or "") for voice in chosen.voices
        )
    )
    if chosen.music is not None:
        changes = {
            "music": NamedSound(sha256=chosen.music.sha256, name=beneath[0].name),
            "gain_db": chosen.music.gain_db,
            "duck_db": chosen.music.duck_db,
            "once": chosen.music.once,
        }
        named = named.model_copy(update=changes)
    return named, [*beneath, *voices]


async def hear_sounds(
    user_id: UUID,
    project_id: UUID,
    chosen: SoundChoice,
    script: ScriptFile,
    options: FilmOptions,
    *,
    db: Database,
    store: ObjectStore,
    settings: Settings,
    hear: Hear,
) -> Heard:
    """Find the sounds that an order names, listen to them, and find where in the film they belong.

    Args:
        user_id: Whose project it is.
        project_id: The project.
        chosen: What was ordered.
        script: The film's.
        options: The film's.
        db: The database.
        store: The store.
        settings: Says where temporary files lie.
        hear: Listens.

    Raises:
        InvalidRequest: The project has no such sound that can be used.
        InvalidSound: One cannot be heard, or says nothing in the film, or they are too large together.
        ArtifactMissing: One is gone from the store.
        DependencyDown: So many are listened to that its turn did not come.
    """
    if chosen == SoundChoice():
        return Heard()
    named, rows = await name_sounds(user_id, project_id, chosen, db=db)
    if sum({row.sha256: row.bytes for row in rows}.values()) > MAX_SOUND_BYTES:
        raise InvalidSound(f"The sounds of a film may be {MAX_SOUND_BYTES >> 30} GiB large together; leave some out.")
    try:
        lent = {ref.sha256: ref for ref in await lend(rows, store)}
    except ArtifactMissing:
        await name_sounds(user_id, project_id, chosen, db=db)  # says so where one was deleted meanwhile
        raise
    async with turn(_listeners()):
        with tempfile.TemporaryDirectory(prefix="sounds-", dir=settings.work_dir) as folder:
            for ref in lent.values():
                await store.get_file(ref, Path(folder) / ref.sha256)
            try:
                order = await apart(
                    hear,
                    script.text,
                    script.file_name,
                    options,
                    script.kept,
                    named,
                    Path(folder),
                    patience_s=LISTENING_S,
                    turns=anyio.CapacityLimiter(1),  # it has come: quotes, which take seconds, wait for no listener
                )
            except ProcessDied as error:  # each was decoded when it was completed: it is their number, or their length
                raise InvalidSound("The sounds of this film cannot be listened to; order fewer.") from error
    return Heard(order, lent)


@cache
def _listeners() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(LISTENERS)


async def graphics_of(
    user_id: UUID, project_id: UUID, chosen: LetteringChoice, *, db: Database, store: ObjectStore
) -> tuple[bytes, ...]:
    """Find the logo and the font that an order names.

    Args:
        user_id: Whose project it is.
        project_id: The project.
        chosen: What was ordered.
        db: The database.
        store: The store.

    Returns:
        The files.

    Raises:
        InvalidRequest: The project has no such file that can be used.
        ArtifactMissing: One is gone from the store.
    """
    rows = await name_graphics(user_id, project_id, chosen, db=db)
    try:
        return tuple(await asyncio.gather(*(store.get_bytes(kept_ref(row)) for row in rows)))
    except ArtifactMissing:
        await name_graphics(user_id, project_id, chosen, db=db)  # says so where one was deleted meanwhile
        raise


async def name_graphics(
    user_id: UUID, project_id: UUID, chosen: LetteringChoice, *, db: Database
) -> list[ReferenceRow]:
    """Find the rows of the logo and the font that an order names; see `graphics_of`."""
    logo = [] if chosen.logo is None else [chosen.logo.sha256]
    font = [] if chosen.font is None else [chosen.font]
    return [
        *await usable(user_id, project_id, logo, db=db, kinds=(ReferenceKind.LOGO,)),
        *await usable(user_id, project_id, font, db=db, kinds=(ReferenceKind.FONT,)),
    ]


async def must_be_there(
    user_id: UUID,
    project_id: UUID,
    sound: SoundChoice,
    lettering: LetteringChoice,
    script: ScriptFile,
    options: FilmOptions,
    *,
    db: Database,
    must_be_said: MustBeSaid,
) -> None:
    """See that the files that an order would name can be used, as far as that is known without reading them.

    Args:
        user_id: Whose project it is.
        project_id: The project.
        sound: What would be heard.
        lettering: What would be lettered.
        script: The film's.
        options: The film's.
        db: The database.
        must_be_said: Sees that voices say something in the film.

    Raises:
        InvalidRequest: The project has no such file that can be used.
        InvalidSound: A voice says nothing in the film.
        DependencyDown: So many ask at once that its turn did not come.
    """
    await name_graphics(user_id, project_id, lettering, db=db)
    named, _ = await name_sounds(user_id, project_id, sound, db=db)
    if named.voices:
        await apart(must_be_said, script.text, script.file_name, options, script.kept, named)
