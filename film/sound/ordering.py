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
from schemas.sound import MAX_VOICES, Ducking, MusicBed, SoundOrder, VoiceFile

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
    files: dict[str, Path] = {}
    need_s = seconds_of(breakdown.frames, breakdown.fps)
    music = None
    if request.music is not None:
        found = read_sound(request.music, f"The music {request.music}", need_s)
        music = MusicBed(file=found, gain_db=request.music_gain_db, loop=request.loop)
        files[found.sha256] = request.music
    voices = _voices(request.voices, breakdown, need_s, files) if request.voices is not None else ()
    if music is None and not voices:
        return None
    return SoundPlan(SoundOrder(music=music, voices=voices, ducking=Ducking(depth_db=request.duck_db)), files)


def _voices(folder: Path, breakdown: Breakdown, need_s: float, files: dict[str, Path]) -> tuple[VoiceFile, ...]:
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise InvalidSound(f"The voices' folder {folder} cannot be read: {error.strerror}.") from error
    if not paths:
        raise InvalidSound(f"The voices' folder {folder} is empty; name files after lines: 1.wav, s002-004.wav.")
    if len(paths) > MAX_VOICES:
        raise InvalidSound(f"The voices' folder {folder} holds {len(paths)} files; a film takes up to {MAX_VOICES}.")
    lines = lines_in_order(breakdown)
    taken: dict[int | str, Path] = {}
    places = [(path, _place(path, lines, breakdown)) for path in paths]
    for path, place in places:
        if place in taken:
            raise InvalidSound(f"The voices {taken[place].name} and {path.name} are of one line; leave one of them.")
        taken[place] = path
    voices = []
    for path, place in places:
        found = read_sound(path, f"The voice {path}", need_s)
        files[found.sha256] = path
        at = {"line": place} if isinstance(place, int) else {"shot": place}
        voices.append(VoiceFile.model_validate({"file": found, **at}))
    return tuple(voices)


def _place(path: Path, lines: Sequence[Line], breakdown: Breakdown) -> int | str:
    """Find what a voice says by its name: a line's number, or a shot in which nobody says anything."""
    named = _NAME.fullmatch(path.stem)
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
