"""One door for sounds of the user's own: each finds its place in the film of a script, before anything is made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from film.direction import direct
from film.edit.cards import runtime_of_shots
from film.script import read
from film.sound.ordering import GivenSound, GivenSounds, place_voices, plan_given
from schemas.cast import CastMember
from schemas.jobs import FilmOptions
from schemas.script import Breakdown
from schemas.sound import NamedSound, NamedSounds, SoundOrder


def hear(
    text: str,
    file_name: str,
    options: FilmOptions,
    kept: Sequence[CastMember],
    sounds: NamedSounds,
    folder: Path,
) -> SoundOrder | None:
    """Listen to the files that were given with a script, and find where in its film they belong.

    Args:
        text: The script, decoded.
        file_name: A hint at its format.
        options: The film's, title and credits included: they take of its time.
        kept: Whom its project keeps.
        sounds: The files, as their user calls them.
        folder: Where they lie, each under its sha256.

    Returns:
        The order; None where nothing was given.

    Raises:
        InvalidScript: There is nothing in the script that could be shown.
        InvalidRequest: The film cannot be as long as it should be.
        InvalidSound: A file cannot be heard, or a voice says nothing in the film. The sentence names it.
    """
    plan = plan_given(_given(sounds, folder), _directed(text, file_name, options, kept))
    return None if plan is None else plan.order


def must_be_said(
    text: str, file_name: str, options: FilmOptions, kept: Sequence[CastMember], sounds: NamedSounds
) -> None:
    """See that each voice says something in the film of a script, without listening to it; see `hear`."""
    place_voices(_given(sounds, Path()).voices, _directed(text, file_name, options, kept))


def _given(sounds: NamedSounds, folder: Path) -> GivenSounds:
    def lying(sound: NamedSound) -> GivenSound:
        return GivenSound(folder / sound.sha256, sound.name, sound.name, sound.says)

    return GivenSounds(
        music=None if sounds.music is None else lying(sounds.music),
        # As files of a folder: the same voices are the same order, however they were given.
        voices=tuple(map(lying, sorted(sounds.voices, key=lambda voice: voice.name))),
        music_gain_db=sounds.gain_db,
        duck_db=sounds.duck_db,
        loop=not sounds.once,
    )


def _directed(text: str, file_name: str, options: FilmOptions, kept: Sequence[CastMember]) -> Breakdown:
    runtime_s = runtime_of_shots(options.runtime_s, options.graphics, options.fps)
    return direct(read(text, file_name), fps=options.fps, runtime_s=runtime_s, kept=kept)
