"""From the files that a user gives to an order: each is decoded, and each voice finds its line.

A voice's file is named after what it says: `12.wav`, the twelfth line of the film, dialogue and narration counted in
the script's order; or `s002-004.wav`, the first line that begins in that shot, and `s002-004-2.wav`, the second. Where
nobody speaks in a shot, `s002-004.wav` begins with it. Words may follow: `12 Mara.wav`, `s002-004-2_take3.flac`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from film.sound.files import read_sound
from film.sound.lines import Line, lines_in_order
from schemas.errors import InvalidSound
from schemas.rate import seconds_of
from schemas.script import Breakdown
from schemas.sound import MAX_VOICES, Ducking, MusicBed, SoundFile, SoundOrder, VoiceFile

_NAME = re.compile(r"(?:(?P<line>\d{1,6})|(?P<shot>s\d{3,6}-\d{3,6})(?:-(?P<of>\d{1,3}))?)(?:[ ._-].*)?", re.DOTALL)


class SoundRequest(NamedTuple):
    """What a user gives to be heard."""

    music: Path | None = None
    """A sound file."""
    voices: Path | None = None
    """A folder of voices."""
    music_gain_db: float = 0.0
    """The music's loudness where nobody speaks, against the voices'."""
    duck_db: float = Ducking().depth_db
    """How much the music falls while somebody speaks."""
    loop: bool = True
    """Whether music that is shorter than the film begins anew."""


class GivenSound(NamedTuple):
    """A sound file that was given."""

    path: Path
    """Where it lies."""
    name: str
    """What it is called: what an editor sees and, of a voice, what tells what it says where `says` does not."""
    shown: str
    """What messages call it."""
    says: str = ""
    """Of a voice: the line or the shot, written as names of files have it."""


class GivenSounds(NamedTuple):
    """All that was given to be heard, wherever it came from; see `SoundRequest` for the numbers."""

    music: GivenSound | None = None
    voices: tuple[GivenSound, ...] = ()
    music_gain_db: float = 0.0
    duck_db: float = Ducking().depth_db
    loop: bool = True


class SoundPlan(NamedTuple):
    """An order, and the files that it names."""

    order: SoundOrder
    files: Mapping[str, Path]
    """For each sha256, the file."""


def plan_sound(request: SoundRequest, breakdown: Breakdown) -> SoundPlan | None:
    """Read what was given, and find where in the film it belongs.

    Args:
        request: What was given.
        breakdown: The film.

    Returns:
        The order; None where nothing was given.

    Raises:
        InvalidSound: A file cannot be heard, or is named after nothing in the film. The sentence names it.
    """
    music, folder = request.music, request.voices
    return plan_given(
        GivenSounds(
            music=None if music is None else GivenSound(music, music.name, str(music)),
            voices=() if folder is None else _voices_in(folder),
            music_gain_db=request.music_gain_db,
            duck_db=request.duck_db,
            loop=request.loop,
        ),
        breakdown,
    )


def plan_given(given: GivenSounds, breakdown: Breakdown) -> SoundPlan | None:
    """Read files that were given, and find where in the film they belong.

    Args:
        given: The files.
        breakdown: The film.

    Returns:
        The order; None where nothing was given.

    Raises:
        InvalidSound: A file cannot be heard, or a voice says nothing in the film. The sentence names it.
    """
    need_s = seconds_of(breakdown.frames, breakdown.fps)
    places = place_voices(given.voices, breakdown)
    files: dict[str, Path] = {}

    def read(one: GivenSound, what: str) -> SoundFile:
        found = read_sound(one.path, f"The {what} {one.shown}", need_s)
        files[found.sha256] = one.path
        return found.model_copy(update={"name": one.name})

    music = None
    if given.music is not None:
        music = MusicBed(file=read(given.music, "music"), gain_db=given.music_gain_db, loop=given.loop)
    voices = []
    for one, place in zip(given.voices, places, strict=True):
        at = {"line": place} if isinstance(place, int) else {"shot": place}
        voices.append(VoiceFile.model_validate({"file": read(one, "voice"), **at}))
    if music is None and not voices:
        return None
    return SoundPlan(SoundOrder(music=music, voices=tuple(voices), ducking=Ducking(depth_db=given.duck_db)), files)


def place_voices(voices: Sequence[GivenSound], breakdown: Breakdown) -> list[int | str]:
    """Find what each voice says, without listening to it.

    Args:
        voices: The voices.
        breakdown: The film.

    Returns:
        For each the number of its line, or the id of a shot in which nobody says anything.

    Raises:
        InvalidSound: One says nothing in the film, or two say the same.
    """
    lines = lines_in_order(breakdown)
    taken: dict[int | str, GivenSound] = {}
    for voice in voices:
        place = _place(voice, lines, breakdown)
        if place in taken:
            raise InvalidSound(f"The voices {taken[place].name} and {voice.name} are of one line; leave one of them.")
        taken[place] = voice
    return list(taken)


def _voices_in(folder: Path) -> tuple[GivenSound, ...]:
    """List the voices in a folder."""
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise InvalidSound(f"The voices' folder {folder} cannot be read: {error.strerror}.") from error
    if not paths:
        raise InvalidSound(f"The voices' folder {folder} is empty; name files after lines: 1.wav, s002-004.wav.")
    if len(paths) > MAX_VOICES:
        raise InvalidSound(f"The voices' folder {folder} holds {len(paths)} files; a film takes up to {MAX_VOICES}.")
    return tuple(GivenSound(path, path.name, str(path)) for path in paths)


def _place(voice: GivenSound, lines: Sequence[Line], breakdown: Breakdown) -> int | str:
    """Find what a voice says: a line's number, or a shot in which nobody says anything."""
    path, named = voice.shown, _NAME.fullmatch(voice.says or voice.name)
    if named is None:
        raise InvalidSound(
            f"The voice {path} is named after no line; name it after the line's number or its shot: 12.wav, "
            "s002-004.wav, s002-004-2.wav."
        )
    if named["line"]:
        number = int(named["line"])
        if number not in {line.number for line in lines}:
            raise InvalidSound(f"The voice {path} is for line {number}; the film has {len(lines)}.")
        return number
    shot, of = named["shot"], int(named["of"] or 1)
    if shot not in {each.id for each in breakdown.shots}:
        raise InvalidSound(f"The voice {path} is for shot {shot}; the film has none of that number.")
    begun = [line.number for line in lines if line.shot == shot]
    if 1 <= of <= len(begun):
        return begun[of - 1]
    if not begun and named["of"] is None:
        return str(shot)
    raise InvalidSound(f"The voice {path} is for line {of} of shot {shot}, in which {len(begun)} begin.")
