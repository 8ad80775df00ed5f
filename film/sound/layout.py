"""Lays what was ordered out over the film: which stretch of which file is heard from which frame on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

from film.sound.lines import lines_in_order, shots_of
from schemas.enums import SoundKind
from schemas.rate import Rate
from schemas.script import Breakdown
from schemas.sound import SAMPLE_RATE, MusicBed, SoundClip, SoundFile, SoundOrder, Soundtrack, VoiceFile

CUT_OFF_S = 0.25
"""How long a voice fades that the film's end cuts off, in seconds."""


class _Film(NamedTuple):
    frames: int
    fps: Rate
    key_of: Callable[[str], str]

    def frame(self, seconds: float) -> int:
        return round(Fraction(seconds) * self.fps)

    def length(self, file: SoundFile) -> int:
        """Length of a file in frames, the last one begun counted."""
        return math.ceil(Fraction(file.samples, SAMPLE_RATE) * self.fps)

    def clip(self, kind: SoundKind, file: SoundFile, start: int, frames: int, gain_db: float) -> SoundClip:
        return SoundClip(
            kind=kind,
            name=file.name,
            media_key=self.key_of(file.sha256),
            media_sha256=file.sha256,
            media_frames=self.length(file),
            start=start,
            frames=frames,
            gain_db=gain_db,
        )


def lay_out(
    order: SoundOrder, breakdown: Breakdown, key_of: Callable[[str], str], script: Breakdown | None = None
) -> Soundtrack | None:
    """Lay the sound of a film out.

    Args:
        order: What was ordered.
        breakdown: The film.
        key_of: Says where in the assets bucket a file lies, by its sha256.
        script: The breakdown of its script, which the order's numbers are of, where shots were edited since.

    Returns:
        The soundtrack, its clips in the order in which they begin; None where nothing would be heard.
    """
    film = _Film(breakdown.frames, Fraction(breakdown.fps), key_of)
    clips = list(_music(order.music, film)) if order.music is not None else []
    for voice, start in _places(order, breakdown, script):
        clips.extend(_voice(voice, start, film))
    if not clips:
        return None
    ordered = sorted(clips, key=lambda clip: (clip.start, clip.kind.value, clip.media_sha256))
    return Soundtrack(clips=tuple(ordered), ducking=order.ducking, loudness=order.loudness)


def unplaced(order: SoundOrder, breakdown: Breakdown, script: Breakdown | None = None) -> tuple[str, ...]:
    """Name the voices for which the film has no place: files of lines or shots that it does not have."""
    placed = {id(voice) for voice, _ in _places(order, breakdown, script)}
    return tuple(voice.file.name for voice in order.voices if id(voice) not in placed)


def _places(order: SoundOrder, breakdown: Breakdown, script: Breakdown | None) -> Iterator[tuple[VoiceFile, int]]:
    """Find the frame at which each voice begins."""
    lines = {line.number: line.start for line in lines_in_order(breakdown)}
    numbers = {} if script is None else {shot.key: shot.id for shot in script.shots}
    shots = {numbers.get(shot.key, shot.id): begin for shot, begin in shots_of(breakdown)}
    for voice in order.voices:
        start = lines.get(voice.line) if voice.line is not None else shots.get(voice.shot or "")
        if start is not None:
            yield voice, start


def _voice(voice: VoiceFile, start: int, film: _Film) -> Iterator[SoundClip]:
    """A voice is heard to its end, over the next shot too; only the film's end cuts it off."""
    length = film.length(voice.file)
    frames = min(length, film.frames - start)
    if frames > 0:
        clip = film.clip(SoundKind.VOICE, voice.file, start, frames, voice.gain_db)
        fade = min(film.frame(CUT_OFF_S), frames) if frames < length else 0
        yield clip.model_copy(update={"fade_out": fade})


def _music(music: MusicBed, film: _Film) -> Iterator[SoundClip]:
    """The music from its first frame to the film's last, as often as it takes, fading over from itself."""
    length, start = film.length(music.file), film.frame(music.start_s)
    # What repeats ends a frame early: its last one is begun, but not full.
    usable = max(1, math.floor(Fraction(music.file.samples, SAMPLE_RATE) * film.fps))
    over = min(film.frame(music.crossfade_s), usable // 3) if music.loop else 0
    first = True
    while start < film.frames:
        last = start + length >= film.frames or not music.loop
        frames = min(length, film.frames - start) if last else usable
        fade_in = min(film.frame(music.fade_in_s), frames // 2) if first else min(over, frames)
        fade_out = min(film.frame(music.fade_out_s), frames - fade_in) if last else over
        clip = film.clip(SoundKind.MUSIC, music.file, start, frames, music.gain_db)
        yield clip.model_copy(update={"fade_in": fade_in, "fade_out": fade_out})
        if last:
            return
        start, first = start + usable - over, False
